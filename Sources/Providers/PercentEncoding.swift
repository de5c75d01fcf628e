/// The text as a part of a path or a query: all but letters, digits and `-._~` as `%XX` (RFC 3986, section
/// 2.3), so that a name from outside cannot lead elsewhere.
func percentEncoded(_ text: String) -> String {
  text.utf8.map { byte in
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "~"):
      String(Unicode.Scalar(byte))
    default: "%" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
  }.joined()
}

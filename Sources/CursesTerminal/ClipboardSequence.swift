// Text for the clipboard of whoever sits at the terminal, also over ssh: OSC 52 (xterm, "Manipulate Selection
// Data").
//
// What stands between takes it differently. tmux obeys the plain sequence only with `set-clipboard on`; with
// its default it ignores that, and one that is wrapped is passed on only with `allow-passthrough on`, or
// always before tmux 3.3. So it gets both, and at worst the same text is copied twice. GNU screen passes on
// what is wrapped, of which it takes 768 bytes at a time.

/// The sequence that copies a text. Pure.
enum ClipboardSequence {
  /// Longest text, in bytes: in Base64 and with what stands around it this is 100,000 bytes, beyond which
  /// terminals drop it.
  static let textByteLimit = 74_994
  /// Nil for a text that is too long.
  static func bytes(_ text: [UInt8], isInTmux: Bool, isInScreen: Bool) -> [UInt8]? {
    guard text.count <= textByteLimit else { return nil }
    let plain = Array("\u{1B}]52;c;".utf8) + base64(text) + [0x07]
    if isInTmux { return PassedOn.byTmux(plain) + plain }
    return isInScreen ? PassedOn.byScreen(plain) : plain
  }

  /// RFC 4648, section 4. (Foundation has it, and has no place in this room.)
  static func base64(_ bytes: [UInt8]) -> [UInt8] {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = (0..<3).reduce(0) { bits, place in
        bits << 8 | (place < group.count ? Int(group[start + place]) : 0)
      }
      for place in 0..<4 {
        text.append(place <= group.count ? digits[bits >> (18 - 6 * place) & 63] : 0x3D)
      }
    }
    return text
  }
}

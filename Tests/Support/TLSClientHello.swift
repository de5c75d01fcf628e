// What a TLS client says first (RFC 8446 section 4.1.2), as far as a server wants to know it that never
// answers.

/// The first record of a TLS connection.
public struct TLSClientHello: Hashable, Sendable {
  /// The protocols the client offers to speak inside (ALPN, RFC 7301), in its order.
  public let protocols: [String]

  static let recordType: UInt8 = 22

  /// How long a record is of which these bytes came so far: a header of five bytes, whose last two are
  /// the length of the rest.
  static func byteCount(ofRecordThatBegins bytes: [UInt8]) -> Int {
    bytes.count < 5 ? 5 : 5 + Int(bytes[3]) << 8 + Int(bytes[4])
  }

  /// Reads a whole record; nil when it is no client hello.
  public init?(record: [UInt8]) {
    var reader = Reader(bytes: record[...])
    // The record's header, the message's type and length, version and random.
    guard reader.skip(5), reader.number(byteCount: 1) == 1, reader.skip(3 + 2 + 32),
      reader.block(lengthByteCount: 1) != nil,  // session
      reader.block(lengthByteCount: 2) != nil,  // cipher suites
      reader.block(lengthByteCount: 1) != nil,  // compression
      let extensions = reader.block(lengthByteCount: 2)
    else { return nil }
    var protocols: [String] = []
    var rest = Reader(bytes: extensions)
    while let kind = rest.number(byteCount: 2), let body = rest.block(lengthByteCount: 2) {
      var list = Reader(bytes: body)
      guard kind == 16, let names = list.block(lengthByteCount: 2) else { continue }
      var name = Reader(bytes: names)
      while let bytes = name.block(lengthByteCount: 1) {
        protocols.append(String(decoding: bytes, as: UTF8.self))
      }
    }
    self.protocols = protocols
  }

  /// Takes numbers and blocks off the front.
  private struct Reader {
    var bytes: ArraySlice<UInt8>

    mutating func skip(_ count: Int) -> Bool {
      guard bytes.count >= count else { return false }
      bytes.removeFirst(count)
      return true
    }

    /// A big-endian number.
    mutating func number(byteCount: Int) -> Int? {
      guard bytes.count >= byteCount else { return nil }
      defer { bytes.removeFirst(byteCount) }
      return bytes.prefix(byteCount).reduce(0) { $0 << 8 | Int($1) }
    }

    /// A block behind its own length.
    mutating func block(lengthByteCount: Int) -> ArraySlice<UInt8>? {
      guard let count = number(byteCount: lengthByteCount), bytes.count >= count else { return nil }
      defer { bytes.removeFirst(count) }
      return bytes.prefix(count)
    }
  }
}

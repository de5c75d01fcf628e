/// Bytes of UTF-8 → text, whatever the borders of the chunks: a scalar that a border cuts waits for its
/// rest. What is not UTF-8 becomes U+FFFD, the same wherever it is cut.
struct ScalarBorders: Hashable, Sendable {
  /// The beginning of a scalar, at most three bytes.
  private var pending: [UInt8] = []

  /// The text of these bytes, up to the last scalar that is whole.
  mutating func receive(_ bytes: [UInt8]) -> String {
    let bytes = pending.isEmpty ? bytes : pending + bytes
    let unfinished = Self.unfinishedCount(atEndOf: bytes)
    pending = Array(bytes.suffix(unfinished))
    return String(decoding: bytes.dropLast(unfinished), as: UTF8.self)
  }

  /// Nothing more will come: what waits is no scalar.
  mutating func finish() -> String {
    defer { pending = [] }
    return String(decoding: pending, as: UTF8.self)
  }

  /// How many bytes at the end begin a scalar and are fewer than it has, 0 to 3. Whether they can become
  /// one is for the decoding to say, when the rest is there.
  private static func unfinishedCount(atEndOf bytes: [UInt8]) -> Int {
    for (distance, byte) in bytes.suffix(3).reversed().enumerated() {
      let length =
        switch byte {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        case 0x80...0xBF: 0
        default: 1
        }
      if length > 0 { return distance + 1 < length ? distance + 1 : 0 }
    }
    return 0
  }
}

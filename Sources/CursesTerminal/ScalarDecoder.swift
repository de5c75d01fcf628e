// UTF-8 one byte at a time, for text that a read may cut anywhere.

/// Finds the scalars in a run of bytes.
///
/// What is not UTF-8 becomes U+FFFD, one for each maximal subpart (The Unicode Standard, section 3.9,
/// "U+FFFD Substitution of Maximal Subparts"; the bounds are those of table 3-7).
struct ScalarDecoder: Hashable, Sendable {
  private static let replacement: Unicode.Scalar = "\u{FFFD}"

  private var value: UInt32 = 0
  private var remaining = 0
  /// What the next byte may be.
  private var bounds: ClosedRange<UInt8> = 0x80...0xBF

  /// A scalar has begun and waits for its next byte.
  var isPending: Bool { remaining > 0 }

  /// Takes a byte. When `isByteLeft`, the byte ended a broken scalar and is not part of it: it is to
  /// be taken again.
  mutating func take(_ byte: UInt8) -> (scalar: Unicode.Scalar?, isByteLeft: Bool) {
    guard isPending else { return (begin(byte), false) }
    guard bounds.contains(byte) else {
      remaining = 0
      return (Self.replacement, true)
    }
    bounds = 0x80...0xBF
    value = value << 6 | UInt32(byte & 0x3F)
    remaining -= 1
    return (isPending ? nil : Unicode.Scalar(value) ?? Self.replacement, false)
  }

  private mutating func begin(_ byte: UInt8) -> Unicode.Scalar? {
    bounds = 0x80...0xBF
    switch byte {
    case 0x00...0x7F:
      return Unicode.Scalar(byte)
    case 0xC2...0xDF:
      value = UInt32(byte & 0x1F)
      remaining = 1
    case 0xE0...0xEF:
      value = UInt32(byte & 0x0F)
      remaining = 2
      if byte == 0xE0 { bounds = 0xA0...0xBF }
      if byte == 0xED { bounds = 0x80...0x9F }
    case 0xF0...0xF4:
      value = UInt32(byte & 0x07)
      remaining = 3
      if byte == 0xF0 { bounds = 0x90...0xBF }
      if byte == 0xF4 { bounds = 0x80...0x8F }
    default:
      return Self.replacement
    }
    return nil
  }
}

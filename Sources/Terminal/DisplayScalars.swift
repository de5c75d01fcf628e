// Which scalars of a text are drawn, and as what. Text from outside (a model, a server, a file's name,
// a paste) passes here before it becomes a cell, so it can never write an escape sequence, move the
// cursor or turn the direction of a line. The text itself is untouched: copies and requests use it.

/// The sanitiser of the screen: what is drawn for one scalar.
enum DisplayScalar {
  /// Drawn as it is (or, for a control, as the picture of it).
  case shown(UInt32)
  /// Not drawn at all.
  case dropped

  init(_ scalar: Unicode.Scalar) {
    let value = scalar.value
    switch value {
    case 0x20..<0x7F: self = .shown(value)
    case 0..<0x20: self = .shown(0x2400 + value)
    case 0x7F: self = .shown(0x2421)
    case 0x80..<0xA0: self = .shown(0xFFFD)
    default: self = DisplayScalar.isDropped(scalar) ? .dropped : .shown(value)
    }
  }

  /// Format characters that would reorder a line or that terminals disagree about: bidirectional
  /// controls, zero-width ones, soft hyphens, variation selectors, tags, and skin tones, which many
  /// terminals draw as a second glyph. Widths nobody disputes are the only robust plan.
  private static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
    let value = scalar.value
    switch value {
    case 0x00AD, 0x061C, 0x180E, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F: return true
    case 0xFE00...0xFE0F, 0xFEFF, 0xFFF9...0xFFFB, 0x1F3FB...0x1F3FF: return true
    case 0xE0000...0xE0FFF: return true
    case 0xFDD0...0xFDEF: return true
    default: return value & 0xFFFE == 0xFFFE
    }
  }
}

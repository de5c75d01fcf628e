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
    case _ where DisplayScalar.isDropped(value): self = .dropped
    case _ where DisplayScalar.isEnclosing(value): self = .shown(0xFFFD)
    default: self = .shown(value)
    }
  }

  /// What would reorder a line or what terminals disagree about: format characters, fillers that are
  /// letters without a shape, variation selectors, tags, and skin tones, which many terminals draw as a
  /// second glyph. Widths nobody disputes are the only robust plan.
  private static func isDropped(_ value: UInt32) -> Bool {
    switch value {
    // Bidirectional controls, joiners, zero-width spaces, separators of lines and paragraphs, and notes
    // between the lines.
    case 0x00AD, 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB:
      return true
    // The same of shorthand, music and hieroglyphs: the C library gives some of them no cell and does
    // not know the others.
    case 0x13430...0x1343F, 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A: return true
    // Fillers, which draw nothing on one or two cells, and inherent vowels.
    case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0: return true
    case 0x180B...0x180F, 0xFE00...0xFE0F, 0x1F3FB...0x1F3FF, 0xE0000...0xE0FFF: return true
    // Noncharacters.
    case 0xFDD0...0xFDEF: return true
    default: return value & 0xFFFE == 0xFFFE
    }
  }

  /// Signs that stand around the digits behind them, as the end of an ayah does: letters to the C
  /// library, format characters to Unicode, and no cell at all to some terminals. They mean something,
  /// so that something is there has to show.
  private static func isEnclosing(_ value: UInt32) -> Bool {
    switch value {
    case 0x0600...0x0605, 0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2, 0x110BD, 0x110CD: true
    default: false
    }
  }
}

extension Character {
  /// Hands out what is drawn of a grapheme, scalar by scalar. Jamo come as the syllable that they spell:
  /// nobody disputes its width, while the vowel and the tail of a cluster are cells to some terminals.
  func forEachDisplayScalar(_ body: (UInt32) -> Void) {
    var held: UInt32?
    for scalar in unicodeScalars {
      guard case .shown(let value) = DisplayScalar(scalar) else { continue }
      if let before = held {
        if let syllable = Character.hangul(before, value) {
          held = syllable
          continue
        }
        body(before)
      }
      held = value
    }
    if let held { body(held) }
  }

  /// The syllable of a leading consonant and a vowel, or of such a syllable and a tail (The Unicode
  /// Standard, section 3.12).
  private static func hangul(_ before: UInt32, _ next: UInt32) -> UInt32? {
    switch (before, next) {
    case (0x1100...0x1112, 0x1161...0x1175):
      0xAC00 + ((before - 0x1100) * 21 + (next - 0x1161)) * 28
    case (0xAC00...0xD7A3, 0x11A8...0x11C2) where (before - 0xAC00).isMultiple(of: 28):
      before + (next - 0x11A7)
    default: nil
    }
  }
}

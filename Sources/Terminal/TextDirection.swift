// Which way a text runs. Terminals that reorder take the first letter that has a direction for that of
// the whole line (Unicode Standard Annex 9, rules P2 and P3), and a sign in front of it moves to another
// side or breaks the line up. So whoever puts signs in front of a text asks here first.

/// The direction of a letter, or of a text by its first letter that has one.
public enum TextDirection: Hashable, Sendable {
  case leftToRight
  case rightToLeft

  /// Nil for a text without letters: digits, punctuation and symbols take the direction of what is
  /// around them. Costs what stands in front of the first letter.
  public init?(of text: some StringProtocol) {
    for scalar in text.unicodeScalars {
      if let direction = TextDirection(of: scalar) {
        self = direction
        return
      }
    }
    return nil
  }

  /// The direction of a line as a whole.
  public init?(of runs: [TextRun]) {
    for run in runs {
      if let direction = TextDirection(of: run.text) {
        self = direction
        return
      }
    }
    return nil
  }

  /// Whether any letter of the text runs from right to left. Linear in its length.
  public static func isRightToLeftAnywhere(_ text: String) -> Bool {
    // In UTF-8 the letters below U+0590 begin with smaller bytes.
    text.utf8.contains { $0 >= 0xD6 }
      && text.unicodeScalars.contains { TextDirection(of: $0) == .rightToLeft }
  }

  private init?(of scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x41...0x5A, 0x61...0x7A: self = .leftToRight
    case 0..<0xAA: return nil
    // Digits of Arabic and their signs, which run to the right.
    case 0x0600...0x0607, 0x0660...0x066C, 0x06DD, 0x06F0...0x06F9: return nil
    // Hebrew, Arabic, Syriac, Thaana, NKo, Samaritan and Mandaic, with what was added to them.
    case 0x0590...0x08FF: self = .rightToLeft
    // Forms of Hebrew and Arabic letters as they are shown.
    case 0xFB1D...0xFDCF, 0xFDF0...0xFDFC, 0xFE70...0xFEFC: self = .rightToLeft
    // The old scripts of the Near East, Rohingya, Mende Kikakui, Adlam, and letters as numbers.
    case 0x10800...0x10FFF, 0x1E800...0x1EFFF: self = .rightToLeft
    default:
      guard scalar.properties.isAlphabetic else { return nil }
      self = .leftToRight
    }
  }
}

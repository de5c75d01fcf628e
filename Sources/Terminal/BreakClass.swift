// Where a line may break inside a run of text without spaces: between wide characters, whose scripts put
// none between words, and where such a script meets another. What closes a phrase stays with the word
// before it, and what opens one with the word behind it (a part of Unicode Standard Annex 14 and of the
// Japanese and Chinese rules for the beginning and the end of a line).

/// What matters of a grapheme to the breaks on both sides of it.
struct BreakClass: Hashable, Sendable {
  private enum Kind: Hashable, Sendable {
    case letter, opening, closing
    /// Stays with both of its sides: a straight quotation mark, which may close or open, and a space
    /// that is no break.
    case glue
  }

  private let kind: Kind
  private let isWide: Bool

  init(_ character: Character, width: Int) {
    isWide = width > 1
    let scalars = character.unicodeScalars
    guard let first = scalars.first, scalars.dropFirst().allSatisfy({ !PlainText.isDrawn($0) })
    else {
      kind = .letter
      return
    }
    kind = BreakClass.kind(of: first)
  }

  init(ascii byte: UInt8) {
    isWide = false
    kind = BreakClass.kind(of: Unicode.Scalar(byte))
  }

  /// Whether a line may break between two graphemes that no space parts.
  static func mayBreak(between before: BreakClass, and next: BreakClass) -> Bool {
    guard before.isWide || next.isWide else { return false }
    switch (before.kind, next.kind) {
    case (.opening, _), (.glue, _), (_, .closing), (_, .glue): return false
    case (.letter, .letter), (.letter, .opening), (.closing, .letter), (.closing, .opening):
      return true
    }
  }

  private static func kind(of scalar: Unicode.Scalar) -> Kind {
    switch scalar.value {
    // Most text: letters, ideographs, syllables and emoji, without a look at each sign below.
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0xC0...0x1FFF, 0x3400...0x9FFF, 0xAC00...0xD7A3,
      0x10000...0x10FFFF:
      .letter
    default: kind(ofSign: scalar)
    }
  }

  private static func kind(ofSign scalar: Unicode.Scalar) -> Kind {
    switch scalar {
    case "\"", "'", "\u{A0}", "\u{2007}", "\u{202F}": .glue
    case "(", "[", "{", "<", "$", "#", "@", "+", "~", "`", "\\", "«", "‘", "“", "‹", "¿", "¡", "£",
      "€",
      "¥", "〈", "《", "「", "『", "【", "〔", "〖", "〘", "〚", "〝", "（", "［", "｛", "｟", "｢", "￥", "＄",
      "＃", "＠", "﹁", "﹃", "﹙", "﹛", "﹝", "︵", "︷", "︹", "︻", "︽", "︿":
      .opening
    case "!"..."/", ":"..."?", "]", "^", "_", "|", "}", "»", "’", "”", "›", "%", "‰", "°",
      "‐"..."—",
      "…", "‥", "·", "、"..."〃", "々", "〉", "》", "」", "』", "】", "〕", "〗", "〙", "〛", "〜", "〞", "〟",
      "〻", "！", "％", "）", "，"..."／", "：", "；", "＝", "？", "］", "｝", "～", "｠", "｡", "｣", "､", "･",
      "ｰ", "ﾞ", "ﾟ", "﹂", "﹄", "﹐"..."﹗", "﹚", "﹜", "﹞", "︶", "︸", "︺", "︼", "︾", "﹀":
      .closing
    // Small and doubled kana, and what lengthens a vowel.
    case "ぁ", "ぃ", "ぅ", "ぇ", "ぉ", "っ", "ゃ", "ゅ", "ょ", "ゎ", "ゕ", "ゖ", "゛"..."ゞ", "゠", "ァ", "ィ", "ゥ",
      "ェ", "ォ", "ッ", "ャ", "ュ", "ョ", "ヮ", "ヵ", "ヶ", "・"..."ヾ", "ㇰ"..."ㇿ":
      .closing
    default: .letter
    }
  }
}

// Text that nobody wrote: pieces of every script, what hides between them, and any scalar at all.

/// Makes random text, the same for the same seed.
public struct UnicodeSoup {
  public var generator: Seeded

  public init(seed: UInt64) { generator = Seeded(state: seed) }

  /// What every script is made of, and what goes wrong with it.
  public static let pieces: [String] = [
    "a", "bb ", "word ", "long-word-here", "x", ".", ",", "(", ")", "\"", "1", "https://a.b/c?d=e",
    "日", "本語", "。", "「", "」", "（", "ー", "ッ", "　", "한국어", "\u{1112}\u{1161}\u{11AB}", "\u{1161}",
    "שלום", "עולם ", "سلام", "١٢", "\u{6DD}", "\u{200F}", "\u{202E}", "สวัสดี", "क्षि", "नमस्ते ",
    "e\u{301}", "\u{301}", " \u{301}", "o\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}", "👩‍💻", "👨‍👩‍👧‍👦",
    "👍🏽", "🏽", "🇩🇪", "🇩", "1️⃣", "❤️", "🏴\u{E0067}\u{E0062}\u{E007F}", "\u{1FAE8}", "\u{3164}",
    "\u{FEFF}", "\u{200B}", "\u{200D}", "\u{AD}", "\u{A0}", "\u{FFFE}", "\u{FFF9}", "\u{E000}",
    "\n", "\r", "\r\n", "\u{2028}", "\t", "  ", "\u{1B}", "\u{9B}", "\u{0}", "\u{7}",
  ]

  public mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &generator)
  }

  public mutating func pick(_ choices: [String]) -> String {
    choices[number(0...(choices.count - 1))]
  }

  /// Any scalar there is, each plane as often as the others.
  public mutating func scalar() -> Unicode.Scalar {
    let plane = [0, 0, 0, 1, 1, 2, 3, 14, 15, 16][number(0...9)]
    let value = UInt32(plane << 16 | number(0...0xFFFF))
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }

  /// Up to `count` pieces, one in five of them a scalar of any kind.
  public mutating func text(upTo count: Int) -> String {
    (0..<number(0...count)).map { _ in
      number(0...4) == 0 ? String(Character(scalar())) : pick(UnicodeSoup.pieces)
    }.joined()
  }

  /// Cuts a text into pieces of up to `count` scalars.
  public mutating func deltas(of text: String, upTo count: Int) -> [String] {
    var deltas: [String] = []
    var rest = Array(text.unicodeScalars)[...]
    while !rest.isEmpty {
      let taken = number(1...count)
      deltas.append(String(String.UnicodeScalarView(rest.prefix(taken))))
      rest = rest.dropFirst(taken)
    }
    return deltas
  }
}

// Breaks and directions in the scripts that need their own rules.

import Terminal
import Testing

private func wrapped(_ text: String, _ columns: Int, _ mode: TextWrap.Mode = .words) -> [String] {
  TextWrap(TextCells(widths: widths)).lines([TextRun(text)], columns: columns, mode: mode)
    .map { $0.runs.map(\.text).joined() }
}

@Suite struct `Breaks without spaces` {
  @Test(arguments: [
    ("日本「語」次", 6, ["日本", "「語」", "次"]),
    ("日本（語）次", 7, ["日本", "（語）", "次"]),
    ("日本(語)次", 5, ["日本", "(語)", "次"]),
    ("日本“語”次", 6, ["日本", "“語”次"]),
    ("日本\"語\"次", 6, ["日", "本\"語\"", "次"]),
    ("おかあさんっ", 10, ["おかあさ", "んっ"]),
    ("コーヒー", 6, ["コー", "ヒー"]),
    ("今日は！？", 8, ["今日", "は！？"]),
  ])
  func `leave no closing sign behind one and no opening sign before one`(
    text: String, columns: Int, lines: [String]
  ) {
    #expect(wrapped(text, columns) == lines)
  }

  @Test func `come where a wide script meets a narrow one`() {
    #expect(wrapped("日本語Swift語", 8) == ["日本語", "Swift語"])
    #expect(wrapped("使用foo()命令", 8) == ["使用", "foo()命", "令"])
    #expect(wrapped("約10\u{A0}km先", 6) == ["約", "10\u{A0}km", "先"])
  }

  @Test func `come at spaces of every width and where one of no width says so`() {
    #expect(wrapped("日本　語", 6) == ["日本", "語"])
    #expect(wrapped("abc\u{2003}def", 5) == ["abc", "def"])
    #expect(wrapped("abc\u{200B}def", 5) == ["abc", "def"])
    #expect(wrapped("abc\u{A0}def", 5) == ["abc\u{A0}d", "ef"])
  }

  @Test func `cut a grapheme of many glyphs that is wider than the columns`() {
    #expect(wrapped("👨‍👩‍👧‍👦", 5) == ["👨👩", "👧👦"])
    #expect(wrapped("a👨‍👩‍👧‍👦", 20) == ["a👨‍👩‍👧‍👦"])
    #expect(wrapped("日本a", 1) == ["\u{FFFD}", "\u{FFFD}", "a"])
  }

  @Test func `take an address apart without adding to it`() {
    let address = "https://example.org/a/rather/long/path?with=query&and=more"
    let lines = wrapped("See \(address) there", 20)
    #expect(lines.first == "See")
    #expect(lines.dropFirst().joined().hasPrefix(address))
    #expect(wrapped("See https://a.org/b there", 18) == ["See", "https://a.org/b", "there"])
  }
}

@Suite struct `Tabs` {
  @Test func `count from where the text begins`() {
    let lines = TextWrap(TextCells(widths: widths)).lines(
      [TextRun("\ta\n\tb")], columns: 20, mode: .exact, first: [TextRun("1. ")],
      rest: [TextRun("   ")])
    #expect(lines.map { $0.runs.map(\.text).joined() } == ["1.     a", "       b"])
  }

  @Test func `count wide letters twice`() {
    #expect(wrapped("日\tb", 20, .exact) == ["日  b"])
  }
}

@Suite struct `The direction of a text` {
  @Test(arguments: [
    "שלום", "123 שלום", "— “سلام”", "ܫܠܡܐ", "ދިވެހި", "ߒߞߏ", "ࠔࠌࠓ", "ࡌࡀࡍ", "ࢠ", "\u{FB4A}", "\u{FE8D}",
    "\u{1E900}", "\u{10800}", "☑ שלום abc", "🦊 שלום",
  ])
  func `is that of its first letter: to the left`(text: String) {
    #expect(TextDirection(of: text) == .rightToLeft)
    #expect(TextDirection.isRightToLeftAnywhere(text))
  }

  @Test(arguments: ["abc שלום", "1. ä שלום", "日本 שלום", "Ω", "ไทย", "हिन्दी", "한국어", "ﬁ"])
  func `is that of its first letter: to the right`(text: String) {
    #expect(TextDirection(of: text) == .leftToRight)
  }

  @Test(arguments: ["", "123", "—“”…", "│ • ☐ ▸", "١٢٣ ۱۲", "🦊", "​"])
  func `is none without a letter`(text: String) {
    #expect(TextDirection(of: text) == nil)
    #expect(!TextDirection.isRightToLeftAnywhere(text))
  }
}

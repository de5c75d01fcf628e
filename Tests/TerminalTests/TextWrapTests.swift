import Terminal
import Testing

/// Widths as glibc has them, for what the tests use.
let widths = WidthTable { scalar in
  switch scalar {
  case 0x0300...0x036F: 0
  case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xFF01...0xFF60, 0x1F300...0x1F9FF: 2
  case 0x1FAE8: -1
  default: 1
  }
}

private func wrapped(_ text: String, _ columns: Int, _ mode: TextWrap.Mode = .words) -> [String] {
  TextWrap(TextCells(widths: widths)).lines([TextRun(text)], columns: columns, mode: mode)
    .map { $0.runs.map(\.text).joined() }
}

@Suite struct `Wrapping` {
  @Test func `breaks at spaces and draws none at the break`() {
    #expect(wrapped("the quick brown fox", 10) == ["the quick", "brown fox"])
    #expect(wrapped("aa   bb", 4) == ["aa", "bb"])
  }

  @Test func `keeps spaces inside and in front of a line`() {
    #expect(wrapped("  a  b", 10) == ["  a  b"])
  }

  @Test func `splits a word that is longer than the line and fills every line of it`() {
    #expect(wrapped("abcdefghijklmnopqrstuvwxy z", 10) == ["abcdefghij", "klmnopqrst", "uvwxy z"])
    #expect(wrapped("to abcdefghijklm", 5) == ["to", "abcde", "fghij", "klm"])
  }

  @Test func `never splits a wide character and wraps between two of them`() {
    #expect(wrapped("日本語テキスト", 5) == ["日本", "語テ", "キス", "ト"])
  }

  @Test func `what closes a phrase does not begin a line`() {
    #expect(wrapped("日本語。次", 6) == ["日本", "語。次"])
  }

  @Test func `a replacement stands for a wide grapheme where there is one column`() {
    #expect(wrapped("日本", 1) == ["\u{FFFD}", "\u{FFFD}"])
  }

  @Test func `every kind of line end ends a line`() {
    #expect(wrapped("a\nb\r\nc\rd\u{2028}e", 10) == ["a", "b", "c", "d", "e"])
    #expect(wrapped("a\n\nb", 10) == ["a", "", "b"])
  }

  @Test func `a tab fills up to the next stop`() {
    #expect(wrapped("a\tb", 20, .exact) == ["a   b"])
    #expect(wrapped("abcd\tb", 20, .exact) == ["abcd    b"])
  }

  @Test func `code keeps all spaces and breaks where the columns end`() {
    #expect(wrapped("let  x = 1", 4, .exact) == ["let ", " x =", " 1"])
  }

  @Test func `prefixes count into the columns`() {
    let lines = TextWrap(TextCells(widths: widths)).lines(
      [TextRun("one two three")], columns: 7, first: [TextRun("- ")], rest: [TextRun("  ")])
    #expect(lines.map { $0.runs.map(\.text).joined() } == ["- one", "  two", "  three"])
  }

  @Test func `a prefix that leaves no room has a line to itself`() {
    let lines = TextWrap(TextCells(widths: widths)).lines(
      [TextRun("one two")], columns: 8, first: [TextRun("a name ")], rest: [TextRun("  ")])
    #expect(lines.map { $0.runs.map(\.text).joined() } == ["a name ", "  one", "  two"])
  }

  @Test func `no line is ever wider than the columns`() {
    let pieces = ["a", "bb ", "日", "\t", "  ", "long-word-here", "e\u{301}", "👩‍💻", "\n", "。", "ー"]
    let cells = TextCells(widths: widths)
    var seed: UInt64 = 7
    for _ in 0..<2000 {
      var text = ""
      for _ in 0..<12 {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += pieces[Int((seed >> 33) % UInt64(pieces.count))]
      }
      let columns = 4 + Int((seed >> 20) % 9)
      for mode in [TextWrap.Mode.words, .exact] {
        for line in wrapped(text, columns, mode) {
          #expect(cells.width(of: line) <= columns, "\(text.debugDescription) in \(columns)")
        }
      }
    }
  }
}

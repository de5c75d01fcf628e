import Terminal
import Testing

@Suite struct `A harmless text` {
  @Test(arguments: [
    ("plain — 日本 é\n\ttext", "plain — 日本 é\n\ttext"),
    ("\u{1B}[31mred\u{7}\r\u{8}\0", "␛[31mred␇␍␈␀"), ("\u{7F}\u{9B}31m", "␡\u{FFFD}31m"),
    ("a\u{202E}b\u{200B}c\u{FEFF}", "abc"), ("e\u{301}", "e\u{301}"), ("\r\n", "␍\n"),
  ])
  func `can be written to a terminal, and is still itself`(text: String, shown: String) {
    #expect(Array(harmless(text).unicodeScalars) == Array(shown.unicodeScalars))
  }
}

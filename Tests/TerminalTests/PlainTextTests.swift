// What of a text from outside may reach a terminal as it is.

import Terminal
import Testing

struct PlainTextTests {
  @Test func `leaves text, line ends and tabs as they are`() {
    let text = "Grüße,\n\tWelt 世界 😀\n"
    #expect(PlainText.plain(text) == text)
  }

  @Test func `draws control characters and does not write them`() {
    #expect(PlainText.plain("\u{1B}[31mX\u{7}\u{0}\u{7F}") == "␛[31mX␇␀␡")
    #expect(PlainText.plain("\u{9B}2J\u{9D}") == "\u{FFFD}2J\u{FFFD}")
  }

  @Test func `leaves out what turns the direction of a line`() {
    #expect(PlainText.plain("\u{202E}evil\u{202C}") == "evil")
  }

  @Test func `takes a carriage return for a line end, and not twice before a line feed`() {
    #expect(PlainText.plain("safe\rdanger\r\nend\r\r\n") == "safe\ndanger\nend\n\n")
  }

  @Test func `a line end may be cut in two`() {
    var text = PlainText()
    let pieces = ["one\r", "\ntwo\r", "three", "\n"].map { text.receive($0) }
    #expect(pieces == ["one\n", "two\n", "three", "\n"])
  }

  @Test func `no scalar writes a control character`() {
    for value in (UInt32(0)...0x10FFFF) {
      guard let scalar = Unicode.Scalar(value), scalar != "\n", scalar != "\t" else { continue }
      for written in PlainText.plain("a" + String(scalar)).unicodeScalars {
        let isControl = written.properties.generalCategory == .control
        if isControl, scalar != "\r" { Issue.record("U+\(String(value, radix: 16))") }
      }
    }
  }
}

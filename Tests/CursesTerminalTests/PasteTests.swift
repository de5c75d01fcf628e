// A paste is one thing, harmless, and never the end of the keyboard.

import Terminal
import Testing

@testable import CursesTerminal

private let millisecond: Int64 = 1_000_000

private func pasted(_ text: String) -> [TerminalInput] {
  inputs("\u{1B}[200~\(text)\u{1B}[201~")
}

@Suite struct `A paste` {
  @Test func `is one input with its line ends made alike`() {
    #expect(pasted("a\r\nb\rc\nd\r\r\n\n") == [.paste("a\nb\nc\nd\n\n\n")])
    #expect(pasted("") == [.paste("")])
  }

  @Test func `loses its controls`() {
    #expect(pasted("\u{1B}[31mred\u{07}\u{00}\u{7F}\t!") == [.paste("[31mred\t!")])
    #expect(pasted("a\u{9B}b\u{85}c") == [.paste("abc")])
    #expect(pasted("\u{1B}[20") == [.paste("[20")])
    #expect(pasted("\u{1B}\u{1B}") == [.paste("")])
  }

  @Test func `keeps its letters and replaces what is none`() {
    #expect(pasted("grün 漢字 👩‍💻") == [.paste("grün 漢字 👩‍💻")])
    #expect(
      inputs(Array("\u{1B}[200~".utf8) + [0x61, 0xFF] + Array("\u{1B}[201~".utf8))
        == [.paste("a\u{FFFD}")])
  }

  @Test func `comes between the keys around it`() {
    #expect(
      inputs("x\u{1B}[200~y\u{1B}[201~z\r") == typed("x") + [.paste("y")] + typed("z") + [
        key(.enter)
      ])
  }

  @Test func `keeps what came of a broken end mark`() {
    var keyboard = Keyboard()
    #expect(keyboard.receive(Array("\u{1B}[200~one\u{1B}[20".utf8), at: 0) == [])
    #expect(keyboard.advance(to: 5_000 * millisecond) == [.paste("one[20")])
  }

  @Test func `loses what is over the limit and still ends`() {
    var collector = PasteCollector(byteLimit: 8)
    var isOver = false
    for byte in "123456789\rabc".utf8 { isOver = collector.take(byte) || isOver }
    #expect(!isOver)
    for byte in "\u{1B}[201~".utf8 { isOver = collector.take(byte) }
    #expect(isOver)
    let text = collector.finish().text
    #expect(text == "12345678")
    let rest = collector.finish().text
    #expect(rest == "")
  }
}

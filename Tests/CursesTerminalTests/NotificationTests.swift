// What is written to have the desktop show a sentence.

import Testing

@testable import CursesTerminal

@Suite struct `A notice for the desktop` {
  private func sequence(_ text: String, tmux: Bool = false, screen: Bool = false) -> String {
    String(
      decoding: NotificationSequence.bytes(text, isInTmux: tmux, isInScreen: screen), as: UTF8.self)
  }

  @Test func `is one sequence`() {
    #expect(sequence("“Tides” has its reply.") == "\u{1B}]9;“Tides” has its reply.\u{07}")
  }

  @Test func `is wrapped for tmux and for GNU screen`() {
    #expect(sequence("a", tmux: true) == "\u{1B}Ptmux;\u{1B}\u{1B}]9;a\u{07}\u{1B}\\")
    #expect(sequence("a", screen: true) == "\u{1B}P\u{1B}]9;a\u{07}\u{1B}\\")
  }

  @Test(arguments: ["\u{1B}]52;c;AAAA\u{07}", "\u{9C}x\u{9D}", "a\nb\tc\r\u{7F}", "\u{202E}x"])
  func `holds nothing that a terminal obeys`(text: String) {
    let inside = sequence(text).dropFirst(4).dropLast()
    #expect(inside.unicodeScalars.allSatisfy { !$0.properties.isDefaultIgnorableCodePoint })
    #expect(inside.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
  }

  @Test func `is no longer than a desktop shows`() {
    let text = sequence("e" + String(repeating: "\u{301}", count: 9_000))
    #expect(text.unicodeScalars.count <= NotificationSequence.scalarLimit + 5)
  }
}

// What is written to copy a text.

import Testing

@testable import CursesTerminal

@Suite struct `A text for the clipboard` {
  private func sequence(_ text: String, tmux: Bool = false, screen: Bool = false) -> String? {
    ClipboardSequence.bytes(Array(text.utf8), isInTmux: tmux, isInScreen: screen)
      .map { String(decoding: $0, as: UTF8.self) }
  }

  /// The vectors of RFC 4648, section 10, and two digits that letters do not reach.
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"), ("û￿", "w7vvv78="),
  ])
  func `is written in Base64`(text: String, expected: String) {
    #expect(sequence(text) == "\u{1B}]52;c;\(expected)\u{07}")
  }

  @Test func `is written both ways in tmux`() {
    #expect(
      sequence("foo", tmux: true)
        == "\u{1B}Ptmux;\u{1B}\u{1B}]52;c;Zm9v\u{07}\u{1B}\\\u{1B}]52;c;Zm9v\u{07}")
  }

  @Test func `is written in pieces that GNU screen takes`() throws {
    let text = String(repeating: "x", count: 2_000)
    let plain = try #require(sequence(text))
    let wrapped = try #require(sequence(text, screen: true))
    let pieces = wrapped.split(separator: "\u{1B}\\")
    #expect(pieces.allSatisfy { $0.hasPrefix("\u{1B}P") && $0.utf8.count < 768 })
    #expect(pieces.map { $0.dropFirst(2) }.joined() == plain)
  }

  @Test func `has a limit`() throws {
    let longest = String(repeating: "x", count: ClipboardSequence.textByteLimit)
    #expect(try #require(sequence(longest)).utf8.count <= 100_000)
    #expect(sequence(longest + "x") == nil)
  }
}

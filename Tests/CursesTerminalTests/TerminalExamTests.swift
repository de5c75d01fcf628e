// What is read out of a terminal's answers, whatever a hand types meanwhile.

import Terminal
import Testing

@testable import CursesTerminal

@Suite struct `The answers to an exam` {
  private func read(_ text: String) -> (reports: [TerminalReport], columns: [Int]) {
    let (reports, columns) = TerminalExam.read(Array(text.utf8))
    return (reports, Array(columns))
  }

  @Test func `are places of the cursor and reports`() {
    let (reports, columns) = read(
      "\u{1B}[12;3R\u{1B}[12;2R\u{1B}[?1u\u{1B}[?2026;2$y\u{1B}]11;rgb:0000/0000/0000\u{1B}\\"
        + "\u{1B}[?62;22c")
    #expect(columns == [3, 2])
    #expect(
      reports == [
        .keyboardForms(flags: 1), .synchronizedOutput(isSupported: true),
        .background(red: 0, green: 0, blue: 0), .attributes([62, 22]),
      ])
  }

  @Test func `are found among what is typed`() {
    let (reports, columns) = read("ls\r\u{1B}[1;3Rx\u{1B}[A\u{1B}[1;5R\u{03}\u{1B}[?62c\u{1B}")
    #expect(columns == [3, 5])
    #expect(reports == [.attributes([62])])
  }

  @Test(arguments: [
    "", "\u{1B}", "\u{1B}[", "\u{1B}[1", "\u{1B}[1;", "\u{1B}[1;3", "\u{1B}[;3R", "\u{1B}[1;R",
    "\u{1B}[0;1R", "\u{1B}[1;0R", "\u{1B}[1;2;3R", "\u{1B}[99999999999999999999;1R",
    "\u{1B}[1;99999999999R",
  ])
  func `hold no place where none is whole`(text: String) {
    #expect(read(text).columns == [])
  }

  @Test func `may be cut anywhere`() {
    let answers = Array("\u{1B}[4;3R\u{1B}[?2026;2$y\u{1B}[?62c".utf8)
    for end in answers.indices {
      let (_, columns) = TerminalExam.read(Array(answers[..<end]))
      #expect(Array(columns) == (end < 6 ? [] : [3]))
    }
  }
}

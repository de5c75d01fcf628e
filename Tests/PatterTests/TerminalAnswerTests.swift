// What the terminal answers when Patter asks what it is like.

import Glibc
import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct TerminalAnswerTests {
  private static let question = "\u{1B}[?2026$p\u{1B}]11;?\u{1B}\\\u{1B}[c"
  private static let attributes = "\u{1B}[?62;22c"

  /// Patter with nobody to talk to, on a terminal that answers so.
  private static func chat(_ answers: TerminalAnswers, _ arguments: [String] = []) throws -> Journey
  {
    let chat = try Journey(BuiltProgram.path("patter"), arguments, answers: answers)
    try chat.see("answers")
    return chat
  }

  @Test func `asks once, after the first frame`() throws {
    let chat = try Self.chat(.emulator)
    try chat.draft("a draft")
    let parts = chat.written.split(separator: Self.question, omittingEmptySubsequences: false)
    #expect(parts.count == 2)
    #expect(parts[0].contains("Ask something"))
    try chat.quitWithDraft()
  }

  @Test func `does not ask a terminal that may not understand`() throws {
    let chat = try Journey(with: nil, variables: ["TERM": "linux"])
    try chat.draft("a draft")
    #expect(!chat.written.contains("\u{1B}[c"))
    #expect(!chat.written.contains("\u{1B}]"))
    try chat.quitWithDraft()
  }

  @Test func `waits for no answer`() throws {
    let chat = try Self.chat(.none)
    try chat.draft("a draft")
    #expect(!chat.written.contains("\u{1B}[?2026h"))
    try chat.quitWithDraft()
  }

  @Test(arguments: [
    "\u{1B}[?2026;2$y\u{1B}]11;rgb:0000/0000/0000\u{1B}\\\u{1B}[?62;22c",
    "\u{1B}]11;rgb:ffff/ffff/ffff\u{07}\u{1B}[?997;2n", "\u{1B}]11;rgb:zz\u{07}",
  ])
  func `an answer in the middle of the draft is not written`(answers: String) throws {
    let chat = try Self.chat(.none)
    try chat.draft("one")
    chat.type(answers + "two")
    try chat.see("› onetwo")
    try chat.quitWithDraft()
  }

  // MARK: - Light or dark

  /// How the invitation to write looks: its colour tells which theme it is.
  private static func invitation(_ chat: Journey) throws -> PictureCell {
    try chat.see("› Ask something")
    let row = try #require(chat.picture.row(of: "› Ask something"))
    return chat.picture.cell(row: row, column: 4)
  }

  /// How the invitation looks in this theme, when it was asked for.
  private static func invitation(in theme: String) throws -> PictureCell {
    let chat = try Self.chat(.none, ["--theme", theme])
    defer { chat.press(.control("d")) }
    return try invitation(chat)
  }

  private static func see(_ theme: String, in chat: Journey) throws {
    let expected = try invitation(in: theme)
    try chat.waitUntil(theme) { _ in try invitation(chat) == expected }
  }

  @Test(arguments: [("ffff/ffff/ffff", "patter-light"), ("1d1d/1f1f/2121", "patter-dark")])
  func `ours is the theme that suits the background`(color: String, theme: String) throws {
    let answers = "\u{1B}]11;rgb:\(color)\u{1B}\\\(Self.attributes)"
    // What the surroundings tell is the opposite, and the terminal knows better.
    let opposite = theme == "patter-light" ? "15;0" : "0;15"
    // Looked up before: an answer counts for a second, and is given when somebody looks at this chat.
    let expected = try Self.invitation(in: theme)
    let chat = try Journey(
      BuiltProgram.path("patter"), [], variables: ["COLORFGBG": opposite],
      answers: .scripted(answers))
    try chat.waitUntil(theme) { _ in try Self.invitation(chat) == expected }
    try chat.leave()
  }

  @Test func `a theme that was asked for stays`() throws {
    let answers = "\u{1B}]11;rgb:ffff/ffff/ffff\u{1B}\\\(Self.attributes)\u{1B}[?997;2n"
    let chat = try Self.chat(.scripted(answers), ["--theme", "patter-dark"])
    try chat.draft("x")
    chat.press(.backspace)
    try Self.see("patter-dark", in: chat)
    #expect(try Self.invitation(chat) != Self.invitation(in: "patter-light"))
    try chat.leave()
  }

  @Test func `the theme follows when the terminal turns light and dark`() throws {
    let chat = try Self.chat(.none)
    #expect(chat.patter.modes.isOn(privateMode: 2031))
    for (report, theme) in [("\u{1B}[?997;2n", "patter-light"), ("\u{1B}[?997;1n", "patter-dark")] {
      chat.type(report)
      try Self.see(theme, in: chat)
    }
    try chat.leave()
  }

  // MARK: - Synchronized output

  @Test(arguments: [1, 2])
  func `an update is shown as a whole where the terminal can do that`(value: Int) throws {
    let chat = try Self.chat(.scripted("\u{1B}[?2026;\(value)$y\(Self.attributes)"))
    try chat.draft("a draft")
    try chat.quitWithDraft()
    let (begin, end) = ("\u{1B}[?2026h", "\u{1B}[?2026l")
    let updates = chat.written.split(separator: begin, omittingEmptySubsequences: false).dropFirst()
    #expect(!updates.isEmpty)
    #expect(updates.allSatisfy { !$0.hasPrefix(end) && $0.contains(end) })
  }

  @Test(arguments: [0, 3, 4])
  func `an update is shown as it comes otherwise`(value: Int) throws {
    let chat = try Self.chat(.scripted("\u{1B}[?2026;\(value)$y\(Self.attributes)"))
    try chat.draft("a draft")
    #expect(!chat.written.contains("\u{1B}[?2026h"))
    try chat.quitWithDraft()
  }
}

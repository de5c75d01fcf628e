// Text from outside draws pictures of control characters, and never is one.

import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct HostileTextTests {
  /// Colours, a title, the clipboard, a clear screen, C1 forms of the same, a bell, another direction.
  private static let hostile =
    "\u{1B}[31mX\u{1B}]0;pwned\u{7}\u{1B}]52;c;cHduZWQ=\u{1B}\\\u{9B}2J\u{9D}2;pwned\u{9C}"
    + "\u{202E}evil\u{202C}\u{1B}[?1049l"

  /// What none of our own sequences is: OSC, but for the one question which colour is behind the text; C1,
  /// a bell, red and then X, a turned direction.
  private static func expectHarmless(
    _ chat: Journey, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var written = chat.written
    if let question = written.firstRange(of: "\u{1B}]11;?\u{1B}\\") {
      written.removeSubrange(question)
    }
    let scalars = written.unicodeScalars
    #expect(!written.contains("\u{1B}]"), sourceLocation: sourceLocation)
    #expect(!written.contains("\u{1B}[31mX"), sourceLocation: sourceLocation)
    #expect(!scalars.contains("\u{7}"), sourceLocation: sourceLocation)
    #expect(!scalars.contains { (0x80..<0xA0).contains($0.value) }, sourceLocation: sourceLocation)
    #expect(
      !scalars.contains { (0x202A...0x202E).contains($0.value) }, sourceLocation: sourceLocation)
  }

  @Test(arguments: Dialect.allCases)
  func `a reply shows its escape sequences`(dialect: Dialect) throws {
    let server = try LoopbackServer(.reply(Self.hostile + " end", by: dialect))
    let chat = try Journey(with: server, dialect)
    try chat.ask("hi")
    try chat.see("␛[31mX␛]0;pwned␇␛]52;c;cHduZWQ=␛")
    try chat.see("evil")
    try chat.seeIdle()
    #expect(chat.picture.isAlternateScreen)
    Self.expectHarmless(chat)
    try chat.leave()
  }

  @Test func `an escape sequence cut in two is none either`() throws {
    let server = try LoopbackServer(
      .reply([.words("A\u{1B}"), .gate("rest"), .words("[31mX\u{1B}]0;pw"), .words("ned\u{7}B")]))
    let chat = try Journey(with: server)
    try chat.ask("hi")
    try chat.see("A␛")
    server.open(gate: "rest")
    try chat.see("A␛[31mX␛]0;pwned␇B")
    try chat.seeIdle()
    Self.expectHarmless(chat)
    try chat.leave()
  }

  @Test func `code and tables are no way round`() throws {
    let text = "```\n\(Self.hostile)\n```\n\n| a |\n|---|\n| \u{1B}[31mX |\n\n`\u{1B}]0;pwned\u{7}`"
    let server = try LoopbackServer(.reply(text))
    let chat = try Journey(with: server)
    try chat.ask("hi")
    try chat.see("␛]0;pwned␇")
    try chat.seeIdle()
    Self.expectHarmless(chat)
    try chat.leave()
  }

  @Test(arguments: Dialect.foundByVariables)
  func `the name of a model is text as well`(dialect: Dialect) throws {
    let server = try LoopbackServer(
      .models("evil\u{1B}]0;pwned\u{7}", "e\u{202E}vil", by: dialect),
      .held("Hello", by: dialect))
    let chat = try Journey(with: server, dialect, model: nil)
    try chat.see("evil answers")
    try chat.ask("hi")
    try chat.see("Hello")
    Self.expectHarmless(chat)
    try chat.leave()
  }

  @Test func `the name of a model on the command line is text as well`() throws {
    let server = try LoopbackServer(.held("Hello"))
    let chat = try Journey(with: server, model: "e\u{202E}vil\u{1B}]0;pwned\u{7}")
    try chat.see("evil␛]0;pwned␇ answers")
    try chat.ask("hi")
    try chat.see("Hello")
    Self.expectHarmless(chat)
    try chat.leave()
  }

  @Test(arguments: [400, 401, 404, 500])
  func `the words of an error are text as well`(status: Int) throws {
    let body = Self.hostile.unicodeScalars.reduce(into: "") { text, scalar in
      let digits = String(scalar.value, radix: 16)
      text +=
        scalar.isASCII && scalar.value >= 0x20 && scalar != "\\"
        ? String(scalar) : "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
    let server = try LoopbackServer(
      .json(#"{"error":{"message":"\#(body)"}}"#, status: status))
    let chat = try Journey(with: server)
    try chat.ask("hi")
    try chat.seeSentence("Alt-R sends the prompt again.")
    try chat.see("pwned")
    try chat.seeIdle()
    Self.expectHarmless(chat)
    try chat.leave()
  }

  @Test func `a pasted escape sequence is drawn as text`() throws {
    let chat = try Journey(with: nil)
    chat.press(.paste("see \u{1B}[31mX\u{7} and \u{202E}this"))
    try chat.see("this")
    Self.expectHarmless(chat)
    try chat.quitWithDraft()
  }

  @Test func `an option that names an escape sequence does not write it`() throws {
    let chat = try Journey(
      BuiltProgram.path("patter"), ["--theme", "evil\u{1B}]0;pwned\u{7}"])
    try chat.see("pwned")
    Self.expectHarmless(chat)
    try chat.leave()
  }
}

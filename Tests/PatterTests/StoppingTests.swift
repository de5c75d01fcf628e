// Esc stops the reply: one press, wherever the reply is and whatever is on the screen.

import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct StoppingTests {
  /// Enough rows for two screens; a fence keeps each on a line of its own.
  private static let longText = "```\n" + (1...50).map { "row \($0)\n" }.joined()

  @Test(arguments: Dialect.allCases)
  func `S53 T05 Esc stops a reply whose headers have not come`(dialect: Dialect) throws {
    let server = try LoopbackServer(.init(.gate(LoopbackServer.Response.shut)))
    let chat = try Journey(with: server, dialect)
    try chat.ask("hi")
    try chat.see("waiting")
    _ = server.chatBody(1)
    chat.press(.escape)
    #expect(server.sawClose(ofChat: 1))
    try chat.see("■ stopped before the first word")
    try chat.seeIdle()
    try chat.leave()
  }

  @Test(arguments: Dialect.allCases)
  func `S53 T06 Esc stops a reply between its headers and its first word`(dialect: Dialect) throws {
    let server = try LoopbackServer(.reply([.gate(LoopbackServer.Response.shut)], by: dialect))
    let chat = try Journey(with: server, dialect)
    try chat.ask("hi")
    try chat.see("waiting")
    _ = server.chatBody(1)
    chat.press(.escape)
    #expect(server.sawClose(ofChat: 1))
    try chat.see("■ stopped before the first word")
    try chat.seeIdle()
    try chat.leave()
  }

  @Test func `Esc stops a reply while earlier rows are on the screen`() throws {
    let server = try LoopbackServer(.held(Self.longText))
    let chat = try Journey(with: server)
    try chat.ask("hi")
    try chat.see("row 50")
    chat.press(.pageUp)
    try chat.waitUntil("rows below the screen") { $0.statusLine.contains("↓") }
    #expect(!chat.picture.shows("row 50"))
    let rowAbove = chat.picture.row(0)
    chat.press(.escape)
    #expect(server.sawClose(ofChat: 1))
    try chat.seeIdle()
    // The page stays where it was read, and the mark stands at the end.
    #expect(chat.picture.row(0) == rowAbove)
    #expect(!chat.picture.shows("■ stopped here"))
    chat.press(.end)
    try chat.see("■ stopped here")
    try chat.leave()
  }

  @Test func `the first Esc closes the help and the second stops the reply`() throws {
    let server = try LoopbackServer(
      .reply([.words("One"), .gate("two"), .words(" two"), .gate(LoopbackServer.Response.shut)]))
    let chat = try Journey(with: server)
    try chat.ask("hi")
    try chat.see("One")
    chat.type("?")
    try chat.see("Keys")
    chat.press(.escape)
    try chat.seeNo("Keys")
    server.open(gate: "two")
    try chat.see("One two")
    #expect(server.stillHolds(chat: 1))
    chat.press(.escape)
    #expect(server.sawClose(ofChat: 1))
    try chat.see("■ stopped here")
    try chat.leave()
  }

  @Test func `Esc does nothing when nothing is live`() throws {
    let server = try LoopbackServer(.reply("All said."))
    let chat = try Journey(with: server)
    try chat.ask("hi")
    try chat.see("All said.")
    // What ends the reply may come after its last word, and is told in this row.
    try chat.see("F1 keys")
    try chat.draft("unsent")
    let before = chat.picture.text
    // As kitty writes it, it needs no time to be told from Alt-!.
    chat.type("\u{1B}[27u!")
    try chat.see("› unsent!")
    #expect(chat.picture.text == before.replacing("unsent", with: "unsent!"))
    try chat.quitWithDraft()
  }

  @Test func `Esc as kitty writes it stops the reply`() throws {
    let server = try LoopbackServer(.held("Hello"))
    let chat = try Journey(with: server)
    try chat.ask("hi")
    try chat.see("Hello")
    chat.type("\u{1B}[27u")
    #expect(server.sawClose(ofChat: 1))
    try chat.see("■ stopped here")
    try chat.leave()
  }

  @Test func `S56 Esc takes back a prompt that waits for a model`() throws {
    let server = try LoopbackServer(.init(.gate(LoopbackServer.Response.shut)))
    let chat = try Journey(
      BuiltProgram.path("patter"), [], variables: Dialect.openAI.variables(port: server.port))
    try chat.see("Looking for a model")
    try chat.ask("too early")
    try chat.see("your prompt waits for it")
    chat.press(.escape)
    try chat.see("› too early")
    #expect(server.chats.isEmpty)
    try chat.quitWithDraft()
  }

  @Test func `a prompt that was sent too early goes out when the model is known`() throws {
    let server = try LoopbackServer(answering: { request in
      request.method == "GET"
        ? .init([.gate("list")] + LoopbackServer.Response.models("test", by: .openAI).steps)
        : .reply("There you are.")
    })
    let chat = try Journey(
      BuiltProgram.path("patter"), [], variables: Dialect.openAI.variables(port: server.port))
    try chat.see("Looking for a model")
    try chat.ask("too early")
    try chat.see("your prompt waits for it")
    server.open(gate: "list")
    try chat.see("There you are.")
    #expect(try #require(server.chatBody(1)).contains("too early"))
    try chat.leave()
  }

  @Test func `S01 a hundred presses of Esc are one stop`() throws {
    let server = try LoopbackServer(.held("Hello"))
    let chat = try Journey(with: server)
    try chat.ask("hi")
    try chat.see("Hello")
    chat.type(String(repeating: "\u{1B}[27u", count: 100) + "still here")
    try chat.see("› still here")
    #expect(server.sawClose(ofChat: 1))
    #expect(chat.picture.rows.count { $0.contains("■ stopped here") } == 1)
    #expect(server.chats.count == 1)
    try chat.quitWithDraft()
  }

  @Test(arguments: Dialect.allCases)
  func `T16 Esc stops a reply without end, however much of it lies unread`(
    dialect: Dialect
  ) throws {
    let head = LoopbackServer.Step.head(200, [.init("Content-Type", dialect.contentType)])
    let server = try LoopbackServer(
      .init(head, .endless(Array([dialect.delta("on and ")].bodyText.utf8))),
      .reply("Peace.", by: dialect))
    let chat = try Journey(with: server, dialect)
    try chat.ask("hi")
    try chat.see("on and on and on")
    chat.press(.escape)
    #expect(server.sawClose(ofChat: 1))
    try chat.see("■ stopped here")
    try chat.seeIdle()
    try chat.ask("and now?")
    try chat.see("Peace.")
    try chat.leave()
  }

  @Test func `/stop stops the reply`() throws {
    let server = try LoopbackServer(.held("Hello"))
    let chat = try Journey(with: server)
    try chat.ask("hi")
    try chat.see("Hello")
    try chat.ask("/stop")
    #expect(server.sawClose(ofChat: 1))
    try chat.see("■ stopped here")
    try chat.leave()
  }

  @Test func `Ctrl-C stops the reply, then clears the draft, then quits at the second press`()
    throws
  {
    let server = try LoopbackServer(.held("Hello"))
    let chat = try Journey(with: server)
    try chat.ask("hi")
    try chat.see("Hello")
    try chat.draft("a thought")
    chat.press(.control("c"))
    #expect(server.sawClose(ofChat: 1))
    try chat.see("■ stopped here")
    try chat.see("› a thought")
    chat.press(.control("c"))
    try chat.see("The draft is cleared.")
    try chat.seeNo("a thought")
    chat.press(.up)
    try chat.see("› a thought")
    chat.press(.control("c"))
    try chat.seeNo("a thought")
    chat.press(.control("c"))
    try chat.see("Press Ctrl-C again to quit.")
    chat.press(.control("c"))
    try chat.expectEnd(.exited(0))
  }

  @Test func `Ctrl-C quits only when it comes twice in a row`() throws {
    let chat = try Journey(with: nil)
    chat.press(.control("c"))
    try chat.see("Press Ctrl-C again to quit.")
    try chat.draft("on")
    chat.press(.control("c"))
    try chat.see("The draft is cleared.")
    chat.press(.control("c"))
    try chat.see("Press Ctrl-C again to quit.")
    try chat.leave()
  }
}

// The journey that Patter exists for, from the first key to the last socket.

import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct JourneyTests {
  @Test(
    arguments: Dialect.allCases.map { ($0, "test") }
      + Dialect.foundByVariables.map { ($0, nil as String?) })
  func `ask, stop, ask again, replace, quit`(dialect: Dialect, model: String?) throws {
    let server = try LoopbackServer(answering: { request in
      let body = String(decoding: request.body, as: UTF8.self)
      if request.method == "GET" { return .models("test", "other", by: dialect) }
      if body.contains("third") { return .reply("A whole answer.", by: dialect) }
      if body.contains("second") { return .held("Another beginning", by: dialect) }
      return .held("The first words", by: dialect)
    })
    let chat = try Journey(with: server, dialect, model: model)
    try chat.see("test answers")

    try chat.ask("first")
    try chat.see("The first words")
    chat.press(.escape)
    #expect(server.sawClose(ofChat: 1))
    try chat.see("■ stopped here")
    try chat.see("The first words")

    try chat.ask("second")
    try chat.see("Another beginning")
    // What was stopped is part of what the model sees.
    let second = try #require(server.chatBody(2))
    #expect(second.contains("first") && second.contains("The first words"))
    #expect(!second.contains("stopped here"))

    try chat.ask("third")
    try chat.see("A whole answer.")
    #expect(server.sawClose(ofChat: 2))
    try chat.see("■ superseded here")
    let third = try #require(server.chatBody(3))
    #expect(third.contains("Another beginning") && !third.contains("superseded here"))
    try chat.seeIdle()
    #expect(!chat.written.contains("never said"))

    #expect(server.chats.map(\.path) == Array(repeating: dialect.chatPath, count: 3))
    try chat.leave()
    #expect(server.hasNoConnection)
  }

  @Test(arguments: Dialect.foundByVariables)
  func `says which model answers before anything is sent`(dialect: Dialect) throws {
    let server = try LoopbackServer(.models("nomic-embed-text", "chatty", by: dialect))
    let chat = try Journey(with: server, dialect, model: nil)
    try chat.see("chatty answers")
    try chat.waitUntil("the server in the status line") {
      $0.statusLine.contains("chatty") && $0.statusLine.contains("127.0.0.1:\(server.port)")
    }
    #expect(server.chats.isEmpty)
    try chat.leave()
  }

  @Test func `sends a prompt from the command line at once`() throws {
    let server = try LoopbackServer(.reply("Here I am."))
    let chat = try Journey(
      BuiltProgram.path("patter"), ["-m", "openai/test", "are", "you", "there?"],
      variables: Dialect.openAI.variables(port: server.port))
    try chat.see("Here I am.")
    #expect(try #require(server.chatBody(1)).contains("are you there?"))
    try chat.leave()
  }
}

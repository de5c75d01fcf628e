// Esc on a terminal, layer by layer, and what an edit of the last prompt leaves behind. What hangs on half a
// second is told without a clock by `EscapeTests` of the interface: here Escs come one by one, each when the
// screen has answered, or several in one write.

import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct EscapeJourneyTests {
  /// Something that lies over a live reply: the key that opens it, and what shows it.
  struct Layer: Sendable, CustomTestStringConvertible {
    let name: String
    let key: TypedKey
    let isOpen: @Sendable (Picture) -> Bool

    var testDescription: String { name }
  }

  static let layers: [Layer] = [
    Layer(name: "help", key: .function(1)) { $0.shows(BindingScript.helpSentence) },
    Layer(name: "the search", key: .control("s")) { $0.shows("Search:") },
    Layer(name: "the bare text", key: .function(3)) { !$0.shows("Ask something") },
    Layer(name: "the picker of models", key: .alt("m")) { $0.shows("openai/large") },
  ]

  /// A reply that goes on behind gates, and beside it the list of models.
  private static func server() throws -> LoopbackServer {
    try LoopbackServer(answering: { request in
      guard request.method == "POST" else { return .openAIModels(["large", "test"]) }
      return .reply([
        .words("One"), .gate("two"), .words(" two"), .gate("three"), .words(" three"),
        .gate(LoopbackServer.Response.shut),
      ])
    })
  }

  private static func chat(_ server: LoopbackServer, under layer: Layer) throws -> Journey {
    let chat = try Journey(with: server)
    try chat.ask("hi")
    try chat.see("One")
    chat.press(layer.key)
    try chat.waitUntil(layer.name, layer.isOpen)
    return chat
  }

  @Test(arguments: layers)
  func `the first Esc closes what lies over a live reply, the second stops it`(layer: Layer) throws
  {
    let server = try Self.server()
    let chat = try Self.chat(server, under: layer)
    chat.press(.escape)
    try chat.waitUntil("no \(layer.name)") { !layer.isOpen($0) }
    server.open(gate: "two")
    try chat.see("One two")
    #expect(server.stillHolds(chat: 1))
    chat.press(.escape)
    try chat.see("■ stopped here")
    #expect(server.sawClose(ofChat: 1))
    try chat.leave()
  }

  @Test(arguments: layers)
  func `two Escs at once close what lies over a live reply, and leave the reply`(layer: Layer)
    throws
  {
    let server = try Self.server()
    let chat = try Self.chat(server, under: layer)
    // A key behind them tells that both have been read, and none of them waits for the clock.
    chat.patter.send(TypedKey.escape.bytes + TypedKey.escape.bytes + TypedKey.end.bytes)
    try chat.waitUntil("no \(layer.name)") { !layer.isOpen($0) }
    try chat.draft("unsent")
    server.open(gate: "two")
    try chat.see("One two")
    #expect(server.stillHolds(chat: 1))
    chat.press(.escape)
    try chat.see("■ stopped here")
    try chat.quitWithDraft()
  }

  @Test func `Escs right behind the one that stops the reply do nothing to the draft`() throws {
    let server = try Self.server()
    let chat = try Journey(with: server)
    try chat.ask("the prompt")
    try chat.see("One")
    try chat.draft("unsent")
    chat.patter.send(Array(repeating: 0x1B, count: 4))
    try chat.see("■ stopped here")
    chat.press(.end)
    chat.type("!")
    try chat.see("› unsent!")
    #expect(server.chats.count == 1)
    try chat.quitWithDraft()
  }

  /// A chat with one reply and a draft, in which Esc Esc has brought the prompt back.
  private static func editing(with server: LoopbackServer) throws -> Journey {
    let chat = try Journey(with: server)
    try chat.ask("what is the sky")
    try chat.see("Blue.")
    try chat.seeIdle()
    try chat.draft("unsent")
    chat.patter.send(TypedKey.escape.bytes + TypedKey.escape.bytes)
    try chat.see("› what is the sky")
    return chat
  }

  @Test func `Esc Esc edits the last prompt, and nothing of the old one is sent again`() throws {
    let server = try LoopbackServer(.reply("Blue."), .reply("Green."))
    let chat = try Self.editing(with: server)
    chat.press(.control("u"))
    try chat.seeNo("› what is the sky")
    try chat.ask("what is grass")
    try chat.see("Green.")
    try chat.seeIdle()
    // The draft from before is back.
    try chat.see("› unsent")
    let body = try #require(server.chatBody(2))
    #expect(body.contains("what is grass"))
    #expect(!body.contains("the sky") && !body.contains("Blue"))
    #expect(!chat.picture.shows("the sky") && !chat.picture.shows("Blue."))
    try chat.quitWithDraft()
  }

  @Test func `Esc leaves the edit of a prompt, and the draft from before is back`() throws {
    let server = try LoopbackServer(.reply("Blue."))
    let chat = try Self.editing(with: server)
    chat.type("?")
    try chat.see("› what is the sky?")
    chat.press(.escape)
    try chat.see("› unsent")
    // What was written in the edit can be recalled.
    chat.press(.up)
    try chat.see("› what is the sky?")
    #expect(server.chats.count == 1)
    try chat.quitWithDraft()
  }

  @Test func `each conversation keeps its draft`() throws {
    let server = try LoopbackServer(.reply("Blue."))
    // A command is written in the place of the prompt that is edited: so the draft stays.
    let chat = try Self.editing(with: server)
    chat.press(.control("u"))
    try chat.ask("/new")
    try chat.seeNo("Blue.")
    try chat.see("› Ask something")
    try chat.ask("/conversations")
    try chat.waitUntil("the conversation with its draft") {
      $0.rows.contains { $0.contains("what is the sky") && $0.contains("draft") }
    }
    chat.type("sky")
    try chat.see("1 of 2")
    chat.press(.enter)
    try chat.see("Blue.")
    try chat.see("› unsent")
    try chat.quitWithDraft()
  }

  @Test func `a backslash before Enter begins a line`() throws {
    let server = try LoopbackServer(.reply("Thanks."))
    let chat = try Journey(with: server)
    try chat.draft(#"one\"#)
    chat.press(.enter)
    try chat.waitUntil("a line more") { $0.draftRows(2) == ["one", ""] }
    chat.type("two")
    try chat.waitUntil("two lines") { $0.draftRows(2) == ["one", "two"] }
    #expect(server.openedConnectionCount == 0)
    chat.press(.enter)
    try chat.see("Thanks.")
    #expect(try #require(server.chatBody(1)).contains(#""one\ntwo""#))
    try chat.leave()
  }
}

// Attempts that follow by themselves, as a person and a server see them.

import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct RetryTests {
  private static let jammed = LoopbackServer.Response.json(
    #"{"error":{"message":"the gears jammed"}}"#, status: 500)

  private func home(_ retries: Int = 2, base: String = "1 ms") throws -> TestHome {
    try TestHome.configured("retry: {retries: \(retries), base: \(base), longest: \(base)}")
  }

  @Test func `S30 a reply comes by itself after attempts that failed, and stands alone`() throws {
    let server = try LoopbackServer(Self.jammed, .init(.close), .reply("All is well now."))
    let chat = try Journey(with: server, home: home())
    try chat.ask("an honest question")
    try chat.see("All is well now.")
    try chat.seeIdle()
    #expect(server.chats.count == 3)
    #expect(server.chatBody(1) == server.chatBody(3))
    try chat.seeSentence("▸ test, an earlier attempt: ✗")
    try chat.leave()
  }

  @Test func `S37 so many requests arrive as the policy allows, then the last error shows`() throws
  {
    let responses = (1...4).map {
      LoopbackServer.Response.json(#"{"error":{"message":"error \#($0)"}}"#, status: 500)
    }
    let server = try LoopbackServer(responses[0], responses[1], responses[2], responses[3])
    let chat = try Journey(with: server, home: home(2))
    try chat.ask("an honest question")
    try chat.seeSentence("✗ The server at 127.0.0.1:\(server.port) failed (500: error 3).")
    try chat.seeSentence("Alt-R sends the prompt again.")
    #expect(server.chats.count == 3)
    try chat.leave()
    #expect(server.chats.count == 3)
  }

  @Test func `S31 the failed attempt's connection is over before the next request is sent`() throws
  {
    // It says what is wrong and would keep the connection open for ever.
    let lingering = LoopbackServer.Response.eventStream([
      .event(#"{"error":{"message":"busy","type":"overloaded_error"}}"#), .untilClosed,
    ])
    // The journal's order is that of threads; how many connections are held, the kernel knows.
    let server = try LoopbackServer(answering: { request in
      guard request.connection > 1 else { return lingering }
      return .reply("connections: \(request.heldConnectionCount())")
    })
    let chat = try Journey(with: server, home: home())
    try chat.ask("an honest question")
    try chat.see("connections: 1")
    try chat.leave()
  }

  @Test func `T12 T60 Esc in the countdown ends it, and no request follows`() throws {
    let server = try LoopbackServer(Self.jammed, .reply("Unasked"))
    let chat = try Journey(with: server, home: home(2, base: "8 s"))
    try chat.ask("an honest question")
    try chat.see("retry 1 of 2 in")
    chat.press(.escape)
    try chat.see("■ stopped")
    try chat.seeIdle()
    #expect(server.chats.count == 1)
    try chat.leave()
    #expect(server.chats.count == 1)
  }

  @Test func `Alt-R in the countdown asks at once`() throws {
    let server = try LoopbackServer(Self.jammed, .reply("At once."))
    let chat = try Journey(with: server, home: home(2, base: "8 s"))
    try chat.ask("an honest question")
    try chat.see("Alt-R now")
    chat.press(.alt("r"))
    try chat.see("At once.")
    try chat.leave()
  }

  @Test func `S38 the next model of a chain answers, under its own name`() throws {
    let refused = LoopbackServer.Response.json(
      #"{"error":{"message":"You may not","code":"insufficient_quota"}}"#, status: 429)
    let server = try LoopbackServer(refused, .reply("Gladly."))
    let home = try TestHome.configured("fallback: {careful: [openai/first, openai/second]}")
    let chat = try Journey(
      with: server, model: nil, arguments: ["-m", "careful"], home: home)
    try chat.ask("an honest question")
    try chat.see("Gladly.")
    #expect(try #require(server.chatBody(1)).contains(#""first""#))
    #expect(try #require(server.chatBody(2)).contains(#""second""#))
    try chat.seeSentence("▸ first, an earlier attempt: ✗")
    #expect(chat.picture.sentences.contains("second ‹2/2› Gladly."))
    try chat.leave()
  }

  @Test func `Alt-N takes a reply that stalls to the next model of the pool`() throws {
    let server = try LoopbackServer(.held("Well,", by: .openAI), .reply("Yes."))
    let home = try TestHome.configured("pools: {fast: [openai/first, openai/second]}")
    let chat = try Journey(
      with: server, model: nil, arguments: ["-m", "fast"], home: home)
    try chat.ask("an honest question")
    try chat.see("Well,")
    chat.press(.alt("n"))
    try chat.see("Yes.")
    #expect(try #require(server.chatBody(2)).contains(#""second""#))
    try chat.seeSentence("▸ first, an earlier attempt, 1 word: ■ superseded here")
    try chat.leave()
  }
}

// A server that cannot be reached in any of the ways that hang: no name, no connection, no handshake.
// Esc frees the view although nothing ever comes back, and takes the socket with it.

import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct HangingTests {
  @Test func `T02 Esc frees the view while the name server does not answer`() throws {
    let server = try LoopbackServer(.reply("too late"))
    let home = try TestHome()
    let resolver = try HungResolver(in: home)
    let chat = try Self.chat(at: "http://hung.test:\(server.port)", resolver.variables, home: home)
    try chat.ask("hi")
    try chat.see("waiting")
    #expect(resolver.nextQuestion() == "hung.test")
    chat.press(.escape)
    try chat.see("■ stopped before the first word")
    try chat.seeIdle()

    // The answer that comes at last is nobody's.
    #expect(resolver.answer())
    try chat.ask("and now?")
    #expect(resolver.nextQuestion() == "hung.test")
    try chat.see("waiting")
    server.letEverybodyIn()
    #expect(server.journal.isEmpty)
    try Self.leaveWaiting(chat)
  }

  @Test func `T02 a name that is found at last is asked`() throws {
    let server = try LoopbackServer(.reply("Here I am."))
    let home = try TestHome()
    let resolver = try HungResolver(in: home)
    let chat = try Self.chat(at: "http://hung.test:\(server.port)", resolver.variables, home: home)
    try chat.ask("hi")
    #expect(resolver.nextQuestion() == "hung.test")
    #expect(resolver.answer())
    try chat.see("Here I am.")
    try chat.leave()
  }

  @Test func `T03 Esc frees the view while the connection hangs, and ends the attempt`() throws {
    let hung = try HungPort()
    let chat = try Self.chat(at: "http://127.0.0.1:\(hung.port)")
    try chat.ask("hi")
    try chat.see("waiting")
    #expect(ConnectionTable.wait { $0.clientCount(of: hung.port, in: .synSent) == 1 })
    chat.press(.escape)
    try chat.see("■ stopped before the first word")
    try chat.seeIdle()
    #expect(ConnectionTable().clientCount(of: hung.port, in: .synSent) == 0)
    try chat.ask("and now?")
    #expect(ConnectionTable.wait { $0.clientCount(of: hung.port, in: .synSent) == 1 })
    try chat.see("waiting")
    try Self.leaveWaiting(chat)
    #expect(ConnectionTable.wait { $0.clientCount(of: hung.port, in: .synSent) == 0 })
  }

  @Test func `T04 Esc frees the view while the TLS handshake hangs, and closes the socket`() throws
  {
    let server = try LoopbackServer()
    let chat = try Self.chat(at: "https://127.0.0.1:\(server.port)")
    try chat.ask("hi")
    try chat.see("waiting")
    #expect(server.clientHello(1) != nil)
    chat.press(.escape)
    #expect(server.waitFor(.closedByClient(1)))
    try chat.see("■ stopped before the first word")
    try chat.seeIdle()
    try chat.ask("and now?")
    #expect(server.clientHello(2) != nil)
    try chat.see("waiting")
    try Self.leaveWaiting(chat)
    #expect(server.waitFor(.closedByClient(2)))
  }

  @Test func `T56 a server that could speak HTTP 2 is not offered it`() throws {
    let server = try LoopbackServer()
    let chat = try Self.chat(at: "https://127.0.0.1:\(server.port)")
    try chat.ask("hi")
    let hello = try #require(server.clientHello(1))
    #expect(hello.protocols == ["http/1.1"])
    try Self.leaveWaiting(chat)
  }

  // MARK: -

  private static func chat(
    at address: String, _ variables: [String: String] = [:], home: TestHome? = nil
  ) throws -> Journey {
    let chat = try Journey(
      BuiltProgram.path("patter"), ["-m", "openai/test"],
      variables: ["OPENAI_BASE_URL": "\(address)/v1"].merging(variables) { $1 }, home: home)
    try chat.waitUntil("Patter says who answers") { $0.shows("answers") }
    return chat
  }

  /// Types, and quits, while the reply hangs.
  private static func leaveWaiting(_ chat: Journey) throws {
    try chat.draft("/quit")
    #expect(chat.picture.statusLine.contains("waiting"))
    chat.press(.enter)
    try chat.expectEnd(.exited(0))
  }
}

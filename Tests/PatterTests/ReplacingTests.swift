// A prompt that is sent while a reply is live takes its place: the old connection goes first, and no
// word of the old reply comes after.

import Glibc
import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct ReplacingTests {
  @Test(arguments: Dialect.allCases)
  func `S40 the old connection is closed before the new request is sent`(dialect: Dialect) throws {
    // The journal is written by a thread for each connection, so its order is the scheduler's. How
    // many connections are held when the second request has come, the kernel knows.
    let server = try LoopbackServer(answering: { request in
      let held = "connections: \(request.heldConnectionCount())"
      return String(decoding: request.body, as: UTF8.self).contains("second")
        ? .reply(held, by: dialect) : .held(held, by: dialect)
    })
    let chat = try Journey(with: server, dialect)
    try chat.ask("first")
    try chat.see("connections: 1")
    try chat.ask("second")
    try chat.see("■ superseded here")
    try chat.seeIdle()
    #expect(chat.picture.rows.count { $0.contains("connections: 1") } == 2)
    #expect(server.sawClose(ofChat: 1))
    try chat.leave()
  }

  @Test(arguments: Dialect.allCases)
  func `S18 S52 words of the old reply that arrive with the new prompt are not shown`(
    dialect: Dialect
  )
    throws
  {
    let server = try LoopbackServer(
      .unended([.words("Old"), .gate("late"), .words(" and stale")], by: dialect),
      .reply("New", by: dialect))
    let chat = try Journey(with: server, dialect)
    try chat.ask("first")
    try chat.see("Old")
    try chat.draft("second")
    // While Patter is held still, both come: it finds them together when it goes on.
    try chat.hold {
      server.open(gate: "late")
      #expect(server.waitFor(.answered(server.chats[0].connection)))
      chat.press(.enter)
    }
    try chat.see("New")
    try chat.see("■ superseded here")
    #expect(!chat.written.contains("stale"))
    #expect(!(try #require(server.chatBody(2)).contains("stale")))
    try chat.leave()
  }

  @Test func `S16 words that arrive together with Ctrl-C are not shown`() throws {
    let server = try LoopbackServer(
      .unended([.words("Old"), .gate("late"), .words(" and stale")]))
    let chat = try Journey(with: server)
    try chat.ask("first")
    try chat.see("Old")
    try chat.hold {
      server.open(gate: "late")
      #expect(server.waitFor(.answered(server.chats[0].connection)))
      chat.press(.control("c"))
    }
    try chat.see("■ stopped here")
    #expect(!chat.written.contains("stale"))
    try chat.leave()
  }

  @Test func `a reply that has not begun can be replaced`() throws {
    let server = try LoopbackServer(.init(.gate(LoopbackServer.Response.shut)), .reply("New"))
    let chat = try Journey(with: server)
    try chat.ask("first")
    try chat.see("waiting")
    _ = server.chatBody(1)
    try chat.ask("second")
    try chat.see("New")
    #expect(server.sawClose(ofChat: 1))
    try chat.see("■ superseded before the first word")
    let body = try #require(server.chatBody(2))
    #expect(body.contains("first") && body.contains("second"))
    try chat.leave()
  }

  @Test func `Alt-R while a reply is live replaces it with another to the same prompt`() throws {
    let server = try LoopbackServer(.held("Old"), .reply("New"))
    let chat = try Journey(with: server)
    try chat.ask("the prompt")
    try chat.see("Old")
    chat.press(.alt("r"))
    try chat.see("New")
    #expect(server.sawClose(ofChat: 1))
    try chat.see("■ superseded here")
    let bodies = try (1...2).map { try #require(server.chatBody($0)) }
    #expect(bodies.allSatisfy { $0.contains("the prompt") })
    #expect(!bodies[1].contains("Old"))
    try chat.leave()
  }

  @Test func `what is typed while a reply streams stays in the composer`() throws {
    let server = try LoopbackServer(
      .reply([.words("Hello"), .gate("more"), .words(" and goodbye.")]), .reply("Gladly."))
    let chat = try Journey(with: server)
    try chat.ask("hi")
    try chat.see("Hello")
    try chat.draft("and then")
    server.open(gate: "more")
    try chat.see("Hello and goodbye.")
    try chat.seeIdle()
    #expect(chat.picture.shows("› and then"))
    #expect(server.chats.count == 1)
    chat.press(.enter)
    try chat.see("Gladly.")
    #expect(try #require(server.chatBody(2)).contains("and then"))
    try chat.leave()
  }

  @Test func `a pasted text with line ends waits to be sent`() throws {
    let server = try LoopbackServer(.reply("Thanks."))
    let chat = try Journey(with: server)
    chat.press(.paste("one\r\ntwo\nthree\r\n"))
    try chat.see("› one")
    try chat.see("  three")
    #expect(server.openedConnectionCount == 0)
    chat.press(.enter)
    try chat.see("Thanks.")
    #expect(try #require(server.chatBody(1)).contains(#"one\ntwo\nthree"#))
    #expect(server.chats.count == 1)
    try chat.leave()
  }
}

extension Journey {
  /// Holds Patter still while `body` happens, until what was typed meanwhile lies before it.
  fileprivate func hold(_ body: () throws -> Void) throws {
    patter.signal(SIGSTOP)
    try patter.waitForStop()
    try body()
    try waitForTypedBytes()
    patter.signal(SIGCONT)
  }
}

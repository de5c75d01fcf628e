// Too much of everything: what a server may make us hold has a limit, and behind it the socket is shut.

import Chat
import LoopbackTests
import Providers
import Support
import Testing

@Suite(.everyConnectionCloses) struct SizeTests {
  @Test(arguments: ScriptedDialect.allCases)
  func `T49 one event of 10 MiB comes through whole`(dialect: ScriptedDialect) throws {
    let length = 10 * 1024 * 1024
    let body = ([dialect.delta("@")] + dialect.end).bodyText
      .replacing("@", with: String(repeating: "x", count: length))
    let reply = try Loop(dialect, .unframed(dialect, [], .text(body), .close)).carry()
    #expect(reply.text.utf8.count == length)
    #expect(reply.stopReason == .stop)
  }

  @Test(arguments: ScriptedDialect.allCases)
  func `T49 a line of 64 MiB is given up and the socket closed`(dialect: ScriptedDialect) throws {
    let mebibyte = [UInt8](repeating: UInt8(ascii: "x"), count: 1024 * 1024)
    let start = LoopbackServer.Step.text(dialect.isEvents ? "data: \"" : "\"")
    let loop = try Loop(
      dialect,
      .init(
        LoopbackServer.Response.unframed(dialect, [], start).steps
          + Array(repeating: .bytes(mebibyte), count: 64) + [.untilClosed]))
    let reply = loop.carry()
    #expect(reply.events.count == 1)
    #expect(reply.failure?.kind == .notUnderstood)
    // Bounded: what was read of it is little more than the limit.
    #expect(reply.byteCount <= 17 * mebibyte.count)
    #expect(loop.serverSees(.closedByClient(1)))
  }

  @Test func `T49 100,000 tiny events come through in order`() throws {
    let dialect = ScriptedDialect.openAI
    let letters = (0..<100_000).map { String(UnicodeScalar(UInt8(97 + $0 % 26))) }
    let body = (letters.map { dialect.delta($0) } + dialect.end).bodyText
    let reply = try Loop(dialect, .unframed(dialect, [], .text(body), .close)).carry()
    #expect(reply.text.utf8.elementsEqual(letters.joined().utf8))
    #expect(reply.stopReason == .stop)
  }

  @Test(arguments: ScriptedDialect.allCases)
  func `T49 a body of an error is read for 64 KiB and no further`(dialect: ScriptedDialect) throws {
    let loop = try Loop(
      dialect,
      .init(.head(500, [.init("Content-Type", "text/plain")]), .endless(Array("jammed ".utf8))))
    let reply = loop.carry()
    #expect(reply.events.count == 1)
    #expect(reply.failure?.kind == .serverFailed)
    #expect(reply.byteCount >= 64 * 1024)
    // One pass may bring a buffer of the transport's on top.
    #expect(reply.byteCount <= 64 * 1024 + 128 * 1024)
    #expect(loop.serverSees(.receivedRST(1)))
  }

  @Test(arguments: ScriptedDialect.allCases)
  func `T49 a reply without end is given up at its limit and keeps its text`(
    dialect: ScriptedDialect
  ) throws {
    let piece = [dialect.delta("on and ")].bodyText
    let limitBytes = 50_000
    let loop = try Loop(
      dialect, .unframed(dialect, [], .endless(Array(piece.utf8))),
      limits: StreamLimits(bodyBytes: limitBytes))
    let reply = loop.carry()
    #expect(reply.failure?.kind == .truncated)
    #expect(reply.text.hasPrefix("on and on and "))
    #expect(reply.byteCount > limitBytes)
    #expect(loop.serverSees(.receivedRST(1)))
  }

  @Test(arguments: ScriptedDialect.allCases)
  func `T16 a reply without end is aborted at once, however much of it lies unread`(
    dialect: ScriptedDialect
  ) throws {
    let piece = [dialect.delta("on and ")].bodyText
    let loop = try Loop(
      dialect,
      LoopbackServer(script: [
        .unframed(dialect, [], .endless(Array(piece.utf8))), .reply("Next", by: dialect),
      ]))
    loop.start(1)
    loop.follow(1) { !$0.text.isEmpty }
    loop.abort(1)
    // The server is deaf to a FIN and writes on; nobody reads it.
    #expect(loop.serverSees(.receivedRST(1)))
    let byteCount = loop.reply(1).byteCount
    #expect(loop.carry(2).text == "Next")
    #expect(loop.reply(1).byteCount == byteCount)
    #expect(loop.server.requests.map(\.connection) == [1, 2])
  }
}

// Who stops listening closes the socket, wherever the reply is, before anything else is asked for. In
// every test the server stands still, so only the abort can be what it sees.

import Chat
import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct LeavingTests {
  @Test(arguments: ScriptedDialect.allCases)
  func `S17 a consumer that leaves after the first delta closes the connection`(
    dialect: ScriptedDialect
  ) throws {
    let loop = try Loop(dialect, .held("One", by: dialect))
    loop.start()
    loop.follow { $0.text == "One" }
    loop.abort()
    #expect(loop.serverSees(.closedByClient(1)))
    expectSilence(of: loop)
    #expect(loop.reply().text == "One")
  }

  @Test(arguments: ScriptedDialect.allCases)
  func `T05 an abort before the headers closes the connection`(dialect: ScriptedDialect) throws {
    let loop = try Loop(dialect, .init(LoopbackServer.Response.held))
    loop.start()
    loop.run { loop.server.requests.count == 1 }
    loop.abort()
    #expect(loop.serverSees(.closedByClient(1)))
    expectSilence(of: loop)
  }

  @Test(arguments: ScriptedDialect.allCases)
  func `T06 an abort between the headers and the body closes the connection`(
    dialect: ScriptedDialect
  ) throws {
    let loop = try Loop(dialect, .begun(dialect, LoopbackServer.Response.held))
    loop.start()
    let limit = loop.millisecondsToDeadline
    // Silence is given another time once the headers are there.
    loop.run { loop.millisecondsToDeadline != limit }
    loop.abort()
    #expect(loop.serverSees(.closedByClient(1)))
    expectSilence(of: loop)
  }

  @Test(arguments: ScriptedDialect.allCases)
  func `T07 half a letter is no letter, at an abort and at an end`(dialect: ScriptedDialect) throws
  {
    let euro = [UInt8](([dialect.delta("€")] + dialect.end).bodyText.utf8)
    let letter = try #require(euro.firstRange(of: Array("€".utf8)))
    let half = LoopbackServer.Step.bytes(Array(euro[...letter.lowerBound]))
    let start = [dialect.delta("ab")].bodyText
    let byteCount = start.utf8.count + letter.lowerBound + 1
    let loop = try Loop(
      dialect, .unframed(dialect, [], .text(start), half, LoopbackServer.Response.held),
      .unframed(dialect, [], .text(start), half, .close))
    loop.start(1)
    loop.follow(1) { $0.byteCount == byteCount }
    loop.abort(1)
    #expect(loop.reply(1).text == "ab")
    let ended = loop.carry(2)
    #expect(ended.byteCount == byteCount)
    #expect(ended.text == "ab")
    #expect(ended.failure?.kind == .truncated)
    #expect(ended.failure?.message.contains("\u{FFFD}") == false)
  }

  @Test(arguments: ScriptedDialect.allCases)
  func `T16 a server that goes on writing is not read, and the next request has its own connection`(
    dialect: ScriptedDialect
  ) throws {
    let loop = try Loop(
      dialect, .begun(dialect, dialect.delta("One"), .gate("on"), dialect.delta(" more")),
      .reply("Next", by: dialect))
    loop.start(1)
    loop.follow(1) { $0.text == "One" }
    loop.abort(1)
    loop.server.open(gate: "on")
    #expect(loop.carry(2).text == "Next")
    #expect(loop.reply(1).text == "One")
    #expect(loop.server.requests.map(\.connection) == [1, 2])
  }

  @Test(arguments: ScriptedDialect.allCases)
  func `T56 ten aborts and restarts leave no connection open between them`(
    dialect: ScriptedDialect
  ) throws {
    let loop = try Loop(
      dialect, LoopbackServer(script: Array(repeating: .held("One", by: dialect), count: 10)))
    for attempt: UInt32 in 1...10 {
      loop.start(attempt)
      loop.follow(attempt) { $0.text == "One" }
      loop.abort(attempt)
      #expect(loop.serverSees(.closedByClient(Int(attempt))))
      #expect(ConnectionTable().clientCount(of: loop.server.port, in: .established) == 0)
    }
    #expect(loop.server.openedConnectionCount == 10)
    #expect(loop.server.requests.allSatisfy { $0.version == "HTTP/1.1" })
    #expect(loop.server.requests.allSatisfy { $0.header("Upgrade") == nil })
  }

  /// How an attempt fails so that another follows.
  enum Failed: CaseIterable {
    case refused
    case refusedWithoutEnd
    case complained
    case cut
    case garbled
    case answeredNothing
  }

  @Test(arguments: ScriptedDialect.allCases, Failed.allCases)
  func `S31 the connection of attempt 1 is closed before attempt 2 begins`(
    dialect: ScriptedDialect, failed: Failed
  ) throws {
    // The journal's order is that of threads; which sockets this process holds, the kernel knows.
    let server = try LoopbackServer(answering: { request in
      guard String(decoding: request.body, as: UTF8.self).contains("attempt 2") else {
        return Self.response(failed, by: dialect)
      }
      let count = request.port.map(OpenSockets.count)
      return .reply("connections: \(count ?? -1)", by: dialect)
    })
    let loop = try Loop(dialect, server)
    loop.start(1, "attempt 1")
    if failed == .refusedWithoutEnd {
      loop.follow(1) { $0.byteCount > 0 }
      loop.elapse(milliseconds: 5_000)
    }
    let first = loop.follow(1) { $0.isOver }
    #expect(first.failure != nil)
    #expect(first.text == "")
    #expect(loop.carry(2, "attempt 2").text == "connections: 1")
  }

  private static func response(
    _ failed: Failed, by dialect: ScriptedDialect
  ) -> LoopbackServer.Response {
    let json = [LoopbackServer.Header("Content-Type", "application/json")]
    return switch failed {
    case .refused: .json(#"{"error":{"message":"busy"}}"#, status: 503)
    case .refusedWithoutEnd: .init(.head(503, json), .text(#"{"error""#), .untilClosed)
    case .complained: .begun(dialect, dialect.complaint(#"{"message":"busy"}"#), .untilClosed)
    case .cut: .begun(dialect, .close)
    case .garbled: .begun(dialect, .chunk("data: {garbage\n\n"), .untilClosed)
    case .answeredNothing: .init(.close)
    }
  }

  /// How the starts of a user in a hurry lie to the passes of the loop.
  enum Hurry: CaseIterable {
    case allInOnePass
    case aPassEach
    case aRequestEach
  }

  @Test(arguments: [5, 20, 200], Hurry.allCases)
  func `S45 of many starts the last one streams, and every socket that was opened is closed`(
    count: Int, hurry: Hurry
  ) throws {
    let dialect = ScriptedDialect.openAI
    let server = try LoopbackServer(answering: { request in
      String(decoding: request.body, as: UTF8.self).contains("the last")
        ? .reply("Done", by: dialect) : .held("Old", by: dialect)
    })
    let loop = try Loop(dialect, server)
    let last = UInt32(count)
    for attempt in 1...last {
      if attempt > 1 { loop.abort(attempt - 1) }
      loop.start(attempt, attempt == last ? "the last" : "one of many")
      switch hurry {
      case .allInOnePass: break
      case .aPassEach: loop.pass()
      case .aRequestEach: loop.run { server.requests.count == Int(attempt) }
      }
    }
    #expect(loop.follow(last) { $0.isOver }.text == "Done")
    server.letEverybodyIn()
    #expect(loop.openCount == count)
    #expect(server.openedConnectionCount <= (hurry == .allInOnePass ? 1 : count))
    #expect((1..<last).allSatisfy { !loop.reply($0).isOver })
    #expect(
      server.waitFor { _ in
        server.closedConnectionCount >= server.openedConnectionCount - 1
      })
  }

  // MARK: -

  /// Nothing is told any more, not even when the server goes on.
  private func expectSilence(of loop: Loop) {
    let eventCount = loop.reply().events.count
    loop.server.open(gate: LoopbackServer.Response.shut)
    #expect(loop.serverSees(.finished(1)))
    loop.pass()
    #expect(loop.reply().events.count == eventCount)
    #expect(loop.millisecondsToDeadline == nil)
  }
}

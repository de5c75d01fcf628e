// The two ends of a reply, and what a connection that ends, breaks or stays open has to do with them.

import Chat
import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct EndTests {
  @Test(arguments: ScriptedDialect.allCases.filter(\.hasLastWord))
  func `S25 the last word completes the reply while the server holds the connection`(
    dialect: ScriptedDialect
  ) throws {
    let steps = [dialect.delta("Hel"), dialect.delta("lo")] + dialect.end
    let loop = try Loop(
      dialect, .chunked(dialect.contentType, steps + [LoopbackServer.Response.held]))
    let reply = loop.carry()
    #expect(reply.text == "Hello")
    #expect(reply.stopReason == .stop)
    #expect(reply.usage == (dialect.tellsUsage ? Usage(inputTokens: 3, outputTokens: 2) : nil))
    #expect(loop.serverSees(.closedByClient(1)))
  }

  @Test func `S26 the usage that follows the finish is recorded`() throws {
    let dialect = ScriptedDialect.openAI
    let finish = try #require(dialect.finish)
    let usage = #"{"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2}}"#
    let loop = try Loop(
      dialect,
      .begun(
        dialect, dialect.delta("Hello"), finish, .gate("usage"), .event(usage),
        LoopbackServer.Response.held))
    loop.start()
    let begun = [dialect.delta("Hello"), finish].bodyText
    #expect(!loop.follow { $0.byteCount == begun.utf8.count }.isOver)
    loop.server.open(gate: "usage")
    #expect(!loop.follow { $0.usage != nil }.isOver)
    // Nothing but the last word is missing now, which need not come.
    loop.elapse(milliseconds: 200)
    #expect(loop.reply().stopReason == .stop)
    #expect(loop.reply().usage == Usage(inputTokens: 3, outputTokens: 2))
    #expect(loop.serverSees(.closedByClient(1)))
  }

  @Test(arguments: ScriptedDialect.withFinish)
  func `S27 a grace after the finish the reply is complete without usage`(
    dialect: ScriptedDialect
  ) throws {
    let finish = try #require(dialect.finish)
    let loop = try Loop(
      dialect,
      .begun(dialect, dialect.delta("Hello"), finish, LoopbackServer.Response.held))
    loop.start()
    let all = [dialect.delta("Hello"), finish].bodyText
    loop.follow { $0.byteCount == all.utf8.count }
    loop.elapse(milliseconds: dialect.graceMilliseconds - 1)
    #expect(!loop.reply().isOver)
    loop.elapse(milliseconds: 1)
    #expect(loop.reply().stopReason == .stop)
    #expect(loop.reply().usage == nil)
    #expect(loop.serverSees(.closedByClient(1)))
  }

  @Test(arguments: ScriptedDialect.allCases)
  func `S28 a body that ends in order before the finish is truncated and keeps its text`(
    dialect: ScriptedDialect
  ) throws {
    let loop = try Loop(dialect, .chunked(dialect.contentType, [dialect.delta("Half a")]))
    let reply = loop.carry()
    #expect(reply.text == "Half a")
    #expect(reply.failure?.kind == .truncated)
  }

  @Test(arguments: ScriptedDialect.allCases)
  func `S19 a connection that is lost fails and one that ends well completes, never the same`(
    dialect: ScriptedDialect
  ) throws {
    let loop = try Loop(
      dialect, .begun(dialect, dialect.delta("Hello"), .gate("break"), .reset),
      .reply("Hello", by: dialect))
    loop.start(1)
    loop.follow(1) { $0.text == "Hello" }
    loop.server.open(gate: "break")
    let lost = loop.follow(1) { $0.isOver }
    let whole = loop.carry(2)
    #expect(lost.failure?.kind == .truncated)
    #expect(whole.stopReason == .stop)
    #expect(lost.text == whole.text)
  }

  @Test(arguments: ScriptedDialect.withFinish)
  func `T32 a connection that breaks after the finish completes, and before it fails`(
    dialect: ScriptedDialect
  ) throws {
    let finish = try #require(dialect.finish)
    let loop = try Loop(
      dialect,
      .begun(dialect, dialect.delta("Hello"), .gate("first"), .reset),
      .begun(dialect, dialect.delta("Hello"), finish, .gate("second"), .reset),
      .init(.reset))
    // What lies unread when an RST comes is gone, so it is read before.
    for (attempt, gate) in [(1, "first"), (2, "second")] as [(UInt32, String)] {
      loop.start(attempt)
      let steps = attempt == 1 ? [] : [finish]
      let byteCount = ([dialect.delta("Hello")] + steps).bodyText.utf8.count
      loop.follow(attempt) { $0.byteCount == byteCount }
      loop.server.open(gate: gate)
      loop.follow(attempt) { $0.isOver }
    }
    #expect(loop.reply(1).text == "Hello")
    #expect(loop.reply(1).failure?.kind == .truncated)
    #expect(loop.reply(2).text == "Hello")
    #expect(loop.reply(2).stopReason == .stop)
    #expect(loop.carry(3).failure?.kind == .unreachable)
  }

  @Test(arguments: ScriptedDialect.allCases)
  func `S21 T33 a reply that falls silent fails with its text and closes the socket`(
    dialect: ScriptedDialect
  ) throws {
    let loop = try Loop(
      dialect, .begun(dialect, dialect.delta("Half a"), LoopbackServer.Response.held))
    loop.start()
    loop.follow { $0.text == "Half a" }
    let limit = try #require(loop.millisecondsToDeadline)
    loop.elapse(milliseconds: limit - 1)
    #expect(!loop.reply().isOver)
    loop.elapse(milliseconds: 1)
    #expect(loop.reply().failure != nil)
    #expect(loop.reply().text == "Half a")
    #expect(loop.serverSees(.closedByClient(1)))
  }
}

// A member that is refused, on real sockets: the second request goes out under the same transfer, and
// nothing of the first is taken for its answer.

import Chat
import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct ConcessionTests {
  private static let refusal =
    #"{"error":{"message":"Unrecognized request argument: stream_options"}}"#

  @Test func `a server that refuses a member is asked again, and not the next time`() throws {
    let loop = try Loop(
      .openAI, .json(Self.refusal, status: 400), .reply("One"), .reply("Two"))
    let first = loop.carry(1)
    #expect(first.text == "One")
    #expect(first.stopReason == .stop)
    #expect(loop.carry(2).text == "Two")
    let bodies = loop.server.chats.map { String(decoding: $0.body, as: UTF8.self) }
    #expect(bodies.map { $0.contains("stream_options") } == [true, false, false])
    #expect(loop.openCount == 3)
  }

  @Test func `a refusal that the server does not end is closed before it is asked again`() throws {
    let refusal = LoopbackServer.Response([
      .head(
        400, [.init("Content-Type", "application/json"), .init("Transfer-Encoding", "chunked")]),
      .chunk(Self.refusal), LoopbackServer.Response.held,
    ])
    let loop = try Loop(.openAI, refusal, .reply("One"))
    loop.start()
    loop.follow { $0.byteCount == Self.refusal.utf8.count }
    loop.elapse(milliseconds: try #require(loop.millisecondsToDeadline))
    #expect(loop.serverSees(.closedByClient(1)))
    #expect(loop.follow { $0.isOver }.text == "One")
    #expect(loop.openCount == 2)
  }

  @Test func `S16 an abort between the two requests leaves nothing open`() throws {
    let loop = try Loop(
      .openAI, .json(Self.refusal, status: 400), .init(LoopbackServer.Response.held))
    loop.start()
    loop.run { loop.server.chats.count == 2 }
    loop.abort()
    #expect(loop.server.sawClose(ofChat: 2))
    #expect(loop.reply().events.isEmpty)
  }
}

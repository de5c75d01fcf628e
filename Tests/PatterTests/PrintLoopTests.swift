// The loop without a screen, pass by pass, and the streams under both loops.

import Chat
import Interface
import LoopbackTests
import Providers
import Support
import Testing

@testable import Patter

@Suite(.everyConnectionCloses) struct PrintLoopTests {
  /// Where sentences go that nobody looks at.
  private let nobody: PipeEnds

  init() throws { nobody = try PipeEnds() }

  /// Streams that ask this server's model `openai/test`.
  private func streams(asking server: LoopbackServer) throws -> Streams {
    let guide = Guide(keys: .standard, commands: .standard, providers: .standard, places: [])
    return try Streams(
      finder: ModelFinder(
        .standard, environment: Dialect.openAI.variables(port: server.port), wanted: "openai/test",
        userAgent: "patter/test"),
      guide: guide, pace: .atOnce, limits: StreamLimits(), userAgent: "patter/test")
  }

  private func loop(
    over streams: Streams, into ends: PipeEnds, timeoutMilliseconds: Int64? = nil
  ) -> PrintLoop {
    let ids = MessageIDSource(seed: MessageID(high: 1, low: 2))
    return PrintLoop(
      chats: Conversations(ChatStore(route: Route(ModelFinder.guide), messageIDs: ids)),
      guidePolicy: .refused, streams: streams, signals: Signals([]),
      sink: TextSink(descriptor: ends.writer),
      observer: Observer(descriptor: nobody.writer, terminalName: nil, at: Clock.now()),
      timeoutMilliseconds: timeoutMilliseconds)
  }

  @Test func `S03 S04 the loop itself closes the stream, and not the end of the program`() throws {
    let server = try LoopbackServer(.held("Hello"))
    let ends = try PipeEnds()
    let streams = try streams(asking: server)
    let loop = loop(over: streams, into: ends)
    loop.ask("hi")
    while ends.take().isEmpty { loop.pass() }
    #expect(streams.count == 1)
    ends.closeReader()
    loop.pass()
    #expect(loop.ended == PrintLoop.Outcome(ending: .readerGone))
    #expect(streams.count == 0)
    #expect(server.sawClose(ofChat: 1))
  }

  @Test func `S04 a reader that goes away ends a sleep without a limit`() throws {
    let server = try LoopbackServer()
    let ends = try PipeEnds()
    // Nobody was asked, so nothing else ends it.
    let loop = loop(over: try streams(asking: server), into: ends)
    ends.closeReader()
    loop.pass()
    #expect(loop.ended == PrintLoop.Outcome(ending: .readerGone))
  }

  @Test func `T50 takes no more from the network than its reader is behind, and loses nothing`()
    throws
  {
    let line = String(repeating: "0123456789abcde\n", count: 1 << 12)
    let deltas = (0..<100).map { "\($0)\n\(line)" }
    let server = try LoopbackServer(.openAIChat(deltas))
    let ends = try PipeEnds()
    let loop = loop(over: try streams(asking: server), into: ends)
    loop.ask("hi")
    while loop.isListening { loop.pass() }
    #expect(loop.ended == nil)
    for _ in 0..<1000 { loop.pass(atMostMilliseconds: 0) }
    #expect(!loop.isListening)
    #expect(loop.waitingByteCount < TextSink.backlogLimitBytes + (1 << 18))

    var bytes: [UInt8] = []
    while loop.ended == nil {
      bytes += ends.take()
      loop.pass(atMostMilliseconds: 10)
    }
    bytes += ends.take()
    let isWhole = bytes == Array(deltas.joined().utf8)
    #expect(isWhole)
    #expect(loop.ended == PrintLoop.Outcome(ending: .complete))
  }

  @Test func `T10 a stream may be aborted while it is heard, and afterwards nothing is told of it`()
    throws
  {
    let server = try LoopbackServer(
      .init(
        .head(200, [.init("Content-Type", "text/event-stream")]),
        // In one write, so that they are heard together.
        .text((1...3).map(Self.delta).joined()), .gate(LoopbackServer.Response.shut)))
    let streams = try streams(asking: server)
    let id = StreamID(1)
    let now = Clock.now()
    _ = streams.findAny(at: now)
    let outgoing = Outgoing(
      model: ModelID(provider: "openai", name: "test"),
      messages: [.init(role: .user, parts: [.text("hi")])])
    #expect(streams.start(id, outgoing, at: now) == [])
    streams.settle(at: now) { _ in }
    var texts: [String] = []
    while texts.isEmpty {
      _ = streams.wait(for: [], atMostMilliseconds: 1000)
      streams.hear(at: Clock.now()) { event in
        guard case .stream(id, .text(let text)) = event else { return }
        texts.append(text)
        streams.abort(id, at: now)
      }
    }
    #expect(server.sawClose(ofChat: 1))
    streams.hear(at: Clock.now()) { event in Issue.record("\(event)") }
    #expect(streams.count == 0)
    #expect(texts.first == "1")
  }

  @Test func `a reader that is behind does not keep the time from running out`() throws {
    let text = String(repeating: "0123456789abcde\n", count: 1 << 14)
    let server = try LoopbackServer(.held(text))
    let ends = try PipeEnds()
    let streams = try streams(asking: server)
    let loop = loop(over: streams, into: ends, timeoutMilliseconds: 5000)
    loop.ask("hi")
    let patience = Int(LoopbackServer.patienceSeconds * 1000)
    let deadline = ContinuousClock.now + .milliseconds(patience)
    while streams.count > 0, ContinuousClock.now < deadline {
      loop.pass(atMostMilliseconds: patience)
    }
    #expect(ContinuousClock.now < deadline)
    try #require(server.sawClose(ofChat: 1))
    #expect(loop.ended == nil)

    var bytes: [UInt8] = []
    while loop.ended == nil {
      bytes += ends.take()
      loop.pass(atMostMilliseconds: 10)
    }
    bytes += ends.take()
    #expect(text.utf8.starts(with: bytes))
    #expect(loop.ended?.ending == .failed)
  }

  private static func delta(_ number: Int) -> String {
    #"data: {"id":"c","choices":[{"index":0,"delta":{"content":"\#(number)"}}]}"# + "\n\n"
  }
}

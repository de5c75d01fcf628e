import Chat
import Testing
import Wire

@testable import Providers

private let delta = #"data: {"model":"m","choices":[{"delta":{"content":"Hel"}}]}"# + "\n\n"
private let finish = #"data: {"choices":[{"delta":{},"finish_reason":"stop"}]}"# + "\n\n"
private let done = "data: [DONE]\n\n"

struct `The registry` {
  private func stream(limits: StreamLimits? = nil, at url: String? = nil) throws -> OneStream {
    OneStream(try endpoint("openai", at: url, key: "k-registry"), limits: limits)
  }

  @Test func `T59 forgets an aborted stream at once and drops what still comes`() throws {
    var stream = try stream()
    #expect(stream.feed(head(), bytes(delta)).text == "Hel")
    #expect(stream.registry.abort(OneStream.id, at: time(0)) == .aborted)
    #expect(stream.registry.takeOutput() == RegistryOutput(effects: [.close(OneStream.transfer)]))
    #expect(stream.registry.count == 0)
    #expect(stream.registry.deadline == nil)
    #expect(stream.feed(bytes(delta), bytes(done), .ended(nil)) == RegistryOutput())
    #expect(stream.registry.droppedEventCount == 3)
  }

  @Test func `drops what belongs to no stream`() throws {
    var registry = StreamRegistry(userAgent: agent)
    registry.receive(bytes("x"), from: .stream(1), at: time(0))
    registry.receive(bytes("x"), from: .lookup(1), at: time(0))
    registry.receive(output("x"), from: .lookup(1), at: time(0))
    #expect(registry.takeOutput() == RegistryOutput())
    #expect(registry.droppedEventCount == 3)
  }

  @Test func `S28 tells a stream that ended early from one that was lost`() throws {
    var ended = try stream()
    let cut = ended.feed(head(), bytes(delta), .ended(nil))
    #expect(cut.text == "Hel")
    #expect(cut.failure?.kind == .truncated)
    #expect(
      cut.failure?.message
        == "OpenAI (api.openai.com:443) ended the reply before it was whole.")
    var lost = try stream()
    let broken = lost.feed(head(), bytes(delta), .ended(TransferFailure(.connectionLost)))
    #expect(broken.failure?.kind == .truncated)
    #expect(
      broken.failure?.message
        == "The connection to OpenAI (api.openai.com:443) was lost in the middle of the reply.")
    #expect(broken.effects == [])
  }

  @Test func `an empty reply is a failure, unless its reason explains it`() throws {
    var empty = try stream()
    #expect(
      empty.feed(head(), bytes(finish + done)).failure?.message
        == "OpenAI (api.openai.com:443) sent an empty reply.")
    var filtered = try stream()
    let body = #"data: {"choices":[{"delta":{},"finish_reason":"content_filter"}]}"# + "\n\n"
    #expect(
      filtered.feed(head(), bytes(body + done)).streamEvents.last == .completed(.contentFilter))
  }

  @Test func `an error in the stream is not undone by a last word`() throws {
    var stream = try stream()
    let error = #"data: {"error":{"message":"Out of memory","code":500},"choices":[]}"# + "\n\n"
    let output = stream.feed(head(), bytes(delta + error + done))
    #expect(output.streamEvents.endCount == 1)
    #expect(output.text == "Hel")
    #expect(
      output.failure?.message
        == "OpenAI (api.openai.com:443) failed (500: Out of memory).")
    #expect(output.effects == [.close(OneStream.transfer)])
  }

  @Test(arguments: [
    #"data: {"error":"boom"}"#, #"{"error":{"message":"boom"}}"#, #"error: {"message":"boom"}"#,
    "data: {\"error\":\"boom\"}\n",
  ])
  func `finds an error in what the end cut off or the events do not hold`(_ tail: String) throws {
    var stream = try stream()
    let output = stream.feed(head(), bytes(delta + tail), .ended(nil))
    #expect(output.failure?.kind == .serverFailed)
    #expect(output.failure?.message.contains("boom") == true)
  }

  @Test func `takes no text from half an event`() throws {
    var stream = try stream()
    let output = stream.feed(head(), bytes(delta + delta.dropLast()), .ended(nil))
    #expect(output.text == "Hel")
    #expect(output.failure?.kind == .truncated)
  }

  @Test func `a finish of error without a message is an error`() throws {
    var stream = try stream()
    let body = #"data: {"choices":[{"delta":{},"finish_reason":"error"}]}"# + "\n\n"
    #expect(stream.feed(head(), bytes(delta + body)).failure?.kind == .serverFailed)
  }

  @Test func `gives up when no head comes, later on this machine`() throws {
    var far = try stream()
    #expect(far.registry.deadline == time(120_000))
    let output = far.registry.output(at: time(120_000))
    #expect(output.failure?.kind == .unreachable)
    #expect(
      output.failure?.message
        == "OpenAI (api.openai.com:443) took the request and sent nothing for 120 s.")
    #expect(output.effects == [.close(OneStream.transfer)])
    let near = try stream(at: "http://localhost:8080")
    #expect(near.registry.deadline == time(600_000))
  }

  @Test func `reads an error body for five seconds and 64 KiB at most`() throws {
    var slow = try stream()
    #expect(slow.feed(head(500, "application/json"), bytes(#"{"err"#)) == RegistryOutput())
    #expect(slow.registry.deadline == time(5_000))
    let late = slow.registry.output(at: time(5_000))
    #expect(late.failure?.kind == .serverFailed)
    #expect(late.effects == [.close(OneStream.transfer)])

    var large = try stream()
    _ = large.feed(head(500, "text/plain"))
    let chunk = TransferEvent.received([UInt8](repeating: 0x61, count: 16 * 1024))
    #expect(large.feed(chunk, chunk, chunk) == RegistryOutput())
    let output = large.feed(chunk)
    #expect(output.failure?.kind == .serverFailed)
    #expect(output.effects == [.close(OneStream.transfer)])
    #expect(large.registry.count == 0)
  }

  @Test func `stops reading a reply without end`() throws {
    var stream = try stream(limits: StreamLimits(bodyBytes: 100))
    let output = stream.feed(head(), bytes(delta), bytes(delta))
    #expect(output.text == "HelHel")
    #expect(output.failure?.kind == .truncated)
    #expect(output.effects == [.close(OneStream.transfer)])
  }

  @Test func `ignores an interim response and a second head`() throws {
    var stream = try stream()
    let output = stream.feed(head(103, nil), head(), head(500), bytes(delta + finish + done))
    #expect(output.streamEvents.last == .completed(.stop))
  }

  @Test func `keeps streams apart`() throws {
    var stream = try stream()
    let other = attempt(1, of: 8)
    stream.registry.start(other, outgoing(), endpoint: try endpoint("ollama"), at: time(0))
    _ = stream.feed(head())
    stream.registry.receive(head(200, "application/x-ndjson"), from: other.transfer, at: time(0))
    stream.registry.abort(OneStream.id, at: time(0))
    let line = #"{"message":{"content":"b"},"done":true}"# + "\n"
    stream.registry.receive(bytes(line), from: other.transfer, at: time(0))
    let output = stream.registry.takeOutput()
    #expect(output.events.allSatisfy { $0.stream == other })
    #expect(output.text == "b")
    #expect(output.effects == [.close(OneStream.transfer), .close(other.transfer)])
  }
}

struct `Local replies` {
  private func started(_ reply: LocalReply) -> StreamRegistry {
    var registry = StreamRegistry(userAgent: agent)
    registry.start(StreamID(3), local: reply, at: time(0))
    #expect(registry.takeOutput() == RegistryOutput())
    return registry
  }

  @Test func `are told piece by piece, each in its time`() {
    var registry = started(
      LocalReply(pieces: ["a", "b", "c"], firstDelayMilliseconds: 100, intervalMilliseconds: 10))
    #expect(registry.deadline == time(100))
    #expect(registry.output(at: time(99)) == RegistryOutput())
    #expect(
      registry.output(at: time(100)).streamEvents == [.started(model: nil), .text("a")])
    #expect(registry.deadline == time(110))
    #expect(registry.output(at: time(110)).streamEvents == [.text("b")])
    let output = registry.output(at: time(120))
    #expect(output.streamEvents == [.text("c"), .completed(.stop)])
    #expect(output.effects == [])
    #expect(registry.deadline == nil)
    #expect(registry.count == 0)
  }

  @Test func `catch up when it is late`() {
    var registry = started(
      LocalReply(pieces: ["a", "b", "c"], firstDelayMilliseconds: 0, intervalMilliseconds: 10))
    #expect(
      registry.output(at: time(15)).streamEvents == [.started(model: nil), .text("a"), .text("b")])
    #expect(registry.deadline == time(20))
  }

  @Test func `tell only so much in one pass`() {
    let pieces = (0..<600).map(String.init)
    var registry = started(
      LocalReply(pieces: pieces, firstDelayMilliseconds: 0, intervalMilliseconds: 0))
    var events: [StreamEvent] = []
    for count in [256, 256, 88] {
      let part = registry.output(at: time(0)).streamEvents
      #expect(part.filter { if case .text = $0 { true } else { false } }.count == count)
      events += part
    }
    #expect(events.joinedText == pieces.joined())
    #expect(events.last == .completed(.stop))
  }

  @Test func `fall silent when they are aborted`() {
    var registry = started(
      LocalReply(pieces: ["a", "b"], firstDelayMilliseconds: 0, intervalMilliseconds: 10))
    _ = registry.output(at: time(0))
    #expect(registry.abort(StreamID(3), at: time(0)) == .aborted)
    #expect(registry.takeOutput() == RegistryOutput())
    #expect(registry.deadline == nil)
    #expect(registry.output(at: time(1000)) == RegistryOutput())
  }

  @Test func `survive any pace`() {
    var registry = started(
      LocalReply(pieces: [], firstDelayMilliseconds: .min, intervalMilliseconds: .max))
    #expect(registry.deadline == time(0))
    #expect(
      registry.output(at: time(0)).streamEvents == [.started(model: nil), .completed(.stop)])
    #expect(
      LocalReply(pieces: [], firstDelayMilliseconds: .max, intervalMilliseconds: -1)
        == LocalReply(pieces: [], firstDelayMilliseconds: 60_000, intervalMilliseconds: 0))
  }
}

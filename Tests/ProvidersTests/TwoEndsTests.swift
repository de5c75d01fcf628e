// A finish is not a last word. Each row of the table in `ReplyVerdict`, told through the registry.

import Chat
import Testing
import Wire

@testable import Providers

struct `Of the two ends` {
  private let lost = TransferEvent.ended(TransferFailure(.connectionLost))

  private func stream() throws -> OneStream { OneStream(try endpoint("openai", key: "k-ends")) }

  @Test func `row 1: a finish and a last word complete, and an error after them is not heard`()
    throws
  {
    var stream = try stream()
    let output = stream.feed(head(), bytes(Sent.hel + Sent.finish + Sent.lastWord), lost)
    #expect(
      output.streamEvents == [
        .started(model: "m"), .text("Hel"), .finished(.stop), .completed(.stop),
      ])
    #expect(output.effects == [.close(OneStream.transfer)])
    #expect(stream.feed(lost) == RegistryOutput())
  }

  @Test func `S25 row 1: the last word completes although the server keeps the socket open`() throws
  {
    var stream = try stream()
    let output = stream.feed(head(), bytes(Sent.hel + Sent.finish + Sent.lastWord))
    #expect(output.streamEvents.last == .completed(.stop))
    #expect(output.effects == [.close(OneStream.transfer)])
    #expect(stream.registry.deadline == nil)
  }

  @Test func `row 2: a finish and then the end complete`() throws {
    var stream = try stream()
    let output = stream.feed(head(), bytes(Sent.hel + Sent.finish), .ended(nil))
    #expect(output.streamEvents.last == .completed(.stop))
    #expect(output.streamEvents.endCount == 1)
    #expect(output.effects == [])
  }

  @Test func `row 3: a finish and then a broken connection complete`() throws {
    var stream = try stream()
    let output = stream.feed(head(), bytes(Sent.hel + Sent.finish), lost)
    #expect(output.streamEvents.last == .completed(.stop))
    #expect(output.streamEvents.usage == nil)
    #expect(output.effects == [])
  }

  @Test func `S27 row 4: a finish and then nothing complete after two seconds`() throws {
    var stream = try stream()
    #expect(stream.feed(head(), bytes(Sent.hel + Sent.finish), at: 100).streamEvents.endCount == 0)
    #expect(stream.registry.deadline == time(2_100))
    #expect(stream.registry.output(at: time(2_099)) == RegistryOutput())
    let output = stream.registry.output(at: time(2_100))
    #expect(output.streamEvents == [.completed(.stop)])
    #expect(output.effects == [.close(OneStream.transfer)])
    #expect(stream.registry.output(at: time(9_000)) == RegistryOutput())
  }

  @Test func `S26 row 4: the usage that follows the finish is told`() throws {
    var stream = try stream()
    var events = stream.feed(head(), bytes(Sent.hel + Sent.finish), at: 0).streamEvents
    events += stream.feed(bytes(Sent.usage + Sent.lastWord), at: 1_000).streamEvents
    #expect(events.usage == Usage(inputTokens: 1))
    #expect(events.last == .completed(.stop))
  }

  @Test func `T09 row 4: the finish is told at once, and once, where there is a reply`() throws {
    var stream = try stream()
    #expect(stream.feed(head(), bytes(Sent.finish)).streamEvents == [])
    #expect(
      stream.feed(bytes(Sent.hel)).streamEvents
        == [.started(model: "m"), .text("Hel"), .finished(.stop)])
    #expect(stream.feed(bytes(Sent.finish)).streamEvents == [])
    #expect(stream.feed(bytes(Sent.lo)).streamEvents == [.text("lo")])
    #expect(stream.feed(bytes(Sent.lastWord)).streamEvents == [.completed(.stop)])
  }

  @Test func `row 4: with the usage there, 200 ms are enough`() throws {
    var stream = try stream()
    _ = stream.feed(head(), bytes(Sent.hel + Sent.finish), at: 0)
    _ = stream.feed(bytes(Sent.usage), at: 1_500)
    #expect(stream.registry.deadline == time(1_700))
    #expect(stream.registry.output(at: time(1_700)).streamEvents == [.completed(.stop)])
  }

  @Test func `row 4: more of the reply begins the wait anew, a comment does not`() throws {
    var stream = try stream()
    _ = stream.feed(head(), bytes(Sent.hel + Sent.finish), at: 0)
    #expect(stream.feed(bytes(Sent.lo), at: 1_900).text == "lo")
    #expect(stream.registry.deadline == time(3_900))
    _ = stream.feed(bytes(Sent.comment), at: 3_000)
    #expect(stream.registry.deadline == time(3_900))
    #expect(stream.registry.output(at: time(3_900)).streamEvents == [.completed(.stop)])
  }

  @Test func `row 5: a last word alone completes what was said, and nothing said is a failure`()
    throws
  {
    var said = try stream()
    #expect(said.feed(head(), bytes(Sent.hel + Sent.lastWord)).streamEvents.stopReason == .stop)
    var empty = try stream()
    #expect(empty.feed(head(), bytes(Sent.lastWord)).failure?.kind == .empty)
  }

  @Test func `S28 row 6: an end without either is a failure, and what came is kept`() throws {
    var stream = try stream()
    let output = stream.feed(head(), bytes(Sent.hel), .ended(nil))
    #expect(output.text == "Hel")
    #expect(output.failure?.kind == .truncated)
    #expect(output.failure?.message.contains("ended the reply before it was whole") == true)
  }

  @Test func `row 7: a connection that breaks without either is a failure, and what came is kept`()
    throws
  {
    var stream = try stream()
    let output = stream.feed(head(), bytes(Sent.hel), lost)
    #expect(output.text == "Hel")
    #expect(output.failure?.kind == .truncated)
    #expect(output.failure?.message.contains("was lost in the middle of the reply") == true)
  }

  @Test(arguments: [Sent.lastWord, Sent.hel, Sent.usage, Sent.finish + Sent.lastWord])
  func `T38 what follows the last word is not heard, in its chunk or in another`(
    _ tail: String
  ) throws {
    let whole = [
      StreamEvent.started(model: "m"), .text("Hel"), .finished(.stop), .completed(.stop),
    ]
    var same = try stream()
    let body = Sent.hel + Sent.finish + Sent.lastWord
    #expect(same.feed(head(), bytes(body + tail)).streamEvents == whole)
    var other = try stream()
    #expect(other.feed(head(), bytes(body), bytes(tail), .ended(nil)).streamEvents == whole)
  }

  @Test func `T38 a second finish changes nothing but the wait`() throws {
    var stream = try stream()
    let output = stream.feed(head(), bytes(Sent.hel + Sent.finish + Sent.finish), .ended(nil))
    #expect(
      output.streamEvents == [
        .started(model: "m"), .text("Hel"), .finished(.stop), .completed(.stop),
      ])
  }

  @Test func `T38 an Ollama server's second done is not heard`() throws {
    var stream = OneStream(try endpoint("ollama"), outgoing("ollama/m"))
    let done = #"{"model":"m","message":{"content":"a"},"done":true,"done_reason":"stop"}"# + "\n"
    let output = stream.feed(head(200, "application/x-ndjson"), bytes(done + done), bytes(done))
    #expect(output.text == "a")
    #expect(output.streamEvents.endCount == 1)
  }
}

// Two clocks: any byte is a sign of life, and only what a byte means is progress.

import Chat
import Testing
import Wire

@testable import Providers

struct `An idle stream` {
  private let place = "OpenAI (api.openai.com:443)"

  private func stream(limits: StreamLimits? = nil) throws -> OneStream {
    OneStream(try endpoint("openai", key: "k-idle"), limits: limits)
  }

  @Test func `S21 T33 stalls after 90 s without a byte, also when something came before`() throws {
    var stream = try stream()
    #expect(stream.feed(head(), bytes(Sent.hel), at: 5_000).text == "Hel")
    #expect(stream.registry.deadline == time(95_000))
    #expect(stream.registry.output(at: time(94_999)) == RegistryOutput())
    let output = stream.registry.output(at: time(95_000))
    #expect(output.streamEvents.count == 1)
    #expect(
      output.failure
        == StreamFailure(
          .stalled,
          "\(place) fell silent for 90 s in the middle of the reply.",
          remedy: .retryOnce))
    #expect(output.effects == [.close(OneStream.transfer)])
    #expect(stream.registry.isSettled)
  }

  @Test func `S21 T33 is whole after 90 s where its last word lacks only the line end`() throws {
    var stream = OneStream(try endpoint("ollama"))
    let word = #"{"message":{"content":"Hi"},"done":true,"done_reason":"stop"}"#
    #expect(stream.feed(head(200, "application/x-ndjson"), bytes(word)) == RegistryOutput())
    let output = stream.registry.output(at: time(90_000))
    #expect(output.text == "Hi")
    #expect(output.streamEvents.last == .completed(.stop))
  }

  @Test func `S21 T33 stalls with all that came, and with the error that has begun`() throws {
    var stream = OneStream(try endpoint("anthropic", key: "k-idle"))
    let event = { (data: String) in bytes("data: \(data)\n\n") }
    _ = stream.feed(
      head(), event(#"{"type":"content_block_start","index":0,"content_block":{"type":"text"}}"#),
      event(#"{"type":"content_block_start","index":1,"content_block":{"type":"text"}}"#),
      event(#"{"type":"content_block_delta","index":1,"delta":{"text":"held"}}"#))
    let stalled = stream.registry.output(at: time(90_000))
    #expect(stalled.text == "held")
    #expect(stalled.failure?.kind == .stalled)

    var broken = try self.stream()
    _ = broken.feed(head(), bytes(Sent.hel), bytes(#"data: {"error":{"message":"Out of memory"}}"#))
    let output = broken.registry.output(at: time(90_000))
    #expect(output.failure?.message.contains("Out of memory") == true)
  }

  @Test func `T34 lives on comments for 80 s and then goes on`() throws {
    var stream = try stream()
    _ = stream.feed(head(), at: 0)
    for second in stride(from: 10, through: 80, by: 10) as StrideThrough<Int64> {
      #expect(stream.feed(bytes(Sent.comment), at: second * 1_000) == RegistryOutput())
      #expect(stream.registry.output(at: time(second * 1_000)) == RegistryOutput())
    }
    #expect(stream.registry.deadline == time(170_000))
    #expect(stream.feed(bytes(Sent.hel), at: 160_000).text == "Hel")
  }

  @Test func `T34 stalls after ten minutes of nothing but comments`() throws {
    var stream = try stream()
    _ = stream.feed(head(), bytes(Sent.hel), at: 0)
    for second in stride(from: 60, to: 600, by: 60) as StrideTo<Int64> {
      _ = stream.feed(bytes(Sent.comment), at: second * 1_000)
      #expect(stream.registry.output(at: time(second * 1_000)) == RegistryOutput())
    }
    #expect(stream.registry.deadline == time(600_000))
    _ = stream.feed(bytes(Sent.comment), at: 599_999)
    let output = stream.registry.output(at: time(600_000))
    #expect(
      output.failure
        == StreamFailure(
          .stalled,
          "\(place) kept the connection alive for 600 s and told nothing new."))
    #expect(output.effects == [.close(OneStream.transfer)])
  }

  @Test func `T35 a byte a second within one event is life and no progress`() throws {
    var stream = try stream(limits: StreamLimits(progressMilliseconds: 100_000))
    _ = stream.feed(head(), at: 0)
    let event = Array(Sent.hel.utf8) + [UInt8](repeating: 0x20, count: 100)
    for (index, byte) in event.prefix(99).enumerated() where byte != 0x0A {
      let now = Int64(index + 1) * 1_000
      _ = stream.feed(.received([byte]), at: now)
      try #require(stream.registry.output(at: time(now)) == RegistryOutput())
    }
    #expect(stream.registry.deadline == time(100_000))
    let failure = stream.registry.output(at: time(100_000)).failure
    #expect(failure?.kind == .stalled)
    #expect(failure?.message.contains("told nothing new") == true)
  }

  @Test func `both limits are a matter of choice`() throws {
    let limits = StreamLimits(silenceMilliseconds: 700, progressMilliseconds: 1_500)
    var stream = try stream(limits: limits)
    _ = stream.feed(head(), at: 0)
    #expect(stream.registry.deadline == time(700))
    _ = stream.feed(bytes(Sent.comment), at: 600)
    #expect(stream.registry.deadline == time(1_300))
    _ = stream.feed(bytes(Sent.comment), at: 1_200)
    #expect(stream.registry.deadline == time(1_500))
  }
}

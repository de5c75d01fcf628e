// The machine sleeps, the program is stopped, somebody sets the clock: no reply dies of it that lives.

import Chat
import Testing
import Wire

@testable import Providers

private let nothing = RegistryOutput()

struct `When somebody sets the clock` {
  @Test(arguments: [3_600_000, -3_600_000] as [Int64])
  func `T36 nothing fails and nothing is due sooner or later`(_ jump: Int64) throws {
    func jumped(_ milliseconds: Int64) -> Instant {
      var now = time(milliseconds)
      now.unixMilliseconds += jump
      return now
    }
    var streams = try Streams()
    streams.ask(attempt(1, of: 1))
    streams.ask(attempt(1, of: 2))
    streams.run(attempt(1, of: 3))
    streams.run(attempt(1, of: 4))
    streams.hear(head(), bytes(Sent.hel), on: attempt(1, of: 2), at: time(1_000))
    streams.abort(attempt(1, of: 4), at: time(1_000))
    _ = streams.take()
    #expect(streams.take(at: jumped(1_001)) == nothing)
    streams.hear(bytes(Sent.lo), on: attempt(1, of: 2), at: jumped(2_000))
    #expect(streams.take().text == "lo")
    #expect(streams.take(at: jumped(91_999)) == nothing)
    #expect(
      streams.take(at: jumped(92_000)).events(of: attempt(1, of: 2)).failure?.kind == .stalled)
    #expect(streams.take(at: time(119_999)) == nothing)
    #expect(
      streams.take(at: time(120_000)).events(of: attempt(1, of: 1)).failure?.kind == .unreachable)
  }
}

struct `After a sleep of the machine` {
  private static let hour: Int64 = 3_600_000

  /// Uptime does not run in a sleep, so after it the clocks show what they showed.
  private func awake(_ milliseconds: Int64) -> Instant { time(milliseconds, asleep: Self.hour) }

  private func streaming(at url: String? = nil) throws -> Streams {
    var streams = try Streams(at: url)
    streams.ask(attempt(1))
    streams.hear(head(), bytes(Sent.hel), on: attempt(1))
    _ = streams.take()
    return streams
  }

  @Test func `T37 a stream has ten seconds to show that it lives, and is lost after them`() throws {
    var streams = try streaming()
    #expect(streams.take(at: awake(89_999)) == nothing)
    #expect(streams.due == 99_999)
    #expect(streams.take(at: awake(99_998)) == nothing)
    let output = streams.take(at: awake(99_999))
    #expect(
      output.failure
        == StreamFailure(
          .stalled,
          "The connection to OpenAI (api.openai.com:443) was lost while this machine slept.",
          remedy: .retryOnce))
    #expect(output.deeds == ["close 0.1"])
  }

  @Test func `T37 it is lost sooner than by its silence alone`() throws {
    var streams = try streaming()
    #expect(streams.take(at: awake(1_000)) == nothing)
    #expect(streams.take(at: awake(11_000)).failure?.kind == .stalled)
  }

  @Test func `T37 a byte is enough, and then the usual limits hold`() throws {
    var streams = try streaming()
    #expect(streams.take(at: awake(1_000)) == nothing)
    streams.hear(bytes(Sent.comment), on: attempt(1), at: awake(10_999))
    #expect(streams.take(at: awake(11_000)) == nothing)
    #expect(streams.due == 100_999)
    #expect(
      streams.take(at: awake(100_999)).failure?.message.contains("fell silent for 90 s") == true)
  }

  @Test func `T37 what came with the waking counts at once`() throws {
    var streams = try streaming()
    streams.ask(attempt(1, of: 2), at: time(80_000))
    streams.hear(bytes(Sent.lo), on: attempt(1), at: awake(89_000))
    _ = streams.take()
    #expect(streams.due == 99_000)
    let output = streams.take(at: awake(99_000))
    #expect(output.events(of: attempt(1)) == [])
    #expect(output.events(of: attempt(1, of: 2)).failure?.message.contains("slept") == true)
    #expect(streams.due == 179_000)
  }

  @Test func `T37 a stream that was waiting for its first word is lost without one`() throws {
    var streams = try Streams()
    streams.ask(attempt(1))
    _ = streams.take(at: awake(1_000))
    #expect(
      streams.take(at: awake(11_000)).failure?.message
        == "The connection to OpenAI (api.openai.com:443) was lost while this machine slept.")
  }

  @Test func `a second sleep begins the ten seconds anew`() throws {
    var streams = try streaming()
    _ = streams.take(at: awake(1_000))
    _ = streams.take(at: time(9_000, asleep: 2 * Self.hour))
    #expect(streams.take(at: time(18_999, asleep: 2 * Self.hour)) == nothing)
    #expect(streams.take(at: time(19_000, asleep: 2 * Self.hour)).failure?.kind == .stalled)
  }

  @Test func `a nap of less than a second is none`() throws {
    var streams = try streaming()
    _ = streams.take(at: time(1_000, asleep: 999))
    #expect(streams.due == 90_000)
    // Nor are several: the clocks are read one after the other and never agree to the microsecond.
    _ = streams.take(at: time(2_000, asleep: 1_998))
    #expect(streams.due == 90_000)
    _ = streams.take(at: time(3_000, asleep: 2_998))
    #expect(streams.due == 13_000)
  }

  @Test func `a reply that was whole is complete at once`() throws {
    var streams = try streaming()
    streams.hear(bytes(Sent.finish), on: attempt(1), at: time(1_000))
    #expect(streams.take().streamEvents == [.finished(.stop)])
    #expect(streams.take(at: awake(3_000)).streamEvents == [.completed(.stop)])
  }

  @Test func `an error whose body did not come is told all the same`() throws {
    var streams = try Streams()
    streams.ask(attempt(1))
    streams.hear(head(500, "application/json"), bytes("{"), on: attempt(1))
    _ = streams.take()
    #expect(streams.take(at: awake(4_999)) == nothing)
    #expect(streams.take(at: awake(14_999)).failure?.kind == .serverFailed)
  }

  @Test func `a server of this machine slept as well and keeps its time`() throws {
    var streams = try streaming(at: "http://localhost:8080")
    _ = streams.take(at: awake(1_000))
    #expect(streams.due == 90_000)
    _ = streams.take(at: time(89_000, asleep: 2 * Self.hour))
    #expect(streams.take(at: time(90_000, asleep: 2 * Self.hour)) == nothing)
    let output = streams.take(at: time(99_000, asleep: 2 * Self.hour))
    #expect(output.failure?.message.contains("fell silent for 90 s") == true)
  }

  @Test func `a stream that begins after it knows nothing of it`() throws {
    var streams = try Streams()
    streams.registry.advance(to: time(0))
    streams.ask(attempt(1), at: awake(1_000))
    #expect(streams.due == 121_000)
  }

  @Test func `a local reply goes on where it was`() throws {
    var streams = try Streams()
    streams.tell(attempt(1))
    #expect(streams.take(at: time(0)).text == "a")
    #expect(streams.take(at: awake(10)).text == "b")
  }
}

struct `After a stop of the program` {
  @Test func `T37 nothing fails at once: what came meanwhile is heard first`() throws {
    var streams = try Streams()
    streams.ask(attempt(1))
    streams.hear(head(), bytes(Sent.hel), on: attempt(1))
    _ = streams.take()
    let hour: Int64 = 3_600_000
    #expect(streams.take(at: time(hour)) == nothing)
    #expect(streams.due == hour + 10_000)
    streams.hear(bytes(Sent.comment), on: attempt(1), at: time(hour + 1))
    #expect(streams.take(at: time(hour + 2)) == nothing)
    // Both limits count from there: nobody could hear what came while we were stopped.
    #expect(streams.due == hour + 90_001)
    streams.hear(bytes(Sent.lo), on: attempt(1), at: time(hour + 80_000))
    #expect(streams.take().text == "lo")
  }

  @Test func `and after ten seconds more it was silence`() throws {
    var streams = try Streams()
    streams.ask(attempt(1))
    streams.hear(head(), on: attempt(1))
    _ = streams.take(at: time(500_000))
    #expect(streams.take(at: time(509_999)) == nothing)
    let output = streams.take(at: time(510_000))
    #expect(output.failure?.message.contains("fell silent for 90 s") == true)
    #expect(output.deeds == ["close 0.1"])
  }

  @Test func `who is not yet due keeps its time`() throws {
    var streams = try Streams()
    streams.tell(attempt(1, of: 1))
    streams.ask(attempt(1, of: 2))
    _ = streams.take(at: time(30_000))
    #expect(streams.due == 120_000)
    #expect(streams.take(at: time(119_999)) == nothing)
    #expect(streams.take(at: time(120_000)).failure?.kind == .unreachable)
  }

  @Test func `a pass that comes a little late is no stop`() throws {
    var streams = try Streams()
    streams.ask(attempt(1))
    streams.hear(head(), on: attempt(1))
    #expect(streams.take(at: time(92_000)).failure?.kind == .stalled)
    var later = try Streams()
    later.ask(attempt(1))
    later.hear(head(), on: attempt(1))
    #expect(later.take(at: time(92_001)).events == [])
  }

  @Test func `a program that was stopped with us has time to go on`() throws {
    var streams = try Streams()
    streams.run(attempt(1))
    _ = streams.take()
    #expect(streams.take(at: time(700_000)) == nothing)
    #expect(streams.due == 710_000)
    streams.hear(output("a"), on: attempt(1), at: time(700_001))
    #expect(streams.take(at: time(710_000)).text == "a")
    #expect(streams.due == 1_300_001)
  }

  @Test func `what lingers is killed without a further wait`() throws {
    var streams = try Streams()
    streams.run(attempt(1))
    _ = streams.take()
    streams.abort(attempt(1))
    #expect(streams.take(at: time(700_000)).deeds == ["terminate 0.1", "kill 0.1"])
  }
}

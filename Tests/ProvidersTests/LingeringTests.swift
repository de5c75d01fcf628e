// A program that nobody listens to any more may take its time to leave. Nothing waits for it.

import Chat
import Testing
import Wire

@testable import Providers

private let nothing = RegistryOutput()

struct `A program that will not leave` {
  @Test func `S41 is not waited for, killed after two seconds, and counted when it lives on`()
    throws
  {
    var streams = try Streams()
    streams.run(attempt(1))
    _ = streams.take()
    streams.run(attempt(2))
    #expect(streams.take().deeds == ["terminate 0.1", "spawn 0.2"])
    streams.hear(output("late"), diagnostics("late"), on: attempt(1), at: time(500))
    streams.hear(output("Hel"), on: attempt(2), at: time(500))
    let output = streams.take()
    #expect(output.text == "Hel")
    #expect(output.events.allSatisfy { $0.stream == attempt(2) })
    #expect(streams.registry.droppedEventCount == 2)

    #expect(streams.registry.deadline == time(2_000))
    #expect(streams.take(at: time(1_999)) == nothing)
    #expect(streams.take(at: time(2_000)).deeds == ["kill 0.1"])
    #expect(streams.take(at: time(2_000)) == nothing)
    #expect(streams.registry.leakedCount == 0)
    #expect(streams.registry.lingeringCount == 1)
    #expect(streams.registry.deadline == time(4_000))
    #expect(streams.take(at: time(4_000)) == nothing)
    #expect(streams.registry.leakedCount == 1)
    #expect(streams.registry.lingeringCount == 0)
    // And the stream that took its place lives.
    #expect(streams.registry.count == 1)
    #expect(streams.registry.deadline == time(600_500))
  }

  @Test func `S43 ends beside the stream that took its place, at any moment`() throws {
    for moment in [0, 1_999, 2_000, 3_999] as [Int64] {
      var streams = try Streams()
      streams.run(attempt(1))
      _ = streams.take()
      streams.ask(attempt(2))
      streams.hear(head(), bytes(Sent.hel), on: attempt(2))
      _ = streams.take()
      if moment >= 2_000 { #expect(streams.take(at: time(2_000)).deeds == ["kill 0.1"]) }
      streams.hear(.ended(.signalled(15)), on: attempt(1), at: time(moment))
      #expect(streams.take(at: time(4_000)) == nothing)
      #expect(streams.registry.lingeringCount == 0)
      #expect(streams.registry.leakedCount == 0)
      streams.hear(bytes(Sent.lo + Sent.lastWord), on: attempt(2), at: time(4_000))
      #expect(streams.take().text == "lo")
      #expect(streams.registry.isSettled)
    }
  }

  @Test func `S44 and ends at last, when it was given up, touches nobody`() throws {
    var streams = try Streams()
    streams.run(attempt(1))
    _ = streams.take()
    streams.run(attempt(2))
    _ = streams.take()
    _ = streams.take(at: time(2_000))
    _ = streams.take(at: time(4_000))
    streams.hear(.ended(.exited(0)), on: attempt(1), at: time(60_000))
    #expect(streams.take() == nothing)
    #expect(streams.registry.droppedEventCount == 1)
    streams.hear(output("a"), .ended(.exited(0)), on: attempt(2), at: time(60_000))
    #expect(streams.take().streamEvents.stopReason == .stop)
    #expect(streams.registry.leakedCount == 1)
  }

  @Test func `S44 and ends before a signal left is sent none`() throws {
    var streams = try Streams()
    streams.run(attempt(1))
    streams.run(attempt(1, of: 2))
    _ = streams.take()
    streams.abort(attempt(1))
    streams.abort(attempt(1, of: 2))
    streams.hear(.ended(.exited(0)), on: attempt(1))
    #expect(streams.take().deeds == ["terminate 2.1"])
    streams.registry.advance(to: time(2_000))
    streams.hear(.ended(.exited(0)), on: attempt(1, of: 2), at: time(2_000))
    #expect(streams.take() == nothing)
    #expect(streams.registry.isSettled)
  }

  @Test func `T60 does not delay those after it: each has its own two seconds`() throws {
    var streams = try Streams()
    streams.run(attempt(1), at: time(0))
    _ = streams.take()
    streams.run(attempt(2), at: time(100))
    #expect(streams.take().deeds == ["terminate 0.1", "spawn 0.2"])
    streams.run(attempt(3), at: time(200))
    #expect(streams.take().deeds == ["terminate 0.2", "spawn 0.3"])
    streams.abort(attempt(3), at: time(300))
    #expect(streams.take().deeds == ["terminate 0.3"])
    #expect(streams.registry.lingeringCount == 3)
    for (moment, deed) in [(2_100, "kill 0.1"), (2_200, "kill 0.2"), (2_300, "kill 0.3")]
      as [(Int64, String)]
    {
      #expect(streams.registry.deadline == time(moment))
      #expect(streams.take(at: time(moment)).deeds == [deed])
    }
  }

  @Test func `S45 of a crowd each is asked to leave, once`() throws {
    var streams = try Streams()
    var deeds: [String] = []
    for number in 1...20 as ClosedRange<UInt32> {
      streams.run(attempt(number))
      deeds += streams.take().deeds
    }
    #expect(deeds.filter { $0.hasPrefix("spawn") }.count == 20)
    #expect(deeds.filter { $0.hasPrefix("terminate") }.count == 19)
    for number in 1..<20 as Range<UInt32> {
      streams.hear(.ended(.signalled(15)), on: attempt(number), at: time(1_000))
    }
    #expect(streams.take(at: time(60_000)) == nothing)
    #expect(streams.registry.count == 1)
    #expect(streams.registry.lingeringCount == 0)
  }

  @Test func `S07 lingers also when its stream failed by itself`() throws {
    var streams = try Streams()
    streams.run(attempt(1))
    _ = streams.take()
    let output = streams.take(at: time(600_000))
    #expect(output.failure?.kind == .stalled)
    #expect(output.deeds == ["terminate 0.1"])
    #expect(streams.registry.count == 0)
    #expect(!streams.registry.isSettled)
    #expect(streams.take(at: time(602_000)).deeds == ["kill 0.1"])
    streams.hear(.ended(.signalled(9)), on: attempt(1), at: time(602_001))
    #expect(streams.registry.isSettled)
    #expect(streams.registry.leakedCount == 0)
  }

  @Test func `T53 lets nobody wait for longer than two seconds to leave`() throws {
    var streams = try Streams()
    streams.ask(attempt(1, of: 1))
    streams.run(attempt(1, of: 2))
    streams.tell(attempt(1, of: 3))
    _ = streams.take()
    for conversation in 1...3 as ClosedRange<UInt32> {
      streams.abort(attempt(1, of: conversation), at: time(100))
    }
    #expect(streams.take().deeds == ["close 1.1", "terminate 2.1"])
    #expect(streams.registry.isLingering)
    #expect(streams.registry.deadline == time(2_100))
    #expect(streams.take(at: time(2_100)).deeds == ["kill 2.1"])
    #expect(!streams.registry.isLingering)
    #expect(!streams.registry.isSettled)
  }

  @Test func `has limits of choice`() throws {
    var streams = try Streams(
      limits: StreamLimits(lingerMilliseconds: 50, killedMilliseconds: 70))
    streams.run(attempt(1))
    _ = streams.take()
    streams.abort(attempt(1))
    #expect(streams.take(at: time(50)).deeds == ["terminate 0.1", "kill 0.1"])
    #expect(streams.registry.deadline == time(120))
  }
}

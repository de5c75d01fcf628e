// One live stream for each conversation, whatever is started, aborted and heard in whatever order.

import Chat
import Testing
import Wire

@testable import Providers

private let nothing = RegistryOutput()

struct `One stream of a conversation` {
  @Test func `is superseded by the next, and closed before the next is opened`() throws {
    var streams = try Streams()
    streams.ask(attempt(1))
    #expect(streams.take().deeds == ["open 0.1"])
    streams.hear(head(), bytes(Sent.hel), on: attempt(1))
    streams.ask(attempt(2))
    let output = streams.take()
    #expect(output.deeds == ["close 0.1", "open 0.2"])
    #expect(output.events == [])
    #expect(streams.registry.count == 1)
  }

  @Test func `S40 the next succeeds and hears nothing of the end of the one before`() throws {
    var streams = try Streams()
    streams.ask(attempt(1))
    _ = streams.take()
    streams.ask(attempt(2))
    streams.hear(.ended(TransferFailure(.other, detail: "aborted")), on: attempt(1))
    streams.hear(head(), bytes(Sent.hel + Sent.finish + Sent.lastWord), on: attempt(2))
    let output = streams.take()
    #expect(output.events.allSatisfy { $0.stream == attempt(2) })
    #expect(output.streamEvents.last == .completed(.stop))
  }

  @Test func `goes on beside those that are started with it, and each of them ends alone`() throws {
    var streams = try Streams()
    let three = Set((1...3).map { attempt($0) })
    for number in 1...3 as ClosedRange<UInt32> { streams.ask(attempt(number), beside: three) }
    #expect(streams.take().deeds == ["open 0.1", "open 0.2", "open 0.3"])
    for number in 1...3 as ClosedRange<UInt32> {
      streams.hear(head(), bytes(Sent.hel), on: attempt(number))
    }
    #expect(Set(streams.take().events.map(\.stream)) == three)
    #expect(streams.abort(attempt(2)) == .aborted)
    #expect(streams.take().deeds == ["close 0.2"])
    streams.hear(bytes(Sent.hel), on: attempt(2))
    #expect(streams.take() == nothing)
    streams.ask(attempt(4))
    #expect(streams.take().deeds == ["close 0.1", "close 0.3", "open 0.4"])
  }

  @Test func `S42 of three the last is live, the others are closed once, in order`() throws {
    var streams = try Streams()
    streams.ask(attempt(1))
    var deeds = streams.take().deeds
    streams.ask(attempt(2))
    streams.ask(attempt(3))
    deeds += streams.take().deeds
    #expect(deeds == ["open 0.1", "close 0.1", "open 0.3"])
    #expect(streams.registry.count == 1)
  }

  @Test func `S42 a start that comes late does not displace a newer one`() throws {
    var streams = try Streams()
    streams.ask(attempt(3))
    streams.ask(attempt(2))
    streams.run(attempt(1))
    streams.tell(attempt(3))
    #expect(streams.take().deeds == ["open 0.3"])
    #expect(streams.registry.refusedStartCount == 3)
    streams.hear(head(), bytes(Sent.hel + Sent.lastWord), on: attempt(3))
    #expect(streams.take().text == "Hel")
    // Nor does it when the newer one is over.
    streams.ask(attempt(2))
    #expect(streams.take() == nothing)
    #expect(streams.registry.count == 0)
  }

  @Test func `lives beside those of other conversations`() throws {
    var streams = try Streams()
    for conversation in 1...3 as ClosedRange<UInt32> { streams.ask(attempt(1, of: conversation)) }
    #expect(streams.take().deeds == ["open 1.1", "open 2.1", "open 3.1"])
    streams.hear(head(), bytes(Sent.hel), on: attempt(1, of: 2))
    streams.ask(attempt(2, of: 2))
    streams.abort(attempt(1, of: 3))
    #expect(streams.take().deeds == ["close 2.1", "open 2.2", "close 3.1"])
    streams.hear(head(), bytes(Sent.hel), on: attempt(1, of: 1))
    #expect(streams.take().events(of: attempt(1, of: 1)).joinedText == "Hel")
    #expect(streams.registry.count == 2)
  }

  @Test(arguments: [5, 20, 200] as [UInt32])
  func `S45 of many starts in one pass only the last opens a socket`(_ count: UInt32) throws {
    var streams = try Streams()
    for number in 1...count { streams.ask(attempt(number)) }
    #expect(streams.take().deeds == ["open 0.\(count)"])
    #expect(streams.registry.count == 1)
  }

  @Test(arguments: [5, 20, 200] as [UInt32])
  func `S45 of many starts, each carried out, all but the last are closed`(_ count: UInt32) throws {
    var streams = try Streams()
    var deeds: [String] = []
    for number in 1...count {
      streams.ask(attempt(number))
      deeds += streams.take().deeds
    }
    let pairs = (2...count).flatMap { ["close 0.\($0 - 1)", "open 0.\($0)"] }
    #expect(deeds == ["open 0.1"] + pairs)
    #expect(streams.registry.count == 1)
  }

  @Test func `S44 a late end of the one before leaves the next and its conversation alone`() throws
  {
    var streams = try Streams()
    streams.ask(attempt(1))
    _ = streams.take()
    streams.ask(attempt(2))
    _ = streams.take()
    streams.hear(bytes(Sent.hel), .ended(nil), on: attempt(1))
    #expect(streams.abort(attempt(1)) == .alreadyOver)
    #expect(streams.take() == nothing)
    streams.hear(head(), bytes(Sent.hel), on: attempt(2))
    #expect(streams.take().text == "Hel")
    streams.ask(attempt(3))
    #expect(streams.take().deeds == ["close 0.2", "open 0.3"])
  }

  @Test func `gives way to one of another kind`() throws {
    var streams = try Streams()
    streams.run(attempt(1))
    _ = streams.take()
    streams.ask(attempt(2))
    #expect(streams.take().deeds == ["terminate 0.1", "open 0.2"])
    streams.tell(attempt(3))
    #expect(streams.take().deeds == ["close 0.2"])
    streams.run(attempt(4))
    #expect(streams.take().deeds == ["spawn 0.4"])
    streams.registry.advance(to: time(1))
    #expect(streams.take() == nothing)
  }

  @Test func `hears nothing that only another kind can say`() throws {
    var streams = try Streams()
    streams.ask(attempt(1, of: 1))
    streams.run(attempt(1, of: 2))
    streams.tell(attempt(1, of: 3))
    _ = streams.take()
    streams.hear(output("no"), .ended(.exited(0)), on: attempt(1, of: 1))
    streams.hear(head(), .ended(nil), on: attempt(1, of: 2))
    streams.hear(head(), .ended(nil), on: attempt(1, of: 3))
    streams.hear(output("no"), .ended(.exited(0)), on: attempt(1, of: 3))
    #expect(streams.take() == nothing)
    #expect(streams.registry.droppedEventCount == 8)
    #expect(streams.registry.count == 3)
  }
}

struct `An abort` {
  @Test func `S01 is one, however often it is asked for`() throws {
    var streams = try Streams()
    streams.ask(attempt(1))
    streams.hear(head(), bytes(Sent.hel), on: attempt(1))
    _ = streams.take()
    #expect(streams.abort(attempt(1)) == .aborted)
    for _ in 0..<100 { #expect(streams.abort(attempt(1)) == .alreadyOver) }
    #expect(streams.take() == RegistryOutput(effects: [.close(attempt(1).transfer)]))
  }

  @Test func `S02 S16 takes back what was heard and not yet told, also the end`() throws {
    var streams = try Streams()
    streams.ask(attempt(1, of: 1))
    streams.ask(attempt(1, of: 2))
    _ = streams.take()
    for id in [attempt(1, of: 1), attempt(1, of: 2)] {
      streams.hear(head(), bytes(Sent.hel + Sent.finish + Sent.lastWord), on: id)
    }
    #expect(streams.abort(attempt(1, of: 1)) == .aborted)
    let output = streams.take()
    #expect(output.events(of: attempt(1, of: 1)) == [])
    #expect(output.events(of: attempt(1, of: 2)).endCount == 1)
    #expect(output.deeds == ["close 1.1", "close 2.1"])
  }

  @Test func `S02 that comes after the end was told changes nothing`() throws {
    var streams = try Streams()
    streams.ask(attempt(1))
    _ = streams.take()
    streams.hear(head(), bytes(Sent.hel + Sent.finish + Sent.lastWord), on: attempt(1))
    #expect(streams.take().streamEvents.endCount == 1)
    #expect(streams.abort(attempt(1)) == .alreadyOver)
    #expect(streams.take() == nothing)
  }

  @Test func `a start takes back what the stream before it had not yet told`() throws {
    var streams = try Streams()
    streams.ask(attempt(1))
    streams.hear(head(), bytes(Sent.hel), on: attempt(1))
    streams.ask(attempt(2))
    #expect(streams.take().events == [])
  }

  @Test func `S56 between the start and its launch opens no socket and starts no program`() throws {
    var streams = try Streams()
    streams.ask(attempt(1, of: 1))
    streams.run(attempt(1, of: 2))
    streams.tell(attempt(1, of: 3))
    for conversation in 1...3 as ClosedRange<UInt32> {
      #expect(streams.abort(attempt(1, of: conversation)) == .aborted)
    }
    #expect(streams.take() == nothing)
    #expect(streams.registry.isSettled)
    #expect(streams.registry.deadline == nil)
  }

  @Test func `S56 takes back its own launch and no other`() throws {
    var streams = try Streams()
    streams.ask(attempt(1, of: 1))
    _ = streams.take()
    streams.ask(attempt(1, of: 2))
    streams.ask(attempt(2, of: 1))
    streams.ask(attempt(1, of: 3))
    streams.abort(attempt(2, of: 1))
    #expect(streams.take().deeds == ["open 2.1", "close 1.1", "open 3.1"])
  }

  @Test func `T01 before the start is not lost`() throws {
    var streams = try Streams()
    #expect(streams.abort(attempt(2)) == .neverStarted)
    streams.ask(attempt(2))
    #expect(streams.take() == nothing)
    #expect(streams.registry.count == 0)
    #expect(streams.registry.refusedStartCount == 1)
    #expect(streams.abort(attempt(2)) == .alreadyOver)
    streams.ask(attempt(3))
    #expect(streams.take().deeds == ["open 0.3"])
  }

  @Test
  func
    `T09 between the finish and the last word knows that the reply was whole, and hears no more`()
    throws
  {
    var streams = try Streams()
    streams.ask(attempt(1))
    streams.hear(head(), bytes(Sent.hel + Sent.finish), on: attempt(1))
    let before = streams.take()
    #expect(before.streamEvents == [.started(model: "m"), .text("Hel"), .finished(.stop)])
    #expect(streams.abort(attempt(1)) == .aborted)
    streams.hear(bytes(Sent.usage + Sent.lastWord), .ended(nil), on: attempt(1))
    #expect(streams.take(at: time(2_000)) == RegistryOutput(effects: [.close(attempt(1).transfer)]))
  }

  @Test func `T08 in the middle of an event drops its half`() throws {
    var streams = try Streams()
    streams.ask(attempt(1))
    streams.hear(
      head(), bytes(Sent.hel + #"data: {"choices":[{"delta":{"content":"l"#), on: attempt(1))
    #expect(streams.take().text == "Hel")
    streams.abort(attempt(1))
    streams.hear(bytes(#"o"}}]}"# + "\n\n"), .ended(nil), on: attempt(1))
    #expect(streams.take() == RegistryOutput(effects: [.close(attempt(1).transfer)]))
  }
}

struct `How a stream ends` {
  /// Every way out of each kind, and what it leaves to be closed.
  enum Way: CaseIterable {
    case lastWord
    case connectionLost
    case silence
    case aborted
    case superseded

    var closes: Bool { self != .connectionLost }
  }

  @Test(arguments: Way.allCases)
  func `S03 frees a server's stream on every path`(_ way: Way) throws {
    var streams = try Streams(limits: StreamLimits(silenceMilliseconds: 1_000))
    streams.ask(attempt(1))
    streams.hear(head(), bytes(Sent.hel), on: attempt(1))
    _ = streams.take()
    switch way {
    case .lastWord: streams.hear(bytes(Sent.lastWord), on: attempt(1))
    case .connectionLost: streams.hear(.ended(TransferFailure(.connectionLost)), on: attempt(1))
    case .silence: streams.registry.advance(to: time(1_000))
    case .aborted: streams.abort(attempt(1))
    case .superseded: streams.tell(attempt(2), [])
    }
    if way == .superseded { streams.registry.advance(to: time(0)) }
    #expect(streams.take().deeds == (way.closes ? ["close 0.1"] : []))
    #expect(streams.registry.isSettled)
    #expect(streams.registry.deadline == nil)
  }

  @Test func `S03 S07 frees a program's stream on every path`() throws {
    var ended = try Streams()
    ended.run(attempt(1))
    ended.hear(output("a"), .ended(.exited(0)), on: attempt(1))
    #expect(ended.take().deeds == ["spawn 0.1"])
    #expect(ended.registry.isSettled)

    for isAborted in [true, false] {
      var left = try Streams()
      left.run(attempt(1))
      _ = left.take()
      if isAborted { left.abort(attempt(1)) } else { left.tell(attempt(2), []) }
      left.registry.advance(to: time(0))
      #expect(left.take().deeds == ["terminate 0.1"])
      #expect(left.registry.count == 0)
      #expect(!left.registry.isSettled)
      left.hear(.ended(.signalled(15)), on: attempt(1))
      #expect(left.registry.isSettled)
      #expect(left.registry.deadline == nil)
    }
  }

  @Test func `S06 S09 is told once, whichever of two says it first`() throws {
    var word = try Streams()
    word.ask(attempt(1))
    word.hear(head(), bytes(Sent.hel + Sent.finish + Sent.lastWord), .ended(nil), on: attempt(1))
    #expect(word.take().streamEvents.endCount == 1)

    var transport = try Streams()
    transport.ask(attempt(1))
    transport.hear(head(), bytes(Sent.hel + Sent.finish), .ended(nil), on: attempt(1))
    transport.hear(bytes(Sent.lastWord), .ended(nil), on: attempt(1))
    let told = transport.take()
    #expect(told.streamEvents.endCount == 1)
    #expect(told.deeds == ["open 0.1"])

    var program = try Streams()
    program.run(attempt(1))
    program.hear(output("a"), .ended(.exited(0)), .ended(.exited(1)), on: attempt(1))
    #expect(program.take().streamEvents.endCount == 1)
  }

  @Test func `S11 S12 is what it was: completed, failed or neither`() throws {
    var streams = try Streams()
    for conversation in 1...3 as ClosedRange<UInt32> {
      streams.ask(attempt(1, of: conversation))
      streams.hear(head(), bytes(Sent.hel), on: attempt(1, of: conversation))
    }
    streams.hear(bytes(Sent.finish + Sent.lastWord), on: attempt(1, of: 1))
    streams.hear(.ended(nil), on: attempt(1, of: 2))
    streams.abort(attempt(1, of: 3))
    let output = streams.take()
    #expect(output.events(of: attempt(1, of: 1)).stopReason == .stop)
    #expect(output.events(of: attempt(1, of: 2)).failure?.kind == .truncated)
    #expect(output.events(of: attempt(1, of: 3)) == [])
    for conversation in 1...3 as ClosedRange<UInt32> {
      #expect(streams.abort(attempt(1, of: conversation)) == .alreadyOver)
    }
  }

  @Test func `S57 is told also when whoever writes it just goes`() throws {
    var streams = try Streams()
    streams.ask(attempt(1, of: 1))
    streams.ask(attempt(1, of: 2))
    streams.run(attempt(1, of: 3))
    streams.run(attempt(1, of: 4))
    streams.hear(.ended(nil), on: attempt(1, of: 1))
    streams.hear(head(), .ended(nil), on: attempt(1, of: 2))
    streams.hear(.ended(.exited(0)), on: attempt(1, of: 3))
    streams.hear(.ended(.signalled(9)), on: attempt(1, of: 4))
    let kinds = streams.take().events.map { [$0.event].failure?.kind }
    #expect(kinds == [.unreachable, .truncated, .empty, .serverFailed])
    #expect(streams.registry.isSettled)
  }
}

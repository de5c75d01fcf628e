// Random starts, aborts, events and hours, of several conversations at once: whatever comes, the promises
// of the registry hold. The test keeps its own small book of what the world looks like and compares.

import Chat
import Support
import Testing
import Wire

@testable import Providers

/// The world as it should be: who was started and told what, which sockets are open, which programs run.
private struct Book {
  /// A stream as whoever started it sees it.
  enum State {
    case live
    case ended
    /// Aborted or superseded: it must be silent.
    case silent
  }

  /// A program, from its start to its end.
  enum Program {
    case running
    case askedToLeave
    case killed
  }

  var states: [StreamID: State] = [:]
  var latest: [ConversationID: StreamID] = [:]
  var sockets: Set<StreamID> = []
  var programs: [StreamID: Program] = [:]
  /// Everything that was ever begun, for events that come late.
  var begun: [StreamID] = []
  var endCount = 0
  var closedCount = 0
  var killedCount = 0

  mutating func silence(_ conversation: ConversationID) {
    for (id, state) in states where id.conversation == conversation && state == .live {
      states[id] = .silent
    }
  }

  /// Whether somebody is listened to in this conversation.
  func hasFarEnd(_ conversation: ConversationID) -> Bool {
    sockets.contains { $0.conversation == conversation }
      || programs.contains { $0.key.conversation == conversation && $0.value == .running }
  }

  mutating func take(_ output: RegistryOutput) throws {
    for effect in output.effects {
      switch effect {
      case .open(.stream(let number), _):
        let id = StreamID(number)
        try #require(!begun.contains(id), "\(id) was opened twice")
        try #require(!hasFarEnd(id.conversation), "\(id) was opened beside another")
        try #require(states[id] != .silent, "\(id) was opened although nobody listens")
        sockets.insert(id)
        begun.append(id)
      case .close(.stream(let number)):
        let id = StreamID(number)
        try #require(sockets.remove(id) != nil, "\(id) was closed and is not open")
        closedCount += 1
      case .spawn(.stream(let number), _):
        let id = StreamID(number)
        try #require(!begun.contains(id), "\(id) was spawned twice")
        try #require(!hasFarEnd(id.conversation), "\(id) was spawned beside another")
        try #require(states[id] != .silent, "\(id) was spawned although nobody listens")
        programs[id] = .running
        begun.append(id)
      case .terminate(.stream(let number)):
        let id = StreamID(number)
        try #require(programs[id] == .running, "\(id) was asked to leave and does not run")
        programs[id] = .askedToLeave
      case .kill(.stream(let number)):
        let id = StreamID(number)
        try #require(programs[id] == .askedToLeave, "\(id) was killed unasked")
        programs[id] = .killed
        killedCount += 1
      case .open, .close, .spawn, .terminate, .kill:
        Issue.record("\(effect.words) belongs to no stream")
      }
    }
    for entry in output.events {
      try #require(states[entry.stream] == .live, "\(entry) was told of a stream that is over")
      switch entry.event {
      case .completed, .failed:
        states[entry.stream] = .ended
        endCount += 1
      case .started, .text, .thinking, .refusal, .toolCall, .toolArguments, .finished, .usage: break
      }
    }
  }
}

struct `Whatever comes to the registry` {
  private struct World {
    var random: Seeded
    var registry = StreamRegistry(userAgent: agent)
    var book = Book()
    var now = time(0)
    var isAway = false
    let endpoints: [Endpoint]

    mutating func roll(_ range: Range<Int>) -> Int { Int.random(in: range, using: &random) }

    mutating func anyStarted() -> StreamID? { book.begun.suffix(12).randomElement(using: &random) }

    mutating func step() throws {
      switch roll(0..<20) {
      case 0..<3: start()
      case 3: abort()
      case 4..<10: try transfer()
      case 10..<15: child()
      case 15..<17: try pass()
      default: try take()
      }
    }

    private mutating func start() {
      let conversation = ConversationID(UInt32(roll(0..<4)))
      let last = book.latest[conversation]?.attempt ?? 0
      // Now and then late, the same again, or with a gap.
      let number = UInt32(
        max(0, Int(last) + [1, 1, 1, 1, 2, 0, -1].randomElement(using: &random)!))
      let id = StreamID(conversation, attempt: number)
      switch roll(0..<3) {
      case 0:
        let endpoint = endpoints[roll(0..<endpoints.count)]
        registry.start(id, outgoing(), endpoint: endpoint, at: now)
      case 1: registry.start(id, command: ChildCommand(["say"]), named: "say", at: now)
      default:
        let reply = LocalReply(
          pieces: (0..<roll(0..<600)).map(String.init), firstDelayMilliseconds: roll(0..<300),
          intervalMilliseconds: roll(0..<20))
        registry.start(id, local: reply, at: now)
      }
      guard book.latest[conversation].map({ $0 < id }) ?? true else { return }
      book.silence(conversation)
      book.latest[conversation] = id
      book.states[id] = .live
    }

    private mutating func abort() {
      let conversation = ConversationID(UInt32(roll(0..<4)))
      let last = Int(book.latest[conversation]?.attempt ?? 0)
      let id = StreamID(conversation, attempt: UInt32(max(0, last + roll(0..<5) - 3)))
      let outcome = registry.abort(id, at: now)
      switch book.states[id] {
      case .live:
        #expect(outcome == .aborted)
        book.states[id] = .silent
      case .ended, .silent: #expect(outcome == .alreadyOver)
      case nil:
        let isNew = book.latest[conversation].map { $0 < id } ?? true
        #expect(outcome == (isNew ? .neverStarted : .alreadyOver))
        if isNew { book.latest[conversation] = id }
      }
    }

    private mutating func transfer() throws {
      // An end that meets a close on its way is for the transport's tests.
      try take()
      guard let id = anyStarted() else { return }
      let events: [TransferEvent] = [
        head(), head(), head(500, "application/json"), head(103, nil), bytes(Sent.hel),
        bytes(Sent.lo), bytes(Sent.comment), bytes(Sent.finish), bytes(Sent.usage),
        bytes(Sent.lastWord), bytes("data: {"), bytes("oops"), .ended(nil),
        .ended(TransferFailure(.connectionLost)),
      ]
      let event = events[roll(0..<events.count)]
      registry.receive(event, from: id.transfer, at: now)
      if case .ended = event { book.sockets.remove(id) }
    }

    private mutating func child() {
      guard let id = anyStarted() else { return }
      let events: [ChildEvent] = [
        output("Hel"), output(""), .output([0xE2]), .output([0x82, 0xAC, 0xFF]), diagnostics("hm"),
        .ended(.exited(0)), .ended(.exited(1)), .ended(.signalled(9)), .ended(.notStarted("no")),
      ]
      let event = events[roll(0..<events.count)]
      registry.receive(event, from: id.transfer, at: now)
      if case .ended = event { book.programs[id] = nil }
    }

    /// Time passes, a little, to the deadline, beyond it, or asleep.
    mutating func pass() throws {
      let deadline = registry.deadline
      switch roll(0..<8) {
      case 0: now.asleepNanoseconds += Int64(roll(0..<4_000)) * 1_000_000
      case 1: now = now.advanced(byMilliseconds: Int64(roll(0..<1_000_000)))
      case 2: now.unixMilliseconds += Int64(roll(-4_000_000..<4_000_000))
      case 3..<6:
        guard let deadline, deadline > now else { break }
        now.unixMilliseconds += deadline.milliseconds(since: now)
        now.uptimeNanoseconds = deadline.uptimeNanoseconds
      default: now = now.advanced(byMilliseconds: Int64(roll(0..<3_000)))
      }
      try advance()
    }

    mutating func advance() throws {
      try take()
      registry.advance(to: now)
      let output = registry.takeOutput()
      if let deadline = registry.deadline, deadline <= now {
        try #require(!output.events.isEmpty, "nothing was done and something is due")
      }
      try book.take(output)
    }

    mutating func take() throws {
      try book.take(registry.takeOutput())
      let live = book.states.filter { $0.value == .live }.keys
      try #require(Set(live.map(\.conversation)).count == live.count)
      try #require(registry.count == live.count)
      let running = book.programs.values.filter { $0 == .running }.count
      try #require(book.sockets.count + running <= live.count)
      try #require(registry.lingeringCount <= book.programs.count - running)
    }

    /// Lets time run until nothing is due any more.
    mutating func settle() throws {
      for _ in 0..<100_000 {
        try advance()
        guard let deadline = registry.deadline else { break }
        if deadline > now { now = deadline }
      }
      try take()
    }
  }

  @Test(arguments: 1...40)
  func `its promises hold`(_ seed: Int) throws {
    var world = World(
      random: Seeded(state: UInt64(seed)),
      endpoints: [
        try endpoint("openai", key: "k"), try endpoint("openai", at: "http://localhost:1"),
      ]
    )
    for _ in 0..<2_000 { try world.step() }
    try world.settle()
    #expect(world.registry.isSettled)
    #expect(world.book.states.values.allSatisfy { $0 != .live })
    #expect(world.book.sockets.isEmpty)
    #expect(world.book.programs.values.allSatisfy { $0 == .killed })
    #expect(world.registry.leakedCount <= world.book.killedCount)
    #expect(world.registry.leakedCount >= world.book.programs.count)
    // And it was no walk in an empty house.
    #expect(world.book.endCount > 25)
    #expect(world.book.closedCount > 20)
    #expect(world.book.killedCount > 5)
    #expect(world.registry.refusedStartCount > 20)
    #expect(world.registry.droppedEventCount > 100)
  }
}

import Chat
import Testing

@Suite struct `Every interleaving` {
  private static let reply: [StreamEvent] = [
    .started(model: nil), .text("a"), .text("b"), .completed(.stop),
  ]

  @Test(arguments: [
    [ChatEvent.send("one"), .send("two"), .send("three")],
    [.send("one"), .cancel, .send("two"), .cancel],
    [.send("one"), .retry, .retry, .cancel],
    [.send("one"), .cancel, .retry, .send("two")],
    [.cancel, .retry, .send("one"), .cancel, .cancel],
  ])
  func `of a script keeps every promise`(script: [ChatEvent]) {
    let outcome = Explorer(reply: Self.reply).explore(script)
    print("explored \(outcome.stateCount) states of \(script.count) events of a user")
    #expect(outcome.broken == nil, "\(String(describing: outcome.broken))")
    #expect(outcome.stateCount > 20)
  }

  @Test func `keeps the promises when streams fail or say nothing`() {
    let failure = StreamEvent.failed(StreamFailure(.truncated, "cut"))
    for reply in [[failure], [.thinking("x"), failure], [.text(" \n"), .completed(.stop)], []] {
      let outcome = Explorer(reply: reply).explore([.send("one"), .retry, .send("two"), .cancel])
      #expect(outcome.broken == nil, "\(String(describing: outcome.broken))")
    }
  }

  /// Bugs that a hand could make. The explorer is worth nothing if it misses one.
  @Test(arguments: [
    "forget the abort", "start before the abort", "ignore cancel", "accept any delta",
    "reuse a stream",
  ])
  func `finds a planted bug`(bug: String) {
    var explorer = Explorer(reply: Self.reply)
    explorer.handle = { store, event in
      let now = Instant(uptimeNanoseconds: 0)
      switch (bug, event) {
      case ("forget the abort", _):
        return store.handle(event, at: now).filter { if case .abort = $0 { false } else { true } }
      case ("start before the abort", _):
        return store.handle(event, at: now).reversed()
      case ("ignore cancel", .cancel):
        return []
      case ("accept any delta", .stream(_, let streamEvent)):
        guard let live = store.generation.live else { return [] }
        return store.handle(.stream(live.stream, streamEvent), at: now)
      case ("reuse a stream", _):
        return store.handle(event, at: now).map { effect in
          if case .start(_, let outgoing) = effect { .start(StreamID(1), outgoing) } else { effect }
        }
      default:
        return store.handle(event, at: now)
      }
    }
    let outcome = explorer.explore([.send("one"), .send("two"), .cancel])
    #expect(outcome.broken != nil)
  }
}

// Breadth-first over every interleaving of a scripted user and a network that may be late for ever.
//
// The world is a value: the store, the streams the network still holds (an aborted one stays
// deliverable, so that the store's gate is tested and not the network's good manners), and what has been
// promised so far. Equal worlds are visited once.

import Chat

/// One world: a user's script, what the network may still deliver, and the store between them.
struct World: Hashable {
  /// A stream as the network sees it.
  struct Source: Hashable {
    let id: StreamID
    /// What it will say, in order; a stream may fall silent at any point.
    var pending: [StreamEvent]
    var isAborted = false
  }

  var script: [ChatEvent]
  var store: ChatStore
  var sources: [Source] = []
  /// Streams that were started and have neither been aborted nor ended.
  var open: Set<StreamID> = []

  /// A step: the user's next event, or the next event of one stream.
  enum Step: Hashable {
    case user
    case network(Int)
  }

  var steps: [Step] {
    (script.isEmpty ? [] : [.user])
      + sources.indices.filter { !sources[$0].pending.isEmpty }.map(Step.network)
  }
}

/// Runs every interleaving and holds each step against the promises.
struct Explorer {
  /// What each new stream will say.
  let reply: [StreamEvent]
  /// How events reach the store; a planted bug replaces it.
  var handle: (inout ChatStore, ChatEvent) -> [ChatEffect] = { store, event in
    store.handle(event, at: Instant(uptimeNanoseconds: 0))
  }

  struct Outcome {
    var stateCount = 0
    /// The first promise that broke, with the steps that led there.
    var broken: (promise: String, path: [World.Step])?
  }

  func explore(_ script: [ChatEvent], limit: Int = 200_000) -> Outcome {
    let ids = MessageIDSource(seed: MessageID(high: 1, low: 1))
    let model = ModelID(provider: "test", name: "m")
    let first = World(script: script, store: ChatStore(model: model, messageIDs: ids))
    var seen: Set<World> = [first]
    var queue: [(world: World, path: [World.Step])] = [(first, [])]
    var outcome = Outcome()
    while outcome.stateCount < queue.count {
      let (world, path) = queue[outcome.stateCount]
      outcome.stateCount += 1
      precondition(outcome.stateCount < limit, "the script has more states than were reckoned with")
      for step in world.steps {
        var next = world
        if let promise = take(step, in: &next, from: world) {
          outcome.broken = (promise, path + [step])
          return outcome
        }
        if seen.insert(next).inserted { queue.append((next, path + [step])) }
      }
    }
    return outcome
  }

  /// Takes one step; returns the promise it broke.
  private func take(_ step: World.Step, in world: inout World, from before: World) -> String? {
    let event: ChatEvent
    var wasAborted = false
    switch step {
    case .user:
      event = world.script.removeFirst()
    case .network(let index):
      wasAborted = world.sources[index].isAborted
      let streamEvent = world.sources[index].pending.removeFirst()
      event = .stream(world.sources[index].id, streamEvent)
      switch streamEvent {
      case .completed, .failed: world.open.remove(world.sources[index].id)
      case .started, .text, .thinking, .refusal, .toolCall, .usage: break
      }
    }
    let effects = handle(&world.store, event)
    for effect in effects {
      switch effect {
      case .start(let id, let outgoing):
        if !world.open.isEmpty { return "abort comes before the start that replaces it" }
        if world.sources.contains(where: { $0.id >= id }) { return "ids only grow" }
        if let fault = fault(in: outgoing) { return fault }
        world.open.insert(id)
        world.sources.append(World.Source(id: id, pending: reply))
      case .abort(let id):
        guard world.open.remove(id) != nil else { return "what is aborted was open" }
        for index in world.sources.indices where world.sources[index].id == id {
          world.sources[index].isAborted = true
        }
      }
    }
    if wasAborted, before.store.conversation != world.store.conversation {
      return "an aborted stream changes nothing"
    }
    return Promise.all.first { !$0.holds(before, world, event) }?.sentence
  }

  private func fault(in outgoing: Outgoing) -> String? {
    let roles = outgoing.messages.map(\.role)
    guard roles.first == .user, roles.last == .user else {
      return "what is sent begins and ends with user"
    }
    guard zip(roles, roles.dropFirst()).allSatisfy({ $0 != $1 }) else { return "roles alternate" }
    guard outgoing.messages.allSatisfy({ $0.text.contains { !$0.isWhitespace } }) else {
      return "no message that is sent is empty"
    }
    return nil
  }
}

/// A sentence that must hold after every step.
struct Promise: Sendable {
  let sentence: String
  let holds: @Sendable (_ before: World, _ after: World, _ event: ChatEvent) -> Bool

  static let all: [Promise] = [
    Promise(sentence: "at most one stream is open") { _, after, _ in after.open.count <= 1 },
    Promise(sentence: "the open stream is the active one") { _, after, _ in
      after.store.generation.live.map { [$0.stream] } ?? [] == after.open
    },
    Promise(sentence: "after cancel nothing is live") { _, after, event in
      event != .cancel || after.store.generation == .idle
    },
    Promise(sentence: "a settled message never changes") { before, after, _ in
      let now = Dictionary(
        uniqueKeysWithValues: after.store.conversation.allMessages.map { ($0.id, $0) })
      return before.store.conversation.allMessages.allSatisfy {
        !$0.isSettled || now[$0.id] == $0
      }
    },
    Promise(sentence: "visible text only grows") { before, after, _ in
      let now = Dictionary(
        uniqueKeysWithValues: after.store.conversation.allMessages.map { ($0.id, $0.text) })
      return before.store.conversation.allMessages.allSatisfy {
        now[$0.id]?.hasPrefix($0.text) ?? false
      }
    },
    Promise(sentence: "no message is live when no stream is active") { _, after, _ in
      let live = after.store.conversation.allMessages.filter { !$0.isSettled }.map(\.id)
      return live == (after.store.generation.live.map { [$0.message] } ?? [])
    },
    Promise(sentence: "the reply is the last message of the page") { _, after, _ in
      after.store.generation.live.map { $0.message == after.store.conversation.leaf } ?? true
    },
  ]
}

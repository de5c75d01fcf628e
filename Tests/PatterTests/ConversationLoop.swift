// Several conversations and their streams on real sockets, without a terminal. What happens is written in
// scripts, one for each conversation; in which order their steps come is chance's to say.
//
//   a step of any script ──▶ Conversations ──▶ effects ──▶ Streams ──▶ sockets ──▶ server
//                                 ▲                                                  │ gates
//                                 └──────────────── what came ◀──────────────────────┘
//
// After every step the sockets are counted: there are no more than streams.

import Chat
import Interface
import Providers
import Support
import Testing

@testable import Patter

/// Goes through scripts, each in a conversation of its own.
final class ConversationLoop {
  /// What a step waited for in vain.
  struct Stuck: Error {
    let step: ConversationScript.Step
    let conversation: ConversationID
    let text: String
  }

  let server: LoopbackServer
  private(set) var chats: Conversations
  /// The conversation of each script.
  let ids: [ConversationID]
  private let desk: Desk
  private let streams: Streams
  private var rest: [ArraySlice<[ConversationScript.Step]>]
  /// Connections that may stay open after their reply.
  private let keptConnectionLimit: Int
  /// A millisecond later with each step, so that nothing waits long enough to be called silent.
  private var now = Instant(uptimeNanoseconds: 0, unixMilliseconds: 1_700_000_000_000)

  init(_ scripts: [ConversationScript], streamLimit: Int, keptConnectionLimit: Int = 0) throws {
    let desk = Desk(scripts)
    self.desk = desk
    self.keptConnectionLimit = keptConnectionLimit
    server = try LoopbackServer(answering: desk.response)
    rest = scripts.map { $0.groups[...] }

    let guide = Guide(keys: .standard, commands: .standard, providers: .standard, places: [])
    streams = try Streams(
      finder: ModelFinder(
        .standard, environment: Dialect.openAI.variables(port: server.port), wanted: "openai/test",
        userAgent: "patter/test"),
      guide: guide, pace: .atOnce, limits: StreamLimits(), userAgent: "patter/test")
    _ = streams.findAny(at: now)

    let first = ChatStore(
      route: Route(ModelID(provider: "openai", name: "test")),
      settings: ChatSettings(retryPolicy: RetryPolicy(baseMilliseconds: 0)),
      messageIDs: MessageIDSource(seed: MessageID(high: 1, low: 2)))
    chats = Conversations(first, streamLimit: streamLimit)
    for _ in scripts.dropFirst() { chats.open() }
    ids = chats.ids
  }

  /// Takes all steps. The same seed, the same order.
  func run(order seed: UInt64) throws {
    var random = Seeded(state: seed)
    while let place = rest.indices.filter({ mayMove($0) }).randomElement(using: &random) {
      now = now.advanced(byMilliseconds: 1)
      // Whoever is in view must not matter.
      if let id = ids.randomElement(using: &random) { chats.show(id) }
      guard let group = rest[place].first else { continue }
      if try group.allSatisfy({ try take($0, in: ids[place]) }) { rest[place].removeFirst() }
      settle()
      try countSockets()
    }
    let stepCount = rest.reduce(0) { $0 + $1.count }
    #expect(stepCount == 0, "everybody waits for somebody else")
    #expect(streams.count == 0)
  }

  /// Whether the server has seen every connection end while this one lives: what goes with the loop is not
  /// counted for it.
  var leavesNoConnection: Bool {
    withExtendedLifetime(self) {
      server.letEverybodyIn()
      return server.hasNoConnection
    }
  }

  /// The bodies of the requests for a script's replies, in their order.
  func requests(ofScript number: Int) -> [String] {
    server.chats.map { String(decoding: $0.body, as: UTF8.self) }.filter {
      Desk.lastPrompt(in: $0).hasPrefix("prompt \(number).")
    }
  }

  // MARK: - Steps

  /// Whether something is left to be done that does not wait for the streams of others.
  private func mayMove(_ place: Int) -> Bool {
    guard let next = rest[place].first?.first else { return false }
    guard case .requested = next else { return true }
    return !isQueued(ids[place])
  }

  private func isQueued(_ id: ConversationID) -> Bool {
    if case .queued = chats[id]?.generation { true } else { false }
  }

  /// Takes a step; false when it has to wait for the streams of others.
  private func take(_ step: ConversationScript.Step, in id: ConversationID) throws -> Bool {
    switch step {
    case .ask(let prompt, let policy):
      handle(.send(prompt, policy: policy), in: id)
    case .edit(let prompt):
      let first = chats[id]?.conversation.path.first
      handle(.send(prompt, inPlaceOf: first), in: id)
    case .retry:
      handle(.retry, in: id)
    case .cancel:
      handle(.cancel, in: id)
    case .open(let gate):
      server.open(gate: gate)
    case .requested(let attempt):
      try wait(step, in: id) { desk.hasSeen(attempt) || isQueued(id) }
      return !isQueued(id)
    case .heard(let text):
      try wait(step, in: id) { newestText(in: id) == text }
    case .settled:
      try wait(step, in: id) { chats[id]?.generation == .idle }
    }
    return true
  }

  private func newestText(in id: ConversationID) -> String? {
    guard let conversation = chats[id]?.conversation, let leaf = conversation.leaf else {
      return nil
    }
    return conversation[leaf].text
  }

  private func wait(
    _ step: ConversationScript.Step, in id: ConversationID, until isEnough: () -> Bool
  ) throws {
    let deadline = ContinuousClock.now + .seconds(LoopbackServer.patienceSeconds)
    while !isEnough() {
      guard ContinuousClock.now < deadline else {
        throw Stuck(step: step, conversation: id, text: newestText(in: id) ?? "")
      }
      // Not for ever, because what is waited for may happen at the server.
      _ = streams.wait(for: [], atMostMilliseconds: 5)
      streams.hear(at: now) { hear($0) }
      if let due = chats.deadline, due <= now { act(chats.advance(to: now)) }
      settle()
    }
  }

  /// A stream that is over has no socket, whatever the server would still have said.
  private func countSockets() throws {
    try #require(streams.count == chats.openStreamCount)
    try #require(streams.count <= chats.streamLimit)
    let limit = streams.count + keptConnectionLimit
    try #require(OpenSockets.count(to: server.port) <= limit)
  }

  // MARK: - Deciding and acting

  private func handle(_ event: ChatEvent, in id: ConversationID) {
    act(chats.handle(event, in: id, at: now))
  }

  private func hear(_ event: Streams.Event) {
    switch event {
    case .stream(let stream, let event): act(chats.receive(event, from: stream, at: now))
    case .finding, .racers, .models, .facts: break
    }
  }

  private func act(_ effects: [ChatEffect]) {
    for effect in effects {
      switch effect {
      case .save(let conversation, let message): handle(.saved(message.id), in: conversation)
      case .start(let stream, let outgoing):
        for event in streams.start(stream, outgoing, at: now) { hear(event) }
      case .abort(let stream): streams.abort(stream, at: now)
      }
    }
  }

  private func settle() { streams.settle(at: now) { hear($0) } }
}

/// Who sits at the server and knows which attempt a request is.
private final class Desk: Sendable {
  private let replies: [ConversationScript.Attempt: LoopbackServer.Response]
  private let counts = Locked<[String: Int]>([:])

  init(_ scripts: [ConversationScript]) {
    replies = scripts.reduce(into: [:]) { $0.merge($1.replies) { $1 } }
  }

  func response(to request: LoopbackServer.Request) -> LoopbackServer.Response {
    let prompt = Self.lastPrompt(in: String(decoding: request.body, as: UTF8.self))
    let number = counts.withLock { counts in
      let number = counts[prompt, default: 0] + 1
      counts[prompt] = number
      return number
    }
    return replies[.init(prompt: prompt, number: number)]
      ?? .json(#"{"error":{"message":"nobody was to ask this"}}"#, status: 400)
  }

  func hasSeen(_ attempt: ConversationScript.Attempt) -> Bool {
    counts.withLock { $0[attempt.prompt, default: 0] >= attempt.number }
  }

  /// What a request asks to be replied to. Prompts with no word of a reply between them are one text there.
  static func lastPrompt(in body: String) -> String {
    let number = body.split(separator: "prompt ").last?.prefix { $0 != "\"" }
    return "prompt \(number ?? "")"
  }
}

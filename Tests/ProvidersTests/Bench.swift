// What the tests of this room share: values to begin with, and ways to feed a stream.

import Chat
import Testing
import Wire

@testable import Providers

let agent = "patter/1.2"

/// A moment; `milliseconds` after the beginning of the test's own time, in which the machine slept for
/// `asleep` milliseconds beside.
func time(_ milliseconds: Int64, asleep: Int64 = 0) -> Instant {
  Instant(
    uptimeNanoseconds: 0, unixMilliseconds: 1_700_000_000_000 + asleep,
    asleepNanoseconds: asleep * 1_000_000
  ).advanced(byMilliseconds: milliseconds)
}

func endpoint(
  _ provider: String, at baseURL: String? = nil, key: String? = nil
) throws -> Endpoint {
  let row = try #require(ProviderTable.standard[provider])
  // Azure has no address that is everybody's.
  let baseURL = baseURL ?? (row.server?.baseURL == nil ? "https://resource.test" : nil)
  return try row.endpoint(baseURL: baseURL, key: key.flatMap { Secret($0) })
}

func outgoing(_ model: String = "openai/gpt-x", _ text: String = "Hello") -> Outgoing {
  Outgoing(
    model: ModelID(model) ?? ModelID(provider: "openai", name: model),
    messages: [Outgoing.Message(role: .user, parts: [.text(text)])])
}

func head(
  _ status: Int = 200, _ contentType: String? = "text/event-stream",
  _ headers: [HTTPHeader] = []
) -> TransferEvent {
  let type = contentType.map { [HTTPHeader("Content-Type", $0)] } ?? []
  return .responded(HTTPResponseHead(status: status, headers: type + headers))
}

func bytes(_ text: String) -> TransferEvent { .received(Array(text.utf8)) }

/// What servers send, in the shape of OpenAI's chat.
enum Sent {
  static let hel = #"data: {"model":"m","choices":[{"delta":{"content":"Hel"}}]}"# + "\n\n"
  static let lo = #"data: {"choices":[{"delta":{"content":"lo"}}]}"# + "\n\n"
  static let finish = #"data: {"choices":[{"delta":{},"finish_reason":"stop"}]}"# + "\n\n"
  static let usage = #"data: {"choices":[],"usage":{"prompt_tokens":1}}"# + "\n\n"
  static let comment = ": still here\n\n"
  static let lastWord = "data: [DONE]\n\n"
}

func output(_ text: String) -> ChildEvent { .output(Array(text.utf8)) }

func diagnostics(_ text: String) -> ChildEvent { .diagnostics(Array(text.utf8)) }

/// A registry with one live stream.
struct OneStream {
  static let id = StreamID(7)
  static let transfer = TransferID.stream(7)

  var registry = StreamRegistry(userAgent: agent)
  let effects: [RegistryEffect]

  init(_ endpoint: Endpoint, _ outgoing: Outgoing = outgoing(), limits: StreamLimits? = nil) {
    registry = StreamRegistry(userAgent: agent, limits: limits ?? StreamLimits())
    registry.start(Self.id, outgoing, endpoint: endpoint, at: time(0))
    effects = registry.takeOutput().effects
  }

  /// Feeds the events, all at one time; gives what came of them.
  mutating func feed(_ events: TransferEvent..., at milliseconds: Int64 = 0) -> RegistryOutput {
    for event in events {
      registry.receive(event, from: Self.transfer, at: time(milliseconds))
    }
    return registry.takeOutput()
  }
}

/// A registry and as many streams as a test likes, of each kind.
struct Streams {
  var registry: StreamRegistry
  private let endpoint: Endpoint

  init(at url: String? = nil, limits: StreamLimits = StreamLimits()) throws {
    registry = StreamRegistry(userAgent: agent, limits: limits)
    endpoint = try ProvidersTests.endpoint("openai", at: url, key: "k-streams")
  }

  mutating func ask(
    _ id: StreamID, beside companions: Set<StreamID> = [], at now: Instant = time(0)
  ) {
    registry.start(id, outgoing(), endpoint: endpoint, beside: companions, at: now)
  }

  mutating func run(_ id: StreamID, at now: Instant = time(0)) {
    registry.start(id, command: ChildCommand(["say"]), named: "say", at: now)
  }

  mutating func tell(_ id: StreamID, _ pieces: [String] = ["a", "b"], at now: Instant = time(0)) {
    let reply = LocalReply(pieces: pieces, firstDelayMilliseconds: 0, intervalMilliseconds: 10)
    registry.start(id, local: reply, at: now)
  }

  mutating func hear(_ events: TransferEvent..., on id: StreamID, at now: Instant = time(0)) {
    for event in events { registry.receive(event, from: id.transfer, at: now) }
  }

  mutating func hear(_ events: ChildEvent..., on id: StreamID, at now: Instant = time(0)) {
    for event in events { registry.receive(event, from: id.transfer, at: now) }
  }

  @discardableResult
  mutating func abort(_ id: StreamID, at now: Instant = time(0)) -> AbortOutcome {
    registry.abort(id, at: now)
  }

  mutating func take() -> RegistryOutput { registry.takeOutput() }

  mutating func take(at now: Instant) -> RegistryOutput { registry.output(at: now) }

  /// The deadline, in milliseconds of the test's own time.
  var due: Int64? { registry.deadline?.milliseconds(since: time(0)) }
}

/// The stream of this attempt.
func attempt(_ number: UInt32, of conversation: UInt32 = 0) -> StreamID {
  StreamID(ConversationID(conversation), attempt: number)
}

extension StreamID {
  var transfer: TransferID { .stream(number) }
}

extension StreamRegistry {
  /// What is told and wanted once it is this time.
  mutating func output(at now: Instant) -> RegistryOutput {
    advance(to: now)
    return takeOutput()
  }
}

extension RegistryEffect {
  /// For example `open 0.7`.
  var words: String {
    switch self {
    case .open(let id, _): "open \(name(id))"
    case .close(let id): "close \(name(id))"
    case .spawn(let id, _): "spawn \(name(id))"
    case .terminate(let id): "terminate \(name(id))"
    case .kill(let id): "kill \(name(id))"
    }
  }

  private func name(_ id: TransferID) -> String {
    switch id {
    case .stream(let number): "\(StreamID(number).conversation.number).\(StreamID(number).attempt)"
    case .lookup(let number): "lookup \(number)"
    }
  }
}

extension RegistryOutput {
  var deeds: [String] { effects.map(\.words) }

  /// What was told of one stream.
  func events(of id: StreamID) -> [StreamEvent] {
    events.filter { $0.stream == id }.map(\.event)
  }

  var streamEvents: [StreamEvent] { events.map(\.event) }

  var failure: StreamFailure? {
    guard case .failed(let failure) = streamEvents.last else { return nil }
    return failure
  }

  var text: String { streamEvents.joinedText }
}

extension [StreamEvent] {
  var joinedText: String {
    compactMap { if case .text(let text) = $0 { text } else { nil } }.joined()
  }
  var joinedThinking: String {
    compactMap { if case .thinking(let text) = $0 { text } else { nil } }.joined()
  }
  /// The calls in their order, each with all of its arguments.
  var toolCalls: [ToolCall] {
    var calls: [(id: String, call: ToolCall)] = []
    for event in self {
      switch event {
      case .toolCall(let name, let id): calls.append((id, ToolCall(name)))
      case .toolArguments(let delta, let id):
        for index in calls.indices where calls[index].id == id {
          calls[index].call.arguments += delta
        }
      case .started, .text, .thinking, .refusal, .finished, .usage, .completed, .failed: break
      }
    }
    return calls.map(\.call)
  }
  var joinedRefusal: String {
    compactMap { if case .refusal(let text) = $0 { text } else { nil } }.joined()
  }
  var model: String? {
    lazy.compactMap { if case .started(let model, _) = $0 { model } else { nil } }.first
  }
  var requestID: String? {
    lazy.compactMap { if case .started(_, let id) = $0 { id } else { nil } }.first
  }
  var usage: Usage? {
    reversed().lazy.compactMap { if case .usage(let usage) = $0 { usage } else { nil } }.first
  }
  var stopReason: StopReason? {
    if case .completed(let reason) = last { reason } else { nil }
  }
  var failure: StreamFailure? {
    if case .failed(let failure) = last { failure } else { nil }
  }
  /// How many ends there are; a stream has one.
  var endCount: Int {
    filter {
      switch $0 {
      case .completed, .failed: true
      case .started, .text, .thinking, .refusal, .toolCall, .toolArguments, .finished, .usage: false
      }
    }.count
  }
}

/// A call of a tool as it was told.
struct ToolCall: Hashable, Sendable {
  let name: String
  var arguments: String

  init(_ name: String, _ arguments: String = "") {
    self.name = name
    self.arguments = arguments
  }
}

/// All events of one body, cut at these places, up to and with the end of the transfer.
func events(
  of body: [UInt8], cutAt cuts: [Int] = [], contentType: String, endpoint: Endpoint,
  ending: TransferFailure? = nil
) -> [StreamEvent] {
  var stream = OneStream(endpoint)
  var events = stream.feed(head(200, contentType)).streamEvents
  var start = 0
  for cut in cuts.sorted() + [body.count] where cut > start {
    events += stream.feed(.received(Array(body[start..<cut]))).streamEvents
    start = cut
  }
  return events + stream.feed(.ended(ending)).streamEvents
}

/// A small generator of numbers that look random and are the same in every run.
struct Dice {
  private var state: UInt64

  init(_ seed: UInt64) {
    state = seed
  }

  mutating func roll(_ range: Range<Int>) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return range.lowerBound + Int((state >> 33) % UInt64(range.count))
  }
}

import Chat

/// Reads the body of one reply: bytes in, events out, however the bytes are cut.
///
/// A decoder tells what it read and never how the reply ended: `completed` and `failed` are for
/// `ReplyVerdict` to say. After an end in `facts` it reads nothing more.
protocol ReplyDecoder: Sendable {
  var facts: ReplyFacts { get }

  /// Reads the next bytes of the body.
  mutating func receive(_ bytes: [UInt8]) -> [StreamEvent]

  /// The body has ended; what is left of it may still hold a last word or an error.
  mutating func finish() -> [StreamEvent]
}

/// Collects the events of a reply and what they tell about it.
struct ReplyRecord: Sendable {
  var facts = ReplyFacts()
  private(set) var events: [StreamEvent] = []
  private var hasStarted = false
  private var hasToldFinish = false
  private var usage: Usage?
  /// The ids of the calls that were told, by the keys of their pieces.
  private var toolCalls: [String: String] = [:]
  /// What came last of the reply itself, and what waits for its other half: there, and in the arguments of
  /// calls by their ids.
  private var lastKind = ContentKind.text
  private var pairs = SplitPairs()
  private var argumentPairs: [String: SplitPairs] = [:]

  private enum ContentKind {
    case text
    case thinking
    case refusal

    func event(_ text: String) -> StreamEvent {
      switch self {
      case .text: .text(text)
      case .thinking: .thinking(text)
      case .refusal: .refusal(text)
      }
    }
  }

  /// How many tool calls of one reply are told; more are passed over.
  static let toolCallLimit = 128
  /// The longest name of a request that is kept, in characters.
  static let requestIDLimit = 128

  /// The events since the last call.
  mutating func takeEvents() -> [StreamEvent] {
    if facts.isTerminal { tellHalves() }
    defer { events = [] }
    return events
  }

  /// The same at the end of the body. What waits for its other half is told where the reply is whole; where
  /// it was cut the half says nothing.
  mutating func takeLastEvents() -> [StreamEvent] {
    if facts.finish != nil { tellHalves() }
    return takeEvents()
  }

  /// True once nothing that follows can matter.
  var isOver: Bool { facts.isTerminal || facts.complaint != nil || facts.confusion != nil }

  /// The model that answers, and what the server calls the request. Told once, by the first chunk that
  /// names a model, or before anything else (the first chunk of Azure names none).
  mutating func start(model: String?, requestID: String? = nil) {
    guard let model, !model.isEmpty else { return }
    tellStart(model: model, requestID: requestID)
  }

  /// The same, where no model is named, or not before something else is told.
  mutating func startUnnamed(requestID: String? = nil) {
    tellStart(model: nil, requestID: requestID)
  }

  mutating func text(_ text: String?) { content(text, .text) }

  mutating func thinking(_ text: String?) { content(text, .thinking) }

  mutating func refusal(_ text: String?) { content(text, .refusal) }

  /// The model has said everything. Told once, and only of a reply that is not empty: some servers give
  /// the reason before the text.
  mutating func finish(_ reason: StopReason) {
    if case .other(let word) = reason {
      facts.finish = .other(SplitPairs.joining(word))
    } else {
      facts.finish = reason
    }
    if !facts.finishMayBeEarly { tellHalves() }
    tellFinish()
  }

  /// A call of a tool. Its arguments come in many pieces; `key` tells which belong together, and
  /// only the first piece of a key is told.
  mutating func toolCall(name: String?, key: String) {
    guard let name, !name.isEmpty, toolCalls.count < Self.toolCallLimit, toolCalls[key] == nil
    else { return }
    let id = "call \(toolCalls.count + 1)"
    toolCalls[key] = id
    startUnnamed()
    tellHalf()
    facts.hasContent = true
    events.append(.toolCall(name: SplitPairs.joining(name), id: id))
    tellFinish()
  }

  /// More of the arguments of the call of this key. Those of a call that was not told are passed over.
  mutating func toolArguments(_ text: String?, key: String) {
    guard let text, !text.isEmpty, let id = toolCalls[key] else { return }
    let told = argumentPairs[id, default: SplitPairs()].receive(text)
    if !told.isEmpty { events.append(.toolArguments(told, id: id)) }
  }

  /// What is billed so far; told when it changes.
  mutating func usage(_ latest: Usage) {
    facts.hasUsage = true
    guard latest != usage else { return }
    usage = latest
    startUnnamed()
    events.append(.usage(latest))
  }

  private mutating func content(_ text: String?, _ kind: ContentKind) {
    guard let text, !text.isEmpty else { return }
    startUnnamed()
    if kind != lastKind { tellHalf() }
    lastKind = kind
    facts.hasContent = true
    let told = pairs.receive(text)
    if !told.isEmpty { events.append(kind.event(told)) }
    tellFinish()
  }

  /// Tells what waits of the reply itself: its other half will not come.
  private mutating func tellHalf() {
    let half = pairs.finish()
    if !half.isEmpty { events.append(lastKind.event(half)) }
  }

  private mutating func tellHalves() {
    tellHalf()
    for id in argumentPairs.keys.sorted() {
      let half = argumentPairs[id]?.finish() ?? ""
      if !half.isEmpty { events.append(.toolArguments(half, id: id)) }
    }
    argumentPairs = [:]
  }

  /// A finish that may be early is not told: a reply that is stopped behind it was not whole.
  private mutating func tellFinish() {
    guard !hasToldFinish, !facts.finishMayBeEarly, facts.finish != nil,
      case .completed(let reason) = ReplyVerdict(facts, .ended(nil))
    else { return }
    hasToldFinish = true
    events.append(.finished(reason))
  }

  private mutating func tellStart(model: String?, requestID: String?) {
    guard !hasStarted else { return }
    hasStarted = true
    let id = requestID.map { clipped(oneLine($0), to: Self.requestIDLimit) }
    events.append(
      .started(model: model.map(SplitPairs.joining), requestID: id == "" ? nil : id))
  }
}

/// The longest excerpt of a body that a failure quotes, in bytes, before it is masked and cut.
let excerptLimitBytes = 4096

/// The beginning of a body, for a failure to quote.
func excerpt(_ bytes: [UInt8]) -> String {
  String(decoding: bytes.prefix(excerptLimitBytes), as: UTF8.self)
}

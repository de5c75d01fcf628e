// The machine at the heart of Patter: the rules about streams and the conversation are in this file, and
// those about prompts, asking again, races and branches in the files beside it (`ChatStore+…`).
//
// Theory of operation. A stream is one attempt at a reply, named by a `StreamID` that is never used
// again, and it writes exactly one message. The store listens to the active streams, each named in the
// `generation` of a lane: one, or in a race one for each model. Whatever comes from any other stream is
// stale and dropped at the gate (`receive`). So a word of a dead stream cannot show, however late the
// network brings it, and no flag has to be reset.
//
// A call is what the user asked for: it makes one attempt, and further ones by itself as long as nothing
// of a reply was seen. Each attempt has its own stream and its own message; the failed one is settled and
// stays as a sibling. So the texts of two attempts cannot run into each other.
//
//   event                from idle        from a live reply
//   send(prompt)         save, start      policy: replace it (abort, save, start), wait for it, or refuse
//   set…, rename         noted            noted: the next request has it
//   retry, nextModel     start            replace it; when it backs off: start at once
//   continueReply        start            nothing
//   cancel, leave        nothing          settle it, abort its stream
//   choose               the path turns   the path turns, and the reply goes on where it is
//   pickWinner           nothing          settle the others of the race, abort their streams
//   saved, saveFailed    noted            of its prompt: start
//   stream(active, …)    cannot be        grow the message; at the end: settle it, or try again
//   stream(other, …)     drop             drop
//   clock                nothing          start when the back-off is over
//
// What decides does not act: the answer to an event is a list of effects, plain values that somebody
// else carries out in their order. An abort always stands before the start that takes its place, and a
// prompt's save before its start; nobody waits for a disk but the stream of that prompt.
//
// The path is what the user looks at, and the lanes are where replies are made; the one does not follow
// from the other. What is asked for goes where the user looks. What follows by itself, another attempt or
// a prompt that waited, goes behind the reply it belongs to, and the path goes along if it ended there.

/// One conversation and its live reply: `handle(event) -> [effect]`, a value, without clock or world.
public struct ChatStore: Hashable, Sendable {
  public let id: ConversationID
  public internal(set) var conversation: Conversation
  /// Where replies are made: one, and in a race one for each model. Never empty.
  public internal(set) var lanes = [Lane()]
  /// The lane that is spoken of where there are several: the one in view, or that was in view last.
  public internal(set) var shownLane = 0
  /// The race that is undecided; nil while there is none.
  public internal(set) var race: Race?
  /// What the user calls the conversation; nil where its first prompt is its name.
  public private(set) var title: String?
  /// Who the next call asks.
  public var route: Route
  public var settings: ChatSettings
  /// How much models are to think here, before what the settings say; nil where that is theirs to say.
  public internal(set) var effort: ReasoningEffort?
  /// The preset that was taken; nil while none is.
  public internal(set) var preset: Preset?
  /// What it has taken the place of.
  var beforePreset: BeforePreset?
  /// Prompts that wait for the end of the reply, the next one first. After a reply that was stopped or
  /// broke they stay until the user sends or retries.
  public internal(set) var queue: [Prompt] = []
  /// Messages whose last save failed.
  public private(set) var unsaved: Set<MessageID> = []
  /// Every stream of this conversation: the one of attempt n at position n - 1.
  public private(set) var streams: [StreamRecord] = []

  /// What several conversations share; `Conversations` puts it in and takes it out.
  struct Shared: Hashable, Sendable {
    /// How many more streams may be open: as good as any, for a store of its own.
    var room = 1 << 20
    /// Calls made so far; a pool begins each with its next model.
    var callCount: UInt64 = 0
  }
  var shared = Shared()

  var messageIDs: MessageIDSource
  private let jitter: JitterSource
  private var pendingSaves: Set<MessageID> = []
  private var windows = LearntWindows()
  /// How many prompts have had a number.
  var promptCount: UInt32 = 0
  /// How many messages at the front of its path the last request for a prompt left behind.
  private var omissions: [MessageID: Int] = [:]

  public init(
    _ id: ConversationID = ConversationID(0), route: Route, settings: ChatSettings = ChatSettings(),
    effort: ReasoningEffort? = nil, conversation: Conversation = Conversation(),
    messageIDs: MessageIDSource
  ) {
    self.id = id
    self.route = route
    self.settings = settings
    self.effort = effort
    self.conversation = conversation
    self.messageIDs = messageIDs
    jitter = JitterSource(messageIDs)
  }

  /// Where the reply is; in a race the one of the lane in view.
  public var generation: Generation { lanes[shownLane].generation }

  /// Whether any reply is live.
  public var isLive: Bool { lanes.contains { $0.generation != .idle } }

  /// What became of a stream; nil for one that is not of this conversation.
  public func record(of stream: StreamID) -> StreamRecord? {
    let place = Int(stream.attempt) - 1
    return stream.conversation == id && streams.indices.contains(place) ? streams[place] : nil
  }

  /// When `clock` has something to do.
  public var deadline: Instant? { lanes.compactMap(\.generation.deadline).min() }

  /// How many messages at the front of the path the last request left behind, for want of room.
  public var omittedMessageCount: Int {
    let asked = conversation.path.last { omissions[$0] != nil }
    // What the last request left behind is on the page as far as that still goes.
    return asked.map { min(omissions[$0] ?? 0, conversation.path.count - 1) } ?? 0
  }

  /// Takes in one event and says what is to be done, in order. `now` is when it happened.
  public mutating func handle(_ event: ChatEvent, at now: Instant) -> [ChatEffect] {
    switch event {
    case .send(let text, let attachments, let replaced, let racers, let policy):
      let prompt = Prompt(text, attachments: attachments, inPlaceOf: replaced, racers: racers)
      return send(prompt, as: policy, at: now)
    case .retry: return retry(at: now)
    case .nextModel: return tryNextModel(at: now)
    case .continueReply: return continueReply(at: now)
    case .cancel: return settleAll(.cancelled, at: now)
    case .leave: return settleAll(.interrupted, at: now)
    case .takeBack: queue = []
    case .takeBackPrompt(let number): queue.removeAll { $0.number == number }
    case .movePrompt(let number, let places): movePrompt(number, by: places)
    case .choose(let message): choose(message)
    case .pickWinner: return pickWinner(at: now)
    case .rename(let title): self.title = title.flatMap { $0.isWhiteSpace ? nil : $0 }
    case .setSystemPrompt(let text):
      conversation.systemPrompt = text.flatMap { $0.isWhiteSpace ? nil : $0 }
    case .setEffort(let effort): self.effort = effort
    case .usePreset(let preset): use(preset)
    case .saved(let message): return noteSave(of: message, succeeded: true, at: now)
    case .saveFailed(let message): return noteSave(of: message, succeeded: false, at: now)
    case .stream(let id, let event): return receive(event, from: id, at: now)
    case .clock: return advance(to: now)
    }
    return []
  }

  private mutating func advance(to now: Instant) -> [ChatEffect] {
    var effects: [ChatEffect] = []
    for lane in lanes.indices {
      guard case .backingOff(let call, let until) = lanes[lane].generation, until <= now else {
        continue
      }
      effects += launch(call, in: lane, at: now)
    }
    return effects
  }

  // MARK: - Saving

  mutating func save(_ message: MessageID) -> ChatEffect {
    pendingSaves.insert(message)
    return .save(id, conversation[message])
  }

  private mutating func noteSave(
    of message: MessageID, succeeded: Bool, at now: Instant
  ) -> [ChatEffect] {
    guard pendingSaves.remove(message) != nil else { return [] }
    if succeeded { unsaved.remove(message) } else { unsaved.insert(message) }
    var effects: [ChatEffect] = []
    for lane in lanes.indices {
      guard case .saving(let call) = lanes[lane].generation, call.prompt == message else {
        continue
      }
      effects += launch(call, in: lane, at: now)
    }
    return effects
  }

  // MARK: - The gate

  /// Lets an active stream write its message, and counts what comes from any other.
  private mutating func receive(
    _ event: StreamEvent, from stream: StreamID, at now: Instant
  ) -> [ChatEffect] {
    let lane = lanes.firstIndex { $0.generation.activeStream == stream }
    guard let lane, let call = lanes[lane].generation.call else {
      if stream.conversation == id, streams.indices.contains(Int(stream.attempt) - 1) {
        streams[Int(stream.attempt) - 1].staleEventCount += 1
      }
      return []
    }
    streams[Int(stream.attempt) - 1].lastEvent = now
    switch event {
    case .started:
      return []
    case .text(let delta), .refusal(let delta):
      let text = lanes[lane].seam?.take(delta) ?? delta
      write(lane, call, stream, at: now) { $0.grow(.text, by: text, at: now) }
      conversation.changeContextUse(of: call.message) { $0.grow(by: text) }
      return []
    case .thinking(let delta):
      write(lane, call, stream, at: now) { $0.grow(.thinking, by: delta, at: now) }
      return []
    case .toolCall(let name, let id):
      write(lane, call, stream, at: now) { $0.begin(Part(.toolCall(id: id, name: name)), at: now) }
      return []
    case .toolArguments(let delta, let id):
      write(lane, call, stream, at: now) { $0.growToolCall(id, by: delta) }
      return []
    case .finished(let reason):
      var call = call
      call.finish = reason
      lanes[lane].generation = .streaming(call, stream)
      return []
    case .usage(let usage):
      conversation.note(usage, for: call.message)
      return []
    case .completed(let reason):
      let ended = end(lane, call, .complete(reason), at: now)
      // In a race nobody knows yet what the next prompt is to follow.
      return ended + (race == nil ? sendNext(after: call.message, at: now) : [])
    case .failed(let failure):
      return end(lane, call, .failed(failure), at: now)
        + tryAgain(lane, call, after: failure, at: now)
    }
  }

  private mutating func write(
    _ lane: Int, _ call: Generation.Call, _ stream: StreamID, at now: Instant,
    _ body: (inout Message) -> Void
  ) {
    let record = Int(stream.attempt) - 1
    streams[record].keptDeltaCount += 1
    if streams[record].firstDelta == nil {
      streams[record].firstDelta = now
      lanes[lane].generation = .streaming(call, stream)
    }
    let started = streams[record].started
    conversation.change(call.message) { message in
      body(&message)
      guard message.times.firstDelta == nil else { return }
      message.times.started = started
      message.times.firstDelta = now
    }
  }

  // MARK: - Begin and end

  /// Begins a call, the only one from now on. Its first attempt starts now, or as soon as its prompt is saved.
  mutating func call(
    replyTo prompt: MessageID, asking models: [ModelID], continuing cut: MessageID? = nil,
    at now: Instant
  ) -> [ChatEffect] {
    race = nil
    lanes = [Lane()]
    shownLane = 0
    return call(replyTo: prompt, asking: models, continuing: cut, in: 0, at: now)
  }

  /// Begins a call in a lane. The path goes along if the prompt is on it; in a race it follows the first lane.
  mutating func call(
    replyTo prompt: MessageID, asking models: [ModelID], continuing cut: MessageID? = nil,
    in lane: Int, at now: Instant
  ) -> [ChatEffect] {
    let isChosen = lane == 0 && conversation.path.contains(prompt)
    let reply = appendReply(
      to: prompt, from: models[0], continuing: cut, choosing: isChosen, at: now)
    let call = Generation.Call(prompt: prompt, message: reply, models: models, continues: cut)
    guard !pendingSaves.contains(prompt) else {
      lanes[lane].message = reply
      lanes[lane].generation = .saving(call)
      return []
    }
    return launch(call, in: lane, at: now)
  }

  /// Starts the stream of an attempt, unless as many are open as may be.
  mutating func launch(
    _ call: Generation.Call, in lane: Int, at now: Instant
  ) -> [ChatEffect] {
    lanes[lane].message = call.message
    guard shared.room > 0 else {
      lanes[lane].generation = .queued(call)
      return []
    }
    shared.room -= 1
    let model = call.models[0]
    let stream = StreamID(id, attempt: UInt32(streams.count + 1))
    streams.append(StreamRecord(stream, message: call.message, model: model, started: now))
    lanes[lane].generation = .waiting(call, stream)
    let cut = call.continues.map { conversation[$0].text }
    lanes[lane].seam = cut.map { Seam(after: $0) }
    var outgoing = outgoing(
      conversation, upTo: call.prompt, continuing: cut, model: model,
      cutReplies: cutReplyPolicy, window: windows.window(of: model, settings))
    outgoing.options = options(for: model)
    omissions[call.prompt] = outgoing.omittedMessageCount
    let tokenCount = outgoing.estimatedTokenCount
    windows.noteSent(tokenCount)
    conversation.changeContextUse(of: call.message) {
      $0.leave(tokenCount: tokenCount, isWhole: outgoing.omittedMessageCount == 0)
    }
    return [.start(stream, outgoing)]
  }

  /// Starts the replies that wait for others to end, as many as there is room for; for `Conversations`, which
  /// knows when.
  mutating func startQueued(at now: Instant) -> [ChatEffect] {
    var effects: [ChatEffect] = []
    for lane in lanes.indices where shared.room > 0 {
      guard case .queued(let call) = lanes[lane].generation else { continue }
      effects += launch(call, in: lane, at: now)
    }
    return effects
  }

  /// What follows a stream that broke: the same model again after a while, the next model, or nothing.
  ///
  /// Once anything of the reply was seen nothing follows by itself: the user would read it twice.
  private mutating func tryAgain(
    _ lane: Int, _ call: Generation.Call, after failure: StreamFailure, at now: Instant
  ) -> [ChatEffect] {
    windows.learn(from: failure, of: call.models[0])
    guard conversation[call.message].times.firstDelta == nil else { return [] }
    var next = call
    next.finish = nil
    let delay = settings.retryPolicy.delayMilliseconds(
      after: failure, retriesMade: call.retriesMade, waited: call.waitedMilliseconds,
      jitter: jitter.value(forAttempt: streams.count))
    if let delay {
      next.retriesMade += 1
      next.waitedMilliseconds += delay
      next.message = appendReply(inPlaceOf: call, from: call.models[0], at: now)
      lanes[lane].message = next.message
      lanes[lane].generation = .backingOff(next, until: now.advanced(byMilliseconds: delay))
      return []
    }
    guard call.models.count > 1 else { return [] }
    next.models.removeFirst()
    next.retriesMade = 0
    next.message = appendReply(inPlaceOf: call, from: next.models[0], at: now)
    return launch(next, in: lane, at: now)
  }

  /// The message of a call's next attempt. Who looks at the last one is shown this.
  private mutating func appendReply(
    inPlaceOf call: Generation.Call, from model: ModelID, at now: Instant
  ) -> MessageID {
    appendReply(
      to: call.prompt, from: model, continuing: call.continues,
      choosing: conversation.path.contains(call.message), at: now)
  }

  private mutating func appendReply(
    to prompt: MessageID, from model: ModelID, continuing cut: MessageID?, choosing: Bool,
    at now: Instant
  ) -> MessageID {
    let reply = Message(
      id: messageIDs.next(), parent: prompt, role: .assistant,
      parts: cut.map { [.text(conversation[$0].text)] } ?? [], model: model, continues: cut,
      created: now)
    conversation.append(reply, choosing: choosing)
    return reply.id
  }

  /// Ends the live replies because the user said so. Nothing is live afterwards.
  mutating func settleAll(_ ending: Ending, at now: Instant) -> [ChatEffect] {
    lanes.indices.reduce(into: []) { $0 += settle($1, ending, at: now) }
  }

  /// Ends the live reply of a lane because the user said so.
  mutating func settle(_ lane: Int, _ ending: Ending, at now: Instant) -> [ChatEffect] {
    let generation = lanes[lane].generation
    guard let call = generation.call else { return [] }
    let abort = generation.activeStream.map { [ChatEffect.abort($0)] } ?? []
    // A reply that is whole cannot be stopped any more; only its last word is not waited for.
    return abort + end(lane, call, call.finish.map(Ending.complete) ?? ending, at: now)
  }

  private mutating func end(
    _ lane: Int, _ call: Generation.Call, _ ending: Ending, at now: Instant
  ) -> [ChatEffect] {
    if let stream = lanes[lane].generation.activeStream {
      streams[Int(stream.attempt) - 1].ending = ending
      shared.room += 1
    }
    lanes[lane].generation = .idle
    let rest = lanes[lane].seam?.finish() ?? ""
    lanes[lane].seam = nil
    conversation.change(call.message) { message in
      if !rest.isEmpty { message.grow(.text, by: rest, at: now) }
      message.endThought(at: now)
      message.times.ended = now
      message.ending = ending
    }
    conversation.changeContextUse(of: call.message) { $0.settle(ending) }
    return [save(call.message)]
  }
}

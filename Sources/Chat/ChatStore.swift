// The machine at the heart of Patter: every rule about streams and the conversation is in this file.
//
// Theory of operation. A stream is one attempt at a reply, named by a `StreamID` that is never used
// again, and it writes exactly one message. The store listens to one stream, the active one, named in
// `generation`. Whatever comes from any other stream is stale and dropped at the gate (`receive`). So a
// word of a dead stream cannot show, however late the network brings it, and no flag has to be reset.
//
// A call is what the user asked for: it makes one attempt, and further ones by itself as long as nothing
// of a reply was seen. Each attempt has its own stream and its own message; the failed one is settled and
// stays as a sibling. So the texts of two attempts cannot run into each other.
//
//   event                from idle        from a live reply
//   send(prompt)         save, start      policy: replace it (abort, save, start), wait for it, or refuse
//   set…                 noted            noted: the next request has it
//   retry, nextModel     start            replace it; when it backs off: start at once
//   cancel, leave        nothing          settle it, abort its stream
//   saved, saveFailed    noted            of its prompt: start
//   stream(active, …)    cannot be        grow the message; at the end: settle it, or try again
//   stream(other, …)     drop             drop
//   clock                nothing          start when the back-off is over
//
// What decides does not act: the answer to an event is a list of effects, plain values that somebody
// else carries out in their order. An abort always stands before the start that takes its place, and a
// prompt's save before its start; nobody waits for a disk but the stream of that prompt.
//
// No prompt overtakes one that waits, but for those that go in the place of an earlier one: they keep its
// place before all that was to be said afterwards.

/// One conversation and its live reply: `handle(event) -> [effect]`, a value, without clock or world.
public struct ChatStore: Hashable, Sendable {
  public let id: ConversationID
  public private(set) var conversation: Conversation
  public private(set) var generation: Generation = .idle
  /// Who the next call asks.
  public var route: Route
  public var settings: ChatSettings
  /// How much models are to think here, before what the settings say; nil where that is theirs to say.
  public private(set) var effort: ReasoningEffort?
  /// Prompts that wait for the end of the reply, the next one first. After a reply that was stopped or
  /// broke they stay until the user sends or retries.
  public private(set) var queue: [Prompt] = []
  /// Messages whose last save failed.
  public private(set) var unsaved: Set<MessageID> = []
  /// Every stream of this conversation: the one of attempt n at position n - 1.
  public private(set) var streams: [StreamRecord] = []
  /// How many messages at the front of the path the last request left behind, for want of room.
  public private(set) var omittedMessageCount = 0

  /// What several conversations share; `Conversations` puts it in and takes it out.
  struct Shared: Hashable, Sendable {
    /// Whether one more stream may be open.
    var mayStart = true
    /// Calls made so far; a pool begins each with its next model.
    var callCount: UInt64 = 0
  }
  var shared = Shared()

  private(set) var messageIDs: MessageIDSource
  private let jitter: JitterSource
  private var pendingSaves: Set<MessageID> = []
  private var windows = LearntWindows()

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

  /// When `clock` has something to do.
  public var deadline: Instant? {
    if case .backingOff(_, let until) = generation { until } else { nil }
  }

  /// Takes in one event and says what is to be done, in order. `now` is when it happened.
  public mutating func handle(_ event: ChatEvent, at now: Instant) -> [ChatEffect] {
    switch event {
    case .send(let text, let attachments, let replaced, let policy):
      let prompt = Prompt(text, attachments: attachments, inPlaceOf: replaced)
      return send(prompt, as: policy, at: now)
    case .retry: return retry(at: now)
    case .nextModel: return tryNextModel(at: now)
    case .cancel: return settle(.cancelled, at: now)
    case .leave: return settle(.interrupted, at: now)
    case .takeBack:
      queue = []
      return []
    case .setSystemPrompt(let text):
      conversation.systemPrompt = text.flatMap { $0.isWhiteSpace ? nil : $0 }
      return []
    case .setEffort(let effort):
      self.effort = effort
      return []
    case .saved(let message): return noteSave(of: message, succeeded: true, at: now)
    case .saveFailed(let message): return noteSave(of: message, succeeded: false, at: now)
    case .stream(let id, let event): return receive(event, from: id, at: now)
    case .clock:
      guard case .backingOff(let call, let until) = generation, until <= now else { return [] }
      return launch(call, at: now)
    }
  }

  // MARK: - The user

  private mutating func send(
    _ prompt: Prompt, as policy: SendPolicy?, at now: Instant
  ) -> [ChatEffect] {
    guard !prompt.isBlank else { return [] }
    switch sending(as: policy) {
    case .starts, .replaces:
      enqueue(prompt)
      return settle(.superseded, at: now) + sendNext(at: now)
    case .waits:
      enqueue(prompt)
      return []
    case .isRefused: return []
    }
  }

  /// No prompt overtakes one that waits already; only those in place of others come before the rest.
  private mutating func enqueue(_ prompt: Prompt) {
    var prompt = prompt
    if let replaced = prompt.inPlaceOf, conversation.isPrompt(replaced) {
      queue.insert(prompt, at: queue.firstIndex { $0.inPlaceOf == nil } ?? queue.endIndex)
    } else {
      prompt.inPlaceOf = nil
      queue.append(prompt)
    }
  }

  private mutating func sendNext(at now: Instant) -> [ChatEffect] {
    guard !queue.isEmpty else { return [] }
    let next = queue.removeFirst()
    var parent = conversation.leaf
    if let replaced = next.inPlaceOf, conversation.isPrompt(replaced) {
      parent = conversation[replaced].parent
    }
    let prompt = Message(
      id: messageIDs.next(), parent: parent, role: .user, parts: next.parts, created: now)
    conversation.append(prompt)
    // What the last request left behind is on the page as far as that still goes.
    omittedMessageCount = min(omittedMessageCount, conversation.path.count - 1)
    return [save(prompt.id)] + call(replyTo: prompt.id, asking: nextCallModels(), at: now)
  }

  private mutating func retry(at now: Instant) -> [ChatEffect] {
    switch generation {
    case .saving, .queued: return []
    case .backingOff(let call, until: _): return launch(call, at: now)
    case .idle, .waiting, .streaming:
      guard let prompt = conversation.lastPrompt else { return [] }
      let models = tooLongModels ?? nextCallModels()
      return settle(.superseded, at: now) + call(replyTo: prompt, asking: models, at: now)
    }
  }

  /// Whom to ask again when the last reply failed because it was too much: the same model, which has
  /// taught us how much it takes.
  private var tooLongModels: [ModelID]? {
    guard let leaf = conversation.leaf, let model = conversation[leaf].model,
      case .failed(let failure) = conversation[leaf].ending, failure.kind == .tooLong,
      route.models.contains(model)
    else { return nil }
    return [model] + route.models(after: model).dropLast()
  }

  private mutating func tryNextModel(at now: Instant) -> [ChatEffect] {
    guard route.models.count > 1, let prompt = conversation.lastPrompt else { return [] }
    let asked = conversation.leaf.flatMap { conversation[$0].model }
    let models = asked.map(route.models(after:)) ?? nextCallModels()
    switch generation {
    case .saving(let call):
      generation = .saving(redirected(call, to: models))
      return []
    case .queued(let call):
      generation = .queued(redirected(call, to: models))
      return []
    case .backingOff(let call, until: _):
      return launch(redirected(call, to: models), at: now)
    case .idle, .waiting, .streaming:
      return settle(.superseded, at: now) + call(replyTo: prompt, asking: models, at: now)
    }
  }

  /// The same call, before its next attempt, to other models.
  private mutating func redirected(
    _ call: Generation.Call, to models: [ModelID]
  ) -> Generation.Call {
    var call = call
    call.models = models
    call.retriesMade = 0
    conversation.change(call.message) { $0.model = models[0] }
    return call
  }

  private mutating func nextCallModels() -> [ModelID] {
    defer { shared.callCount &+= 1 }
    return route.models(forCall: shared.callCount)
  }

  // MARK: - Saving

  private mutating func save(_ message: MessageID) -> ChatEffect {
    pendingSaves.insert(message)
    return .save(id, conversation[message])
  }

  private mutating func noteSave(
    of message: MessageID, succeeded: Bool, at now: Instant
  ) -> [ChatEffect] {
    guard pendingSaves.remove(message) != nil else { return [] }
    if succeeded { unsaved.remove(message) } else { unsaved.insert(message) }
    guard case .saving(let call) = generation, call.prompt == message else { return [] }
    return launch(call, at: now)
  }

  // MARK: - The gate

  /// Lets the active stream write its message, and counts what comes from any other.
  private mutating func receive(
    _ event: StreamEvent, from stream: StreamID, at now: Instant
  ) -> [ChatEffect] {
    guard stream == generation.activeStream, let call = generation.call else {
      if stream.conversation == id, streams.indices.contains(Int(stream.attempt) - 1) {
        streams[Int(stream.attempt) - 1].staleEventCount += 1
      }
      return []
    }
    switch event {
    case .started:
      return []
    case .text(let delta), .refusal(let delta):
      write(call, stream, at: now) { $0.grow(.text, by: delta, at: now) }
      conversation.changeContextUse(of: call.message) { $0.grow(by: delta) }
      return []
    case .thinking(let delta):
      write(call, stream, at: now) { $0.grow(.thinking, by: delta, at: now) }
      return []
    case .toolCall(let name, let id):
      write(call, stream, at: now) { $0.begin(Part(.toolCall(id: id, name: name)), at: now) }
      return []
    case .toolArguments(let delta, let id):
      write(call, stream, at: now) { $0.growToolCall(id, by: delta) }
      return []
    case .finished(let reason):
      var call = call
      call.finish = reason
      generation = .streaming(call, stream)
      return []
    case .usage(let usage):
      conversation.note(usage, for: call.message)
      return []
    case .completed(let reason):
      return end(call, .complete(reason), at: now) + sendNext(at: now)
    case .failed(let failure):
      return end(call, .failed(failure), at: now) + tryAgain(call, after: failure, at: now)
    }
  }

  private mutating func write(
    _ call: Generation.Call, _ stream: StreamID, at now: Instant, _ body: (inout Message) -> Void
  ) {
    let record = streams.count - 1
    streams[record].keptDeltaCount += 1
    if streams[record].firstDelta == nil {
      streams[record].firstDelta = now
      generation = .streaming(call, stream)
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

  /// Begins a call. Its first attempt starts now, or as soon as its prompt is saved.
  private mutating func call(
    replyTo prompt: MessageID, asking models: [ModelID], at now: Instant
  ) -> [ChatEffect] {
    let reply = appendReply(to: prompt, from: models[0], at: now)
    let call = Generation.Call(prompt: prompt, message: reply, models: models)
    guard !pendingSaves.contains(prompt) else {
      generation = .saving(call)
      return []
    }
    return launch(call, at: now)
  }

  /// Starts the stream of an attempt, unless as many are open as may be.
  private mutating func launch(_ call: Generation.Call, at now: Instant) -> [ChatEffect] {
    guard shared.mayStart else {
      generation = .queued(call)
      return []
    }
    let model = call.models[0]
    let stream = StreamID(id, attempt: UInt32(streams.count + 1))
    streams.append(StreamRecord(stream, message: call.message, model: model, started: now))
    generation = .waiting(call, stream)
    var outgoing = outgoing(
      conversation, upTo: call.prompt, model: model, cutReplies: settings.cutReplyPolicy,
      window: windows.window(of: model, settings))
    outgoing.options = settings.options(for: model)
    if let effort { outgoing.options.effort = effort }
    omittedMessageCount = outgoing.omittedMessageCount
    let tokenCount = outgoing.estimatedTokenCount
    windows.noteSent(tokenCount)
    conversation.changeContextUse(of: call.message) {
      $0.leave(tokenCount: tokenCount, isWhole: outgoing.omittedMessageCount == 0)
    }
    return [.start(stream, outgoing)]
  }

  /// Starts the reply that waits for others to end; for `Conversations`, which knows when.
  mutating func startQueued(at now: Instant) -> [ChatEffect] {
    guard case .queued(let call) = generation else { return [] }
    return launch(call, at: now)
  }

  /// What follows a stream that broke: the same model again after a while, the next model, or nothing.
  ///
  /// Once anything of the reply was seen nothing follows by itself: the user would read it twice.
  private mutating func tryAgain(
    _ call: Generation.Call, after failure: StreamFailure, at now: Instant
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
      next.message = appendReply(to: call.prompt, from: call.models[0], at: now)
      generation = .backingOff(next, until: now.advanced(byMilliseconds: delay))
      return []
    }
    guard call.models.count > 1 else { return [] }
    next.models.removeFirst()
    next.retriesMade = 0
    next.message = appendReply(to: call.prompt, from: next.models[0], at: now)
    return launch(next, at: now)
  }

  private mutating func appendReply(
    to prompt: MessageID, from model: ModelID, at now: Instant
  ) -> MessageID {
    let reply = Message(
      id: messageIDs.next(), parent: prompt, role: .assistant, model: model, created: now)
    conversation.append(reply)
    return reply.id
  }

  /// Ends the live reply because the user said so. Nothing is live afterwards.
  private mutating func settle(_ ending: Ending, at now: Instant) -> [ChatEffect] {
    guard let call = generation.call else { return [] }
    let abort = generation.activeStream.map { [ChatEffect.abort($0)] } ?? []
    // A reply that is whole cannot be stopped any more; only its last word is not waited for.
    return abort + end(call, call.finish.map(Ending.complete) ?? ending, at: now)
  }

  private mutating func end(
    _ call: Generation.Call, _ ending: Ending, at now: Instant
  ) -> [ChatEffect] {
    if generation.activeStream != nil {
      streams[streams.count - 1].ending = ending
    }
    generation = .idle
    conversation.change(call.message) { message in
      message.endThought(at: now)
      message.times.ended = now
      message.ending = ending
    }
    conversation.changeContextUse(of: call.message) { $0.settle(ending) }
    return [save(call.message)]
  }
}

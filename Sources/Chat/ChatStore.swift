// The machine at the heart of Patter: every rule about streams and the conversation is in this file.
//
// Theory of operation. A stream is one attempt at a reply, named by a `StreamID` that is never used
// again, and it writes exactly one message. The store listens to one stream, the active one, named in
// `generation`. Whatever comes from any other stream is stale and dropped at the gate (`receive`). So a
// word of a dead stream cannot show, however late the network brings it, and no flag has to be reset.
//
//   event                 from idle               from a live reply (waiting, streaming)
//   send(prompt)          start                   settle it as superseded, abort it, start
//   retry                 start                   settle it as superseded, abort it, start
//   cancel                nothing                 settle it as cancelled, abort it
//   stream(active, …)     cannot be               grow the message, or settle it at the end
//   stream(other, …)      drop                    drop
//
// What decides does not act: the answer to an event is a list of effects, plain values that somebody
// else carries out in their order. An abort always stands before the start that takes its place.

/// Something that happened to a conversation.
public enum ChatEvent: Hashable, Sendable {
  /// The user sends a prompt. While a reply is live the prompt takes its place. A prompt of white
  /// space alone asks nothing and changes nothing.
  case send(String)
  /// The user sends the last prompt once more. While a reply to it is live the new one takes its place.
  case retry
  /// The user stops the reply.
  case cancel
  /// Something came from a stream, active or stale.
  case stream(StreamID, StreamEvent)
}

/// Something the store asks of the world.
public enum ChatEffect: Hashable, Sendable {
  /// Open a stream that asks for a reply.
  case start(StreamID, Outgoing)
  /// Close a stream: its socket is to be shut before the next effect is carried out.
  case abort(StreamID)
}

/// One conversation and its live reply: `handle(event) -> [effect]`, a value, without clock or world.
public struct ChatStore: Hashable, Sendable {
  public private(set) var conversation: Conversation
  public private(set) var generation: Generation = .idle
  /// The model that the next stream will ask.
  public var model: ModelID

  private var messageIDs: MessageIDSource
  private var lastStream: StreamID

  /// - Parameters:
  ///   - lastStream: the id before the first stream's, so that several stores of one process can be
  ///     kept apart.
  public init(
    model: ModelID, conversation: Conversation = Conversation(), messageIDs: MessageIDSource,
    after lastStream: StreamID = StreamID(0)
  ) {
    self.model = model
    self.conversation = conversation
    self.messageIDs = messageIDs
    self.lastStream = lastStream
  }

  /// Takes in one event and says what is to be done, in order. `now` is when it happened.
  public mutating func handle(_ event: ChatEvent, at now: Instant) -> [ChatEffect] {
    switch event {
    case .send(let text):
      guard !text.isWhiteSpace else { return [] }
      let superseded = settle(.superseded, at: now)
      let prompt = Message(
        id: messageIDs.next(), parent: conversation.leaf, role: .user, parts: [.text(text)],
        created: now)
      conversation.append(prompt)
      return superseded + [start(replyTo: prompt.id, at: now)]
    case .retry:
      guard let prompt = conversation.lastPrompt else { return [] }
      let superseded = settle(.superseded, at: now)
      return superseded + [start(replyTo: prompt, at: now)]
    case .cancel:
      return settle(.cancelled, at: now)
    case .stream(let id, let event):
      receive(event, from: id, at: now)
      return []
    }
  }

  // MARK: - The gate

  /// Lets the active stream write its message. An end needs no effect: the stream is over.
  private mutating func receive(_ event: StreamEvent, from id: StreamID, at now: Instant) {
    guard let live = generation.live, live.stream == id else { return }
    switch event {
    case .started:
      return
    case .text(let delta), .refusal(let delta):
      write(live, at: now) { $0.grow(.text, by: delta) }
    case .thinking(let delta):
      write(live, at: now) { $0.grow(.thinking, by: delta) }
    case .toolCall(let name):
      write(live, at: now) { $0.parts.append(Part(.toolCall(id: "", name: name))) }
    case .usage(let usage):
      conversation.note(usage, for: live.message)
    case .completed(let reason):
      end(live, .complete(reason), at: now)
    case .failed(let failure):
      end(live, .failed(failure), at: now)
    }
  }

  private mutating func write(
    _ live: Generation.Live, at now: Instant, _ body: (inout Message) -> Void
  ) {
    generation = .streaming(live)
    conversation.change(live.message) { message in
      body(&message)
      if message.times.firstDelta == nil { message.times.firstDelta = now }
    }
  }

  // MARK: - Begin and end

  private mutating func start(replyTo prompt: MessageID, at now: Instant) -> ChatEffect {
    lastStream = StreamID(lastStream.number + 1)
    let reply = Message(
      id: messageIDs.next(), parent: prompt, role: .assistant, model: model, created: now)
    conversation.append(reply)
    generation = .waiting(Generation.Live(stream: lastStream, message: reply.id))
    return .start(lastStream, outgoing(conversation, upTo: prompt, model: model))
  }

  /// Ends the live reply because the user said so. Nothing is live afterwards.
  private mutating func settle(_ ending: Ending, at now: Instant) -> [ChatEffect] {
    guard let live = generation.live else { return [] }
    end(live, ending, at: now)
    return [.abort(live.stream)]
  }

  private mutating func end(_ live: Generation.Live, _ ending: Ending, at now: Instant) {
    generation = .idle
    conversation.change(live.message) { message in
      message.times.ended = now
      message.ending = ending
    }
  }
}

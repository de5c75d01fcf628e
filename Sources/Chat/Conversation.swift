// A conversation is a tree of messages and a chosen leaf. Nothing is ever taken out of the tree: a
// reply that was retried stays as a sibling of the new one, under the same prompt.

/// A tree of messages, the path through it that is on the page, and what is noted beside it.
public struct Conversation: Sendable {
  /// The standing instruction, sent before everything else; nil when there is none.
  public internal(set) var systemPrompt: String?
  /// The path from the first message to the chosen leaf: what is on the page and what a model sees.
  public private(set) var path: [MessageID] = []

  /// Grows whenever the path or the set of messages changes, and stays while a message only grows: what
  /// is derived from the shape of the tree need not be derived again for a delta.
  public private(set) var shapeRevision = 0

  private var messages: [Message] = []
  private var positions: [MessageID: Int] = [:]
  private var children: [MessageID: [MessageID]] = [:]
  private var usages: [MessageID: Usage] = [:]
  private var contextUses: [MessageID: ContextUse] = [:]

  public init(systemPrompt: String? = nil) {
    self.systemPrompt = systemPrompt
  }

  /// A conversation of messages that are there already, each after the one it follows; the last one is the
  /// chosen leaf. Replies must be settled: no stream writes them any more.
  package init(systemPrompt: String? = nil, messages: [Message]) {
    self.init(systemPrompt: systemPrompt)
    for message in messages {
      precondition(message.isSettled, "a stream that is gone writes nothing")
      append(message)
    }
  }

  /// The chosen leaf; nil while the conversation is empty.
  public var leaf: MessageID? { path.last }

  /// Whether a message is one of this conversation.
  public func has(_ id: MessageID) -> Bool { positions[id] != nil }

  /// The message of this id. Asking for one that is not of this conversation is our own mistake.
  public subscript(id: MessageID) -> Message {
    messages[position(of: id)]
  }

  /// All messages that follow `id`, oldest first.
  public func children(of id: MessageID) -> [MessageID] {
    children[id] ?? []
  }

  /// What the provider bills for a message, as far as it said so.
  public func usage(of id: MessageID) -> Usage? {
    usages[id]
  }

  /// Whether a message is a prompt of the path.
  public func isPrompt(_ id: MessageID) -> Bool {
    has(id) && self[id].role == .user && path.contains(id)
  }

  /// Every message of the tree, in the order in which they came.
  package var allMessages: [Message] { messages }

  /// How much the model sees with the next prompt: what stands on the path up to and with its leaf. Nil while
  /// the conversation is empty.
  public var contextUse: ContextUse? { leaf.flatMap { contextUses[$0] } }

  /// The last prompt on the path; nil before the first.
  public var lastPrompt: MessageID? {
    path.last { self[$0].role == .user }
  }

  // MARK: - Changes, for the store alone

  /// Adds a message and chooses it as the leaf. Its parent must be on the path (or nil when there is
  /// none): what stood behind the parent leaves the path and stays in the tree.
  mutating func append(_ message: Message) {
    precondition(positions[message.id] == nil, "a message is added once")
    if let parent = message.parent {
      guard let place = path.lastIndex(of: parent) else {
        preconditionFailure("a message follows one of the path")
      }
      path.removeSubrange((place + 1)...)
      children[parent, default: []].append(message.id)
    } else {
      path.removeAll()
    }
    let use = message.parent.flatMap { contextUses[$0] } ?? ContextUse(systemPrompt: systemPrompt)
    contextUses[message.id] = use.followed(by: message)
    positions[message.id] = messages.count
    messages.append(message)
    path.append(message.id)
    shapeRevision += 1
  }

  /// Changes a live message in place. A settled one never changes.
  mutating func change(_ id: MessageID, _ body: (inout Message) -> Void) {
    let position = position(of: id)
    precondition(!messages[position].isSettled, "a settled message never changes")
    body(&messages[position])
  }

  mutating func note(_ usage: Usage, for id: MessageID) {
    usages[id] = usage
    changeContextUse(of: id) { $0.take(usage) }
  }

  /// Changes how much a model sees up to and with a message.
  mutating func changeContextUse(of id: MessageID, _ body: (inout ContextUse) -> Void) {
    guard let index = contextUses.index(forKey: id) else { return }
    body(&contextUses.values[index])
  }

  private func position(of id: MessageID) -> Int {
    guard let position = positions[id] else {
      preconditionFailure("this message is not of this conversation")
    }
    return position
  }
}

extension Conversation: Hashable {
  /// The messages and the path say enough: the rest is derived from them, stands beside them or says how many
  /// changes there were.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(systemPrompt)
    hasher.combine(messages)
    hasher.combine(path)
  }
}

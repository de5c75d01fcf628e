// A conversation is a tree of messages and a chosen leaf. Nothing is ever taken out of the tree: a
// reply that was retried stays as a sibling of the new one, under the same prompt, and a prompt that was
// edited stays beside the new one with all that was said behind it.

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
  private var roots: [MessageID] = []
  private var children: [MessageID: [MessageID]] = [:]
  /// Behind each message the one by which the path last went on: who comes back to a branch finds it as it
  /// was left.
  private var lastChosen: [MessageID: MessageID] = [:]
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

  /// All messages that follow `id`, oldest first; of nil, those that a conversation begins with.
  public func children(of id: MessageID?) -> [MessageID] {
    id.map { children[$0] ?? [] } ?? roots
  }

  /// A message and all others that follow the same one, oldest first.
  public func siblings(of id: MessageID) -> [MessageID] {
    children(of: self[id].parent)
  }

  /// The way from the first message to this one. Costs as much as it is long.
  public func path(to id: MessageID) -> [MessageID] {
    var way = [id]
    while let parent = self[way[way.count - 1]].parent { way.append(parent) }
    return way.reversed()
  }

  /// What the provider bills for a message, as far as it said so.
  public func usage(of id: MessageID) -> Usage? {
    usages[id]
  }

  /// Whether a message is a prompt of this conversation.
  public func isPrompt(_ id: MessageID) -> Bool {
    has(id) && self[id].role == .user
  }

  /// Every message of the tree, in the order in which they came.
  public var allMessages: [Message] { messages }

  /// How much the model sees with the next prompt: what stands on the path up to and with its leaf. Nil while
  /// the conversation is empty.
  public var contextUse: ContextUse? { leaf.flatMap { contextUses[$0] } }

  /// The last prompt on the path; nil before the first.
  public var lastPrompt: MessageID? {
    path.last { self[$0].role == .user }
  }

  // MARK: - Changes, for the store alone

  /// Adds a message behind its parent.
  /// - Parameter choosing: whether the path ends with it from now on; what stood behind its parent leaves the
  ///   path and stays in the tree. Otherwise the path is not touched.
  mutating func append(_ message: Message, choosing: Bool = true) {
    precondition(positions[message.id] == nil, "a message is added once")
    if let parent = message.parent {
      precondition(has(parent), "a message follows one that is there")
      children[parent, default: []].append(message.id)
    } else {
      roots.append(message.id)
    }
    let use = message.parent.flatMap { contextUses[$0] } ?? ContextUse(systemPrompt: systemPrompt)
    contextUses[message.id] = use.followed(by: message)
    positions[message.id] = messages.count
    messages.append(message)
    shapeRevision += 1
    guard choosing else { return }
    guard message.parent == path.last else { return choose(message.id) }
    if let parent = message.parent { lastChosen[parent] = message.id }
    path.append(message.id)
  }

  /// Has the path go through this message, and from there on where it went last, or else by the newest.
  mutating func choose(_ id: MessageID) {
    var way = path(to: id)
    while let next = lastChosen[way[way.count - 1]] ?? children(of: way.last).last {
      way.append(next)
    }
    guard way != path else { return }
    for (message, next) in zip(way, way.dropFirst()) { lastChosen[message] = next }
    path = way
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

// All conversations that are open, of which one is in view. Each has a store of its own and knows nothing
// of the others; what they share stands here: how many streams may be open at once, where the pools stand,
// and whose reply nobody has read yet.
//
//     open ──close──▶ closed ──show──▶ open        its replies are stopped, it is kept aside
//     open, closed ──delete──▶ deleted ──restore──▶ open        as long as no more than a few follow it

/// The open conversations: `handle(event, in: conversation) -> [effect]`, a value.
public struct Conversations: Hashable, Sendable {
  /// The conversation the user looks at. Streams of the others go on.
  public private(set) var inView: ConversationID
  /// How many streams may be open at once, at least 1; replies beyond wait for one of them to end.
  public private(set) var streamLimit: Int

  /// How many deleted conversations can be brought back.
  public static let restorableLimit = 8

  /// Those whose replies have ended since they were last in view, the first that did first.
  public private(set) var unread: [ConversationID] = []
  /// Those that were closed and can be opened again, the last closed last.
  public private(set) var closed: [ConversationID] = []
  /// Those that were deleted and can be brought back, the last deleted last.
  private var deleted: [Deleted] = []

  private struct Deleted: Hashable {
    var store: ChatStore
    /// What ended with it and was not saved any more.
    let saves: [ChatEffect]
  }

  private var stores: [ConversationID: ChatStore]
  private var lastID: ConversationID
  private var callCount: UInt64 = 0
  /// The preset that each further conversation begins with; nil where it is none.
  public var firstPreset: Preset?
  /// What each conversation begins with, as it was configured: the first one's, until there is another.
  private var systemPrompt: String?
  private let messageIDs: MessageIDSource

  /// - Precondition: `streamLimit` is at least 1.
  public init(_ first: ChatStore, streamLimit: Int = 4) {
    precondition(streamLimit > 0, "no stream could ever start")
    self.streamLimit = streamLimit
    stores = [first.id: first]
    inView = first.id
    lastID = first.id
    systemPrompt = first.conversation.systemPrompt
    messageIDs = first.messageIDs
    openStreamCount = first.openStreamCount
    queuedReplyCount = first.queuedReplyCount
  }

  /// The store of the conversation in view. To change what is decided for it beforehand (its route, its
  /// settings), write here; everything else happens by events.
  public var viewed: ChatStore {
    get {
      guard let store = stores[inView] else { preconditionFailure("what is in view is open") }
      return store
    }
    set {
      precondition(newValue.id == inView, "a store keeps its place")
      stores[inView] = newValue
    }
  }

  /// The open conversations, oldest first.
  public var ids: [ConversationID] { stores.keys.filter { !closed.contains($0) }.sorted() }

  /// The store of a conversation that is open or closed; nil for all others.
  public subscript(id: ConversationID) -> ChatStore? { stores[id] }

  /// Whom conversations ask, those too that are closed or can be brought back.
  public var routes: Set<Route> { Set((stores.values + deleted.map(\.store)).map(\.route)) }

  /// The conversation that `restore` would bring back.
  public var restorable: ChatStore? { deleted.last?.store }

  /// Those that were deleted and can be brought back, the last deleted last.
  public var restorableIDs: [ConversationID] { deleted.map(\.store.id) }

  /// Streams that are open, in all conversations. It is counted along with each step of one, and so are the
  /// replies that wait: there are many deltas, and none is to look at all conversations.
  public private(set) var openStreamCount: Int
  private var queuedReplyCount: Int

  /// When `advance` has something to do.
  public var deadline: Instant? { stores.values.compactMap(\.deadline).min() }

  // MARK: - Events

  /// Takes in one event of one conversation. What comes for one that was deleted is dropped; only what the
  /// disk says is noted, in case it is brought back.
  public mutating func handle(
    _ event: ChatEvent, in id: ConversationID, at now: Instant
  ) -> [ChatEffect] {
    guard stores[id] != nil else {
      noteInDeleted(event, id, at: now)
      return []
    }
    return step(id) { $0.handle(event, at: now) } + startQueued(at: now)
  }

  /// Takes in what came from a stream, whosever it is.
  public mutating func receive(
    _ event: StreamEvent, from stream: StreamID, at now: Instant
  ) -> [ChatEffect] {
    handle(.stream(stream, event), in: stream.conversation, at: now)
  }

  /// Does what is due in any conversation.
  public mutating func advance(to now: Instant) -> [ChatEffect] {
    ids.flatMap { handle(.clock, in: $0, at: now) }
  }

  // MARK: - Other settings

  /// Goes on with other settings. Each conversation keeps what it has where both are the same, and the standing
  /// instruction in any case. Streams that are open stay open, also beyond a lower limit.
  ///
  /// - Precondition: `streamLimit` is at least 1.
  public mutating func adopt(
    _ new: ChatSettings, insteadOf old: ChatSettings, systemPrompt: String?, streamLimit: Int,
    at now: Instant
  ) -> [ChatEffect] {
    precondition(streamLimit > 0, "no stream could ever start")
    for id in stores.keys { stores[id]?.settings.take(over: new, insteadOf: old) }
    for place in deleted.indices {
      deleted[place].store.settings.take(over: new, insteadOf: old)
    }
    self.systemPrompt = systemPrompt
    self.streamLimit = streamLimit
    return startQueued(at: now)
  }

  // MARK: - Which conversations there are

  /// Opens a conversation and brings it into view. Nothing happens to the others. Who is asked and how is
  /// taken over from the one that was in view, but not from its preset; the standing instruction and the preset
  /// are those that were configured.
  @discardableResult
  public mutating func open() -> ConversationID {
    lastID = ConversationID(lastID.number + 1)
    let model = viewed
    var store = ChatStore(
      lastID, route: model.routeBesidePreset, settings: model.settings, effort: model.effort,
      conversation: Conversation(systemPrompt: systemPrompt),
      messageIDs: messageIDs.source(for: lastID))
    if let firstPreset { store.use(firstPreset) }
    stores[lastID] = store
    show(lastID)
    return lastID
  }

  /// Has all open conversations ask this route from their next calls on, but for those whose preset says
  /// otherwise.
  public mutating func routeAll(to route: Route) {
    for id in stores.keys { stores[id]?.ask(route) }
  }

  /// Brings a conversation into view; one that was closed is open again. Of no other anything changes.
  public mutating func show(_ id: ConversationID) {
    guard stores[id] != nil else { return }
    closed.removeAll { $0 == id }
    unread.removeAll { $0 == id }
    inView = id
  }

  /// Stops the replies of a conversation and sets it aside. Where it was in view another comes into view, a
  /// new one if there is no other.
  public mutating func close(_ id: ConversationID, at now: Instant) -> [ChatEffect] {
    guard ids.contains(id) else { return [] }
    let effects = handle(.cancel, in: id, at: now)
    turn(from: id)
    unread.removeAll { $0 == id }
    closed.append(id)
    return effects
  }

  /// Takes a conversation away: its streams are aborted, and nothing that comes late for it, from the network
  /// or from the disk, brings it back. Only `restore` does, unless many others were deleted since.
  public mutating func delete(_ id: ConversationID, at now: Instant) -> [ChatEffect] {
    guard stores[id] != nil else { return [] }
    // What is taken away is not saved, unless it comes back.
    let effects = step(id) { $0.handle(.cancel, at: now) }
    turn(from: id)
    unread.removeAll { $0 == id }
    closed.removeAll { $0 == id }
    if let store = stores.removeValue(forKey: id) {
      deleted.append(Deleted(store: store, saves: effects.filter { !$0.isAbort }))
    }
    deleted.removeFirst(max(0, deleted.count - Conversations.restorableLimit))
    return effects.filter(\.isAbort) + startQueued(at: now)
  }

  /// Brings the conversation back that was deleted last, and into view; what ended with it is saved now. Where
  /// there is none nothing changes.
  public mutating func restore() -> [ChatEffect] {
    guard let last = deleted.popLast() else { return [] }
    stores[last.store.id] = last.store
    show(last.store.id)
    return last.saves
  }

  /// Brings another conversation into view than this one, if this one is: the next older one, or else the
  /// next younger one, or a new one.
  private mutating func turn(from id: ConversationID) {
    guard id == inView else { return }
    let others = ids
    if let next = others.last(where: { $0 < id }) ?? others.first(where: { $0 > id }) {
      show(next)
    } else {
      open()
    }
  }

  private mutating func noteInDeleted(
    _ event: ChatEvent, _ id: ConversationID, at now: Instant
  ) {
    guard let place = deleted.firstIndex(where: { $0.store.id == id }) else { return }
    switch event {
    case .saved, .saveFailed: _ = deleted[place].store.handle(event, at: now)
    case .send, .retry, .nextModel, .continueReply, .cancel, .takeBack, .takeBackPrompt,
      .movePrompt, .choose, .pickWinner, .rename, .setSystemPrompt, .setEffort, .usePreset, .leave,
      .stream,
      .clock:
      break
    }
  }

  // MARK: - What they share

  private mutating func step(
    _ id: ConversationID, _ body: (inout ChatStore) -> [ChatEffect]
  ) -> [ChatEffect] {
    let room = max(0, streamLimit - openStreamCount)
    // One owner while it is changed, so that what grows is not copied.
    guard var store = stores.removeValue(forKey: id) else { return [] }
    let before = (open: store.openStreamCount, queued: store.queuedReplyCount)
    store.shared = ChatStore.Shared(
      room: room, callCount: callCount)
    let effects = body(&store)
    callCount = store.shared.callCount
    store.shared = ChatStore.Shared()
    openStreamCount += store.openStreamCount - before.open
    queuedReplyCount += store.queuedReplyCount - before.queued
    stores[id] = store
    if id != inView, !unread.contains(id), effects.contains(where: store.endsReply) {
      unread.append(id)
    }
    return effects
  }

  /// Starts replies that wait, as long as there is room: the one in view first, then the oldest call.
  private mutating func startQueued(at now: Instant) -> [ChatEffect] {
    var effects: [ChatEffect] = []
    while queuedReplyCount > 0, openStreamCount < streamLimit, let next = nextQueued {
      effects += step(next) { $0.startQueued(at: now) }
    }
    return effects
  }

  private var nextQueued: ConversationID? {
    let waiting = stores.values.compactMap { store -> (ConversationID, Instant)? in
      let calls = store.lanes.compactMap { lane -> Generation.Call? in
        if case .queued(let call) = lane.generation { call } else { nil }
      }
      let created = calls.map { store.conversation[$0.message].times.created }
      return created.min().map { (store.id, $0) }
    }
    if waiting.contains(where: { $0.0 == inView }) { return inView }
    return waiting.min { ($0.1, $0.0) < ($1.1, $1.0) }?.0
  }
}

extension ChatStore {
  fileprivate var openStreamCount: Int { lanes.count { $0.generation.activeStream != nil } }

  fileprivate var queuedReplyCount: Int {
    lanes.count { if case .queued = $0.generation { true } else { false } }
  }
}

extension ChatEffect {
  fileprivate var isAbort: Bool {
    if case .abort = self { true } else { false }
  }
}

extension ChatStore {
  /// Whether an effect of the last event tells of a reply that has ended, so that no other attempt at it will
  /// follow; in a race, of the last one. A reply is saved when it has ended, and then alone.
  public func endsReply(_ effect: ChatEffect) -> Bool {
    guard case .save(id, let message) = effect, message.role == .assistant else { return false }
    return !lanes.contains { $0.generation.call?.prompt == message.parent }
  }
}

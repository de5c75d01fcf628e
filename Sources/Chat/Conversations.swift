// All conversations that are open, of which one is in view. Each has a store of its own and knows nothing
// of the others; what they share stands here: how many streams may be open at once, and where the pools
// stand.

/// The open conversations: `handle(event, in: conversation) -> [effect]`, a value.
public struct Conversations: Hashable, Sendable {
  /// The conversation the user looks at. Streams of the others go on.
  public private(set) var inView: ConversationID
  /// How many streams may be open at once, at least 1; replies beyond wait for one of them to end.
  public let streamLimit: Int

  private var stores: [ConversationID: ChatStore]
  private var lastID: ConversationID
  private var callCount: UInt64 = 0
  /// What each conversation begins with: the first one's, as it was configured.
  private let systemPrompt: String?
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
  public var ids: [ConversationID] { stores.keys.sorted() }

  public subscript(id: ConversationID) -> ChatStore? { stores[id] }

  /// Streams that are open, in all conversations.
  public var openStreamCount: Int {
    stores.values.count { $0.generation.activeStream != nil }
  }

  /// When `advance` has something to do.
  public var deadline: Instant? { stores.values.compactMap(\.deadline).min() }

  // MARK: - Events

  /// Takes in one event of one conversation. What comes for a conversation that was closed is dropped.
  public mutating func handle(
    _ event: ChatEvent, in id: ConversationID, at now: Instant
  ) -> [ChatEffect] {
    step(id) { $0.handle(event, at: now) } + startQueued(at: now)
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

  // MARK: - Which conversations there are

  /// Opens a conversation and brings it into view. Nothing happens to the others. Who is asked and how is
  /// taken over from the one that was in view; the standing instruction is the one that was configured.
  @discardableResult
  public mutating func open() -> ConversationID {
    lastID = ConversationID(lastID.number + 1)
    let model = viewed
    stores[lastID] = ChatStore(
      lastID, route: model.route, settings: model.settings, effort: model.effort,
      conversation: Conversation(systemPrompt: systemPrompt),
      messageIDs: messageIDs.source(for: lastID))
    inView = lastID
    return lastID
  }

  /// Has all open conversations ask this route from their next calls on.
  public mutating func routeAll(to route: Route) {
    for id in stores.keys { stores[id]?.route = route }
  }

  /// Brings a conversation into view. One that is not open changes nothing.
  public mutating func show(_ id: ConversationID) {
    if stores[id] != nil { inView = id }
  }

  /// Closes a conversation for good, unless it is in view: its stream is aborted, and nothing that comes
  /// late for it, from the network or from the disk, brings it back.
  public mutating func close(_ id: ConversationID, at now: Instant) -> [ChatEffect] {
    guard id != inView, let store = stores.removeValue(forKey: id) else { return [] }
    let abort = store.generation.activeStream.map { [ChatEffect.abort($0)] } ?? []
    return abort + startQueued(at: now)
  }

  // MARK: - What they share

  private mutating func step(
    _ id: ConversationID, _ body: (inout ChatStore) -> [ChatEffect]
  ) -> [ChatEffect] {
    guard var store = stores.removeValue(forKey: id) else { return [] }
    store.shared = ChatStore.Shared(
      mayStart: openStreamCount < streamLimit, callCount: callCount)
    let effects = body(&store)
    callCount = store.shared.callCount
    store.shared = ChatStore.Shared()
    stores[id] = store
    return effects
  }

  /// Starts replies that wait, as long as there is room: the one in view first, then the oldest call.
  private mutating func startQueued(at now: Instant) -> [ChatEffect] {
    var effects: [ChatEffect] = []
    while openStreamCount < streamLimit, let next = nextQueued {
      effects += step(next) { $0.startQueued(at: now) }
    }
    return effects
  }

  private var nextQueued: ConversationID? {
    let waiting = stores.values.compactMap { store -> (ConversationID, Instant)? in
      guard case .queued(let call) = store.generation else { return nil }
      return (store.id, store.conversation[call.message].times.created)
    }
    if waiting.contains(where: { $0.0 == inView }) { return inView }
    return waiting.min { ($0.1, $0.0) < ($1.1, $1.0) }?.0
  }
}

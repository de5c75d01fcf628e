// What is known of each provider's models, since when, and which look-ups are under way.
//
//   unknown ──wants──▶ looking ──list──▶ listed ──wants, an hour later──▶ looking
//                         └─ failure ──▶ the sentence, and whatever list there was before
//
// Nobody waits for it: who wants a list sees the one that is known, and hears when there is a newer one.

public import Chat
public import Wire

/// The providers' lists of models. A value: time is an argument, transfers are effects.
public struct ModelCatalog: Sendable {
  /// What is known of one provider's models.
  public struct Entry: Hashable, Sendable {
    /// The row's id.
    public let provider: String
    /// Who is asked, for people.
    public let name: String
    /// In the server's order, with what our own table knows of them; empty where nothing is known.
    public var models: [ListedModel]
    /// When the server told them, in milliseconds since 1970.
    public let listedMilliseconds: Int64?
    /// Why the server could not be asked, or told nothing; nil where it told, or is not there unasked.
    public let failure: String?
    /// Whether it is being asked now.
    public let isLooking: Bool
  }

  /// What one step gave.
  public struct Output: Hashable, Sendable {
    /// To be carried out in this order.
    public var effects: [RegistryEffect] = []
    /// Whose look-ups have ended.
    public var settled: [ModelSource] = []
  }

  /// A list is asked for again when it is older than this, or from the future.
  public static let freshMilliseconds: Int64 = 60 * 60 * 1000
  /// How long a connection to a server may take that is only a guess.
  static let guessConnectMilliseconds = 1_000

  /// The first number of this room's look-ups; those of `ModelFinder` are below.
  static let firstNumber: UInt64 = 1 << 63

  /// Whether the transfer is one of this catalog's look-ups.
  public static func owns(_ transfer: TransferID) -> Bool {
    switch transfer {
    case .lookup(let number): number >= firstNumber
    case .stream: false
    }
  }

  private struct Asking: Sendable {
    let source: ModelSource
    var lookup: ModelLookup
  }

  private let userAgent: String
  private var nextNumber = ModelCatalog.firstNumber
  private var lists: ModelLists
  private var asking: [Asking] = []
  private var failures: [ModelLists.Key: StreamFailure] = [:]

  /// - Parameter lists: what was known before.
  public init(_ lists: ModelLists = ModelLists(), userAgent: String) {
    self.lists = lists
    self.userAgent = userAgent
  }

  /// All lists there are, also of servers that nobody asks any more.
  public var knownLists: ModelLists { lists }

  /// Whether somebody is being asked.
  public var isLooking: Bool { !asking.isEmpty }

  /// What is known of a source now.
  public subscript(source: ModelSource) -> Entry {
    let key = ModelLists.Key(source)
    let list = lists[key]
    let failure = failures[key]
    // That a guess is wrong is nobody's news.
    let isSilent = source.isGuess && list == nil && failure?.kind == .unreachable
    let isOwn = source.endpoint?.isOwnAddress == true
    return Entry(
      provider: source.provider, name: source.name,
      models: (list?.models ?? []).map { model in
        // Who else speaks a provider's language has its own prices.
        isOwn ? KnownModels.completing(model, of: source.provider) : model
      },
      listedMilliseconds: list?.listedMilliseconds,
      failure: source.fault ?? (isSilent ? nil : failure?.message),
      isLooking: asking.contains { ModelLists.Key($0.source) == key })
  }

  /// What a server has told of a model when it was asked for its models.
  public func facts(of model: String, at endpoint: Endpoint) -> ModelFacts {
    let listed = lists[ModelLists.Key(ModelSource(endpoint))]?.models.first { $0.name == model }
    return ModelFacts(price: listed?.price, windowTokens: listed?.windowTokens)
  }

  // MARK: - Asking

  /// Asks the source for its models unless its list is fresh, or it is being asked.
  public mutating func wants(_ source: ModelSource, at now: Instant) -> [RegistryEffect] {
    if let listed = lists[ModelLists.Key(source)]?.listedMilliseconds,
      (0..<Self.freshMilliseconds).contains(now.unixMilliseconds - listed)
    {
      return []
    }
    return refresh(source, at: now)
  }

  /// Asks the source for its models, however fresh its list is, unless it is being asked.
  public mutating func refresh(_ source: ModelSource, at now: Instant) -> [RegistryEffect] {
    let key = ModelLists.Key(source)
    guard source.fault == nil, let endpoint = source.endpoint,
      !asking.contains(where: { ModelLists.Key($0.source) == key })
    else { return [] }
    var limits = ModelLookup.Limits()
    if source.isGuess { limits.connectMilliseconds = Self.guessConnectMilliseconds }
    var lookup = ModelLookup(
      endpoint, number: nextNumber, userAgent: userAgent, limits: limits)
    // The next bit that pages have no part in comes after 2^32 look-ups.
    nextNumber += 1
    failures[key] = nil
    let effects = lookup.start(at: now)
    asking.append(Asking(source: source, lookup: lookup))
    return effects
  }

  // MARK: - Hearing

  /// What came from the transport; events of other transfers change nothing.
  public mutating func receive(
    _ event: TransferEvent, from transfer: TransferID, at now: Instant
  ) -> Output {
    step(at: now) { $0.receive(event, from: transfer, at: now) }
  }

  /// Gives up what has taken too long.
  public mutating func advance(to now: Instant) -> Output {
    step(at: now) { $0.advance(to: now) }
  }

  /// Gives up all that is under way, after this long.
  public mutating func giveUp(afterMilliseconds milliseconds: Int64, at now: Instant) -> Output {
    step(at: now) { $0.giveUp(milliseconds: milliseconds) }
  }

  /// Ends all look-ups without an answer, and forgets who could not be asked: somebody else may be meant now.
  public mutating func stop() -> [RegistryEffect] {
    defer {
      asking = []
      failures = [:]
    }
    return asking.indices.flatMap { asking[$0].lookup.stop() }
  }

  /// When `advance` has something to do.
  public var deadline: Instant? { asking.compactMap(\.lookup.deadline).min() }

  private mutating func step(
    at now: Instant, _ step: (inout ModelLookup) -> [RegistryEffect]
  ) -> Output {
    var output = Output()
    for index in asking.indices { output.effects += step(&asking[index].lookup) }
    for one in asking {
      let key = ModelLists.Key(one.source)
      switch one.lookup.answer {
      case .waiting:
        continue
      case .models(let models):
        lists[key] = ModelLists.List(models, listedMilliseconds: now.unixMilliseconds)
      case .failed(let failure):
        failures[key] = failure
      }
      output.settled.append(one.source)
    }
    asking.removeAll { $0.lookup.answer != .waiting }
    return output
  }
}

// Which models there are, for the picker and for `patter models`: the catalog, whom to ask, the file in
// which the lists outlast the program, and what the user configured.

import Chat
import Interface
import Providers
import Wire

/// The lists of models, with what the user knows better.
struct ModelDirectory {
  /// What one step gave.
  struct Output {
    /// To be carried out in this order.
    var effects: [RegistryEffect] = []
    /// What has changed.
    var lists: [ModelList] = []
  }

  private let table: ProviderTable
  private let environment: [String: String]
  private let settings: [String: ProviderSetting]
  private let routes: [String: Route]
  private let windows: [ModelID: Int]
  private let file: ModelCacheFile?
  private let userAgent: String
  /// Nil as long as nobody wanted a list, or what our table does not have: a start costs nothing.
  private var catalog: ModelCatalog?
  /// Whether the catalog holds more than the file.
  private var isChanged = false

  init(
    _ table: ProviderTable, environment: [String: String], configuration: Configuration,
    userAgent: String
  ) {
    self.table = table
    self.environment = environment
    settings = configuration.providerSettings
    routes = configuration.routes
    windows = configuration.windows
    file = ModelCacheFile(environment: environment)
    self.userAgent = userAgent
  }

  /// Takes the place of a directory that had other settings, with what that one knows. The answer is what ends
  /// its look-ups; whoever waits for lists has to ask anew.
  mutating func succeed(_ other: ModelDirectory) -> [RegistryEffect] {
    catalog = other.catalog
    isChanged = other.isChanged
    return catalog?.stop() ?? []
  }

  // MARK: - Asking

  /// Tells what is known, and asks for what is old.
  ///
  /// - Parameters:
  ///   - endpoints: those in use, by provider.
  ///   - keys: those that programs have told already; none is run for a list.
  mutating func list(
    inUse endpoints: [String: Endpoint], keys: [[String]: Secret], at now: Instant
  ) -> Output {
    var catalog = opened()
    let sources = table.modelSources(
      environment: environment, settings: settings, inUse: endpoints
    ).map { $0.bearing(keys) }
    var output = Output()
    for source in sources { output.effects += catalog.wants(source, at: now) }
    self.catalog = catalog
    output.lists = [ModelList(routes)] + sources.map { list($0) } + [.guide]
    return output
  }

  /// Asks these anew, however fresh their lists are.
  mutating func refresh(_ sources: [ModelSource], at now: Instant) -> [RegistryEffect] {
    var catalog = opened()
    defer { self.catalog = catalog }
    return sources.flatMap { catalog.refresh($0, at: now) }
  }

  /// What is known of a source, with the windows that the user configured.
  mutating func entry(of source: ModelSource) -> ModelCatalog.Entry {
    var entry = opened()[source]
    for index in entry.models.indices {
      let model = ModelID(provider: entry.provider, name: entry.models[index].name)
      entry.models[index].windowTokens = windows[model] ?? entry.models[index].windowTokens
    }
    return entry
  }

  /// What is known of a model without asking anybody: what the user configured, what our own table says, or
  /// what its server has told when it was asked for its models. Nothing costs anything on this machine.
  ///
  /// - Parameters:
  ///   - endpoint: nil for a model that no server has.
  ///   - mayRead: whether the file may be read for it, if it has not been.
  mutating func facts(of model: ModelID, at endpoint: Endpoint?, mayRead: Bool) -> ModelFacts {
    var facts = ModelFacts(windowTokens: windows[model])
    guard let endpoint else { return facts }
    func take(_ others: ModelFacts) {
      if !endpoint.isLoopback { facts.price = facts.price ?? others.price }
      facts.windowTokens = facts.windowTokens ?? others.windowTokens
    }
    take(endpoint.knownFacts(of: model.name))
    let isWhole = facts.windowTokens != nil && (facts.price != nil || endpoint.isLoopback)
    if !isWhole, let catalog = mayRead ? opened() : catalog {
      take(catalog.facts(of: model.name, at: endpoint))
    }
    return facts
  }

  private mutating func opened() -> ModelCatalog {
    let opened = catalog ?? ModelCatalog(file?.read() ?? ModelLists(), userAgent: userAgent)
    catalog = opened
    return opened
  }

  private mutating func list(_ source: ModelSource) -> ModelList { ModelList(entry(of: source)) }

  // MARK: - Hearing

  /// Whether somebody is being asked.
  var isLooking: Bool { catalog?.isLooking == true }

  /// When `advance` has something to do.
  var deadline: Instant? { catalog?.deadline }

  /// What came from the transport; events of other transfers change nothing.
  mutating func receive(
    _ event: TransferEvent, from transfer: TransferID, at now: Instant
  ) -> Output {
    take(catalog?.receive(event, from: transfer, at: now))
  }

  /// Gives up what has taken too long.
  mutating func advance(to now: Instant) -> Output {
    take(catalog?.advance(to: now))
  }

  /// Gives up all that is under way, after this long.
  mutating func giveUp(afterMilliseconds milliseconds: Int64, at now: Instant) -> Output {
    take(catalog?.giveUp(afterMilliseconds: milliseconds, at: now))
  }

  private mutating func take(_ output: ModelCatalog.Output?) -> Output {
    guard let output else { return Output() }
    isChanged = isChanged || !output.settled.isEmpty
    return Output(effects: output.effects, lists: output.settled.map { list($0) })
  }

  // MARK: - Keeping

  /// Writes what came into the file, once nobody is asked any more.
  mutating func saveWhenQuiet() {
    if !isLooking { save() }
  }

  /// Writes what came into the file.
  mutating func save() {
    guard isChanged, let catalog else { return }
    isChanged = false
    file?.write(catalog.knownLists)
  }
}

// Who answers: what the command line names, else what the environment configures, else whatever listens
// on this machine, else the built-in guide. What the user names in the chat goes before all of it, and
// stays.

public import Chat
public import Wire

/// Finds the model that answers. A value: time is an argument, transfers are effects.
public struct ModelFinder: Sendable {
  /// What has come of looking.
  public enum Finding: Hashable, Sendable {
    /// These models answer, or this one; the place says where, in the user's words.
    case found(Route, place: String)
    /// None answers; the sentence says why and what to do.
    case missing(String)
    /// The named one cannot be asked, and whatever was chosen before stays.
    case refused(String)
    /// The same, because no provider is called so.
    case unknownProvider(String, known: [String])
  }

  /// Where a model's replies come from.
  public enum Source: Hashable, Sendable {
    /// The guide's, told by this program.
    case guide
    case server(Endpoint)
    /// A program of this machine.
    case command(CommandProvider)
    /// Nowhere, as things are configured: one of several in a chain or a pool.
    case unavailable(StreamFailure)
  }

  /// What one step gave.
  public struct Output: Hashable, Sendable {
    /// To be carried out in this order.
    public var effects: [RegistryEffect]
    /// Nil while nothing has come of it.
    public var finding: Finding?

    public init(effects: [RegistryEffect] = [], finding: Finding? = nil) {
      self.effects = effects
      self.finding = finding
    }
  }

  private enum State: Sendable {
    case settled
    case asking(ModelLookup)
    case discovering(Discovery)
  }

  /// The guide as a model.
  public static let guide = ModelID(provider: "guide", name: "guide")

  private let table: ProviderTable
  private let environment: [String: String]
  private let settings: [String: ProviderSetting]
  private let wanted: String?
  private let routes: [String: Route]
  private let commands: [String: CommandProvider]
  private let userAgent: String
  private var state = State.settled
  /// Those that were found, by provider.
  public private(set) var endpoints: [String: Endpoint] = [:]
  private var unavailable: [ModelID: StreamFailure] = [:]
  /// Providers that were found with other settings and cannot be asked with these.
  private var lost: [String: StreamFailure] = [:]
  private var lastLookup: UInt64 = 0

  /// - Parameters:
  ///   - environment: the variables of the providers count, `HOME` for commands in it, and
  ///     `PATTER_DISCOVER`, which is 0 where nothing is to be looked for on this machine.
  ///   - settings: what the configuration says of providers, by their ids.
  ///   - wanted: the model or route that was named beforehand; it goes before everything else.
  ///   - routes: the chains and pools by name.
  ///   - commands: programs that answer as providers, by name.
  public init(
    _ table: ProviderTable, environment: [String: String],
    settings: [String: ProviderSetting] = [:], wanted: String?,
    routes: [String: Route] = [:], commands: [String: CommandProvider] = [:],
    userAgent: String
  ) {
    self.table = table
    self.environment = environment
    self.settings = settings
    self.wanted = wanted
    self.routes = routes
    self.commands = commands.mapValues { $0.expanded(home: environment["HOME"]) }
    self.userAgent = userAgent
  }

  /// Where the replies of a model come from that was found, alone or in a route, now or by a finder that this
  /// one succeeded; nil for one that was not.
  public func source(of model: ModelID) -> Source? {
    if model == ModelFinder.guide { return .guide }
    if let failure = unavailable[model] { return .unavailable(failure) }
    if let command = commands[model.provider] { return .command(command) }
    return endpoints[model.provider].map(Source.server)
      ?? lost[model.provider].map(Source.unavailable)
  }

  /// Where the replies of a route that was found come from as things are configured now, in the user's words; nil
  /// where it cannot be asked. It changes nothing.
  public func place(of route: Route) -> String? {
    if route.models == [ModelFinder.guide] { return ModelFinder.guidePlace }
    let isThere = route.models.contains { model in
      switch source(of: model) {
      case .server, .command, .guide: true
      case .unavailable, nil: false
      }
    }
    guard isThere else { return nil }
    if route.models.count > 1 { return ModelFinder.place(ofAll: route) }
    let provider = route.models[0].provider
    return commands[provider] != nil
      ? ModelFinder.commandPlace : endpoints[provider].map(ModelFinder.place)
  }

  /// When `advance` has something to do.
  public var deadline: Instant? {
    switch state {
    case .settled: nil
    case .asking(let lookup): lookup.deadline
    case .discovering(let discovery): discovery.deadline
    }
  }

  // MARK: - Other settings

  /// Whether somebody is being asked who may answer.
  public var isLooking: Bool { deadline != nil }

  /// Takes the place of a finder that had other settings. What that one found is found again, as things are
  /// configured now: the models are in use. Who cannot be asked any more fails with the reason.
  ///
  /// - Returns: What ends the look-up that was under way. Whoever waits for it has to look anew.
  public mutating func succeed(_ other: ModelFinder) -> [RegistryEffect] {
    var other = other
    lastLookup = other.lastLookup
    let providers = Set(other.endpoints.keys).union(other.commands.keys).union(other.lost.keys)
    for provider in providers.sorted() {
      lost[provider] = refusal(of: provider).map { StreamFailure(.refused, $0.reason) }
    }
    for model in other.unavailable.keys {
      unavailable[model] = refusal(of: model.provider).map { StreamFailure(.refused, $0.reason) }
    }
    return other.stopLooking()
  }

  // MARK: - Looking

  /// Takes the model, the chain or the pool of this name. Whether its server has it shows when it is
  /// asked. A look-up that is still under way ends: the user has chosen.
  public mutating func find(named name: String) -> Output {
    let finding = choose(name)
    guard case .found = finding else { return Output(finding: finding) }
    return Output(effects: stopLooking(), finding: finding)
  }

  /// What has come of looking for several models at once.
  public enum Racers: Hashable, Sendable {
    case found([ModelID])
    /// One of them cannot be asked.
    case refused(Finding)
  }

  /// Takes the models of these names, and of a chain or a pool all that are in it. Who answers stays, and so
  /// does a look-up that is under way.
  public mutating func find(racers names: [String]) -> Racers {
    var models: [ModelID] = []
    for name in names {
      let finding = choose(name)
      guard case .found(let route, place: _) = finding else { return .refused(finding) }
      models += route.models
    }
    return .found(models)
  }

  /// Finds whichever model answers.
  public mutating func findAny(at now: Instant) -> Output {
    let effects = stopLooking()
    var output = look(at: now)
    output.effects = effects + output.effects
    return output
  }

  private mutating func choose(_ name: String) -> Finding {
    if let route = routes[name] { return choose(route) }
    guard let model = ModelID(name) else {
      let known = routes.keys.sorted().map { "“\($0)”" }
      let others = known.isEmpty ? "" : ", or one of \(known.joined(separator: ", "))"
      return .refused(
        "“\(name)” names no model: a provider and a name belong there, such as "
          + "ollama/llama3.2\(others).")
    }
    return choose(model)
  }

  /// A route is found if any model of it is; what is wrong with the others is told when their turn comes.
  private mutating func choose(_ route: Route) -> Finding {
    var refusals: [Finding] = []
    for model in route.models {
      let finding = choose(model)
      guard case .found = finding else {
        refusals.append(finding)
        unavailable[model] = StreamFailure(.refused, finding.reason)
        continue
      }
      unavailable[model] = nil
    }
    if refusals.count == route.models.count { return refusals[0] }
    return .found(route, place: ModelFinder.place(ofAll: route))
  }

  /// A named model: found, or refused with the reason.
  private mutating func choose(_ model: ModelID) -> Finding {
    if commands[model.provider] != nil {
      return .found(Route(model), place: ModelFinder.commandPlace)
    }
    if let provider = table[model.provider], provider.server == nil {
      return model == ModelFinder.guide
        ? .found(Route(model), place: ModelFinder.guidePlace)
        : .refused("The guide has one voice only: \(ModelFinder.guide).")
    }
    if let refusal = refusal(of: model.provider) { return refusal }
    let place = endpoints[model.provider].map(ModelFinder.place)
    return .found(Route(model), place: place ?? "")
  }

  /// Why this provider cannot be asked; nil for one that can be, whose endpoint is known from then on unless
  /// it is a program.
  private mutating func refusal(of id: String) -> Finding? {
    if commands[id] != nil || endpoints[id] != nil { return nil }
    guard let provider = table[id] else {
      return .unknownProvider(id, known: table.rows.map(\.id) + commands.keys.sorted())
    }
    do {
      endpoints[id] = try endpoint(of: provider)
      return nil
    } catch {
      return .refused(error.message)
    }
  }

  private func endpoint(of provider: Provider) throws(EndpointError) -> Endpoint {
    try provider.endpoint(
      environment: environment, setting: settings[provider.id] ?? ProviderSetting())
  }

  private func isConfigured(_ provider: Provider) -> Bool {
    provider.isConfigured(environment: environment) || settings[provider.id] != nil
  }

  private mutating func look(at now: Instant) -> Output {
    if let wanted {
      let finding = choose(wanted)
      guard case .refused(let reason) = finding else { return Output(finding: finding) }
      return Output(finding: .missing(reason))
    }
    for provider in table.rows where isConfigured(provider) {
      do {
        return ask(try endpoint(of: provider), at: now)
      } catch {
        return Output(finding: .missing(error.message))
      }
    }
    guard environment["PATTER_DISCOVER"] != "0" else { return Output(finding: settleOnGuide()) }
    var discovery = Discovery(table, firstNumber: lastLookup + 1, userAgent: userAgent)
    lastLookup += UInt64(table.rows.count)
    let effects = discovery.start(at: now)
    state = .discovering(discovery)
    return Output(effects: effects)
  }

  /// A configured endpoint answers with the model its row names, or with the first it lists.
  private mutating func ask(_ endpoint: Endpoint, at now: Instant) -> Output {
    endpoints[endpoint.providerID] = endpoint
    switch endpoint.modelRule {
    case .named(let name):
      let model = ModelID(provider: endpoint.providerID, name: name)
      return Output(finding: .found(Route(model), place: ModelFinder.place(of: endpoint)))
    case .mustBeNamed:
      return Output(
        finding: .missing(
          "\(endpoint.providerName) knows its models by the names you gave them. Choose one with "
            + "/model \(endpoint.providerID)/NAME."))
    case .firstListed:
      lastLookup += 1
      var lookup = ModelLookup(endpoint, number: lastLookup, userAgent: userAgent)
      let effects = lookup.start(at: now)
      state = .asking(lookup)
      return Output(effects: effects)
    }
  }

  private mutating func stopLooking() -> [RegistryEffect] {
    defer { state = .settled }
    switch state {
    case .settled: return []
    case .asking(var lookup): return lookup.stop()
    case .discovering(var discovery): return discovery.stop()
    }
  }

  // MARK: - Hearing

  /// What came from the transport; events of other transfers change nothing.
  public mutating func receive(
    _ event: TransferEvent, from transfer: TransferID, at now: Instant
  ) -> Output {
    step(
      { $0.receive(event, from: transfer, at: now) },
      { $0.receive(event, from: transfer, at: now) })
  }

  /// Gives up what has taken too long.
  public mutating func advance(to now: Instant) -> Output {
    step({ $0.advance(to: now) }, { $0.advance(to: now) })
  }

  private mutating func step(
    _ ask: (inout ModelLookup) -> [RegistryEffect],
    _ discover: (inout Discovery) -> [RegistryEffect]
  ) -> Output {
    switch state {
    case .settled:
      return Output()
    case .asking(var lookup):
      let effects = ask(&lookup)
      state = .asking(lookup)
      guard let finding = finding(of: lookup) else { return Output(effects: effects) }
      state = .settled
      return Output(effects: effects, finding: finding)
    case .discovering(var discovery):
      let effects = discover(&discovery)
      state = .discovering(discovery)
      guard let finding = finding(of: discovery) else { return Output(effects: effects) }
      return Output(effects: effects + stopLooking(), finding: finding)
    }
  }

  private func finding(of lookup: ModelLookup) -> Finding? {
    switch lookup.answer {
    case .waiting: nil
    case .failed(let failure): .missing(failure.message)
    case .models:
      lookup.model.map { .found(Route($0), place: ModelFinder.place(of: lookup.endpoint)) }
    }
  }

  private mutating func finding(of discovery: Discovery) -> Finding? {
    switch discovery.outcome {
    case .searching: return nil
    case .nothing: return settleOnGuide()
    case .found(let server):
      endpoints[server.endpoint.providerID] = server.endpoint
      return .found(Route(server.model), place: ModelFinder.place(of: server.endpoint))
    }
  }

  private func settleOnGuide() -> Finding {
    .found(Route(ModelFinder.guide), place: ModelFinder.guidePlace)
  }

  // MARK: - Words

  private static let guidePlace = "built in, no model"
  private static let commandPlace = "a program of this machine"

  private static func place(ofAll route: Route) -> String {
    route.models.map(\.description).joined(separator: route.order == .chain ? ", then " : " and ")
  }

  private static func place(of endpoint: Endpoint) -> String {
    endpoint.bearsProviderName
      ? "\(endpoint.providerName) at \(endpoint.serverName)" : "at \(endpoint.serverName)"
  }
}

extension ModelFinder.Finding {
  /// Why nothing came of it, for the user.
  fileprivate var reason: String {
    switch self {
    case .found: ""
    case .missing(let reason), .refused(let reason): reason
    case .unknownProvider(let name, known: _): "There is no provider “\(name)”."
    }
  }
}

// Who answers: what the command line names, else what the environment configures, else whatever listens
// on this machine, else the built-in guide. A value; the transfers it wants are effects.

import Chat
import Interface
import Providers
import Settings
import Wire

struct ModelFinder {
  /// What one step gave.
  struct Output {
    var effects: [RegistryEffect] = []
    var events: [AppEvent] = []
  }

  /// What is being asked.
  private enum State {
    case settled
    case asking(ModelLookup)
    case discovering(Discovery)
  }

  /// The guide as a model.
  static let guide = ModelID(provider: "guide", name: "guide")

  private let table: ProviderTable
  private let environment: [String: String]
  private let userAgent: String
  private let wanted: ModelID?
  private var state = State.settled
  private var endpoints: [String: Endpoint] = [:]
  private var lastLookup: UInt64 = 0

  /// - Parameter wanted: the model the command line names; it goes before everything else.
  init(
    table: ProviderTable, environment: [String: String], wanted: ModelID?, userAgent: String
  ) {
    self.table = table
    self.environment = environment
    self.wanted = wanted
    self.userAgent = userAgent
  }

  /// Where a provider that was found is spoken to; nil for the guide, which has no server.
  func endpoint(of provider: String) -> Endpoint? { endpoints[provider] }

  /// When `advance` has something to do.
  var deadline: Instant? {
    switch state {
    case .settled: nil
    case .asking(let lookup): lookup.deadline
    case .discovering(let discovery): discovery.deadline
    }
  }

  // MARK: - Looking

  /// Finds the model of this name, or whichever answers when nil.
  mutating func find(_ name: String?, at now: Instant) -> Output {
    guard let name else { return findAny(at: now) }
    guard let model = ModelID(name) else {
      let sentence =
        "“\(name)” names no model: a provider and a name belong there, "
        + "such as ollama/llama3.2."
      return Output(events: [.notice(Notice(sentence, kind: .error))])
    }
    switch choose(model) {
    case .success(let place): return Output(events: [.modelFound(model, place: place)])
    case .failure(let fault):
      return Output(events: [.notice(Notice(fault.message, kind: .error))])
    }
  }

  /// Why a named model cannot be asked.
  struct Fault: Error {
    let message: String
  }

  /// Takes a named model; the answer says where it runs. Whether the server has the model shows when
  /// it is asked.
  mutating func choose(_ model: ModelID) -> Result<String, Fault> {
    guard let provider = table[model.provider] else {
      return .failure(Fault(message: unknownProvider(model.provider)))
    }
    guard provider.server != nil else { return .success(ModelFinder.place(of: provider)) }
    if let known = endpoints[provider.id] { return .success(ModelFinder.place(of: known)) }
    do {
      let endpoint = try provider.endpoint(environment: environment)
      endpoints[provider.id] = endpoint
      return .success(ModelFinder.place(of: endpoint))
    } catch {
      return .failure(Fault(message: error.message))
    }
  }

  private mutating func findAny(at now: Instant) -> Output {
    if let wanted {
      switch choose(wanted) {
      case .success(let place): return Output(events: [.modelFound(wanted, place: place)])
      case .failure(let fault): return Output(events: [.modelMissing(fault.message)])
      }
    }
    for provider in table.rows where provider.isConfigured(environment: environment) {
      do {
        return ask(try provider.endpoint(environment: environment), at: now)
      } catch {
        return Output(events: [.modelMissing(error.message)])
      }
    }
    guard environment["PATTER_DISCOVER"] != "0" else { return settleOnGuide() }
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
      return Output(events: [.modelFound(model, place: ModelFinder.place(of: endpoint))])
    case .firstListed:
      lastLookup += 1
      var lookup = ModelLookup(endpoint, number: lastLookup, userAgent: userAgent)
      let effects = lookup.start(at: now)
      state = .asking(lookup)
      return Output(effects: effects)
    }
  }

  // MARK: - Hearing

  /// What came from the transport; events of other transfers change nothing.
  mutating func receive(
    _ event: TransferEvent, from transfer: TransferID, at now: Instant
  ) -> Output {
    step(
      { $0.receive(event, from: transfer, at: now) }, { $0.receive(event, from: transfer, at: now) }
    )
  }

  /// Gives up what has taken too long.
  mutating func advance(to now: Instant) -> Output {
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
      return Output(effects: effects, events: settled(lookup))
    case .discovering(var discovery):
      let effects = discover(&discovery)
      state = .discovering(discovery)
      return Output(effects: effects, events: settled(discovery))
    }
  }

  private mutating func settled(_ lookup: ModelLookup) -> [AppEvent] {
    switch lookup.answer {
    case .waiting:
      return []
    case .failed(let failure):
      state = .settled
      return [.modelMissing(failure.message)]
    case .models:
      state = .settled
      guard let model = lookup.model else { return [] }
      return [.modelFound(model, place: ModelFinder.place(of: lookup.endpoint))]
    }
  }

  /// The others go on until they have answered or the time is over; nobody listens to them any more.
  private mutating func settled(_ discovery: Discovery) -> [AppEvent] {
    switch discovery.outcome {
    case .searching:
      return []
    case .nothing:
      return settleOnGuide().events
    case .found(let server):
      guard endpoints[server.endpoint.providerID] == nil else { return [] }
      endpoints[server.endpoint.providerID] = server.endpoint
      return [.modelFound(server.model, place: ModelFinder.place(of: server.endpoint))]
    }
  }

  private mutating func settleOnGuide() -> Output {
    state = .settled
    let place = table["guide"].map(ModelFinder.place(of:)) ?? ""
    return Output(events: [.modelFound(ModelFinder.guide, place: place)])
  }

  // MARK: - Words

  private static func place(of endpoint: Endpoint) -> String {
    "\(endpoint.providerName) at \(endpoint.authority)"
  }

  private static func place(of provider: Provider) -> String { "built in, no model" }

  private func unknownProvider(_ name: String) -> String {
    let names = table.rows.map(\.id)
    let guess = nearest(to: name, among: names).map { "Did you mean \($0)? " } ?? ""
    return "There is no provider “\(name)”. \(guess)There are \(names.joined(separator: ", "))."
  }
}

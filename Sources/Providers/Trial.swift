// Who connects a model looks around first: which servers run on this machine, and which models one provider
// has. Nothing of it is kept, and one thing is asked at a time.

public import Chat
public import Wire

/// The look-ups of somebody who is not connected yet. A value: time is an argument, transfers are effects.
public struct Trial: Sendable {
  /// What has come of one.
  public enum Finding: Hashable, Sendable {
    /// The servers of this machine that answered; all have answered, or their time is over.
    case machine([FoundServer])
    /// What a server has, with what our own table knows of it.
    case models(Endpoint, [ListedModel])
    /// There is no list. The key is to blame, or not: some keys may chat and not list.
    case failed(StreamFailure, isKeyRefused: Bool)
  }

  /// What one step gave.
  public struct Output: Hashable, Sendable {
    /// To be carried out in this order.
    public var effects: [RegistryEffect] = []
    /// Nil while nothing has come of it.
    public var finding: Finding?
  }

  private enum Asking: Sendable {
    case nobody
    case machine(Discovery)
    case models(ModelLookup)
  }

  /// The first number of this value's look-ups: those of `ModelFinder` are below, those of `ModelCatalog`
  /// above.
  private static let firstNumber: UInt64 = 1 << 62

  /// Whether the transfer is one of a trial's look-ups.
  public static func owns(_ transfer: TransferID) -> Bool {
    switch transfer {
    case .lookup(let number): number >= firstNumber && !ModelCatalog.owns(transfer)
    case .stream: false
    }
  }

  private let userAgent: String
  private var nextNumber = Trial.firstNumber
  private var asking = Asking.nobody

  public init(userAgent: String) {
    self.userAgent = userAgent
  }

  /// When `advance` has something to do.
  public var deadline: Instant? {
    switch asking {
    case .nobody: nil
    case .machine(let discovery): discovery.deadline
    case .models(let lookup): lookup.deadline
    }
  }

  /// Looks for servers on this machine. No key goes to any.
  public mutating func lookAround(_ table: ProviderTable, at now: Instant) -> Output {
    var output = Output(effects: stop())
    var discovery = Discovery(table, firstNumber: nextNumber, userAgent: userAgent)
    nextNumber += UInt64(table.rows.count)
    output.effects += discovery.start(at: now)
    asking = .machine(discovery)
    output.finding = settle()
    return output
  }

  /// Asks a server for its models.
  public mutating func listModels(of endpoint: Endpoint, at now: Instant) -> Output {
    var output = Output(effects: stop())
    var lookup = ModelLookup(endpoint, number: nextNumber, userAgent: userAgent)
    nextNumber += 1
    output.effects += lookup.start(at: now)
    asking = .models(lookup)
    return output
  }

  /// Ends what is under way; nothing comes of it any more.
  public mutating func stop() -> [RegistryEffect] {
    defer { asking = .nobody }
    switch asking {
    case .nobody: return []
    case .machine(var discovery): return discovery.stop()
    case .models(var lookup): return lookup.stop()
    }
  }

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
    _ look: (inout Discovery) -> [RegistryEffect],
    _ list: (inout ModelLookup) -> [RegistryEffect]
  ) -> Output {
    var output = Output()
    switch asking {
    case .nobody: return output
    case .machine(var discovery):
      output.effects = look(&discovery)
      asking = .machine(discovery)
    case .models(var lookup):
      output.effects = list(&lookup)
      asking = .models(lookup)
    }
    output.finding = settle()
    return output
  }

  /// What has come of it, once it is whole.
  private mutating func settle() -> Finding? {
    let finding: Finding?
    switch asking {
    case .nobody: finding = nil
    case .machine(let discovery):
      finding = discovery.deadline == nil ? .machine(discovery.found) : nil
    case .models(let lookup):
      switch lookup.answer {
      case .waiting: finding = nil
      case .failed(let failure):
        // A program that tells a key is not run for a list.
        let isKeyUnknown = lookup.endpoint.key == nil && lookup.endpoint.keyCommand != nil
        finding = .failed(
          failure,
          isKeyRefused: failure.kind == .unauthorized && lookup.status != 403 && !isKeyUnknown)
      case .models(let models):
        let endpoint = lookup.endpoint
        finding = .models(
          endpoint,
          models.map {
            // Who else speaks a provider's language has its own prices.
            endpoint.isOwnAddress
              ? KnownModels.completing($0, of: endpoint.providerID) : $0
          })
      }
    }
    if finding != nil { asking = .nobody }
    return finding
  }
}

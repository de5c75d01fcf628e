// When nothing is configured, a server may still be running on this machine. All are asked at once;
// the table's order says whose answer counts, and an answer that cannot be overtaken any more is
// not waited for twice.

public import Chat
public import Wire

/// A server that was found, and what it has.
public struct FoundServer: Hashable, Sendable {
  /// How it is reached; without a key.
  public let endpoint: Endpoint
  /// At least one, in the server's order.
  public let models: [ListedModel]
  /// The model that answers unless the user names another.
  public let model: ModelID
}

/// Looks for servers on this machine. A value: time is an argument, transfers are effects.
public struct Discovery: Sendable {
  /// What has come of it.
  public enum Outcome: Hashable, Sendable {
    /// A server that comes first in the table may still answer.
    case searching
    case found(FoundServer)
    case nothing
  }

  /// For all servers together. On the own machine an answer takes a few milliseconds; a program that
  /// begins should not be felt to wait.
  public static let limitMilliseconds = 150
  /// The longest list of models, in bytes.
  public static let limitBytes = 256 * 1024

  private var lookups: [ModelLookup]

  /// - Parameter firstNumber: names the first transfer, as `TransferID.lookup`; the others follow it.
  public init(_ table: ProviderTable, firstNumber: UInt64, userAgent: String) {
    let limits = ModelLookup.Limits(
      milliseconds: Self.limitMilliseconds, connectMilliseconds: Self.limitMilliseconds,
      bytes: Self.limitBytes)
    // A key from the environment is not sent to whoever happens to listen.
    let endpoints = table.rows.filter { $0.server?.isSought == true }.compactMap { row in
      try? row.endpoint()
    }
    lookups = endpoints.enumerated().map { offset, endpoint in
      ModelLookup(
        endpoint, number: firstNumber + UInt64(offset), userAgent: userAgent, limits: limits)
    }
  }

  /// Asks all of them.
  public mutating func start(at now: Instant) -> [RegistryEffect] {
    each { $0.start(at: now) }
  }

  /// What came from the transport; events of other transfers change nothing.
  public mutating func receive(
    _ event: TransferEvent, from transfer: TransferID, at now: Instant
  ) -> [RegistryEffect] {
    each { $0.receive(event, from: transfer, at: now) }
  }

  /// Closes what is still open when the time is over.
  public mutating func advance(to now: Instant) -> [RegistryEffect] {
    each { $0.advance(to: now) }
  }

  /// Ends all look-ups that have not answered.
  mutating func stop() -> [RegistryEffect] {
    each { $0.stop() }
  }

  /// When `advance` has something to do; nil when all have answered.
  public var deadline: Instant? { lookups.compactMap(\.deadline).min() }

  /// The first server of the table that answered, as soon as none before it can answer any more.
  public var outcome: Outcome {
    for lookup in lookups {
      switch lookup.answer {
      case .waiting: return .searching
      case .failed: continue
      case .models:
        if let server = found(by: lookup) { return .found(server) }
      }
    }
    return .nothing
  }

  /// All that have answered so far, in the table's order.
  public var found: [FoundServer] { lookups.compactMap(found) }

  private func found(by lookup: ModelLookup) -> FoundServer? {
    guard case .models(let models) = lookup.answer, let model = lookup.model else { return nil }
    return FoundServer(endpoint: lookup.endpoint, models: models, model: model)
  }

  private mutating func each(_ step: (inout ModelLookup) -> [RegistryEffect]) -> [RegistryEffect] {
    lookups.indices.flatMap { step(&lookups[$0]) }
  }
}

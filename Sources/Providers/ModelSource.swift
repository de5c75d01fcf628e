// Whose models can be asked for: providers that the environment or the user's file configures, servers
// that may run on this machine, and whoever answers already.

/// A provider that may be asked for its models.
public struct ModelSource: Hashable, Sendable {
  /// The row's id.
  public let provider: String
  /// Who is asked, for people: the provider's name, or the server's where another answers under it.
  public let name: String
  /// Nil where the provider has none as things are configured; then there is a fault.
  public private(set) var endpoint: Endpoint?
  /// Why it cannot be asked.
  public private(set) var fault: String?
  /// Nobody said that there is such a server: it is looked for, and that it is not there is no failure.
  public let isGuess: Bool

  /// The program that tells its key, and its arguments, where no key is known.
  var missingKeyCommand: [String]? { endpoint?.key == nil ? endpoint?.keyCommand : nil }

  /// The same with its key, if that is among those that programs have told.
  public func bearing(_ keys: [[String]: Secret]) -> ModelSource {
    guard let command = missingKeyCommand, let key = keys[command] else { return self }
    var source = self
    source.endpoint = endpoint?.bearing(key)
    return source
  }

  /// The same, which cannot be asked for this reason.
  func failing(_ reason: String) -> ModelSource {
    var source = self
    source.fault = reason
    return source
  }

  /// The address that its list is known under.
  var address: String { endpoint?.baseURL ?? "" }

  private init(_ row: Provider, fault: String) {
    provider = row.id
    name = row.name
    endpoint = nil
    self.fault = fault
    isGuess = false
  }

  /// An endpoint that is in use, or is asked for by name.
  init(_ endpoint: Endpoint, isGuess: Bool = false) {
    provider = endpoint.providerID
    name = endpoint.bearsProviderName ? endpoint.providerName : endpoint.serverName
    self.endpoint = endpoint
    fault = nil
    self.isGuess = isGuess
  }

  /// The row as the environment and the configuration describe it; nil for one that has no server.
  public init?(_ row: Provider, environment: [String: String], setting: ProviderSetting?) {
    guard row.server != nil else { return nil }
    do throws(EndpointError) {
      self.init(
        try row.endpoint(environment: environment, setting: setting ?? ProviderSetting()))
    } catch {
      self.init(row, fault: error.message)
    }
  }
}

extension ProviderTable {
  /// Those to ask for their models, in the table's order: configured, in use, or sought on this machine,
  /// unless `PATTER_DISCOVER` is 0. A key only goes to the endpoint it is meant for: who merely happens to
  /// listen is told none.
  ///
  /// - Parameters:
  ///   - settings: what the configuration says of providers, by their ids.
  ///   - endpoints: those in use, by provider.
  public func modelSources(
    environment: [String: String], settings: [String: ProviderSetting] = [:],
    inUse endpoints: [String: Endpoint] = [:]
  ) -> [ModelSource] {
    let isSeeking = environment["PATTER_DISCOVER"] != "0"
    return rows.compactMap { row in
      if let endpoint = endpoints[row.id] { return ModelSource(endpoint) }
      let setting = settings[row.id]
      if setting != nil || row.isConfigured(environment: environment) {
        return ModelSource(row, environment: environment, setting: setting)
      }
      guard isSeeking, row.server?.isSought == true, let endpoint = try? row.endpoint() else {
        return nil
      }
      return ModelSource(endpoint, isGuess: true)
    }
  }
}

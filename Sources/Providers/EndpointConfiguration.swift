// The environment as a value → an endpoint. Nothing here reads the process's own environment.

public import Wire

/// Why a provider cannot be spoken to as it is configured.
public enum EndpointError: Error, Hashable, Sendable {
  /// A local source: there is no server.
  case noServer(provider: String)
  /// The address is none. `source` names where it was written: a variable, or "the address".
  case badAddress(source: String, AddressFault)
  /// The provider's own address needs a key and there is none.
  case missingKey(provider: String, variable: String)
  /// The key in the configuration names a variable that is not set.
  case unsetVariable(provider: String, variable: String)
  /// The provider has no address that is everybody's, and none is written.
  case missingAddress(provider: String, variable: String)

  /// What is wrong and what to do, in a sentence for the user. Holds nothing of the address: it may
  /// hold a password.
  public var message: String {
    switch self {
    case .noServer(let provider): "\(provider) answers by itself and has no server."
    case .badAddress(let source, let fault): "\(source) \(fault.demand)."
    case .missingKey(let provider, let variable): "\(provider) needs a key. Set \(variable)."
    case .unsetVariable(let provider, let variable):
      "The apiKey of \(provider) in config.yaml names \(variable), which is not set."
    case .missingAddress(let provider, let variable):
      "\(provider) answers at an address of your own. Set \(variable)."
    }
  }
}

extension Provider {
  /// True if the environment says anything of this provider, so that it is meant to be used. The version of
  /// an interface alone says nothing.
  public func isConfigured(environment: [String: String]) -> Bool {
    guard !isNamedOnly, let variables = server?.variables else { return false }
    return (variables.keys.map(\.name) + [variables.baseURL]).contains { variable in
      value(of: variable, in: environment) != nil
    }
  }

  /// The endpoint that the environment describes and, where it says nothing, the configuration. A variable
  /// that is empty or blank counts as unset.
  public func endpoint(
    environment: [String: String], setting: ProviderSetting = ProviderSetting()
  ) throws(EndpointError) -> Endpoint {
    guard let server else { throw .noServer(provider: name) }
    let variables = server.variables
    let extra = variables.headers.compactMap { row -> HTTPHeader? in
      value(of: row.variable, in: environment).map { HTTPHeader(row.header, headerValue($0)) }
    }
    let keyed = variables.keys.lazy.compactMap { variable in
      value(of: variable.name, in: environment).flatMap(Secret.init).map { (variable, $0) }
    }.first
    let written = value(of: variables.baseURL, in: environment)
    let setting = isMeant(setting, for: written, server) ? setting : ProviderSetting()
    let baseURL = written ?? setting.baseURL
    var key = keyed?.1
    var keyOrigin = keyed.map { KeyOrigin.variable($0.0.name) }
    var keyCommand: [String]?
    switch setting.key {
    case .text(let text) where key == nil:
      do {
        key = try text.key(in: environment)
        let variables = text.withoutSecrets.map { " " + oneLine($0) } ?? ""
        keyOrigin = .configuration(member: text.isOfFile ? "apiKeyFile" : "apiKey\(variables)")
      } catch {
        throw .unsetVariable(provider: name, variable: error.name)
      }
    case .command(let arguments) where key == nil:
      keyCommand = expanded(arguments, home: environment["HOME"])
      keyOrigin = .configuration(member: "apiKeyCommand")
    case .text, .command, nil: break
    }
    var endpoint = try endpoint(
      baseURL: baseURL, from: written == nil ? .configuration(provider: id) : nil,
      version: value(of: variables.version, in: environment).map(headerValue),
      key: key, keyCommand: keyCommand, keyHeader: keyed?.0.header,
      headers: extra + setting.headers)
    endpoint.keyOrigin = keyOrigin
    return endpoint
  }

  /// Whether what the configuration says is meant for the address in the environment. Its key and its
  /// headers, which may hold one, are for the address beside them, or else for the provider's own where
  /// nobody is taken without a key; who leads the provider elsewhere for once does not take them along.
  private func isMeant(
    _ setting: ProviderSetting, for written: String?, _ server: Server
  ) -> Bool {
    guard let written, let meant = setting.baseURL ?? (server.needsKey ? server.baseURL : nil)
    else { return true }
    guard let other = try? server.dialect.rules.address(written),
      let address = try? server.dialect.rules.address(meant)
    else { return false }
    return other.scheme == address.scheme && other.host == address.host
      && other.port == address.port
  }

  /// The endpoint at an address from elsewhere; nil for the row's own.
  ///
  /// - Parameter origin: who gave the address; nil for the variable that may.
  public func endpoint(
    baseURL: String? = nil, from origin: AddressOrigin? = nil, version: String? = nil,
    key: Secret? = nil,
    keyCommand: [String]? = nil,
    keyHeader: KeyHeader? = nil, headers: [HTTPHeader] = []
  ) throws(EndpointError) -> Endpoint {
    guard let server else { throw .noServer(provider: name) }
    let variable = server.variables.baseURL
    let origin: AddressOrigin =
      server.isElsewhere
      ? .configuration(provider: id) : origin ?? variable.map(AddressOrigin.variable) ?? .own
    let addressName = (baseURL == nil ? variable : origin.name) ?? "the address of \(name)"
    let own: ServerAddress?
    let written: ServerAddress?
    do {
      own = try server.baseURL.map { text throws(AddressFault) in try ServerAddress(text) }
      written = try baseURL.map { text throws(AddressFault) in
        try server.dialect.rules.address(text)
      }
    } catch {
      throw .badAddress(source: addressName, error)
    }
    guard let address = written ?? own else {
      throw .missingAddress(provider: name, variable: addressName)
    }
    // Where there is no address that is everybody's, each is the provider's own.
    let isOwnAddress = own.map { address.host == $0.host && address.port == $0.port } ?? true
    if isOwnAddress, key == nil, keyCommand == nil, server.needsKey,
      let variable = server.variables.key
    {
      throw .missingKey(provider: name, variable: variable)
    }
    return Endpoint(
      self, server, at: server.traits.paths.root(of: address), version: version, key: key,
      keyCommand: keyCommand, keyHeader: keyHeader, headers: headers, isOwnAddress: isOwnAddress,
      addressOrigin: written == nil && !server.isElsewhere ? .own : origin)
  }
}

private func value(of variable: String?, in environment: [String: String]) -> String? {
  guard let variable, let text = environment[variable] else { return nil }
  return text.allSatisfy(\.isWhitespace) ? nil : text
}

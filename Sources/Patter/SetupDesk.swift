// What the screen that connects a model needs to know of providers, and the key that is written meanwhile.
// `SetupDesk+Saving.swift` writes what was chosen.

import Chat
import Interface
import Providers
import Settings
import Wire

/// Who may be connected, and by what. The key is forgotten when the screen closes.
struct SetupDesk {
  /// Why something cannot be tried or saved, as a sentence.
  struct Refusal: Error, Hashable {
    let message: String
  }

  /// What a test may take of a model that thinks before it says hello.
  private static let testTokens = 1_024
  /// The id of the offer that is another server than those of the table.
  private static let otherServer = "another server"
  private static let otherServerType = "openai"
  /// What such a server is called in the configuration, with a number behind it where that is taken.
  private static let otherServerName = "server"

  let arguments: Arguments
  let environment: [String: String]
  /// As things are configured now.
  var start: Preparation
  var keyField = KeyField()

  /// Whether the screen comes by itself where only the guide answers. Who named a model or has something to ask
  /// wants no questions; nor does who said that nothing is to be looked for, as a script does.
  var isOffered: Bool {
    start.wanted == nil && arguments.prompt == nil && environment["PATTER_DISCOVER"] != "0"
  }

  /// Whether servers of this machine are looked for.
  var looksAround: Bool { environment["PATTER_DISCOVER"] != "0" }

  // MARK: - Who may answer

  /// Those who are configured, then the servers that were found, then everybody else.
  ///
  /// - Parameter found: nil while the servers of this machine are still being asked.
  func offers(found: [FoundServer]?) -> [SetupOffer] {
    let rows = start.providers.rows.filter { $0.server != nil && !$0.isNamedOnly }
    var configured: [SetupOffer] = []
    var running: [SetupOffer] = []
    var others: [SetupOffer] = []
    for row in rows {
      if let offer = configuredOffer(row) {
        configured.append(offer)
      } else if let server = found?.first(where: { $0.endpoint.providerID == row.id }) {
        let count = server.models.count
        running.append(
          SetupOffer(
            id: row.id, name: row.name,
            detail: "at \(server.endpoint.serverName), \(count) \(count == 1 ? "model" : "models")",
            isReady: true, address: server.endpoint.baseURL))
      } else {
        others.append(offer(row))
      }
    }
    let other = SetupOffer(
      id: SetupDesk.otherServer, name: "Another server", detail: "speaks as OpenAI does",
      asksAddress: true)
    return configured + running + others + [other]
  }

  /// A provider that the environment or the configuration says something of.
  private func configuredOffer(_ row: Provider) -> SetupOffer? {
    let isWritten = start.configuration.providerSettings[row.id] != nil
    guard isWritten || row.isConfigured(environment: environment) else { return nil }
    var offer = offer(row)
    let variables = row.server?.variables
    let set = ((variables?.keys.map(\.name) ?? []) + [variables?.baseURL].compactMap(\.self))
      .first { environment[$0]?.trimmed.isEmpty == false }
    offer.detail = set.map { "\($0) is set" } ?? "in config.yaml"
    let named = variables?.baseURL.flatMap { environment[$0]?.trimmed }.flatMap {
      $0.isEmpty ? nil : $0
    }
    if let address = named ?? start.configuration.providerSettings[row.id]?.baseURL {
      // One with a key in it is not shown, and so cannot be changed here.
      offer.address = withoutKeys(inAddress: address) == address ? address : ""
    }
    offer.isReady = (try? endpoint(of: SetupTrial(provider: row.id))) != nil
    return offer
  }

  private func offer(_ row: Provider) -> SetupOffer {
    let server = row.server
    let needsKey = server?.needsKey == true
    let address = server?.baseURL ?? ""
    let isLocal = address.hasPrefix("http://127.")
    var detail = needsKey ? "needs a key" : ""
    if address.isEmpty { detail = "needs an address and a key" }
    if isLocal { detail = "not found at \(address.split(separator: "/").dropFirst().first ?? "")" }
    let asksAddress = address.isEmpty || isLocal
    // One that is not asked for may be the user's own, with a key in it, and a trace records what is offered.
    return SetupOffer(
      id: row.id, name: row.name, detail: detail, needsKey: needsKey,
      variable: server?.variables.key, address: asksAddress ? address : "",
      asksAddress: asksAddress)
  }

  // MARK: - Trying

  /// The provider that a trial is about.
  private func provider(of trial: SetupTrial) throws(Refusal) -> Provider {
    let isOther = trial.provider == SetupDesk.otherServer
    let id = isOther ? SetupDesk.otherServerType : trial.provider
    guard let row = start.providers[id], row.server != nil else {
      throw Refusal(message: "There is no provider \(id).")
    }
    guard isOther, let address = trial.address else { return row }
    // One of its own: neither the variables nor the settings of the provider that it speaks like are meant for it.
    if let fault = row.fault(ofAddress: address) {
      throw Refusal(message: "The address \(fault).")
    }
    guard let own = try? row.namesake(nameOfServer(at: address), at: address) else {
      throw Refusal(message: "The address cannot be used.")
    }
    return own
  }

  /// The id of the user's own provider at this address, or one that nobody has.
  private func nameOfServer(at address: String) -> String {
    let numbers = (2...100).map { "\(SetupDesk.otherServerName)\($0)" }
    let names = [SetupDesk.otherServerName] + numbers
    return names.first { name in
      start.providers[name] == nil && start.configuration.commands[name] == nil
        || start.configuration.providerSettings[name]?.baseURL == address
    } ?? SetupDesk.otherServerName
  }

  /// What is to stand in the configuration, and the environment without what would go before it.
  struct Access {
    var provider: Provider
    var setting: ProviderSetting
    var environment: [String: String]
    /// Members of the provider that are to be written, but for a key that was pasted.
    var members: [(name: String, value: String)] = []
    /// Variables that are set and go before what is written.
    var strongerVariables: [String] = []
  }

  /// How a provider is reached in a trial.
  func access(for trial: SetupTrial) throws(Refusal) -> Access {
    let row = try provider(of: trial)
    var access = Access(
      provider: row,
      setting: start.configuration.providerSettings[row.id] ?? ProviderSetting(),
      environment: environment)
    let variables = row.server?.variables
    let addressVariable = variables?.baseURL
    let keyVariables = variables?.keys.map(\.name) ?? []
    func isSet(_ name: String) -> Bool { environment[name]?.trimmed.isEmpty == false }
    if let address = trial.address {
      if let fault = row.fault(ofAddress: address) {
        throw Refusal(message: "The address \(fault).")
      }
      if let name = addressVariable, isSet(name) { access.strongerVariables.append(name) }
      addressVariable.map { access.environment[$0] = nil }
      // A key that is meant for the provider's own address does not go to another one.
      for name in keyVariables { access.environment[name] = nil }
      access.setting = ProviderSetting(baseURL: address)
      if trial.provider == SetupDesk.otherServer {
        access.members.append(("type", SetupDesk.otherServerType))
      }
      access.members.append(("baseURL", address))
    } else if trial.key != .known, let name = addressVariable, isSet(name) {
      // What is written must be meant for the address that is asked.
      access.setting.baseURL = environment[name]
      access.members.append(("baseURL", environment[name] ?? ""))
    }
    let key: String
    switch trial.key {
    case .known:
      // Unset they would be sent to the address that is written.
      if trial.address != nil { access.strongerVariables += keyVariables.filter(isSet) }
      return access
    case .variable(let name):
      key = "${\(name)}"
      access.members.append(("apiKey", key))
      access.strongerVariables += keyVariables.filter { $0 != name && isSet($0) }
    case .written:
      guard let written = keyField.key(in: environment) else {
        throw Refusal(message: "Paste the key once more.")
      }
      key = written
      access.strongerVariables += keyVariables.filter(isSet)
    }
    for name in keyVariables where trial.key != .variable(name) { access.environment[name] = nil }
    do {
      access.setting.key = .text(try KeyText(key))
    } catch {
      throw Refusal(message: "This cannot be a key.")
    }
    return access
  }

  func endpoint(of trial: SetupTrial) throws(Refusal) -> Endpoint {
    let access = try access(for: trial)
    do {
      var endpoint = try access.provider.endpoint(
        environment: access.environment, setting: access.setting)
      endpoint.isTried = true
      return endpoint
    } catch {
      throw Refusal(message: error.message)
    }
  }

  /// The prompt that is tried.
  func outgoing(_ prompt: String, to model: String, of endpoint: Endpoint) -> Outgoing {
    var outgoing = Outgoing(
      model: ModelID(provider: endpoint.providerID, name: model),
      messages: [Outgoing.Message(role: .user, parts: [.text(prompt)])])
    outgoing.options.maxTokens = SetupDesk.testTokens
    return outgoing
  }

  /// What is told of a look-up that has ended.
  func event(of finding: Trial.Finding) -> SetupEvent {
    switch finding {
    case .machine(let servers): .providers(offers(found: servers), isLooking: false)
    case .models(let endpoint, let models):
      .models(
        models.map {
          PickerItem($0.name, details: ModelList.details(of: $0))
        }.sorted(putting: endpoint.chosenModel(among: models.map(\.name))))
    case .failed(let failure, let isKeyRefused):
      .modelsFailed(
        failure.message, isKeyRefused: isKeyRefused, isUnreachable: failure.kind == .unreachable)
    }
  }
}

extension [PickerItem] {
  /// The same with the likely one first.
  fileprivate func sorted(putting first: String?) -> [PickerItem] {
    filter { $0.id == first } + filter { $0.id != first }
  }
}

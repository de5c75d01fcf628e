public import Chat
public import Wire

/// A provider's server as this user reaches it: where it is, the key, and what else it is told.
///
/// It is made from a row and an environment: `provider.endpoint(environment:)`.
public struct Endpoint: Hashable, Sendable {
  /// The row's id and name.
  public let providerID: String
  public let providerName: String
  /// Headers beside those that every request has. None of them is printed if it says it is secret.
  public let headers: [HTTPHeader]
  /// Which model answers when the user names none. The row's own choice holds only at the row's own
  /// address: another server with the same dialect has other models.
  public let modelRule: ModelRule

  let server: Provider.Server
  let address: ServerAddress
  /// The version of the interface, where the paths depend on one.
  let version: String?
  /// What this server is known to refuse.
  var concessions: Set<Concession> = []
  private(set) var key: Secret?
  /// A program that prints the key, and its arguments, where no key is known.
  let keyCommand: [String]?
  /// Who gave the key; nil where there is none, or nobody says.
  var keyOrigin: KeyOrigin?
  /// Who gave the address.
  public let addressOrigin: AddressOrigin
  /// True while somebody connects it: whoever reads of a failure then has the key and the address before him,
  /// and is not told in which file or variable they are.
  public var isTried = false
  let keyHeader: KeyHeader

  init(
    _ provider: Provider, _ server: Provider.Server, at address: ServerAddress, version: String?,
    key: Secret?, keyCommand: [String]? = nil, keyHeader: KeyHeader?, headers: [HTTPHeader],
    isOwnAddress: Bool, addressOrigin: AddressOrigin
  ) {
    providerID = provider.id
    providerName = provider.name
    self.server = server
    self.address = address
    self.version = version
    self.key = key
    self.keyCommand = key == nil ? keyCommand : nil
    self.keyHeader = keyHeader ?? server.keyHeader ?? server.dialect.rules.keyHeader
    self.headers = headers
    modelRule = isOwnAddress ? provider.modelRule : .firstListed
    self.isOwnAddress = isOwnAddress
    self.addressOrigin = addressOrigin
  }

  /// The normalised address that paths are appended to: no slash at its end.
  public var baseURL: String { address.url }

  /// `host:port`.
  public var authority: String { address.authority }

  /// True if this is the provider's own server, and not another that speaks like it.
  public let isOwnAddress: Bool

  /// What our own table says of one of the provider's models; nothing where another server answers: who else
  /// speaks a provider's language has its own models and prices.
  public func knownFacts(of model: String) -> ModelFacts {
    isOwnAddress ? KnownModels.facts(of: model, at: providerID) : ModelFacts()
  }

  /// True if the provider's name says who answers. Servers of every kind speak OpenAI's dialect, and
  /// whoever runs one of their own must not read that the prompt goes to OpenAI.
  var bearsProviderName: Bool {
    isOwnAddress || !["openai", "openai-responses"].contains(providerID)
  }

  /// Who is asked, as the beginning of a sentence.
  var subject: String { bearsProviderName ? providerName : "The server at \(authority)" }

  /// The same with a key.
  func bearing(_ key: Secret) -> Endpoint {
    var endpoint = self
    endpoint.key = key
    return endpoint
  }

  /// The accent of the server's Chat Completions. Whoever else answers in OpenAI's place is taken for one
  /// of the many who do as most do.
  var chatTraits: ChatTraits { bearsProviderName ? server.traits : ChatTraits() }

  /// The server as a person calls it: `host:port`, or the host alone where the port goes without saying.
  public var serverName: String { address.name }

  /// True if the server is this machine.
  public var isLoopback: Bool { address.isLoopback }

  /// The model the rule picks from what the server lists, where it must be looked up. Models that
  /// embed, rank, hear, speak, paint or judge are passed over as long as another is there: servers list
  /// them among the rest.
  public func chosenModel(among models: [String]) -> String? {
    let other = [
      "embed", "rerank", "bge-", "minilm", "whisper", "transcri", "tts", "speech", "orpheus",
      "voxtral",
      "ocr", "image", "imagine", "video", "guard", "moderation",
    ]
    let chats = models.filter { name in
      let name = name.lowercased()
      return !other.contains { name.contains($0) }
    }
    return chats.first ?? models.first
  }
}

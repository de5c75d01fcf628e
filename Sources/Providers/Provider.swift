// One row says all that is particular about a provider. A new server that speaks a dialect we know
// is one row in `ProviderTable`; a new dialect is a type of its own that keeps `DialectRules`.

/// Which model answers when the user named none.
public enum ModelRule: Hashable, Sendable {
  /// This one.
  case named(String)
  /// The first that the server lists.
  case firstListed
  /// None: the server knows only names that its owner gave.
  case mustBeNamed
}

/// A row of the provider table.
public struct Provider: Hashable, Sendable {
  /// The name before the slash in `PROVIDER/NAME`, for example `openai`.
  public let id: String
  /// The name on screen, for example `OpenAI`.
  public let name: String
  /// Which model answers by default, at the provider's own address.
  public let modelRule: ModelRule
  /// True if it answers to its name alone, because the variables that configure it are another row's too.
  public let isNamedOnly: Bool
  /// Nil for a local source, which has no server behind it.
  public let server: Server?

  public init(
    id: String, name: String, modelRule: ModelRule = .firstListed, isNamedOnly: Bool = false,
    server: Server?
  ) {
    self.id = id
    self.name = name
    self.modelRule = modelRule
    self.isNamedOnly = isNamedOnly
    self.server = server
  }

  /// How a provider's server is found and spoken to.
  public struct Server: Hashable, Sendable {
    public let dialect: Dialect
    /// What the paths of the dialect are appended to, unless the environment names another; nil where
    /// there is none that is everybody's.
    public let baseURL: String?
    /// The header that carries a key; nil for the dialect's own.
    let keyHeader: KeyHeader?
    /// The environment variables that configure it.
    public let variables: Variables
    /// True if the provider's own address takes nobody without a key.
    public let needsKey: Bool
    /// True if the server may run on this machine unasked: discovery looks for it there.
    public let isSought: Bool
    /// How to start the server, as the middle of a sentence; empty where nobody but the provider can.
    public let startAdvice: String
    /// The accent of its Chat Completions.
    public let traits: ChatTraits
    /// True for a server of the user's own: the address is what the configuration says.
    private(set) var isElsewhere = false

    init(
      _ dialect: Dialect, at baseURL: String?, variables: Variables = Variables(),
      keyHeader: KeyHeader? = nil, needsKey: Bool = false, isSought: Bool = false,
      startAdvice: String = "",
      traits: ChatTraits = ChatTraits()
    ) {
      self.dialect = dialect
      self.baseURL = baseURL
      self.variables = variables
      self.keyHeader = keyHeader ?? variables.keys.first?.header
      self.needsKey = needsKey
      self.isSought = isSought
      self.startAdvice = startAdvice
      self.traits = traits
    }

    /// The same server at an address of somebody's own: nobody's variables, and a key only where the
    /// configuration says so.
    func elsewhere(_ baseURL: String, traits: ChatTraits) -> Server {
      var server = Server(dialect, at: baseURL, keyHeader: keyHeader, traits: traits)
      server.isElsewhere = true
      return server
    }
  }

  /// The names of environment variables; nil where there is none.
  public struct Variables: Hashable, Sendable {
    /// Those that may hold a key; the first that is set counts.
    public let keys: [KeyVariable]
    public let baseURL: String?
    /// Holds the version of the interface that paths are made for.
    public let version: String?
    /// Headers whose values are variables: the header's name, then the variable's.
    public let headers: [HeaderVariable]

    /// The variable that people are told to set.
    public var key: String? { keys.first?.name }

    public init(
      key: String? = nil, in keyHeader: KeyHeader? = nil, otherKeys: [KeyVariable] = [],
      baseURL: String? = nil, version: String? = nil, headers: [HeaderVariable] = []
    ) {
      keys = (key.map { [KeyVariable($0, in: keyHeader)] } ?? []) + otherKeys
      self.baseURL = baseURL
      self.version = version
      self.headers = headers
    }
  }

  /// A variable that may hold a key.
  public struct KeyVariable: Hashable, Sendable {
    public let name: String
    /// The header that carries this key; nil for the server's own.
    public let header: KeyHeader?

    public init(_ name: String, in header: KeyHeader? = nil) {
      self.name = name
      self.header = header
    }
  }

  /// A header that is sent when a variable is set.
  public struct HeaderVariable: Hashable, Sendable {
    /// The header's name.
    public let header: String
    /// The environment variable that holds its value.
    public let variable: String

    public init(_ header: String, from variable: String) {
      self.header = header
      self.variable = variable
    }
  }
}

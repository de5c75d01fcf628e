// What travels over a socket, whoever is at the far end.

/// One HTTP request, ready to be sent.
public struct HTTPRequest: Hashable, Sendable {
  public enum Method: String, Hashable, Sendable {
    case get = "GET"
    case post = "POST"
  }

  public var method: Method
  /// An absolute `http` or `https` address.
  public var url: String
  public var headers: [HTTPHeader]
  public var body: [UInt8]
  /// From the start of the look-up to the end of the TLS handshake.
  public var connectTimeoutMilliseconds: Int
  /// Whether the request goes past any proxy that the environment names, because the server is this
  /// machine.
  public var passesProxyBy: Bool

  public init(
    _ method: Method, url: String, headers: [HTTPHeader] = [], body: [UInt8] = [],
    connectTimeoutMilliseconds: Int = 10_000, passesProxyBy: Bool = false
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.connectTimeoutMilliseconds = connectTimeoutMilliseconds
    self.passesProxyBy = passesProxyBy
  }
}

/// One header line. A secret one says so, and then never prints its value.
public struct HTTPHeader: Hashable, Sendable {
  public var name: String
  public var value: String
  public var isSecret: Bool

  public init(_ name: String, _ value: String, isSecret: Bool = false) {
    self.name = name
    self.value = value
    self.isSecret = isSecret
  }
}

extension HTTPHeader: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String { "\(name): \(isSecret ? "(secret)" : value)" }
  public var debugDescription: String { description }
  /// What `dump` shows: no more than `description`.
  public var customMirror: Mirror { Mirror(self, children: ["line": description]) }
}

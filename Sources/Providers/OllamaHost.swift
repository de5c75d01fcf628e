/// Reads `OLLAMA_HOST` as Ollama itself does (ollama `envconfig/config.go`, `Host`), then turns what
/// can only be listened on into what can be called.
///
/// No scheme: `http` and port 11434; `http://` without a port: 80; `https://`: 443; `ollama.com`
/// alone: `https`. An invalid port counts as none. A path is kept.
enum OllamaHost {
  static let defaultPort = 11434

  static func address(_ text: String) throws(AddressFault) -> ServerAddress {
    let text = unquoted(text)
    var scheme = ServerAddress.Scheme.http
    var defaultPort = Self.defaultPort
    var rest = text
    if let (schemeText, afterScheme) = cut(text, at: "://") {
      guard let written = ServerAddress.Scheme(rawValue: schemeText) else { throw .noScheme }
      scheme = written
      defaultPort = written.defaultPort
      rest = afterScheme
    } else if text == "ollama.com" {
      scheme = .https
      defaultPort = scheme.defaultPort
    }
    guard !rest.contains("@") else { throw .namesUser }
    let (authority, path) = cut(rest, at: "/") ?? (rest, "")
    let (host, portText) = splitHostAndPort(authority) ?? (withoutBrackets(authority), "")
    let port = portNumber(portText) ?? defaultPort
    let callable = callableHost(host)
    guard isHost(callable) else { throw .noHost }
    // The server takes port 0 for "any"; nobody can call that.
    return ServerAddress(
      scheme: scheme, host: callable, port: port == 0 ? defaultPort : port, path: path)
  }

  /// "Every address" is where a server listens; this machine is where it then answers.
  private static func callableHost(_ host: String) -> String {
    switch host {
    case "", "0.0.0.0": "127.0.0.1"
    case "::": "::1"
    default: host
    }
  }
}

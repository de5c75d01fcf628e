// Where a server is, read once from what a person wrote, so that nothing after it has to guess.

/// An `http` or `https` address without a name, password, query or fragment: what paths are
/// appended to.
struct ServerAddress: Hashable, Sendable {
  enum Scheme: String, Hashable, Sendable {
    case http
    case https

    var defaultPort: Int {
      switch self {
      case .http: 80
      case .https: 443
      }
    }
  }

  let scheme: Scheme
  /// A name or a number, in lower case; IPv6 without its brackets.
  let host: String
  /// 1 to 65535.
  let port: Int
  /// Empty, or a path that begins with a slash and does not end with one.
  let path: String

  init(scheme: Scheme, host: String, port: Int, path: String) {
    self.scheme = scheme
    self.host = host.lowercased()
    self.port = port
    self.path = Self.normalised(path)
  }

  /// Reads an address; throws why it is none.
  init(_ text: String) throws(AddressFault) {
    let text = unquoted(text)
    guard let (schemeText, rest) = cut(text, at: "://"),
      let scheme = Scheme(rawValue: schemeText.lowercased())
    else { throw .noScheme }
    let (authority, path) = cut(rest, at: "/") ?? (rest, "")
    guard !authority.contains("@") else { throw .namesUser }
    guard !text.contains(where: { $0 == "?" || $0 == "#" }) else { throw .hasQuery }

    let (host, portText) = splitHostAndPort(authority) ?? (withoutBrackets(authority), "")
    let port = portText.isEmpty ? scheme.defaultPort : portNumber(portText)
    guard isHost(host) else { throw .noHost }
    guard let port, port > 0 else { throw .badPort }
    guard path.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { throw .badPath }
    self.init(scheme: scheme, host: host, port: port, path: path)
  }

  /// The address as it goes into a request; the port is left out where the scheme implies it.
  var url: String {
    "\(scheme.rawValue)://\(name)\(path)"
  }

  /// The same without this end of its path, which a dialect appends by itself: people write it both ways.
  func withoutPathEnd(_ end: String) -> ServerAddress {
    guard path.hasSuffix(end) else { return self }
    return ServerAddress(
      scheme: scheme, host: host, port: port, path: String(path.dropLast(end.count)))
  }

  /// `host:port`, as failures name the server.
  var authority: String {
    host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }

  /// `host:port`, or the host alone where the scheme implies the port: what a person calls the server.
  var name: String {
    let bracketed = host.contains(":") ? "[\(host)]" : host
    return port == scheme.defaultPort ? bracketed : authority
  }

  /// True for this machine itself.
  var isLoopback: Bool {
    host == "localhost" || host == "::1" || octets?[0] == 127
  }

  /// True for an address of a network that is somebody's own (RFC 1918, 3927, 4193, 4291, 6598), and for a name that
  /// only such a network knows: without a dot, or below one of the names kept for that (RFC 6762, 8375, 6761).
  var isPrivate: Bool {
    if host.contains(":") {
      // fc00::/7 and fe80::/10.
      guard let first = UInt16(host.prefix { $0 != ":" }, radix: 16) else { return false }
      return first & 0xFE00 == 0xFC00 || first & 0xFFC0 == 0xFE80
    }
    guard let octets else {
      let ends = [".local", ".localhost", ".internal", ".home.arpa", ".lan"]
      return !host.contains(".") || ends.contains(where: host.hasSuffix)
    }
    switch (octets[0], octets[1]) {
    case (10, _), (172, 16...31), (192, 168), (169, 254), (100, 64...127): return true
    default: return false
    }
  }

  /// Whether what is sent there can be read on its way.
  var isInTheClear: Bool {
    switch scheme {
    case .https: false
    case .http: !isLoopback && !isPrivate
    }
  }

  /// The numbers of an IPv4 address; nil for any other host.
  private var octets: [UInt8]? {
    let pieces = host.split(separator: ".", omittingEmptySubsequences: false)
    // With a zero in front they may be meant in base 8.
    let numbers = pieces.compactMap { $0.count > 1 && $0.hasPrefix("0") ? nil : UInt8($0) }
    return pieces.count == 4 && numbers.count == 4 ? numbers : nil
  }

  private static func normalised(_ path: String) -> String {
    var bytes = Array(path.utf8)
    while bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
    if let first = bytes.first, first != UInt8(ascii: "/") {
      bytes.insert(UInt8(ascii: "/"), at: 0)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// Why a text is no address of a server.
public enum AddressFault: Error, Hashable, Sendable {
  /// It does not begin with `http://` or `https://`.
  case noScheme
  /// No host follows, or one that cannot be a host.
  case noHost
  /// The port is no number from 1 to 65535.
  case badPort
  /// The path holds white space or control characters.
  case badPath
  /// It has a query or a fragment; paths are appended to it, so it cannot.
  case hasQuery
  /// It has a name or a password; those would be sent and shown where nobody looks for a secret.
  case namesUser

  /// What the address must be, to follow a name: "OPENAI_BASE_URL …".
  var demand: String {
    switch self {
    case .noScheme: "must begin with http:// or https://"
    case .noHost: "must name a host after http:// or https://"
    case .badPort: "must have a port from 1 to 65535"
    case .badPath: "must not hold blanks"
    case .hasQuery: "must not hold ? or #"
    case .namesUser: "must not hold a name and password"
    }
  }
}

/// The parts before and after the first `separator`; nil without one.
func cut(_ text: String, at separator: String) -> (String, String)? {
  guard let range = text.firstRange(of: separator) else { return nil }
  return (String(text[..<range.lowerBound]), String(text[range.upperBound...]))
}

/// `HOST:PORT` or `[IPv6]:PORT`, with the rule of Go's `net.SplitHostPort`: nil without a port, or
/// where colons without brackets leave open which one parts the two.
func splitHostAndPort(_ text: String) -> (host: String, port: String)? {
  guard let colon = text.lastIndex(of: ":") else { return nil }
  let host = text[..<colon]
  let port = String(text[text.index(after: colon)...])
  if host.hasPrefix("[") {
    return host.hasSuffix("]") ? (String(host.dropFirst().dropLast()), port) : nil
  }
  return host.contains(":") ? nil : (String(host), port)
}

/// A port of ASCII digits from 0 to 65535.
func portNumber(_ text: String) -> Int? {
  guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = Int(text),
    port <= 65535
  else { return nil }
  return port
}

/// The inside of `[…]`, or the text itself.
func withoutBrackets(_ text: String) -> String {
  text.hasPrefix("[") && text.hasSuffix("]") ? String(text.dropFirst().dropLast()) : text
}

/// True if nothing in the text can end the host and begin something else. Names outside ASCII are
/// the transport's to judge.
func isHost(_ text: String) -> Bool {
  !text.isEmpty
    && text.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...: true
      case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: ":"): true
      default: false
      }
    }
}

/// The text without white space and without quotation marks around it, as a shell's user may have
/// left them in a variable.
func unquoted(_ text: String) -> String {
  let isBlank = { (character: Character) in character.isWhitespace }
  let isQuote = { (character: Character) in character == "\"" || character == "'" }
  return trimmed(trimmed(trimmed(text, isBlank), isQuote), isBlank)
}

private func trimmed(_ text: String, _ isOuter: (Character) -> Bool) -> String {
  String(text.drop(while: isOuter).reversed().drop(while: isOuter).reversed())
}

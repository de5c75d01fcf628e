// What the user's configuration says of a provider. The environment goes before it, as it does with every
// program: its key goes to the address that is written here, too, which may be a proxy or a gateway. The other way
// round a key that is written here does not follow a variable to another address. A provider of the user's own reads
// no variable. Which key goes where is said by `Endpoint.keySentence`.

public import Wire

/// Where a provider is and how its key is had, as far as the configuration says.
public struct ProviderSetting: Hashable, Sendable {
  public var baseURL: String?
  public var key: KeySource?
  /// Headers beside those that every request has.
  public var headers: [HTTPHeader]

  public init(baseURL: String? = nil, key: KeySource? = nil, headers: [HTTPHeader] = []) {
    self.baseURL = baseURL
    self.key = key
    self.headers = headers
  }
}

/// Where a key comes from.
public enum KeySource: Hashable, Sendable {
  /// The key itself, or text in which `${NAME}` stands for a variable of the environment.
  case text(KeyText)
  /// A program that prints it, such as a password manager, and its arguments. Never empty.
  case command([String])
}

/// A key as it is written in a configuration. It never prints.
public struct KeyText: Hashable, Sendable {
  /// Why a text is none; a sentence without the text, which may be a key.
  public enum Fault: Error, Hashable, Sendable {
    /// A `${` that is not closed, or no name between the braces.
    case badVariable
    /// Nothing is written.
    case empty
  }

  private enum Piece: Hashable, Sendable {
    case literal(String)
    case variable(String)
  }

  private let pieces: [Piece]
  /// True for a key that stands in a file of its own.
  let isOfFile: Bool

  public init(_ text: String) throws(Fault) {
    var pieces: [Piece] = []
    var rest = text[...]
    while let start = rest.firstRange(of: "${") {
      if start.lowerBound > rest.startIndex {
        pieces.append(.literal(String(rest[..<start.lowerBound])))
      }
      guard let end = rest[start.upperBound...].firstIndex(of: "}") else { throw .badVariable }
      let name = String(rest[start.upperBound..<end])
      guard KeyText.isName(name) else { throw .badVariable }
      pieces.append(.variable(name))
      rest = rest[rest.index(after: end)...]
    }
    if !rest.allSatisfy(\.isWhitespace) { pieces.append(.literal(String(rest))) }
    guard !pieces.isEmpty else { throw .empty }
    self.pieces = pieces
    isOfFile = false
  }

  /// A key as it stands in a file of its own: nothing in it means anything else. Nil where there is none.
  public init?(literally text: String) {
    guard Secret(text) != nil else { return nil }
    pieces = [.literal(text)]
    isOfFile = true
  }

  /// The text as it was written where it holds nothing but variables; nil where it holds a key.
  public var withoutSecrets: String? {
    var text = ""
    for piece in pieces {
      switch piece {
      case .literal(let literal):
        guard literal.allSatisfy(\.isWhitespace) else { return nil }
        text += literal
      case .variable(let name): text += "${\(name)}"
      }
    }
    return text
  }

  /// How many characters of it are written out.
  public var secretCharacterCount: Int {
    pieces.reduce(0) { count, piece in
      if case .literal(let literal) = piece { count + literal.count } else { count }
    }
  }

  /// The key, with the variables put in.
  ///
  /// - Throws: the name of a variable that is not set, or blank.
  func key(in environment: [String: String]) throws(UnsetVariable) -> Secret {
    var text = ""
    for piece in pieces {
      switch piece {
      case .literal(let literal): text += literal
      case .variable(let name):
        guard let value = environment[name], !value.allSatisfy(\.isWhitespace) else {
          throw UnsetVariable(name: name)
        }
        text += value
      }
    }
    guard let key = Secret(text) else { throw UnsetVariable(name: "") }
    return key
  }

  /// A variable without a value.
  struct UnsetVariable: Error, Hashable {
    let name: String
  }

  /// A name as POSIX has them: letters, digits and `_`, and no digit first.
  private static func isName(_ text: String) -> Bool {
    let isLetter = { (byte: UInt8) in
      (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "_")
    }
    guard let first = text.utf8.first, isLetter(first) else { return false }
    return text.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) }
  }
}

extension KeyText: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String { secretMark }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

extension Provider {
  /// A provider of the user's own that speaks as this one does, at another address. The variables of this
  /// one are not its variables.
  public func namesake(_ id: String, at baseURL: String) throws(AddressFault) -> Provider? {
    guard let server else { return nil }
    let address = try server.dialect.rules.address(baseURL)
    // Who speaks like OpenAI at another address speaks as most do.
    let traits = self.id == "openai" ? ChatTraits() : server.traits
    return Provider(id: id, name: id, server: server.elsewhere(address.url, traits: traits))
  }

  /// What is wrong with an address for this provider, to follow the name of who wrote it; nil if nothing
  /// is.
  public func fault(ofAddress text: String) -> String? {
    guard let server else { return nil }
    do {
      _ = try server.dialect.rules.address(text)
      return nil
    } catch {
      return error.demand
    }
  }
}

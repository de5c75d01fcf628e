// Who gave an endpoint its address and its key, so that sentences name the place where that is mended, and a report
// says which key goes where. Never the key itself.

import Wire

/// Where an address comes from.
public enum AddressOrigin: Hashable, Sendable {
  /// The provider's row: it is everybody's.
  case own
  /// A variable of the environment.
  case variable(String)
  /// The `baseURL` of this provider in the configuration.
  case configuration(provider: String)

  /// The place as sentences name it; nil where nobody wrote the address.
  var name: String? {
    switch self {
    case .own: nil
    case .variable(let name): name
    case .configuration(let provider): "providers.\(provider).baseURL in config.yaml"
    }
  }
}

/// Where a key comes from.
public enum KeyOrigin: Hashable, Sendable {
  /// A variable of the environment.
  case variable(String)
  /// This member of the provider in the configuration, with the variables that it names.
  case configuration(member: String)
}

extension Endpoint {
  /// Whose key goes along, as the middle of a sentence; nil where none does.
  public var keyName: String? {
    switch keyOrigin {
    case .variable(let name): name
    case .configuration(let member): "the \(member) of \(providerID) in config.yaml"
    case nil: nil
    }
  }

  /// Whether what is sent can be read on its way: it is not encrypted, and leaves this machine and its network.
  public var isInTheClear: Bool { address.isInTheClear }

  /// Which key goes to which server, as a sentence; nil where no key does and nothing can be read on its way. Headers
  /// that the user wrote may be one.
  public var keySentence: String? {
    let key: String? =
      switch keyOrigin {
      case .variable(let name): name
      case .configuration(let member): "The key of \(providerID) (\(member))"
      case nil: nil
      }
    let subject: String
    switch (key, hasOwnHeaders) {
    case (let key?, true): subject = "\(key) and the headers of \(providerID) go"
    case (let key?, false): subject = "\(key) goes"
    case (nil, true): subject = "The headers of \(providerID) go"
    case (nil, false):
      guard isInTheClear else { return nil }
      subject = "What is asked goes"
    }
    return "\(subject) to \(serverName)"
      + (isInTheClear ? " over plain http: whoever is on the way can read it." : ".")
  }

  /// What can be read on its way, to follow the name of who gave the address; nil where nothing can.
  public var exposure: String? {
    guard isInTheClear else { return nil }
    let things =
      ["prompts", "replies"] + (keyOrigin == nil ? [] : ["the key"])
      + (hasOwnHeaders ? ["headers"] : [])
    return "is plain http: whoever is on the way can read "
      + "\(things.dropLast().joined(separator: ", ")) and \(things[things.count - 1])."
  }

  /// Whether the user wrote headers for it.
  private var hasOwnHeaders: Bool { headers.contains(where: \.isSecret) }
}

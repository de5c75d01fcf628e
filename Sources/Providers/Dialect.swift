// Where the dialects meet. A dialect is one type that keeps `DialectRules`; a row of the provider table
// names it, and nothing else has to know of it.

import Chat
import Wire

/// The language of a provider's wire.
public struct Dialect: Hashable, Sendable {
  let rules: any DialectRules.Type

  init(_ rules: any DialectRules.Type) {
    self.rules = rules
  }

  public static func == (left: Dialect, right: Dialect) -> Bool {
    ObjectIdentifier(left.rules) == ObjectIdentifier(right.rules)
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(rules))
  }
}

/// What is particular about a dialect: how a reply is asked for, and how the answer is read.
protocol DialectRules: SendableMetatype {
  /// The media type of a reply's body.
  static var replyType: String { get }

  /// Headers beside those that every request has.
  static var headers: [HTTPHeader] { get }

  /// The header that carries a key, unless the row or the key's variable names another.
  static var keyHeader: KeyHeader { get }

  /// Reads an address as a person writes it in the variable of this dialect.
  static func address(_ text: String) throws(AddressFault) -> ServerAddress

  /// Where a reply is asked for, behind the base URL.
  static func chatPath(_ outgoing: Outgoing, to endpoint: Endpoint) -> String

  /// The body that asks for one reply.
  ///
  /// - Throws: what cannot be asked for in this dialect, as the failure of the stream that was to be.
  static func chatBody(
    _ outgoing: Outgoing, to endpoint: Endpoint
  ) throws(StreamFailure) -> [UInt8]

  /// Whether a reply that is to go on may be sent as the last message, so that the model has to; never asked
  /// of a model that is to think. See `Continuation.swift`.
  static func takesPrefill(_ outgoing: Outgoing, at endpoint: Endpoint) -> Bool

  /// What may help where the server refused a request (400, 422) for a member that it does not know; nil
  /// where nothing will.
  ///
  /// - Parameter refusal: the body of the response, in lower case.
  static func concession(
    to refusal: String, of outgoing: Outgoing, to endpoint: Endpoint
  ) -> Concession?

  /// A decoder for the body of one reply.
  static func makeDecoder() -> any ReplyDecoder

  /// Where the models are listed, behind the base URL.
  ///
  /// - Parameter page: what the page before said of the next one; nil for the first.
  static func modelsPath(page: String?, at endpoint: Endpoint) -> String

  /// The models of a page, in the server's order; nil if the bytes are no such list.
  static func models(from bytes: [UInt8]) -> ModelPage?

  /// True if a body of this media type is certainly of another dialect.
  static func isOther(_ mediaType: String) -> Bool

  /// What to do about a server without models, in a sentence.
  static var loadAdvice: String { get }

  /// What to do about a model that the server does not have, in a sentence. The name is on one line.
  static func modelAdvice(_ name: String) -> String

  /// What to do about a server that speaks another dialect, in a sentence.
  static var otherDialectAdvice: String { get }
}

// What most of them have in common.
extension DialectRules {
  static var headers: [HTTPHeader] { [] }
  static var keyHeader: KeyHeader { .bearer }
  static var loadAdvice: String { "Load one there, or choose with /model PROVIDER/NAME." }
  static var otherDialectAdvice: String { "Check its address and type." }

  static func address(_ text: String) throws(AddressFault) -> ServerAddress {
    try ServerAddress(text)
  }

  static func isOther(_ mediaType: String) -> Bool {
    mediaType != replyType
      && ["text/event-stream", "application/x-ndjson", "application/ndjson"].contains(mediaType)
  }

  static func takesPrefill(_ outgoing: Outgoing, at endpoint: Endpoint) -> Bool { false }

  static func concession(
    to refusal: String, of outgoing: Outgoing, to endpoint: Endpoint
  ) -> Concession? { nil }

  static func modelAdvice(_ name: String) -> String {
    "Choose another with /model PROVIDER/NAME."
  }
}

/// How a key goes into a request.
public enum KeyHeader: Hashable, Sendable {
  /// `Authorization: Bearer KEY`
  case bearer
  /// The key alone, in the header of this name.
  case named(String)

  func header(_ key: Secret) -> HTTPHeader {
    switch self {
    case .bearer: HTTPHeader("Authorization", "Bearer \(key.reveal())", isSecret: true)
    case .named(let name): HTTPHeader(name, key.reveal(), isSecret: true)
    }
  }
}

// Every way in which a reply can fail, in words: what happened and where, and what to do where that is
// more than to send again. Sending again is nobody's news: the view names its key beside the sentence,
// and it may be under way already. The sentences stand in the transcript, so they are short, calm and
// hold no secret.

import Chat
import Wire

/// Writes failures for one endpoint and, where a reply was asked for, one model.
struct FailureWording: Sendable {
  /// How much of a server's own words a sentence quotes, in characters.
  static let detailLimit = 100

  let endpoint: Endpoint
  /// The model's name at the provider; nil where only the list of models was asked for.
  let model: String?

  /// No response has come.
  func beforeResponse(_ failure: TransferFailure?, connectLimitMilliseconds: Int) -> StreamFailure {
    guard let failure else {
      return noResponse
    }
    switch failure.kind {
    case .badAddress:
      return StreamFailure(
        .refused, "\(subject) has an address that cannot be opened. \(checkAddress)")
    case .nameNotFound:
      return StreamFailure(
        .unreachable,
        "\(subject) cannot be found: no machine of that name is known. Check the network"
          + (addressPlace.map { " and \($0)." } ?? "."))
    case .connectionRefused:
      return StreamFailure(
        .unreachable, "\(subject) does not answer: nothing listens there. \(startIt)")
    case .connectTimedOut:
      return StreamFailure(
        .unreachable,
        "\(subject) could not be reached within \(inSeconds(connectLimitMilliseconds)). Check the network."
      )
    case .handshakeFailed:
      return StreamFailure(
        .unreachable,
        "\(subject) made no secure connection\(quoted(failure.detail)). \(checkAddress)")
    case .untrusted:
      return StreamFailure(
        .insecure,
        "\(subject) has a certificate that is not trusted; nothing was sent. "
          + "Check the address and this machine's clock.")
    case .noResponse, .connectionLost, .bodyCutShort:
      return noResponse
    case .notHTTP, .badResponse:
      return StreamFailure(.notUnderstood, "\(subject) does not answer in HTTP. \(checkAddress)")
    case .other:
      return StreamFailure(
        .unreachable, "\(subject) could not be reached\(quoted(failure.detail)).")
    }
  }

  /// The request was taken and nothing came for this long.
  func silentBeforeResponse(milliseconds: Int64) -> StreamFailure {
    StreamFailure(
      .unreachable,
      "\(subject) took the request and sent nothing for \(inSeconds(Int(milliseconds))).")
  }

  /// The reply began and then not even a comment came for this long.
  func silentInReply(milliseconds: Int64) -> StreamFailure {
    StreamFailure(
      .stalled,
      "\(subject) fell silent for \(inSeconds(Int(milliseconds))) in the middle of the reply.")
  }

  /// The reply began, and then signs of life came for this long and nothing of the reply.
  func stuckInReply(milliseconds: Int64) -> StreamFailure {
    StreamFailure(
      .stalled,
      "\(subject) kept the connection alive for \(inSeconds(Int(milliseconds))) and told nothing new."
    )
  }

  /// The machine slept while we waited, and after it nothing came any more.
  var lostAfterSleep: StreamFailure {
    StreamFailure(.stalled, "The connection to \(place) was lost while this machine slept.")
  }

  /// The body ended, or the connection broke, before the reply was whole.
  func truncated(lost: Bool) -> StreamFailure {
    StreamFailure(
      .truncated,
      lost
        ? "The connection to \(place) was lost in the middle of the reply."
        : "\(subject) ended the reply before it was whole.")
  }

  /// The reply ended properly and held nothing.
  var empty: StreamFailure {
    StreamFailure(.empty, "\(subject) sent an empty reply.")
  }

  /// More than a reply can be. Another one would be no shorter.
  func tooLarge(limitBytes: Int) -> StreamFailure {
    StreamFailure(
      .truncated,
      "\(subject) sent more than \(limitBytes / (1024 * 1024)) MiB for one reply; reading stopped.",
      remedy: .never)
  }

  /// The body is not this dialect.
  func confused(_ confusion: Confusion) -> StreamFailure {
    switch confusion {
    case .notJSON(let excerpt):
      StreamFailure(
        .notUnderstood,
        "\(subject) sent something that is not JSON\(quoted(excerpt)). \(checkAddress)")
    case .otherDialect: otherDialect
    case .tooLong(let message): StreamFailure(.notUnderstood, "\(subject): \(message)")
    // Whatever mixed two replies up stands between, and need not do so again.
    case .spliced:
      StreamFailure(
        .notUnderstood,
        "\(subject) began another reply in the middle of this one; reading stopped. \(checkAddress)",
        remedy: .retryOnce)
    }
  }

  /// The server speaks the language of another provider.
  var otherDialect: StreamFailure {
    StreamFailure(
      .notUnderstood,
      "\(subject) speaks another language than \(endpoint.providerName)'s. "
        + endpoint.server.dialect.rules.otherDialectAdvice)
  }

  /// The body is compressed although we asked for none.
  func compressed(_ encoding: String) -> StreamFailure {
    StreamFailure(
      .notUnderstood,
      "\(subject) compressed its reply (\(readable(encoding, limit: 20))) although it was asked not to. "
        + "Check what stands between.")
  }

  private var noResponse: StreamFailure {
    StreamFailure(.unreachable, "\(subject) closed the connection without an answer.")
  }

  // MARK: The pieces of a sentence

  /// Who and where, within a sentence: `OpenAI (api.openai.com:443)`, or `the server at HOST:PORT`
  /// where the provider is not who answers.
  var place: String { endpoint.bearsProviderName ? named : "the server at \(endpoint.authority)" }

  /// The same as its beginning.
  var subject: String { endpoint.bearsProviderName ? named : "The server at \(endpoint.authority)" }

  private var named: String { "\(endpoint.providerName) (\(endpoint.authority))" }

  /// Where the address is written, within a sentence; nil where it is the provider's own. Who connects a server has
  /// it before him, and nowhere else yet.
  private var addressPlace: String? {
    switch endpoint.addressOrigin {
    case .configuration where endpoint.isTried: "the address"
    case .own, .variable, .configuration: endpoint.addressOrigin.name
    }
  }

  var checkAddress: String {
    if let addressPlace { return "Check \(addressPlace)." }
    return endpoint.isLoopback ? "Check the server at this address." : "Check what stands between."
  }

  var chooseAnother: String { "Choose another model with /model PROVIDER/NAME." }

  /// The model's name on one line.
  var modelName: String { model.map { readable($0, limit: 80) } ?? "the model" }

  /// A server's words in one line, without secrets.
  func readable(_ text: String, limit: Int = Self.detailLimit) -> String {
    Providers.readable(text, without: endpoint.key, limit: limit)
  }

  /// `: WORDS`, or nothing where there are none. No full stop at its end: the sentence brings one.
  func quoted(_ text: String) -> String {
    var words = readable(text)
    while words.hasSuffix(".") { words.removeLast() }
    return words.isEmpty ? "" : ": \(words)"
  }

  private var startIt: String {
    let place =
      addressPlace.map { "check \($0)" }
      ?? (endpoint.isLoopback ? endpoint.server.variables.baseURL.map { "set \($0)" } : nil)
    let advice = [endpoint.server.startAdvice, place ?? ""].filter { !$0.isEmpty }
    guard let first = advice.first else { return "Check the network." }
    return first.prefix(1).uppercased() + advice.joined(separator: ", or ").dropFirst() + "."
  }
}

/// A time as a sentence tells it.
func inSeconds(_ milliseconds: Int) -> String {
  milliseconds % 1000 == 0 ? "\(milliseconds / 1000) s" : "\(milliseconds) ms"
}

// What can go wrong with a list of models.
extension FailureWording {
  /// The list is a list, and nothing is on it.
  var noModels: StreamFailure {
    StreamFailure(
      .notFound, "\(subject) has no models. \(endpoint.server.dialect.rules.loadAdvice)")
  }

  /// The list is longer than anybody's.
  func listTooLong(limitBytes: Int) -> StreamFailure {
    StreamFailure(
      .notUnderstood,
      "\(subject) sent more than \(limitBytes / 1024) KiB as its list of models. "
        + "Name one with /model \(endpoint.providerID)/NAME.")
  }
}

// Every way in which a reply can fail, in words: what happened, where, and what to do. The sentences
// stand in the transcript, so they are short, calm and hold no secret.

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
        .refused, "\(place) has an address that cannot be opened. \(checkAddress)")
    case .nameNotFound:
      return StreamFailure(
        .unreachable,
        "\(place) cannot be found: no machine of that name is known. Check the network"
          + (addressVariable.map { " and \($0)." } ?? "."))
    case .connectionRefused:
      return StreamFailure(
        .unreachable, "\(place) does not answer: nothing listens there. \(startIt)")
    case .connectTimedOut:
      return StreamFailure(
        .unreachable,
        "\(place) could not be reached within \(seconds(connectLimitMilliseconds)). "
          + "Check the network, then send again.")
    case .handshakeFailed:
      return StreamFailure(
        .unreachable,
        "\(place) made no secure connection\(quoted(failure.detail)). \(checkAddress)")
    case .untrusted:
      return StreamFailure(
        .insecure,
        "\(place) has a certificate that is not trusted; nothing was sent. "
          + "Check the address and this machine's clock.")
    case .noResponse, .connectionLost, .bodyCutShort:
      return noResponse
    case .notHTTP, .badResponse:
      return StreamFailure(.notUnderstood, "\(place) does not answer in HTTP. \(checkAddress)")
    case .other:
      return StreamFailure(
        .unreachable,
        "\(place) could not be reached\(quoted(failure.detail)). Send again in a moment.")
    }
  }

  /// The request was taken and nothing came for this long.
  func silentBeforeResponse(milliseconds: Int64) -> StreamFailure {
    StreamFailure(
      .unreachable,
      "\(place) took the request and sent nothing for \(seconds(Int(milliseconds))). "
        + "Send again, or \(chooseAnother).")
  }

  /// The reply began and then nothing came for this long.
  func silentInReply(milliseconds: Int64) -> StreamFailure {
    StreamFailure(
      .truncated,
      "\(place) fell silent for \(seconds(Int(milliseconds))) in the middle of the reply. "
        + "What came is kept; send again for another.")
  }

  /// The body ended, or the connection broke, before the reply was whole.
  func truncated(lost: Bool) -> StreamFailure {
    let what =
      lost
      ? "The connection to \(place) was lost in the middle of the reply."
      : "\(place) ended the reply before it was whole."
    return StreamFailure(.truncated, "\(what) What came is kept; send again for another.")
  }

  /// The reply ended properly and held nothing.
  var empty: StreamFailure {
    StreamFailure(.empty, "\(place) sent an empty reply. Send again, or \(chooseAnother).")
  }

  /// More than a reply can be.
  func tooLarge(limitBytes: Int) -> StreamFailure {
    StreamFailure(
      .truncated,
      "\(place) sent more than \(limitBytes / (1024 * 1024)) MiB for one reply; reading stopped. "
        + "What came is kept.")
  }

  /// The body is not this dialect.
  func confused(_ confusion: Confusion) -> StreamFailure {
    switch confusion {
    case .notJSON(let excerpt):
      StreamFailure(
        .notUnderstood,
        "\(place) sent something that is not JSON\(quoted(excerpt)). \(checkAddress)")
    case .otherDialect: otherDialect
    case .tooLong(let message): StreamFailure(.notUnderstood, "\(place): \(message)")
    }
  }

  /// The server speaks the language of another provider.
  var otherDialect: StreamFailure {
    let advice =
      switch endpoint.server.dialect {
      case .openAIChat: "For an Ollama server use /model ollama/NAME."
      case .ollama:
        "For an OpenAI-compatible server set OPENAI_BASE_URL and use /model openai/NAME."
      }
    return StreamFailure(
      .notUnderstood, "\(place) speaks another language than \(endpoint.providerName)'s. \(advice)")
  }

  /// The body is compressed although we asked for none.
  func compressed(_ encoding: String) -> StreamFailure {
    StreamFailure(
      .notUnderstood,
      "\(place) compressed its reply (\(readable(encoding, limit: 20))) although it was asked not to. "
        + "Check what stands between.")
  }

  private var noResponse: StreamFailure {
    StreamFailure(
      .unreachable, "\(place) closed the connection without an answer. Send again in a moment.")
  }

  // MARK: The pieces of a sentence

  /// Who and where: `OpenAI (api.openai.com:443)`.
  var place: String { "\(endpoint.providerName) (\(endpoint.authority))" }

  var addressVariable: String? { endpoint.server.variables.baseURL }

  var checkAddress: String {
    addressVariable.map { "Check \($0)." } ?? "Check the server at this address."
  }

  var chooseAnother: String { "choose another model with /model PROVIDER/NAME" }

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
    let variable = addressVariable.map { "check \($0)" }
    let advice = [endpoint.server.startAdvice, variable ?? ""].filter { !$0.isEmpty }
    guard let first = advice.first else { return "Check the network." }
    return first.prefix(1).uppercased() + advice.joined(separator: ", or ").dropFirst() + "."
  }

  private func seconds(_ milliseconds: Int) -> String {
    milliseconds % 1000 == 0 ? "\(milliseconds / 1000) s" : "\(milliseconds) ms"
  }
}

// What can go wrong with a list of models.
extension FailureWording {
  /// The list is a list, and nothing is on it.
  var noModels: StreamFailure {
    let advice =
      switch endpoint.server.dialect {
      case .openAIChat: "Load one there, or choose with /model PROVIDER/NAME."
      case .ollama: "Fetch one with `ollama pull NAME`."
      }
    return StreamFailure(.notFound, "\(place) has no models. \(advice)")
  }

  /// The list is longer than anybody's.
  func listTooLong(limitBytes: Int) -> StreamFailure {
    StreamFailure(
      .notUnderstood,
      "\(place) sent more than \(limitBytes / 1024) KiB as its list of models. "
        + "Name one with /model \(endpoint.providerID)/NAME.")
  }
}

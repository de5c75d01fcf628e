// What a response that is no stream, or an error in the middle of one, means for the user.

import Chat
import Wire

extension FailureWording {
  /// A response with an error status, or with a body that is no stream.
  func response(_ head: HTTPResponseHead, body: [UInt8], at now: Instant) -> StreamFailure {
    let page = ErrorBody(body, mediaType: mediaType(of: head.header("content-type")))
    let complaint = page.complaint ?? Complaint(message: page.detail)
    var failure: StreamFailure
    switch head.status {
    case 200..<300: failure = noStream(page)
    case 300..<400: failure = redirected(head)
    case 404 where page.isWebPage, 405 where page.isWebPage: failure = webPage(page)
    default:
      failure = refusal(
        head.status, complaint, retryAfter: RetryAfter.milliseconds(in: head, at: now))
    }
    failure.requestID = requestID(head)
    return failure
  }

  /// An error that came inside a stream, whose own status said that all was well.
  func complaint(_ complaint: Complaint) -> StreamFailure {
    refusal(complaint.status, complaint, retryAfter: nil)
  }

  /// The provider's name for the request, from the headers in use.
  func requestID(_ head: HTTPResponseHead) -> String? {
    let names = ["x-request-id", "request-id", "x-generation-id", "cf-ray"]
    let value = names.lazy.compactMap(head.header).first { !$0.isEmpty }
    return value.map { readable($0) }
  }

  private func noStream(_ page: ErrorBody) -> StreamFailure {
    if let complaint = page.complaint { return self.complaint(complaint) }
    if page.isWebPage { return webPage(page) }
    if page.text.allSatisfy(\.isWhitespace) { return empty }
    let wanted = model == nil ? "a list of models" : "a stream"
    return StreamFailure(
      .notUnderstood,
      "\(place) did not answer with \(wanted)\(quoted(page.text)). \(checkAddress)")
  }

  private func webPage(_ page: ErrorBody) -> StreamFailure {
    let title = page.title.map { " (\(readable($0, limit: 60)))" } ?? ""
    return StreamFailure(
      .notUnderstood,
      "This address answers with a web page\(title), not with a chat: \(place). \(checkAddress)")
  }

  private func redirected(_ head: HTTPResponseHead) -> StreamFailure {
    // What follows a question mark may hold a key, and is of no use in a base URL.
    let location = (head.header("location") ?? "").prefix { $0 != "?" && $0 != "#" }
    let target = readable(String(location))
    let whereTo = target.isEmpty ? "elsewhere without saying where" : "to \(target)"
    return StreamFailure(.notFound, "\(place) points \(whereTo) (\(head.status)). \(checkAddress)")
  }

  private func refusal(
    _ status: Int?, _ complaint: Complaint, retryAfter: Int?
  ) -> StreamFailure {
    let kind = FailureRule.kind(status: status, complaint)
    // Without a status the words stand alone.
    let words = quoted(complaint.message ?? complaint.code ?? complaint.type ?? "")
    let number = status.map { "\($0)\(words)" } ?? String(words.dropFirst(2))
    let reason = number.isEmpty ? "" : " (\(number))"
    let meant = status ?? FailureRule.statusMeant(by: complaint)
    var failure = StreamFailure(kind, sentence(kind, meant, complaint, reason: reason))
    switch kind {
    case .rateLimited, .serverFailed:
      failure.retryAfterMilliseconds = retryAfter
      let wait = retryAfter.map { "in \(max(1, ($0 + 999) / 1000)) s" } ?? "in a moment"
      failure.message += " Send again \(wait)."
    case .unreachable, .insecure, .unauthorized, .notFound, .quotaExhausted, .tooLong, .refused,
      .notUnderstood, .truncated, .stalled, .empty:
      break
    }
    return failure
  }

  private func sentence(
    _ kind: StreamFailure.Kind, _ status: Int, _ complaint: Complaint, reason: String
  ) -> String {
    switch kind {
    case .unauthorized: unauthorized(status, reason: reason)
    case .notFound: notFound(complaint, reason: reason)
    case .rateLimited: "\(place) asks to slow down\(reason)."
    case .quotaExhausted:
      "\(place) has no quota left for this key\(reason). Check the account's plan and billing."
    case .tooLong:
      "The conversation is too long for \(modelName) at \(place)\(reason). "
        + "Send less, or begin a new one."
    case .serverFailed: "\(place) failed\(reason)."
    case .refused, .unreachable, .insecure, .notUnderstood, .truncated, .stalled, .empty:
      "\(place) refused the request\(reason)."
    }
  }

  private func unauthorized(_ status: Int, reason: String) -> String {
    let variable = endpoint.server.variables.key
    if status == 403 {
      return "\(place) does not allow \(modelName) with this key\(reason). "
        + chooseAnother.prefix(1).uppercased() + chooseAnother.dropFirst() + "."
    }
    guard endpoint.key != nil else {
      let advice = "OPENAI_BASE_URL and OPENAI_API_KEY, and use /model openai/NAME"
      return "\(place) asks for a key\(reason). Set \(variable ?? advice)."
    }
    return "\(place) does not accept the key\(reason). Check \(variable ?? "it")."
  }

  private func notFound(_ complaint: Complaint, reason: String) -> String {
    guard let model, FailureRule.isAboutModel(complaint, model: model) else {
      return "\(place) knows no such address\(reason). \(checkAddress)"
    }
    let name = readable(model, limit: 80)
    let advice =
      switch endpoint.server.dialect {
      case .openAIChat: "Choose another with /model PROVIDER/NAME."
      case .ollama:
        "Fetch it with `ollama pull \(name)`, or choose another with /model PROVIDER/NAME."
      }
    return "\(place) has no model \(name). \(advice)"
  }
}

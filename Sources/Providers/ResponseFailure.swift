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
    case 200..<300: failure = noStream(head.status, page)
    case 300..<400: failure = redirected(head)
    case 404 where page.isWebPage, 405 where page.isWebPage: failure = webPage(head.status, page)
    default:
      failure = refusal(
        status: head.status, complaint,
        retryAfterMilliseconds: RetryAfter.milliseconds(in: head, at: now)
          ?? complaint.retryAfterMilliseconds)
    }
    if head.status >= 400, let remedy = remedyOfServer(head) { failure.remedy = remedy }
    failure.requestID = requestID(head) ?? requestID(complaint)
    return failure
  }

  /// An error that came inside a stream, whose own status said that all was well.
  func complaint(_ complaint: Complaint) -> StreamFailure {
    var failure = refusal(
      status: complaint.status, complaint,
      retryAfterMilliseconds: complaint.retryAfterMilliseconds)
    failure.requestID = requestID(complaint)
    return failure
  }

  /// The provider's name for the request, from the headers in use.
  func requestID(_ head: HTTPResponseHead) -> String? {
    let names = ["x-request-id", "request-id", "apim-request-id", "x-generation-id", "cf-ray"]
    let value = names.lazy.compactMap(head.header).first { !$0.isEmpty }
    return value.map { readable($0) }
  }

  /// The same from the error, where it stands beside the words.
  private func requestID(_ complaint: Complaint) -> String? {
    let name = readable(complaint.requestID ?? "", limit: ReplyRecord.requestIDLimit)
    return name.isEmpty ? nil : name
  }

  /// What the server itself says about another try, which goes before what its status means: it knows
  /// more (`x-should-retry`, of OpenAI and Anthropic, heeded as their own libraries do).
  private func remedyOfServer(_ head: HTTPResponseHead) -> StreamFailure.Remedy? {
    switch head.header("x-should-retry").map({ oneLine($0).lowercased() }) {
    case "true": .retry
    case "false": .never
    default: nil
    }
  }

  private func noStream(_ status: Int, _ page: ErrorBody) -> StreamFailure {
    if let complaint = page.complaint { return self.complaint(complaint) }
    if page.isWebPage { return webPage(status, page) }
    if page.text.allSatisfy(\.isWhitespace) { return empty }
    let wanted = model == nil ? "a list of models" : "a stream"
    return StreamFailure(
      .notUnderstood,
      "\(subject) did not answer with \(wanted)\(quoted(page.text)). \(checkAddress)")
  }

  private func webPage(_ status: Int, _ page: ErrorBody) -> StreamFailure {
    let title = page.title.map { ": \(readable($0, limit: 60))" } ?? ""
    return StreamFailure(
      .notUnderstood,
      "\(subject) answers with a web page (\(status)\(title)), not with a chat. \(checkAddress)")
  }

  private func redirected(_ head: HTTPResponseHead) -> StreamFailure {
    // What follows a question mark may hold a key, and is of no use in a base URL.
    let location = (head.header("location") ?? "").prefix { $0 != "?" && $0 != "#" }
    let target = readable(String(location))
    let whereTo = target.isEmpty ? "elsewhere without saying where" : "to \(target)"
    return StreamFailure(
      .notFound, "\(subject) points \(whereTo) (\(head.status)). \(checkAddress)")
  }

  /// - Parameter status: the response's; for an error in a stream the one that it names, if any.
  private func refusal(
    status: Int?, _ complaint: Complaint, retryAfterMilliseconds: Int?
  ) -> StreamFailure {
    let kind = FailureRule.kind(status: status, complaint)
    let words = quoted(complaint.message ?? complaint.code ?? complaint.type ?? "")
    // Without a status the words stand alone.
    let reason = status.map { "\($0)\(words)" } ?? String(words.dropFirst(2))
    let told = Told(
      status: status ?? FailureRule.statusMeant(by: complaint),
      reason: reason.isEmpty ? "" : " (\(reason))",
      wait: retryAfterMilliseconds.map(wait))
    return StreamFailure(
      kind, sentences(kind, complaint, told).joined(separator: " "),
      retryAfterMilliseconds: retryAfterMilliseconds)
  }

  /// What a refusal says of itself.
  private struct Told {
    let status: Int
    /// Status and words in brackets, after a blank; or nothing.
    let reason: String
    /// How long it asks to wait, in words.
    let wait: String?
  }

  /// What happened; how long the server asks to wait, where it does; what to do, where that is more
  /// than to send again.
  private func sentences(
    _ kind: StreamFailure.Kind, _ complaint: Complaint, _ told: Told
  ) -> [String] {
    let waits = told.wait.map { ["It asks to wait \($0)."] } ?? []
    switch kind {
    case .unauthorized:
      return unauthorized(told)
    case .notFound:
      return notFound(complaint, told)
    case .rateLimited:
      return ["\(subject) asks to \(told.wait.map { "wait \($0)" } ?? "slow down")\(told.reason)."]
    case .quotaExhausted:
      return ["\(subject) has no quota left for this key\(told.reason)."] + waits
        + ["Check the account's plan and billing."]
    case .tooLong:
      return ["The conversation is longer than \(modelName) takes\(told.reason)."]
    case .serverFailed:
      return ["\(subject) failed\(told.reason)."] + waits
    case .refused, .unreachable, .insecure, .notUnderstood, .truncated, .stalled, .empty:
      return ["\(subject) refused the request\(told.reason)."] + waits
    }
  }

  private func unauthorized(_ told: Told) -> [String] {
    let sentences = refusedKey(told)
    return endpoint.isTried ? Array(sentences.prefix(1)) : sentences
  }

  private func refusedKey(_ told: Told) -> [String] {
    let variables = endpoint.server.variables
    if endpoint.keyCommand != nil, endpoint.key == nil {
      // Only a list is asked for without the key that there could be.
      let id = endpoint.providerID
      return [
        "\(subject) lists its models only for a key.",
        "Its apiKeyCommand is run for a prompt, or by `patter models \(id)`; name a model: \(id)/NAME.",
      ]
    }
    if told.status == 403 {
      let key = endpoint.key == nil ? "without a key" : "with this key"
      guard model != nil else {
        return [
          "\(subject) does not list its models \(key)\(told.reason).",
          "Name one: \(endpoint.providerID)/NAME.",
        ]
      }
      return [
        "\(subject) does not allow \(modelName) \(key)\(told.reason).", chooseAnother,
      ]
    }
    guard endpoint.key != nil else {
      return [
        "\(subject) asks for a key\(told.reason).", "Set \(variables.key ?? writtenKey).",
      ]
    }
    let names = variables.keys.map(\.name).joined(separator: " or ")
    let place = endpoint.keyName ?? (names.isEmpty ? writtenKey : names)
    return ["\(subject) does not accept the key\(told.reason).", "Check \(place)."]
  }

  private var writtenKey: String { "the apiKey of \(endpoint.providerID) in config.yaml" }

  private func notFound(_ complaint: Complaint, _ told: Told) -> [String] {
    guard let model, FailureRule.isAboutModel(complaint, model: model) else {
      return ["\(subject) knows no such address\(told.reason).", checkAddress]
    }
    let name = readable(model, limit: 80)
    return [
      "\(subject) has no model \(name).", endpoint.server.dialect.rules.modelAdvice(name),
    ]
  }

  /// `61 s`, `45 min`, `5 h`, `9 days`: rounded up, so that nobody comes back too early.
  private func wait(milliseconds: Int) -> String {
    guard milliseconds < RetryAfter.limitMilliseconds else { return "more than 11 days" }
    let units = [(1_000, "s", 600), (60_000, "min", 120), (3_600_000, "h", 48)]
    for (length, unit, most) in units where milliseconds <= length * most {
      return "\((milliseconds + length - 1) / length) \(unit)"
    }
    return "\((milliseconds + 86_399_999) / 86_400_000) days"
  }
}

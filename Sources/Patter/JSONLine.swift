// `--json`: one object a line for each event. The names are a promise to scripts; the README has them from
// `JSONLine.Name`, and a test holds both against what is written.

import Chat

/// An event of a reply as a line of JSON.
struct JSONLine: Hashable {
  /// What the member `event` says, and what stands beside it.
  enum Name: String, CaseIterable {
    case started
    case delta
    case reasoning
    case refusal
    case toolCall = "tool_call"
    case toolArguments = "tool_arguments"
    case usage
    case retry
    case finished
    case failed

    /// The other members in their order. Those of `optional` are left out where nothing is known.
    var members: [String] {
      switch self {
      case .started: ["model", "answering_model", "request_id", "attempt"]
      case .delta, .reasoning, .refusal: ["text"]
      case .toolCall: ["id", "name"]
      case .toolArguments: ["id", "delta"]
      case .usage: ["input", "output", "reasoning", "cached"]
      case .retry: ["attempt", "after_milliseconds", "model", "kind", "error"]
      case .finished:
        ["stop_reason", "model", "usage", "first_token_milliseconds", "total_milliseconds"]
      case .failed: ["kind", "message", "request_id", "retry_after_milliseconds"]
      }
    }

    /// Members that are left out where nothing is known.
    static let optional: Set = [
      "answering_model", "request_id", "input", "output", "reasoning", "cached", "usage",
      "first_token_milliseconds", "retry_after_milliseconds",
    ]

    /// When it comes, for the README.
    var meaning: String {
      switch self {
      case .started: "an attempt is answered: who was asked, who answers, which attempt this is"
      case .delta: "more of the reply"
      case .reasoning: "more of what the model thinks"
      case .refusal: "more of a refusal, where the provider keeps it apart"
      case .toolCall: "the model asks for a tool, which Patter does not run"
      case .toolArguments: "more of what the tool is to be given"
      case .usage: "tokens billed so far; a later line replaces an earlier one"
      case .retry: "an attempt broke before its first word; who is asked next, and how soon"
      case .finished: "last line: the reply is whole"
      case .failed: "last line: it is not"
      }
    }
  }

  /// The line with its end. Nothing in it is a control character, or anything else that a terminal does
  /// not draw as it is.
  let text: String

  init(_ event: PrintedEvent) {
    var object: JSONObject
    switch event {
    case .started(let start):
      object = JSONObject(event: .started)
      object.add("model", start.model.description)
      object.add("answering_model", start.answeringModel)
      object.add("request_id", start.requestID)
      object.add("attempt", Int64(start.attempt))
    case .text(let delta, part: _):
      object = JSONObject(event: .delta)
      object.add("text", delta)
    case .thinking(let delta):
      object = JSONObject(event: .reasoning)
      object.add("text", delta)
    case .refusal(let delta, part: _):
      object = JSONObject(event: .refusal)
      object.add("text", delta)
    case .toolCall(let id, let name):
      object = JSONObject(event: .toolCall)
      object.add("id", id)
      object.add("name", name)
    case .toolArguments(let delta, let id):
      object = JSONObject(event: .toolArguments)
      object.add("id", id)
      object.add("delta", delta)
    case .usage(let usage):
      object = JSONObject(event: .usage)
      object.add(usage)
    case .retry(let retry):
      object = JSONObject(event: .retry)
      object.add("attempt", Int64(retry.attempt))
      object.add("after_milliseconds", retry.afterMilliseconds)
      object.add("model", retry.model.description)
      object.add("kind", retry.failure.kind.word)
      object.add("error", retry.failure.message)
    case .finished(let finish):
      object = JSONObject(event: .finished)
      object.add("stop_reason", finish.reason.word)
      object.add("model", finish.model.description)
      if let usage = finish.usage { object.add("usage", usage) }
      object.add("first_token_milliseconds", finish.firstTokenMilliseconds)
      object.add("total_milliseconds", finish.totalMilliseconds)
    case .failed(let failure):
      object = JSONObject(event: .failed)
      object.add("kind", failure.word)
      object.add("message", failure.message)
      object.add("request_id", failure.streamFailure?.requestID)
      object.add(
        "retry_after_milliseconds",
        failure.streamFailure?.retryAfterMilliseconds.map(Int64.init))
    }
    text = object.text + "\n"
  }
}

extension JSONObject {
  fileprivate init(event: JSONLine.Name) {
    self.init()
    add("event", event.rawValue)
  }

  fileprivate mutating func add(_ usage: Usage) {
    add("input", usage.inputTokens.map(Int64.init))
    add("output", usage.outputTokens.map(Int64.init))
    add("reasoning", usage.reasoningTokens.map(Int64.init))
    add("cached", usage.cachedTokens.map(Int64.init))
  }

  fileprivate mutating func add(_ name: String, _ usage: Usage) {
    var object = JSONObject()
    object.add(usage)
    add(name, object)
  }
}

// MARK: - Words

extension PrintedEvent.Failure {
  /// What the member `kind` says.
  var word: String {
    switch self {
    case .stream(let failure): failure.kind.word
    case .noModel: PrintedEvent.Failure.noModelWord
    case .timeout: PrintedEvent.Failure.timeoutWord
    }
  }

  private static let noModelWord = "no_model"
  private static let timeoutWord = "timeout"

  /// Every word that `kind` may be, for the README.
  static var words: [String] {
    StreamFailure.Kind.allCases.map(\.word) + [noModelWord, timeoutWord]
  }

  fileprivate var message: String {
    switch self {
    case .stream(let failure): failure.message
    case .noModel(let sentence), .timeout(let sentence): sentence
    }
  }

  fileprivate var streamFailure: StreamFailure? {
    switch self {
    case .stream(let failure): failure
    case .noModel, .timeout: nil
    }
  }
}

extension StreamFailure.Kind {
  fileprivate var word: String {
    switch self {
    case .unreachable: "unreachable"
    case .insecure: "insecure"
    case .unauthorized: "unauthorized"
    case .notFound: "not_found"
    case .rateLimited: "rate_limited"
    case .quotaExhausted: "quota_exhausted"
    case .tooLong: "too_long"
    case .refused: "refused"
    case .serverFailed: "server_failed"
    case .notUnderstood: "not_understood"
    case .truncated: "truncated"
    case .stalled: "stalled"
    case .empty: "empty"
    }
  }
}

extension StopReason {
  /// What the member `stop_reason` says: a word of ours or, where there is none, the provider's.
  fileprivate var word: String {
    switch self {
    case .stop: "stop"
    case .length: "length"
    case .contentFilter: "content_filter"
    case .refusal: "refusal"
    case .toolCalls: "tool_calls"
    case .other(let word): word
    }
  }
}

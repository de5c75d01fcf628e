// The dialect of OpenAI's Chat Completions, and of everybody who speaks it: how a reply is asked for.
// `OpenAIChatBody` is what is sent, `ChatTraits` where the servers differ, `OpenAIChatDecoder` reads the
// answer.

import Chat
import Wire

extension Dialect {
  /// `POST /chat/completions` with server-sent events, as OpenAI began it and many speak it.
  static let openAIChat = Dialect(OpenAIChat.self)
}

enum OpenAIChat: DialectRules {
  static let replyType = "text/event-stream"
  static let otherDialectAdvice = "For an Ollama server use /model ollama/NAME."

  /// The only host that is asked to leave out the padding of its chunks; others refuse the member.
  static let paddingHost = "api.openai.com"

  static func chatPath(_ outgoing: Outgoing, to endpoint: Endpoint) -> String {
    endpoint.chatTraits.paths.chat(model: outgoing.model.name, version: endpoint.version)
  }

  static func makeDecoder() -> any ReplyDecoder { OpenAIChatDecoder() }

  static func chatBody(
    _ outgoing: Outgoing, to endpoint: Endpoint
  ) throws(StreamFailure) -> [UInt8] {
    JSONText.encode(try OpenAIChatBody(outgoing, to: endpoint))
  }

  static func takesPrefill(_ outgoing: Outgoing, at endpoint: Endpoint) -> Bool {
    switch endpoint.chatTraits.prefill {
    case .none: false
    case .lastMessage, .prefix: true
    case .prefixAtBeta: endpoint.address.path.hasSuffix("/beta")
    }
  }

  static func concession(
    to refusal: String, of outgoing: Outgoing, to endpoint: Endpoint
  ) -> Concession? {
    if endpoint.asksForUsage, ["stream_options", "include_usage"].contains(where: refusal.contains)
    {
      return .usageOption
    }
    // A limit that is refused for its value names the member as well.
    if outgoing.options.maxTokens != nil, refusal.contains(endpoint.replyLimit.rawValue),
      unknownMemberPhrases.contains(where: refusal.contains)
    {
      return .replyLimitName
    }
    return nil
  }

  /// How servers say that they do not know a member: OpenAI and Azure; LiteLLM; Pydantic, which vLLM and
  /// many others are made with; Go's and Rust's readers of JSON.
  private static let unknownMemberPhrases = [
    "unsupported", "not support", "n't support", "extra_forbidden", "extra inputs", "unrecognized",
    "unknown", "unexpected", "not permitted", "not allowed",
  ]

  static func modelsPath(page: String?, at endpoint: Endpoint) -> String {
    endpoint.chatTraits.paths.models(version: endpoint.version)
  }

  static func models(from bytes: [UInt8]) -> ModelPage? { OpenAIModelList.page(from: bytes) }
}

extension Endpoint {
  /// Whether a reply is asked to tell its usage.
  var asksForUsage: Bool { chatTraits.takesUsageOption && !concessions.contains(.usageOption) }

  /// The name that the longest reply goes under.
  var replyLimit: ReplyLimit {
    concessions.contains(.replyLimitName) ? chatTraits.replyLimit.other : chatTraits.replyLimit
  }
}

/// A role by its name on the wire; the dialects agree on these.
func roleName(_ role: Role) -> String {
  switch role {
  case .system: "system"
  case .user: "user"
  case .assistant: "assistant"
  case .tool: "tool"
  }
}

// What a provider says while it answers, in words that are the same for every provider.

/// One thing that happened on a stream.
///
/// `completed` and `failed` are the two ends; nothing follows either of them.
public enum StreamEvent: Hashable, Sendable {
  /// The provider took the request and says which model answers and what it calls the request, where it
  /// says so.
  case started(model: String?, requestID: String? = nil)
  /// More of the visible reply.
  case text(String)
  /// More of what the model thought before it answered.
  case thinking(String)
  /// More of a refusal, where the wire keeps refusals apart from text.
  case refusal(String)
  /// The model asked for a tool. Patter shows the call and does not run it. `id` names the call within
  /// its reply.
  case toolCall(name: String, id: String = "")
  /// More of what the tool is to be given, JSON in most cases, of a call that was told before.
  case toolArguments(String, id: String)
  /// The reply is whole: what may still come is its usage and the wire's last word. `completed` follows,
  /// at the latest after a short grace.
  case finished(StopReason)
  /// What the provider bills so far. Cumulative: a later one replaces an earlier one.
  case usage(Usage)
  /// The stream is over and the reply whole.
  case completed(StopReason)
  /// The stream broke. What has arrived stays.
  case failed(StreamFailure)
}

/// Why the provider stopped.
public enum StopReason: Hashable, Sendable {
  /// The model had said what it wanted to say.
  case stop
  /// The model reached the longest reply it may give.
  case length
  /// A filter of the provider cut the reply.
  case contentFilter
  /// The model declined to answer.
  case refusal
  /// The model asked for a tool.
  case toolCalls
  /// A reason the table of this provider does not know, in the provider's own word.
  case other(String)
}

/// Tokens as the provider counts them. A member is nil where the provider said nothing.
public struct Usage: Hashable, Sendable {
  public var inputTokens: Int?
  public var outputTokens: Int?
  public var reasoningTokens: Int?
  public var cachedTokens: Int?

  public init(
    inputTokens: Int? = nil, outputTokens: Int? = nil, reasoningTokens: Int? = nil,
    cachedTokens: Int? = nil
  ) {
    self.inputTokens = inputTokens
    self.outputTokens = outputTokens
    self.reasoningTokens = reasoningTokens
    self.cachedTokens = cachedTokens
  }
}

/// What the user decided beforehand for all conversations.
public struct ChatSettings: Hashable, Sendable {
  public var sendPolicy: SendPolicy
  public var cutReplyPolicy: CutReplyPolicy
  public var retryPolicy: RetryPolicy
  /// How many tokens a model takes, prompt and reply together. A model that is missing takes everything.
  public var windows: [ModelID: Int]

  public init(
    sendPolicy: SendPolicy = .replace, cutReplyPolicy: CutReplyPolicy = .keep,
    retryPolicy: RetryPolicy = RetryPolicy(), windows: [ModelID: Int] = [:]
  ) {
    self.sendPolicy = sendPolicy
    self.cutReplyPolicy = cutReplyPolicy
    self.retryPolicy = retryPolicy
    self.windows = windows
  }
}

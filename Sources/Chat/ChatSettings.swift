/// What the user decided beforehand for all conversations.
public struct ChatSettings: Hashable, Sendable {
  public var sendPolicy: SendPolicy
  public var cutReplyPolicy: CutReplyPolicy
  public var retryPolicy: RetryPolicy
  /// How many tokens a model takes, prompt and reply together. A model that is missing takes everything.
  public var windows: [ModelID: Int]
  /// What is asked of every reply.
  public var options: ReplyOptions
  /// What is asked of a model's replies, before `options`.
  public var modelOptions: [ModelID: ReplyOptions]

  public init(
    sendPolicy: SendPolicy = .replace, cutReplyPolicy: CutReplyPolicy = .keep,
    retryPolicy: RetryPolicy = RetryPolicy(), windows: [ModelID: Int] = [:],
    options: ReplyOptions = ReplyOptions(), modelOptions: [ModelID: ReplyOptions] = [:]
  ) {
    self.sendPolicy = sendPolicy
    self.cutReplyPolicy = cutReplyPolicy
    self.retryPolicy = retryPolicy
    self.windows = windows
    self.options = options
    self.modelOptions = modelOptions
  }

  /// Takes over what is another in `new` than in `old`.
  mutating func take(over new: ChatSettings, insteadOf old: ChatSettings) {
    func take<Value: Equatable>(_ member: WritableKeyPath<ChatSettings, Value>) {
      if new[keyPath: member] != old[keyPath: member] {
        self[keyPath: member] = new[keyPath: member]
      }
    }
    take(\.sendPolicy)
    take(\.cutReplyPolicy)
    take(\.retryPolicy)
    take(\.windows)
    take(\.options)
    take(\.modelOptions)
  }

  /// What is asked of the replies of this model.
  func options(for model: ModelID) -> ReplyOptions {
    modelOptions[model]?.over(options) ?? options
  }
}

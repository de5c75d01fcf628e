// How much of a model's window a conversation takes. Providers say it with a reply: what was sent and what was
// replied, in their own tokens. What they do not say, or not yet, is estimated.

/// How many tokens a model sees up to and with a message.
public struct ContextUse: Hashable, Sendable {
  /// What came before the reply: the standing instruction and the messages.
  private var sent: Int
  private var isSentReported = false
  /// Whether it goes back to what a provider counted, with estimates of what came since.
  private var isAnchored = false
  /// The reply, as far as it has come.
  private var reply = TokenEstimate()
  private var reportedReply: Int?
  /// Whether what the provider counts of the reply is all of it.
  private var isReplyWhole = false

  /// Before the first message.
  init(systemPrompt: String?) {
    sent = systemPrompt.map(estimatedTokenCount(of:)) ?? 0
  }

  /// All of it, in tokens.
  public var tokenCount: Int { sent + replyTokenCount }

  /// Whether any part of it is estimated.
  public var isEstimated: Bool {
    !isSentReported || (reportedReply == nil || !isReplyWhole) && reply.count > 0
  }

  /// Whether a provider counted any of it.
  public var isCounted: Bool { isSentReported || isAnchored }

  /// Of a reply that was cut nobody counted the words: some providers say "1" at its beginning.
  private var replyTokenCount: Int {
    if isReplyWhole, let reportedReply { reportedReply } else { reply.count }
  }

  // MARK: - Changes

  /// The request for the reply leaves, with about so many tokens. A provider's count of what came before, and
  /// what was added to that, is nearer to the truth; unless messages were left behind.
  mutating func leave(tokenCount: Int, isWhole: Bool) {
    guard !isAnchored || !isWhole else { return }
    sent = tokenCount
    isAnchored = false
  }

  /// What a provider counts. Thoughts are among the reply, although they are not sent back: the provider's
  /// number is the only one that anybody has.
  mutating func take(_ usage: Usage) {
    if let input = usage.inputTokens {
      sent = min(max(0, input), Self.most)
      isSentReported = true
    }
    if let output = usage.outputTokens { reportedReply = min(max(0, output), Self.most) }
  }

  /// More of the reply came.
  mutating func grow(by delta: String) { reply.add(delta) }

  /// The reply is over.
  mutating func settle(_ ending: Ending) {
    if case .complete = ending { isReplyWhole = true }
  }

  /// The same with the next message, of which no provider has told anything yet.
  func followed(by message: Message) -> ContextUse {
    var use = ContextUse(systemPrompt: nil)
    use.sent = min(tokenCount, Self.most)
    use.isAnchored = isCounted
    switch message.role {
    case .assistant where message.isSettled: use.reply.add(message.text)
    // What a live one begins with is sent along.
    case .assistant: use.sent += estimatedTokenCount(of: message.text)
    case .system, .user, .tool: use.sent += estimatedTokenCount(of: message.parts)
    }
    return use
  }

  /// No window is larger; sums of it stay far below the end of the numbers.
  private static let most = 1_000_000_000_000
}

/// About how many tokens a model sees in a text that grows: a quarter of its ASCII bytes, and one for each
/// other scalar. English comes out about right, code and other scripts rather too high than too low. Nobody
/// but the provider can count exactly.
struct TokenEstimate: Hashable, Sendable {
  private var ascii = 0
  private var others = 0

  var count: Int { ascii / 4 + others }

  mutating func add(_ text: String) {
    // Bytes and not scalars: this runs over the whole conversation with every prompt.
    for byte in text.utf8 {
      if byte < 0x80 { ascii += 1 } else if byte >= 0xC0 { others += 1 }
    }
  }
}

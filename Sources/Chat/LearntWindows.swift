// How much a model takes, where nobody said so beforehand: a provider that refuses a conversation as too long
// teaches it.

/// Windows that providers taught us by refusing what was sent.
struct LearntWindows: Hashable, Sendable {
  /// In tokens.
  private var windows: [ModelID: Int] = [:]
  /// About how many tokens the last request had.
  private var sentTokenCount = 0

  /// What a model takes, in tokens: what was learnt or what the user said, whichever is less. Nil for one that
  /// takes everything.
  func window(of model: ModelID, _ settings: ChatSettings) -> Int? {
    [settings.windows[model], windows[model]].compactMap(\.self).min()
  }

  mutating func noteSent(_ tokenCount: Int) {
    sentTokenCount = tokenCount
  }

  /// A provider that finds a conversation too long does not say what would fit. Half of it is tried when
  /// the user sends again.
  mutating func learn(from failure: StreamFailure, of model: ModelID) {
    guard failure.kind == .tooLong else { return }
    // Of a window a quarter is kept free for the reply.
    windows[model] = sentTokenCount * 2 / 3
  }
}

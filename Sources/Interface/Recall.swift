// Earlier prompts, to be brought back into the composer.

/// The prompts that can be recalled, the oldest first.
public struct Recall: Hashable, Sendable {
  /// How many are kept; the oldest goes first.
  public static let limit = 500

  public private(set) var prompts: [[DraftElement]] = []
  /// What each is found by; made once, when it is kept.
  private(set) var heads: [PromptHead] = []

  /// Keeps a prompt, unless it is blank or the last one again.
  mutating func remember(_ prompt: [DraftElement]) {
    guard !prompt.allSatisfy(\.isBlank), prompts.last != prompt else { return }
    prompts.append(prompt)
    heads.append(PromptHead(prompt))
    if prompts.count > Recall.limit {
      prompts.removeFirst()
      heads.removeFirst()
    }
  }
}

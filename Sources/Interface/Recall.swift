// Earlier prompts, to be brought back into the composer.

/// The prompts that can be recalled, the oldest first.
public struct Recall: Hashable, Sendable {
  /// How many are kept; the oldest goes first.
  public static let limit = 500
  /// How many graphemes they hold together, with all that is folded; the oldest go first, the newest stays.
  static let lengthLimit = 4 * Draft.longest

  public private(set) var prompts: [[DraftElement]] = []
  /// What each is found by; made once, when it is kept.
  private(set) var heads: [PromptHead] = []
  private var lengths: [Int] = []

  /// Keeps a prompt, unless it is blank or the last one again.
  mutating func remember(_ prompt: [DraftElement]) {
    guard !prompt.allSatisfy(\.isBlank), prompts.last != prompt else { return }
    prompts.append(prompt)
    heads.append(PromptHead(prompt))
    lengths.append(prompt.reduce(0) { $0 + $1.length })
    var length = lengths.reduce(0, +)
    while prompts.count > Recall.limit || length > Recall.lengthLimit && prompts.count > 1 {
      prompts.removeFirst()
      heads.removeFirst()
      length -= lengths.removeFirst()
    }
  }
}

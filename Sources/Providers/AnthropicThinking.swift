// How much Claude is to think, in the words that each generation of it takes. Up to 4.5 a model is given a
// budget in tokens; since 4.6 a level of effort, and since Opus 4.7 a budget is refused with 400. Fable,
// Mythos and Opus since 5.5 always think, and refuse to be told not to. (platform.claude.com, adaptive
// thinking, effort, and the models' migration guides, read in November 2026.)

import Chat

struct AnthropicThinking {
  /// The member `thinking` of a request.
  struct Setting: Encodable, Hashable {
    let type: String
    var budgetTokens: Int?
    /// The newer models keep their thoughts to themselves unless they are asked for a summary.
    var display: String?

    private enum CodingKeys: String, CodingKey {
      case type
      case budgetTokens = "budget_tokens"
      case display
    }
  }

  let setting: Setting
  /// The level for `output_config`; nil for a budget.
  let effort: String?
  let isOn: Bool
  /// The tokens that thinking may take.
  private let budgetTokens: Int

  init(_ effort: ReasoningEffort, model: String) {
    let manner = Manner(model)
    guard effort != .off || manner == .always else {
      setting = Setting(type: "disabled")
      self.effort = nil
      isOn = false
      budgetTokens = 0
      return
    }
    isOn = true
    budgetTokens = Self.budgetTokens(effort)
    switch manner {
    case .budget:
      setting = Setting(type: "enabled", budgetTokens: budgetTokens)
      self.effort = nil
    case .level, .always:
      setting = Setting(type: "adaptive", display: "summarized")
      self.effort = Self.level(effort)
    }
  }

  /// The longest reply with its thoughts, in tokens: both count. What the user says of it holds as long as
  /// the thoughts leave room for a reply.
  func maxTokens(_ wanted: Int?) -> Int {
    guard let wanted else { return budgetTokens + Anthropic.replyTokens }
    return wanted > budgetTokens ? wanted : budgetTokens + wanted
  }

  /// 1,024 is the least that is allowed. The most is what remains beside a reply of usual length of the 32,000
  /// tokens that Opus 4 and 4.1 write, which are the fewest of all that think.
  private static func budgetTokens(_ effort: ReasoningEffort) -> Int {
    switch effort {
    case .off, .minimal: 1_024
    case .low: 2_048
    case .medium: 8_192
    case .high: 16_384
    case .max: 32_000 - Anthropic.replyTokens
    }
  }

  private static func level(_ effort: ReasoningEffort) -> String {
    switch effort {
    case .off, .minimal, .low: "low"
    case .medium: "medium"
    case .high: "high"
    case .max: "max"
    }
  }

  /// How a model is told.
  private enum Manner {
    case budget
    case level
    /// The same, and it cannot do without.
    case always

    /// By the name, as Anthropic and the gateways write it: `claude-3-5-haiku-20241022`,
    /// `anthropic/claude-sonnet-4.5`. Models of others that speak this wire know budgets.
    init(_ model: String) {
      let words = model.lowercased().split { !$0.isLetter && !$0.isNumber }
      guard words.contains("claude") else {
        self = .budget
        return
      }
      // A date is longer than any number of a version.
      let numbers = words.filter { $0.count < 4 }.compactMap { Int($0) }
      let version = (numbers.first ?? Int.max, numbers.dropFirst().first ?? 0)
      if version < (4, 6) {
        self = .budget
      } else if words.contains("fable") || words.contains("mythos")
        || (words.contains("opus") && version >= (5, 5))
      {
        self = .always
      } else {
        self = .level
      }
    }
  }
}

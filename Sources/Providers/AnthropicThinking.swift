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

    static let adaptive = Setting(type: "adaptive", display: "summarized")
  }

  /// Nil where nothing is to be said of it.
  let setting: Setting?
  /// The level for `output_config`; nil for a budget, and where the model's own is as good.
  let effort: String?
  /// The tokens that thinking may take beside the reply.
  private let roomTokens: Int

  /// - Parameter effort: what the user asks for; nil for nothing.
  init(_ effort: ReasoningEffort?, model: String) {
    switch (Manner(model), effort) {
    case (.budget, nil):
      self.init(nil, roomTokens: 0)
    case (.level, nil):
      self.init(nil, roomTokens: Self.budgetTokens(.medium))
    case (.always, nil):
      // It thinks all the same, and would be silent for as long.
      self.init(.adaptive, roomTokens: Self.budgetTokens(.medium))
    case (.budget, .off), (.level, .off):
      self.init(Setting(type: "disabled"), roomTokens: 0)
    case (.budget, let effort?):
      let budget = Self.budgetTokens(effort)
      self.init(Setting(type: "enabled", budgetTokens: budget), roomTokens: budget)
    case (.level, let effort?), (.always, let effort?):
      self.init(
        .adaptive, effort: Self.level(effort), roomTokens: Self.budgetTokens(effort))
    }
  }

  private init(_ setting: Setting?, effort: String? = nil, roomTokens: Int) {
    self.setting = setting
    self.effort = effort
    self.roomTokens = roomTokens
  }

  /// Whether the request asks for thoughts; then it may not ask for a temperature.
  var isAsked: Bool { setting != nil && setting?.type != "disabled" }

  /// Whether a model goes on with the beginning of a reply, where it does not think. Since 4.6 they refuse it
  /// with 400 (platform.claude.com, what's new in Claude 4.6, prefill removal); of others it is not known.
  static func takesPrefill(_ model: String) -> Bool {
    Manner.claudeVersion(model).map { $0 < (4, 6) } ?? false
  }

  /// The longest reply with its thoughts, in tokens: both count. What the user says of it holds, unless it
  /// leaves no room beside the budget, which the wire does not allow.
  func maxTokens(_ wanted: Int?) -> Int {
    guard let wanted else { return roomTokens + Anthropic.replyTokens }
    let budget = setting?.budgetTokens ?? 0
    return wanted > budget ? wanted : budget + wanted
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
      guard let version = Manner.claudeVersion(model) else {
        self = .budget
        return
      }
      let words = Manner.words(of: model)
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

    /// Nil for what is no Claude; one without a version is the newest.
    static func claudeVersion(_ model: String) -> (Int, Int)? {
      let words = words(of: model)
      guard words.contains("claude") else { return nil }
      // A date is longer than any number of a version.
      let numbers = words.filter { $0.count < 4 }.compactMap { Int($0) }
      return (numbers.first ?? Int.max, numbers.dropFirst().first ?? 0)
    }

    private static func words(of model: String) -> [Substring] {
      model.lowercased().split { !$0.isLetter && !$0.isNumber }
    }
  }
}

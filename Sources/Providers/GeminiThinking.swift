// How much Gemini is to think, in the words that each generation of it takes: up to 2.5 a budget in tokens,
// since 3 a level; the older refuse a level (ai.google.dev, thinking, read in November 2026).

import Chat

/// The member `thinkingConfig` of a request.
struct GeminiThinking: Encodable {
  /// Whether summaries of the thoughts come with the reply.
  let includeThoughts: Bool?
  let thinkingBudget: Int?
  let thinkingLevel: String?

  /// - Parameter model: its name without `models/`.
  init(_ effort: ReasoningEffort, model: String) {
    // What is not to be thought is not to be shown: where thinking is off the wish is refused.
    includeThoughts = effort == .off ? nil : true
    // A name without a generation, such as `gemini-flash-latest`, is of the newest.
    let takesBudget = ["gemini-1.", "gemini-2."].contains(where: model.hasPrefix)
    thinkingBudget = takesBudget ? Self.budget(effort, model: model) : nil
    thinkingLevel = takesBudget ? nil : Self.level(effort)
  }

  /// In tokens; -1 leaves it to the model. From `low` to `high` these are what Google itself makes of the words
  /// of OpenAI (ai.google.dev, OpenAI compatibility), and 512 is the least that 2.5 Flash-Lite takes. 2.5 Pro
  /// cannot do without, and 128 is its least.
  private static func budget(_ effort: ReasoningEffort, model: String) -> Int {
    switch effort {
    case .off: model.hasPrefix("gemini-2.5-pro") ? 128 : 0
    case .minimal: 512
    case .low: 1_024
    case .medium: 8_192
    case .high: 24_576
    case .max: -1
    }
  }

  /// There is no level for not at all, and `MINIMAL` is refused by every Pro and by Flash since 3.7: the least
  /// that all of them take is `LOW`.
  private static func level(_ effort: ReasoningEffort) -> String {
    switch effort {
    case .off, .minimal, .low: "LOW"
    case .medium: "MEDIUM"
    case .high, .max: "HIGH"
    }
  }
}

public import Chat

/// What `/think` takes: how much models are to think in a conversation.
public enum EffortChoice: String, Hashable, Sendable, CaseIterable {
  /// As the configuration says, or the provider.
  case standard = "default"
  case off, minimal, low, medium, high, max

  init(_ effort: ReasoningEffort?) {
    switch effort {
    case nil: self = .standard
    case .off: self = .off
    case .minimal: self = .minimal
    case .low: self = .low
    case .medium: self = .medium
    case .high: self = .high
    case .max: self = .max
    }
  }

  /// Nil leaves it to the configuration.
  public var effort: ReasoningEffort? {
    switch self {
    case .standard: nil
    case .off: .off
    case .minimal: .minimal
    case .low: .low
    case .medium: .medium
    case .high: .high
    case .max: .max
    }
  }

  /// What is said when it was chosen.
  var sentence: String {
    switch self {
    case .standard: "How much models think is theirs and the configuration's to say."
    case .off: "Models that can do without are asked not to think, from the next prompt on."
    case .minimal, .low, .medium, .high, .max:
      "Models are asked to think with \(rawValue) effort, from the next prompt on."
    }
  }
}

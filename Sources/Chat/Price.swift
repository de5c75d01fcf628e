// What a reply costs, as far as the prices of its model and its tokens are known. A price that is not sure
// is none: a wrong number is worse than no number.

/// What a model costs: US dollars for a million tokens.
public struct Price: Hashable, Sendable {
  public var input: Double
  /// Of the reply, and of what was thought for it.
  public var output: Double
  /// Of input that the provider remembered; nil where it costs what all input does.
  public var cachedInput: Double?
  /// Prompts longer than this, in tokens, cost more, and nobody knows how much; nil where all cost the same.
  public var promptLimit: Int?

  public init(
    input: Double, output: Double, cachedInput: Double? = nil, promptLimit: Int? = nil
  ) {
    self.input = input
    self.output = output
    self.cachedInput = cachedInput
    self.promptLimit = promptLimit
  }

  /// What these tokens cost, in US dollars; nil where a count is missing, and for a prompt beyond the
  /// limit. Tokens that a provider remembers are among those of the input, and thoughts among the output.
  public func dollars(for usage: Usage) -> Double? {
    guard let prompt = usage.inputTokens, let reply = usage.outputTokens, prompt >= 0, reply >= 0
    else { return nil }
    if let promptLimit, prompt > promptLimit { return nil }
    let cached = min(max(0, usage.cachedTokens ?? 0), prompt)
    let sum =
      Double(prompt - cached) * input + Double(cached) * (cachedInput ?? input)
      + Double(reply) * output
    return sum / 1_000_000
  }
}

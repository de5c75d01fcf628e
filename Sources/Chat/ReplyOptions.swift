// How a reply is to be made, as far as the user may say. What is not said is the provider's to decide: a
// default of ours would be refused by some model or other.

/// What the user asks of a reply beside the words. Every member may be missing.
public struct ReplyOptions: Hashable, Sendable {
  /// What may be asked for; a value outside is a mistake of whoever wrote it.
  public enum Limit {
    /// Tokens of a reply.
    public static let maxTokens = 1...10_000_000
    /// 0 to 2, as OpenAI, Gemini and Ollama take it; Anthropic takes up to 1.
    public static let temperature = 0.0...2.0
    /// The share of the likeliest words that is drawn from.
    public static let topP = 0.0...1.0
    /// Where chance begins: what fits into every provider's number.
    public static let seed = Int(Int32.min)...Int(Int32.max)
    /// Texts that end a reply; OpenAI takes four.
    public static let stopCount = 4
  }

  /// The longest reply, in tokens.
  public var maxTokens: Int?
  /// How much chance there is in the choice of words.
  public var temperature: Double?
  /// The share of the likeliest words that is drawn from.
  public var topP: Double?
  /// Texts at which the reply ends.
  public var stop: [String] = []
  /// Where the chance begins, so that a reply can be had again, as far as the provider keeps that up.
  public var seed: Int?
  /// How much the model is to think before it answers.
  public var effort: ReasoningEffort?

  public init(
    maxTokens: Int? = nil, temperature: Double? = nil, topP: Double? = nil, stop: [String] = [],
    seed: Int? = nil, effort: ReasoningEffort? = nil
  ) {
    self.maxTokens = maxTokens
    self.temperature = temperature
    self.topP = topP
    self.stop = stop
    self.seed = seed
    self.effort = effort
  }

  /// These, and where nothing is said here, what `others` say.
  public func over(_ others: ReplyOptions) -> ReplyOptions {
    ReplyOptions(
      maxTokens: maxTokens ?? others.maxTokens, temperature: temperature ?? others.temperature,
      topP: topP ?? others.topP, stop: stop.isEmpty ? others.stop : stop,
      seed: seed ?? others.seed, effort: effort ?? others.effort)
  }
}

/// How much a model is to think before it answers. Each provider has words or numbers of its own for it.
public enum ReasoningEffort: Hashable, Sendable, CaseIterable {
  /// Not at all, where the model can do without.
  case off
  case minimal
  case low
  case medium
  case high
  /// As much as it can.
  case max
}

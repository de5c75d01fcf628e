/// What is known of a model before it is asked. What nobody says is nil.
public struct ModelFacts: Hashable, Sendable {
  public var price: Price?
  /// Tokens it takes, prompt and reply together.
  public var windowTokens: Int?

  public init(price: Price? = nil, windowTokens: Int? = nil) {
    self.price = price
    self.windowTokens = windowTokens
  }
}

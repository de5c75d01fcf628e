// What lists of models do not tell: OpenAI's and Anthropic's own say neither what a model takes nor what it
// costs. The rows are data; what a server says of its models goes before them, and what the user has
// configured before both.
//
// Read in November 2026 from genai-prices 0.2.3 (github.com/pydantic/genai-prices, MIT licence), which
// gathers them from developers.openai.com/api/docs/pricing and platform.claude.com/docs; the window of
// gpt-4.1 from OpenAI's page of that model. A model that is not sure is not here: a wrong price is worse
// than none.

import Chat

/// Windows and prices by the names of models.
enum KnownModels {
  /// The model with what the table adds to it.
  static func completing(_ model: ListedModel, of provider: String) -> ListedModel {
    guard let row = row(of: model.name, at: provider) else { return model }
    var model = model
    model.windowTokens = model.windowTokens ?? row.window
    model.price = model.price ?? row.price
    return model
  }

  /// What the table says of a model.
  static func facts(of name: String, at provider: String) -> ModelFacts {
    let row = row(of: name, at: provider)
    return ModelFacts(price: row?.price, windowTokens: row?.window)
  }

  /// The longest row that the name is, or of which it is a dated snapshot.
  private static func row(of name: String, at provider: String) -> Row? {
    guard let rows = rowsByProvider[namesakes[provider] ?? provider] else { return nil }
    return rows.filter { row in
      name.hasPrefix(row.name) && isSnapshot(name.dropFirst(row.name.count))
    }.max { $0.name.count < $1.name.count }
  }

  /// Whether the rest of a name says nothing but of when the model is: nothing, `-2025-08-07`, `-20250929`
  /// or `-latest`. `gpt-5-pro` is not `gpt-5`, and costs twelve times as much.
  private static func isSnapshot(_ rest: Substring) -> Bool {
    guard let dash = rest.first else { return true }
    let word = rest.dropFirst()
    guard dash == "-" else { return false }
    if word == "latest" { return true }
    let digits = word.filter { $0 != "-" }
    return digits.count == 8 && digits.allSatisfy { ("0"..."9").contains($0) }
      && (word.count == 8 || word.split(separator: "-").map(\.count) == [4, 2, 2])
  }

  private struct Row {
    let provider: String
    let name: String
    let window: Int
    let price: Price

    /// The window in tokens, the prices in US dollars for a million of them.
    init(
      _ provider: String, _ name: String, window: Int, input: Double, output: Double,
      cached: Double? = nil, promptLimit: Int? = nil
    ) {
      self.provider = provider
      self.name = name
      self.window = window
      price = Price(
        input: input, output: output, cachedInput: cached, promptLimit: promptLimit)
    }
  }

  /// Who has the same models at the same prices as another, and speaks another language.
  private static let namesakes = ["openai-responses": "openai"]

  private static let rowsByProvider = Dictionary(grouping: rows, by: \.provider)

  private static let rows = [
    Row(
      "openai", "gpt-6.1-sol", window: 1_050_000, input: 2, output: 10, cached: 0.1,
      promptLimit: 272_000),
    Row(
      "openai", "gpt-6.1-terra", window: 1_050_000, input: 1, output: 5, cached: 0.05,
      promptLimit: 272_000),
    Row(
      "openai", "gpt-6-astra", window: 1_050_000, input: 10, output: 50, cached: 1,
      promptLimit: 272_000),
    Row(
      "openai", "gpt-6-sol", window: 1_050_000, input: 2, output: 10, cached: 0.2,
      promptLimit: 272_000),
    Row(
      "openai", "gpt-6-luna", window: 1_050_000, input: 0.1, output: 0.5, cached: 0.01,
      promptLimit: 272_000),
    Row(
      "openai", "gpt-5.6-sol", window: 1_050_000, input: 4, output: 20, cached: 0.4,
      promptLimit: 272_000),
    Row(
      "openai", "gpt-5.6-terra", window: 1_050_000, input: 2, output: 12, cached: 0.2,
      promptLimit: 272_000),
    Row(
      "openai", "gpt-5.6-luna", window: 1_050_000, input: 0.2, output: 1.2, cached: 0.02,
      promptLimit: 272_000),
    Row(
      "openai", "gpt-5.4", window: 1_050_000, input: 2.5, output: 15, cached: 0.25,
      promptLimit: 272_000),
    Row("openai", "gpt-5.4-mini", window: 400_000, input: 0.75, output: 4.5, cached: 0.075),
    Row("openai", "gpt-5.4-nano", window: 400_000, input: 0.2, output: 1.25, cached: 0.02),
    Row("openai", "gpt-5.2", window: 400_000, input: 1.75, output: 14, cached: 0.175),
    Row("openai", "gpt-5.1", window: 400_000, input: 1.25, output: 10, cached: 0.125),
    Row("openai", "gpt-5", window: 400_000, input: 1.25, output: 10, cached: 0.125),
    Row("openai", "gpt-5-mini", window: 400_000, input: 0.25, output: 2, cached: 0.025),
    Row("openai", "gpt-5-nano", window: 400_000, input: 0.05, output: 0.4, cached: 0.005),
    Row("openai", "gpt-5-pro", window: 400_000, input: 15, output: 120),
    Row("openai", "gpt-4.1", window: 1_047_576, input: 2, output: 8, cached: 0.5),
    Row("openai", "gpt-4.1-mini", window: 1_047_576, input: 0.4, output: 1.6, cached: 0.1),
    Row("openai", "gpt-4.1-nano", window: 1_047_576, input: 0.1, output: 0.4, cached: 0.025),
    Row("openai", "gpt-4o", window: 128_000, input: 2.5, output: 10, cached: 1.25),
    Row("openai", "gpt-4o-2024-05-13", window: 128_000, input: 5, output: 15),
    Row("openai", "gpt-4o-mini", window: 128_000, input: 0.15, output: 0.6, cached: 0.075),
    Row("openai", "gpt-4-turbo", window: 128_000, input: 10, output: 30),
    Row("openai", "gpt-4", window: 8_192, input: 30, output: 60),
    Row("openai", "gpt-3.5-turbo", window: 16_385, input: 0.5, output: 1.5),
    Row("openai", "o4-mini", window: 200_000, input: 1.1, output: 4.4, cached: 0.275),
    Row("openai", "o3", window: 200_000, input: 2, output: 8, cached: 0.5),
    Row("openai", "o3-pro", window: 200_000, input: 20, output: 80),
    Row("openai", "o3-mini", window: 200_000, input: 1.1, output: 4.4, cached: 0.55),
    Row("openai", "o1", window: 200_000, input: 15, output: 60, cached: 7.5),
    Row("openai", "o1-pro", window: 200_000, input: 150, output: 600),

    Row("anthropic", "claude-fable-5-2", window: 1_000_000, input: 8, output: 40, cached: 0.2),
    Row("anthropic", "claude-fable-5-1", window: 1_000_000, input: 10, output: 50, cached: 0.25),
    Row("anthropic", "claude-fable-5", window: 1_000_000, input: 10, output: 50, cached: 1),
    Row("anthropic", "claude-opus-5-5", window: 1_000_000, input: 4, output: 20, cached: 0.2),
    Row("anthropic", "claude-opus-5", window: 1_000_000, input: 5, output: 25, cached: 0.5),
    Row("anthropic", "claude-opus-4-8", window: 1_000_000, input: 5, output: 25, cached: 0.5),
    Row("anthropic", "claude-opus-4-7", window: 1_000_000, input: 5, output: 25, cached: 0.5),
    Row("anthropic", "claude-opus-4-6", window: 1_000_000, input: 5, output: 25, cached: 0.5),
    Row("anthropic", "claude-opus-4-5", window: 200_000, input: 5, output: 25, cached: 0.5),
    Row("anthropic", "claude-opus-4-1", window: 200_000, input: 15, output: 75, cached: 1.5),
    Row("anthropic", "claude-opus-4", window: 200_000, input: 15, output: 75, cached: 1.5),
    Row("anthropic", "claude-opus-4-0", window: 200_000, input: 15, output: 75, cached: 1.5),
    Row("anthropic", "claude-sonnet-5-5", window: 1_000_000, input: 2, output: 10, cached: 0.1),
    Row("anthropic", "claude-sonnet-5", window: 1_000_000, input: 2, output: 10, cached: 0.2),
    Row("anthropic", "claude-sonnet-4-6", window: 1_000_000, input: 3, output: 15, cached: 0.3),
    Row("anthropic", "claude-sonnet-4-5", window: 200_000, input: 3, output: 15, cached: 0.3),
    Row("anthropic", "claude-sonnet-4", window: 200_000, input: 3, output: 15, cached: 0.3),
    Row("anthropic", "claude-sonnet-4-0", window: 200_000, input: 3, output: 15, cached: 0.3),
    Row(
      "anthropic", "claude-haiku-5-5", window: 1_000_000, input: 0.1, output: 0.5, cached: 0.01,
      promptLimit: 100_000),
    Row("anthropic", "claude-haiku-4-5", window: 200_000, input: 1, output: 5, cached: 0.1),
    Row("anthropic", "claude-3-7-sonnet", window: 200_000, input: 3, output: 15, cached: 0.3),
    Row("anthropic", "claude-3-5-haiku", window: 200_000, input: 0.8, output: 4, cached: 0.08),
    Row("anthropic", "claude-3-haiku", window: 200_000, input: 0.25, output: 1.25, cached: 0.03),
    Row("anthropic", "claude-3-opus", window: 200_000, input: 15, output: 75, cached: 1.5),
  ]
}

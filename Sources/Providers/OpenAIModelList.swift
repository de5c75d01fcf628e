// The list of models as OpenAI began it, and what those who speak its dialect add to a row. The names of
// the members are those of OpenRouter (openrouter.ai/docs, "List available models"), Groq, Mistral, vLLM
// (`ModelCard`), llama.cpp (`server-models`) and Together, in this order.

import Chat

enum OpenAIModelList {
  /// The models of a body; nil if it is no such list.
  static func page(from bytes: [UInt8]) -> ModelPage? {
    struct List: Decodable {
      let data: [Lenient<Row>]
    }
    let rows =
      JSONText.decode(List.self, from: bytes)?.data
      // Together sends the rows alone.
      ?? JSONText.decode([Lenient<Row>].self, from: bytes)
    return rows.flatMap { rows in ModelPage(rows.map { $0.value?.model }) }
  }

  private struct Row: Decodable {
    let model: ListedModel

    private enum CodingKeys: String, CodingKey {
      case id
      case title = "display_name"
      case name
      case contextLength = "context_length"
      case contextWindow = "context_window"
      case maxContextLength = "max_context_length"
      case maxModelLength = "max_model_len"
      case meta
      case topProvider = "top_provider"
      case maxCompletionTokens = "max_completion_tokens"
      case pricing
    }

    init(from decoder: any Decoder) throws {
      let row = try decoder.container(keyedBy: CodingKeys.self)
      let windows: [CodingKeys] = [
        .contextLength, .contextWindow, .maxContextLength, .maxModelLength,
      ]
      let window = windows.lazy.compactMap { row.lenient($0, as: LenientCount.self)?.value }.first
      let reply = row.lenient(.maxCompletionTokens, as: LenientCount.self)?.value
      model = ListedModel(
        try row.decode(String.self, forKey: .id), title: row.lenient(.title) ?? row.lenient(.name),
        windowTokens: window ?? row.lenient(.meta, as: Meta.self)?.trained?.value,
        replyTokens: row.lenient(.topProvider, as: TopProvider.self)?.reply?.value ?? reply,
        price: row.lenient(.pricing, as: Pricing.self)?.price)
    }
  }

  /// llama.cpp's facts about the file.
  private struct Meta: Decodable {
    let trained: LenientCount?

    private enum CodingKeys: String, CodingKey {
      case trained = "n_ctx_train"
    }
  }

  /// Whom OpenRouter would ask first.
  private struct TopProvider: Decodable {
    let reply: LenientCount?

    private enum CodingKeys: String, CodingKey {
      case reply = "max_completion_tokens"
    }
  }

  private struct Pricing: Decodable {
    let price: Price?

    private enum CodingKeys: String, CodingKey {
      case prompt
      case completion
      case cached = "input_cache_read"
      case input
      case output
      case cachedInput = "cached_input"
    }

    init(from decoder: any Decoder) throws {
      let row = try decoder.container(keyedBy: CodingKeys.self)
      // In quotation marks, and of one token.
      func ofToken(_ key: CodingKeys) -> Double? {
        row.lenient(key, as: String.self).flatMap(Double.init).map(Self.ofMillion)
      }
      if let input = ofToken(.prompt), let output = ofToken(.completion) {
        price = Price(input: input, output: output, cachedInput: ofToken(.cached))
      } else if let input = row.lenient(.input, as: Double.self),
        let output = row.lenient(.output, as: Double.self)
      {
        price = Price(
          input: input, output: output,
          cachedInput: row.lenient(.cachedInput, as: Double.self))
      } else {
        price = nil
      }
    }

    /// Prices are decimal: 0.00000015 for a token is 0.15 and not 0.15000000000000002. What is left are
    /// billionths of a dollar.
    private static func ofMillion(_ dollars: Double) -> Double {
      (dollars * 1_000_000 * 1_000_000_000).rounded() / 1_000_000_000
    }
  }
}

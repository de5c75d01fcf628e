import Chat

/// What is billed, in the words of Chat Completions or in those of Responses.
struct OpenAIUsage: Decodable {
  let value: Usage

  private enum Key: String, CodingKey {
    case prompt = "prompt_tokens"
    case completion = "completion_tokens"
    case promptDetails = "prompt_tokens_details"
    case completionDetails = "completion_tokens_details"
    case input = "input_tokens"
    case output = "output_tokens"
    case inputDetails = "input_tokens_details"
    case outputDetails = "output_tokens_details"
    case cached = "cached_tokens"
    case reasoning = "reasoning_tokens"
  }

  init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Key.self)
    func count(_ keys: Key...) -> Int? {
      keys.lazy.compactMap { object.lenient($0, as: LenientCount.self)?.value }.first
    }
    func count(_ key: Key, in details: Key...) -> Int? {
      details.lazy.compactMap { name in
        let object = try? object.nestedContainer(keyedBy: Key.self, forKey: name)
        return object?.lenient(key, as: LenientCount.self)?.value
      }.first
    }
    value = Usage(
      inputTokens: count(.prompt, .input), outputTokens: count(.completion, .output),
      reasoningTokens: count(.reasoning, in: .completionDetails, .outputDetails),
      cachedTokens: count(.cached, in: .promptDetails, .inputDetails))
  }
}

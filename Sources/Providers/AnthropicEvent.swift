// The members of an event of Anthropic's Messages that are read. Any of them may be absent, null or of another
// type: then it says nothing, and the rest of the event still counts.

import Chat

struct AnthropicEvent: Decodable {
  /// Nil where a proxy dropped it; then the event's name says what it is.
  let type: String?
  /// Of the block that it is about.
  let index: Int?
  let message: Message?
  let block: Block?
  let delta: Delta?
  let usage: AnthropicUsage?
  /// True if it holds an error.
  let hasError: Bool

  private enum Key: String, CodingKey {
    case type
    case index
    case message
    case block = "content_block"
    case delta
    case usage
    case error
  }

  init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Key.self)
    let type: String? = object.lenient(.type)
    self.type = type == "" ? nil : type
    index = object.lenient(.index, as: LenientCount.self)?.value
    message = object.lenient(.message)
    block = object.lenient(.block)
    delta = object.lenient(.delta)
    usage = object.lenient(.usage)
    hasError = object.lenient(.error, as: ErrorMember.self)?.complaint != nil
  }

  /// The reply as it begins.
  struct Message: Decodable {
    let id: String?
    let model: String?
    let usage: AnthropicUsage?

    private enum Key: String, CodingKey {
      case id
      case model
      case usage
    }

    init(from decoder: any Decoder) throws {
      let object = try decoder.container(keyedBy: Key.self)
      let id: String? = object.lenient(.id)
      self.id = id == "" ? nil : id
      model = object.lenient(.model)
      usage = object.lenient(.usage)
    }
  }

  /// A block as it begins; it may hold its first words already.
  struct Block: Decodable {
    let type: String?
    let text: String?
    let thinking: String?
    /// Of the tool.
    let name: String?
    /// The whole input of the tool, where it comes with the beginning; nil for an empty one, which only
    /// says that its pieces are to come.
    let input: String?

    private enum Key: String, CodingKey {
      case type
      case text
      case thinking
      case name
      case input
    }

    init(from decoder: any Decoder) throws {
      let object = try decoder.container(keyedBy: Key.self)
      type = object.lenient(.type)
      text = object.lenient(.text)
      thinking = object.lenient(.thinking)
      name = object.lenient(.name)
      let input = object.lenient(.input, as: [String: JSONValue].self) ?? [:]
      self.input = input.isEmpty ? nil : JSONValue.object(input).text
    }
  }

  /// More of a block, or of the message itself. Its members tell which: no two of its types share one.
  struct Delta: Decodable {
    let text: String?
    let thinking: String?
    let partialJSON: String?
    /// Nil for null and for the empty text.
    let stopReason: String?
    /// Why the model refused, in the provider's words.
    let explanation: String?

    private enum Key: String, CodingKey {
      case text
      case thinking
      case partialJSON = "partial_json"
      case stopReason = "stop_reason"
      case stopDetails = "stop_details"
      case explanation
    }

    init(from decoder: any Decoder) throws {
      let object = try decoder.container(keyedBy: Key.self)
      text = object.lenient(.text)
      thinking = object.lenient(.thinking)
      partialJSON = object.lenient(.partialJSON)
      let reason: String? = object.lenient(.stopReason)
      stopReason = reason == "" ? nil : reason
      let details = try? object.nestedContainer(keyedBy: Key.self, forKey: .stopDetails)
      explanation = details?.lenient(.explanation)
    }
  }
}

/// What is billed so far. Input that was read from the cache, or written to it, is counted apart from the rest.
struct AnthropicUsage: Decodable {
  private var input: Int?
  private var cacheCreation: Int?
  private var cacheRead: Int?
  private var output: Int?

  private enum Key: String, CodingKey {
    case input = "input_tokens"
    case cacheCreation = "cache_creation_input_tokens"
    case cacheRead = "cache_read_input_tokens"
    case output = "output_tokens"
  }

  init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Key.self)
    input = object.lenient(.input, as: LenientCount.self)?.value
    cacheCreation = object.lenient(.cacheCreation, as: LenientCount.self)?.value
    cacheRead = object.lenient(.cacheRead, as: LenientCount.self)?.value
    output = object.lenient(.output, as: LenientCount.self)?.value
  }

  /// These counts, and where one is missing that of before: the last event tells the output alone.
  func over(_ earlier: AnthropicUsage?) -> AnthropicUsage {
    var usage = self
    usage.input = input ?? earlier?.input
    usage.cacheCreation = cacheCreation ?? earlier?.cacheCreation
    usage.cacheRead = cacheRead ?? earlier?.cacheRead
    usage.output = output ?? earlier?.output
    return usage
  }

  /// Nil where nothing is counted.
  var value: Usage? {
    let inputs = [input, cacheCreation, cacheRead].compactMap { $0 }
    guard !inputs.isEmpty || output != nil else { return nil }
    return Usage(
      inputTokens: inputs.isEmpty ? nil : inputs.reduce(0, +), outputTokens: output,
      cachedTokens: cacheRead)
  }
}

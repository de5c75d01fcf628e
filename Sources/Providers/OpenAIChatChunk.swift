// The members of a chunk that are read. Any of them may be absent, null or of another type: then it
// says nothing, and the rest of the chunk still counts.

import Chat

struct OpenAIChatChunk: Decodable {
  let model: String?
  let error: Complaint?
  let choices: [Choice]?
  let usage: Usage?

  private enum Key: String, CodingKey {
    case model
    case error
    case object
    case type
    case choices
    case usage
    case gatewayExtra = "x_groq"
  }

  private struct GatewayExtra: Decodable {
    let usage: OpenAIUsage?
  }

  /// True if nothing of it is this dialect's alone. Others tell their usage under the same name.
  var isForeign: Bool { choices == nil && error == nil }

  init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Key.self)
    model = object.lenient(.model)
    // Some put the members of an error side by side with what says that it is one (vLLM's own errors).
    let isError = [Key.object, .type].contains { object.lenient($0) == "error" }
    error =
      object.lenient(.error, as: ErrorMember.self)?.complaint
      ?? (isError ? Complaint(message: nil) : nil)
    choices = object.lenientArray(.choices)
    let usage =
      object.lenient(.usage, as: OpenAIUsage.self)
      ?? object.lenient(.gatewayExtra, as: GatewayExtra.self)?.usage
    self.usage = usage?.value
  }

  struct Choice: Decodable {
    let index: Int
    let delta: Delta?
    /// Nil for null and for the empty text that some proxies send with every chunk.
    let finishReason: String?

    private enum Key: String, CodingKey {
      case index
      case delta
      case finishReason = "finish_reason"
    }

    init(from decoder: any Decoder) throws {
      let object = try decoder.container(keyedBy: Key.self)
      index = object.lenient(.index, as: LenientCount.self)?.value ?? 0
      delta = object.lenient(.delta)
      let reason: String? = object.lenient(.finishReason)
      finishReason = reason == "" ? nil : reason
    }
  }

  struct Delta: Decodable {
    let content: Content?
    /// `reasoning_content` (DeepSeek and many) or `reasoning` (Groq, OpenRouter, newer vLLM); where
    /// both come they say the same.
    let reasoning: String?
    let refusal: String?
    let toolCalls: [ToolCall]?
    let function: ToolFunction?

    private enum Key: String, CodingKey {
      case content
      case reasoning
      case reasoningContent = "reasoning_content"
      case refusal
      case toolCalls = "tool_calls"
      case functionCall = "function_call"
    }

    init(from decoder: any Decoder) throws {
      let object = try decoder.container(keyedBy: Key.self)
      content = object.lenient(.content)
      let reasoningContent: String? = object.lenient(.reasoningContent)
      reasoning =
        reasoningContent?.isEmpty == false ? reasoningContent : object.lenient(.reasoning)
      refusal = object.lenient(.refusal)
      toolCalls = object.lenientArray(.toolCalls)
      function = object.lenient(.functionCall)
    }
  }

  /// Text, or an array of parts (Mistral).
  struct Content: Decodable {
    let text: String
    let thinking: String

    private struct Part: Decodable {
      let text: String?
      let thinking: [Part]?

      private enum Key: String, CodingKey {
        case text
        case thinking
      }

      init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: Key.self)
        text = object.lenient(.text)
        thinking = object.lenientArray(.thinking)
      }
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let text = try? container.decode(String.self) {
        self.text = text
        thinking = ""
      } else {
        let parts = try container.decode([Lenient<Part>].self).compactMap(\.value)
        text = parts.compactMap(\.text).joined()
        thinking = parts.compactMap(\.thinking).joined().compactMap(\.text).joined()
      }
    }
  }

  struct ToolCall: Decodable {
    let index: Int?
    let id: String?
    let function: ToolFunction?

    private enum Key: String, CodingKey {
      case index
      case id
      case function
    }

    init(from decoder: any Decoder) throws {
      let object = try decoder.container(keyedBy: Key.self)
      index = object.lenient(.index, as: LenientCount.self)?.value
      id = object.lenient(.id)
      function = object.lenient(.function)
    }
  }
}

/// A tool and what it is to be given.
struct ToolFunction: Decodable {
  let name: String?
  /// A piece of JSON as text; from some servers the whole as JSON.
  let arguments: String?

  private enum Key: String, CodingKey {
    case name
    case arguments
  }

  init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Key.self)
    name = object.lenient(.name)
    arguments = object.lenient(.arguments) ?? object.lenient(.arguments, as: JSONValue.self)?.text
  }
}

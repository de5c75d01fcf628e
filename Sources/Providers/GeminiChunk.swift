// The members of a chunk of Gemini's stream that are read. Any of them may be absent, null or of another type:
// then it says nothing, and the rest of the chunk still counts.

import Chat

struct GeminiChunk: Decodable {
  let model: String?
  let requestID: String?
  /// Only the first is asked for.
  let candidate: Candidate?
  /// Why the prompt was not let through, told instead of a reply.
  let block: Block?
  let usage: Usage?
  let hasError: Bool
  /// True if nothing of it belongs to this dialect.
  let isForeign: Bool

  private enum Key: String, CodingKey {
    case model = "modelVersion"
    case requestID = "responseId"
    case candidates
    case promptFeedback
    case usage = "usageMetadata"
    case error
  }

  init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Key.self)
    model = object.lenient(.model)
    requestID = object.lenient(.requestID)
    let candidates = object.lenientArray(.candidates, of: Candidate.self)
    candidate = candidates?.first { $0.index == 0 }
    let feedback = object.lenient(.promptFeedback, as: Feedback.self)
    block = feedback?.block
    usage = object.lenient(.usage, as: GeminiUsage.self)?.value
    hasError = object.lenient(.error, as: ErrorMember.self)?.complaint != nil
    isForeign =
      candidates == nil && feedback == nil && usage == nil && model == nil && !hasError
  }

  struct Candidate: Decodable {
    let index: Int
    let parts: [Part]
    /// Nil for null and for the empty text.
    let finishReason: String?

    private enum Key: String, CodingKey {
      case index
      case content
      case parts
      case finishReason
    }

    init(from decoder: any Decoder) throws {
      let object = try decoder.container(keyedBy: Key.self)
      index = object.lenient(.index, as: LenientCount.self)?.value ?? 0
      let content = try? object.nestedContainer(keyedBy: Key.self, forKey: .content)
      parts = content?.lenientArray(.parts) ?? []
      let reason: String? = object.lenient(.finishReason)
      finishReason = reason == "" ? nil : reason
    }
  }

  /// Pictures, code that the server ran and signatures of thoughts are passed over.
  struct Part: Decodable {
    let text: String?
    let isThought: Bool
    let call: Call?

    private enum Key: String, CodingKey {
      case text
      case thought
      case functionCall
    }

    init(from decoder: any Decoder) throws {
      let object = try decoder.container(keyedBy: Key.self)
      text = object.lenient(.text)
      isThought = object.lenient(.thought) ?? false
      call = object.lenient(.functionCall)
    }
  }

  /// A call of a tool; it comes whole.
  struct Call: Decodable {
    let name: String?
    /// As JSON.
    let arguments: String?

    private enum Key: String, CodingKey {
      case name
      case args
    }

    init(from decoder: any Decoder) throws {
      let object = try decoder.container(keyedBy: Key.self)
      name = object.lenient(.name)
      arguments = object.lenient(.args, as: JSONValue.self)?.text
    }
  }

  struct Block: Hashable {
    /// The provider's own word, for example `PROHIBITED_CONTENT`.
    let reason: String
    let message: String?
  }

  private struct Feedback: Decodable {
    let block: Block?

    private enum Key: String, CodingKey {
      case blockReason
      case blockReasonMessage
    }

    init(from decoder: any Decoder) throws {
      let object = try decoder.container(keyedBy: Key.self)
      let reason: String? = object.lenient(.blockReason)
      let message: String? = object.lenient(.blockReasonMessage)
      block = reason.flatMap { $0.isEmpty ? nil : Block(reason: $0, message: message) }
    }
  }
}

/// What is billed so far. The thoughts are not counted among the tokens of the candidates.
private struct GeminiUsage: Decodable {
  let value: Usage

  private enum Key: String, CodingKey {
    case input = "promptTokenCount"
    case output = "candidatesTokenCount"
    case thoughts = "thoughtsTokenCount"
    case cached = "cachedContentTokenCount"
  }

  init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Key.self)
    let output = object.lenient(.output, as: LenientCount.self)?.value
    let thoughts = object.lenient(.thoughts, as: LenientCount.self)?.value
    value = Usage(
      inputTokens: object.lenient(.input, as: LenientCount.self)?.value,
      outputTokens: output == nil && thoughts == nil ? nil : (output ?? 0) + (thoughts ?? 0),
      reasoningTokens: thoughts,
      cachedTokens: object.lenient(.cached, as: LenientCount.self)?.value)
  }
}

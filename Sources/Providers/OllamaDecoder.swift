// Bytes of Ollama's chat stream → events: one JSON object a line, the last one with `done: true`.

import Chat
import Wire

struct OllamaDecoder: LineDecoder {
  var parser = JSONLineParser()
  var record = ReplyRecord()
  private var toolCallCount = 0
  private var foreignCount = 0
  private var hasChunk = false

  var isForeign: Bool { foreignCount > 0 && !hasChunk }

  mutating func read(_ chunk: OllamaChunk) {
    guard !chunk.isForeign else {
      foreignCount += 1
      return
    }
    hasChunk = true
    record.start(model: chunk.model)
    if let complaint = chunk.error {
      record.facts.complaint = complaint
      return
    }
    record.thinking(chunk.thinking)
    record.text(chunk.content)
    for call in chunk.toolCalls {
      toolCallCount += 1
      record.toolCall(name: call.function.name, key: "call \(toolCallCount)")
      record.toolArguments(call.function.arguments, key: "call \(toolCallCount)")
    }
    if let usage = chunk.usage { record.usage(usage) }
    // Gateways send the reason without `done`; older servers `done` without a reason.
    if let word = chunk.doneReason { record.finish(stopReason(word)) }
    if chunk.isDone {
      record.finish(record.facts.finish ?? .stop)
      record.facts.isTerminal = true
    }
  }

  private func stopReason(_ word: String) -> StopReason {
    switch word {
    case "stop": .stop
    case "length": .length
    default: .other(word)
    }
  }
}

/// The members of a line that are read.
struct OllamaChunk: Decodable {
  let model: String?
  let content: String?
  let thinking: String?
  let toolCalls: [ToolCall]
  let isDone: Bool
  let doneReason: String?
  let usage: Usage?
  let error: Complaint?
  /// True if nothing of it belongs to this dialect.
  let isForeign: Bool

  private enum Key: String, CodingKey {
    case model
    case message
    case done
    case doneReason = "done_reason"
    case inputTokens = "prompt_eval_count"
    case outputTokens = "eval_count"
    case error
    case content
    case thinking
    case toolCalls = "tool_calls"
  }

  struct ToolCall: Decodable {
    let function: ToolFunction
  }

  init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Key.self)
    model = object.lenient(.model)
    error = object.lenient(.error, as: ErrorMember.self)?.complaint
    let message = try? object.nestedContainer(keyedBy: Key.self, forKey: .message)
    content = message?.lenient(.content)
    thinking = message?.lenient(.thinking)
    toolCalls = message?.lenientArray(.toolCalls) ?? []
    isDone = object.lenient(.done) ?? false
    let reason: String? = object.lenient(.doneReason)
    doneReason = reason == "" ? nil : reason
    let input = object.lenient(.inputTokens, as: LenientCount.self)?.value
    let output = object.lenient(.outputTokens, as: LenientCount.self)?.value
    usage =
      input == nil && output == nil ? nil : Usage(inputTokens: input, outputTokens: output)
    isForeign = message == nil && error == nil && !isDone && doneReason == nil
  }
}

// Bytes of a Chat Completions stream → events. The shapes are those that servers were seen to send:
// usage in a chunk of its own, on the finishing chunk or in every chunk; chunks without choices;
// errors beside choices; no `[DONE]`.

import Chat
import Wire

struct OpenAIChatDecoder: EventDecoder {
  var parser = ServerSentEventParser()
  var record = ReplyRecord()
  private var hasRefusal = false
  /// The keys of calls of tools, by their ids.
  private var toolCallKeys: [String: String] = [:]
  /// How many JSON objects came that say nothing in this dialect, and whether any did.
  private var foreignCount = 0
  private var hasChunk = false

  mutating func readTail(_ tail: ServerSentEventTail) {
    if let event = tail.pendingEvent, event.type == "error" {
      record.facts.complaint = Complaint(event: event.data)
    }
    for data in [tail.pendingEvent?.data ?? [], tail.pendingLine] where !record.isOver {
      if isDone(data) {
        record.facts.isTerminal = true
      } else if let complaint = complaint(in: data) {
        record.facts.complaint = complaint
      }
    }
  }

  mutating func read(_ event: ServerSentEvent) {
    let data = event.data
    guard !isBlank(data) else { return }
    guard !isDone(data) else {
      record.facts.isTerminal = true
      return
    }
    guard event.type != "error" else {
      record.facts.complaint = Complaint(event: data)
      return
    }
    guard let chunk = JSONText.decodePiece(OpenAIChatChunk.self, from: data) else {
      // An array around an error is no chunk and still an error.
      if let complaint = Complaint(json: data) {
        record.facts.complaint = complaint
      } else {
        record.facts.confusion = .notJSON(excerpt: excerpt(data))
      }
      return
    }
    if chunk.isForeign { foreignCount += 1 } else { hasChunk = true }
    // Only what has choices names the model that answers.
    if !chunk.isForeign { record.start(model: chunk.model) }
    if let usage = chunk.usage { record.usage(usage) }
    // First the error: gateways put it beside choices that look like an end.
    if let complaint = chunk.error {
      // What is said of it may stand beside it.
      record.facts.complaint = Complaint(json: data) ?? complaint
      return
    }
    for choice in chunk.choices ?? [] where choice.index == 0 { read(choice) }
  }

  private mutating func read(_ choice: OpenAIChatChunk.Choice) {
    if let delta = choice.delta {
      record.thinking(delta.reasoning)
      record.thinking(delta.content?.thinking)
      record.text(delta.content?.text)
      record.refusal(delta.refusal)
      if delta.refusal?.isEmpty == false { hasRefusal = true }
      for call in delta.toolCalls ?? [] {
        let key = key(of: call)
        record.toolCall(name: call.function?.name, key: key)
        record.toolArguments(call.function?.arguments, key: key)
      }
      record.toolCall(name: delta.function?.name, key: "function_call")
      record.toolArguments(delta.function?.arguments, key: "function_call")
    }
    guard let word = choice.finishReason else { return }
    if word == "error" || word == "insufficient_system_resource" {
      // Without an error object (vLLM, OpenRouter; DeepSeek, which ran out of machines): the word is all
      // there is.
      record.facts.complaint = Complaint(message: nil, code: word)
    } else {
      record.finish(stopReason(word))
    }
  }

  /// Which pieces belong together: those of one index. Some servers leave it out and repeat the id.
  private mutating func key(of call: OpenAIChatChunk.ToolCall) -> String {
    let known = call.id.flatMap { toolCallKeys[$0] }
    let key = call.index.map { "index \($0)" } ?? known ?? call.id ?? "index 0"
    if let id = call.id, known == nil, toolCallKeys.count < ReplyRecord.toolCallLimit {
      toolCallKeys[id] = key
    }
    return key
  }

  private func stopReason(_ word: String) -> StopReason {
    switch word {
    case "stop", "end_turn", "eos": hasRefusal ? .refusal : .stop
    case "length", "max_tokens", "model_length": .length
    case "content_filter": .contentFilter
    case "tool_calls", "function_call": .toolCalls
    default: .other(word)
    }
  }

  /// A reply that did not finish may have been something else all along.
  mutating func readRest() {
    guard record.facts.finish == nil else { return }
    let lines = StrayLines(of: parser)
    if let complaint = lines.complaint {
      record.facts.complaint = complaint
    } else if !hasChunk {
      record.facts.confusion = lines.confusion(foreignCount: foreignCount)
    }
  }

  private func complaint(in data: [UInt8]) -> Complaint? {
    JSONText.decode(OpenAIChatChunk.self, from: data)?.error.map { Complaint(json: data) ?? $0 }
  }
}

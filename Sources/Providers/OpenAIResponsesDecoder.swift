// Bytes of a Responses stream → events. Each event says in `type` what it is, and once more in its name;
// where the two differ the JSON counts, where one is missing the other does. The last one holds the whole
// reply again, and on some servers holds it alone.
//
//   created, in_progress, queued      who answers
//   output_item, content_part, …      frames around what follows; of a call of a tool its name
//   output_text.delta, refusal.delta  the reply
//   reasoning_….delta                 what was thought: a summary in parts, or the raw words
//   completed, incomplete, failed     the last word
//   error                             the same, and `failed` may follow it
//
// There are many more kinds (searches, pictures, audio), and there will be others: they are passed over.

import Chat
import Wire

struct OpenAIResponsesDecoder: EventDecoder {
  /// Where a piece of thinking belongs; between two places stands a blank line.
  private struct Place: Hashable {
    let isSummary: Bool
    let output: Int
    let part: Int

    /// Another place than any that an event names.
    static let between = Place(isSummary: true, output: -1, part: -1)
  }

  var parser = ServerSentEventParser()
  var record = ReplyRecord()
  private var hasText = false
  private var hasRefusal = false
  private var hasThinking = false
  /// Where the thinking stands that came last; nil where something else came after it.
  private var thoughtPlace: Place?
  /// The calls that were told, by their keys, and whether anything of their arguments came.
  private var calls: [String: Bool] = [:]
  private var hasKnown = false
  private var hasForeign = false

  mutating func readTail(_ tail: ServerSentEventTail) {
    guard let event = tail.pendingEvent else { return }
    record.facts.complaint =
      decode(event.data).map {
        complaint(of: $0, named: $0.type ?? event.type, data: event.data)
      } ?? complaint(ofUnreadable: event)
  }

  mutating func readRest() {
    let lines = StrayLines(of: parser)
    if let complaint = lines.complaint {
      record.facts.complaint = complaint
    } else if !hasKnown {
      record.facts.confusion = lines.confusion(foreignCount: hasForeign ? 1 : 0)
    }
  }

  mutating func read(_ event: ServerSentEvent) {
    guard !isEmptyWord(event.data) else { return }
    guard let content = decode(event.data) else {
      record.facts.complaint = complaint(ofUnreadable: event)
      if !record.isOver { record.facts.confusion = .notJSON(excerpt: excerpt(event.data)) }
      return
    }
    let type = content.type ?? event.type
    if let response = content.response {
      record.start(model: response.model, requestID: response.id)
      if let usage = response.usage { record.usage(usage) }
    }
    if let complaint = complaint(of: content, named: type, data: event.data) {
      tellUntold(content.response?.output ?? [])
      record.facts.complaint = complaint
    } else if type.hasPrefix("response.") {
      hasKnown = true
      read(content, named: type)
    } else if type != "keepalive" {
      hasForeign = true
    }
  }

  private mutating func read(_ event: OpenAIResponsesEvent, named type: String) {
    switch type {
    case "response.output_text.delta": text(event.delta)
    case "response.refusal.delta": refusal(event.delta)
    case "response.reasoning_summary_part.added": thoughtPlace = thoughtPlace.map { _ in .between }
    case "response.reasoning_summary_text.delta":
      think(event.delta, at: place(of: event, isSummary: true))
    case "response.reasoning_text.delta": think(event.delta, at: place(of: event, isSummary: false))
    case "response.output_item.added": call(event.item, key: key(of: event), isWhole: false)
    case "response.output_item.done": call(event.item, key: key(of: event), isWhole: true)
    case "response.function_call_arguments.delta", "response.custom_tool_call_input.delta":
      arguments(event.delta, key: key(of: event))
    case "response.function_call_arguments.done", "response.custom_tool_call_input.done":
      fill(event.arguments, key: key(of: event))
    case "response.completed": end(event.response, isWhole: true)
    case "response.incomplete": end(event.response, isWhole: false)
    default: break
    }
  }

  // MARK: - What is told as it comes

  private mutating func text(_ text: String?) {
    guard let text, !text.isEmpty else { return }
    hasText = true
    thoughtPlace = nil
    record.text(text)
  }

  private mutating func refusal(_ text: String?) {
    guard let text, !text.isEmpty else { return }
    hasRefusal = true
    thoughtPlace = nil
    record.refusal(text)
  }

  private mutating func think(_ text: String?, at place: Place) {
    guard let text, !text.isEmpty else { return }
    let isNext = thoughtPlace != nil && thoughtPlace != place
    hasThinking = true
    thoughtPlace = place
    record.thinking(isNext ? "\n\n" + text : text)
  }

  /// - Parameter isWhole: the item holds all of its arguments.
  private mutating func call(
    _ item: OpenAIResponsesEvent.Item?, key: String, isWhole: Bool
  ) {
    guard let item, item.kind == .call, let name = item.name, !name.isEmpty else { return }
    if calls[key] == nil, calls.count < ReplyRecord.toolCallLimit {
      calls[key] = false
      thoughtPlace = nil
      record.toolCall(name: name, key: key)
    }
    if isWhole { fill(item.arguments, key: key) }
  }

  private mutating func arguments(_ text: String?, key: String) {
    guard let text, !text.isEmpty, calls[key] != nil else { return }
    calls[key] = true
    record.toolArguments(text, key: key)
  }

  /// The whole of the arguments, where no piece of them came.
  private mutating func fill(_ text: String?, key: String) {
    if calls[key] == false { arguments(text, key: key) }
  }

  private func place(of event: OpenAIResponsesEvent, isSummary: Bool) -> Place {
    Place(isSummary: isSummary, output: event.outputIndex ?? 0, part: event.partIndex ?? 0)
  }

  private func key(of event: OpenAIResponsesEvent) -> String {
    event.outputIndex.map { "output \($0)" } ?? event.itemID ?? event.item?.id ?? ""
  }

  // MARK: - The end

  private mutating func end(_ response: OpenAIResponsesEvent.Response?, isWhole: Bool) {
    tellUntold(response?.output ?? [])
    switch response?.incompleteReason {
    case "max_output_tokens": record.finish(.length)
    case "content_filter": record.finish(.contentFilter)
    case let word?: record.finish(.other(word))
    case nil where !isWhole: record.finish(.other("incomplete"))
    case nil: record.finish(hasRefusal ? .refusal : calls.isEmpty ? .stop : .toolCalls)
    }
    record.facts.isTerminal = true
  }

  /// What of the whole reply has not come in pieces. Thinking that would come after the text it led to is
  /// left out.
  private mutating func tellUntold(_ output: [OpenAIResponsesEvent.Item]) {
    let isTextTold = hasText || hasRefusal
    let isThinkingTold = hasThinking || isTextTold
    let isCallTold = !calls.isEmpty
    for (index, item) in output.enumerated() {
      switch item.kind {
      case .reasoning where !isThinkingTold:
        for (isSummary, parts) in [(true, item.summary), (false, item.content)] {
          for (number, part) in parts.enumerated() {
            think(part.text, at: Place(isSummary: isSummary, output: index, part: number))
          }
        }
      case .message where !isTextTold:
        for part in item.content {
          text(part.text)
          refusal(part.refusal)
        }
      case .call where !isCallTold: call(item, key: "output \(index)", isWhole: true)
      case .reasoning, .message, .call, .other: break
      }
    }
  }

  // MARK: - Errors

  /// What an event complains of; nil for one that does not. A response that holds an error is one, whatever
  /// its event is called.
  private func complaint(
    of event: OpenAIResponsesEvent, named type: String, data: [UInt8]
  ) -> Complaint? {
    if type == "error" { return Complaint(event: data) }
    if let complaint = event.response?.error { return complaint }
    if type == "response.failed" { return event.error ?? Complaint(message: nil) }
    // Gateways have errors of their own, without a type or with the error's.
    return type.hasPrefix("response.") ? nil : event.error
  }

  /// An array around an error is no event and still an error, and so is whatever bears its name.
  private func complaint(ofUnreadable event: ServerSentEvent) -> Complaint? {
    event.type == "error" ? Complaint(event: event.data) : Complaint(json: event.data)
  }

  private func decode(_ data: [UInt8]) -> OpenAIResponsesEvent? {
    JSONText.decodePiece(OpenAIResponsesEvent.self, from: data)
  }

  /// Nothing at all, or the last word of Chat Completions, which gateways add out of habit: here it does
  /// not say that the reply is whole.
  private func isEmptyWord(_ data: [UInt8]) -> Bool {
    data.count <= 64 && ["", "[DONE]"].contains(oneLine(String(decoding: data, as: UTF8.self)))
  }
}

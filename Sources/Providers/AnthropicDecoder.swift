// Bytes of Anthropic's Messages stream → events. A message is made of blocks, and each delta names its block.
// Servers and proxies that speak this wire were seen to drop the names of events or their types, to begin a
// message twice, to leave out the beginning of a block and the last word.

import Chat
import Wire

struct AnthropicDecoder: EventDecoder {
  var parser = ServerSentEventParser()
  var record = ReplyRecord()
  private var blocks = AnthropicBlocks()
  private var usage: AnthropicUsage?
  private var messageID: String?
  private var hasMessage = false
  /// How many JSON objects came that say nothing in this dialect, and whether any did.
  private var foreignCount = 0
  private var hasEvent = false

  mutating func receive(_ bytes: [UInt8]) -> [StreamEvent] {
    guard !record.isOver else { return [] }
    take(bytes)
    if record.isOver { blocks.release(to: &record) }
    return record.takeEvents()
  }

  mutating func finish() -> [StreamEvent] {
    guard !record.isOver else { return [] }
    takeEnd()
    blocks.release(to: &record)
    return record.takeLastEvents()
  }

  mutating func readTail(_ tail: ServerSentEventTail) {
    guard let event = tail.pendingEvent else { return }
    let content = JSONText.decode(AnthropicEvent.self, from: event.data)
    if event.type == "error" || content?.type == "error" || content?.hasError == true {
      record.facts.complaint = Complaint(event: event.data)
    } else if isDone(event.data)
      || (content != nil && (content?.type ?? event.type) == "message_stop")
    {
      record.facts.isTerminal = true
    }
  }

  mutating func readRest() {
    guard record.facts.finish == nil else { return }
    let lines = StrayLines(of: parser)
    if let complaint = lines.complaint {
      record.facts.complaint = complaint
    } else if !hasEvent {
      record.facts.confusion = lines.confusion(foreignCount: foreignCount)
    }
  }

  mutating func read(_ event: ServerSentEvent) {
    // An event may be its name alone; without a name there is nothing then.
    let isEmpty = isBlank(event.data)
    guard !isEmpty || event.type != "message" else { return }
    guard !isDone(event.data) else {
      // The last word of another dialect, behind nothing of this one, ends that one's reply.
      record.facts.isTerminal = hasEvent || foreignCount == 0
      return
    }
    let data = isEmpty ? Array("{}".utf8) : event.data
    if let content = JSONText.decodePiece(AnthropicEvent.self, from: data) {
      read(content, named: event.type, data)
    } else if event.type == "error" || Complaint(json: data) != nil {
      record.facts.complaint = Complaint(event: data)
    } else if event.type != "ping" {
      record.facts.confusion = .notJSON(excerpt: excerpt(data))
    }
  }

  private mutating func read(_ event: AnthropicEvent, named name: String, _ data: [UInt8]) {
    switch event.type ?? name {
    case "message_start": startMessage(event.message)
    case "content_block_start":
      if let block = event.block { blocks.start(block, at: event.index, &record) }
    case "content_block_delta":
      if let delta = event.delta { blocks.add(delta, at: event.index, &record) }
    case "content_block_stop": blocks.stop(at: event.index, &record)
    case "message_delta":
      note(event.usage)
      if let delta = event.delta { finishMessage(delta) }
    case "message_stop": record.facts.isTerminal = true
    case "ping": break
    case "error": record.facts.complaint = Complaint(event: data)
    default:
      // Types are added as time goes by, and are not to be minded; an error is one whatever it is called,
      // and its own type may stand where that of the event should.
      if event.hasError || name == "error" { record.facts.complaint = Complaint(event: data) }
      foreignCount += 1
      return
    }
    hasEvent = true
  }

  /// A proxy may begin the same message twice. Another one does not belong here: two streams were mixed up.
  private mutating func startMessage(_ message: AnthropicEvent.Message?) {
    guard !hasMessage else {
      if let id = message?.id, let messageID, id != messageID {
        record.facts.confusion = .spliced
      }
      return
    }
    hasMessage = true
    messageID = message?.id
    record.start(model: message?.model, requestID: message?.id)
    note(message?.usage)
  }

  /// The counts are of the whole message so far, each time they come.
  private mutating func note(_ latest: AnthropicUsage?) {
    guard let latest else { return }
    let total = latest.over(usage)
    usage = total
    if let value = total.value { record.usage(value) }
  }

  private mutating func finishMessage(_ delta: AnthropicEvent.Delta) {
    guard let word = delta.stopReason else { return }
    // No block goes on behind the reason, whether it was closed or not.
    blocks.release(to: &record)
    if word == "refusal", record.facts.finish == nil { record.refusal(delta.explanation) }
    record.finish(stopReason(word))
  }

  private func stopReason(_ word: String) -> StopReason {
    switch word {
    case "end_turn", "stop_sequence": .stop
    case "max_tokens", "model_context_window_exceeded": .length
    case "tool_use": .toolCalls
    case "refusal": .refusal
    default: .other(word)
    }
  }
}

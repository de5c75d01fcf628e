// Bytes of Gemini's stream → events: each event is a response of its own with the next parts of the reply.
// There is no last word: the stream ends. A finish is none either as long as the stream goes on, because
// servers were seen to send one with every chunk. And an error may come as bare JSON over many lines, which is
// no event.

import Chat
import Wire

struct GeminiDecoder: EventDecoder {
  var parser = ServerSentEventParser()
  var record = ReplyRecord()
  private var toolCallCount = 0
  private var isBlocked = false
  /// How many lines that are no events have been looked at.
  private var strayLineCount = 0
  /// How many JSON objects came that say nothing in this dialect, and whether any did.
  private var foreignCount = 0
  private var hasChunk = false

  init() {
    record.facts.finishMayBeEarly = true
  }

  mutating func receive(_ bytes: [UInt8]) -> [StreamEvent] {
    guard !record.isOver else { return [] }
    // A line at a time: what stands behind an error must not count, wherever the bytes were cut.
    var rest = bytes[...]
    while !record.isOver, !rest.isEmpty {
      let end = rest.firstIndex { $0 == 0x0A || $0 == 0x0D } ?? rest.endIndex - 1
      take(Array(rest[...end]))
      if !record.isOver { readStrayLines() }
      rest = rest[(end + 1)...]
    }
    return record.takeEvents()
  }

  mutating func readTail(_ tail: ServerSentEventTail) {
    guard let event = tail.pendingEvent else { return }
    if event.type == "error" {
      record.facts.complaint = Complaint(event: event.data)
    } else if JSONText.decode(GeminiChunk.self, from: event.data)?.hasError == true {
      record.facts.complaint = Complaint(json: event.data)
    }
  }

  /// An error ends the stream however much of it has come. One whose end is missing is waited for.
  private mutating func readStrayLines() {
    guard parser.unknownLines.count > strayLineCount else { return }
    strayLineCount = parser.unknownLines.count
    let lines = StrayLines(of: parser)
    record.facts.complaint = lines.complaint
    record.facts.hasCutError = lines.hasCutError
  }

  mutating func readRest() {
    let lines = StrayLines(of: parser)
    if let complaint = lines.complaint ?? lines.cutComplaint {
      record.facts.complaint = complaint
    } else if !hasChunk, record.facts.finish == nil {
      record.facts.confusion = lines.confusion(foreignCount: foreignCount)
    }
  }

  mutating func read(_ event: ServerSentEvent) {
    guard !isBlank(event.data), !isDone(event.data) else { return }
    guard event.type != "error" else {
      record.facts.complaint = Complaint(event: event.data)
      return
    }
    if let chunk = JSONText.decodePiece(GeminiChunk.self, from: event.data) {
      read(chunk, event.data)
    } else if let complaint = Complaint(json: event.data) {
      // An array around an error is no chunk and still an error.
      record.facts.complaint = complaint
    } else {
      record.facts.confusion = .notJSON(excerpt: excerpt(event.data))
    }
  }

  private mutating func read(_ chunk: GeminiChunk, _ data: [UInt8]) {
    guard !chunk.isForeign else {
      foreignCount += 1
      return
    }
    hasChunk = true
    record.start(model: chunk.model, requestID: chunk.requestID)
    if let usage = chunk.usage { record.usage(usage) }
    guard !chunk.hasError else {
      record.facts.complaint = Complaint(json: data)
      return
    }
    for part in chunk.candidate?.parts ?? [] { read(part) }
    if let word = chunk.candidate?.finishReason { record.finish(stopReason(word)) }
    if let block = chunk.block { read(block) }
  }

  private mutating func read(_ part: GeminiChunk.Part) {
    if part.isThought { record.thinking(part.text) } else { record.text(part.text) }
    guard let call = part.call else { return }
    toolCallCount += 1
    let key = "call \(toolCallCount)"
    record.toolCall(name: call.name, key: key)
    record.toolArguments(call.arguments, key: key)
  }

  /// The prompt was not let through. The reason is told in the place of the reply, once.
  private mutating func read(_ block: GeminiChunk.Block) {
    guard !isBlocked else { return }
    isBlocked = true
    let word = clipped(oneLine(block.reason), to: 60)
    record.refusal(block.message ?? "The provider did not let the prompt through (\(word)).")
    record.finish(.contentFilter)
  }

  private func stopReason(_ word: String) -> StopReason {
    switch word {
    case "STOP": toolCallCount > 0 ? .toolCalls : .stop
    case "MAX_TOKENS": .length
    case "SAFETY", "RECITATION", "LANGUAGE", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII":
      .contentFilter
    case _ where word.hasPrefix("IMAGE_"): .contentFilter
    default: .other(word)
    }
  }
}

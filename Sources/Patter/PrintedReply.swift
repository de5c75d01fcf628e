// What standard output gets of a reply: its words or lines of JSON, as they come or all at the end. A value
// that is fed with events and answers what is to be written; it knows neither the clock nor the sink.

import Chat

/// How a reply is written. All four combinations mean something.
struct PrintedForm: Hashable {
  /// Lines of JSON in place of the words.
  var isJSON = false
  /// Nothing is written before the end.
  var isWhole = false
}

/// A reply on its way to standard output.
struct PrintedReply: Hashable {
  private enum Writer: Hashable {
    case words(PrintedWords)
    case lines
  }

  private var writer: Writer
  /// What waits for the end; nil where nothing does.
  private var held: HeldReply?

  init(_ form: PrintedForm) {
    writer = form.isJSON ? .lines : .words(PrintedWords())
    held = form.isWhole ? HeldReply() : nil
  }

  /// What is to be written now.
  mutating func take(_ event: PrintedEvent) -> String {
    guard held != nil else { return text(of: event) }
    held?.take(event)
    switch event {
    case .finished, .failed: return rest() + text(of: event)
    case .started, .text, .thinking, .refusal, .toolCall, .toolArguments, .usage, .retry: return ""
    }
  }

  /// What came and was not written yet, without an end; nothing is held afterwards.
  mutating func rest() -> String {
    guard let events = held?.events else { return "" }
    held = nil
    return events.map { text(of: $0) }.joined()
  }

  private mutating func text(of event: PrintedEvent) -> String {
    switch writer {
    case .lines: return JSONLine(event).text
    case .words(var words):
      defer { writer = .words(words) }
      return words.take(event)
    }
  }
}

/// The words of a reply, and a line end after the last one if it has none.
struct PrintedWords: Hashable {
  /// The part that was written last.
  private var part: Int?
  private var lastByte: UInt8?

  mutating func take(_ event: PrintedEvent) -> String {
    switch event {
    case .text(let delta, let part), .refusal(let delta, let part):
      // What the model thought in between parts two texts, as a blank line does on a page.
      let gap = self.part.map { $0 != part } ?? false ? "\n\n" : ""
      self.part = part
      lastByte = delta.utf8.last ?? lastByte
      return gap + delta
    case .finished, .failed:
      return lastByte.map { $0 != UInt8(ascii: "\n") } ?? false ? "\n" : ""
    case .started, .thinking, .toolCall, .toolArguments, .usage, .retry:
      return ""
    }
  }
}

/// A reply that is kept until its end. Its deltas are joined, so that each kind of text is one event.
struct HeldReply: Hashable {
  private struct Call: Hashable {
    let id: String
    let name: String
    var arguments = ""
  }

  /// Attempts: what was started, and what was tried again.
  private var attempts: [PrintedEvent] = []
  private var thinking = ""
  private var text = ""
  private var refusal = ""
  private var part: Int?
  private var calls: [Call] = []
  private var usage: Usage?

  mutating func take(_ event: PrintedEvent) {
    switch event {
    case .started, .retry: attempts.append(event)
    case .thinking(let delta): thinking += delta
    case .text(let delta, let part): text += gap(before: part, in: text) + delta
    case .refusal(let delta, let part): refusal += gap(before: part, in: refusal) + delta
    case .toolCall(let id, let name): calls.append(Call(id: id, name: name))
    case .toolArguments(let delta, let id):
      if let place = calls.lastIndex(where: { $0.id == id }) { calls[place].arguments += delta }
    case .usage(let latest): usage = latest
    case .finished, .failed: break
    }
  }

  private mutating func gap(before part: Int, in text: String) -> String {
    defer { self.part = part }
    return text.isEmpty || self.part == part ? "" : "\n\n"
  }

  /// All of it, without an end.
  var events: [PrintedEvent] {
    var events = attempts
    if !thinking.isEmpty { events.append(.thinking(thinking)) }
    if !text.isEmpty { events.append(.text(text, part: 0)) }
    if !refusal.isEmpty { events.append(.refusal(refusal, part: 0)) }
    for call in calls {
      events.append(.toolCall(id: call.id, name: call.name))
      if !call.arguments.isEmpty { events.append(.toolArguments(call.arguments, id: call.id)) }
    }
    if let usage { events.append(.usage(usage)) }
    return events
  }
}

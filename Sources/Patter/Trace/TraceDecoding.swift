// What stands in a trace → the program's values, in the order of `TraceEncoding.swift`. What comes in is
// foreign text: each number has a range, each word is one of those that are written.

import Chat
import Interface
import Settings
import Terminal

extension TracedEvent {
  /// - Throws: when a member holds what is never written.
  func event() throws(TraceFault) -> AppEvent {
    let event = try writtenEvent()
    guard case .stream(let id, let told) = event, id.conversation == Streams.trialConversation
    else { return event }
    return .setup(.answered(told))
  }

  private func writtenEvent() throws(TraceFault) -> AppEvent {
    switch self {
    case .key(let name): return .input(.key(try TracedEvent.key(called: name)))
    case .paste(let text): return .input(.paste(text))
    case .wheel(let notches):
      return .input(.wheel(try within(TraceLimit.notches, notches, "notches")))
    case .click(let row, let column):
      return .input(
        .click(
          Position(
            row: try within(TraceLimit.counts, row, "row"),
            column: try within(TraceLimit.counts, column, "column"))))
    case .focus(let isHere): return .input(.focus(isHere))
    case .hangup: return .input(.hangup)
    case .prompt(let text): return .prompt(text)
    case .started(let stream, let model, let requestID):
      return .stream(try id(stream), .started(model: model, requestID: requestID))
    case .text(let stream, let delta): return .stream(try id(stream), .text(delta))
    case .thinking(let stream, let delta): return .stream(try id(stream), .thinking(delta))
    case .refusal(let stream, let delta): return .stream(try id(stream), .refusal(delta))
    case .toolCall(let stream, let name, let call):
      return .stream(try id(stream), .toolCall(name: name, id: call))
    case .toolArguments(let stream, let delta, let call):
      return .stream(try id(stream), .toolArguments(delta, id: call))
    case .finished(let stream, let reason):
      return .stream(try id(stream), .finished(try stopReason(reason)))
    case .usage(let stream, let tokens):
      return .stream(try id(stream), .usage(try tokens.usage()))
    case .completed(let stream, let reason):
      return .stream(try id(stream), .completed(try stopReason(reason)))
    case .failed(let stream, let failure):
      return .stream(try id(stream), .failed(try failure.failure()))
    case .saved(let conversation, let message):
      return .saved(ConversationID(conversation), try messageID(message))
    case .saveFailed(let conversation, let message, let reason):
      return .saveFailed(ConversationID(conversation), try messageID(message), reason: reason)
    case .modelFound(let route, let place, let welcome):
      return .modelFound(try route.route(), place: place, welcome: welcome)
    case .modelMissing(let reason): return .modelMissing(reason)
    case .modelRefused(let reason): return .modelRefused(reason)
    case .racersFound(let models): return .racersFound(models.map(\.model))
    case .modelsListed(let list): return .modelsListed(try list.list())
    case .themesListed(let items, let inUse):
      return .themesListed(ThemeList(items: items.map(\.item), inUse: inUse))
    case .described(let model, let facts): return .described(model.model, try facts.facts())
    case .edited(let text): return .edited(text)
    case .notice(let kind, let text):
      return .notice(Notice(text, kind: try value(ofWord: kind, "kind of notice")))
    case .laidOut(
      let transcript, let overlay, let reading, let landmarks, let listRow, let lane, let pageRow):
      var layout = ScreenView.Layout(transcript: try transcript.rows())
      if let overlay { layout.overlay = try overlay.rows() }
      if let reading { layout.reading = try messageID(reading) }
      layout.landmarks = try (landmarks ?? []).map { place throws(TraceFault) in try place.place() }
      layout.listRow = try countIfAny(listRow, "listRow")
      if let lane { layout.lane = try lane.rows() }
      layout.pageRow = try countIfAny(pageRow, "pageRow") ?? 0
      return .laidOut(layout)
    case .clock: return .clock
    case .terminate: return .terminate
    case .ownTextsListed(let kind, let rows, let folder, let notes):
      return .ownTextsListed(
        OwnTextList(
          kind: try value(ofWord: kind, "kind of text"), rows: rows.map(\.row), folder: folder,
          notes: notes))
    case .presetRead(let preset, let place, let isFirst):
      return .presetRead(try preset.preset(), place: place, isFirst: isFirst)
    case .snippetRead(let text): return .snippetRead(text)
    case .setup(let event): return .setup(try event.event())
    case .configured(let settings): return .configured(try settings.settings())
    case .placed(let route, let place): return .placed(try route.route(), place: place)
    case .folderListed, .filesInspected, .fileRead, .filesGiven: return .files(try fileNews())
    }
  }

  static func key(called name: String) throws(TraceFault) -> KeyPress {
    // Scalar by scalar: a mark would join the `-` before it.
    var rest = Substring(name).unicodeScalars
    var modifiers: KeyPress.Modifiers = []
    for (word, modifier) in modifierWords where rest.starts(with: word.unicodeScalars) {
      modifiers.insert(modifier)
      rest = rest.dropFirst(word.unicodeScalars.count)
    }
    let word = String(rest)
    if word.count == 1, let character = word.first {
      return KeyPress(.character(character), modifiers)
    }
    if let key = namedKeys.first(where: { "\($0)" == word }) { return KeyPress(key, modifiers) }
    if let number = Int(word.dropFirst()), (0...99).contains(number), word == "f\(number)" {
      return KeyPress(.function(number), modifiers)
    }
    throw TraceFault("\(quoted(name)) is no key")
  }
}

extension TracedInstant {
  /// The time as if the machine had started with the trace, and had not slept before.
  func instant() throws(TraceFault) -> Instant {
    guard TraceLimit.nanoseconds.contains(nanoseconds),
      TraceLimit.unixMilliseconds.contains(unixMilliseconds),
      TraceLimit.asleepNanoseconds.contains(asleepNanoseconds)
    else { throw TraceFault("“at” is no time that Patter can have run") }
    return Instant(
      uptimeNanoseconds: nanoseconds, unixMilliseconds: unixMilliseconds,
      asleepNanoseconds: asleepNanoseconds)
  }
}

extension TracedUsage {
  func usage() throws(TraceFault) -> Usage {
    Usage(
      inputTokens: try countIfAny(input, "input"), outputTokens: try countIfAny(output, "output"),
      reasoningTokens: try countIfAny(reasoning, "reasoning"),
      cachedTokens: try countIfAny(cached, "cached"))
  }
}

extension TracedFacts {
  func facts() throws(TraceFault) -> ModelFacts {
    var facts = ModelFacts(windowTokens: try countIfAny(window, "window"))
    if let price { facts.price = try price.price() }
    return facts
  }
}

extension TracedPrice {
  func price() throws(TraceFault) -> Price {
    for amount in [input, output, cached ?? 0] where !TraceLimit.dollars.contains(amount) {
      throw TraceFault("“price” is none that Patter writes")
    }
    return Price(
      input: input, output: output, cachedInput: cached,
      promptLimit: try countIfAny(promptLimit, "promptLimit"))
  }
}

extension TracedFailure {
  func failure() throws(TraceFault) -> StreamFailure {
    StreamFailure(
      try value(ofWord: kind, "kind of failure"), message, requestID: requestID,
      retryAfterMilliseconds: try countIfAny(retryAfterMilliseconds, "retryAfterMilliseconds"),
      remedy: try value(ofWord: remedy, "remedy"))
  }
}

extension TracedRows {
  func rows() throws(TraceFault) -> Viewport.Rows {
    Viewport.Rows(
      content: try count(content, "content"), visible: try count(visible, "visible"),
      top: try count(top, "top"), seen: try count(seen, "seen"))
  }
}

extension TracedLandmark {
  func place() throws(TraceFault) -> LandmarkRow {
    let id = try messageID(message)
    let landmark: Landmark
    switch (kind, number) {
    case ("message", nil): landmark = .message(id)
    case ("thinking", let part?): landmark = .fold(.thinking(id, part: try count(part, "part")))
    case ("attempt", nil): landmark = .fold(.attempt(id))
    case ("code", let index?): landmark = .code(id, index: try count(index, "block"))
    default: throw TraceFault("\(quoted(kind)) is nothing that stands in a row")
    }
    return LandmarkRow(landmark, row: try count(row, "row"))
  }
}

extension TracedModel {
  var model: ModelID { ModelID(provider: provider, name: name) }
}

extension TracedRoute {
  func route() throws(TraceFault) -> Route {
    let models = models.map(\.model)
    guard let route = Route(name, try value(ofWord: order, "order of models"), models) else {
      throw TraceFault("the route has no models")
    }
    return route
  }
}

extension TracedList {
  func list() throws(TraceFault) -> ModelList {
    let state: ModelList.State
    switch (self.state, reason) {
    case ("looking", nil): state = .looking
    case ("listed", nil): state = .listed
    case ("failed", let reason?): state = .failed(reason)
    default: throw TraceFault("\(quoted(self.state)) is no state of a list")
    }
    return ModelList(id: id, name: name, items: items.map(\.item), state: state)
  }
}

extension TracedItem {
  var item: PickerItem { PickerItem(id, title: title, details: details) }
}

extension TracedOwnText {
  var row: OwnTextList.Row {
    OwnTextList.Row(name: name, description: description, preview: preview)
  }
}

extension TracedPreset {
  func preset() throws(TraceFault) -> Preset {
    var preset = Preset(name, systemPrompt: systemPrompt, options: try options.options())
    if let route { preset.route = try route.route() }
    if let send { preset.sendPolicy = try value(ofWord: send, "policy for sending") }
    if let cutReplies {
      preset.cutReplyPolicy = try value(ofWord: cutReplies, "policy for cut replies")
    }
    return preset
  }
}

extension TraceHeader {
  func beginning() throws(TraceFault) -> Beginning {
    Beginning(
      seed: try messageID(seed), route: try route.route(), settings: try settings.settings())
  }
}

// MARK: - Numbers, ids and words

func within(
  _ range: ClosedRange<Int>, _ number: Int, _ member: String
) throws(TraceFault) -> Int {
  guard range.contains(number) else {
    throw TraceFault("“\(member)” is not from \(range.lowerBound) to \(range.upperBound)")
  }
  return number
}

func count(_ number: Int, _ member: String) throws(TraceFault) -> Int {
  try within(TraceLimit.counts, number, member)
}

func countIfAny(_ number: Int?, _ member: String) throws(TraceFault) -> Int? {
  guard let number else { return nil }
  return try count(number, member)
}

/// Reads the numbers as they are written and in no other way: no sign, no zero in front.
private func id(_ stream: String) throws(TraceFault) -> StreamID {
  let numbers = stream.split(separator: ".").compactMap { UInt32($0) }
  if numbers.count == 2 {
    let id = StreamID(ConversationID(numbers[0]), attempt: numbers[1])
    if traced(id) == stream { return id }
  }
  throw TraceFault("\(quoted(stream)) is no stream")
}

private func messageID(_ digits: String) throws(TraceFault) -> MessageID {
  if let high = UInt64(digits.prefix(16), radix: 16),
    let low = UInt64(digits.dropFirst(16), radix: 16)
  {
    let id = MessageID(high: high, low: low)
    if id.description == digits { return id }
  }
  throw TraceFault("\(quoted(digits)) is no id of a message")
}

private func stopReason(_ text: String) throws(TraceFault) -> StopReason {
  let known: [StopReason] = [.stop, .length, .contentFilter, .refusal, .toolCalls]
  if let reason = known.first(where: { "\($0)" == text }) { return reason }
  // Scalar by scalar, as with keys.
  let prefix = TracedEvent.otherReason.unicodeScalars
  if text.unicodeScalars.starts(with: prefix) {
    return .other(String(text.unicodeScalars.dropFirst(prefix.count)))
  }
  throw TraceFault("\(quoted(text)) is no reason to stop")
}

func value<Value: CaseIterable>(
  ofWord wanted: String, _ kind: String
) throws(TraceFault) -> Value {
  guard let value = Value.allCases.first(where: { word(of: $0) == wanted }) else {
    throw TraceFault("\(quoted(wanted)) is no \(kind)")
  }
  return value
}

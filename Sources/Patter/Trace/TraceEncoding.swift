// The program's values → what stands in a trace. `TraceDecoding.swift` is the way back, in the same order.

import Chat
import Interface
import Terminal

extension TracedEvent {
  init(_ event: AppEvent) {
    switch event {
    case .input(.key(let key)): self = .key(name: TracedEvent.name(of: key))
    case .input(.paste(let text)): self = .paste(text: text)
    case .input(.wheel(let notches)): self = .wheel(notches: notches)
    case .input(.click(let place)): self = .click(row: place.row, column: place.column)
    case .input(.focus(let isHere)): self = .focus(isHere: isHere)
    case .input(.hangup): self = .hangup
    case .prompt(let text): self = .prompt(text: text)
    case .stream(let id, let event): self.init(event, from: traced(id))
    case .saved(let conversation, let message):
      self = .saved(conversation: conversation.number, message: message.description)
    case .saveFailed(let conversation, let message, let reason):
      self = .saveFailed(
        conversation: conversation.number, message: message.description, reason: reason)
    case .modelFound(let route, let place, let welcome):
      self = .modelFound(route: TracedRoute(route), place: place, welcome: welcome)
    case .modelMissing(let reason): self = .modelMissing(reason: reason)
    case .modelRefused(let reason): self = .modelRefused(reason: reason)
    case .racersFound(let models):
      self = .racersFound(models: models.map(TracedModel.init))
    case .modelsListed(let list): self = .modelsListed(list: TracedList(list))
    case .themesListed(let list):
      self = .themesListed(items: list.items.map(TracedItem.init), inUse: list.inUse)
    case .described(let model, let facts):
      self = .described(model: TracedModel(model), facts: TracedFacts(facts))
    case .edited(let text): self = .edited(text: text)
    case .notice(let notice): self = .notice(kind: word(of: notice.kind), text: notice.text)
    case .laidOut(let layout):
      self = .laidOut(
        transcript: TracedRows(layout.transcript), overlay: layout.overlay.map(TracedRows.init),
        reading: layout.reading?.description,
        landmarks: layout.landmarks.isEmpty ? nil : layout.landmarks.map(TracedLandmark.init),
        listRow: layout.listRow, lane: layout.lane.map(TracedRows.init),
        pageRow: layout.pageRow == 0 ? nil : layout.pageRow)
    case .clock: self = .clock
    case .terminate: self = .terminate
    case .ownTextsListed(let list):
      self = .ownTextsListed(
        kind: list.kind.word, rows: list.rows.map(TracedOwnText.init), folder: list.folder,
        notes: list.notes)
    case .presetRead(let preset, let place, let isFirst):
      self = .presetRead(preset: TracedPreset(preset), place: place, isFirst: isFirst)
    case .snippetRead(let text): self = .snippetRead(text: text)
    case .setup(let event): self.init(event)
    case .configured(let settings): self = .configured(settings: TracedSettings(settings))
    case .files(let news): self.init(news)
    case .placed(let route, let place): self = .placed(route: TracedRoute(route), place: place)
    }
  }

  private init(_ event: StreamEvent, from stream: String) {
    switch event {
    case .started(let model, let requestID):
      self = .started(stream: stream, model: model, requestID: requestID)
    case .text(let delta): self = .text(stream: stream, delta: delta)
    case .thinking(let delta): self = .thinking(stream: stream, delta: delta)
    case .refusal(let delta): self = .refusal(stream: stream, delta: delta)
    case .toolCall(let name, let id): self = .toolCall(stream: stream, name: name, id: id)
    case .toolArguments(let delta, let id):
      self = .toolArguments(stream: stream, delta: delta, id: id)
    case .finished(let reason): self = .finished(stream: stream, reason: traced(reason))
    case .usage(let usage): self = .usage(stream: stream, tokens: TracedUsage(usage))
    case .completed(let reason): self = .completed(stream: stream, reason: traced(reason))
    case .failed(let failure): self = .failed(stream: stream, failure: TracedFailure(failure))
    }
  }

  /// What is held, each with a `-` behind it, and then the key's word or the letter itself.
  static func name(of press: KeyPress) -> String {
    let held = modifierWords.filter { press.modifiers.contains($0.modifier) }.map(\.word)
    return held.joined() + name(of: press.key)
  }

  static let modifierWords: [(word: String, modifier: KeyPress.Modifiers)] = [
    ("ctrl-", .control), ("alt-", .alt), ("shift-", .shift),
  ]

  private static func name(of key: KeyPress.Key) -> String {
    switch key {
    case .character(let character): String(character)
    case .function(let number): "f\(number)"
    case .enter, .tab, .escape, .backspace, .delete, .insert, .up, .down, .left, .right, .home,
      .end,
      .pageUp, .pageDown:
      "\(key)"
    }
  }

  /// The keys whose word is the name of their case.
  static let namedKeys: [KeyPress.Key] = [
    .enter, .tab, .escape, .backspace, .delete, .insert, .up, .down, .left, .right, .home, .end,
    .pageUp, .pageDown,
  ]
}

extension TracedInstant {
  /// - Parameter start: when the trace began.
  init(_ instant: Instant, since start: Instant) {
    nanoseconds = instant.uptimeNanoseconds - start.uptimeNanoseconds
    unixMilliseconds = instant.unixMilliseconds
    asleepNanoseconds = instant.asleepNanoseconds - start.asleepNanoseconds
  }
}

extension TracedUsage {
  init(_ usage: Usage) {
    input = usage.inputTokens
    output = usage.outputTokens
    reasoning = usage.reasoningTokens
    cached = usage.cachedTokens
  }
}

extension TracedFacts {
  init(_ facts: ModelFacts) {
    price = facts.price.map(TracedPrice.init)
    window = facts.windowTokens
  }
}

extension TracedPrice {
  init(_ price: Price) {
    input = price.input
    output = price.output
    cached = price.cachedInput
    promptLimit = price.promptLimit
  }
}

extension TracedFailure {
  init(_ failure: StreamFailure) {
    kind = word(of: failure.kind)
    message = failure.message
    requestID = failure.requestID
    retryAfterMilliseconds = failure.retryAfterMilliseconds
    remedy = word(of: failure.remedy)
  }
}

extension TracedRows {
  init(_ rows: Viewport.Rows) {
    content = rows.content
    visible = rows.visible
    top = rows.top
    seen = rows.seen
  }
}

extension TracedLandmark {
  init(_ place: LandmarkRow) {
    row = place.row
    switch place.landmark {
    case .message(let id): (kind, message, number) = ("message", id.description, nil)
    case .fold(.thinking(let id, let part)):
      (kind, message, number) = ("thinking", id.description, part)
    case .fold(.attempt(let id)): (kind, message, number) = ("attempt", id.description, nil)
    case .code(let id, let index): (kind, message, number) = ("code", id.description, index)
    }
  }
}

extension TracedModel {
  init(_ model: ModelID) {
    provider = model.provider
    name = model.name
  }
}

extension TracedRoute {
  init(_ route: Route) {
    name = route.name
    order = word(of: route.order)
    models = route.models.map(TracedModel.init)
  }
}

extension TracedList {
  init(_ list: ModelList) {
    id = list.id
    name = list.name
    items = list.items.map(TracedItem.init)
    switch list.state {
    case .looking: state = "looking"
    case .listed: state = "listed"
    case .failed(let reason): (state, self.reason) = ("failed", reason)
    }
  }
}

extension TracedItem {
  init(_ item: PickerItem) {
    self.init(id: item.id, title: item.title, details: item.details)
  }
}

extension TracedOwnText {
  init(_ row: OwnTextList.Row) {
    self.init(name: row.name, description: row.description, preview: row.preview)
  }
}

extension TracedPreset {
  init(_ preset: Preset) {
    name = preset.name
    systemPrompt = preset.systemPrompt
    route = preset.route.map(TracedRoute.init)
    options = TracedSettings.Options(preset.options)
    send = preset.sendPolicy.map { word(of: $0) }
    cutReplies = preset.cutReplyPolicy.map { word(of: $0) }
  }
}

extension TraceHeader {
  /// The header of a trace of this program.
  init(_ beginning: Beginning) {
    format = TraceLimit.format
    patter = Patter.version
    seed = beginning.seed.description
    route = TracedRoute(beginning.route)
    settings = TracedSettings(beginning.settings)
  }
}

/// The conversation's number and the attempt's.
func traced(_ id: StreamID) -> String { "\(id.conversation.number).\(id.attempt)" }

private func traced(_ reason: StopReason) -> String {
  switch reason {
  case .stop, .length, .contentFilter, .refusal, .toolCalls: "\(reason)"
  case .other(let word): TracedEvent.otherReason + word
  }
}

extension TracedEvent {
  static let otherReason = "other: "
}

/// The word of a case that holds nothing: its own name.
func word(of value: some CaseIterable) -> String { "\(value)" }

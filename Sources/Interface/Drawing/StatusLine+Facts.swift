// What the status line tells on its left: who answers, what the reply is doing, how full the window is, what
// the conversation cost, what waits, what is not in view.

import Chat
import Terminal

extension StatusLine {
  static func facts(
    _ app: App, rows: Viewport.Rows, totals: UsageTotals, now: Instant
  ) -> [StatusItem] {
    var items = whoAnswers(app)
    if let preset = app.store.preset {
      // What else it says still holds.
      let isElsewhere = preset.route != nil && preset.route != app.store.route
      let name = "preset \(preset.shortName)"
      items.append(
        StatusItem(
          text: isElsewhere ? "\(name), not its model" : name, short: name, face: .status, rank: 6))
    }
    if let item = race(app) ?? state(app, now: now) { items.append(item) }
    if let meter = ContextMeter(app) {
      items.append(
        StatusItem(
          text: meter.words, short: meter.short, face: meter.isWarning ? .statusWarning : .status,
          rank: meter.isWarning ? 3 : 5))
    }
    let tokens = totals.all.tokenWords.map { "\($0) tokens" }
    if let cost = totals.all.costWords ?? tokens {
      items.append(StatusItem(text: cost, face: .status, rank: 7))
    }
    if !app.store.queue.isEmpty {
      let count = app.store.queue.count
      items.append(
        StatusItem(
          text: "\(count) \(count == 1 ? "prompt waits" : "prompts wait")", face: .status, rank: 4))
    }
    if let item = elsewhere(app) { items.append(item) }
    if let typed = app.composer.vi?.typedCommand {
      let words = ["command mode", typed].filter { !$0.isEmpty }.joined(separator: " ")
      items.append(StatusItem(text: words, short: "command", face: .status, rank: 5))
    }
    if app.isMouseGivenAway {
      items.append(
        StatusItem(text: "mouse: the terminal's", short: "mouse off", face: .statusHint, rank: 4))
    }
    if rows.below > 0 {
      let count = rows.unseen > 0 ? rows.unseen : rows.below
      let words = "↓ \(count)\(rows.unseen > 0 ? " new" : "") \(count == 1 ? "line" : "lines")"
      items.append(StatusItem(text: words, short: "↓ \(count)", face: .statusHint, rank: 3))
    }
    return items
  }

  private static func whoAnswers(_ app: App) -> [StatusItem] {
    let live = app.store.generation.call?.models[0]
    let route = app.store.route
    switch app.answering {
    case .ready where live == nil || route.models.contains(where: { $0 == live }):
      let name = live?.name ?? app.routeName
      var items = [StatusItem(text: name, face: .statusModel, rank: 0)]
      if route.models.count > 1, live != nil {
        items.append(StatusItem(text: "of \(route.name)", face: .status, rank: 6))
      } else if let place = app.placeOfRoute {
        items.append(StatusItem(text: place, face: .status, rank: 6))
      }
      return items
    case .ready, .looking, .missing:
      let next: String
      switch app.answering {
      case .ready: next = "next: \(app.routeName)"
      case .looking: next = "looking for a model"
      case .missing: next = "no model"
      }
      let item = StatusItem(text: next, face: .statusModel, rank: live == nil ? 0 : 6)
      guard let live else { return [item] }
      return [StatusItem(text: live.name, face: .statusModel, rank: 0), item]
    }
  }

  /// What conversations that are not in view are doing.
  private static func elsewhere(_ app: App) -> StatusItem? {
    let live = app.chats.ids.count { $0 != app.chats.inView && app.chats[$0]?.isLive == true }
    let finished = app.chats.unread.count
    let parts = [(live, "live", ConversationState.live), (finished, "finished", "✓")]
      .filter { $0.0 > 0 }
    guard !parts.isEmpty else { return nil }
    return StatusItem(
      text: parts.map { "\($0.0) \($0.1)" }.joined(separator: ", ") + " elsewhere",
      short: parts.map { "\($0.2)\($0.0)" }.joined(separator: " "),
      face: finished > 0 ? .statusHint : .status, rank: finished > 0 ? 3 : 4)
  }

  /// How many of those that race are live; nil while none do, and while another prompt waits for somebody.
  private static func race(_ app: App) -> StatusItem? {
    guard let race = app.store.race, app.heldPrompt == nil else { return nil }
    let count = race.models.count
    let live = app.store.lanes.count { $0.generation != .idle }
    return StatusItem(
      text: "race of \(count): " + (live == 0 ? "all have ended" : "\(live) live"),
      short: live == 0 ? "race" : "\(live) live", face: .statusLive, rank: 1)
  }

  /// What the reply is doing.
  private static func state(_ app: App, now: Instant) -> StatusItem? {
    let isElsewhere = app.isReplyElsewhere
    func item(_ text: String, short: String? = nil) -> StatusItem {
      guard isElsewhere else {
        return StatusItem(text: text, short: short, face: .statusLive, rank: 1)
      }
      return StatusItem(
        text: "\(text), on another branch", short: "\(short ?? text), elsewhere",
        face: .statusLive, rank: 1)
    }
    guard !app.awaitsFiles || app.store.isLive else {
      return StatusItem(
        text: "waits for files", short: "files", face: .statusLive, rank: 1)
    }
    let silent = app.silentSince.map { now.milliseconds(since: $0) } ?? 0
    switch app.store.generation {
    case .idle:
      return app.heldPrompt == nil ? nil : item("your prompt waits for it")
    case .saving:
      return item("saving the prompt \(silent / 1000) s", short: "saving")
    case .queued:
      return item("waits for a free place \(silent / 1000) s", short: "waits")
    case .backingOff(let call, let until):
      // Rounded up, so that the countdown ends with 1 and not with 0.
      let left = (until.milliseconds(since: now) + 999) / 1000
      var retry = "retry \(call.retriesMade)"
      if case .failed(let failure) = app.store.streams.last?.ending {
        retry += " of \(app.store.settings.retryPolicy.budget(for: failure))"
      }
      return item("\(retry) in \(left) s", short: "retry in \(left) s")
    case .waiting:
      return item("waiting \(silent / 1000) s", short: "\(silent / 1000) s")
    case .streaming(let call, _):
      if call.finish != nil { return nil }
      if silent >= App.silenceShownMilliseconds {
        return item("silent for \(silent / 1000) s", short: "silent \(silent / 1000) s")
      }
      if isElsewhere { return item("streaming", short: "live") }
      let rate = app.store.deltasPerSecond(app.store.generation, at: now)
      return item("streaming \(rate) \(rate == 1 ? "delta" : "deltas")/s", short: "\(rate)/s")
    }
  }
}

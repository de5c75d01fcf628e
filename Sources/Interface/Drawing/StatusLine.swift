// The line at the bottom: who answers, what the reply is doing, and what the keys will do now.

import Chat
import Terminal

/// What the status line says, before it is made to fit.
struct StatusLine {
  /// One thing on the line. What has the higher rank goes first when the columns do not suffice.
  private struct Item {
    var text: String
    /// What is said instead where there is little room.
    var short: String?
    let face: Face
    let rank: Int

    /// The text without its end, and a sign that it is cut; no shorter than `least` columns.
    func cut(by columns: Int, least: Int, _ cells: TextCells) -> Item {
      var item = self
      let target = max(least, cells.width(of: text) - columns)
      guard cells.width(of: text) > target else { return self }
      // Names have no longest length, and each look at one costs as much as it is long.
      item.text = String(item.text.prefix(target))
      while !item.text.isEmpty, cells.width(of: item.text) >= target { item.text.removeLast() }
      item.text += "…"
      return item
    }
  }

  private let left: [Item]
  private let right: [Item]

  /// - Parameter rows: what is in view of the transcript, or of what lies over it.
  init(_ app: App, rows: Viewport.Rows, now: Instant) {
    left = StatusLine.facts(app, rows: rows, now: now)
    right = StatusLine.hints(app, now: now)
  }

  // MARK: - What is said

  private static func facts(_ app: App, rows: Viewport.Rows, now: Instant) -> [Item] {
    var items = whoAnswers(app)
    if let item = state(app, now: now) { items.append(item) }
    if !app.store.queue.isEmpty {
      let count = app.store.queue.count
      items.append(
        Item(
          text: "\(count) \(count == 1 ? "prompt waits" : "prompts wait")", face: .status, rank: 4))
    }
    if app.isMouseGivenAway {
      items.append(
        Item(text: "mouse: the terminal's", short: "mouse off", face: .statusHint, rank: 4))
    }
    if rows.below > 0 {
      let count = rows.unseen > 0 ? rows.unseen : rows.below
      let words = "↓ \(count)\(rows.unseen > 0 ? " new" : "") \(count == 1 ? "line" : "lines")"
      items.append(Item(text: words, short: "↓ \(count)", face: .statusHint, rank: 3))
    }
    return items
  }

  private static func whoAnswers(_ app: App) -> [Item] {
    let live = app.store.generation.call?.models[0]
    let route = app.store.route
    switch app.answering {
    case .ready(let place) where live == nil || route.models.contains(where: { $0 == live }):
      let name = live?.name ?? app.routeName
      var items = [Item(text: name, face: .statusModel, rank: 0)]
      if route.models.count > 1, live != nil {
        items.append(Item(text: "of \(route.name)", face: .status, rank: 6))
      } else {
        items.append(Item(text: place, face: .status, rank: 6))
      }
      return items
    case .ready, .looking, .missing:
      let next: String
      switch app.answering {
      case .ready: next = "next: \(app.routeName)"
      case .looking: next = "looking for a model"
      case .missing: next = "no model"
      }
      let item = Item(text: next, face: .statusModel, rank: live == nil ? 0 : 6)
      guard let live else { return [item] }
      return [Item(text: live.name, face: .statusModel, rank: 0), item]
    }
  }

  /// What the reply is doing.
  private static func state(_ app: App, now: Instant) -> Item? {
    func item(_ text: String, short: String? = nil) -> Item {
      Item(text: text, short: short, face: .statusLive, rank: 1)
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
      let first = app.store.conversation[call.message].times.firstDelta ?? now
      let milliseconds = max(1000, Int(now.milliseconds(since: first)))
      let rate = app.meter.deltaCount * 1000 / milliseconds
      return item("streaming \(rate) \(rate == 1 ? "delta" : "deltas")/s", short: "\(rate)/s")
    }
  }

  private static func hints(_ app: App, now: Instant) -> [Item] {
    func hint(_ action: Action, _ words: String, _ rank: Int, short: String? = nil) -> Item? {
      app.keys.name(of: action).map { key in
        Item(
          text: "\(key) \(words)", short: short.map { "\(key) \($0)" }, face: .statusHint,
          rank: rank)
      }
    }
    let next = app.store.route.models.count > 1 ? hint(.nextModel, "next model", 4) : nil
    let all: [Item?]
    if app.copying != nil {
      let fixed = ["1–9 code", "a–z message"].map { Item(text: $0, face: .statusHint, rank: 2) }
      all = fixed + [hint(.send, "last reply", 3), hint(.cancel, "closes", 2)]
    } else if app.search != nil {
      all = [
        hint(.search, "earlier", 3), hint(.next, "later", 4), hint(.send, "stays", 3),
        hint(.cancel, "goes back", 2, short: "back"),
      ]
    } else if case .themes = app.overlay {
      all = [hint(.send, "keeps it", 3), hint(.cancel, "goes back", 2, short: "back")]
    } else if app.overlay?.isPicker == true {
      all = [hint(.send, "chooses", 3), hint(.cancel, "closes", 2)]
    } else if app.overlay != nil {
      all = [hint(.cancel, "closes", 2), hint(.pageDown, "scrolls", 3)]
    } else if app.heldPrompt != nil {
      all = [hint(.cancel, "takes it back", 2)]
    } else if case .backingOff = app.store.generation {
      all = [hint(.cancel, "stops", 2, short: "stop"), hint(.retry, "now", 3), next]
    } else if app.store.generation != .idle {
      let stop = hint(.cancel, "stops", 2, short: "stop")
      let silent = app.silentSince.map { now.milliseconds(since: $0) } ?? 0
      let isStalled = silent >= App.silenceShownMilliseconds && app.store.sending != .starts
      let enter: Item? =
        switch app.store.sending {
        case .starts: hint(.send, "sends", 7)
        case .replaces: hint(.send, "replaces", 2, short: "replace")
        case .waits: hint(.send, "queues", 2, short: "queue")
        case .isRefused: nil
        }
      all = [stop] + (isStalled ? [hint(.retry, "asks again", 3), next] : []) + [enter]
    } else if !app.store.queue.isEmpty {
      all = [
        hint(.send, "sends", 7), hint(.retry, "goes on", 3), hint(.cancel, "takes them back", 2),
      ]
    } else {
      let canRetry = app.lastReplyIsCut
      let words = app.lastReplyWasTooLong ? "sends less of it" : "sends again"
      all = [
        hint(.send, "sends", 7), canRetry ? hint(.retry, words, 3) : nil,
        canRetry ? next : nil, hint(.help, "keys", 8),
      ]
    }
    return all.compactMap { $0 }
  }

  // MARK: - Made to fit

  private static let gap = " · "

  /// The line in exactly `columns` columns. What does not fit goes one by one, the highest rank first
  /// and the rightmost of a rank before the others; before what the keys do and the state of the reply
  /// go, the model's name is cut and all is said shorter.
  func line(columns: Int, cells: TextCells, theme: Theme) -> [Cell] {
    var left = left
    var right = right
    func excess() -> Int { width(left, right, cells) - columns }
    func drop(above rank: Int) {
      while excess() > 0, let worst = (left + right).map(\.rank).max(), worst > rank {
        if let index = right.lastIndex(where: { $0.rank == worst }) {
          right.remove(at: index)
        } else if let index = left.lastIndex(where: { $0.rank == worst }) {
          left.remove(at: index)
        }
      }
    }
    func cutName(to least: Int) {
      if excess() > 0 { left[0] = left[0].cut(by: excess(), least: least, cells) }
    }
    drop(above: 3)
    cutName(to: 8)
    if excess() > 0 {
      for index in left.indices { left[index].text = left[index].short ?? left[index].text }
      for index in right.indices { right[index].text = right[index].short ?? right[index].text }
    }
    drop(above: 2)
    cutName(to: 5)
    drop(above: 0)
    let status = theme.style(for: .status)
    let facts = StatusLine.joined(left, theme)
    let hints = StatusLine.joined(right, theme)
    let taken = (facts.runs + hints.runs).reduce(2) { $0 + cells.width(of: $1.text) }
    var line = TextLine([TextRun(" ", status)])
    for run in facts.runs { line.append(run.text, style: run.style) }
    line.append(String(repeating: " ", count: max(0, columns - taken)), style: status)
    for run in hints.runs { line.append(run.text, style: run.style) }
    line.append(" ", style: status)
    return Array(cells.cells(line).prefix(columns))
  }

  private func width(_ left: [Item], _ right: [Item], _ cells: TextCells) -> Int {
    func sum(_ items: [Item]) -> Int {
      items.reduce(0) { $0 + cells.width(of: $1.text) } + max(0, items.count - 1) * 3
    }
    return sum(left) + sum(right) + (right.isEmpty ? 2 : 4)
  }

  private static func joined(_ items: [Item], _ theme: Theme) -> TextLine {
    var line = TextLine()
    for (index, item) in items.enumerated() {
      if index > 0 { line.append(gap, style: theme.style(for: .status)) }
      line.append(item.text, style: theme.style(for: item.face))
    }
    return line
  }
}

extension App {
  /// How the last reply ended; nil where there is none, or where it is live.
  private var lastEnding: Ending? {
    store.conversation.leaf.flatMap { store.conversation[$0].ending }
  }

  /// Whether the last reply did not come to its end, so that sending again is the likely wish.
  var lastReplyIsCut: Bool {
    switch lastEnding {
    case .failed, .cancelled, .interrupted: true
    case .complete, .superseded, nil: false
    }
  }

  /// Whether the last reply failed because the model cannot take so much.
  var lastReplyWasTooLong: Bool {
    if case .failed(let failure) = lastEnding { failure.kind == .tooLong } else { false }
  }
}

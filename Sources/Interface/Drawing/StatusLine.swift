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
      while !item.text.isEmpty, cells.width(of: item.text) >= target { item.text.removeLast() }
      item.text += "…"
      return item
    }
  }

  private let left: [Item]
  private let right: [Item]

  /// - Parameter rowsBelow: rows of the transcript below the last visible one.
  init(_ app: App, rowsBelow: Int, now: Instant) {
    left = StatusLine.facts(app, rowsBelow: rowsBelow, now: now)
    right = StatusLine.hints(app)
  }

  // MARK: - What is said

  private static func facts(_ app: App, rowsBelow: Int, now: Instant) -> [Item] {
    var items: [Item] = []
    let live = app.store.generation.live.flatMap { app.store.conversation[$0.message].model }
    switch app.answering {
    case .ready(let place) where live == nil || live == app.store.model:
      items.append(Item(text: app.store.model.name, face: .statusModel, rank: 0))
      items.append(Item(text: place, face: .status, rank: 6))
    case .ready, .looking, .missing:
      if let live {
        items.append(Item(text: live.name, face: .statusModel, rank: 0))
      }
      let next: String
      switch app.answering {
      case .ready: next = "next: \(app.store.model.name)"
      case .looking: next = "looking for a model"
      case .missing: next = "no model"
      }
      items.append(Item(text: next, face: .statusModel, rank: live == nil ? 0 : 6))
    }
    let conversation = app.store.conversation
    switch app.store.generation {
    case .idle:
      if app.heldPrompt != nil {
        items.append(Item(text: "your prompt waits for it", face: .statusLive, rank: 1))
      }
    case .waiting(let live):
      let seconds = now.milliseconds(since: conversation[live.message].times.created) / 1000
      items.append(
        Item(text: "waiting \(seconds) s", short: "\(seconds) s", face: .statusLive, rank: 1))
    case .streaming(let live):
      let first = conversation[live.message].times.firstDelta ?? now
      let milliseconds = max(1000, Int(now.milliseconds(since: first)))
      let rate = app.meter.deltaCount * 1000 / milliseconds
      items.append(
        Item(
          text: "streaming \(rate) deltas/s", short: "\(rate)/s", face: .statusLive, rank: 1))
    }
    if rowsBelow > 0 {
      let words = "↓ \(rowsBelow) \(rowsBelow == 1 ? "line" : "lines")"
      items.append(Item(text: words, face: .statusHint, rank: 3))
    }
    return items
  }

  private static func hints(_ app: App) -> [Item] {
    func hint(_ action: Action, _ words: String, _ rank: Int, short: String? = nil) -> Item? {
      app.keys.name(of: action).map { key in
        Item(
          text: "\(key) \(words)", short: short.map { "\(key) \($0)" }, face: .statusHint,
          rank: rank)
      }
    }
    let all: [Item?]
    if app.overlay != nil {
      all = [hint(.cancel, "closes", 2), hint(.pageDown, "scrolls", 3)]
    } else if app.heldPrompt != nil {
      all = [hint(.cancel, "takes it back", 2)]
    } else if app.store.generation.live != nil {
      all = [
        hint(.cancel, "stops", 2, short: "stop"), hint(.send, "replaces", 2, short: "replace"),
      ]
    } else {
      let canRetry = app.lastReplyIsCut
      all = [
        hint(.send, "sends", 7), canRetry ? hint(.retry, "sends again", 3) : nil,
        hint(.help, "keys", 8),
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
  /// Whether the last reply did not come to its end, so that sending again is the likely wish.
  var lastReplyIsCut: Bool {
    guard let last = store.conversation.leaf else { return false }
    switch store.conversation[last].ending {
    case .failed, .cancelled, .interrupted: return true
    case .complete, .superseded, nil: return false
    }
  }
}

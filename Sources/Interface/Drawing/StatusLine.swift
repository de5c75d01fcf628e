// The line at the bottom: who answers, what the reply is doing, and what the keys will do now.

import Chat
import Terminal

/// What the status line says, before it is made to fit.
struct StatusLine {
  /// One thing on the line. What has the higher rank goes first when the columns do not suffice.
  private struct Item {
    let text: String
    let face: Face
    let rank: Int
  }

  private let left: [Item]
  private let right: [Item]

  init(_ app: App, now: Instant) {
    left = StatusLine.facts(app, now: now)
    right = StatusLine.hints(app)
  }

  // MARK: - What is said

  private static func facts(_ app: App, now: Instant) -> [Item] {
    var items: [Item] = []
    switch app.answering {
    case .looking:
      items.append(Item(text: "looking for a model", face: .statusModel, rank: 0))
    case .missing:
      items.append(Item(text: "no model", face: .statusModel, rank: 0))
    case .ready(let place):
      items.append(Item(text: app.store.model.name, face: .statusModel, rank: 0))
      items.append(Item(text: place, face: .status, rank: 6))
    }
    let conversation = app.store.conversation
    switch app.store.generation {
    case .idle:
      if app.heldPrompt != nil {
        items.append(Item(text: "your prompt waits for it", face: .statusLive, rank: 1))
      }
    case .waiting(let live):
      let seconds = now.milliseconds(since: conversation[live.message].times.created) / 1000
      items.append(Item(text: "waiting \(seconds) s", face: .statusLive, rank: 1))
    case .streaming(let live):
      let first = conversation[live.message].times.firstDelta ?? now
      let milliseconds = max(1000, Int(now.milliseconds(since: first)))
      let rate = app.meter.deltaCount * 1000 / milliseconds
      items.append(Item(text: "streaming \(rate) deltas/s", face: .statusLive, rank: 1))
    }
    let below = app.viewport.rowsBelow
    if below > 0 {
      items.append(
        Item(text: "↓ \(below) \(below == 1 ? "line" : "lines")", face: .statusHint, rank: 3))
    }
    return items
  }

  private static func hints(_ app: App) -> [Item] {
    func hint(_ action: Action, _ words: String, _ rank: Int) -> Item? {
      app.keys.name(of: action).map { Item(text: "\($0) \(words)", face: .statusHint, rank: rank) }
    }
    let all: [Item?]
    if app.overlay != nil {
      all = [hint(.cancel, "closes", 2)]
    } else if app.heldPrompt != nil {
      all = [hint(.cancel, "takes it back", 2)]
    } else if app.store.generation.live != nil {
      all = [hint(.cancel, "stops", 2), hint(.send, "replaces", 4)]
    } else {
      let canRetry = app.lastReplyIsCut
      all = [
        hint(.send, "sends", 4), canRetry ? hint(.retry, "sends again", 3) : nil,
        hint(.help, "keys", 5),
      ]
    }
    return all.compactMap { $0 }
  }

  // MARK: - Made to fit

  private static let gap = " · "

  /// The line in exactly `columns` columns: items are dropped by rank until it fits, and at last the
  /// model's name is cut.
  func line(columns: Int, cells: TextCells, theme: Theme) -> [Cell] {
    var left = left
    var right = right
    while width(left, right, cells) > columns {
      guard let worst = (left + right).map(\.rank).max(), worst > 0 else { break }
      left.removeAll { $0.rank == worst }
      right.removeAll { $0.rank == worst }
    }
    var line = StatusLine.joined(left, theme)
    let end = StatusLine.joined(right, theme)
    let used = line.runs.reduce(0) { $0 + cells.width(of: $1.text) }
    let ending = end.runs.reduce(0) { $0 + cells.width(of: $1.text) }
    let blanks = max(0, columns - used - ending - 2)
    line.runs.insert(TextRun(" ", theme.style(for: .status)), at: 0)
    line.append(String(repeating: " ", count: blanks), style: theme.style(for: .status))
    for run in end.runs { line.append(run.text, style: run.style) }
    line.append(" ", style: theme.style(for: .status))
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

// The line at the bottom: who answers, what the reply is doing, what the conversation took, and what the keys
// will do now.
//
// What does not fit goes in this order, and of equals the rightmost first, the keys before the rest:
//
//   9   the key of the help
//   8   what Enter does while nothing is live and nothing stands in the draft
//   7   what the conversation cost
//   6   the key that sends the other way; where the model runs, or of which chain or pool it is; the preset
//   5   how full the window is: first `12%` alone, then nothing; vi's command mode
//   4   the next model; what keys do in the list of conversations; how many replies are live out of view,
//       first shorter; whose the mouse is, too; prompts that wait
//       (the model's name is cut to 8 columns, and everything is said shorter)
//   3   further keys; lines that are not in view; a window that is nearly full; replies that have ended out
//       of view
//       (the name is cut to 5 columns)
//   2   the keys that stop, close and send
//   1   what the reply is doing
//   0   the model's name stays, and the screen cuts it; where a model is only being connected it goes before the
//       keys do
//
// Nothing is cut in the middle but the name, and that says so.

import Chat
import Terminal

/// One thing on the status line. What has the higher rank goes first when the columns do not suffice.
struct StatusItem {
  var text: String
  /// What is said instead where there is little room.
  var short: String?
  let face: Face
  let rank: Int

  /// The text without its end, and a sign that it is cut; no shorter than `least` columns.
  func cut(by columns: Int, least: Int, _ cells: TextCells) -> StatusItem {
    var item = self
    let target = max(least, cells.width(of: text) - columns)
    guard cells.width(of: text) > target else { return self }
    // Names have no longest length, and each look at one costs as much as it is long.
    item.text = String(item.text.prefix(target))
    while !item.text.isEmpty, cells.width(of: item.text) >= target { item.text.removeLast() }
    item.text += "…"
    return item
  }

  /// Says it in short, if there is a way that was not taken yet.
  mutating func shorten() -> Bool {
    guard let short else { return false }
    text = short
    self.short = nil
    return true
  }
}

/// What the status line says, before it is made to fit.
struct StatusLine {
  private let left: [StatusItem]
  private let right: [StatusItem]
  /// Whether what the keys do is more use than the model's name.
  private let areKeysFirst: Bool

  /// - Parameters:
  ///   - rows: what is in view of the transcript, or of what lies over it.
  ///   - totals: of the conversation in view.
  init(_ app: App, rows: Viewport.Rows, totals: UsageTotals, now: Instant) {
    left = StatusLine.facts(app, rows: rows, totals: totals, now: now)
    right = StatusLine.hints(app, now: now)
    areKeysFirst = app.asksForSetup
  }

  // MARK: - Made to fit

  private static let gap = " · "

  /// The line in exactly `columns` columns. What does not fit goes one by one.
  func line(columns: Int, cells: TextCells, theme: Theme) -> [Cell] {
    var left = left
    var right = right
    func excess() -> Int { width(left, right, cells) - columns }
    func drop(above rank: Int) {
      while excess() > 0, let worst = (left + right).map(\.rank).max(), worst > rank {
        if let index = right.lastIndex(where: { $0.rank == worst }) {
          if !right[index].shorten() { right.remove(at: index) }
        } else if let index = left.lastIndex(where: { $0.rank == worst }) {
          if !left[index].shorten() { left.remove(at: index) }
        }
      }
    }
    func cutName(to least: Int) {
      if excess() > 0 { left[0] = left[0].cut(by: excess(), least: least, cells) }
    }
    drop(above: 3)
    cutName(to: 8)
    if excess() > 0 {
      for index in left.indices { _ = left[index].shorten() }
      for index in right.indices { _ = right[index].shorten() }
    }
    drop(above: 2)
    cutName(to: 5)
    if areKeysFirst, excess() > 0 { left = [] }
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

  private func width(_ left: [StatusItem], _ right: [StatusItem], _ cells: TextCells) -> Int {
    func sum(_ items: [StatusItem]) -> Int {
      items.reduce(0) { $0 + cells.width(of: $1.text) } + max(0, items.count - 1) * 3
    }
    return sum(left) + sum(right) + (right.isEmpty ? 2 : 4)
  }

  private static func joined(_ items: [StatusItem], _ theme: Theme) -> TextLine {
    var line = TextLine()
    for (index, item) in items.enumerated() {
      if index > 0 { line.append(gap, style: theme.style(for: .status)) }
      line.append(item.text, style: theme.style(for: item.face))
    }
    return line
  }
}

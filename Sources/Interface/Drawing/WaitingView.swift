// The prompts that wait, below the page and above the draft: in the order in which they go out.

import Chat
import Terminal

struct WaitingView {
  /// The share of the rows above the draft that they get.
  private static let share = 5
  private static let labelColumns = 7

  /// One row for each, and where there is no room for all, one that says how many more there are.
  let lines: [TextLine]

  /// - Parameter rows: how many rows the page has, and these.
  init(_ app: App, rows: Int, columns: Int, _ cells: TextCells, theme: Theme) {
    let queue = app.store.queue
    let room = min(queue.count, rows / Self.share)
    guard room > 0, app.overlay == nil, !app.isBare else {
      lines = []
      return
    }
    let isLive = app.store.isLive
    let shown = room < queue.count ? room - 1 : room
    var lines = queue.prefix(shown).enumerated().map { index, prompt in
      let label = !isLive ? "waits" : index == 0 ? "next" : "then"
      return WaitingView.line(label, prompt, columns: columns, cells, theme)
    }
    if shown < queue.count {
      let key = app.keys.name(of: .waiting).map { " (\($0) shows them)" } ?? ""
      let count = queue.count - shown
      let blanks = String(repeating: " ", count: WaitingView.labelColumns)
      let words =
        "\(blanks)\(shown == 0 ? "" : "and ")\(count) \(shown == 0 ? "wait" : "more")\(key)"
      lines.append(
        TextLine([TextRun(cells.cut(words, to: columns), theme.style(for: .muted))]))
    }
    self.lines = lines
  }

  private static func line(
    _ label: String, _ prompt: Prompt, columns: Int, _ cells: TextCells, _ theme: Theme
  ) -> TextLine {
    let head = label + String(repeating: " ", count: labelColumns - label.count)
    let remark = prompt.remark.map { "(\($0)) " } ?? ""
    let words = cells.cut(remark + prompt.line, to: max(0, columns - labelColumns))
    return TextLine([
      TextRun(head, theme.style(for: .mark)), TextRun(words, theme.style(for: .muted)),
    ])
  }
}

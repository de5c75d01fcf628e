import Terminal

/// The rows that a slash command may become: names, and what they do.
struct CompletionView {
  private static let gap = "  "
  /// What is said of a row has these columns before a name that is longer than half the screen does.
  private static let helpColumns = 40
  /// In fewer columns names stand alone.
  private static let leastColumns = 30

  /// From the top, the last right above the draft.
  private(set) var lines: [TextLine] = []
  /// Which rows they are.
  let window: Range<Int>

  private let columns: Int
  private let cells: TextCells

  /// - Parameter rows: how many rows there are for it.
  init(_ completing: Completing, rows: Int, columns: Int, wrap: TextWrap, theme: Theme) {
    self.columns = columns
    cells = wrap.cells
    window = completing.window(rows: rows)
    let completion = completing.completion
    if let note = completion.note {
      let run = TextRun(note, theme.style(for: .overlayBorder))
      lines = Array(wrap.lines([run], columns: columns).prefix(rows))
    }
    // The columns of all rows, so that none moves when others come into view.
    let longest =
      completion.rows.map { cells.width(of: String($0.name.prefix(columns))) }.max() ?? 0
    let nameColumns = min(longest, max(columns / 2, columns - Self.helpColumns))
    for row in window {
      let item = completion.rows[row]
      let isChosen = row == completing.chosen
      let base = theme.style(for: isChosen ? .selection : .overlay)
      let hasHelp = !item.help.isEmpty && columns >= Self.leastColumns
      let help = hasHelp ? Self.gap + item.help : ""
      let name = cut(item.name, to: help.isEmpty ? columns : nameColumns)
      let padding = blanks(help.isEmpty ? 0 : nameColumns - cells.width(of: name))
      let rest = cut(help, to: columns - cells.width(of: name + padding))
      let width = cells.width(of: name + padding + rest)
      lines.append(
        TextLine([
          TextRun(name, isChosen ? base : theme.style(for: .key)),
          TextRun(padding + rest + blanks(isChosen ? columns - width : 0), base),
        ]))
    }
  }

  private func blanks(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

  /// As much of a text as there is room for, with a sign where it goes on.
  private func cut(_ text: String, to columns: Int) -> String {
    let head = String(text.prefix(max(0, columns) + 1))
    guard cells.width(of: head) > columns else { return head }
    var left = columns - 1
    let kept = head.prefix { character in
      left -= cells.width(of: character)
      return left >= 0
    }
    return columns > 0 ? kept + "…" : ""
  }
}

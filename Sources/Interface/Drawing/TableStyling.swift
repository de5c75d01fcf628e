// A table as lines: columns side by side as long as each can have a few letters, else one row below
// the other. So also if any cell runs from right to left: a terminal that reorders would take such a row
// for one line of text and let cells and borders change places.

import Markdown
import Terminal

struct TableStyling {
  /// A column narrower than this is no longer readable.
  private static let narrowestColumn = 6
  private static let gap = " │ "

  private let styling: MarkdownStyling
  private let table: Block.Table

  init(_ styling: MarkdownStyling, _ table: Block.Table) {
    self.styling = styling
    self.table = table
  }

  func lines(columns: Int) -> [TextLine] {
    let count = table.alignments.count
    let room = columns - max(0, count - 1) * TableStyling.gap.count
    guard count > 0, !runsRightToLeft, let widths = widths(room: room) else {
      return stacked(columns: columns)
    }
    let heading = styling.theme.style(for: .strong)
    let text = styling.theme.style(for: styling.base)
    let border = styling.theme.style(for: .tableBorder)
    let dashes = widths.map { String(repeating: "─", count: $0) }.joined(separator: "─┼─")
    var lines = row(table.header, widths: widths, style: heading)
    lines.append(TextLine([TextRun(dashes, border)]))
    for cells in table.rows { lines += row(cells, widths: widths, style: text) }
    return lines
  }

  private var runsRightToLeft: Bool {
    ([table.header] + table.rows).contains { row in
      row.contains { TextDirection.isRightToLeftAnywhere($0.plainText) }
    }
  }

  /// The columns' widths: as wide as they would like, or less, the widest first; nil when one would
  /// become unreadable.
  private func widths(room: Int) -> [Int]? {
    let cells = styling.wrap.cells
    var widths = table.alignments.indices.map { column in
      ([table.header] + table.rows).map { row in
        styling.runs(row[column], .plain).reduce(0) { $0 + cells.width(of: $1.text) }
      }.max().map { max(1, $0) } ?? 1
    }
    var excess = widths.reduce(0, +) - room
    while excess > 0 {
      guard let widest = widths.max(), widest > TableStyling.narrowestColumn else { return nil }
      let second = max(widths.filter { $0 < widest }.max() ?? 0, TableStyling.narrowestColumn)
      let among = widths.indices.filter { widths[$0] == widest }
      let step = max(1, min(widest - second, excess / among.count))
      for column in among where excess > 0 {
        let taken = min(step, excess)
        widths[column] -= taken
        excess -= taken
      }
    }
    return widths
  }

  private func row(_ row: [[Inline]], widths: [Int], style: Style) -> [TextLine] {
    let border = styling.theme.style(for: .tableBorder)
    let cells = row.indices.map { column in
      styling.wrap.lines(styling.runs(row[column], style), columns: widths[column])
    }
    let height = cells.map(\.count).max() ?? 1
    return (0..<height).map { index in
      var line = TextLine()
      for column in cells.indices {
        if column > 0 { line.append(TableStyling.gap, style: border) }
        let content = index < cells[column].count ? cells[column][index] : .empty
        let used = content.runs.reduce(0) { $0 + styling.wrap.cells.width(of: $1.text) }
        let blanks = max(0, widths[column] - used)
        let before: Int =
          switch table.alignments[column] {
          case .natural, .left: 0
          case .center: blanks / 2
          case .right: blanks
          }
        line.append(String(repeating: " ", count: before), style: style)
        for run in content.runs { line.append(run.text, style: run.style) }
        // Nothing stands behind the last cell, so that a copy of the row ends with a word.
        guard column < cells.count - 1 else { continue }
        line.append(String(repeating: " ", count: blanks - before), style: style)
      }
      return line
    }
  }

  /// Each row as a list of “header: cell”; the headers alone if there are no rows.
  private func stacked(columns: Int) -> [TextLine] {
    let heading = styling.theme.style(for: .strong)
    let text = styling.theme.style(for: styling.base)
    let indent = columns < 8 ? [] : [TextRun("  ", text)]
    func lines(_ runs: [TextRun]) -> [TextLine] {
      styling.wrap.lines(runs, columns: columns, rest: indent)
    }
    if table.rows.isEmpty {
      return table.header.flatMap { lines(styling.runs($0, heading)) }
    }
    return table.rows.enumerated().flatMap { index, row in
      (index > 0 ? [TextLine.empty] : [])
        + row.indices.flatMap { column in
          var name = styling.runs(table.header[column], heading)
          if !table.header[column].isEmpty { name.append(TextRun(": ", heading)) }
          return lines(name + styling.runs(row[column], text))
        }
    }
  }
}

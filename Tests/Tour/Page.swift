// A screen as it is kept: what was pressed, what was found, and the cells in a frame that shows where the
// cursor stands.

import Support

struct Page {
  let caption: String
  let keys: String
  var notes: [String]
  private let rows: [String]
  private let columns: Int
  /// Nil where none is shown.
  private let cursor: (row: Int, column: Int)?

  init(caption: String, keys: String, notes: [String], _ picture: Picture) {
    self.caption = caption
    self.keys = keys
    self.notes = notes
    columns = picture.columnCount
    rows = (0..<picture.rowCount).map { Page.row($0, of: picture) }
    cursor = picture.isCursorVisible ? picture.cursor : nil
  }

  /// All columns of a row; a wide letter stands for two.
  private static func row(_ row: Int, of picture: Picture) -> String {
    var text = ""
    var column = 0
    while column < picture.columnCount {
      let cell = picture.cell(row: row, column: column)
      text += cell.text.isEmpty ? " " : cell.text
      column += max(1, cell.width)
    }
    return text
  }

  var text: String {
    var lines = ["  " + caption]
    if !keys.isEmpty { lines.append("  keys: \(keys)") }
    lines += notes.map { "  and:  \($0)" }
    let rule = String(repeating: "─", count: columns)
    lines.append("┌\(rule)┐")
    for (index, row) in rows.enumerated() {
      lines.append("│\(row)\(index == cursor?.row ? "◂" : "│")")
    }
    let column = cursor.map { min($0.column, columns - 1) }
    lines.append(
      "└\(column.map { "\(rule.dropLast(columns - $0))▴\(rule.dropFirst($0 + 1))" } ?? rule)┘")
    return lines.joined(separator: "\n") + "\n\n"
  }
}

extension [Page] {
  /// All screens of a stop below its title.
  func text(of stop: Stop, number: Int) -> String {
    let title = "\(number). \(stop.title)"
    return "\(title)\n\(String(repeating: "═", count: title.count))\n\n"
      + map(\.text).joined()
  }
}

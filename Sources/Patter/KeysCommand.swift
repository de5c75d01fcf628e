// `patter keys`: the keys as they are bound, where that holds, what they do, and the name of that in the
// configuration.

import Interface
import Terminal

enum KeysCommand {
  /// The rows as text: below each other for a terminal; else parted by tabs.
  static func text(_ keys: KeyMap, isTerminal: Bool) -> String {
    let rows = keys.bindings.map { row in
      [
        row.keys.isEmpty ? "none" : row.keys.map(\.name).joined(separator: " "),
        row.place.rawValue, row.help, row.action.name,
      ]
    }
    guard isTerminal else { return rows.map { $0.joined(separator: "\t") + "\n" }.joined() }
    return columns(rows.map { $0.map(PlainText.plain) })
  }

  /// Rows below each other; the last column is not padded.
  private static func columns(_ rows: [[String]]) -> String {
    var widths: [Int] = []
    for row in rows {
      for (column, text) in row.dropLast().enumerated() {
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], text.count)
      }
    }
    return rows.map { row in
      zip(row, widths).map { padded($0, to: $1 + 2) }.joined() + (row.last ?? "") + "\n"
    }.joined()
  }

  /// A text with blanks behind it up to this many characters, and one at least.
  static func padded(_ text: String, to count: Int) -> String {
    text + String(repeating: " ", count: max(1, count - text.count))
  }
}

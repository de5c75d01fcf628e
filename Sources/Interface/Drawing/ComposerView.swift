import Terminal

/// The draft broken into rows, and the place of the cursor among them.
struct ComposerView {
  /// The draft's rows; never empty.
  let rows: [[Cell]]
  /// Where the cursor stands in `rows`.
  let cursor: Position

  /// Breaks the draft wherever the columns end and keeps every space, so that a grapheme's place does
  /// not depend on what is typed after it. The cursor behind a full row stands at the start of the next.
  init(_ composer: Composer, columns: Int, cells: TextCells, style: Style) {
    let columns = max(1, columns)
    var rows: [[Cell]] = [[]]
    var cursor = Position(row: 0, column: 0)
    for (index, character) in composer.characters.enumerated() {
      if index == composer.cursor { cursor = ComposerView.place(after: &rows, columns: columns) }
      if character == "\n" {
        rows.append([])
        continue
      }
      let drawn = cells.cells(character == "\t" ? "  " : String(character), style: style)
      if rows[rows.count - 1].count + drawn.count > columns, !rows[rows.count - 1].isEmpty {
        rows.append([])
      }
      rows[rows.count - 1] += drawn
    }
    if composer.cursor == composer.characters.count {
      cursor = ComposerView.place(after: &rows, columns: columns)
    }
    self.rows = rows
    self.cursor = cursor
  }

  private static func place(after rows: inout [[Cell]], columns: Int) -> Position {
    if rows[rows.count - 1].count >= columns { rows.append([]) }
    return Position(row: rows.count - 1, column: rows[rows.count - 1].count)
  }
}

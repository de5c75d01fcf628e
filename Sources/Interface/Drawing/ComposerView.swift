// The draft as rows.
//
// A draft may be as long as a book, and a frame shows a few rows of it. So what is kept from frame to
// frame is only where each row begins, and no further down than somebody has been; the rows in view
// become cells when they are drawn. How a row breaks depends on nothing but the grapheme it begins
// with. Therefore after a change the rows are broken anew from the row before it (which may have room
// now) until one begins where a row began before: from there on everything is as it was.

import Terminal

/// The draft broken into rows, and the place of the cursor among them.
struct ComposerView {
  /// Where the cursor stands among the rows.
  private(set) var cursor = Position(row: 0, column: 0)

  private let cells: TextCells
  private var columns = 0
  private var revision: UInt64 = 0
  /// The element with which each row begins; never empty, and ascending.
  private var starts = [0]
  /// Whether these are all rows; if not, the end of the last one is not known.
  private var isWhole = false
  /// A row that only the cursor is in: it stands behind a full row that nothing follows on its line.
  private var cursorRow: Int?

  init(_ cells: TextCells) {
    self.cells = cells
  }

  /// The rows as far as they are known: at least 1, and all of them or enough for what `update` was
  /// asked for.
  var rowCount: Int { starts.count + (cursorRow == nil ? 0 : 1) }

  /// Breaks the draft wherever the columns end and keeps every space, so that an element's place does
  /// not depend on what is typed after it. The cursor behind a full row stands at the start of the next.
  ///
  /// Costs what has changed as far as a screen of so many `rows` can show it; more only when the columns
  /// have changed, or when the cursor goes further down than it has been.
  mutating func update(_ composer: Composer, columns: Int, rows: Int) {
    let columns = max(1, columns)
    if columns != self.columns {
      self.columns = columns
      forgetRows()
    } else if revision != composer.draft.edits.revision {
      if let change = composer.draft.edits.change(since: revision) {
        breakRows(of: composer, after: change, rows: rows)
      } else {
        forgetRows()
      }
    }
    revision = composer.draft.edits.revision
    while !isEnough(rows, of: composer) { breakRow(of: composer.elements) }
    placeCursor(composer)
  }

  /// The cells of one row of the draft that `update` saw last.
  ///
  /// - Parameters:
  ///   - foldStyle: of folded pastes, and of placeholders.
  ///   - selectionStyle: of the placeholder that is selected.
  func row(
    _ row: Int, of composer: Composer, style: Style, foldStyle: Style, selectionStyle: Style
  ) -> [Cell] {
    guard row != cursorRow else { return [] }
    let index = cursorRow.map { row > $0 ? row - 1 : row } ?? row
    let end = index + 1 < starts.count ? starts[index + 1] : composer.elements.count
    var row: [Cell] = []
    let elements = composer.elements[starts[index]..<end]
    for (place, element) in zip(elements.indices, elements) where !element.isLineEnd {
      let style =
        switch composer.draft.mark(at: place) {
        case .selected: selectionStyle
        case .placeholder: foldStyle
        case nil: style
        }
      switch element {
      case .character("\t"): row += [.blank(style), .blank(style)]
      case .character(let character): cells.append(character, style: style, to: &row)
      case .paste(let paste): row += cells.cells(paste.label, style: foldStyle).prefix(columns)
      case .attachment(let attachment):
        row += cells.cells(cells.cut(attachment.label, to: columns), style: foldStyle)
      }
    }
    return row
  }

  // MARK: - Rows

  private mutating func forgetRows() {
    starts = [0]
    isWhole = false
  }

  /// Whether all rows are known, or so many behind the cursor's as could be in view with it, and where
  /// the last of those ends.
  private func isEnough(_ rows: Int, of composer: Composer) -> Bool {
    isWhole || starts.count > rows && starts[starts.count - 1 - rows] > composer.cursor
  }

  private mutating func breakRows(of composer: Composer, after change: DraftChange, rows: Int) {
    let first = rowIndex(of: max(0, change.start - 1))
    let end = change.start + change.removedCount
    let shift = change.insertedCount - change.removedCount
    // Where rows began behind the change: they may begin there now.
    var kept = starts[max(first + 1, starts.partitionIndex { $0 >= end })...]
    let wasWhole = isWhole
    starts.removeSubrange((first + 1)...)
    isWhole = false
    while !isEnough(rows, of: composer) {
      breakRow(of: composer.elements)
      let start = starts[starts.count - 1]
      kept = kept.drop { $0 + shift < start }
      if let same = kept.first, same + shift == start {
        starts += kept.dropFirst().lazy.map { $0 + shift }
        isWhole = wasWhole
        return
      }
    }
  }

  /// Looks where the last row ends and the next begins.
  private mutating func breakRow(of elements: [DraftElement]) {
    var width = 0
    for index in starts[starts.count - 1]..<elements.count {
      let element = elements[index]
      if element.isLineEnd {
        starts.append(index + 1)
        return
      }
      let added = self.width(of: element)
      if width + added > columns, width > 0 {
        starts.append(index)
        return
      }
      width += added
    }
    isWhole = true
  }

  private func width(of element: DraftElement) -> Int {
    switch element {
    case .character(let character):
      character.utf8.first == 0x09 ? 2 : cells.width(of: character)
    // A label is one element, so it stays on one row.
    case .paste(let paste): min(columns, cells.width(of: paste.label))
    case .attachment(let attachment):
      cells.width(of: cells.cut(attachment.label, to: columns))
    }
  }

  /// The row that holds an element, or the last one for the place behind all of them.
  private func rowIndex(of place: Int) -> Int { starts.partitionIndex { $0 > place } - 1 }

  // MARK: - The cursor

  private mutating func placeCursor(_ composer: Composer) {
    let elements = composer.elements
    let row = rowIndex(of: composer.cursor)
    cursorRow = nil
    if composer.cursor == starts[row] {
      cursor = Position(row: row, column: 0)
      guard row > 0, !elements[starts[row] - 1].isLineEnd else { return }
      // The row before may have room, only not for the wide grapheme that follows.
      let width = width(of: elements[starts[row - 1]..<starts[row]])
      if width < columns { cursor = Position(row: row - 1, column: width) }
    } else {
      let width = width(of: elements[starts[row]..<composer.cursor])
      cursor = Position(row: row, column: width)
      guard width >= columns else { return }
      cursor = Position(row: row + 1, column: 0)
      let lineGoesOn = row + 1 < starts.count && !elements[starts[row + 1] - 1].isLineEnd
      if !lineGoesOn { cursorRow = row + 1 }
    }
  }

  private func width(of elements: ArraySlice<DraftElement>) -> Int {
    elements.reduce(0) { $0 + width(of: $1) }
  }
}

import Terminal

/// A picker as lines: what was typed, the rows in view, what is to be said of the selected one, and what is
/// to be said below them.
///
/// Which rows are for what depends on the screen alone, so that neither a note that comes nor another
/// selection moves a row.
struct PickerView {
  private static let marker = "● "
  private static let gap = "  "
  /// Of all columns the share of one branch of a tree around another, and of who speaks.
  private static let branchShare = 8
  private static let speakerShare = 4
  private static let leastSpeakerWidth = 4
  /// The most rows for notes, and the share of all rows that they get.
  private static let noteRowLimit = 4
  private static let noteShare = 4

  /// What is written around the rows.
  struct Words {
    /// Before the query.
    var title: String
    /// Where no row suits the query.
    var nothing: String
    /// Below the rows; nil where there is never anything to say, and no row is kept free for it.
    var notes: [String]?
    /// The id of the row that bears the mark.
    var marked: String?
    /// What is said of the selected row; nil where there is never anything, and no room is kept free for it.
    var preview: Preview?
    /// No title that is longer is cut below this many columns for details to be seen: names differ at their
    /// ends, what people write at its beginning.
    var leastTitleColumns = 40
  }

  /// What is said of the selected row: beside the list where both have room, else below it.
  struct Preview {
    /// The most rows below the list.
    var mostRows: Int
    /// The fewest rows that the list keeps above it.
    var leastListRows: Int
    /// Whether of what has no room the end is seen, and not the beginning.
    var showsEnd = false
    /// The text; of one that is longer, this many graphemes or more.
    var text: (_ length: Int) -> String
  }

  /// The rows of the overlay.
  private(set) var lines: [TextLine] = []
  /// Which rows of the list are in view.
  let shown: Viewport.Rows
  /// The column of the cursor in the first line.
  private(set) var cursorColumn = 0
  /// The columns that a row of the list takes.
  let listColumns: Int

  private let picker: Picker
  private let words: Words
  private let columns: Int
  private let wrap: TextWrap
  private let theme: Theme

  /// - Parameter rows: how many rows there are for all of it.
  init(
    _ picker: Picker, _ words: Words, rows: Int, columns: Int, wrap: TextWrap, theme: Theme
  ) {
    self.picker = picker
    self.words = words
    self.columns = columns
    self.wrap = wrap
    self.theme = theme
    // Where nothing is listed no row can move, and the sentence that says why has what no note needs.
    let isFree = words.notes.map { $0.isEmpty && picker.found.isEmpty } ?? true
    let noteRows = isFree ? 0 : min(rows / Self.noteShare, Self.noteRowLimit)
    let rooms = PickerRooms(
      rows: max(0, rows - 1 - noteRows), columns: columns,
      detailColumns: Self.detailColumns(picker),
      preview: words.preview)
    listColumns = rooms.listColumns
    let window = picker.window(rows: rooms.listRows)
    shown = Viewport.Rows(
      content: picker.found.count, visible: rooms.listRows, top: window.lowerBound)
    guard rows > 0 else { return }
    lines = [queryLine()] + middle(window, rooms) + notes(noteRows)
  }

  private var cells: TextCells { wrap.cells }

  private func style(_ face: Face) -> Style { theme.style(for: face) }

  private func blanks(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

  // MARK: - The query

  /// The title, the query up to its end, and how many rows there are.
  private mutating func queryLine() -> TextLine {
    let count =
      picker.query.isEmpty
      ? "\(picker.items.count)" : "\(picker.found.count) of \(picker.items.count)"
    var head = words.title + " › "
    var tail = Self.gap + count
    if columns < cells.width(of: head) + cells.width(of: tail) + 10 { tail = "" }
    if columns < cells.width(of: head) + 10 { head = "" }
    // The cursor stands behind the query.
    let room = columns - cells.width(of: head) - cells.width(of: tail) - 1
    let query = end(of: picker.query, room: max(0, room))
    let width = cells.width(of: query)
    cursorColumn = min(cells.width(of: head) + width, max(0, columns - 1))
    return TextLine([
      TextRun(head, style(.overlayTitle)), TextRun(query, style(.overlay)),
      TextRun(blanks(room + 1 - width) + tail, style(.overlayBorder)),
    ])
  }

  /// The end of a text, as much as there is room for.
  private func end(of text: String, room: Int) -> String {
    guard cells.width(of: text) > room else { return text }
    var end: [Character] = []
    var left = room - cells.width(of: "…")
    for character in text.reversed() {
      left -= cells.width(of: character)
      guard left >= 0 else { break }
      end.append(character)
    }
    return room > 0 ? "…" + String(end.reversed()) : ""
  }

  // MARK: - The rows

  /// The columns that all details take.
  private static func detailColumns(_ picker: Picker) -> Int {
    picker.detailWidths.reduce(0) { $0 + $1 + gap.count }
  }

  /// The list, and what is said of its selected row.
  private func middle(_ window: Range<Int>, _ rooms: PickerRooms) -> [TextLine] {
    let list = list(window, rows: rooms.listRows)
    switch rooms.preview {
    case .none:
      return list
    case .below(let rows):
      let rule = TextRun(String(repeating: "─", count: columns), style(.overlayBorder))
      return list + [TextLine([rule])] + preview(rows: rows, columns: columns)
    case .beside(let columns):
      let preview = preview(rows: rooms.listRows, columns: columns)
      return zip(list, preview).map { row, said in
        let width = row.runs.reduce(0) { $0 + cells.width(of: $1.text) }
        let border = blanks(listColumns - width) + PickerRooms.border
        return TextLine(row.runs + [TextRun(border, style(.overlayBorder))] + said.runs)
      }
    }
  }

  private func preview(rows: Int, columns: Int) -> [TextLine] {
    // Each grapheme takes a column, and each row one more, which may be a line end.
    let text = words.preview?.text(rows * (columns + 1)) ?? ""
    let lines = wrap.lines([TextRun(text, style(.overlay))], columns: columns)
    let seen = words.preview?.showsEnd == true ? lines.suffix(rows) : lines.prefix(rows)
    return seen + [TextLine](repeating: .empty, count: rows - seen.count)
  }

  private func list(_ window: Range<Int>, rows: Int) -> [TextLine] {
    guard !picker.found.isEmpty else {
      let lines = wrap.lines([TextRun(words.nothing, style(.overlay))], columns: listColumns)
      return (lines + [TextLine](repeating: .empty, count: rows)).prefix(rows).map(\.self)
    }
    let lines = window.map(line)
    return lines + [TextLine](repeating: .empty, count: rows - lines.count)
  }

  private func line(_ row: Int) -> TextLine {
    let item = picker.items[picker.found[row]]
    let isSelected = row == picker.selection
    let isBeside = item.branch.map { !$0.isChosen } ?? false
    let base = style(isSelected ? .selection : isBeside ? .overlayBorder : .overlay)
    let hasMarker = listColumns >= 10
    let isMarked = item.id == words.marked || item.branch?.isChosen == true
    let marker = isMarked ? Self.marker : blanks(cells.width(of: Self.marker))
    let details = details(of: item)
    var line = TextLine(hasMarker ? [TextRun(marker, base)] : [])
    if let branch = item.branch {
      line.append(guides(of: branch), style: isSelected ? base : style(.overlayBorder))
      line.append(
        speaker(of: branch), style: isSelected || isBeside ? base : style(.key))
    }
    let leadWidth = line.runs.reduce(0) { $0 + cells.width(of: $1.text) }
    let room = max(0, listColumns - cells.width(of: details) - leadWidth)
    let width = append(item.title, row: row, room: room, base: base, to: &line)
    line.append(blanks(room - width) + details, style: base)
    return line
  }

  /// The lines of the branches around a row, of many the innermost, and of its own.
  private func guides(of branch: PickerItem.Branch) -> String {
    guard !picker.isSearching else { return "" }
    let most = max(1, listColumns / Self.branchShare)
    let isCut = branch.depth > most
    let around =
      (isCut ? "… " : "")
      + String(repeating: "│ ", count: isCut ? most - 1 : branch.depth)
    switch branch.fork {
    case .alone: return around
    case .beside: return around + "├ "
    case .last: return around + "└ "
    }
  }

  /// Who speaks, in front of the words: letters that run from left to right keep the lines left of what runs
  /// the other way.
  private func speaker(of branch: PickerItem.Branch) -> String {
    let room = max(Self.leastSpeakerWidth, listColumns / Self.speakerShare)
    // Names have no longest length, and each look at one costs as much as it is long.
    var name = String(branch.speaker.prefix(room + 1))
    guard cells.width(of: name) > room else { return name + Self.gap }
    while !name.isEmpty, cells.width(of: name) >= room { name.removeLast() }
    return name + "…" + Self.gap
  }

  /// The columns behind the title for which there is room, the first before the others.
  private func details(of item: PickerItem) -> String {
    guard item.details.contains(where: { !$0.isEmpty }) else { return "" }
    let least = min(words.leastTitleColumns, picker.titleLength)
    var text = ""
    for (column, width) in picker.detailWidths.enumerated() {
      let detail = column < item.details.count ? item.details[column] : ""
      let cell = Self.gap + blanks(width - cells.width(of: detail)) + detail
      let room = listColumns - cells.width(of: Self.marker) - cells.width(of: text + cell)
      guard room >= least else { break }
      text += cell
    }
    return text
  }

  /// Adds a title with the letters in it that were searched; the columns it takes.
  private func append(
    _ title: String, row: Int, room: Int, base: Style, to line: inout TextLine
  ) -> Int {
    var matched = base
    let match = style(.match)
    matched.foreground = row == picker.selection ? base.foreground : match.foreground
    matched.attributes.formUnion(match.attributes)
    let places = Set(picker.matches(inRow: row))
    let isCut = cells.width(of: String(title.prefix(room + 1))) > room
    let limit = isCut ? room - cells.width(of: "…") : room
    var width = 0
    var scalar = 0
    // By graphemes: a mark that is searched is drawn on its letter.
    for character in title {
      let next = scalar + character.unicodeScalars.count
      width += cells.width(of: character)
      guard width <= limit else {
        width -= cells.width(of: character)
        break
      }
      let isMatch = (scalar..<next).contains(where: places.contains)
      line.append(String(character), style: isMatch ? matched : base)
      scalar = next
    }
    guard isCut, limit >= 0 else { return width }
    line.append("…", style: base)
    return width + cells.width(of: "…")
  }

  // MARK: - Below

  private func notes(_ rows: Int) -> [TextLine] {
    let lines = (words.notes ?? []).flatMap { note in
      wrap.lines([TextRun(note, style(.overlayBorder))], columns: columns)
    }
    return Array((lines + [TextLine](repeating: .empty, count: rows)).prefix(rows))
  }
}

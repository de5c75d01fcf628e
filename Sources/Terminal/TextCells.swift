// Text becomes cells here and nowhere else: grapheme by grapheme, with the widths of the C library.

/// Measures text and turns it into cells.
public struct TextCells: Sendable {
  /// Tabs in running text stand for this many blanks at the most.
  public static let tabColumns = 4

  private let widths: WidthTable

  public init(widths: WidthTable) {
    self.widths = widths
  }

  /// The columns that `text` takes on one line.
  public func width(of text: String) -> Int {
    if isPlain(text) { return text.utf8.count }
    var columns = 0
    for character in text { columns += width(of: character) }
    return columns
  }

  /// The columns that one grapheme takes; 0 if nothing of it is drawn.
  public func width(of character: Character) -> Int {
    // Not `asciiValue`, which takes ten times as long.
    let bytes = character.utf8
    if bytes.count == 1, let byte = bytes.first, byte >= 0x20, byte < 0x7F { return 1 }
    // The sum over what `forEachCell` hands out.
    var columns = 0
    character.forEachDisplayScalar { value in
      switch widths.width(of: value) {
      case 0: columns = max(1, columns)
      case let width: columns += width < 0 ? 1 : min(width, 2)
      }
    }
    return columns
  }

  /// The cells of `text` on one line, each wide one followed by its continuation. Line ends and tabs
  /// show as pictures of themselves: whoever breaks lines takes them out first.
  public func cells(_ text: String, style: Style) -> [Cell] {
    var cells: [Cell] = []
    cells.reserveCapacity(text.utf8.count)
    append(text, style: style, to: &cells)
    return cells
  }

  /// The cells of a line, run after run.
  public func cells(_ line: TextLine) -> [Cell] {
    var cells: [Cell] = []
    for run in line.runs { append(run.text, style: run.style, to: &cells) }
    return cells
  }

  /// Adds the cells of one grapheme, as `cells(_:style:)` makes them of a text that holds nothing else.
  public func append(_ character: Character, style: Style, to cells: inout [Cell]) {
    forEachCell(of: character, style: style) { cell in
      cells.append(cell)
      if cell.width == 2 { cells.append(.continuation(style)) }
    }
  }

  /// A grapheme that takes more than one glyph, cut between its glyphs: a family is its members, and a
  /// syllable of a shaped script its letters.
  func glyphs(of character: Character) -> [(text: String, width: Int)] {
    var glyphs: [(text: String, width: Int)] = []
    forEachCell(of: character, style: .plain) { cell in
      var text = String.UnicodeScalarView()
      for value in [cell.base] + (0..<4).map({ cell.marks[$0] }) where value != 0 {
        text.append(Unicode.Scalar(value) ?? "\u{FFFD}")
      }
      glyphs.append((String(text), Int(cell.width)))
    }
    return glyphs
  }

  private func append(_ text: String, style: Style, to cells: inout [Cell]) {
    if isPlain(text) {
      for byte in text.utf8 { cells.append(Cell(base: UInt32(byte), style: style)) }
      return
    }
    for character in text { append(character, style: style, to: &cells) }
  }

  /// Whether every byte is one printable ASCII character, as most text is.
  private func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
  }

  /// Hands out the cells of one grapheme, without continuations. Its spacing scalars stand side by side
  /// (a family of three is three faces), up to four marks sit on the one before them, and a mark with
  /// nothing before it sits on a dotted circle.
  private func forEachCell(of character: Character, style: Style, _ body: (Cell) -> Void) {
    var open: Cell?
    var markCount = 0
    character.forEachDisplayScalar { value in
      switch widths.width(of: value) {
      case 0:
        if open == nil { open = Cell(base: 0x25CC, style: style) }
        if markCount < 4 {
          open?.marks[markCount] = value
          markCount += 1
        }
      case let width:
        if let cell = open { body(cell) }
        markCount = 0
        open =
          width < 0
          ? Cell(base: 0xFFFD, style: style)
          : Cell(base: value, style: style, width: UInt8(min(width, 2)))
      }
    }
    if let cell = open { body(cell) }
  }
}

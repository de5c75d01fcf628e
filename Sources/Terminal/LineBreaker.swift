// The rules of `TextWrap`, grapheme by grapheme; words of printable ASCII, which most text is made of,
// go through them in one piece.

/// The state of breaking one text: the line so far and the word that may still move to the next.
struct LineBreaker: Sendable {
  private struct Piece {
    var text = TextLine()
    var width = 0

    /// Empties it and keeps its memory: that is done for each word.
    mutating func clear() {
      text.runs.removeAll(keepingCapacity: true)
      width = 0
    }
  }

  /// The lines that are done with.
  private(set) var lines: [TextLine] = []

  private let cells: TextCells
  private let columns: Int
  private let mode: TextWrap.Mode
  private let rest: [TextRun]
  private let restWidth: Int

  private var line: Piece
  /// How much of `line` stands before the text.
  private var marginWidth: Int
  /// Spaces after `line`, drawn only if a word follows on the same line.
  private var gap = Piece()
  private var word = Piece()
  private var lineHasText = false
  /// What the last grapheme allows behind it; nil behind a space and at the start of a line.
  private var last: BreakClass?
  /// Whether a word longer than a line is being filled in, grapheme by grapheme.
  private var isInsideLongWord = false

  init(
    cells: TextCells, columns: Int, mode: TextWrap.Mode, first: [TextRun], rest: [TextRun]
  ) {
    self.cells = cells
    self.columns = columns
    self.mode = mode
    func width(_ runs: [TextRun]) -> Int { runs.reduce(0) { $0 + cells.width(of: $1.text) } }
    // What leaves no room for text on any line, or does not fit itself, is left out.
    let restWidth = width(rest)
    self.rest = restWidth < columns ? rest : []
    self.restWidth = restWidth < columns ? restWidth : 0
    let firstWidth = width(first)
    marginWidth = firstWidth <= columns ? firstWidth : 0
    line = Piece(text: TextLine(firstWidth <= columns ? first : []), width: marginWidth)
  }

  /// Takes the next piece of the text, which begins and ends with whole graphemes.
  mutating func add(_ text: some StringProtocol, style: Style) {
    var index = text.startIndex
    while index < text.endIndex {
      let end = plainEnd(of: text, from: index)
      if index < end {
        addPlain(text[index..<end], style: style)
        index = end
      } else {
        add(text[index], style: style)
        index = text.index(after: index)
      }
    }
  }

  /// The lines that are done with; who takes them keeps them.
  mutating func takeLines() -> [TextLine] {
    defer { lines = [] }
    return lines
  }

  mutating func finish() -> [TextLine] {
    placeWord()
    lines.append(line.text)
    return lines
  }

  /// Told by the first scalar: nothing combines with a line end. To compare characters would take
  /// longer than everything else here.
  static func isLineEnd(_ character: Character) -> Bool {
    switch character.unicodeScalars.first {
    case "\n", "\r", "\u{2028}", "\u{2029}": true
    default: false
    }
  }

  // MARK: - Printable ASCII

  /// The end of the graphemes from `start` on that are one printable byte each and belong together:
  /// spaces, or no spaces, or anything where spaces do not matter.
  private func plainEnd<Text: StringProtocol>(of text: Text, from start: Text.Index) -> Text.Index {
    let bytes = text.utf8
    var before = start
    var end = start
    var isSpace: Bool?
    while end < bytes.endIndex {
      let byte = bytes[end]
      // What follows may be a mark on the letter before it.
      if byte >= 0x80 { return before }
      guard byte >= 0x20, byte < 0x7F else { break }
      if mode == .words {
        if isSpace == nil { isSpace = byte == 0x20 }
        guard isSpace == (byte == 0x20) else { break }
      }
      before = end
      bytes.formIndex(after: &end)
    }
    return end
  }

  private mutating func addPlain<Text: StringProtocol>(_ text: Text, style: Style) {
    guard mode == .words, text.utf8.first != 0x20 else {
      if mode == .exact { return fill(text, style: style) }
      placeWord()
      last = nil
      gap.text.append(text, style: style)
      gap.width += text.utf8.count
      return
    }
    if let first = text.utf8.first, let end = text.last?.utf8.first {
      breakWord(before: BreakClass(ascii: first))
      last = BreakClass(ascii: end)
    }
    if isInsideLongWord { return fill(text, style: style) }
    // One grapheme more than a line holds makes the word a long one.
    let room = max(1, columns - restWidth - word.width + 1)
    let head = text.utf8.index(text.startIndex, offsetBy: room, limitedBy: text.endIndex)
    word.text.append(text[..<(head ?? text.endIndex)], style: style)
    word.width += min(room, text.utf8.count)
    guard let head, word.width > columns - restWidth else { return }
    placeWord()
    isInsideLongWord = true
    fill(text[head...], style: style)
  }

  /// Puts graphemes of one byte each on the line, and on the next when it is full.
  private mutating func fill<Text: StringProtocol>(_ text: Text, style: Style) {
    var start = text.startIndex
    while start < text.endIndex {
      if line.width >= columns, canBreak { breakLine() }
      let room = max(1, columns - line.width)
      let end = text.utf8.index(start, offsetBy: room, limitedBy: text.endIndex) ?? text.endIndex
      let piece = text[start..<end]
      line.text.append(piece, style: style)
      line.width += piece.utf8.count
      lineHasText = true
      start = end
    }
  }

  // MARK: - Any grapheme

  private mutating func add(_ character: Character, style: Style) {
    if LineBreaker.isLineEnd(character) {
      placeWord()
      breakLine()
    } else if character.utf8.first == 0x09 {
      let column = line.width - marginWidth + gap.width + word.width
      let count = TextCells.tabColumns - column % TextCells.tabColumns
      for _ in 0..<count { add(" ", style: style) }
    } else if mode == .words, LineBreaker.isSpace(character) {
      placeWord()
      last = nil
      gap.text.append(String(character), style: style)
      gap.width += cells.width(of: character)
    } else {
      let width = cells.width(of: character)
      guard width > 0 else { return }
      add(character, width: width, style: style)
    }
  }

  /// A space at which a line may break. One that is no break, and one as wide as a figure, is a letter.
  private static func isSpace(_ character: Character) -> Bool {
    let scalars = character.unicodeScalars
    guard let first = scalars.first, scalars.count == 1 else { return false }
    switch first.value {
    case 0x20, 0x1680, 0x2000...0x2006, 0x2008...0x200B, 0x205F, 0x3000: return true
    default: return false
    }
  }

  private mutating func add(_ character: Character, width: Int, style: Style) {
    guard mode == .words else { return put(character, width: width, style: style) }
    let own = BreakClass(character, width: width)
    breakWord(before: own)
    last = own
    if isInsideLongWord { return put(character, width: width, style: style) }
    word.text.append(String(character), style: style)
    word.width += width
    if word.width > columns - restWidth {
      placeWord()
      isInsideLongWord = true
    }
  }

  /// Ends the word if a line may break between it and what follows.
  private mutating func breakWord(before next: BreakClass) {
    if let last, BreakClass.mayBreak(between: last, and: next) { placeWord() }
  }

  /// Puts the finished word on the line, or on the next if it does not fit behind the gap.
  private mutating func placeWord() {
    isInsideLongWord = false
    guard word.width > 0 else { return }
    let fits = line.width + gap.width + word.width <= columns
    if !fits, canBreak { breakLine() }
    if fits {
      for run in gap.text.runs { line.text.append(run.text, style: run.style) }
      line.width += gap.width
    }
    gap.clear()
    if line.width + word.width <= columns {
      for run in word.text.runs { line.text.append(run.text, style: run.style) }
      line.width += word.width
      lineHasText = true
    } else {
      for run in word.text.runs {
        for character in run.text {
          put(character, width: cells.width(of: character), style: run.style)
        }
      }
    }
    word.clear()
  }

  private mutating func put(_ character: Character, width: Int, style: Style) {
    if line.width + width > columns, canBreak { breakLine() }
    guard line.width + width > columns else {
      return put(String(character), width: width, style: style)
    }
    for glyph in cells.glyphs(of: character) {
      if line.width + glyph.width > columns, canBreak { breakLine() }
      if line.width + glyph.width <= columns {
        put(glyph.text, width: glyph.width, style: style)
      } else {
        // A wide glyph where there is one column.
        put("\u{FFFD}", width: 1, style: style)
      }
    }
  }

  private mutating func put(_ text: String, width: Int, style: Style) {
    line.text.append(text, style: style)
    line.width += width
    lineHasText = true
  }

  /// Whether the next line has more room than this one.
  private var canBreak: Bool { lineHasText || line.width > restWidth }

  private mutating func breakLine() {
    lines.append(line.text)
    line = Piece(text: TextLine(rest), width: restWidth)
    marginWidth = restWidth
    gap.clear()
    last = nil
    lineHasText = false
  }
}

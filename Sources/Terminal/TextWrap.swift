// Breaking text into lines: on graphemes, at spaces and between wide characters.

/// A piece of text in one style.
public struct TextRun: Hashable, Sendable {
  public var text: String
  public var style: Style

  public init(_ text: String, _ style: Style = .plain) {
    self.text = text
    self.style = style
  }
}

/// One line as it stands on the screen, before it becomes cells.
public struct TextLine: Hashable, Sendable {
  public var runs: [TextRun]

  public init(_ runs: [TextRun] = []) {
    self.runs = runs
  }

  public static let empty = TextLine()

  /// Adds text, to the last run if that has the same style.
  public mutating func append(_ text: some StringProtocol, style: Style) {
    guard !text.isEmpty else { return }
    if let last = runs.indices.last, runs[last].style == style {
      runs[last].text += text
    } else {
      runs.append(TextRun(String(text), style))
    }
  }
}

/// Wraps styled text to a number of columns.
public struct TextWrap: Sendable {
  public enum Mode: Hashable, Sendable {
    /// Lines break at spaces; the spaces at a break are not drawn.
    case words
    /// Lines break wherever the columns end, and every space is kept: code.
    case exact
  }

  public let cells: TextCells

  public init(_ cells: TextCells) {
    self.cells = cells
  }

  /// Breaks `runs` into lines of at most `columns` columns (at least 1). LF, CR, CRLF, U+2028 and
  /// U+2029 end a line; a TAB becomes blanks up to the next multiple of four. A grapheme wider than the
  /// columns stands on a line of its own.
  ///
  /// - Parameters:
  ///   - first: what stands before the text on the first line, inside the columns.
  ///   - rest: what stands before it on the others.
  public func lines(
    _ runs: [TextRun], columns: Int, mode: Mode = .words, first: [TextRun] = [],
    rest: [TextRun] = []
  ) -> [TextLine] {
    var breaker = LineBreaker(
      cells: cells, columns: max(1, columns), mode: mode, first: first, rest: rest)
    for run in runs {
      for character in run.text { breaker.add(character, style: run.style) }
    }
    return breaker.finish()
  }
}

/// The state of breaking one text: the line so far and the word that may still move to the next.
private struct LineBreaker {
  private struct Piece {
    var text = TextLine()
    var width = 0
  }

  let cells: TextCells
  let columns: Int
  let mode: TextWrap.Mode
  let rest: [TextRun]
  let restWidth: Int

  private var lines: [TextLine] = []
  private var line: Piece
  /// Spaces after `line`, drawn only if a word follows on the same line.
  private var gap = Piece()
  private var word = Piece()
  private var lineHasText = false
  /// Whether a word longer than a line is being filled in, grapheme by grapheme.
  private var isInsideLongWord = false

  init(
    cells: TextCells, columns: Int, mode: TextWrap.Mode, first: [TextRun], rest: [TextRun]
  ) {
    self.cells = cells
    self.columns = columns
    self.mode = mode
    self.rest = rest
    func width(_ runs: [TextRun]) -> Int { runs.reduce(0) { $0 + cells.width(of: $1.text) } }
    restWidth = width(rest)
    line = Piece(text: TextLine(first), width: width(first))
  }

  mutating func add(_ character: Character, style: Style) {
    // Nearly all text. To compare two graphemes costs more than everything else that is done here.
    if let byte = character.asciiValue, (0x21..<0x7F).contains(byte) {
      add(character, width: 1, style: style)
      return
    }
    switch character {
    case "\n", "\r\n", "\r", "\u{2028}", "\u{2029}":
      placeWord()
      breakLine()
    case "\t":
      let column = line.width + gap.width + word.width
      let count = TextCells.tabColumns - column % TextCells.tabColumns
      for _ in 0..<count { add(" ", style: style) }
    case " " where mode == .words:
      placeWord()
      gap.text.append(" ", style: style)
      gap.width += 1
    default:
      let width = cells.width(of: character)
      guard width > 0 else { return }
      add(character, width: width, style: style)
    }
  }

  private mutating func add(_ character: Character, width: Int, style: Style) {
    // A wide character is a word of its own: scripts that use them put no spaces between words. What
    // closes a phrase stays with the word before it.
    if mode == .words, width == 2, !LineBreaker.staysBehind.contains(character) { placeWord() }
    guard mode == .words, !isInsideLongWord else {
      put(character, width: width, style: style)
      return
    }
    word.text.append(String(character), style: style)
    word.width += width
    if word.width > columns - restWidth {
      placeWord()
      isInsideLongWord = true
    }
  }

  private static let staysBehind: Set<Character> = [
    "、", "。", "，", "．", "）", "」", "』", "】", "》", "！", "？", "：", "；", "…", "ー",
  ]

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
    gap = Piece()
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
    word = Piece()
  }

  private mutating func put(_ character: Character, width: Int, style: Style) {
    if line.width + width > columns, canBreak { breakLine() }
    line.text.append(String(character), style: style)
    line.width += width
    lineHasText = true
  }

  /// Whether the next line has more room than this one.
  private var canBreak: Bool { lineHasText || line.width > restWidth }

  private mutating func breakLine() {
    lines.append(line.text)
    line = Piece(text: TextLine(rest), width: restWidth)
    gap = Piece()
    lineHasText = false
  }

  mutating func finish() -> [TextLine] {
    placeWord()
    lines.append(line.text)
    return lines
  }
}

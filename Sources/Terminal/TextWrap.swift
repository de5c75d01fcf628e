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
  /// What a line belongs to, for whoever wants to point at it.
  public enum Mark: Hashable, Sendable {
    /// The first line of a block of code.
    case codeStart
    /// One of its other lines.
    case code
  }

  public var runs: [TextRun]
  public var mark: Mark?

  public init(_ runs: [TextRun] = [], mark: Mark? = nil) {
    self.runs = runs
    self.mark = mark
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
  /// U+2029 end a line; a TAB becomes blanks up to the next multiple of four, counted from where the text
  /// begins. A grapheme wider than the columns is cut between its glyphs, and where there is but one
  /// column, U+FFFD stands for a wide one.
  ///
  /// - Parameters:
  ///   - first: what stands before the text on the first line, inside the columns; left out if it does
  ///     not fit.
  ///   - rest: what stands before it on the others; left out if it leaves no room.
  public func lines(
    _ runs: [TextRun], columns: Int, mode: Mode = .words, first: [TextRun] = [],
    rest: [TextRun] = []
  ) -> [TextLine] {
    var breaker = LineBreaker(
      cells: cells, columns: max(1, columns), mode: mode, first: first, rest: rest)
    for run in runs { breaker.add(run.text, style: run.style) }
    return breaker.finish()
  }
}

// Wrapping a text that is still being written, at the cost of what comes and not of what is there.

/// Wraps a text in one style that grows at its end. The lines are at every moment those that `TextWrap`
/// makes of the whole text, but that a line end opens no line before something follows it.
public struct GrowingWrap: Sendable {
  private let style: Style
  private var breaker: LineBreaker
  /// The last grapheme, to which more may come.
  private var last = ""

  /// - Parameters:
  ///   - first: what stands before the text on the first line, inside the columns.
  ///   - rest: what stands before it on the others.
  public init(
    _ wrap: TextWrap, columns: Int, style: Style, mode: TextWrap.Mode = .words,
    first: [TextRun] = [], rest: [TextRun] = []
  ) {
    self.style = style
    breaker = LineBreaker(
      cells: wrap.cells, columns: max(1, columns), mode: mode, first: first, rest: rest)
  }

  /// Takes the next piece of the text and hands over the lines that nothing can change any more.
  public mutating func append(_ delta: String) -> [TextLine] {
    last += delta
    guard !last.isEmpty else { return [] }
    let end = last.index(before: last.endIndex)
    breaker.add(last[..<end], style: style)
    last = String(last[end...])
    return breaker.takeLines()
  }

  /// The lines after those that `append` has handed over. A few, however long the text is.
  public var openLines: [TextLine] {
    guard let character = last.first else { return [] }
    var breaker = breaker
    breaker.add(last, style: style)
    let lines = breaker.finish()
    return LineBreaker.isLineEnd(character) ? lines.dropLast() : lines
  }
}

import Chat
import Terminal

/// The streams of the conversation in view, newest last: a table where there is room for one, and
/// sentences where there is not.
struct TraceView {
  private static let titles = ["stream", "model", "first token", "kept", "stale", "ending"]
  private static let modelColumn = 1
  private static let numberColumns = 2...4
  private static let gap = "  "
  /// The name of a model is cut to no fewer columns than this, and no fewer are left to an ending.
  private static let leastModelWidth = 8
  private static let leastEndingWidth = 20

  private let rows: [StreamTable.Row]
  private let columns: Int
  private let wrap: TextWrap
  private let theme: Theme

  /// The rows of the overlay, wrapped to `columns`.
  static func lines(_ app: App, columns: Int, wrap: TextWrap, theme: Theme) -> [TextLine] {
    let rows = StreamTable(app.store.streams).rows
    let view = TraceView(rows: rows, columns: columns, wrap: wrap, theme: theme)
    if rows.isEmpty {
      return view.title + view.wrapped([("None yet: each attempt at a reply is one.", .overlay)])
    }
    return view.table ?? view.sentences
  }

  private func runs(_ pieces: [(text: String, face: Face)]) -> [TextRun] {
    pieces.map { TextRun($0.text, theme.style(for: $0.face)) }
  }

  private func wrapped(
    _ pieces: [(text: String, face: Face)], after first: [TextRun] = [], indentation: Int = 0
  ) -> [TextLine] {
    let rest = runs([(String(repeating: " ", count: indentation), .overlay)])
    return wrap.lines(runs(pieces), columns: columns, first: first, rest: rest)
  }

  // MARK: - Sentences

  private var title: [TextLine] { wrapped([("Streams", .overlayTitle)]) }

  private var sentences: [TextLine] {
    title
      + rows.flatMap { row in
        wrapped(
          [(row.stream + " ", .key), (row.sentence, .overlay)], indentation: min(2, columns / 10))
      }
  }

  // MARK: - The table

  /// Nil where the columns do not suffice.
  private var table: [TextLine]? {
    let cells = rows.map { row in
      [row.stream, row.model, row.firstToken, row.kept, row.stale, row.ending]
    }
    guard let widths = widths([TraceView.titles] + cells) else { return nil }
    return line(TraceView.titles, widths, nameFace: .overlayTitle, face: .overlayTitle)
      + cells.flatMap { line($0, widths, nameFace: .key, face: .overlay) }
  }

  /// The widths of all columns but the last, which takes what is left.
  private func widths(_ cells: [[String]]) -> [Int]? {
    func longest(_ column: Int) -> Int {
      cells.map { wrap.cells.width(of: $0[column]) }.max() ?? 0
    }
    let ending = TraceView.titles.count - 1
    var widths = (0..<ending).map(longest)
    let model = widths[TraceView.modelColumn]
    let gaps = ending * TraceView.gap.count
    let room =
      columns - gaps - (widths.reduce(0, +) - model)
      - min(longest(ending), TraceView.leastEndingWidth)
    guard room >= min(model, TraceView.leastModelWidth) else { return nil }
    widths[TraceView.modelColumn] = min(model, room)
    return widths
  }

  /// One row; an ending that is too long goes on below itself.
  private func line(
    _ cells: [String], _ widths: [Int], nameFace: Face, face: Face
  ) -> [TextLine] {
    var first: [TextRun] = []
    for (column, width) in widths.enumerated() {
      let cell = wrap.cells.cut(cells[column], to: width)
      let blanks = String(repeating: " ", count: width - wrap.cells.width(of: cell))
      let isNumber = TraceView.numberColumns.contains(column)
      let text = (isNumber ? blanks + cell : cell + blanks) + TraceView.gap
      first += runs([(text, column == 0 ? nameFace : face)])
    }
    let indentation = widths.reduce(0, +) + widths.count * TraceView.gap.count
    return wrapped([(cells[widths.count], face)], after: first, indentation: indentation)
  }
}

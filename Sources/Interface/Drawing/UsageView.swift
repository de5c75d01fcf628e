import Chat
import Terminal

/// What the conversation took: prompts and replies, how full the window is, times, and the tokens and cost of
/// each model. A table where there is room for one, and sentences where there is not.
struct UsageView {
  private static let titles = ["model", "replies", "in", "out", "cached", "thought", "cost"]
  private static let gap = "  "
  private static let none = "–"
  /// The name of a model is cut to no fewer columns than this.
  private static let leastModelWidth = 8

  private let totals: UsageTotals
  private let meter: ContextMeter?
  private let columns: Int
  private let wrap: TextWrap
  private let theme: Theme

  /// The rows of the overlay, wrapped to `columns`.
  static func lines(
    _ app: App, _ totals: UsageTotals, columns: Int, wrap: TextWrap, theme: Theme
  ) -> [TextLine] {
    let view = UsageView(
      totals: totals, meter: ContextMeter(app), columns: columns, wrap: wrap, theme: theme)
    guard totals.promptCount > 0 else {
      return view.title
        + view.wrapped([("Nothing yet: what is sent and replied is counted.", .overlay)])
    }
    return view.title + view.facts + view.models
  }

  private func runs(_ pieces: [(text: String, face: Face)]) -> [TextRun] {
    pieces.map { TextRun($0.text, theme.style(for: $0.face)) }
  }

  private func wrapped(
    _ pieces: [(text: String, face: Face)], indentation: Int = 0
  ) -> [TextLine] {
    let rest = runs([(String(repeating: " ", count: indentation), .overlay)])
    return wrap.lines(runs(pieces), columns: columns, first: [], rest: rest)
  }

  private var title: [TextLine] { wrapped([("Usage", .overlayTitle)]) }

  // MARK: - The conversation

  private var facts: [TextLine] {
    let rows: [(name: String, words: String?)] = [
      ("prompts", String(totals.promptCount)), ("replies", replies),
      ("context", meter?.sentence), ("first token", firstToken), ("speed", speed),
    ]
    let told = rows.compactMap { row in row.words.map { (row.name, $0) } }
    let width = told.map(\.0.count).max() ?? 0
    return told.flatMap { name, words in
      let blanks = String(repeating: " ", count: width - name.count)
      return wrapped([(name + blanks + UsageView.gap, .key), (words, .overlay)], indentation: 2)
    }
  }

  private var replies: String? {
    let endings = totals.endings
    let counts = [
      (endings.complete, "complete"), (endings.cancelled, "stopped"),
      (endings.superseded, "superseded"), (endings.failed, "failed"),
      (endings.interrupted, "interrupted"),
    ]
    let words = counts.filter { $0.0 > 0 }.map { "\(grouped($0.0)) \($0.1)" }
    return words.isEmpty ? nil : words.joined(separator: ", ")
  }

  private var firstToken: String? {
    totals.firstTokens.median.flatMap(DetailsWords.duration(milliseconds:))
      .map { "\($0)\(UsageView.median(of: totals.firstTokens.count))" }
  }

  private var speed: String? {
    totals.rates.median.flatMap(DetailsWords.rate)
      .map { "\($0) tokens/s\(UsageView.median(of: totals.rates.count))" }
  }

  private static func median(of count: Int) -> String {
    count == 1 ? "" : ", the median of \(grouped(count)) replies"
  }

  // MARK: - The models

  /// One model, or all.
  private struct Row {
    let name: String
    let sum: UsageTotals.Sum

    var cells: [String] {
      func words(_ count: Int) -> String { count > 0 ? grouped(count) : UsageView.none }
      let more = sum.lacksTokens ? "+" : ""
      return [
        name, grouped(sum.replyCount), words(sum.inputTokens) + more,
        words(sum.outputTokens) + more, words(sum.cachedTokens), words(sum.reasoningTokens),
        sum.costWords ?? UsageView.none,
      ]
    }

    var sentence: String {
      let counts = [
        (sum.inputTokens, "in"), (sum.outputTokens, "out"), (sum.cachedTokens, "cached"),
        (sum.reasoningTokens, "thought"),
      ]
      let tokens = counts.filter { $0.0 > 0 }.map { "\(grouped($0.0)) \($0.1)" }
      let replies = "\(grouped(sum.replyCount)) \(sum.replyCount == 1 ? "reply" : "replies")"
      let more = sum.lacksTokens ? ["more that was not told"] : []
      return ([replies] + tokens + more + [sum.costWords].compactMap(\.self))
        .joined(separator: ", ")
    }
  }

  private var rows: [Row] {
    let models = totals.models.map { model in
      Row(name: model.description, sum: totals.sums[model] ?? UsageTotals.Sum())
    }
    return models.count == 1 ? models : models + [Row(name: "all", sum: totals.all)]
  }

  private var models: [TextLine] {
    guard !totals.models.isEmpty else { return [] }
    var lines = [TextLine()] + (table ?? sentences)
    if totals.all.lacksTokens || totals.all.isPriced && totals.all.lacksCost {
      lines += [TextLine()]
      lines += wrapped([("+ and more, of which nobody told how much it was", .overlay)])
    }
    return lines
  }

  private var sentences: [TextLine] {
    rows.flatMap { row in
      wrapped(
        [(row.name, .key), (": \(row.sentence)", .overlay)], indentation: min(2, columns / 10))
    }
  }

  /// Nil where the columns do not suffice.
  private var table: [TextLine]? {
    let cells = [UsageView.titles] + rows.map(\.cells)
    var widths = UsageView.titles.indices.map { column in
      cells.map { wrap.cells.width(of: $0[column]) }.max() ?? 0
    }
    let gaps = (widths.count - 1) * UsageView.gap.count
    let room = columns - gaps - widths.dropFirst().reduce(0, +)
    guard room >= min(widths[0], UsageView.leastModelWidth) else { return nil }
    widths[0] = min(widths[0], room)
    return cells.enumerated().map { number, cells in
      line(cells, widths, face: number == 0 ? .overlayTitle : .overlay)
    }
  }

  private func line(_ cells: [String], _ widths: [Int], face: Face) -> TextLine {
    var line = TextLine()
    for (column, width) in widths.enumerated() {
      let cell = column == 0 ? wrap.cells.cut(cells[column], to: width) : cells[column]
      let blanks = String(repeating: " ", count: max(0, width - wrap.cells.width(of: cell)))
      let text = column == 0 ? cell + blanks : UsageView.gap + blanks + cell
      let isName = column == 0 && face == .overlay
      line.append(text, style: theme.style(for: isName ? .key : face))
    }
    return line
  }
}

extension TextCells {
  /// The text in no more columns than these, with a sign where its end is missing.
  func cut(_ text: String, to width: Int) -> String {
    guard self.width(of: text) > width else { return text }
    // Names have no longest length, and each look at one costs as much as it is long.
    var text = String(text.prefix(width))
    let room = width - self.width(of: "…")
    while !text.isEmpty, self.width(of: text) > room { text.removeLast() }
    return text + "…"
  }
}

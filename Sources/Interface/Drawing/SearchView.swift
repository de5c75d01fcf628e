import Terminal

/// The row of a search: what is looked for, and what was found.
struct SearchView {
  let cells: [Cell]
  /// Where the cursor stands, behind the words.
  let cursorColumn: Int

  /// The end of the words is in view, where they are typed; what was found stays readable.
  init(_ search: Search, columns: Int, _ cells: TextCells, theme: Theme) {
    let style = theme.style(for: .text)
    let title = cells.cells("Search: ", style: theme.style(for: .overlayTitle))
    let summary = cells.cells(search.summary, style: theme.style(for: .muted))
    let gap = summary.isEmpty ? 1 : 3
    let room = max(1, columns - title.count - summary.count - gap)
    var words = cells.cells(search.words, style: style)
    if words.count > room { words = Array(words.suffix(room)) }
    if words.first?.width == 0 { words[0] = .blank(style) }
    self.cells = title + words + [Cell](repeating: .blank(style), count: gap) + summary
    cursorColumn = min(title.count + words.count, max(0, columns - 1))
  }
}

// Markdown blocks as lines of the screen. No block is ever wider than the columns it was given.

import Markdown
import Terminal

struct MarkdownStyling {
  let wrap: TextWrap
  let columns: Int
  let theme: Theme
  /// The face of running text.
  let base: Face

  init(_ context: MessageLayout.Context) {
    wrap = context.wrap
    columns = context.manner.columns
    theme = context.theme
    base = context.place.isAside ? .muted : .text
  }

  /// The blocks with an empty line between each two; the same lines as of each block by itself.
  func lines(_ blocks: [Block]) -> [TextLine] {
    lines(blocks, in: Margin(), isTight: false)
  }

  /// For running text that is shown as it is written.
  func growingText() -> GrowingWrap {
    GrowingWrap(wrap, columns: columns, style: theme.style(for: base))
  }

  /// For one line of `codeLines`.
  func growingCodeLine() -> GrowingWrap {
    GrowingWrap(
      wrap, columns: columns, style: theme.style(for: .codeBlock), mode: .exact,
      first: codeMargin.first, rest: codeMargin.rest)
  }

  /// What stands in front of the lines of a nested block.
  private struct Margin {
    var first: [TextRun] = []
    var rest: [TextRun] = []
  }

  private func width(_ runs: [TextRun]) -> Int {
    runs.reduce(0) { $0 + wrap.cells.width(of: $1.text) }
  }

  /// A margin may take up to half of the columns; what is nested deeper stands at the same depth.
  private func nested(
    _ margin: Margin, first: TextRun, rest: TextRun
  ) -> Margin {
    guard width(margin.rest) + wrap.cells.width(of: rest.text) <= columns / 2 else { return margin }
    return Margin(first: margin.first + [first], rest: margin.rest + [rest])
  }

  private func lines(_ blocks: [Block], in margin: Margin, isTight: Bool) -> [TextLine] {
    var lines: [TextLine] = []
    for (index, block) in blocks.enumerated() {
      if index > 0, !isTight || !block.isList { lines.append(TextLine(margin.rest.trimmedBlanks)) }
      let margin = index == 0 ? margin : Margin(first: margin.rest, rest: margin.rest)
      lines += self.lines(block, in: margin)
    }
    return lines
  }

  private func lines(_ block: Block, in margin: Margin) -> [TextLine] {
    switch block {
    case .heading(_, let inlines):
      return wrapped(runs(inlines, theme.style(for: .heading)), in: margin)
    case .paragraph(let inlines):
      return wrapped(runs(inlines, theme.style(for: base)), in: margin)
    case .list(let list):
      return lines(list, in: margin)
    case .quote(let blocks):
      let bar = TextRun("│ ", theme.style(for: .quote))
      return lines(blocks, in: nested(margin, first: bar, rest: bar), isTight: false)
    case .code(let language, let text):
      return code(text, language: language, in: margin)
    case .table(let table):
      return TableStyling(self, table).lines(columns: columns - width(margin.rest))
        .enumerated().map { index, line in
          TextLine((index == 0 ? margin.first : margin.rest) + line.runs)
        }
    case .rule:
      let dashes = String(repeating: "─", count: max(1, columns - width(margin.rest)))
      return [TextLine(margin.first + [TextRun(dashes, theme.style(for: .rule))])]
    }
  }

  private func wrapped(_ runs: [TextRun], in margin: Margin) -> [TextLine] {
    wrap.lines(runs, columns: columns, first: margin.first, rest: margin.rest)
  }

  private func lines(_ list: Block.List, in margin: Margin) -> [TextLine] {
    var lines: [TextLine] = []
    let style = theme.style(for: .listMarker)
    for (index, item) in list.items.enumerated() {
      if index > 0, !list.isTight { lines.append(TextLine(margin.rest.trimmedBlanks)) }
      let margin = index == 0 ? margin : Margin(first: margin.rest, rest: margin.rest)
      let marker = self.marker(list, index)
      let blanks = String(repeating: " ", count: wrap.cells.width(of: marker))
      let inside = nested(
        margin, first: TextRun(marker, style), rest: TextRun(blanks, theme.style(for: base)))
      let blocks = item.blocks.isEmpty ? [.paragraph([])] : item.blocks
      lines += self.lines(blocks, in: inside, isTight: list.isTight)
    }
    return lines
  }

  private func marker(_ list: Block.List, _ index: Int) -> String {
    if let isChecked = list.items[index].isChecked { return isChecked ? "☑ " : "☐ " }
    switch list.marker {
    case .bullet:
      return "• "
    case .ordered(let start):
      let number = "\(start + index). "
      let widest = "\(start + list.items.count - 1). ".count
      return String(repeating: " ", count: widest - number.count) + number
    }
  }

  private func code(_ text: String, language: String?, in margin: Margin) -> [TextLine] {
    let plain = TextRun("  ", theme.style(for: base))
    let head = Margin(first: margin.first + [plain], rest: margin.rest + [plain])
    let label = codeHead(language, in: head)
    return label
      + codeLines(text, in: label.isEmpty ? head : Margin(first: head.rest, rest: head.rest))
  }

  /// The line above a block of code that names its language; nothing if it has none.
  func codeHead(_ language: String?) -> [TextLine] { codeHead(language, in: codeMargin) }

  /// Code stands two columns in, keeps all its spaces and breaks only where the columns end.
  func codeLines(_ text: String) -> [TextLine] { codeLines(text, in: codeMargin) }

  private var codeMargin: Margin {
    let blanks = [TextRun("  ", theme.style(for: base))]
    return Margin(first: blanks, rest: blanks)
  }

  private func codeHead(_ language: String?, in margin: Margin) -> [TextLine] {
    guard let language else { return [] }
    return wrapped([TextRun(language, theme.style(for: .muted))], in: margin)
  }

  private func codeLines(_ text: String, in margin: Margin) -> [TextLine] {
    wrap.lines(
      [TextRun(text, theme.style(for: .codeBlock))], columns: columns, mode: .exact,
      first: margin.first, rest: margin.rest)
  }

  // MARK: - Running text

  /// The inlines as styled runs.
  func runs(_ inlines: [Inline], _ style: Style) -> [TextRun] {
    inlines.flatMap { runs($0, style) }
  }

  private func runs(_ inline: Inline, _ style: Style) -> [TextRun] {
    switch inline {
    case .text(let text):
      return [TextRun(text, style)]
    case .emphasis(let inner):
      return runs(inner, laid(.emphasis, over: style))
    case .strong(let inner):
      return runs(inner, laid(.strong, over: style))
    case .strikethrough(let inner):
      var struck = style
      struck.attributes.insert(.strikethrough)
      return runs(inner, struck)
    case .code(let text):
      return [TextRun(text, laid(.code, over: style))]
    case .link(let address, let label):
      let linked = runs(label, laid(.link, over: style))
      if label.plainText == address || "mailto:" + label.plainText == address { return linked }
      return linked + [TextRun(" (\(address))", laid(.muted, over: style))]
    case .image(let address, let alternative):
      return [
        TextRun("[image: \(alternative)]", laid(.emphasis, over: style)),
        TextRun(" (\(address))", laid(.muted, over: style)),
      ]
    case .hardBreak:
      return [TextRun("\n", style)]
    case .softBreak:
      return [TextRun(" ", style)]
    }
  }

  /// A face over the style of the text around it: what the face does not set stays.
  private func laid(_ face: Face, over style: Style) -> Style {
    let plain = theme.style(for: .text)
    let own = theme.style(for: face)
    return Style(
      foreground: own.foreground == plain.foreground ? style.foreground : own.foreground,
      background: own.background == plain.background ? style.background : own.background,
      attributes: style.attributes.union(own.attributes))
  }
}

extension Block {
  fileprivate var isList: Bool {
    if case .list = self { true } else { false }
  }
}

extension [TextRun] {
  /// Without the blanks at the end, for a line that holds nothing else.
  fileprivate var trimmedBlanks: [TextRun] {
    var runs = self
    while let last = runs.last, last.text.allSatisfy({ $0 == " " }) { runs.removeLast() }
    return runs
  }
}

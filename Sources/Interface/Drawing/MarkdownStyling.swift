// Markdown blocks as lines of the screen. No block is ever wider than the columns it was given.
//
// What runs from right to left has nothing in front of it but blanks: see `Margin`.

import Highlighting
import Markdown
import Terminal

struct MarkdownStyling {
  let wrap: TextWrap
  let columns: Int
  let theme: Theme
  let languages: Languages
  /// The face of running text.
  private(set) var base: Face

  init(_ context: MessageLayout.Context) {
    wrap = context.wrap
    columns = context.manner.columns
    theme = context.theme
    languages = context.languages
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

  /// What stands in front of the lines of a nested block: marks and bars, and blanks below the marks.
  struct Margin {
    var first: [TextRun] = []
    var rest: [TextRun] = []
    /// Whether a mark of the first line says something: a number, a box.
    var hasContent = false

    /// Whether anything but blanks stands there.
    var isMarked: Bool {
      (first + rest).contains { $0.text.contains { $0 != " " } }
    }
  }

  private func width(_ runs: [TextRun]) -> Int {
    runs.reduce(0) { $0 + wrap.cells.width(of: $1.text) }
  }

  func blanks(_ count: Int) -> TextRun {
    TextRun(String(repeating: " ", count: count), theme.style(for: base))
  }

  /// A margin may take up to half of the columns; what is nested deeper stands at the same depth, behind
  /// its mark as long as that leaves room for words.
  private func nested(_ margin: Margin, mark: TextRun, rest: TextRun, isContent: Bool) -> Margin {
    var margin = margin
    if width(margin.rest + [rest]) <= columns / 2 {
      margin.first.append(mark)
      margin.rest.append(rest)
    } else if width(margin.first + [mark]) <= columns - max(2, columns / 4) {
      margin.first.append(mark)
    } else {
      return margin
    }
    margin.hasContent = margin.hasContent || isContent
    return margin
  }

  /// Lays out the text of one block, and anew with blanks in front where it runs from right to left:
  /// terminals that reorder a line would move or break up what stands there. A number and a box say
  /// something and take a row of their own above.
  private func placed(in margin: Margin, make: (Margin) -> [TextLine]) -> [TextLine] {
    let lines = make(margin)
    guard margin.isMarked else { return lines }
    let directions = lines.map { TextDirection(of: $0.runs) }
    guard directions.contains(.rightToLeft) else { return lines }
    let isRightToLeft = directions.first { $0 != nil } == .rightToLeft
    let rest = blanks(width(margin.rest))
    var bare = Margin(first: [rest], rest: [rest])
    // Without its mark an item is told from the next one by where it goes on.
    if isRightToLeft, margin.first != margin.rest, rest.text.count + 2 <= columns / 2 {
      bare.rest.append(blanks(2))
    }
    if isRightToLeft {
      let above = margin.hasContent ? [TextLine(margin.first.trimmedBlanks)] : []
      return above + make(bare)
    }
    bare.first = [blanks(width(margin.first))]
    let bareLines = make(bare)
    return directions.indices.map {
      directions[$0] == .rightToLeft ? bareLines[$0] : lines[$0]
    }
  }

  private func lines(_ blocks: [Block], in margin: Margin, isTight: Bool) -> [TextLine] {
    var lines: [TextLine] = []
    for (index, block) in blocks.enumerated() {
      if index > 0, !isTight { lines.append(TextLine(margin.rest.trimmedBlanks)) }
      let margin = index == 0 ? margin : Margin(first: margin.rest, rest: margin.rest)
      lines += self.lines(block, in: margin)
    }
    return lines
  }

  private func lines(_ block: Block, in margin: Margin) -> [TextLine] {
    switch block {
    case .heading(let level, let inlines):
      return heading(inlines, level: level, in: margin)
    case .paragraph(let inlines):
      return wrapped(runs(inlines, theme.style(for: base)), in: margin)
    case .list(let list):
      return lines(list, in: margin)
    case .quote(let blocks):
      let bar = TextRun("│ ", theme.style(for: .quote))
      return quoted.lines(
        blocks.isEmpty ? [.paragraph([])] : blocks,
        in: nested(margin, mark: bar, rest: bar, isContent: false), isTight: false)
    case .code(let language, let text):
      return placed(in: margin) { code(text, language: language, in: $0) }
    case .table(let table):
      return placed(in: margin) { margin in
        TableStyling(self, table).lines(columns: room(in: margin)).enumerated().map {
          TextLine(($0 == 0 ? margin.first : margin.rest) + $1.runs)
        }
      }
    case .rule:
      let dashes = String(repeating: "─", count: room(in: margin))
      return [TextLine(margin.first + [TextRun(dashes, theme.style(for: .rule))])]
    }
  }

  /// The columns beside the margin on all of its lines.
  private func room(in margin: Margin) -> Int {
    max(1, columns - max(width(margin.first), width(margin.rest)))
  }

  /// How the blocks inside a quote are set: its words are told apart where no bar may stand.
  private var quoted: MarkdownStyling {
    var styling = self
    if base == .text { styling.base = .quote }
    return styling
  }

  /// A heading of the first level stands on a line, the second is as strong, the third leans, and those
  /// below lean and are not strong.
  private func heading(_ inlines: [Inline], level: Int, in margin: Margin) -> [TextLine] {
    var style = theme.style(for: .heading)
    if level > 2 { style.attributes.insert(.italic) }
    if level > 3 { style.attributes.remove(.bold) }
    let runs = runs(inlines, style)
    let lines = wrapped(runs, in: margin)
    let longest =
      runs.map(\.text).joined().split(whereSeparator: \.isNewline)
      .map { wrap.cells.width(of: String($0)) }.max() ?? 0
    guard level == 1, longest > 0 else { return lines }
    let dashes = String(repeating: "─", count: min(longest, room(in: margin)))
    return lines + [TextLine(margin.rest + [TextRun(dashes, theme.style(for: .rule))])]
  }

  func wrapped(_ runs: [TextRun], in margin: Margin) -> [TextLine] {
    placed(in: margin) {
      wrap.lines(runs, columns: columns, first: $0.first, rest: $0.rest)
    }
  }

  private func lines(_ list: Block.List, in margin: Margin) -> [TextLine] {
    var lines: [TextLine] = []
    let style = theme.style(for: .listMarker)
    for (index, item) in list.items.enumerated() {
      if index > 0, !list.isTight { lines.append(TextLine(margin.rest.trimmedBlanks)) }
      let margin = index == 0 ? margin : Margin(first: margin.rest, rest: margin.rest)
      let marker = self.marker(list, index)
      let inside = nested(
        margin, mark: TextRun(marker, style), rest: blanks(wrap.cells.width(of: marker)),
        isContent: marker != MarkdownStyling.bullet)
      let blocks = item.blocks.isEmpty ? [.paragraph([])] : item.blocks
      lines += self.lines(blocks, in: inside, isTight: list.isTight)
    }
    return lines
  }

  private static let bullet = "• "

  private func marker(_ list: Block.List, _ index: Int) -> String {
    let box = list.items[index].isChecked.map { $0 ? "☑ " : "☐ " }
    switch list.marker {
    case .bullet:
      return box ?? MarkdownStyling.bullet
    case .ordered(let start):
      let number = "\(start + index). "
      let widest = "\(start + list.items.count - 1). ".count
      return String(repeating: " ", count: widest - number.count) + number + (box ?? "")
    }
  }

  // MARK: - Running text

  /// The inlines as styled runs.
  func runs(_ inlines: [Inline], _ style: Style) -> [TextRun] {
    inlines.indices.flatMap { index in
      guard inlines[index] == .softBreak, index > 0, index + 1 < inlines.count,
        MarkdownStyling.keepsBreak(inlines[index - 1].plainText, inlines[index + 1].plainText)
      else { return runs(inlines[index], style) }
      return [TextRun("\n", style)]
    }
  }

  /// Whether a line ends where it ended in the source: footnotes below each other stay below each other,
  /// and a formula on lines of its own has its signs on them.
  private static func keepsBreak(_ before: String, _ after: String) -> Bool {
    after.hasPrefix("[^") || ["\\[", "$$"].contains { before.hasSuffix($0) }
      || ["\\]", "$$"].contains { after.hasPrefix($0) }
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
      // No bit of curses strikes a text through, so the signs that were written for it stay.
      var struck = style
      struck.attributes.insert(.strikethrough)
      return [TextRun("~~", struck)] + runs(inner, struck) + [TextRun("~~", struck)]
    case .code(let text):
      return [TextRun(text, laid(.code, over: style))]
    case .link(let address, let label):
      return link(address, label, style)
    case .image(let address, let alternative):
      let name = alternative.isEmpty ? "[image]" : "[image: \(alternative)]"
      return [TextRun(name, laid(.emphasis, over: style))] + self.address(address, style)
    case .hardBreak:
      return [TextRun("\n", style)]
    case .softBreak:
      return [TextRun(" ", style)]
    }
  }

  /// A label and the address that it stands for, unless the label says it.
  private func link(_ address: String, _ label: [Inline], _ style: Style) -> [TextRun] {
    let words = label.plainText
    let isSaid = ["", "mailto:", "http://"].contains { $0 + words == address }
    if words.isEmpty { return [TextRun(address, laid(.link, over: style))] }
    return runs(label, laid(.link, over: style)) + (isSaid ? [] : self.address(address, style))
  }

  private func address(_ address: String, _ style: Style) -> [TextRun] {
    address.isEmpty ? [] : [TextRun(" (\(address))", laid(.muted, over: style))]
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

extension [TextRun] {
  /// Without the blanks at the end, for a line that holds nothing else.
  fileprivate var trimmedBlanks: [TextRun] {
    var runs = self
    while var last = runs.popLast() {
      while last.text.last == " " { last.text.removeLast() }
      if !last.text.isEmpty { return runs + [last] }
    }
    return runs
  }
}

extension [TextLine] {
  /// The same lines, known as those of a block of code, or as its beginning.
  func markedAsCode(isStart: Bool) -> [TextLine] {
    var lines = self
    for index in lines.indices { lines[index].mark = isStart && index == 0 ? .codeStart : .code }
    return lines
  }
}

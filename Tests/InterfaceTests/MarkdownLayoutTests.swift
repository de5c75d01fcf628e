import Chat
import Markdown
import Terminal
import Testing

@testable import Interface

/// What a layout knows beside the text.
private func context(_ table: WidthTable = widths, columns: Int = 20) -> MessageLayout.Context {
  MessageLayout.Context(
    wrap: TextWrap(TextCells(widths: table)),
    manner: TranscriptLayout.Manner(
      columns: columns, theme: .standard(for: .dark), retryKey: nil),
    place: .init(), now: origin)
}

extension MarkdownLayout {
  fileprivate var allLines: [TextLine] { lines(0..<lineCount) }
}

/// Cuts a text into deltas of up to this many scalars.
private func deltas(of text: String, _ count: Int) -> [String] {
  var rest = Array(text.unicodeScalars)[...]
  var deltas: [String] = []
  while !rest.isEmpty {
    deltas.append(String(String.UnicodeScalarView(rest.prefix(count))))
    rest = rest.dropFirst(count)
  }
  return deltas
}

@Suite struct `The lines of a reply` {
  private let styling = MarkdownStyling(context())

  /// Texts whose blocks settle in every way there is.
  static let texts = [
    "# A\n\nOne *two*\nthree\n\n- a\n- b\n\n  c\n\n```\ncode\n\nmore\n```\n\n| x |\n|---|\n| y |\n",
    "Look:\n```swift\nlet a = 1\n\n\tb and a line that is longer than the columns\n```\n```c\n```\nend",
    "``` \n\n```\n\n~~~x\n\n\n~~~\n\n```\n",
    "```\na\n``", "```\na\n```", "```\n", "```\n\n", "```\na\n\nb", "  ```\n  a\n b\n  ```\nc",
    "#\n\n#\n\na\n\n#\n", "a\r\n\r\nb\r\n```\r\nc\r\n```\r\n", "\n\n\n", "",
    "1. a\n\n2. b\n\nc\n\n",
    "- a\n\n  ```\n  b\n  ```\n\n- c\n\nd\n\n```\ne\n```\n- f",
  ]

  @Test(arguments: texts) func `are at every moment those of the text laid out at once`(
    text: String
  ) {
    for count in [1, 2, 7] {
      var layout = MarkdownLayout()
      var prefix = ""
      for delta in deltas(of: text, count) {
        layout.append(delta, styling)
        prefix += delta
        #expect(
          layout.allLines == styling.lines(Block.parse(prefix)), "\(prefix.debugDescription)")
      }
      layout.finish(styling)
      #expect(layout.allLines == styling.lines(Block.parse(text)))
    }
  }

  @Test(arguments: [
    "[a]\n\nb\n\n[a]: /u\n\nc", "b\n\n[a]\n\n```\nc\n```\n\nd\n\n[a]: /u",
    "x\n\n[a]\n\n```\n[a]: /u",
    "[a]\n\n[a]: /u\n\n```\nb\n",
  ])
  func `are right in the end where the end changes what had settled`(text: String) {
    for count in [1, 3, 100] {
      var layout = MarkdownLayout()
      for delta in deltas(of: text, count) { layout.append(delta, styling) }
      layout.finish(styling)
      #expect(layout.allLines == styling.lines(Block.parse(text)), "\(text.debugDescription)")
    }
  }

  static let long = [
    String(repeating: "words *of* a paragraph ", count: 1500),
    String(repeating: "- an item\n- another\n\n  with more\n", count: 800),
    String(repeating: "one line\nand another\n", count: 1300),
    String(repeating: "x", count: 30_000),
    "```\n" + String(repeating: "let a = [\t日本, 2]; ", count: 1500),
    " ```\n   let a" + String(repeating: "0123456789", count: 3000),
    "```\n" + String(repeating: "`", count: 30_000),
  ]

  @Test(arguments: long.indices, ["", "\n", "\n\nThe end.\n\n```\n", "\n```\n\nThe end."])
  func `are right in the end where a block is too long to be read with each delta`(
    index: Int, end: String
  ) {
    // By its number: a text that long would fill the report.
    let text = "Begin.\n\n" + Self.long[index] + end
    for count in [4999, 100_000] {
      var layout = MarkdownLayout()
      for delta in deltas(of: text, count) { layout.append(delta, styling) }
      layout.finish(styling)
      #expect(layout.allLines == styling.lines(Block.parse(text)))
    }
  }

  @Test func `show the beginning of a long block read, and the rest as it is written`() {
    let item = "- an *item*\n"
    let count = 2 * MarkdownLimit.liveBytes / item.utf8.count
    var layout = MarkdownLayout()
    for _ in 0..<(count / 200) { layout.append(String(repeating: item, count: 200), styling) }
    layout.append(String(repeating: item, count: count % 200), styling)
    let lines = layout.allLines.map { $0.runs.map(\.text).joined() }
    let raw = lines.firstIndex { $0.contains("*") } ?? 0
    #expect(lines[..<raw].allSatisfy { $0 == "• an item" })
    #expect(lines[raw...].allSatisfy { $0 == "- an *item*" })
    #expect(lines.count == count)
    #expect(raw > count / 3)
    layout.append("\nend", styling)
    #expect(
      layout.allLines == styling.lines(Block.parse(String(repeating: item, count: count) + "\nend"))
    )
  }
}

/// Counted in graphemes measured; all letters of these texts lie beyond ASCII.
@Suite struct `What a reply costs` {
  private let columns = 40

  private func styling(_ counted: CountedWidths) -> MarkdownStyling {
    MarkdownStyling(context(counted.table, columns: columns))
  }

  @Test(arguments: [
    ("öö öö ", 1_000_000), ("öö\n", 50_000), ("- öö\n", 50_000), ("```\nööö ", 50_000),
    ("```\nöö\n", 50_000), ("| ö |\n|---|\n| öö |\n", 50_000),
  ])
  func `is at the end of a long block no more than a limit`(text: String, byteCount: Int) {
    let counted = CountedWidths()
    let styling = styling(counted)
    var layout = MarkdownLayout()
    layout.append(text, styling)
    let line = String(text.split(separator: "\n").last ?? "") + (text.last == "\n" ? "\n" : "")
    layout.append(String(repeating: line, count: byteCount / line.utf8.count), styling)
    for _ in 0..<20 {
      #expect(counted.count { layout.append(line, styling) } <= 10 * columns)
    }
  }

  @Test(arguments: [false, true])
  func `is for thinking without line ends what comes`(isOpen: Bool) {
    let counted = CountedWidths()
    let context = context(counted.table, columns: columns)
    var part = Part(.thinking, text: String(repeating: "öö öö ", count: 10_000))
    var layout = PartLayout(part, isFirst: true, of: .assistant, isOpen: isOpen, context)
    layout.update(part, isDone: false, context)
    for _ in 0..<20 {
      part.text += "öö "
      #expect(counted.count { layout.update(part, isDone: false, context) } <= 10 * columns)
    }
    let words = part.text
    let plain = context.wrap.lines(
      [TextRun(words, Theme.standard(for: .dark).style(for: .thinking))], columns: columns)
    #expect(
      layout.lines(1..<layout.lineCount) == (isOpen ? plain : plain.suffix(3)))
    #expect(counted.count { layout.update(part, isDone: true, context) } <= 10 * columns)
    #expect(layout.lines(1..<layout.lineCount) == (isOpen ? plain : []))
  }

  @Test func `is for a thought that is over and folded one row`() {
    let counted = CountedWidths()
    let context = context(counted.table, columns: columns)
    let part = Part(.thinking, text: String(repeating: "öö öö ", count: 10_000))
    var layout = PartLayout(part, isFirst: true, of: .assistant, context)
    #expect(counted.count { layout.update(part, isDone: true, context) } <= columns)
    #expect(layout.lineCount == 1)
  }

  @Test func `is in the end what had not settled`() {
    let counted = CountedWidths()
    let styling = styling(counted)
    var layout = MarkdownLayout()
    for _ in 0..<200 { layout.append("öö *öö* öö\n\n- öö\n- öö\n\n```\nöö öö\n```\n\n", styling) }
    layout.append("öö öö\n\n```\n" + String(repeating: "öö\n", count: 2000) + "öö", styling)
    #expect(counted.count { layout.finish(styling) } <= 10)
  }

  @Test func `is where a link finds its address late what stands behind it`() {
    let counted = CountedWidths()
    let styling = styling(counted)
    var layout = MarkdownLayout()
    for _ in 0..<500 { layout.append("öö öö\n\n", styling) }
    layout.append("[öö]\n\nööö\n\n[öö]: /u", styling)
    #expect(counted.count { layout.finish(styling) } <= 20)
  }

  @Test func `is for a block of code its lines, and not once more when it closes`() {
    let counted = CountedWidths()
    let styling = styling(counted)
    var layout = MarkdownLayout()
    layout.append("```\n" + String(repeating: "öö öö\n", count: 2000), styling)
    #expect(counted.count { layout.append("```\n\nEnd", styling) } == 0)
  }
}

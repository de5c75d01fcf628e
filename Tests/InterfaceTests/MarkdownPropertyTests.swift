// What holds for the lines of any document on a page of any width, however it comes.

import Chat
import Markdown
import Support
import Terminal
import Testing

@testable import Interface

private let cells = TextCells(widths: widths)
private let theme = Theme.standard(for: .dark)

private func styling(_ columns: Int) -> MarkdownStyling {
  MarkdownStyling(
    MessageLayout.Context(
      wrap: TextWrap(cells),
      manner: TranscriptLayout.Manner(
        columns: columns, theme: theme, retryKey: nil),
      place: .init(), now: origin))
}

/// The letters that are drawn, in their order.
private func letters(_ lines: [TextLine]) -> [UInt32] {
  lines.flatMap { cells.cells($0) }.filter { $0.width > 0 }.map(\.base)
    .filter { Unicode.Scalar($0)?.properties.isAlphabetic == true }
}

@Suite struct `The lines of any document` {
  @Test func `are in the end those of the whole, whatever the cuts and the width`() {
    for seed in UInt64(0)..<400 {
      var random = RandomMarkdown(seed: seed)
      let text = random.mixture()
      let styling = styling([8, 9, 13, 20, 40, 60, 80, 120][Int(seed % 8)])
      var layout = MarkdownLayout()
      for delta in random.deltas(of: text, upTo: 40) { layout.append(delta, styling) }
      layout.finish(styling)
      #expect(
        layout.lines(0..<layout.lineCount) == styling.lines(Block.parse(text)), "seed \(seed)")
    }
  }

  @Test func `are at every moment those of the text so far`() {
    for seed in UInt64(0)..<60 {
      var random = RandomMarkdown(seed: seed)
      let text = random.document()
      let styling = styling([8, 20, 80][Int(seed % 3)])
      var layout = MarkdownLayout()
      var prefix = ""
      for delta in random.deltas(of: text) {
        layout.append(delta, styling)
        prefix += delta
        #expect(
          layout.lines(0..<layout.lineCount) == styling.lines(Block.parse(prefix)),
          "seed \(seed) after \(prefix.debugDescription)")
      }
    }
  }

  @Test func `are never wider than the columns`() {
    for seed in UInt64(0)..<400 {
      var random = RandomMarkdown(seed: seed)
      let blocks = Block.parse(random.mixture())
      for columns in [Int(seed % 8) + 1, Int(seed % 120) + 1] {
        for line in styling(columns).lines(blocks) {
          #expect(cells.cells(line).count <= columns, "seed \(seed) in \(columns)")
        }
      }
    }
  }

  @Test func `have nothing but blanks in front of what runs from right to left`() {
    for seed in UInt64(0)..<400 {
      var random = RandomMarkdown(seed: seed)
      for line in styling(Int(seed % 80) + 8).lines(Block.parse(random.mixture()))
      where TextDirection(of: line.runs) == .rightToLeft {
        let front = line.runs.map(\.text).joined().prefix { TextDirection(of: String($0)) == nil }
        #expect(!front.contains { "│•☐☑".contains($0) }, "seed \(seed): \(line)")
      }
    }
  }

  @Test func `lose no word and keep the order`() {
    for seed in UInt64(0)..<400 {
      var random = RandomMarkdown(seed: seed)
      let blocks = Block.parse(random.mixture())
      let columns = Int(seed % 100) + 4
      #expect(
        letters(styling(columns).lines(blocks.filter { !$0.holdsTable }))
          == letters(blocks.filter { !$0.holdsTable }.flatMap(\.words).map { TextLine([$0]) }),
        "seed \(seed) in \(columns)")
      for block in blocks {
        guard case .table(let table) = block else { continue }
        // Side by side the lines of the cells mix.
        let drawn = letters(styling(columns).lines([block])).sorted()
        var rest = drawn[...]
        for letter in letters(table.words.map { TextLine([$0]) }).sorted() {
          rest = rest.drop { $0 < letter }
          #expect(rest.popFirst() == letter, "seed \(seed) in \(columns)")
        }
      }
    }
  }
}

extension Block {
  fileprivate var holdsTable: Bool {
    switch self {
    case .table: true
    case .quote(let blocks): blocks.contains { $0.holdsTable }
    case .list(let list): list.items.contains { $0.blocks.contains { $0.holdsTable } }
    case .heading, .paragraph, .code, .rule: false
    }
  }

  /// What is to be read of it, in order.
  fileprivate var words: [TextRun] {
    switch self {
    case .heading(_, let inlines), .paragraph(let inlines): styling(1000).runs(inlines, .plain)
    case .list(let list): list.items.flatMap { $0.blocks.flatMap(\.words) }
    case .quote(let blocks): blocks.flatMap(\.words)
    case .code(let language, let text): [TextRun(language ?? ""), TextRun(text)]
    case .table(let table): table.words
    case .rule: []
    }
  }
}

extension Block.Table {
  fileprivate var words: [TextRun] {
    ([header] + rows).flatMap { $0 }.flatMap { styling(1000).runs($0, .plain) }
  }
}

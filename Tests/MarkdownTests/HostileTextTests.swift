import Markdown
import Testing

/// Texts that ask for more than their length deserves. These tests run on threads with small
/// stacks.
@Suite struct HostileTextTests {
  static let count = 40_000

  static let nested: [String] = [
    String(repeating: ">", count: count),
    String(repeating: "> ", count: count) + "x",
    String(repeating: "- ", count: count) + "x",
    String(repeating: "1. ", count: count / 2) + "x",
    String(repeating: "> - ", count: count / 2) + "x",
    (0..<400).map { String(repeating: " ", count: $0 * 2) + "- a" }.joined(separator: "\n"),
    String(repeating: "*a ", count: count),
    String(repeating: "*a **b ", count: count / 4) + String(repeating: "** *", count: count / 4),
    String(repeating: "*", count: count),
    String(repeating: "*", count: count) + "a" + String(repeating: "*", count: count),
    String(repeating: "a**b", count: count),
    String(repeating: "*_~~", count: count / 2) + "a" + String(repeating: "~~_*", count: count / 2),
    String(repeating: "[", count: count),
    String(repeating: "[", count: count) + "a" + String(repeating: "](b)", count: count),
    String(repeating: "![", count: count) + "a" + String(repeating: "](b)", count: count),
    String(repeating: "![[]()", count: count / 4),
    String(repeating: "`a``", count: count / 2),
    String(repeating: "<", count: count),
    String(repeating: "&", count: count),
    String(repeating: "\\", count: count),
    String(repeating: "http://a.", count: count / 4),
    String(repeating: "www.", count: count),
    String(repeating: "a_", count: count),
    String(repeating: "#", count: count),
    String(repeating: "|", count: count) + "\n" + String(repeating: "|", count: count),
    String(repeating: "\t", count: count) + "x",
  ]

  @Test(arguments: nested.indices) func `takes deep nesting and keeps its own shallow`(index: Int) {
    let blocks = Block.parse(Self.nested[index])
    #expect(!blocks.isEmpty)
    #expect(depth(of: blocks) <= MarkdownLimit.blockNesting * 2 + MarkdownLimit.inlineNesting)
    #expect(blocks.hashValue == Block.parse(Self.nested[index]).hashValue)
  }

  @Test func `shows what is nested too deep at the deepest place`() {
    let text =
      String(repeating: "> ", count: 100) + "a\n" + "\n" + String(repeating: "- ", count: 100)
      + "*b*"
    var blocks = Block.parse(text)
    #expect(blocks.count == 2)
    for _ in 0..<MarkdownLimit.blockNesting {
      if case .quote(let inner) = blocks.first { blocks = inner }
    }
    #expect(blocks == [.paragraph([.text("a")])])
  }

  @Test func `shows emphasis that is nested too deep as text`() {
    let text =
      (0..<60).map { $0.isMultiple(of: 2) ? "*a" : "**b" }.joined(separator: " ")
      + (0..<60).reversed().map { $0.isMultiple(of: 2) ? "*" : "**" }.joined()
    let blocks = Block.parse(text)
    #expect(depth(of: blocks) == MarkdownLimit.inlineNesting + 1)
    guard case .paragraph(let inlines) = blocks.first else {
      Issue.record("no paragraph")
      return
    }
    #expect(inlines.plainText.filter { $0 == "a" || $0 == "b" }.count == 60)
  }

  @Test func `shows a table of n² cells as it is written`() {
    let columnCount = 3000
    let header = String(repeating: "|a", count: columnCount) + "|\n"
    let rule = String(repeating: "|---", count: columnCount) + "|\n"
    let text = header + rule + String(repeating: "|\n", count: columnCount)
    #expect(Block.parse(text) == [.code(language: nil, text: text)])
  }

  @Test func `shows a large table whose cells are all written`() {
    let row = String(repeating: "|a", count: 100) + "|\n"
    let rule = String(repeating: "|---", count: 100) + "|\n"
    guard
      case .table(let table) = Block.parse(row + rule + String(repeating: row, count: 300)).first
    else {
      Issue.record("no table")
      return
    }
    #expect(table.rows.count == 300)
    #expect(table.rows.allSatisfy { $0.count == 100 })
  }

  @Test func `shows links that copy a long address n times as they are written`() {
    let text =
      "[a]: /" + String(repeating: "u", count: 20_000) + "\n\n"
      + String(repeating: "[a] ", count: 5000)
    #expect(Block.parse(text) == [.code(language: nil, text: text)])
  }

  private func depth(of blocks: [Block]) -> Int {
    1
      + (blocks.map { block in
        switch block {
        case .heading(_, let inlines), .paragraph(let inlines): depth(of: inlines)
        case .quote(let inner): depth(of: inner)
        case .list(let list): 1 + (list.items.map { depth(of: $0.blocks) }.max() ?? 0)
        case .code, .table, .rule: 0
        }
      }.max() ?? 0)
  }

  private func depth(of inlines: [Inline]) -> Int {
    inlines.map { inline in
      switch inline {
      case .emphasis(let inner), .strong(let inner), .strikethrough(let inner),
        .link(_, let inner):
        1 + depth(of: inner)
      case .text, .code, .image, .hardBreak, .softBreak: 0
      }
    }.max() ?? 0
  }
}

import Markdown
import Testing

@Suite struct BlockTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var text: String
    var blocks: [Block]

    init(_ text: String, _ blocks: Block...) {
      self.text = text
      self.blocks = blocks
    }

    var testDescription: String { text.debugDescription }
  }

  static let leaves = [
    Row(""),
    Row(" \n\n"),
    Row("a\nb", .paragraph([.text("a"), .softBreak, .text("b")])),
    Row("a  \nb", .paragraph([.text("a"), .hardBreak, .text("b")])),
    Row("a\r\n\r\nb", .paragraph([.text("a")]), .paragraph([.text("b")])),
    Row(
      "# One\n###### Six", .heading(level: 1, [.text("One")]), .heading(level: 6, [.text("Six")])),
    Row("Two\n---", .heading(level: 2, [.text("Two")])),
    Row("a\n\n***", .paragraph([.text("a")]), .rule),
    Row("```swift x\nlet a\n\n  b\n```", .code(language: "swift", text: "let a\n\n  b")),
    Row("~~~\n```\n~~~", .code(language: nil, text: "```")),
    Row("```\nopen", .code(language: nil, text: "open")),
    Row("```\n```", .code(language: nil, text: "")),
    Row("    a\n\n      b", .code(language: nil, text: "a\n\n  b")),
    Row("```c&amp;\nx", .code(language: "c&", text: "x")),
    Row("<b>x</b>", .paragraph([.text("<b>x</b>")])),
    Row(
      "<div>\nx\n</div>",
      .paragraph([.text("<div>"), .softBreak, .text("x"), .softBreak, .text("</div>")])),
    Row("a\0b", .paragraph([.text("a\u{FFFD}b")])),
    Row("```\n a\0\n", .code(language: nil, text: " a\u{FFFD}")),
  ]

  static let tabs = [
    Row("```make\nall:\n\tcc\n\t\t x\n```", .code(language: "make", text: "all:\n\tcc\n\t\t x")),
    Row("\tcode\n\t\tmore", .code(language: nil, text: "code\n\tmore")),
    Row("  ```\n\ta\n  ```", .code(language: nil, text: "  a")),
    Row("> ```\n> \ta", .quote([.code(language: nil, text: "\ta")])),
    Row("> ```\n>\ta", .quote([.code(language: nil, text: "  a")])),
    Row("```\n\t\n```", .code(language: nil, text: "    ")),
    Row(
      "1.  x\n\n    ```\n    \ta\n    ```",
      .list(
        .init(
          .ordered(start: 1), isTight: false,
          [
            .init([.paragraph([.text("x")]), .code(language: nil, text: "\ta")])
          ]))),
  ]

  static let containers = [
    Row("> a\n>\n> b", .quote([.paragraph([.text("a")]), .paragraph([.text("b")])])),
    Row("- a\n- b", .list(.init(.bullet, [item("a"), item("b")]))),
    Row("- a\n\n- b", .list(.init(.bullet, isTight: false, [item("a"), item("b")]))),
    Row("7) a\n8) b", .list(.init(.ordered(start: 7), [item("a"), item("b")]))),
    Row(
      "- [ ] a\n- [x] b\n- [X]",
      .list(.init(.bullet, [item("a", false), item("b", true), .init(isChecked: true, [])]))),
    Row(
      "- a\n  1. b\n\n     c\n- d",
      .list(
        .init(
          .bullet,
          [
            .init([
              .paragraph([.text("a")]),
              .list(
                .init(
                  .ordered(start: 1), isTight: false,
                  [
                    .init([.paragraph([.text("b")]), .paragraph([.text("c")])])
                  ])),
            ]),
            item("d"),
          ]))),
    Row(
      "- a\n  > b",
      .list(
        .init(
          .bullet,
          [
            .init([.paragraph([.text("a")]), .quote([.paragraph([.text("b")])])])
          ]))),
    Row("-", .list(.init(.bullet, [.init([])]))),
  ]

  static let tables = [
    Row(
      "| a | *b* | c | d |\n|---|:--|:-:|--:|\n| 1 | 2 | 3 | 4 |\n| 5 |",
      .table(
        .init(
          alignments: [.natural, .left, .center, .right],
          header: [[.text("a")], [.emphasis([.text("b")])], [.text("c")], [.text("d")]],
          rows: [
            [[.text("1")], [.text("2")], [.text("3")], [.text("4")]],
            [[.text("5")], [], [], []],
          ]))),
    Row(
      "| a |\n|---|\n\nb", .table(.init(alignments: [.natural], header: [[.text("a")]], rows: [])),
      .paragraph([.text("b")])),
    Row(
      "| `a\\|b` | c |\n|---|---|\n| x | y | z |",
      .table(
        .init(
          alignments: [.natural, .natural], header: [[.code("a|b")], [.text("c")]],
          rows: [[[.text("x")], [.text("y")]]]))),
  ]

  @Test(arguments: leaves) func `reads leaves`(row: Row) {
    #expect(Block.parse(row.text) == row.blocks)
  }

  @Test(arguments: tabs) func `keeps the tabs of code`(row: Row) {
    #expect(Block.parse(row.text) == row.blocks)
  }

  @Test(arguments: containers) func `reads lists and quotes`(row: Row) {
    #expect(Block.parse(row.text) == row.blocks)
  }

  @Test(arguments: tables) func `reads tables`(row: Row) {
    #expect(Block.parse(row.text) == row.blocks)
  }

  private static func item(_ text: String, _ isChecked: Bool? = nil) -> Block.List.Item {
    .init(isChecked: isChecked, [.paragraph([.text(text)])])
  }
}

// Markdown as it looks: blocks as lines, in every script.

import Chat
import Markdown
import Terminal
import Testing

@testable import Interface

private func lines(
  _ markdown: String, columns: Int = 40, theme: Theme = .standard(for: .dark)
) -> [TextLine] {
  MarkdownStyling(
    MessageLayout.Context(
      wrap: TextWrap(TextCells(widths: widths)),
      manner: TranscriptLayout.Manner(columns: columns, theme: theme, retryKey: nil),
      place: .init(), now: origin)
  ).lines(Block.parse(markdown))
}

private func rows(_ markdown: String, columns: Int = 40) -> [String] {
  lines(markdown, columns: columns).map { $0.runs.map(\.text).joined() }
}

@Suite struct `What runs from right to left` {
  @Test func `has no bullet in front, and goes on further in`() {
    #expect(
      rows("- שלום עולם טוב\n- שלום\n- and to the right", columns: 12) == [
        "  שלום עולם", "    טוב", "  שלום", "• and to the", "  right",
      ])
  }

  @Test func `has its number and its box on a row above`() {
    #expect(rows("9. שלום\n10. עולם") == [" 9.", "    שלום", "10.", "    עולם"])
    #expect(rows("- [x] שלום\n- [ ] abc") == ["☑", "  שלום", "☐ abc"])
    #expect(rows("1. - שלום") == ["1. •", "     שלום"])
  }

  @Test func `has no bar in front, and is told apart by how it is set`() {
    let quote = lines("> שלום\n>\n> abc")
    #expect(
      quote.map { $0.runs.map(\.text).joined() } == ["  שלום", "│", "│ abc"])
    #expect(
      quote[0].runs.last?.style.attributes
        == Theme.standard(for: .dark).style(for: .quote).attributes)
  }

  @Test func `has no bar in front on a single row either`() {
    #expect(rows("> abc def שלום עולם", columns: 10) == ["│ abc def", "  שלום", "  עולם"])
  }

  @Test func `has no bar in front in code and in tables`() {
    #expect(rows("> ```\n> # שלום\n> x\n> ```") == ["    # שלום", "    x"])
    #expect(rows("> | a |\n> |---|\n> | שלום |") == ["│ a: שלום"])
    #expect(rows("> | שם |\n> |---|\n> | שלום |") == ["  שם: שלום"])
  }

  @Test func `is stacked in a table, whichever cell it is in`() {
    #expect(
      rows("| a | b |\n|---|---|\n| x | سلام |\n| y | z |") == [
        "a: x", "b: سلام", "", "a: y", "b: z",
      ])
  }

  @Test func `has no sign in front of it as a draft either`() {
    var stage = Stage(readyApp(), rows: 8, columns: 30)
    stage.app.type("abc")
    #expect(stage.picture[6] == "› abc")
    stage.app.type("שלום")
    #expect(stage.picture[6] == "› abcשלום")
    for _ in 0..<7 { stage.app.press("backspace") }
    stage.app.type("שלום abc")
    #expect(stage.picture[6] == "  שלום abc")
  }

  @Test func `stands alone in headings and paragraphs`() {
    #expect(rows("# שלום\n\n## עולם\n\nשלום abc") == ["שלום", "────", "", "עולם", "", "שלום abc"])
  }
}

@Suite struct `Markdown is set so that` {
  @Test func `headings of each level are told apart, also without colours`() {
    for theme in [Theme.standard(for: .dark), Theme.standard(for: .light).withoutColors] {
      let looks = (1...4).map { level in
        let lines = lines(String(repeating: "#", count: level) + " Title", theme: theme)
        return lines.map { $0.runs.map { [$0.text, "\($0.style.attributes.rawValue)"] } }
      }
      #expect(Set(looks).count == 4)
      #expect(looks.allSatisfy { $0.first?.first?.first == "Title" })
    }
  }

  @Test func `numbers are aligned and tasks keep them`() {
    #expect(rows("9. a\n10. [x] b\n11.") == [" 9. a", "10. ☑ b", "11. "])
  }

  @Test func `code and quotes stand inside their item`() {
    #expect(
      rows("- a\n  ```c\n  int b;\n  ```\n- c\n\n  > d") == [
        "• a", "", "    c", "    int b;", "", "• c", "", "  │ d",
      ])
  }

  @Test func `a list that is nested too deep keeps its marks`() {
    #expect(
      rows("- a\n  - b\n    1. c\n       - d e f g", columns: 9) == [
        "• a", "  • b", "    1. c", "    • d e", "    f g",
      ])
  }

  @Test func `what is struck through has its signs`() {
    #expect(rows("a ~~b~~ c") == ["a ~~b~~ c"])
  }

  @Test(arguments: [
    ("[manual](https://a.b/c)", "manual (https://a.b/c)"),
    ("<https://a.b/c>", "https://a.b/c"),
    ("www.a.b", "www.a.b"),
    ("<ann@a.b>", "ann@a.b"),
    ("[](https://a.b/c)", "https://a.b/c"),
    ("[a]()", "a"),
    ("![](i.png)", "[image] (i.png)"),
    ("![cat](i.png)", "[image: cat] (i.png)"),
    ("a<br>b &nbsp;<details>", "a<br>b \u{A0}<details>"),
    ("a[^1] b", "a[^1] b"),
    (#"so \(a_1 * b * c\)"#, #"so \(a_1 * b * c\)"#),
    ("$$a_b_c$$", "$$a_b_c$$"),
  ])
  func `links show their addresses and what is no markup stays`(markdown: String, row: String) {
    #expect(rows(markdown) == [row])
  }

  @Test func `an address goes to the next row rather than break, and breaks without a sign`() {
    #expect(
      rows("see the [page](https://a.b/cdef)", columns: 20) == [
        "see the page", "(https://a.b/cdef)",
      ])
    #expect(rows("https://a.b/cdefghijkl", columns: 12) == ["https://a.b/", "cdefghijkl"])
  }

  @Test func `footnotes and formulas keep their lines`() {
    #expect(
      rows("[^1]: https://a.b\n[^2]: two words\nmore") == [
        "[^1]: https://a.b", "[^2]: two words more",
      ])
    #expect(
      rows("so\n\\[\n\\frac{a}{b}\n+ c\n\\]\nend") == [
        "so \\[", "\\frac{a}{b} + c", "\\] end",
      ])
  }

  @Test func `a table without rows shows its headers where it is stacked`() {
    #expect(rows("| one | two | three |\n|---|---|---|", columns: 8) == ["one", "two", "three"])
  }

  @Test func `a table with wide letters is lined up, wrapped or stacked`() {
    let table = "| 名前 | n |\n|---|--:|\n| 日本語の文章です | 1 |\n| `a\\|b` | 22 |"
    #expect(
      rows(table, columns: 40) == [
        "名前             │  n", "─────────────────┼───", "日本語の文章です │  1", "a|b              │ 22",
      ])
    #expect(
      rows(table, columns: 13) == [
        "名前     │  n", "─────────┼───", "日本語の │  1", "文章です │   ", "a|b      │ 22",
      ])
    #expect(
      rows(table, columns: 8) == [
        "名前: 日", "  本語の", "  文章で", "  す", "n: 1", "", "名前:", "  a|b", "n: 22",
      ])
  }
}

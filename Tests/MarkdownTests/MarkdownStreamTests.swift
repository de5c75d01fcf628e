import Support
import Testing

@testable import Markdown

@Suite struct MarkdownStreamTests {
  enum Kind: CaseIterable, Sendable { case documents, soup, lists }

  @Test(arguments: Kind.allCases)
  func `is at every moment what one parse of the text so far gives`(kind: Kind) {
    for seed in UInt64(0)..<150 {
      var random = RandomMarkdown(seed: seed)
      let text =
        switch kind {
        case .documents: random.document()
        case .soup: random.soup()
        case .lists: random.lists()
        }
      var stream = MarkdownStream()
      var prefix = ""
      var settled: [Block] = []
      for delta in random.deltas(of: text) {
        stream.append(delta)
        prefix += delta
        #expect(
          stream.settledBlocks + stream.tailBlocks() == Block.parse(prefix),
          "seed \(seed) after \(prefix.debugDescription)")
        #expect(Array(stream.settledBlocks.prefix(settled.count)) == settled)
        settled = stream.settledBlocks
      }
      #expect(stream.finish() == Block.parse(text))
    }
  }

  /// Lines that look like the beginning of a block and are none, or the other way round.
  static let traps = [
    "- ~~~\n  a\n\n~~~\nb\n\nc",
    "- a\n  ```\n  x\n\n```\n\nb\n\n```\n\nc",
    "> ```\n> a\n```\nb\n\nc",
    "1. a\n ```\ncode\n\nmore\n ```\n\nb\n\nc",
    "1. a\n   ```\n   x\n\ny\n   ```\n\nz\n\nb",
    "a\n    ```\nb\n\nc\n```\n\nd\n\ne",
    "```\na\n\nb\n\n# c\n````\nd\n\ne",
    "~~~\n```\n\na\n~~~ b\n~~~\t\n~~~  \nc\n\nd",
    "``` a`b\n\nc\n\n```\nd\n\ne",
    "- a\n\n1. b\n\n2. c\n\n2.d\n\n1234567890. e\n\nf",
    "- a\n\n*b*\n\n* c\n\n- - -\n\n---\n\n-\n\nd",
    "    a\n\n    b\n\n\tc\n\nd\n\n e\n\nf",
    "| a |\n|---|\n| b |\n\n| c |\n\n> d\n\n> e\n\nf",
    "a\n\n===\n\n# b\n\n\n\n \n\t\nc",
    "  ```\n\ta\n  \tb\n   c\n \n  ```\nd",
    "```\na\n    ```\nb\n\t```\n\nc\n   ```\nd\n\ne",
    "\n\n\n```x\n```\n\n```\n",
  ]

  @Test(arguments: traps) func `falls into no trap`(text: String) {
    var stream = MarkdownStream()
    var prefix = ""
    for scalar in text.unicodeScalars {
      stream.append(String(scalar))
      prefix.unicodeScalars.append(scalar)
      #expect(
        stream.settledBlocks + stream.tailBlocks() == Block.parse(prefix),
        "after \(prefix.debugDescription)")
    }
  }

  @Test func `settles a paragraph when the next one begins`() {
    var stream = MarkdownStream()
    stream.append("one\n\n")
    #expect(stream.settledBlocks.isEmpty)
    stream.append("*")
    #expect(stream.settledBlocks.isEmpty)
    stream.append("*t")
    #expect(stream.settledBlocks == [.paragraph([.text("one")])])
    #expect(stream.tailBlocks() == [.paragraph([.text("**t")])])
  }

  @Test func `keeps a list open for its next item`() {
    var stream = MarkdownStream()
    stream.append("- a\n\n- b\n\n  c\n\n")
    #expect(stream.settledBlocks.isEmpty)
    stream.append("end")
    #expect(stream.settledBlocks.count == 1)
  }

  @Test func `settles what stands before a list`() {
    var stream = MarkdownStream()
    stream.append("Steps:\n\n1. a\n")
    #expect(stream.settledBlocks == [.paragraph([.text("Steps:")])])
    stream.append("\nMore:\n\n-")
    #expect(stream.settledBlocks.count == 2)
    stream.append(" ")
    #expect(stream.settledBlocks.count == 3)
  }

  @Test func `tells the lines of code that is being written`() {
    var stream = MarkdownStream()
    stream.append("Look:\n```swift\nlet a\n\n\tb")
    #expect(stream.settledBlocks == [.paragraph([.text("Look:")])])
    #expect(
      stream.openCode
        == OpenCode(language: "swift", lines: ["let a", ""], unfinishedLine: "\tb"))
    stream.append("\n``")
    #expect(stream.openCode?.unfinishedLine == "``")
    stream.append("`")
    #expect(stream.openCode?.unfinishedLine == nil)
    stream.append("\n")
    #expect(stream.openCode == nil)
    #expect(stream.settledBlocks.last == .code(language: "swift", text: "let a\n\n\tb"))
    #expect(stream.tailBlocks().isEmpty)
  }

  @Test func `takes a line end that two deltas share`() {
    var stream = MarkdownStream()
    for delta in ["a\r", "\n", "\r", "\nb"] { stream.append(delta) }
    #expect(stream.settledBlocks == [.paragraph([.text("a")])])
    #expect(stream.tailBlocks() == [.paragraph([.text("b")])])
  }

  @Test func `finds a link whose address comes last when all is there`() {
    var stream = MarkdownStream()
    stream.append("[a]\n\nb\n\n[a]: /u\n")
    #expect(stream.settledBlocks.first == .paragraph([.text("[a]")]))
    #expect(stream.finish().first == .paragraph([.link(address: "/u", label: [.text("a")])]))
  }

  @Test func `reads of a tail that is too long its beginning`() {
    let line = "some *words* that are written\n"
    var stream = MarkdownStream()
    stream.append("One.\n\n" + String(repeating: line, count: 1000))
    #expect(stream.liveStart == 6)
    #expect(stream.liveByteCount == 1000 * line.utf8.count)
    let head = stream.liveHead()
    let lineCount = MarkdownLimit.liveBytes / line.utf8.count
    #expect(head.blocks == Block.parse(String(repeating: line, count: lineCount)))
    #expect(head.byteCount == lineCount * line.utf8.count)
    #expect(
      stream.liveText(from: head.byteCount) == String(repeating: line, count: 1000 - lineCount))
    stream.append("\nTwo")
    #expect(stream.liveText(from: 0) == "Two")
  }

  @Test func `begins the rest of a long tail with a blank line or behind a space`() {
    let item = "- some words\n\n"
    var loose = MarkdownStream()
    loose.append(String(repeating: item, count: 2000))
    let head = loose.liveHead()
    #expect(loose.liveText(from: head.byteCount).hasPrefix("\n- some"))
    var words = MarkdownStream()
    words.append(String(repeating: "word ", count: 5000))
    let start = words.liveHead()
    #expect(
      start.blocks == [
        .paragraph([
          .text(String(repeating: "word ", count: start.byteCount / 5).dropLast().description)
        ])
      ])
    #expect(words.liveText(from: start.byteCount).hasPrefix("word "))
    var letters = MarkdownStream()
    letters.append(String(repeating: "x", count: 2 * MarkdownLimit.liveBytes))
    #expect(letters.liveHead().blocks.isEmpty)
    #expect(letters.liveHead().byteCount == 0)
  }

  @Test func `leaves a line of code that is too long out of the open code`() {
    var stream = MarkdownStream()
    stream.append(" ```\na\n  " + String(repeating: "x", count: MarkdownLimit.liveBytes))
    #expect(stream.openCode == OpenCode(language: nil, lines: ["a"]))
    #expect(
      stream.liveText(from: 0) == " " + String(repeating: "x", count: MarkdownLimit.liveBytes))
    let before = stream.liveByteCount
    stream.append("y")
    #expect(stream.liveText(from: before) == "y")
    #expect(stream.tailBlocks() == stream.finish())
  }
}

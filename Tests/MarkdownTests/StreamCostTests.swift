import Support
import Testing

@testable import Markdown

/// What a delta costs, in bytes given to md4c.
@Suite struct StreamCostTests {
  static let deltaCount = 20_000

  @Test func `settles prose with one parse of each block`() {
    var stream = MarkdownStream()
    var byteCount = 0
    for delta in Self.prose() {
      stream.append(delta)
      byteCount += delta.utf8.count
    }
    #expect(stream.parsedByteCount <= byteCount + byteCount / 4)
    #expect(stream.settledBlocks.count > 300)
  }

  @Test func `draws each delta of prose at the cost of a paragraph`() {
    var stream = MarkdownStream()
    var costs: [Int] = []
    for delta in Self.prose().prefix(4000) {
      let before = stream.parsedByteCount
      stream.append(delta)
      _ = stream.tailBlocks()
      costs.append(stream.parsedByteCount - before)
    }
    let longestBlockBytes = 300
    let dearest = costs.max() ?? 0
    let early = costs.prefix(1000).reduce(0, +)
    let late = costs.suffix(1000).reduce(0, +)
    #expect(dearest <= 3 * longestBlockBytes)
    #expect(late <= early + early / 10)
  }

  @Test(arguments: ["", "  "]) func `parses nothing inside a fence`(indent: String) {
    var stream = MarkdownStream()
    stream.append("Here:\n\n\(indent)```swift\n")
    let before = stream.parsedByteCount
    for number in 0..<Self.deltaCount {
      stream.append(number.isMultiple(of: 8) ? "\n\n" : "word \(number)")
    }
    _ = stream.tailBlocks()
    #expect(stream.parsedByteCount == before)
    #expect(stream.openCode?.lines.count == Self.deltaCount / 4)
    stream.append("\n```\n\nAfter.\n\nEnd")
    #expect(stream.settledBlocks.count == 3)
    #expect(stream.parsedByteCount < before + 100)
  }

  @Test func `stays linear where the scanner guesses wrong`() {
    // To md4c the indented fence ends the list; to the scanner it may be a part of it.
    let openings = ["1. a\n ```\n", "para\n    ```\n", "- a\n\n      ```\n", "> ```\n", "- ```\n"]
    for opening in openings {
      var stream = MarkdownStream()
      var text = opening
      stream.append(opening)
      for number in 0..<3000 {
        let delta = number.isMultiple(of: 3) ? "\n\ncode" : "```\n"
        text += delta
        stream.append(delta)
      }
      #expect(stream.parsedByteCount <= 5 * text.utf8.count, "\(opening.debugDescription)")
      #expect(stream.settledBlocks + stream.tailBlocks() == Block.parse(text))
    }
  }

  @Test func `stays linear for any soup`() {
    for seed in UInt64(0)..<20 {
      var random = RandomMarkdown(seed: seed)
      var stream = MarkdownStream()
      var byteCount = 0
      for _ in 0..<200 {
        let text = random.soup()
        byteCount += text.utf8.count
        for delta in random.deltas(of: text) { stream.append(delta) }
      }
      #expect(stream.parsedByteCount <= 5 * byteCount, "seed \(seed)")
    }
  }

  /// Paragraphs of 40 words, and now and then a heading, a list or a table.
  private static func prose() -> [String] {
    (0..<deltaCount).map { number in
      switch number % 200 {
      case 40, 80: "\n\n"
      case 120: ".\n\n## Heading\n\n"
      case 140: "\n\n- one\n- two\n- three\n\nThen"
      case 160: "\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nAnd"
      case 199: "\n\n"
      default: " word"
      }
    }
  }
}

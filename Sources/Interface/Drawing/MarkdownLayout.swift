// A Markdown text as lines, while it is being written and when it is whole.
//
//   settled │ open │ tail
//
// Settled blocks are laid out once. Of what is live, `open` are lines that only grow: a block of code as
// far as its lines are whole. `tail` is laid out anew with each delta: a few blocks, or the line of code
// that has no end yet. If that is longer than `MarkdownLimit.liveBytes`, its beginning stays as it is,
// also in `open`, and the rest shows as it is written, until it settles.
//
// The end of the text is one parse of all of it, and only then are the references of all links known.
// Blocks that come out of it as they had settled keep their lines.

import Markdown
import Terminal

struct MarkdownLayout {
  /// What of an open block of code is laid out: so many lines, of so many bytes with their ends. And how
  /// the next line is coloured.
  private struct CodeProgress {
    var coloring: CodeColoring
    var lineCount = 0
    var byteCount = 0
  }

  /// What of a long stretch is laid out.
  private struct LongStretch {
    /// Where it begins in the text, and how much of it has been taken.
    let start: Int
    var byteCount: Int
    /// How many lines stood in `open` before it.
    let lineCountBefore: Int
    var wrap: GrowingWrap
  }

  private var stream = MarkdownStream()
  private var settled: [TextLine] = []
  /// Where the lines of each settled block begin, with the empty line above it.
  private var starts: [Int] = []
  private var open: [TextLine] = []
  private var code: CodeProgress?
  private var long: LongStretch?
  private var tail: [TextLine] = []

  var lineCount: Int { settled.count + open.count + tail.count }

  func lines(_ range: Range<Int>) -> [TextLine] {
    var lines: [TextLine] = []
    var start = 0
    for stretch in [settled, open, tail] {
      let wanted = range.clamped(to: start..<(start + stretch.count))
      lines += stretch[(wanted.lowerBound - start)..<(wanted.upperBound - start)]
      start += stretch.count
    }
    return lines
  }

  /// The settled block that a row belongs to, and the row it begins with. All that is live is one block.
  func block(ofRow row: Int) -> (block: Int, row: Int) {
    guard row < settled.count else { return (starts.count, settled.count) }
    let block = max(0, starts.partitionIndex { $0 > row } - 1)
    return (block, self.row(ofBlock: block))
  }

  /// The row that a block begins with; behind the settled ones, what is live.
  func row(ofBlock block: Int) -> Int {
    block < starts.count ? starts[block] : settled.count
  }

  /// Takes the next piece of the text. Costs what comes, what settles, and `MarkdownLimit.liveBytes` at
  /// the most.
  mutating func append(_ delta: String, _ styling: MarkdownStyling) {
    stream.append(delta)
    if let long, long.start != stream.liveStart { close(long) }
    let blocks = stream.settledBlocks
    for block in blocks[starts.count...] { settle(block, styling) }
    let code = stream.openCode
    if let code { grow(code, styling) }
    if stream.liveByteCount > MarkdownLimit.liveBytes {
      growLong(styling)
    } else if let code {
      // A block without any line has an empty one.
      let line = code.unfinishedLine ?? (code.lines.isEmpty ? "" : nil)
      tail = line.map { codeTail($0, styling) } ?? []
    } else {
      let lines = styling.lines(stream.tailBlocks())
      tail = lines.isEmpty ? [] : gap + lines
    }
    markOpenCode()
  }

  /// The text is whole, and nothing may be appended any more. Costs a parse of it, and the layout of
  /// what had not settled, or not as it comes out now.
  mutating func finish(_ styling: MarkdownStyling) {
    let blocks = stream.finish()
    if let long { close(long) }
    let settledBlocks = stream.settledBlocks
    let limit = min(blocks.count, settledBlocks.count)
    let same = (0..<limit).first { blocks[$0] != settledBlocks[$0] } ?? limit
    if same < starts.count {
      settled.removeSubrange(starts[same]...)
      starts.removeSubrange(same...)
      closeCode()
    } else if code != nil, blocks.dropFirst(same).first != stream.tailBlocks().first {
      closeCode()
    }
    for block in blocks[same...] { settle(block, styling) }
    closeCode()
    tail = []
    stream = MarkdownStream()
  }

  // MARK: - What is settled

  /// Lays out the next block, unless it is the block of code that was open until now.
  private mutating func settle(_ block: Block, _ styling: MarkdownStyling) {
    let gap = gap
    let start = settled.count
    starts.append(start)
    if let code, case .code(_, let text) = block {
      settled += open
      if code.byteCount <= text.utf8.count {
        let rest = text.utf8.index(text.startIndex, offsetBy: code.byteCount)
        settled += codeTail(String(text[rest...]), styling)
      }
      settled[start + gap.count].mark = .codeStart
    } else {
      settled += gap + styling.lines([block])
    }
    closeCode()
  }

  /// What parts the next block from the settled ones.
  private var gap: [TextLine] { starts.isEmpty ? [] : [.empty] }

  // MARK: - What is live

  private mutating func grow(_ openCode: OpenCode, _ styling: MarkdownStyling) {
    var progress =
      code ?? CodeProgress(coloring: CodeColoring(openCode.language, in: styling.languages))
    if code == nil {
      open = gap + styling.codeHead(openCode.language).markedAsCode(isStart: true)
    }
    for line in openCode.lines[progress.lineCount...] {
      open += styling.codeLines(line, &progress.coloring)
      progress.lineCount += 1
      progress.byteCount += line.utf8.count + 1
    }
    code = progress
  }

  /// The lines behind the whole ones, coloured as they go on; what they open is not remembered.
  private func codeTail(_ text: String, _ styling: MarkdownStyling) -> [TextLine] {
    var coloring = code?.coloring ?? .plain
    return styling.codeLines(text, &coloring)
  }

  /// The first line of the block of code that is open, wherever it stands now, begins it.
  private mutating func markOpenCode() {
    guard code != nil else { return }
    let first = gap.count
    if first < open.count {
      open[first].mark = .codeStart
    } else if !tail.isEmpty {
      tail[0].mark = .codeStart
    }
  }

  private mutating func closeCode() {
    code = nil
    open = []
  }

  private mutating func growLong(_ styling: MarkdownStyling) {
    var stretch = long ?? beginLong(styling)
    let lines = stretch.wrap.append(stream.liveText(from: stretch.byteCount))
    stretch.byteCount = stream.liveByteCount
    open += code == nil ? lines : lines.markedAsCode(isStart: false)
    tail = stretch.wrap.openLines
    if code != nil { tail = tail.markedAsCode(isStart: false) }
    long = stretch
  }

  private mutating func beginLong(_ styling: MarkdownStyling) -> LongStretch {
    if code != nil {
      return LongStretch(
        start: stream.liveStart, byteCount: 0, lineCountBefore: open.count,
        wrap: styling.growingCodeLine())
    }
    let head = stream.liveHead()
    open = gap + styling.lines(head.blocks)
    return LongStretch(
      start: stream.liveStart, byteCount: head.byteCount, lineCountBefore: 0,
      wrap: styling.growingText())
  }

  private mutating func close(_ stretch: LongStretch) {
    open.removeSubrange(stretch.lineCountBefore...)
    long = nil
  }
}

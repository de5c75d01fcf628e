// Markdown that is still being written.
//
//   text   ├──────────────── settled ────────────────┼──────────── tail ───────────┤
//                                                 tailStart                      lineStart …
//
// To parse everything again for each delta would cost n² over a reply. So what can no longer change
// is parsed once and settles. That is so at two kinds of line:
//
//   - a line after a blank one that begins at the very left and that no open list could take as its
//     next item: it begins a block of its own
//   - a fence: it ends a paragraph, and at the left a list; from then on the code is a list of
//     lines that only grows and needs no parser, until a line closes the fence
//
// The scanner here only guesses at such lines, and md4c judges: what comes before the line is
// parsed with a sentinel in the line's place, and settles if the sentinel became a block of its
// own. Where the guess was wrong, nothing settles, and the next try waits until the tail has
// doubled; that keeps the cost linear whatever the text is.
//
// At every moment `settledBlocks` and `tailBlocks()` together are what one parse of the text so far
// gives, with two exceptions. A link whose reference is defined in another part of the text is not
// known yet; `finish()` mends that. And md4c 0.4.8 sometimes ends a list too early, depending on
// how far a line stands from the start of what it parses (it reads an offset as the kind of a block,
// `top_block` in `md_analyze_line`); neither answer is better than the other.

/// A block of code whose end has not come. It only grows.
public struct OpenCode: Hashable, Sendable {
  /// The first word after the fence; nil if there is none.
  public var language: String?
  /// The lines that are whole. A view that draws each frame can remember how many it has drawn.
  public var lines: [String]
  /// The line that is still being written; nil if nothing of it has come, if it looks like the end of
  /// the block so far, or if it is longer than `MarkdownLimit.liveBytes`.
  public var unfinishedLine: String?

  public init(language: String?, lines: [String] = [], unfinishedLine: String? = nil) {
    self.language = language
    self.lines = lines
    self.unfinishedLine = unfinishedLine
  }

  /// All lines as one block. Linear in their length.
  public var block: Block {
    let all = unfinishedLine.map { lines + [$0] } ?? lines
    return .code(language: language, text: all.joined(separator: "\n"))
  }
}

/// Reads a text as it arrives. What it holds is the text and its blocks; the limit on their size is
/// for whoever feeds it.
public struct MarkdownStream: Sendable {
  /// Blocks that nothing yet to come can change. Only grows.
  public private(set) var settledBlocks: [Block] = []
  /// How many bytes md4c has been given, to show that the cost of a delta does not grow.
  private(set) var parsedByteCount = 0

  /// All text so far; every line ends with LF.
  private var text: [UInt8] = []
  private var ignoresLineFeed = false
  /// Where the tail begins.
  private var tailStart = 0
  /// Where the line begins that has no end yet, and from where on its end is looked for.
  private var lineStart = 0
  private var searchStart = 0
  /// A blank line came before the unfinished line, and whether it begins a block is not decided.
  private var mayBegin = false
  /// The tail has a line that may have opened a list.
  private var mayHoldList = false
  private var fence: Fence?
  /// The whole lines since the fence.
  private var code = OpenCode(language: nil)
  /// The tail must be this long for the next try to settle it.
  private var retryByteCount = 0
  private var parsedTail: [Block]?

  public init() {}

  /// Takes the next piece of the text. Costs as much as the piece is long, and now and then as much
  /// as the tail that it settles.
  public mutating func append(_ delta: String) {
    guard !delta.isEmpty else { return }
    parsedTail = nil
    appendNormalized(delta)
    while let end = endOfLine() {
      decideBegin(lineEnd: end, isWhole: true)
      readLine(to: end)
      lineStart = end + 1
      searchStart = lineStart
    }
    searchStart = text.count
    decideBegin(lineEnd: text.count, isWhole: false)
  }

  /// The code that is being written; nil outside a fence at the left of the page. Costs as much as
  /// the unfinished line is long, but not when that is too long to be in it.
  public var openCode: OpenCode? {
    code(unfinishedLine: liveByteCount <= MarkdownLimit.liveBytes)
  }

  private func code(unfinishedLine isWanted: Bool) -> OpenCode? {
    guard let fence else { return nil }
    let line = text[lineStart...]
    var code = code
    let isText = isWanted && !line.isEmpty && !fence.isClosed(by: line)
    code.unfinishedLine = isText ? fence.text(of: line) : nil
    return code
  }

  /// The blocks of the text that is not settled. Costs as much as the tail is long, once after each
  /// delta; inside a fence `openCode` is cheaper.
  public mutating func tailBlocks() -> [Block] {
    if let openCode = code(unfinishedLine: true) { return [openCode.block] }
    if let parsedTail { return parsedTail }
    let blocks = parse(text[tailStart...])
    parsedTail = blocks
    return blocks
  }

  /// Where the live stretch begins, in bytes from the start of the text: the tail, or inside a fence
  /// the unfinished line. No two stretches begin at the same place.
  public var liveStart: Int { fence == nil ? tailStart : lineStart }

  /// How long the live stretch is, in bytes.
  public var liveByteCount: Int { text.count - liveStart }

  /// The live stretch as it is written, without its first bytes. Costs as much as it answers.
  ///
  /// - Parameter offset: 0, or what `liveByteCount` or `liveHead` said before.
  public func liveText(from offset: Int) -> String {
    let live = text[liveStart...]
    if let fence, offset == 0 { return fence.text(of: live) }
    return String(decoding: live.dropFirst(offset), as: UTF8.self)
  }

  /// The beginning of a tail that is longer than `MarkdownLimit.liveBytes`: its blocks up to a line
  /// end, or else a space, and how long it is. None of it if there is neither in the second half of
  /// what may be read.
  public mutating func liveHead() -> (blocks: [Block], byteCount: Int) {
    let head = text[tailStart...].prefix(MarkdownLimit.liveBytes)
    let later = head.dropFirst(head.count / 2)
    guard let last = later.lastIndex(of: 0x0A) ?? later.lastIndex(of: 0x20) else { return ([], 0) }
    // A blank line shows at the beginning of the rest.
    let isBlankLine = later[last] == 0x0A && text[last - 1] == 0x0A
    return (parse(text[tailStart..<last]), (isBlankLine ? last : last + 1) - tailStart)
  }

  /// The blocks of the whole text, parsed once more as one: only now are the references of all
  /// links known.
  public mutating func finish() -> [Block] {
    parse(text[...])
  }

  // MARK: Lines

  /// Any line end becomes LF, even one that is cut by the border of two deltas.
  /// U+0000 is replaced as `Block.parse` does it.
  private mutating func appendNormalized(_ delta: String) {
    for byte in replacingNulls(in: delta.utf8) {
      if ignoresLineFeed {
        ignoresLineFeed = false
        if byte == 0x0A { continue }
      }
      if byte == 0x0D {
        ignoresLineFeed = true
        text.append(0x0A)
      } else {
        text.append(byte)
      }
    }
  }

  private func endOfLine() -> Int? {
    text[searchStart...].firstIndex(of: 0x0A)
  }

  private mutating func readLine(to end: Int) {
    let line = text[lineStart..<end]
    if let fence {
      if fence.isClosed(by: line) {
        closeFence(at: end + 1)
      } else {
        code.lines.append(fence.text(of: line))
      }
      return
    }
    switch LineStart(line, isWhole: true) {
    case .blank: mayBegin = lineStart > tailStart
    case .listMark: mayHoldList = true
    case .indented:
      if LineStart(line.drop(while: isBlank), isWhole: true) == .listMark { mayHoldList = true }
    case .fence, .other, nil: break
    }
    if let fence = Fence(opening: line), fence.indentColumns == 0 || !mayHoldList {
      settleAtFence(fence, lineEnd: end)
    }
  }

  // MARK: Settling

  /// Looks whether the line after a blank one begins a block, as soon as its first bytes tell.
  private mutating func decideBegin(lineEnd: Int, isWhole: Bool) {
    guard mayBegin, fence == nil,
      let start = LineStart(text[lineStart..<lineEnd], isWhole: isWhole)
    else { return }
    switch start {
    case .blank: return
    case .indented, .fence: mayBegin = false
    case .listMark:
      mayBegin = false
      if !mayHoldList { settleBeforeLine() }
    case .other:
      mayBegin = false
      settleBeforeLine()
    }
  }

  private static let sentinel = "x"

  private mutating func settleBeforeLine() {
    guard lineStart - tailStart >= retryByteCount else { return }
    let blocks = parse(text[tailStart..<lineStart], followedBy: Self.sentinel)
    guard blocks.last == .paragraph([.text(Self.sentinel)]) else {
      retryByteCount = 2 * (lineStart - tailStart)
      return
    }
    settle(blocks.dropLast(), upTo: lineStart)
  }

  private mutating func settleAtFence(_ fence: Fence, lineEnd: Int) {
    let end = lineEnd + 1
    guard end - tailStart >= retryByteCount else { return }
    let blocks = parse(text[tailStart..<end], followedBy: Self.sentinel)
    switch blocks.last {
    case .code(let language, Self.sentinel):
      settle(blocks.dropLast(), upTo: end)
      self.fence = fence
      code = OpenCode(language: language)
    case .paragraph([.text(Self.sentinel)]):
      // It closed a fence that the scanner had not seen.
      settle(blocks.dropLast(), upTo: end)
    default:
      retryByteCount = 2 * (end - tailStart)
    }
  }

  private mutating func closeFence(at end: Int) {
    settle([code.block], upTo: end)
    fence = nil
    code = OpenCode(language: nil)
  }

  private mutating func settle(_ blocks: ArraySlice<Block>, upTo end: Int) {
    settledBlocks += blocks
    tailStart = end
    mayBegin = false
    mayHoldList = false
    retryByteCount = 0
  }

  private mutating func parse(
    _ text: ArraySlice<UInt8>, followedBy sentinel: String = ""
  ) -> [Block] {
    parsedByteCount += text.count + sentinel.utf8.count
    return Block.parse(text, followedBy: Array(sentinel.utf8))
  }
}

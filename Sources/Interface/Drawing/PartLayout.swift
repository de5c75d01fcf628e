// One part of a message as lines. What is settled of a growing text is laid out once; a delta costs the
// layout of its tail.

import Chat
import Markdown
import Terminal

struct PartLayout {
  /// How the part is read.
  private enum Reading {
    /// Words as they stand, in one face.
    case plain(Face)
    case markdown(MarkdownStream)
    /// One line that does not grow.
    case label
  }

  private var reading: Reading
  /// What parts this part from the one above it.
  private let lead: [TextLine]
  private var settled: [TextLine]
  /// The lines of a code block that is still open. They only grow, one by one.
  private var open: [TextLine] = []
  private var openSourceLineCount = 0
  private var tail: [TextLine] = []
  /// How many bytes of the text have been taken in, and how many of them are laid out for good.
  private var takenByteCount = 0
  private var settledByteCount = 0
  private var settledBlockCount = 0
  private var isDone = false

  /// Begins a part; `isFirst` says that nothing of the message stands above it.
  init(_ part: Part, isFirst: Bool, of role: Role, _ context: MessageLayout.Context) {
    lead = isFirst ? [] : [.empty]
    settled = lead
    switch part.kind {
    case .text:
      reading = role == .assistant ? .markdown(MarkdownStream()) : .plain(.prompt)
    case .thinking:
      reading = .plain(.thinking)
    case .image(let mediaType):
      reading = .label
      settled += PartLayout.label("[image, \(mediaType)]", context)
    case .file(let name, _):
      reading = .label
      settled += PartLayout.label("[file \(name)]", context)
    case .toolCall(_, let name):
      reading = .label
      settled += PartLayout.label("[tool call: \(name)]", context)
    case .toolResult:
      reading = .label
      settled += PartLayout.label("[tool result]", context)
    }
  }

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

  /// Takes in what has come since the last time. `isDone` says that the part will not grow any more.
  mutating func update(_ part: Part, isDone: Bool, _ context: MessageLayout.Context) {
    guard !self.isDone, isDone || part.text.utf8.count > takenByteCount else { return }
    self.isDone = isDone
    let start = part.text.utf8.index(part.text.startIndex, offsetBy: takenByteCount)
    let delta = part.text[start...]
    takenByteCount = part.text.utf8.count
    switch reading {
    case .plain(let face):
      updatePlain(part.text, face: context.isAside ? .muted : face, context)
    case .markdown(var stream):
      reading = .label  // one owner of the stream's text, so that appending does not copy it
      stream.append(String(delta))
      layOut(&stream, isDone: isDone, context)
      reading = .markdown(stream)
    case .label:
      break
    }
  }

  /// Lines before the last line end are laid out for good.
  private mutating func updatePlain(_ text: String, face: Face, _ context: MessageLayout.Context) {
    let style = context.theme.style(for: face)
    let begin = text.utf8.index(text.startIndex, offsetBy: settledByteCount)
    let rest = text[begin...]
    if let lineEnd = rest.utf8.lastIndex(of: 0x0A) {
      settled += context.wrap.lines(
        [TextRun(String(rest[..<lineEnd]), style)], columns: context.manner.columns)
      settledByteCount = text.utf8.distance(from: text.startIndex, to: lineEnd) + 1
    }
    let last = text[text.utf8.index(text.startIndex, offsetBy: settledByteCount)...]
    tail =
      last.isEmpty
      ? [] : context.wrap.lines([TextRun(String(last), style)], columns: context.manner.columns)
  }

  private mutating func layOut(
    _ stream: inout MarkdownStream, isDone: Bool, _ context: MessageLayout.Context
  ) {
    let styling = MarkdownStyling(context)
    tail = []
    if isDone {
      settled = lead + styling.lines(stream.finish())
      open = []
      return
    }
    let blocks = stream.settledBlocks
    if blocks.count > settledBlockCount {
      settled += gap + styling.lines(Array(blocks[settledBlockCount...]))
      settledBlockCount = blocks.count
      closeOpenCode()
    }
    if let code = stream.openCode {
      if open.isEmpty { open = gap + styling.codeHead(code.language) }
      for line in code.lines[openSourceLineCount...] { open += styling.codeLines(line) }
      openSourceLineCount = code.lines.count
      tail = code.unfinishedLine.map(styling.codeLines) ?? []
    } else {
      closeOpenCode()
      let growing = styling.lines(stream.tailBlocks())
      tail = growing.isEmpty ? [] : gap + growing
    }
  }

  private mutating func closeOpenCode() {
    open = []
    openSourceLineCount = 0
  }

  /// What parts the next block from the settled ones.
  private var gap: [TextLine] { settledBlockCount > 0 ? [.empty] : [] }

  private static func label(_ text: String, _ context: MessageLayout.Context) -> [TextLine] {
    context.wrap.lines(
      [TextRun(text, context.theme.style(for: .muted))], columns: context.manner.columns)
  }
}

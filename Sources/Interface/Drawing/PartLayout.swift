// One part of a message as lines. What is laid out of a growing text stays: a delta costs what comes, and
// of Markdown its tail.

import Chat
import Terminal

extension Part {
  /// Whether it is a call of a tool.
  var isToolCall: Bool {
    switch kind {
    case .toolCall: true
    case .text, .thinking, .image, .file, .toolResult: false
    }
  }
}

struct PartLayout {
  /// How the part is read.
  private enum Reading {
    /// Words as they stand, in one face.
    case plain(GrowingWrap)
    case markdown(MarkdownLayout)
    /// One line that does not grow.
    case label
  }

  private var reading: Reading
  /// What parts this part from the one above it, and lines that are done with.
  private var head: [TextLine]
  /// The last lines of plain words.
  private var tail: [TextLine] = []
  /// How many bytes of the text have been taken in.
  private var takenByteCount = 0
  private var isDone = false

  /// Begins a part; `isFirst` says that nothing of the message stands above it.
  init(_ part: Part, isFirst: Bool, of role: Role, _ context: MessageLayout.Context) {
    head = isFirst ? [] : [.empty]
    switch part.kind {
    case .text where role == .assistant:
      reading = .markdown(MarkdownLayout())
    case .text:
      reading = .plain(PartLayout.wrap(.prompt, context))
    case .thinking:
      reading = .plain(PartLayout.wrap(.thinking, context))
    case .image(let mediaType):
      reading = .label
      head += PartLayout.label("[image, \(mediaType)]", context)
    case .file(let name, _):
      reading = .label
      head += PartLayout.label("[file \(name)]", context)
    case .toolCall(_, let name):
      // The arguments come in pieces, behind the name.
      var wrap = PartLayout.wrap(.muted, context)
      head += wrap.append("[tool call: \(name)] ")
      tail = wrap.openLines
      reading = .plain(wrap)
    case .toolResult:
      reading = .label
      head += PartLayout.label("[tool result]", context)
    }
  }

  var lineCount: Int {
    switch reading {
    case .markdown(let layout): head.count + layout.lineCount
    case .plain, .label: head.count + tail.count
    }
  }

  func lines(_ range: Range<Int>) -> [TextLine] {
    let first = range.clamped(to: 0..<head.count)
    let later = range.clamped(to: head.count..<max(head.count, range.upperBound))
    let rest = (later.lowerBound - head.count)..<(later.upperBound - head.count)
    switch reading {
    case .markdown(let layout): return head[first] + layout.lines(rest)
    case .plain, .label: return Array(head[first] + tail[rest.clamped(to: tail.indices)])
    }
  }

  /// The block that a row belongs to, counted from the first of the part, and the row it begins with.
  func block(ofRow row: Int) -> (block: Int, row: Int) {
    guard case .markdown(let layout) = reading, row > head.count else { return (0, 0) }
    let (block, start) = layout.block(ofRow: row - head.count)
    return (block, block == 0 ? 0 : head.count + start)
  }

  /// The row that a block begins with.
  func row(ofBlock block: Int) -> Int {
    guard case .markdown(let layout) = reading, block > 0 else { return 0 }
    return head.count + layout.row(ofBlock: block)
  }

  /// Takes in what has come since the last time. `isDone` says that the part will not grow any more.
  mutating func update(_ part: Part, isDone: Bool, _ context: MessageLayout.Context) {
    guard !self.isDone, isDone || part.text.utf8.count > takenByteCount else { return }
    self.isDone = isDone
    let start = part.text.utf8.index(part.text.startIndex, offsetBy: takenByteCount)
    let delta = String(part.text[start...])
    takenByteCount = part.text.utf8.count
    // While it is changed, what is laid out has one owner, so that appending does not copy it.
    switch reading {
    case .plain(var wrap):
      reading = .label
      head += wrap.append(delta)
      tail = wrap.openLines
      reading = .plain(wrap)
    case .markdown(var layout):
      reading = .label
      let styling = MarkdownStyling(context)
      layout.append(delta, styling)
      if isDone { layout.finish(styling) }
      reading = .markdown(layout)
    case .label:
      break
    }
  }

  private static func wrap(_ face: Face, _ context: MessageLayout.Context) -> GrowingWrap {
    let style = context.theme.style(for: context.place.isAside ? .muted : face)
    return GrowingWrap(context.wrap, columns: context.manner.columns, style: style)
  }

  private static func label(_ text: String, _ context: MessageLayout.Context) -> [TextLine] {
    context.wrap.lines(
      [TextRun(text, context.theme.style(for: .muted))], columns: context.manner.columns)
  }
}

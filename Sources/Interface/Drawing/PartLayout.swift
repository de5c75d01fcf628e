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
    /// What a model thinks, below a row that says so.
    case thought(Thought)
    /// One line that does not grow.
    case label
  }

  /// A thought as it is shown.
  private struct Thought {
    let isOpen: Bool
    /// The row of `head` that says how long it took.
    let titleRow: Int
    var wrap: GrowingWrap
    /// While it is live and folded: the last whole lines with words in them.
    var recent: [TextLine] = []
    var hasWords = false
  }

  /// Rows of a live thought that are shown while it is folded.
  static let liveThoughtRows = 3

  private var reading: Reading
  /// What parts this part from the one above it, and lines that are done with.
  private var head: [TextLine]
  /// The last lines of plain words.
  private var tail: [TextLine] = []
  /// How many bytes of the text have been taken in.
  private var takenByteCount = 0
  /// Whether it is laid out for good.
  private(set) var isDone = false

  /// The row, from the first of the part, that folds it and opens it; nil where there is nothing to fold.
  private(set) var foldRow: Int?

  /// Begins a part; `isFirst` says that nothing of the message stands above it, `isOpen` that all of a
  /// thought is shown.
  init(
    _ part: Part, isFirst: Bool, of role: Role, isOpen: Bool = false,
    _ context: MessageLayout.Context
  ) {
    head = isFirst ? [] : [.empty]
    switch part.kind {
    case .text where role == .assistant && !context.manner.isBare:
      reading = .markdown(MarkdownLayout())
    case .text:
      reading = .plain(PartLayout.wrap(role == .assistant ? .text : .prompt, context))
    case .thinking:
      reading = .thought(
        Thought(
          isOpen: isOpen, titleRow: head.count, wrap: PartLayout.wrap(.thinking, context)))
      head.append(.empty)
    case .image, .file:
      reading = .label
      head += PartLayout.label(part.attachmentLine ?? "", context)
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
    case .plain, .thought, .label: head.count + tail.count
    }
  }

  func lines(_ range: Range<Int>) -> [TextLine] {
    let first = range.clamped(to: 0..<head.count)
    let later = range.clamped(to: head.count..<max(head.count, range.upperBound))
    let rest = (later.lowerBound - head.count)..<(later.upperBound - head.count)
    switch reading {
    case .markdown(let layout): return head[first] + layout.lines(rest)
    case .plain, .thought, .label: return Array(head[first] + tail[rest.clamped(to: tail.indices)])
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

  /// Takes in what has come since the last time. `isDone` says that the part will not grow any more;
  /// `thought` is how long it was thought, if it is one.
  mutating func update(
    _ part: Part, isDone: Bool, thought: Message.Thought? = nil, _ context: MessageLayout.Context
  ) {
    if case .thought(var layout) = reading {
      reading = .label
      update(&layout, part, isDone: isDone, context)
      head[layout.titleRow] = PartLayout.title(layout, thought, isDone: isDone, context)
      foldRow = layout.hasWords ? layout.titleRow : nil
      reading = .thought(layout)
      self.isDone = isDone
      return
    }
    guard isDone || part.text.utf8.count > takenByteCount else { return }
    self.isDone = isDone
    let delta = takeDelta(of: part)
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
    case .thought, .label:
      break
    }
  }

  private mutating func takeDelta(of part: Part) -> String {
    let start = part.text.utf8.index(part.text.startIndex, offsetBy: takenByteCount)
    takenByteCount = part.text.utf8.count
    return String(part.text[start...])
  }

  // MARK: - A thought

  /// All of an open thought, the end of a live one, nothing of another: that is not even wrapped.
  private mutating func update(
    _ layout: inout Thought, _ part: Part, isDone: Bool, _ context: MessageLayout.Context
  ) {
    guard layout.isOpen || !isDone else {
      layout.hasWords = layout.hasWords || part.text.contains { !$0.isWhitespace }
      layout.recent = []
      tail = []
      return
    }
    if part.text.utf8.count > takenByteCount { take(takeDelta(of: part), into: &layout) }
    // Models end thoughts with line ends, which would stand as empty rows above the reply.
    if isDone {
      while tail.last?.hasWords == false { tail.removeLast() }
      while tail.isEmpty, head.count > layout.titleRow + 1, head.last?.hasWords == false {
        head.removeLast()
      }
    }
  }

  private mutating func take(_ delta: String, into layout: inout Thought) {
    layout.hasWords = layout.hasWords || delta.contains { !$0.isWhitespace }
    let lines = layout.wrap.append(delta)
    if layout.isOpen {
      head += lines
      tail = layout.wrap.openLines
    } else {
      layout.recent += lines.filter(\.hasWords)
      layout.recent.removeFirst(max(0, layout.recent.count - PartLayout.liveThoughtRows))
      let open = layout.wrap.openLines.filter(\.hasWords)
      tail = Array((layout.recent + open).suffix(PartLayout.liveThoughtRows))
    }
  }

  /// One row: what is being thought for how long, or was.
  private static func title(
    _ layout: Thought, _ thought: Message.Thought?, isDone: Bool, _ context: MessageLayout.Context
  ) -> TextLine {
    let milliseconds = thought?.milliseconds(at: context.now)
    var words = !layout.hasWords ? "" : layout.isOpen || !isDone ? "▾ " : "▸ "
    if isDone {
      let duration = milliseconds.flatMap(DetailsWords.duration(milliseconds:))
      words += "thought" + (duration.map { " for \($0)" } ?? "")
    } else {
      let duration = milliseconds.map { " " + DetailsWords.duration(seconds: $0 / 1000) }
      words += "thinking" + (duration ?? "")
    }
    if isDone, layout.hasWords, !layout.isOpen, let key = context.manner.thoughtsKey {
      let hint = " (\(key) shows it)"
      let width = context.wrap.cells.width(of: words + hint)
      if width <= context.manner.columns { words += hint }
    }
    return label(words, context).first ?? .empty
  }

  private static func wrap(_ face: Face, _ context: MessageLayout.Context) -> GrowingWrap {
    let style = context.theme.style(for: context.place.isAside ? .muted : face)
    return GrowingWrap(
      context.wrap, columns: context.manner.columns, style: style,
      mode: context.manner.isBare ? .exact : .words)
  }

  private static func label(_ text: String, _ context: MessageLayout.Context) -> [TextLine] {
    context.wrap.lines(
      [TextRun(text, context.theme.style(for: .muted))], columns: context.manner.columns)
  }
}

extension TextLine {
  /// Whether anything is to be read in it.
  fileprivate var hasWords: Bool {
    runs.contains { $0.text.contains { !$0.isWhitespace } }
  }
}

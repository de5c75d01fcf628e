// One message as lines: who speaks, the text, and how it ended. The mark of an ending is a line of its
// own; it is no part of the text.

import Chat
import Markdown
import Terminal

struct MessageLayout {
  /// What the layout needs to know beside the message.
  struct Context {
    let wrap: TextWrap
    let manner: TranscriptLayout.Manner
    /// Whether the message is an earlier attempt, shown above the reply that took its place.
    let isAside: Bool
    /// Whether nothing follows, so that the key for sending again means this message's prompt.
    let isLast: Bool

    var theme: Theme { manner.theme }
  }

  /// Nothing can change any more.
  private(set) var isFinal = false
  private var head: [TextLine] = []
  private var parts: [PartLayout] = []
  private var foot: [TextLine] = []

  var lineCount: Int { parts.reduce(head.count + foot.count) { $0 + $1.lineCount } }

  func lines(_ range: Range<Int>) -> [TextLine] {
    var lines: [TextLine] = []
    var start = 0
    func add(_ count: Int, _ take: (Range<Int>) -> some Sequence<TextLine>) {
      let from = max(range.lowerBound, start) - start
      let to = min(range.upperBound, start + count) - start
      if from < to { lines += take(from..<to) }
      start += count
    }
    add(head.count) { head[$0] }
    for part in parts { add(part.lineCount, part.lines) }
    add(foot.count) { foot[$0] }
    return lines
  }

  /// Lays out what has come since the last time.
  mutating func update(_ message: Message, in context: Context) {
    if head.isEmpty { head = MessageLayout.head(message, context) }
    for (index, part) in message.parts.enumerated() {
      if index == parts.count {
        parts.append(PartLayout(part, isFirst: index == 0, of: message.role, context))
      }
      let isDone = message.isSettled || index < message.parts.count - 1
      parts[index].update(part, isDone: isDone, context)
    }
    foot = MessageLayout.foot(message, context)
    isFinal = message.isSettled
  }

  private static func head(_ message: Message, _ context: Context) -> [TextLine] {
    let theme = context.theme
    switch message.role {
    case .user:
      return [TextLine([TextRun("You", theme.style(for: .promptMarker))])]
    case .assistant:
      let name = message.model?.name ?? "reply"
      let note = context.isAside ? " (an earlier attempt)" : ""
      return context.wrap.lines(
        [TextRun(name, theme.style(for: .replyMarker)), TextRun(note, theme.style(for: .muted))],
        columns: context.manner.columns)
    case .system:
      return [TextLine([TextRun("System prompt", theme.style(for: .muted))])]
    case .tool:
      return [TextLine([TextRun("Tool", theme.style(for: .muted))])]
    }
  }

  private static func foot(_ message: Message, _ context: Context) -> [TextLine] {
    let isEmpty = message.parts.allSatisfy { $0.kind == .text && $0.text.isEmpty }
    let before = isEmpty ? "before the first word" : "here"
    let words: String
    var face = Face.mark
    switch message.ending {
    case nil, .complete(.stop), .complete(.toolCalls):
      return [.empty]
    case .complete(.length):
      words = "The reply reached the model's limit of length."
    case .complete(.contentFilter):
      words = "A filter of the provider cut the reply."
    case .complete(.refusal):
      words = "The model declined to answer."
    case .complete(.other(let reason)):
      words = "The provider stopped with “\(reason)”."
    case .cancelled:
      words = "■ stopped \(before)"
    case .superseded:
      words = "■ superseded \(before)"
    case .interrupted:
      words = "■ interrupted \(before)"
    case .failed(let failure):
      face = .error
      let request = failure.requestID.map { " (request \($0))" } ?? ""
      let key = context.isLast ? context.manner.retryKey : nil
      let again = key.map { " \($0) sends the prompt again." } ?? ""
      words = "✗ \(failure.message)\(request)\(again)"
    }
    return context.wrap.lines(
      [TextRun(words, context.theme.style(for: face))], columns: context.manner.columns,
      rest: [TextRun("  ")]) + [.empty]
  }
}

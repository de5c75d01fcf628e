// One message as lines: who speaks, the text, and how it ended. The mark of an ending is a line of its
// own; it is no part of the text.

import Chat
import Highlighting
import Markdown
import Terminal

struct MessageLayout {
  /// What the layout needs to know beside the message.
  struct Context {
    let wrap: TextWrap
    var languages = Languages.none
    let manner: TranscriptLayout.Manner
    let place: Place
    /// What the provider bills for it, as far as it said so.
    var usage: Usage?
    let now: Instant

    var theme: Theme { manner.theme }
  }

  /// What a message is among the others.
  struct Place: Hashable {
    /// One of several messages that follow the same one.
    struct Sibling: Hashable {
      /// From 1, in the order in which they came.
      var number: Int
      var count: Int

      /// `‹2/3›`.
      var sign: String { "‹\(number)/\(count)›" }
    }

    /// Whether it is an earlier attempt, shown below the reply that took its place.
    var isAside = false
    /// Which one it is of those that stand in one place; nil where it is alone, and aside.
    var sibling: Sibling?
    /// Whether nothing follows, so that the key for sending again means this message's prompt.
    var isLast = false
    /// Whether what stands above is no longer sent.
    var isFirstSent = false
    /// Whether it could not be saved.
    var isUnsaved = false
  }

  /// Nothing can change any more.
  private(set) var isFinal = false
  private var head: [TextLine] = []
  private var parts: [PartLayout] = []
  private var foot: [TextLine] = []
  /// What stands in the rows, by rows of the message.
  private(set) var landmarks: [LandmarkRow] = []

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

  /// What a message is made of from the top down, the same at every width: its head, and the blocks of its
  /// parts. What stands below them belongs to the last.
  struct Section: Hashable {
    var part: Int
    var block: Int

    static let head = Section(part: -1, block: 0)
  }

  /// The rows of a part, in rows of the message; nil for one that is not laid out.
  func rows(ofPart index: Int) -> Range<Int>? {
    guard parts.indices.contains(index) else { return nil }
    let start = parts[..<index].reduce(head.count) { $0 + $1.lineCount }
    return start..<(start + parts[index].lineCount)
  }

  /// The section that a row belongs to, and the row it begins with.
  func section(ofRow row: Int) -> (section: Section, row: Int) {
    var found = (section: Section.head, row: 0)
    var start = head.count
    for (index, part) in parts.enumerated() where start <= row {
      let (block, blockRow) = part.block(ofRow: row - start)
      found = (Section(part: index, block: block), start + blockRow)
      start += part.lineCount
    }
    return found
  }

  /// The rows from where a section begins to the end of its part, or of the head: what is folded in one
  /// moves no place in another. Nil where the message has become one row.
  func rows(of section: Section) -> Range<Int>? {
    guard section != .head else { return 0..<head.count }
    guard let rows = rows(ofPart: section.part) else { return nil }
    let isLast = section.part == parts.count - 1
    let end = rows.upperBound + (isLast ? foot.count : 0)
    return min(rows.lowerBound + parts[section.part].row(ofBlock: section.block), end)..<end
  }

  /// Lays out what has come since the last time.
  mutating func update(_ message: Message, in context: Context) {
    isFinal = message.isSettled
    landmarks = [
      LandmarkRow(
        context.place.isAside ? .fold(.attempt(message.id)) : .message(message.id), row: 0)
    ]
    if context.place.isAside, !context.manner.folds.isOpen(.attempt(message.id)) {
      head = MessageLayout.fold(message, context)
      return
    }
    // As long as nothing of a reply has come, another model may be asked for it.
    if parts.isEmpty { head = MessageLayout.head(message, context) }
    var row = head.count
    for (index, part) in message.parts.enumerated() {
      let fold = Fold.thinking(message.id, part: index)
      if index == parts.count {
        let isOpen = context.manner.folds.isOpen(fold)
        // Files stand below each other as a list.
        let isListed =
          index > 0 && part.attachmentKind != nil
          && message.parts[index - 1].attachmentKind != nil
        parts.append(
          PartLayout(
            part, isFirst: index == 0 || isListed, of: message.role, isOpen: isOpen, context))
      }
      // What a tool is to be given may still come when another call has begun.
      let isLast = index == message.parts.count - 1
      // Nor is text that goes on from another reply's, whatever is thought behind it.
      let mayGrow = isLast || part.isToolCall || message.continues != nil && part.kind == .text
      let isDone = message.isSettled || !mayGrow
      if !parts[index].isDone {
        parts[index].update(part, isDone: isDone, thought: message.thought(ofPart: index), context)
      }
      if let foldRow = parts[index].foldRow {
        landmarks.append(LandmarkRow(.fold(fold), row: row + foldRow))
      }
      row += parts[index].lineCount
    }
    foot = MessageLayout.foot(message, context)
  }

  /// An earlier attempt in one sentence of two rows at the most, if there is any room: whose it was, how
  /// much of it there is, how it ended.
  private static func fold(_ message: Message, _ context: Context) -> [TextLine] {
    let wordCount = message.text.split(whereSeparator: \.isWhitespace).count
    var words = "▸ \(message.model?.name ?? "reply"), an earlier attempt"
    words += wordCount == 0 ? "" : ", \(wordCount) \(wordCount == 1 ? "word" : "words")"
    let hint = context.manner.attemptsKey.map { " (\($0) shows it)" } ?? ""
    func lines(_ words: String) -> [TextLine] {
      context.wrap.lines(
        [TextRun(words, context.theme.style(for: .muted))], columns: context.manner.columns,
        rest: [indentation(context)])
    }
    guard let mark = mark(message)?.words else {
      return lines(words + (message.parts.isEmpty ? "" : hint))
    }
    let whole = lines("\(words): \(mark)\(message.parts.isEmpty ? "" : hint)")
    guard whole.count > 2 else { return whole }
    // As many words of the reason as there is room for, and the key if that leaves any.
    for hint in [hint, ""] {
      var kept = mark.prefix(2 * context.manner.columns)
      while let blank = kept.lastIndex(where: \.isWhitespace), kept[..<blank].count > 1 {
        kept = kept[..<blank]
        let cut = lines("\(words): \(kept)…\(hint)")
        if cut.count <= 2 { return cut }
      }
    }
    return lines(words)
  }

  /// What stands before all rows but the first of a sentence about a message.
  private static func indentation(_ context: Context) -> TextRun {
    TextRun("  ", context.theme.style(for: .text))
  }

  private static func head(_ message: Message, _ context: Context) -> [TextLine] {
    let name = name(message, context)
    guard context.place.isFirstSent else { return name }
    let words = "── what stands above is no longer sent: the model cannot take it all ──"
    return context.wrap.lines(
      [TextRun(words, context.theme.style(for: .mark))], columns: context.manner.columns)
      + [.empty] + name
  }

  private static func name(_ message: Message, _ context: Context) -> [TextLine] {
    let theme = context.theme
    switch message.role {
    case .user:
      let name = TextRun("You", theme.style(for: .promptMarker))
      guard let sign = context.place.sibling?.sign else { return [TextLine([name])] }
      return context.wrap.lines(
        [name, TextRun(" \(sign)", theme.style(for: .muted))], columns: context.manner.columns)
    case .assistant:
      let name = message.model?.name ?? "reply"
      let note =
        context.place.isAside
        ? " (an earlier attempt)" : context.place.sibling.map { " \($0.sign)" } ?? ""
      return context.wrap.lines(
        [TextRun(name, theme.style(for: .replyMarker)), TextRun(note, theme.style(for: .muted))],
        columns: context.manner.columns)
    case .system:
      return [TextLine([TextRun("System prompt", theme.style(for: .muted))])]
    case .tool:
      return [TextLine([TextRun("Tool", theme.style(for: .muted))])]
    }
  }

  /// What stands under a message: how it ended, and whether it could not be saved.
  private static func foot(_ message: Message, _ context: Context) -> [TextLine] {
    var lines: [TextLine] = []
    func add(_ words: String, _ face: Face) {
      lines += context.wrap.lines(
        [TextRun(words, context.theme.style(for: face))], columns: context.manner.columns,
        rest: [indentation(context)])
    }
    if let mark = mark(message) {
      let key = context.place.isLast && mark.invitesRetry ? context.manner.retryKey : nil
      add(mark.words + (key.map { " \($0) \(mark.retryWords)." } ?? ""), mark.face)
    }
    if context.place.isUnsaved { add("✗ not saved", .error) }
    if let details = details(message, context) { lines.append(details) }
    return lines + [.empty]
  }

  /// What a settled reply took, in one row; nil where nobody knows, or nobody wants to.
  private static func details(_ message: Message, _ context: Context) -> TextLine? {
    guard context.manner.showsDetails, message.role == .assistant, message.isSettled else {
      return nil
    }
    let price = message.model.flatMap { context.manner.prices[$0] }
    return DetailsLine(message, usage: context.usage, price: price)
      .words(columns: context.manner.columns, context.wrap.cells)
      .map { TextLine([TextRun($0, context.theme.style(for: .details))]) }
  }

  /// How a message ended, in words.
  private struct Mark {
    var words: String
    var face = Face.mark
    /// What the key for sending again does here; empty where it is not offered.
    var retryWords = ""

    var invitesRetry: Bool { !retryWords.isEmpty }
  }

  /// Nil for an ending that needs no words.
  private static func mark(_ message: Message) -> Mark? {
    let isEmpty = message.parts.allSatisfy { $0.kind == .text && $0.text.isEmpty }
    let before = isEmpty ? "before the first word" : "here"
    switch message.ending {
    case nil:
      return nil
    case .complete(let reason):
      return reason.remark.map { Mark(words: $0) }
    case .cancelled:
      return Mark(words: "■ stopped \(before)")
    case .superseded:
      return Mark(words: "■ superseded \(before)")
    case .interrupted:
      return Mark(words: "■ interrupted \(before)")
    case .failed(let failure):
      let request = failure.requestID.map { " (request \($0))" } ?? ""
      let again =
        failure.kind == .tooLong
        ? "sends it again without the oldest turns" : "sends the prompt again"
      return Mark(words: "✗ \(failure.message)\(request)", face: .error, retryWords: again)
    }
  }
}

// The transcript as lines. What is settled is laid out once for each width and theme; a delta costs the
// layout of the tail of one message and nothing that grows with the conversation.

import Chat
import Terminal

/// The lines of the messages on the page, and where each message begins.
struct TranscriptLayout {
  /// How everything is laid out; a change of it lays everything out again.
  struct Manner: Hashable {
    var columns: Int
    var theme: Theme
    /// The key that sends the last prompt again, for the line under a broken reply.
    var retryKey: String?
    /// The key that shows the earlier attempts at replies, or folds them again.
    var attemptsKey: String?
    var areAttemptsOpen = false
  }

  /// What is noted of messages beside the conversation itself.
  struct Marks: Hashable {
    /// Which conversation is in view; its revisions say nothing of another's.
    var conversation: ConversationID
    /// How many messages at the front the last request left behind.
    var omittedMessageCount = 0
    /// Messages that could not be saved.
    var unsaved: Set<MessageID> = []
  }

  private struct Entry {
    let id: MessageID
    var place: MessageLayout.Place
    var layout = MessageLayout()
  }

  private let wrap: TextWrap
  private var manner: Manner?
  private var marks: Marks?
  private var shapeRevision = -1
  private var entries: [Entry] = []
  /// The row at which each entry begins, and at the end the number of all rows.
  private var starts: [Int] = [0]
  /// Entries that may still change.
  private var unsettled: [Int] = []

  init(wrap: TextWrap) {
    self.wrap = wrap
  }

  var rowCount: Int { starts[starts.count - 1] }

  /// Brings the lines up to date. Returns where the row `top` of the lines before stands now: the same
  /// row, or the same place in the same message if the width changed.
  mutating func update(
    _ conversation: Conversation, marks: Marks, manner: Manner, keeping top: Int
  ) -> Int {
    let anchor = self.manner == manner ? nil : place(of: top)
    if self.manner != manner {
      self.manner = manner
      entries = []
      shapeRevision = -1
    }
    if shapeRevision != conversation.shapeRevision || self.marks != marks {
      shapeRevision = conversation.shapeRevision
      self.marks = marks
      arrange(conversation, marks)
    }
    refresh(conversation, manner)
    return anchor.map(row(at:)) ?? top
  }

  /// The lines of these rows; rows beyond the end are left out.
  func lines(_ rows: Range<Int>) -> [TextLine] {
    let rows = rows.clamped(to: 0..<rowCount)
    guard !rows.isEmpty else { return [] }
    var lines: [TextLine] = []
    var index = entryIndex(of: rows.lowerBound)
    while index < entries.count, starts[index] < rows.upperBound {
      let from = max(0, rows.lowerBound - starts[index])
      let to = min(entries[index].layout.lineCount, rows.upperBound - starts[index])
      lines += entries[index].layout.lines(from..<to)
      index += 1
    }
    return lines
  }

  // MARK: - What is on the page

  /// Lists the messages of the path, each reply after the earlier attempts at it. What stands as it stood
  /// is not laid out again.
  private mutating func arrange(_ conversation: Conversation, _ marks: Marks) {
    var known = Dictionary(uniqueKeysWithValues: entries.map { ($0.id, $0) })
    var arranged: [Entry] = []
    func add(_ id: MessageID, _ place: MessageLayout.Place) {
      if let entry = known.removeValue(forKey: id), entry.place == place {
        arranged.append(entry)
      } else {
        arranged.append(Entry(id: id, place: place))
      }
    }
    for (position, id) in conversation.path.enumerated() {
      let message = conversation[id]
      if message.role == .assistant, let parent = message.parent {
        for sibling in conversation.children(of: parent) where sibling != id {
          guard conversation[sibling].role == .assistant else { continue }
          add(sibling, .init(isAside: true, isUnsaved: marks.unsaved.contains(sibling)))
        }
      }
      add(
        id,
        .init(
          isLast: position == conversation.path.count - 1,
          isFirstSent: position > 0 && position == marks.omittedMessageCount,
          isUnsaved: marks.unsaved.contains(id)))
    }
    unsettled = arranged.indices.filter { !arranged[$0].layout.isFinal }
    entries = arranged
    starts = [0]
    count(from: 0)
  }

  /// Lays out what may have changed and counts the rows behind it anew.
  private mutating func refresh(_ conversation: Conversation, _ manner: Manner) {
    guard let first = unsettled.first else { return }
    for index in unsettled {
      let context = MessageLayout.Context(
        wrap: wrap, manner: manner, place: entries[index].place)
      entries[index].layout.update(conversation[entries[index].id], in: context)
    }
    unsettled.removeAll { entries[$0].layout.isFinal }
    count(from: first)
  }

  /// Counts the rows of the entries from `first` on.
  private mutating func count(from first: Int) {
    starts.removeSubrange((first + 1)...)
    for index in first..<entries.count {
      starts.append(starts[index] + entries[index].layout.lineCount)
    }
  }

  // MARK: - Places

  /// The entry that holds `row`.
  private func entryIndex(of row: Int) -> Int {
    var low = 0
    var high = max(0, entries.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if starts[middle] <= row { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// A row as a message and how far down in it, in thousandths.
  private func place(of row: Int) -> (id: MessageID, thousandths: Int)? {
    guard !entries.isEmpty, row < rowCount else { return nil }
    let index = entryIndex(of: row)
    let height = max(1, entries[index].layout.lineCount)
    return (entries[index].id, (row - starts[index]) * 1000 / height)
  }

  private func row(at place: (id: MessageID, thousandths: Int)) -> Int {
    guard let index = entries.firstIndex(where: { $0.id == place.id }) else { return 0 }
    return starts[index] + entries[index].layout.lineCount * place.thousandths / 1000
  }
}

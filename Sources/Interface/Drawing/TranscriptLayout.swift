// The transcript as lines. A message is laid out when it comes near the screen, and forgotten again when
// many others have been; until it is laid out, its rows are guessed from its length. So a conversation of
// any length opens, turns to another width and scrolls at the cost of what is in view, and a delta costs
// the layout of the tail of one message.
//
// Row numbers are good for one frame: what is above may turn out to be longer or shorter than was guessed.
// What outlasts a frame is a `Place`.

import Chat
import Highlighting
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
    /// The key that shows what models thought, or folds it again.
    var thoughtsKey: String?
    var folds = Folds()
    /// Whether tokens, times and cost stand below replies.
    var showsDetails = false
    /// What models cost; empty where that is not shown.
    var prices: [ModelID: Price] = [:]
    /// Whether texts stand there as they are written, broken only where the columns end.
    var isBare = false
  }

  /// What is noted of messages beside the conversation itself.
  struct Marks: Hashable {
    /// Which conversation is in view; its revisions say nothing of another's.
    var conversation: ConversationID
    /// How many messages at the front the last request left behind.
    var omittedMessageCount = 0
    /// Messages that could not be saved.
    var unsaved: Set<MessageID> = []
    /// Replies that race for the prompt they stand under: they are shown beside each other, and are no earlier
    /// attempts.
    var racing: Set<MessageID> = []
  }

  /// A place that stays the same however the lines around it are laid out.
  struct Place: Hashable {
    var message: MessageID
    var section: MessageLayout.Section
    /// How much of the section is drawn above it; see `TextLine.ink`.
    var ink: Int
    /// Whether it is one of the rows with nothing in them above the ink that comes next.
    var isBlank: Bool
  }

  /// So many rows of a message, and what stands above it.
  struct Reach: Hashable {
    var message: MessageID
    var rowCount: Int
  }

  /// Where the screen begins.
  enum Start {
    /// So that the end is the last row.
    case end
    /// With this row of the lines as they are.
    case row(Int)
    /// So many rows below a place, or above it if negative.
    case place(Place, shift: Int)
    case message(MessageID)
    case hit(SearchHit)
    /// So that the row which folds something stands in this row of the screen.
    case fold(Fold, row: Int)
  }

  /// Rows that are kept laid out, if no more than these are needed; more are forgotten one day.
  static let keptRowLimit = 4_096

  private let wrap: TextWrap
  private let languages: Languages
  /// When the frame is that is being laid out.
  private var now = Instant(uptimeNanoseconds: 0)
  private var manner: Manner?
  private var marks: Marks?
  private var shapeRevision = -1
  private var path: [MessageID] = []
  /// How many messages the whole tree had.
  private var messageCount = 0
  /// How many entries there are up to and with each message of the path.
  private var entryCounts: [Int] = []
  private var entries: [TranscriptEntry] = []
  /// The row at which each entry begins, and at the end the number of all rows.
  private var starts: [Int] = [0]
  /// The first entry behind which `starts` are not right.
  private var firstUncounted = 0
  /// Entries that a stream may still change, ascending.
  private var live: [Int] = []
  private(set) var keptRowCount = 0
  /// When so many rows are laid out, those that are far away are forgotten.
  private var forgettingRowCount = TranscriptLayout.keptRowLimit

  init(wrap: TextWrap, languages: Languages = .none) {
    self.wrap = wrap
    self.languages = languages
  }

  var rowCount: Int { starts[starts.count - 1] }

  /// How many messages may still change. When it falls, one has come to its end.
  var liveCount: Int { live.count }

  /// Brings the lines up to date with the conversation, as far as they are laid out.
  mutating func update(
    _ conversation: Conversation, marks: Marks, manner: Manner, at now: Instant
  ) {
    self.now = now
    if self.manner != manner {
      self.manner = manner
      for index in entries.indices { entries[index].forget(columns: manner.columns) }
      keptRowCount = 0
      firstUncounted = 0
    }
    if shapeRevision != conversation.shapeRevision || self.marks != marks {
      arrange(conversation, marks, manner)
    }
    for index in live { layOut(index, of: conversation, manner) }
    live.removeAll { entries[$0].isFinal }
    count()
  }

  /// Lays out what a screen of so many rows shows, and a screen above and below it. Returns the row that
  /// is first in view.
  mutating func show(_ start: Start, visibleRows: Int, of conversation: Conversation) -> Int {
    guard let manner, !entries.isEmpty else { return 0 }
    let anchor = anchor(start, visibleRows: visibleRows, of: conversation, manner)
    while true {
      count()
      let last = max(0, rowCount - visibleRows)
      var top = last
      if let anchor {
        let row = min(anchor.row, max(0, entries[anchor.entry].rowCount - 1))
        top = min(max(0, starts[anchor.entry] + row + anchor.shift), last)
      }
      if !layOut(rows: (top - visibleRows)..<(top + 2 * visibleRows), of: conversation, manner) {
        forgetFarAway(from: top, visibleRows: visibleRows)
        return top
      }
    }
  }

  /// The lines of these rows, which `show` has shown; rows beyond the end are left out.
  func lines(_ rows: Range<Int>) -> [TextLine] {
    var lines: [TextLine] = []
    eachEntry(in: rows) { entry, rows, _ in lines += entry.lines(rows) }
    return lines
  }

  /// What stands in these rows, counted from the first of them.
  func landmarks(_ rows: Range<Int>) -> [LandmarkRow] {
    var landmarks: [LandmarkRow] = []
    eachEntry(in: rows) { entry, inside, start in
      for place in entry.landmarks where inside.contains(place.row) {
        landmarks.append(LandmarkRow(place.landmark, row: start + place.row - rows.lowerBound))
      }
    }
    return landmarks
  }

  /// The message that a row belongs to; nil while there is none.
  func message(at row: Int) -> MessageID? {
    entries.isEmpty ? nil : entries[entryIndex(of: row)].id
  }

  func eachEntry(
    in rows: Range<Int>, _ body: (TranscriptEntry, _ inside: Range<Int>, _ start: Int) -> Void
  ) {
    let rows = rows.clamped(to: 0..<rowCount)
    guard !rows.isEmpty else { return }
    var index = entryIndex(of: rows.lowerBound)
    while index < entries.count, starts[index] < rows.upperBound {
      let from = max(0, rows.lowerBound - starts[index])
      let to = min(entries[index].rowCount, rows.upperBound - starts[index])
      body(entries[index], from..<to, starts[index])
      index += 1
    }
  }

  // MARK: - What is on the page

  /// Lists the messages of the path, each reply before the earlier attempts at it. What stands as it stood
  /// keeps its lines; a path that only grows costs what has grown.
  private mutating func arrange(_ conversation: Conversation, _ marks: Marks, _ manner: Manner) {
    let isSamePage = self.marks == marks
    let same = isSamePage ? zip(path, conversation.path).prefix { $0 == $1 }.count : 0
    // The last one that stays may be the last of the page no longer, and others may have a sibling more.
    let known = isSamePage ? messageCount : 0
    let kept = min(max(0, same - 1), firstSibling(of: conversation.allMessages[known...]))
    messageCount = conversation.allMessages.count
    let keptEntries = kept == 0 ? 0 : entryCounts[kept - 1]
    var left: [MessageID: TranscriptEntry] = [:]
    for entry in entries[keptEntries...] { left[entry.id] = entry }
    shapeRevision = conversation.shapeRevision
    self.marks = marks
    path = conversation.path
    entries.removeSubrange(keptEntries...)
    entryCounts.removeSubrange(kept...)
    live.removeAll { $0 >= keptEntries }

    func add(_ id: MessageID, _ place: MessageLayout.Place) {
      if let entry = left[id], entry.place == place {
        entries.append(entry)
      } else {
        left[id].map { keptRowCount -= $0.keptRowCount }
        entries.append(TranscriptEntry(conversation[id], place, columns: manner.columns))
      }
      left[id] = nil
      let entry = entries[entries.count - 1]
      // One that was settled in this very pass is laid out once more.
      if entry.isLaidOut ? !entry.isFinal : !conversation[id].isSettled {
        live.append(entries.count - 1)
      }
    }
    for position in kept..<path.count {
      let message = conversation[path[position]]
      add(
        message.id,
        .init(
          sibling: conversation.sibling(message.id), isLast: position == path.count - 1,
          isFirstSent: position > 0 && position == marks.omittedMessageCount,
          isUnsaved: marks.unsaved.contains(message.id)))
      for reply in conversation.attempts(before: message) where !marks.racing.contains(reply) {
        add(reply, .init(isAside: true, isUnsaved: marks.unsaved.contains(reply)))
      }
      entryCounts.append(entries.count)
    }
    for entry in left.values { keptRowCount -= entry.keptRowCount }
    firstUncounted = min(firstUncounted, keptEntries)
  }

  /// The first place of the path in which one of these messages could stand as well.
  private func firstSibling(of messages: ArraySlice<Message>) -> Int {
    messages.reduce(path.count) { first, message in
      guard let parent = message.parent else { return 0 }
      return path.lastIndex(of: parent).map { min(first, $0 + 1) } ?? first
    }
  }

  private mutating func layOut(_ index: Int, of conversation: Conversation, _ manner: Manner) {
    let rowCount = entries[index].rowCount
    let message = conversation[entries[index].id]
    let context = MessageLayout.Context(
      wrap: wrap, languages: languages, manner: manner, place: entries[index].place,
      usage: conversation.usage(of: message.id), now: now)
    keptRowCount -= entries[index].keptRowCount
    entries[index].layOut(message, in: context)
    keptRowCount += entries[index].keptRowCount
    if entries[index].rowCount != rowCount { firstUncounted = min(firstUncounted, index) }
  }

  /// Lays out the entries that these rows touch; false if they all were.
  private mutating func layOut(
    rows: Range<Int>, of conversation: Conversation, _ manner: Manner
  ) -> Bool {
    let rows = rows.clamped(to: 0..<rowCount)
    guard !rows.isEmpty else { return false }
    var isChanged = false
    var index = entryIndex(of: rows.lowerBound)
    while index < entries.count, starts[index] < rows.upperBound {
      if !entries[index].isLaidOut {
        layOut(index, of: conversation, manner)
        isChanged = true
      }
      index += 1
    }
    return isChanged
  }

  /// Forgets the lines of messages that are far from the screen, once there are many.
  private mutating func forgetFarAway(from top: Int, visibleRows: Int) {
    guard keptRowCount > forgettingRowCount else { return }
    let near = (top - 4 * visibleRows)..<(top + 5 * visibleRows)
    for index in entries.indices where entries[index].isFinal {
      let rows = starts[index]..<(starts[index] + entries[index].rowCount)
      guard !rows.overlaps(near) else { continue }
      keptRowCount -= entries[index].keptRowCount
      entries[index].forgetLines()
    }
    forgettingRowCount = max(TranscriptLayout.keptRowLimit, 2 * keptRowCount)
  }

  /// Counts the rows behind what has changed anew.
  private mutating func count() {
    guard firstUncounted < entries.count || starts.count != entries.count + 1 else { return }
    let first = min(firstUncounted, starts.count - 1)
    starts.removeSubrange((first + 1)...)
    var row = starts[first]
    for entry in entries[first...] {
      row += entry.rowCount
      starts.append(row)
    }
    firstUncounted = entries.count
  }

  // MARK: - Places

  /// The entry that holds `row`.
  private func entryIndex(of row: Int) -> Int {
    min(max(0, starts.partitionIndex { $0 > row } - 1), max(0, entries.count - 1))
  }

  /// The place of a row that is laid out; nil while there are none. A row behind the last one is the place
  /// of what will come.
  func place(of row: Int) -> Place? {
    guard !entries.isEmpty else { return nil }
    let index = entryIndex(of: min(row, rowCount - 1))
    return entries[index].place(ofRow: row - starts[index])
  }

  /// The row of a place; nil if its message is no longer on the page.
  mutating func row(of place: Place, in conversation: Conversation) -> Int? {
    guard let manner, let index = entries.lastIndex(where: { $0.id == place.message }) else {
      return nil
    }
    if !entries[index].isLaidOut { layOut(index, of: conversation, manner) }
    count()
    return starts[index] + entries[index].row(of: place)
  }

  /// How far the page has been seen; nil while there is nothing.
  func reach(to row: Int) -> Reach? {
    guard !entries.isEmpty else { return nil }
    let index = min(entryIndex(of: row - 1), lastIndexOfPath)
    let rowCount = min(row - starts[index], entries[index].rowCount)
    return Reach(message: entries[index].id, rowCount: rowCount)
  }

  /// The row behind it; nil if its message is no longer on the page.
  func row(of reach: Reach) -> Int? {
    entries.lastIndex { $0.id == reach.message }.map { starts[$0] + reach.rowCount }
  }

  /// How many rows stand below. Earlier attempts at the last reply, which stand below it, are none of them.
  func rowCount(below reach: Reach) -> Int {
    guard let index = entries.lastIndex(where: { $0.id == reach.message }) else { return 0 }
    let end = index < lastIndexOfPath ? rowCount : starts[index] + entries[index].rowCount
    return max(0, end - starts[index] - reach.rowCount)
  }

  /// The entry of the last message of the path, or 0.
  private var lastIndexOfPath: Int { entryCounts.dropLast().last ?? 0 }

  private typealias Anchor = (entry: Int, row: Int, shift: Int)

  /// What stays where it is while the lines around it are counted; nil for the end.
  private mutating func anchor(
    _ start: Start, visibleRows: Int, of conversation: Conversation, _ manner: Manner
  ) -> Anchor? {
    func find(_ message: MessageID) -> Int? {
      let index = entries.lastIndex { $0.id == message }
      if let index, !entries[index].isLaidOut { layOut(index, of: conversation, manner) }
      return index
    }
    switch start {
    case .end:
      return nil
    case .row(let row):
      let index = entryIndex(of: row)
      return (index, row - starts[index], 0)
    case .place(let place, let shift):
      guard let index = find(place.message) else { return nil }
      return (index, entries[index].row(of: place), shift)
    case .message(let message):
      return find(message).map { ($0, 0, 0) }
    case .fold(let fold, let row):
      guard let index = find(fold.message) else { return nil }
      let place = entries[index].landmarks.first { $0.landmark == .fold(fold) }
      return (index, place?.row ?? 0, -row)
    case .hit(let hit):
      guard let index = find(hit.message) else { return nil }
      // With some of what stands above it, and not where the eye has to look for it.
      let place = entries[index].place(of: hit, in: conversation[hit.message], manner.columns)
      return (index, place.row, -(visibleRows / 3))
    }
  }
}

// What is in view of the transcript: its end, or what somebody reads, or the place somebody went to.
//
// While somebody reads further up, what is in view stays as it is, cell for cell, until a key, a size or an end
// changes it: what arrives at the end may turn a paragraph into a heading, and widen a table. And it stays by
// its place in the text, not by its row: what stands above may become longer or shorter.

import Chat
import Terminal

struct ScreenPage {
  /// What `App` has to be told, and the lines of the rows.
  typealias Shown = (layout: ScreenView.Layout, lines: [TextLine])

  /// What is in view while somebody reads further up.
  private struct Held {
    /// All that changes the page, deltas aside.
    struct Reason: Hashable {
      var manner: TranscriptLayout.Manner
      var marks: TranscriptLayout.Marks
      var shapeRevision: Int
      var liveCount: Int
      var visibleRows: Int
      /// The hit of a search that is in view.
      var hit: SearchHit?
      /// Whether the blocks of code in view are to be known.
      var isCopying: Bool
    }

    let reason: Reason
    let top: Int
    let place: TranscriptLayout.Place
    let lines: [TextLine]
    let landmarks: [LandmarkRow]
    let reading: MessageID?
    /// Up to which row the transcript has been seen.
    let seenRows: Int
  }

  /// How far the transcript was seen, in the lines of this manner.
  private struct Seen {
    let reach: TranscriptLayout.Reach
    let isAll: Bool
    let manner: TranscriptLayout.Manner
    let shapeRevision: Int
    let liveCount: Int
  }

  private var transcript: TranscriptLayout
  private var seen: Seen?
  private var held: Held?
  /// What was held when the search began that is open now.
  private var heldBeforeSearch: Held?

  init(_ transcript: TranscriptLayout) {
    self.transcript = transcript
  }

  /// Brings the page up to date, and shows of it what is in view.
  mutating func show(
    _ app: App, manner: TranscriptLayout.Manner, marks: TranscriptLayout.Marks, visibleRows: Int,
    at now: Instant
  ) -> Shown {
    let conversation = app.store.conversation
    let manner = mannerHeld(app, manner)
    let isOther = seen.map { $0.manner != manner } ?? false
    // In another manner there are other rows, and what was seen is known by its place.
    let seenPlace = isOther ? seenRow(conversation).flatMap(transcript.place(of:)) : nil
    transcript.update(conversation, marks: marks, manner: manner, at: now)
    if isOther {
      let row = seenPlace.flatMap { transcript.row(of: $0, in: conversation) }
      noteSeen(row ?? transcript.rowCount, manner, conversation)
    }
    let shown = show(
      app,
      Held.Reason(
        manner: manner, marks: marks, shapeRevision: conversation.shapeRevision,
        liveCount: transcript.liveCount, visibleRows: visibleRows, hit: app.search?.hit,
        isCopying: app.copying != nil))
    if app.search == nil { heldBeforeSearch = held }
    return shown
  }

  private mutating func show(_ app: App, _ reason: Held.Reason) -> Shown {
    let start: TranscriptLayout.Start
    switch app.viewport.mode {
    case .hold(let top):
      if let held, held.top == top, held.reason == reason { return shown(held) }
      // What somebody scrolled by is counted from what was in view, wherever that stands now.
      start = held.map { .place($0.place, shift: top - $0.top) } ?? .row(top)
    case .follow: start = .end
    case .seek(.message(let message)): start = .message(message)
    case .seek(.hit(let hit)): start = .hit(hit)
    case .seek(.fold(let fold, let row)): start = .fold(fold, row: row)
    case .seek(.beforeSearch): start = heldBeforeSearch.map { .place($0.place, shift: 0) } ?? .end
    }
    let visible = reason.visibleRows
    let conversation = app.store.conversation
    let top = transcript.show(start, visibleRows: visible, of: conversation)
    let rows = top..<(top + visible)
    let content = transcript.rowCount
    let seenRow = max(seenRow(conversation) ?? content, min(top + visible, content))
    noteSeen(seenRow, reason.manner, conversation)
    let isHeld: Bool
    switch app.viewport.mode {
    case .follow: isHeld = false
    case .hold: isHeld = content > visible
    case .seek(.hit): isHeld = content > visible
    case .seek(.message), .seek(.fold), .seek(.beforeSearch): isHeld = top < content - visible
    }
    // A hit is looked for in all of its message, which a delta may not cost.
    let lines = lines(rows, reason, isHitShown: isHeld || content <= visible, of: conversation)
    let landmarks = transcript.landmarks(rows, withCode: reason.isCopying ? conversation : nil)
    guard isHeld, let place = transcript.place(of: top) else {
      held = nil
      let layout = ScreenView.Layout(
        transcript: Viewport.Rows(content: content, visible: visible, top: top),
        reading: transcript.message(at: top), landmarks: landmarks)
      return (layout, lines)
    }
    let held = Held(
      reason: reason, top: top, place: place, lines: lines, landmarks: landmarks,
      reading: transcript.message(at: top),
      seenRows: content - (seen.map { transcript.rowCount(below: $0.reach) } ?? 0))
    self.held = held
    return shown(held)
  }

  /// The lines in view, with the hits of a search in their own faces. `isHitShown` says that the present
  /// one is told apart.
  private func lines(
    _ rows: Range<Int>, _ reason: Held.Reason, isHitShown: Bool, of conversation: Conversation
  ) -> [TextLine] {
    guard let hit = reason.hit, let words = SearchWords(hit.words) else {
      return transcript.lines(rows)
    }
    return transcript.lines(
      rows, showing: words, isHitShown ? hit : nil, of: conversation,
      columns: reason.manner.columns,
      hits: reason.manner.theme.style(for: .match),
      present: reason.manner.theme.style(for: .selection))
  }

  /// The manner, but what has become known of prices changes nothing that is held in view.
  private func mannerHeld(
    _ app: App, _ manner: TranscriptLayout.Manner
  ) -> TranscriptLayout.Manner {
    guard let held, app.viewport.mode == .hold(top: held.top),
      held.reason.manner.showsDetails == manner.showsDetails
    else { return manner }
    var manner = manner
    manner.prices = held.reason.manner.prices
    return manner
  }

  // MARK: - What was seen

  private mutating func noteSeen(
    _ row: Int, _ manner: TranscriptLayout.Manner, _ conversation: Conversation
  ) {
    seen = transcript.reach(to: row).map {
      Seen(
        reach: $0, isAll: transcript.rowCount(below: $0) == 0, manner: manner,
        shapeRevision: conversation.shapeRevision, liveCount: transcript.liveCount)
    }
  }

  /// Whether nothing has come below what was seen.
  private func hasSeenAll(_ conversation: Conversation) -> Bool {
    guard let seen else { return true }
    // Where nothing is live, nothing comes; there are only other guesses of what is far away.
    if seen.isAll, seen.liveCount == 0, seen.shapeRevision == conversation.shapeRevision {
      return true
    }
    return transcript.rowCount(below: seen.reach) == 0
  }

  /// The row behind those that have been seen; nil where that is the end.
  private func seenRow(_ conversation: Conversation) -> Int? {
    hasSeenAll(conversation) ? nil : seen.flatMap { transcript.row(of: $0.reach) }
  }

  private func shown(_ held: Held) -> Shown {
    let rows = Viewport.Rows(
      content: transcript.rowCount, visible: held.reason.visibleRows, top: held.top,
      seen: held.seenRows)
    return (
      ScreenView.Layout(transcript: rows, reading: held.reading, landmarks: held.landmarks),
      held.lines
    )
  }
}

// The replies of a race side by side: the prompt above, and below it for each model its name and what it is
// doing, the end of its reply, and what that took so far.
//
// Heads and figures stand in fixed rows, and each reply between them: whatever one of them does moves no other.

import Chat
import Highlighting
import Terminal

/// The lines of a race's lanes. Keeps what was laid out, so that a delta costs the tail of one reply.
struct RaceView {
  /// One message, as far as it is laid out.
  private struct Laid {
    /// All but the message itself that the lines depend on.
    struct Reason: Hashable {
      var message: MessageID
      var manner: TranscriptLayout.Manner
      var place: MessageLayout.Place
    }

    private var reason: Reason?
    private var layout = MessageLayout()

    mutating func update(
      _ message: Message, _ manner: TranscriptLayout.Manner, _ place: MessageLayout.Place,
      _ context: (wrap: TextWrap, languages: Languages, now: Instant)
    ) {
      let reason = Reason(message: message.id, manner: manner, place: place)
      if self.reason != reason {
        self.reason = reason
        layout = MessageLayout()
      } else if layout.isFinal {
        return
      }
      layout.update(
        message,
        in: MessageLayout.Context(
          wrap: context.wrap, languages: context.languages, manner: manner, place: place,
          now: context.now))
    }

    /// The lines without the empty one that ends each message.
    func lines(_ rows: Range<Int>) -> [TextLine] { layout.lines(rows) }
    var lineCount: Int { max(0, layout.lineCount - 1) }
    /// How many lines say who speaks.
    var headCount: Int { layout.rows(of: .head)?.count ?? 0 }
  }

  /// What is to be drawn, from the top: the prompt, and below it the lanes.
  struct Drawn {
    var prompt: [TextLine]
    var lanes: [[TextLine]]
    /// What is in view of the lane that is shown.
    var shown: Viewport.Rows
  }

  private let wrap: TextWrap
  private let languages: Languages
  private var prompt = Laid()
  private var lanes: [Laid] = []

  init(wrap: TextWrap, languages: Languages) {
    self.wrap = wrap
    self.languages = languages
  }

  /// Lays out what has come. Where no race is open there is nothing to be drawn.
  ///
  /// - Parameters:
  ///   - columns: of one lane.
  ///   - rows: of all of it; no fewer than `RaceForm.leastRows`.
  mutating func draw(
    _ app: App, _ manner: TranscriptLayout.Manner, columns: Int, rows: Int, at now: Instant
  ) -> Drawn? {
    let store = app.store
    guard let race = store.race else { return nil }
    let context = (wrap: wrap, languages: languages, now: now)
    func place(_ message: MessageID) -> MessageLayout.Place {
      MessageLayout.Place(isUnsaved: store.unsaved.contains(message))
    }
    prompt.update(store.conversation[race.prompt], manner, place(race.prompt), context)
    let promptLines = promptLines(atMost: rows / 4, manner)
    let bodyRows = rows - promptLines.count - 2
    var laneManner = manner
    laneManner.columns = columns
    // What it took stands below each lane in any case.
    laneManner.showsDetails = false
    laneManner.prices = [:]
    lanes.removeSubrange(min(lanes.count, store.lanes.count)...)
    while lanes.count < store.lanes.count { lanes.append(Laid()) }
    var drawn = Drawn(
      prompt: promptLines, lanes: [],
      shown: Viewport.Rows(content: 0, visible: bodyRows, top: 0))
    for (index, lane) in store.lanes.enumerated() {
      var body: [TextLine] = []
      if let message = lane.message {
        lanes[index].update(
          store.conversation[message], laneManner, place(message), context)
        let head = lanes[index].headCount
        let content = max(0, lanes[index].lineCount - head)
        let viewport = app.laneViewports[message] ?? Viewport()
        let last = max(0, content - bodyRows)
        let top = viewport.mode == .follow ? last : min(viewport.heldRow, last)
        body = lanes[index].lines((head + top)..<(head + min(content, top + bodyRows)))
        if index == store.shownLane {
          drawn.shown = Viewport.Rows(content: content, visible: bodyRows, top: top)
        }
      }
      let empty = [TextLine](repeating: .empty, count: bodyRows - body.count)
      drawn.lanes.append(
        [head(app, index, columns: columns, manner.theme, at: now)] + body + empty
          + [figures(app, lane, columns: columns, manner.theme, at: now)])
    }
    return drawn
  }

  /// The prompt, or as much of its beginning as there is room for, and an empty row.
  private func promptLines(
    atMost rows: Int, _ manner: TranscriptLayout.Manner
  ) -> [TextLine] {
    let room = max(1, rows - 1)
    if prompt.lineCount <= room { return prompt.lines(0..<prompt.lineCount) + [.empty] }
    // Who speaks is known; what was said is not.
    let first = room > 1 ? 0 : prompt.headCount
    let lines = prompt.lines(first..<(first + max(1, room - 1)))
    let cut = TextLine([TextRun("…", manner.theme.style(for: .muted))])
    return lines + (room > 1 ? [cut] : []) + [.empty]
  }

  /// `[1 gpt-5] ● streaming`; brackets stand around the lane in view.
  private func head(
    _ app: App, _ index: Int, columns: Int, _ theme: Theme, at now: Instant
  ) -> TextLine {
    let state = LaneState(app.store.lanes[index], of: app.store, at: now)
    let words = " \(state.sign) \(state.words)"
    let room = columns - wrap.cells.width(of: words)
    let label = RaceView.label(app, index, columns: max(12, room), wrap.cells)
    let isShown = index == app.store.shownLane
    let rest = max(0, columns - wrap.cells.width(of: label))
    return TextLine([
      TextRun(label, theme.style(for: isShown ? .strong : .replyMarker)),
      TextRun(
        wrap.cells.cut(words, to: rest), theme.style(for: state.hasFailed ? .error : .muted)),
    ])
  }

  private func figures(
    _ app: App, _ lane: Lane, columns: Int, _ theme: Theme, at now: Instant
  ) -> TextLine {
    let words = LaneFigures(lane, of: app.store, prices: app.prices, at: now)
      .words(columns: columns, wrap.cells)
    return TextLine([TextRun(words, theme.style(for: .details))])
  }

  // MARK: - Tabs

  /// `[1 gpt-5 ●]  2 claude-… ✓   first token 0.6 s · 48 tokens/s`: all lanes in one row, with as much of their
  /// names as there is room for, and the figures of the one in view.
  static func tabs(
    _ app: App, columns: Int, _ cells: TextCells, _ theme: Theme, at now: Instant
  ) -> TextLine {
    let store = app.store
    let states = store.lanes.map { LaneState($0, of: store, at: now) }
    // Names of one length at the most, as long as all fit.
    func labels(_ longest: Int, hasSigns: Bool = true) -> [String] {
      states.indices.map { index in
        label(app, index, columns: longest, cells, sign: hasSigns ? states[index].sign : "")
      }
    }
    func width(_ labels: [String]) -> Int { labels.reduce(0) { $0 + cells.width(of: $1) } }
    var longest = 4
    var tooLong = columns + 1
    while tooLong - longest > 1 {
      let middle = (longest + tooLong) / 2
      if width(labels(middle)) <= columns { longest = middle } else { tooLong = middle }
    }
    var shown = labels(longest)
    if width(shown) > columns { shown = labels(0, hasSigns: false) }
    var line = TextLine()
    for (index, label) in shown.enumerated() {
      let isShown = index == store.shownLane
      line.append(label, style: theme.style(for: isShown ? .strong : .replyMarker))
    }
    let lane = store.lanes[store.shownLane]
    let room = columns - width(shown) - 2
    let figures = LaneFigures(lane, of: store, prices: app.prices, at: now)
      .words(columns: room, cells)
    if !figures.isEmpty {
      let blanks = room - cells.width(of: figures) + 2
      line.append(String(repeating: " ", count: blanks), style: theme.style(for: .text))
      line.append(figures, style: theme.style(for: .details))
    }
    return line
  }

  /// The number and the name of a lane, in brackets if it is in view and in blanks if not, so that turning
  /// moves nothing. The name is cut.
  private static func label(
    _ app: App, _ index: Int, columns: Int, _ cells: TextCells, sign: String = ""
  ) -> String {
    let number = "\(index + 1)"
    let sign = sign.isEmpty ? "" : " \(sign)"
    let room = columns - 2 - number.count - cells.width(of: sign) - 1
    let models = app.store.race?.models ?? []
    let name = models.indices.contains(index) ? models.shortName(of: models[index]) : ""
    let cut = room > 1 ? " " + cells.cut(name, to: room) : ""
    let isShown = index == app.store.shownLane
    return (isShown ? "[" : " ") + number + cut + sign + (isShown ? "]" : " ")
  }
}

// The whole screen from the state of the program: transcript, a line that parts it from the composer,
// the composer, the status line. What does not fit goes in this order: the parting line, the status
// line, the composer's second row and more.

public import Chat
public import Highlighting
public import Terminal

/// Draws the app. Holds what was laid out before, so that a frame costs what has changed.
public struct ScreenView {
  /// Running text is not wider than this: longer lines tire the eye.
  static let widestText = 100

  /// Which rows were drawn of what can be scrolled.
  public struct Layout: Hashable, Sendable {
    public var transcript: Viewport.Rows
    /// Of what lies over the transcript; nil when nothing does.
    public var overlay: Viewport.Rows?
    /// The row of the screen with the first row of a list that one chooses from; nil where there is none.
    public var listRow: Int?
    /// The message that the first visible row belongs to; nil where the page is empty.
    public var reading: MessageID?
    /// What stands in the visible rows of the transcript, with rows counted from the first of them.
    public var landmarks: [LandmarkRow]
    /// Of the lane in view, where the replies of a race stand side by side.
    public var lane: Viewport.Rows?
    /// The row of the screen with the first row of the transcript.
    public var pageRow: Int

    public init(
      transcript: Viewport.Rows, overlay: Viewport.Rows? = nil, reading: MessageID? = nil,
      landmarks: [LandmarkRow] = [], listRow: Int? = nil, lane: Viewport.Rows? = nil,
      pageRow: Int = 0
    ) {
      self.transcript = transcript
      self.overlay = overlay
      self.reading = reading
      self.landmarks = landmarks
      self.listRow = listRow
      self.lane = lane
      self.pageRow = pageRow
    }
  }

  /// A frame, and what `App` has to be told of it.
  public struct Drawn {
    public var frame: Frame
    public var layout: Layout
  }

  let cells: TextCells
  let wrap: TextWrap
  private var page: ScreenPage
  /// What themes are looked at by while the transcript is empty.
  private var specimen: TranscriptLayout
  private var draft: ComposerView
  /// The replies of a race, side by side.
  var race: RaceView
  var totals = UsageTotals()

  /// - Parameters:
  ///   - widths: the widths by which the terminal's library moves the cursor.
  ///   - languages: those that code is coloured in.
  public init(widths: WidthTable, languages: Languages = .none) {
    cells = TextCells(widths: widths)
    wrap = TextWrap(cells)
    page = ScreenPage(TranscriptLayout(wrap: wrap, languages: languages))
    specimen = TranscriptLayout(wrap: wrap, languages: languages)
    draft = ComposerView(cells)
    race = RaceView(wrap: wrap, languages: languages)
  }

  /// Draws the app as it is `now` onto a screen of this size.
  public mutating func draw(_ app: App, theme: Theme, size: Size, at now: Instant) -> Drawn {
    var frame = Frame(size: size, style: theme.style(for: .text))
    let rooms = ScreenRooms(size: size)
    draft.update(app.composer, columns: rooms.draftColumns, rows: size.rows)
    totals.update(app)
    let draftRows = rooms.draftRows(wanted: draft.rowCount)
    let contentRows = app.isBare ? size.rows : rooms.transcriptRows(draftRows: draftRows)
    let question = confirmationView(app, rooms, theme: theme)
    let overlayRows = rooms.overlayRows(
      app.overlay, lineCount: question?.lines.count ?? 0, of: contentRows)
    // A transcript that is covered as a whole keeps its rows for when it is seen again.
    let isCovered = app.overlay != nil && overlayRows == contentRows
    let waiting = WaitingView(
      app, rows: contentRows, columns: rooms.textColumns, cells, theme: theme)
    let visibleRows = isCovered ? contentRows : contentRows - overlayRows - waiting.lines.count

    let manner = TranscriptLayout.Manner(
      columns: app.isBare
        ? max(1, size.columns) : min(ScreenView.widestText, rooms.textColumns), theme: theme,
      retryKey: app.keys.name(of: .retry), attemptsKey: app.keys.name(of: .attempts),
      thoughtsKey: app.keys.name(of: .thoughts), folds: app.folds, showsDetails: app.showsDetails,
      prices: app.showsDetails ? app.prices : [:], isBare: app.isBare)
    let marks = TranscriptLayout.Marks(
      conversation: app.store.id, omittedMessageCount: app.store.omittedMessageCount,
      unsaved: app.store.unsaved,
      racing: app.store.race == nil ? [] : Set(app.store.lanes.compactMap(\.message)))
    let form = RaceForm(app, columns: rooms.textColumns, rows: visibleRows)
    let tabRows = form == .tabs ? 1 : 0
    let shown = page.show(
      app, manner: manner, marks: marks, visibleRows: visibleRows - tabRows, at: now)
    var layout = shown.layout
    layout.pageRow = tabRows
    if app.isBare {
      let screen = Region(rows: 0..<size.rows, column: 0, limit: size.columns)
      put(shown.lines, in: screen, of: &frame)
      return Drawn(frame: frame, layout: layout)
    }
    var cursor: Position?
    let content = Region(
      rows: tabRows..<visibleRows, column: rooms.margin, limit: rooms.textColumns)
    if isCovered {
      // Nothing of it is seen.
    } else if layout.transcript.content == 0, case .themes = app.overlay {
      drawSpecimen(manner, in: content, of: &frame)
    } else if layout.transcript.content == 0 {
      drawWelcome(app, theme: theme, in: content, of: &frame)
    } else if case .columns(let width) = form {
      (layout.lane, layout.reading, layout.landmarks) = (
        drawRace(app, manner, columns: width, in: content, of: &frame, at: now), app.shownRacer, []
      )
    } else {
      if form == .tabs { drawRaceTabs(app, theme: theme, rooms: rooms, of: &frame, at: now) }
      put(shown.lines, in: content, of: &frame)
      if let copying = app.copying {
        drawHints(copying.signs(layout), manner, in: content, of: &frame)
      }
    }
    if let overlay = app.overlay {
      var region = content
      region.rows = (contentRows - overlayRows)..<contentRows
      let drawn = drawOverlay(
        overlay, app, theme: theme, rooms: rooms, in: region, of: &frame, at: now)
      (layout.overlay, layout.listRow, cursor) = (drawn.shown, drawn.listRow, drawn.cursor)
    }

    put(
      waiting.lines,
      in: Region(
        rows: visibleRows..<contentRows, column: rooms.margin, limit: rooms.textColumns),
      of: &frame)
    let noticeRows = drawNotice(app, theme: theme, rooms: rooms, row: contentRows, of: &frame)
    if let completing = app.shownCompletion {
      layout.listRow = drawCompletion(
        completing, theme: theme, rooms: rooms, above: contentRows - noticeRows, of: contentRows,
        in: &frame)
    }
    if let search = app.search {
      cursor = drawSearch(search, theme: theme, rooms: rooms, row: contentRows, of: &frame)
    }
    drawDraft(app, theme: theme, rooms: rooms, rows: draftRows, of: &frame)
    frame.cursor = cursor ?? frame.cursor
    if rooms.hasStatus {
      let line = StatusLine(
        app, rows: layout.overlay ?? layout.lane ?? layout.transcript, totals: totals, now: now
      )
      .line(columns: size.columns, cells: cells, theme: theme)
      frame.put(line, row: size.rows - 1, column: 0)
    }
    return Drawn(frame: frame, layout: layout)
  }

  /// What a viewport shows of a page that is laid out as a whole.
  func rows(_ viewport: Viewport, content: Int, visible: Int) -> Viewport.Rows {
    let last = max(0, content - visible)
    switch viewport.mode {
    case .follow, .seek: return Viewport.Rows(content: content, visible: visible, top: last)
    case .hold:
      return Viewport.Rows(content: content, visible: visible, top: min(viewport.heldRow, last))
    }
  }

  // MARK: - The parts

  func put(_ lines: some Sequence<TextLine>, in region: Region, of frame: inout Frame) {
    for (line, row) in zip(lines, region.rows) where !line.runs.isEmpty {
      frame.put(cells.cells(line), row: row, column: region.column, limit: region.limit)
    }
  }

  /// Paints whole rows in the background of a style.
  func fill(_ rows: Range<Int>, with style: Style, of frame: inout Frame) {
    var backdrop = style
    backdrop.attributes.formIntersection(.reverse)
    for row in rows { frame.fill(row: row, columns: 0..<frame.size.columns, style: backdrop) }
  }

  private mutating func drawSpecimen(
    _ manner: TranscriptLayout.Manner, in region: Region, of frame: inout Frame
  ) {
    let marks = TranscriptLayout.Marks(conversation: ConversationID(0))
    var manner = manner
    manner.folds = Folds()
    manner.folds.toggleThoughts()
    specimen.update(
      ThemeSpecimen.conversation, marks: marks, manner: manner, at: Instant(uptimeNanoseconds: 0))
    _ = specimen.show(.row(0), visibleRows: region.rows.count, of: ThemeSpecimen.conversation)
    put(specimen.lines(0..<region.rows.count), in: region, of: &frame)
  }

  private func drawWelcome(_ app: App, theme: Theme, in region: Region, of frame: inout Frame) {
    var runs = [TextRun("Patter\n\n", theme.style(for: .heading))]
    let words: String
    switch app.answering {
    case .looking: words = "Looking for a model. You can write already."
    case .ready:
      let place = app.placeOfRoute.map { " (\($0))" } ?? ""
      words = app.welcome ?? "\(app.routeName) answers\(place)."
    case .missing(let reason): words = app.notice == nil ? reason : "No model answers yet."
    }
    runs.append(TextRun(words + "\n", theme.style(for: .text)))
    let hints = [(Action.send, "sends"), (.cancel, "stops the reply"), (.help, "shows all keys")]
      .compactMap { action, words in app.keys.name(of: action).map { "\($0) \(words)" } }
    runs.append(TextRun(hints.joined(separator: ", ") + ".", theme.style(for: .muted)))
    let columns = min(ScreenView.widestText, region.limit)
    let lines = wrap.lines(runs, columns: columns)
    put(Array(lines.suffix(region.rows.count)), in: region, of: &frame)
  }

  /// A notice stands on the rule above the draft, or instead of the transcript's last row where there is
  /// no rule; without one the rule is a rule.
  ///
  /// Returns how many rows of the transcript it covers.
  private func drawNotice(
    _ app: App, theme: Theme, rooms: ScreenRooms, row: Int, of frame: inout Frame
  ) -> Int {
    if let notice = app.notice {
      let face: Face = notice.kind == .error ? .error : .notice
      let lines = wrap.lines(
        [TextRun(notice.text, theme.style(for: face))], columns: rooms.textColumns)
      let last = (rooms.hasRule ? row : row - 1) - (app.search == nil ? 0 : 1)
      for (offset, line) in lines.reversed().enumerated() {
        let row = last - offset
        frame.fill(row: row, columns: 0..<rooms.size.columns, style: theme.style(for: .text))
        frame.put(cells.cells(line), row: row, column: rooms.margin, limit: rooms.textColumns)
      }
      return max(0, row - 1 - (last - lines.count))
    }
    if rooms.hasRule {
      let rule = Cell(base: 0x2500, style: theme.style(for: .rule))
      frame.put(
        [Cell](repeating: rule, count: rooms.textColumns), row: row, column: rooms.margin)
      guard let sentence = app.composerNote else { return 0 }
      let words = cells.cells(" \(sentence) ", style: theme.style(for: .mark))
      frame.put(words, row: row, column: rooms.margin + 2, limit: max(0, rooms.textColumns - 2))
    }
    return 0
  }

  /// What is looked for and what was found, in the row of the rule, or instead of the transcript's last
  /// row where there is none. Returns where the cursor stands.
  private func drawSearch(
    _ search: Search, theme: Theme, rooms: ScreenRooms, row: Int, of frame: inout Frame
  ) -> Position? {
    let row = rooms.hasRule ? row : row - 1
    guard row >= 0 else { return nil }
    let view = SearchView(search, columns: rooms.textColumns, cells, theme: theme)
    frame.fill(row: row, columns: 0..<frame.size.columns, style: theme.style(for: .text))
    frame.put(view.cells, row: row, column: rooms.margin, limit: rooms.textColumns)
    return Position(row: row, column: rooms.margin + view.cursorColumn)
  }

  /// The keys of what can be copied, at the right edge of the text.
  private func drawHints(
    _ signs: [(row: Int, key: Character)], _ manner: TranscriptLayout.Manner, in region: Region,
    of frame: inout Frame
  ) {
    let style = manner.theme.style(for: .key)
    let rows = Dictionary(grouping: signs) { $0.row }
    for (row, signs) in rows where region.rows.contains(region.rows.lowerBound + row) {
      let hint = cells.cells(signs.map { "[\($0.key)]" }.joined(), style: style)
      let column = region.column + max(0, min(manner.columns, region.limit) - hint.count)
      frame.put(hint, row: region.rows.lowerBound + row, column: column)
    }
  }

  private func drawDraft(
    _ app: App, theme: Theme, rooms: ScreenRooms, rows: Int, of frame: inout Frame
  ) {
    guard rows > 0 else { return }
    let first = rooms.size.rows - (rooms.hasStatus ? 1 : 0) - rows
    fill(first..<(first + rows), with: theme.style(for: .composer), of: &frame)
    // The rows in view end with the cursor's row or later, and begin as far up as that allows.
    let top = max(0, draft.cursor.row - rows + 1)
    // No sign stands in front of what runs from right to left: terminals would reorder both.
    let start = app.composer.elements.prefix(rooms.draftColumns).text
    if rooms.hasDraftMarker, top == 0, TextDirection(of: start) != .rightToLeft {
      let style = theme.style(for: .promptMarker)
      frame.put(
        cells.cells(ScreenRooms.draftMarker, style: style), row: first, column: rooms.margin)
    }
    if app.composer.isEmpty {
      let words = app.heldPrompt == nil ? "Ask something" : "Your prompt goes out in a moment"
      let style = theme.style(for: .composerPlaceholder)
      frame.put(
        cells.cells(words, style: style), row: first, column: rooms.draftColumn,
        limit: rooms.draftColumns)
    }
    let style = theme.style(for: .composer)
    for row in top..<min(draft.rowCount, top + rows) {
      frame.put(
        draft.row(
          row, of: app.composer, style: style, foldStyle: theme.style(for: .composerFold),
          selectionStyle: theme.style(for: .selection)),
        row: first + row - top,
        column: rooms.draftColumn, limit: rooms.draftColumns)
    }
    frame.cursor = Position(
      row: first + draft.cursor.row - top, column: rooms.draftColumn + draft.cursor.column)
  }
}

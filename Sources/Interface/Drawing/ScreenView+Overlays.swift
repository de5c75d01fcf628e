// What lies over the transcript: pages, lists, a question, and the rows over a slash command.

import Chat
import Terminal

extension ScreenView {
  /// What was drawn of an overlay: which rows of it are in view, in which row of the screen its list begins,
  /// and where the cursor stands if somebody writes in it.
  typealias DrawnOverlay = (shown: Viewport.Rows, listRow: Int?, cursor: Position?)

  func drawOverlay(
    _ overlay: App.Overlay, _ app: App, theme: Theme, rooms: ScreenRooms, in region: Region,
    of frame: inout Frame, at now: Instant
  ) -> DrawnOverlay {
    fill(region.rows, with: theme.style(for: .overlay), of: &frame)
    switch overlay {
    case .help(let viewport):
      let lines = HelpView.lines(app, columns: region.limit, wrap: wrap, theme: theme)
      return (draw(lines, viewport, in: region, of: &frame), nil, nil)
    case .trace(let viewport):
      let lines = TraceView.lines(app, columns: region.limit, wrap: wrap, theme: theme)
      return (draw(lines, viewport, in: region, of: &frame), nil, nil)
    case .usage(let viewport):
      let lines = UsageView.lines(app, totals, columns: region.limit, wrap: wrap, theme: theme)
      return (draw(lines, viewport, in: region, of: &frame), nil, nil)
    case .models(let models):
      return draw(models.picker, app.words(for: models), theme: theme, in: region, of: &frame)
    case .themes(let themes):
      let region = drawBorder(above: region, theme: theme, of: &frame)
      return draw(themes.picker, app.words(for: themes), theme: theme, in: region, of: &frame)
    case .choices(let choices):
      let region = drawBorder(above: region, theme: theme, of: &frame)
      return draw(choices.picker, app.words(for: choices), theme: theme, in: region, of: &frame)
    case .recall(let recall):
      let region = drawBorder(above: region, theme: theme, of: &frame)
      return draw(recall.picker, app.words(for: recall), theme: theme, in: region, of: &frame)
    case .waiting(let waiting):
      let region = drawBorder(above: region, theme: theme, of: &frame)
      return draw(waiting.picker, app.words(for: waiting), theme: theme, in: region, of: &frame)
    case .prompts(let prompts):
      let region = drawBorder(above: region, theme: theme, of: &frame)
      return draw(prompts.picker, app.words(for: prompts), theme: theme, in: region, of: &frame)
    case .tree(let tree):
      return draw(tree.picker, app.words(for: tree), theme: theme, in: region, of: &frame)
    case .conversations(let conversations):
      let region = drawBorder(above: region, theme: theme, of: &frame)
      let words = app.words(for: conversations)
      return draw(conversations.picker, words, theme: theme, in: region, of: &frame)
    case .ownTexts(let texts):
      let region = drawBorder(above: region, theme: theme, of: &frame)
      return draw(texts.picker, app.words(for: texts), theme: theme, in: region, of: &frame)
    case .setup(let setup):
      return draw(setup, app, theme: theme, in: region, of: &frame, at: now)
    case .confirm:
      let lines = confirmationView(app, rooms, theme: theme)?.lines ?? []
      var region = region
      if region.rows.count > lines.count {
        region = drawBorder(above: region, theme: theme, of: &frame)
      }
      // The answers stand at the end.
      put(lines.suffix(region.rows.count), in: region, of: &frame)
      return (Viewport.Rows(content: lines.count, visible: lines.count, top: 0), nil, nil)
    }
  }

  /// Themes whose overlays have no background of their own need a line between them and the transcript.
  /// Returns what is left of the region.
  private func drawBorder(
    above region: Region, theme: Theme, of frame: inout Frame
  ) -> Region {
    var region = region
    guard region.rows.lowerBound > 0, let row = region.rows.popFirst() else { return region }
    let border = Cell(base: 0x2500, style: theme.style(for: .overlayBorder))
    frame.put([Cell](repeating: border, count: region.limit), row: row, column: region.column)
    return region
  }

  func draw(
    _ picker: Picker, _ words: PickerView.Words, theme: Theme, in region: Region,
    of frame: inout Frame
  ) -> DrawnOverlay {
    let view = PickerView(
      picker, words, rows: region.rows.count, columns: region.limit, wrap: wrap, theme: theme)
    put(view.lines, in: region, of: &frame)
    guard let row = region.rows.first else { return (view.shown, nil, nil) }
    let cursor = Position(row: row, column: region.column + view.cursorColumn)
    return (view.shown, row + 1, cursor)
  }

  func draw(
    _ lines: [TextLine], _ viewport: Viewport, in region: Region, of frame: inout Frame
  ) -> Viewport.Rows {
    let shown = rows(viewport, content: lines.count, visible: region.rows.count)
    put(Array(lines[shown.top...]), in: region, of: &frame)
    return shown
  }

  /// What a slash command may become, over the last rows of the transcript.
  ///
  /// Returns in which row of the screen they begin; nil where there is no room for any.
  func drawCompletion(
    _ completing: Completing, theme: Theme, rooms: ScreenRooms, above end: Int,
    of contentRows: Int, in frame: inout Frame
  ) -> Int? {
    let room = min(max(0, end), Completing.rowCount(of: contentRows))
    let view = CompletionView(
      completing, rows: room, columns: rooms.textColumns, wrap: wrap, theme: theme)
    let rows = (end - view.lines.count)..<end
    guard !view.lines.isEmpty else { return nil }
    fill(rows, with: theme.style(for: .overlay), of: &frame)
    put(
      view.lines, in: Region(rows: rows, column: rooms.margin, limit: rooms.textColumns), of: &frame
    )
    return view.window.isEmpty ? nil : rows.lowerBound
  }

  /// The question that is open; nil while there is none.
  func confirmationView(
    _ app: App, _ rooms: ScreenRooms, theme: Theme
  ) -> ConfirmationView? {
    guard case .confirm(let confirmation) = app.overlay else { return nil }
    return ConfirmationView(
      confirmation, app.keys, columns: rooms.textColumns, wrap: wrap, theme: theme)
  }
}

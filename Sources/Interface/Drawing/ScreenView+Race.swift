// The replies of a race on the screen, side by side or as a row of names above the page.

import Chat
import Terminal

extension ScreenView {
  /// Draws the lanes beside each other. Returns what is in view of the one that is shown.
  mutating func drawRace(
    _ app: App, _ manner: TranscriptLayout.Manner, columns: Int, in region: Region,
    of frame: inout Frame, at now: Instant
  ) -> Viewport.Rows? {
    guard
      let drawn = race.draw(app, manner, columns: columns, rows: region.rows.count, at: now)
    else { return nil }
    put(drawn.prompt, in: region, of: &frame)
    let rows = (region.rows.lowerBound + drawn.prompt.count)..<region.rows.upperBound
    let border = Cell(base: 0x2502, style: manner.theme.style(for: .rule))
    for (index, lines) in drawn.lanes.enumerated() {
      let column = region.column + index * (columns + RaceForm.gap)
      put(lines, in: Region(rows: rows, column: column, limit: columns), of: &frame)
      guard index > 0 else { continue }
      for row in rows { frame.put([border], row: row, column: column - RaceForm.gap / 2 - 1) }
    }
    return drawn.shown
  }

  /// Names the lanes in the first row.
  func drawRaceTabs(
    _ app: App, theme: Theme, rooms: ScreenRooms, of frame: inout Frame, at now: Instant
  ) {
    let line = RaceView.tabs(app, columns: rooms.textColumns, cells, theme, at: now)
    frame.put(cells.cells(line), row: 0, column: rooms.margin, limit: rooms.textColumns)
  }
}

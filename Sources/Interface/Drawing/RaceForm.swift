// How a race is shown: its replies side by side where each has room to be read, or else one of them, as the
// page always is, below a row that names them all.

import Chat

/// How the lanes of an open race share the room of the transcript.
enum RaceForm: Hashable {
  /// Side by side, each with so many columns.
  case columns(Int)
  case tabs

  /// Narrower lanes are read worse than one after the other.
  static let leastColumns = 36
  /// With fewer rows a lane has none to read in, between the prompt and its figures.
  static let leastRows = 8
  /// Columns between two lanes.
  static let gap = 3

  /// Nil where no race is open, and where there is no room for a row more.
  ///
  /// Who goes to an earlier message, searches or copies does it on the page, and who reads another branch has
  /// that in view and no lane.
  init?(_ app: App, columns: Int, rows: Int) {
    guard app.store.race != nil, !app.isBare, rows > 2, let racer = app.shownRacer,
      app.store.conversation.path.lastIndex(of: racer) != nil
    else { return nil }
    let count = app.store.lanes.count
    let width = (columns - (count - 1) * RaceForm.gap) / count
    let isPageWanted = app.viewport.mode != .follow || app.search != nil || app.copying != nil
    let isWide = width >= RaceForm.leastColumns && rows >= RaceForm.leastRows
    self = isWide && !isPageWanted ? .columns(min(width, ScreenView.widestText)) : .tabs
  }
}

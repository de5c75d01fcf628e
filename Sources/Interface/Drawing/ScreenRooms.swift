// Where things stand on a screen of some size.

import Terminal

/// Rows of the screen, and columns of them.
struct Region {
  var rows: Range<Int>
  var column: Int
  var limit: Int
}

/// How a screen of some size is shared out.
struct ScreenRooms {
  static let draftMarker = "› "
  /// With fewer rows than this the transcript and an overlay have no room beside each other.
  private static let sharedRows = 10
  /// Most rows of a list below the transcript: the eye takes in no more, and the rest is for what is read,
  /// or for what a theme colours.
  private static let listRows = 14

  let size: Size

  var hasStatus: Bool { size.rows >= 2 }
  var hasRule: Bool { size.rows >= 6 }
  var margin: Int { size.columns >= 40 ? 2 : 0 }
  var textColumns: Int { max(1, size.columns - 2 * margin) }
  var hasDraftMarker: Bool { size.columns >= 10 }
  var draftColumn: Int { hasDraftMarker ? margin + 2 : 0 }
  var draftColumns: Int { max(1, size.columns - draftColumn - (hasDraftMarker ? margin : 0)) }

  private var fixedRows: Int { (hasStatus ? 1 : 0) + (hasRule ? 1 : 0) }

  /// The draft grows to a third of the screen and then scrolls.
  func draftRows(wanted: Int) -> Int {
    min(max(1, wanted), max(1, size.rows / 3), max(0, size.rows - fixedRows))
  }

  func transcriptRows(draftRows: Int) -> Int { max(0, size.rows - fixedRows - draftRows) }

  /// The rows of the transcript that an overlay takes, at the bottom. A theme is picked by how the
  /// transcript looks in it, and a prompt beside what was answered, so half of that stays in view where
  /// there is room for both.
  ///
  /// - Parameter lineCount: how many lines a question has with its answers.
  func overlayRows(_ overlay: App.Overlay?, lineCount: Int, of rows: Int) -> Int {
    switch overlay {
    case nil: 0
    case .help, .trace, .usage, .models, .tree, .setup: rows
    case .themes, .choices, .recall, .waiting, .prompts, .conversations, .ownTexts:
      rows < Self.sharedRows ? rows : min(rows / 2, Self.listRows)
    // A line parts it from the transcript.
    case .confirm: min(rows, lineCount + 1)
    }
  }
}

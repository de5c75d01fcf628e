// What holds for every frame: its size, its cells, its cursor; and what deltas may not touch.

import Chat
import Terminal

@testable import Interface

extension World {
  /// Looks at the frame after a step beside the one before it, drawn at the same time.
  mutating func checkFrames(_ step: Step, before: Frame, layout: ScreenView.Layout) throws {
    let frame = stage.draw()
    try check(frame)
    try checkCursor(of: frame)
    guard case .event(let event) = step.happening, before.size == frame.size else { return }
    if case .laidOut = event { return }
    if step.paint == .never {
      let rows = zip(before.picture, frame.picture).first { $0 != $1 }
      try promise(
        "what changes nothing shows nothing new", frame == before,
        rows.map { "“\($0.0.suffix(100))” and “\($0.1.suffix(100))”" } ?? "")
    }
    guard case .stream(let id, let delta) = event else { return }
    let lanes = step.before.chats[id.conversation]?.lanes ?? []
    let isActive = lanes.contains { $0.generation.activeStream == id }
    let isReading = step.before.viewport.mode != .follow || step.before.overlay != nil
    if !isActive, !step.before.countsStreams {
      try promise("what is stale is not seen", frame == before)
    } else if isReading, step.before.overlay == nil, delta.isDelta {
      let rows = 0..<layout.transcript.visible
      try promise("what is read stays while deltas come", frame.rows[rows] == before.rows[rows])
    }
  }

  private func check(_ frame: Frame) throws {
    let size = stage.size
    try promise("a frame has its size", frame.size == size && frame.rows.count == size.rows)
    for row in frame.rows {
      try promise("a row has its columns", row.count == size.columns, "\(row.count)")
      var wasWide = false
      for cell in row {
        // Nothing is written before it is known to be wrong: this is by far the most frequent question.
        guard (cell.width == 0) != wasWide || !cell.isDrawable else {
          wasWide = cell.width == 2
          continue
        }
        try promise("no cell is half", (cell.width == 0) == wasWide, "\(cell)")
        try promise("no control is in a cell", cell.isDrawable, String(cell.base, radix: 16))
      }
      try promise("a wide cell has room", !wasWide, "\(size)")
    }
  }

  /// The cursor is inside the frame. In the composer it stands behind what stands before it.
  private func checkCursor(of frame: Frame) throws {
    let app = stage.app
    guard let cursor = frame.cursor else {
      let isHidden = app.isBare || frame.size.rows == 0
      try promise("the cursor is seen while somebody may write", isHidden)
      return
    }
    let isInside =
      (0..<frame.size.rows).contains(cursor.row) && (0..<frame.size.columns).contains(cursor.column)
    try promise("the cursor is inside the frame", isInside, "\(cursor) of \(frame.size)")
    guard app.search == nil, app.overlay?.isPage != false, !app.isBare else { return }
    let rooms = ScreenRooms(size: frame.size)
    let place = place(in: app.composer, columns: rooms.draftColumns)
    let column = rooms.draftColumn + place.before.count
    try promise("the cursor stands behind what is before it", cursor.column == column, "\(cursor)")
    let end = frame.size.rows - (rooms.hasStatus ? 1 : 0)
    let rows = (end - rooms.draftRows(wanted: place.rowCount))..<end
    try promise(
      "the cursor is inside the composer", rows.contains(cursor.row), "\(cursor), \(rows)")
    let drawn = frame.rows[cursor.row][rooms.draftColumn..<cursor.column].map(\.glyph)
    guard !app.composer.isEmpty else { return }
    try promise("what is before the cursor is drawn there", drawn == place.before.map(\.glyph))
  }

  /// The cells before the cursor in its row, and how many rows the draft takes, by going through it once.
  private func place(
    in composer: Composer, columns: Int
  ) -> (before: [Cell], rowCount: Int) {
    let cells = TextCells(widths: widths)
    var row: [Cell] = []
    var rowCount = 1
    var before: [Cell] = []
    var isCursorRow = false
    for (index, element) in composer.elements.enumerated() {
      if index == composer.cursor { before = row }
      if element.isLineEnd {
        row = []
        rowCount += 1
        continue
      }
      var added: [Cell]
      switch element {
      case .character("\t"): added = [.blank(), .blank()]
      case .character(let character): added = cells.cells(String(character), style: .plain)
      case .paste(let paste): added = Array(cells.cells(paste.label, style: .plain).prefix(columns))
      case .attachment(let attachment):
        added = cells.cells(cells.cut(attachment.label, to: columns), style: .plain)
      }
      if row.count + added.count > columns, !row.isEmpty {
        if index == composer.cursor, row.count >= columns { before = [] }
        row = []
        rowCount += 1
      }
      row += added
    }
    if composer.cursor == composer.elements.count { before = row }
    if before.count >= columns {
      isCursorRow =
        composer.cursor == composer.elements.count
        || composer.elements[composer.cursor].isLineEnd
      before = []
    }
    return (before, rowCount + (isCursorRow ? 1 : 0))
  }
}

extension App {
  /// Whether something counts what comes from streams, stale or not.
  fileprivate var countsStreams: Bool {
    switch overlay {
    case .trace, .usage: true
    case .help, .models, .themes, .choices, .recall, .waiting, .prompts, .tree, .conversations,
      .confirm, .ownTexts, .setup, nil:
      false
    }
  }
}

extension Cell {
  fileprivate var glyph: [UInt32] { [base] + (0..<4).map { marks[$0] } }

  /// Whether it holds what a terminal shows, and nothing that it obeys.
  fileprivate var isDrawable: Bool {
    // Most cells hold one letter, and a screen has thirty thousand of them.
    if marks == .zero, (0x20..<0x7F).contains(base) { return true }
    return glyph.allSatisfy { value in
      if value == 0 { return true }
      switch Unicode.Scalar(value)?.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, nil: return false
      default: return true
      }
    }
  }
}

extension StreamEvent {
  fileprivate var isDelta: Bool {
    switch self {
    case .text, .thinking, .refusal, .toolCall, .toolArguments: true
    case .started, .finished, .usage, .completed, .failed: false
    }
  }
}

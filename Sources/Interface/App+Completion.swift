// Completing a slash command, or a path behind `@`: while one is written, the rows that suit stand above the
// draft, and a few keys go to them. They are no overlay: all other keys go on into the draft.

import Chat

/// The rows over the draft, and what somebody did with them.
public struct Completing: Hashable, Sendable {
  /// What the rows stand over: the draft, or a path in it.
  fileprivate(set) var line: String
  /// Where the path's `@` stands; nil for a slash command.
  fileprivate(set) var start: Int?
  /// What suits it. While a row is chosen, what suited when it was: nothing moves under the choice.
  fileprivate(set) var completion: Completion
  /// The row that somebody chose.
  fileprivate(set) var chosen: Int?
  /// Closed by Esc, until the draft changes.
  fileprivate(set) var isClosed = false
  /// The lists of that moment.
  fileprivate var revision: Int

  /// Whether files begin with the path that is written, and none is called so.
  fileprivate var isHalfPath: Bool {
    guard start != nil, line != "@", line.last != "/" else { return false }
    let rows = completion.rows
    return rows.contains { $0.beginning != nil } && !rows.contains { $0.line == line }
  }

  /// The most rows.
  static let rowLimit = 6

  /// How many rows there are for it over a transcript of so many: a third of them, but one.
  static func rowCount(of transcriptRows: Int) -> Int {
    min(rowLimit, max(1, transcriptRows / 3), max(0, transcriptRows))
  }

  /// Which rows are in view: page after page, so that moving on a page moves no row.
  func window(rows: Int) -> Range<Int> {
    guard rows > 0 else { return 0..<0 }
    let count = completion.rows.count
    let first = max(0, min((chosen ?? 0) / rows * rows, count - rows))
    return first..<min(count, first + rows)
  }
}

extension App {
  /// The rows as they are to be drawn; nil where none are seen, or something else has the keys.
  var shownCompletion: Completing? {
    guard let completing, !completing.isClosed, !completing.completion.isEmpty, overlay == nil,
      search == nil, copying == nil, !isBare
    else { return nil }
    return completing
  }

  /// Brings the rows up to date with the draft and with the lists that came; asks for lists that are missing,
  /// once. Costs little while the draft is no command and no path is written.
  mutating func followDraft() -> [AppEffect] {
    forgetPlainPaths()
    let path = commandLine == nil ? composer.pathBeforeCursor : nil
    guard let line = commandLine ?? path.map({ composer.elements[$0.start..<composer.cursor].text })
    else {
      completing = nil
      listed.forgetFiles()
      return []
    }
    if let completing, completing.line == line, completing.start == path?.start,
      completing.revision == listed.revision || completing.chosen != nil || completing.isClosed
    {
      return []
    }
    let reply = lastReply
    let tables = Completion.Tables(commands: commands, keys: keys, listed: listed) {
      (reply?.codeBlocks ?? []).map { $0.split(separator: "\n").first.map(String.init) ?? "" }
    }
    let completion = path.map { Completion(path: $0.path, listed.folder) }
    completing = (completion ?? Completion(line, tables)).map {
      Completing(line: line, start: path?.start, completion: $0, revision: listed.revision)
    }
    return askForFolder() + askForValues()
  }

  private mutating func askForFolder() -> [AppEffect] {
    guard let folder = completing?.completion.folder else {
      listed.forgetFolder()
      return []
    }
    guard listed.askedFolder != folder, folder.utf8.count <= PathWriting.byteLimit else {
      return []
    }
    (listed.folder, listed.askedFolder) = (nil, folder)
    return [.files(.list(folder: folder))]
  }

  /// The draft, where it is one line that begins with a slash. One that was gone back to is left alone, for
  /// the keys that go through the earlier prompts have to go on, and so have those that fill in a snippet.
  private var commandLine: String? {
    let elements = composer.elements
    guard elements.first == "/", elements.count <= Completion.longestLine,
      !elements.contains(where: { $0.isLineEnd || $0.isLabelled }), !composer.showsRecalled,
      composer.draft.placeholders.isEmpty
    else { return nil }
    return elements.text
  }

  private mutating func askForValues() -> [AppEffect] {
    switch completing?.completion.argument {
    case .model where listed.models == nil, .models where listed.models == nil:
      listed.models = []
      return [.listModels]
    case .theme where !listed.hasAskedForThemes:
      listed.hasAskedForThemes = true
      return [.listThemes]
    case .ownText(let kind) where !listed.askedOwnTexts.contains(kind):
      listed.askedOwnTexts.insert(kind)
      return [.listOwnTexts(kind)]
    case .words, .model, .models, .theme, .effort, .copy, .command, .ownText, .paths, nil:
      return []
    }
  }

  /// A click on a row chooses it, a click on the chosen one takes it. Nil where it meets none of them.
  mutating func clickInCompletion(_ row: Int, at now: Instant) -> Response? {
    guard let completing = shownCompletion else { return nil }
    let window = completing.window(rows: Completing.rowCount(of: layout.transcript.visible))
    guard row >= 0, row < window.count else { return nil }
    let clicked = window.lowerBound + row
    guard completing.chosen == clicked else {
      self.completing?.chosen = clicked
      return Response()
    }
    return Response(take(completing.completion.rows[clicked], at: now))
  }

  // MARK: - Keys

  /// What a key does while the rows are there; nil for the keys that go on into the draft.
  mutating func pressInCompletion(_ action: Action, at now: Instant) -> Response? {
    guard let completing = shownCompletion else {
      // Rows that were closed come back with the key that asks for them.
      if action == .complete { self.completing?.isClosed = false }
      return nil
    }
    let rows = completing.completion.rows
    switch action {
    case .cancel: self.completing?.isClosed = true
    case .complete: return Response(complete(by: 1))
    case .completeBackward: return Response(complete(by: -1))
    case .next where !rows.isEmpty: choose(by: 1)
    case .previous where !rows.isEmpty: choose(by: -1)
    case .send:
      if let chosen = completing.chosen { return Response(take(rows[chosen], at: now)) }
      // Nobody means to send half a path.
      return completing.isHalfPath ? Response(complete(by: 1)) : nil
    case .next, .previous, .interrupt, .sendOtherwise, .waiting, .continueReply, .retry, .edit,
      .nextModel, .pickModel,
      .pickWinner,
      .newConversation, .conversations, .attempts, .thoughts, .details, .messageUp, .messageDown,
      .nextFinished,
      .pageUp, .pageDown, .top, .end, .search, .copy, .mouse, .bare, .recall, .openEditor, .text,
      .help, .redraw, .suspend, .quit,
      .previousSibling, .nextSibling, .tree:
      return nil
    }
    return Response()
  }

  /// Writes as much as all rows have in common; where that stands there already, row after row.
  private mutating func complete(by step: Int) -> [AppEffect] {
    guard let completing, !completing.completion.rows.isEmpty else { return [] }
    let rows = completing.completion.rows
    if completing.chosen == nil, step > 0 {
      if rows.count == 1 { return finish(rows[0]) }
      // Of files those that only have the letters are far more.
      let begun = rows.filter { $0.beginning != nil }
      if completing.start != nil, begun.count == 1 { return finish(begun[0]) }
      let common = completing.completion.commonBeginning ?? ""
      if common.count > completing.line.count {
        write(common)
        return []
      }
    }
    let index: Int
    if let chosen = completing.chosen {
      // A row that was chosen with the arrows and does not stand in the draft yet is the one that is meant.
      let isWritten = rows[chosen].line == completing.line
      if !isWritten, rows[chosen].isFolder { return finish(rows[chosen]) }
      index = isWritten ? (chosen + step + rows.count) % rows.count : chosen
    } else {
      index = step > 0 ? 0 : rows.count - 1
    }
    write(rows[index].line)
    self.completing?.line = rows[index].line
    self.completing?.chosen = index
    return []
  }

  /// Writes the row that is meant, so that one can go on behind it. A path in the draft becomes the file.
  private mutating func finish(_ row: CompletionRow) -> [AppEffect] {
    write(row.line + (row.mayGoOn ? " " : ""))
    guard let start = completing?.start, row.isWhole else {
      // What is in a folder is listed next, although the draft may look as it did.
      completing = nil
      return []
    }
    return attachPath(from: start)
  }

  /// Chooses the row above or below; past the ends none is chosen.
  private mutating func choose(by step: Int) {
    guard let completing else { return }
    let rows = completing.completion.rows.count
    let place = completing.chosen ?? (step > 0 ? -1 : rows)
    self.completing?.chosen = (0..<rows).contains(place + step) ? place + step : nil
  }

  /// Puts a row into the draft and, where nothing is missing, does what it says.
  private mutating func take(_ row: CompletionRow, at now: Instant) -> [AppEffect] {
    if row.isFolder || completing?.start != nil { return finish(row) }
    write(row.isWhole ? row.line : row.line + " ")
    return row.isWhole ? submit(at: now) : []
  }

  private mutating func write(_ line: String) {
    let start = completing?.start ?? 0
    let end = completing?.start == nil ? composer.elements.count : composer.cursor
    guard composer.elements[start..<end].text != line else { return }
    if !composer.replace(start..<end, with: line.draftElements) { tellDraftIsFull() }
  }
}

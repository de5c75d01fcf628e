// No draft dies. What stood in a composer, or waited to be sent, is after every step where a key brings it
// back: in a draft, among what waits, in the recall, in what was cut, on the way of undo; or it was sent.
// Only two things take text away for good: an edit that removes a few letters, and undo itself.
//
// What only undo brings back is looked for again after every later step, until its draft is sent or undone.

import Chat
import Terminal

@testable import Interface

struct TextLedger {
  /// A text that nobody misses is not longer, in letters.
  private static let fewLetters = 3
  /// Something that only undo brings back.
  private struct Debt {
    let text: String
    let conversation: ConversationID
    /// Of the prompt that was edited, and not of the draft behind it.
    let isOfEdit: Bool
  }
  private var debts: [Debt] = []

  mutating func check(_ step: World.Step, after: App) throws {
    var before = step.before
    guard before.composer != after.composer || before.waiting != after.waiting else { return }
    var action = before.action(of: step.happening)
    if before.isUndoOfVi(step.happening) { action = .text(.undo) }
    // Whoever sends a snippet has what he wrote for a name stand wherever that does.
    if action == .send || action == .sendOtherwise { _ = before.composer.goToUnfilled() }
    let hasTakenRow = before.chosenLine != nil && (action == .send || step.happening.isClick)
    settle(action, hasTakenRow, before, after)
    let kept = after.unsent
    for sheet in before.unsent {
      let now = kept.first { $0.place == sheet.place }?.text ?? []
      let lost = TextLedger.removed(from: sheet.text, to: now)
      guard lost.text.count > Self.fewLetters, !lost.allSatisfy(\.isBlank) else { continue }
      // Whoever undoes wants to be rid of it, and so does who takes a row in its place.
      if action == .text(.undo) { continue }
      if hasTakenRow, sheet.place == .draft(before.chats.inView) { continue }
      try check(lost.text, of: sheet, kept, before, after)
    }
    for debt in debts where !isKept(debt.text, kept, after) {
      let isUndone = undoBrings(debt.text, in: debt.conversation, after)
      try promise("no draft is lost on the way of undo", isUndone, debt.text)
    }
  }

  private mutating func check(
    _ lost: String, of sheet: Sheet, _ kept: [Sheet], _ before: App, _ after: App
  ) throws {
    if isKept(lost, kept, after) { return }
    let conversation = before.chats.inView
    let isUndone = undoBrings(lost, in: conversation, after)
    try promise("no draft is lost", isUndone, "“\(lost)” of \(sheet.place)")
    debts.append(
      Debt(text: lost, conversation: conversation, isOfEdit: before.editedPrompt != nil))
  }

  /// Forgets what is owed of a draft that came to its end.
  private mutating func settle(
    _ action: Action?, _ hasTakenRow: Bool, _ before: App, _ after: App
  ) {
    let view = before.chats.inView
    let isEdit = before.editedPrompt != nil
    let hasLeftEdit = isEdit && after.editedPrompt == nil && after.chats.inView == view
    // What has files in it goes out when they were read.
    let hasSent =
      action == .send || action == .sendOtherwise || hasTakenRow
      || after.promptCount > before.promptCount
    let hasUndone = action == .text(.undo)
    let hasLeftRecall = before.composer.isRecalling && !after.composer.isRecalling
    // What vi's insert mode did is one step for undo as soon as it is left, and its own changes are none.
    let hasLeftInsertion = before.composer.isLeftByEscape && !after.composer.isLeftByEscape
    debts.removeAll { debt in
      debt.conversation == view && debt.isOfEdit == isEdit
        && (hasSent || hasUndone || hasLeftEdit || hasLeftRecall || hasLeftInsertion)
    }
  }

  // MARK: - Where it is

  private func isKept(_ text: String, _ kept: [Sheet], _ app: App) -> Bool {
    if kept.contains(where: { $0.text.text.contains(text) }) { return true }
    let composer = app.composer
    if composer.recall.prompts.reversed().contains(where: { Self.holds(text, $0.text) }) {
      return true
    }
    var ring = composer.killRing
    for _ in 0..<KillRing.limit {
      if ring.current?.text.contains(text) == true { return true }
      ring.rotate()
    }
    if isWritten(text, in: composer) { return true }
    let stores = (app.chats.ids + app.chats.closed).compactMap { app.chats[$0] }
    return stores.flatMap(\.conversation.allMessages).contains {
      $0.role == .user && Prompt(of: $0).draftElements.text.contains(text)
    }
  }

  /// Whether it stands in this text, or, of paths that were pasted, the files that they became.
  private static func holds(_ text: String, _ whole: String) -> Bool {
    whole.contains(text)
      || text.contains("\n") && text.split(separator: "\n").allSatisfy { whole.contains($0) }
  }

  /// Whether it stands at another place of the recall.
  private func isWritten(_ text: String, in composer: Composer) -> Bool {
    var composer = composer
    for _ in 0...composer.recall.prompts.count { composer.recallLater() }
    for _ in 0...composer.recall.prompts.count {
      if composer.text.contains(text) { return true }
      composer.recallEarlier()
    }
    return false
  }

  private func undoBrings(_ text: String, in conversation: ConversationID, _ app: App) -> Bool {
    var composer = app.composer
    composer.turn(from: app.chats.inView, to: conversation)
    if isUndone(text, in: composer) { return true }
    // The draft that was there before an earlier prompt was recalled, and the one before one was edited.
    for _ in 0...composer.recall.prompts.count where composer.isRecalling {
      composer.recallLater()
      if isUndone(text, in: composer) { return true }
    }
    composer.endEditing()
    return isUndone(text, in: composer)
  }

  private func isUndone(_ text: String, in composer: Composer) -> Bool {
    var composer = composer
    for _ in 0..<composer.draft.undoDepth {
      composer.undo()
      if composer.text.contains(text) { return true }
    }
    return false
  }

  /// What one text has between what it has in common with another at its start and at its end.
  private static func removed(from old: [DraftElement], to new: [DraftElement]) -> ArraySlice<
    DraftElement
  > {
    let start = zip(old, new).prefix { $0 == $1 }.count
    let rest = (old.dropFirst(start), new.dropFirst(start))
    let end = zip(rest.0.reversed(), rest.1.reversed()).prefix { $0 == $1 }.count
    return rest.0.dropLast(end)
  }
}

extension Composer {
  /// Whether an earlier prompt stands in the place of the draft.
  fileprivate var isRecalling: Bool {
    var composer = self
    composer.recallLater()
    return composer.draft != draft
  }
}

/// A text that nobody has sent yet.
struct Sheet {
  enum Place: Hashable {
    case draft(ConversationID)
    /// The draft that an edited prompt has taken the place of.
    case aside(ConversationID)
    case waiting(Int)
  }

  let place: Place
  let text: [DraftElement]
}

extension App {
  /// How many prompts were ever sent, or are held.
  fileprivate var promptCount: Int {
    store.conversation.allMessages.count { $0.role == .user } + waiting.count
  }

  /// What waits to be sent.
  var waiting: [[DraftElement]] {
    ((chats.ids + chats.closed).compactMap { chats[$0] }.flatMap(\.queue)
      + [heldPrompt].compactMap(\.self)).map(\.draftElements)
  }

  var unsent: [Sheet] {
    var sheets: [Sheet] = []
    for id in chats.ids + chats.closed + chats.restorableIDs {
      var composer = composer
      composer.turn(from: chats.inView, to: id)
      sheets.append(Sheet(place: .draft(id), text: composer.elements))
      let draft = composer
      composer.endEditing()
      if composer != draft { sheets.append(Sheet(place: .aside(id), text: composer.elements)) }
    }
    return sheets
      + waiting.enumerated().map { Sheet(place: .waiting($0), text: $1) }
  }

  /// Whether a letter takes steps back.
  func isUndoOfVi(_ happening: Happening) -> Bool {
    guard case .command = composer.vi?.mode,
      case .event(.input(.key(let key))) = happening, case .character(let letter) = key.key
    else { return false }
    return letter == "u" || letter == "U"
  }

  /// What a key asks for now.
  func action(of happening: Happening) -> Action? {
    guard case .event(.input(.key(let key))) = happening else { return nil }
    return keys.action(for: key, in: keyPlace)
  }
}

// A snippet is written into the draft, and its placeholders are filled one after the other.

extension App {
  /// Writes a snippet at the cursor.
  mutating func write(_ snippet: Snippet) {
    if !composer.insert(snippet) { tellDraftIsFull() }
  }

  /// Whether something stands in every placeholder. If not, the first one where nothing does is gone to.
  mutating func isFilled() -> Bool {
    guard let name = composer.goToUnfilled() else { return true }
    let end = keys.name(of: .cancel).map { " \($0) lets all stay as they are written." } ?? ""
    notice = Notice("“\(name)” is still to be filled in.\(end)")
    return false
  }
}

extension Composer {
  /// Puts a snippet in at the cursor; false when part of it was left out.
  mutating func insert(_ snippet: Snippet) -> Bool {
    begin()
    return draft.insert(snippet)
  }

  /// To the next placeholder, or the one before.
  mutating func goToPlaceholder(by step: Int) {
    guard !draft.placeholders.isEmpty else { return }
    begin()
    draft.goToPlaceholder(by: step)
  }

  /// To the first placeholder that has to be filled; its name, nil where there is none.
  mutating func goToUnfilled() -> String? {
    guard !draft.placeholders.isEmpty else { return nil }
    guard let name = draft.goToUnfilled() else { return nil }
    begin()
    return name
  }

  /// Whether somebody is on the way through the placeholders.
  var isFilling: Bool { draft.placeholders.contains(where: \.isActive) }

  /// Ends that way: what is written stays, and nothing of it is a placeholder any more. False where there
  /// is none.
  mutating func endFilling() -> Bool {
    guard isFilling else { return false }
    draft.placeholders = []
    draft.selection = nil
    return true
  }

  /// What is selected is written over, and nothing else is, so vi's way to edit is plainly to write.
  private mutating func begin() {
    lastDeed = .other
    switch vi?.mode {
    case .command: vi?.mode = .insert(ViEditing.Insertion())
    case .insert(let insertion) where insertion.isOverwriting:
      vi?.mode = .insert(ViEditing.Insertion(undoDepth: insertion.undoDepth))
    case .insert, nil: break
    }
  }
}

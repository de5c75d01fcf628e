// The editing keys of readline's emacs mode (its `text.c` and `kill.c`), on the line of the draft that the
// cursor is on.

extension Composer {
  /// Does what a key asks for. False when the draft is full and something was left out.
  @discardableResult
  public mutating func perform(_ edit: TextEdit) -> Bool {
    if noteInVi(edit) { return true }
    switch edit {
    case .newline: return insert("\n")
    case .left: moveLeft()
    case .right: moveRight()
    case .wordLeft: moveWordLeft()
    case .wordRight: moveWordRight()
    case .lineStart: moveToLineStart()
    case .lineEnd: moveToLineEnd()
    case .deleteBackward: deleteBackward()
    case .deleteForward: deleteForward()
    case .deleteToSpace: cutToSpace()
    case .deleteWordBackward: cutWordBackward()
    case .deleteWordForward: cutWordForward()
    case .killToEnd: cutToLineEnd()
    case .killToStart: cutToLineStart()
    case .yank: return yank()
    case .yankPop: return yankPop()
    case .undo: undo()
    case .openPaste: openPaste()
    case .transposeCharacters: transposeCharacters()
    case .transposeWords: transposeWords()
    case .upcaseWord: write(.upper)
    case .downcaseWord: write(.lower)
    case .capitalizeWord: write(.capital)
    }
    return true
  }

  // MARK: - Moving

  public mutating func moveLeft() { move(to: max(0, cursor - 1)) }
  public mutating func moveRight() { move(to: min(elements.count, cursor + 1)) }
  public mutating func moveWordLeft() { move(to: draft.wordStart(before: cursor)) }
  public mutating func moveWordRight() { move(to: draft.wordEnd(after: cursor)) }
  public mutating func moveToLineStart() { move(to: draft.lineStart(of: cursor)) }
  public mutating func moveToLineEnd() { move(to: draft.lineEnd(of: cursor)) }

  /// To the line above, or to the earlier prompt when there is none.
  public mutating func moveUp() {
    let start = draft.lineStart(of: cursor)
    lastDeed = .other
    guard start > 0 else { return recallEarlier() }
    let above = draft.lineStart(of: start - 1)
    move(to: min(above + (cursor - start), start - 1))
  }

  /// To the line below, or to the later prompt when there is none.
  public mutating func moveDown() {
    let end = draft.lineEnd(of: cursor)
    lastDeed = .other
    guard end < elements.count else { return recallLater() }
    let column = cursor - draft.lineStart(of: cursor)
    move(to: min(end + 1 + column, draft.lineEnd(of: end + 1)))
  }

  private mutating func move(to place: Int) {
    lastDeed = .other
    draft.cursor = place
  }

  // MARK: - Deleting

  public mutating func deleteBackward() { delete(max(0, cursor - 1)..<cursor) }
  public mutating func deleteForward() { delete(cursor..<min(elements.count, cursor + 1)) }

  private mutating func delete(_ range: Range<Int>) {
    lastDeed = .other
    draft.replace(draft.selection ?? range, with: [])
  }

  // MARK: - Cutting

  /// Cuts back to white space, as Ctrl-W does in a shell.
  public mutating func cutToSpace() {
    cut(draft.spacedWordStart(before: cursor)..<cursor, on: .before)
  }

  public mutating func cutWordBackward() {
    cut(draft.wordStart(before: cursor)..<cursor, on: .before)
  }

  public mutating func cutWordForward() {
    cut(cursor..<draft.wordEnd(after: cursor), on: .after)
  }

  /// Cuts to the end of the line; at the end of it, the line end itself.
  public mutating func cutToLineEnd() {
    let end = draft.lineEnd(of: cursor)
    cut(cursor..<(end > cursor ? end : min(elements.count, end + 1)), on: .after)
  }

  /// Cuts to the start of the line; at the start of it, the end of the line above, as Ctrl-K does below.
  public mutating func cutToLineStart() {
    let start = draft.lineStart(of: cursor)
    cut((start < cursor ? start : max(0, start - 1))..<cursor, on: .before)
  }

  /// An empty cut is none: what is cut next does not join what was cut before.
  private mutating func cut(_ range: Range<Int>, on side: KillRing.Side) {
    // In vi's way to edit each cut is one of its own, as in readline.
    let isJoining = lastDeed == .kill && vi == nil
    lastDeed = range.isEmpty ? .other : .kill
    guard !range.isEmpty else { return }
    killRing.cut(elements[range], on: side, isJoining: isJoining)
    draft.replace(range, with: [])
  }

  // MARK: - Putting back

  /// Puts back what was cut last. False when the draft is full.
  @discardableResult
  public mutating func yank() -> Bool {
    lastDeed = .other
    guard let cut = killRing.current else { return true }
    let isWhole = draft.replace(draft.selection ?? cursor..<cursor, with: cut)
    lastDeed = .yank(count: cut.count)
    return isWhole
  }

  /// Right after `yank`: takes it out again and puts back the cut before. At any other time nothing, and a
  /// cut still joins the one before.
  @discardableResult
  public mutating func yankPop() -> Bool {
    guard case .yank(let count) = lastDeed, count <= cursor else { return true }
    draft.replace((cursor - count)..<cursor, with: [])
    killRing.rotate()
    return yank()
  }

  // MARK: - Changing

  /// Exchanges the elements on both sides of the cursor; at the end of the line the last two.
  public mutating func transposeCharacters() {
    lastDeed = .other
    let start = draft.lineStart(of: cursor)
    let end = draft.lineEnd(of: cursor)
    guard start < cursor else { return }
    let right = cursor == end ? cursor - 1 : cursor
    guard start < right else { return }
    let left = elements[right - 1]
    draft.asOneStep {
      $0.replace((right - 1)..<right, with: [])
      $0.replace(right..<right, with: [left])
    }
  }

  /// Exchanges the word at the cursor and the one before it.
  public mutating func transposeWords() {
    lastDeed = .other
    let secondEnd = draft.wordEnd(after: cursor)
    let second = draft.wordStart(before: secondEnd)..<secondEnd
    let first = draft.wordStart(before: second.lowerBound)
    let firstEnd = draft.wordEnd(after: first)
    guard first < second.lowerBound, firstEnd <= second.lowerBound else { return }
    // Arrays of their own: a slice would hold the whole draft, and make the change copy it.
    let words = (Array(elements[first..<firstEnd]), Array(elements[second]))
    draft.asOneStep {
      $0.replace(second, with: words.0)
      $0.replace(first..<firstEnd, with: words.1)
    }
    draft.cursor = secondEnd
  }

  /// How a word is written.
  public enum Lettering: Hashable, Sendable {
    case upper, lower, capital
  }

  /// Writes the word behind the cursor so.
  public mutating func write(_ lettering: Lettering) {
    lastDeed = .other
    let range = cursor..<draft.wordEnd(after: cursor)
    var isInWord = false
    let word = elements[range].map { element in
      guard element.isWordCharacter else {
        isInWord = false
        return element
      }
      defer { isInWord = true }
      switch lettering {
      case .upper: return element.inUpperCase
      case .lower: return element.inLowerCase
      case .capital: return isInWord ? element.inLowerCase : element.inUpperCase
      }
    }
    draft.replace(range, with: word)
  }
}

extension DraftElement {
  fileprivate var inUpperCase: DraftElement {
    withFirstScalar { [$0.uppercaseMapping, $0.titlecaseMapping] }
  }

  fileprivate var inLowerCase: DraftElement { withFirstScalar { [$0.lowercaseMapping] } }

  /// The letter in another case, where that is one letter as well: the case of a word never changes its
  /// length, as in readline, so that ß stays ß. What stands on a letter stays.
  private func withFirstScalar(
    _ mappings: (Unicode.Scalar.Properties) -> [String]
  ) -> DraftElement {
    guard case .character(let character) = self,
      let first = character.unicodeScalars.first,
      let mapped = mappings(first.properties).first(where: { $0.unicodeScalars.count == 1 })
    else { return self }
    var scalars = String.UnicodeScalarView(mapped.unicodeScalars)
    scalars += character.unicodeScalars.dropFirst()
    let text = String(scalars)
    return text.count == 1 ? .character(Character(text)) : self
  }
}

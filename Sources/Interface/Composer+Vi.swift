// vi's way to edit, as readline's vi mode has it (its `vi_mode.c`), on drafts that may have several lines:
// what is the line there is here the line that the cursor is on, words go on to the next one, and a doubled
// operator takes whole lines with their line ends.
//
// Done otherwise than in readline, where it forgets or mixes up: undo goes back to the beginning of the
// draft; `.` writes again all that was typed, also after C; r and ~ put nothing in the place of what was
// cut; a command whose letter or bracket is not there does nothing.

extension Composer {
  /// How the keys edit.
  public var editing: EditingStyle {
    get { vi == nil ? .emacs : .vi }
    set {
      switch newValue {
      case .emacs: vi = nil
      case .vi: vi = vi ?? ViEditing()
      }
    }
  }

  /// Takes a letter that somebody typed: writes it, or does what it means to vi. False when the draft is
  /// full.
  @discardableResult
  public mutating func type(_ letter: Character) -> Bool {
    switch vi?.mode {
    case nil: return insert(String(letter))
    case .insert(let insertion): return write(letter, in: insertion)
    case .command(let pending):
      lastDeed = .other
      vi?.mode = .command(ViEditing.Pending())
      let isWhole = take(letter, pending)
      settle()
      return isWhole
    }
  }

  /// Whether `escape` would leave anything.
  var isLeftByEscape: Bool {
    switch vi?.mode {
    case nil: false
    case .insert: true
    case .command(let pending): pending != ViEditing.Pending()
    }
  }

  /// Leaves vi's insert mode, or what was typed of a command. False when there is nothing to leave.
  public mutating func escape() -> Bool {
    switch vi?.mode {
    case nil: return false
    case .command(let pending):
      vi?.mode = .command(ViEditing.Pending())
      return pending != ViEditing.Pending()
    case .insert(let insertion):
      lastDeed = .other
      // What was typed at the start of a draft has steps of its own, of which the last is over.
      draft.joinSteps(after: insertion.undoDepth ?? max(0, draft.undoDepth - 1))
      if let start = insertion.start { vi?.lastChange = .insertion(start, insertion.typed) }
      let depth = draft.undoDepth
      if vi?.revertDepth == nil { vi?.revertDepth = depth }
      vi?.mode = .command(ViEditing.Pending())
      if cursor > draft.lineStart(of: cursor) { draft.cursor -= 1 }
      return true
    }
  }

  /// In command mode the cursor stands on a letter, not behind the last one of a line.
  mutating func settle() {
    guard case .command = vi?.mode, cursor > draft.lineStart(of: cursor),
      cursor == elements.count || elements[cursor].isLineEnd
    else { return }
    draft.cursor -= 1
  }

  /// Forgets what was typed of a command.
  mutating func forgetCommand() {
    guard case .command = vi?.mode else { return }
    vi?.mode = .command(ViEditing.Pending())
  }

  // MARK: - Writing

  private mutating func write(_ letter: Character, in insertion: consuming ViEditing.Insertion)
    -> Bool
  {
    // While the mode holds what was typed as well, each letter would copy all of it.
    vi?.mode = .command(ViEditing.Pending())
    defer { vi?.mode = .insert(insertion) }
    if insertion.isOverwriting, cursor < draft.lineEnd(of: cursor) {
      lastDeed = .other
      let before = elements[cursor]
      guard draft.replace(cursor..<cursor, with: [.character(letter)]) else { return false }
      draft.replace(cursor..<(cursor + 1), with: [])
      insertion.overwritten.append(before)
    } else {
      let before = cursor
      guard insert(String(letter)) else { return false }
      if cursor == before {
        // A mark has joined the letter before it.
        _ = insertion.typed.popLast()
      } else {
        insertion.overwritten.append(nil)
      }
    }
    insertion.typed.append(elements[cursor - 1])
    return true
  }

  /// What an editing key does in vi's insert mode beside what it does anyway; true where it has done all.
  mutating func noteInVi(_ edit: TextEdit) -> Bool {
    guard let vi else { return false }
    guard case .insert(var insertion) = vi.mode else { return false }
    var isDone = false
    switch edit {
    case .newline:
      insertion.typed.append("\n")
      insertion.overwritten.append(nil)
    case .deleteBackward where insertion.isOverwriting:
      isDone = true
      takeBackOverwritten(&insertion)
    case .deleteBackward:
      _ = insertion.typed.popLast()
    case .undo:
      isDone = true
      undo()
      insertion.undoDepth = insertion.undoDepth.map { min($0, draft.undoDepth) }
      insertion.typed = []
      insertion.overwritten = []
    case .left, .right, .wordLeft, .wordRight, .lineStart, .lineEnd, .deleteForward,
      .deleteToSpace, .deleteWordBackward, .deleteWordForward, .killToEnd, .killToStart, .yank,
      .yankPop, .openPaste, .transposeCharacters, .transposeWords, .upcaseWord, .downcaseWord,
      .capitalizeWord:
      insertion.typed = []
      insertion.overwritten = []
    }
    self.vi?.mode = .insert(insertion)
    return isDone
  }

  private mutating func takeBackOverwritten(_ insertion: inout ViEditing.Insertion) {
    lastDeed = .other
    guard let before = insertion.overwritten.popLast(), cursor > 0 else { return }
    _ = insertion.typed.popLast()
    draft.replace((cursor - 1)..<cursor, with: before.map { [$0] } ?? [])
    if before != nil { draft.cursor -= 1 }
  }

  mutating func startInserting(_ start: ViEditing.Start, undoDepth: Int? = nil) {
    let depth = undoDepth ?? draft.undoDepth
    vi?.mode = .insert(ViEditing.Insertion(start: start, undoDepth: depth))
    switch start {
    case .before, .replace, .change: break
    case .after: draft.cursor = min(cursor + 1, draft.lineEnd(of: cursor))
    case .atLineStart: draft.cursor = draft.lineStart(of: cursor)
    case .atLineEnd: draft.cursor = draft.lineEnd(of: cursor)
    }
  }

  // MARK: - Commands

  /// Takes the next key of a command, of which `pending` is known already.
  private mutating func take(_ letter: Character, _ pending: ViEditing.Pending) -> Bool {
    if let awaited = pending.awaited {
      switch awaited {
      case .find(let reach):
        let find = ViFind(reach: reach, letter: letter)
        vi?.lastFind = find
        return go(.find(find), pending)
      case .replacement:
        return perform(.replace(letter, count: pending.count ?? 1))
      }
    }
    if let digit = letter.wholeNumberValue, letter.isASCII, digit > 0 || pending.count != nil {
      let count = min((pending.count ?? 0) * 10 + digit, ViEditing.countLimit)
      expect(letter, pending) { $0.count = count }
      return true
    }
    if let reach = ViFind.Reach(key: letter) {
      expect(letter, pending) { $0.awaited = .find(reach) }
      return true
    }
    if let motion = ViMotion(key: letter) { return go(motion, pending) }
    if let change = pending.change {
      return change.key == letter ? go(.line, pending) : true
    }
    return take(command: letter, pending)
  }

  private mutating func expect(
    _ letter: Character, _ pending: ViEditing.Pending,
    _ body: (inout ViEditing.Pending) -> Void
  ) {
    var pending = pending
    pending.keys.append(letter)
    body(&pending)
    vi?.mode = .command(pending)
  }

  /// Waits for the motion that an operator goes with.
  private mutating func expect(_ change: ViEditing.Operator, _ pending: ViEditing.Pending) {
    expect(change.key, pending) {
      $0.change = change
      $0.changeCount = $0.count
      $0.count = nil
    }
  }

  /// Takes a key that begins a command and is no motion.
  private mutating func take(command letter: Character, _ pending: ViEditing.Pending) -> Bool {
    let count = pending.count ?? 1
    switch letter {
    case "d": expect(.delete, pending)
    case "c": expect(.change, pending)
    case "y": expect(.yank, pending)
    case "D": return perform(.operation(.delete, .lineEnd, count: 1))
    case "C": return perform(.operation(.change, .lineEnd, count: 1))
    case "Y": return perform(.operation(.yank, .lineEnd, count: 1))
    case "S": return perform(.operation(.change, .line, count: count))
    case "s": return perform(.operation(.change, .right, count: count))
    case "x": return perform(.deleteForward(count: count))
    case "X": return perform(.deleteBackward(count: count))
    case "p": return perform(.put(isAfter: true, count: count))
    case "P": return perform(.put(isAfter: false, count: count))
    case "~": return perform(.toggleCase(count: count))
    case "r": expect(letter, pending) { $0.awaited = .replacement }
    case "R": startInserting(.replace)
    case "i": startInserting(.before)
    case "a": startInserting(.after)
    case "I": startInserting(.atLineStart)
    case "A": startInserting(.atLineEnd)
    case "u": for _ in 0..<count where draft.undoDepth > 0 { draft.undo() }
    case "U":
      while draft.undoDepth > vi?.revertDepth ?? 0 { draft.undo() }
      draft.cursor = 0
    case "j": goDown(by: count)
    case "k": goUp(by: count)
    case ".": return redo(count: pending.count)
    default: break
    }
    return true
  }

  private mutating func goUp(by count: Int) {
    for _ in 0..<count {
      if draft.lineStart(of: cursor) > 0 {
        moveUp()
      } else {
        let before = elements
        recallEarlier()
        if elements == before { return }
        draft.cursor = 0
      }
    }
  }

  private mutating func goDown(by count: Int) {
    for _ in 0..<count {
      if draft.lineEnd(of: cursor) < elements.count {
        moveDown()
      } else {
        let before = elements
        recallLater()
        if elements == before { return }
        draft.cursor = 0
      }
    }
  }

  /// Does a command of which all is known, and notes it for `.`.
  mutating func perform(_ change: ViEditing.Change) -> Bool {
    switch change {
    case .operation(.change, _, _), .insertion: break
    case .operation, .deleteForward, .deleteBackward, .replace, .toggleCase, .put:
      vi?.lastChange = change
    }
    switch change {
    case .insertion(let start, let text): return write(text, startingAt: start)
    case .operation(let change, let motion, let count):
      guard let range = range(of: motion, count: count, for: change) else { return true }
      return operate(change, on: range, motion, count: count)
    case .deleteForward(let count):
      cutInVi(cursor..<min(cursor + count, draft.lineEnd(of: cursor)))
    case .deleteBackward(let count):
      cutInVi(max(cursor - count, draft.lineStart(of: cursor))..<cursor)
    case .replace(let letter, let count):
      let range = cursor..<min(cursor + count, draft.lineEnd(of: cursor))
      draft.asOneStep { draft in
        for place in range { draft.replace(place..<(place + 1), with: [.character(letter)]) }
      }
      draft.cursor = max(range.lowerBound, cursor - 1)
    case .toggleCase(let count):
      toggleCase(cursor..<min(cursor + count, draft.lineEnd(of: cursor)))
    case .put(let isAfter, let count): return put(isAfter: isAfter, count: count)
    }
    return true
  }

  /// Does the last change again, with a count of its own if one is given.
  private mutating func redo(count: Int?) -> Bool {
    switch vi?.lastChange {
    case nil: startInserting(.before)
    case .insertion(.change(let motion, let old), let text)?:
      return perform(.insertion(.change(motion, count: count ?? old), text))
    case .insertion(let start, [])?: startInserting(start)
    case .insertion(let start, let text)?:
      return perform(.insertion(start, repeated(text, count ?? 1)))
    case .operation(let change, let motion, let old)?:
      return perform(.operation(change, motion, count: count ?? old))
    case .deleteForward(let old)?: return perform(.deleteForward(count: count ?? old))
    case .deleteBackward(let old)?: return perform(.deleteBackward(count: count ?? old))
    case .replace(let letter, let old)?: return perform(.replace(letter, count: count ?? old))
    case .toggleCase(let old)?: return perform(.toggleCase(count: count ?? old))
    case .put(let isAfter, let old)?: return perform(.put(isAfter: isAfter, count: count ?? old))
    }
    return true
  }

  /// Writes again what was written.
  private mutating func write(_ text: [DraftElement], startingAt start: ViEditing.Start) -> Bool {
    let line = draft.lineStart(of: cursor)..<draft.lineEnd(of: cursor)
    let range: Range<Int>
    switch start {
    case .before: range = cursor..<cursor
    case .after:
      let place = min(cursor + 1, line.upperBound)
      range = place..<place
    case .atLineStart: range = line.lowerBound..<line.lowerBound
    case .atLineEnd: range = line.upperBound..<line.upperBound
    case .replace: range = cursor..<min(cursor + text.count, line.upperBound)
    case .change(let motion, let count):
      guard let changed = self.range(of: motion, count: count, for: .change) else { return true }
      // The cursor stays behind what is written, as in readline.
      return draft.replace(changed, with: text)
    }
    let isWhole = draft.replace(range, with: text)
    if cursor > draft.lineStart(of: cursor) { draft.cursor -= 1 }
    return isWhole
  }

  /// A text so many times, but no more of it than a draft holds.
  private func repeated(_ text: [DraftElement], _ count: Int) -> [DraftElement] {
    let length = text.reduce(0) { $0 + $1.length }
    let most = Draft.longest / max(1, length) + 1
    return Array(repeatElement(text, count: min(count, most)).joined())
  }

  private mutating func put(isAfter: Bool, count: Int) -> Bool {
    guard let cut = killRing.current else { return true }
    let line = draft.lineStart(of: cursor)..<draft.lineEnd(of: cursor)
    if cut == vi?.wholeLines, elements.contains(where: \.isLineEnd) {
      let lines = repeated(isAfter ? ["\n"] + cut : cut + ["\n"], count)
      let place = isAfter ? line.upperBound : line.lowerBound
      let isWhole = draft.replace(place..<place, with: lines)
      draft.cursor = isAfter ? min(place + 1, elements.count) : place
      return isWhole
    }
    let place = isAfter ? min(cursor + 1, line.upperBound) : cursor
    let isWhole = draft.replace(place..<place, with: repeated(cut, count))
    if cursor > draft.lineStart(of: cursor) { draft.cursor -= 1 }
    return isWhole
  }

  /// Small letters become capitals, and capitals small.
  private mutating func toggleCase(_ range: Range<Int>) {
    draft.asOneStep { draft in
      for place in range {
        guard case .character(let letter) = draft.elements[place] else { continue }
        let other = letter.isUppercase ? letter.lowercased() : letter.uppercased()
        guard other.count == 1, other != String(letter) else { continue }
        draft.replace(place..<(place + 1), with: [.character(Character(other))])
      }
    }
    draft.cursor = range.upperBound
  }
}

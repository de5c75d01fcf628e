// Where vi's motions lead in a draft, and what its operators do with them.

extension Composer {
  mutating func go(_ motion: ViMotion, _ pending: ViEditing.Pending) -> Bool {
    let count = min((pending.count ?? 1) * (pending.changeCount ?? 1), ViEditing.countLimit)
    if let change = pending.change { return perform(.operation(change, motion, count: count)) }
    if let place = place(of: motion, count: count, in: text(for: motion)) {
      draft.cursor = place
    }
    return true
  }

  /// What a motion goes over. An operator stays on the line as it goes forward.
  private func text(for motion: ViMotion, isExtended: Bool = false) -> ViText {
    let lineStart = draft.lineStart(of: cursor)
    let lineEnd = draft.lineEnd(of: cursor)
    let range: Range<Int> =
      switch motion {
      case .nextWord, .wordEnd: isExtended ? lineStart..<lineEnd : lineStart..<elements.count
      case .previousWord: 0..<lineEnd
      case .match: 0..<elements.count
      case .left, .right, .lineStart, .firstLetter, .lineEnd, .column, .find, .findAgain, .line:
        lineStart..<lineEnd
      }
    return ViText(elements, range, isExtended: isExtended)
  }

  /// Where a motion leads; nil where there is nothing of what it looks for.
  private func place(of motion: ViMotion, count: Int, in text: ViText) -> Int? {
    let lineStart = draft.lineStart(of: cursor)
    switch motion {
    case .left: return max(lineStart, cursor - count)
    case .right: return min(text.end, cursor + count)
    case .nextWord(let isSpaced):
      return text.nextWord(from: cursor, count: count, isSpaced: isSpaced)
    case .previousWord(let isSpaced):
      return text.previousWord(from: cursor, count: count, isSpaced: isSpaced)
    case .wordEnd(let isSpaced):
      return text.wordEnd(from: cursor, count: count, isSpaced: isSpaced)
    case .lineStart, .line: return lineStart
    case .firstLetter: return (lineStart..<text.end).first { !text.isBlank($0) } ?? text.end
    case .lineEnd: return text.end
    case .column: return min(lineStart + count - 1, text.end)
    case .match: return text.match(from: cursor, lineEnd: draft.lineEnd(of: cursor))
    case .find(let find): return text.find(find, from: cursor, count: count)
    case .findAgain(let isReversed):
      guard var find = vi?.lastFind else { return nil }
      if isReversed { find.reach = find.reach.reversed }
      return text.find(find, from: cursor, count: count)
    }
  }

  /// What an operator takes with a motion; nil where the motion leads nowhere.
  func range(
    of motion: ViMotion, count: Int, for change: ViEditing.Operator
  ) -> Range<Int>? {
    if motion == .line { return lines(count) }
    let text = text(for: motion, isExtended: motion != .match)
    let end = motion == .match ? elements.count : text.range.upperBound
    guard var place = place(of: motion, count: count, in: text).map({ min($0, end) }) else {
      return nil
    }
    guard place != cursor else {
      // A change has begun all the same, and takes what stands under the cursor where the motion would.
      guard change == .change else { return nil }
      return motion.takesItsEnd(for: .change) && cursor < end
        ? cursor..<(cursor + 1) : cursor..<cursor
    }
    guard place > cursor else { return place..<cursor }
    if case .nextWord = motion, place < end {
      if !text.isBlank(place) { place -= 1 }
      if change == .change {
        // To the end of the word only.
        while place > cursor, text.isBlank(place) { place -= 1 }
        return cursor..<(place + 1)
      }
    }
    if motion.takesItsEnd(for: change), place < end { place += 1 }
    return cursor..<place
  }

  /// This line and those below it, so many together, without the last one's line end.
  private func lines(_ count: Int) -> Range<Int> {
    var end = draft.lineEnd(of: cursor)
    for _ in 1..<max(1, count) {
      guard end < elements.count else { break }
      end = draft.lineEnd(of: end + 1)
    }
    return draft.lineStart(of: cursor)..<end
  }

  mutating func operate(
    _ change: ViEditing.Operator, on range: Range<Int>, _ motion: ViMotion, count: Int
  ) -> Bool {
    let depth = draft.undoDepth
    switch change {
    case .delete where motion == .line: cutLines(range)
    case .delete: cutInVi(range)
    case .change:
      cutInVi(range)
      startInserting(.change(motion, count: count), undoDepth: depth)
    case .yank where range.isEmpty: break
    case .yank:
      let copied = Array(elements[range])
      if motion == .line { vi?.wholeLines = copied }
      killRing.cut(copied, on: .after, isJoining: false)
    }
    return true
  }

  mutating func cutInVi(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    killRing.cut(Array(elements[range]), on: .after, isJoining: false)
    draft.replace(range, with: [])
  }

  /// Cuts lines, and the line end behind them, or else the one before.
  private mutating func cutLines(_ range: Range<Int>) {
    let lines = Array(elements[range])
    if !range.isEmpty { killRing.cut(lines, on: .after, isJoining: false) }
    vi?.wholeLines = lines
    var range = range
    if range.upperBound < elements.count {
      range = range.lowerBound..<(range.upperBound + 1)
    } else if range.lowerBound > 0 {
      range = (range.lowerBound - 1)..<range.upperBound
    }
    draft.replace(range, with: [])
    draft.cursor = draft.lineStart(of: cursor)
  }
}

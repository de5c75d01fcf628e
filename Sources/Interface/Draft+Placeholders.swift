// The placeholders of a draft: places where something is to be written, which came with a snippet and with
// nothing else. What is pasted or typed never becomes one, whatever braces are in it.
//
// They are no elements: they are ranges of them, and follow every change. So each key does in one what it
// does anywhere else, and undo needs to know nothing of them.

extension Draft {
  /// What a place of the draft is part of.
  enum Mark: Hashable {
    case placeholder
    case selected
  }

  func mark(at place: Int) -> Mark? {
    if selection?.contains(place) == true { return .selected }
    return placeholders.contains { $0.range.contains(place) } ? .placeholder : nil
  }

  /// Puts a snippet in at the cursor, as one step, and selects its first placeholder. False when the draft
  /// was full and part of it was left out; then nothing of it is a placeholder.
  mutating func insert(_ snippet: Snippet) -> Bool {
    let place = selection ?? cursor..<cursor
    let start = place.lowerBound
    guard replace(place, with: snippet.elements) else { return false }
    // Where one is written into another, that is filled.
    placeholders.removeAll { $0.range.contains(start) }
    let new = snippet.placeholders.map { placeholder in
      var placeholder = placeholder
      let range = placeholder.range
      placeholder.range = (range.lowerBound + start)..<(range.upperBound + start)
      return placeholder
    }
    let next = placeholders.firstIndex { $0.range.lowerBound >= start } ?? placeholders.endIndex
    placeholders.insert(contentsOf: new, at: next)
    if !new.isEmpty { select(next) }
    return true
  }

  /// Goes to the next placeholder, or with -1 to the one before; from the last one on behind the text, from
  /// there to the first again. Nothing happens where there is none.
  mutating func goToPlaceholder(by step: Int) {
    guard !placeholders.isEmpty else { return }
    let place = cursor
    let active = spread()
    guard let active, placeholders[active].range.touches(place) || selection != nil else {
      let next =
        step > 0
        ? placeholders.firstIndex { $0.range.lowerBound >= place } ?? 0
        : placeholders.lastIndex { $0.range.upperBound <= place } ?? placeholders.count - 1
      return select(next)
    }
    if step > 0, active == placeholders.count - 1 {
      leavePlaceholder()
      cursor = elements.count
    } else {
      select((active + step + placeholders.count) % placeholders.count)
    }
  }

  /// Goes to the first placeholder in which nothing is written but its name; that name, or nil where all
  /// are filled.
  mutating func goToUnfilled() -> String? {
    let place = cursor
    spread()
    let unfilled = placeholders.firstIndex(where: isUnfilled)
    guard let unfilled else {
      cursor = min(place, elements.count)
      return nil
    }
    select(unfilled)
    return placeholders[unfilled].name
  }

  /// Lets the letters behind what is written in a placeholder be the draft's own.
  private mutating func leavePlaceholder() {
    for index in placeholders.indices { placeholders[index].isActive = false }
  }

  private mutating func select(_ index: Int) {
    leavePlaceholder()
    placeholders[index].isActive = true
    let range = placeholders[index].range
    cursor = range.upperBound
    if !range.isEmpty { selection = range }
  }

  /// Has those of the same name, where nothing was written yet, say what was written in the active one:
  /// whoever uses a name twice means one thing, and sees when he comes to it what it has become. The answer
  /// is which one is active.
  @discardableResult
  private mutating func spread() -> Int? {
    guard let active = placeholders.firstIndex(where: \.isActive) else { return nil }
    let name = placeholders[active].name
    let written = Array(elements[placeholders[active].range])
    let shown = placeholders[active].shown
    guard !written.isEmpty, written != shown else { return active }
    let others = placeholders.indices.filter { index in
      let other = placeholders[index]
      return index != active && other.name == name && elements[other.range] == other.shown[...]
    }
    guard !others.isEmpty else { return active }
    asOneStep { draft in
      for index in others {
        // Whichever is active takes what is written at its end, so that has to be this one.
        draft.leavePlaceholder()
        draft.placeholders[index].isActive = true
        draft.replace(draft.placeholders[index].range, with: written)
      }
    }
    leavePlaceholder()
    placeholders[active].isActive = true
    return active
  }

  /// Has the placeholders follow a change of the elements. It is written in one of them at the most: in the
  /// active one, where that touches it.
  mutating func movePlaceholders(after change: DraftChange) {
    guard !placeholders.isEmpty else { return }
    let taker =
      placeholders.firstIndex { $0.isActive && $0.takes(change) }
      ?? placeholders.firstIndex { $0.takes(change) }
    placeholders = placeholders.enumerated().compactMap { index, placeholder in
      var placeholder = placeholder
      guard index != taker else {
        placeholder.grow(by: change)
        return placeholder
      }
      let isKept = placeholder.follow(
        change, mayStandBefore: taker.map { index < $0 } ?? true,
        mayStandBehind: taker.map { index > $0 } ?? true)
      return isKept ? placeholder : nil
    }
  }
}

extension Range<Int> {
  /// Whether a place is in it, or at one of its ends.
  fileprivate func touches(_ place: Int) -> Bool { lowerBound <= place && place <= upperBound }
}

// Another text for the whole draft that somebody wrote elsewhere, in an editor or before it. It is known only as
// a whole, so what became of a placeholder is seen by its text: one whose braces still stand somewhere is still
// to be filled in.

extension Draft {
  /// Puts another text in the place of this one, as one step. False when some of it was left out.
  mutating func rewrite(_ wanted: [DraftElement]) -> Bool {
    let (changed, inserted) = difference(from: wanted)
    let lost = placeholders.filter {
      isUnfilled($0) && $0.range.lowerBound <= changed.upperBound
        && changed.lowerBound <= $0.range.upperBound
    }
    placeholders.removeAll(where: lost.contains)
    var isWhole = true
    asOneStep { isWhole = $0.replace(changed, with: wanted[inserted]) }
    findAgain(lost)
    return isWhole
  }

  /// Whether nothing is written in a placeholder but its name.
  func isUnfilled(_ placeholder: Placeholder) -> Bool {
    placeholder.mustBeFilled && elements[placeholder.range] == placeholder.shown[...]
  }

  /// What differs between both texts, here and there: one piece, all where there is no room for what is wanted,
  /// so that its end is what is left out.
  private func difference(from wanted: [DraftElement]) -> (here: Range<Int>, there: Range<Int>) {
    guard wanted.reduce(0, { $0 + $1.length }) <= Draft.longest else {
      return (0..<elements.count, 0..<wanted.count)
    }
    let head = zip(elements, wanted).prefix { $0 == $1 }.count
    let tail = zip(elements[head...].reversed(), wanted[head...].reversed()).prefix { $0 == $1 }
      .count
    return (head..<(elements.count - tail), head..<(wanted.count - tail))
  }

  /// Has placeholders stand where their text does, each once, and in no other that is still to be filled in.
  private mutating func findAgain(_ lost: [Placeholder]) {
    var lost = lost
    var place = 0
    while !lost.isEmpty, place < elements.count {
      defer { place += 1 }
      guard elements[place] == "{",
        let index = lost.firstIndex(where: { elements[place...].starts(with: $0.shown) })
      else { continue }
      let range = place..<(place + lost[index].shown.count)
      guard !placeholders.contains(where: { $0.range.overlaps(range) && isUnfilled($0) }) else {
        continue
      }
      var found = lost.remove(at: index)
      found.range = range
      // Another one that has the braces in it has grown around them by accident.
      placeholders.removeAll { $0.range.overlaps(range) }
      let next = placeholders.firstIndex { $0.range.lowerBound >= range.upperBound }
      placeholders.insert(found, at: next ?? placeholders.endIndex)
      place = range.upperBound - 1
    }
  }
}

// Where vi's motions lead, letter by letter as readline's vi mode has them (its `vi_mode.c`). What readline
// takes for punctuation where it is a letter of another script is a letter here.

/// Where a motion goes.
enum ViMotion: Hashable, Sendable {
  case left, right
  /// Words are what white space parts where `isSpaced`, else also letters from other signs.
  case nextWord(isSpaced: Bool)
  case previousWord(isSpaced: Bool)
  case wordEnd(isSpaced: Bool)
  case lineStart
  case firstLetter
  case lineEnd
  /// The column that is the count.
  case column
  case match
  case find(ViFind)
  case findAgain(isReversed: Bool)
  /// The whole line, where an operator's key is doubled.
  case line
}

extension ViMotion {
  /// The motion that a key stands for; nil for other keys, and for those that need a letter.
  init?(key: Character) {
    switch key {
    case "h": self = .left
    case "l", " ": self = .right
    case "w", "W": self = .nextWord(isSpaced: key == "W")
    case "b", "B": self = .previousWord(isSpaced: key == "B")
    case "e", "E": self = .wordEnd(isSpaced: key == "E")
    case "0": self = .lineStart
    case "^": self = .firstLetter
    case "$": self = .lineEnd
    case "|": self = .column
    case "%": self = .match
    case ";", ",": self = .findAgain(isReversed: key == ",")
    default: return nil
    }
  }

  /// Whether an operator takes the letter too that the motion leads to, if it leads forward.
  func takesItsEnd(for change: ViEditing.Operator) -> Bool {
    switch self {
    case .left, .right, .previousWord, .lineStart, .firstLetter, .column, .line: false
    case .nextWord: change != .change
    case .match: change != .yank
    case .find(let find): find.reach.isForward
    case .wordEnd, .lineEnd, .findAgain: true
    }
  }
}

/// A letter that is looked for on the line.
struct ViFind: Hashable, Sendable {
  enum Reach: Hashable, Sendable {
    case forward, backward
    /// To the place before the letter, as one comes to it.
    case forwardTill, backwardTill

    var reversed: Reach {
      switch self {
      case .forward: .backward
      case .backward: .forward
      case .forwardTill: .backwardTill
      case .backwardTill: .forwardTill
      }
    }

    /// The search that a key begins; nil for other keys.
    init?(key: Character) {
      switch key {
      case "f": self = .forward
      case "F": self = .backward
      case "t": self = .forwardTill
      case "T": self = .backwardTill
      default: return nil
      }
    }

    var isForward: Bool { self == .forward || self == .forwardTill }
    var isTill: Bool { self == .forwardTill || self == .backwardTill }
  }

  var reach: Reach
  var letter: Character
}

/// The part of a draft that a motion goes over. An operator's motion finds a blank behind it, so that it
/// reaches the last letter.
struct ViText {
  private enum Kind {
    case word, blank, other
  }

  private let elements: [DraftElement]
  let range: Range<Int>
  /// Where a motion ends at the latest.
  let end: Int

  init(_ elements: [DraftElement], _ range: Range<Int>, isExtended: Bool = false) {
    self.elements = elements
    self.range = range
    end = range.upperBound + (isExtended ? 1 : 0)
  }

  private func kind(_ place: Int) -> Kind {
    guard range.contains(place) else { return range.upperBound..<end ~= place ? .blank : .other }
    let element = elements[place]
    if element.isShellBlank { return .blank }
    return element.isWordCharacter || element == "_" ? .word : .other
  }

  func isBlank(_ place: Int) -> Bool { kind(place) == .blank }
  private func isWord(_ place: Int) -> Bool { kind(place) == .word }

  // MARK: - Words

  func nextWord(from start: Int, count: Int, isSpaced: Bool) -> Int {
    var place = start
    for _ in 0..<count {
      guard place < end - 1 else { break }
      if isSpaced {
        while place < end, !isBlank(place) { place += 1 }
      } else {
        let kind = kind(place)
        while place < end, kind != .blank, self.kind(place) == kind { place += 1 }
      }
      while place < end, isBlank(place) { place += 1 }
    }
    return place
  }

  func previousWord(from start: Int, count: Int, isSpaced: Bool) -> Int {
    var place = start
    for _ in 0..<count {
      while place > range.lowerBound, isBlank(place - 1) { place -= 1 }
      guard place > range.lowerBound else { break }
      let kind = kind(place - 1)
      while place > range.lowerBound, isSpaced ? !isBlank(place - 1) : self.kind(place - 1) == kind
      {
        place -= 1
      }
      // As in readline, whatever the very first letter is goes with the word behind it.
      if place == range.lowerBound + 1 { place = range.lowerBound }
    }
    return place
  }

  func wordEnd(from start: Int, count: Int, isSpaced: Bool) -> Int {
    var place = start
    for _ in 0..<count {
      guard place < end - 1 else { break }
      if !isBlank(place) { place += 1 }
      while place < end, isBlank(place) { place += 1 }
      guard place < end else { break }
      let kind = kind(place)
      while place + 1 < end, isSpaced ? !isBlank(place + 1) : self.kind(place + 1) == kind {
        place += 1
      }
    }
    return place
  }

  // MARK: - Letters

  /// Nil when the letter is not there even once; of several as many as there are.
  func find(_ find: ViFind, from start: Int, count: Int) -> Int? {
    let letter = DraftElement.character(find.letter)
    let step = find.reach.isForward ? 1 : -1
    var place = start
    var found: Int?
    for _ in 0..<count {
      repeat { place += step } while range.contains(place) && elements[place] != letter
      guard range.contains(place) else { break }
      found = place
    }
    return found.map { find.reach.isTill ? $0 - step : $0 }
  }

  /// The bracket that belongs to the one here, or to the next one before `lineEnd` if that opens; nil where
  /// there is none.
  func match(from start: Int, lineEnd: Int) -> Int? {
    guard let first = (start..<max(start, lineEnd)).first(where: { bracket($0) != 0 }),
      first == start || bracket(first) > 0
    else { return nil }
    let wanted = -bracket(first)
    let step = wanted < 0 ? 1 : -1
    var depth = 1
    var place = first
    while depth > 0 {
      place += step
      guard range.contains(place) else { return nil }
      let found = bracket(place)
      if found == wanted { depth -= 1 } else if found == -wanted { depth += 1 }
    }
    return place
  }

  /// Which bracket stands in a place, positive where it opens; 0 for none.
  private func bracket(_ place: Int) -> Int {
    switch elements[place] {
    case "(": 1
    case ")": -1
    case "[": 2
    case "]": -2
    case "{": 3
    case "}": -3
    default: 0
    }
  }
}

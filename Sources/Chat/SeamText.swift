/// A text as its continuation is compared with it.
struct SeamText: Hashable, Sendable {
  /// How far from its end a repetition may begin, in units, unless it is of the whole text.
  static let reach = 2_000
  /// How much white space at the joint is looked at, in scalars.
  static let whiteLimit = 200

  /// The scalars of the text without white space at its ends. A run of white space in it is one unit: LF
  /// where a line ends in it, else a blank.
  private(set) var units: [Unicode.Scalar] = []
  /// The white space that the text ends with, as far as it is looked at.
  let ending: [Character]

  init(_ text: String) {
    for scalar in text.unicodeScalars {
      guard scalar.properties.isWhitespace else {
        units.append(scalar)
        continue
      }
      guard let last = units.last else { continue }
      if !last.isUnitOfWhite {
        units.append(scalar.isLineBreak ? "\n" : " ")
      } else if scalar.isLineBreak {
        units[units.count - 1] = "\n"
      }
    }
    if units.last?.isUnitOfWhite == true { units.removeLast() }
    let white = text.unicodeScalars.reversed().prefix(Self.whiteLimit)
      .prefix { $0.properties.isWhitespace }
    var ending = String.UnicodeScalarView()
    ending.append(contentsOf: white.reversed())
    self.ending = Array(String(ending))
  }

  /// What has to follow the text so that something else stands behind a blank line.
  var blankLine: String {
    String(repeating: "\n", count: max(0, 2 - ending.count { $0.isNewline }))
  }

  /// Whether the text ends in the middle of a sentence, as far as its last scalar tells.
  var isInSentence: Bool {
    guard ending.isEmpty, let last = units.last else { return false }
    return last.isPartOfWord || last == ","
  }

  /// Where in the text a repetition may begin whose first scalar is this one, in ascending order.
  func places(of first: Unicode.Scalar) -> [Int] {
    let tail = max(1, units.count - Self.reach)
    var places = units.first == first ? [0] : []
    guard tail < units.count else { return places }
    for place in tail..<units.count where units[place] == first && isWordBegin(place) {
      places.append(place)
    }
    return places
  }

  /// A word begins behind white space; behind a mark, if it begins with a letter; and with every scalar of a
  /// script that has no blanks between words.
  private func isWordBegin(_ place: Int) -> Bool {
    let before = units[place - 1]
    return before.isUnitOfWhite || units[place].isUnspaced
      || units[place].properties.isAlphabetic && !before.isPartOfWord
  }

  /// Whether all from a place on is too much to be repeated by chance, counted in letters: numbers, brackets
  /// and rules of tables are often repeated on purpose.
  ///
  /// - A stream that begins with white space or dots most likely goes on: 16 letters are asked for, and two
  ///   different words unless it is the whole text.
  /// - Else 8 letters, or 3 and two different words, or the whole text if there is a letter in it, or a number
  ///   and 5 scalars.
  /// - Where neither has white space at the joint, both would run into one word: there 3 letters are enough
  ///   for words ("qui" and "quick"), and one for a line from its beginning ("- o" and "- one").
  func isEnough(from place: Int, forOneThatGoesOn goesOn: Bool) -> Bool {
    let count = repetition(from: place)
    if goesOn { return count.letters >= 16 && (count.hasTwoWords || place == 0) }
    if place == 0 { return count.letters > 0 || count.hasWord && units.count >= 5 }
    if count.letters >= 8 || count.letters >= 3 && count.hasTwoWords { return true }
    guard count.letters > 0, ending.isEmpty, units.last?.isPartOfWord == true else { return false }
    return units[place - 1] == "\n" || count.letters >= 3 && !units[place].isUnspaced
  }

  /// How many letters follow a place, and whether two words differ; no further than anybody asks.
  private func repetition(
    from place: Int
  ) -> (letters: Int, hasWord: Bool, hasTwoWords: Bool) {
    var letters = 0
    var first: ArraySlice<Unicode.Scalar>?
    var hasTwoWords = false
    var next = place
    while next < units.count, letters < 16 || !hasTwoWords {
      let word = units[next...].prefix(while: \.isPartOfWord)
      letters += word.count(where: \.properties.isAlphabetic)
      if !word.isEmpty, let first, first != word { hasTwoWords = true }
      if !word.isEmpty, first == nil { first = word }
      next = word.endIndex + 1
    }
    return (letters, first != nil, hasTwoWords)
  }

  /// How many scalars of a run of white space the text ends with already. Behind a repetition a run that
  /// breaks no line stands for the end of one as well.
  func sharedWhiteCount(
    with run: ArraySlice<Unicode.Scalar>, isBehindRepetition: Bool
  ) -> Int {
    if isBehindRepetition, ending.contains(where: \.isNewline), !run.contains(where: \.isLineBreak)
    {
      return run.count
    }
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: run)
    let white = Array(String(scalars))
    let lengths = stride(from: min(white.count, ending.count), to: 0, by: -1)
    let shared = lengths.first { length in
      zip(ending.suffix(length), white).allSatisfy { $0 == $1 || $0.isNewline && $1.isNewline }
    }
    return white.prefix(shared ?? 0).reduce(0) { $0 + $1.unicodeScalars.count }
  }
}

extension Unicode.Scalar {
  /// Whether this unit of a text stands for white space.
  fileprivate var isUnitOfWhite: Bool { self == " " || self == "\n" }

  /// Letters, digits, and what is written above and below them.
  fileprivate var isPartOfWord: Bool {
    properties.isAlphabetic || properties.numericType != nil
      || [.nonspacingMark, .spacingMark, .enclosingMark].contains(properties.generalCategory)
  }

  /// Thai, Lao, Burmese, Khmer, and from the radicals on all that East Asia writes.
  fileprivate var isUnspaced: Bool {
    switch value {
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x2E80...0xD7A3, 0xF900...0xFAFF,
      0xFF00...0xFF9F, 0x20000...0x3FFFF:
      true
    default: false
    }
  }
}

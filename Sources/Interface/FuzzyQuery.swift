// Finding a row by some of its letters: they have to be in it in their order, whatever stands between
// them. Letters that begin a word and letters side by side say more than others, so `gp5m` finds
// `openai/gpt-5-mini` before a name that happens to hold the four.

/// What somebody types to find a row. Neither case nor blanks count.
struct FuzzyQuery: Hashable, Sendable {
  /// More letters, and more of a title, are not looked at; it keeps the comparison cheap.
  static let letterLimit = 64
  static let titleLimit = 512

  private static let letterScore = 1
  private static let wordStartScore = 8
  /// More than the start of a word: whoever writes four letters of a word means that word, and not the
  /// beginnings of four.
  private static let neighbourScore = 9
  private static let impossible = Int.min / 2

  /// Unicode scalars.
  private let letters: [UInt32]

  init(_ text: String) {
    letters = Array(Self.folded(text).filter { $0 != 0x20 }.prefix(Self.letterLimit))
  }

  var isEmpty: Bool { letters.isEmpty }

  /// Whether whatever this finds is among what `earlier` finds.
  func narrows(_ earlier: FuzzyQuery) -> Bool { letters.starts(with: earlier.letters) }

  /// A title as it is compared: scalar for scalar in lower case, where that is one scalar.
  static func folded(_ title: String, limit: Int = titleLimit) -> [UInt32] {
    title.unicodeScalars.prefix(limit).map { scalar in
      if scalar.isASCII {
        return (0x41...0x5A).contains(scalar.value) ? scalar.value + 0x20 : scalar.value
      }
      let lower = scalar.properties.lowercaseMapping.unicodeScalars
      return lower.count == 1 ? (lower.first ?? scalar).value : scalar.value
    }
  }

  /// How well the letters suit a title; nil where they are not in it. Cost: letters × letters.
  ///
  /// - Parameters:
  ///   - title: as `folded` makes it.
  ///   - comparisons: grows by the letters that were looked at.
  func score(_ title: [UInt32], comparisons: inout Int) -> Int? {
    guard !isEmpty else { return 0 }
    guard isIn(title, comparisons: &comparisons) else { return nil }
    comparisons += letters.count * title.count
    return table(title).suffix(title.count).max()
  }

  /// Where in a title the letters are that count, as places of its scalars; empty where they are not in it.
  func places(in title: [UInt32]) -> [Int] {
    var comparisons = 0
    guard !isEmpty, isIn(title, comparisons: &comparisons) else { return [] }
    let table = table(title)
    var places: [Int] = []
    var end = title.count
    for letter in letters.indices.reversed() {
      let row = letter * title.count
      // Where the neighbour is what made the letter behind it count, it is the one.
      let neighbour = end - 1
      var best = neighbour
      if let last = places.last {
        let next = table[row + title.count + last]
        let asNeighbour = table[row + neighbour] + Self.neighbourScore + own(last, in: title)
        if asNeighbour != next { best = first(before: neighbour, in: table, row: row) }
      } else {
        best = first(before: end, in: table, row: row)
      }
      places.append(best)
      end = best
    }
    return places.reversed()
  }

  /// The first place of the highest score of a letter before a place.
  private func first(before end: Int, in table: [Int], row: Int) -> Int {
    var best = 0
    for place in 0..<end where table[row + place] > table[row + best] { best = place }
    return best
  }

  private func isIn(_ title: [UInt32], comparisons: inout Int) -> Bool {
    var found = 0
    for scalar in title {
      comparisons += 1
      if scalar == letters[found] {
        found += 1
        if found == letters.count { return true }
      }
    }
    return false
  }

  /// For each letter and each place of the title the highest score of the letters up to this one, with this
  /// one there.
  private func table(_ title: [UInt32]) -> [Int] {
    let count = title.count
    var table = [Int](repeating: Self.impossible, count: letters.count * count)
    for (index, letter) in letters.enumerated() {
      let row = index * count
      // The best that ends before the neighbour.
      var before = index == 0 ? 0 : Self.impossible
      for place in 0..<count {
        if index > 0, place >= 2 { before = max(before, table[row - count + place - 2]) }
        guard title[place] == letter else { continue }
        var best = before
        if index > 0, place >= 1 {
          best = max(best, table[row - count + place - 1] + Self.neighbourScore)
        }
        if best >= 0 { table[row + place] = best + own(place, in: title) }
      }
    }
    return table
  }

  /// What a letter counts by itself.
  private func own(_ place: Int, in title: [UInt32]) -> Int {
    Self.letterScore + (isWordStart(place, in: title) ? Self.wordStartScore : 0)
  }

  private func isWordStart(_ place: Int, in title: [UInt32]) -> Bool {
    guard place > 0 else { return true }
    switch title[place - 1] {
    case 0x30...0x39, 0x61...0x7A, 0x80...: return false
    default: return true
    }
  }
}

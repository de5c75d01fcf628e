// The words of a language, looked up by their bytes: no text is made for a word that is asked for.

/// What a language says of one word.
struct WordMeaning: Hashable, Sendable {
  var kind: TokenKind?
  /// Its kind where it is the first word of a line.
  var firstKind: TokenKind?
  /// What the word behind it is: `class` announces a type.
  var announces: TokenKind?
  /// Whether it may stand in front of a string and belongs to it then.
  var isPrefix = false
}

/// A hash table with open addressing, filled once. At most half of its places are taken, so that a
/// search ends soon.
struct WordTable: Sendable {
  private struct Entry {
    var bytes: [UInt8]
    var meaning: WordMeaning
  }

  private let entries: [Entry]
  /// For each place the entry and one, or 0.
  private let places: [UInt16]
  private let longest: Int
  private let ignoresCase: Bool

  /// - Parameter words: 32,767 at the most.
  init(_ words: [[UInt8]: WordMeaning], ignoresCase: Bool) {
    self.ignoresCase = ignoresCase
    var entries: [Entry] = []
    var count = 16
    while count < words.count * 2 { count *= 2 }
    var places = [UInt16](repeating: 0, count: count)
    for (bytes, meaning) in words {
      var place = WordTable.hash(bytes.span, 0..<bytes.count, ignoresCase) & (count - 1)
      while places[place] != 0 { place = (place + 1) & (count - 1) }
      entries.append(Entry(bytes: bytes, meaning: meaning))
      places[place] = UInt16(entries.count)
    }
    self.entries = entries
    self.places = places
    longest = words.keys.reduce(0) { max($0, $1.count) }
  }

  /// The meaning of the word in this range; nil if it has none. Linear in the word, but never more than
  /// the longest that there is.
  func meaning(of bytes: Span<UInt8>, _ range: Range<Int>) -> WordMeaning? {
    guard range.count <= longest else { return nil }
    var place = WordTable.hash(bytes, range, ignoresCase) & (places.count - 1)
    while places[place] != 0 {
      let index = Int(places[place]) - 1
      if isSame(entries[index].bytes, bytes, range) { return entries[index].meaning }
      place = (place + 1) & (places.count - 1)
    }
    return nil
  }

  private func isSame(_ word: [UInt8], _ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard word.count == range.count else { return false }
    for offset in 0..<word.count {
      let byte = bytes[range.lowerBound + offset]
      guard word[offset] == (ignoresCase ? byte.lowercased : byte) else { return false }
    }
    return true
  }

  /// FNV-1a.
  private static func hash(_ bytes: Span<UInt8>, _ range: Range<Int>, _ ignoresCase: Bool) -> Int {
    var hash: UInt32 = 0x811C_9DC5
    for index in range {
      let byte = ignoresCase ? bytes[index].lowercased : bytes[index]
      hash = (hash ^ UInt32(byte)) &* 0x0100_0193
    }
    return Int(hash)
  }
}

extension UInt8 {
  /// In ASCII; every other byte is itself.
  var lowercased: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }

  var isUppercase: Bool { (0x41...0x5A).contains(self) }
  var isDigit: Bool { (0x30...0x39).contains(self) }
  /// A letter of ASCII or of any other script.
  var isLetter: Bool { (0x61...0x7A).contains(self) || isUppercase || self >= 0x80 }
  var isBlank: Bool { self == 0x20 || self == 0x09 }
}

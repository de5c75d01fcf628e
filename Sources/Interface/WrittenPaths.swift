// Paths that stand in a draft as somebody wrote them, behind `@`, among the marks of a sentence: in brackets or
// quotes, with more than one mark behind them, or with what an apostrophe puts behind a name.

extension [DraftElement] {
  /// A word has no more readings than these: nobody ends one with more marks.
  private static let readingLimit = 9

  /// The words that begin with `@` and may be paths: where each `@` stands, and the paths that the word may be, as
  /// it is written first, with the place where each ends.
  func writtenPaths(
    except plain: Set<String>
  ) -> [(start: Int, choices: [(path: String, end: Int)])] {
    var written: [(start: Int, choices: [(path: String, end: Int)])] = []
    var place = 0
    while let start = self[place...].firstIndex(of: "@"), written.count < Attachment.limit {
      place = start + 1
      guard mayBeginPath(at: start) else { continue }
      let letters = self[place...].prefix(PathWriting.byteLimit).lazy.prefix { !$0.isLabelled }
        .compactMap(\.letter)
      let whole = PathWriting.word(in: letters, isProse: true)
      // Behind a quote that is left open another path may begin.
      let isQuoteOpen = whole.isOpen && (letters.first == "'" || letters.first == "\"")
      if !isQuoteOpen { place += whole.length }
      let choices = Self.readings(of: [Character](letters.prefix(whole.length)))
        .map { (path: $0.path, end: start + 1 + $0.length) }
      guard !choices.isEmpty, plain.isDisjoint(with: choices.map(\.path)) else { continue }
      written.append((start, choices))
    }
    return written
  }

  /// The paths that a word may be, the longest first: as it is written, then without the
  /// marks behind it one by one, then up to an apostrophe.
  private static func readings(of letters: [Character]) -> [PathWriting.Word] {
    var readings: [PathWriting.Word] = []
    var rest = letters[...]
    while readings.count < readingLimit {
      let word = PathWriting.word(in: rest, isProse: true)
      guard !word.isOpen, !word.path.isEmpty, word.path.utf8.count <= PathWriting.byteLimit else {
        break
      }
      readings.append(word)
      rest = rest.prefix(word.length)
      if let last = rest.last, PathWriting.closingMarks.contains(last) {
        rest = rest.dropLast()
      } else if let apostrophe = rest.lastIndex(where: PathWriting.apostrophes.contains) {
        rest = rest[..<apostrophe]
      } else {
        break
      }
    }
    return readings
  }
}

// Finding an earlier prompt by words that are in it as they are written, and behind those by the letters of
// a word. Of each prompt only the beginning is searched and shown in its row, so that five hundred long
// ones cost a key no more than five hundred short ones.

/// What of an earlier prompt its row shows, and what of it is searched.
public struct PromptHead: Hashable, Sendable {
  /// How many Unicode scalars of a prompt are searched.
  static let searchedLength = 2_048
  /// How many of them its row may show.
  static let titleLength = 256

  /// The beginning in one line: a blank for each line end, a label for a folded paste.
  let title: String
  /// The beginning as it is compared, scalar for scalar as in the title, and behind it what is folded in it.
  let letters: [UInt32]

  init(_ prompt: some Collection<DraftElement>) {
    var scalars = String.UnicodeScalarView()
    var folded = String.UnicodeScalarView()
    func add(_ text: some Sequence<Unicode.Scalar>, to view: inout String.UnicodeScalarView) {
      view.append(contentsOf: text.prefix(max(0, Self.searchedLength - view.count)))
    }
    var count = 0
    for element in prompt.drop(while: \.isBlank) {
      // A grapheme has one scalar at least, so that no more of them than this can count.
      guard count < Self.searchedLength else { break }
      count += 1
      switch element {
      case .character(let character) where character.isWhitespace: scalars.append(" ")
      case .character(let character):
        scalars.append(contentsOf: character.unicodeScalars.prefix(Self.searchedLength))
      case .paste(let paste):
        scalars.append(contentsOf: paste.label.unicodeScalars)
        add(paste.text.unicodeScalars, to: &folded)
      case .attachment(let attachment):
        scalars.append(contentsOf: attachment.label.unicodeScalars)
        add(attachment.written.unicodeScalars, to: &folded)
      }
    }
    var head = String.UnicodeScalarView()
    add(scalars, to: &head)
    title = String(String.UnicodeScalarView(head.prefix(Self.titleLength)))
    head.append(" ")
    head.append(contentsOf: folded.lazy.map { $0.properties.isWhitespace ? " " : $0 })
    letters = FuzzyQuery.folded(String(head), limit: Self.searchedLength)
  }
}

/// Finding a prompt by what is in it.
struct PromptQuery: Hashable, Sendable {
  /// More words are not looked for.
  static let wordLimit = 16

  /// The words that were typed, in lower case.
  private let words: [[UInt32]]

  init(_ text: String) {
    let letters = FuzzyQuery.folded(text, limit: Picker.queryLimit)
    words = letters.split(separator: 0x20).prefix(Self.wordLimit).map(Array.init)
  }

  var isEmpty: Bool { words.isEmpty }

  /// Whether whatever this finds is among what `earlier` finds: its words begin with those, or go on.
  func narrows(_ earlier: PromptQuery) -> Bool {
    words.count >= earlier.words.count
      && zip(words, earlier.words).allSatisfy { $0.starts(with: $1) }
  }

  /// How well the words suit: 2 where all of them are in it as they are written, 1 where of some only the
  /// letters are, in their order, in one word of it; nil else.
  ///
  /// - Parameter comparisons: grows by the letters that were looked at.
  func score(_ letters: [UInt32], comparisons: inout Int) -> Int? {
    var score = 2
    for word in words {
      comparisons += letters.count
      if Self.place(of: word, in: letters) != nil { continue }
      comparisons += letters.count
      guard Self.places(of: word, scatteredIn: letters) != nil else { return nil }
      score = 1
    }
    return score
  }

  /// The letters that count.
  func places(in letters: [UInt32]) -> [Int] {
    words.flatMap { word -> [Int] in
      if let start = Self.place(of: word, in: letters) {
        return Array(start..<(start + word.count))
      }
      return Self.places(of: word, scatteredIn: letters) ?? []
    }
  }

  /// Where a word stands first.
  private static func place(of word: [UInt32], in letters: [UInt32]) -> Int? {
    guard let first = word.first, word.count <= letters.count else { return nil }
    return (0...(letters.count - word.count)).first { start in
      letters[start] == first && letters[start...].starts(with: word)
    }
  }

  /// Where the letters of a word stand in one word, in their order.
  private static func places(of word: [UInt32], scatteredIn letters: [UInt32]) -> [Int]? {
    var places: [Int] = []
    for (place, letter) in letters.enumerated() {
      if letter == 0x20 {
        places = []
      } else if letter == word[places.count] {
        places.append(place)
        if places.count == word.count { return places }
      }
    }
    return nil
  }
}

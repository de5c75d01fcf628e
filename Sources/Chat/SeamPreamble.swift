// What models say before they go on: "Continuing:", "(continued from where I left off)", "Sure! Here's the
// rest of the list:".
//
//   preamble  = [marks] {opener} {lead} core {tail} terminator
//   terminator  a colon, an ellipsis, or the bracket that closes the one at the front; a full stop or the
//               end of the line only where the words name the cut ("… where I left off.")
//
// Nothing else is a preamble. Each word has to be one of the few below and in its place, so that a text which
// only begins like one is not left out, and is not held back beyond the first word that differs.

/// The beginning of a stream as far as it may be a preamble.
enum SeamPreamble: Hashable, Sendable {
  /// The longest preamble, in scalars from its first word on.
  static let limit = 80

  /// It depends on what is still to come.
  case open
  /// The first so many scalars say that the text goes on, or are only three dots that may say it.
  case found(length: Int, isEllipsis: Bool)
  case none

  init(_ stream: [Unicode.Scalar]) {
    let line = stream.drop { $0.properties.isWhitespace }
    let white = stream[..<line.startIndex]
    // Behind a blank a sentence goes on.
    let begins = white.isEmpty || white.contains(where: \.isLineBreak)
    guard begins || line.isEmpty, line.count <= Self.limit, white.count <= Self.limit else {
      self = .none
      return
    }
    var reader = Reader(rest: line)
    self = reader.read() ?? .open
  }

  /// Reads one line. Nil stands for a line that is not there yet.
  private struct Reader {
    var rest: ArraySlice<Unicode.Scalar>
    private var phrase = Phrase()
    private var bracket: Unicode.Scalar?

    init(rest: ArraySlice<Unicode.Scalar>) {
      self.rest = rest
    }

    mutating func read() -> SeamPreamble? {
      while let mark = rest.first, "*_([".unicodeScalars.contains(mark) {
        rest = rest.dropFirst()
        if mark == "(" { bracket = ")" }
        if mark == "[" { bracket = "]" }
      }
      guard let first = rest.first else { return nil }
      if first == "." || first == "…" { return readTerminator() }
      while true {
        let word = rest.prefix { $0.properties.isAlphabetic || $0 == "'" || $0 == "’" }
        rest = rest[word.endIndex...]
        guard !word.isEmpty else { return rest.isEmpty ? nil : SeamPreamble.none }
        let isWhole = !rest.isEmpty
        guard phrase.take(word.lowercasedText, isWhole: isWhole) else { return SeamPreamble.none }
        guard isWhole else { return nil }
        if !skipToNextWord() { return readTerminator() }
      }
    }

    /// Whether another word has to follow: behind one blank, and in the opening behind a mark as well.
    private mutating func skipToNextWord() -> Bool {
      if phrase.isOpening, let mark = rest.first, ",!.".unicodeScalars.contains(mark) {
        rest = rest.dropFirst().drop { $0.properties.isWhitespace }
        return true
      }
      guard rest.first == " " else { return false }
      rest = rest.dropFirst()
      return true
    }

    private mutating func readTerminator() -> SeamPreamble? {
      let marks = rest.prefix { ":….)]*_".unicodeScalars.contains($0) }
      rest = rest[marks.endIndex...]
      // The white space behind it tells where it ends; behind an ellipsis that may be any scalar.
      guard let next = rest.first else { return nil }
      let dotCount = marks.count { $0 == "." }
      let hasEllipsis = dotCount == 3 || dotCount == 0 && marks.contains("…")
      let isBalanced = bracket.map(marks.contains) ?? true
      guard isBalanced,
        !marks.contains(where: { ")]".unicodeScalars.contains($0) && $0 != bracket })
      else { return SeamPreamble.none }
      if phrase.isEmpty {
        return hasEllipsis && !marks.contains(":")
          ? .found(length: marks.endIndex, isEllipsis: true) : SeamPreamble.none
      }
      guard next.properties.isWhitespace, phrase.isComplete, dotCount < 2 || dotCount == 3 else {
        return SeamPreamble.none
      }
      let isTerminated = marks.contains(":") || hasEllipsis || bracket != nil
      let isSentence = phrase.namesCut && (dotCount == 1 || next.isLineBreak)
      return isTerminated || isSentence
        ? .found(length: marks.endIndex, isEllipsis: false) : SeamPreamble.none
    }
  }
}

/// The words of a preamble, one after the other.
private struct Phrase {
  private enum Place {
    case opening
    case lead
    case tail
  }

  private static let openers: Set = [
    "sure", "certainly", "absolutely", "of", "course", "ok", "okay", "yes", "right", "understood",
    "apologies", "sorry",
  ]
  private static let leads: Set = [
    "here", "is", "here's", "comes", "i", "i'll", "will", "i'm", "am", "let", "let's", "me", "now",
    "the", "my",
  ]
  private static let cores: Set = ["continuing", "continued", "continuation", "resuming"]
  /// These need company: "continue" alone may be code.
  private static let weakCores: Set = [
    "continue", "resume", "rest", "remainder", "picking", "pick",
  ]
  private static let cutWords: Set = ["left", "stopped", "cut", "broke", "interrupted"]
  private static let tails: Set = [
    "from", "up", "with", "at", "of", "where", "exactly", "right", "i", "it", "we", "was", "were",
    "off", "the", "my", "this", "that", "your", "previous", "last", "point", "reply", "response",
    "answer", "message", "text", "story", "list", "code", "here", "now", "again",
  ]

  private var place = Place.opening
  private(set) var isEmpty = true
  private var isWeak = false
  private(set) var namesCut = false

  /// Whether so far there was only what opens a sentence.
  var isOpening: Bool { place == .opening }

  /// Whether this may be all.
  var isComplete: Bool { place == .tail && (!isWeak || namesCut) }

  /// Whether the word, or the beginning of one, has a place here.
  mutating func take(_ word: String, isWhole: Bool) -> Bool {
    let allowed: [Set<String>] =
      switch place {
      case .opening: [Self.openers, Self.leads, Self.cores, Self.weakCores]
      case .lead: [Self.leads, Self.cores, Self.weakCores]
      case .tail: [Self.tails, Self.cutWords]
      }
    guard isWhole else {
      return allowed.contains { $0.contains { $0.hasPrefix(word) } }
    }
    guard allowed.contains(where: { $0.contains(word) }) else { return false }
    let isFirst = isEmpty
    isEmpty = false
    switch place {
    case .opening where Self.openers.contains(word): break
    case .opening, .lead:
      if Self.leads.contains(word) {
        place = .lead
      } else {
        place = .tail
        isWeak = Self.weakCores.contains(word) && isFirst
      }
    case .tail:
      if Self.cutWords.contains(word) { namesCut = true }
    }
    return true
  }
}

extension ArraySlice<Unicode.Scalar> {
  /// In lower case and with plain apostrophes.
  fileprivate var lowercasedText: String {
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: map { $0 == "’" ? "'" : $0 })
    return String(scalars).lowercased()
  }
}

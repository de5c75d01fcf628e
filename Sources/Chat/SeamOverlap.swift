/// Follows a stream along the places of a text that it may be repeating; see `Seam` for the rules.
struct SeamOverlap: Hashable, Sendable {
  enum Verdict: Hashable, Sendable {
    /// It depends on what is still to come.
    case open
    /// The first so many scalars of the stream repeat the end of the text.
    case found(end: Int)
    /// The stream agreed with the text from the start for a good while, and then no more.
    case differs
    case none
  }

  /// How long a stream has to agree with the beginning of a text before it counts as starting over, in units.
  static let agreementLimit = 40

  /// What stands before the part of the stream that is followed.
  enum Position: Hashable, Sendable {
    case atFront
    /// White space there says nothing of how the stream goes on.
    case behindPreamble
    /// Three dots may well stand between two words that are the same.
    case behindEllipsis
  }

  private let position: Position
  /// How many scalars of white space the stream begins with.
  private(set) var whiteCount = 0
  /// Where in the text the stream may have begun, in ascending order; nil before its first word.
  private var places: [Int]?
  /// How much was taken, in scalars and, from the first word on, in units.
  private var scalarCount = 0
  private var unitCount = 0
  private var isInWhiteSpace = false
  /// How far the stream agreed with the text from the text's start, in units.
  private var agreedCount = 0
  /// The end of the longest repetition so far.
  private var end: Int?

  init(_ position: Position = .atFront) {
    self.position = position
  }

  mutating func take(_ scalar: Unicode.Scalar, after text: SeamText) {
    scalarCount += 1
    let isWhite = scalar.properties.isWhitespace
    guard let known = places else {
      if isWhite {
        whiteCount += 1
      } else {
        places = text.places(of: scalar)
        step(isWhite: false, scalar, after: text)
      }
      return
    }
    guard !known.isEmpty, !(isWhite && isInWhiteSpace) else { return }
    step(isWhite: isWhite, scalar, after: text)
  }

  private mutating func step(isWhite: Bool, _ scalar: Unicode.Scalar, after text: SeamText) {
    isInWhiteSpace = isWhite
    let candidates = places ?? []
    places = []
    for place in candidates {
      let unit = text.units[place + unitCount]
      // White space is one unit in the text, and no unit behind its end.
      guard isWhite ? unit.properties.isWhitespace : unit == scalar else { continue }
      if place == 0 { agreedCount = unitCount + 1 }
      if place + unitCount + 1 < text.units.count {
        places?.append(place)
      } else if text.isEnough(from: place, forOneThatGoesOn: seemsToGoOn) {
        end = scalarCount
      }
    }
    unitCount += 1
  }

  private var seemsToGoOn: Bool {
    switch position {
    case .atFront: whiteCount > 0
    case .behindPreamble: false
    case .behindEllipsis: true
    }
  }

  func verdict(atEnd isEnd: Bool) -> Verdict {
    let isOpen = places?.isEmpty != true
    if isOpen, !isEnd { return .open }
    if let end { return .found(end: end) }
    guard agreedCount >= Self.agreementLimit else { return .none }
    return isOpen && places?.first == 0 ? .found(end: scalarCount) : .differs
  }
}

// A snippet: a text with blanks to be filled, written `{{name}}`, or `{{name:what stands there at first}}`.
//
// A name is made of letters, digits, blanks, `-` and `_` and begins with a letter; whatever else stands in
// two pairs of braces is text. So a template of some other program can be a snippet, too.

/// A text for the draft, and where something is to be written in it.
public struct Snippet: Hashable, Sendable {
  /// Placeholders beyond are text.
  static let placeholderLimit = 100
  /// The longest name of a placeholder, in graphemes.
  static let nameLimit = 40

  /// The text as it is put into the draft.
  let elements: [DraftElement]
  /// In the order of the text; none within another.
  let placeholders: [Placeholder]

  init(_ text: String) {
    var elements: [DraftElement] = []
    var placeholders: [Placeholder] = []
    var rest = text[...]
    // The end of what was looked through for `}}` in vain: none of it is looked through twice.
    var barren = text.startIndex
    while let open = rest.firstRange(of: "{{") {
      elements += String(rest[..<open.lowerBound]).draftElements
      let inside = rest[open.upperBound...]
      guard placeholders.count < Self.placeholderLimit,
        let (name, standard, behind) = Self.parts(of: inside, barren: &barren)
      else {
        // The second brace may begin a pair itself.
        elements.append("{")
        rest = rest[rest.index(after: open.lowerBound)...]
        continue
      }
      let shown = (standard ?? "{{\(name)}}").draftElements
      let start = elements.count
      elements += shown
      placeholders.append(
        Placeholder(
          name: name, range: start..<elements.count, shown: shown, mustBeFilled: standard == nil))
      rest = behind
    }
    self.elements = elements + String(rest).draftElements
    self.placeholders = placeholders
  }

  /// What stands between the braces that a text begins behind: a name, and behind a colon what stands there
  /// at first, up to the next `}}` of the line. With it comes what is behind the braces.
  private static func parts(
    of text: Substring, barren: inout Substring.Index
  ) -> (name: String, standard: String?, behind: Substring)? {
    let written = text.prefix { $0.isLetter || $0.isNumber || " -_".contains($0) }
    let name = written.split { $0 == " " }.joined(separator: " ")
    guard let first = name.first, first.isLetter, name.count <= nameLimit else { return nil }
    let rest = text[written.endIndex...]
    if rest.first == "}", rest.dropFirst().first == "}" { return (name, nil, rest.dropFirst(2)) }
    guard rest.first == ":", rest.startIndex >= barren else { return nil }
    let standard = rest.dropFirst()
    let stop = standard.indices.first { place in
      standard[place].isNewline
        || standard[place] == "}" && standard[place...].dropFirst().first == "}"
    }
    guard let stop, standard[stop] == "}" else {
      barren = stop ?? standard.endIndex
      return nil
    }
    return (name, String(standard[..<stop]), standard[stop...].dropFirst(2))
  }
}

/// A place of a draft where something is to be written.
struct Placeholder: Hashable, Sendable {
  let name: String
  /// Where it is, in elements of the draft; it moves and grows with them.
  var range: Range<Int>
  /// What stood there at first.
  let shown: [DraftElement]
  /// Whether what stood there at first is only its name.
  let mustBeFilled: Bool
  /// Whether it is the one that somebody has gone to. One is at the most.
  var isActive = false
  /// Whether anything was written in it, so that what comes at its ends while it is active belongs to it.
  private(set) var isTouched = false

  /// Whether a change of the draft's elements is one of what is written in it.
  func takes(_ change: DraftChange) -> Bool {
    let end = change.start + change.removedCount
    guard change.start >= range.lowerBound, end <= range.upperBound else { return false }
    let isAtEdge =
      change.removedCount == 0 && !range.isEmpty
      && (end == range.lowerBound || change.start == range.upperBound)
    return !isAtEdge || isActive && isTouched
  }

  /// Follows a change that it takes.
  mutating func grow(by change: DraftChange) {
    isTouched = true
    range =
      range.lowerBound..<(range.upperBound + change.insertedCount - change.removedCount)
  }

  /// Follows a change elsewhere. False when nothing is left of it.
  ///
  /// - Parameters:
  ///   - mayStandBefore: whether the change may be behind it.
  ///   - mayStandBehind: whether it may be before it.
  mutating func follow(
    _ change: DraftChange, mayStandBefore: Bool, mayStandBehind: Bool
  ) -> Bool {
    if mayStandBefore, change.start >= range.upperBound { return true }
    guard mayStandBehind, change.start + change.removedCount <= range.lowerBound else {
      return false
    }
    let growth = change.insertedCount - change.removedCount
    range = (range.lowerBound + growth)..<(range.upperBound + growth)
    return true
  }
}

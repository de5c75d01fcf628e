// What a draft consists of: graphemes, and long pastes, each of which is one thing in it.

/// One thing of a draft that a key moves over or takes away.
public enum DraftElement: Hashable, Sendable {
  case character(Character)
  /// A long paste, folded: a label on the screen, the whole text in the prompt.
  indirect case paste(PastedText)

  var isPaste: Bool {
    switch self {
    case .character: false
    case .paste: true
    }
  }

  /// Whether it ends a line of the draft.
  var isLineEnd: Bool {
    switch self {
    case .character(let character): character.utf8.first == 0x0A
    case .paste: false
    }
  }

  /// Whether it parts words as a shell sees them: a blank, a tab or a line end, and no other white space. A
  /// paste is a word of its own.
  var isShellBlank: Bool {
    switch self {
    case .character(let character): character == " " || character == "\t" || character == "\n"
    case .paste: false
    }
  }

  /// Whether readline's word keys go over it: a letter or a digit, as `iswalnum` of a UTF-8 locale has it. A
  /// letter's marks do not count. A paste is a word of its own.
  var isWordCharacter: Bool {
    switch self {
    case .character(let character):
      guard let scalar = character.unicodeScalars.first else { return false }
      if scalar.isASCII { return character.isLetter || character.isNumber }
      let properties = scalar.properties
      return properties.isAlphabetic || properties.generalCategory == .decimalNumber
    case .paste: return true
    }
  }

  /// Whether nothing but white space is in it.
  var isBlank: Bool {
    switch self {
    case .character(let character): character.isWhitespace
    case .paste(let paste): paste.text.allSatisfy(\.isWhitespace)
    }
  }

  /// In UTF-8, with what is folded.
  var byteCount: Int {
    switch self {
    case .character(let character): character.utf8.count
    case .paste(let paste): paste.text.utf8.count
    }
  }

  /// How much of a draft's room it takes, in graphemes.
  var length: Int {
    switch self {
    case .character: 1
    case .paste(let paste): paste.length
    }
  }
}

extension DraftElement: ExpressibleByExtendedGraphemeClusterLiteral {
  public init(extendedGraphemeClusterLiteral character: Character) { self = .character(character) }
}

/// A text that was pasted, and what a label says of it.
public struct PastedText: Hashable, Sendable {
  /// A paste of more lines than this is folded …
  static let foldedLines = 10
  /// … and so is one of more graphemes.
  static let foldedLength = 2_000

  public let text: String
  /// In graphemes.
  let length: Int
  let lineCount: Int

  /// - Parameter text: line ends are LF.
  public init(_ text: String) {
    self.text = text
    length = text.count
    lineCount = PastedText.lineCount(of: text)
  }

  /// What stands in the draft for it.
  public var label: String {
    lineCount > 1 ? "[pasted \(lineCount) lines]" : "[pasted \(length) characters]"
  }

  /// Whether a paste is long enough to be folded: whoever pastes a sentence wants to see it.
  static func isFolded(_ text: String) -> Bool {
    lineCount(of: text) > foldedLines || text.dropFirst(foldedLength).first != nil
  }

  /// A line end at the very end ends a line and begins none.
  private static func lineCount(of text: String) -> Int {
    let ends = text.utf8.count { $0 == 0x0A }
    return ends + (text.utf8.last == 0x0A || text.isEmpty ? 0 : 1)
  }
}

extension Collection<DraftElement> {
  /// The text as it is sent, with what is folded. Costs as much as it is long.
  public var text: String {
    var text = ""
    for element in self {
      switch element {
      case .character(let character): text.append(character)
      case .paste(let paste): text += paste.text
      }
    }
    return text
  }
}

extension String {
  /// The text as elements of a draft, nothing folded. A CRLF or a CR is one line end.
  var draftElements: [DraftElement] {
    map { .character($0.utf8.first == 0x0D ? "\n" : $0) }
  }
}

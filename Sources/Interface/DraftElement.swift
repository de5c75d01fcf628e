// What a draft consists of: graphemes, and long pastes and attachments, each of which is one thing in it.

/// One thing of a draft that a key moves over or takes away.
public enum DraftElement: Hashable, Sendable {
  case character(Character)
  /// A long paste, folded: a label on the screen, the whole text in the prompt.
  indirect case paste(PastedText)
  /// A file that goes with the prompt: a label on the screen.
  indirect case attachment(Attachment)

  var isPaste: Bool {
    switch self {
    case .character, .attachment: false
    case .paste: true
    }
  }

  /// Whether a label stands for it, so that it is a word of its own.
  var isLabelled: Bool {
    switch self {
    case .character: false
    case .paste, .attachment: true
    }
  }

  /// The file that it is; nil for text.
  var attachment: Attachment? {
    switch self {
    case .character, .paste: nil
    case .attachment(let attachment): attachment
    }
  }

  /// Whether it ends a line of the draft.
  var isLineEnd: Bool {
    switch self {
    case .character(let character): character.utf8.first == 0x0A
    case .paste, .attachment: false
    }
  }

  /// Whether it parts words as a shell sees them: a blank, a tab or a line end, and no other white space. A
  /// paste is a word of its own, and so is an attachment.
  var isShellBlank: Bool {
    switch self {
    case .character(let character): character == " " || character == "\t" || character == "\n"
    case .paste, .attachment: false
    }
  }

  /// Whether readline's word keys go over it: a letter or a digit, as `iswalnum` of a UTF-8 locale has it. A
  /// letter's marks do not count. A paste is a word of its own, and so is an attachment.
  var isWordCharacter: Bool {
    switch self {
    case .character(let character):
      guard let scalar = character.unicodeScalars.first else { return false }
      if scalar.isASCII { return character.isLetter || character.isNumber }
      let properties = scalar.properties
      return properties.isAlphabetic || properties.generalCategory == .decimalNumber
    case .paste, .attachment: return true
    }
  }

  /// Whether nothing but white space is in it.
  var isBlank: Bool {
    switch self {
    case .character(let character): character.isWhitespace
    case .paste(let paste): paste.text.allSatisfy(\.isWhitespace)
    case .attachment: false
    }
  }

  /// In UTF-8, with what is folded.
  var byteCount: Int {
    switch self {
    case .character(let character): character.utf8.count
    case .paste(let paste): paste.text.utf8.count
    case .attachment(let attachment): attachment.written.utf8.count
    }
  }

  /// How much of a draft's room it takes, in graphemes.
  var length: Int {
    switch self {
    case .character, .attachment: 1
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
  /// The text with what is folded, and each attachment as it can be written, parted by blanks from what stands
  /// around it. Costs as much as it is long.
  public var text: String {
    var text = ""
    var isBehindAttachment = false
    for element in self {
      if element.attachment != nil ? !text.isEmpty : isBehindAttachment, !element.isShellBlank,
        let last = text.last, last != " ", last != "\t", last != "\n",
        isBehindAttachment || !PathWriting.openingMarks.contains(last)
      {
        text += " "
      }
      isBehindAttachment = element.attachment != nil
      switch element {
      case .character(let character): text.append(character)
      case .paste(let paste): text += paste.text
      case .attachment(let attachment): text += attachment.written
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

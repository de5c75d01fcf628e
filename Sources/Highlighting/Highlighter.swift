// Code, line by line. What a line ends with is carried to the next: the same lines give the same tokens,
// whether they come one at a time or all at once.

/// Tells the tokens of one text. A value: whoever wants to look at a line that is not whole yet asks a
/// copy.
public struct Highlighter: Sendable {
  /// Bytes of a line. A longer one is plain, and what was open before it is open behind it.
  public static let lineLimitBytes = 4096

  private let language: Language
  private var carry = Carry()
  /// How many bytes were looked at, to show that it does not grow faster than the text.
  private(set) var stepCount = 0

  public init(_ language: Language) {
    self.language = language
  }

  /// The tokens of the next line, which has no line end. Linear in it.
  public mutating func tokens(of line: String) -> [Token] {
    let bytes = line.utf8.span
    guard bytes.count <= Highlighter.lineLimitBytes else {
      return [Token(.plain, byteCount: bytes.count)]
    }
    var tokenizer = LineTokenizer(language, carry)
    tokenizer.run(bytes)
    carry = tokenizer.carry
    stepCount += tokenizer.stepCount
    return tokenizer.tokens
  }
}

/// What is open at the end of a line.
struct Carry: Hashable, Sendable {
  /// Regions inside one another that are counted; what is deeper counts as this deep.
  static let depthLimit = 255
  /// Bytes of a word that ends a heredoc; a longer one begins none.
  static let heredocLimitBytes = 64

  /// A region whose end has not come.
  struct OpenRegion: Hashable, Sendable {
    var index: Int
    var depth = 1
    var fenceCount = 0
  }

  /// A text up to the line that is this word.
  struct Heredoc: Hashable, Sendable {
    var word: [UInt8]
    var kind: TokenKind
  }

  var region: OpenRegion?
  var heredoc: Heredoc?
  /// Whether a tag is open, and if its content is no markup the region that this is.
  var isInTag = false
  var rawRegion: Int?
}

// A language as the tokenizer knows it: a few general rules that the language's file switches on. None of
// them can look further than a bounded number of bytes ahead or back, which makes every line linear,
// whatever the file says.

/// How code of one language is told apart.
public struct Language: Sendable {
  /// The name a person reads, `C++`.
  public internal(set) var name: String
  /// What else may stand after a fence, in small letters.
  public internal(set) var aliases: [String] = []

  var words = WordTable([:], ignoresCase: false)
  /// Sorted by their first bytes; of those that begin alike the longer ones first.
  private(set) var regions: [Region] = []
  private(set) var sigils: [Sigil] = []
  var keys: [KeyRule] = []
  /// A word with one of these directly behind it is a function.
  var calls: [UInt8] = []
  /// Whether `Word` is a type and `WORD` a constant.
  var hasCapitals = false
  var hasNumbers = true
  private(set) var markup: Markup?
  private(set) var traits = [ByteTraits](repeating: [], count: 256)
  /// Where the regions that begin with a byte are.
  private(set) var regionRanges = [Range<Int>](repeating: 0..<0, count: 256)

  /// A sign in front of a word that it belongs to: `@name`.
  struct Sigil: Hashable, Sendable {
    var begin: [UInt8]
    var kind: TokenKind
  }

  /// A word, and behind it a sign: `name:`.
  struct KeyRule: Hashable, Sendable {
    var marks: [[UInt8]]
    var kind: TokenKind
    /// Whether only the first word of a line counts.
    var isFirst = false
    /// Whether a blank or the end of the line has to follow the sign, and none may stand before it.
    var needsBlank = false
    /// Whether it may be a string.
    var isQuoted = false
  }

  /// Tags, and text between them.
  struct Markup: Hashable, Sendable {
    /// Elements whose content is no markup. The region of each has the same index.
    var rawElements: [[UInt8]] = []
  }

  /// What a byte may be.
  struct ByteTraits: OptionSet, Hashable, Sendable {
    let rawValue: UInt8
    static let word = ByteTraits(rawValue: 1 << 0)
    /// Part of a word, but no first letter of one.
    static let digit = ByteTraits(rawValue: 1 << 1)
    static let region = ByteTraits(rawValue: 1 << 2)
    static let sigil = ByteTraits(rawValue: 1 << 3)
  }

  /// - Parameters:
  ///   - letters: characters of words beside letters, digits and `_`.
  init(
    name: String, regions: [Region] = [], sigils: [Sigil] = [], letters: [UInt8] = [],
    rawElements: [[UInt8]]? = nil
  ) {
    self.name = name
    self.sigils = sigils.sorted { $0.begin.count > $1.begin.count }
    let raw = (rawElements ?? []).map { name in
      Region(kind: .plain, begin: [], end: Array("</".utf8) + name, hasLines: true, leavesEnd: true)
    }
    // What nothing begins with stands at the front, where no byte's range is.
    self.regions =
      raw
      + regions.sorted {
        ($0.firstByte, -$0.beginByteCount) < ($1.firstByte, -$1.beginByteCount)
      }
    markup = rawElements.map(Markup.init)
    for byte in UInt8.min...UInt8.max {
      let isWord = byte.isLetter || byte.isDigit || byte == UInt8(ascii: "_")
      if isWord || letters.contains(byte) { traits[Int(byte)].insert(.word) }
      if byte.isDigit { traits[Int(byte)].insert(.digit) }
    }
    for sigil in sigils { traits[Int(sigil.begin[0])].insert(.sigil) }
    for (index, region) in self.regions.enumerated().dropFirst(raw.count) {
      let first = Int(region.firstByte)
      traits[first].insert(.region)
      let range = regionRanges[first]
      regionRanges[first] = (range.isEmpty ? index : range.lowerBound)..<(index + 1)
    }
  }
}

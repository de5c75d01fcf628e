// A stretch of code that begins with one sign and goes on to another, whatever stands between them:
// comments and strings, but also the lines of a difference.

/// Where a region begins and ends, and what it is.
///
///     r       ##       "   …   "    ##
///     lead    fence    begin   end  fence  tail
///
/// `fence` is one character, any number of times, the same number at both ends. Without an `end` the
/// region takes the rest of the line.
struct Region: Hashable, Sendable {
  /// Where on a line it may begin.
  enum Place: Hashable, Sendable {
    case anywhere
    /// At the very left.
    case line
    /// Behind blanks at the most.
    case first
    /// At the very left or behind a blank.
    case blank
    /// Behind no letter or digit.
    case border
  }

  var kind: TokenKind
  var place = Place.anywhere
  var lead: [UInt8] = []
  var fence: UInt8?
  var begin: [UInt8]
  var end: [UInt8] = []
  var tail: [UInt8] = []
  /// What stands behind it does not end the region.
  var escape: UInt8?
  /// Whether it goes on over the end of a line.
  var hasLines = false
  /// Whether a `begin` inside it needs an `end` of its own.
  var isNested = false
  /// Whether it holds one character, written as itself or behind an escape; otherwise it is none.
  var isCharacter = false
  /// Whether it is nothing but its beginning.
  var isSign = false
  /// Whether a word follows, and the region begins on the next line and ends with the line that is
  /// this word: `<<EOF`.
  var isHeredoc = false
  /// Whether `end` belongs to what follows.
  var leavesEnd = false

  /// The fence that a language's file writes may be so long in code; a longer one is none.
  static let fenceLimit = 16

  /// The byte that it begins with.
  var firstByte: UInt8 { lead.first ?? fence ?? begin.first ?? 0 }

  /// How much of its beginning is certain; of two regions the longer one is tried first.
  var beginByteCount: Int { lead.count + begin.count + (fence == nil ? 0 : 1) }
}

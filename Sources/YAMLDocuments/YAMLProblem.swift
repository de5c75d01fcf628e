// libyaml says what its grammar missed; a person wants to know what to write. This table turns the one
// into the other. The keys are the strings of scanner.c, parser.c and reader.c of libyaml 0.2.5.

/// A problem that libyaml reported.
struct YAMLProblem {
  /// libyaml's own words.
  var words: String
  /// The line in which the thing began that is broken, counted from one.
  var openingLine: Int?
  /// The byte at the problem's place; nil at the end of the text.
  var byte: UInt8?

  init(_ words: String, openingLine: Int? = nil, byte: UInt8? = nil) {
    self.words = words
    self.openingLine = openingLine
    self.byte = byte
  }

  /// True where the mistake lies at the beginning of the broken thing and not where libyaml gave up.
  var isAtOpening: Bool {
    switch words {
    case "could not find expected ':'", "found unexpected end of stream",
      "found unexpected document indicator":
      true
    default: false
    }
  }

  /// What is wrong and what would be right.
  var sentence: String {
    switch words {
    case "mapping values are not allowed in this context":
      return "A ':' may not stand here. Check the indentation, and put text that holds ': ' in "
        + "quotation marks."
    case "could not find expected ':'":
      return "A ':' is missing: a name and its value are written 'name: value'."
    case "found character that cannot start any token":
      return byte == 0x09
        ? "A tab may not indent. Use spaces."
        : "A value cannot begin with this character. Put the text in quotation marks."
    case "found a tab character that violates indentation",
      "found a tab character where an indentation space is expected":
      return "A tab may not indent. Use spaces."
    case "found unexpected end of stream", "found unexpected document indicator":
      return "This quotation mark is never closed."
    case "did not find expected key":
      return
        "A member 'name: value' was expected. Check the indentation: members of one mapping begin "
        + "in one column."
    case "did not find expected '-' indicator":
      return
        "An entry '- value' was expected. Check the indentation: entries of one list begin in one "
        + "column."
    case "did not find expected ',' or '}'":
      return
        "A ',' or '}' is missing: the '{'\(opening) is not closed. A '#' outside quotation marks "
        + "begins a comment."
    case "did not find expected ',' or ']'":
      return
        "A ',' or ']' is missing: the '['\(opening) is not closed. A '#' outside quotation marks "
        + "begins a comment."
    case "did not find expected node content":
      return byte == nil
        ? "The text ends inside a '{' or '['. A '#' outside quotation marks begins a comment."
        : "A value is missing here."
    case "did not find expected <document start>":
      return "The document has ended before this. Check the indentation."
    case "block sequence entries are not allowed in this context":
      return "A list may not begin here. Put its first '-' on a line of its own."
    case "mapping keys are not allowed in this context":
      return "A member 'name: value' may not begin here. Put it on a line of its own."
    case "did not find expected alphabetic or numeric character":
      return "Text that begins with '&' or '*' must stand in quotation marks."
    case "found unknown escape character", "did not find expected hexdecimal number",
      "found invalid Unicode character escape code":
      return
        "This is no escape sequence. Write '\\\\' for a backslash, or use single quotation marks."
    case "control characters are not allowed":
      return "A control character stands here. Take it out, or write it as an escape sequence in "
        + "double quotation marks."
    default:
      return "This is not YAML: \(words)."
    }
  }

  private var opening: String { openingLine.map { " of line \($0)" } ?? "" }
}

// Words as YAML has them. What could be read as anything else stands in double quotation marks, with whatever a
// terminal could heed escaped.

/// Pieces of YAML in its block form, one line each.
enum YAMLText {
  /// Bytes of a name that may stand before a `:` without more ado; libyaml looks 1,024 far.
  private static let simpleKeyByteCount = 250

  /// Text as a value.
  static func scalar(_ text: String) -> String { isPlain(text) ? text : quoted(text) }

  /// Texts as a list in one line.
  static func list(_ texts: [String]) -> String {
    "[\(texts.map(scalar).joined(separator: ", "))]"
  }

  /// The name of a member with its colon, set in by this many blanks.
  static func key(_ name: String, indent: Int) -> String {
    let gap = String(repeating: " ", count: indent)
    let word = scalar(name)
    return word.utf8.count <= simpleKeyByteCount ? "\(gap)\(word):" : "\(gap)? \(word)\n\(gap):"
  }

  /// Text in a comment, which ends with its line.
  static func comment(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { isShown($0) ? $0 : "\u{FFFD}" }))
  }

  /// Letters and digits, and what stands in paths and names; and no word that means something by itself.
  private static func isPlain(_ text: String) -> Bool {
    func isWordByte(_ byte: UInt8) -> Bool {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
      default: byte == UInt8(ascii: "/")
      }
    }
    guard let first = text.utf8.first, isWordByte(first), !["null"].contains(text) else {
      return false
    }
    return text.utf8.allSatisfy { isWordByte($0) || "._-".utf8.contains($0) }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case _ where isShown(scalar): result.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16)
        result += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
      }
    }
    return result + "\""
  }

  /// Whether a scalar is seen, and nothing else.
  private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator:
      false
    default: true
    }
  }
}

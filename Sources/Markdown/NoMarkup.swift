// What people write into Markdown that CommonMark would take for markup and swallow in part: formulas in
// TeX, `\( … \)`, `\[ … \]` and `$$ … $$`, whose backslashes, stars and underscores mean something else,
// and footnotes, `[^1]: …`, which would become the address of a link. Both show as they are written.
//
// md4c is handed a copy of the text in which other bytes stand in their place, as many as before; it
// answers with places in the copy, and the words are read from the text itself.
//
// A formula holds no blank line and no fence, so that it lies on one side of every place at which a
// growing text settles, and no backtick, so that code stays code.

/// The copy for md4c, as long as the text; nil if the text itself will do. Linear in its length.
func hidingNoMarkup(in text: [UInt8]) -> [UInt8]? {
  var scan = NoMarkup(text)
  return scan.copy()
}

private struct NoMarkup {
  private enum Formula: Int, CaseIterable {
    case inline, display, dollars

    var opening: [UInt8] {
      switch self {
      case .inline: Array(#"\("#.utf8)
      case .display: Array(#"\["#.utf8)
      case .dollars: Array("$$".utf8)
      }
    }

    var closing: [UInt8] {
      switch self {
      case .inline: Array(#"\)"#.utf8)
      case .display: Array(#"\]"#.utf8)
      case .dollars: Array("$$".utf8)
      }
    }
  }

  /// Labels of footnotes are no longer than this, in bytes.
  private static let labelByteLimit = 100

  private let text: [UInt8]
  private var hidden: [UInt8]?
  /// Up to where no formula of each kind ends, so that nothing is read twice.
  private var endless = [Int](repeating: 0, count: Formula.allCases.count)

  init(_ text: [UInt8]) {
    self.text = text
  }

  mutating func copy() -> [UInt8]? {
    var index = 0
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: "["):
        if let colon = footnoteColon(at: index) { hide(colon, as: UInt8(ascii: ";")) }
        index += 1
      case UInt8(ascii: "\\"), UInt8(ascii: "$"):
        if let end = endOfFormula(at: index) {
          for place in index..<end where text[place] > 0x20 && text[place] < 0x80 {
            hide(place, as: UInt8(ascii: "x"))
          }
          index = end
        } else {
          index += text[index] == UInt8(ascii: "\\") ? 2 : 1
        }
      default:
        index += 1
      }
    }
    return hidden
  }

  private mutating func hide(_ place: Int, as byte: UInt8) {
    if hidden == nil { hidden = text }
    hidden?[place] = byte
  }

  /// The colon of `[^label]:` at the beginning of a line.
  private func footnoteColon(at start: Int) -> Int? {
    let isAtLineStart = text[..<start].suffix(4).reversed().first { $0 != 0x20 }.map(isLineEnd)
    guard isAtLineStart ?? (start < 4), start + 1 < text.count, text[start + 1] == UInt8(ascii: "^")
    else { return nil }
    let label = text[(start + 2)...].prefix(Self.labelByteLimit).prefix {
      $0 > 0x20 && $0 != UInt8(ascii: "[") && $0 != UInt8(ascii: "]")
    }
    guard !label.isEmpty, text[label.endIndex...].starts(with: "]:".utf8) else { return nil }
    return label.endIndex + 1
  }

  /// Where the formula that begins here ends; nil if none begins.
  private mutating func endOfFormula(at start: Int) -> Int? {
    guard let kind = Formula.allCases.first(where: { text[start...].starts(with: $0.opening) }),
      start == 0 || mayStandBefore(text[start - 1]), endless[kind.rawValue] <= start
    else { return nil }
    var index = start + 2
    while index < text.count {
      let byte = text[index]
      if index > start + 2 || kind != .dollars, text[index...].starts(with: kind.closing) {
        return index + 2
      }
      let isFence = byte == UInt8(ascii: "~") && text[index...].starts(with: "~~~".utf8)
      if byte == UInt8(ascii: "`") || isFence || isLineEnd(byte) && isBlank(lineAfter: index) {
        break
      }
      index += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    endless[kind.rawValue] = index
    return nil
  }

  /// Formulas do not begin inside words, addresses and prices.
  private func mayStandBefore(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "/"),
      UInt8(ascii: "\\"), UInt8(ascii: "$"):
      false
    default: true
    }
  }

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  /// Whether nothing but white space and the marks of quotes stands on the line behind this line end.
  private func isBlank(lineAfter end: Int) -> Bool {
    var index = end + 1
    if text[end] == 0x0D, index < text.count, text[index] == 0x0A { index += 1 }
    while index < text.count, isBlankOrMark(text[index]) { index += 1 }
    return index == text.count || isLineEnd(text[index])
  }

  private func isBlankOrMark(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == UInt8(ascii: ">")
  }
}

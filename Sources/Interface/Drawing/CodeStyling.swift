// Code as lines of the screen. What a token is decides on its colour and on nothing else: the text is the
// same as without colours.

import Highlighting
import Terminal

/// What colours a block of code, from line to line; nothing for a language that is not known.
struct CodeColoring {
  private var highlighter: Highlighter?

  /// Of a block without a language.
  static let plain = CodeColoring(nil, in: .none)

  init(_ language: String?, in languages: Languages) {
    highlighter = language.flatMap(languages.language(named:)).map(Highlighter.init)
  }

  /// The tokens of the next line.
  fileprivate mutating func tokens(of line: String) -> [Token] {
    highlighter?.tokens(of: line) ?? [Token(.plain, byteCount: line.utf8.count)]
  }
}

extension MarkdownStyling {
  func code(_ text: String, language: String?, in margin: Margin) -> [TextLine] {
    let head = Margin(first: margin.first + codeMargin.first, rest: margin.rest + codeMargin.rest)
    let label = codeHead(language, in: head)
    var coloring = CodeColoring(language, in: languages)
    let lines = codeLines(
      text, &coloring, in: label.isEmpty ? head : Margin(first: head.rest, rest: head.rest))
    return (label + lines).markedAsCode(isStart: true)
  }

  /// The line above a block of code that names its language; nothing if it has none.
  func codeHead(_ language: String?) -> [TextLine] { codeHead(language, in: codeMargin) }

  /// Code stands two columns in, keeps all its spaces and breaks only where the columns end. The text is
  /// one line or more, whole ones but for the last.
  func codeLines(_ text: String, _ coloring: inout CodeColoring) -> [TextLine] {
    codeLines(text, &coloring, in: codeMargin).markedAsCode(isStart: false)
  }

  /// For one line of `codeLines`.
  func growingCodeLine() -> GrowingWrap {
    GrowingWrap(
      wrap, columns: columns, style: theme.style(for: .codeBlock), mode: .exact,
      first: codeMargin.first, rest: codeMargin.rest)
  }

  private var codeMargin: Margin {
    let blanks = columns < 8 ? [] : [self.blanks(2)]
    return Margin(first: blanks, rest: blanks)
  }

  private func codeHead(_ language: String?, in margin: Margin) -> [TextLine] {
    guard let language else { return [] }
    return wrapped([TextRun(language, theme.style(for: .muted))], in: margin)
  }

  private func codeLines(
    _ text: String, _ coloring: inout CodeColoring, in margin: Margin
  ) -> [TextLine] {
    var lines: [TextLine] = []
    // By bytes: a line end and what follows may be one character.
    for bytes in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
      let line = String(Substring(bytes))
      lines += wrap.lines(
        runs(line, coloring.tokens(of: line)), columns: columns, mode: .exact,
        first: lines.isEmpty ? margin.first : margin.rest, rest: margin.rest)
    }
    return lines
  }

  /// A line cut where its tokens end; a token that ends inside a character goes on to the character's end.
  private func runs(_ line: String, _ tokens: [Token]) -> [TextRun] {
    guard tokens.count > 1 else {
      return [TextRun(line, theme.style(for: tokens.first?.kind.face ?? .codeBlock))]
    }
    var runs: [TextRun] = []
    var start = line.startIndex
    var end = start
    for (number, token) in tokens.enumerated() {
      end = line.utf8.index(end, offsetBy: token.byteCount)
      guard number == tokens.count - 1 || isBorder(end, of: line), start < end else { continue }
      runs.append(TextRun(String(line[start..<end]), theme.style(for: token.kind.face)))
      start = end
    }
    return runs
  }

  /// Whether two characters meet here. Between two bytes of ASCII they do: a line holds no line end.
  private func isBorder(_ index: String.Index, of line: String) -> Bool {
    let bytes = line.utf8
    guard index < bytes.endIndex else { return true }
    if bytes[index] < 0x80, bytes[bytes.index(before: index)] < 0x80 { return true }
    return String.Index(index, within: line) != nil
  }
}

extension TokenKind {
  /// The face that it is drawn in.
  var face: Face {
    switch self {
    case .plain: .codeBlock
    case .comment: .codeComment
    case .keyword: .codeKeyword
    case .type: .codeType
    case .function: .codeFunction
    case .constant: .codeConstant
    case .string: .codeString
    case .number: .codeNumber
    case .attribute: .codeAttribute
    case .variable: .codeVariable
    case .property: .codeProperty
    case .tag: .codeTag
    case .inserted: .codeInserted
    case .deleted: .codeDeleted
    case .meta: .codeMeta
    case .heading: .codeHeading
    }
  }
}

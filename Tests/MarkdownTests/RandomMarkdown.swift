// Random documents, the same for the same seed.

import Support

/// Writes documents without reference definitions.
///
/// What follows a heading, a fence or a rule inside a list item, after a blank line, is left out as
/// well: there md4c 0.4.8 takes a line's offset for the kind of a block (`top_block` in
/// `md_analyze_line`), and where the list ends depends on how far from the start of the text it
/// stands.
struct RandomMarkdown {
  var generator: Seeded

  init(seed: UInt64) { generator = Seeded(state: seed) }

  mutating func document() -> String {
    (0..<number(1...8)).map { _ in
      let block = block()
      return block + pick(["\n", "\n\n", "\n\n", "\n\n\n", "\r\n\r\n", "\n  \n"])
    }.joined()
  }

  /// Text of nothing but markup characters, a worst case for guesses about lines.
  mutating func soup() -> String {
    let pieces = [
      "\n", "\n", "\n\n", " ", "  ", "\t", "a", "b", "> ", "```", "~~~", "*", "_", "|", "#", "1.",
      "2) ",
      "---\n", "===", "`", "~~", "![", "](", ")", "\\", "&lt;", "é", "\u{FEFF}", "<b>", "www.a.b",
      "0",
    ]
    return (0..<number(1...60)).map { _ in pick(pieces) }.joined()
  }

  /// Lists of lists, loose and tight, that lines at the left interrupt.
  mutating func lists() -> String {
    (0..<number(1...14)).map { _ in
      pick(["", "", " ", "  ", "   ", "    "])
        + pick(["- ", "* ", "1. ", "2. ", "10) ", "> ", "", ""])
        + words(1...3) + pick(["\n", "\n", "\n\n"])
    }.joined()
  }

  /// Cuts a text into deltas of 1 to 12 scalars.
  mutating func deltas(of text: String) -> [String] {
    var deltas: [String] = []
    var rest = Array(text.unicodeScalars)[...]
    while !rest.isEmpty {
      let count = number(1...12)
      deltas.append(String(String.UnicodeScalarView(rest.prefix(count))))
      rest = rest.dropFirst(count)
    }
    return deltas
  }

  private mutating func block() -> String {
    switch number(0...9) {
    case 0: String(repeating: "#", count: number(1...6)) + " " + inline()
    case 1: inline() + "\n" + pick(["---", "===", "-"])
    case 2: list(indent: "", depth: 0)
    case 3: fence(indent: pick(["", "", "", " "]))
    case 4: "> " + inline() + "\n" + pick(["> ", ">", "> > ", "> - ", "> ```\n> "]) + inline()
    case 5: table()
    case 6: pick(["---", "***", "- - -", "___"])
    case 7: words(1...3) + "\n\n    " + words(1...3) + "\n\n      " + words(1...3) + "\n\ty"
    default: inline() + pick(["", "\n", "  \n", "\\\n"]) + inline()
    }
  }

  private mutating func list(indent: String, depth: Int) -> String {
    let mark = pick(["- ", "* ", "+ ", "1. ", "12. ", "3) "])
    let inner = indent + String(repeating: " ", count: mark.utf8.count)
    let separator = pick(["\n", "\n", "\n\n"])
    return (0..<number(1...3)).map { _ in
      var item = indent + mark + pick(["", "", "[ ] ", "[x] "]) + inline()
      if number(0...3) == 0 { item += "\n\n" + inner + inline() }
      if depth < 3, number(0...2) == 0 { item += "\n" + list(indent: inner, depth: depth + 1) }
      if separator == "\n", number(0...3) == 0 { item += "\n" + fence(indent: inner) }
      return item
    }.joined(separator: separator)
  }

  private mutating func fence(indent: String) -> String {
    let mark = pick(["```", "```", "````", "~~~"])
    let lines = (0..<number(0...5)).map { _ in
      indent
        + pick([
          "let a = 1", "\tcc x", "", "  ", "# no", "- no", "``", "``` no", "> no", "~~~", " \t x",
        ])
    }
    let end = number(0...7) == 0 ? "" : "\n" + indent + mark + pick(["", "", " ", "`"])
    return ([indent + mark + pick(["", "swift", "c++ x"])] + lines).joined(separator: "\n") + end
  }

  private mutating func table() -> String {
    let count = number(1...4)
    let rule = String(repeating: "|" + pick(["---", ":--", ":-:"]), count: count) + "|"
    let rows = (0..<number(0...4)).map { _ in
      (0..<count).map { _ in "| " + inline() }.joined() + pick([" |", "", " | x |"])
    }
    return ([String(repeating: "| " + words(1...2), count: count) + " |", rule] + rows)
      .joined(separator: "\n")
  }

  private mutating func inline() -> String {
    (0..<number(1...4)).map { _ in
      switch number(0...9) {
      case 0: "*" + words(1...2) + "*"
      case 1: "**" + words(1...2) + pick(["**", "", "*"])
      case 2: "`" + words(1...1) + pick(["`", ""])
      case 3: "[" + words(1...2) + "](http://a.b/c)"
      case 4: pick(["&amp;", "<b>", "http://x.y/z", "~~no~~", "1. ", "- ", "![i](u)", "é", "👩‍💻"])
      default: words(1...6)
      }
    }.joined(separator: " ")
  }

  private mutating func words(_ range: ClosedRange<Int>) -> String {
    (0..<number(range)).map { _ in pick(["the", "quick", "x", "1", "a_b", "2.", "cat", "-", "*"]) }
      .joined(separator: " ")
  }

  private mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &generator)
  }

  private mutating func pick(_ choices: [String]) -> String {
    choices[number(0...(choices.count - 1))]
  }
}

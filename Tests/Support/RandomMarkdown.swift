// Random documents, the same for the same seed.

/// Writes documents; only `mixture` has reference definitions.
///
/// What follows a heading, a fence or a rule inside a list item, after a blank line, is left out as
/// well: there md4c 0.4.8 takes a line's offset for the kind of a block (`top_block` in
/// `md_analyze_line`), and where the list ends depends on how far from the start of the text it
/// stands.
public struct RandomMarkdown {
  private var pieces: UnicodeSoup

  public init(seed: UInt64) { pieces = UnicodeSoup(seed: seed) }

  public mutating func document() -> String {
    (0..<number(1...8)).map { _ in
      let block = block()
      return block + pick(["\n", "\n\n", "\n\n", "\n\n\n", "\r\n\r\n", "\n  \n"])
    }.joined()
  }

  /// Text of nothing but markup characters, a worst case for guesses about lines.
  public mutating func soup() -> String {
    let pieces = [
      "\n", "\n", "\n\n", " ", "  ", "\t", "a", "b", "> ", "```", "~~~", "*", "_", "|", "#", "1.",
      "2) ",
      "---\n", "===", "`", "~~", "![", "](", ")", "\\", "&lt;", "é", "\u{FEFF}", "<b>", "www.a.b",
      "\\(", "\\)", "$$", "\\[", "\\]", "[^1]: ",
      "0",
    ]
    return (0..<number(1...60)).map { _ in pick(pieces) }.joined()
  }

  /// Lists of lists, loose and tight, that lines at the left interrupt.
  public mutating func lists() -> String {
    (0..<number(1...14)).map { _ in
      pick(["", "", " ", "  ", "   ", "    "])
        + pick(["- ", "* ", "1. ", "2. ", "10) ", "> ", "", ""])
        + words(1...3) + pick(["\n", "\n", "\n\n"])
    }.joined()
  }

  /// Documents in every script, with line ends of every kind and whatever else a model may write: what
  /// a link means may be known only at the end.
  public mutating func mixture() -> String {
    let text = (0..<number(1...7)).map { _ in
      let block =
        switch number(0...11) {
        case 0: block()
        case 1: pick(["# ", "## ", "### ", "#### "]) + foreign()
        case 2: marked(pick(["- ", "1. ", "10. ", "- [x] ", "3. [ ] "]))
        case 3: marked("> ")
        case 4: marked("> - ")
        case 5: foreignTable()
        case 6: "```" + pick(["", "swift"]) + "\n\t" + foreign() + "\n" + foreign() + "\n```"
        case 7: "````\n```\n" + foreign() + "\n```\n````"
        case 8: "[a]: http://a.b/" + pick(["c", "d\n\nSee [a] and [b]."])
        case 9:
          pick(["<details>", "<br>&nbsp;", "$$a_b$$ \\(c\\)", "[^1]: x", "a[^1]"]) + foreign()
        case 10: String(repeating: pick(["word ", "日本", "long", "שלום "]), count: number(10...60))
        default: foreign() + pick(["\n", "  \n", " [a] "]) + foreign()
        }
      return block + pick(["\n", "\n\n", "\n\n", "\n\n\n"])
    }.joined()
    return number(0...3) == 0 ? text.split(separator: "\n").joined(separator: "\r\n") : text
  }

  /// Cuts a text into deltas of 1 to 12 scalars, or up to so many.
  public mutating func deltas(of text: String, upTo count: Int = 12) -> [String] {
    pieces.deltas(of: text, upTo: count)
  }

  private mutating func foreign() -> String {
    (0..<number(1...5)).map { _ in
      switch number(0...5) {
      case 0: inline()
      case 1:
        pick(["שלום עולם", "سلام", "日本語。", "「語」", "한국어", "नमस्ते", "สวัสดี", "👩‍💻", "e\u{301}", "\t"])
      case 2: "**" + pick(["שלום", "日本", "x"]) + "**"
      case 3: "[" + pick(["שלום", "日本", "x"]) + "](https://a.b/a/rather/long/address?of=it)"
      default: words(1...4)
      }
    }.joined(separator: pick([" ", " ", "\n"]))
  }

  private mutating func marked(_ mark: String) -> String {
    (0..<number(1...3)).map { _ in mark + foreign() }.joined(separator: pick(["\n", "\n\n"]))
  }

  private mutating func foreignTable() -> String {
    let count = number(1...5)
    func row(_ cell: (inout RandomMarkdown) -> String) -> String {
      (0..<count).map { _ in "| " + cell(&self).split(separator: "\n").joined(separator: " ") + " "
      }
      .joined() + "|"
    }
    let rule = String(repeating: "|" + pick(["---", ":--", ":-:", "--:"]), count: count) + "|"
    let head = row { $0.words(1...2) }
    return ([head, rule] + (0..<number(0...4)).map { _ in row { $0.foreign() } })
      .joined(separator: "\n")
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

  private mutating func number(_ range: ClosedRange<Int>) -> Int { pieces.number(range) }

  private mutating func pick(_ choices: [String]) -> String { pieces.pick(choices) }
}

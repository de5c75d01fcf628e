// A prompt may name a key (`what does esc do`, `^C`) or a slash command. Names are looked up in the
// rows; which keys exist is nowhere written here, only how people spell them.

extension Guide {
  /// A key or command that stands in a prompt.
  enum Named: Hashable {
    case row(GuideTables.Row)
    /// Something that can only be a key, and nothing is bound to it.
    case unboundKey(String)
  }

  /// The keys and commands a prompt names, each once, in its order.
  func namedRows(in prompt: GuidePrompt) -> [Named] {
    var named: [Named] = []
    for name in prompt.slashNames {
      let row = tables.commands.first { names(of: $0).contains { $0 == "/\(name)" || $0 == name } }
      if let row { named.append(.row(row)) }
    }
    named += namedKeys(in: prompt)
    var seen: Set<Named> = []
    return named.filter { seen.insert($0).inserted }
  }

  /// The ways a row's name may be written, in lower case.
  private func names(of row: GuideTables.Row) -> [String] {
    row.name.split { $0.isWhitespace || $0 == "," }.map { $0.lowercased() }
  }

  private func namedKeys(in prompt: GuidePrompt) -> [Named] {
    let words = KeyWord.words(of: prompt.words)
    let spellings = tables.keys.flatMap { row in
      names(of: row).map { (words: KeyWord.words(of: GuidePrompt.words(of: $0)), row: row) }
    }
    var named: [Named] = []
    var start = 0
    while start < words.count {
      let rest = words[start...]
      let found = spellings.first { spelling in
        !spelling.words.isEmpty && rest.starts(with: spelling.words) { $0.text == $1.text }
      }
      if let found {
        let end = start + found.words.count
        if KeyWord.isMeant(start..<end, of: words) { named.append(.row(found.row)) }
        start = end
      } else if let end = KeyWord.endOfUnmistakableKey(in: words, from: start) {
        named.append(.unboundKey(KeyWord.name(of: words[start..<end])))
        start = end
      } else {
        start += 1
      }
    }
    return named
  }

  func answerAboutNamed(_ named: [Named]) -> String {
    let lines = named.map { named in
      switch named {
      case .row(let row): Guide.item(row)
      case .unboundKey(let name): "- \(Guide.code(name)): nothing is bound to it"
      }
    }
    let stops = named.contains { named in
      switch named {
      case .row(let row): row.help.contains("stop the reply")
      case .unboundKey: false
      }
    }
    let advice =
      stops
      ? "To try it, ask me for **something long** first."
      : "Ask me for the **keys** or the **commands** to see all of them."
    return lines.joined(separator: "\n") + "\n\n" + advice
  }
}

/// A word as it may stand in the name of a key.
private struct KeyWord: Equatable {
  let text: String
  /// Whether people use the word for other things too.
  let isOrdinary: Bool

  private static let spellings = [
    "escape": "esc", "control": "ctrl", "strg": "ctrl", "return": "enter", "del": "delete",
    "option": "alt", "meta": "alt", "pageup": "pgup", "pagedown": "pgdn", "pgdown": "pgdn",
    "bksp": "backspace", "ins": "insert",
  ]
  private static let modifiers: Set = ["ctrl", "alt", "shift"]
  private static let ordinary: Set = [
    "enter", "delete", "insert", "space", "tab", "home", "end", "up", "down", "left", "right",
    "escape", "option", "control", "meta",
  ]
  private static let rare: Set = ["esc", "backspace", "pgup", "pgdn"]
  private static let aboutKeys: Set = [
    "key", "keys", "press", "pressed", "pressing", "hit", "hitting", "arrow", "arrows", "bound",
  ]

  /// Brings all spellings to one: `page up` and `PageUp` are `pgup`.
  static func words(of words: [String]) -> [KeyWord] {
    var result: [KeyWord] = []
    for word in words {
      if let last = result.last, last.text == "page", word == "up" || word == "down" {
        result[result.count - 1] = KeyWord(text: word == "up" ? "pgup" : "pgdn", isOrdinary: false)
        continue
      }
      let text = spellings[word] ?? word
      let isOrdinary = ordinary.contains(word) || ordinary.contains(text) || text.count == 1
      result.append(KeyWord(text: text, isOrdinary: isOrdinary))
    }
    return result
  }

  /// Whether these words name a key and are not just words: nobody means the key by `the end`.
  static func isMeant(_ range: Range<Int>, of words: [KeyWord]) -> Bool {
    if range.count > 1 || !words[range.lowerBound].isOrdinary || range.count == words.count {
      return true
    }
    let isBetweenDoesAndDo =
      range.lowerBound > 0 && words[range.lowerBound - 1].text == "does"
      && range.upperBound < words.count && words[range.upperBound].text == "do"
    return isBetweenDoesAndDo || words.contains { aboutKeys.contains($0.text) }
  }

  /// Where a key ends that begins here and is one without doubt: a modifier and a key, or `f7`.
  static func endOfUnmistakableKey(in words: [KeyWord], from start: Int) -> Int? {
    let end = words[start...].firstIndex { !modifiers.contains($0.text) } ?? words.count
    guard end < words.count else { return nil }
    let text = words[end].text
    let isFunctionKey = text.first == "f" && (Int(text.dropFirst()).map { 1...24 ~= $0 } ?? false)
    if end == start { return isFunctionKey || rare.contains(text) ? end + 1 : nil }
    let isKey = isFunctionKey || text.count == 1 || ordinary.contains(text) || rare.contains(text)
    return isKey ? end + 1 : nil
  }

  /// The name as people write it: `Ctrl-Q`.
  static func name(of words: ArraySlice<KeyWord>) -> String {
    words.map { $0.text.prefix(1).uppercased() + $0.text.dropFirst() }.joined(separator: "-")
  }
}

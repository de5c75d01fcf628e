/// A prompt as the guide reads it: words in lower case, and what begins with a slash.
struct GuidePrompt {
  /// How much of a prompt is read, in characters; a question to the guide is short, and what lies
  /// behind is not looked at.
  static let readLimit = 2_000

  /// Letters and digits only. An apostrophe is dropped (`whats`), everything else parts words.
  let words: [String]
  /// The words that had a slash in front, without it: `model` of `/model`.
  let slashNames: [String]
  /// Whether there was nothing but punctuation with a question mark in it.
  let isBareQuestion: Bool

  init(_ text: String) {
    let read = text.prefix(GuidePrompt.readLimit)
    words = GuidePrompt.words(of: read)
    slashNames = read.split(whereSeparator: \.isWhitespace).compactMap { token in
      guard let slash = token.firstIndex(where: { $0 == "/" || $0.isLetter || $0.isNumber }),
        token[slash] == "/"
      else { return nil }
      let name = token[slash...].dropFirst().prefix { $0.isLetter || $0.isNumber || $0 == "-" }
      // `/etc/hosts` is a path and no command.
      let rest = token[name.endIndex...]
      return name.isEmpty || rest.contains("/") ? nil : name.lowercased()
    }
    isBareQuestion = words.isEmpty && read.contains("?")
  }

  /// Whether the words of `phrase` stand in the prompt one behind the other. A word that ends with `*`
  /// stands for all that begin with it.
  func holds(_ phrase: String) -> Bool {
    let wanted = phrase.split(separator: " ")
    guard !wanted.isEmpty, wanted.count <= words.count else { return false }
    return (0...(words.count - wanted.count)).contains { start in
      zip(wanted, words[start...]).allSatisfy { pattern, word in
        pattern.last == "*" ? word.hasPrefix(pattern.dropLast()) : word == pattern
      }
    }
  }

  /// Whether a name, of which the words count and not what parts them, stands in the prompt.
  func names(_ name: String) -> Bool {
    holds(GuidePrompt.words(of: name).joined(separator: " "))
  }

  /// The words of a text. `^C` is read as `ctrl c`.
  static func words(of text: some StringProtocol) -> [String] {
    var words: [String] = []
    var word = ""
    for character in text {
      if character.isLetter || character.isNumber {
        word += character.lowercased()
      } else if character != "'" && character != "’" {
        if !word.isEmpty { words.append(word) }
        word = ""
        if character == "^" { words.append("ctrl") }
      }
    }
    return word.isEmpty ? words : words + [word]
  }
}

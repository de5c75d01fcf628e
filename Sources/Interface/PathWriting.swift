// Paths as they are written: in a draft behind `@`, behind `/attach`, and by terminals into which files are
// dropped. A blank ends one, unless a backslash stands before it or quotes around it, as in a shell.

enum PathWriting {
  /// The system takes no longer path, in bytes (limits.h, PATH_MAX).
  static let byteLimit = 4_096

  /// More are not counted.
  static let pathLimit = 10_000

  /// What may stand in a sentence before the `@` of a path …
  static let openingMarks: Set<Character> = ["(", "[", "{", "<", "\"", "'", "“", "‘", "„", "«"]
  /// … and behind the path.
  static let closingMarks: Set<Character> = [
    ".", ",", ";", ":", "!", "?", "…", ")", "]", "}", ">", "\"", "'", "”", "“", "’", "‘", "»",
  ]
  /// Behind one stands what belongs to a name and not to a path: `@notes.txt's`.
  static let apostrophes: Set<Character> = ["'", "’"]

  /// What stands in one word.
  struct Word: Hashable {
    var path: String
    /// How many characters it takes, with quotes and backslashes.
    var length: Int
    /// Whether a quote was opened and not closed.
    var isOpen: Bool
  }

  /// The last part of a path.
  static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// The folder of a path, with the slash at its end, and what stands behind it.
  static func parts(of path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return ("", path) }
    let start = path.index(after: slash)
    return (String(path[..<start]), String(path[start...]))
  }

  /// A path as one word.
  static func escaped(_ path: String) -> String {
    var word = ""
    for character in path {
      if isBlank(character) || "\\'\"".contains(character) { word.append("\\") }
      word.append(character)
    }
    return word
  }

  /// Reads the word at the start of a text; it ends before a blank.
  ///
  /// - Parameter isProse: whether a quote opens nowhere but at the start of the word: elsewhere in a sentence it is
  ///   an apostrophe, or ends what somebody quotes.
  static func word(in text: some Sequence<Character>, isProse: Bool = false) -> Word {
    var word = Word(path: "", length: 0, isOpen: false)
    var quote: Character?
    var isEscaped = false
    for character in text {
      if isEscaped {
        // Between double quotes a backslash stands for itself before most letters.
        if quote == "\"", character != "\"", character != "\\" { word.path.append("\\") }
        word.path.append(character)
        isEscaped = false
      } else if character == "\\", quote != "'" {
        isEscaped = true
      } else if character == quote {
        quote = nil
      } else if quote == nil, character == "'" || character == "\"", !isProse || word.length == 0 {
        quote = character
      } else if quote == nil, isBlank(character) {
        break
      } else {
        word.path.append(character)
      }
      word.length += 1
    }
    word.isOpen = quote != nil || isEscaped
    return word
  }

  /// The words of a text with the place where each begins; nil where a quote is left open, or there are more than
  /// so many.
  static func words(of text: String, limit: Int) -> [(start: Int, path: String)]? {
    let characters = Array(text)
    var words: [(start: Int, path: String)] = []
    var place = 0
    while let start = characters[place...].firstIndex(where: { !isBlank($0) }) {
      let word = word(in: characters[start...])
      guard !word.isOpen, words.count < limit else { return nil }
      words.append((start, word.path))
      place = start + word.length
    }
    return words
  }

  static func isBlank(_ character: Character) -> Bool {
    character == " " || character == "\t" || character.isNewline
  }

  // MARK: - Dropped files

  /// The paths that a paste may consist of: its words as a shell reads them, or else its lines as they stand. None
  /// where it has anything else in it: files come with their whole path, or as a URL. There may be more than a prompt
  /// takes.
  static func dropped(_ text: String) -> [[String]] {
    guard text.utf8.count <= Attachment.limit * byteLimit else { return [] }
    let lines = text.split(whereSeparator: \.isNewline).map(String.init)
    let words = words(of: text, limit: pathLimit)?.map(\.path)
    var readings: [[String]] = []
    for reading in [words, lines].compactMap(\.self) {
      let paths = reading.compactMap(droppedPath)
      guard !paths.isEmpty, paths.count == reading.count, !readings.contains(paths) else {
        continue
      }
      readings.append(paths)
    }
    return readings
  }

  private static func droppedPath(_ word: String) -> String? {
    let path: String
    if word.lowercased().hasPrefix("file:") {
      guard let decoded = urlPath(word.dropFirst("file:".count)) else { return nil }
      path = decoded
    } else {
      path = word
    }
    let isPath = ["/", "~/", "./", "../"].contains { path.hasPrefix($0) }
    return isPath && path.utf8.count <= byteLimit ? path : nil
  }

  /// The path of a URL behind its scheme (RFC 8089): no host or this one, and bytes written as `%20`.
  private static func urlPath(_ rest: Substring) -> String? {
    var path = rest
    if path.hasPrefix("//") {
      let authority = path.dropFirst(2).prefix { $0 != "/" }
      guard authority.isEmpty || authority.lowercased() == "localhost" else { return nil }
      path = path[authority.endIndex...]
    }
    guard path.hasPrefix("/") else { return nil }
    var bytes: [UInt8] = []
    var left = path.utf8[...]
    while let byte = left.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      let digits = left.prefix(2)
      guard digits.count == 2, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
        let value = UInt8(String(Substring(digits)), radix: 16), value != 0
      else { return nil }
      bytes.append(value)
      left = left.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}

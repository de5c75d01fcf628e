// A language from the nodes of its file. The format is told by example in `Sources/Languages/swift.yaml`.

public import Settings

extension Language {
  /// Words of a language, all together. Further ones are left out, and the file's reader is told.
  public static let wordLimit = 4_000
  /// Bytes of a word, a sign or a delimiter. A longer one is left out, and the file's reader is told.
  public static let wordLimitBytes = 64
  /// Entries of a list. Further ones are left out, and the file's reader is told.
  public static let listLimit = 64

  /// Reads a language. There is always one: what is wrong is left out and told.
  ///
  /// - Parameters:
  ///   - file: the file's name as the user would write it.
  ///   - stem: the language's name where the file does not say it.
  public static func read(
    _ document: Node, file: String, stem: String
  ) -> (language: Language, errors: [SettingsError]) {
    var sheet = LanguageSheet(file: file)
    let language = sheet.language(Setting(path: "", node: document), stem: stem)
    return (language, sheet.reader.errors)
  }

  /// What else the language may be called, from the beginning of its file; what is wrong there is told
  /// when the language is read.
  static func aliases(_ head: Node) -> [String] {
    var sheet = LanguageSheet(file: "")
    guard let members = sheet.reader.mapping(Setting(path: "", node: head)) else { return [] }
    return sheet.aliases(members["aliases"])
  }
}

private struct LanguageSheet {
  var reader: SettingsReader
  private var meanings: [[UInt8]: WordMeaning] = [:]
  private var ignoresCase = false
  /// Whether there were more words than there may be.
  private var isFull = false

  init(file: String) {
    reader = SettingsReader(file: file)
  }

  private static let known = [
    "name", "aliases", "comments", "strings", "regions", "words", "first", "after", "prefixes",
    "ignoreCase", "letters", "calls", "capitals", "numbers", "sigils", "keys", "markup",
  ]

  private static let kinds = TokenKind.allCases.map(\.rawValue)

  mutating func language(_ document: Setting, stem: String) -> Language {
    guard let members = reader.mapping(document, known: LanguageSheet.known) else {
      return Language(name: stem)
    }
    ignoresCase = reader.boolean(members["ignoreCase"]) ?? false
    readWords(members)
    let regions =
      list(members["comments"]).compactMap { region($0, .comment) }
      + list(members["strings"]).compactMap { region($0, .string) }
      + list(members["regions"]).compactMap { region($0, nil) }
    var language = Language(
      name: reader.text(members["name"]) ?? stem, regions: regions,
      sigils: sigils(members["sigils"]), letters: bytes(members["letters"]) ?? [],
      rawElements: rawElements(members["markup"]))
    language.aliases = aliases(members["aliases"])
    language.words = WordTable(meanings, ignoresCase: ignoresCase)
    language.keys = list(members["keys"]).compactMap { key($0) }
    language.calls = bytes(members["calls"]) ?? []
    language.hasCapitals = reader.boolean(members["capitals"]) ?? false
    language.hasNumbers = reader.boolean(members["numbers"]) ?? true
    return language
  }

  mutating func aliases(_ setting: Setting?) -> [String] {
    words(setting).map { String(decoding: $0, as: UTF8.self).lowercased() }
  }

  // MARK: - Pieces

  /// The entries of a list, as far as there may be so many.
  private mutating func list(_ setting: Setting?) -> [Setting] {
    guard let setting, let entries = reader.sequence(setting) else { return [] }
    guard entries.count > Language.listLimit else { return entries }
    reader.note(
      "\(quoted(setting.path)) has \(entries.count) entries; the limit is \(Language.listLimit).",
      at: entries[Language.listLimit].node.place)
    return Array(entries.prefix(Language.listLimit))
  }

  /// A text of at least one byte that is not too long.
  private mutating func bytes(_ setting: Setting?) -> [UInt8]? {
    guard let setting, let text = reader.text(setting) else { return nil }
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty else {
      reader.note("\(quoted(setting.path)) is empty.", at: setting.node.place)
      return nil
    }
    guard bytes.count <= Language.wordLimitBytes else {
      noteLong(text, at: setting.node.place)
      return nil
    }
    return bytes
  }

  /// One character of ASCII.
  private mutating func byte(_ setting: Setting?) -> UInt8? {
    guard let setting, let bytes = bytes(setting) else { return nil }
    guard bytes.count == 1, bytes[0] < 0x80 else {
      reader.note(
        "\(quoted(setting.path)) must be one character of ASCII, not "
          + "\(quoted(String(decoding: bytes, as: UTF8.self))).", at: setting.node.place)
      return nil
    }
    return bytes[0]
  }

  /// Words with blanks between them.
  private mutating func words(_ setting: Setting?) -> [[UInt8]] {
    guard let setting, let text = reader.text(setting) else { return [] }
    var words: [[UInt8]] = []
    for word in text.split(whereSeparator: \.isWhitespace) {
      if word.utf8.count > Language.wordLimitBytes {
        noteLong(String(word), at: setting.node.place)
      } else if words.count == Language.wordLimit {
        noteMany(at: setting.node.place)
        break
      } else {
        words.append(Array(word.utf8))
      }
    }
    return words
  }

  private mutating func noteLong(_ word: String, at place: Place) {
    reader.note(
      "\(quoted(word)) is longer than \(Language.wordLimitBytes) bytes, which is the limit.",
      at: place)
  }

  private mutating func noteMany(at place: Place) {
    reader.note(
      "There are more than \(Language.wordLimit) words, which is the limit.", at: place)
  }

  private mutating func kind(_ setting: Setting?) -> TokenKind? {
    reader.word(setting, among: LanguageSheet.kinds).map { TokenKind.allCases[$0] }
  }

  // MARK: - Words

  private mutating func readWords(_ members: SettingsMapping) {
    readWords(members["words"]) { $0.kind = $1 }
    readWords(members["first"]) { $0.firstKind = $1 }
    readWords(members["after"]) { $0.announces = $1 }
    for word in words(members["prefixes"]) { mean(word, at: members.place) { $0.isPrefix = true } }
  }

  /// `keyword: if else for`, for any kind.
  private mutating func readWords(
    _ setting: Setting?, _ change: (inout WordMeaning, TokenKind) -> Void
  ) {
    guard let members = reader.mapping(setting, known: LanguageSheet.kinds)?.members else { return }
    for (name, setting) in members {
      guard let kind = TokenKind(rawValue: name) else { continue }
      for word in words(setting) { mean(word, at: setting.node.place) { change(&$0, kind) } }
    }
  }

  private mutating func mean(
    _ word: [UInt8], at place: Place, _ change: (inout WordMeaning) -> Void
  ) {
    let word = ignoresCase ? word.map(\.lowercased) : word
    guard meanings[word] != nil || meanings.count < Language.wordLimit else {
      if !isFull { noteMany(at: place) }
      isFull = true
      return
    }
    change(&meanings[word, default: WordMeaning()])
  }

  // MARK: - Signs

  private mutating func sigils(_ setting: Setting?) -> [Language.Sigil] {
    guard let members = reader.mapping(setting)?.members else { return [] }
    var sigils: [Language.Sigil] = []
    for (name, entry) in members {
      let sign = Setting(
        path: entry.path,
        node: Node(.scalar(name, isQuoted: true), at: entry.namePlace ?? entry.node.place))
      guard let kind = kind(entry), let begin = bytes(sign) else { continue }
      guard sigils.count < Language.listLimit else {
        reader.note(
          "There are more than \(Language.listLimit) sigils, which is the limit.",
          at: sign.node.place)
        break
      }
      sigils.append(Language.Sigil(begin: begin, kind: kind))
    }
    return sigils
  }

  private mutating func key(_ setting: Setting) -> Language.KeyRule? {
    let known = ["marks", "kind", "place", "blank", "quoted"]
    guard let members = reader.mapping(setting, known: known) else { return nil }
    let marks = words(reader.required("marks", in: members))
    guard !marks.isEmpty else { return nil }
    return Language.KeyRule(
      marks: Array(marks.prefix(Language.listLimit)), kind: kind(members["kind"]) ?? .property,
      isFirst: reader.word(members["place"], among: ["anywhere": false, "first": true]) ?? false,
      needsBlank: reader.boolean(members["blank"]) ?? false,
      isQuoted: reader.boolean(members["quoted"]) ?? false)
  }

  private mutating func rawElements(_ setting: Setting?) -> [[UInt8]]? {
    guard let setting else { return nil }
    guard let members = reader.mapping(setting, known: ["raw"]) else { return [] }
    return Array(words(members["raw"]).map { $0.map(\.lowercased) }.prefix(Language.listLimit))
  }

  // MARK: - Regions

  private static let regionMembers = [
    "kind", "place", "lead", "fence", "begin", "end", "tail", "escape", "lines", "nested",
    "character", "sign", "heredoc",
  ]

  /// A region as text, which is its delimiter, or with all that may be said of it.
  ///
  /// - Parameter listKind: what all regions of the list are; nil where each says it.
  private mutating func region(_ setting: Setting, _ listKind: TokenKind?) -> Region? {
    if case .scalar = setting.node.value, let listKind {
      guard let begin = bytes(setting) else { return nil }
      guard listKind == .string else { return Region(kind: listKind, begin: begin) }
      return Region(kind: listKind, begin: begin, end: begin, escape: UInt8(ascii: "\\"))
    }
    let allowed = LanguageSheet.regionMembers.filter { listKind == nil || $0 != "kind" }
    guard let members = reader.mapping(setting, known: allowed),
      let begin = bytes(reader.required("begin", in: members)),
      let kind = listKind ?? kind(reader.required("kind", in: members))
    else { return nil }
    var region = Region(kind: kind, begin: begin)
    region.place =
      reader.word(
        members["place"],
        among: [
          "anywhere": .anywhere, "line": .line, "first": .first, "blank": .blank,
          "border": .border,
        ]) ?? .anywhere
    region.lead = bytes(members["lead"]) ?? []
    region.fence = byte(members["fence"])
    region.end = bytes(members["end"]) ?? (listKind == .string ? begin : [])
    region.tail = bytes(members["tail"]) ?? []
    region.escape = byte(members["escape"])
    region.hasLines =
      reader.boolean(members["lines"]) ?? (listKind == .comment && !region.end.isEmpty)
    region.isNested = reader.boolean(members["nested"]) ?? false
    region.isCharacter = reader.boolean(members["character"]) ?? false
    region.isSign = reader.boolean(members["sign"]) ?? false
    region.isHeredoc = reader.boolean(members["heredoc"]) ?? false
    if region.isNested, region.begin == region.end {
      reader.note(
        "A region that begins and ends with the same sign cannot be nested.",
        at: setting.node.place)
      region.isNested = false
    }
    return region
  }
}

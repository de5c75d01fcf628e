// The typed reading of nodes. Whoever owns a meaning (a theme, the configuration) asks this reader for
// text, numbers and words; what is wrong is noted with its place and a sentence that helps, and reading
// goes on with what is right.

/// A node together with the way to it, as messages name it: `faces.text.foreground`.
public struct Setting: Hashable, Sendable {
  /// Names from the top of the document, parted by dots; empty for the document itself.
  public let path: String
  public let node: Node
  /// Where the member's name begins; nil for the document itself and for the entries of a list.
  public let namePlace: Place?

  public init(path: String, node: Node, namePlace: Place? = nil) {
    self.path = path
    self.node = node
    self.namePlace = namePlace
  }

  /// The last name of the path.
  public var name: String { path.split(separator: ".").last.map(String.init) ?? "" }

  /// True for a value that was left out: nothing at all, `~` or `null`.
  public var isEmpty: Bool {
    guard case .scalar(let text, isQuoted: false) = node.value else { return false }
    return text.isEmpty || text == "~" || text == "null"
  }
}

/// A mapping whose names have been checked.
public struct SettingsMapping: Sendable {
  public let path: String
  public let place: Place
  /// In the order of the file, each name once.
  public let members: [(name: String, setting: Setting)]

  fileprivate init(path: String, place: Place, members: [(name: String, setting: Setting)]) {
    self.path = path
    self.place = place
    self.members = members
  }

  /// The member of this name; nil when it is not written.
  public subscript(name: String) -> Setting? {
    members.first { $0.name == name }?.setting
  }
}

/// Reads settings of one file and collects what is wrong with them.
///
/// A function that gets nil answers nil: what is not written is no error. Nil for something that is
/// written means that an error has been noted.
public struct SettingsReader: Sendable {
  /// Errors that are kept; further ones are dropped.
  public static let errorLimit = 50

  /// The file's name as the user would write it.
  public let file: String
  private var found: [SettingsError] = []
  /// Members of the document below which keys may stand, so that no value is repeated in a sentence.
  private let secretMembers: [String]

  public init(file: String, secretMembers: [String] = []) {
    self.file = file
    self.secretMembers = secretMembers
  }

  /// A value as a sentence repeats it. A document that is a value and no mapping may be a key, too.
  private func shown(_ text: String, of setting: Setting) -> String {
    let root = setting.path.prefix { $0 != "." }
    return root.isEmpty || secretMembers.contains(String(root)) ? "this" : quoted(text)
  }

  /// What is wrong, in the order of the file.
  public var errors: [SettingsError] {
    found.sorted { left, right in
      let first = left.place ?? Place(line: 0, column: 0)
      let second = right.place ?? Place(line: 0, column: 0)
      return (first.line, first.column) < (second.line, second.column)
    }
  }

  /// Notes an error.
  public mutating func note(_ message: String, at place: Place) {
    guard found.count < SettingsReader.errorLimit else { return }
    found.append(SettingsError(file: file, place: place, message: message))
  }

  /// The members of a mapping. A name that stands twice is an error and the first one counts; a name
  /// that is not in `known` is an error and left out (nil: every name is welcome). An empty value is an
  /// empty mapping.
  public mutating func mapping(_ setting: Setting?, known: [String]? = nil) -> SettingsMapping? {
    guard let setting else { return nil }
    let path = setting.path
    let place = setting.node.place
    guard !setting.isEmpty else { return SettingsMapping(path: path, place: place, members: []) }
    guard case .mapping(let written) = setting.node.value else {
      noteWrongKind(setting, expected: "a mapping ('name: value')")
      return nil
    }
    var members: [(name: String, setting: Setting)] = []
    var firstPlaces: [String: Place] = [:]
    for member in written {
      if let first = firstPlaces[member.name] {
        note(
          "\(quoted(member.name)) stands here a second time; the first one, in line \(first.line), "
            + "counts.", at: member.namePlace)
        continue
      }
      firstPlaces[member.name] = member.namePlace
      if let known, !known.contains(member.name) {
        let owner = path.isEmpty ? "" : " in \(quoted(path))"
        let help = hint(for: member.name, among: known)
        note("\(quoted(member.name)) is not known\(owner)\(help)", at: member.namePlace)
        continue
      }
      let memberPath = path.isEmpty ? member.name : "\(path).\(member.name)"
      let setting = Setting(path: memberPath, node: member.value, namePlace: member.namePlace)
      members.append((member.name, setting))
    }
    return SettingsMapping(path: path, place: place, members: members)
  }

  /// The member of this name, which must be written.
  public mutating func required(_ name: String, in mapping: SettingsMapping) -> Setting? {
    if let setting = mapping[name] { return setting }
    let owner = mapping.path.isEmpty ? "here" : "in \(quoted(mapping.path))"
    note("\(quoted(name)) is missing \(owner).", at: mapping.place)
    return nil
  }

  /// The entries of a sequence, each with the sequence's path. An empty value is an empty sequence.
  public mutating func sequence(_ setting: Setting?) -> [Setting]? {
    guard let setting else { return nil }
    guard !setting.isEmpty else { return [] }
    guard case .sequence(let nodes) = setting.node.value else {
      noteWrongKind(setting, expected: "a list ('[one, two]')")
      return nil
    }
    return nodes.map { Setting(path: setting.path, node: $0) }
  }

  /// Text, quoted or not.
  public mutating func text(_ setting: Setting?) -> String? {
    scalar(setting, expected: "text")?.text
  }

  /// A whole number in decimal digits.
  public mutating func integer(_ setting: Setting?, in range: ClosedRange<Int>) -> Int? {
    var expected: String { "a whole number from \(range.lowerBound) to \(range.upperBound)" }
    guard let setting, let scalar = scalar(setting, expected: expected) else { return nil }
    if !scalar.isQuoted, let number = Int(scalar.text), range.contains(number) { return number }
    noteWrongText(setting, scalar, expected: expected)
    return nil
  }

  /// A number with or without a fraction.
  public mutating func number(_ setting: Setting?, in range: ClosedRange<Double>) -> Double? {
    var expected: String { "a number from \(range.lowerBound) to \(range.upperBound)" }
    guard let setting, let scalar = scalar(setting, expected: expected) else { return nil }
    if !scalar.isQuoted, let number = Double(scalar.text), range.contains(number) { return number }
    noteWrongText(setting, scalar, expected: expected)
    return nil
  }

  /// `true` or `false`. YAML 1.1's other words for them (`yes`, `on`) are refused, and the message says
  /// what to write.
  public mutating func boolean(_ setting: Setting?) -> Bool? {
    guard let setting, let scalar = scalar(setting, expected: "true or false") else { return nil }
    if !scalar.isQuoted, scalar.text == "true" { return true }
    if !scalar.isQuoted, scalar.text == "false" { return false }
    noteWrongText(setting, scalar, expected: "true or false")
    return nil
  }

  /// One of several words and what it stands for.
  public mutating func word<Value>(
    _ setting: Setting?, among words: KeyValuePairs<String, Value>
  ) -> Value? {
    guard let index = word(setting, among: words.map(\.key)) else { return nil }
    return words[words.startIndex + index].value
  }

  /// One of several words, as its index.
  public mutating func word(_ setting: Setting?, among words: [String]) -> Int? {
    guard let setting, let scalar = scalar(setting, expected: "one of \(listed(words))") else {
      return nil
    }
    if let index = words.firstIndex(of: scalar.text) { return index }
    let help = hint(for: scalar.text, among: words)
    note("\(quoted(setting.path)) cannot be \(quoted(scalar.text))\(help)", at: setting.node.place)
    return nil
  }

  /// What every reading of one value begins with: nil, and an error, for nothing, a list or a mapping.
  mutating func scalar(
    _ setting: Setting?, expected: @autoclosure () -> String
  ) -> (text: String, isQuoted: Bool)? {
    guard let setting else { return nil }
    if setting.isEmpty {
      note(
        "\(quoted(setting.path)) has no value; it must be \(expected()). A '#' outside quotation marks "
          + "begins a comment.", at: setting.node.place)
      return nil
    }
    guard case .scalar(let text, let isQuoted) = setting.node.value else {
      noteWrongKind(setting, expected: expected())
      return nil
    }
    return (text, isQuoted)
  }

  private mutating func noteWrongText(
    _ setting: Setting, _ scalar: (text: String, isQuoted: Bool), expected: String
  ) {
    let quotation = scalar.isQuoted ? ", without quotation marks" : ""
    note(
      "\(quoted(setting.path)) must be \(expected)\(quotation), not \(shown(scalar.text, of: setting)).",
      at: setting.node.place)
  }

  private mutating func noteWrongKind(_ setting: Setting, expected: String) {
    let subject = setting.path.isEmpty ? "The document" : quoted(setting.path)
    let actual =
      switch setting.node.value {
      case .scalar(let text, _): shown(text, of: setting)
      case .sequence: "a list"
      case .mapping: "a mapping"
      }
    note("\(subject) must be \(expected), not \(actual).", at: setting.node.place)
  }
}

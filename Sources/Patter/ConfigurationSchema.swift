// What may stand in the configuration, for editors: a JSON Schema (draft 2020-12) that is made from the rows
// that read the file. `patter config --schema` prints it, and Sources/Schemas holds it as it is printed.
//
// A schema says which members there are, of what kind, and in which range. Whether a name is known, and how long
// a time is, only the reader can say.

import Settings

/// A JSON value whose members keep their order.
indirect enum ConfigurationSchema: Hashable, Sendable {
  case text(String)
  case whole(Int)
  case number(Double)
  case truth(Bool)
  case list([ConfigurationSchema])
  case object([Member])

  struct Member: Hashable, Sendable {
    var name: String
    var value: ConfigurationSchema

    init(_ name: String, _ value: ConfigurationSchema) {
      self.name = name
      self.value = value
    }
  }

  /// Where the file with it lies; nil where it is nowhere to be found.
  static func path(_ environment: [String: String]) -> String? {
    let name = "config.schema.json"
    return folders(
      of: name, sources: "Sources/Schemas/\(name)", environment: environment,
      executablePath: Surroundings.executablePath()
    ).first(where: Surroundings.isReadable)
  }

  /// The whole schema as a file.
  static var text: String {
    let schema = object([
      Member("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
      Member("title", .text("The configuration of Patter")),
      Member("type", .text("object")),
      Member("additionalProperties", .truth(false)),
      Member(
        "properties", .object(ConfigurationSheet.rows.map { Member($0.name, $0.schema) })),
      Member("$defs", .object([Member("provider", ours), Member("keys", boundKeys)])),
    ])
    return schema.lines.joined(separator: "\n") + "\n"
  }

  // MARK: - Kinds of values

  /// Whatever is no list and no mapping: `5` is text as well.
  static let anyText = object([
    Member("type", .list([.text("string"), .text("number"), .text("boolean")]))
  ])

  static func word(_ words: [String]) -> Self {
    object([Member("enum", .list(words.map(Self.text)))])
  }

  static func integer(_ range: ClosedRange<Int>) -> Self {
    object([
      Member("type", .text("integer")), Member("minimum", .whole(range.lowerBound)),
      Member("maximum", .whole(range.upperBound)),
    ])
  }

  static func number(_ range: ClosedRange<Double>) -> Self {
    object([
      Member("type", .text("number")), Member("minimum", .number(range.lowerBound)),
      Member("maximum", .number(range.upperBound)),
    ])
  }

  /// A number and its unit.
  static let time = pattern(#"^([0-9]+(\.[0-9]*)?|\.[0-9]+) *(ms|s|min|h)$"#)

  static func pattern(_ pattern: String) -> Self {
    object([Member("type", .text("string")), Member("pattern", .text(pattern))])
  }

  static func items(_ item: Self, atLeast least: Int = 0, atMost most: Int? = nil) -> Self {
    var members = [
      Member("type", least > 0 ? .text("array") : .list([.text("array"), .text("null")]))
    ]
    members.append(Member("items", item))
    if least > 0 { members.append(Member("minItems", .whole(least))) }
    if let most { members.append(Member("maxItems", .whole(most))) }
    return object(members)
  }

  /// What stands under this name of `$defs`.
  static func reference(_ name: String) -> Self {
    object([Member("$ref", .text("#/$defs/\(name)"))])
  }

  static func either(_ schemas: Self...) -> Self { object([Member("anyOf", .list(schemas))]) }

  /// A mapping of these members and no others.
  static func members(
    _ members: [Member], required: [String] = [], mayBeEmpty: Bool = true
  ) -> Self {
    let type: Self =
      required.isEmpty && mayBeEmpty ? .list([.text("object"), .text("null")]) : .text("object")
    var all = [
      Member("type", type), Member("additionalProperties", .truth(false)),
      Member("properties", .object(members)),
    ]
    if !required.isEmpty { all.append(Member("required", .list(required.map(Self.text)))) }
    return object(all)
  }

  /// A mapping of members whose names are the user's own.
  static func named(_ names: String, _ value: Self, known: [Member] = []) -> Self {
    var all = [Member("type", .list([.text("object"), .text("null")]))]
    if known.isEmpty { all.append(Member("maxProperties", .whole(ConfigurationSheet.entryLimit))) }
    all.append(Member("propertyNames", object([Member("pattern", .text(names))])))
    if !known.isEmpty { all.append(Member("properties", .object(known))) }
    all.append(Member("additionalProperties", value))
    return object(all)
  }

  /// The same with what it is for.
  func described(_ words: String) -> Self {
    guard case .object(let members) = self, !words.isEmpty else { return self }
    return .object([Member("description", .text(words))] + members)
  }

  // MARK: - As text

  private var lines: [String] {
    switch self {
    case .text(let text): return [Self.quoted(text)]
    case .whole(let number): return ["\(number)"]
    case .number(let number): return ["\(number)"]
    case .truth(let truth): return ["\(truth)"]
    case .list(let values):
      let words = values.flatMap(\.lines)
      let line = "[\(words.joined(separator: ", "))]"
      if words.count == values.count, line.count <= 80 { return [line] }
      return Self.block("[", "]", values.map(\.lines))
    case .object(let members):
      return Self.block(
        "{", "}",
        members.map { member in
          var lines = member.value.lines
          lines[0] = "\(Self.quoted(member.name)): \(lines[0])"
          return lines
        })
    }
  }

  private static func block(_ start: String, _ end: String, _ entries: [[String]]) -> [String] {
    guard !entries.isEmpty else { return [start + end] }
    var lines = [start]
    for (index, entry) in entries.enumerated() {
      lines += entry.map { "  \($0)" }
      if index < entries.count - 1 { lines[lines.count - 1] += "," }
    }
    return lines + [end]
  }

  /// Our own words, in which nothing but quotation marks and backslashes needs care.
  private static func quoted(_ text: String) -> String {
    "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
  }
}

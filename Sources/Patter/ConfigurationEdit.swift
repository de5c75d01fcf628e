// A configuration's text with some members changed, and every other line, comment and blank as it was.
//
// Where a member stands is known from the places that the reader of YAML gives. Who edits text by hand makes
// mistakes; so what comes out is read again, and must say what the old text said but for these members. If it
// does not, nothing is changed, and the user is told which lines to write.

import Settings
import YAMLDocuments

/// The text of a configuration.
struct ConfigurationEdit {
  /// Why a text is left as it is, as a sentence.
  struct Refusal: Error, Hashable {
    let message: String
  }

  /// Without its byte order mark.
  private(set) var text: String
  private let hasMark: Bool
  private let file: String

  /// - Parameter file: the file's name, for sentences.
  init(_ text: String, file: String) {
    hasMark = text.unicodeScalars.first == "\u{FEFF}"
    self.text = hasMark ? String(text.unicodeScalars.dropFirst()) : text
    self.file = file
  }

  /// All of it, as it goes into the file.
  var whole: String { (hasMark ? "\u{FEFF}" : "") + text }

  /// The line end that the text has already.
  private var lineEnd: String { text.utf8.contains(0x0D) ? "\r\n" : "\n" }

  // MARK: - Changing

  /// Gives a model that answers, and members of one provider. Others of `replaced` go.
  ///
  /// - Throws: when the text cannot be changed without a change to something else.
  mutating func set(
    model: String, of provider: String, _ members: [(name: String, value: String)],
    inPlaceOf replaced: [String] = []
  ) throws(Refusal) {
    let before = try Meaning(read())
    var wanted = before
    wanted.set(["model"], to: model)
    var changed = self
    try changed.put(model, at: ["model"])
    // Each goes in front of those there are: so the last one comes first.
    for (name, value) in members.reversed() {
      let path = ["providers", provider, name]
      if replaced.contains(name) {
        for other in replaced where other != name {
          wanted.remove(["providers", provider, other])
          try changed.rename(["providers", provider, other], to: name, value)
        }
      }
      wanted.set(path, to: value)
      try changed.put(value, at: path)
    }
    guard try Meaning(changed.read()) == wanted else {
      throw Refusal(message: "\(file) is written in a way that Patter does not dare to change.")
    }
    self = changed
  }

  private func read() throws(Refusal) -> Node {
    do {
      return try YAMLDocument.read(text, file: file)
    } catch {
      throw Refusal(message: error.description)
    }
  }

  private var stuck: Refusal {
    Refusal(message: "\(file) is written in a way that Patter does not dare to change.")
  }

  /// Puts a value where it belongs, in place of the one there is.
  private mutating func put(_ value: String, at path: [String]) throws(Refusal) {
    var node = try read()
    var owner: Node.Member?
    for (depth, name) in path.enumerated() {
      let rest = Array(path[depth...])
      guard case .mapping(let members) = node.value else {
        guard let owner, case .scalar("", isQuoted: false) = node.value else { throw stuck }
        let indentation = Self.blanks(owner.namePlace.column + 1)
        insert(block(rest, value, indentation), below: owner.namePlace.line)
        return
      }
      let same = members.filter { $0.name == name }
      guard same.count <= 1 else {
        throw Refusal(message: "\(file) has \(quoted(name)) twice, which leaves open what counts.")
      }
      guard let member = same.first else {
        return try insert(rest, value, into: node, members, of: owner)
      }
      owner = member
      node = member.value
    }
    guard case .scalar(let old, let isQuoted) = node.value else { throw stuck }
    if old.isEmpty, !isQuoted {
      replace(0, at: node.place, with: " " + Self.scalar(value))
    } else {
      replace(scalarLength(at: node.place), at: node.place, with: Self.scalar(value))
    }
  }

  /// Puts another member with another value in place of one, if there is one.
  private mutating func rename(
    _ path: [String], to name: String, _ value: String
  ) throws(Refusal) {
    var node = try read()
    var member: Node.Member?
    for step in path {
      guard case .mapping(let members) = node.value,
        let next = members.first(where: { $0.name == step })
      else { return }
      member = next
      node = next.value
    }
    guard let member, member.namePlace.line == node.place.line else { throw stuck }
    // A second member of this name would be one too many.
    guard case .mapping(let siblings) = try self.node(at: path.dropLast()).value,
      !siblings.contains(where: { $0.name == name })
    else { throw stuck }
    let start = member.namePlace
    let length: Int
    switch node.value {
    case .scalar: length = scalarLength(at: node.place)
    // Of a list in brackets, on one line; any other is not read back as it is wanted.
    case .sequence, .mapping:
      let rest = line(node.place.line).dropFirst(node.place.column - 1)
      guard let end = rest.lastIndex(of: "]") else { throw stuck }
      length = rest.distance(from: rest.startIndex, to: end) + 1
    }
    replace(
      node.place.column - start.column + length, at: start,
      with: "\(name): \(Self.scalar(value))")
  }

  private func node(at path: ArraySlice<String>) throws(Refusal) -> Node {
    var node = try read()
    for step in path {
      guard case .mapping(let members) = node.value,
        let next = members.first(where: { $0.name == step })
      else { throw stuck }
      node = next.value
    }
    return node
  }

  private mutating func insert(
    _ path: [String], _ value: String, into node: Node, _ members: [Node.Member],
    of owner: Node.Member?
  ) throws(Refusal) {
    let isFlow = line(node.place.line).dropFirst(node.place.column - 1).first == "{"
    if isFlow {
      let end = members.isEmpty ? "" : ", "
      replace(1, at: node.place, with: "{" + Self.flow(path, value) + end)
      return
    }
    guard let first = members.first else { return append(path, value, indentation: "") }
    let indentation = Self.blanks(first.namePlace.column - 1)
    guard let owner else { return append(path, value, indentation: indentation) }
    insert(block(path, value, indentation), below: owner.namePlace.line)
  }

  // MARK: - Lines

  /// A line without its end. Scalars are counted, as the places of nodes do.
  private func line(_ number: Int) -> [Unicode.Scalar] {
    lines.count >= number ? lines[number - 1].filter { $0 != "\n" && $0 != "\r" } : []
  }

  /// All lines with their ends.
  private var lines: [[Unicode.Scalar]] {
    var lines: [[Unicode.Scalar]] = [[]]
    for scalar in text.unicodeScalars {
      lines[lines.count - 1].append(scalar)
      if scalar == "\n" { lines.append([]) }
    }
    return lines
  }

  private mutating func replace(_ length: Int, at place: Place, with words: String) {
    var lines = lines
    guard lines.count >= place.line, lines[place.line - 1].count >= place.column - 1 + length
    else { return }
    let start = place.column - 1
    lines[place.line - 1].replaceSubrange(start..<(start + length), with: words.unicodeScalars)
    join(lines)
  }

  private mutating func insert(_ block: [String], below number: Int) {
    var lines = lines
    let isLast = number >= lines.count
    var added = block.map { Array(($0 + lineEnd).unicodeScalars) }
    if isLast { lines[lines.count - 1] += Array(lineEnd.unicodeScalars) }
    if isLast, let last = block.last { added[added.count - 1] = Array(last.unicodeScalars) }
    lines.insert(contentsOf: added, at: min(number, lines.count))
    join(lines)
  }

  private mutating func append(_ path: [String], _ value: String, indentation: String) {
    let end = lineEnd
    if let last = text.unicodeScalars.last, last != "\n" { text += end }
    text += block(path, value, indentation).map { $0 + end }.joined()
  }

  private mutating func join(_ lines: [[Unicode.Scalar]]) {
    var all = String.UnicodeScalarView()
    for line in lines { all.append(contentsOf: line) }
    text = String(all)
  }

  /// How long a scalar of one line is as it is written; of any other the beginning, which is not read back as
  /// it is wanted.
  private func scalarLength(at place: Place) -> Int {
    let rest = line(place.line).dropFirst(place.column - 1)
    guard let sign = rest.first else { return 0 }
    var length = 0
    if sign == "\"" || sign == "'" {
      var isEscaped = false
      for (offset, scalar) in rest.enumerated().dropFirst() {
        if isEscaped {
          isEscaped = false
        } else if scalar == "\\", sign == "\"" {
          isEscaped = true
        } else if sign == "'", scalar == sign, rest.dropFirst(offset + 1).first == sign {
          // Two of them are one of the text.
          isEscaped = true
        } else if scalar == sign {
          length = offset + 1
          break
        }
      }
      return length
    }
    var isAfterBlank = false
    let isInFlow = line(place.line).prefix(place.column - 1).contains { $0 == "{" || $0 == "[" }
    for (offset, scalar) in rest.enumerated() {
      if scalar == "#", isAfterBlank { break }
      if isInFlow, scalar == "," || scalar == "}" || scalar == "]" { break }
      isAfterBlank = scalar == " " || scalar == "\t"
      if !isAfterBlank { length = offset + 1 }
    }
    return length
  }

  // MARK: - Words

  private static func blanks(_ count: Int) -> String { String(repeating: " ", count: count) }

  /// A member and those it lies in, as lines.
  private func block(_ path: [String], _ value: String, _ indentation: String) -> [String] {
    Self.block(path, value, indentation)
  }

  static func block(_ path: [String], _ value: String, _ indentation: String = "") -> [String] {
    path.enumerated().map { depth, name in
      let head = indentation + blanks(2 * depth) + scalar(name) + ":"
      return depth == path.count - 1 ? "\(head) \(scalar(value))" : head
    }
  }

  private static func flow(_ path: [String], _ value: String) -> String {
    let name = scalar(path[0])
    let inner = path.count == 1 ? scalar(value) : "{\(flow(Array(path.dropFirst()), value))}"
    return "\(name): \(inner)"
  }

  /// A text as YAML has it: as it is where that can only be read as this text, else in quotation marks.
  static func scalar(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
      default: "/._-~".utf8.contains(byte)
      }
    }
    let isWord = ["true", "false", "null", "yes", "no", "on", "off"].contains(text.lowercased())
    let isNumber = Double(text) != nil
    let begins = text.utf8.first.map { !"-~.".utf8.contains($0) } ?? false
    if isPlain, !isWord, !isNumber, begins || text.hasPrefix("~/") { return text }
    var quoted = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
        let digits = String(scalar.value, radix: 16)
        quoted += "\\x" + (digits.count < 2 ? "0" : "") + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return "\"\(quoted)\""
  }

  /// What a document says, wherever it stands.
  private indirect enum Meaning: Hashable {
    case scalar(String)
    case sequence([Meaning])
    case mapping([String: [Meaning]])

    init(_ node: Node) {
      switch node.value {
      case .scalar(let text, isQuoted: _): self = .scalar(text)
      case .sequence(let nodes): self = .sequence(nodes.map(Meaning.init))
      case .mapping(let members):
        self = .mapping(
          Dictionary(grouping: members, by: \.name).mapValues { $0.map { Meaning($0.value) } })
      }
    }

    mutating func set(_ path: [String], to value: String) {
      guard let name = path.first else {
        self = .scalar(value)
        return
      }
      var members: [String: [Meaning]] = [:]
      if case .mapping(let known) = self { members = known }
      var inner = members[name]?.first ?? .mapping([:])
      inner.set(Array(path.dropFirst()), to: value)
      members[name] = [inner]
      self = .mapping(members)
    }

    mutating func remove(_ path: [String]) {
      guard let name = path.first, case .mapping(var members) = self,
        var inner = members[name]?.first
      else { return }
      if path.count == 1 {
        members[name] = nil
      } else {
        inner.remove(Array(path.dropFirst()))
        members[name] = [inner]
      }
      self = .mapping(members)
    }
  }
}

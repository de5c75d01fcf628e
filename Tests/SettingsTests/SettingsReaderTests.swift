import Settings
import Testing

@Suite struct SettingsReaderTests {
  @Test func `reads what is right`() throws {
    var reader = SettingsReader(file: "t.yaml")
    let document = mapping([
      ("text", plain("hello", 1)), ("number", plain("-5", 2)), ("share", plain("0.25", 3)),
      ("flag", plain("true", 4)), ("word", plain("dark", 5)),
      ("list", Node(.sequence([plain("a", 6), plain("b", 6)]), at: place(6))),
    ])
    let read = reader.mapping(document)
    let members = try #require(read)
    let text = reader.text(members["text"])
    let number = reader.integer(members["number"], in: -10...10)
    let share = reader.number(members["share"], in: 0...1)
    let flag = reader.boolean(members["flag"])
    let word = reader.word(members["word"], among: ["light": 1, "dark": 2])
    let entries = reader.sequence(members["list"])?.map { reader.text($0) }
    #expect(text == "hello")
    #expect(number == -5)
    #expect(share == 0.25)
    #expect(flag == true)
    #expect(word == 2)
    #expect(entries == ["a", "b"])
    #expect(reader.errors == [])
  }

  @Test func `answers nil without an error for what is not written`() throws {
    var reader = SettingsReader(file: "t.yaml")
    let read = reader.mapping(mapping([]), known: ["a"])
    let members = try #require(read)
    let text = reader.text(members["a"])
    let number = reader.integer(members["a"], in: 0...1)
    let entries = reader.sequence(members["a"])
    let inner = reader.mapping(members["a"])
    #expect(text == nil)
    #expect(number == nil)
    #expect(entries == nil)
    #expect(inner == nil)
    #expect(reader.errors == [])
  }

  @Test func `says what is missing, and where`() throws {
    #expect(
      errors { reader in
        let members = reader.mapping(mapping([]))
        _ = members.flatMap { reader.required("model", in: $0) }
      } == ["t.yaml:1:1: 'model' is missing here."])
    #expect(
      errors { reader in
        let inner = reader.mapping(mapping([("server", mapping([]).node)]))?["server"]
        _ = reader.mapping(inner).flatMap { reader.required("url", in: $0) }
      } == ["t.yaml:1:1: 'url' is missing in 'server'."])
  }

  @Test func `tells an unknown member, and the one that was meant`() {
    let document = mapping([("apearance", plain("dark", 2)), ("xyz", plain("1", 3))])
    #expect(
      errors { _ = $0.mapping(document, known: ["name", "appearance"]) } == [
        "t.yaml:2:1: 'apearance' is not known; did you mean 'appearance'?",
        "t.yaml:3:1: 'xyz' is not known; known: name, appearance.",
      ])
  }

  @Test func `names the mapping that an unknown member lies in`() {
    let document = mapping([("faces", mapping([("txt", plain("1", 4))]).node)])
    #expect(
      errors { reader in
        _ = reader.mapping(reader.mapping(document)?["faces"], known: ["text"])
      } == ["t.yaml:4:1: 'txt' is not known in 'faces'; did you mean 'text'?"])
  }

  @Test func `tells a member that stands twice, and the first one counts`() throws {
    var reader = SettingsReader(file: "t.yaml")
    let document = mapping([("a", plain("1", 1)), ("b", plain("2", 2)), ("a", plain("3", 3))])
    let read = reader.mapping(document)
    let members = try #require(read)
    let text = reader.text(members["a"])
    #expect(text == "1")
    #expect(
      reader.errors.map(\.description) == [
        "t.yaml:3:1: 'a' stands here a second time; the first one, in line 1, counts."
      ])
  }

  @Test func `keeps the place of a member's name`() throws {
    var reader = SettingsReader(file: "t.yaml")
    let list = Node(.sequence([plain("b", 5)]), at: place(5))
    let members = reader.mapping(mapping([("a", plain("1", 4)), ("list", list)]))
    #expect(members?["a"]?.namePlace == Place(line: 4, column: 1))
    let entries = reader.sequence(members?["list"])
    #expect(entries?.map(\.namePlace) == [nil])
  }

  @Test func `goes on with what is right and collects what is wrong in the order of the file`() {
    let document = mapping([
      ("width", plain("wide", 1)), ("height", plain("3", 2)), ("color", plain("yes", 3)),
      ("name", Node(.sequence([]), at: place(4))), ("extra", plain("1", 5)),
    ])
    var height: Int?
    let told = errors { reader in
      let members = reader.mapping(document, known: ["width", "height", "color", "name"])
      _ = reader.text(members?["name"])
      _ = reader.boolean(members?["color"])
      _ = reader.integer(members?["width"], in: 1...80)
      height = reader.integer(members?["height"], in: 1...80)
    }
    #expect(height == 3)
    #expect(
      told == [
        "t.yaml:1:10: 'width' must be a whole number from 1 to 80, not 'wide'.",
        "t.yaml:3:10: 'color' must be true or false, not 'yes'.",
        "t.yaml:4:10: 'name' must be text, not a list.",
        "t.yaml:5:1: 'extra' is not known; known: width, height, color, name.",
      ])
  }

  @Test(arguments: [
    ("81", false, "'n' must be a whole number from 1 to 80, not '81'."),
    ("5.5", false, "'n' must be a whole number from 1 to 80, not '5.5'."),
    ("5", true, "'n' must be a whole number from 1 to 80, without quotation marks, not '5'."),
    (
      "", false,
      "'n' has no value; it must be a whole number from 1 to 80. A '#' outside quotation marks begins a "
        + "comment."
    ),
    ("99999999999999999999", false, nil),
  ])
  func `refuses what is no number of the range`(text: String, isQuoted: Bool, message: String?) {
    let document = mapping([("n", Node(.scalar(text, isQuoted: isQuoted), at: place(1)))])
    let told = errors { reader in
      let number = reader.integer(reader.mapping(document)?["n"], in: 1...80)
      #expect(number == nil)
    }
    #expect(told.count == 1)
    if let message { #expect(told == ["t.yaml:1:10: \(message)"]) }
  }

  @Test(arguments: ["nan", "inf", "1e400", "-0.1", "x"])
  func `refuses a number that is none`(text: String) {
    let told = errors { reader in
      #expect(
        reader.number(reader.mapping(mapping([("n", plain(text, 1))]))?["n"], in: 0...2) == nil)
    }
    #expect(told == ["t.yaml:1:10: 'n' must be a number from 0.0 to 2.0, not '\(text)'."])
  }

  @Test func `tells which words there are`() {
    let document = mapping([("a", plain("drak", 1)), ("b", plain("green", 2))])
    #expect(
      errors { reader in
        let members = reader.mapping(document)
        _ = reader.word(members?["a"], among: ["dark": 1, "light": 2])
        _ = reader.word(members?["b"], among: ["dark": 1, "light": 2])
      } == [
        "t.yaml:1:10: 'a' cannot be 'drak'; did you mean 'dark'?",
        "t.yaml:2:10: 'b' cannot be 'green'; known: dark, light.",
      ])
  }

  @Test func `reads an empty value as an empty mapping or list`() throws {
    var reader = SettingsReader(file: "t.yaml")
    let read = reader.mapping(mapping([("a", plain("", 1)), ("b", plain("~", 2))]))
    let members = try #require(read)
    let mapping = reader.mapping(members["a"])
    let entries = reader.sequence(members["b"])
    #expect(mapping?.members.isEmpty == true)
    #expect(entries?.isEmpty == true)
    #expect(reader.errors == [])
  }

  @Test func `keeps no more errors than its limit`() {
    let names = (0..<SettingsReader.errorLimit + 20).map { ("n\($0)", plain("", $0 + 1)) }
    #expect(
      errors { _ = $0.mapping(mapping(names), known: []) }.count == SettingsReader.errorLimit)
  }

  @Test func `repeats nothing in a message that could move a terminal's cursor`() {
    let document = mapping([("\u{1B}[2J" + String(repeating: "x", count: 60), plain("", 1))])
    #expect(
      errors { _ = $0.mapping(document, known: []) } == [
        "t.yaml:1:1: '\u{FFFD}[2J\(String(repeating: "x", count: 36))…' is not known."
      ])
  }
}

private func place(_ line: Int) -> Place { Place(line: line, column: 10) }

private func plain(_ text: String, _ line: Int) -> Node {
  Node(.scalar(text, isQuoted: false), at: place(line))
}

/// A document whose members stand in the lines of their values.
private func mapping(_ members: [(String, Node)]) -> Setting {
  let written = members.map { name, value in
    Node.Member(
      name: name, namePlace: Place(line: value.place.line, column: 1), value: value)
  }
  return Setting(path: "", node: Node(.mapping(written), at: Place(line: 1, column: 1)))
}

private func errors(_ body: (inout SettingsReader) -> Void) -> [String] {
  var reader = SettingsReader(file: "t.yaml")
  body(&reader)
  return reader.errors.map(\.description)
}

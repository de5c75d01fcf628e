import Settings
import Testing
import YAMLDocuments

@Suite struct YAMLDocumentTests {
  @Test func `gives every node its place, counted from one`() throws {
    let text = """
      # a comment
      name: Größe  # another
      list:
        - one
        - "2"
      map: {a: b}
      """
    let node = try YAMLDocument.read(text, file: "t.yaml")
    let expected = Node(
      .mapping([
        member("name", 2, 1, Node(.scalar("Größe", isQuoted: false), at: place(2, 7))),
        member(
          "list", 3, 1,
          Node(
            .sequence([
              Node(.scalar("one", isQuoted: false), at: place(4, 5)),
              Node(.scalar("2", isQuoted: true), at: place(5, 5)),
            ]), at: place(4, 3))),
        member(
          "map", 6, 1,
          Node(
            .mapping([member("a", 6, 7, Node(.scalar("b", isQuoted: false), at: place(6, 10)))]),
            at: place(6, 6))),
      ]), at: place(2, 1))
    #expect(node == expected)
  }

  @Test func `tells quoted and block text from plain text`() throws {
    let text = "a: 5\nb: '5'\nc: \"5\"\nd: |\n  5\ne:\n"
    let node = try YAMLDocument.read(text, file: "t.yaml")
    guard case .mapping(let members) = node.value else {
      Issue.record("no mapping")
      return
    }
    #expect(
      members.map(\.value.value) == [
        .scalar("5", isQuoted: false), .scalar("5", isQuoted: true), .scalar("5", isQuoted: true),
        .scalar("5\n", isQuoted: true), .scalar("", isQuoted: false),
      ])
  }

  @Test(arguments: ["", "\n\n", "# only a comment\n", "---\n", "\u{FEFF}", "---\n...\n"])
  func `reads a document without content as an empty mapping`(text: String) throws {
    #expect(try YAMLDocument.read(text, file: "t.yaml").value == .mapping([]))
  }

  @Test func `keeps a name that stands twice, for the reader to tell`() throws {
    let node = try YAMLDocument.read("a: 1\na: 2\n", file: "t.yaml")
    guard case .mapping(let members) = node.value else {
      Issue.record("no mapping")
      return
    }
    #expect(members.map(\.name) == ["a", "a"])
    #expect(members.map(\.namePlace) == [place(1, 1), place(2, 1)])
  }

  @Test func `passes a byte order mark over`() throws {
    let node = try YAMLDocument.read("\u{FEFF}a: 1\n", file: "t.yaml")
    #expect(node.value == .mapping([member("a", 1, 1, scalar("1", 1, 4))]))
  }

  @Test func `takes what lies at the limit of depth and refuses what is deeper`() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    _ = try YAMLDocument.read(nested(YAMLDocument.depthLimit), file: "t.yaml")
    #expect(
      problem(in: nested(YAMLDocument.depthLimit + 1))
        == "t.yaml:1:33: More than 32 mappings and lists lie inside one another here, which is the limit."
    )
  }

  @Test func `takes a file at the limit of size and refuses a larger one`() throws {
    let filling = [UInt8](repeating: 0x0A, count: YAMLDocument.sizeLimitBytes)
    _ = try YAMLDocument.read(filling, file: "t.yaml")
    #expect(
      problem(in: filling + [0x0A])
        == "t.yaml: The file is larger than 1024 KiB, which is the limit.")
  }

  @Test func `says where a file is not UTF-8`() {
    #expect(
      problem(in: Array("a: 1\nb: ü".utf8) + [0xFF])
        == "t.yaml:2:5: This is not UTF-8 text. Save the file in UTF-8.")
    #expect(
      problem(in: Array("a: ".utf8) + [0xE2, 0x82])
        == "t.yaml:1:4: This is not UTF-8 text. Save the file in UTF-8.")
  }
}

func place(_ line: Int, _ column: Int) -> Place { Place(line: line, column: column) }

func member(_ name: String, _ line: Int, _ column: Int, _ value: Node) -> Node.Member {
  Node.Member(name: name, namePlace: place(line, column), value: value)
}

func scalar(_ text: String, _ line: Int, _ column: Int) -> Node {
  Node(.scalar(text, isQuoted: false), at: place(line, column))
}

/// The error of a broken document as the user reads it; nil where it can be read.
func problem(in text: String) -> String? { problem(in: Array(text.utf8)) }

func problem(in bytes: [UInt8]) -> String? {
  do throws(SettingsError) {
    _ = try YAMLDocument.read(bytes, file: "t.yaml")
    return nil
  } catch {
    return error.description
  }
}

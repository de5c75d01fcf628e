import Settings
import Testing
import YAMLDocuments

@Suite struct `Front matter` {
  private func read(_ text: String) throws(SettingsError) -> FrontMatter {
    try FrontMatter(Array(text.utf8), file: "a.md")
  }

  private func fault(_ text: String) -> String? {
    do throws(SettingsError) {
      _ = try read(text)
      return nil
    } catch {
      return error.description
    }
  }

  @Test(arguments: [
    ("", ""), ("Hello.", "Hello."), ("\n\nHello.\n\nBye.\n\n", "Hello.\n\nBye."),
    (" --- \nHello.", " --- \nHello."), ("----\nHello.", "----\nHello."),
    ("Hello.\n---\nb: 1\n---", "Hello.\n---\nb: 1\n---"), ("  indented\n", "  indented"),
  ])
  func `is nothing where the first line is none of three dashes`(text: String, body: String) throws
  {
    let file = try read(text)
    #expect(file.settings.value == .mapping([]))
    #expect(file.text == body)
  }

  @Test(arguments: ["\n", "\r\n", "\r"]) func `ends with the second such line`(end: String) throws {
    let text = ["--- ", "a: 1", "---\t", "", "Hello.", "---", "Bye.", ""].joined(separator: end)
    let file = try read("\u{FEFF}" + text)
    #expect(file.text == "Hello.\n---\nBye.")
    guard case .mapping(let members) = file.settings.value else {
      Issue.record("no mapping")
      return
    }
    #expect(members.map(\.name) == ["a"])
  }

  @Test func `has its places in the whole file`() throws {
    let file = try read("---\n# a comment\none: 1\n  # another\ntwo: [x,\n  y]\n---\nHello.")
    guard case .mapping(let members) = file.settings.value else {
      Issue.record("no mapping")
      return
    }
    #expect(members.map(\.namePlace) == [Place(line: 3, column: 1), Place(line: 5, column: 1)])
  }

  @Test(arguments: ["---\n---\n", "---\n\n# nothing\n---"])
  func `may be empty`(text: String) throws {
    #expect(try read(text).settings.value == .mapping([]))
    #expect(try read(text).text == "")
  }

  @Test(arguments: [
    (
      "---\na: 1\n",
      "a.md:1:1: The settings that begin here do not end; write --- in a line below them."
    ),
    ("---\na: [1\n---\n", "a.md:3:1: "),
    ("---\na: &x 1\n---\n", "a.md:2:"),
    ("Hello\0", "a.md: This is not text: it has NUL characters."),
  ])
  func `that cannot be read is told with its place`(text: String, sentence: String) {
    #expect(fault(text)?.hasPrefix(sentence) == true, "\(fault(text) ?? "nothing is wrong")")
  }

  @Test func `is refused where the file is too large, or no UTF-8`() {
    let large = [UInt8](repeating: 0x61, count: FrontMatter.sizeLimitBytes + 1)
    let first = #expect(throws: SettingsError.self) { try FrontMatter(large, file: "a.md") }
    #expect(first?.description == "a.md: The file is larger than 256 KiB, which is the limit.")
    let second = #expect(throws: SettingsError.self) {
      try FrontMatter(Array("a\nb".utf8) + [0xFF], file: "a.md")
    }
    #expect(second?.description == "a.md:2:2: This is not UTF-8 text. Save the file in UTF-8.")
  }
}

// Paths as they are written and dropped, and what may become of them.

import Support
import Testing

@testable import Interface

@Suite struct `Paths as they are written` {
  @Test(arguments: [
    ("notes.txt and", "notes.txt", 9), (#"my\ notes.txt x"#, "my notes.txt", 13),
    (#""my notes".txt"#, "my notes.txt", 14), (#"'it'\''s'"#, "it's", 9), ("", "", 0),
    (#"a\\b"#, #"a\b"#, 4), (#""a\b\"c""#, #"a\b"c"#, 8), ("a\tb", "a", 1), ("a\nb", "a", 1),
  ])
  func `end before a blank that nothing protects`(text: String, path: String, length: Int) {
    #expect(
      PathWriting.word(in: text) == PathWriting.Word(path: path, length: length, isOpen: false))
  }

  @Test(arguments: ["'a b", #""a"#, #"a\"#, "it's"])
  func `are open behind half a quote`(text: String) {
    #expect(PathWriting.word(in: text).isOpen)
    #expect(PathWriting.words(of: text, limit: 8) == nil)
  }

  @Test(arguments: ["notes.txt", "my notes.txt", "it's", #"a"b\c"#, "日本/ü.pdf", " ", "a\tb"])
  func `are read as they were written`(path: String) {
    #expect(PathWriting.word(in: PathWriting.escaped(path)).path == path)
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func `are read as they were written, whatever stands in them`(seed: UInt64) {
    var soup = UnicodeSoup(seed: seed)
    for _ in 0..<200 {
      // This sign is one grapheme with whatever follows, a blank and a backslash as well.
      let path = soup.text(upTo: 12).replacing("\u{6DD}", with: "")
      #expect(PathWriting.word(in: PathWriting.escaped(path) + " x").path == path)
      for reading in PathWriting.dropped("/" + path) { #expect(!reading.isEmpty) }
    }
  }

  @Test func `are no more than are wanted`() {
    #expect(PathWriting.words(of: " a  b\n", limit: 2)?.map(\.path) == ["a", "b"])
    #expect(PathWriting.words(of: " a  b\n", limit: 2)?.map(\.start) == [1, 4])
    #expect(PathWriting.words(of: "a b c", limit: 2) == nil)
    #expect(PathWriting.words(of: "", limit: 2)?.isEmpty == true)
  }
}

@Suite struct `A paste that may be files` {
  @Test(arguments: [
    ("/a/b.png", [["/a/b.png"]]), ("'/a/my b.png' ", [["/a/my b.png"]]),
    (#"/a/my\ b.png /c"#, [["/a/my b.png", "/c"], [#"/a/my\ b.png /c"#]]),
    ("/a/my b.png", [["/a/my b.png"]]), ("/a/b\n/c d\r\n", [["/a/b", "/c d"]]),
    ("/a /b", [["/a", "/b"], ["/a /b"]]), ("~/x.pdf", [["~/x.pdf"]]),
    ("./x ../y", [["./x", "../y"], ["./x ../y"]]),
    ("file:///a/my%20b.png", [["/a/my b.png"]]),
    ("file://localhost/a%C3%BC.txt\nfile:/c", [["/aü.txt", "/c"]]),
    ("FILE:///a", [["/a"]]), ("/it's", [["/it's"]]), ("/a and more", [["/a and more"]]),
  ])
  func `is read as a shell reads it, and line by line`(text: String, readings: [[String]]) {
    #expect(PathWriting.dropped(text) == readings)
  }

  @Test(arguments: [
    "", " ", "words", "notes.txt", "see /a/b", "file://host/a", "file:///a%00b", "file:///a%2",
    "file:///%FF", "file:a", "http://a/b", "/" + String(repeating: "x", count: 5_000),
  ])
  func `is text where anything else is in it`(text: String) {
    #expect(PathWriting.dropped(text) == [])
  }
}

@Suite struct `What a path may become` {
  private let listing = FolderListing(
    "", folders: ["src", "Tests", ".git"],
    files: ["README.md", "notes.txt", "my notes.txt", ".env", "it's"])

  private func lines(_ path: String, _ listing: FolderListing? = nil) -> [String] {
    Completion(path: path, ListedFolder(listing ?? self.listing)).rows.map(\.line)
  }

  @Test func `shows folders first, each in the order of letters, and nothing hidden`() {
    #expect(
      lines("") == ["@src/", "@Tests/", #"@it\'s"#, #"@my\ notes.txt"#, "@notes.txt", "@README.md"])
  }

  @Test func `shows what is hidden once a dot is typed`() {
    #expect(lines(".") == ["@.git/", "@.env"])
    #expect(lines(".e") == ["@.env"])
  }

  @Test func `shows what begins so in any case, and then what has the letters`() {
    #expect(lines("re") == ["@README.md"])
    #expect(lines("no") == ["@notes.txt", #"@my\ notes.txt"#])
    #expect(lines("someone") == [])
  }

  @Test func `goes on in the folder that is written`() {
    let src = FolderListing("src/", folders: ["a b"], files: ["main.swift"])
    #expect(lines("src/", src) == [#"@src/a\ b/"#, "@src/main.swift"])
    #expect(lines("src/m", src) == ["@src/main.swift"])
    #expect(lines("src/m") == [])
    #expect(Completion(path: "src/m", nil).folder == "src/")
    #expect(Completion(path: "~/x/y", nil).folder == "~/x/")
    #expect(Completion(path: "/y", nil).folder == "/")
  }

  @Test func `writes what the names have in common`() {
    let listing = FolderListing("", files: ["photo-1.png", "photo-2.png"])
    #expect(Completion(path: "p", ListedFolder(listing)).commonBeginning == "@photo-")
  }

  @Test func `behind the command is the last of its words`() {
    var listed = ListedValues()
    listed.askedFolder = ""
    listed.take(listing)
    func command(_ line: String) -> Completion? {
      Completion(
        line, Completion.Tables(commands: .standard, keys: .standard, listed: listed) { [] })
    }
    #expect(command("/attach no")?.rows.map(\.line).first == "/attach notes.txt")
    #expect(
      command(#"/attach my\ notes.txt RE"#)?.rows.map(\.line) == [
        #"/attach my\ notes.txt README.md"#
      ])
    #expect(command("/attach ")?.rows.count == 6)
    #expect(command("/attach a ")?.rows.first?.line == "/attach a src/")
    #expect(command("/attach 'a") == nil)
  }

  @Test func `is found in a folder with ten thousand names`() {
    let names = (0..<FolderListing.limit).map { "name\($0)" }
    let completion = Completion(path: "NAME99", ListedFolder(FolderListing("", files: names)))
    #expect(completion.rows.filter { $0.beginning != nil }.count == 111)
    #expect(completion.rows.count <= 111 + Completion.valueLimit)
  }
}

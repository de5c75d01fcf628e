// Files that are no themes at all: each is told, and quickly, and nothing is made of it.

import Glibc
import Interface
import Settings
import Support
import Testing
import YAMLDocuments

@Suite struct `A file that is no theme` {
  private let home: TestHome
  private let library: ThemeLibrary

  init() throws {
    home = try TestHome()
    library = ThemeLibrary(
      environment: home.environment, executablePath: "/nowhere/patter",
      documents: ThemeLibrary.Documents(read: YAMLFile.read, names: YAMLFile.names(inFolder:)))
  }

  private var path: String { "\(home.path)/mine.yaml" }

  /// What is told of the file, without its path.
  private func problem() -> String? {
    do throws(SettingsError) {
      _ = try library.theme(path)
      return nil
    } catch {
      #expect(error.file == path)
      return String(error.description.dropFirst(path.count))
    }
  }

  @Test(arguments: [
    ("appearance: dark\nfaces:\n\ttext: red\n", ":3:1: A tab may not indent. Use spaces."),
    (
      "\u{7F}ELF\u{1}\u{1}\0\0",
      ":1:1: A control character stands here. Take it out, or write it as an escape sequence in double "
        + "quotation marks."
    ),
    (
      "appearance: dark\nfaces: {text: #ff0000}\n",
      ":3:1: The text ends inside a '{' or '['. A '#' outside quotation marks begins a comment."
    ),
    (
      "---\nappearance: dark\n---\nname: x\n",
      ":3:1: A second document begins here; a file may hold only one."
    ),
  ])
  func `is told with line and column`(text: String, sentence: String) throws {
    try home.write(text, to: "mine.yaml")
    #expect(problem() == sentence)
  }

  @Test func `is told where it is a folder`() {
    #expect(mkdir(path, 0o755) == 0)
    #expect(problem() == ": This is not a regular file.")
  }

  @Test func `is told where it is a pipe that nobody writes to`() {
    #expect(mkfifo(path, 0o644) == 0)
    #expect(problem() == ": This is not a regular file.")
  }

  @Test func `is told where it is far too large, and is not read to its end`() throws {
    try home.write("name: x\n", to: "mine.yaml")
    // A hole takes no room on the disk.
    #expect(truncate(path, 1 << 40) == 0)
    #expect(problem() == ": The file is larger than 1024 KiB, which is the limit.")
  }
}

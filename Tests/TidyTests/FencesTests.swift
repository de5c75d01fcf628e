// The fences themselves: each is shown something bad, and has to see it.

import Testing

struct FencesTests {
  let fences = Fences.house

  func messages(_ text: String, at path: String) -> [String] {
    fences.complaints(about: text, at: path).map(\.message)
  }

  @Test(arguments: [
    ("Sources/Chat/ChatStore.swift", "import Wire", "Chat may not import Wire"),
    ("Sources/Chat/Deep/Down.swift", "import Glibc", "Chat may not import Glibc"),
    (
      "Sources/Terminal/Cell.swift", "import FoundationEssentials",
      "Terminal may not import FoundationEssentials"
    ),
    (
      "Sources/Interface/App.swift", "public import Providers", "Interface may not import Providers"
    ),
    ("Sources/Interface/App.swift", "import CNcurses", "Interface may not import CNcurses"),
    (
      "Sources/Providers/Gemini.swift", "import CurlTransport",
      "Providers may not import CurlTransport"
    ),
    ("Sources/CurlTransport/Transport.swift", "import Chat", "CurlTransport may not import Chat"),
    ("Sources/Patter/RunLoop.swift", "import CCurl", "Patter may not import CCurl"),
    (
      "Sources/Patter/RunLoop.swift", "import Foundation",
      "imports Foundation, which nothing here may"
    ),
    (
      "Tests/ChatTests/ChatTests.swift", "import Dispatch",
      "imports Dispatch, which nothing here may"
    ),
    ("Tests/Support/Pty.swift", "import Chat", "Support may not import Chat"),
  ])
  func `sees an arrow that is not in the plan`(path: String, text: String, message: String) {
    #expect(messages(text, at: path) == [message])
  }

  @Test(arguments: [
    ("Sources/Interface/App.swift", "import Chat\npublic import Terminal\nimport Markdown"),
    ("Sources/Providers/Gemini.swift", "import FoundationEssentials\nimport Wire"),
    ("Sources/CursesTerminal/Screen.swift", "import CNcurses\nimport Glibc\nimport CLinux"),
    ("Tests/ChatTests/ChatTests.swift", "@testable import Chat\nimport Testing\nimport Glibc"),
  ])
  func `lets through what is in the plan`(path: String, text: String) {
    #expect(messages(text, at: path) == [])
  }

  @Test func `sees a file that lies in no room`() {
    #expect(
      messages("", at: "Sources/Attic/Box.swift")
        == ["lies in no room of the table in Tests/TidyTests/Fences.swift"])
    #expect(messages("", at: "Sources/Chatter/Box.swift").count == 1)
  }

  @Test func `allows unchecked types at the edges alone`() {
    let text = "struct Handle: @unchecked  Sendable {}"
    #expect(messages(text, at: "Sources/CurlTransport/Transport.swift") == [])
    #expect(
      messages(text, at: "Sources/Chat/ChatStore.swift")
        == ["@unchecked Sendable belongs to an edge"])
    #expect(messages("// no @unchecked Sendable", at: "Sources/Chat/ChatStore.swift") == [])
  }

  @Test(arguments: ["TO" + "DO", "FIX" + "ME", "X" + "XX"])
  func `sees unfinished work`(word: String) {
    #expect(messages("// \(word): later", at: "Sources/Chat/A.swift").count == 1)
    #expect(messages("// \(word)", at: "Tests/ChatTests/A.swift").count == 1)
    #expect(messages("let a = \"\(word)\(word)\(word)_S\"", at: "Sources/Chat/A.swift") == [])
  }

  @Test(arguments: [
    "try await Task.sleep(for: .seconds(1))", "usleep(10)", "sleep (1)", "nanosleep(&a, nil)",
    "Thread.sleep(forTimeInterval: 1)",
  ])
  func `sees a test that sleeps`(text: String) {
    #expect(messages(text, at: "Tests/ChatTests/A.swift").count == 1)
    #expect(messages(text, at: "Sources/Chat/A.swift") == [])
    #expect(messages("let script = \"\(text)\"", at: "Tests/ChatTests/A.swift") == [])
  }

  @Test func `sees a file that has grown too long`() {
    let lines = { String(repeating: "// line\n", count: $0) }
    #expect(messages(lines(400), at: "Sources/Chat/A.swift") == [])
    #expect(
      messages(lines(401), at: "Sources/Chat/A.swift") == ["401 lines, and 400 are the limit"])
    #expect(messages(lines(401), at: "Tests/ChatTests/A.swift") == [])
  }

  @Test func `sees a C library with two rooms`() {
    let files = [
      (path: "Sources/CurlTransport/A.swift", text: "import CCurl"),
      (path: "Sources/CurlTransport/B.swift", text: "import CCurl\nimport CLinux"),
      (path: "Sources/Patter/C.swift", text: "import CLinux"),
    ]
    #expect(fences.complaintsAboutSharedLibraries(in: files) == [])
    let shared = fences.complaintsAboutSharedLibraries(
      in: files + [(path: "Tests/ChatTests/D.swift", text: "import CCurl")])
    #expect(shared.map(\.message) == ["only one room may import CCurl"])
  }

  @Test func `sees a target without a row`() {
    let manifest = """
      products: [.executable(name: "patter", targets: ["Patter"])],
      room("Chat"), room("Attic", uses: ["Chat"]),
      .executableTarget(
        name: "Cellar", dependencies: []),
      library("CAttic", apt: "libattic-dev"), tests("ChatTests", uses: ["Chat"]),
      """
    #expect(
      Fences.targets(inManifest: manifest) == ["Chat", "Attic", "CAttic", "ChatTests", "Cellar"])
    #expect(
      fences.complaintsAboutTargets(inManifest: manifest).map(\.message) == [
        "Attic has no row in the table of rooms", "CAttic has no row in the table of rooms",
        "Cellar has no row in the table of rooms",
      ])
  }

  @Test func `sees what lies about at the top level`() {
    let names = [".git", ".ci", "Package.swift", "Sources", "notes.txt", "Package.resolved"]
    #expect(
      Fences.complaintsAboutTopLevel(names).map(\.path) == ["Package.resolved", "notes.txt"])
  }
}

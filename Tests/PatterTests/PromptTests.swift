// What `patter -p` asks: the words of the command line, standard input, files.

import Glibc
import LoopbackTests
import Support
import Testing

@testable import Patter

@Suite(.everyConnectionCloses) struct PromptTests {
  // MARK: - Words and standard input

  @Test func `standard input stands behind the words, with a blank line between`() throws {
    let server = try LoopbackServer(.reply("Hello"))
    let patter = try PipedProgram(
      asking: server, words: ["review", "this"], input: "-old\n+new\n\n")
    try patter.expectEnd(.exited(0), output: "Hello\n")
    #expect(try #require(server.chatBody(1)).contains(#""review this\n\n-old\n+new""#))
  }

  @Test(arguments: [nil, "", " \n\n"])
  func `words need no standard input`(input: String?) throws {
    let server = try LoopbackServer(.reply("Hello"))
    let patter = try PipedProgram(asking: server, words: ["why?"], input: input)
    try patter.expectEnd(.exited(0), output: "Hello\n")
    #expect(try #require(server.chatBody(1)).contains(#""why?""#))
  }

  @Test(arguments: [#"exec "$@" <&-"#, #"exec "$@" 0>/dev/null"#])
  func `a standard input that is closed, or only for writing, is none`(script: String) throws {
    let server = try LoopbackServer(.reply("Hello"))
    let patter = try PipedProgram(asking: server, words: ["why?"], script: script)
    try patter.expectEnd(.exited(0), output: "Hello\n")
  }

  @Test func `nothing but line ends at the end is taken from standard input`() {
    #expect(Arguments.joined(words: "a", input: "\n  b \r\n\n") == "a\n\n\n  b ")
    #expect(Arguments.joined(words: " ", input: "b") == "b")
    #expect(Arguments.joined(words: "a", input: " \n") == "a")
    #expect(Arguments.joined(words: "", input: "") == "")
  }

  @Test func `without words the prompt is standard input, without the last line's end`() throws {
    let server = try LoopbackServer(.reply("Hello"))
    let patter = try PipedProgram(asking: server, words: [], input: "first line\nsecond line\n\n")
    try patter.expectEnd(.exited(0), output: "Hello\n")
    #expect(try #require(server.chatBody(1)).contains(#""first line\nsecond line""#))
  }

  @Test func `the longest prompt is sent whole`() throws {
    let server = try LoopbackServer(.reply("Hello"))
    let text = String(repeating: "x", count: 4 << 20)
    let patter = try PipedProgram(asking: server, words: [], input: text)
    try patter.expectEnd(.exited(0), output: "Hello\n")
    let isWhole = try #require(server.chatBody(1)).contains(text)
    #expect(isWhole)
  }

  @Test func `a longer prompt is refused, and nobody is asked`() throws {
    let server = try LoopbackServer()
    let text = String(repeating: "x", count: 4 << 20 + 1)
    let patter = try PipedProgram(asking: server, words: [], input: text)
    try patter.expectEnd(
      .exited(2),
      diagnostics: "patter: standard input is longer than 4 MiB, which is the longest prompt.\n")
    #expect(server.journal.isEmpty)
  }

  @Test(arguments: [(["  ", "\t"], nil), ([], ""), ([], " \n\n")] as [([String], String?)])
  func `a blank prompt is refused, and nobody is asked`(words: [String], input: String?) throws {
    let server = try LoopbackServer()
    let patter = try PipedProgram(asking: server, words: words, input: input)
    try patter.expectEnd(.exited(2), diagnostics: "patter: the prompt is empty.\n")
    #expect(server.journal.isEmpty)
  }

  @Test func `what is no text is refused as standard input, and nobody is asked`() throws {
    let server = try LoopbackServer()
    let patter = try PipedProgram(asking: server, input: "GIF89a\u{0}\u{1}")
    try patter.expectEnd(
      .exited(2),
      diagnostics:
        "patter: standard input is no text that can be sent; pictures and PDFs go with -f FILE.\n")
    #expect(server.journal.isEmpty)
  }

  @Test func `letters that are no UTF-8 are sent as U+FFFD, and that is said`() throws {
    let server = try LoopbackServer(.reply("Hello"))
    let patter = try PipedProgram(
      asking: server, script: #"printf 'M\374nchen' | "$@""#)
    try patter.expectEnd(
      .exited(0), output: "Hello\n",
      diagnostics:
        "patter: standard input is not all UTF-8; what is not is sent as \u{FFFD}.\n")
    #expect(try #require(server.chatBody(1)).contains("M\u{FFFD}nchen"))
  }

  @Test func `a directory as standard input is told`() throws {
    let server = try LoopbackServer()
    let patter = try PipedProgram(asking: server, script: #"exec "$@" </"#)
    try patter.expectEnd(
      .exited(2), diagnostics: "patter: standard input cannot be read: Is a directory.\n")
    #expect(server.journal.isEmpty)
  }

  @Test func `a terminal is not read where there are words`() throws {
    let server = try LoopbackServer(.reply("Hello"))
    let chat = try Journey(
      BuiltProgram.path("patter"), ["-p", "-m", "openai/test", "hi"],
      variables: Dialect.openAI.variables(port: server.port).merging(["TERM": "dumb"]) { $1 })
    try chat.expectEnd(.exited(0))
    #expect(chat.written == "Hello\r\n")
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func `a signal is heard while standard input is read, and nobody is asked`(signal: Int32) throws {
    let server = try LoopbackServer()
    let (patter, input) = try reading(from: server)
    patter.signal(signal)
    try patter.expectEnd(.signalled(signal))
    #expect(server.journal.isEmpty)
    close(input)
  }

  @Test func `S04 a reader that goes away while standard input is read ends the program`() throws {
    let server = try LoopbackServer()
    let (patter, input) = try reading(from: server)
    patter.closeOutput()
    try patter.expectEnd(.signalled(SIGPIPE))
    #expect(server.journal.isEmpty)
    close(input)
  }

  /// Patter, once it has read something, and its standard input, which stays open and silent.
  private func reading(from server: LoopbackServer) throws -> (patter: PipedProgram, input: Int32) {
    let home = try TestHome()
    let path = "\(home.path)/input"
    try #require(mkfifo(path, 0o600) == 0)
    let input = open(path, O_RDWR | O_CLOEXEC)
    try #require(input >= 0)
    try #require(Glibc.write(input, "part", 4) == 4)
    let patter = try PipedProgram(asking: server, home: home, script: #"exec "$@" <input"#)
    var waiting: Int32 = 4
    while waiting > 0, ioctl(input, UInt(FIONREAD), &waiting) == 0 { sched_yield() }
    return (patter, input)
  }

  @Test func `a terminal is not read as the prompt`() throws {
    let chat = try Journey(BuiltProgram.path("patter"), ["-p"])
    try chat.expectEnd(.exited(2))
    #expect(
      chat.picture.sentences
        == "patter: -p needs a prompt behind it, or text on standard input.")
  }

  // MARK: - Files

  private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x01]
  private static let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x10]

  private func write(_ bytes: [UInt8], to name: String, in home: TestHome) throws {
    let descriptor = open("\(home.path)/\(name)", O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    try #require(Glibc.write(descriptor, bytes, bytes.count) == bytes.count)
  }

  @Test func `files go before the words, pictures as pictures and text under its name`() throws {
    let server = try LoopbackServer(.reply("Hello"))
    let home = try TestHome()
    // What a file is called says nothing.
    try write(Self.png, to: "one.txt", in: home)
    try write(Self.jpeg, to: "two.png", in: home)
    try home.write("total: 3\n", to: "notes.gif")
    let patter = try PipedProgram(
      asking: server,
      options: ["-f", "one.txt", "--file=two.png", "-f", "\(home.path)/notes.gif"],
      words: ["compare"], input: "these", home: home)
    try patter.expectEnd(.exited(0), output: "Hello\n")
    let body = try #require(server.chatBody(1))
    let pieces = [
      "data:image/png;base64,iVBORw0KGgoAAQ==", "data:image/jpeg;base64,/9j/4AAQ",
      #"<file name=\"notes.gif\">\ntotal: 3\n\n</file>"#, #"compare\n\nthese"#,
    ]
    var rest = body[...]
    for piece in pieces {
      let found = try #require(rest.firstRange(of: piece), "\(piece) in \(body)")
      rest = rest[found.upperBound...]
    }
  }

  @Test func `a file alone is a prompt`() throws {
    let server = try LoopbackServer(.reply("Hello"))
    let home = try TestHome()
    try home.write("Why is the sky blue?", to: "question")
    let patter = try PipedProgram(
      asking: server, options: ["-f", "question"], words: [], home: home)
    try patter.expectEnd(.exited(0), output: "Hello\n")
    #expect(try #require(server.chatBody(1)).contains("Why is the sky blue?"))
  }

  @Test func `what another program writes can be attached`() throws {
    let server = try LoopbackServer(.reply("Hello"))
    let patter = try PipedProgram(
      asking: server, options: ["-f", "/dev/fd/9"],
      script: #"echo from a pipe | "$@" 9<&0 </dev/null"#
    )
    try patter.expectEnd(.exited(0), output: "Hello\n")
    #expect(try #require(server.chatBody(1)).contains("from a pipe"))
  }

  @Test func `a signal is heard while nobody writes into what is attached`() throws {
    let server = try LoopbackServer()
    let patter = try PipedProgram(
      asking: server, options: ["-f", "pipe"], script: #"mkfifo pipe; echo; exec "$@""#)
    try patter.waitUntil("the pipe") { $0.output == "\n" }
    patter.signal(SIGTERM)
    try patter.expectEnd(.signalled(SIGTERM), output: "\n")
    #expect(server.journal.isEmpty)
  }

  @Test func `a PDF that the wire has no place for is told, and nobody is asked`() throws {
    let server = try LoopbackServer()
    let home = try TestHome()
    try home.write("%PDF-1.7\n", to: "paper")
    let patter = try PipedProgram(asking: server, options: ["-f", "paper"], home: home)
    try patter.expectEnd(.exited(1), saying: ["cannot be given the file paper (application/pdf)"])
    #expect(server.journal.isEmpty)
  }

  @Test(arguments: [
    ("empty", "empty is empty."), ("missing", "missing cannot be read: No such file or directory."),
    ("folder", "folder is a folder; -f takes files."), ("/dev/zero", "/dev/zero is no file."),
    ("utf16", "utf16 is text in UTF-16; iconv -f UTF-16 -t UTF-8 makes UTF-8 of it."),
    ("binary", "binary is neither text nor a PNG, JPEG, GIF or WebP picture nor a PDF."),
    ("large", "large is longer than 20 MiB, which is the largest file that can be attached."),
  ])
  func `a file that cannot be sent is told before standard input is read`(
    name: String, sentence: String
  ) throws {
    let server = try LoopbackServer()
    let home = try TestHome()
    try home.write("", to: "empty")
    try home.write("", to: "folder/file")
    try write([0xFF, 0xFE, 0x41, 0x00], to: "utf16", in: home)
    try write([0x7F, 0x45, 0x4C, 0x46, 0x00], to: "binary", in: home)
    try write([], to: "large", in: home)
    try #require(truncate("\(home.path)/large", 20 << 20 + 1) == 0)
    try #require(mkfifo("\(home.path)/silent", 0o600) == 0)
    let patter = try PipedProgram(
      asking: server, options: ["-f", name], home: home, script: #"exec "$@" <>silent"#)
    try patter.expectEnd(.exited(2), diagnostics: "patter: \(sentence)\n")
    #expect(server.journal.isEmpty)
  }

  @Test func `files that are too large together are refused`() throws {
    let server = try LoopbackServer()
    let home = try TestHome()
    let file = [UInt8](repeating: UInt8(ascii: "x"), count: 17 << 20)
    try write(file, to: "large", in: home)
    let patter = try PipedProgram(
      asking: server, options: Array(repeating: ["-f", "large"], count: 4).flatMap(\.self),
      home: home)
    try patter.expectEnd(.exited(2), saying: ["larger than 64 MiB together"])
    #expect(server.journal.isEmpty)
  }

  @Test func `a program of this machine gets files that are text, and no others`() throws {
    let home = try TestHome.configured("commands:\n  echo: {command: [cat]}\n")
    try home.write("total: 3", to: "notes")
    try write(Self.png, to: "picture", in: home)
    let patter = try PipedProgram(
      asking: nil, model: "echo/any", options: ["-f", "notes"], words: ["sum?"], home: home)
    try patter.expectEnd(
      .exited(0), output: "<file name=\"notes\">\ntotal: 3\n</file>\n\nsum?\n")
    let other = try PipedProgram(
      asking: nil, model: "echo/any", options: ["-f", "picture"], home: home)
    try other.expectEnd(.exited(1), saying: ["echo cannot be given a picture"])
  }
}

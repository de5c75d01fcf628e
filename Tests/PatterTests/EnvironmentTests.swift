// What Patter finds around it: terminals, locales, homes, pipes.

import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct EnvironmentTests {
  /// Programs that put Patter into some surroundings take it as their last words.
  private static let patter = BuiltProgram.path("patter")

  @Test(arguments: [
    "xterm-256color", "xterm", "xterm-color", "xterm-mono", "screen-256color", "screen",
    "tmux-256color", "rxvt-unicode-256color", "linux", "vt100", "vt220", "nosuch-term",
  ])
  func `chats on a terminal of this kind`(name: String) throws {
    let server = try LoopbackServer(.reply("**Hello** `code` 你好"))
    let chat = try Journey(with: server, variables: ["TERM": name])
    try chat.ask("hi")
    try chat.see("Hello code 你好")
    try chat.seeIdle()
    try chat.leave()
  }

  @Test(arguments: ["dumb", "unknown", ""])
  func `says in a sentence that it needs a terminal's name`(name: String) throws {
    try expectRefusal("TERM", variables: ["TERM": name])
  }

  @Test func `says in a sentence that TERM is not set`() throws {
    try expectRefusal("TERM", "/usr/bin/env", ["-u", "TERM", Self.patter])
  }

  @Test(arguments: [
    #""$0" </dev/null"#, #"echo hi | "$0""#, #"{ "$0"; echo "code $?" >&2; } | cat; exit 1"#,
    #"{ "$0"; echo "code $?" >&2; } >/dev/null; exit 1"#,
  ])
  func `says in a sentence that it needs a terminal`(command: String) throws {
    let end = try expectRefusal(
      "Patter draws on a terminal", "/bin/sh", ["-c", command, Self.patter])
    if command.contains("code") { #expect(end.shows("code 1")) }
  }

  @discardableResult
  private func expectRefusal(
    _ words: String, _ program: String = patter, _ arguments: [String] = [],
    variables: [String: String] = [:], sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Picture {
    let chat = try Journey(program, arguments, variables: variables)
    try chat.expectEnd(.exited(1), sourceLocation: sourceLocation)
    let text = chat.picture.sentences
    #expect(text.hasPrefix("patter: "), sourceLocation: sourceLocation)
    #expect(text.contains(words), sourceLocation: sourceLocation)
    // Nothing but text was written.
    #expect(!chat.written.contains("\u{1B}"), sourceLocation: sourceLocation)
    return chat.picture
  }

  // MARK: - Colours

  @Test func `NO_COLOR leaves out every colour and keeps bold`() throws {
    let server = try LoopbackServer(
      .reply("# Title\n\n**bold** and `code`\n\n```swift\nlet a\n```"))
    let chat = try Journey(with: server, variables: ["NO_COLOR": "1"])
    try chat.ask("hi")
    try chat.see("bold and code")
    try chat.seeIdle()
    try chat.leave()
    #expect(chat.renditions.contains(1))
    #expect(chat.renditions.isDisjoint(with: colors))
  }

  @Test(arguments: [
    ["COLORTERM": "truecolor"], ["COLORTERM": "24bit"],
    ["COLORTERM": "truecolor", "TERM": "tmux-256color"],
    ["COLORTERM": "truecolor", "TERM": "xterm"], ["COLORTERM": "truecolor", "TERM": "nosuch-term"],
  ])
  func `colours have 24 bits where the terminal says so`(variables: [String: String]) throws {
    let server = try LoopbackServer(.reply("**bold** and `code`"))
    let chat = try Journey(with: server, variables: variables)
    try chat.ask("hi")
    try chat.see("bold and code")
    let row = try #require(chat.picture.row(of: "bold and code"))
    let column = try #require(
      (0..<20).first { chat.picture.cell(row: row, column: $0).text == "c" })
    // The amber of patter-dark.
    let color = PictureCell.Color.rgb(red: 0xE4, green: 0xC2, blue: 0x83)
    #expect(chat.picture.cell(row: row, column: column).foreground == color)
    try chat.leave()
    #expect(chat.written.contains("\u{1B}[38;2;228;194;131m"))
    #expect(!chat.written.contains("38;5;"))
  }

  @Test func `the terminal's own colours stay its own beside those of 24 bits`() throws {
    let chat = try Journey(
      BuiltProgram.path("patter"), ["--theme", "terminal"], variables: ["COLORTERM": "truecolor"])
    try chat.see("answers")
    try chat.ask("/help")
    try chat.see("Keys")
    try chat.leave()
    #expect(!chat.written.contains("38;"))
    #expect(chat.renditions.contains(34))
  }

  @Test func `NO_COLOR leaves out those of 24 bits as well`() throws {
    let chat = try Journey(with: nil, variables: ["COLORTERM": "truecolor", "NO_COLOR": "1"])
    try chat.leave()
    #expect(chat.renditions.isDisjoint(with: colors))
  }

  @Test func `there are none of 24 bits where the terminal does not say so`() throws {
    let chat = try Journey(with: nil)
    try chat.leave()
    #expect(!chat.written.contains("38;2;"))
    #expect(chat.written.contains("38;5;"))
  }

  @Test(arguments: [[:], ["NO_COLOR": ""], ["TERM": "xterm"]])
  func `there are colours otherwise`(variables: [String: String]) throws {
    let server = try LoopbackServer(.reply("# Title\n\n**bold** and `code`"))
    let chat = try Journey(with: server, variables: variables)
    try chat.ask("hi")
    try chat.see("bold and code")
    try chat.leave()
    #expect(!chat.renditions.isDisjoint(with: colors))
    if variables["TERM"] == "xterm" { #expect(!chat.renditions.contains(38)) }
  }

  private let colors = Set(30...38).union(40...48).union(90...97).union(100...107)

  // MARK: - Locales

  @Test(arguments: [
    ["-u", "LANG"], ["-u", "LANG", "LC_ALL=C"], ["-u", "LANG", "LC_ALL=POSIX"],
    ["LANG=de_DE.ISO-8859-1"], ["LANG=nosuch_NOSUCH.UTF-8"], ["LC_CTYPE=C"],
  ])
  func `wide text is typed and shown in any locale`(surroundings: [String]) throws {
    let server = try LoopbackServer(.reply("世界 — «naïve»"))
    let chat = try Journey(
      "/usr/bin/env", surroundings + [Self.patter, "-m", "openai/test"],
      variables: Dialect.openAI.variables(port: server.port))
    try chat.see("answers")
    try chat.ask("你好é")
    try chat.see("世界 — «naïve»")
    #expect(chat.picture.shows("你好é"))
    #expect(try #require(server.chatBody(1)).contains("你好é"))
    try chat.seeIdle()
    try chat.leave()
  }

  // MARK: - Homes

  @Test(arguments: [
    ["-u", "HOME", "-u", "XDG_CONFIG_HOME", "-u", "XDG_STATE_HOME"],
    ["-u", "XDG_CONFIG_HOME", "-u", "XDG_STATE_HOME", "HOME=/dev/null"],
    ["-u", "XDG_CONFIG_HOME", "-u", "XDG_STATE_HOME", "HOME="],
    ["XDG_CONFIG_HOME=relative", "XDG_STATE_HOME=/proc/nowhere"],
  ])
  func `chats without a home that can be written`(surroundings: [String]) throws {
    let server = try LoopbackServer(.reply("Hello"))
    let chat = try Journey(
      "/usr/bin/env", surroundings + [Self.patter, "-m", "openai/test", "hi"],
      variables: Dialect.openAI.variables(port: server.port))
    try chat.see("Hello")
    try chat.seeIdle()
    try chat.leave()
  }
}

extension Journey {
  /// Every number that stands in a sequence for graphic renditions (SGR), the arguments of 38 and 48
  /// left out.
  fileprivate var renditions: Set<Int> {
    var numbers: Set<Int> = []
    for piece in written.split(separator: "\u{1B}[").dropFirst() {
      let parameters = piece.prefix { $0.isNumber || $0 == ";" || $0 == ":" }
      guard piece[parameters.endIndex...].first == "m" else { continue }
      var rest = parameters.split { $0 == ";" || $0 == ":" }.compactMap { Int($0) }[...]
      while let number = rest.popFirst() {
        numbers.insert(number)
        guard number == 38 || number == 48, let form = rest.popFirst() else { continue }
        rest = rest.dropFirst(form == 5 ? 1 : 3)
      }
    }
    return numbers
  }
}

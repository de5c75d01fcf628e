// Patter inside a real tmux, which reads the keys before Patter does and draws what Patter draws.

import Glibc
import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct TmuxTests {
  /// Patter in a tmux of its own that holds Esc back for so long, once it has said who answers. Server and
  /// session end with Patter, or with the terminal.
  private static func chat(
    with server: LoopbackServer, escapeMilliseconds: Int, home: TestHome? = nil,
    name: String = "first"
  ) throws -> Journey {
    let home = try home ?? TestHome()
    let chat = try Journey(
      "/usr/bin/tmux",
      [
        "-f", "/dev/null", "-L", name, "start-server", ";",
        "set", "-s", "escape-time", "\(escapeMilliseconds)", ";",
        "set", "-g", "status", "off", ";", "set", "-g", "destroy-unattached", "on", ";",
        "new-session", BuiltProgram.path("patter"), "-m", "openai/test",
      ],
      variables: Dialect.openAI.variables(port: server.port).merging(["TMUX_TMPDIR": home.path]) {
        $1
      }, home: home)
    try chat.see("answers")
    return chat
  }

  private static func leave(_ chat: Journey) throws {
    chat.press(.control("d"))
    #expect(try chat.patter.waitForExit() == .exited(0))
  }

  private static let hint = "tmux holds Esc back for 500 ms."

  @Test(arguments: [0, 500])
  func `Esc stops the reply`(milliseconds: Int) throws {
    let server = try LoopbackServer(.held("Hello"))
    let chat = try Self.chat(with: server, escapeMilliseconds: milliseconds)
    try chat.ask("hi")
    try chat.see("Hello")
    chat.press(.escape)
    #expect(server.sawClose(ofChat: 1))
    try chat.see("■ stopped here")
    try Self.leave(chat)
  }

  @Test(arguments: [0, 500])
  func `Ctrl-C stops the reply`(milliseconds: Int) throws {
    let server = try LoopbackServer(.held("Hello"))
    let chat = try Self.chat(with: server, escapeMilliseconds: milliseconds)
    try chat.ask("hi")
    try chat.see("Hello")
    chat.press(.control("c"))
    #expect(server.sawClose(ofChat: 1))
    try chat.see("■ stopped here")
    try Self.leave(chat)
  }

  @Test(arguments: [0, 500])
  func `two fast Escs stop the reply and nothing else`(milliseconds: Int) throws {
    let server = try LoopbackServer(.held("Hello"))
    let chat = try Self.chat(with: server, escapeMilliseconds: milliseconds)
    try chat.ask("hi")
    try chat.see("Hello")
    try chat.draft("unsent")
    chat.type("\u{1B}\u{1B}")
    #expect(server.sawClose(ofChat: 1))
    try chat.see("■ stopped here")
    // Whatever begins with ESC cannot be taken for Alt together with the second Esc.
    chat.press(.end)
    chat.type("!")
    try chat.see("› unsent!")
    #expect(server.chats.count == 1)
    chat.press(.control("c"))
    try chat.see("The draft is cleared.")
    try Self.leave(chat)
  }

  @Test(arguments: [0, 500])
  func `arrows, Home and a paste are what they are`(milliseconds: Int) throws {
    let server = try LoopbackServer()
    let chat = try Self.chat(with: server, escapeMilliseconds: milliseconds)
    try chat.draft("ac")
    chat.press(.left)
    chat.type("b")
    try chat.see("› abc")
    chat.press(.home)
    chat.type("\u{1B}[1;5C")
    chat.type("!")
    try chat.see("› abc!")
    chat.press(.paste("one\rtwo"))
    try chat.see("› abc!one")
    try chat.see("  two")
    #expect(server.openedConnectionCount == 0)
    chat.press(.control("c"))
    try chat.see("The draft is cleared.")
    try Self.leave(chat)
  }

  @Test func `a slow Esc is told once on a machine`() throws {
    let server = try LoopbackServer()
    let home = try TestHome()
    let first = try Self.chat(with: server, escapeMilliseconds: 500, home: home)
    try first.see(Self.hint)
    try first.draft("a")
    try first.seeNo("tmux holds")
    first.press(.backspace)
    try first.see("› Ask")
    try Self.leave(first)
    // The first tmux may not have left its socket yet.
    let second = try Self.chat(with: server, escapeMilliseconds: 500, home: home, name: "second")
    try second.draft("a")
    second.press(.control("c"))
    try second.see("The draft is cleared.")
    try Self.leave(second)
    #expect(!second.written.contains("tmux holds"))
  }

  @Test func `a fast Esc is not spoken of`() throws {
    let server = try LoopbackServer(.held("Hello"))
    let chat = try Self.chat(with: server, escapeMilliseconds: 0)
    try chat.ask("hi")
    try chat.see("Hello")
    chat.press(.escape)
    try chat.see("■ stopped here")
    try Self.leave(chat)
    #expect(!chat.written.contains("tmux holds"))
    #expect(access("\(chat.home.path)/.local/state/patter/tmux-hint", F_OK) != 0)
  }
}

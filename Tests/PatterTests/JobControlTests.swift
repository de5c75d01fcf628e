// Patter as a job of a shell: stopped, continued, and drawn anew whatever happened to the screen.

import Glibc
import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct JobControlTests {
  /// An interactive shell that started Patter. It edits no lines and changes no settings, so that
  /// whatever is found changed was left by Patter.
  private static func shell(with server: LoopbackServer) throws -> Journey {
    let shell = try Journey(
      "/bin/sh", ["-i"],
      variables: Dialect.openAI.variables(port: server.port).merging(["PS1": "shell> "]) { $1 })
    try shell.see("shell>")
    // The number is Patter's: `exec` puts it in the place of the shell that wrote it.
    let program = BuiltProgram.path("patter")
    shell.type("sh -c 'echo $$ >number; exec \(program) -m openai/test'\r")
    try shell.see("answers")
    try shell.ask("hi")
    try shell.see("Hello")
    return shell
  }

  private static func leave(_ shell: Journey) throws {
    shell.press(.control("d"))
    try shell.waitUntil("the shell's prompt") { $0.isPrompt }
    shell.type("exit 0\r")
    try shell.expectEnd(.exited(0))
  }

  /// The shell works, and the terminal is as Patter found it.
  private static func useShell(_ shell: Journey) throws {
    try shell.waitUntil("the shell's prompt") { $0.isPrompt && $0.shows("Stopped") }
    shell.expectTerminalGivenBack()
    shell.type("echo it' 'works\r")
    try shell.waitUntil("what the shell did") {
      $0.isPrompt && $0.words.suffix(2).first == "it works"
    }
  }

  private static func expectReply(_ shell: Journey, _ server: LoopbackServer) throws {
    try shell.waitUntil("the transcript") { $0.isAlternateScreen && $0.shows("Hello") }
    try shell.seeNo("it works")
    server.open(gate: "more")
    try shell.see("Hello again")
    try shell.seeIdle()
  }

  private static func server() throws -> LoopbackServer {
    try LoopbackServer(.reply([.words("Hello"), .gate("more"), .words(" again")]))
  }

  @Test func `Ctrl-Z gives the shell its terminal, and fg brings the reply back`() throws {
    let server = try Self.server()
    let shell = try Self.shell(with: server)
    shell.press(.control("z"))
    try Self.useShell(shell)
    shell.type("fg\r")
    try Self.expectReply(shell, server)
    shell.press(.control("z"))
    try Self.useShell(shell)
    shell.type("fg\r")
    try shell.waitUntil("the transcript") { $0.isAlternateScreen && $0.shows("Hello again") }
    try Self.leave(shell)
  }

  @Test func `a stop from outside is like Ctrl-Z`() throws {
    let server = try Self.server()
    let shell = try Self.shell(with: server)
    let number = try #require(shell.home.read("number").flatMap { Int32($0.dropLast()) })
    kill(number, SIGTSTP)
    try Self.useShell(shell)
    shell.type("fg\r")
    try Self.expectReply(shell, server)
    try Self.leave(shell)
  }

  @Test func `fg draws for the size that the terminal has then`() throws {
    let server = try Self.server()
    let shell = try Self.shell(with: server)
    shell.press(.control("z"))
    try Self.useShell(shell)
    shell.patter.resize(rows: 10, columns: 44)
    shell.type("fg\r")
    try shell.waitUntil("a status line in the last row") {
      $0.isAlternateScreen && $0.statusLine.contains("Esc stop")
    }
    try Self.expectReply(shell, server)
    try Self.leave(shell)
  }

  @Test func `draws anew after a stop that could not be caught`() throws {
    let server = try Self.server()
    let chat = try Journey(with: server)
    try chat.ask("hi")
    try chat.see("Hello")
    let before = chat.picture.rows.dropLast()
    chat.patter.signal(SIGSTOP)
    try chat.patter.waitForStop()
    try chat.scribble("\u{1B}[H\u{1B}[Jgarbage")
    try chat.see("garbage")
    chat.patter.signal(SIGCONT)
    try chat.waitUntil("the page as it was") { $0.rows.dropLast() == before }
    server.open(gate: "more")
    try chat.see("Hello again")
    try chat.leave()
  }

  @Test func `Ctrl-L draws anew what something else wrote over`() throws {
    let chat = try Journey(with: nil)
    try chat.draft("unsent")
    let before = chat.picture.text
    try chat.scribble("\u{1B}[5;10Hgarbage\u{1B}[24;1Hmore of it")
    try chat.see("garbage")
    try chat.see("more of it")
    chat.press(.control("l"))
    try chat.waitUntil("the page as it was") { $0.text == before }
    try chat.quitWithDraft()
  }
}

extension Picture {
  /// Every row with something in it.
  fileprivate var words: [String] { rows.filter { !$0.isEmpty } }

  /// Whether the shell waits for a line.
  fileprivate var isPrompt: Bool { !isAlternateScreen && words.last == "shell>" }
}

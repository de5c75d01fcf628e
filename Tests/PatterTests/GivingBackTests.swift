// However Patter ends, the terminal is as it was found.

import Glibc
import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct GivingBackTests {
  /// Patter in the middle of a reply: everything that can be switched on is on.
  private static func chatting(with server: LoopbackServer) throws -> Journey {
    let chat = try Journey(with: server)
    try chat.ask("hi")
    try chat.see("Hello")
    #expect(chat.picture.isAlternateScreen)
    #expect(!chat.patter.modes.leftBehind.isEmpty)
    #expect(!chat.patter.settings.isCanonical)
    return chat
  }

  @Test func `/quit leaves at once, also while a reply is live`() throws {
    let server = try LoopbackServer(.held("Hello"))
    let chat = try Self.chatting(with: server)
    try chat.ask("/quit")
    try chat.expectEnd(.exited(0))
    #expect(server.sawClose(ofChat: 1))
    #expect(server.hasNoConnection)
  }

  @Test func `Ctrl-D leaves at once, also while a reply is live`() throws {
    let server = try LoopbackServer(.held("Hello"))
    let chat = try Self.chatting(with: server)
    try chat.leave()
    #expect(server.hasNoConnection)
  }

  @Test func `Ctrl-D does not leave while something is written`() throws {
    let chat = try Journey(with: nil)
    try chat.draft("kept")
    chat.press(.left)
    chat.press(.control("d"))
    try chat.seeNo("kept")
    try chat.see("› kep")
    try chat.quitWithDraft()
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGINT])
  func `S04 S59 a signal that asks to end is obeyed and told to the shell`(signal: Int32) throws {
    let server = try LoopbackServer(.held("Hello"))
    let chat = try Self.chatting(with: server)
    chat.patter.signal(signal)
    try chat.expectEnd(.exited(128 + signal))
    #expect(server.sawClose(ofChat: 1))
    #expect(server.hasNoConnection)
  }

  @Test func `S04 S59 a terminal that goes away takes Patter with it`() throws {
    let server = try LoopbackServer(.held("Hello"))
    let chat = try Self.chatting(with: server)
    chat.patter.hangUp()
    #expect(try chat.patter.waitForExit() == .exited(128 + SIGHUP))
    #expect(server.sawClose(ofChat: 1))
  }

  @Test func `S04 S59 a terminal that goes away is noticed without a signal`() throws {
    let server = try LoopbackServer(.held("Hello"))
    // The signal goes to the shell, which leads the session and does not heed it.
    let chat = try Journey(
      "/bin/sh",
      ["-c", #"trap "" HUP; "$0" -m openai/test hi; exit $?"#, BuiltProgram.path("patter")],
      variables: Dialect.openAI.variables(port: server.port))
    try chat.see("Hello")
    chat.patter.hangUp()
    #expect(try chat.patter.waitForExit() == .exited(128 + SIGHUP))
    #expect(server.sawClose(ofChat: 1))
  }

  // A sanitizer stands between a signal and its handler, and may keep it for later.
  @Test(
    .enabled(if: !TestHome.isSanitized),
    arguments: [SIGSEGV, SIGABRT, SIGILL, SIGTRAP, SIGBUS, SIGFPE])
  func `S59 a crash gives the terminal back`(signal: Int32) throws {
    let server = try LoopbackServer(.held("Hello"))
    let chat = try Self.chatting(with: server)
    chat.patter.signal(signal)
    try chat.expectEnd(.signalled(signal))
    #expect(server.sawClose(ofChat: 1))
  }

  @Test func `what was on the screen before is there again`() throws {
    let chat = try Journey(
      "/bin/sh", ["-c", #"echo "before"; "$0"; echo "after""#, BuiltProgram.path("patter")])
    try chat.see("answers")
    #expect(!chat.picture.shows("before"))
    chat.press(.control("d"))
    try chat.expectEnd(.exited(0))
    #expect(chat.picture.rows.prefix(2) == ["before", "after"])
  }
}

// The line on a terminal that says what is waited for.

import Chat
import Glibc
import LoopbackTests
import Support
import Testing

@testable import Patter

@Suite(.everyConnectionCloses) struct ProgressTests {
  private static let erased = "\r\u{1B}[K"

  /// `patter -p` on a terminal of its own, with standard output where the script puts it.
  private func patter(
    asking server: LoopbackServer, _ options: [String] = [], terminal: String = "xterm-256color",
    columns: Int = 80, script: String = #"exec "$0" "$@""#
  ) throws -> Journey {
    let words = ["-p", "-m", "openai/test"] + options + ["hi"]
    return try Journey(
      "/bin/sh", ["-c", script, BuiltProgram.path("patter")] + words,
      variables: Dialect.openAI.variables(port: server.port).merging(["TERM": terminal]) { $1 },
      columns: columns)
  }

  @Test func `says who is waited for, and is gone before the first word`() throws {
    let server = try LoopbackServer(.reply([.gate("go"), .words("Hello")]))
    let chat = try patter(asking: server)
    try chat.see("waiting for openai/test … ")
    server.open(gate: "go")
    try chat.expectEnd(.exited(0))
    #expect(chat.written.prefixMatch(of: /\rwaiting for openai\/test … [0-9]+ s\u{1B}\[K/) != nil)
    #expect(chat.written.hasSuffix(Self.erased + "Hello\r\n"))
  }

  @Test func `says that the model thinks, where thoughts are not printed`() throws {
    let server = try LoopbackServer(
      .eventStream([
        .thought("Hm."), .gate("go"), .openAIDelta("Hello"), .openAIFinish(), .openAIDone,
      ]))
    let chat = try patter(asking: server)
    try chat.see("thinking … ")
    server.open(gate: "go")
    try chat.expectEnd(.exited(0))
    #expect(chat.written.hasSuffix(Self.erased + "Hello\r\n"))
  }

  @Test func `says that a reply is coming which is held back`() throws {
    let server = try LoopbackServer(.reply([.words("Hel"), .gate("go"), .words("lo")]))
    let chat = try patter(asking: server, ["--no-stream"])
    try chat.see("receiving … ")
    server.open(gate: "go")
    try chat.expectEnd(.exited(0))
    #expect(chat.written.hasSuffix(Self.erased + "Hello\r\n"))
  }

  @Test func `S04 is wiped by a signal, which lets out what was held back`() throws {
    let server = try LoopbackServer(.held("Hello"))
    let chat = try patter(asking: server, ["--no-stream"])
    try chat.see("receiving … ")
    chat.patter.signal(SIGTERM)
    #expect(server.sawClose(ofChat: 1))
    try chat.expectEnd(.signalled(SIGTERM))
    #expect(chat.written.hasSuffix(Self.erased + "Hello"))
  }

  @Test func `says that somebody is looked for`() throws {
    let server = try LoopbackServer(.init(.gate(LoopbackServer.Response.shut)))
    let chat = try Journey(
      BuiltProgram.path("patter"), ["-p", "hi"],
      variables: Dialect.openAI.variables(port: server.port))
    try chat.see("looking for a model … ")
    chat.patter.signal(SIGTERM)
    try chat.expectEnd(.signalled(SIGTERM))
    #expect(chat.written.hasSuffix(Self.erased))
  }

  @Test func `makes room for sentences, and says how long a retry is away`() throws {
    let server = try LoopbackServer(
      .init(
        [.gate("fail")]
          + LoopbackServer.Response.failure(500, "x", [.init("Retry-After", "50")]).steps))
    let chat = try patter(asking: server)
    try chat.see("waiting for openai/test … ")
    server.open(gate: "fail")
    try chat.see("retry 1 of openai/test in ")
    chat.patter.signal(SIGTERM)
    try chat.expectEnd(.signalled(SIGTERM))
    #expect(chat.written.contains(Self.erased + "patter: retry 1 of 2 in 50 s: "))
    #expect(chat.written.hasSuffix(Self.erased))
  }

  @Test func `says that standard input is read`() throws {
    let server = try LoopbackServer(.reply("Hello"))
    let chat = try patter(
      asking: server, script: #"mkfifo pipe; exec "$0" "$@" <>pipe >/dev/null"#)
    try chat.see("reading standard input … ")
    chat.press(.control("c"))
    try chat.expectEnd(.signalled(SIGINT))
    #expect(chat.written.hasSuffix(Self.erased))
    #expect(server.journal.isEmpty)
  }

  @Test(arguments: ["dumb", ""])
  func `is not there where the terminal has no such words`(terminal: String) throws {
    let server = try LoopbackServer(.reply([.gate("go"), .words("Hello")]))
    let chat = try patter(asking: server, ["--idle-timeout", "1100 ms"], terminal: terminal)
    // The reply begins with its head; more than a second later it is given up, and asked for again.
    try chat.see("patter: retry 1 of ")
    chat.patter.signal(SIGTERM)
    try chat.expectEnd(.signalled(SIGTERM))
    #expect(!chat.written.contains("waiting"))
    #expect(!chat.written.contains("\u{1B}"))
  }

  @Test func `is cut where the terminal is narrow`() throws {
    let server = try LoopbackServer(.reply([.gate("go"), .words("Hello")]))
    let chat = try patter(asking: server, columns: 24)
    try chat.see("waiting for openai/test")
    server.open(gate: "go")
    try chat.expectEnd(.exited(0))
    #expect(chat.written.hasPrefix("\rwaiting for openai/test\u{1B}[K"))
  }

  // MARK: - The observer alone

  private static let start = Instant(uptimeNanoseconds: 0)

  @Test func `is not written to a pipe, nor to a terminal that is another job's`() throws {
    let ends = try PipeEnds()
    let terminal = try TerminalEnds()
    for descriptor in [ends.writer, terminal.terminal] {
      let observer = Observer(descriptor: descriptor, terminalName: "xterm", at: Self.start)
      observer.show(at: Self.start.advanced(byMilliseconds: 5000)) { "waiting" }
      observer.endProgress()
    }
    #expect(ends.take().isEmpty)
    var wait = pollfd(fd: terminal.terminal, events: Int16(POLLIN), revents: 0)
    #expect(poll(&wait, 1, 0) == 0)
  }

  @Test func `wakes nobody where there is no line, and once a second where there is one`() throws {
    let ends = try PipeEnds()
    let terminal = try TerminalEnds()
    let piped = Observer(descriptor: ends.writer, terminalName: "xterm", at: Self.start)
    #expect(piped.deadline == nil)
    let observer = Observer(descriptor: terminal.terminal, terminalName: "xterm", at: Self.start)
    #expect(observer.deadline == Self.start.advanced(byMilliseconds: 1000))
    observer.show(at: Self.start.advanced(byMilliseconds: 1500)) { "waiting" }
    #expect(observer.deadline == Self.start.advanced(byMilliseconds: 2500))
    observer.endProgress()
    #expect(observer.deadline == nil)
  }

  @Test func `S08 a sentence that nobody reads is not waited for`() throws {
    let ends = try PipeEnds()
    let observer = Observer(descriptor: ends.writer, terminalName: nil, at: Self.start)
    // More than any pipe takes.
    for _ in 0..<2000 { observer.say(String(repeating: "x", count: 1000)) }
    #expect(String(decoding: ends.take(), as: UTF8.self).hasPrefix("patter: xxx"))
  }
}

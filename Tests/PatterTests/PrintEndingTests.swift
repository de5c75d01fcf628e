// However `patter -p` ends, its upstream is closed at once and whoever waits for it learns why.

import Glibc
import LoopbackTests
import Support
import Testing

@testable import Patter

@Suite(.everyConnectionCloses) struct PrintEndingTests {
  /// Where a reply can stand still.
  enum Place: CaseIterable {
    case beforeHeaders
    case beforeFirstWord
    case amidWords

    var response: LoopbackServer.Response {
      switch self {
      case .beforeHeaders: .init(.gate(LoopbackServer.Response.shut))
      case .beforeFirstWord: .reply([.gate(LoopbackServer.Response.shut)])
      case .amidWords: .held("Hello")
      }
    }

    var output: String {
      switch self {
      case .beforeHeaders, .beforeFirstWord: ""
      case .amidWords: "Hello"
      }
    }
  }

  /// Patter, once its server stands in front of a gate that stays shut.
  private func waiting(
    for place: Place, script: String? = nil
  ) throws -> (patter: PipedProgram, server: LoopbackServer) {
    let server = try LoopbackServer(place.response)
    let patter = try PipedProgram(asking: server, script: script)
    _ = server.chatBody(1)
    try patter.waitUntil("what has come") { $0.output == place.output }
    return (patter, server)
  }

  @Test(arguments: Place.allCases)
  func `S04 S17 S59 a reader that goes away closes the stream although nothing is written`(
    place: Place
  ) throws {
    let (patter, server) = try waiting(for: place)
    patter.closeOutput()
    #expect(server.sawClose(ofChat: 1))
    try patter.expectEnd(.signalled(SIGPIPE), output: place.output)
  }

  @Test(arguments: Place.allCases, [SIGINT, SIGTERM, SIGHUP])
  func `S04 S59 a signal closes the stream, and its sender sees that it ended the program`(
    place: Place, signal: Int32
  ) throws {
    let (patter, server) = try waiting(for: place)
    patter.signal(signal)
    #expect(server.sawClose(ofChat: 1))
    try patter.expectEnd(.signalled(signal), output: place.output)
  }

  @Test func `SIGQUIT leaves no core, for a key would stand in it`() throws {
    let (patter, server) = try waiting(for: .amidWords)
    patter.signal(SIGQUIT)
    #expect(server.sawClose(ofChat: 1))
    try patter.expectEnd(.exited(PrintEnding.quit.rawValue), output: "Hello")
  }

  @Test func `a signal is heard while somebody is looked for`() throws {
    let server = try LoopbackServer(.init(.gate(LoopbackServer.Response.shut)))
    let patter = try PipedProgram(
      BuiltProgram.path("patter"), ["-p", "hi"], home: TestHome(),
      variables: Dialect.openAI.variables(port: server.port))
    #expect(server.waitFor { _ in server.requests.count == 1 })
    patter.signal(SIGTERM)
    #expect(server.waitFor(.closedByClient(1)))
    try patter.expectEnd(.signalled(SIGTERM))
  }

  @Test func `T12 a signal is heard while a retry is waited for`() throws {
    let server = try LoopbackServer(.failure(500, "busy", [.init("Retry-After", "50")]))
    let patter = try PipedProgram(asking: server)
    try patter.waitUntil("the wait") { $0.diagnostics.contains("retry 1 of 2 in 50 s") }
    patter.signal(SIGTERM)
    #expect(try patter.waitForExit() == .signalled(SIGTERM))
    #expect(server.chats.count == 1)
  }

  @Test func `S07 a signal ends the program that answers, and it is gone before Patter is`() throws
  {
    let home = try TestHome()
    try home.write("echo $$ > number\necho Hello\nexec sleep 100\n", to: "answer")
    try home.write(
      "commands:\n  slow: {command: [sh, \(home.path)/answer]}\n", to: ".config/patter/config.yaml")
    let patter = try PipedProgram(asking: nil, model: "slow/any", home: home)
    try patter.waitUntil("the first word") { $0.output == "Hello\n" }
    let line = try #require(home.read("number"))
    let number = try #require(Int32(line.dropLast()))
    #expect(kill(number, 0) == 0)
    patter.signal(SIGTERM)
    try patter.expectEnd(.signalled(SIGTERM), output: "Hello\n")
    #expect(kill(number, 0) == -1)
  }

  @Test func `T50 a signal is heard although nobody reads what is written`() throws {
    // More than any pipe takes.
    let text = String(repeating: "0123456789abcde\n", count: 1 << 17)
    let server = try LoopbackServer(.held(text))
    let patter = try PipedProgram(asking: server)
    patter.readsOutput = false
    try patter.waitForUnreadOutput(byteCount: 64 << 10)
    patter.signal(SIGTERM)
    #expect(server.sawClose(ofChat: 1))
    #expect(try patter.waitForExit() == .signalled(SIGTERM))
  }

  @Test func `a signal that whoever started it has ignored does not end it`() throws {
    let server = try LoopbackServer(.reply([.words("One"), .gate("two"), .words(" two")]))
    let patter = try PipedProgram(asking: server, script: #"trap "" HUP INT; exec "$@""#)
    try patter.waitUntil("the first word") { $0.output == "One" }
    patter.signal(SIGHUP)
    patter.signal(SIGINT)
    server.open(gate: "two")
    try patter.expectEnd(.exited(0), output: "One two\n")
  }

  @Test func `S04 a terminal that goes away closes the stream, also without a signal`() throws {
    let server = try LoopbackServer(.held("Hello"))
    // The signal goes to the shell, which leads the session and does not heed it.
    let chat = try Journey(
      "/bin/sh",
      ["-c", #"trap "" HUP; "$0" -p -m openai/test hi; exit $?"#, BuiltProgram.path("patter")],
      variables: Dialect.openAI.variables(port: server.port))
    try chat.see("Hello")
    chat.patter.hangUp()
    #expect(server.sawClose(ofChat: 1))
    #expect(try chat.patter.waitForExit() == .exited(PrintEnding.hungUp.rawValue))
  }

  // MARK: - Sinks and observers

  @Test func `S03 T10 a sink that fails ends the reply and closes the stream`() throws {
    let server = try LoopbackServer(.held("Hello"))
    let patter = try PipedProgram(asking: server, script: #"exec "$@" >/dev/full"#)
    #expect(server.sawClose(ofChat: 1))
    try patter.expectEnd(
      .exited(1), diagnostics: "patter: The reply cannot be written: No space left on device.\n")
  }

  @Test func `a sink that fails with the last words is a failure`() throws {
    let server = try LoopbackServer(.reply("Hello"))
    let patter = try PipedProgram(asking: server, script: #"exec "$@" >/dev/full"#)
    try patter.expectEnd(
      .exited(1), diagnostics: "patter: The reply cannot be written: No space left on device.\n")
  }

  @Test func `a standard output that is closed is told before anybody is asked`() throws {
    let server = try LoopbackServer()
    let patter = try PipedProgram(asking: server, script: #"exec "$@" >&-"#)
    try patter.expectEnd(.exited(1), diagnostics: "patter: standard output is closed.\n")
    #expect(server.journal.isEmpty)
  }

  @Test(arguments: [#"exec "$@" 2>/dev/full"#, #"exec "$@" 2>&-"#, #"exec "$@" <&- 2>&-"#])
  func `S08 an observer that cannot be told does not end the reply`(script: String) throws {
    let server = try LoopbackServer(
      .failure(500, "the gears jammed", [.init("retry-after-ms", "1")]), .reply("Hello"))
    let patter = try PipedProgram(asking: server, script: script)
    try patter.expectEnd(.exited(0), output: "Hello\n", diagnostics: "")
    #expect(server.chats.count == 2)
  }

  @Test func `S08 an observer that goes away does not end the reply`() throws {
    let server = try LoopbackServer(
      .init(
        [.gate("fail")]
          + LoopbackServer.Response.failure(
            500, "the gears jammed", [.init("retry-after-ms", "1")]
          ).steps),
      .reply("Hello"))
    let patter = try PipedProgram(asking: server)
    _ = server.chatBody(1)
    patter.closeDiagnostics()
    server.open(gate: "fail")
    try patter.expectEnd(.exited(0), output: "Hello\n")
    #expect(server.chats.count == 2)
  }

  // MARK: - The table

  @Test(arguments: [SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTERM])
  func `a shell's status for a signal is the one in the table`(signal: Int32) throws {
    #expect(try #require(PrintEnding(signal: signal)).rawValue == 128 + signal)
    let home = try TestHome()
    let shell = try PipedProgram(
      "/bin/sh", ["-c", "ulimit -c 0; sh -c 'kill -\(signal) $$'; echo $?"], home: home)
    #expect(try shell.waitForExit() == .exited(0))
    #expect(shell.output == "\(128 + signal)\n")
  }
}

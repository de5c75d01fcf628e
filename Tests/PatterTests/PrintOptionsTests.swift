// The options of `patter -p` on real sockets: times, JSON, a reply that is held back.

import Glibc
import LoopbackTests
import Support
import Testing

@testable import Patter

@Suite(.everyConnectionCloses) struct PrintOptionsTests {
  private static let retryAtOnce = LoopbackServer.Header("retry-after-ms", "1")

  /// The lines of standard output, with times and counts of them as `#`.
  private func lines(_ patter: PipedProgram) -> [String] {
    patter.output.split(separator: "\n").map { line in
      String(line).replacing(/(?<name>_milliseconds":)\d+/) { "\($0.output.name)#" }
    }
  }

  // MARK: - --timeout

  private static let overdue =
    "patter: The reply was not whole after 2 s, the limit of --timeout.\n"

  @Test(arguments: PrintEndingTests.Place.allCases)
  func `a reply that takes too long is given up, what came of it stays`(
    place: PrintEndingTests.Place
  ) throws {
    let server = try LoopbackServer(place.response)
    let patter = try PipedProgram(asking: server, options: ["--timeout", "2 s"])
    try patter.expectEnd(
      .exited(1), output: place.output.isEmpty ? "" : place.output + "\n",
      diagnostics: Self.overdue)
    #expect(server.sawClose(ofChat: 1))
  }

  @Test func `time runs out while the connection hangs`() throws {
    let hung = try HungPort()
    let patter = try PipedProgram(
      asking: nil, model: "openai/test", options: ["--timeout=2s"],
      variables: Dialect.openAI.variables(port: hung.port))
    try patter.expectEnd(.exited(1), diagnostics: Self.overdue)
    #expect(ConnectionTable().clientCount(of: hung.port, in: .synSent) == 0)
  }

  @Test func `T12 time runs out while a retry is waited for`() throws {
    let server = try LoopbackServer(.failure(500, "busy", [.init("Retry-After", "50")]))
    let patter = try PipedProgram(asking: server, options: ["--timeout", "2"])
    #expect(try patter.waitForExit() == .exited(1))
    #expect(patter.diagnostics.hasSuffix(Self.overdue))
    #expect(patter.diagnostics.contains("retry 1 of 2 in 50 s"))
    #expect(server.chats.count == 1)
  }

  @Test func `time runs out while somebody is looked for`() throws {
    let server = try LoopbackServer(.init(.gate(LoopbackServer.Response.shut)))
    let patter = try PipedProgram(
      BuiltProgram.path("patter"), ["-p", "--json", "--timeout", "2 s", "hi"], home: TestHome(),
      variables: Dialect.openAI.variables(port: server.port))
    try patter.expectEnd(
      .exited(1),
      output:
        #"{"event":"failed","kind":"timeout","message":"The reply was not whole after 2 s, "#
        + #"the limit of --timeout."}"# + "\n",
      diagnostics: Self.overdue)
    #expect(server.waitFor(.closedByClient(1)))
  }

  @Test func `a reply that is whole but for the wire's last word is whole when time runs out`()
    throws
  {
    let server = try LoopbackServer(
      .eventStream([
        .openAIDelta("Hello"), .openAIFinish(), .gate(LoopbackServer.Response.shut),
      ]))
    let patter = try PipedProgram(asking: server, options: ["--timeout", "2 s"])
    try patter.expectEnd(.exited(0), output: "Hello\n")
  }

  @Test func `a reply that is in time is not given up`() throws {
    let server = try LoopbackServer(.reply("Hello"))
    let patter = try PipedProgram(asking: server, options: ["--timeout", "1 h"])
    try patter.expectEnd(.exited(0), output: "Hello\n")
  }

  // MARK: - --idle-timeout

  @Test func `T33 a reply that falls silent for longer than it may is given up`() throws {
    let server = try LoopbackServer(.held("Hello"))
    let patter = try PipedProgram(asking: server, options: ["--idle-timeout", "2s"])
    try patter.expectEnd(.exited(1), output: "Hello\n", saying: ["127.0.0.1"])
    #expect(server.sawClose(ofChat: 1))
  }

  // MARK: - --json

  @Test func `each event is a line, from the start to the one end`() throws {
    let server = try LoopbackServer(
      .eventStream([
        .thought("Hm."), .openAIDelta("Hel"), .openAIDelta("lo"),
        .toolCall(named: "look", arguments: "{"), .toolCall(arguments: "}"),
        .openAIFinish("tool_calls"), .openAIDone,
      ]))
    let patter = try PipedProgram(asking: server, options: ["--json"])
    #expect(try patter.waitForExit() == .exited(0))
    #expect(patter.diagnostics == "patter: The model asked for look. Patter runs no tools.\n")
    let finished =
      #"{"event":"finished","stop_reason":"tool_calls","model":"openai/test","#
      + #""usage":{"input":3,"output":2},"first_token_milliseconds":#,"total_milliseconds":#}"#
    #expect(
      lines(patter) == [
        #"{"event":"started","model":"openai/test","attempt":1}"#,
        #"{"event":"reasoning","text":"Hm."}"#, #"{"event":"delta","text":"Hel"}"#,
        #"{"event":"delta","text":"lo"}"#,
        #"{"event":"tool_call","id":"call 1","name":"look"}"#,
        #"{"event":"tool_arguments","id":"call 1","delta":"{"}"#,
        #"{"event":"tool_arguments","id":"call 1","delta":"}"}"#,
        #"{"event":"usage","input":3,"output":2}"#, finished,
      ])
  }

  @Test func `each line comes as its event does, before the server has more`() throws {
    let server = try LoopbackServer(.reply([.words("One"), .gate("two"), .words(" two")]))
    let patter = try PipedProgram(asking: server, options: ["--json"])
    try patter.waitUntil("the first word") { $0.output.contains("One") }
    #expect(lines(patter).last == #"{"event":"delta","text":"One"}"#)
    server.open(gate: "two")
    #expect(try patter.waitForExit() == .exited(0))
  }

  @Test func `S37 a retry is a line, and the words come once`() throws {
    let server = try LoopbackServer(.failure(500, "busy", [Self.retryAtOnce]), .reply("Hello"))
    let patter = try PipedProgram(asking: server, options: ["--json"])
    #expect(try patter.waitForExit() == .exited(0))
    let lines = lines(patter)
    let retry =
      #"{"event":"retry","attempt":2,"after_milliseconds":#,"model":"openai/test","#
      + #""kind":"server_failed","error":"The server at 127.0.0.1:"#
    #expect(lines[0].hasPrefix(retry))
    #expect(lines[1].hasPrefix(#"{"event":"started","model":"openai/test","#))
    #expect(lines[1].hasSuffix(#""attempt":2}"#))
    #expect(lines[2] == #"{"event":"delta","text":"Hello"}"#)
    #expect(lines.count == 5)
    #expect(patter.diagnostics.hasPrefix("patter: retry 1 of 2 in 1 s: "))
  }

  @Test func `S38 the next model of a chain is a line, and its reply bears its name`() throws {
    let server = try LoopbackServer(.failure(400, "not me"), .reply("Hello"))
    let home = try TestHome.configured(
      "fallback:\n  careful: [openai/first, openai/second]\n")
    let patter = try PipedProgram(
      asking: server, model: "careful", options: ["--json"], home: home)
    #expect(try patter.waitForExit() == .exited(0))
    let lines = lines(patter)
    #expect(
      lines[0].hasPrefix(
        #"{"event":"retry","attempt":2,"after_milliseconds":#,"model":"openai/second","kind":"refused""#
      ))
    #expect(lines[1].hasPrefix(#"{"event":"started","model":"openai/second","#))
    #expect(
      lines.last?.hasPrefix(#"{"event":"finished","stop_reason":"stop","model":"openai/second","#)
        == true)
  }

  @Test func `a failure is the last line, with what it is called and the wait that was asked for`()
    throws
  {
    let wait = LoopbackServer.Header("Retry-After", "3600")
    let request = LoopbackServer.Header("x-request-id", "req_1")
    let server = try LoopbackServer(.failure(429, "slow down", [wait, request]))
    let patter = try PipedProgram(asking: server, options: ["--json"])
    #expect(try patter.waitForExit() == .exited(1))
    let line = try #require(patter.output.split(separator: "\n").last)
    #expect(line.hasPrefix(#"{"event":"failed","kind":"rate_limited","message":""#))
    #expect(line.hasSuffix(#","request_id":"req_1","retry_after_milliseconds":3600000}"#))
    #expect(patter.output.split(separator: "\n").count == 1)
  }

  @Test func `S22 a reply that breaks off ends with a failure behind its words`() throws {
    let server = try LoopbackServer(.eventStream([.openAIDelta("Half"), .close]))
    let patter = try PipedProgram(asking: server, options: ["--json"])
    #expect(try patter.waitForExit() == .exited(1))
    let lines = lines(patter)
    #expect(lines[1] == #"{"event":"delta","text":"Half"}"#)
    #expect(lines[2].hasPrefix(#"{"event":"failed","kind":"truncated","#))
    #expect(lines.count == 3)
  }

  @Test func `nobody to ask is a failure as well`() throws {
    let patter = try PipedProgram(asking: nil, options: ["--json"])
    #expect(try patter.waitForExit() == .exited(1))
    #expect(patter.output.hasPrefix(#"{"event":"failed","kind":"no_model","message":"No model"#))
  }

  @Test func `where nothing is asked there is no line`() throws {
    let patter = try PipedProgram(asking: nil, options: ["--json", "-f", "missing"])
    #expect(try patter.waitForExit() == .exited(2))
    #expect(patter.output.isEmpty)
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func `S04 after a signal there is no further line`(signal: Int32) throws {
    let server = try LoopbackServer(.held("Hello"))
    let patter = try PipedProgram(asking: server, options: ["--json"])
    try patter.waitUntil("the first word") { $0.output.contains("Hello") }
    let before = patter.output
    patter.signal(signal)
    #expect(server.sawClose(ofChat: 1))
    try patter.expectEnd(.signalled(signal), output: before)
  }

  @Test func `S17 S59 whoever takes one line and goes away closes the stream`() throws {
    let server = try LoopbackServer(.held("Hello"))
    let home = try TestHome()
    let patter = try PipedProgram(
      asking: server, options: ["--json"], home: home,
      script: #"{ "$@"; echo $? >code; } | head -1"#)
    #expect(server.sawClose(ofChat: 1))
    try patter.expectEnd(
      .exited(0),
      output: #"{"event":"started","model":"openai/test","answering_model":"m","attempt":1}"# + "\n"
    )
    #expect(home.read("code") == "\(PrintEnding.readerGone.rawValue)\n")
  }

  @Test func `no control character reaches a terminal or a script`() throws {
    let hostile = "\u{1B}[31mX\u{7}\r\n\u{202E}evil\u{9B}2J\u{7F}"
    let server = try LoopbackServer(.reply(hostile), .reply(hostile))
    let patter = try PipedProgram(asking: server, options: ["--json"])
    #expect(try patter.waitForExit() == .exited(0))
    let line = #"{"event":"delta","text":"\u001b[31mX\u0007\r\n\u202eevil\u009b2J\u007f"}"#
    #expect(lines(patter).contains(line))

    let chat = try Journey(
      BuiltProgram.path("patter"), ["-p", "--json", "-m", "openai/test", "hi"],
      variables: Dialect.openAI.variables(port: server.port))
    try chat.expectEnd(.exited(0))
    #expect(chat.written.contains(line + "\r\n"))
  }

  // MARK: - --no-stream

  @Test func `held back, nothing is written before the reply is whole`() throws {
    let server = try LoopbackServer(
      .reply([.words("One"), .gate("two"), .words(" two"), .gate("end")]))
    let patter = try PipedProgram(asking: server, options: ["--no-stream"])
    _ = server.chatBody(1)
    server.open(gate: "two")
    server.open(gate: "end")
    try patter.expectEnd(.exited(0), output: "One two\n")
  }

  @Test func `S22 held back, what came of a reply that breaks off is written`() throws {
    let server = try LoopbackServer(.eventStream([.openAIDelta("Half"), .close]))
    let patter = try PipedProgram(asking: server, options: ["--no-stream"])
    try patter.expectEnd(.exited(1), output: "Half\n", saying: ["lost in the middle"])
  }

  @Test func `held back, the lines are written with the end, each kind of text in one`() throws {
    let server = try LoopbackServer(
      .eventStream([
        .thought("Hm"), .thought("."), .openAIDelta("Hel"), .openAIDelta("lo"), .openAIFinish(),
        .openAIDone,
      ]))
    let patter = try PipedProgram(asking: server, options: ["--json", "--no-stream"])
    #expect(try patter.waitForExit() == .exited(0))
    let lines = lines(patter)
    #expect(
      lines[1...2] == [
        #"{"event":"reasoning","text":"Hm."}"#, #"{"event":"delta","text":"Hello"}"#,
      ])
    #expect(lines.count == 5)
  }

  // MARK: - What is asked of the reply

  @Test func `a standing instruction is sent as the system's, and goes before the configured one`()
    throws
  {
    let server = try LoopbackServer(.reply("Hello"), .reply("Hello"), .reply("Hello"))
    let home = try TestHome.configured("system: Be long.\n")
    func body(_ number: Int, _ options: [String]) throws -> String {
      let patter = try PipedProgram(asking: server, options: options, home: home)
      try patter.expectEnd(.exited(0), output: "Hello\n")
      return try #require(server.chatBody(number))
    }
    #expect(try body(1, []).contains(#""content":"Be long.""#))
    let named = try body(2, ["-s", "Be brief."])
    #expect(named.contains(#"{"content":"Be brief.","role":"system"}"#))
    #expect(!named.contains("Be long."))
    #expect(try !body(3, ["--system="]).contains("system"))
  }

  @Test func `limits and chance are sent in the words of the provider`() throws {
    let server = try LoopbackServer(.reply("Hello", by: .ollama))
    let patter = try PipedProgram(
      asking: server, .ollama, options: ["--max-tokens", "7", "--temperature", "0.5"])
    try patter.expectEnd(.exited(0), output: "Hello\n")
    let body = try #require(server.chatBody(1))
    #expect(body.contains(#""num_predict":7"#))
    #expect(body.contains(#""temperature":0.5"#))
  }
}

// `patter -p`: a prompt in, text out, the rest on standard error.

import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct PrintTests {
  // MARK: - The text

  @Test(arguments: Dialect.allCases)
  func `prints words as they come, before the server has more`(dialect: Dialect) throws {
    let server = try LoopbackServer(
      .reply([.words("One"), .gate("two"), .words(" two"), .gate("end")], by: dialect))
    let patter = try PipedProgram(asking: server, dialect)
    try patter.waitUntil("the first word") { $0.output == "One" }
    server.open(gate: "two")
    try patter.waitUntil("the second word") { $0.output == "One two" }
    server.open(gate: "end")
    try patter.expectEnd(.exited(0), output: "One two\n")
    #expect(server.hasNoConnection)
  }

  @Test(arguments: ["Hello", "Hello\n"])
  func `ends the last line, and only once`(text: String) throws {
    let server = try LoopbackServer(.reply(text))
    let patter = try PipedProgram(asking: server)
    try patter.expectEnd(.exited(0), output: "Hello\n")
    #expect(server.chats.count == 1)
  }

  @Test func `a pipe gets the words as they are, control characters and all`() throws {
    let text = "\u{1B}[31mX\u{7}\r\n\u{202E}evil 世界\u{9B}2J\n"
    let server = try LoopbackServer(.reply(text))
    let patter = try PipedProgram(asking: server)
    try patter.expectEnd(.exited(0), output: text)
    #expect(server.chats.count == 1)
  }

  @Test func `prints no thought, and parts the words around one by a blank line`() throws {
    let server = try LoopbackServer(
      .eventStream([
        .thought("First I think."), .openAIDelta("Let me"), .openAIDelta(" see."),
        .thought("Then again."), .openAIDelta("Yes."), .openAIFinish(), .openAIDone,
      ]))
    let patter = try PipedProgram(asking: server)
    try patter.expectEnd(.exited(0), output: "Let me see.\n\nYes.\n")
  }

  // MARK: - Who answers

  @Test func `the guide does not answer for a model`() throws {
    let patter = try PipedProgram(asking: nil)
    try patter.expectEnd(
      .exited(1), saying: ["No model is connected. Set the key of a service", "-m PROVIDER/NAME"])
  }

  @Test func `the guide answers where it is asked for`() throws {
    let patter = try PipedProgram(asking: nil, model: "guide/guide", words: ["hello"])
    #expect(try patter.waitForExit() == .exited(0))
    #expect(patter.output.contains("I am no model"))
    #expect(patter.diagnostics.isEmpty)
  }

  @Test func `a program of this machine answers`() throws {
    let home = try TestHome()
    try home.write("commands:\n  echo: {command: [cat]}\n", to: ".config/patter/config.yaml")
    let patter = try PipedProgram(asking: nil, model: "echo/any", words: ["say it"], home: home)
    try patter.expectEnd(.exited(0), output: "say it\n")
  }

  @Test func `a program of this machine is given the whole conversation where it wants it`() throws
  {
    let home = try TestHome()
    try home.write(
      "commands:\n  echo: {command: [cat], input: json}\n", to: ".config/patter/config.yaml")
    let patter = try PipedProgram(asking: nil, model: "echo/any", words: ["say it"], home: home)
    try patter.expectEnd(
      .exited(0),
      output: #"{"messages":[{"content":"say it","role":"user"}],"model":"any","options":{}}"#
        + "\n")
  }

  @Test func `a program of this machine may lie in the user's home`() throws {
    let home = try TestHome()
    try home.write("#!/bin/sh\ncat \"$1\"\n", to: "answer", permissions: 0o755)
    try home.write("from home\n", to: "words")
    try home.write(
      "commands:\n  echo: {command: [~/answer, ~/words]}\n", to: ".config/patter/config.yaml")
    let patter = try PipedProgram(asking: nil, model: "echo/any", words: ["say it"], home: home)
    try patter.expectEnd(.exited(0), output: "from home\n")
  }

  @Test func `a model that nobody knows is told before anybody is asked`() throws {
    let server = try LoopbackServer()
    let patter = try PipedProgram(asking: server, model: "opnai/test")
    try patter.expectEnd(.exited(2), saying: ["Did you mean openai?"])
    #expect(server.journal.isEmpty)
  }

  @Test func `a server that lists no model is a failure`() throws {
    let server = try LoopbackServer(.failure(500))
    let patter = try PipedProgram(
      BuiltProgram.path("patter"), ["-p", "hi"], home: TestHome(),
      variables: Dialect.openAI.variables(port: server.port))
    try patter.expectEnd(.exited(1), saying: ["failed (500: the gears jammed)."])
  }

  @Test func `a script is not told what a chat and the doctor say of plain http`() throws {
    let home = try TestHome.configured("providers: {ollama: {baseURL: http://gate.example.org}}\n")
    let patter = try PipedProgram(asking: nil, model: "guide/guide", words: ["hello"], home: home)
    #expect(try patter.waitForExit() == .exited(0))
    #expect(patter.diagnostics == "")
  }

  @Test func `a configuration with an error is not taken by halves`() throws {
    let server = try LoopbackServer()
    let home = try TestHome()
    try home.write("modle: ollama/x\nsend: never\n", to: ".config/patter/config.yaml")
    let patter = try PipedProgram(asking: server, home: home)
    try patter.expectEnd(.exited(2), saying: ["config.yaml:1:1: ", "config.yaml:2:"])
    #expect(server.journal.isEmpty)
  }

  // MARK: - What goes wrong

  @Test func `a server that fails is asked again, and the words come once`() throws {
    let server = try LoopbackServer(
      .failure(500, "the gears jammed", [.init("retry-after-ms", "1")]), .reply("Hello"))
    let patter = try PipedProgram(asking: server)
    try patter.expectEnd(
      .exited(0), output: "Hello\n",
      saying: [
        "patter: retry 1 of 2 in 1 s: The server at 127.0.0.1:\(server.port) ",
        "failed (500: the gears jammed).",
      ])
    #expect(server.chats.count == 2)
    #expect(server.hasNoConnection)
  }

  @Test func `S37 after the last retry the last failure is told, and nothing is printed`() throws {
    let wait = LoopbackServer.Header("retry-after-ms", "1")
    let server = try LoopbackServer(
      .failure(500, "one", [wait]), .failure(500, "two", [wait]), .failure(500, "three", [wait]))
    let patter = try PipedProgram(asking: server)
    try patter.expectEnd(
      .exited(1), saying: ["retry 1 of 2", "(500: one)", "retry 2 of 2", "(500: two)"])
    #expect(patter.diagnostics.split(separator: "\n").last?.contains("(500: three)") == true)
    #expect(patter.diagnostics.split(separator: "\n").last?.contains("retry") == false)
    #expect(server.chats.count == 3)
  }

  @Test func `S38 a chain goes on with its next model, and says so`() throws {
    let server = try LoopbackServer(.failure(400, "not me"), .reply("Hello", by: .openAI))
    let home = try TestHome()
    try home.write(
      "fallback:\n  careful: [openai/first, openai/second]\n", to: ".config/patter/config.yaml")
    let patter = try PipedProgram(asking: server, model: "careful", home: home)
    try patter.expectEnd(
      .exited(0), output: "Hello\n",
      saying: [
        "patter: asking openai/second now: The server at 127.0.0.1:\(server.port) ", "not me",
      ])
    #expect(try #require(server.chatBody(2)).contains("second"))
  }

  @Test func `S22 T14 a reply that breaks off stays, and nothing is asked again`() throws {
    let server = try LoopbackServer(
      .eventStream([.openAIDelta("Half a "), .openAIDelta("thought"), .close]), .reply("Never"))
    let patter = try PipedProgram(asking: server)
    try patter.expectEnd(
      .exited(1), output: "Half a thought\n", saying: ["was lost in the middle of the reply."])
    #expect(server.chats.count == 1)
  }

  @Test func `S28 a reply that ends in order before it is whole is a failure`() throws {
    let server = try LoopbackServer(.eventStream([.openAIDelta("Half a thought")]))
    let patter = try PipedProgram(asking: server)
    try patter.expectEnd(.exited(1), output: "Half a thought\n", saying: ["before it was whole."])
  }

  @Test(arguments: [
    ("length", "The reply reached the model's limit of length."),
    ("content_filter", "A filter of the provider cut the reply."),
  ])
  func `a reply that was cut on purpose is whole, with a remark`(
    reason: String, remark: String
  ) throws {
    let server = try LoopbackServer(
      .eventStream([.openAIDelta("So far"), .openAIFinish(reason), .openAIDone]))
    let patter = try PipedProgram(asking: server)
    try patter.expectEnd(.exited(0), output: "So far\n", diagnostics: "patter: \(remark)\n")
  }

  @Test func `a tool that the model asks for is told`() throws {
    let server = try LoopbackServer(
      .eventStream([
        .toolCall(named: "launch", arguments: "{}"), .openAIFinish("tool_calls"), .openAIDone,
      ]))
    let patter = try PipedProgram(asking: server)
    try patter.expectEnd(
      .exited(0), diagnostics: "patter: The model asked for launch. Patter runs no tools.\n")
  }

  @Test func `a key is never told`() throws {
    let key = "sk-test-0123456789abcdefghijklmnopqrstuvwxyz"
    let server = try LoopbackServer(.failure(401, "Incorrect API key provided: \(key)"))
    let patter = try PipedProgram(asking: server, variables: ["OPENAI_API_KEY": key])
    try patter.expectEnd(.exited(1), saying: ["does not accept the key", "Check OPENAI_API_KEY."])
    #expect(!patter.diagnostics.contains(key))
    #expect(server.chats.first?.header("Authorization") == "Bearer \(key)")
  }

  @Test func `what a server says of its failure is no escape sequence`() throws {
    let words = #"\u001b[31mX\u001b]0;pwned\u0007\u009b2J"#
    let server = try LoopbackServer(.failure(400, words))
    let patter = try PipedProgram(asking: server, model: "openai/e\u{1B}]0;pwned\u{7}")
    try patter.expectEnd(.exited(1), saying: ["pwned"])
    let controls = patter.diagnostics.unicodeScalars.filter { scalar in
      scalar.properties.generalCategory == .control && scalar != "\n"
    }
    #expect(controls.isEmpty)
  }

  // MARK: - A terminal

  @Test func `a terminal gets pictures of control characters`() throws {
    let hostile =
      "\u{1B}[31mX\u{1B}]0;pwned\u{7}\u{9B}2J\u{202E}evil\rover\r\nnext\tcolumn\u{1B}[?1049h"
    let server = try LoopbackServer(.reply(hostile))
    let chat = try Journey(
      BuiltProgram.path("patter"), ["-p", "-m", "openai/test", "hi"],
      variables: Dialect.openAI.variables(port: server.port).merging(["TERM": "dumb"]) { $1 })
    try chat.expectEnd(.exited(0))
    #expect(
      chat.written
        == "␛[31mX␛]0;pwned␇\u{FFFD}2Jevil\r\nover\r\nnext\tcolumn␛[?1049h\r\n")
  }
}

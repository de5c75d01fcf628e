// A chat in a terminal that is recorded with --trace, and its replay.

import Glibc
import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct TraceJourneyTests {
  private static let key = "sk-test-0123456789abcdefghijklmnopqrstuvwxyz"

  /// Replays `run.trace` of a home, on a terminal; the answer is what is on the screen.
  private func replay(
    _ home: TestHome, _ path: String = "run.trace"
  ) throws -> (exit: ProgramExit, text: String) {
    let patter = try Journey(
      BuiltProgram.path("patter"), ["replay", path], home: home, rows: 100, columns: 120)
    let exit = try patter.patter.waitForExit()
    patter.expectTerminalGivenBack()
    return (exit, patter.picture.text)
  }

  @Test func `themes that were looked at and chosen are replayed to the same state`() throws {
    let chat = try Journey(with: nil, arguments: ["--trace", "run.trace"])
    for key in [TypedKey.escape, .enter] {
      try chat.ask("/theme")
      try chat.see("● patter-dark")
      // The last row comes last: without it, it would seem closed already, and Esc and / would be Alt-/.
      try chat.see("Esc goes back")
      chat.press(.home)
      chat.press(.end)
      chat.press(key)
      try chat.seeNo("Esc goes back")
    }
    try chat.see("config.yaml keeps it.")
    try chat.leave()

    let (exit, text) = try replay(chat.home)
    #expect(exit == .exited(0))
    #expect(text.contains("and the same final state as recorded."))
  }

  @Test func `a save of the configuration is replayed, with the key that it bound`() throws {
    let server = try LoopbackServer(.reply("Hello"))
    let home = try TestHome.configured("providers: {openai: {apiKey: \(Self.key)}}\n")
    let chat = try Journey(with: server, arguments: ["--trace", "run.trace"], home: home)
    try home.write(
      """
      providers: {openai: {apiKey: \(Self.key), headers: {X-Team: \(Self.key)}}}
      keys: {newConversation: f9}
      system: Be brief.

      """, to: ".config/patter/config.yaml")
    try chat.see("config.yaml: providers, system (in new conversations), keys.")
    chat.press(.function(9))
    try chat.ask("hi")
    try chat.see("Hello")
    try chat.seeIdle()
    try chat.leave()
    #expect(
      server.chats.contains { String(decoding: $0.body, as: UTF8.self).contains("Be brief.") })

    let (exit, text) = try replay(chat.home)
    #expect(exit == .exited(0))
    #expect(text.contains("system prompt: Be brief."))
    #expect(text.contains("and the same final state as recorded."))
    #expect(chat.home.read("run.trace")?.contains(Self.key) == false)
  }

  @Test func `a chat with a stop, a replacement and a retry is replayed to the same state`() throws
  {
    let server = try LoopbackServer(
      .held("The first words"), .held("Another beginning"), .reply("A whole answer."),
      .reply("The same again."))
    let chat = try Journey(with: server, arguments: ["--trace", "run.trace"])
    try chat.ask("first")
    try chat.see("The first words")
    chat.press(.escape)
    try chat.see("■ stopped here")
    try chat.ask("second")
    try chat.see("Another beginning")
    try chat.ask("third")
    try chat.see("A whole answer.")
    try chat.seeIdle()
    chat.press(.alt("r"))
    try chat.see("The same again.")
    try chat.seeIdle()
    try chat.ask("/trace")
    try chat.see("0.4     openai/test")
    try chat.leave()

    let (exit, text) = try replay(chat.home)
    #expect(exit == .exited(0))
    #expect(text.contains("and the same final state as recorded."))
    let parts = [
      "user\n  first\n", "openai/test\n  The first words\n  ■ stopped\n", "user\n  second\n",
      "openai/test\n  Another beginning\n  ■ superseded\n", "user\n  third\n",
      "openai/test (an earlier attempt)\n  A whole answer.\n  ■ complete\n",
      "openai/test\n  The same again.\n  ■ complete\n", "reply: none is live\n", "stream 0.4: ",
      "draft:",
    ]
    var rest = text[...]
    for part in parts {
      let place = try #require(rest.firstRange(of: part), "\(part) in \(rest)")
      rest = rest[place.upperBound...]
    }
  }

  @Test func `a chat that was killed is replayed up to the words that were on the screen`() throws {
    let server = try LoopbackServer(.held("Half a thought"))
    let chat = try Journey(with: server, arguments: ["--trace=run.trace"])
    try chat.ask("a prompt")
    try chat.see("Half a thought")
    chat.patter.signal(SIGKILL)
    #expect(try chat.patter.waitForExit() == .signalled(SIGKILL))
    let (exit, text) = try replay(chat.home)
    #expect(exit == .exited(0))
    #expect(text.contains("user\n  a prompt\n"))
    #expect(text.contains("openai/test\n  Half a thought\n"))
    #expect(text.contains("reply: stream 0.1 streams\n"))
    #expect(text.contains("before the run did; this is its state after"))
  }

  @Test func `what the screen showed is part of what is replayed`() throws {
    let lines = (1...60).map { "- point \($0)" }.joined(separator: "\n")
    let server = try LoopbackServer(.reply(lines))
    let chat = try Journey(with: server, arguments: ["--trace=run.trace"])
    try chat.ask("a long list")
    try chat.see("point 60")
    try chat.seeIdle()
    chat.press(.pageUp)
    try chat.see("↓")
    try chat.leave()
    let (exit, text) = try replay(chat.home)
    #expect(exit == .exited(0))
    #expect(text.contains("view: holds row "))
  }

  @Test(arguments: [SIGTERM, SIGHUP])
  func `a chat that is told to end ends its trace`(signal: Int32) throws {
    let chat = try Journey(with: nil, arguments: ["--trace=run.trace"])
    chat.patter.signal(signal)
    #expect(try chat.patter.waitForExit() == .exited(128 + signal))
    #expect(try replay(chat.home).text.contains("the same final state as recorded."))
  }

  @Test func `no key is in a trace, even where the server says it`() throws {
    let echo = #"{"error":{"message":"Incorrect API key provided: \#(Self.key)"}}"#
    let server = try LoopbackServer(.json(echo, status: 401), .reply("All is well now."))
    let chat = try Journey(
      with: server, arguments: ["--trace", "run.trace"], variables: ["OPENAI_API_KEY": Self.key])
    try chat.ask("an honest question")
    try chat.seeSentence("does not accept the key")
    try chat.seeIdle()
    chat.press(.alt("r"))
    try chat.see("All is well now.")
    try chat.leave()
    #expect(server.chats.first?.header("Authorization") == "Bearer \(Self.key)")
    let trace = try #require(chat.home.read("run.trace"))
    #expect(trace.contains("does not accept the key"))
    #expect(!trace.contains(Self.key))
    // Nor any piece of it that somebody could go on from.
    #expect(!trace.contains(Self.key.dropFirst(3).prefix(8)))
    #expect(!trace.contains(Self.key.suffix(8)))
    #expect(!trace.contains("Bearer"))
  }

  // A sanitizer's own memory is a file, which the limit ends as well.
  @Test(.enabled(if: !TestHome.isSanitized))
  func `a trace that cannot go on ends with a notice, and the chat goes on`() throws {
    let server = try LoopbackServer(.reply("Hello there."))
    let chat = try Journey(
      "/bin/sh",
      [
        "-c", #"ulimit -f 16; exec "$0" -m openai/test --trace run.trace"#,
        BuiltProgram.path("patter"),
      ],
      variables: Dialect.openAI.variables(port: server.port))
    try chat.see("answers")
    chat.press(.paste(String(repeating: "words ", count: 2000)))
    try chat.seeSentence("The trace cannot be written: File too large. It ends here.")
    chat.press(.control("u"))
    try chat.seeNo("words")
    try chat.ask("hi")
    try chat.see("Hello there.")
    try chat.seeIdle()
    try chat.leave()
    let (exit, text) = try replay(chat.home)
    #expect(exit == .exited(0))
    #expect(text.contains("in the middle of an event, before the run did"))
  }

  @Test func `a trace is written to a new file alone`() throws {
    let home = try TestHome()
    try home.write("mine", to: "run.trace")
    for (path, sentence) in [
      ("run.trace", "patter: The trace run.trace is there already; give another name"),
      ("no/such/place", "patter: The trace no/such/place cannot be written: No such file"),
    ] {
      let chat = try Journey(BuiltProgram.path("patter"), ["--trace", path], home: home)
      try chat.expectEnd(.exited(1))
      #expect(chat.picture.sentences.contains(sentence))
    }
    #expect(home.read("run.trace") == "mine")
  }

  @Test(arguments: [
    (
      "nosuch",
      "nosuch: No such file or directory (to send the words as a prompt: patter -- replay nosuch)."
    ),
    (".", ".: Is a directory."),
    ("text", "text:1: this is no JSON that Patter writes."),
    ("cut", "cut: the file ends within its first line; that is no trace."),
  ])
  func `what is no trace is told in a sentence`(path: String, sentence: String) throws {
    let home = try TestHome()
    try home.write("some\ntext\n", to: "text")
    try home.write(#"{"format":1"#, to: "cut")
    let chat = try Journey(
      BuiltProgram.path("patter"), ["replay", path], home: home, rows: 10, columns: 120)
    try chat.expectEnd(.exited(1))
    #expect(chat.picture.sentences == "patter: \(sentence)")
  }

  @Test func `a trace that others wrote cannot speak to the terminal`() throws {
    let server = try LoopbackServer(.reply("Plain words."))
    let chat = try Journey(with: server, arguments: ["--trace=run.trace"])
    try chat.ask("harmless")
    try chat.see("Plain words.")
    try chat.seeIdle()
    try chat.leave()
    let trace = try #require(chat.home.read("run.trace"))
    let hostile = trace.replacing("Plain words.", with: #"\u001b]0;gotcha\u0007\u009b31m"#)
      .replacing(#""patter":""#, with: #""patter":"\u001b[31m"#)
    #expect(hostile != trace)
    try chat.home.write(hostile, to: "hostile.trace")
    let patter = try Journey(
      BuiltProgram.path("patter"), ["replay", "hostile.trace"], home: chat.home)
    #expect(try patter.patter.waitForExit() == .exited(1))
    #expect(patter.written.contains("gotcha"))
    #expect(!patter.written.contains { $0 == "\u{1B}" || $0 == "\u{7}" || $0 == "\u{9B}" })
    #expect(patter.written.contains("another final state than the one recorded."))
  }

  @Test func `the state goes to the output and what is said of it to the errors`() throws {
    let chat = try Journey(with: nil, arguments: ["--trace=run.trace"])
    try chat.leave()
    let patter = try Journey(
      "/bin/sh", ["-c", #""$0" replay run.trace >out 2>err"#, BuiltProgram.path("patter")],
      home: chat.home)
    #expect(try patter.patter.waitForExit() == .exited(0))
    #expect(chat.home.read("out")?.hasPrefix("conversation 0, in view\n") == true)
    let errors = try #require(chat.home.read("err"))
    #expect(
      errors.wholeMatch(of: /patter: \d+ events, and the same final state as recorded\.\n/) != nil)
  }
}

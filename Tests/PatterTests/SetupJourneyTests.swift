// A model is connected on a terminal, by somebody who has nothing yet, with a server behind it.

import Glibc
import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct SetupJourneyTests {
  private static let key = "sk-test-0123456789abcdefghijQRST"
  private static let refusal = LoopbackServer.Response.json(
    #"{"error":{"message":"Incorrect API key provided","type":"invalid_request_error","#
      + #""code":"invalid_api_key"}}"#, status: 401)
  private static let configuration = ".config/patter/config.yaml"
  private static let keyFile = ".config/patter/keys/server"

  /// Somebody at the first question.
  private static func begin(
    _ arguments: [String] = [], variables: [String: String] = [:], home: TestHome? = nil
  ) throws -> Journey {
    let chat = try Journey(with: nil, arguments: arguments, variables: variables, home: home)
    try chat.ask("/setup")
    try chat.see("Connect a model")
    try chat.see("needs a key")
    return chat
  }

  /// Takes the model that is listed, tries it, which the server answers with a hello, and saves.
  private static func takeMini(in chat: Journey) throws {
    try chat.see("mini")
    chat.press(.enter)
    try chat.see("Try mini")
    chat.press(.enter)
    try chat.see("Hello, friend.")
    try chat.see("first token after")
    chat.press(.enter)
    try chat.see("Enter writes this")
    chat.press(.enter)
    try chat.see("server/mini is asked from now on.")
  }

  /// The same, when the address of a server was written and Enter pressed.
  private static func beginAsking(
    _ address: String, _ arguments: [String] = [], variables: [String: String] = [:],
    home: TestHome? = nil
  ) throws -> Journey {
    let chat = try begin(arguments, variables: variables, home: home)
    chat.type("another")
    try chat.seeNo("needs a key")
    chat.press(.enter)
    try chat.see("Another server: its address")
    chat.type(address)
    try chat.see("› \(address)")
    chat.press(.enter)
    return chat
  }

  private static func permissions(_ home: TestHome, _ name: String) -> mode_t? {
    var status = stat()
    guard stat("\(home.path)/\(name)", &status) == 0 else { return nil }
    return status.st_mode & 0o777
  }

  // MARK: - The beginning

  /// Whether none of the servers that Patter looks for runs on this machine.
  private static var isAlone: Bool {
    let table = ConnectionTable()
    return [11434, 8080, 1234, 8000].allSatisfy { table.serverCount(of: $0, in: .listening) == 0 }
  }

  @Test(.enabled(if: isAlone))
  func `comes by itself where nothing is configured, and one key skips it`() throws {
    let chat = try Journey(
      BuiltProgram.path("patter"), [], variables: ["PATTER_DISCOVER": "1"])
    try chat.see("Connect a model")
    try chat.see("needs a key")
    chat.press(.escape)
    try chat.see("The built-in guide answers")
    try chat.see("/setup brings these questions back.")
    try chat.ask("hi")
    try chat.seeNo("/setup brings")
    try chat.leave()
    #expect(access("\(chat.home.path)/.config", F_OK) != 0)
  }

  @Test(.enabled(if: isAlone)) func `does not come where something was asked`() throws {
    let chat = try Journey(
      BuiltProgram.path("patter"), ["hi"], variables: ["PATTER_DISCOVER": "1"])
    try chat.see("guide")
    try chat.waitUntil("the prompt") { $0.shows("hi") && !$0.shows("Connect a model") }
    try chat.seeIdle()
    try chat.leave()
  }

  // MARK: - To the end

  @Test func `a key that is refused is mended, and the model answers without a new start`() throws {
    let server = try LoopbackServer(
      Self.refusal, Self.refusal, .openAIModels(["large", "mini"]), .reply("Hello, friend."),
      .reply("At your service."))
    let address = server.url("/v1")
    let chat = try Self.beginAsking(address, ["--trace", "run.trace"])
    try chat.see("asks for a key")
    chat.press(.paste("sk-wrong-000000000000WXYZ"))
    try chat.see("•WXYZ   25 characters")
    chat.press(.enter)
    try chat.see("does not accept the key")
    try chat.see("•WXYZ")
    chat.press(.control("u"))
    try chat.seeNo("WXYZ")
    chat.press(.paste(" \(Self.key)\n"))
    try chat.see("•QRST   32 characters")
    chat.press(.enter)
    try chat.see("mini")
    chat.type("mi")
    try chat.see("1 of 2")
    chat.press(.enter)
    try chat.see("Try mini")
    #expect(server.requests.count == 3)
    chat.press(.enter)
    try chat.see("Hello, friend.")
    try chat.see("first token after")
    chat.press(.enter)
    try chat.see("Enter writes this")
    #expect(chat.home.read(Self.configuration) == nil)
    chat.press(.enter)
    try chat.see("server/mini is asked from now on.")
    try chat.ask("hi")
    try chat.see("At your service.")
    try chat.seeIdle()
    try chat.leave()

    #expect(
      chat.home.read(Self.configuration) == """
        model: server/mini
        providers:
          server:
            type: openai
            baseURL: "\(address)"
            apiKeyFile: ~/\(Self.keyFile)

        """)
    #expect(chat.home.read(Self.keyFile) == Self.key + "\n")
    #expect(Self.permissions(chat.home, Self.configuration) == 0o600)
    #expect(Self.permissions(chat.home, Self.keyFile) == 0o600)
    #expect(Self.permissions(chat.home, ".config/patter/keys") == 0o700)
    let last = try #require(server.requests.last)
    #expect(last.header("Authorization") == "Bearer \(Self.key)")

    // Neither the screen nor the trace ever held it.
    let trace = try #require(chat.home.read("run.trace"))
    for secret in [Self.key, "0123456789abcdef", "sk-wrong"] {
      #expect(!chat.written.contains(secret))
      #expect(!trace.contains(secret))
    }
    #expect(!trace.contains("QRST"))
    let replay = try Journey(
      BuiltProgram.path("patter"), ["replay", "run.trace"], home: chat.home, rows: 100)
    #expect(try replay.patter.waitForExit() == .exited(0))
    #expect(replay.picture.text.contains("the same final state as recorded"))
  }

  @Test func `a variable is named, and what stands in the file already stays`() throws {
    let before = "# My own.\ntheme: nord   # dark\n\nsystem: Be brief.\n"
    let home = try TestHome.configured(before)
    let server = try LoopbackServer(
      Self.refusal, .openAIModels(["mini"]), .reply("Hello, friend."))
    let chat = try Self.beginAsking(
      server.url("/v1"), variables: ["MY_KEY": Self.key], home: home)
    try chat.see("asks for a key")
    chat.type("$MY_KE")
    chat.press(.enter)
    try chat.see("MY_KE is not set")
    chat.type("Y")
    try chat.see("$MY_KEY   is set")
    chat.press(.enter)
    try Self.takeMini(in: chat)
    try chat.leave()
    #expect(
      home.read(Self.configuration) == before + """
        model: server/mini
        providers:
          server:
            type: openai
            baseURL: "\(server.url("/v1"))"
            apiKey: "${MY_KEY}"

        """)
    #expect(home.read(Self.keyFile) == nil)
  }

  @Test func `a key of the environment does not go to another server, in no request`() throws {
    let server = try LoopbackServer(
      .openAIModels(["mini"]), .reply("Hello, friend."), .reply("At your service."))
    let chat = try Self.beginAsking(
      server.url("/v1"), variables: ["OPENAI_API_KEY": "sk-of-openai-alone"])
    try Self.takeMini(in: chat)
    try chat.ask("hi")
    try chat.see("At your service.")
    try chat.seeIdle()
    try chat.leave()
    #expect(server.requests.count == 3)
    #expect(server.requests.allSatisfy { $0.header("Authorization") == nil })
  }

  @Test func `a server that is known is asked without a question, and the model alone written`()
    throws
  {
    let server = try LoopbackServer(.openAIModels(["large"]), .reply("Hello, friend."))
    let chat = try Journey(with: server)
    try chat.ask("/setup")
    try chat.see("OPENAI_BASE_URL is set")
    chat.press(.enter)
    try chat.see("large")
    chat.press(.enter)
    try chat.see("Try large")
    chat.type("s")
    try chat.see("Enter writes this")
    chat.press(.enter)
    try chat.see("openai/large is asked from now on.")
    try chat.leave()
    #expect(chat.home.read(Self.configuration) == "model: openai/large\n")
    #expect(server.requests.count == 1)
  }

  // MARK: - What goes wrong

  @Test func `who cannot be reached is said, and a model may be named all the same`() throws {
    let closed = try ClosedPort()
    let chat = try Self.beginAsking("http://127.0.0.1:\(closed.port)/v1")
    try chat.seeSentence("nothing listens there")
    try chat.see("Another server: its address")
    chat.press(.enter)
    try chat.see("To go on without a list")
    chat.type("my-model")
    try chat.see("Enter asks my-model")
    chat.press(.enter)
    try chat.see("Try my-model")
    chat.press(.enter)
    try chat.see("Enter tries again")
    for title in ["a model", "its address"] {
      chat.press(.escape)
      try chat.see("Another server: \(title)")
    }
    chat.press(.escape)
    try chat.see("Connect a model")
    chat.press(.escape)
    try chat.see("Nothing was changed.")
    try chat.leave()
    #expect(chat.home.read(Self.configuration) == nil)
  }

  @Test func `Esc closes the connection to a server that does not answer, and goes back`() throws {
    let server = try LoopbackServer(.init(.gate(LoopbackServer.Response.shut)))
    let chat = try Self.beginAsking(server.url("/v1"))
    try chat.see("Its models are asked for")
    #expect(server.waitFor { _ in server.requests.count == 1 })
    chat.press(.escape)
    #expect(server.waitFor(.closedByClient(1)))
    try chat.see("Another server: its address")
    try chat.see(server.url("/v1"))
    chat.press(.control("c"))
    try chat.see("Nothing was changed.")
    try chat.leave()
  }

  @Test func `Esc closes the connection while the test is answered, and R sends it again`() throws {
    let server = try LoopbackServer(
      .openAIModels(["mini"]), .held("Hello"), .reply("Hello again."), .reply("And again."))
    let chat = try Self.beginAsking(server.url("/v1"))
    try chat.see("mini")
    chat.press(.enter)
    try chat.see("Try mini")
    chat.press(.enter)
    try chat.see("Hello")
    chat.press(.escape)
    #expect(server.sawClose(ofChat: 1))
    try chat.see("Another server: a model")
    chat.press(.enter)
    try chat.see("Enter sends it, S")
    chat.press(.enter)
    try chat.see("Hello again.")
    try chat.see("first token after")
    chat.type("r")
    try chat.see("And again.")
    chat.press(.control("c"))
    try chat.see("Nothing was changed.")
    try chat.leave()
  }

  @Test func `Esc goes back while a name is looked up that nobody answers`() throws {
    let home = try TestHome()
    let resolver = try HungResolver(in: home)
    let chat = try Self.beginAsking(
      "http://hung.test:9/v1", variables: resolver.variables, home: home)
    #expect(resolver.nextQuestion() == "hung.test")
    try chat.see("Its models are asked for")
    chat.press(.escape)
    try chat.see("Another server: its address")
    chat.press(.control("c"))
    try chat.see("Nothing was changed.")
    try chat.leave()
  }

  @Test func `a file that cannot be changed is shown the lines, and stays`() throws {
    let home = try TestHome.configured("theme: [\n")
    let server = try LoopbackServer(.openAIModels(["mini"]))
    let chat = try Self.beginAsking(server.url("/v1"), home: home)
    try chat.see("mini")
    chat.press(.enter)
    try chat.see("Try mini")
    chat.type("s")
    try chat.see("Nothing is written.")
    try chat.see("model: server/mini")
    chat.press(.enter)
    try chat.seeNo("Nothing is written.")
    try chat.leave()
    #expect(home.read(Self.configuration) == "theme: [\n")
  }

  @Test func `a key that is pasted too early is not seen, and stands in no trace`() throws {
    let chat = try Self.begin(["--trace", "run.trace"])
    chat.press(.paste(Self.key))
    try chat.see("the key is asked for then")
    chat.press(.escape)
    try chat.see("Nothing was changed.")
    try chat.leave()
    #expect(!chat.written.contains("0123456789"))
    #expect(try #require(chat.home.read("run.trace")).contains("0123456789") == false)
  }

  // MARK: - Leaving in the middle

  enum Step: CaseIterable { case provider, key, model, test, save }

  @Test(arguments: Step.allCases, [SIGTERM, SIGHUP, SIGKILL])
  func `who is ended at any step leaves the file as it was, and no key`(
    step: Step, signal: Int32
  ) throws {
    let before = "theme: nord\n"
    let home = try TestHome.configured(before)
    let server = try LoopbackServer(
      Self.refusal, .openAIModels(["mini"]), .held("Hello"))
    let chat: Journey
    if step == .provider {
      chat = try Self.begin(home: home)
    } else {
      chat = try Self.beginAsking(server.url("/v1"), home: home)
      try chat.see("asks for a key")
      chat.press(.paste(Self.key))
      try chat.see("•QRST")
      if step != .key {
        chat.press(.enter)
        try chat.see("mini")
      }
      if step == .test || step == .save {
        chat.press(.enter)
        try chat.see("Try mini")
        chat.press(step == .test ? .enter : .character("s"))
        try chat.see(step == .test ? "Hello" : "Enter writes this")
      }
    }
    chat.patter.signal(signal)
    _ = try chat.patter.waitForExit()
    if signal != SIGKILL { chat.expectTerminalGivenBack() }
    #expect(home.read(Self.configuration) == before)
    #expect(home.read(Self.keyFile) == nil)
    #expect(Self.permissions(home, ".config/patter/keys") == nil)
    #expect(server.hasNoConnection)
  }
}

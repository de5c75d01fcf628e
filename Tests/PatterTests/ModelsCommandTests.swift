// `patter models`: who is asked, what is printed where, and with which code it leaves.

import Chat
import Glibc
import LoopbackTests
import Providers
import Support
import Testing

@testable import Patter

@Suite(.everyConnectionCloses) struct ModelsCommandTests {
  private static let list = LoopbackServer.Response.json(
    #"{"data":[{"id":"mini","context_length":131072,"pricing":{"prompt":"0.00000015","#
      + #""completion":"0.0000006"}},{"id":"odd\u202ename","context_length":1000000}]}"#)

  private func run(
    _ words: String..., asking server: LoopbackServer? = nil,
    variables: [String: String] = [:], home: TestHome? = nil
  ) throws -> PipedProgram {
    let surroundings = server.map { Dialect.openAI.variables(port: $0.port) } ?? [:]
    return try PipedProgram(
      BuiltProgram.path("patter"), ["models"] + words, home: home ?? TestHome(),
      variables: ["SWIFT_BACKTRACE": "enable=no"].merging(surroundings) { $1 }
        .merging(variables) { $1 })
  }

  @Test func `prints a line for each model, parted by tabs in a pipe`() throws {
    let server = try LoopbackServer(Self.list)
    try run(asking: server).expectEnd(
      .exited(0),
      output: "openai/mini\t128k\t$0.15\t$0.60\nopenai/odd\u{202E}name\t1M\t\t\n")
    #expect(
      server.journal.contains { event in
        if case .request(let request) = event { request.path == "/v1/models" } else { false }
      })
  }

  @Test func `prints columns on a terminal, and nothing that it would obey`() throws {
    let server = try LoopbackServer(Self.list)
    let chat = try Journey(
      BuiltProgram.path("patter"), ["models"],
      variables: Dialect.openAI.variables(port: server.port))
    #expect(try chat.patter.waitForExit() == .exited(0))
    #expect(chat.picture.shows("openai/mini     128k  $0.15  $0.60"))
    #expect(chat.picture.shows("openai/oddname    1M"))
    #expect(!chat.written.contains("\u{1B}") && !chat.written.contains("\u{202E}"))
  }

  @Test func `asks all at once and prints in the table's order`() throws {
    let openAI = try LoopbackServer(
      .init([.gate("list")] + Self.list.steps))
    let ollama = try LoopbackServer(.ollamaTags(["llama3.2"]))
    let program = try run(
      asking: openAI, variables: Dialect.ollama.variables(port: ollama.port))
    #expect(ollama.waitFor { _ in !ollama.requests.isEmpty })
    openAI.open(gate: "list")
    try program.expectEnd(
      .exited(0),
      output:
        "openai/mini\t128k\t$0.15\t$0.60\nopenai/odd\u{202E}name\t1M\t\t\nollama/llama3.2\t\t\t\n")
  }

  @Test func `asks one provider where one is named`() throws {
    let openAI = try LoopbackServer()
    let ollama = try LoopbackServer(.ollamaTags(["llama3.2"]))
    try run("ollama", asking: openAI, variables: Dialect.ollama.variables(port: ollama.port))
      .expectEnd(.exited(0), output: "ollama/llama3.2\t\t\t\n")
    #expect(openAI.journal.isEmpty)
  }

  @Test func `shows the list of another time where nobody answers, and how old it is`() throws {
    let home = try TestHome()
    let server = try LoopbackServer(Self.list, .failure(500), .failure(500))
    let first = try run(asking: server, home: home)
    #expect(try first.waitForExit() == .exited(0))
    let second = try run(asking: server, home: home)
    try second.expectEnd(
      .exited(0), output: first.output,
      saying: ["the gears jammed", "What is listed is less than a minute old."])
    // At another address another list counts.
    let other = try LoopbackServer(.failure(500))
    try run(asking: other, home: home).expectEnd(.exited(1), saying: ["the gears jammed"])
  }

  @Test func `keeps the lists where only the user reads them, and no key`() throws {
    let home = try TestHome()
    let server = try LoopbackServer(Self.list)
    let program = try run(
      asking: server, variables: ["OPENAI_API_KEY": "sk-hunter2"], home: home)
    #expect(try program.waitForExit() == .exited(0))
    var status = stat()
    #expect(stat("\(home.path)/.cache/patter/models.json", &status) == 0)
    #expect(status.st_mode & 0o777 == 0o600)
    #expect(stat("\(home.path)/.cache/patter", &status) == 0)
    #expect(status.st_mode & 0o777 == 0o700)
    let file = try #require(ModelCacheFile(environment: home.environment))
    let text = String(decoding: file.read().file, as: UTF8.self)
    #expect(text.contains("127.0.0.1:\(server.port)"))
    #expect(text.contains("mini") && !text.contains("hunter2"))
  }

  @Test(arguments: ["", "{", #"{"version":9}"#, "\0\0\0"])
  func `replaces a file that is broken, without a word`(text: String) throws {
    let home = try TestHome()
    try home.write(text, to: ".cache/patter/models.json")
    let server = try LoopbackServer(Self.list)
    let program = try run(asking: server, home: home)
    #expect(try program.waitForExit() == .exited(0))
    #expect(program.diagnostics == "")
    let file = try #require(ModelCacheFile(environment: home.environment))
    #expect(file.read() != ModelLists())
  }

  @Test func `works without a home`() throws {
    let server = try LoopbackServer(Self.list)
    try run(asking: server, variables: ["XDG_CACHE_HOME": "/proc/nowhere"]).expectEnd(
      .exited(0),
      output: "openai/mini\t128k\t$0.15\t$0.60\nopenai/odd\u{202E}name\t1M\t\t\n")
  }

  @Test(arguments: [
    ([], [:], 1, "There is nobody to ask: no provider is configured"),
    (["opnai"], [:], 2, "There is no provider “opnai”. Did you mean openai?"),
    (["openai"], [:], 1, "OpenAI needs a key. Set OPENAI_API_KEY."),
    ([], ["OPENAI_BASE_URL": "x"], 1, "OPENAI_BASE_URL must begin with http:// or https://."),
  ])
  func `says why there is no list`(
    words: [String], variables: [String: String], code: Int32, sentence: String
  ) throws {
    let program = try PipedProgram(
      BuiltProgram.path("patter"), ["models"] + words, home: TestHome(), variables: variables)
    try program.expectEnd(.exited(code), saying: [sentence])
  }

  @Test func `says what a program takes, and lists the guide by its name`() throws {
    let home = try TestHome()
    try home.write("commands:\n  echo: {command: [cat]}\n", to: ".config/patter/config.yaml")
    try run("echo", home: home).expectEnd(
      .exited(1), saying: ["echo is a program of this machine; it takes any name behind its own."])
    try run("guide", home: home).expectEnd(.exited(0), output: "guide/guide\t\t\t\n")
  }

  @Test func `takes the window that the user configured before what the server told`() throws {
    let home = try TestHome()
    try home.write("models:\n  openai/mini: {window: 8192}\n", to: ".config/patter/config.yaml")
    let server = try LoopbackServer(.openAIModels(["mini"]))
    try run(asking: server, home: home).expectEnd(.exited(0), output: "openai/mini\t8k\t\t\n")
  }

  @Test func `asks the providers of the configuration, with the keys that stand there`() throws {
    let home = try TestHome()
    let server = try LoopbackServer(.openAIModels(["mini"]), .openAIModels(["mini"]))
    try home.write(
      "providers:\n  work: {type: openai, baseURL: 'http://127.0.0.1:\(server.port)/v1', "
        + "apiKey: 'k-${TEAM}'}\n", to: ".config/patter/config.yaml")
    for words in [[], ["work"]] {
      let program = try PipedProgram(
        BuiltProgram.path("patter"), ["models"] + words, home: home,
        variables: ["PATTER_DISCOVER": "0", "TEAM": "blue"])
      try program.expectEnd(.exited(0), output: "work/mini\t\t\t\n")
    }
    #expect(
      server.requests.map { $0.header("Authorization") } == ["Bearer k-blue", "Bearer k-blue"])
  }

  @Test func `has a key told by a program, whose place may begin with the home`() throws {
    let home = try TestHome()
    let server = try LoopbackServer(.openAIModels(["mini"]))
    try home.write("k-told\nuser: me\n", to: "key")
    try home.write(
      "providers:\n  work: {type: openai, baseURL: 'http://127.0.0.1:\(server.port)/v1', "
        + "apiKeyCommand: [cat, ~/key]}\n", to: ".config/patter/config.yaml")
    try run("work", home: home).expectEnd(.exited(0), output: "work/mini\t\t\t\n")
    #expect(server.requests.map { $0.header("Authorization") } == ["Bearer k-told"])
  }

  @Test func `asks nobody whose key no program tells, and says why`() throws {
    let home = try TestHome()
    let server = try LoopbackServer()
    try home.write(
      "providers:\n  work: {type: openai, baseURL: 'http://127.0.0.1:\(server.port)/v1', "
        + "apiKeyCommand: ['true']}\n", to: ".config/patter/config.yaml")
    try run("work", home: home).expectEnd(
      .exited(1),
      saying: ["work was not asked: the command that tells its key (true) printed no key."])
    #expect(server.journal.isEmpty)
  }

  @Test func `ends the program that tells a key when it is interrupted itself`() throws {
    let home = try TestHome()
    try home.write(
      "providers:\n  work: {type: openai, baseURL: 'http://127.0.0.1:9', "
        + "apiKeyCommand: [sh, -c, 'exec > ~/words; echo; exec sleep 1000']}\n",
      to: ".config/patter/config.yaml")
    #expect(mkfifo("\(home.path)/words", 0o600) == 0)
    let words = open("\(home.path)/words", O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    defer { close(words) }
    let program = try run("work", home: home)
    var wait = pollfd(fd: words, events: Int16(POLLIN), revents: 0)
    #expect(poll(&wait, 1, Int32(PipedProgram.patienceSeconds * 1_000)) == 1)
    var byte: UInt8 = 0
    #expect(read(words, &byte, 1) == 1)
    program.signal(SIGTERM)
    #expect(try program.waitForExit() == .signalled(SIGTERM))
    // Nobody holds the other end any more.
    #expect(poll(&wait, 1, Int32(PipedProgram.patienceSeconds * 1_000)) == 1)
    #expect(read(words, &byte, 1) == 0)
  }

  // MARK: - Words

  @Test(arguments: [
    (1, "1"), (512, "512"), (8192, "8k"), (16_385, "16k"), (128_000, "128k"), (131_072, "128k"),
    (200_000, "200k"), (1_000_000, "1M"), (1_048_576, "1M"), (1_050_000, "1.05M"),
    (1_047_576, "1.05M"), (2_097_152, "2M"), (100_000_000, "100M"), (999_999, "1M"),
  ])
  func `a window is told in round numbers`(tokens: Int, words: String) {
    #expect(ListedModel("m", windowTokens: tokens).windowWords == words)
  }

  @Test(arguments: [
    (0.15, 0.6, "$0.15 $0.60"), (10, 120, "$10.00 $120.00"),
    (0.0375, 0.000001, "$0.0375 $0.000001"),
    (0, 0, "free free"), (0, 1, "$0.00 $1.00"),
  ])
  func `a price is told in dollars`(input: Double, output: Double, words: String) throws {
    let model = ListedModel("m", price: Price(input: input, output: output))
    let told = try #require(model.priceWords)
    #expect("\(told.input) \(told.output)" == words)
  }

  @Test func `a price says so that is higher for long prompts`() throws {
    let price = Price(input: 2, output: 10, promptLimit: 272_000)
    #expect(ListedModel("m", price: price).priceWords?.input == "$2.00+")
  }

  @Test(arguments: [
    (-5, "less than a minute"), (59_999, "less than a minute"), (60_000, "a minute"),
    (7_199_999, "119 minutes"), (7_200_000, "2 hours"), (172_800_000, "2 days"),
  ])
  func `an age is told in its largest unit`(milliseconds: Int64, words: String) {
    #expect(ModelsCommand.words(age: milliseconds) == words)
  }
}

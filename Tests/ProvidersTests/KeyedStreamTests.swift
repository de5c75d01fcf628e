// A key that a program tells: it is asked when it is needed, its request leaves at once, and Esc ends both.

import Chat
import Testing
import Wire

@testable import Providers

struct `A server whose key a program tells` {
  private static let command = ["pass", "show", "x"]
  private var registry = StreamRegistry(userAgent: agent)

  private func endpoint() throws -> Endpoint {
    let row = try #require(ProviderTable.standard["openai"])
    return try row.endpoint(
      environment: [:], setting: ProviderSetting(key: .command(Self.command)))
  }

  private mutating func ask(_ number: UInt32) throws {
    registry.start(attempt(number), outgoing(), endpoint: try endpoint(), at: time(0))
  }

  private mutating func hear(
    _ events: ChildEvent..., on number: UInt32 = 1, at milliseconds: Int64 = 0
  ) -> RegistryOutput {
    for event in events {
      registry.receive(event, from: attempt(number).transfer, at: time(milliseconds))
    }
    return registry.takeOutput()
  }

  private func authorization(_ output: RegistryOutput) -> [String] {
    output.effects.compactMap { effect in
      guard case .open(_, let request) = effect else { return nil }
      return request.headers.first { $0.name == "Authorization" }?.value
    }
  }

  @Test mutating func `is asked with the first line of what the program prints`() throws {
    try ask(1)
    #expect(
      registry.takeOutput().effects
        == [.spawn(attempt(1).transfer, ChildCommand(Self.command))])
    #expect(hear(output("k-se")) == RegistryOutput())
    let told = hear(output("cret \nlogin: me\n"), .ended(.exited(0)))
    #expect(authorization(told) == ["Bearer k-secret"])
    #expect(told.events.isEmpty)
    registry.receive(head(), from: attempt(1).transfer, at: time(1))
    registry.receive(bytes(Sent.hel), from: attempt(1).transfer, at: time(1))
    #expect(registry.takeOutput().streamEvents.joinedText == "Hel")
  }

  @Test func `has a program whose place may begin with the user's home`() throws {
    let row = try #require(ProviderTable.standard["openai"])
    let endpoint = try row.endpoint(
      environment: ["HOME": "/home/u"],
      setting: ProviderSetting(key: .command(["~/bin/key", "~x", "~/it"])))
    #expect(endpoint.keyCommand == ["/home/u/bin/key", "~x", "/home/u/it"])
  }

  @Test func `has a program that may be the key itself, which no sentence repeats`() {
    var fetch = KeyFetch(["sk-planted-1234"], for: "openai", at: time(0))
    let why = "There is no program 'sk-planted-1234' in PATH. Install it."
    guard case .failed(let failure) = fetch.receive(.ended(.notStarted(why))) else {
      Issue.record("it was started")
      return
    }
    #expect(
      failure.message
        == "openai was not asked: the command that tells its key ((secret)) could not be started: "
        + "There is no program '(secret)' in PATH. Install it. Check apiKeyCommand.")
  }

  @Test mutating func `is asked without the program from then on`() throws {
    try ask(1)
    _ = hear(output("k-secret\n"), .ended(.exited(0)))
    try ask(2)
    #expect(authorization(registry.takeOutput()) == ["Bearer k-secret"])
  }

  @Test mutating func `makes the program be asked again when the key was not accepted`() throws {
    try ask(1)
    _ = hear(output("old\n"), .ended(.exited(0)))
    registry.receive(head(401, "application/json"), from: attempt(1).transfer, at: time(0))
    registry.receive(.ended(nil), from: attempt(1).transfer, at: time(0))
    let failure = registry.takeOutput().streamEvents.failure
    #expect(failure?.kind == .unauthorized)
    #expect(
      failure?.message.hasSuffix(
        "does not accept the key (401). Check the apiKeyCommand of openai in config.yaml.") == true)
    try ask(2)
    #expect(
      registry.takeOutput().effects
        == [.spawn(attempt(2).transfer, ChildCommand(Self.command))])
  }

  @Test mutating func `is never asked when the user stops while the program thinks`() throws {
    try ask(1)
    _ = registry.takeOutput()
    registry.abort(attempt(1), at: time(5))
    #expect(registry.takeOutput().effects == [.terminate(attempt(1).transfer)])
    #expect(hear(output("k-secret\n"), .ended(.exited(0))) == RegistryOutput())
    #expect(registry.isSettled)
  }

  @Test mutating func `costs nothing when the prompt is replaced before the program began`() throws
  {
    try ask(1)
    try ask(2)
    #expect(
      registry.takeOutput().effects
        == [.spawn(attempt(2).transfer, ChildCommand(Self.command))])
  }

  @Test(arguments: [
    (ChildEnd.exited(0), "printed no key"),
    (.exited(2), "failed (exit code 2: no such entry)"),
    (.signalled(9), "was ended by signal 9"),
    (.notStarted("no such file"), "could not be started: no such file"),
  ])
  mutating func `is not asked when the program tells no key, and that is said`(
    end: ChildEnd, what: String
  ) throws {
    try ask(1)
    _ = registry.takeOutput()
    let told = hear(diagnostics("no such entry"), .ended(end))
    #expect(told.effects.isEmpty)
    let failure = try #require(told.streamEvents.failure)
    #expect(failure.kind == .unauthorized)
    #expect(
      failure.message
        == "OpenAI was not asked: the command that tells its key (pass) \(what). Check apiKeyCommand."
    )
    #expect(registry.isSettled)
  }

  @Test mutating func `is not asked when the program fails, and its key is not quoted`() throws {
    try ask(1)
    let told = hear(output("hunter22\nmore"), diagnostics("hunter22: bad"), .ended(.exited(1)))
    #expect(
      told.streamEvents.failure?.message.contains("(exit code 1: (secret): bad)") == true)
  }

  @Test mutating func `is not asked when the program takes for ever`() throws {
    try ask(1)
    _ = registry.takeOutput()
    let limit = KeyFetch.limitMilliseconds
    registry.advance(to: time(limit - 1))
    #expect(registry.takeOutput() == RegistryOutput())
    registry.advance(to: time(limit))
    let told = registry.takeOutput()
    #expect(told.effects == [.terminate(attempt(1).transfer)])
    #expect(told.streamEvents.failure?.message.contains("took longer than 120 s") == true)
  }

  @Test func `gets the environment's key where there is one`() throws {
    let row = try #require(ProviderTable.standard["openai"])
    let endpoint = try row.endpoint(
      environment: ["OPENAI_API_KEY": "k-env"],
      setting: ProviderSetting(key: .command(Self.command)))
    #expect(endpoint.key == Secret("k-env"))
    #expect(endpoint.keyCommand == nil)
  }
}

struct `What the configuration tells a server` {
  private let setting = ProviderSetting(
    key: .command(["pass"]), headers: [HTTPHeader("X-Key", "k-header", isSecret: true)])

  private func endpoint(
    _ provider: String, _ environment: [String: String], baseURL: String? = nil
  ) throws -> Endpoint {
    var setting = setting
    setting.baseURL = baseURL
    return try #require(ProviderTable.standard[provider])
      .endpoint(environment: environment, setting: setting)
  }

  @Test(arguments: [
    (nil, "http://192.168.1.5:8080/v1"), (nil, "http://api.openai.com:443/v1"),
    (nil, "https://api.openai.com:8443/v1"), ("https://gate.test/v1", "https://api.openai.com/v1"),
    ("https://gate.test/v1", "http://gate.test/v1"),
  ])
  func `does not follow the environment to another address`(
    baseURL: String?, written: String
  ) throws {
    let other = try endpoint(
      "openai", ["OPENAI_BASE_URL": written, "OPENAI_API_KEY": "k-env"], baseURL: baseURL)
    #expect(other.baseURL == written)
    #expect(other.key == Secret("k-env"))
    #expect(other.keyCommand == nil)
    #expect(other.headers.isEmpty)
  }

  @Test(arguments: [
    ("openai", nil, "OPENAI_BASE_URL", "https://API.openai.com:443/v2"),
    ("openai", "https://gate.test/v1", "OPENAI_BASE_URL", "https://gate.test/v2"),
    ("anthropic", nil, "ANTHROPIC_BASE_URL", "https://api.anthropic.com/v1"),
    // Who takes people without a key has none of its own that could go astray.
    ("ollama", nil, "OLLAMA_HOST", "ollama.com"),
    ("azure", nil, "AZURE_OPENAI_ENDPOINT", "https://r.test"),
  ])
  func `holds at the address that it is meant for`(
    provider: String, baseURL: String?, variable: String, written: String
  ) throws {
    let same = try endpoint(provider, [variable: written], baseURL: baseURL)
    #expect(same.keyCommand == ["pass"])
    #expect(same.headers.map(\.name) == ["X-Key"])
  }
}

struct `A key as it is written` {
  private let environment = ["A": "x", "B_2": " y ", "BLANK": " "]

  @Test(arguments: [
    ("${A}", "x"), ("plain", "plain"), ("p-${A}-${B_2}", "p-x- y"), ("$A {A}", "$A {A}"),
  ])
  func `has its variables put in`(text: String, key: String) throws {
    #expect(try KeyText(text).key(in: environment) == Secret(key))
  }

  @Test(arguments: ["${", "${}", "${A", "${1A}", "${A-B}", "${A B}"])
  func `names its variables rightly`(text: String) {
    #expect(throws: KeyText.Fault.badVariable) { try KeyText(text) }
  }

  @Test(arguments: ["", "  "])
  func `is not blank`(text: String) {
    #expect(throws: KeyText.Fault.empty) { try KeyText(text) }
  }

  @Test(arguments: ["NOBODY", "BLANK"])
  func `tells a variable that is not set, in a sentence`(variable: String) throws {
    let row = try #require(ProviderTable.standard["openai"])
    let setting = ProviderSetting(key: .text(try KeyText("${\(variable)}")))
    let error = #expect(throws: EndpointError.self) {
      try row.endpoint(environment: environment, setting: setting)
    }
    #expect(
      error?.message
        == "The apiKey of OpenAI in config.yaml names \(variable), which is not set.")
  }

  @Test func `never prints`() throws {
    let setting = ProviderSetting(
      key: .text(try KeyText("sk-very-secret")),
      headers: [HTTPHeader("X-Key", "sk-very-secret", isSecret: true)])
    var dumped = ""
    dump(setting, to: &dumped)
    #expect(!"\(setting)\(dumped)\(String(reflecting: setting))".contains("very"))
  }
}

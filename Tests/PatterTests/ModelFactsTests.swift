import Chat
import Providers
import Support
import Testing

@testable import Patter

@Suite struct `What is known of a model` {
  /// What the directory says, and the file of lists if there is one.
  private func facts(
    _ name: String, of provider: String, _ environment: [String: String], lists: String? = nil,
    windows: [ModelID: Int] = [:], mayRead: Bool = true
  ) throws -> ModelFacts {
    let home = try TestHome()
    if let lists { try home.write(lists, to: ".cache/patter/models.json") }
    let row = try #require(ProviderTable.standard[provider])
    let endpoint = try row.endpoint(environment: environment, setting: ProviderSetting())
    var configuration = Configuration()
    configuration.windows = windows
    var directory = ModelDirectory(
      .standard, environment: home.environment, configuration: configuration, userAgent: "test")
    return directory.facts(
      of: ModelID(provider: provider, name: name), at: endpoint, mayRead: mayRead)
  }

  private static let openRouter =
    #"{"version":1,"lists":[{"provider":"openrouter","address":"https://openrouter.ai/api/v1","#
    + #""listed":1763700000123,"models":[{"name":"a/b","window":32000,"input":0.5,"output":2,"#
    + #""cached":0.1}]}]}"#

  private static let ollama =
    #"{"version":1,"lists":[{"provider":"ollama","address":"http://127.0.0.1:11434","#
    + #""listed":1763700000123,"models":[{"name":"llama3.2","window":8192,"input":1,"output":2}]}]}"#

  private static let openAIKey = ["OPENAI_API_KEY": "sk-none"]
  private static let routerKey = ["OPENROUTER_API_KEY": "sk-none"]

  @Test func `is what our table says at the provider's own address`() throws {
    let known = ModelFacts(
      price: Price(input: 1.25, output: 10, cachedInput: 0.125), windowTokens: 400_000)
    #expect(try facts("gpt-5", of: "openai", Self.openAIKey) == known)
    #expect(try facts("gpt-5-2025-08-07", of: "openai", Self.openAIKey) == known)
    #expect(try facts("gpt-5", of: "openai-responses", Self.openAIKey) == known)
    #expect(try facts("gpt-unheard-of", of: "openai", Self.openAIKey) == ModelFacts())
  }

  @Test func `is not what our table says where somebody else answers`() throws {
    let variables = ["OPENAI_API_KEY": "sk-none", "OPENAI_BASE_URL": "https://example.org/v1"]
    #expect(try facts("gpt-5", of: "openai", variables) == ModelFacts())
  }

  @Test func `is what the server told when it was asked for its models`() throws {
    let told = ModelFacts(
      price: Price(input: 0.5, output: 2, cachedInput: 0.1), windowTokens: 32_000)
    #expect(try facts("a/b", of: "openrouter", Self.routerKey, lists: Self.openRouter) == told)
    #expect(
      try facts("a/c", of: "openrouter", Self.routerKey, lists: Self.openRouter) == ModelFacts())
    #expect(try facts("a/b", of: "openrouter", Self.routerKey) == ModelFacts())
  }

  @Test func `is the window that the user configured before all others`() throws {
    let windows = [
      ModelID(provider: "openai", name: "gpt-5"): 9_000,
      ModelID(provider: "openrouter", name: "a/b"): 8_000,
    ]
    #expect(
      try facts("gpt-5", of: "openai", Self.openAIKey, windows: windows).windowTokens == 9_000)
    #expect(
      try facts(
        "a/b", of: "openrouter", Self.routerKey, lists: Self.openRouter, windows: windows)
        == ModelFacts(
          price: Price(input: 0.5, output: 2, cachedInput: 0.1), windowTokens: 8_000))
  }

  @Test func `is not looked for in the file while a key could be waiting for that`() throws {
    #expect(
      try facts(
        "a/b", of: "openrouter", Self.routerKey, lists: Self.openRouter, mayRead: false)
        == ModelFacts())
  }

  @Test func `has no price on this machine`() throws {
    #expect(try facts("llama3.2", of: "ollama", [:]) == ModelFacts())
    #expect(
      try facts("llama3.2", of: "ollama", [:], lists: Self.ollama)
        == ModelFacts(windowTokens: 8_192))
  }

  @Test func `is what the user configured of one that no server has`() throws {
    let model = ModelID(provider: "command", name: "echo")
    let home = try TestHome()
    var configuration = Configuration()
    configuration.windows = [model: 4_096]
    var directory = ModelDirectory(
      .standard, environment: home.environment, configuration: configuration, userAgent: "test")
    #expect(
      directory.facts(of: model, at: nil, mayRead: true) == ModelFacts(windowTokens: 4_096))
  }
}

import Chat
import Providers
import Support
import Testing

@testable import Patter

@Suite struct `The price of a model` {
  /// What the directory says, and the file of lists if there is one.
  private func price(
    _ name: String, of provider: String, _ environment: [String: String], lists: String? = nil,
    mayRead: Bool = true
  ) throws -> Price? {
    let home = try TestHome()
    if let lists { try home.write(lists, to: ".cache/patter/models.json") }
    let row = try #require(ProviderTable.standard[provider])
    let endpoint = try row.endpoint(environment: environment, setting: ProviderSetting())
    var directory = ModelDirectory(
      .standard, environment: home.environment, configuration: Configuration(), userAgent: "test")
    return directory.price(
      of: ModelID(provider: provider, name: name), at: endpoint, mayRead: mayRead)
  }

  private static let openRouter =
    #"{"version":1,"lists":[{"provider":"openrouter","address":"https://openrouter.ai/api/v1","#
    + #""listed":1763700000123,"models":[{"name":"a/b","input":0.5,"output":2,"cached":0.1}]}]}"#

  @Test func `is that of our table at the provider's own address`() throws {
    let key = ["OPENAI_API_KEY": "sk-none"]
    let price = Price(input: 1.25, output: 10, cachedInput: 0.125)
    #expect(try self.price("gpt-5", of: "openai", key) == price)
    #expect(try self.price("gpt-5-2025-08-07", of: "openai", key) == price)
    #expect(try self.price("gpt-5", of: "openai-responses", key) == price)
    #expect(try self.price("gpt-unheard-of", of: "openai", key) == nil)
  }

  @Test func `is not that of our table where somebody else answers`() throws {
    let variables = ["OPENAI_API_KEY": "sk-none", "OPENAI_BASE_URL": "https://example.org/v1"]
    #expect(try price("gpt-5", of: "openai", variables) == nil)
  }

  @Test func `is what the server told when it was asked for its models`() throws {
    let key = ["OPENROUTER_API_KEY": "sk-none"]
    let price = Price(input: 0.5, output: 2, cachedInput: 0.1)
    #expect(try self.price("a/b", of: "openrouter", key, lists: Self.openRouter) == price)
    #expect(try self.price("a/c", of: "openrouter", key, lists: Self.openRouter) == nil)
    #expect(try self.price("a/b", of: "openrouter", key) == nil)
  }

  @Test func `is not looked for in the file while a key could be waiting for that`() throws {
    let key = ["OPENROUTER_API_KEY": "sk-none"]
    #expect(
      try price("a/b", of: "openrouter", key, lists: Self.openRouter, mayRead: false) == nil)
  }

  @Test func `is none on this machine`() throws {
    #expect(try price("llama3.2", of: "ollama", [:]) == nil)
  }
}

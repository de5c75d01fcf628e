import Testing
import Wire

@testable import Providers

struct `Endpoints from the environment` {
  private func configured(
    _ id: String, _ environment: [String: String]
  ) throws -> Result<Endpoint, EndpointError> {
    let row = try #require(ProviderTable.standard[id])
    do throws(EndpointError) {
      return .success(try row.endpoint(environment: environment))
    } catch {
      return .failure(error)
    }
  }

  @Test func `OpenAI takes key, organization and project`() throws {
    let endpoint = try configured(
      "openai",
      ["OPENAI_API_KEY": " sk-1\n", "OPENAI_ORG_ID": "org", "OPENAI_PROJECT_ID": "proj"]
    ).get()
    #expect(endpoint.baseURL == "https://api.openai.com/v1")
    #expect(endpoint.authority == "api.openai.com:443")
    #expect(endpoint.key == Secret("sk-1"))
    #expect(
      endpoint.headers == [
        HTTPHeader("OpenAI-Organization", "org"), HTTPHeader("OpenAI-Project", "proj"),
      ])
    #expect(endpoint.modelRule == .named(ProviderTable.openAIModel))
  }

  @Test func `OpenAI itself is not asked without a key`() throws {
    for environment in [[:], ["OPENAI_API_KEY": "  "]] {
      let error = EndpointError.missingKey(provider: "OpenAI", variable: "OPENAI_API_KEY")
      #expect(try configured("openai", environment) == .failure(error))
    }
    #expect(
      EndpointError.missingKey(provider: "OpenAI", variable: "OPENAI_API_KEY").message
        == "OpenAI needs a key. Set OPENAI_API_KEY.")
  }

  @Test(arguments: [
    ("http://localhost:8080/v1/", "http://localhost:8080/v1", "localhost:8080"),
    ("http://localhost:8080", "http://localhost:8080", "localhost:8080"),
    (" HTTPS://Example.COM:443/api// ", "https://example.com/api", "example.com:443"),
    ("http://[::1]:9000/v1", "http://[::1]:9000/v1", "[::1]:9000"),
  ])
  func `another base URL stands as given and needs no key`(
    _ written: String, _ url: String, _ authority: String
  ) throws {
    let endpoint = try configured("openai", ["OPENAI_BASE_URL": written]).get()
    #expect(endpoint.baseURL == url)
    #expect(endpoint.authority == authority)
    #expect(endpoint.key == nil)
    #expect(endpoint.modelRule == .firstListed)
  }

  @Test(arguments: [
    ("localhost:8080/v1", "OPENAI_BASE_URL must begin with http:// or https://."),
    ("ftp://a", "OPENAI_BASE_URL must begin with http:// or https://."),
    ("http://", "OPENAI_BASE_URL must name a host after http:// or https://."),
    ("http://a b/", "OPENAI_BASE_URL must name a host after http:// or https://."),
    ("http://a:99999", "OPENAI_BASE_URL must have a port from 1 to 65535."),
    ("http://a:0", "OPENAI_BASE_URL must have a port from 1 to 65535."),
    ("http://a/v1?key=secret", "OPENAI_BASE_URL must not hold ? or #."),
    ("http://me:secret@a/v1", "OPENAI_BASE_URL must not hold a name and password."),
    ("http://a/v 1", "OPENAI_BASE_URL must not hold blanks."),
  ])
  func `a base URL that is none is explained without being repeated`(
    _ written: String, _ message: String
  ) throws {
    guard case .failure(let error) = try configured("openai", ["OPENAI_BASE_URL": written]) else {
      Issue.record("\(written) was taken")
      return
    }
    #expect(error.message == message)
  }

  @Test(arguments: [
    ("", "http://127.0.0.1:11434"),
    ("1.2.3.4", "http://1.2.3.4:11434"),
    (":1234", "http://127.0.0.1:1234"),
    ("1.2.3.4:1234", "http://1.2.3.4:1234"),
    ("1.2.3.4:", "http://1.2.3.4:11434"),
    ("example.com", "http://example.com:11434"),
    ("example.com:1234", "http://example.com:1234"),
    (":0", "http://127.0.0.1:11434"),
    (":66000", "http://127.0.0.1:11434"),
    (":-1", "http://127.0.0.1:11434"),
    ("a:http", "http://a:11434"),
    ("[::1]", "http://[::1]:11434"),
    ("[::]", "http://[::1]:11434"),
    ("::1", "http://[::1]:11434"),
    ("[::1]:1337", "http://[::1]:1337"),
    (" 1.2.3.4 ", "http://1.2.3.4:11434"),
    ("\"1.2.3.4\"", "http://1.2.3.4:11434"),
    (" \" 1.2.3.4 \" ", "http://1.2.3.4:11434"),
    ("'1.2.3.4'", "http://1.2.3.4:11434"),
    ("http://1.2.3.4", "http://1.2.3.4"),
    ("http://1.2.3.4:4321", "http://1.2.3.4:4321"),
    ("https://1.2.3.4", "https://1.2.3.4"),
    ("https://1.2.3.4:4321", "https://1.2.3.4:4321"),
    ("https://example.com/ollama", "https://example.com/ollama"),
    ("example.com/ollama/", "http://example.com:11434/ollama"),
    ("ollama.com", "https://ollama.com"),
    ("0.0.0.0", "http://127.0.0.1:11434"),
    ("0.0.0.0:8000", "http://127.0.0.1:8000"),
    ("http://0.0.0.0", "http://127.0.0.1"),
  ])
  func `OLLAMA_HOST is read as Ollama reads it and then called`(
    _ written: String, _ url: String
  ) throws {
    #expect(try configured("ollama", ["OLLAMA_HOST": written]).get().baseURL == url)
  }

  @Test(arguments: ["ftp://a", "a b", "https://me:pw@a"])
  func `OLLAMA_HOST that names no server is an error`(_ written: String) throws {
    guard case .failure(let error) = try configured("ollama", ["OLLAMA_HOST": written]) else {
      Issue.record("\(written) was taken")
      return
    }
    #expect(error.message.hasPrefix("OLLAMA_HOST must "))
    #expect(!error.message.contains("pw"))
  }

  @Test func `only what names a provider configures it`() throws {
    let ollama = try #require(ProviderTable.standard["ollama"])
    #expect(!ollama.isConfigured(environment: ["OPENAI_API_KEY": "k", "OLLAMA_HOST": " "]))
    #expect(ollama.isConfigured(environment: ["OLLAMA_HOST": "a"]))
    #expect(ollama.isConfigured(environment: ["OLLAMA_API_KEY": "k"]))
  }

  @Test func `the guide has no endpoint`() throws {
    #expect(try configured("guide", [:]) == .failure(.noServer(provider: "Guide")))
  }

  @Test(arguments: [
    ("http://127.9.9.9:1", true), ("http://localhost", true), ("http://[::1]", true),
    ("http://127.example.com", false), ("http://128.0.0.1", false), ("http://127.0.0", false),
  ])
  func `this machine is told from others`(_ url: String, _ isLoopback: Bool) throws {
    #expect(try endpoint("openai", at: url).isLoopback == isLoopback)
  }

  @Test func `models that cannot chat are chosen last`() throws {
    let endpoint = try endpoint("ollama")
    #expect(endpoint.chosenModel(among: ["nomic-embed-text", "BGE-M3", "qwen3"]) == "qwen3")
    #expect(endpoint.chosenModel(among: ["nomic-embed-text"]) == "nomic-embed-text")
    #expect(endpoint.chosenModel(among: []) == nil)
  }
}

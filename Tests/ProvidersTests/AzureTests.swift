// Azure has its models under names and at addresses of their owner's, and keys in a header of its own.

import Chat
import Testing
import Wire

@testable import Providers

struct Azure {
  private func endpoint(_ environment: [String: String]) throws -> Endpoint {
    try #require(ProviderTable.standard["azure"]).endpoint(environment: environment)
  }

  private func request(
    _ environment: [String: String], model: String = "azure/gpt 5/é"
  ) throws -> HTTPRequest {
    try endpoint(environment).chatRequest(outgoing(model), userAgent: agent)
  }

  private let resource = "https://r.openai.azure.com"

  @Test func `with a version the deployment is part of the path`() throws {
    let request = try request([
      "AZURE_OPENAI_ENDPOINT": resource, "AZURE_OPENAI_API_KEY": "k-1",
      "OPENAI_API_VERSION": "2024-10-21",
    ])
    #expect(
      request.url == "\(resource)/openai/deployments/gpt%205%2F%C3%A9/chat/completions"
        + "?api-version=2024-10-21")
    #expect(request.headers.contains(HTTPHeader("api-key", "k-1", isSecret: true)))
    #expect(!request.headers.contains { $0.name == "Authorization" })
  }

  @Test func `a version cannot smuggle in another question`() throws {
    let request = try request([
      "AZURE_OPENAI_ENDPOINT": resource, "AZURE_OPENAI_API_KEY": "k",
      "OPENAI_API_VERSION": "1&x=2#\r\nY",
    ])
    #expect(request.url.hasSuffix("?api-version=1%26x%3D2%23Y"))
  }

  @Test(arguments: ["", "/", "/openai", "/openai/", "/openai/v1", "/OpenAI/V1/"])
  func `without a version the newer path is asked, however the endpoint is written`(
    ending: String
  ) throws {
    let request = try request(
      ["AZURE_OPENAI_ENDPOINT": resource + ending, "AZURE_OPENAI_API_KEY": "k"])
    #expect(request.url == "\(resource)/openai/v1/chat/completions")
    let endpoint = try endpoint(
      ["AZURE_OPENAI_ENDPOINT": resource + ending, "AZURE_OPENAI_API_KEY": "k"])
    #expect(endpoint.modelsRequest(userAgent: agent).url == "\(resource)/openai/v1/models")
  }

  @Test func `a gateway's path in front is kept`() throws {
    let request = try request(
      ["AZURE_OPENAI_ENDPOINT": "https://gate.test/azure/openai", "AZURE_OPENAI_API_KEY": "k"])
    #expect(request.url == "https://gate.test/azure/openai/v1/chat/completions")
  }

  @Test func `a token goes as a bearer where there is no key`() throws {
    let token = try request(
      ["AZURE_OPENAI_ENDPOINT": resource, "AZURE_OPENAI_AD_TOKEN": "t-1"])
    #expect(token.headers.contains(HTTPHeader("Authorization", "Bearer t-1", isSecret: true)))
    #expect(!token.headers.contains { $0.name == "api-key" })
    let both = try request([
      "AZURE_OPENAI_ENDPOINT": resource, "AZURE_OPENAI_AD_TOKEN": "t-1",
      "AZURE_OPENAI_API_KEY": "k-1",
    ])
    #expect(both.headers.contains(HTTPHeader("api-key", "k-1", isSecret: true)))
    #expect(!both.headers.contains { $0.name == "Authorization" })
  }

  @Test func `a key of the configuration goes where a key goes, at Azure and at its like`() throws {
    let row = try #require(ProviderTable.standard["azure"])
    let setting = ProviderSetting(baseURL: resource, key: .text(try KeyText("k-1")), headers: [])
    let azure = try row.endpoint(environment: [:], setting: setting)
    let namesake = try #require(try row.namesake("mine", at: "https://gate.test/openai"))
    let mine = try namesake.endpoint(
      environment: [:],
      setting: ProviderSetting(
        baseURL: nil, key: .text(try KeyText("k-1")), headers: []))
    for endpoint in [azure, mine] {
      let request = try endpoint.chatRequest(outgoing("x/m"), userAgent: agent)
      #expect(request.headers.contains(HTTPHeader("api-key", "k-1", isSecret: true)))
      #expect(request.url == "\(endpoint.baseURL)/openai/v1/chat/completions")
    }
  }

  @Test func `a namesake of OpenAI is asked as most servers are`() throws {
    let row = try #require(ProviderTable.standard["openai"])
    let namesake = try #require(try row.namesake("mine", at: "https://gate.test/v1"))
    #expect(try namesake.endpoint().chatTraits == ChatTraits())
    let mistral = try #require(ProviderTable.standard["mistral"])
    let other = try #require(try mistral.namesake("eu", at: "https://eu.test/v1"))
    #expect(try other.endpoint().chatTraits == mistral.server?.traits)
  }

  @Test func `without an address or a key it is said what to set`() throws {
    let noAddress = #expect(throws: EndpointError.self) {
      try endpoint(["AZURE_OPENAI_API_KEY": "k"])
    }
    #expect(
      noAddress?.message == "Azure answers at an address of your own. Set AZURE_OPENAI_ENDPOINT.")
    let noKey = #expect(throws: EndpointError.self) {
      try endpoint(["AZURE_OPENAI_ENDPOINT": resource])
    }
    #expect(noKey?.message == "Azure needs a key. Set AZURE_OPENAI_API_KEY.")
    let noURL = #expect(throws: EndpointError.self) {
      try endpoint(["AZURE_OPENAI_ENDPOINT": "r.openai.azure.com", "AZURE_OPENAI_API_KEY": "k"])
    }
    #expect(noURL?.message == "AZURE_OPENAI_ENDPOINT must begin with http:// or https://.")
  }

  @Test func `the version alone configures nothing`() throws {
    let row = try #require(ProviderTable.standard["azure"])
    #expect(!row.isConfigured(environment: ["OPENAI_API_VERSION": "1"]))
    #expect(row.isConfigured(environment: ["AZURE_OPENAI_AD_TOKEN": "t"]))
  }

  @Test func `no model is guessed: it is said how to name one`() throws {
    let environment = ["AZURE_OPENAI_ENDPOINT": resource, "AZURE_OPENAI_API_KEY": "k"]
    var finder = ModelFinder(
      .standard, environment: environment, wanted: nil, userAgent: agent)
    let output = finder.findAny(at: time(0))
    #expect(output.effects == [])
    #expect(
      output.finding
        == .missing(
          "Azure knows its models by the names you gave them. Choose one with /model azure/NAME."))
    guard
      case .found(let route, place: "Azure at r.openai.azure.com") =
        finder.find(named: "azure/mine").finding
    else {
      Issue.record("not found")
      return
    }
    #expect(route.models == [ModelID(provider: "azure", name: "mine")])
  }
}

struct `The services with a key` {
  @Test(arguments: ProviderTable.chatServices.filter { $0.server?.baseURL != nil })
  func `are reached at their own address with their key alone`(row: Provider) throws {
    let server = try #require(row.server)
    let variable = try #require(server.variables.key)
    let request = try row.endpoint(environment: [variable: "k-own"])
      .chatRequest(outgoing("\(row.id)/m"), userAgent: agent)
    #expect(request.url == "\(try #require(server.baseURL))/chat/completions")
    #expect(request.headers.contains(HTTPHeader("Authorization", "Bearer k-own", isSecret: true)))
    #expect(request.headers.count == 5)
    #expect(throws: EndpointError.missingKey(provider: row.name, variable: variable)) {
      try row.endpoint(environment: [:])
    }
  }

  @Test func `answer in the order of the table, before what runs on this machine`() throws {
    let everything = [
      "CEREBRAS_API_KEY": "k", "MISTRAL_API_KEY": "k", "PERPLEXITY_API_KEY": "k",
      "OLLAMA_HOST": "x",
    ]
    var finder = ModelFinder(.standard, environment: everything, wanted: nil, userAgent: agent)
    guard case .found(let route, _) = finder.findAny(at: time(0)).finding else {
      Issue.record("not found")
      return
    }
    #expect(route.name == "mistral/mistral-small-latest")
  }

  @Test func `are not taken by what they list beside models that chat`() throws {
    let groq = try endpoint("groq", key: "k")
    let listed = ["whisper-large-v3", "playai-tts", "llama-guard-4-12b", "openai/gpt-oss-120b"]
    #expect(groq.chosenModel(among: listed) == "openai/gpt-oss-120b")
  }
}

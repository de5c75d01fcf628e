// Sentences name the place that gave an address or a key, and no other.

import Chat
import Testing
import Wire

@testable import Providers

struct `Where an address and a key come from` {
  private func endpoint(
    _ id: String, _ environment: [String: String], _ setting: ProviderSetting = ProviderSetting()
  ) throws -> Endpoint {
    try #require(ProviderTable.standard[id]).endpoint(environment: environment, setting: setting)
  }

  private func sentence(_ endpoint: Endpoint, _ kind: TransferFailure.Kind) -> String {
    FailureWording(endpoint: endpoint, model: "m")
      .beforeResponse(TransferFailure(kind), connectLimitMilliseconds: 10_000).message
  }

  @Test(
    arguments: [
      ("openai", "OPENAI_BASE_URL", nil, "Check OPENAI_BASE_URL."),
      ("openai", nil, "https://a.test/v1", "Check providers.openai.baseURL in config.yaml."),
      // The variable goes before the configuration.
      ("openai", "OPENAI_BASE_URL", "https://a.test/v1", "Check OPENAI_BASE_URL."),
      ("openai", nil, nil, "Check what stands between."),
      ("anthropic", "ANTHROPIC_BASE_URL", nil, "Check ANTHROPIC_BASE_URL."),
      ("anthropic", nil, "https://a.test", "Check providers.anthropic.baseURL in config.yaml."),
      ("gemini", nil, "https://a.test", "Check providers.gemini.baseURL in config.yaml."),
      ("azure", "AZURE_OPENAI_ENDPOINT", nil, "Check AZURE_OPENAI_ENDPOINT."),
      ("ollama", "OLLAMA_HOST", nil, "Check OLLAMA_HOST."),
      ("ollama", nil, "a.test:1", "Check providers.ollama.baseURL in config.yaml."),
      ("ollama", nil, nil, "Check the server at this address."),
      // Where no variable could have given it.
      ("lmstudio", nil, "http://a.test:1", "Check providers.lmstudio.baseURL in config.yaml."),
      ("lmstudio", nil, nil, "Check the server at this address."),
    ] as [(String, String?, String?, String)])
  func `is what an error names`(
    id: String, variable: String?, written: String?, advice: String
  ) throws {
    var environment = ["OPENAI_API_KEY": "k-1", "AZURE_OPENAI_API_KEY": "k-1"]
    if let variable { environment[variable] = "https://b.test" }
    let endpoint = try endpoint(id, environment, ProviderSetting(baseURL: written))
    #expect(sentence(endpoint, .notHTTP).hasSuffix(" does not answer in HTTP. \(advice)"))
  }

  @Test func `is named where nobody is found, or nobody listens`() throws {
    let written = try endpoint("ollama", [:], ProviderSetting(baseURL: "http://a.test:1"))
    let place = "providers.ollama.baseURL in config.yaml."
    #expect(sentence(written, .nameNotFound).hasSuffix("Check the network and \(place)"))
    #expect(
      sentence(written, .connectionRefused).hasSuffix(
        "Start it with `ollama serve`, or check \(place)"))
    #expect(
      sentence(try endpoint("openai", ["OPENAI_API_KEY": "k"]), .connectionRefused).hasSuffix(
        "nothing listens there. Check the network."))
  }

  @Test func `is the configuration for a provider of one's own, unless it is only tried`() throws {
    let row = try #require(ProviderTable.standard["openai"])
    let own = try #require(try row.namesake("work", at: "https://a.test/v1"))
    var endpoint = try own.endpoint(environment: ["OPENAI_BASE_URL": "https://b.test"])
    #expect(
      sentence(endpoint, .notHTTP).hasSuffix("Check providers.work.baseURL in config.yaml."))
    endpoint.isTried = true
    #expect(sentence(endpoint, .notHTTP).hasSuffix("Check the address."))
  }

  @Test func `is named where the address is none`() throws {
    let error = #expect(throws: EndpointError.self) {
      try endpoint("openai", [:], ProviderSetting(baseURL: "ftp://planted"))
    }
    #expect(
      error?.message
        == "providers.openai.baseURL in config.yaml must begin with http:// or https://.")
  }

  @Test(
    arguments: [
      (["GEMINI_API_KEY": "k"], nil, "Check GEMINI_API_KEY."),
      ([:], "literal", "Check the apiKey of gemini in config.yaml."),
      (["MINE": "k"], "${MINE}", "Check the apiKey ${MINE} of gemini in config.yaml."),
    ] as [([String: String], String?, String)])
  func `is named where a key is not accepted`(
    environment: [String: String], written: String?, advice: String
  ) throws {
    let key = try written.map { KeySource.text(try KeyText($0)) }
    let endpoint = try endpoint("gemini", environment, ProviderSetting(key: key))
    let failure = FailureWording(endpoint: endpoint, model: "m")
      .response(HTTPResponseHead(status: 401, headers: []), body: [], at: time(0))
    #expect(failure.message.hasSuffix("does not accept the key (401). \(advice)"))
  }

  @Test func `is a file where the key stands in one`() throws {
    let text = try #require(KeyText(literally: "k"))
    let endpoint = try endpoint("openai", [:], ProviderSetting(key: .text(text)))
    #expect(endpoint.keyName == "the apiKeyFile of openai in config.yaml")
  }
}

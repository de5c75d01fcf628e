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

struct `Which key goes where` {
  private func sentence(
    _ id: String, _ environment: [String: String], baseURL: String?, key: KeySource? = nil
  ) throws -> String? {
    try #require(ProviderTable.standard[id]).endpoint(
      environment: environment, setting: ProviderSetting(baseURL: baseURL, key: key)
    ).keySentence
  }

  @Test(
    arguments: [
      ("openai", nil, "OPENAI_API_KEY goes to api.openai.com."),
      ("openai", "https://gate.test/v1", "OPENAI_API_KEY goes to gate.test."),
      (
        "openai", "http://gate.test/v1",
        "OPENAI_API_KEY goes to gate.test over plain http: whoever is on the way can read it."
      ),
      ("openai", "http://10.0.0.1:8000/v1", "OPENAI_API_KEY goes to 10.0.0.1:8000."),
      ("openai", "http://localhost:8000/v1", "OPENAI_API_KEY goes to localhost:8000."),
      ("ollama", nil, nil),
      (
        "ollama", "http://gate.test",
        "What is asked goes to gate.test over plain http: whoever is on the way can read it."
      ),
    ] as [(String, String?, String?)])
  func `is said by the variable's name`(id: String, baseURL: String?, words: String?) throws {
    let said = try sentence(id, ["OPENAI_API_KEY": "k-planted"], baseURL: baseURL)
    #expect(said == words)
  }

  @Test func `is said by its member, where the configuration has it`() throws {
    let gate = "https://gate.test"
    #expect(
      try sentence("openai", [:], baseURL: gate, key: .command(["echo", "k-planted"]))
        == "The key of openai (apiKeyCommand) goes to gate.test.")
    #expect(
      try sentence("openai", [:], baseURL: gate, key: .text(KeyText("k-planted")))
        == "The key of openai (apiKey) goes to gate.test.")
  }

  @Test func `is said of headers, which may be one`() throws {
    func sentence(_ variables: [String: String]) throws -> String? {
      try #require(ProviderTable.standard["ollama"]).endpoint(
        environment: variables,
        setting: ProviderSetting(
          baseURL: "https://gate.test",
          headers: [HTTPHeader("Authorization", "k-planted", isSecret: true)])
      ).keySentence
    }
    #expect(try sentence([:]) == "The headers of ollama go to gate.test.")
    #expect(
      try sentence(["OLLAMA_API_KEY": "k-planted"])
        == "OLLAMA_API_KEY and the headers of ollama go to gate.test.")
    // They stay where they are meant for.
    #expect(try sentence(["OLLAMA_HOST": "https://other.test"]) == nil)
  }

  @Test(arguments: [
    ("http://10.1.2.3", false), ("http://172.16.0.1", false), ("http://172.32.0.1", true),
    ("http://192.168.1.1", false), ("http://169.254.1.1", false), ("http://100.64.0.1", false),
    ("http://100.128.0.1", true), ("http://8.8.8.8", true), ("http://012.1.2.3", true),
    ("http://[fd00::1]", false), ("http://[fe80::1]", false), ("http://[2001:db8::1]", true),
    ("http://[::1]", false), ("http://nas", false), ("http://nas.local", false),
    ("http://nas.lan", false), ("http://a.internal", false), ("http://a.localhost", false),
    ("http://local.example.org", true), ("http://10.example.org", true),
    ("https://8.8.8.8", false),
  ])
  func `can be read on its way, or stays at home`(address: String, isInTheClear: Bool) throws {
    #expect(try endpoint("openai", at: address).isInTheClear == isInTheClear)
  }
}

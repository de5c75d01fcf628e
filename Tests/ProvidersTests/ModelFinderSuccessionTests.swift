// Other settings while the program runs: what a finder makes of what the one before it had found.

import Chat
import Testing
import Wire

@testable import Providers

private func finder(
  _ environment: [String: String], settings: [String: ProviderSetting] = [:],
  routes: [String: Route] = [:], commands: [String: CommandProvider] = [:]
) -> ModelFinder {
  ModelFinder(
    .standard, environment: environment, settings: settings, wanted: nil, routes: routes,
    commands: commands, userAgent: agent)
}

private func model(_ provider: String) -> ModelID { ModelID(provider: provider, name: "m") }

/// Where a model is asked, or why it cannot be.
private func place(of model: ModelID, in finder: ModelFinder) -> String? {
  switch finder.source(of: model) {
  case .server(let endpoint): endpoint.serverName
  case .command(let program): "\(program)"
  case .guide: "guide"
  case .unavailable(let failure): failure.message
  case nil: nil
  }
}

struct `A finder that succeeds another` {
  @Test func `a model that is in use is asked where it is now`() {
    var old = finder(
      ["PATTER_DISCOVER": "0"], settings: ["ollama": ProviderSetting(baseURL: "http://old:1")])
    _ = old.find(named: "ollama/m")
    var new = finder(
      ["PATTER_DISCOVER": "0"], settings: ["ollama": ProviderSetting(baseURL: "http://new:2")])
    #expect(new.source(of: model("ollama")) == nil)
    #expect(new.succeed(old) == [])
    #expect(place(of: model("ollama"), in: new) == "new:2")
  }

  @Test func `tells where routes run now that the other one found`() throws {
    let pair = try #require(Route("pair", .pool, [model("ollama"), model("mine")]))
    var old = finder(
      ["PATTER_DISCOVER": "0"], settings: ["ollama": ProviderSetting(baseURL: "http://old:1")],
      routes: ["pair": pair], commands: ["mine": CommandProvider(["cat"])])
    _ = old.find(named: "pair")
    #expect(old.place(of: Route(model("ollama"))) == "Ollama at old:1")
    #expect(old.place(of: Route(model("mine"))) == "a program of this machine")
    var new = finder(
      ["PATTER_DISCOVER": "0"], settings: ["ollama": ProviderSetting(baseURL: "http://new:2")])
    _ = new.succeed(old)
    #expect(new.place(of: Route(model("ollama"))) == "Ollama at new:2")
    #expect(new.place(of: Route(model("mine"))) == nil)
    #expect(new.place(of: pair) == "ollama/m and mine/m")
    #expect(new.place(of: Route(model("openai"))) == nil)
    #expect(new.place(of: Route(ModelFinder.guide)) == "built in, no model")
  }

  @Test func `a provider that is gone fails with the reason, until it is there again`() {
    let cat = CommandProvider(["cat"], input: .prompt)
    var old = finder(["PATTER_DISCOVER": "0"], commands: ["mine": cat])
    _ = old.find(named: "mine/m")
    var new = finder(["PATTER_DISCOVER": "0"])
    _ = new.succeed(old)
    #expect(place(of: model("mine"), in: new) == "There is no provider “mine”.")
    // Whoever comes after that knows that it was found once.
    var third = finder(["PATTER_DISCOVER": "0"])
    _ = third.succeed(new)
    #expect(place(of: model("mine"), in: third) == "There is no provider “mine”.")
    var last = finder(["PATTER_DISCOVER": "0"], commands: ["mine": cat])
    _ = last.succeed(third)
    #expect(last.source(of: model("mine")) == .command(cat))
  }

  @Test func `a provider whose key is gone fails with the reason`() {
    var old = finder(["OPENAI_API_KEY": "sk-test"])
    _ = old.find(named: "openai/m")
    var new = finder(["PATTER_DISCOVER": "0"])
    _ = new.succeed(old)
    #expect(place(of: model("openai"), in: new) == "OpenAI needs a key. Set OPENAI_API_KEY.")
  }

  @Test func `one of a chain that could not be asked can be once its key is there`() throws {
    let chain = try #require(Route("both", .chain, [model("openai"), model("ollama")]))
    var old = finder(["PATTER_DISCOVER": "0"], routes: ["both": chain])
    _ = old.find(named: "both")
    #expect(place(of: model("openai"), in: old) == "OpenAI needs a key. Set OPENAI_API_KEY.")
    var new = finder(["OPENAI_API_KEY": "sk-test"], routes: ["both": chain])
    _ = new.succeed(old)
    #expect(place(of: model("openai"), in: new) == "api.openai.com")
  }

  @Test func `the look-up that was under way is closed, and its number is nobody's again`() {
    var old = finder(["OLLAMA_HOST": "127.0.0.1:9"])
    _ = old.findAny(at: time(0))
    #expect(old.isLooking)
    var new = finder(["OLLAMA_HOST": "127.0.0.1:10"])
    #expect(new.succeed(old) == [.close(.lookup(1))])
    #expect(!new.isLooking)
    guard case .open(let transfer, _)? = new.findAny(at: time(1)).effects.first else {
      Issue.record("nobody is asked")
      return
    }
    #expect(transfer == .lookup(2))
  }
}

import Chat
import Testing
import Wire

@testable import Providers

private let quiet = ["PATTER_DISCOVER": "0"]

private func finder(_ environment: [String: String], wanted: String? = nil) -> ModelFinder {
  ModelFinder(
    .standard, environment: environment, wanted: wanted, userAgent: agent)
}

private func found(_ finding: ModelFinder.Finding?) -> String? {
  if case .found(let route, let place) = finding { "\(route.name), \(place)" } else { nil }
}

/// The transfers that are opened and closed.
private func names(_ effects: [RegistryEffect]) -> [String] {
  effects.map { effect in
    switch effect {
    case .open(let id, let request): "open \(id) \(request.url)"
    case .close(let id): "close \(id)"
    case .spawn, .terminate, .kill: "a look-up has no program"
    }
  }
}

struct `Finding the model that answers` {
  @Test func `the guide answers where nothing is configured and nothing is looked for`() {
    var finder = finder(quiet)
    #expect(found(finder.findAny(at: time(0)).finding) == "guide/guide, built in, no model")
    #expect(finder.source(of: ModelFinder.guide) == .guide)
    #expect(finder.deadline == nil)
  }

  @Test func `a key for OpenAI names its model without a look-up`() {
    var finder = finder(["OPENAI_API_KEY": "sk-test"])
    let output = finder.findAny(at: time(0))
    #expect(output.effects == [])
    #expect(
      found(output.finding)
        == "openai/\(ProviderTable.openAIModel), OpenAI at api.openai.com")
  }

  @Test func `a server of one's own is asked for its models and the first one answers`() {
    var finder = finder(["OPENAI_BASE_URL": "http://127.0.0.1:9/v1", "OLLAMA_HOST": "x"])
    let output = finder.findAny(at: time(0))
    #expect(names(output.effects) == ["open lookup(1) http://127.0.0.1:9/v1/models"])
    #expect(output.finding == nil)
    for event in [head(200, "application/json"), bytes(#"{"data":[{"id":"m1"},{"id":"m2"}]}"#)] {
      #expect(finder.receive(event, from: .lookup(1), at: time(1)) == ModelFinder.Output())
    }
    let end = finder.receive(.ended(nil), from: .lookup(1), at: time(2))
    #expect(found(end.finding) == "openai/m1, at 127.0.0.1:9")
  }

  @Test func `a configured server that does not answer is said to be missing, and no other asked`()
  {
    var finder = finder(["OLLAMA_HOST": "127.0.0.1:9"])
    _ = finder.findAny(at: time(0))
    let end = finder.receive(
      .ended(TransferFailure(.connectionRefused)), from: .lookup(1), at: time(1))
    guard case .missing(let sentence) = end.finding else {
      Issue.record("\(String(describing: end.finding))")
      return
    }
    #expect(sentence.contains("127.0.0.1:9"))
  }

  @Test func `the command line goes before the environment`() {
    var finder = finder(["OPENAI_API_KEY": "sk-test"], wanted: "ollama/phi4")
    #expect(
      found(finder.findAny(at: time(0)).finding) == "ollama/phi4, Ollama at 127.0.0.1:11434")
  }

  @Test func `what the user names stays, whatever a look-up brings later`() {
    var finder = finder(["OLLAMA_HOST": "127.0.0.1:9"])
    _ = finder.findAny(at: time(0))
    let named = finder.find(named: "guide/guide")
    #expect(names(named.effects) == ["close lookup(1)"])
    #expect(found(named.finding) == "guide/guide, built in, no model")
    for event in [
      head(200, "application/json"), bytes(#"{"models":[{"name":"late"}]}"#), .ended(nil),
    ] {
      #expect(finder.receive(event, from: .lookup(1), at: time(1)) == ModelFinder.Output())
    }
    #expect(finder.advance(to: time(60_000)) == ModelFinder.Output())
  }

  @Test func `S29 a provider nobody knows is told apart before any socket is opened`() {
    let unknown = ModelFinder.Finding.unknownProvider(
      "olama", known: ProviderTable.standard.rows.map(\.id))
    var chosen = finder(quiet)
    #expect(chosen.find(named: "olama/phi4") == ModelFinder.Output(finding: unknown))
    #expect(chosen.source(of: ModelID(provider: "olama", name: "phi4")) == nil)
    var wanted = finder(["OPENAI_API_KEY": "sk-test"], wanted: "olama/phi4")
    #expect(wanted.findAny(at: time(0)) == ModelFinder.Output(finding: unknown))
    #expect(wanted.deadline == nil)
  }

  @Test func `models are found to race beside whoever answers, all of a pool among them`() throws {
    let pool = try #require(
      Route("fast", .pool, ["b", "c"].map { ModelID(provider: "ollama", name: $0) }))
    var finder = ModelFinder(
      .standard, environment: ["OLLAMA_HOST": "127.0.0.1:9"], wanted: nil, routes: ["fast": pool],
      userAgent: agent)
    _ = finder.findAny(at: time(0))
    let found = finder.find(racers: ["ollama/a", "fast"])
    let models = ["a", "b", "c"].map { ModelID(provider: "ollama", name: $0) }
    #expect(found == .found(models))
    for model in models { #expect(finder.source(of: model) != nil) }
    // The look-up for who answers goes on.
    #expect(finder.deadline != nil)
    guard case .refused(.unknownProvider("olama", _)) = finder.find(racers: ["fast", "olama/x"])
    else {
      Issue.record("a provider that nobody knows races")
      return
    }
  }

  @Test(arguments: ["nonsense", "guide/gpt-4", "openai/x"])
  func `what cannot be asked is refused and changes nothing`(name: String) {
    var finder = finder(quiet)
    _ = finder.findAny(at: time(0))
    let output = finder.find(named: name)
    guard case .refused(let sentence) = output.finding else {
      Issue.record("\(String(describing: output.finding))")
      return
    }
    #expect(!sentence.isEmpty)
    #expect(output.effects == [])
  }

  @Test func `discovery settles on the guide when its time is over, and closes what is open`() {
    var finder = finder([:])
    #expect(finder.findAny(at: time(0)).effects.count == 4)
    #expect(finder.deadline == time(Int64(Discovery.limitMilliseconds)))
    let output = finder.advance(to: time(Int64(Discovery.limitMilliseconds)))
    #expect(found(output.finding) == "guide/guide, built in, no model")
    #expect(output.effects.count == 4)
    #expect(finder.deadline == nil)
  }

  @Test func `a server that is found ends the look-ups of the others`() {
    var finder = finder([:])
    _ = finder.findAny(at: time(0))
    var last = ModelFinder.Output()
    for event in [
      head(200, "application/json"), bytes(#"{"models":[{"name":"phi4"}]}"#), .ended(nil),
    ] {
      last = finder.receive(event, from: .lookup(1), at: time(5))
    }
    #expect(found(last.finding) == "ollama/phi4, Ollama at 127.0.0.1:11434")
    #expect(names(last.effects) == ["close lookup(2)", "close lookup(3)", "close lookup(4)"])
  }
}

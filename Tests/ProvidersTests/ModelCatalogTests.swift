import Chat
import Testing
import Wire

@testable import Providers

private let hour: Int64 = 60 * 60 * 1000

struct `The catalog of models` {
  private var catalog = ModelCatalog(userAgent: agent)
  private let server: ModelSource

  init() throws {
    server = ModelSource(try endpoint("openai", at: "http://h:1/v1"))
  }

  /// Answers the look-up of this number, counted from 0.
  @discardableResult
  private mutating func answer(
    _ names: [String], to number: UInt64 = 0, at now: Instant = time(5)
  ) -> ModelCatalog.Output {
    let rows = names.map { #"{"id":"\#($0)"}"# }.joined(separator: ",")
    let events = [
      head(200, "application/json"), bytes(#"{"data":[\#(rows)]}"#), TransferEvent.ended(nil),
    ]
    return hear(number, events, at: now)
  }

  @discardableResult
  private mutating func refuse(
    _ number: UInt64 = 0, at now: Instant = time(5)
  ) -> ModelCatalog.Output {
    hear(number, [.ended(TransferFailure(.connectionRefused))], at: now)
  }

  private mutating func hear(
    _ number: UInt64, _ events: [TransferEvent], at now: Instant
  ) -> ModelCatalog.Output {
    events.reduce(into: ModelCatalog.Output()) { output, event in
      let transfer = TransferID.lookup(ModelCatalog.firstNumber + number)
      let step = catalog.receive(event, from: transfer, at: now)
      output.effects += step.effects
      output.settled += step.settled
    }
  }

  private var names: [String] { catalog[server].models.map(\.name) }

  @Test mutating func `asks for a list that it does not know, once`() {
    #expect(catalog[server].models == [])
    #expect(catalog.wants(server, at: time(0)).count == 1)
    #expect(catalog.wants(server, at: time(1)) == [])
    #expect(catalog.refresh(server, at: time(1)) == [])
    #expect(catalog[server].isLooking)
    #expect(answer(["a", "b"]).settled == [server])
    #expect(names == ["a", "b"])
    #expect(!catalog[server].isLooking)
    #expect(catalog[server].listedMilliseconds == time(5).unixMilliseconds)
  }

  @Test mutating func `asks again when the list is an hour old, and shows it meanwhile`() {
    _ = catalog.wants(server, at: time(0))
    answer(["old"], at: time(0))
    #expect(catalog.wants(server, at: time(hour - 1)) == [])
    #expect(catalog.wants(server, at: time(hour)).count == 1)
    #expect(names == ["old"])
    answer(["new"], to: 1)
    #expect(names == ["new"])
  }

  @Test mutating func `asks again for a list from the future`() {
    _ = catalog.wants(server, at: time(hour))
    answer(["a"], at: time(hour))
    #expect(catalog.wants(server, at: time(0)).count == 1)
  }

  @Test mutating func `asks at once where that is wanted`() {
    _ = catalog.wants(server, at: time(0))
    answer(["a"], at: time(0))
    #expect(catalog.refresh(server, at: time(1)).count == 1)
  }

  @Test mutating func `keeps the old list beside the sentence of a failure`() {
    _ = catalog.wants(server, at: time(0))
    answer(["old"], at: time(0))
    _ = catalog.wants(server, at: time(hour))
    #expect(refuse(1).settled == [server])
    #expect(names == ["old"])
    #expect(catalog[server].failure?.contains("h:1 does not answer") == true)
    _ = catalog.wants(server, at: time(hour + 1))
    #expect(catalog[server].failure == nil)
  }

  @Test
  mutating func `says nothing of a guess that is wrong, and waits no longer than a second for it`()
    throws
  {
    let guess = ModelSource(try endpoint("vllm"), isGuess: true)
    guard case .open(_, let request)? = catalog.wants(guess, at: time(0)).first else {
      Issue.record("nobody is asked")
      return
    }
    #expect(request.connectTimeoutMilliseconds == 1_000)
    refuse()
    #expect(catalog[guess].failure == nil)
    _ = catalog.wants(guess, at: time(1))
    _ = hear(1, [head(500, "text/plain"), .ended(nil)], at: time(1))
    #expect(catalog[guess].failure != nil)
  }

  @Test mutating func `does not show what another server told`() throws {
    _ = catalog.wants(server, at: time(0))
    answer(["a"])
    let other = ModelSource(try endpoint("openai", at: "http://h:2/v1"))
    #expect(catalog[other].models == [])
    #expect(catalog.wants(other, at: time(6)).count == 1)
  }

  @Test mutating func `gives up when the time is over`() {
    _ = catalog.wants(server, at: time(0))
    #expect(catalog.deadline == time(10_000))
    let output = catalog.advance(to: time(10_000))
    #expect(output.effects.count == 1)
    #expect(output.settled == [server])
    #expect(catalog[server].failure?.contains("10 s") == true)
    #expect(catalog.deadline == nil)
  }

  @Test mutating func `gives up all that is under way when it is told to`() {
    _ = catalog.wants(server, at: time(0))
    let output = catalog.giveUp(afterMilliseconds: 3_000, at: time(3_000))
    #expect(output.effects.count == 1)
    #expect(catalog[server].failure?.contains("3 s") == true)
    #expect(!catalog.isLooking)
  }

  @Test mutating func `shares no number with the finder`() {
    var finder = ModelFinder(
      .standard, environment: ["OLLAMA_HOST": "h"], wanted: nil, userAgent: agent)
    let transfers = (finder.findAny(at: time(0)).effects + catalog.wants(server, at: time(0)))
      .compactMap { effect in
        if case .open(let transfer, _) = effect { transfer } else { nil }
      }
    #expect(transfers.map(ModelCatalog.owns) == [false, true])
    #expect(!ModelCatalog.owns(.stream(.max)))
  }

  @Test mutating func `adds its own table at the provider's own address only`() throws {
    let own = ModelSource(try endpoint("openai", key: "sk-x"))
    _ = catalog.wants(server, at: time(0))
    _ = catalog.wants(own, at: time(0))
    answer(["gpt-5"], to: 0)
    answer(["gpt-5"], to: 1)
    #expect(catalog[server].models == [ListedModel("gpt-5")])
    #expect(catalog[own].models.first?.windowTokens == 400_000)
  }
}

struct `Whose models can be asked for` {
  private func sources(_ environment: [String: String]) -> [String] {
    ProviderTable.standard.modelSources(environment: environment).map { source in
      "\(source.provider) \(source.isGuess ? "perhaps" : "surely") \(source.fault ?? source.address)"
    }
  }

  @Test func `those configured, in the table's order, and no others where nothing is looked for`() {
    #expect(
      sources([
        "PATTER_DISCOVER": "0", "OLLAMA_HOST": "h", "OPENAI_API_KEY": "sk-x",
      ]) == ["openai surely https://api.openai.com/v1", "ollama surely http://h:11434"])
  }

  @Test func `those sought on this machine, without a key`() {
    let sources = sources([:])
    #expect(sources.allSatisfy { $0.contains(" perhaps http://127.0.0.1:") })
    #expect(sources.first == "ollama perhaps http://127.0.0.1:11434")
    for source in ProviderTable.standard.modelSources(environment: ["OLLAMA_API_KEY": "sk-x"])
    where source.isGuess {
      #expect(source.endpoint?.key == nil)
    }
  }

  @Test func `one that is configured wrong, with the reason`() {
    #expect(
      sources(["PATTER_DISCOVER": "0", "OPENAI_BASE_URL": "nonsense"])
        == ["openai surely OPENAI_BASE_URL must begin with http:// or https://."])
  }

  @Test func `those that the configuration describes, with its address and key`() throws {
    let sources = ProviderTable.standard.modelSources(
      environment: ["PATTER_DISCOVER": "0"],
      settings: [
        "groq": ProviderSetting(key: .text(try KeyText("gsk-x"))),
        "vllm": ProviderSetting(baseURL: "http://h:9/v1"),
      ])
    #expect(sources.map(\.provider) == ["groq", "vllm"])
    #expect(sources.map(\.address) == ["https://api.groq.com/openai/v1", "http://h:9/v1"])
    #expect(sources.first?.endpoint?.key == Secret("gsk-x"))
  }

  @Test func `one whose key a program tells, with the key as soon as that is known`() throws {
    let source = try #require(
      ProviderTable.standard.modelSources(
        environment: ["PATTER_DISCOVER": "0"],
        settings: ["groq": ProviderSetting(key: .command(["pass"]))]
      ).first)
    #expect(source.bearing([["gpg"]: try #require(Secret("x"))]) == source)
    let key = try #require(Secret("gsk-x"))
    #expect(source.bearing([["pass"]: key]).endpoint?.key == key)
  }

  @Test func `whoever is in use, at the address that is used`() throws {
    let used = try endpoint("vllm", at: "http://h:9/v1")
    let sources = ProviderTable.standard.modelSources(
      environment: ["PATTER_DISCOVER": "0"], inUse: ["vllm": used])
    #expect(sources.map(\.address) == ["http://h:9/v1"])
  }
}

// Who may be connected, and what is written when somebody is.

import Chat
import Glibc
import Interface
import Support
import Testing

@testable import Patter
@testable import Providers

@Suite struct `What connects a model` {
  private func desk(
    _ variables: [String: String] = [:], _ configuration: String? = nil, home: TestHome? = nil
  ) throws -> (desk: SetupDesk, home: TestHome) {
    let home = try home ?? TestHome()
    if let configuration { try home.write(configuration, to: ".config/patter/config.yaml") }
    let environment = home.environment.merging(variables) { $1 }
    let arguments = try Arguments([])
    let start = Preparation(arguments, environment: environment)
    return (SetupDesk(arguments: arguments, environment: environment, start: start), home)
  }

  private func typed(_ key: String, into desk: SetupDesk) -> SetupDesk {
    var desk = desk
    desk.keyField.apply(.type(key))
    return desk
  }

  @Test func `no address is written beside a key that is meant for another one`() throws {
    let (desk, _) = try desk([:], "providers:\n  ollama:\n    apiKey: for-the-other\n")
    let trial = SetupTrial(provider: "ollama", address: "http://elsewhere:11434")
    #expect(throws: SetupDesk.Refusal.self) { try desk.plan(trial, model: "m") }
    #expect(throws: SetupDesk.Refusal.self) { try desk.save(trial, model: "m") }
  }

  // MARK: - Offers

  @Test func `the address of the configuration is there to be changed`() throws {
    let written = "http://127.0.0.1:1/v1"
    let (desk, _) = try desk([:], "providers: {lmstudio: {baseURL: \"\(written)\"}}\n")
    let offer = try #require(desk.offers(found: []).first { $0.id == "lmstudio" })
    #expect(offer.isReady)
    #expect(offer.address == written)
  }

  @Test func `variables that are set come first, then servers that run, then all others`() throws {
    let (desk, _) = try desk(
      ["ANTHROPIC_API_KEY": "k"], "providers:\n  mistral:\n    apiKey: ${NONE}\n")
    let row = try #require(ProviderTable.standard["ollama"])
    let server = FoundServer(
      endpoint: try row.endpoint(), models: [ListedModel("a"), ListedModel("b")],
      model: .init(provider: "ollama", name: "a"))
    let offers = desk.offers(found: [server])
    #expect(
      offers.prefix(4).map { "\($0.id): \($0.detail), \($0.isReady)" } == [
        "anthropic: ANTHROPIC_API_KEY is set, true", "mistral: in config.yaml, false",
        "ollama: at 127.0.0.1:11434, 2 models, true", "openai: needs a key, false",
      ])
    #expect(offers.last?.id == "another server")
    #expect(!offers.contains { $0.id == "guide" || $0.id == "openai-responses" })
    #expect(Set(offers.map(\.id)).count == offers.count)
  }

  @Test(arguments: [
    ("http://gate.test/v1", true), ("https://gate.test/v1", false), ("http://10.0.0.1/v1", false),
  ])
  func `an address at which all can be read on its way is written with a word`(
    address: String, isTold: Bool
  ) throws {
    let plan = try desk().desk.plan(
      SetupTrial(provider: "another server", address: address), model: "m")
    #expect(plan.notes.contains { $0.hasPrefix("The address is plain http:") } == isTold)
  }

  @Test func `an address that is not asked for is not told: it may hold a key`() throws {
    let (desk, _) = try desk(
      [:],
      "providers:\n  work: {type: openai, baseURL: 'https://gate.test/sk-planted-1234/v1'}\n")
    #expect(!"\(desk.offers(found: []))".contains("planted"))
  }

  @Test func `an address of the environment is planned as it is, and traced without a key in it`()
    throws
  {
    let (plain, _) = try desk(["OPENAI_BASE_URL": "https://gate.test/sk-planted-1234/v1"])
    let plan = try typed("new-key", into: plain).plan(
      SetupTrial(provider: "openai", key: .written), model: "m")
    #expect("\(plan)".contains("sk-planted-1234"))
    let traced = "\(TracedEvent(.planned(plan)))"
    #expect(!traced.contains("planted"), "\(traced)")
    #expect(traced.contains("https://gate.test/(hidden)/v1"))
  }

  @Test func `the word on an address names a key only where one goes there`() throws {
    let (plain, _) = try desk([:])
    let trial = SetupTrial(provider: "another server", address: "http://gate.test/v1")
    #expect(
      try plain.plan(trial, model: "m").notes == [
        "The address is plain http: whoever is on the way can read prompts and replies."
      ])
  }

  @Test func `who has no address, or was not found, is asked for one`() throws {
    let offers = try desk().desk.offers(found: [])
    let asking = offers.filter(\.asksAddress).map(\.id)
    #expect(
      asking == ["azure", "ollama", "llamacpp", "lmstudio", "vllm", "ndjson", "another server"])
    #expect(offers.first { $0.id == "azure" }?.needsKey == true)
  }

  @Test func `comes by itself only where nothing was decided`() throws {
    let home = try TestHome()
    func isOffered(_ words: [String], _ variables: [String: String]) throws -> Bool {
      let environment = home.environment.merging(variables) { $1 }
      let arguments = try Arguments(words)
      return SetupDesk(
        arguments: arguments, environment: environment,
        start: Preparation(arguments, environment: environment)
      ).isOffered
    }
    #expect(try isOffered([], ["PATTER_DISCOVER": "1"]))
    #expect(try !isOffered([], ["PATTER_DISCOVER": "0"]))
    #expect(try !isOffered(["hi"], ["PATTER_DISCOVER": "1"]))
    #expect(try !isOffered(["-m", "ollama/x"], ["PATTER_DISCOVER": "1"]))
  }

  // MARK: - Trying

  @Test func `a key that is written goes before the one in the environment`() throws {
    let (plain, _) = try desk(["ANTHROPIC_API_KEY": "old"])
    let desk = typed("new-key", into: plain)
    let known = try desk.endpoint(of: SetupTrial(provider: "anthropic"))
    #expect(known.key?.reveal() == "old")
    let written = try desk.endpoint(of: SetupTrial(provider: "anthropic", key: .written))
    #expect(written.key?.reveal() == "new-key")
    #expect(written.isOwnAddress)
  }

  @Test func `the key in the environment does not go to an address that was written`() throws {
    let (desk, _) = try desk(["OPENAI_API_KEY": "secret"])
    let trial = SetupTrial(provider: "another server", address: "http://elsewhere/v1")
    let endpoint = try desk.endpoint(of: trial)
    #expect(endpoint.key == nil)
    #expect(endpoint.baseURL == "http://elsewhere/v1")
  }

  @Test func `a key goes to the address that the environment names, and is written with it`() throws
  {
    let (plain, _) = try desk(["ANTHROPIC_BASE_URL": "http://127.0.0.1:9"])
    let desk = typed("new-key", into: plain)
    let trial = SetupTrial(provider: "anthropic", key: .written)
    #expect(try desk.endpoint(of: trial).key?.reveal() == "new-key")
    let plan = try desk.plan(trial, model: "m")
    #expect(plan.files.first?.lines.contains(#"    baseURL: "http://127.0.0.1:9""#) == true)
  }

  @Test func `an address that is none is refused in words`() throws {
    let (desk, _) = try desk()
    for (address, words) in [
      ("elsewhere", "must begin with http:// or https://"),
      ("http://me:pw@h", "must not hold a name and password"),
    ] {
      do throws(SetupDesk.Refusal) {
        _ = try desk.endpoint(of: SetupTrial(provider: "vllm", address: address))
        Issue.record("\(address) is an address")
      } catch {
        #expect(error.message == "The address \(words).")
      }
    }
  }

  // MARK: - Saving

  @Test func `a plan says what is written where, and never the key`() throws {
    let (plain, _) = try desk()
    let desk = typed("sk-0123456789abcdef", into: plain)
    let plan = try desk.plan(SetupTrial(provider: "anthropic", key: .written), model: "claude-x")
    #expect(
      plan.files == [
        SetupPlan.File(
          path: "~/.config/patter/config.yaml",
          lines: [
            "model: anthropic/claude-x", "providers:", "  anthropic:",
            "    apiKeyFile: ~/.config/patter/keys/anthropic",
          ]),
        SetupPlan.File(
          path: "~/.config/patter/keys/anthropic", lines: ["the key, for you alone to read"]),
      ])
    #expect(plan.notes == [])
    #expect(plan.refusal == nil)
  }

  @Test func `a plan warns of a variable that would go before what is written`() throws {
    let (plain, _) = try desk(["ANTHROPIC_API_KEY": "old", "PATTER_MODEL": "ollama/x"])
    let desk = typed("sk-0123456789abcdef", into: plain)
    let plan = try desk.plan(SetupTrial(provider: "anthropic", key: .written), model: "m")
    #expect(
      plan.notes
        == ["PATTER_MODEL", "ANTHROPIC_API_KEY"].map {
          "\($0) is set and goes before what is written here: unset it."
        })
  }

  @Test func `what was saved is found by the next start`() throws {
    let (plain, home) = try desk()
    let desk = typed("sk-0123456789abcdef", into: plain)
    _ = try desk.save(SetupTrial(provider: "mistral", key: .written), model: "small")
    let (next, _) = try self.desk(home: home)
    #expect(next.start.errors == [])
    #expect(next.start.wanted == "mistral/small")
    let endpoint = try next.endpoint(of: SetupTrial(provider: "mistral"))
    #expect(endpoint.key?.reveal() == "sk-0123456789abcdef")
  }

  @Test func `a file that cannot be changed is left as it is, and the lines are shown`() throws {
    let (desk, home) = try desk(["MY_KEY": "k"], "theme: [\n")
    let trial = SetupTrial(provider: "mistral", key: .variable("MY_KEY"))
    let plan = try desk.plan(trial, model: "m")
    #expect(try #require(plan.refusal).hasPrefix("~/.config/patter/config.yaml:2:1: "))
    #expect(plan.files.map(\.path) == ["~/.config/patter/config.yaml"])
    #expect(plan.files[0].lines.last == #"    apiKey: "${MY_KEY}""#)
    #expect(throws: SetupDesk.Refusal.self) { try desk.save(trial, model: "m") }
    #expect(home.read(".config/patter/config.yaml") == "theme: [\n")
  }

  @Test func `no key is written where the configuration cannot be read`() throws {
    let (plain, home) = try desk()
    // A folder stands where the file would.
    try home.write("", to: ".config/patter/config.yaml/x")
    let desk = typed("sk-0123456789abcdef", into: plain)
    #expect(throws: SetupDesk.Refusal.self) {
      try desk.save(SetupTrial(provider: "mistral", key: .written), model: "m")
    }
    #expect(home.read(".config/patter/keys/mistral") == nil)
  }

  /// An empty file beside which nobody can write, not even root (proc_pid_timers(5)).
  private static let unwritable = "/proc/self/timers"

  @Test(.enabled(if: access(unwritable, R_OK) == 0), arguments: [nil, "sk-before\n"])
  func `where the configuration cannot be written, the key is as it was`(before: String?) throws {
    let (plain, home) = try desk()
    try home.write("", to: ".config/patter/x")
    let key = ".config/patter/keys/mistral"
    if let before { try home.write(before, to: key) }
    try #require(symlink(Self.unwritable, "\(home.path)/.config/patter/config.yaml") == 0)
    let desk = typed("sk-0123456789abcdef", into: plain)
    #expect(throws: SetupDesk.Refusal.self) {
      try desk.save(SetupTrial(provider: "mistral", key: .written), model: "m")
    }
    #expect(home.read(key) == before)
  }
}

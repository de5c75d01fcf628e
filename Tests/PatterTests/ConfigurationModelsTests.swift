// Who may be asked, as `config.yaml` says it: commands, chains and pools, models.

import Chat
import Providers
import Settings
import Testing
import YAMLDocuments

@testable import Patter

struct ConfigurationModelsTests {
  // MARK: - Chains and pools

  @Test(arguments: [
    ("pools: {fast: []}", "1:15: The pool 'fast' has no models: give it at least one."),
    ("pools:\n  fast:\n", "2:8: The pool 'fast' has no models: give it at least one."),
    ("fallback: {careful: []}", "1:21: The chain 'careful' has no models: give it at least one."),
  ])
  func `S32 a chain or pool without a model is told and is none`(
    yaml: String, sentence: String
  ) throws {
    let (value, errors) = try read(configuration: yaml)
    #expect(errors == [sentence])
    #expect(value.routes == [:])
  }

  @Test(arguments: [
    ("olama/x", "There is no provider 'olama'; did you mean 'ollama'?"),
    (
      "ehco/x",
      "There is no provider 'ehco'; did you mean 'echo'?"
    ),
    (
      "watson/x",
      "There is no provider 'watson'; known: "
        + "\(ProviderTable.standard.rows.map(\.id).joined(separator: ", ")), echo."
    ),
  ])
  func `S29 a provider that nobody knows is told wherever it is named`(
    name: String, sentence: String
  ) throws {
    let (value, errors) = try read(
      configuration:
        """
        commands: {echo: {command: [cat]}}
        model: \(name)
        fallback:
          careful: [openai/a, \(name)]
        pools:
          fast: [\(name), openai/b]
        models:
          \(name): {window: 8192}
        """)
    #expect(
      errors == ["2:8", "4:23", "6:10", "8:3"].map { "\($0): \(sentence)" })
    #expect(value.model == nil)
    #expect(value.routes["careful"]?.models == [try model("openai/a")])
    #expect(value.routes["fast"]?.models == [try model("openai/b")])
    #expect(value.windows == [:])
  }

  @Test(arguments: [
    (
      "llama3.2",
      "'llama3.2' is no model; a model is written PROVIDER/NAME, such as ollama/llama3.2."
    ),
    ("ollama", "'ollama' is no model; a model is written 'ollama/NAME'."),
    (
      "ollama/", "'ollama/' is no model; a model is written PROVIDER/NAME, such as ollama/llama3.2."
    ),
    ("''", "'' is no model; a model is written PROVIDER/NAME, such as ollama/llama3.2."),
  ])
  func `a member that is no model is told and left out`(name: String, sentence: String) throws {
    let (value, errors) = try read(configuration: "pools: {fast: [\(name), openai/a]}")
    #expect(errors == ["1:16: \(sentence)"])
    #expect(value.routes["fast"]?.models == [try model("openai/a")])
  }

  @Test func `a chain whose every member is wrong is none, and each is told once`() throws {
    let (value, errors) = try read(configuration: "model: careful\nfallback: {careful: [a, b]}")
    #expect(errors.map { $0.prefix(5) } == ["2:22:", "2:25:"])
    #expect(value == Configuration())
  }

  @Test func `a model that stands twice counts once`() throws {
    let (value, errors) = try read(configuration: "pools: {fast: [vllm/a, vllm/b, vllm/a]}")
    #expect(
      errors == ["1:32: 'vllm/a' stands in the pool 'fast' a second time; it counts once."])
    #expect(value.routes["fast"]?.models == [try model("vllm/a"), try model("vllm/b")])
  }

  private static let rule =
    "a name is made of up to 64 letters, digits, '-', '_' and '.', and begins with a letter or digit."

  @Test(arguments: [
    ("a/b", "A chain cannot be called 'a/b': \(rule)"),
    ("' '", "A chain cannot be called ' ': \(rule)"),
    ("a b", "A chain cannot be called 'a b': \(rule)"),
    ("-m", "A chain cannot be called '-m': \(rule)"),
    (#""\e[2J""#, "A chain cannot be called '\u{FFFD}[2J': \(rule)"),
    ("ollama", "'ollama' is the name of a provider; call this chain something else."),
    ("echo", "'echo' is the name of a provider; call this chain something else."),
  ])
  func `a chain that cannot be called so is told at its name`(
    name: String, sentence: String
  ) throws {
    let (value, errors) = try read(
      configuration:
        "commands: {echo: {command: [cat]}}\nfallback:\n  \(name): [openai/a]\n  good: [openai/a]")
    #expect(errors == ["3:3: \(sentence)"])
    #expect(Set(value.routes.keys) == ["good"])
  }

  @Test func `the name of a chain without letters is refused with its file`() throws {
    let nameless = Node(
      .mapping([.init(name: "", namePlace: Place(line: 1, column: 2), value: list("openai/a"))]),
      at: Place(line: 1, column: 1))
    let document = Node(
      .mapping([
        .init(name: "pools", namePlace: Place(line: 1, column: 1), value: nameless)
      ]), at: Place(line: 1, column: 1))
    let reading = Configuration.read(document, file: "c", providers: .standard, themes: [])
    #expect(
      reading.errors.map(\.description) == ["c:1:2: A pool cannot be called '': \(Self.rule)"])
    #expect(reading.value.routes == [:])
    #expect(throws: SettingsError.self) { try read(configuration: "pools: {'': [openai/a]}") }
  }

  private func list(_ word: String) -> Node {
    let place = Place(line: 1, column: 1)
    return Node(.sequence([Node(.scalar(word, isQuoted: false), at: place)]), at: place)
  }

  @Test func `a name of 64 letters is the longest`() throws {
    let name = String(repeating: "n", count: 64)
    #expect(try read(configuration: "pools: {\(name): [vllm/a]}").value.routes[name] != nil)
    #expect(try read(configuration: "pools: {\(name)n: [vllm/a]}").errors.count == 1)
  }

  @Test func `a chain and a pool of one name are told, and the chain counts`() throws {
    let (value, errors) = try read(
      configuration: "pools:\n  both: [vllm/a]\nfallback:\n  both: [vllm/b]")
    #expect(
      errors == [
        "2:3: 'both' is the name of a chain already, in line 4; call this pool something else."
      ])
    #expect(value.routes["both"] == Route("both", .chain, [try model("vllm/b")]))
  }

  // MARK: - Limits

  @Test func `a hundred models of a pool count, and those past them are told`() throws {
    func pool(_ count: Int) -> String {
      "pools:\n  fast:\n" + (1...count).map { "    - vllm/\($0)\n" }.joined()
    }
    #expect(try read(configuration: pool(100)).errors == [])
    let (value, errors) = try read(configuration: pool(150))
    #expect(
      errors == [
        "103:7: 'pools.fast' has more than 100 entries; from here on they are left out."
      ])
    #expect(value.routes["fast"]?.models.count == 100)
  }

  @Test(arguments: [
    ("pools", "[vllm/a]"), ("fallback", "[vllm/a]"), ("commands", "{command: [cat]}"),
    ("models", "{window: 256}"),
  ])
  func `a hundred names count, and those past them are told`(member: String, value: String) throws {
    let prefix = member == "models" ? "vllm/n" : "n"
    let yaml = "\(member):\n" + (1...101).map { "  \(prefix)\($0): \(value)\n" }.joined()
    let read = try read(configuration: yaml)
    #expect(
      read.errors == [
        "102:3: '\(member)' has more than 100 entries; from here on they are left out."
      ])
    let counts = [read.value.routes.count, read.value.commands.count, read.value.windows.count]
    #expect(counts.max() == 100)
  }

  // MARK: - Commands

  @Test(arguments: [
    (
      "commands:\n  ollama: {command: [cat]}",
      "2:3: 'ollama' is the name of a provider; call this command something else."
    ),
    ("commands:\n  a/b: {command: [cat]}", "2:3: A command cannot be called 'a/b': \(rule)"),
    ("commands:\n  echo:", "2:8: 'command' is missing in 'commands.echo'."),
    ("commands:\n  echo: {}", "2:9: 'command' is missing in 'commands.echo'."),
    (
      "commands:\n  echo: {command: []}",
      "2:19: The command 'echo' has no program: give it one, such as [cat]."
    ),
    (
      "commands:\n  echo: {command: ['', a]}",
      "2:19: The command 'echo' has no program: give it one, such as [cat]."
    ),
    (
      #"commands: {echo: {command: [cat, "a\0b"]}}"#,
      "1:34: No program can be given a NUL character; take it out."
    ),
  ])
  func `a command that cannot be run is told and is none`(yaml: String, sentence: String) throws {
    let (value, errors) = try read(configuration: yaml)
    #expect(errors == [sentence])
    #expect(value == Configuration())
  }

  @Test func `what stands on a broken command is left out without another word`() throws {
    let (value, errors) = try read(
      configuration:
        """
        model: echo/x
        fallback: {careful: [echo/x, vllm/a]}
        pools: {fast: [echo/x]}
        models: {echo/x: {window: 8192}}
        commands: {echo: {command: []}}
        """)
    #expect(errors == ["5:28: The command 'echo' has no program: give it one, such as [cat]."])
    #expect(value.model == nil)
    #expect(value.routes == ["careful": Route("careful", .chain, [try model("vllm/a")])])
    #expect(value.windows == [:])
  }

  // MARK: - Models

  @Test(arguments: [
    (
      "carefull",
      "neither a model, written PROVIDER/NAME, nor a chain or pool; did you mean 'careful'?"
    ),
    ("gpt", "neither a model, written PROVIDER/NAME, nor a chain or pool; known: careful, fast."),
    ("/gpt", "neither a model, written PROVIDER/NAME, nor a chain or pool; known: careful, fast."),
    ("ollama", "a provider; its models are written 'ollama/NAME'."),
    ("echo", "a provider; its models are written 'echo/NAME'."),
  ])
  func `a name that is neither a model nor a chain or pool is told`(
    name: String, sentence: String
  ) throws {
    let (value, errors) = try read(
      configuration:
        """
        model: \(name)
        fallback: {careful: [vllm/a]}
        pools: {fast: [vllm/a]}
        commands: {echo: {command: [cat]}}
        """)
    #expect(errors == ["1:8: '\(name)' is \(sentence)"])
    #expect(value.model == nil)
    // The same words answer the same name on the command line.
    let fault = #expect(throws: Configuration.UnknownName.self) {
      try value.route(named: name, providers: .standard)
    }
    #expect(fault?.message == "'\(name)' is \(sentence)")
  }

  @Test func `a name without any chain or pool needs a provider`() {
    let fault = #expect(throws: Configuration.UnknownName.self) {
      try Configuration().route(named: "llama", providers: .standard)
    }
    #expect(
      fault?.message
        == "'llama' is neither a model, written PROVIDER/NAME, nor a chain or pool.")
  }

  @Test func `a name is a chain, a pool or one model`() throws {
    let value = try read(
      configuration: "fallback: {careful: [vllm/a, vllm/b]}\npools: {fast: [vllm/b]}"
    ).value
    #expect(try value.route(named: "careful", providers: .standard) == value.routes["careful"])
    #expect(try value.route(named: "fast", providers: .standard).order == .pool)
    let single = try value.route(named: "olama/x/y", providers: .standard)
    #expect(single == Route(try model("olama/x/y")))
  }

  @Test func `a model is told at its name where it is none`() throws {
    let (value, errors) = try read(configuration: "models:\n  llama: {window: 8192}\n  vllm/a: {}")
    #expect(
      errors == [
        "2:3: 'llama' is no model; a model is written PROVIDER/NAME, such as ollama/llama3.2."
      ])
    #expect(value.windows == [:])
  }
}

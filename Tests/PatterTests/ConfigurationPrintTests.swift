// What `patter config --print` writes: what counts, where it comes from, and no secret.

import Chat
import Interface
import Providers
import Settings
import Testing
import YAMLDocuments

@testable import Patter

struct ConfigurationPrintTests {
  private func reading(
    _ yaml: String, keyFile: @escaping (String) -> KeyFile.Reading = { _ in .unread }
  ) throws -> Configuration.Reading {
    let document = try YAMLDocument.read(yaml, file: "config.yaml")
    return Configuration.read(
      document, file: "config.yaml", providers: .standard,
      themes: ["nord", "patter-dark", "patter-light"], keyFile: keyFile)
  }

  private func printed(_ reading: Configuration.Reading) -> String {
    ConfigurationText.text(of: reading.value, reading.origins, path: "/home/ada/config.yaml")
  }

  /// What the printed text is read as, which nothing is wrong with.
  private func again(_ text: String) throws -> Configuration {
    let again = try reading(text)
    #expect(again.errors == [], "\(text)")
    return again.value
  }

  @Test func `the defaults are printed, each as what it is, and are read as the defaults`() throws {
    let text = printed(Configuration.Reading())
    #expect(try again(text) == Configuration())
    for line in text.split(separator: "\n").dropFirst(2) where !line.hasSuffix(":") {
      #expect(line.hasSuffix("# default") || line.hasSuffix("{}"), "\(line)")
    }
    for name in Configuration.memberNames {
      let isThere = text.contains("\n\(name):") || text.contains("\n# \(name):")
      #expect(isThere || text.contains("\n  # \(name.drop { $0 == " " }):"), "\(name)")
    }
  }

  static let everything = """
    model: careful
    theme: {dark: nord}
    system: "Two\\nlines # and: \\"more\\" \\u202e"
    providers:
      openai: {}
      ollama: {baseURL: "http://127.0.0.1:1"}
      work: {type: openai, baseURL: "https://llm.example.org/v1", apiKey: "${WORK_KEY}"}
      anthropic: {apiKeyCommand: [pass, show, "my key"]}
      gemini: {apiKeyFile: ~/keys/gemini}
    fallback:
      careful: [openai/gpt-6-luna, "ollama/llama3.2:8b"]
    pools: {fast: [vllm/qwen/qwen3, echo/any]}
    commands:
      echo: {command: [cat, -n, "", 5, "a, b", "#", null-ish, "null", "~"], input: json}
    models:
      ollama/llama3.2: {window: 8192, temperature: 0.25, stop: ["END", "\\t"]}
      "echo/a: b": {effort: off}
    keys: {send: [enter, ctrl-enter], top: [ctrl-home, home on empty draft], bare: none}
    options: {maxTokens: 100, temperature: 1, topP: 0.5, stop: ["- x"], seed: -7, effort: max}
    send: block
    cutReplies: drop
    parallelStreams: 8
    editing: vi
    notify: osc9
    notifyAfter: 1500 ms
    view: {details: false, thoughts: true, attempts: true, mouse: false}
    retry: {retries: 3, base: 250 ms, longest: 4 s, longestRetryAfter: 1 min, total: 0 s}
    idle: {silence: 90500 ms, progress: 1 h}
    preset: review

    """

  @Test func `everything that can be written is printed and read as the same`() throws {
    let first = try reading(Self.everything)
    #expect(first.errors == [])
    let text = printed(first)
    var shown = first.value
    shown.providerSettings["anthropic"]?.key = nil
    #expect(try again(text) == shown)
    #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0 == "\u{202E}" })
  }

  @Test func `each value says where it comes from`() throws {
    var reading = try reading(Self.everything)
    let arguments = try Arguments(["-m", "ollama/x", "--max-tokens", "5", "-s", "Mine."])
    reading.take(arguments, environment: ["PATTER_THEME": "patter-light", "PATTER_MODEL": "a/b"])
    let lines = printed(reading).split(separator: "\n").map(String.init)
    func origin(_ beginning: String) -> String? {
      lines.first { $0.hasPrefix(beginning) }?.split(separator: "# ").last.map(String.init)
    }
    #expect(origin("model: ollama/x ") == "-m")
    #expect(origin("theme: patter-light ") == "PATTER_THEME")
    #expect(origin("system: Mine. ") == "-s")
    #expect(origin("  maxTokens: 5 ") == "--max-tokens")
    #expect(origin("  temperature: 1.0 ") == "config.yaml:19")
    #expect(origin("    baseURL: \"https://llm") == "config.yaml:7")
    #expect(origin("  careful: ") == "config.yaml:11")
    #expect(origin("    window: 8192 ") == "config.yaml:16")
    #expect(origin("  send: [") == "config.yaml:18")
    #expect(origin("  # cancel: [Esc] ") == "default")
    #expect(origin("  details: false") == "config.yaml:26")
    #expect(origin("  retries: 3") == "config.yaml:27")
  }

  @Test func `what was wrong has its default, and says so`() throws {
    let reading = try reading("send: sideways\nretry: {retries: 99}\ntheme: norr\n")
    #expect(reading.errors.count == 3)
    let text = printed(reading)
    #expect(!text.contains("config.yaml:1") && !text.contains("config.yaml:2"))
    #expect(try again(text) == Configuration())
  }

  @Test func `no secret is in it, wherever it stands`() throws {
    let secret = "sk-planted-0123456789"
    let yaml = """
      providers:
        openai: {apiKey: \(secret), headers: {Authorization: "Bearer \(secret)"}}
        anthropic: {apiKey: "x${NAME}\(secret)"}
        gemini: {apiKeyFile: /keys/gemini}
        ollama: {baseURL: "http://ada:\(secret)@127.0.0.1:1", apiKey: "${PLAIN_NAME}"}
        work: {type: openai, baseURL: "https://a.example.org/?key=\(secret)"}

      """
    let reading = try reading(yaml) { _ in
      KeyText(literally: secret).map { .key($0, warning: nil) } ?? .unread
    }
    let text = printed(reading)
    #expect(!text.contains("planted"), "\(text)")
    #expect(!reading.errors.contains { $0.description.contains("planted") })
    #expect(text.contains("# apiKey is set; 21 characters are hidden"))
    #expect(text.contains("# apiKey is set; 22 characters are hidden"))
    #expect(text.contains("apiKeyFile: /keys/gemini"))
    #expect(text.contains("apiKey: \"${PLAIN_NAME}\""))
    #expect(text.contains("# the header Authorization is set; its value is hidden"))
    _ = try again(text)
  }

  @Test func `a provider whose address may hold a key is a comment, and so is what names it`()
    throws
  {
    let first = try reading(
      """
      model: gate
      providers:
        anthropic: {baseURL: "https://llm.example.org"}
        openai: {baseURL: "https://gate.example.org/sk-planted-1234/v1", apiKeyFile: /keys/openai}
        work: {type: openai, baseURL: "https://gate.example.org/sk-planted-1234"}
      fallback: {gate: [anthropic/a, work/b], plain: [anthropic/a]}
      pools: {many: [curl/a, anthropic/a]}
      models: {openai/m: {window: 8192}, "work/a: b": {temperature: 1}, anthropic/m: {window: 4096}}
      commands:
        curl: {command: [curl, "https://ada:planted@llm.example.org"]}
        echo: {command: [cat]}

      """)
    #expect(first.errors == [])
    let text = printed(first)
    #expect(!text.contains("planted"), "\(text)")
    for line in [
      "\n# model: gate ",
      "\n  # openai:\n    # baseURL: \"https://gate.example.org/(hidden)/v1\"  # config.yaml:4\n",
      "\n    # apiKeyFile: /keys/openai ",
      "\n  # work:\n    # type: openai ",
      "\nfallback:\n  # gate: [anthropic/a, work/b] ", "\n  plain: [anthropic/a] ",
      "\npools:\n  # many: [curl/a, anthropic/a] ",
      "\n  # openai/m:\n    # window: 8192 ", "\n  # \"work/a: b\":\n    # temperature: 1.0 ",
      "\ncommands:\n  # curl:\n    # command is set and runs curl; 1 word is hidden",
      "\n    # input: prompt ",
    ] {
      #expect(text.contains(line), "\(line) in \(text)")
    }
    let again = try again(text)
    #expect(again.model == nil)
    #expect(Array(again.providerSettings.keys) == ["anthropic"])
    #expect(again.keyFiles == [:] && again.ownProviders == [])
    #expect(Array(again.commands.keys) == ["echo"])
    #expect(Array(again.routes.keys) == ["plain"])
    #expect(again.windows.count == 1 && again.modelOptions == [:])
  }

  @Test func `a provider of which nothing is shown can be given members once more`() throws {
    let first = try reading(
      "providers: {groq: {apiKeyCommand: [pass, show, groq], headers: {X-Team: a}}, openai: {}}\n")
    let text = printed(first)
    #expect(
      text.contains(
        """
        \n  groq:
            # apiKeyCommand is set and runs pass; 2 words are hidden  # config.yaml:1
            # the header X-Team is set; its value is hidden  # config.yaml:1
          openai: {}

        """), "\(text)")
    #expect(try Array(again(text).providerSettings.keys).sorted() == ["groq", "openai"])
    let mended = text.replacing("    # apiKeyCommand is", with: "    apiKey: ${K} # is")
    #expect(try again(mended).providerSettings["groq"]?.key != nil)
  }

  @Test(arguments: [
    ["echo", "planted2"], ["curl", "-H", "x-api-key:planted3"], ["curl", "-uname:planted"],
    ["vault", "--key", "planted"], ["sh", "-c", "curl -u bob:planted2 --password planted3"],
    ["/nonexistent/sk-planted1234"], ["echo planted"],
  ])
  func `of a command that tells a key no word is printed but the program`(words: [String]) throws {
    let first = try reading("providers: {groq: {apiKeyCommand: \(YAMLText.list(words))}}\n")
    #expect(first.errors == [])
    let text = printed(first)
    #expect(!text.contains("planted"), "\(text)")
    #expect(try again(text).providerSettings["groq"]?.key == nil)
  }

  @Test func `a name that is longer than YAML takes before a colon is written another way`() throws
  {
    let name = "ollama/" + String(repeating: "n", count: 3000)
    let first = try reading("models:\n  ? \(name)\n  : {window: 1000}\n")
    #expect(first.errors == [])
    #expect(try again(printed(first)) == first.value)
  }

  @Test func `a file's name cannot end the comment that it stands in`() throws {
    let text = ConfigurationText.text(
      of: Configuration(), ConfigurationOrigins(), path: "/tmp/a\nsend: block\u{1B}[2J")
    #expect(try again(text) == Configuration())
    #expect(!text.contains("\u{1B}"))
  }
}

// Where providers are and how replies are to be made, as `config.yaml` says it.

import Chat
import Glibc
import LoopbackTests
import Providers
import Support
import Testing
import Wire

@testable import Patter

struct ConfigurationProvidersTests {
  @Test func `a provider of ours gets an address, a key and headers`() throws {
    let (value, errors) = try read(
      configuration:
        """
        providers:
          openai:
            baseURL: https://llm.example.org/v1
            apiKey: ${KEY}
            headers: {X-Team: blue}
        """)
    #expect(errors == [])
    #expect(value.ownProviders == [])
    #expect(
      value.providerSettings == [
        "openai": ProviderSetting(
          baseURL: "https://llm.example.org/v1", key: .text(try KeyText("${KEY}")),
          headers: [HTTPHeader("X-Team", "blue", isSecret: true)])
      ])
  }

  @Test func `a provider of one's own speaks as one of ours, and can be named at once`() throws {
    let (value, errors) = try read(
      configuration:
        """
        model: work/big
        providers:
          work: {type: ollama, baseURL: "llm.example.org:8080"}
        models:
          work/big: {window: 512, effort: high}
        """)
    #expect(errors == [])
    #expect(value.model == "work/big")
    #expect(value.ownProviders.map(\.id) == ["work"])
    #expect(value.windows == [try model("work/big"): 512])
    #expect(value.modelOptions == [try model("work/big"): ReplyOptions(effort: .high)])
    let row = try #require(value.providerTable(beside: .standard)["work"])
    let endpoint = try row.endpoint(environment: ["OLLAMA_HOST": "elsewhere"])
    #expect(endpoint.baseURL == "http://llm.example.org:8080")
  }

  @Test(arguments: [
    ("providers: {work: {baseURL: 'http://x'}}", "1:19: 'type' is missing in 'providers.work'."),
    (
      "providers: {work: {type: openai}}", "1:19: 'baseURL' is missing in 'providers.work'."
    ),
    (
      "providers: {work: {type: opnai, baseURL: 'http://x'}}",
      "1:26: 'providers.work.type' cannot be 'opnai'; did you mean 'openai'?"
    ),
    (
      "providers: {work: {type: openai, baseURL: x}}",
      "1:43: 'providers.work.baseURL' must begin with http:// or https://."
    ),
    (
      "providers: {openai: {type: openai}}",
      "1:22: 'openai' is a provider that Patter knows; leave 'type' out, or call yours something else."
    ),
    (
      "providers: {guide: {apiKey: x}}", "1:13: 'guide' has no server; there is nothing to be set."
    ),
    (
      "providers: {openai: {apiKey: '${'}}",
      "1:30: 'providers.openai.apiKey' names a variable as ${NAME}: letters, digits and '_'."
    ),
    (
      "providers: {openai: {apiKeyCommand: []}}",
      "1:37: The command 'providers.openai.apiKeyCommand' has no program: give it one, such as [cat]."
    ),
    (
      "providers: {openai: {apiKeyFile: k, apiKey: x}}",
      "1:37: 'apiKey' and 'apiKeyFile' both tell a key; the file counts."
    ),
    (
      "providers: {openai: {apiKeyFile: k, apiKeyCommand: [pass]}}",
      "1:22: 'apiKeyFile' and 'apiKeyCommand' both tell a key; the command counts."
    ),
    ("providers: {openai: {apiKeyFile: ''}}", "1:34: 'providers.openai.apiKeyFile' names no file."),
    (
      "providers: {openai: {apiKeyFile: [k]}}",
      "1:34: 'providers.openai.apiKeyFile' must be text, not a list."
    ),
    (
      "providers: {openai: {apikey: x}}",
      "1:22: 'apikey' is not known in 'providers.openai'; did you mean 'apiKey'?"
    ),
    (
      "providers: {openai: {apiKeyCommand: [pass], apiKey: x}}",
      "1:45: 'apiKey' and 'apiKeyCommand' both tell a key; the command counts."
    ),
    (
      "providers: {openai: {headers: {Host: x}}}",
      "1:32: The header 'Host' is Patter's own affair; leave it out."
    ),
    (
      "providers: {openai: {headers: {'a b': x}}}",
      "1:32: 'a b' cannot be the name of a header."
    ),
    (
      "providers: {openai: {headers: {X-A: \"x\\ny\"}}}",
      "1:37: The header 'X-A' must have a value of one line."
    ),
    (
      "providers: {openai: {baseUrl: x}}",
      "1:22: 'baseUrl' is not known in 'providers.openai'; did you mean 'baseURL'?"
    ),
    (
      "providers: {'a b': {type: openai, baseURL: 'http://x'}}",
      "1:13: A provider cannot be called 'a b': a name is made of up to 64 letters, digits, '-', '_' and "
        + "'.', and begins with a letter or digit."
    ),
    (
      "providers: {work: {type: openai, baseURL: 'http://x'}}\ncommands: {work: {command: [cat]}}",
      "2:12: 'work' is the name of a provider; call this command something else."
    ),
    (
      "options: {temperature: 3}",
      "1:24: 'options.temperature' must be a number from 0.0 to 2.0, not '3'."
    ),
    (
      "options: {maxTokens: 0}",
      "1:22: 'options.maxTokens' must be a whole number from 1 to 10000000, not '0'."
    ),
    ("options: {effort: hgh}", "1:19: 'options.effort' cannot be 'hgh'; did you mean 'high'?"),
    ("options: {stop: ['']}", "1:18: An empty text cannot end a reply."),
    (
      "options: {stop: [a, b, c, d, e]}",
      "1:30: 'options.stop' has more than 4 texts; from here on they are left out."
    ),
    ("options: {topP: .nan}", "1:17: 'options.topP' must be a number from 0.0 to 1.0, not '.nan'."),
  ])
  func `what is wrong is told at its place`(yaml: String, sentence: String) throws {
    #expect(try read(configuration: yaml).errors == [sentence])
  }

  @Test func `a model of a provider that was written wrong is left out without another word`()
    throws
  {
    let (value, errors) = try read(
      configuration: "providers: {work: {type: openai}}\nmodel: work/x")
    #expect(errors == ["1:19: 'baseURL' is missing in 'providers.work'."])
    #expect(value.model == nil)
  }
}

@Suite(.everyConnectionCloses) struct ConfiguredProviderTests {
  private func ask(
    _ home: TestHome, _ model: String, variables: [String: String] = [:]
  ) throws -> PipedProgram {
    try PipedProgram(
      asking: nil, model: model, variables: variables.merging(["PATTER_DISCOVER": "0"]) { $1 },
      home: home)
  }

  @Test
  func `is asked at its address, with the key that a command tells and the headers of the file`()
    throws
  {
    let server = try LoopbackServer(.reply("Hello."))
    let home = try TestHome.configured(
      """
      system: Be brief.
      options: {temperature: 0.5, maxTokens: 99}
      providers:
        work:
          type: openai
          baseURL: http://127.0.0.1:\(server.port)/v1
          apiKeyCommand: [printf, 'k-%s\\nmore', told]
          headers: {X-Team: blue}
      """)
    try ask(home, "work/test").expectEnd(.exited(0), output: "Hello.\n")
    let request = try #require(server.chats.first)
    #expect(request.header("Authorization") == "Bearer k-told")
    #expect(request.header("X-Team") == "blue")
    let body = String(decoding: request.body, as: UTF8.self)
    #expect(body.contains(#"{"content":"Be brief.","role":"system"}"#))
    #expect(server.hasNoConnection)
  }

  @Test func `is not asked when the command tells no key`() throws {
    let server = try LoopbackServer(.reply("Hello."))
    let home = try TestHome.configured(
      """
      providers:
        work: {type: openai, baseURL: "http://127.0.0.1:\(server.port)/v1", apiKeyCommand: [false]}
      """)
    try ask(home, "work/test").expectEnd(
      .exited(1), saying: ["work was not asked: the command that tells its key (false) failed"])
    #expect(server.requests.isEmpty)
  }

  @Test func `gets the key that is the first line of a file`() throws {
    let server = try LoopbackServer(.reply("One."), .reply("Two."))
    let home = try TestHome.configured(
      """
      providers:
        work: {type: openai, baseURL: "http://127.0.0.1:\(server.port)/v1", apiKeyFile: ~/keys/work}
      """)
    try home.write("k-${HOME}\nand more\n", to: "keys/work", permissions: 0o600)
    try ask(home, "work/test").expectEnd(.exited(0), output: "One.\n")
    // It counts, but not without a word.
    try home.write("k-other\r\n", to: "keys/work", permissions: 0o644)
    chmod("\(home.path)/keys/work", 0o644)
    try ask(home, "work/test").expectEnd(
      .exited(0), output: "Two.\n",
      saying: ["The file '~/keys/work' can be read by others; chmod 600 makes it yours alone."])
    #expect(
      server.chats.map { $0.header("Authorization") } == ["Bearer k-${HOME}", "Bearer k-other"])
  }

  @Test(arguments: [
    (nil, "is not there."), ("", "has no key in its first line."),
    ("\nsecond", "has no key in its first line."),
    (String(repeating: "k", count: 65_537), "is larger than 64 KiB; a key is not."),
  ])
  func `is not asked where the file of its key holds none`(text: String?, words: String) throws {
    let home = try TestHome.configured("providers: {openai: {apiKeyFile: ~/key}}\n")
    if let text { try home.write(text, to: "key", permissions: 0o600) }
    try ask(home, "openai/test").expectEnd(.exited(2), saying: ["The file '~/key' \(words)"])
  }

  @Test func `a folder in the place of its key's file is told`() throws {
    let home = try TestHome.configured("providers: {openai: {apiKeyFile: ~/keys}}\n")
    try home.write("", to: "keys/work")
    try ask(home, "openai/test").expectEnd(
      .exited(2), saying: ["The file '~/keys' is not a regular file."])
  }

  @Test func `gets the key of a variable, and never that of the provider it is like`() throws {
    let server = try LoopbackServer(.reply("One."), .reply("Two."))
    let home = try TestHome.configured(
      """
      providers:
        work: {type: openai, baseURL: "http://127.0.0.1:\(server.port)/v1", apiKey: "${WORK_KEY}"}
        open: {type: openai, baseURL: "http://127.0.0.1:\(server.port)/v1"}
      """)
    let variables = ["WORK_KEY": "k-work", "OPENAI_API_KEY": "k-openai"]
    try ask(home, "work/test", variables: variables).expectEnd(.exited(0), output: "One.\n")
    try ask(home, "open/test", variables: variables).expectEnd(.exited(0), output: "Two.\n")
    #expect(server.chats.map { $0.header("Authorization") } == ["Bearer k-work", nil])
  }
}

// `config.yaml` from its text to a value: what is right counts, and each mistake is told once, at its
// place and with what would be right.

import Chat
import Interface
import Providers
import Settings
import Testing
import YAMLDocuments

@testable import Patter

struct ConfigurationTests {
  // MARK: - What is right

  @Test(arguments: ["", "# nothing yet\n", "retry:\nidle: {}\nmodels: ~\ncommands:\npools: {}\n"])
  func `what is not written has its default`(yaml: String) throws {
    let (value, errors) = try read(configuration: yaml)
    #expect(errors == [])
    #expect(value == Configuration())
    #expect(value.parallelStreams == 4)
    #expect(value.sendPolicy == .replace)
    #expect(value.cutReplyPolicy == .keep)
    #expect(value.retry == RetryPolicy())
    #expect(value.limits == StreamLimits())
  }

  @Test func `reads everything there is`() throws {
    let (value, errors) = try read(
      configuration:
        """
        model: careful
        theme: nord
        fallback:
          careful: [openai/gpt-6-luna, ollama/llama3.2]
        pools:
          fast:
            - vllm/qwen/qwen3
            - echo/any
        retry:
          retries: 3
          base: 250 ms
          longest: 4 s
          longestRetryAfter: 1 min
          total: 2 min
        idle:
          silence: 1.5 min
          progress: 1 h
        send: queue
        cutReplies: note
        parallelStreams: 8
        notify: osc9
        notifyAfter: 1 min
        models:
          ollama/llama3.2: {window: 8192}
          "echo/any": {window: 256}
        commands:
          echo: {command: [cat, -n, "", 5]}
        view: {details: false, thoughts: true, attempts: true, mouse: false}
        """)
    #expect(errors == [])
    let careful = [try model("openai/gpt-6-luna"), try model("ollama/llama3.2")]
    let fast = [try model("vllm/qwen/qwen3"), try model("echo/any")]
    var expected = Configuration()
    expected.model = "careful"
    expected.theme = .one("nord")
    expected.routes = [
      "careful": try #require(Route("careful", .chain, careful)),
      "fast": try #require(Route("fast", .pool, fast)),
    ]
    expected.retry = RetryPolicy(
      retries: 3, baseMilliseconds: 250, capMilliseconds: 4_000,
      longestRetryAfterMilliseconds: 60_000, totalMilliseconds: 120_000)
    expected.limits = StreamLimits(silenceMilliseconds: 90_000, progressMilliseconds: 3_600_000)
    expected.sendPolicy = .queue
    expected.cutReplyPolicy = .note
    expected.parallelStreams = 8
    expected.notify = NotifyPolicy(way: .osc9, leastMilliseconds: 60_000)
    expected.windows = [careful[1]: 8192, fast[1]: 256]
    expected.commands = ["echo": CommandProvider(["cat", "-n", "", "5"])]
    expected.view.details = false
    expected.view.thoughts = true
    expected.view.attempts = true
    expected.view.mouse = false
    #expect(value == expected)
  }

  @Test(arguments: [
    ("{dark: nord, light: patter-light}", "nord", "patter-light"), ("{dark: nord}", "nord", nil),
    ("{light: ./day.yaml}", nil, "./day.yaml"), ("nord", "nord", "nord"), ("{}", nil, nil),
  ])
  func `a theme may be another one for each background`(
    yaml: String, dark: String?, light: String?
  ) throws {
    let (value, errors) = try read(configuration: "theme: \(yaml)")
    #expect(errors == [])
    #expect(value.theme?.name(for: .dark) == dark)
    #expect(value.theme?.name(for: .light) == light)
  }

  @Test(arguments: [("replace", SendPolicy.replace), ("queue", .queue), ("block", .block)])
  func `knows every way to send`(word: String, policy: SendPolicy) throws {
    #expect(try read(configuration: "send: \(word)").value.sendPolicy == policy)
  }

  @Test(arguments: [("keep", CutReplyPolicy.keep), ("drop", .drop), ("note", .note)])
  func `knows every way with cut replies`(word: String, policy: CutReplyPolicy) throws {
    #expect(try read(configuration: "cutReplies: \(word)").value.cutReplyPolicy == policy)
  }

  @Test(arguments: [("prompt", CommandProvider.Input.prompt), ("json", .json)])
  func `knows what a command may be given`(word: String, input: CommandProvider.Input) throws {
    let (value, errors) = try read(
      configuration: "commands: {echo: {command: [cat], input: \(word)}}")
    #expect(errors == [])
    #expect(value.commands == ["echo": CommandProvider(["cat"], input: input)])
  }

  @Test(arguments: ["openai/gpt-6-luna", "guide/guide", "vllm/qwen/qwen3"])
  func `a model may be named as it is`(name: String) throws {
    #expect(try read(configuration: "model: \(name)").value.model == name)
  }

  @Test(arguments: ["nord", "./mine.yaml", "~/themes/mine", "mine.yaml"])
  func `a theme is a name or a path`(theme: String) throws {
    let (value, errors) = try read(configuration: "theme: \(theme)")
    #expect(value.theme == .one(theme))
    #expect(errors == [])
  }

  // MARK: - What is wrong

  @Test(arguments: [
    ("modle: a/b", "1:1: 'modle' is not known; did you mean 'model'?"),
    ("cut-replies: keep", "1:1: 'cut-replies' is not known; did you mean 'cutReplies'?"),
    (
      "retry: {retrys: 1}", "1:9: 'retrys' is not known in 'retry'; did you mean 'retries'?"
    ),
    (
      "models: {ollama/x: {windw: 1}}",
      "1:21: 'windw' is not known in 'models.ollama/x'; did you mean 'window'?"
    ),
    (
      "commands: {echo: {command: [cat], shell: yes}}",
      "1:35: 'shell' is not known in 'commands.echo'; known: command, input."
    ),
    (
      "send: queue\nsend: block",
      "2:1: 'send' stands here a second time; the first one, in line 1, counts."
    ),
    (
      "pools:\n  fast: [vllm/a]\n  fast: [vllm/b]",
      "3:3: 'fast' stands here a second time; the first one, in line 2, counts."
    ),
  ])
  func `tells a member that is not known or stands twice`(
    yaml: String, sentence: String
  ) throws {
    #expect(try read(configuration: yaml).errors == [sentence])
  }

  @Test(arguments: [
    ("[]", "1:1: The document must be a mapping ('name: value'), not a list."),
    ("model: [a/b]", "1:8: 'model' must be text, not a list."),
    ("theme: {name: nord}", "1:9: 'name' is not known in 'theme'; known: dark, light."),
    ("theme: [nord]", "1:8: 'theme' must be text, not a list."),
    ("theme: {dark: [nord]}", "1:15: 'theme.dark' must be text, not a list."),
    ("view: folded", "1:7: 'view' must be a mapping ('name: value'), not 'folded'."),
    (
      "theme:",
      "1:7: 'theme' has no value; it must be text. A '#' outside quotation marks begins a comment."
    ),
    ("fallback: [ollama/x]", "1:11: 'fallback' must be a mapping ('name: value'), not a list."),
    (
      "pools: {fast: ollama/x}",
      "1:15: 'pools.fast' must be a list ('[one, two]'), not 'ollama/x'."
    ),
    ("pools: {fast: [[ollama/x]]}", "1:16: 'pools.fast' must be text, not a list."),
    ("retry: often", "1:8: 'retry' must be a mapping ('name: value'), not 'often'."),
    ("idle: 90 s", "1:7: 'idle' must be a mapping ('name: value'), not '90 s'."),
    (
      "models: {ollama/x: 8192}",
      "1:20: 'models.ollama/x' must be a mapping ('name: value'), not '8192'."
    ),
    (
      "commands: {echo: [cat]}",
      "1:18: 'commands.echo' must be a mapping ('name: value'), not a list."
    ),
    (
      "commands: {echo: {command: cat -n}}",
      "1:28: 'commands.echo.command' must be a list ('[one, two]'), not 'cat -n'."
    ),
    (
      "commands: {echo: {command: [cat, [-n]]}}",
      "1:34: 'commands.echo.command' must be text, not a list."
    ),
  ])
  func `tells what is of another kind`(yaml: String, sentence: String) throws {
    let (value, errors) = try read(configuration: yaml)
    #expect(errors == [sentence])
    #expect(value == Configuration())
  }

  @Test(arguments: [
    (
      "retry: {retries: 11}",
      "1:18: 'retry.retries' must be a whole number from 0 to 10, not '11'."
    ),
    (
      "retry: {retries: -1}",
      "1:18: 'retry.retries' must be a whole number from 0 to 10, not '-1'."
    ),
    ("retry: {base: 500}", "1:15: 'retry.base' needs a unit: write '500 ms' or '500 s'."),
    ("retry: {base: 0 s}", "1:15: 'retry.base' must be from 1 ms to 1 h, not '0 s'."),
    ("retry: {longest: 61 min}", "1:18: 'retry.longest' must be from 1 ms to 1 h, not '61 min'."),
    (
      "retry: {longestRetryAfter: 25 h}",
      "1:28: 'retry.longestRetryAfter' must be from 0 s to 24 h, not '25 h'."
    ),
    (
      "retry: {total: for ever}",
      "1:16: 'retry.total' must be a time such as '500 ms', '2 s' or '10 min', not 'for ever'."
    ),
    ("idle: {silence: 999 ms}", "1:17: 'idle.silence' must be from 1 s to 24 h, not '999 ms'."),
    ("idle: {progress: 25 h}", "1:18: 'idle.progress' must be from 1 s to 24 h, not '25 h'."),
    ("send: que", "1:7: 'send' cannot be 'que'; did you mean 'queue'?"),
    ("send: later", "1:7: 'send' cannot be 'later'; known: replace, queue, block."),
    (
      "commands: {echo: {command: [cat], input: jsn}}",
      "1:42: 'commands.echo.input' cannot be 'jsn'; did you mean 'json'?"
    ),
    ("cutReplies: forget", "1:13: 'cutReplies' cannot be 'forget'; known: keep, drop, note."),
    (
      "parallelStreams: 0",
      "1:18: 'parallelStreams' must be a whole number from 1 to 64, not '0'."
    ),
    ("notify: ring", "1:9: 'notify' cannot be 'ring'; known: off, bell, osc9."),
    (
      "parallelStreams: 65",
      "1:18: 'parallelStreams' must be a whole number from 1 to 64, not '65'."
    ),
    (
      "models: {ollama/x: {window: 255}}",
      "1:29: 'models.ollama/x.window' must be a whole number from 256 to 100000000, not '255'."
    ),
    (
      "models: {ollama/x: {window: 8k}}",
      "1:29: 'models.ollama/x.window' must be a whole number from 256 to 100000000, not '8k'."
    ),
    ("theme: {light: norr}", "1:16: No theme is called 'norr'; did you mean 'nord'?"),
    ("view: {details: yes}", "1:17: 'view.details' must be true or false, not 'yes'."),
    (
      "view: {mouse: 'true'}",
      "1:15: 'view.mouse' must be true or false, without quotation marks, not 'true'."
    ),
    ("theme: norr", "1:8: No theme is called 'norr'; did you mean 'nord'?"),
    (
      "theme: sea",
      "1:8: No theme is called 'sea'; known: nord, patter-dark, patter-light."
    ),
  ])
  func `a value that is wrong is told and keeps its default`(
    yaml: String, sentence: String
  ) throws {
    let (value, errors) = try read(configuration: yaml)
    #expect(errors == [sentence])
    #expect(value == Configuration())
  }

  // MARK: - All together

  @Test func `every mistake is told in the order of the file, and what is right counts`() throws {
    let (value, errors) = try read(
      configuration:
        """
        parallelStreams: many
        model: fast
        pools:
          fast: [ollama/llama3.2, nobody]
          slow: []
        retry: {retries: 1, base: 1}
        send: queue
        sned: block
        """)
    #expect(errors.map { $0.prefix { $0 != " " } } == ["1:18:", "4:27:", "5:9:", "6:27:", "8:1:"])
    var expected = Configuration()
    expected.model = "fast"
    expected.routes = ["fast": try #require(Route("fast", .pool, [try model("ollama/llama3.2")]))]
    expected.retry.retries = 1
    expected.sendPolicy = .queue
    #expect(value == expected)
  }
}

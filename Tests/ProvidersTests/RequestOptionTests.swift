// What the user asks of a reply, in the words of each server.

import Chat
import Testing
import Wire

@testable import Providers

struct `What is asked of a reply` {
  private let everything = ReplyOptions(
    maxTokens: 100, temperature: 0.7, topP: 0.9, stop: ["END", "\n"], seed: 7, effort: .low)

  private func prompt(_ options: ReplyOptions, parts: [Part] = [.text("Hi")]) -> Outgoing {
    var outgoing = Outgoing(
      model: ModelID(provider: "p", name: "m"), messages: [.init(role: .user, parts: parts)])
    outgoing.options = options
    return outgoing
  }

  private func body(
    _ provider: String, _ options: ReplyOptions, at url: String? = nil,
    parts: [Part] = [.text("Hi")]
  ) throws -> String {
    let endpoint = try endpoint(provider, at: url, key: "k")
    let request = try endpoint.chatRequest(prompt(options, parts: parts), userAgent: agent)
    return String(decoding: request.body, as: UTF8.self)
  }

  @Test func `OpenAI gets each under its name`() throws {
    #expect(
      try body("openai", everything)
        == #"{"max_completion_tokens":100,"messages":[{"content":"Hi","role":"user"}],"model":"m","#
        + #""reasoning_effort":"low","seed":7,"stop":["END","\n"],"stream":true,"#
        + #""stream_options":{"include_obfuscation":false,"include_usage":true},"#
        + #""temperature":0.7,"top_p":0.9}"#)
  }

  @Test func `Mistral gets each under its name`() throws {
    #expect(
      try body("mistral", everything)
        == #"{"max_tokens":100,"messages":[{"content":"Hi","role":"user"}],"model":"m","#
        + #""random_seed":7,"reasoning_effort":"low","stop":["END","\n"],"stream":true,"#
        + #""temperature":0.7,"top_p":0.9}"#)
  }

  @Test func `Ollama gets each under its name`() throws {
    #expect(
      try body("ollama", everything)
        == #"{"messages":[{"content":"Hi","role":"user"}],"model":"m","options":{"num_predict":100,"#
        + #""seed":7,"stop":["END","\n"],"temperature":0.7,"top_p":0.9},"stream":true,"think":"low"}"#
    )
  }

  // Anthropic wants the longest reply to be named in any case.
  @Test(
    arguments: ProviderTable.standard.rows.filter { $0.server != nil }.map(\.id)
      .filter { $0 != "anthropic" })
  func `what is not asked for is not sent`(provider: String) throws {
    let text = try body(provider, ReplyOptions())
    for member in [
      "max_", "num_predict", "temperature", "top_p", "stop", "seed", "effort", "reasoning", "think",
      "options\":{\"n", "keep_alive",
    ] {
      #expect(!text.contains(member), "\(member) in \(text)")
    }
  }

  @Test(arguments: [
    ("openai", "max_completion_tokens"), ("azure", "max_completion_tokens"),
    ("xai", "max_tokens"), ("groq", "max_completion_tokens"),
    ("moonshot", "max_completion_tokens"), ("cerebras", "max_completion_tokens"),
    ("deepseek", "max_tokens"), ("mistral", "max_tokens"), ("openrouter", "max_tokens"),
    ("perplexity", "max_tokens"), ("qwen", "max_tokens"), ("vllm", "max_tokens"),
  ])
  func `the longest reply goes under the server's name for it`(
    provider: String, member: String
  ) throws {
    let text = try body(provider, ReplyOptions(maxTokens: 5))
    #expect(text.contains("\"\(member)\":5,"))
    #expect(text.ranges(of: "max_").count == 1)
  }

  @Test func `a server in OpenAI's place is asked as most servers are`() throws {
    let text = try body("openai", everything, at: "http://localhost:8080/v1")
    #expect(text.contains(#""max_tokens":100,"#))
    #expect(!text.contains("obfuscation"))
    #expect(!text.contains("max_completion_tokens"))
  }

  @Test(arguments: [
    ("openai", ["none", "minimal", "low", "medium", "high", "xhigh"]),
    ("azure", ["none", "minimal", "low", "medium", "high", "xhigh"]),
    ("perplexity", ["none", "minimal", "low", "medium", "high", "high"]),
    ("groq", ["none", "low", "low", "medium", "high", "high"]),
    ("vllm", ["none", "low", "low", "medium", "high", "high"]),
  ])
  func `an effort is the nearest word that the server has`(
    provider: String, words: [String]
  ) throws {
    for (effort, word) in zip(ReasoningEffort.allCases, words) {
      let text = try body(provider, ReplyOptions(effort: effort))
      #expect(text.contains(#""reasoning_effort":"\#(word)""#))
    }
  }

  @Test func `OpenRouter gets an effort as an object`() throws {
    #expect(
      try body("openrouter", ReplyOptions(effort: .max)).contains(
        #""reasoning":{"effort":"xhigh"}"#))
  }

  @Test(arguments: ["deepseek", "moonshot"])
  func `thinking is switched off where it is a switch, and else has three levels`(
    provider: String
  ) throws {
    let off = try body(provider, ReplyOptions(effort: .off))
    #expect(off.contains(#""thinking":{"type":"disabled"}"#))
    #expect(!off.contains("reasoning_effort"))
    let words = ["low", "low", "high", "high", "max"]
    for (effort, word) in zip(ReasoningEffort.allCases.dropFirst(), words) {
      let text = try body(provider, ReplyOptions(effort: effort))
      #expect(text.contains(#""reasoning_effort":"\#(word)""#))
      #expect(!text.contains("thinking"))
    }
  }

  @Test func `Qwen is told to think or not to`() throws {
    #expect(try body("qwen", ReplyOptions(effort: .off)).contains(#""enable_thinking":false"#))
    #expect(try body("qwen", ReplyOptions(effort: .high)).contains(#""enable_thinking":true"#))
  }

  @Test func `Ollama is told not to think, or how much`() throws {
    let words = ["false", #""low""#, #""low""#, #""medium""#, #""high""#, #""max""#]
    for (effort, word) in zip(ReasoningEffort.allCases, words) {
      #expect(try body("ollama", ReplyOptions(effort: effort)).contains(#""think":\#(word)}"#))
    }
  }

  @Test(arguments: ["llamacpp", "lmstudio"])
  func `an effort that a server has no word for is refused before a socket is opened`(
    provider: String
  ) throws {
    var registry = StreamRegistry(userAgent: agent)
    registry.start(
      StreamID(7), prompt(ReplyOptions(effort: .high)), endpoint: try endpoint(provider),
      at: time(0))
    let output = registry.takeOutput()
    #expect(output.effects == [])
    #expect(output.failure?.kind == .refused)
    #expect(
      output.failure?.message.hasSuffix(
        " cannot be told how much to think; nothing was sent. "
          + "Leave the effort out of the options in config.yaml for it.")
        == true)
  }

  // MARK: - Files

  private let pdf = Part(
    .file(name: "a\n.pdf", mediaType: "application/pdf"), data: [1, 2, 255])

  @Test(arguments: ["openai", "openrouter"])
  func `a PDF goes along where it is taken`(provider: String) throws {
    #expect(
      try body(provider, ReplyOptions(), parts: [pdf, .text("Sum up")]).contains(
        #"[{"file":{"file_data":"data:application/pdf;base64,AQL/","filename":"a .pdf"},"#
          + #""type":"file"},{"text":"Sum up","type":"text"}]"#))
  }

  @Test(arguments: ["groq", "mistral", "vllm", "azure"])
  func `a PDF is refused where it is not`(provider: String) throws {
    #expect(throws: StreamFailure.self) { try body(provider, ReplyOptions(), parts: [pdf]) }
  }

  @Test func `another kind of file is refused with what is taken`() throws {
    let sheet = Part(.file(name: "a.xls", mediaType: "application/x-xls"), data: [1])
    let error = #expect(throws: StreamFailure.self) {
      try body("openai", ReplyOptions(), parts: [sheet])
    }
    #expect(
      error?.message
        == "OpenAI cannot be given the file a.xls (application/x-xls); nothing was sent. "
        + "It takes text, pictures and PDF files.")
  }
}

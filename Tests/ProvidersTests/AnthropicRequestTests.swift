// What Anthropic is asked.

import Chat
import Testing
import Wire

@testable import Providers

private func body(_ outgoing: Outgoing, at url: String? = nil) throws -> String {
  let endpoint = try endpoint("anthropic", at: url, key: "k-anthropic")
  return String(
    decoding: try endpoint.chatRequest(outgoing, userAgent: agent).body, as: UTF8.self)
}

/// A prompt with these options, to this model.
private func asked(_ options: ReplyOptions, _ model: String = "claude-opus-4-6") -> Outgoing {
  var outgoing = outgoing("anthropic/\(model)")
  outgoing.options = options
  return outgoing
}

private func refusal(_ outgoing: Outgoing) throws -> StreamFailure {
  let endpoint = try endpoint("anthropic", key: "k-anthropic")
  return try #require(throws: StreamFailure.self) {
    try endpoint.chatRequest(outgoing, userAgent: agent)
  }
}

struct `Requests to Anthropic` {
  @Test func `have its path, its version and its key`() throws {
    let request = try endpoint("anthropic", key: "sk-ant-1").chatRequest(
      outgoing("anthropic/m"), userAgent: agent)
    #expect(request.method == .post)
    #expect(request.url == "https://api.anthropic.com/v1/messages")
    #expect(request.headers.contains(HTTPHeader("anthropic-version", "2023-06-01")))
    #expect(request.headers.contains(HTTPHeader("x-api-key", "sk-ant-1", isSecret: true)))
    #expect(!request.headers.contains { $0.name == "Authorization" })
  }

  @Test func `bear a token where there is no key`() throws {
    let row = try #require(ProviderTable.standard["anthropic"])
    let token = try row.endpoint(environment: ["ANTHROPIC_AUTH_TOKEN": "t-1"])
    let bearer = HTTPHeader("Authorization", "Bearer t-1", isSecret: true)
    #expect(try token.chatRequest(outgoing(), userAgent: agent).headers.contains(bearer))
    let both = try row.endpoint(
      environment: ["ANTHROPIC_AUTH_TOKEN": "t-1", "ANTHROPIC_API_KEY": "k-1"])
    let headers = try both.chatRequest(outgoing(), userAgent: agent).headers
    #expect(headers.contains(HTTPHeader("x-api-key", "k-1", isSecret: true)))
    #expect(!headers.contains(bearer))
  }

  @Test(arguments: [
    "http://proxy.test", "http://proxy.test/", "http://proxy.test/v1", "http://proxy.test/v1/",
  ])
  func `go to the same place whether the version is written or not`(_ url: String) throws {
    let endpoint = try endpoint("anthropic", at: url, key: "k")
    #expect(
      try endpoint.chatRequest(outgoing(), userAgent: agent).url == "http://proxy.test/v1/messages")
    #expect(
      endpoint.modelsRequest(userAgent: agent).url == "http://proxy.test/v1/models?limit=1000")
  }

  @Test func `hold the system prompt, blocks, attachments and the longest reply`() throws {
    let talk = Outgoing(
      model: ModelID(provider: "anthropic", name: "m/1"), systemPrompt: "Be brief.",
      messages: [
        .init(role: .user, parts: [.text("Hi"), .text("there")]),
        .init(role: .assistant, parts: [.text("Yes")]),
        .init(
          role: .user,
          parts: [
            Part(.image(mediaType: "image/png"), data: [1, 2, 255]),
            Part(.file(name: "a b.pdf", mediaType: "application/pdf"), data: [1, 2, 255]),
            Part(.file(name: "c.txt", mediaType: "text/plain"), text: "C"), .text("See"),
          ]),
      ])
    #expect(
      try body(talk) == #"{"max_tokens":8192,"messages":["#
        + #"{"content":[{"text":"Hi\n\nthere","type":"text"}],"role":"user"},"#
        + #"{"content":[{"text":"Yes","type":"text"}],"role":"assistant"},"#
        + #"{"content":[{"source":{"data":"AQL/","media_type":"image/png","type":"base64"},"type":"image"},"#
        + #"{"source":{"data":"AQL/","media_type":"application/pdf","type":"base64"},"title":"a b.pdf","type":"document"},"#
        + #"{"text":"<file name=\"c.txt\">\nC\n</file>\n\nSee","type":"text"}],"role":"user"}],"#
        + #""model":"m/1","stream":true,"system":"Be brief."}"#)
  }

  @Test func `leave out a blank system prompt`() throws {
    var blank = outgoing("anthropic/m")
    blank.systemPrompt = " \n"
    #expect(try !body(blank).contains("system"))
  }

  @Test func `mark the last block of what comes again, and nothing else`() throws {
    var talk = outgoing("anthropic/m", "a")
    talk.messages[0].isCacheMark = true
    talk.messages[0].parts.insert(Part(.image(mediaType: "image/gif"), data: [1]), at: 0)
    talk.messages.append(.init(role: .assistant, parts: [.text("b")]))
    talk.messages.append(.init(role: .user, parts: [.text("c")]))
    let body = try body(talk)
    #expect(body.contains(#"{"cache_control":{"type":"ephemeral"},"text":"a","type":"text"}"#))
    #expect(body.split(separator: "cache_control").count == 2)
  }

  @Test(arguments: [
    Part(.image(mediaType: "image/heic"), data: [1]),
    Part(.file(name: "a.zip", mediaType: "application/zip"), data: [1]),
    Part(.file(name: "a.png", mediaType: "image/png"), data: [1]),
  ])
  func `are not sent with what it cannot be given`(_ part: Part) throws {
    var talk = outgoing("anthropic/m")
    talk.messages[0].parts.append(part)
    let failure = try refusal(talk)
    #expect(failure.kind == .refused)
    #expect(failure.message.hasPrefix("Anthropic cannot be given "))
    #expect(
      failure.message.hasSuffix(
        "nothing was sent. It takes text, PDF files, and pictures as PNG, JPEG, WebP and GIF."))
  }

  @Test func `hold the options that it has`() throws {
    let options = ReplyOptions(maxTokens: 100, temperature: 0.5, topP: 0.9, stop: ["END"])
    let body = try body(asked(options))
    for member in [
      #""max_tokens":100"#, #""temperature":0.5"#, #""top_p":0.9"#, #""stop_sequences":["END"]"#,
    ] { #expect(body.contains(member)) }
    #expect(!body.contains("thinking") && !body.contains("output_config"))
  }

  @Test func `are not sent with a seed or a temperature beyond one`() throws {
    #expect(
      try refusal(asked(ReplyOptions(seed: 7))).message
        == "Anthropic does not take a seed; nothing was sent. "
        + "Leave it out of the options in config.yaml.")
    #expect(
      try refusal(asked(ReplyOptions(temperature: 1.5))).message
        == "Anthropic does not take a temperature of 1.5; nothing was sent. It takes 0 to 1.")
    #expect(try body(asked(ReplyOptions(temperature: 1))).contains(#""temperature":1"#))
  }

  @Test(arguments: [
    (ReasoningEffort.off, #""thinking":{"type":"disabled"}"#, 8_192),
    (.minimal, #""thinking":{"budget_tokens":1024,"type":"enabled"}"#, 9_216),
    (.low, #""thinking":{"budget_tokens":2048,"type":"enabled"}"#, 10_240),
    (.medium, #""thinking":{"budget_tokens":8192,"type":"enabled"}"#, 16_384),
    (.high, #""thinking":{"budget_tokens":16384,"type":"enabled"}"#, 24_576),
    (.max, #""thinking":{"budget_tokens":23808,"type":"enabled"}"#, 32_000),
  ])
  func `give an older model, and one of others, a budget with room for the reply`(
    _ effort: ReasoningEffort, _ thinking: String, _ maxTokens: Int
  ) throws {
    let models = [
      "claude-sonnet-4-5-20250929", "claude-3-7-sonnet-20250219", "claude-opus-4-20250514",
      "claude-opus-4-1", "anthropic/claude-haiku-4.5", "kimi-k3",
    ]
    for model in models {
      let body = try body(asked(ReplyOptions(effort: effort), model))
      #expect(body.contains(thinking), "\(model)")
      #expect(body.contains(#""max_tokens":\#(maxTokens)"#))
      #expect(!body.contains("output_config"))
    }
  }

  @Test(arguments: [
    (ReasoningEffort.minimal, "low"), (.low, "low"), (.medium, "medium"), (.high, "high"),
    (.max, "max"),
  ])
  func `tell a newer model a level`(_ effort: ReasoningEffort, _ level: String) throws {
    let models = [
      "claude-opus-4-6", "claude-sonnet-4-6", "claude-opus-5", "claude-haiku-5-5",
      "claude-fable-5-1",
      "claude-opus-latest", "us.anthropic.claude-opus-4-6-v1",
    ]
    for model in models {
      let body = try body(asked(ReplyOptions(effort: effort), model))
      #expect(body.contains(#""thinking":{"display":"summarized","type":"adaptive"}"#), "\(model)")
      #expect(body.contains(#""output_config":{"effort":"\#(level)"}"#))
    }
  }

  @Test func `ask for the least thought where a model cannot do without`() throws {
    for model in ["claude-opus-5-5", "claude-fable-5", "claude-mythos-5-1"] {
      let body = try body(asked(ReplyOptions(effort: .off), model))
      #expect(body.contains(#""output_config":{"effort":"low"}"#), "\(model)")
      #expect(!body.contains("disabled"))
    }
    for model in ["claude-sonnet-5-5", "claude-opus-5", "claude-haiku-4-5"] {
      #expect(
        try body(asked(ReplyOptions(effort: .off), model))
          .contains(#""thinking":{"type":"disabled"}"#), "\(model)")
    }
  }

  @Test func `keep to the longest reply that is wished as far as the thoughts leave room`() throws {
    let model = "claude-opus-4-5"
    let wide = ReplyOptions(maxTokens: 20_000, effort: .high)
    #expect(try body(asked(wide, model)).contains(#""max_tokens":20000"#))
    let narrow = ReplyOptions(maxTokens: 100, effort: .high)
    #expect(try body(asked(narrow, model)).contains(#""max_tokens":16484"#))
  }

  @Test func `leave room for thoughts that nobody asked for, and ask to see them`() throws {
    let always = try body(asked(ReplyOptions(temperature: 0.5), "claude-opus-5-5"))
    #expect(always.contains(#""thinking":{"display":"summarized","type":"adaptive"}"#))
    #expect(always.contains(#""max_tokens":16384"#))
    #expect(!always.contains("output_config") && !always.contains("temperature"))
    let perhaps = try body(asked(ReplyOptions(), "claude-sonnet-5-5"))
    #expect(perhaps.contains(#""max_tokens":16384"#))
    #expect(!perhaps.contains("thinking"))
    let short = try body(asked(ReplyOptions(maxTokens: 100), "claude-opus-5-5"))
    #expect(short.contains(#""max_tokens":100"#))
  }

  @Test func `hold no temperature where the model thinks`() throws {
    for model in ["claude-opus-4-5", "claude-opus-5-5"] {
      let thinking = ReplyOptions(temperature: 0.5, effort: .low)
      #expect(try !body(asked(thinking, model)).contains("temperature"))
    }
    let off = ReplyOptions(temperature: 0.5, effort: .off)
    #expect(try body(asked(off, "claude-opus-4-5")).contains(#""temperature":0.5"#))
  }
}

struct `The models of Anthropic` {
  @Test func `are listed page by page, with what they are called and take`() throws {
    let page = try #require(
      Anthropic.models(
        from: Array(
          #"{"data":[{"id":"a","display_name":"A\n1","max_input_tokens":200000,"max_tokens":64000},"#
            .utf8)
          + Array(
            #"{"id":"b","display_name":" ","max_tokens":0},{"no":1}],"has_more":true,"last_id":"b/c&d"}"#
              .utf8)))
    #expect(
      page.models == [
        ListedModel("a", title: "A 1", windowTokens: 200_000, replyTokens: 64_000),
        ListedModel("b"),
      ])
    #expect(page.next == "b/c&d")
    let next = try endpoint("anthropic", key: "k").modelsRequest(page: page.next, userAgent: agent)
    #expect(
      next.url == "https://api.anthropic.com/v1/models?limit=1000&after_id=b%2Fc%26d")
  }

  @Test(arguments: [
    #"{"data":[{"id":"a"}],"has_more":false,"last_id":"a"}"#, #"{"data":[{"id":"a"}]}"#,
    #"{"data":[{"id":"a"}],"has_more":true,"last_id":""}"#,
    #"{"data":[{"id":"a"}],"has_more":true,"last_id":null}"#,
  ])
  func `end where no page follows`(_ body: String) throws {
    let page = try #require(Anthropic.models(from: Array(body.utf8)))
    #expect(page.models == [ListedModel("a")])
    #expect(page.next == nil)
  }

  @Test func `are none where the body is another`() {
    #expect(Anthropic.models(from: Array(#"{"models":[]}"#.utf8)) == nil)
  }
}

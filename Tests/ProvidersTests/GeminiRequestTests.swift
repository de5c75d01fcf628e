// What Gemini is asked.

import Chat
import Testing
import Wire

@testable import Providers

private func body(_ outgoing: Outgoing) throws -> String {
  let endpoint = try endpoint("gemini", key: "k-gemini")
  return String(
    decoding: try endpoint.chatRequest(outgoing, userAgent: agent).body, as: UTF8.self)
}

/// A prompt with these options, to this model.
private func asked(_ options: ReplyOptions, _ model: String) -> Outgoing {
  var outgoing = outgoing("gemini/\(model)")
  outgoing.options = options
  return outgoing
}

struct `Requests to Gemini` {
  @Test func `have its path and its key, which never stands in the address`() throws {
    let request = try endpoint("gemini", key: "AIza-1").chatRequest(
      outgoing("gemini/gemini-3-pro"), userAgent: agent)
    #expect(request.method == .post)
    #expect(
      request.url == "https://generativelanguage.googleapis.com/v1beta/models/gemini-3-pro"
        + ":streamGenerateContent?alt=sse")
    #expect(request.headers.contains(HTTPHeader("x-goog-api-key", "AIza-1", isSecret: true)))
  }

  @Test func `take the key from either variable, Google's first`() throws {
    let row = try #require(ProviderTable.standard["gemini"])
    let gemini = try row.endpoint(environment: ["GEMINI_API_KEY": "k-1"])
    #expect(gemini.key == Secret("k-1"))
    #expect(gemini.keyHeader == .named("x-goog-api-key"))
    let both = try row.endpoint(environment: ["GEMINI_API_KEY": "k-1", "GOOGLE_API_KEY": "k-2"])
    #expect(both.key == Secret("k-2"))
    #expect(throws: EndpointError.missingKey(provider: "Gemini", variable: "GOOGLE_API_KEY")) {
      try row.endpoint(environment: [:])
    }
  }

  @Test(arguments: ["http://proxy.test", "http://proxy.test/v1beta", "http://proxy.test/v1beta/"])
  func `go to the same place whether the version is written or not`(_ url: String) throws {
    let endpoint = try endpoint("gemini", at: url, key: "k")
    #expect(
      try endpoint.chatRequest(outgoing("gemini/m"), userAgent: agent).url
        == "http://proxy.test/v1beta/models/m:streamGenerateContent?alt=sse")
    #expect(
      endpoint.modelsRequest(userAgent: agent).url
        == "http://proxy.test/v1beta/models?pageSize=1000")
  }

  @Test(arguments: [
    ("models/gemini-3-pro", "gemini-3-pro"), ("a/../b?c#d", "a%2F..%2Fb%3Fc%23d"),
    ("a b:é", "a%20b%3A%C3%A9"),
  ])
  func `name the model so that it leads nowhere else`(_ name: String, _ path: String) throws {
    let model = Outgoing(
      model: ModelID(provider: "gemini", name: name),
      messages: [.init(role: .user, parts: [.text("Hi")])])
    let request = try endpoint("gemini", key: "k").chatRequest(model, userAgent: agent)
    #expect(request.url.hasSuffix("/v1beta/models/\(path):streamGenerateContent?alt=sse"))
  }

  @Test func `hold the system prompt, the roles and attachments, and no options unasked`() throws {
    let talk = Outgoing(
      model: ModelID(provider: "gemini", name: "m"), systemPrompt: "Be brief.",
      messages: [
        .init(role: .user, parts: [.text("Hi"), .text("there")]),
        .init(role: .assistant, parts: [.text("Yes")]),
        .init(
          role: .user,
          parts: [
            Part(.image(mediaType: "image/png"), data: [1, 2, 255]),
            Part(.file(name: "b.pdf", mediaType: "application/pdf"), data: [1, 2, 255]),
            Part(.file(name: "c.txt", mediaType: "text/plain"), text: "C"),
          ]),
      ])
    #expect(
      try body(talk) == #"{"contents":[{"parts":[{"text":"Hi\n\nthere"}],"role":"user"},"#
        + #"{"parts":[{"text":"Yes"}],"role":"model"},"#
        + #"{"parts":[{"inlineData":{"data":"AQL/","mimeType":"image/png"}},"#
        + #"{"inlineData":{"data":"AQL/","mimeType":"application/pdf"}},"#
        + #"{"text":"<file name=\"c.txt\">\nC\n</file>"}],"role":"user"}],"#
        + #""systemInstruction":{"parts":[{"text":"Be brief."}]}}"#)
  }

  @Test func `leave out a blank system prompt`() throws {
    var blank = outgoing("gemini/m")
    blank.systemPrompt = " \n"
    #expect(try !body(blank).contains("system"))
  }

  @Test func `are not sent with what it cannot be given`() throws {
    var talk = outgoing("gemini/m")
    talk.messages[0].parts.append(Part(.image(mediaType: "image/gif"), data: [1]))
    let endpoint = try endpoint("gemini", key: "k")
    let failure = try #require(throws: StreamFailure.self) {
      try endpoint.chatRequest(talk, userAgent: agent)
    }
    #expect(
      failure.message
        == "Gemini cannot be given a picture of the type image/gif; nothing was sent. "
        + "It takes text, PDF files, and pictures as PNG, JPEG, WebP and HEIC.")
  }

  @Test func `hold the options`() throws {
    let options = ReplyOptions(
      maxTokens: 100, temperature: 1.5, topP: 0.9, stop: ["END"], seed: 7)
    #expect(
      try body(asked(options, "m")).contains(
        #""generationConfig":{"maxOutputTokens":100,"seed":7,"stopSequences":["END"],"#
          + #""temperature":1.5,"topP":0.9}"#))
  }

  @Test(arguments: [
    (ReasoningEffort.off, #"{"thinkingBudget":0}"#),
    (.minimal, #"{"includeThoughts":true,"thinkingBudget":512}"#),
    (.low, #"{"includeThoughts":true,"thinkingBudget":1024}"#),
    (.medium, #"{"includeThoughts":true,"thinkingBudget":8192}"#),
    (.high, #"{"includeThoughts":true,"thinkingBudget":24576}"#),
    (.max, #"{"includeThoughts":true,"thinkingBudget":-1}"#),
  ])
  func `give an older model a budget for its thoughts`(
    _ effort: ReasoningEffort, _ thinking: String
  ) throws {
    for model in ["gemini-2.5-flash", "models/gemini-2.5-flash-lite"] {
      #expect(
        try body(asked(ReplyOptions(effort: effort), model))
          .contains(#""generationConfig":{"thinkingConfig":\#(thinking)}"#))
    }
  }

  @Test(arguments: [
    (ReasoningEffort.off, #"{"thinkingLevel":"LOW"}"#),
    (.minimal, #"{"includeThoughts":true,"thinkingLevel":"LOW"}"#),
    (.low, #"{"includeThoughts":true,"thinkingLevel":"LOW"}"#),
    (.medium, #"{"includeThoughts":true,"thinkingLevel":"MEDIUM"}"#),
    (.high, #"{"includeThoughts":true,"thinkingLevel":"HIGH"}"#),
    (.max, #"{"includeThoughts":true,"thinkingLevel":"HIGH"}"#),
  ])
  func `tell a newer model a level`(_ effort: ReasoningEffort, _ thinking: String) throws {
    for model in ["gemini-3-pro-preview", "gemini-flash-latest", "gemini-4-argon"] {
      #expect(
        try body(asked(ReplyOptions(effort: effort), model))
          .contains(#""thinkingConfig":\#(thinking)"#))
    }
  }

  @Test func `ask the Pro of 2.5 for the least thought, which cannot do without`() throws {
    #expect(
      try body(asked(ReplyOptions(effort: .off), "gemini-2.5-pro"))
        .contains(#"{"thinkingBudget":128}"#))
  }
}

struct `The models of Gemini` {
  @Test func `are those that answer, page by page, with what they are called and take`() throws {
    let rows = [
      #"{"name":"models/a","displayName":"A","inputTokenLimit":1048576,"outputTokenLimit":65536,"#
        + #""supportedGenerationMethods":["generateContent","countTokens"]}"#,
      #"{"name":"models/e","supportedGenerationMethods":["embedContent"]}"#,
      #"{"name":"b","supportedGenerationMethods":["generateContent"]}"#, "7", #"{"name":"c"}"#,
    ]
    let body = #"{"models":[\#(rows.joined(separator: ","))],"nextPageToken":"x+/="}"#
    let page = try #require(Gemini.models(from: Array(body.utf8)))
    #expect(
      page.models == [
        ListedModel("a", title: "A", windowTokens: 1_048_576, replyTokens: 65_536),
        ListedModel("b"),
      ])
    #expect(page.next == "x+/=")
    let next = try endpoint("gemini", key: "k").modelsRequest(page: page.next, userAgent: agent)
    #expect(
      next.url == "https://generativelanguage.googleapis.com/v1beta/models?pageSize=1000"
        + "&pageToken=x%2B%2F%3D")
  }

  @Test func `may be a page without any that answers, and the next one follows`() throws {
    let body =
      #"{"models":[{"name":"models/e","supportedGenerationMethods":["embedContent"]}],"nextPageToken":"2"}"#
    let page = try #require(Gemini.models(from: Array(body.utf8)))
    #expect(page.models == [])
    #expect(page.next == "2")
  }

  @Test func `end where no page follows, and are none where the body is another`() throws {
    let row = #"{"name":"models/a","supportedGenerationMethods":["generateContent"]}"#
    for tail in ["", #","nextPageToken":"""#, #","nextPageToken":null"#] {
      let page = try #require(Gemini.models(from: Array(#"{"models":[\#(row)]\#(tail)}"#.utf8)))
      #expect(page.next == nil)
    }
    #expect(Gemini.models(from: Array(#"{"data":[]}"#.utf8)) == nil)
    #expect(Gemini.models(from: Array(#"{"models":[{"id":"a"}]}"#.utf8)) == nil)
  }
}

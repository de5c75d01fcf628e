// What is sent to the Responses.

import Chat
import Testing
import Wire

@testable import Providers

struct `Requests to the Responses` {
  private func body(_ outgoing: Outgoing, at url: String? = nil) throws -> String {
    let endpoint = try endpoint("openai-responses", at: url, key: "sk-secret")
    let request = try endpoint.chatRequest(outgoing, userAgent: agent)
    return String(decoding: request.body, as: UTF8.self)
  }

  private func asking(_ parts: [Part]) -> Outgoing {
    Outgoing(
      model: ModelID(provider: "openai-responses", name: "m"),
      messages: [.init(role: .user, parts: parts)])
  }

  @Test func `hold instructions, the talk and nothing to store`() throws {
    let talk = Outgoing(
      model: ModelID(provider: "openai-responses", name: "m/1"), systemPrompt: "Be brief.",
      messages: [
        .init(role: .user, parts: [.text("Hi \"you\"")]),
        .init(role: .assistant, parts: [Part(.thinking, text: "secret thought"), .text("Yes")]),
        .init(role: .user, parts: [.text("both"), .text("there")]),
      ])
    let endpoint = try endpoint("openai-responses", key: "sk-secret")
    let request = try endpoint.chatRequest(talk, userAgent: agent)
    #expect(request.method == .post)
    #expect(request.url == "https://api.openai.com/v1/responses")
    #expect(request.headers.contains(HTTPHeader("Accept", "text/event-stream")))
    #expect(
      request.headers.contains(HTTPHeader("Authorization", "Bearer sk-secret", isSecret: true)))
    #expect(
      String(decoding: request.body, as: UTF8.self)
        == #"{"input":[{"content":"Hi \"you\"","role":"user"},{"content":"Yes","role":"assistant"},"#
        + #"{"content":"both\n\nthere","role":"user"}],"instructions":"Be brief.","model":"m/1","#
        + #""store":false,"stream":true,"stream_options":{"include_obfuscation":false}}"#)
  }

  @Test func `to another server do not speak of padding`() throws {
    #expect(
      try body(asking([.text("Hi")]), at: "http://localhost:1234/v1")
        == #"{"input":[{"content":"Hi","role":"user"}],"model":"m","store":false,"stream":true}"#)
  }

  @Test func `hold pictures, text files as text, and PDFs`() throws {
    let text = try body(
      asking([
        Part(.image(mediaType: "image/png"), data: [1, 2, 255]),
        Part(.file(name: "a.txt", mediaType: "text/plain"), text: "words"),
        Part(.file(name: "b\n.pdf", mediaType: "application/pdf"), data: [1, 2, 255]),
        .text("What is it?"),
      ]))
    #expect(
      text.hasPrefix(
        #"{"input":[{"content":[{"image_url":"data:image/png;base64,AQL/","type":"input_image"},"#
          + #"{"text":"<file name=\"a.txt\">\nwords\n</file>","type":"input_text"},"#
          + #"{"file_data":"data:application/pdf;base64,AQL/","filename":"b .pdf","type":"input_file"},"#
          + #"{"text":"What is it?","type":"input_text"}],"role":"user"}]"#))
  }

  @Test func `name another server where it cannot be given a file`() throws {
    let zip = Part(.file(name: "c.zip", mediaType: "application/zip"), data: [1])
    #expect {
      try body(asking([zip, .text("Hi")]), at: "http://box.test:8080/v1")
    } throws: { error in
      (error as? StreamFailure)?.message
        == "The server at box.test:8080 cannot be given the file c.zip (application/zip); nothing was "
        + "sent. It takes text, pictures and PDFs."
    }
  }

  @Test func `are not made for a file of another kind`() throws {
    let zip = Part(.file(name: "c.zip", mediaType: "application/zip"), data: [1])
    #expect {
      try body(asking([zip, .text("Hi")]))
    } throws: { error in
      let failure = error as? StreamFailure
      return failure?.kind == .refused
        && failure?.message
          == "OpenAI Responses cannot be given the file c.zip (application/zip); nothing was sent. "
          + "It takes text, pictures and PDFs."
    }
  }

  @Test func `hold what the user asks of the reply`() throws {
    var asked = asking([.text("Hi")])
    asked.options = ReplyOptions(maxTokens: 100, temperature: 0.5, topP: 0.25, effort: .medium)
    let text = try body(asked, at: "http://localhost:1234/v1")
    #expect(
      text == #"{"input":[{"content":"Hi","role":"user"}],"max_output_tokens":100,"model":"m","#
        + #""reasoning":{"effort":"medium","summary":"auto"},"store":false,"stream":true,"#
        + #""temperature":0.5,"top_p":0.25}"#)
  }

  @Test(arguments: [
    (ReasoningEffort.off, #""reasoning":{"effort":"none"}"#),
    (.minimal, #""reasoning":{"effort":"minimal","summary":"auto"}"#),
    (.low, #""reasoning":{"effort":"low","summary":"auto"}"#),
    (.high, #""reasoning":{"effort":"high","summary":"auto"}"#),
    (.max, #""reasoning":{"effort":"xhigh","summary":"auto"}"#),
  ])
  func `say the effort in OpenAI's words`(_ effort: ReasoningEffort, _ member: String) throws {
    var asked = asking([.text("Hi")])
    asked.options.effort = effort
    #expect(try body(asked).contains(member))
  }

  @Test(arguments: [
    (ReplyOptions(stop: ["END"]), "texts that end a reply (stop)"),
    (ReplyOptions(seed: 7), "a seed"),
  ])
  func `are not made where the wire has no place for a wish`(
    _ options: ReplyOptions, _ what: String
  ) throws {
    var asked = asking([.text("Hi")])
    asked.options = options
    let stream = OneStream(try endpoint("openai-responses", key: "k"), asked)
    #expect(stream.effects == [])
    #expect {
      try body(asked)
    } throws: { error in
      (error as? StreamFailure)?.message
        == "OpenAI Responses cannot be given \(what); nothing was sent. Leave it out, or ask the model "
        + "by another provider, such as openai/NAME."
    }
  }

  @Test func `for the list of models are those of OpenAI's chat`() throws {
    let endpoint = try endpoint("openai-responses", key: "k")
    #expect(
      endpoint.modelsRequest(userAgent: agent).url == "https://api.openai.com/v1/models")
    let list = Array(#"{"data":[{"id":"a"},{"id":"b"}]}"#.utf8)
    #expect(OpenAIResponses.models(from: list)?.models.map(\.name) == ["a", "b"])
  }

  @Test func `to a server of one's own do not bear OpenAI's name`() throws {
    let failure = try refused(
      500, #"{"error":{"message":"boom"}}"#, provider: "openai-responses",
      at: "http://box.test:8080/v1")
    #expect(failure.message == "The server at box.test:8080 failed (500: boom).")
  }
}

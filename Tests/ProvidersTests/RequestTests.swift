import Chat
import Testing
import Wire

@testable import Providers

struct Requests {
  private func request(_ effects: [RegistryEffect]) throws -> HTTPRequest {
    guard case .open(OneStream.transfer, let request) = try #require(effects.first) else {
      throw EndpointError.noServer(provider: "")
    }
    return request
  }

  private func text(_ request: HTTPRequest) -> String {
    String(decoding: request.body, as: UTF8.self)
  }

  private let talk = Outgoing(
    model: ModelID(provider: "p", name: "m/1"), systemPrompt: "Be brief.",
    messages: [
      .init(role: .user, parts: [.text("Hi \"you\""), .text("both/there")]),
      .init(role: .assistant, parts: [Part(.thinking, text: "secret thought"), .text("Yes")]),
      .init(
        role: .user,
        parts: [.text("See"), Part(.image(mediaType: "image/png"), data: [1, 2, 255])]),
    ])

  @Test func `OpenAI gets its headers, its options and pictures as data URLs`() throws {
    let stream = OneStream(try endpoint("openai", key: "sk-secret"), talk)
    let request = try request(stream.effects)
    #expect(request.method == .post)
    #expect(request.url == "https://api.openai.com/v1/chat/completions")
    #expect(
      request.headers == [
        HTTPHeader("Content-Type", "application/json"),
        HTTPHeader("Accept", "text/event-stream"),
        HTTPHeader("Accept-Encoding", "identity"),
        HTTPHeader("User-Agent", "patter/1.2"),
        HTTPHeader("Authorization", "Bearer sk-secret", isSecret: true),
      ])
    #expect(
      text(request) == #"{"messages":[{"content":"Be brief.","role":"system"},"#
        + #"{"content":"Hi \"you\"\n\nboth/there","role":"user"},"#
        + #"{"content":"Yes","role":"assistant"},"#
        + #"{"content":[{"text":"See","type":"text"},"#
        + #"{"image_url":{"url":"data:image/png;base64,AQL/"},"type":"image_url"}],"role":"user"}],"#
        + #""model":"m/1","stream":true,"#
        + #""stream_options":{"include_obfuscation":false,"include_usage":true}}"#)
  }

  @Test func `another server is not asked about padding and gets no key that is not there`() throws
  {
    let stream = OneStream(try endpoint("openai", at: "http://localhost:8080"), outgoing())
    let request = try request(stream.effects)
    #expect(request.url == "http://localhost:8080/chat/completions")
    #expect(!request.headers.contains { $0.name == "Authorization" })
    #expect(text(request).contains(#""stream_options":{"include_usage":true}"#))
  }

  @Test(arguments: ["mistral", "perplexity"])
  func `a row can leave out the question for usage`(provider: String) throws {
    let stream = OneStream(try endpoint(provider, key: "k"), outgoing())
    #expect(!text(try request(stream.effects)).contains("stream_options"))
  }

  @Test func `Ollama gets its own path and pictures beside the text`() throws {
    let stream = OneStream(try endpoint("ollama"), talk)
    let request = try request(stream.effects)
    #expect(request.url == "http://127.0.0.1:11434/api/chat")
    #expect(request.headers.contains(HTTPHeader("Accept", "application/x-ndjson")))
    #expect(
      text(request) == #"{"messages":[{"content":"Be brief.","role":"system"},"#
        + #"{"content":"Hi \"you\"\n\nboth/there","role":"user"},"#
        + #"{"content":"Yes","role":"assistant"},"#
        + #"{"content":"See","images":["AQL/"],"role":"user"}],"model":"m/1","stream":true}"#)
  }

  @Test func `a blank system prompt is none`() throws {
    var blank = outgoing()
    blank.systemPrompt = " \n"
    for provider in ["openai", "ollama"] {
      let stream = OneStream(try endpoint(provider, key: "k"), blank)
      #expect(!text(try request(stream.effects)).contains("system"))
    }
  }

  @Test func `a line break in a variable begins no header of its own`() throws {
    let row = try #require(ProviderTable.standard["openai"])
    let endpoint = try row.endpoint(
      environment: ["OPENAI_API_KEY": "a\r\nX-Evil: 1", "OPENAI_ORG_ID": "o\nX-Evil: 2"])
    let request = try endpoint.chatRequest(outgoing(), userAgent: agent)
    #expect(!request.headers.contains { $0.value.contains("\n") || $0.value.contains("\r") })
  }
}

// The dialect of Ollama's own interface: what is sent. `OllamaDecoder` reads the answer.
//
// Ollama also speaks OpenAI's, but there an error in the middle of a reply is lost on the way
// (ollama `middleware/openai.go`).

import Chat
import FoundationEssentials
import Wire

enum Ollama {
  static func chatRequest(
    _ outgoing: Outgoing, to endpoint: Endpoint, userAgent: String
  ) -> HTTPRequest {
    var messages: [Message] = []
    if let prompt = outgoing.systemPrompt, !prompt.allSatisfy(\.isWhitespace) {
      messages.append(Message(role: "system", content: prompt, images: nil))
    }
    messages += outgoing.messages.map { message in
      let images = message.parts.compactMap(base64)
      return Message(
        role: roleName(message.role), content: message.text,
        images: images.isEmpty ? nil : images)
    }
    let body = Body(model: outgoing.model.name, messages: messages, stream: true)
    return endpoint.request(
      .post, path: "/api/chat", accept: "application/x-ndjson", userAgent: userAgent,
      body: JSONText.encode(body))
  }

  static func modelsRequest(to endpoint: Endpoint, userAgent: String) -> HTTPRequest {
    endpoint.request(.get, path: "/api/tags", accept: "application/json", userAgent: userAgent)
  }

  /// The names in a list of models; nil if the bytes are no such list.
  static func models(from bytes: [UInt8]) -> [String]? {
    struct Row: Decodable {
      let name: String
    }
    struct List: Decodable {
      let models: [Lenient<Row>]
    }
    return JSONText.decode(List.self, from: bytes).flatMap { list in
      modelNames(list.models.map { $0.value?.name })
    }
  }

  private struct Body: Encodable {
    let model: String
    let messages: [Message]
    let stream: Bool
  }

  private struct Message: Encodable {
    let role: String
    let content: String
    let images: [String]?
  }

  private static func base64(_ part: Part) -> String? {
    guard case .image = part.kind, !part.data.isEmpty else { return nil }
    return Data(part.data).base64EncodedString()
  }
}

// The dialect of OpenAI's Chat Completions, and of everybody who speaks it: what is sent.
// `OpenAIChatDecoder` reads the answer.

import Chat
import FoundationEssentials
import Wire

enum OpenAIChat {
  /// The only host that is asked to leave out the padding of its chunks; others refuse the member.
  private static let paddingHost = "api.openai.com"

  static func chatRequest(
    _ outgoing: Outgoing, to endpoint: Endpoint, userAgent: String
  ) -> HTTPRequest {
    var messages: [Message] = []
    if let prompt = outgoing.systemPrompt, !prompt.allSatisfy(\.isWhitespace) {
      messages.append(Message(role: "system", content: .text(prompt)))
    }
    messages += outgoing.messages.map(Message.init)
    let options = StreamOptions(
      includeUsage: true,
      includeObfuscation: endpoint.address.host == paddingHost ? false : nil)
    let body = Body(
      model: outgoing.model.name, messages: messages, stream: true,
      streamOptions: endpoint.server.takesUsageOption ? options : nil)
    return endpoint.request(
      .post, path: "/chat/completions", accept: "text/event-stream", userAgent: userAgent,
      body: JSONText.encode(body))
  }

  static func modelsRequest(to endpoint: Endpoint, userAgent: String) -> HTTPRequest {
    endpoint.request(.get, path: "/models", accept: "application/json", userAgent: userAgent)
  }

  /// The names in a list of models; nil if the bytes are no such list.
  static func models(from bytes: [UInt8]) -> [String]? {
    struct Row: Decodable {
      let id: String
    }
    struct List: Decodable {
      let data: [Lenient<Row>]
    }
    return JSONText.decode(List.self, from: bytes).flatMap { list in
      modelNames(list.data.map { $0.value?.id })
    }
  }

  private struct Body: Encodable {
    let model: String
    let messages: [Message]
    let stream: Bool
    let streamOptions: StreamOptions?

    private enum CodingKeys: String, CodingKey {
      case model
      case messages
      case stream
      case streamOptions = "stream_options"
    }
  }

  private struct StreamOptions: Encodable {
    let includeUsage: Bool
    let includeObfuscation: Bool?

    private enum CodingKeys: String, CodingKey {
      case includeUsage = "include_usage"
      case includeObfuscation = "include_obfuscation"
    }
  }

  private struct Message: Encodable {
    let role: String
    let content: Content

    init(role: String, content: Content) {
      self.role = role
      self.content = content
    }

    init(_ message: Outgoing.Message) {
      role = roleName(message.role)
      let images = message.parts.compactMap(ContentPart.init(image:))
      guard !images.isEmpty else {
        content = .text(message.text)
        return
      }
      let text = message.text
      content = .parts((text.isEmpty ? [] : [ContentPart(text: text)]) + images)
    }
  }

  private enum Content: Encodable {
    case text(String)
    case parts([ContentPart])

    func encode(to encoder: any Encoder) throws {
      switch self {
      case .text(let text): try text.encode(to: encoder)
      case .parts(let parts): try parts.encode(to: encoder)
      }
    }
  }

  private struct ContentPart: Encodable {
    struct ImageURL: Encodable {
      let url: String
    }

    let type: String
    let text: String?
    let imageURL: ImageURL?

    private enum CodingKeys: String, CodingKey {
      case type
      case text
      case imageURL = "image_url"
    }

    init(text: String) {
      type = "text"
      self.text = text
      imageURL = nil
    }

    /// Nil for a part that is no picture.
    init?(image part: Part) {
      guard case .image(let mediaType) = part.kind, !part.data.isEmpty else { return nil }
      type = "image_url"
      text = nil
      imageURL = ImageURL(
        url: "data:\(mediaType);base64,\(Data(part.data).base64EncodedString())")
    }
  }
}

/// A role by its name on the wire; the dialects agree on these.
func roleName(_ role: Role) -> String {
  switch role {
  case .system: "system"
  case .user: "user"
  case .assistant: "assistant"
  case .tool: "tool"
  }
}

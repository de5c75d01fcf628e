// The dialect of OpenAI's Chat Completions, and of everybody who speaks it: what is sent.
// `OpenAIChatDecoder` reads the answer.

import Chat
import Wire

extension Dialect {
  /// `POST /chat/completions` with server-sent events, as OpenAI began it and many speak it.
  static let openAIChat = Dialect(OpenAIChat.self)
}

enum OpenAIChat: DialectRules {
  static let replyType = "text/event-stream"
  static let otherDialectAdvice = "For an Ollama server use /model ollama/NAME."

  /// The only host that is asked to leave out the padding of its chunks; others refuse the member.
  static let paddingHost = "api.openai.com"

  static func chatPath(_ outgoing: Outgoing, to endpoint: Endpoint) -> String {
    "/chat/completions"
  }

  static func makeDecoder() -> any ReplyDecoder { OpenAIChatDecoder() }

  static func chatBody(
    _ outgoing: Outgoing, to endpoint: Endpoint
  ) throws(StreamFailure) -> [UInt8] {
    var messages: [Message] = []
    if let prompt = outgoing.systemPrompt, !prompt.allSatisfy(\.isWhitespace) {
      messages.append(Message(role: "system", content: .text(prompt)))
    }
    for message in outgoing.messages {
      messages.append(try Message(message, to: endpoint))
    }
    let options = StreamOptions(
      includeUsage: true,
      includeObfuscation: endpoint.address.host == paddingHost ? false : nil)
    let body = Body(
      model: outgoing.model.name, messages: messages, stream: true,
      streamOptions: endpoint.server.takesUsageOption ? options : nil)
    return JSONText.encode(body)
  }

  static func modelsPath(page: String?, at endpoint: Endpoint) -> String { "/models" }

  static func models(from bytes: [UInt8]) -> ModelPage? {
    struct Row: Decodable {
      let id: String
    }
    struct List: Decodable {
      let data: [Lenient<Row>]
    }
    return JSONText.decode(List.self, from: bytes).flatMap { list in
      ModelPage(list.data.map { $0.value.map { ListedModel($0.id) } })
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

    init(_ message: Outgoing.Message, to endpoint: Endpoint) throws(StreamFailure) {
      role = roleName(message.role)
      let attachments = message.wireAttachments
      guard !attachments.isEmpty else {
        content = .text(message.wireText)
        return
      }
      var parts: [ContentPart] = []
      for part in message.parts {
        if let text = part.wireText {
          parts.append(ContentPart(text: text))
        } else if let image = ContentPart(image: part) {
          parts.append(image)
        } else {
          throw .cannotAttach(part, to: endpoint.providerName, wish: "text and pictures")
        }
      }
      content = .parts(parts)
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
        url: "data:\(mediaType);base64,\(part.base64)")
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

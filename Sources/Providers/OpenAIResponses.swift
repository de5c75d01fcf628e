// The dialect of OpenAI's Responses: what is sent. `OpenAIResponsesDecoder` reads the answer.
//
// It is where OpenAI's models tell what they thought, in a summary. Nothing is stored at the provider, so
// each request holds the whole conversation. A reply goes back as plain text: a part of type `input_text`
// is refused in the assistant's turn, and `output_text` without an id is not known to every server.

import Chat
import Wire

extension Dialect {
  /// `POST /responses` with server-sent events that bear names.
  static let openAIResponses = Dialect(OpenAIResponses.self)
}

enum OpenAIResponses: DialectRules {
  static let replyType = "text/event-stream"
  static let otherDialectAdvice =
    "Many servers speak Chat Completions only: ask it with /model openai/NAME."

  static func chatPath(_ outgoing: Outgoing, to endpoint: Endpoint) -> String { "/responses" }

  static func makeDecoder() -> any ReplyDecoder { OpenAIResponsesDecoder() }

  /// - Throws: for what this wire has no member for; to leave it out in silence would be a lie.
  static func chatBody(
    _ outgoing: Outgoing, to endpoint: Endpoint
  ) throws(StreamFailure) -> [UInt8] {
    let options = outgoing.options
    if !options.stop.isEmpty { throw noPlace(for: "texts that end a reply (stop)", at: endpoint) }
    if options.seed != nil { throw noPlace(for: "a seed", at: endpoint) }
    var input: [Message] = []
    for message in endpoint.messages(of: outgoing) {
      input.append(try Message(message, to: endpoint))
    }
    let prompt = outgoing.systemPrompt.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
    let isOpenAI = endpoint.address.host == OpenAIChat.paddingHost
    return JSONText.encode(
      Body(
        model: outgoing.model.name, instructions: prompt, input: input, stream: true, store: false,
        streamOptions: isOpenAI ? StreamOptions(includeObfuscation: false) : nil,
        maxOutputTokens: options.maxTokens, temperature: options.temperature, topP: options.topP,
        reasoning: options.effort.map(Reasoning.init)))
  }

  private static func noPlace(for what: String, at endpoint: Endpoint) -> StreamFailure {
    StreamFailure(
      .refused,
      "\(endpoint.subject) cannot be given \(what); nothing was sent. Leave it out, or ask the "
        + "model by another provider, such as openai/NAME.")
  }

  // The list of models is that of OpenAI's chat.

  static func modelsPath(page: String?, at endpoint: Endpoint) -> String {
    OpenAIChat.modelsPath(page: page, at: endpoint)
  }

  static func models(from bytes: [UInt8]) -> ModelPage? { OpenAIChat.models(from: bytes) }

  private struct Body: Encodable {
    let model: String
    let instructions: String?
    let input: [Message]
    let stream: Bool
    let store: Bool
    let streamOptions: StreamOptions?
    let maxOutputTokens: Int?
    let temperature: Double?
    let topP: Double?
    let reasoning: Reasoning?

    private enum CodingKeys: String, CodingKey {
      case model
      case instructions
      case input
      case stream
      case store
      case streamOptions = "stream_options"
      case maxOutputTokens = "max_output_tokens"
      case temperature
      case topP = "top_p"
      case reasoning
    }
  }

  private struct StreamOptions: Encodable {
    let includeObfuscation: Bool

    private enum CodingKeys: String, CodingKey {
      case includeObfuscation = "include_obfuscation"
    }
  }

  private struct Reasoning: Encodable {
    let effort: String
    /// Without it a model thinks in silence. What does not think has nothing to sum up.
    let summary: String?

    /// The words of `ReasoningEffort` in OpenAI's own libraries. The newest have `max` above `xhigh`, which
    /// few models take yet.
    init(_ effort: ReasoningEffort) {
      self.effort =
        switch effort {
        case .off: "none"
        case .minimal: "minimal"
        case .low: "low"
        case .medium: "medium"
        case .high: "high"
        case .max: "xhigh"
        }
      summary = effort == .off ? nil : "auto"
    }
  }

  private struct Message: Encodable {
    let role: String
    let content: WireContent<ContentPart>

    init(_ message: Outgoing.Message, to endpoint: Endpoint) throws(StreamFailure) {
      role = roleName(message.role)
      guard let first = message.wireAttachments.first else {
        content = .text(message.wireText)
        return
      }
      guard message.role == .user else {
        throw .cannotAttach(first, to: endpoint.subject, wish: "text in replies")
      }
      var parts: [ContentPart] = []
      for part in message.parts {
        if let text = part.wireText {
          parts.append(.text(text))
        } else if let attachment = ContentPart(attachment: part) {
          parts.append(attachment)
        } else {
          throw .cannotAttach(part, to: endpoint.subject, wish: "text, pictures and PDFs")
        }
      }
      content = .parts(parts)
    }
  }

  private enum ContentPart: Encodable {
    case text(String)
    /// An address, here one that holds the picture itself.
    case image(url: String)
    case file(name: String, url: String)

    /// Nil for what is neither a picture nor a PDF.
    init?(attachment part: Part) {
      guard let (mediaType, _) = part.wireData else { return nil }
      let url = "data:\(mediaType);base64,\(part.base64)"
      switch part.kind {
      case .image: self = .image(url: url)
      case .file(let name, "application/pdf"): self = .file(name: oneLine(name), url: url)
      case .file, .text, .thinking, .toolCall, .toolResult: return nil
      }
    }

    private enum Key: String, CodingKey {
      case type
      case text
      case imageURL = "image_url"
      case fileName = "filename"
      case fileData = "file_data"
    }

    func encode(to encoder: any Encoder) throws {
      var object = encoder.container(keyedBy: Key.self)
      switch self {
      case .text(let text):
        try object.encode("input_text", forKey: .type)
        try object.encode(text, forKey: .text)
      case .image(let url):
        try object.encode("input_image", forKey: .type)
        try object.encode(url, forKey: .imageURL)
      case .file(let name, let url):
        try object.encode("input_file", forKey: .type)
        try object.encode(name, forKey: .fileName)
        try object.encode(url, forKey: .fileData)
      }
    }
  }
}

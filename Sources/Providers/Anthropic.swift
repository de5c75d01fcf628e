// The dialect of Anthropic's Messages: what is sent. `AnthropicDecoder` reads the answer.

import Chat
import Wire

extension Dialect {
  /// `POST /v1/messages` with server-sent events.
  static let anthropic = Dialect(Anthropic.self)
}

enum Anthropic: DialectRules {
  static let replyType = "text/event-stream"
  static let headers = [HTTPHeader("anthropic-version", "2023-06-01")]
  static let keyHeader = KeyHeader.named("x-api-key")
  static let otherDialectAdvice =
    "For an OpenAI-compatible server set OPENAI_BASE_URL and use /model openai/NAME."

  /// The longest reply where the user says nothing of it, in tokens and without its thoughts; the wire
  /// demands a number. Every model since Claude 3.5 writes as much.
  static let replyTokens = 8_192

  /// The pictures it takes (platform.claude.com, vision).
  private static let imageTypes: Set<String> = [
    "image/png", "image/jpeg", "image/webp", "image/gif",
  ]

  static func address(_ text: String) throws(AddressFault) -> ServerAddress {
    try ServerAddress(text).withoutPathEnd("/v1")
  }

  static func chatPath(_ outgoing: Outgoing, to endpoint: Endpoint) -> String { "/v1/messages" }

  static func makeDecoder() -> any ReplyDecoder { AnthropicDecoder() }

  static func chatBody(
    _ outgoing: Outgoing, to endpoint: Endpoint
  ) throws(StreamFailure) -> [UInt8] {
    let options = outgoing.options
    try check(options, for: endpoint)
    let thinking = AnthropicThinking(options.effort, model: outgoing.model.name)
    var messages: [Message] = []
    for message in endpoint.messages(of: outgoing) {
      messages.append(try Message(message, to: endpoint))
    }
    let system = outgoing.systemPrompt.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
    let body = Body(
      model: outgoing.model.name,
      maxTokens: thinking.maxTokens(options.maxTokens), system: system, messages: messages,
      stream: true, thinking: thinking.setting,
      outputConfig: thinking.effort.map(OutputConfig.init),
      // A model that thinks takes none but its own.
      temperature: thinking.isAsked ? nil : options.temperature, topP: options.topP,
      stop: options.stop.isEmpty ? nil : options.stop)
    return JSONText.encode(body)
  }

  static func takesPrefill(_ outgoing: Outgoing, at endpoint: Endpoint) -> Bool {
    AnthropicThinking.takesPrefill(outgoing.model.name)
  }

  /// What this wire has no place for is not left out in silence.
  private static func check(
    _ options: ReplyOptions, for endpoint: Endpoint
  ) throws(StreamFailure) {
    if options.seed != nil {
      throw .cannotAsk(
        "a seed", of: endpoint.providerName, advice: "Leave it out of the options in config.yaml.")
    }
    if let temperature = options.temperature, temperature > 1 {
      throw .cannotAsk(
        "a temperature of \(temperature)", of: endpoint.providerName, advice: "It takes 0 to 1.")
    }
  }

  static func modelsPath(page: String?, at endpoint: Endpoint) -> String {
    "/v1/models?limit=1000" + (page.map { "&after_id=" + percentEncoded($0) } ?? "")
  }

  static func models(from bytes: [UInt8]) -> ModelPage? {
    JSONText.decode(ModelList.self, from: bytes).flatMap { list in
      ModelPage(list.models.map { $0.value?.model }, next: list.next)
    }
  }

  private struct ModelList: Decodable {
    let models: [Lenient<ModelRow>]
    let next: String?

    private enum Key: String, CodingKey {
      case data
      case hasMore = "has_more"
      case lastID = "last_id"
    }

    init(from decoder: any Decoder) throws {
      let object = try decoder.container(keyedBy: Key.self)
      models = try object.decode([Lenient<ModelRow>].self, forKey: .data)
      next = object.lenient(.hasMore) == true ? object.pageMark(.lastID) : nil
    }
  }

  private struct ModelRow: Decodable {
    let model: ListedModel

    private enum Key: String, CodingKey {
      case id
      case title = "display_name"
      case window = "max_input_tokens"
      case reply = "max_tokens"
    }

    init(from decoder: any Decoder) throws {
      let object = try decoder.container(keyedBy: Key.self)
      model = ListedModel(
        try object.decode(String.self, forKey: .id), title: object.title(.title),
        windowTokens: object.tokenLimit(.window), replyTokens: object.tokenLimit(.reply))
    }
  }

  private struct Body: Encodable {
    let model: String
    let maxTokens: Int
    let system: String?
    let messages: [Message]
    let stream: Bool
    let thinking: AnthropicThinking.Setting?
    let outputConfig: OutputConfig?
    let temperature: Double?
    let topP: Double?
    let stop: [String]?

    private enum CodingKeys: String, CodingKey {
      case model
      case maxTokens = "max_tokens"
      case system
      case messages
      case stream
      case thinking
      case outputConfig = "output_config"
      case temperature
      case topP = "top_p"
      case stop = "stop_sequences"
    }
  }

  private struct OutputConfig: Encodable {
    let effort: String
  }

  private struct Message: Encodable {
    let role: String
    var content: [Block] = []

    init(_ message: Outgoing.Message, to endpoint: Endpoint) throws(StreamFailure) {
      role = roleName(message.role)
      for piece in message.wirePieces {
        content.append(try Block(piece, to: endpoint))
      }
      if message.isCacheMark, !content.isEmpty {
        content[content.count - 1].cacheControl = CacheControl()
      }
    }
  }

  private struct CacheControl: Encodable {
    let type = "ephemeral"
  }

  private struct Block: Encodable {
    struct Source: Encodable {
      let type = "base64"
      let mediaType: String
      let data: String

      private enum CodingKeys: String, CodingKey {
        case type
        case mediaType = "media_type"
        case data
      }
    }

    let type: String
    var text: String?
    var source: Source?
    /// Of a document: its name.
    var title: String?
    var cacheControl: CacheControl?

    private enum CodingKeys: String, CodingKey {
      case type
      case text
      case source
      case title
      case cacheControl = "cache_control"
    }

    init(_ piece: WirePiece, to endpoint: Endpoint) throws(StreamFailure) {
      switch piece {
      case .text(let text):
        type = "text"
        self.text = text
      case .data(let part, let mediaType):
        source = Source(mediaType: mediaType, data: part.base64)
        if case .image = part.kind, imageTypes.contains(mediaType) {
          type = "image"
        } else if case .file(let name, "application/pdf") = part.kind {
          type = "document"
          let name = clipped(oneLine(name), to: 100)
          title = name.isEmpty ? nil : name
        } else {
          throw .cannotAttach(
            part, to: endpoint.providerName,
            wish: "text, PDF files, and pictures as PNG, JPEG, WebP and GIF")
        }
      }
    }
  }
}

// The dialect of Google's Gemini: what is sent. `GeminiDecoder` reads the answer.

import Chat
import Wire

extension Dialect {
  /// `POST /v1beta/models/{model}:streamGenerateContent` with server-sent events.
  static let gemini = Dialect(Gemini.self)
}

enum Gemini: DialectRules {
  static let replyType = "text/event-stream"
  static let keyHeader = KeyHeader.named("x-goog-api-key")
  static let otherDialectAdvice =
    "For an OpenAI-compatible server set OPENAI_BASE_URL and use /model openai/NAME."

  /// The pictures it takes (ai.google.dev, image understanding).
  private static let imageTypes: Set<String> = [
    "image/png", "image/jpeg", "image/webp", "image/heic", "image/heif",
  ]
  private static let version = "/v1beta"
  private static let collection = "models/"

  static func address(_ text: String) throws(AddressFault) -> ServerAddress {
    try ServerAddress(text).withoutPathEnd(version)
  }

  /// Without `alt=sse` the answer would be one JSON array that arrives in pieces.
  static func chatPath(_ outgoing: Outgoing, to endpoint: Endpoint) -> String {
    let name = percentEncoded(shortName(outgoing.model.name))
    return "\(version)/\(collection)\(name):streamGenerateContent?alt=sse"
  }

  static func makeDecoder() -> any ReplyDecoder { GeminiDecoder() }

  static func chatBody(
    _ outgoing: Outgoing, to endpoint: Endpoint
  ) throws(StreamFailure) -> [UInt8] {
    var contents: [Content] = []
    for message in endpoint.messages(of: outgoing) {
      contents.append(try Content(message, to: endpoint))
    }
    let system = outgoing.systemPrompt.flatMap { prompt in
      prompt.allSatisfy(\.isWhitespace) ? nil : Content(system: prompt)
    }
    let options = Options(
      outgoing.options,
      // Without an effort nothing is said of thoughts, not even that they are to be shown: a model that has
      // none refuses that with 400 ("Thinking is not enabled", lobehub 7985, gemini-cli 1953).
      thinking: outgoing.options.effort.map {
        GeminiThinking($0, model: shortName(outgoing.model.name))
      })
    return JSONText.encode(Body(system: system, contents: contents, options: options))
  }

  static func modelsPath(page: String?, at endpoint: Endpoint) -> String {
    "\(version)/models?pageSize=1000" + (page.map { "&pageToken=" + percentEncoded($0) } ?? "")
  }

  static func models(from bytes: [UInt8]) -> ModelPage? {
    JSONText.decode(ModelList.self, from: bytes).flatMap { list in
      // Those that only embed, draw or speak are models too, and no mistake of the list.
      let entries = list.models.filter { $0.value?.answers != false }
      return ModelPage(entries.map { $0.value?.model }, next: list.next)
    }
  }

  /// The name without the collection that it is listed in.
  private static func shortName(_ name: String) -> String {
    name.hasPrefix(collection) ? String(name.dropFirst(collection.count)) : name
  }

  private struct ModelList: Decodable {
    let models: [Lenient<ModelRow>]
    let next: String?

    private enum Key: String, CodingKey {
      case models
      case next = "nextPageToken"
    }

    init(from decoder: any Decoder) throws {
      let object = try decoder.container(keyedBy: Key.self)
      models = try object.decode([Lenient<ModelRow>].self, forKey: .models)
      next = object.pageMark(.next)
    }
  }

  private struct ModelRow: Decodable {
    let model: ListedModel
    /// Whether it can be talked to.
    let answers: Bool

    private enum Key: String, CodingKey {
      case name
      case title = "displayName"
      case window = "inputTokenLimit"
      case reply = "outputTokenLimit"
      case methods = "supportedGenerationMethods"
    }

    init(from decoder: any Decoder) throws {
      let object = try decoder.container(keyedBy: Key.self)
      model = ListedModel(
        shortName(try object.decode(String.self, forKey: .name)), title: object.title(.title),
        windowTokens: object.tokenLimit(.window), replyTokens: object.tokenLimit(.reply))
      let methods = object.lenientArray(.methods, of: String.self) ?? []
      answers = methods.contains("generateContent")
    }
  }

  private struct Body: Encodable {
    let system: Content?
    let contents: [Content]
    let options: Options?

    private enum CodingKeys: String, CodingKey {
      case system = "systemInstruction"
      case contents
      case options = "generationConfig"
    }
  }

  private struct Options: Encodable {
    let maxTokens: Int?
    let temperature: Double?
    let topP: Double?
    let stop: [String]?
    let seed: Int?
    let thinking: GeminiThinking?

    private enum CodingKeys: String, CodingKey {
      case maxTokens = "maxOutputTokens"
      case temperature
      case topP
      case stop = "stopSequences"
      case seed
      case thinking = "thinkingConfig"
    }

    /// Nil where nothing is asked.
    init?(_ options: ReplyOptions, thinking: GeminiThinking?) {
      guard options != ReplyOptions() else { return nil }
      maxTokens = options.maxTokens
      temperature = options.temperature
      topP = options.topP
      stop = options.stop.isEmpty ? nil : options.stop
      seed = options.seed
      self.thinking = thinking
    }
  }

  private struct Content: Encodable {
    /// Nil for the system prompt, which is nobody's.
    let role: String?
    var parts: [Piece] = []

    init(system: String) {
      role = nil
      parts = [Piece(text: system)]
    }

    init(_ message: Outgoing.Message, to endpoint: Endpoint) throws(StreamFailure) {
      role = message.role == .assistant ? "model" : "user"
      for piece in message.wirePieces {
        parts.append(try Piece(piece, to: endpoint))
      }
    }
  }

  private struct Piece: Encodable {
    struct InlineData: Encodable {
      let mimeType: String
      let data: String
    }

    let text: String?
    let inlineData: InlineData?

    init(text: String? = nil, inlineData: InlineData? = nil) {
      self.text = text
      self.inlineData = inlineData
    }

    init(_ piece: WirePiece, to endpoint: Endpoint) throws(StreamFailure) {
      switch piece {
      case .text(let text): self.init(text: text)
      case .data(let part, let mediaType):
        guard imageTypes.contains(mediaType) || mediaType == "application/pdf" else {
          throw .cannotAttach(
            part, to: endpoint.providerName,
            wish: "text, PDF files, and pictures as PNG, JPEG, WebP and HEIC")
        }
        self.init(inlineData: InlineData(mimeType: mediaType, data: part.base64))
      }
    }
  }
}

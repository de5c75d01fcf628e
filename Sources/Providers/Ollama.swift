// The dialect of Ollama's own interface: what is sent. `OllamaDecoder` reads the answer.
//
// Ollama also speaks OpenAI's, but there an error in the middle of a reply is lost on the way
// (ollama `middleware/openai.go`).

import Chat
import Wire

extension Dialect {
  /// `POST /api/chat` with JSON lines.
  static let ollama = Dialect(Ollama.self)
}

enum Ollama: DialectRules {
  static let replyType = "application/x-ndjson"
  static let loadAdvice = "Fetch one with `ollama pull NAME`."
  static let otherDialectAdvice =
    "For an OpenAI-compatible server set OPENAI_BASE_URL and use /model openai/NAME."

  static func modelAdvice(_ name: String) -> String {
    "Fetch it with `ollama pull \(name)`, or choose another with /model PROVIDER/NAME."
  }

  static func address(_ text: String) throws(AddressFault) -> ServerAddress {
    try OllamaHost.address(text)
  }

  static func chatPath(_ outgoing: Outgoing, to endpoint: Endpoint) -> String { "/api/chat" }

  static func makeDecoder() -> any ReplyDecoder { OllamaDecoder() }

  static func chatBody(
    _ outgoing: Outgoing, to endpoint: Endpoint
  ) throws(StreamFailure) -> [UInt8] {
    var messages: [Message] = []
    if let prompt = outgoing.systemPrompt, !prompt.allSatisfy(\.isWhitespace) {
      messages.append(Message(role: "system", content: prompt, images: nil))
    }
    for message in endpoint.messages(of: outgoing) {
      var images: [String] = []
      for part in message.wireAttachments {
        guard case .image = part.kind else {
          throw .cannotAttach(part, to: endpoint.providerName, wish: "text and pictures")
        }
        images.append(part.base64)
      }
      messages.append(
        Message(
          role: roleName(message.role), content: message.wireText,
          images: images.isEmpty ? nil : images))
    }
    return JSONText.encode(
      Body(
        model: outgoing.model.name, messages: messages, stream: true,
        think: outgoing.options.effort.map(Think.init), options: Options(outgoing.options)))
  }

  /// The model goes on with a last message of its own (ollama issues 5890 and 6778, by its makers).
  static func takesPrefill(_ outgoing: Outgoing, at endpoint: Endpoint) -> Bool { true }

  static func modelsPath(page: String?, at endpoint: Endpoint) -> String { "/api/tags" }

  static func models(from bytes: [UInt8]) -> ModelPage? {
    struct Row: Decodable {
      let name: String
    }
    struct List: Decodable {
      let models: [Lenient<Row>]
    }
    return JSONText.decode(List.self, from: bytes).flatMap { list in
      ModelPage(list.models.map { $0.value.map { ListedModel($0.name) } })
    }
  }

  private struct Body: Encodable {
    let model: String
    let messages: [Message]
    let stream: Bool
    let think: Think?
    let options: Options?
  }

  /// How much to think: not at all, or a level (ollama `api/types.go`, `ThinkValue`).
  private enum Think: Encodable {
    case no
    case level(String)

    init(_ effort: ReasoningEffort) {
      switch effort {
      case .off: self = .no
      case .minimal, .low: self = .level("low")
      case .medium: self = .level("medium")
      case .high: self = .level("high")
      case .max: self = .level("max")
      }
    }

    func encode(to encoder: any Encoder) throws {
      switch self {
      case .no: try false.encode(to: encoder)
      case .level(let word): try word.encode(to: encoder)
      }
    }
  }

  private struct Options: Encodable {
    let maxTokens: Int?
    let temperature: Double?
    let topP: Double?
    let stop: [String]?
    let seed: Int?

    private enum CodingKeys: String, CodingKey {
      case maxTokens = "num_predict"
      case temperature
      case topP = "top_p"
      case stop
      case seed
    }

    /// Nil where nothing of it was asked for.
    init?(_ options: ReplyOptions) {
      maxTokens = options.maxTokens
      temperature = options.temperature
      topP = options.topP
      stop = options.stop.isEmpty ? nil : options.stop
      seed = options.seed
      let isAsked =
        maxTokens != nil || temperature != nil || topP != nil || stop != nil || seed != nil
      guard isAsked else { return nil }
    }
  }

  private struct Message: Encodable {
    let role: String
    let content: String
    let images: [String]?
  }
}

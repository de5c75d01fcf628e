// Where the dialects meet: everything that is chosen by dialect is chosen here.

import Chat
import Wire

extension Endpoint {
  /// The request for one reply.
  func chatRequest(_ outgoing: Outgoing, userAgent: String) -> HTTPRequest {
    switch server.dialect {
    case .openAIChat: OpenAIChat.chatRequest(outgoing, to: self, userAgent: userAgent)
    case .ollama: Ollama.chatRequest(outgoing, to: self, userAgent: userAgent)
    }
  }

  /// The request for the list of models.
  func modelsRequest(userAgent: String) -> HTTPRequest {
    switch server.dialect {
    case .openAIChat: OpenAIChat.modelsRequest(to: self, userAgent: userAgent)
    case .ollama: Ollama.modelsRequest(to: self, userAgent: userAgent)
    }
  }

  /// A decoder for the body of one reply.
  func makeDecoder() -> any ReplyDecoder {
    switch server.dialect {
    case .openAIChat: OpenAIChatDecoder()
    case .ollama: OllamaDecoder()
    }
  }

  /// The names in a list of models, in the server's order; nil if the bytes are no such list.
  func decodeModels(_ bytes: [UInt8]) -> [String]? {
    switch server.dialect {
    case .openAIChat: OpenAIChat.models(from: bytes)
    case .ollama: Ollama.models(from: bytes)
    }
  }

  /// True if a body of this media type is certainly of another dialect.
  func isOtherDialect(_ mediaType: String?) -> Bool {
    switch server.dialect {
    case .openAIChat: mediaType == "application/x-ndjson" || mediaType == "application/ndjson"
    case .ollama: mediaType == "text/event-stream"
    }
  }

  /// A request with the headers that all of them have. No compression: a compressed stream would
  /// arrive in one lump at its end.
  func request(
    _ method: HTTPRequest.Method, path: String, accept: String, userAgent: String,
    body: [UInt8] = []
  ) -> HTTPRequest {
    var lines = [
      HTTPHeader("Accept", accept),
      HTTPHeader("Accept-Encoding", "identity"),
      HTTPHeader("User-Agent", userAgent),
    ]
    if !body.isEmpty { lines.insert(HTTPHeader("Content-Type", "application/json"), at: 0) }
    if let key {
      lines.append(HTTPHeader("Authorization", "Bearer \(key.reveal())", isSecret: true))
    }
    return HTTPRequest(
      method, url: baseURL + path, headers: lines + headers, body: body, passesProxyBy: isLoopback)
  }
}

/// The longest name of a model and the longest list that is believed; more is passed over.
private let modelNameLimitBytes = 256
private let modelListLimit = 10_000

/// The names of a list in which each entry gave a name or, not being understood, nil. A list of
/// entries none of which is understood is no list of models.
func modelNames(_ entries: [String?]) -> [String]? {
  let names = entries.prefix(modelListLimit).compactMap { $0 }.filter { name in
    !name.isEmpty && name.utf8.count <= modelNameLimitBytes
      && name.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
  }
  return names.isEmpty && !entries.isEmpty ? nil : names
}

// The languages that a scripted server speaks, and replies in them.

/// A provider by its id on the command line.
public enum ScriptedDialect: String, CaseIterable, Sendable, CustomStringConvertible {
  case openAI = "openai"
  case responses = "openai-responses"
  case anthropic
  case gemini
  case ollama
  case streamIDLines = "ndjson"

  public var description: String { rawValue }

  /// What tells Patter where the server is.
  public func variables(port: UInt16) -> [String: String] {
    switch self {
    case .openAI, .responses: ["OPENAI_BASE_URL": "http://127.0.0.1:\(port)/v1"]
    case .anthropic: ["ANTHROPIC_BASE_URL": "http://127.0.0.1:\(port)"]
    case .gemini: ["GOOGLE_GEMINI_BASE_URL": "http://127.0.0.1:\(port)"]
    case .ollama: ["OLLAMA_HOST": "127.0.0.1:\(port)"]
    case .streamIDLines: ["PATTER_NDJSON_URL": "http://127.0.0.1:\(port)"]
    }
  }

  /// The variable that holds a key.
  public var keyVariable: String {
    switch self {
    case .openAI, .responses: "OPENAI_API_KEY"
    case .anthropic: "ANTHROPIC_API_KEY"
    case .gemini: "GEMINI_API_KEY"
    case .ollama: "OLLAMA_API_KEY"
    case .streamIDLines: "PATTER_NDJSON_KEY"
    }
  }

  /// The header that bears a key, and its value.
  public func keyHeader(_ key: String) -> (name: String, value: String) {
    switch self {
    case .openAI, .responses, .ollama, .streamIDLines: ("Authorization", "Bearer \(key)")
    case .anthropic: ("x-api-key", key)
    case .gemini: ("x-goog-api-key", key)
    }
  }

  /// Where chats with the model `test` are asked for.
  public var chatPath: String {
    switch self {
    case .openAI: "/v1/chat/completions"
    case .responses: "/v1/responses"
    case .anthropic: "/v1/messages"
    case .gemini: "/v1beta/models/test:streamGenerateContent?alt=sse"
    case .ollama: "/api/chat"
    case .streamIDLines: "/chat"
    }
  }

  /// More of the reply.
  public func delta(_ text: String) -> LoopbackServer.Step {
    switch self {
    case .openAI: .openAIDelta(text)
    case .responses: .responsesDelta(text)
    case .anthropic: .anthropicDelta(text)
    case .gemini: .geminiDelta(text)
    case .ollama: .ollamaPiece(text)
    case .streamIDLines: .streamIDToken(text)
    }
  }

  /// Why the reply stops, with neither usage nor last word; nil where the last word says it.
  public var finish: LoopbackServer.Step? {
    switch self {
    case .openAI:
      .event(#"{"id":"c","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#)
    case .anthropic:
      .event(#"{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null}}"#)
    case .gemini:
      .event(#"{"candidates":[{"index":0,"finishReason":"STOP"}],"modelVersion":"m"}"#)
    case .ollama:
      .chunk(#"{"model":"m","message":{"content":""},"done":false,"done_reason":"stop"}"# + "\n")
    case .responses, .streamIDLines: nil
    }
  }

  /// How long after the finish what may still come is waited for, in milliseconds.
  public var graceMilliseconds: Int64 { self == .gemini ? 10_000 : 2_000 }

  /// Whether a reply tells how many tokens it took.
  public var tellsUsage: Bool { self != .streamIDLines }

  /// Whether the wire has a last word; without one the reply ends with its connection.
  public var hasLastWord: Bool { self != .gemini }

  /// Everything behind the last word of a whole reply: finish, usage, the wire's last word.
  public var end: [LoopbackServer.Step] {
    switch self {
    case .openAI: [.openAIFinish(), .openAIDone]
    case .responses: [.responsesCompleted]
    case .anthropic: [.anthropicFinish, .event(#"{"type":"message_stop"}"#)]
    case .gemini: [.geminiFinish]
    case .ollama: [.ollamaDone]
    case .streamIDLines: [.chunk(#"{"type":"done","stream_id":"s"}"# + "\n")]
    }
  }

  /// What is in the body up to the byte by which the reply counts as whole: its beginning, and what ends
  /// it behind that.
  public var finishMark: (member: String, end: String) {
    switch self {
    case .openAI: (#""finish_reason""#, "\n\n")
    case .responses: (#""response.completed""#, "\n\n")
    case .anthropic: (#""stop_reason":"end_turn""#, "\n\n")
    case .gemini: (#""finishReason""#, "\n\n")
    // A line of JSON is whole at its brace.
    case .ollama: (#""done_reason""#, "}")
    case .streamIDLines: (#""type":"done""#, "}")
    }
  }

  /// An error object as it stands in a stream.
  public func complaint(_ object: String) -> LoopbackServer.Step {
    switch self {
    case .openAI, .gemini: .event(#"{"error":\#(object)}"#)
    case .responses, .anthropic: .event(#"{"type":"error","error":\#(object)}"#)
    case .ollama: .chunk(#"{"error":\#(object)}"# + "\n")
    case .streamIDLines: .chunk(#"{"type":"error","error":\#(object)}"# + "\n")
    }
  }

  /// Whether its bodies are server-sent events, and not lines of JSON.
  public var isEvents: Bool {
    switch self {
    case .openAI, .responses, .anthropic, .gemini: true
    case .ollama, .streamIDLines: false
    }
  }

  /// The type of a reply's body.
  public var contentType: String { isEvents ? "text/event-stream" : "application/x-ndjson" }

  /// Those whose variables alone choose them: of two providers with the same the first is asked.
  public static var foundByVariables: [Self] { allCases.filter { $0 != .responses } }

  /// Those that say why a reply stops before their last word.
  public static var withFinish: [Self] { allCases.filter { $0.finish != nil } }
}

extension LoopbackServer.Response {
  /// The gate that no test opens: behind it stands what must never be seen.
  public static let shut = "never opened"

  /// What a reply consists of, in any dialect.
  public enum Piece {
    case words(String)
    case gate(String)
  }

  /// A whole reply.
  public static func reply(_ words: String, by dialect: ScriptedDialect = .openAI) -> Self {
    reply([.words(words)], by: dialect)
  }

  /// A whole reply in pieces.
  public static func reply(_ pieces: [Piece], by dialect: ScriptedDialect = .openAI) -> Self {
    .chunked(dialect.contentType, steps(pieces, dialect) + dialect.end)
  }

  /// A reply that says this and then stands still in front of a shut gate.
  public static func held(_ words: String, by dialect: ScriptedDialect = .openAI) -> Self {
    reply([.words(words), .gate(shut), .words(" never said")], by: dialect)
  }

  /// A reply that is sent up to its last word and not ended: the server keeps the connection and
  /// listens.
  public static func unended(_ pieces: [Piece], by dialect: ScriptedDialect = .openAI) -> Self {
    Self(
      [
        .head(
          200,
          [
            .init("Content-Type", dialect.contentType), .init("Transfer-Encoding", "chunked"),
          ])
      ] + steps(pieces, dialect))
  }

  private static func steps(_ pieces: [Piece], _ dialect: ScriptedDialect) -> [LoopbackServer.Step]
  {
    pieces.map { piece in
      switch piece {
      case .words(let text): dialect.delta(text)
      case .gate(let name): .gate(name)
      }
    }
  }

  /// The list of models.
  public static func models(_ names: String..., by dialect: ScriptedDialect) -> Self {
    switch dialect {
    case .openAI, .responses, .streamIDLines: .openAIModels(names)
    case .anthropic: .anthropicModels(names)
    case .gemini: .geminiModels(names)
    case .ollama: .ollamaTags(names)
    }
  }
}

extension [LoopbackServer.Step] {
  /// What stands in the bodies of these steps, without any framing.
  public var bodyText: String {
    map { step in
      switch step {
      case .chunk(let text): text
      case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
      case .head, .endChunks, .gate, .close, .reset, .untilClosed, .endless: ""
      }
    }.joined()
  }
}

extension LoopbackServer {
  /// The requests for a reply, in order.
  public var chats: [Request] { requests.filter { $0.method == "POST" } }

  /// Waits for the `number`-th request for a reply, counted from one, and answers its body.
  public func chatBody(_ number: Int) -> String? {
    guard waitFor({ _ in chats.count >= number }) else { return nil }
    return String(decoding: chats[number - 1].body, as: UTF8.self)
  }

  /// Whether the client closed the connection of the `number`-th chat while the server was still
  /// answering; waits for it.
  public func sawClose(ofChat number: Int) -> Bool {
    guard waitFor({ _ in chats.count >= number }) else { return false }
    return waitFor(.closedByClient(chats[number - 1].connection))
  }

  /// Whether the client has left the connection of the `number`-th chat open so far.
  public func stillHolds(chat number: Int) -> Bool {
    guard chats.count >= number else { return false }
    return !journal.contains(.finished(chats[number - 1].connection))
  }

  /// Whether every connection is over; waits for it.
  public var hasNoConnection: Bool {
    waitFor { _ in openedConnectionCount == closedConnectionCount }
  }
}

// The two languages that a scripted server speaks here, and replies in them.

import Support

/// A provider by its id on the command line.
enum Dialect: String, CaseIterable, CustomStringConvertible {
  case openAI = "openai"
  case ollama

  var description: String { rawValue }

  /// What tells Patter where the server is.
  func variables(port: UInt16) -> [String: String] {
    switch self {
    case .openAI: ["OPENAI_BASE_URL": "http://127.0.0.1:\(port)/v1"]
    case .ollama: ["OLLAMA_HOST": "127.0.0.1:\(port)"]
    }
  }

  /// Where chats are asked for.
  var chatPath: String {
    switch self {
    case .openAI: "/v1/chat/completions"
    case .ollama: "/api/chat"
    }
  }

  fileprivate func delta(_ text: String) -> LoopbackServer.Step {
    switch self {
    case .openAI: .openAIDelta(text)
    case .ollama: .ollamaPiece(text)
    }
  }

  fileprivate var end: [LoopbackServer.Step] {
    switch self {
    case .openAI: [.openAIFinish(), .openAIDone]
    case .ollama: [.ollamaDone]
    }
  }

  fileprivate var contentType: String {
    switch self {
    case .openAI: "text/event-stream"
    case .ollama: "application/x-ndjson"
    }
  }
}

extension LoopbackServer.Response {
  /// The gate that no test opens: behind it stands what must never be seen.
  static let shut = "never opened"

  /// What a reply consists of, in any dialect.
  enum Piece {
    case words(String)
    case gate(String)
  }

  /// A whole reply.
  static func reply(_ words: String, by dialect: Dialect = .openAI) -> Self {
    reply([.words(words)], by: dialect)
  }

  /// A whole reply in pieces.
  static func reply(_ pieces: [Piece], by dialect: Dialect = .openAI) -> Self {
    .chunked(dialect.contentType, steps(pieces, dialect) + dialect.end)
  }

  /// A reply that says this and then stands still in front of a shut gate.
  static func held(_ words: String, by dialect: Dialect = .openAI) -> Self {
    reply([.words(words), .gate(shut), .words(" never said")], by: dialect)
  }

  /// A reply that is sent up to its last word and not ended: the server keeps the connection and
  /// listens.
  static func unended(_ pieces: [Piece], by dialect: Dialect = .openAI) -> Self {
    Self(
      [
        .head(
          200,
          [
            .init("Content-Type", dialect.contentType), .init("Transfer-Encoding", "chunked"),
          ])
      ] + steps(pieces, dialect))
  }

  private static func steps(_ pieces: [Piece], _ dialect: Dialect) -> [LoopbackServer.Step] {
    pieces.map { piece in
      switch piece {
      case .words(let text): dialect.delta(text)
      case .gate(let name): .gate(name)
      }
    }
  }

  /// The list of models.
  static func models(_ names: String..., by dialect: Dialect) -> Self {
    switch dialect {
    case .openAI: .openAIModels(names)
    case .ollama: .ollamaTags(names)
    }
  }
}

extension LoopbackServer {
  /// The requests for a reply, in order.
  var chats: [Request] { requests.filter { $0.method == "POST" } }

  /// Waits for the `number`-th request for a reply, counted from one, and answers its body.
  func chatBody(_ number: Int) -> String? {
    guard waitFor({ _ in chats.count >= number }) else { return nil }
    return String(decoding: chats[number - 1].body, as: UTF8.self)
  }

  /// Whether the client closed the connection of the `number`-th chat while the server was still
  /// answering; waits for it.
  func sawClose(ofChat number: Int) -> Bool {
    guard waitFor({ _ in chats.count >= number }) else { return false }
    return waitFor(.closedByClient(chats[number - 1].connection))
  }

  /// Whether the client has left the connection of the `number`-th chat open so far.
  func stillHolds(chat number: Int) -> Bool {
    guard chats.count >= number else { return false }
    return !journal.contains(.finished(chats[number - 1].connection))
  }

  /// Whether every connection is over; waits for it.
  var hasNoConnection: Bool { waitFor { _ in openedConnectionCount == closedConnectionCount } }
}

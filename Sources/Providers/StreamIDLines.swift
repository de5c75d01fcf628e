// The dialect of servers whose every line says which stream it belongs to: what is sent.
// `StreamIDLinesDecoder` reads the answer. There is no server of its own that people run; whoever writes one
// finds here all that it has to do.
//
//   POST {base}/chat    {"model": NAME, "messages": [{"role": "system" | "user" | "assistant",
//                        "content": TEXT}, …], "stream": true}
//                       and, where the user asks for them, max_tokens, temperature, top_p, stop (a list),
//                       seed, and reasoning_effort (off, minimal, low, medium, high or max)
//   GET {base}/models   {"data": [{"id": NAME}, …]}, as OpenAI's
//
// A reply that was cut and is to go on is the assistant's last message, and behind it stands what is asked
// for, as a user's.
//
// A key goes as `Authorization: Bearer KEY`. The request names no stream: the first line of the answer that
// bears an id does, and one connection carries one stream, so an id of ours could only disagree with it. What
// stops a stream is the closing of its connection.

import Chat
import Wire

extension Dialect {
  /// `POST /chat` with JSON lines that bear the id of their stream.
  static let streamIDLines = Dialect(StreamIDLines.self)
}

enum StreamIDLines: DialectRules {
  static let replyType = "application/x-ndjson"

  static func isOther(_ mediaType: String) -> Bool { mediaType == "text/event-stream" }

  static func chatPath(_ outgoing: Outgoing, to endpoint: Endpoint) -> String { "/chat" }

  static func makeDecoder() -> any ReplyDecoder { StreamIDLinesDecoder() }

  static func chatBody(
    _ outgoing: Outgoing, to endpoint: Endpoint
  ) throws(StreamFailure) -> [UInt8] {
    var messages: [Message] = []
    if let prompt = outgoing.systemPrompt, !prompt.allSatisfy(\.isWhitespace) {
      messages.append(Message(role: "system", content: prompt))
    }
    for message in endpoint.messages(of: outgoing) {
      if let attachment = message.wireAttachments.first {
        throw .cannotAttach(attachment, to: endpoint.providerName, wish: "text")
      }
      messages.append(Message(role: roleName(message.role), content: message.wireText))
    }
    return JSONText.encode(
      Body(
        model: outgoing.model.name, messages: messages, options: OptionMembers(outgoing.options)))
  }

  static func modelsPath(page: String?, at endpoint: Endpoint) -> String {
    OpenAIChat.modelsPath(page: page, at: endpoint)
  }

  static func models(from bytes: [UInt8]) -> ModelPage? { OpenAIChat.models(from: bytes) }

  private struct Body: Encodable {
    let model: String
    let messages: [Message]
    /// They stand beside the others and not in an object of their own.
    let options: OptionMembers

    private enum Key: String, CodingKey {
      case model
      case messages
      case stream
    }

    func encode(to encoder: any Encoder) throws {
      var object = encoder.container(keyedBy: Key.self)
      try object.encode(model, forKey: .model)
      try object.encode(messages, forKey: .messages)
      try object.encode(true, forKey: .stream)
      try options.encode(to: encoder)
    }
  }

  private struct Message: Encodable {
    let role: String
    let content: String
  }
}

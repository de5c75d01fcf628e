// What a program is given that wants the whole conversation: one line of JSON, close to what OpenAI's chat
// is sent.
//
//   {"model": NAME, "system": TEXT,
//    "messages": [{"role": "user" | "assistant", "content": TEXT or PARTS}, …],
//    "options": {…}}
//
// PARTS stand where something is attached that is no text, in the order in which it was given:
//
//   {"type": "text", "text": TEXT}
//   {"type": "image", "media_type": "image/png", "data": BASE64}
//   {"type": "file", "name": NAME, "media_type": "application/pdf", "data": BASE64}
//
// A reply that was cut and is to go on stands there as the assistant's last message, and behind it what is
// asked for, as a user's.
//
// `system` is left out where there is none. Of `options` there is what the user asks for: max_tokens,
// temperature, top_p, stop (a list), seed, and reasoning_effort (off, minimal, low, medium, high or max).

import Chat

/// A conversation on its way to a program.
struct ChildInput: Encodable {
  private let model: String
  private let system: String?
  private let messages: [Message]
  private let options: OptionMembers

  init(_ outgoing: Outgoing) {
    model = outgoing.model.name
    system = outgoing.systemPrompt.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
    messages = outgoing.messagesWithInstruction.map(Message.init)
    options = OptionMembers(outgoing.options)
  }

  /// The line, with its LF.
  var line: [UInt8] { JSONText.encode(self) + [UInt8(ascii: "\n")] }

  private struct Message: Encodable {
    let role: String
    let content: WireContent<ContentPart>

    init(_ message: Outgoing.Message) {
      role = roleName(message.role)
      content =
        message.wireAttachments.isEmpty
        ? .text(message.wireText) : .parts(message.parts.compactMap(ContentPart.init))
    }
  }

  private struct ContentPart: Encodable {
    let type: String
    var text: String?
    var name: String?
    var mediaType: String?
    var data: String?

    private enum CodingKeys: String, CodingKey {
      case type
      case text
      case name
      case mediaType = "media_type"
      case data
    }

    /// Nil for what is neither text nor attached.
    init?(_ part: Part) {
      if let text = part.wireText {
        type = "text"
        self.text = text
        return
      }
      guard let (mediaType, _) = part.wireData else { return nil }
      if case .file(let name, _) = part.kind {
        type = "file"
        self.name = oneLine(name)
      } else {
        type = "image"
      }
      self.mediaType = mediaType
      data = part.base64
    }
  }
}

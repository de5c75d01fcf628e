/// What is sent to a provider for one reply. A value: the store decides it, the provider writes it in
/// its own dialect.
///
/// Promise: `messages` begins and ends with `user`, alternates between `user` and `assistant`, and no
/// message is empty or only white space. Every provider accepts such an order.
public struct Outgoing: Hashable, Sendable {
  public struct Message: Hashable, Sendable {
    public var role: Role
    public var parts: [Part]

    public init(role: Role, parts: [Part]) {
      self.role = role
      self.parts = parts
    }

    /// All text parts, joined by blank lines.
    public var text: String { parts.text }
  }

  public var model: ModelID
  public var systemPrompt: String?
  public var messages: [Message]

  public init(model: ModelID, systemPrompt: String? = nil, messages: [Message]) {
    self.model = model
    self.systemPrompt = systemPrompt
    self.messages = messages
  }
}

/// Writes the path of a conversation, up to and with the message `last`, as a provider may see it.
///
/// - A reply that was stopped, superseded or broken counts with the text it has, without its trailing
///   white space: the model sees what the user saw. Its thinking is not sent back.
/// - A reply without visible text is left out; the prompts around it are merged, with a blank line
///   between them, because many servers refuse two messages of one role in a row (vLLM issue 6862) or
///   an empty one (Anthropic: "text content blocks must be non-empty").
/// - A reply that nobody asked for (at the very front) is left out.
public func outgoing(_ conversation: Conversation, upTo last: MessageID, model: ModelID) -> Outgoing
{
  var messages: [Outgoing.Message] = []
  let end = conversation.path.lastIndex(of: last).map { $0 + 1 } ?? 0
  for id in conversation.path[..<end] {
    let message = conversation[id]
    guard let parts = sendable(message) else { continue }
    if let previous = messages.indices.last, messages[previous].role == message.role {
      messages[previous].parts += parts
    } else if !messages.isEmpty || message.role == .user {
      messages.append(Outgoing.Message(role: message.role, parts: parts))
    }
  }
  return Outgoing(model: model, systemPrompt: conversation.systemPrompt, messages: messages)
}

/// The parts of a message that are sent; nil when none is left.
private func sendable(_ message: Message) -> [Part]? {
  let parts = message.parts.compactMap { part -> Part? in
    switch part.kind {
    case .text:
      let text = message.role == .assistant ? part.text.withoutTrailingWhiteSpace : part.text
      return text.isWhiteSpace ? nil : Part(part.kind, text: text, opaque: part.opaque)
    case .image, .file:
      return part
    case .thinking, .toolCall, .toolResult:
      return nil
    }
  }
  return parts.isEmpty ? nil : parts
}

extension String {
  /// Whether there is nothing to read in it.
  var isWhiteSpace: Bool { allSatisfy(\.isWhitespace) }

  fileprivate var withoutTrailingWhiteSpace: String {
    guard let last = lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(self[...last])
  }
}

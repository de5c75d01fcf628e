/// What the user sends: words, and what goes with them.
public struct Prompt: Hashable, Sendable {
  public var text: String
  /// Pictures and files, in the order in which they were given.
  public var attachments: [Part]
  /// The prompt of the path in whose place it goes; nil for the next of the conversation.
  public var inPlaceOf: MessageID?

  public init(_ text: String, attachments: [Part] = [], inPlaceOf: MessageID? = nil) {
    self.text = text
    self.attachments = attachments
    self.inPlaceOf = inPlaceOf
  }

  /// The parts of its message: what is asked about first, and then the question, as Anthropic and OpenAI
  /// advise for pictures and long texts.
  var parts: [Part] { attachments + (text.isWhiteSpace ? [] : [.text(text)]) }

  /// Whether it asks nothing.
  var isBlank: Bool { parts.isEmpty }
}

extension Prompt: ExpressibleByStringLiteral {
  public init(stringLiteral text: String) { self.init(text) }
}

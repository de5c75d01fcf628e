/// What the user sends: words, and what goes with them.
public struct Prompt: Hashable, Sendable {
  public var text: String
  /// Pictures and files, in the order in which they were given.
  public var attachments: [Part]

  public init(_ text: String, attachments: [Part] = []) {
    self.text = text
    self.attachments = attachments
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

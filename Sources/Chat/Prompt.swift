/// What the user sends: words, and what goes with them.
public struct Prompt: Hashable, Sendable {
  public var text: String
  /// Pictures and files, in the order in which they were given.
  public var attachments: [Part]
  /// The prompt in whose place it goes; nil for the next of the conversation.
  public var inPlaceOf: MessageID?
  /// The models that are all asked at once; nobody but the route's where there are fewer than two.
  public var racers: [ModelID]
  /// Names it while it waits: which one it is of all that ever were sent in its conversation, from 1.
  public internal(set) var number: UInt32 = 0

  public init(
    _ text: String, attachments: [Part] = [], inPlaceOf: MessageID? = nil, racers: [ModelID] = []
  ) {
    self.text = text
    self.attachments = attachments
    self.inPlaceOf = inPlaceOf
    self.racers = racers
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

/// What is sent to a provider for one reply. A value: the store decides it, the provider writes it in
/// its own dialect.
///
/// Promise: `messages` begins and ends with `user`, alternates between `user` and `assistant`, no message
/// is empty or only white space, and no text of the assistant ends in white space. That is the strictest
/// of what providers ask for, so one form suits them all: alternation by the chat templates of Mistral,
/// Gemma and Llama 2 (vLLM issue 6862), the ends by Anthropic and Gemini, no empty text by Anthropic
/// ("text content blocks must be non-empty"), no trailing white space by Anthropic, and nothing but text
/// in a reply that was cut by DeepSeek ("content or tool_calls must be set").
public struct Outgoing: Hashable, Sendable {
  public struct Message: Hashable, Sendable {
    public var role: Role
    public var parts: [Part]
    /// Everything up to the end of this message comes again with the next prompt: a provider that caches
    /// on demand is asked to remember it here.
    public var isCacheMark = false

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
  /// What there is already of the reply, where it is to go on and not to begin: text of the assistant, never
  /// empty, without trailing white space. It goes behind the messages, in the form that the provider takes.
  public var continuation: String?
  /// How the reply is to be made.
  public var options = ReplyOptions()
  /// How many messages at the front of the path were left behind because the model could not take them.
  public var omittedMessageCount = 0

  public init(model: ModelID, systemPrompt: String? = nil, messages: [Message]) {
    self.model = model
    self.systemPrompt = systemPrompt
    self.messages = messages
  }

  /// About how many tokens this is; see `estimatedTokenCount(of:)`.
  public var estimatedTokenCount: Int {
    let beside = [systemPrompt, continuation].compactMap { $0.map(Chat.estimatedTokenCount(of:)) }
    return messages.reduce(beside.reduce(0, +)) {
      $0 + Chat.estimatedTokenCount(of: $1.parts)
    }
  }
}

/// Writes the way through a conversation up to and with the message `last`, as a provider may see it.
///
/// - What became of a reply that was stopped, superseded or broke is `cutReplies`' to say. Kept, it counts
///   with the text it has, without its trailing white space. Its thinking is not sent back.
/// - A reply without visible text is left out; the prompts around it are merged, with a blank line
///   between them.
/// - A reply that nobody asked for (at the very front) is left out.
/// - `cut` is what the reply has of text already, if it is to be continued.
/// - Where all this is more than three quarters of `window` (in tokens; nil for no limit), whole turns go
///   from the front, and the last quarter is the reply's. The system prompt and the last turn always stay.
public func outgoing(
  _ conversation: Conversation, upTo last: MessageID, continuing cut: String? = nil,
  model: ModelID, cutReplies: CutReplyPolicy = .keep, window: Int? = nil
) -> Outgoing {
  var history = SentHistory()
  for (position, id) in conversation.path(to: last).enumerated() {
    history.append(conversation[id], at: position, cutReplies: cutReplies)
  }
  if let window {
    let others = [conversation.systemPrompt, cut].compactMap(\.self)
    history.keepLastTurns(
      within: others.reduce(window / 4 * 3) { $0 - estimatedTokenCount(of: $1) })
  }
  var outgoing = Outgoing(
    model: model, systemPrompt: conversation.systemPrompt, messages: history.messages)
  outgoing.continuation = cut?.withoutTrailingWhiteSpace
  outgoing.omittedMessageCount = history.start
  if outgoing.messages.count > 1 {
    outgoing.messages[outgoing.messages.count - 2].isCacheMark = true
  }
  return outgoing
}

/// What becomes of a path on its way out.
private struct SentHistory {
  private(set) var messages: [Outgoing.Message] = []
  /// Where in the path each message begins.
  private var positions: [Int] = []
  /// Goes before the next prompt.
  private var note: String?
  /// Messages that begin with a note about the reply before them.
  private var noted: Set<Int> = []

  /// Where in the path that begins which is sent.
  private(set) var start = 0

  mutating func append(_ message: Message, at position: Int, cutReplies: CutReplyPolicy) {
    if message.isCut, cutReplies == .drop { return }
    guard var parts = message.sendableParts else { return }
    if message.role == .user, let note {
      parts.insert(.text(note), at: 0)
      noted.insert(messages.count)
      self.note = nil
    }
    if let previous = messages.indices.last, messages[previous].role == message.role {
      messages[previous].parts += parts
    } else if !messages.isEmpty || message.role == .user {
      messages.append(Outgoing.Message(role: message.role, parts: parts))
      positions.append(position)
    }
    if message.isCut, cutReplies == .note { note = message.cutNote }
  }

  /// Drops turns from the front: a prompt and the reply to it together, and never the last prompt.
  mutating func keepLastTurns(within limit: Int) {
    var sizes = messages.map { estimatedTokenCount(of: $0.parts) }[...]
    var total = sizes.reduce(0, +)
    while total > limit, sizes.count > 2 {
      total -= sizes.removeFirst() + sizes.removeFirst()
    }
    guard let first = sizes.indices.first, first > 0 else { return }
    start = positions[first]
    if noted.contains(first) { messages[first].parts.removeFirst() }
    messages.removeFirst(first)
  }
}

/// About how many tokens a model sees in a text; see `TokenEstimate`.
func estimatedTokenCount(of text: String) -> Int {
  var estimate = TokenEstimate()
  estimate.add(text)
  return estimate.count
}

/// The same of a message: its parts, and a few for what stands around them. A picture counts as the
/// thousand tokens that a large one takes. Of a file that is no text, such as a PDF, most bytes are fonts and
/// pictures: a page has some 50 kB and takes some thousand tokens.
func estimatedTokenCount(of parts: [Part]) -> Int {
  parts.reduce(4) { count, part in
    switch part.kind {
    case .image: count + 1000
    case .text, .thinking, .file, .toolCall, .toolResult:
      count + estimatedTokenCount(of: part.text) + part.data.count / 50
    }
  }
}

extension Message {
  /// Whether it is a reply that did not come to its end.
  var isCut: Bool {
    switch ending {
    case .cancelled, .superseded, .failed, .interrupted: true
    case .complete, nil: false
    }
  }

  /// What a model may be told of a reply that did not come to its end.
  fileprivate var cutNote: String? {
    switch ending {
    case .cancelled: "[I stopped your last reply before it was whole.]"
    case .superseded: "[I wrote this before your last reply was whole, and it ended there.]"
    case .failed, .interrupted: "[Your last reply broke off before it was whole.]"
    case .complete, nil: nil
    }
  }

  /// The parts of a message that are sent; nil when none is left.
  fileprivate var sendableParts: [Part]? {
    let parts = parts.compactMap { part -> Part? in
      switch part.kind {
      case .text:
        let text = role == .assistant ? part.text.withoutTrailingWhiteSpace : part.text
        return text.isWhiteSpace ? nil : Part(part.kind, text: text, opaque: part.opaque)
      case .image, .file:
        return part
      case .thinking, .toolCall, .toolResult:
        return nil
      }
    }
    return parts.isEmpty ? nil : parts
  }
}

extension String {
  /// Whether there is nothing to read in it.
  var isWhiteSpace: Bool { allSatisfy(\.isWhitespace) }

  var withoutTrailingWhiteSpace: String {
    guard let last = lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(self[...last])
  }
}

// What is sent to a server that speaks Chat Completions. A member that nobody asked for is not there: a
// default of ours would be refused by some model or other.

import Chat

/// The body of `POST /chat/completions`.
struct OpenAIChatBody: Encodable {
  private let model: String
  private let messages: [Message]
  private let stream = true
  private let streamOptions: StreamOptions?
  private let options: ReplyOptions
  private let replyLimit: ReplyLimit
  private let seed: SeedMember
  private let effort: Effort

  /// - Throws: what this server cannot be asked.
  init(_ outgoing: Outgoing, to endpoint: Endpoint) throws(StreamFailure) {
    let traits = endpoint.chatTraits
    var messages: [Message] = []
    if let prompt = outgoing.systemPrompt, !prompt.allSatisfy(\.isWhitespace) {
      messages.append(Message(role: "system", content: .text(prompt)))
    }
    for message in endpoint.messages(of: outgoing) {
      messages.append(try Message(message, to: endpoint))
    }
    if endpoint.prefills(outgoing), let last = messages.indices.last {
      messages[last].prefix = traits.prefill.marksPrefix ? true : nil
    }
    model = outgoing.model.name
    self.messages = messages
    // Somebody in between, at another address, need not know the padding.
    let refusesPadding = traits.takesPaddingOption && endpoint.isOwnAddress
    streamOptions =
      endpoint.asksForUsage
      ? StreamOptions(includeUsage: true, includeObfuscation: refusesPadding ? false : nil) : nil
    options = outgoing.options
    replyLimit = endpoint.replyLimit
    seed = traits.seed
    effort = try Effort(outgoing.options.effort, traits.effort, of: endpoint)
  }

  private enum Key: String, CodingKey {
    case model
    case messages
    case stream
    case streamOptions = "stream_options"
    case maxTokens = "max_tokens"
    case maxCompletionTokens = "max_completion_tokens"
    case temperature
    case topP = "top_p"
    case stop
    case seed
    case randomSeed = "random_seed"
    case reasoningEffort = "reasoning_effort"
    case reasoning
    case thinking
    case enableThinking = "enable_thinking"
  }

  func encode(to encoder: any Encoder) throws {
    var body = encoder.container(keyedBy: Key.self)
    try body.encode(model, forKey: .model)
    try body.encode(messages, forKey: .messages)
    try body.encode(stream, forKey: .stream)
    try body.encodeIfPresent(streamOptions, forKey: .streamOptions)
    switch replyLimit {
    case .maxTokens: try body.encodeIfPresent(options.maxTokens, forKey: .maxTokens)
    case .maxCompletionTokens:
      try body.encodeIfPresent(options.maxTokens, forKey: .maxCompletionTokens)
    }
    try body.encodeIfPresent(options.temperature, forKey: .temperature)
    try body.encodeIfPresent(options.topP, forKey: .topP)
    if !options.stop.isEmpty { try body.encode(options.stop, forKey: .stop) }
    switch seed {
    case .seed: try body.encodeIfPresent(options.seed, forKey: .seed)
    case .randomSeed: try body.encodeIfPresent(options.seed, forKey: .randomSeed)
    }
    switch effort {
    case .unsaid: break
    case .word(let word): try body.encode(word, forKey: .reasoningEffort)
    case .object(let word): try body.encode(["effort": word], forKey: .reasoning)
    case .withoutThinking: try body.encode(["type": "disabled"], forKey: .thinking)
    case .toggle(let isOn): try body.encode(isOn, forKey: .enableThinking)
    }
  }

  private struct StreamOptions: Encodable {
    let includeUsage: Bool
    let includeObfuscation: Bool?

    private enum CodingKeys: String, CodingKey {
      case includeUsage = "include_usage"
      case includeObfuscation = "include_obfuscation"
    }
  }
}

/// An effort as it is written for one server.
private enum Effort {
  case unsaid
  case word(String)
  case object(String)
  case withoutThinking
  case toggle(Bool)

  init(
    _ effort: ReasoningEffort?, _ form: EffortForm, of endpoint: Endpoint
  ) throws(StreamFailure) {
    guard let effort else {
      self = .unsaid
      return
    }
    switch form {
    case .none:
      throw StreamFailure(
        .refused,
        "\(endpoint.subject) cannot be told how much to think; nothing was sent. "
          + "Leave the effort out of the options in config.yaml for it.")
    case .word(let range): self = .word(range.word(for: effort))
    case .object(let range): self = .object(range.word(for: effort))
    case .thinking:
      switch effort {
      case .off: self = .withoutThinking
      case .minimal, .low: self = .word("low")
      case .medium, .high: self = .word("high")
      case .max: self = .word("max")
      }
    case .toggle: self = .toggle(effort != .off)
    }
  }
}

extension PrefillForm {
  /// Whether the message says that it is one.
  fileprivate var marksPrefix: Bool {
    switch self {
    case .none, .lastMessage: false
    case .prefix, .prefixAtBeta: true
    }
  }
}

extension EffortRange {
  /// An effort in the words of this range.
  fileprivate func word(for effort: ReasoningEffort) -> String {
    switch (effort, self) {
    case (.off, _): "none"
    case (.minimal, .minimalToHighest), (.minimal, .minimalToHigh): "minimal"
    case (.minimal, .lowToHigh), (.low, _): "low"
    case (.medium, _): "medium"
    case (.high, _), (.max, .minimalToHigh), (.max, .lowToHigh): "high"
    case (.max, .minimalToHighest): "xhigh"
    }
  }
}

private struct Message: Encodable {
  let role: String
  let content: WireContent<ContentPart>
  /// True for what the reply is to begin with.
  var prefix: Bool?

  init(role: String, content: WireContent<ContentPart>) {
    self.role = role
    self.content = content
  }

  init(_ message: Outgoing.Message, to endpoint: Endpoint) throws(StreamFailure) {
    role = roleName(message.role)
    guard !message.wireAttachments.isEmpty else {
      content = .text(message.wireText)
      return
    }
    let takesFiles = endpoint.chatTraits.takesFiles
    var parts: [ContentPart] = []
    for part in message.parts {
      if let text = part.wireText {
        parts.append(ContentPart(text: text))
      } else if let image = ContentPart(image: part) {
        parts.append(image)
      } else if takesFiles, let file = ContentPart(file: part) {
        parts.append(file)
      } else {
        throw .cannotAttach(
          part, to: endpoint.subject,
          wish: takesFiles ? "text, pictures and PDF files" : "text and pictures")
      }
    }
    content = .parts(parts)
  }
}

private struct ContentPart: Encodable {
  struct ImageURL: Encodable {
    let url: String
  }

  struct File: Encodable {
    let name: String
    let data: String

    private enum CodingKeys: String, CodingKey {
      case name = "filename"
      case data = "file_data"
    }
  }

  private let type: String
  private var text: String?
  private var imageURL: ImageURL?
  private var file: File?

  private enum CodingKeys: String, CodingKey {
    case type
    case text
    case imageURL = "image_url"
    case file
  }

  init(text: String) {
    type = "text"
    self.text = text
  }

  /// Nil for a part that is no picture.
  init?(image part: Part) {
    guard case .image(let mediaType) = part.kind, !part.data.isEmpty else { return nil }
    type = "image_url"
    imageURL = ImageURL(url: "data:\(mediaType);base64,\(part.base64)")
  }

  /// Nil for a part that is no PDF file, the one kind of file that this wire takes.
  init?(file part: Part) {
    guard case .file(let name, "application/pdf") = part.kind, !part.data.isEmpty else {
      return nil
    }
    type = "file"
    file = File(name: oneLine(name), data: "data:application/pdf;base64,\(part.base64)")
  }
}

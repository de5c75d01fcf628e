// What is sent is legal for every provider, whatever became of the replies before.

import Chat
import Support
import Testing

/// A rule of somebody's, and where it comes from.
private struct ProviderRule: Sendable {
  let name: String
  let allows: @Sendable ([Outgoing.Message]) -> Bool

  static let all: [ProviderRule] = [
    ProviderRule(name: "the first is the user's (Anthropic, Gemini, chat templates)") {
      $0.first?.role == .user
    },
    ProviderRule(name: "the last is the user's (Anthropic takes no prefill any more)") {
      $0.last?.role == .user
    },
    ProviderRule(name: "roles alternate (Mistral, Gemma and Llama 2 templates, Bedrock)") {
      zip($0, $0.dropFirst()).allSatisfy { $0.role != $1.role }
    },
    ProviderRule(name: "only user and assistant (system goes beside)") {
      $0.allSatisfy { $0.role == .user || $0.role == .assistant }
    },
    ProviderRule(name: "no message is empty (DeepSeek, Gemini)") {
      $0.allSatisfy { !$0.parts.isEmpty }
    },
    ProviderRule(name: "no text is empty or white space (Anthropic)") {
      $0.allSatisfy { $0.parts.allSatisfy { $0.text.contains { !$0.isWhitespace } } }
    },
    ProviderRule(name: "no assistant text ends in white space (Anthropic)") {
      $0.allSatisfy { $0.role != .assistant || $0.text.last?.isWhitespace == false }
    },
    ProviderRule(name: "no unsigned thinking and no unfinished tool call (Anthropic, OpenAI)") {
      $0.allSatisfy { $0.parts.allSatisfy { $0.kind == .text } }
    },
  ]
}

private let replies: [[StreamEvent]] = [
  [], [.text("")], [.text(" \n\n")], [.thinking("only thought")], [.text("partial")],
  [.text("ends in blanks  \n")], [.thinking("hm"), .text("so")], [.toolCall(name: "t")],
  [.text("\n\n"), .toolCall(name: "t")], [.refusal("I will not.")], [.text("\u{200B}")],
]

private let ends: [ChatEvent?] = [
  nil, .cancel, .retry, .leave,
  .stream(StreamID(0), .completed(.stop)), .stream(StreamID(0), .completed(.length)),
  .stream(StreamID(0), .failed(StreamFailure(.truncated, "cut"))),
  .stream(StreamID(0), .failed(StreamFailure(.refused, "no"))),
  .stream(StreamID(0), .failed(StreamFailure(.serverFailed, "500"))),
  .stream(StreamID(0), .finished(.stop)),
]

@Suite struct `What is sent` {
  @Test(arguments: CutReplyPolicy.allCases)
  func `T55 is legal for every provider after any conversation`(policy: CutReplyPolicy) {
    var random = Seeded(state: 7)
    for round in 0..<400 {
      let windows = round % 3 == 0 ? [model: Int.random(in: 1...80, using: &random)] : [:]
      var chat = store(ChatSettings(cutReplyPolicy: policy, windows: windows))
      for turn in 0..<Int.random(in: 1...8, using: &random) {
        check(chat.take(.send("prompt \(turn)")), round)
        for event in replies.randomElement(using: &random) ?? [] { hear(event, &chat) }
        switch ends.randomElement(using: &random) ?? nil {
        case nil: break
        case .stream(_, let event)?: hear(event, &chat)
        case let event?: check(chat.take(event), round)
        }
      }
    }
  }

  private func hear(_ event: StreamEvent, _ chat: inout ChatStore) {
    guard let stream = chat.generation.activeStream else { return }
    chat.take(.stream(stream, event))
  }

  private func check(_ effects: [ChatEffect], _ round: Int) {
    for case .start(_, let outgoing) in effects {
      for rule in ProviderRule.all {
        #expect(rule.allows(outgoing.messages), "round \(round): \(rule.name)")
      }
    }
  }

  // MARK: Replies that were cut

  private func sentAfterCut(_ policy: CutReplyPolicy, _ text: String = "partial ") -> [String]? {
    var chat = store(ChatSettings(cutReplyPolicy: policy))
    chat.take(.send("one"))
    chat.hear(1, .text(text))
    chat.take(.cancel)
    return sent(chat.take(.send("two")))
  }

  @Test func `holds a stopped reply as far as it came`() {
    #expect(sentAfterCut(.keep) == ["user: one", "assistant: partial", "user: two"])
  }

  @Test func `leaves a stopped reply out where the user wants that`() {
    #expect(sentAfterCut(.drop) == ["user: one\n\ntwo"])
  }

  @Test func `says before the next prompt that the reply was cut, and writes it nowhere`() {
    #expect(
      sentAfterCut(.note) == [
        "user: one", "assistant: partial",
        "user: [I stopped your last reply before it was whole.]\n\ntwo",
      ])
    var chat = store(ChatSettings(cutReplyPolicy: .note))
    chat.take(.send("one"))
    chat.hear(1, .text("partial"))
    chat.take(.send("two"))
    #expect(
      chat.page == ["user: one", "assistant: partial [superseded]", "user: two", "assistant:  …"])
  }

  @Test func `has no note about a reply that is left behind`() {
    var chat = store(ChatSettings(cutReplyPolicy: .note, windows: [model: 40]))
    chat.take(.send("one"))
    chat.hear(1, .text(String(repeating: "word ", count: 40)))
    chat.take(.cancel)
    #expect(sent(chat.take(.send("two"))) == ["user: two"])
  }

  @Test func `has no note for a reply of which nothing is left`() {
    #expect(sentAfterCut(.note, " \n") == ["user: one\n\ntwo"])
  }

  // MARK: Windows

  /// Four turns of about 25 tokens a message.
  private func long(window: Int?) -> ChatStore {
    var chat = store(ChatSettings(windows: window.map { [model: $0] } ?? [:]))
    let words = String(repeating: "abc ", count: 20)
    for turn in 1...4 {
      chat.take(.send("prompt \(turn) \(words)"))
      chat.hear(UInt64(turn), .text("reply \(turn) \(words)"))
      chat.hear(UInt64(turn), .completed(.stop))
    }
    return chat
  }

  private func outgoing(_ effects: [ChatEffect]) -> Outgoing? {
    for case .start(_, let outgoing) in effects { return outgoing }
    return nil
  }

  @Test func `is everything where no window is known`() {
    var chat = long(window: nil)
    #expect(outgoing(chat.take(.send("now")))?.messages.count == 9)
    #expect(chat.omittedMessageCount == 0)
  }

  @Test func `loses whole turns from the front where the model cannot take all`() {
    for window in stride(from: 20, through: 400, by: 7) {
      var chat = long(window: window)
      guard let outgoing = outgoing(chat.take(.send("now"))) else { continue }
      #expect(outgoing.messages.last?.text == "now")
      #expect(outgoing.messages.first?.role == .user)
      #expect(outgoing.messages.count % 2 == 1)
      #expect(outgoing.omittedMessageCount == 9 - outgoing.messages.count)
      #expect(
        outgoing.estimatedTokenCount <= window * 3 / 4 || outgoing.messages.count == 1,
        "\(window)")
      #expect(chat.omittedMessageCount == outgoing.omittedMessageCount)
    }
  }

  @Test func `counts a text by its words, and of a PDF and a picture no bytes of theirs as words`()
  {
    func count(_ part: Part) -> Int {
      let message = Outgoing.Message(role: .user, parts: [part])
      return Outgoing(model: model, messages: [message]).estimatedTokenCount
    }
    let text = String(repeating: "word", count: 1_000)
    #expect(count(Part(.file(name: "a", mediaType: "text/plain"), text: text)) == 1_004)
    let bytes = [UInt8](repeating: 0, count: 100_000)
    #expect(count(Part(.file(name: "a", mediaType: "application/pdf"), data: bytes)) == 2_004)
    #expect(count(Part(.image(mediaType: "image/png"), data: bytes)) == 1_004)
  }

  @Test func `keeps the system prompt, which counts as well`() {
    var conversation = Conversation(systemPrompt: String(repeating: "be kind ", count: 30))
    var chat = ChatStore(
      route: Route(model), settings: ChatSettings(windows: [model: 100]),
      conversation: conversation, messageIDs: MessageIDSource(seed: MessageID(high: 1, low: 2)))
    chat.take(.send("one " + String(repeating: "abc ", count: 20)))
    chat.hear(1, .text("yes"))
    chat.hear(1, .completed(.stop))
    conversation = chat.conversation
    let sent = outgoing(chat.take(.send("two")))
    #expect(sent?.systemPrompt == conversation.systemPrompt)
    #expect(sent?.messages.map(\.text) == ["two"])
  }

  @Test func `is about half as much after the provider found it too long`() {
    var chat = long(window: nil)
    guard let all = outgoing(chat.take(.send("now"))) else { return }
    chat.hear(5, .failed(StreamFailure(.tooLong, "too long")))
    guard let half = outgoing(chat.take(.retry)) else { return }
    #expect(half.messages.last?.text == "now")
    #expect(half.estimatedTokenCount <= all.estimatedTokenCount / 2)
    #expect(half.messages.count > 1)
    chat.hear(6, .completed(.stop))
    #expect(
      (outgoing(chat.take(.send("more")))?.estimatedTokenCount ?? .max)
        <= all.estimatedTokenCount / 2)
  }

  @Test func `goes to the same model of a pool after it was too long`() {
    let models = ["a", "b", "c"].map { ModelID(provider: "test", name: $0) }
    guard let pool = Route("fast", .pool, models) else { return }
    var chat = store(ChatSettings(retryPolicy: RetryPolicy(retries: 0)), route: pool)
    chat.take(.send("one"))
    chat.hear(1, .text("yes"))
    chat.hear(1, .completed(.stop))
    chat.take(.send("two"))
    for stream in 2...4 {
      chat.hear(UInt64(stream), .failed(StreamFailure(.tooLong, "too long")))
    }
    #expect(chat.generation == .idle)
    #expect(started(chat.take(.retry)) == ["5 a"])
  }

  @Test func `marks for a cache what comes again next time`() {
    var chat = long(window: nil)
    let marks = outgoing(chat.take(.send("now")))?.messages.map(\.isCacheMark)
    #expect(marks == [false, false, false, false, false, false, false, true, false])
  }
}

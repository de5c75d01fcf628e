import Chat
import Testing

@Suite struct `How much of the window is taken` {
  private func use(_ chat: ChatStore) -> (tokens: Int, isEstimated: Bool)? {
    chat.conversation.contextUse.map { ($0.tokenCount, $0.isEstimated) }
  }

  @Test func `is nobody's question before the first prompt`() {
    #expect(use(store()) == nil)
  }

  @Test func `is what the provider counts with the last reply`() {
    var chat = store()
    chat.take(.send("hello"))
    chat.hear(1, .text("Hi"))
    chat.hear(1, .usage(Usage(inputTokens: 900, outputTokens: 40, reasoningTokens: 30)))
    chat.hear(1, .completed(.stop))
    #expect(use(chat)! == (940, false))
  }

  @Test func `is estimated where nothing is told`() {
    var chat = store()
    chat.take(.send(String(repeating: "word", count: 100)))
    #expect(use(chat)! == (104, true))
    chat.hear(1, .text(String(repeating: "word", count: 30)))
    chat.hear(1, .text("日本"))
    #expect(use(chat)! == (136, true))
    chat.hear(1, .completed(.stop))
    #expect(use(chat)! == (136, true))
  }

  @Test func `counts the prompt as told and the reply as estimated while that is live`() {
    var chat = store()
    chat.take(.send("hello"))
    chat.hear(1, .usage(Usage(inputTokens: 900, outputTokens: 1)))
    #expect(use(chat)! == (900, false))
    chat.hear(1, .text(String(repeating: "word", count: 30)))
    #expect(use(chat)! == (930, true))
    chat.take(.cancel)
    #expect(use(chat)! == (930, true))
  }

  @Test func `holds the instruction, and what was left behind no more`() {
    let settings = ChatSettings(windows: [model: 200])
    var chat = store(settings)
    chat.take(.setSystemPrompt(String(repeating: "word", count: 20)))
    for number in 1...9 {
      chat.take(.send(String(repeating: "word", count: 30)))
      chat.hear(UInt64(number), .text(String(repeating: "word", count: 10)))
      chat.hear(UInt64(number), .completed(.stop))
    }
    // The instruction, two whole turns, a prompt and the reply to it.
    #expect(use(chat)! == (20 + 2 * (34 + 14) + 34 + 10, true))
  }

  @Test func `goes back with the path`() {
    var chat = store()
    for number in 1...3 {
      chat.take(.send("hello"))
      chat.hear(UInt64(number), .usage(Usage(inputTokens: 100 * number, outputTokens: 10)))
      chat.hear(UInt64(number), .completed(.stop))
    }
    #expect(use(chat)! == (310, false))
    // Before the request has left it goes on from the message before.
    _ = chat.handle(.send("word", inPlaceOf: chat.conversation.path[2]), at: start)
    #expect(use(chat)! == (115, true))
  }

  @Test func `goes on from the last count with what came since`() {
    var chat = store()
    chat.take(.send("hello"))
    chat.hear(1, .usage(Usage(inputTokens: 900, outputTokens: 40)))
    chat.hear(1, .completed(.stop))
    chat.take(.send(String(repeating: "word", count: 20)))
    #expect(use(chat)! == (940 + 24, true))
    #expect(chat.conversation.contextUse?.isCounted == true)
    chat.hear(2, .usage(Usage(inputTokens: 970)))
    #expect(use(chat)! == (970, false))
  }

  @Test func `is known of messages that were there before`() {
    let prompt = Message(
      id: MessageID(high: 1, low: 1), parent: nil, role: .user, parts: [.text("wordword")],
      created: start)
    let reply = Message(
      id: MessageID(high: 1, low: 2), parent: prompt.id, role: .assistant,
      parts: [.text("word")], created: start, ending: .complete(.stop))
    let conversation = Conversation(systemPrompt: "word", messages: [prompt, reply])
    #expect(conversation.contextUse?.tokenCount == 1 + 6 + 1)
  }

  @Test func `keeps its bounds for counts that nobody has`() {
    var chat = store()
    chat.take(.send("hello"))
    chat.hear(1, .usage(Usage(inputTokens: .max, outputTokens: .max)))
    chat.hear(1, .completed(.stop))
    chat.take(.send("hello"))
    chat.hear(2, .usage(Usage(inputTokens: .min, outputTokens: .min)))
    chat.hear(2, .completed(.stop))
    #expect(use(chat)! == (0, false))
  }
}

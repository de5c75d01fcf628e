import Chat
import Testing

@Suite struct `The chat store` {
  @Test func `starts a stream for a prompt and grows one message with its deltas`() {
    var chat = store()
    let effects = chat.take(.send("hello"))
    #expect(
      effects == [
        .start(
          StreamID(1),
          Outgoing(model: model, messages: [.init(role: .user, parts: [.text("hello")])]))
      ])
    chat.hear(1, .started(model: nil))
    #expect(chat.page == ["user: hello", "assistant:  …"])
    chat.hear(1, .text("Hi "))
    chat.hear(1, .text("there"))
    chat.hear(1, .completed(.stop))
    #expect(chat.page == ["user: hello", "assistant: Hi there ."])
    #expect(chat.generation == .idle)
  }

  @Test func `a prompt of white space asks nothing`() {
    var chat = store()
    #expect(chat.take(.send(" \n\t")) == [])
    #expect(chat.conversation.path.isEmpty)
  }

  @Test func `S51 cancel aborts the stream, keeps the partial and drops each kind of late event`() {
    var chat = store()
    chat.take(.send("hello"))
    chat.hear(1, .text("Hi"))
    #expect(chat.take(.cancel) == [.abort(StreamID(1))])
    let kept = chat.conversation
    for late in [
      StreamEvent.text(" there"), .thinking("x"), .usage(Usage(outputTokens: 4)),
      .completed(.stop), .failed(StreamFailure(.truncated, "late")), .started(model: "z"),
      .refusal("no"), .toolCall(name: "t"),
    ] {
      chat.hear(1, late)
    }
    #expect(chat.conversation == kept)
    #expect(chat.page == ["user: hello", "assistant: Hi [stopped]"])
  }

  @Test func `S01 a hundred cancels are one, and none is harmful when nothing is live`() {
    var chat = store()
    #expect(chat.take(.cancel) == [])
    chat.take(.send("hello"))
    #expect(chat.take(.cancel) == [.abort(StreamID(1))])
    for _ in 0..<100 { #expect(chat.take(.cancel) == []) }
  }

  @Test func `S53 cancel before the first word settles the reply, and it is never sent`() {
    var chat = store()
    chat.take(.send("one"))
    chat.take(.cancel)
    #expect(sent(chat.take(.send("two"))) == ["user: one\n\ntwo"])
  }

  @Test func `S18 a new prompt supersedes: abort first, then start, and the old partial stays`() {
    var chat = store()
    chat.take(.send("cats"))
    chat.hear(1, .text("Cats are "))
    let effects = chat.take(.send("no, dogs"))
    #expect(effects.count == 2)
    #expect(effects.first == .abort(StreamID(1)))
    #expect(sent(effects) == ["user: cats", "assistant: Cats are", "user: no, dogs"])
    chat.hear(1, .text("nice"))
    chat.hear(2, .text("Dogs"))
    chat.hear(1, .completed(.stop))
    #expect(
      chat.page == [
        "user: cats", "assistant: Cats are  [superseded]", "user: no, dogs", "assistant: Dogs …",
      ])
  }

  @Test func `retry while live puts a sibling beside the partial, under the same prompt`() {
    var chat = store()
    chat.take(.send("cats"))
    chat.hear(1, .text("Cats"))
    let prompt = chat.conversation.path[0]
    let effects = chat.take(.retry)
    #expect(effects.first == .abort(StreamID(1)))
    #expect(sent(effects) == ["user: cats"])
    chat.hear(1, .text(" late"))
    chat.hear(2, .text("Lions"))
    #expect(chat.page == ["user: cats", "assistant: Lions …"])
    let replies = chat.conversation.children(of: prompt).map { chat.conversation[$0] }
    #expect(replies.map(\.text) == ["Cats", "Lions"])
    #expect(replies[0].ending == .superseded)
  }

  @Test func `retry with no prompt does nothing`() {
    var chat = store()
    #expect(chat.take(.retry) == [])
  }

  @Test func `S22 a failure keeps the partial and the prompt can be sent again`() {
    var chat = store()
    chat.take(.send("hello"))
    chat.hear(1, .text("Hi"))
    chat.hear(1, .failed(StreamFailure(.truncated, "cut")))
    #expect(chat.page == ["user: hello", "assistant: Hi [failed]"])
    #expect(sent(chat.take(.retry)) == ["user: hello"])
  }

  @Test func `T38 nothing follows an end`() {
    var chat = store()
    chat.take(.send("hello"))
    chat.hear(1, .completed(.stop))
    let settled = chat.conversation
    chat.hear(1, .completed(.length))
    chat.hear(1, .text("more"))
    #expect(chat.conversation == settled)
  }

  @Test func `thinking and text are parts of their own, and thinking is not sent back`() {
    var chat = store()
    chat.take(.send("why"))
    chat.hear(1, .thinking("hm "))
    chat.hear(1, .thinking("hm"))
    chat.hear(1, .text("So.  \n"))
    chat.hear(1, .completed(.stop))
    let reply = chat.conversation[chat.conversation.path[1]]
    #expect(reply.parts.map(\.kind) == [.thinking, .text])
    #expect(sent(chat.take(.send("and"))) == ["user: why", "assistant: So.", "user: and"])
  }

  @Test func `two calls of the same tool are two parts`() {
    var chat = store()
    chat.take(.send("weather"))
    chat.hear(1, .toolCall(name: "look"))
    chat.hear(1, .toolCall(name: "look"))
    #expect(chat.conversation[chat.conversation.path[1]].parts.count == 2)
  }

  @Test func `T44 usage is noted beside the message and the last one counts`() {
    var chat = store()
    chat.take(.send("hello"))
    chat.hear(1, .usage(Usage(outputTokens: 1)))
    chat.hear(1, .usage(Usage(inputTokens: 3, outputTokens: 7)))
    chat.hear(1, .completed(.stop))
    let reply = chat.conversation.path[1]
    #expect(chat.conversation.usage(of: reply) == Usage(inputTokens: 3, outputTokens: 7))
  }

  @Test func `T55 a reply of white space alone never reaches a provider`() {
    var chat = store()
    chat.take(.send("one"))
    chat.hear(1, .text("\n\n"))
    chat.take(.cancel)
    #expect(sent(chat.take(.send("two"))) == ["user: one\n\ntwo"])
  }

  @Test func `the model of a reply is the one that was asked, whatever is chosen later`() {
    var chat = store()
    chat.take(.send("one"))
    chat.route = Route(ModelID(provider: "test", name: "other"))
    #expect(chat.conversation[chat.conversation.path[1]].model == model)
    chat.take(.send("two"))
    #expect(chat.conversation[chat.conversation.path[3]].model?.name == "other")
  }

  @Test func `message ids never repeat`() {
    var source = MessageIDSource(seed: MessageID(high: 0, low: 0))
    var seen: Set<MessageID> = []
    for _ in 0..<10_000 { #expect(seen.insert(source.next()).inserted) }
  }

  @Test(arguments: [("openai/gpt-4o", "openai", "gpt-4o"), ("vllm/qwen/q3", "vllm", "qwen/q3")])
  func `a model is read as provider and name`(text: String, provider: String, name: String) {
    #expect(ModelID(text) == ModelID(provider: provider, name: name))
  }

  @Test(arguments: ["", "gpt-4o", "/x", "openai/"])
  func `what names no model is refused`(text: String) {
    #expect(ModelID(text) == nil)
  }
}

import Chat
import Testing

/// Two prompts under the same reply, each with its own.
private func forked() -> ChatStore {
  var chat = store()
  for (number, prompt) in ["one", "two"].enumerated() {
    chat.take(.send(prompt))
    chat.hear(UInt64(number + 1), .text("to \(prompt)"))
    chat.hear(UInt64(number + 1), .completed(.stop))
  }
  chat.take(.send("deux", inPlaceOf: chat.conversation.path[2]))
  chat.hear(3, .text("to deux"))
  return chat
}

@Suite struct `Branches` {
  @Test func `of a message are its siblings, the first prompts among them`() {
    var chat = forked()
    let two = chat.conversation.children(of: chat.conversation.path[1])
    #expect(chat.conversation.siblings(of: two[0]) == two)
    let first = chat.conversation.path[0]
    chat.take(.send("un", inPlaceOf: first))
    #expect(chat.conversation.siblings(of: first) == [first, chat.conversation.path[0]])
    #expect(chat.conversation.children(of: nil) == chat.conversation.siblings(of: first))
  }

  @Test func `are gone back to as they were left`() {
    var chat = forked()
    chat.hear(3, .completed(.stop))
    chat.take(.send("three"))
    chat.hear(4, .completed(.stop))
    let longer = chat.conversation.path
    let two = chat.conversation.siblings(of: longer[2])[0]
    #expect(chat.take(.choose(two)) == [])
    #expect(
      chat.page == ["user: one", "assistant: to one .", "user: two", "assistant: to two ."])
    chat.take(.choose(longer[2]))
    #expect(chat.conversation.path == longer)
    chat.take(.choose(MessageID(high: 0, low: 0)))
    #expect(chat.conversation.path == longer)
  }

  @Test func `let a reply go on that is live on another`() {
    var chat = forked()
    let live = chat.conversation.path[3]
    chat.take(.choose(chat.conversation.siblings(of: chat.conversation.path[2])[0]))
    #expect(!chat.conversation.path.contains(live))
    chat.hear(3, .text(", all of it"))
    #expect(chat.conversation[live].text == "to deux, all of it")
    #expect(chat.take(.cancel) == [.abort(StreamID(3))])
    #expect(chat.conversation[live].ending == .cancelled)
    #expect(chat.page.last == "assistant: to two .")
  }

  @Test func `have a prompt that waited go behind the reply it waited for`() {
    var chat = store(ChatSettings(sendPolicy: .queue))
    chat.take(.send("one"))
    chat.hear(1, .completed(.stop))
    chat.take(.retry)
    let live = chat.conversation.path[1]
    chat.take(.send("two"))
    chat.take(.choose(chat.conversation.siblings(of: live)[0]))
    chat.hear(2, .completed(.stop))
    let asked = chat.conversation.children(of: live)
    #expect(asked.map { chat.conversation[$0].text } == ["two"])
    #expect(chat.generation.call?.prompt == asked.first)
    // Who looked elsewhere still does.
    #expect(chat.page.count == 2)
    chat.take(.choose(asked[0]))
    #expect(chat.page == ["user: one", "assistant:  .", "user: two", "assistant:  …"])
  }

  @Test func `have another attempt stand where its call does`() {
    var chat = store()
    chat.take(.send("one"))
    chat.hear(1, .completed(.stop))
    chat.take(.retry)
    let first = chat.conversation.siblings(of: chat.conversation.path[1])[0]
    chat.take(.choose(first))
    chat.hear(2, .failed(StreamFailure(.serverFailed, "500")))
    #expect(chat.conversation.path.last == first)
    #expect(chat.conversation.siblings(of: first).count == 3)
    // Who asks for it where it is not in view asks there.
    let models = started(chat.take(.retry))
    #expect(models == ["3 m"])
  }

  @Test func `send with a prompt what stands above it and nothing else`() {
    var chat = forked()
    chat.hear(3, .completed(.stop))
    chat.take(.choose(chat.conversation.siblings(of: chat.conversation.path[2])[0]))
    #expect(
      sent(chat.take(.send("three"))) == [
        "user: one", "assistant: to one", "user: two", "assistant: to two", "user: three",
      ])
  }

  @Test func `know each what the last request for it left behind`() {
    var chat = store(ChatSettings(windows: [model: 40]))
    let long = String(repeating: "word ", count: 16)
    for number in 1...3 {
      chat.take(.send(long))
      chat.hear(UInt64(number), .text("Yes"))
      chat.hear(UInt64(number), .completed(.stop))
    }
    let branch = chat.conversation.path[0]
    chat.take(.send("un", inPlaceOf: branch))
    #expect(chat.omittedMessageCount == 0)
    chat.take(.choose(branch))
    #expect(chat.omittedMessageCount == 4)
  }
}

@Suite struct `Prompts that wait` {
  private func waiting() -> ChatStore {
    var chat = store(ChatSettings(sendPolicy: .queue))
    for prompt in ["one", "two", "three", "four"] { chat.take(.send(prompt)) }
    return chat
  }

  @Test func `are moved and taken back by their numbers`() {
    var chat = waiting()
    let numbers = chat.queue.map(\.number)
    chat.take(.movePrompt(numbers[2], by: -1))
    #expect(chat.queue.map(\.text) == ["two", "four", "three"])
    chat.take(.movePrompt(numbers[0], by: .max))
    #expect(chat.queue.map(\.text) == ["four", "three", "two"])
    chat.take(.movePrompt(numbers[0], by: .min))
    #expect(chat.queue.map(\.text) == ["two", "four", "three"])
    chat.take(.takeBackPrompt(numbers[2]))
    chat.take(.takeBackPrompt(99))
    chat.take(.movePrompt(99, by: 1))
    #expect(chat.queue.map(\.text) == ["two", "three"])
  }

  @Test func `do not pass those in place of earlier ones`() {
    var chat = waiting()
    chat.take(.send("uno", inPlaceOf: chat.conversation.path[0]))
    let numbers = chat.queue.map(\.number)
    chat.take(.movePrompt(numbers[0], by: 2))
    chat.take(.movePrompt(numbers[1], by: -1))
    #expect(chat.queue.map(\.text) == ["uno", "two", "three", "four"])
  }

  @Test func `stay behind one that replaces the reply`() {
    var chat = waiting()
    #expect(sent(chat.take(.send("five", policy: .replace))) == ["user: one\n\nfive"])
    #expect(chat.queue.map(\.text) == ["two", "three", "four"])
  }
}

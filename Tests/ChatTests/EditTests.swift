import Chat
import Testing

/// A store with two turns that are over.
private func twoTurns(_ settings: ChatSettings = ChatSettings()) -> ChatStore {
  var chat = store(settings)
  for (number, prompt) in ["one", "two"].enumerated() {
    chat.take(.send(prompt))
    chat.hear(UInt64(number + 1), .text("Yes"))
    chat.hear(UInt64(number + 1), .completed(.stop))
  }
  return chat
}

@Suite struct `A prompt in the place of an earlier one` {
  @Test func `follows what that one followed, and nothing leaves the tree`() {
    var chat = twoTurns()
    let path = chat.conversation.path
    #expect(
      sent(chat.take(.send("deux", inPlaceOf: path[2]))) == [
        "user: one", "assistant: Yes", "user: deux",
      ])
    #expect(chat.page == ["user: one", "assistant: Yes .", "user: deux", "assistant:  …"])
    #expect(chat.conversation.children(of: path[1]) == [path[2], chat.conversation.path[2]])
    #expect(chat.conversation.children(of: path[2]) == [path[3]])
    #expect(chat.conversation.allMessages.count == 6)
  }

  @Test func `may stand in the place of the very first`() {
    var chat = twoTurns()
    #expect(sent(chat.take(.send("un", inPlaceOf: chat.conversation.path[0]))) == ["user: un"])
    #expect(chat.page == ["user: un", "assistant:  …"])
  }

  @Test func `supersedes the reply that is live, wherever it stands`() {
    var chat = twoTurns()
    let first = chat.conversation.path[0]
    chat.take(.send("three"))
    chat.hear(3, .text("We"))
    let live = chat.conversation.path[5]
    #expect(started(chat.take(.send("un", inPlaceOf: first))) == ["4 m"])
    #expect(chat.conversation[live].ending == .superseded)
    chat.hear(3, .text("ll"))
    #expect(chat.conversation[live].text == "We")
    #expect(chat.page == ["user: un", "assistant:  …"])
  }

  @Test func `is the next of the conversation where it names no prompt of it`() {
    let chat = twoTurns()
    let path = chat.conversation.path
    for id in [path[1], MessageID(high: 9, low: 9)] {
      var other = chat
      other.take(.send("three", inPlaceOf: id))
      #expect(other.page.count == 6)
    }
  }

  @Test func `that stands on another branch turns the path to that`() {
    var chat = twoTurns()
    let path = chat.conversation.path
    chat.take(.send("un", inPlaceOf: path[0]))
    chat.hear(3, .completed(.stop))
    chat.take(.send("deux", inPlaceOf: path[2]))
    #expect(chat.page == ["user: one", "assistant: Yes .", "user: deux", "assistant:  …"])
  }

  @Test func `that waits keeps what it replaces, and goes before what was to follow`() {
    var chat = twoTurns(ChatSettings(sendPolicy: .queue))
    let path = chat.conversation.path
    chat.take(.send("three"))
    chat.take(.send("four"))
    chat.take(.send("deux", inPlaceOf: path[2]))
    chat.take(.send("zwei", inPlaceOf: path[2]))
    #expect(chat.queue.map(\.text) == ["deux", "zwei", "four"])
    #expect(chat.queue.map(\.inPlaceOf) == [path[2], path[2], nil])
    chat.hear(3, .completed(.stop))
    #expect(chat.page == ["user: one", "assistant: Yes .", "user: deux", "assistant:  …"])
    chat.hear(4, .completed(.stop))
    #expect(chat.page == ["user: one", "assistant: Yes .", "user: zwei", "assistant:  …"])
    chat.hear(5, .completed(.stop))
    #expect(chat.page.suffix(3) == ["assistant:  .", "user: four", "assistant:  …"])
  }

  @Test func `is told nothing of what it replaced when it is sent again`() {
    var chat = twoTurns()
    chat.take(.send("deux", inPlaceOf: chat.conversation.path[2]))
    #expect(sent(chat.take(.retry)) == ["user: one", "assistant: Yes", "user: deux"])
  }

  @Test func `takes the sign of what was left behind with it`() {
    var chat = store(ChatSettings(windows: [model: 40]))
    let long = String(repeating: "word ", count: 16)
    for number in 1...3 {
      chat.take(.send(long))
      chat.hear(UInt64(number), .text("Yes"))
      chat.hear(UInt64(number), .completed(.stop))
    }
    #expect(chat.omittedMessageCount == 4)
    // The disk has not answered: no request has left.
    _ = chat.handle(.send("un", inPlaceOf: chat.conversation.path[0]), at: start)
    #expect(chat.omittedMessageCount == 0)
  }
}

@Suite struct `The policy of one prompt` {
  private func live(_ settings: SendPolicy) -> ChatStore {
    var chat = store(ChatSettings(sendPolicy: settings))
    chat.take(.send("one"))
    return chat
  }

  @Test(arguments: SendPolicy.allCases)
  func `goes before that of the settings`(settings: SendPolicy) {
    #expect(live(settings).sending(as: .replace) == .replaces)
    #expect(live(settings).sending(as: .queue) == .waits)
    #expect(live(settings).sending(as: .block) == .isRefused)
    #expect(live(settings).sending(as: nil) == live(settings).sending)
    var chat = live(settings)
    #expect(chat.take(.send("two", policy: .queue)) == [])
    #expect(chat.queue.map(\.text) == ["two"])
    #expect(chat.take(.send("three", policy: .block)) == [])
    #expect(chat.queue.count == 1)
    chat = live(settings)
    #expect(chat.take(.send("two", policy: .replace)).first == .abort(StreamID(1)))
  }

  @Test func `says nothing while no reply is live`() {
    var chat = store()
    #expect(chat.sending(as: .block) == .starts)
    #expect(started(chat.take(.send("one", policy: .block))) == ["1 m"])
  }

  @Test func `lets no prompt overtake one that waits, but that which replaces the reply`() {
    var chat = live(.replace)
    chat.take(.send("two", policy: .queue))
    #expect(sent(chat.take(.send("three"))) == ["user: one\n\nthree"])
    #expect(chat.queue.map(\.text) == ["two"])
    chat.take(.cancel)
    #expect(sent(chat.take(.send("four"))) == ["user: one\n\nthree\n\ntwo"])
    #expect(chat.queue.map(\.text) == ["four"])
  }
}

@Suite struct `What is said of a conversation beforehand` {
  private func request(_ effects: [ChatEffect]) -> Outgoing? {
    for case .start(_, let outgoing) in effects { return outgoing }
    return nil
  }

  @Test func `goes out with the next request, and touches no reply`() {
    var chat = store(ChatSettings(options: ReplyOptions(temperature: 0.5, effort: .low)))
    chat.take(.send("one"))
    #expect(chat.take(.setSystemPrompt("be kind")) == [])
    #expect(chat.take(.setEffort(.high)) == [])
    #expect(chat.generation.activeStream == StreamID(1))
    let outgoing = request(chat.take(.retry))
    #expect(outgoing?.systemPrompt == "be kind")
    #expect(outgoing?.options == ReplyOptions(temperature: 0.5, effort: .high))
  }

  @Test func `is taken back with nothing, and an instruction with blanks`() {
    var chat = store(ChatSettings(options: ReplyOptions(effort: .low)))
    for text in [nil, "", " \n"] {
      chat.take(.setSystemPrompt("be kind"))
      chat.take(.setSystemPrompt(text))
      #expect(chat.conversation.systemPrompt == nil)
    }
    chat.take(.setEffort(.high))
    chat.take(.setEffort(nil))
    #expect(request(chat.take(.send("one")))?.options.effort == .low)
  }

  @Test func `goes before what is configured of a model`() {
    var chat = store(ChatSettings(modelOptions: [model: ReplyOptions(effort: .minimal)]))
    #expect(request(chat.take(.send("one")))?.options.effort == .minimal)
    chat.take(.setEffort(.off))
    #expect(request(chat.take(.retry))?.options.effort == .off)
  }

  @Test func `counts for an attempt that backs off as well`() {
    var chat = store()
    chat.take(.send("one"))
    chat.hear(1, .failed(StreamFailure(.serverFailed, "500")))
    chat.take(.setSystemPrompt("be kind"))
    #expect(request(chat.take(.clock, at: chat.deadline ?? start))?.systemPrompt == "be kind")
  }
}

import Chat
import Testing

private let racers = ["a", "b", "c"].map { ModelID(provider: "test", name: $0) }

private func race(_ settings: ChatSettings = ChatSettings()) -> ChatStore {
  var chat = store(settings)
  chat.take(.send("one", racers: racers))
  return chat
}

extension ChatStore {
  fileprivate var replies: [String] {
    lanes.compactMap(\.message).map { conversation[$0].text }
  }

  fileprivate func ending(_ lane: Int) -> Ending? {
    lanes[lane].message.flatMap { conversation[$0].ending }
  }
}

@Suite struct `A race` {
  @Test func `asks all its models at once, and each writes its own reply`() {
    var chat = store()
    #expect(started(chat.take(.send("one", racers: racers))) == ["1 a", "2 b", "3 c"])
    for (stream, word) in [(3, "C"), (1, "A"), (2, "B"), (1, "a")] {
      chat.hear(UInt64(stream), .text(word))
    }
    #expect(chat.replies == ["Aa", "B", "C"])
    #expect(chat.page == ["user: one", "assistant: Aa …"])
    #expect(chat.conversation.children(of: chat.conversation.path[0]).count == 3)
  }

  @Test func `of one model is none`() {
    var chat = store()
    #expect(started(chat.take(.send("one", racers: [racers[1]]))) == ["1 m"])
    #expect(chat.race == nil)
  }

  @Test func `waits with each of its streams for the prompt's save`() {
    var chat = store()
    let effects = chat.handle(.send("one", racers: racers), at: start)
    guard case .save(_, let prompt)? = effects.first, effects.count == 1 else {
      Issue.record("\(effects)")
      return
    }
    #expect(started(chat.handle(.saved(prompt.id), at: start)) == ["1 a", "2 b", "3 c"])
  }

  @Test func `turns to the lane of the reply that is chosen`() {
    var chat = race()
    chat.take(.choose(chat.lanes[2].message!))
    #expect(chat.shownLane == 2)
    #expect(chat.generation.activeStream == StreamID(3))
    #expect(chat.conversation.path.last == chat.lanes[2].message)
  }

  @Test func `is stopped as a whole, and can still be decided`() {
    var chat = race()
    chat.hear(2, .text("B"))
    chat.hear(1, .completed(.stop))
    #expect(chat.take(.cancel) == [.abort(StreamID(2)), .abort(StreamID(3))])
    #expect(!chat.isLive)
    #expect((0..<3).map(chat.ending) == [.complete(.stop), .cancelled, .cancelled])
    chat.take(.choose(chat.lanes[1].message!))
    #expect(chat.take(.pickWinner) == [])
    #expect(chat.race == nil)
    #expect(chat.page == ["user: one", "assistant: B [stopped]"])
  }

  @Test func `is decided for the lane in view: the others are aborted and stay as siblings`() {
    var chat = race()
    for stream in 1...3 { chat.hear(UInt64(stream), .text("\(stream)")) }
    chat.take(.choose(chat.lanes[1].message!))
    #expect(chat.take(.pickWinner) == [.abort(StreamID(1)), .abort(StreamID(3))])
    #expect(chat.race == nil && chat.lanes.count == 1)
    chat.hear(1, .text("late"))
    chat.hear(2, .text("!"))
    chat.hear(2, .completed(.stop))
    #expect(chat.page == ["user: one", "assistant: 2! ."])
    let siblings = chat.conversation.siblings(of: chat.conversation.path[1])
    #expect(siblings.map { chat.conversation[$0].text } == ["1", "2!", "3"])
    #expect(siblings.map { chat.conversation[$0].ending == .superseded } == [true, false, true])
    #expect(sent(chat.take(.send("two"))) == ["user: one", "assistant: 2!", "user: two"])
  }

  @Test func `keeps what waits until it is decided`() {
    var chat = race(ChatSettings(sendPolicy: .queue))
    chat.take(.send("two"))
    for stream in 1...3 { chat.hear(UInt64(stream), .completed(.stop)) }
    #expect(chat.queue.map(\.text) == ["two"])
    #expect(started(chat.take(.pickWinner)) == ["4 m"])
    #expect(chat.queue == [])
  }

  @Test func `ends with the next prompt, which follows the lane in view`() {
    var chat = race()
    chat.hear(1, .text("A"))
    chat.hear(2, .text("B"))
    chat.take(.choose(chat.lanes[1].message!))
    let effects = chat.take(.send("two"))
    #expect(effects.prefix(3) == [.abort(StreamID(1)), .abort(StreamID(2)), .abort(StreamID(3))])
    #expect(sent(effects) == ["user: one", "assistant: B", "user: two"])
    #expect(chat.race == nil)
  }

  @Test func `tries again in the lane that broke, and moves nobody who looks at another`() {
    var chat = race()
    chat.hear(2, .failed(StreamFailure(.serverFailed, "500")))
    guard let deadline = chat.deadline else {
      Issue.record("nothing is tried again")
      return
    }
    #expect(chat.page == ["user: one", "assistant:  …"])
    #expect(started(chat.take(.clock, at: deadline)) == ["4 b"])
    chat.hear(4, .text("B"))
    #expect(chat.replies == ["", "B", ""])
    #expect(chat.page == ["user: one", "assistant:  …"])
  }

  @Test func `has no more models than there are places on a screen`() {
    var chat = store()
    let many = (0..<20).map { ModelID(provider: "test", name: "\($0)") }
    chat.take(.send("one", racers: many))
    #expect(chat.lanes.count == Race.racerLimit)
  }
}

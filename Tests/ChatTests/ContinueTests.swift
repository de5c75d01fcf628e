import Chat
import Testing

extension ChatStore {
  fileprivate var leafMessage: Message? { conversation.leaf.map { conversation[$0] } }
}

@Suite struct `The rest of a reply that was cut` {
  private func stopped(_ text: String, _ settings: ChatSettings = ChatSettings()) -> ChatStore {
    var chat = store(settings)
    chat.take(.send("one"))
    chat.hear(1, .text(text))
    chat.take(.cancel)
    return chat
  }

  @Test func `comes in a sibling that begins with a copy of it`() {
    var chat = stopped("The quick brown fox jumps ")
    let cut = chat.conversation.path[1]
    let effects = chat.take(.continueReply)
    guard case .start(_, let outgoing)? = effects.first else {
      Issue.record("\(effects)")
      return
    }
    #expect(outgoing.continuation == "The quick brown fox jumps")
    #expect(outgoing.messages.map(\.text) == ["one"])
    #expect(chat.leafMessage?.continues == cut)
    #expect(chat.page == ["user: one", "assistant: The quick brown fox jumps  …"])
    chat.hear(2, .text("brown fox jumps over"))
    chat.hear(2, .text(" the dog."))
    chat.hear(2, .completed(.stop))
    #expect(chat.page.last == "assistant: The quick brown fox jumps over the dog. .")
    #expect(chat.conversation[cut].text == "The quick brown fox jumps ")
    #expect(chat.conversation[cut].ending == .cancelled)
  }

  @Test(
    arguments: [
      (Ending.failed(StreamFailure(.truncated, "cut")), true), (.complete(.length), true),
      (.complete(.stop), false), (.complete(.contentFilter), false),
    ])
  func `is there to have where the reply was cut and has words`(ending: Ending, isCut: Bool) {
    var chat = store()
    chat.take(.send("one"))
    #expect(chat.take(.continueReply) == [])
    chat.hear(1, .text("The quick"))
    switch ending {
    case .failed(let failure): chat.hear(1, .failed(failure))
    case .complete(let reason): chat.hear(1, .completed(reason))
    case .cancelled, .superseded, .interrupted: break
    }
    #expect((chat.continuableReply != nil) == isCut)
    #expect(started(chat.take(.continueReply)) == (isCut ? ["2 m"] : []))
  }

  @Test func `is not there to have of white space, and not while a reply is live`() {
    var chat = stopped(" \n")
    #expect(chat.take(.continueReply) == [])
    chat.take(.send("two"))
    chat.hear(2, .text("words"))
    #expect(chat.take(.continueReply) == [])
  }

  @Test func `that is cut again can be had again, and nothing held back is lost`() {
    var chat = stopped("The quick brown fox jumps over the lazy")
    chat.take(.continueReply)
    // What might still be a repetition is held until it is clear.
    chat.hear(2, .text(" dog. The end"))
    chat.hear(2, .failed(StreamFailure(.truncated, "cut")))
    #expect(
      chat.page.last == "assistant: The quick brown fox jumps over the lazy dog. The end [failed]")
    chat.take(.continueReply)
    chat.hear(3, .text("."))
    chat.hear(3, .completed(.stop))
    #expect(
      chat.page.last == "assistant: The quick brown fox jumps over the lazy dog. The end. .")
    #expect(chat.conversation.siblings(of: chat.conversation.path[1]).count == 3)
  }

  @Test func `that breaks before its first word is tried again with its beginning`() {
    var chat = stopped("The quick brown fox")
    chat.take(.continueReply)
    chat.hear(2, .failed(StreamFailure(.serverFailed, "500")))
    let effects = chat.take(.clock, at: chat.deadline ?? start)
    guard case .start(_, let outgoing)? = effects.first else {
      Issue.record("\(effects)")
      return
    }
    #expect(outgoing.continuation == "The quick brown fox")
    chat.hear(3, .text(" jumps"))
    #expect(chat.page.last == "assistant: The quick brown fox jumps …")
  }

  @Test func `leaves room for what is there already`() {
    let settings = ChatSettings(windows: [model: 80])
    var chat = store(settings)
    let long = String(repeating: "word ", count: 16)
    chat.take(.send(long))
    chat.hear(1, .text("Yes"))
    chat.hear(1, .completed(.stop))
    chat.take(.send("more"))
    chat.hear(2, .text(String(repeating: "long ", count: 40)))
    chat.take(.cancel)
    guard case .start(_, let outgoing)? = chat.take(.continueReply).first else {
      Issue.record("nothing starts")
      return
    }
    #expect(outgoing.messages.map(\.text) == ["more"])
    #expect(outgoing.omittedMessageCount == 2)
  }

  @Test func `is one with what there was, whatever the model thinks before it`() {
    var chat = stopped("The qui")
    chat.take(.continueReply)
    chat.hear(2, .thinking("Where was I?"))
    chat.hear(2, .text("ck fox"))
    chat.hear(2, .thinking("And then?"))
    chat.hear(2, .text(" jumps over it all."))
    chat.hear(2, .completed(.stop))
    #expect(chat.page.last == "assistant: The quick fox jumps over it all. .")
    #expect(chat.leafMessage?.parts.map(\.kind) == [.text, .thinking])
  }

  @Test func `is asked of the model that began it, where the route has it`() {
    guard
      let route = Route("r", .chain, ["a", "b"].map { ModelID(provider: "test", name: $0) })
    else { return }
    var chat = store(route: route)
    chat.take(.send("one"))
    chat.take(.nextModel)
    chat.hear(2, .text("The quick"))
    chat.take(.cancel)
    #expect(started(chat.take(.continueReply)) == ["3 b"])
  }
}

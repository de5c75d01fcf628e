import Chat
import Testing

private let first = ConversationID(1)
private let second = ConversationID(2)

extension Conversations {
  @discardableResult
  fileprivate mutating func take(_ event: ChatEvent, in id: ConversationID) -> [ChatEffect] {
    var effects = handle(event, in: id, at: start)[...]
    var others: [ChatEffect] = []
    while let effect = effects.popFirst() {
      if case .save(let conversation, let message) = effect {
        effects += handle(.saved(message.id), in: conversation, at: start)
      } else {
        others.append(effect)
      }
    }
    return others
  }

  fileprivate func page(_ id: ConversationID) -> [String] { self[id]?.page ?? [] }
}

private func stream(_ id: ConversationID, _ attempt: UInt32) -> StreamID {
  StreamID(id, attempt: attempt)
}

@Suite struct `Several conversations` {
  private func chats(limit: Int = 4, route: Route = Route(model)) -> Conversations {
    let ids = MessageIDSource(seed: MessageID(high: 1, low: 2))
    return Conversations(ChatStore(first, route: route, messageIDs: ids), streamLimit: limit)
  }

  @Test func `T51 go on while another is in view, and their text is there on return`() {
    var chats = chats()
    chats.take(.send("one"), in: first)
    chats.open()
    #expect(chats.inView == second)
    #expect(chats.take(.send("two"), in: second).count == 1)
    chats.take(.stream(stream(first, 1), .text("Yes")), in: first)
    chats.take(.stream(stream(second, 1), .text("No")), in: second)
    chats.show(first)
    #expect(chats.viewed.page == ["user: one", "assistant: Yes …"])
    #expect(chats.page(second) == ["user: two", "assistant: No …"])
  }

  @Test func `share no id of a stream`() {
    var chats = chats()
    let one = chats.take(.send("one"), in: first)
    chats.open()
    let two = chats.take(.send("two"), in: second)
    #expect(started(one) == ["1 m"])
    #expect(started(two) == ["1 m"])
    #expect(chats[first]?.generation.activeStream != chats[second]?.generation.activeStream)
  }

  @Test func `Esc touches only the one it is meant for`() {
    var chats = chats()
    chats.take(.send("one"), in: first)
    chats.open()
    chats.take(.send("two"), in: second)
    #expect(chats.take(.cancel, in: second) == [.abort(stream(second, 1))])
    #expect(chats[first]?.generation.activeStream == stream(first, 1))
  }

  @Test func `wait for a place when as many streams are open as may be`() {
    var chats = chats(limit: 1)
    chats.take(.send("one"), in: first)
    chats.open()
    #expect(chats.take(.send("two"), in: second) == [])
    guard case .queued = chats.viewed.generation else {
      Issue.record("\(chats.viewed.generation)")
      return
    }
    let effects = chats.take(.stream(stream(first, 1), .completed(.stop)), in: first)
    #expect(started(effects) == ["1 m"])
    #expect(chats.viewed.generation.activeStream == stream(second, 1))
  }

  @Test func `that in view goes first when a place is free, then the oldest`() {
    var chats = chats(limit: 1)
    chats.take(.send("one"), in: first)
    for _ in 2...3 {
      chats.open()
      chats.take(.send("more"), in: chats.inView)
    }
    chats.take(.cancel, in: first)
    #expect(chats[ConversationID(3)]?.generation.activeStream != nil)
    chats.take(.cancel, in: ConversationID(3))
    #expect(chats[second]?.generation.activeStream != nil)
  }

  @Test func `a cancel takes one out of the queue, and no place is lost`() {
    var chats = chats(limit: 1)
    chats.take(.send("one"), in: first)
    chats.open()
    chats.take(.send("two"), in: second)
    #expect(chats.take(.cancel, in: second) == [])
    #expect(chats.viewed.generation == .idle)
    #expect(chats.openStreamCount == 1)
  }

  @Test func `one that backs off holds no place`() {
    var chats = chats(limit: 1)
    chats.take(.send("one"), in: first)
    chats.open()
    chats.take(.send("two"), in: second)
    let failure = StreamFailure(.serverFailed, "500")
    chats.take(.stream(stream(first, 1), .failed(failure)), in: first)
    #expect(chats.viewed.generation.activeStream == stream(second, 1))
    guard let deadline = chats.deadline else {
      Issue.record("nobody backs off")
      return
    }
    #expect(chats.advance(to: deadline) == [])
    guard case .queued? = chats[first]?.generation else {
      Issue.record("the first does not wait")
      return
    }
  }

  @Test func `is unread when its reply has ended, and not while another attempt follows`() {
    var chats = chats()
    chats.take(.send("one"), in: first)
    chats.open()
    let broken = StreamEvent.failed(StreamFailure(.serverFailed, "Later."))
    chats.take(.stream(stream(first, 1), broken), in: first)
    #expect(chats.unread == [])
    _ = chats.handle(.clock, in: first, at: start.advanced(byMilliseconds: 60_000))
    chats.take(.stream(stream(first, 2), .completed(.stop)), in: first)
    #expect(chats.unread == [first])
    chats.show(first)
    #expect(chats.unread == [])
  }

  @Test func `T52 a deleted one is aborted, and nothing that comes late brings it back`() {
    var chats = chats()
    let save = chats.handle(.send("one"), in: first, at: start)
    guard case .save(_, let prompt)? = save.first else { return }
    _ = chats.handle(.saved(prompt.id), in: first, at: start)
    chats.open()
    #expect(chats.delete(first, at: start) == [.abort(stream(first, 1))])
    #expect(chats.take(.stream(stream(first, 1), .text("late")), in: first) == [])
    #expect(chats.handle(.saved(prompt.id), in: first, at: start) == [])
    #expect(chats.ids == [second])
    chats.open()
    #expect(chats.inView == ConversationID(3))
  }

  @Test func `that are deleted come back whole, the last one first`() {
    var chats = chats()
    let save = chats.handle(.send("one"), in: first, at: start)
    guard case .save(_, let prompt)? = save.first else { return }
    chats.open()
    _ = chats.delete(first, at: start)
    #expect(chats.restorable?.id == first)
    // What the disk says meanwhile is noted: who asks again does not wait for it.
    #expect(chats.handle(.saved(prompt.id), in: first, at: start) == [])
    let saves = chats.restore()
    #expect(saves.count == 1 && chats.inView == first && chats.ids == [first, second])
    #expect(chats.page(first) == ["user: one", "assistant:  [stopped]"])
    #expect(started(chats.take(.retry, in: first)) == ["1 m"])
    #expect(chats.restorable == nil)
  }

  @Test func `that are deleted while in view make room for the next older one, or a new one`() {
    var chats = chats()
    chats.open()
    chats.open()
    _ = chats.delete(ConversationID(3), at: start)
    #expect(chats.inView == second)
    _ = chats.delete(second, at: start)
    _ = chats.delete(first, at: start)
    #expect(chats.inView == ConversationID(4))
    _ = chats.restore()
    #expect(chats.inView == first)
  }

  @Test func `that are deleted are kept as long as few follow`() {
    var chats = chats()
    for number in 1...10 { _ = chats.delete(ConversationID(UInt32(number)), at: start) }
    var count = 0
    while chats.restorable != nil {
      _ = chats.restore()
      count += 1
    }
    #expect(count == Conversations.restorableLimit)
  }

  @Test func `that are closed are stopped, and open again when they are shown`() {
    var chats = chats()
    chats.take(.send("one"), in: first)
    #expect(chats.close(first, at: start).first == .abort(stream(first, 1)))
    #expect(chats.ids == [second] && chats.inView == second)
    #expect(chats.closed == [first])
    #expect(chats.page(first) == ["user: one", "assistant:  [stopped]"])
    chats.show(first)
    #expect(chats.ids == [first, second] && chats.closed == [])
  }

  @Test func `whose replies end out of view are unread, in that order, until they are shown`() {
    var chats = chats()
    chats.take(.send("one"), in: first)
    chats.open()
    chats.take(.send("two"), in: second)
    chats.open()
    chats.take(.stream(stream(second, 1), .completed(.stop)), in: second)
    #expect(chats.unread == [second])
    chats.take(.stream(stream(first, 1), .text("x")), in: first)
    #expect(chats.unread == [second])
    chats.take(.stream(stream(first, 1), .failed(StreamFailure(.truncated, "cut"))), in: first)
    #expect(chats.unread == [second, first])
    chats.show(second)
    #expect(chats.unread == [first])
    chats.take(.send("three"), in: second)
    chats.take(.stream(stream(second, 2), .completed(.stop)), in: second)
    #expect(chats.unread == [first])
  }

  @Test func `share their places with the lanes of a race`() {
    var chats = chats(limit: 2)
    let racers = ["a", "b", "c"].map { ModelID(provider: "test", name: $0) }
    #expect(started(chats.take(.send("one", racers: racers), in: first)) == ["1 a", "2 b"])
    #expect(chats.openStreamCount == 2)
    chats.open()
    #expect(chats.take(.send("two"), in: second) == [])
    let effects = chats.take(.stream(stream(first, 1), .completed(.stop)), in: first)
    #expect(started(effects) == ["1 m"])
    chats.show(first)
    #expect(started(chats.take(.stream(stream(first, 2), .completed(.stop)), in: first)) == ["3 c"])
  }

  @Test func `share the turns of a pool`() {
    let models = ["a", "b"].map { ModelID(provider: "test", name: $0) }
    guard let pool = Route("fast", .pool, models) else { return }
    var chats = chats(route: pool)
    #expect(started(chats.take(.send("one"), in: first)) == ["1 a"])
    chats.open()
    #expect(started(chats.take(.send("two"), in: second)) == ["1 b"])
    chats.open()
    #expect(started(chats.take(.send("three"), in: chats.inView)) == ["1 a"])
  }

  @Test func `T53 all end when the program does, each with its partial to be saved`() {
    var chats = chats()
    chats.take(.send("one"), in: first)
    chats.open()
    chats.take(.send("two"), in: second)
    chats.take(.stream(stream(first, 1), .text("par")), in: first)
    let effects = chats.ids.flatMap { chats.handle(.leave, in: $0, at: start) }
    let saved = effects.compactMap { effect -> Message? in
      if case .save(_, let message) = effect { message } else { nil }
    }
    #expect(saved.map(\.text) == ["par", ""])
    #expect(saved.map(\.ending) == [.interrupted, .interrupted])
    #expect(effects.count { if case .abort = $0 { true } else { false } } == 2)
  }

  @Test func `begin as the one in view is set, with the instruction that was configured`() {
    let store = ChatStore(
      first, route: Route(model), conversation: Conversation(systemPrompt: "be brief"),
      messageIDs: MessageIDSource(seed: MessageID(high: 1, low: 2)))
    var chats = Conversations(store)
    chats.take(.setSystemPrompt("be kind"), in: first)
    chats.take(.setEffort(.high), in: first)
    chats.viewed.settings.sendPolicy = .queue
    let other = ModelID(provider: "test", name: "other")
    chats.viewed.route = Route(other)
    chats.open()
    #expect(chats.viewed.conversation == Conversation(systemPrompt: "be brief"))
    #expect(chats.viewed.effort == .high)
    #expect(chats.viewed.settings.sendPolicy == .queue)
    #expect(chats.viewed.route == Route(other))
  }

  @Test func `share no id of a message, and have the same ones in the same run`() {
    func ids() -> [MessageID] {
      var chats = chats()
      for _ in 0..<5 {
        for _ in 0..<5 { chats.take(.send("word"), in: chats.inView) }
        chats.open()
      }
      return chats.ids.flatMap { chats[$0]?.conversation.path ?? [] }
    }
    #expect(ids() == ids())
    #expect(Set(ids()).count == ids().count)
    #expect(ids().count == 5 * 2 * 5)
  }

  // MARK: - Other settings

  private func adopt(
    _ chats: inout Conversations, _ new: ChatSettings, insteadOf old: ChatSettings = ChatSettings(),
    systemPrompt: String? = nil, limit: Int = 4
  ) -> [ChatEffect] {
    chats.adopt(
      new, insteadOf: old, systemPrompt: systemPrompt, streamLimit: limit, at: start)
  }

  @Test func `other settings count everywhere, and what was changed here stays`() {
    var chats = chats()
    chats.viewed.settings.cutReplyPolicy = .note
    chats.open()
    chats.viewed.settings.cutReplyPolicy = .keep
    #expect(adopt(&chats, ChatSettings(sendPolicy: .block)) == [])
    #expect(chats[first]?.settings == ChatSettings(sendPolicy: .block, cutReplyPolicy: .note))
    #expect(chats[second]?.settings == ChatSettings(sendPolicy: .block))
  }

  @Test func `another standing instruction is for new conversations`() {
    var chats = chats()
    _ = adopt(&chats, ChatSettings(), systemPrompt: "Be brief.")
    #expect(chats.viewed.conversation.systemPrompt == nil)
    chats.open()
    #expect(chats.viewed.conversation.systemPrompt == "Be brief.")
  }

  @Test func `a higher limit starts what waited, and a lower one closes nothing`() {
    var chats = chats(limit: 1)
    chats.take(.send("one"), in: first)
    chats.open()
    #expect(chats.take(.send("two"), in: second) == [])
    #expect(started(adopt(&chats, ChatSettings(), limit: 2)) == ["1 m"])
    #expect(chats.openStreamCount == 2)
    #expect(adopt(&chats, ChatSettings(), limit: 1) == [])
    #expect(chats.openStreamCount == 2)
    chats.open()
    #expect(chats.take(.send("three"), in: ConversationID(3)) == [])
  }
}

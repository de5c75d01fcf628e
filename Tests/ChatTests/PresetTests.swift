import Chat
import Testing

@Suite struct `A preset` {
  private static let careful = ModelID(provider: "test", name: "careful")
  private static let model = ModelID(provider: "test", name: "m")
  private let now = Instant(uptimeNanoseconds: 0)

  private func chats(
    _ settings: ChatSettings = ChatSettings(), systemPrompt: String? = "Be brief."
  ) -> Conversations {
    Conversations(
      ChatStore(
        route: Route(Self.model), settings: settings,
        conversation: Conversation(systemPrompt: systemPrompt),
        messageIDs: MessageIDSource(seed: MessageID(high: 1, low: 2))))
  }

  private let full = Preset(
    "full", systemPrompt: "Be careful.", route: Route(careful),
    options: ReplyOptions(temperature: 0.2, effort: .high), sendPolicy: .queue,
    cutReplyPolicy: .drop)

  private func take(_ preset: Preset?, _ chats: inout Conversations) {
    #expect(chats.handle(.usePreset(preset), in: chats.inView, at: now) == [])
  }

  /// Sends a prompt; what leaves for it.
  private func outgoing(_ prompt: String, _ chats: inout Conversations) -> Outgoing? {
    var effects = chats.handle(.send(prompt), in: chats.inView, at: now)[...]
    while let effect = effects.popFirst() {
      switch effect {
      case .save(let id, let message): effects += chats.handle(.saved(message.id), in: id, at: now)
      case .start(_, let outgoing): return outgoing
      case .abort: break
      }
    }
    return nil
  }

  @Test func `says what goes out with the next prompt, before the configuration`() {
    let settings = ChatSettings(
      options: ReplyOptions(temperature: 1, topP: 0.5),
      modelOptions: [Self.careful: ReplyOptions(maxTokens: 9, temperature: 2)])
    var chats = chats(settings)
    take(full, &chats)
    let sent = outgoing("one", &chats)
    #expect(sent?.systemPrompt == "Be careful.")
    #expect(sent?.model == Self.careful)
    #expect(
      sent?.options == ReplyOptions(maxTokens: 9, temperature: 0.2, topP: 0.5, effort: .high))
  }

  @Test func `leaves alone what it says nothing of`() {
    var chats = chats(ChatSettings(sendPolicy: .block))
    take(Preset("empty"), &chats)
    let sent = outgoing("one", &chats)
    #expect(sent?.systemPrompt == "Be brief.")
    #expect(sent?.model == Self.model)
    #expect(chats.viewed.sending == .isRefused)
  }

  @Test func `decides what becomes of a prompt while a reply is live`() {
    var chats = chats()
    _ = outgoing("one", &chats)
    #expect(chats.viewed.sending == .replaces)
    take(full, &chats)
    #expect(chats.viewed.sending == .waits)
  }

  @Test func `touches no live reply, and its retry has it`() {
    var chats = chats()
    _ = outgoing("one", &chats)
    let live = chats.viewed.generation
    take(full, &chats)
    #expect(chats.viewed.generation == live)
    let retried = chats.handle(.retry, in: chats.inView, at: now).compactMap { effect in
      if case .start(_, let outgoing) = effect { outgoing.systemPrompt } else { nil }
    }
    #expect(retried == ["Be careful."])
  }

  @Test func `that goes gives back what it took the place of`() {
    var chats = chats()
    let before = chats
    take(full, &chats)
    take(nil, &chats)
    #expect(chats == before)
  }

  @Test func `in the place of another goes back no further than that one did`() {
    var chats = chats()
    let before = chats
    take(full, &chats)
    take(Preset("other", options: ReplyOptions(seed: 1)), &chats)
    #expect(chats.viewed.conversation.systemPrompt == "Be brief.")
    #expect(chats.viewed.route == Route(Self.model))
    take(nil, &chats)
    #expect(chats == before)
  }

  @Test func `that goes leaves what was decided after it`() {
    var chats = chats()
    take(full, &chats)
    _ = chats.handle(.setSystemPrompt("Be brave."), in: chats.inView, at: now)
    chats.viewed.route = Route(ModelID(provider: "test", name: "other"))
    take(nil, &chats)
    #expect(chats.viewed.conversation.systemPrompt == "Be brave.")
    #expect(chats.viewed.route.name == "test/other")
  }

  @Test func `says again how much is to be thought, and /think after it goes before it`() {
    var chats = chats()
    _ = chats.handle(.setEffort(.low), in: chats.inView, at: now)
    take(full, &chats)
    #expect(outgoing("one", &chats)?.options.effort == .high)
    _ = chats.handle(.setEffort(.off), in: chats.inView, at: now)
    #expect(outgoing("two", &chats) == nil)
    _ = chats.handle(.cancel, in: chats.inView, at: now)
    #expect(outgoing("three", &chats)?.options.effort == .off)
  }

  @Test func `is not taken over by a new conversation, nor what it said`() {
    var chats = chats()
    take(full, &chats)
    chats.open()
    #expect(chats.viewed.preset == nil)
    let sent = outgoing("one", &chats)
    #expect(sent?.systemPrompt == "Be brief.")
    #expect(sent?.model == Self.model)
    #expect(sent?.options == ReplyOptions())
  }

  @Test func `that the program began with is every new conversation's`() {
    var chats = chats()
    chats.firstPreset = full
    take(nil, &chats)
    chats.open()
    #expect(chats.viewed.preset == full)
    #expect(outgoing("one", &chats)?.model == Self.careful)
    take(nil, &chats)
    #expect(chats.viewed.route == Route(Self.model))
  }

  @Test func `keeps its model when one is found for all`() {
    var chats = chats()
    take(full, &chats)
    chats.open()
    chats.routeAll(to: Route(ModelID(provider: "test", name: "found")))
    #expect(chats.viewed.route.name == "test/found")
    chats.show(ConversationID(0))
    #expect(chats.viewed.route == Route(Self.careful))
    take(nil, &chats)
    #expect(chats.viewed.route.name == "test/found")
  }
}

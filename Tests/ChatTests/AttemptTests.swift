import Chat
import Testing

private func failed(
  _ kind: StreamFailure.Kind = .serverFailed, after milliseconds: Int? = nil
) -> StreamEvent {
  .failed(StreamFailure(kind, "\(kind)", retryAfterMilliseconds: milliseconds))
}

private let chain = route("careful", .chain, ["a", "b", "c"])

private func route(_ name: String, _ order: Route.Order, _ models: [String]) -> Route {
  let models = models.map { ModelID(provider: "test", name: $0) }
  guard let route = Route(name, order, models) else { preconditionFailure("no models") }
  return route
}

extension ChatStore {
  /// Lets the back-off pass.
  fileprivate mutating func wait() -> [ChatEffect] {
    guard let deadline else { return [] }
    return take(.clock, at: deadline)
  }

  fileprivate func reply(_ attempt: Int) -> Message {
    conversation[streams[attempt - 1].message]
  }
}

@Suite struct `A call` {
  @Test
  func
    `S37 makes as many attempts as the policy says, with growing gaps, and ends with the last error`()
  {
    var chat = store(ChatSettings(retryPolicy: RetryPolicy(retries: 3)))
    var effects = chat.take(.send("one"))
    var gaps: [Int64] = []
    var attempt: UInt64 = 0
    var now = start
    while effects.contains(where: { if case .start = $0 { true } else { false } }) {
      attempt += 1
      chat.take(
        .stream(StreamID(attempt), .failed(StreamFailure(.serverFailed, "error \(attempt)"))),
        at: now)
      if let deadline = chat.deadline {
        gaps.append(deadline.milliseconds(since: now))
        now = deadline
      }
      effects = chat.take(.clock, at: now)
    }
    #expect(attempt == 4)
    #expect(gaps.count == 3)
    #expect(zip(gaps, gaps.dropFirst()).allSatisfy { $0 < $1 })
    #expect(chat.generation == .idle)
    #expect(
      chat.conversation.leaf.map { chat.conversation[$0].ending }
        == .failed(StreamFailure(.serverFailed, "error 4")))
  }

  @Test(arguments: [
    StreamFailure.Kind.unreachable, .rateLimited, .serverFailed, .truncated, .stalled,
  ])
  func `S30 is retried wherever the attempt failed, as long as nothing was seen`(
    kind: StreamFailure.Kind
  ) {
    var chat = store()
    chat.take(.send("one"))
    chat.hear(1, failed(kind))
    #expect(started(chat.wait()) == ["2 m"])
    chat.hear(2, .text("Yes"))
    chat.hear(2, .completed(.stop))
    #expect(chat.page == ["user: one", "assistant: Yes ."])
  }

  @Test func `T15 is retried after events that show nothing`() {
    var chat = store()
    chat.take(.send("one"))
    chat.hear(1, .started(model: "m"))
    chat.hear(1, .usage(Usage(inputTokens: 1)))
    chat.hear(1, failed())
    #expect(started(chat.wait()) == ["2 m"])
  }

  @Test(arguments: [
    StreamEvent.text("x"), .thinking("x"), .refusal("x"), .toolCall(name: "x"),
  ])
  func `T14 is neither retried nor taken elsewhere once anything was seen`(seen: StreamEvent) {
    var chat = store(route: chain)
    chat.take(.send("one"))
    chat.hear(1, seen)
    #expect(chat.take(.stream(StreamID(1), failed())) == [])
    #expect(chat.generation == .idle)
    #expect(chat.deadline == nil)
    #expect(chat.reply(1).ending == .failed(StreamFailure(.serverFailed, "serverFailed")))
    #expect(chat.reply(1).parts.count == 1)
  }

  @Test func `keeps a failed attempt apart from the next one, as a sibling`() {
    var chat = store()
    chat.take(.send("one"))
    chat.hear(1, failed())
    _ = chat.wait()
    chat.hear(1, .text("late "))
    chat.hear(2, .text("Yes"))
    #expect(chat.page == ["user: one", "assistant: Yes …"])
    let prompt = chat.conversation.path[0]
    #expect(
      chat.conversation.children(of: prompt).map { chat.conversation[$0].text } == ["", "Yes"])
    #expect(chat.streams.map(\.staleEventCount) == [1, 0])
  }

  @Test func `T18 waits as long as the provider asks, but not for more than a minute`() {
    var chat = store()
    chat.take(.send("one"))
    chat.hear(1, failed(.rateLimited, after: 60_000))
    #expect(chat.deadline == start.advanced(byMilliseconds: 60_000))
    var other = store()
    other.take(.send("one"))
    other.hear(1, failed(.rateLimited, after: 61_000))
    #expect(other.deadline == nil)
    #expect(other.page == ["user: one", "assistant:  [failed]"])
  }

  @Test func `T19 is not retried where nothing could come of it`() {
    for kind in [
      StreamFailure.Kind.insecure, .unauthorized, .notFound, .quotaExhausted, .tooLong, .refused,
      .notUnderstood, .empty,
    ] {
      var chat = store()
      chat.take(.send("one"))
      chat.hear(1, failed(kind))
      #expect(chat.generation == .idle, "\(kind)")
    }
  }

  @Test func `T12 T60 a cancel while it backs off ends it, and no clock starts it again`() {
    var chat = store()
    chat.take(.send("one"))
    chat.hear(1, failed())
    let deadline = chat.deadline
    #expect(chat.take(.cancel) == [])
    #expect(chat.generation == .idle)
    #expect(chat.deadline == nil)
    #expect(chat.take(.clock, at: deadline ?? start) == [])
    #expect(chat.page == ["user: one", "assistant:  [stopped]"])
  }

  @Test func `T60 a prompt while it backs off takes its place at once`() {
    var chat = store()
    chat.take(.send("one"))
    chat.hear(1, failed())
    #expect(started(chat.take(.send("two"))) == ["2 m"])
    #expect(chat.deadline == nil)
    #expect(chat.page == ["user: one", "assistant:  [superseded]", "user: two", "assistant:  …"])
  }

  @Test func `T13 a cancel in the pass of the failure leaves no second attempt`() {
    var chat = store(route: chain)
    chat.take(.send("one"))
    chat.hear(1, failed())
    chat.take(.cancel)
    #expect(chat.generation == .idle)
    var other = store(route: chain)
    other.take(.send("one"))
    other.take(.cancel)
    other.hear(1, failed())
    #expect(other.generation == .idle)
    #expect(other.streams.count == 1)
  }

  @Test func `starts at once when the user does not want to wait`() {
    var chat = store()
    chat.take(.send("one"))
    chat.hear(1, failed())
    #expect(started(chat.take(.retry)) == ["2 m"])
    #expect(chat.take(.clock, at: start.advanced(byMilliseconds: 60_000)) == [])
  }

  // MARK: Chains and pools

  @Test func `S38 falls back to the next model, whose name the reply bears`() {
    var chat = store(ChatSettings(retryPolicy: RetryPolicy(retries: 0)), route: chain)
    #expect(started(chat.take(.send("one"))) == ["1 a"])
    #expect(started(chat.take(.stream(StreamID(1), failed()))) == ["2 b"])
    chat.hear(2, .text("Yes"))
    chat.hear(2, .completed(.stop))
    #expect(chat.page == ["user: one", "assistant: Yes ."])
    #expect(chat.reply(2).model?.name == "b")
    #expect(started(chat.take(.send("two"))) == ["3 a"])
  }

  @Test func `retries each model of a chain before it falls back, and ends with the last`() {
    var chat = store(ChatSettings(retryPolicy: RetryPolicy(retries: 1)), route: chain)
    var effects = chat.take(.send("one"))
    var order: [String] = []
    for attempt in 1...6 {
      order += started(effects)
      effects = chat.take(.stream(StreamID(UInt64(attempt)), failed()))
      if effects.isEmpty { effects = chat.wait() }
    }
    #expect(order == ["1 a", "2 a", "3 b", "4 b", "5 c", "6 c"])
    #expect(effects == [])
    #expect(chat.generation == .idle)
  }

  @Test func `asks the next model when the user says so, around to the first again`() {
    var chat = store(route: chain)
    chat.take(.send("one"))
    #expect(started(chat.take(.nextModel)) == ["2 b"])
    chat.hear(2, failed())
    #expect(started(chat.take(.nextModel)) == ["3 c"])
    chat.hear(3, .text("Hm"))
    #expect(started(chat.take(.nextModel)) == ["4 a"])
    chat.take(.cancel)
    #expect(started(chat.take(.nextModel)) == ["5 b"])
  }

  @Test func `one model has no next one`() {
    var chat = store()
    chat.take(.send("one"))
    #expect(chat.take(.nextModel) == [])
    #expect(chat.generation.activeStream == StreamID(1))
  }

  @Test func `S33 a pool begins each call with its next model, and a retry is no call`() {
    var chat = store(route: route("fast", .pool, ["a", "b"]))
    #expect(started(chat.take(.send("one"))) == ["1 a"])
    chat.hear(1, failed())
    #expect(started(chat.wait()) == ["2 a"])
    chat.hear(2, .completed(.stop))
    #expect(started(chat.take(.send("two"))) == ["3 b"])
    #expect(started(chat.take(.send("three"))) == ["4 a"])
  }

  // MARK: Two ends

  @Test func `T09 a cancel after the finish completes the reply, and its stream is aborted`() {
    var chat = store()
    chat.take(.send("one"))
    chat.hear(1, .text("Yes"))
    chat.hear(1, .finished(.stop))
    #expect(chat.take(.cancel) == [.abort(StreamID(1))])
    #expect(chat.page == ["user: one", "assistant: Yes ."])
  }

  @Test func `a prompt after the finish needs no policy: the reply before it is whole`() {
    for policy in SendPolicy.allCases {
      var chat = store(ChatSettings(sendPolicy: policy))
      chat.take(.send("one"))
      chat.hear(1, .text("Yes"))
      chat.hear(1, .finished(.stop))
      #expect(chat.sending == .starts)
      #expect(started(chat.take(.send("two"))) == ["2 m"])
      #expect(chat.page.prefix(2) == ["user: one", "assistant: Yes ."])
    }
  }

  @Test func `S02 a cancel and the end together have one outcome, in both orders`() {
    var cancelled = store()
    cancelled.take(.send("one"))
    cancelled.hear(1, .text("Yes"))
    cancelled.take(.cancel)
    cancelled.hear(1, .completed(.stop))
    #expect(cancelled.page.last == "assistant: Yes [stopped]")
    var completed = store()
    completed.take(.send("one"))
    completed.hear(1, .text("Yes"))
    completed.hear(1, .completed(.stop))
    #expect(completed.take(.cancel) == [])
    #expect(completed.page.last == "assistant: Yes .")
    #expect(completed.streams.map(\.ending) == [.complete(.stop)])
  }

  @Test func `S12 each end has its own ending, never another's`() {
    let ends: [(ChatEvent, Ending)] = [
      (.stream(StreamID(1), .completed(.length)), .complete(.length)),
      (.cancel, .cancelled),
      (.send("two"), .superseded),
      (.retry, .superseded),
      (.leave, .interrupted),
      (.stream(StreamID(1), failed()), .failed(StreamFailure(.serverFailed, "serverFailed"))),
    ]
    for (event, ending) in ends {
      var chat = store()
      chat.take(.send("one"))
      chat.hear(1, .text("x"))
      chat.take(event)
      #expect(chat.reply(1).ending == ending)
      #expect(chat.streams[0].ending == ending)
    }
  }

  @Test func `S16 what was under way when the user stopped is never shown`() {
    var chat = store()
    chat.take(.send("one"))
    chat.hear(1, .text("0"))
    chat.take(.cancel)
    for number in 1...10 { chat.hear(1, .text("\(number)")) }
    #expect(chat.page.last == "assistant: 0 [stopped]")
    #expect(chat.streams[0].keptDeltaCount == 1)
    #expect(chat.streams[0].staleEventCount == 10)
  }

  @Test func `S52 a late word of a stopped stream does not reach the next one`() {
    var chat = store()
    chat.take(.send("one"))
    chat.take(.cancel)
    chat.take(.send("two"))
    chat.hear(1, .text("late"))
    chat.hear(1, .completed(.stop))
    #expect(chat.page.last == "assistant:  …")
    #expect(chat.generation.activeStream == StreamID(2))
  }

  @Test func `S50 a stop shows no error, whatever the transport says afterwards`() {
    var chat = store()
    chat.take(.send("one"))
    chat.take(.cancel)
    chat.hear(1, failed(.unreachable))
    #expect(chat.page.last == "assistant:  [stopped]")
  }

  @Test func `T61 stop, stop, send, stop ends in what the last of them says`() {
    var chat = store()
    chat.take(.send("one"))
    chat.take(.cancel)
    chat.take(.cancel)
    chat.take(.send("two"))
    #expect(chat.take(.cancel) == [.abort(StreamID(2))])
    #expect(chat.generation == .idle)
    #expect(chat.page.last == "assistant:  [stopped]")
  }

  @Test func `S36 a reply only grows, and reads as its deltas`() {
    var chat = store()
    chat.take(.send("one"))
    var whole = ""
    for delta in ["Hel", "", "lo", "\u{301}", " ", "👩", "\u{200D}", "💻"] {
      chat.hear(1, .text(delta))
      whole += delta
      #expect(Array(chat.reply(1).text.unicodeScalars) == Array(whole.unicodeScalars))
    }
  }
}

@Suite struct `A prompt` {
  @Test func `is handed to the disk, and its stream starts when that answers`() {
    var chat = store()
    let effects = chat.handle(.send("one"), at: start)
    guard case .save(_, let prompt)? = effects.first, effects.count == 1 else {
      Issue.record("\(effects)")
      return
    }
    #expect(prompt.text == "one")
    #expect(chat.generation.activeStream == nil)
    #expect(started(chat.handle(.saved(prompt.id), at: start)) == ["1 m"])
    #expect(chat.handle(.saved(prompt.id), at: start) == [])
  }

  @Test func `goes out as well when it cannot be saved, and that is noted`() {
    var chat = store()
    guard case .save(_, let prompt)? = chat.handle(.send("one"), at: start).first else { return }
    #expect(started(chat.handle(.saveFailed(prompt.id), at: start)) == ["1 m"])
    #expect(chat.unsaved == [prompt.id])
  }

  @Test
  func
    `T01 S56 that is cancelled before its stream was launched opens none, however late the disk`()
  {
    var chat = store()
    guard case .save(_, let prompt)? = chat.handle(.send("one"), at: start).first else { return }
    let effects = chat.handle(.cancel, at: start)
    #expect(started(effects) == [])
    #expect(chat.handle(.saved(prompt.id), at: start) == [])
    #expect(chat.streams == [])
    #expect(chat.page == ["user: one", "assistant:  [stopped]"])
  }

  @Test func `T54 whose save comes late touches nothing newer`() {
    var chat = store()
    guard case .save(_, let first)? = chat.handle(.send("one"), at: start).first else { return }
    _ = chat.handle(.cancel, at: start)
    _ = chat.take(.send("two"))
    let before = chat
    chat.hear(1, .text("Yes"))
    _ = chat.handle(.saveFailed(first.id), at: start)
    #expect(chat.generation.activeStream == before.generation.activeStream)
    #expect(chat.page.last == "assistant: Yes …")
  }

  @Test func `waits under the policy of queueing, and they go out one by one in order`() {
    var chat = store(ChatSettings(sendPolicy: .queue))
    chat.take(.send("one"))
    #expect(chat.take(.send("two")) == [])
    #expect(chat.take(.send("three")) == [])
    #expect(chat.queue.map(\.text) == ["two", "three"])
    #expect(started(chat.take(.stream(StreamID(1), .completed(.stop)))) == ["2 m"])
    #expect(chat.queue.map(\.text) == ["three"])
    chat.hear(2, .completed(.stop))
    #expect(chat.queue.map(\.text) == [])
    #expect(chat.generation.activeStream == StreamID(3))
  }

  @Test func `that waits stays when the reply is stopped or breaks, and goes on with the user`() {
    var chat = store(ChatSettings(sendPolicy: .queue))
    chat.take(.send("one"))
    chat.take(.send("two"))
    chat.take(.cancel)
    #expect(chat.generation == .idle)
    #expect(chat.queue.map(\.text) == ["two"])
    #expect(sent(chat.take(.send("three"))) == ["user: one\n\ntwo"])
    #expect(chat.queue.map(\.text) == ["three"])
  }

  @Test func `is not taken under the policy of blocking`() {
    var chat = store(ChatSettings(sendPolicy: .block))
    chat.take(.send("one"))
    #expect(chat.sending == .isRefused)
    #expect(chat.take(.send("two")) == [])
    #expect(chat.page == ["user: one", "assistant:  …"])
  }
}

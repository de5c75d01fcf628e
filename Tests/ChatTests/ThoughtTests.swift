import Chat
import Testing

/// So many milliseconds after nothing had happened yet.
private func at(_ milliseconds: Int64) -> Instant {
  Instant(uptimeNanoseconds: 0).advanced(byMilliseconds: milliseconds)
}

@Suite struct `How long a model thought` {
  /// A chat that asked at 1,000 milliseconds, and heard this.
  private func reply(_ events: [(StreamEvent, at: Int64)]) -> Message {
    var chat = store()
    chat.take(.send("why"), at: at(1000))
    for (event, time) in events { chat.take(.stream(StreamID(1), event), at: at(time)) }
    guard let leaf = chat.conversation.leaf else { preconditionFailure("nothing was sent") }
    return chat.conversation[leaf]
  }

  @Test func `is from the first of it to the first word behind it`() throws {
    let reply = reply([
      (.thinking("hm "), at: 1600), (.thinking("hm"), at: 3000), (.text("So"), at: 4600),
      (.completed(.stop), at: 9000),
    ])
    let thought = try #require(reply.thought(ofPart: 0))
    #expect(thought.milliseconds(at: at(99_000)) == 3000)
    #expect(reply.thought(ofPart: 1) == nil)
    #expect(reply.times.started == at(1000))
  }

  @Test func `goes on as long as nothing follows`() throws {
    let reply = reply([(.thinking("hm"), at: 2000)])
    let thought = try #require(reply.thought(ofPart: 0))
    #expect(thought.ended == nil)
    #expect(thought.milliseconds(at: at(7000)) == 5000)
  }

  @Test(arguments: [
    StreamEvent.text("a"), .refusal("no"), .toolCall(name: "t"), .completed(.stop),
    .failed(StreamFailure(.truncated, "cut")),
  ])
  func `ends with whatever comes`(event: StreamEvent) {
    let reply = reply([(.thinking("hm"), at: 2000), (event, at: 2500)])
    #expect(reply.thought(ofPart: 0)?.ended == at(2500))
  }

  @Test func `ends when the reply is stopped`() {
    var chat = store()
    chat.take(.send("why"), at: at(0))
    chat.take(.stream(StreamID(1), .thinking("hm")), at: at(100))
    chat.take(.cancel, at: at(700))
    let leaf = chat.conversation.leaf.map { chat.conversation[$0] }
    #expect(leaf?.thought(ofPart: 0)?.ended == at(700))
  }

  @Test func `is known of each part where thoughts and words take turns`() {
    let reply = reply([
      (.thinking("a"), at: 1000), (.text("b"), at: 1500), (.thinking("c"), at: 4000),
      (.toolCall(name: "t", id: "1"), at: 6000), (.toolArguments("{}", id: "1"), at: 6500),
      (.thinking("d"), at: 7000), (.completed(.stop), at: 7250),
    ])
    #expect(reply.parts.map(\.kind).filter { $0 == .thinking }.count == 3)
    let times = reply.parts.indices.map { reply.thought(ofPart: $0)?.milliseconds(at: at(0)) }
    #expect(times == [500, nil, 2000, nil, 250])
  }

  @Test func `of a retry is counted from its own request`() throws {
    var chat = store(ChatSettings(retryPolicy: RetryPolicy(retries: 1)))
    chat.take(.send("why"), at: at(0))
    chat.take(
      .stream(
        StreamID(1), .failed(StreamFailure(.serverFailed, "500", retryAfterMilliseconds: 1000))),
      at: at(50))
    let deadline = try #require(chat.deadline)
    chat.take(.clock, at: deadline)
    chat.take(.stream(StreamID(2), .text("So")), at: deadline.advanced(byMilliseconds: 10))
    let leaf = chat.conversation.leaf.map { chat.conversation[$0] }
    #expect(leaf?.times.created == at(50))
    #expect(leaf?.times.started == deadline)
  }
}

@Suite struct `What a reply costs in dollars` {
  static let cases: [(usage: Usage, dollars: Double?)] = [
    (Usage(inputTokens: 0, outputTokens: 1_000_000), 8),
    (Usage(inputTokens: 1000, outputTokens: 500), 0.006),
    // What was thought is among the output already.
    (Usage(inputTokens: 1000, outputTokens: 500, reasoningTokens: 400), 0.006),
    // What is remembered is among the input, and costs a quarter.
    (Usage(inputTokens: 1000, outputTokens: 500, cachedTokens: 800), 0.0048),
    (Usage(inputTokens: 1000, outputTokens: 500, cachedTokens: 5000), 0.0045),
    (Usage(inputTokens: 200_000, outputTokens: 0), 0.4),
    (Usage(inputTokens: 200_001, outputTokens: 0), nil),
    (Usage(inputTokens: 1000), nil), (Usage(outputTokens: 500), nil), (Usage(), nil),
    (Usage(inputTokens: -1, outputTokens: 500), nil),
  ]

  @Test(arguments: cases)
  func `is known where all that counts is`(usage: Usage, dollars: Double?) {
    let price = Price(input: 2, output: 8, cachedInput: 0.5, promptLimit: 200_000)
    let cost = price.dollars(for: usage)
    #expect((cost == nil) == (dollars == nil))
    #expect(abs((cost ?? 0) - (dollars ?? 0)) < 1e-12)
  }

  @Test func `of remembered input is that of all input where no other price is known`() {
    let usage = Usage(inputTokens: 1000, outputTokens: 0, cachedTokens: 800)
    #expect(Price(input: 2, output: 8).dollars(for: usage) == 0.002)
  }

  @Test func `is no trap for absurd counts`() {
    let usage = Usage(inputTokens: .max, outputTokens: .max, cachedTokens: .max)
    #expect(Price(input: 2, output: 8).dollars(for: usage) != nil)
  }
}

// What the user of one conversation does and what its server sends, step by step, written beforehand. Every
// word of the server stands behind a gate of its own, so whatever else goes on at the same time, the same
// steps must leave the same conversation.

import Chat
import Support

/// The steps of one conversation, and the replies of its server.
struct ConversationScript {
  /// One request for a reply to a prompt, counted from one.
  struct Attempt: Hashable, Sendable {
    let prompt: String
    var number = 1

    /// What the server waits for before it says the word of this number, or after the last word its end.
    func gate(_ number: Int) -> String { "\(prompt), attempt \(self.number), gate \(number)" }
  }

  enum Step: Hashable, Sendable {
    /// The user sends a prompt.
    case ask(String, policy: SendPolicy? = nil)
    /// The user sends it in place of the first prompt of the path.
    case edit(String)
    case retry
    case cancel
    /// The server may say what stands behind this gate. Nobody looks yet.
    case open(gate: String)
    /// The server has the request.
    case requested(Attempt)
    /// The newest reply holds this text and no other.
    case heard(String)
    /// No reply is live.
    case settled
  }

  /// What may become of a reply.
  enum Turn: CaseIterable {
    case whole
    case cancelled
    /// The next word is on its way when the user stops the reply.
    case cancelledWhileItSpeaks
    case superseded
    case supersededWhileItSpeaks
    /// The next prompt comes before the request has left.
    case supersededUnsent
    case retried
    /// The connection breaks behind some words.
    case broken
    /// The server refuses the first attempt, and another follows by itself.
    case refusedAtFirst
    /// Another prompt waits for the end.
    case followed
    case edited
  }

  /// How the server ends a reply.
  private enum End {
    case whole
    case cut
    case refused
  }

  /// In their order. Those of one group happen together: nothing is heard between them.
  private(set) var groups: [[Step]] = []
  private(set) var replies: [Attempt: LoopbackServer.Response] = [:]

  private let number: Int
  private let keepsConnections: Bool
  private var promptCount = 0
  private var random: Seeded

  /// All turns there are, in an order of chance.
  ///
  /// - Parameters:
  ///   - number: stands in every prompt and every word.
  ///   - keepsConnections: whether the server lets a connection serve for more than one request.
  init(_ number: Int, keepsConnections: Bool = false) {
    self.number = number
    self.keepsConnections = keepsConnections
    random = Seeded(state: UInt64(number))
    for turn in Turn.allCases.shuffled(using: &random) { add(turn) }
  }

  private mutating func add(_ turn: Turn) {
    switch turn {
    case .whole:
      finish(begin())
    case .cancelled:
      _ = sayAndHear(begin())
      groups.append([.cancel])
    case .cancelledWhileItSpeaks:
      let attempt = begin()
      let next = sayAndHear(attempt)
      groups.append([.open(gate: attempt.gate(next)), .cancel])
    case .superseded:
      _ = sayAndHear(begin())
      finish(begin())
    case .supersededWhileItSpeaks:
      let attempt = begin()
      let next = sayAndHear(attempt)
      let prompt = nextPrompt()
      groups.append([.open(gate: attempt.gate(next)), .ask(prompt)])
      finish(requested(Attempt(prompt: prompt)))
    case .supersededUnsent:
      let prompts = (nextPrompt(), nextPrompt())
      groups.append([.ask(prompts.0), .ask(prompts.1)])
      finish(requested(Attempt(prompt: prompts.1)))
    case .retried:
      let attempt = begin()
      _ = sayAndHear(attempt)
      groups.append([.retry])
      finish(requested(Attempt(prompt: attempt.prompt, number: 2)))
    case .broken:
      finish(begin(), .cut)
    case .refusedAtFirst:
      let attempt = begin()
      plan(attempt, words: [], .refused)
      groups.append([.open(gate: attempt.gate(0))])
      finish(requested(Attempt(prompt: attempt.prompt, number: 2)))
    case .followed:
      let attempt = begin()
      let words = words(of: attempt)
      plan(attempt, words: words, .whole)
      let following = nextPrompt()
      say(words.indices, of: attempt, words)
      groups.append([.ask(following, policy: .queue)])
      groups.append([.open(gate: attempt.gate(words.count))])
      finish(requested(Attempt(prompt: following)))
    case .edited:
      let prompt = nextPrompt()
      groups.append([.edit(prompt)])
      finish(requested(Attempt(prompt: prompt)))
    }
  }

  // MARK: - What turns are made of

  private mutating func nextPrompt() -> String {
    promptCount += 1
    return "prompt \(number).\(promptCount)"
  }

  /// Sends the next prompt.
  private mutating func begin() -> Attempt {
    let prompt = nextPrompt()
    groups.append([.ask(prompt)])
    return requested(Attempt(prompt: prompt))
  }

  private mutating func requested(_ attempt: Attempt) -> Attempt {
    groups.append([.requested(attempt)])
    return attempt
  }

  /// The beginning of a reply, heard; the answer is how much of it there was.
  private mutating func sayAndHear(_ attempt: Attempt) -> Int {
    let words = words(of: attempt)
    plan(attempt, words: words, .whole)
    let count = Int.random(in: 0..<words.count, using: &random)
    say(words.indices.prefix(count), of: attempt, words)
    groups.append([.heard(words.prefix(count).joined())])
    return count
  }

  /// A reply up to its end.
  private mutating func finish(_ attempt: Attempt, _ end: End = .whole) {
    let words = words(of: attempt)
    plan(attempt, words: words, end)
    say(words.indices, of: attempt, words)
    // What comes before a reset may be lost with it.
    if end == .cut { groups.append([.heard(words.joined())]) }
    groups.append([.open(gate: attempt.gate(words.count))])
    groups.append([.settled])
    groups.append([.heard(words.joined())])
  }

  /// Lets the server say these words, and now and then looks at what came.
  private mutating func say(_ numbers: Range<Int>, of attempt: Attempt, _ words: [String]) {
    for number in numbers {
      groups.append([.open(gate: attempt.gate(number))])
      if Bool.random(using: &random) { groups.append([.heard(words[...number].joined())]) }
    }
  }

  private mutating func words(of attempt: Attempt) -> [String] {
    (0..<Int.random(in: 2...6, using: &random)).map {
      "\(attempt.prompt.dropFirst("prompt ".count)).\(attempt.number).\($0) "
    }
  }

  private mutating func plan(_ attempt: Attempt, words: [String], _ end: End) {
    let gates = (0...words.count).map { LoopbackServer.Step.gate(attempt.gate($0)) }
    let dialect = ScriptedDialect.openAI
    var headers = [LoopbackServer.Header("Connection", keepsConnections ? "keep-alive" : "close")]
    if end == .refused {
      headers.append(.init("Content-Length", "0"))
      replies[attempt] = .init([gates[0], .head(503, headers)])
      return
    }
    headers.append(.init("Content-Type", dialect.contentType))
    headers.append(.init("Transfer-Encoding", "chunked"))
    let deltas = zip(gates, words.map(dialect.delta)).flatMap { [$0, $1] }
    let last = end == .cut ? [.close] : dialect.end + [.endChunks]
    replies[attempt] = .init([.head(200, headers)] + deltas + [gates[words.count]] + last)
  }
}

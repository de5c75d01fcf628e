/// Names a message for ever: on disk, in exports, between machines. Random, 128 bits.
public struct MessageID: Hashable, Sendable, CustomStringConvertible {
  public let high: UInt64
  public let low: UInt64

  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// 32 hexadecimal digits.
  public var description: String { MessageID.digits(high) + MessageID.digits(low) }

  private static func digits(_ word: UInt64) -> String {
    let text = String(word, radix: 16)
    return String(repeating: "0", count: 16 - text.count) + text
  }
}

/// Makes message ids from a random seed.
///
/// A value and not a call to the system's generator, so that the store stays a pure function of its
/// events and a recorded run repeats itself. Each half is a bijection of a counter (SplitMix64, Steele
/// et al. 2014), so no id comes twice from one source.
public struct MessageIDSource: Hashable, Sendable {
  let seed: MessageID
  private var count: UInt64 = 0

  /// `seed` must come from the system's random numbers; a test may give any.
  public init(seed: MessageID) {
    self.seed = seed
  }

  public mutating func next() -> MessageID {
    count &+= 1
    return MessageID(high: mixed(seed.high), low: mixed(seed.low))
  }

  /// The source of another conversation of the same run: its ids are no others' either, and follow from the
  /// first seed, so that a recorded run repeats itself however many conversations it opens.
  func source(for conversation: ConversationID) -> MessageIDSource {
    // Turned round, or the seed would be an id that this source gives.
    func mixed(_ word: UInt64) -> UInt64 {
      splitMix(word.byteSwapped, step: UInt64(conversation.number))
    }
    return MessageIDSource(seed: MessageID(high: mixed(seed.high), low: mixed(seed.low)))
  }

  private func mixed(_ start: UInt64) -> UInt64 { splitMix(start, step: count) }
}

/// The chance in the waits between attempts, from a random seed: the same attempt gets the same chance
/// each time, so that a recorded run repeats itself.
struct JitterSource: Hashable, Sendable {
  private let seed: UInt64

  init(_ source: MessageIDSource) {
    seed = ~source.seed.low
  }

  /// 0 up to 1.
  func value(forAttempt attempt: Int) -> Double {
    Double(splitMix(seed, step: UInt64(attempt)) >> 11) / 0x1p53
  }
}

/// The word of this step in the sequence that begins at `start`.
private func splitMix(_ start: UInt64, step: UInt64) -> UInt64 {
  var word = start &+ step &* 0x9E37_79B9_7F4A_7C15
  word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
  word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
  return word ^ (word >> 31)
}

/// One role's contribution to a conversation.
///
/// A user's message is settled from the start. An assistant's message is live, written by one stream and
/// by no other, until it has an ending; from then on it never changes.
public struct Message: Hashable, Sendable, Identifiable {
  /// When things happened to a message.
  public struct Times: Hashable, Sendable {
    public let created: Instant
    /// When the request for a reply left; nil until its first delta has come.
    public internal(set) var started: Instant?
    /// When the first word of a reply, or of its thinking, came.
    public internal(set) var firstDelta: Instant?
    public internal(set) var ended: Instant?
    /// When the model thought, in the order in which it did.
    public internal(set) var thoughts: [Thought] = []

    public init(created: Instant) {
      self.created = created
    }
  }

  /// How long one part of a message was thought.
  public struct Thought: Hashable, Sendable {
    /// Which of the message's parts it is, from 0.
    public let part: Int
    /// When the first of it came.
    public let began: Instant
    /// When something else followed it, or the reply ended; nil while it may still grow.
    public internal(set) var ended: Instant?

    /// Until its end, or until now, in milliseconds of uptime.
    public func milliseconds(at now: Instant) -> Int64 { (ended ?? now).milliseconds(since: began) }
  }

  public let id: MessageID
  /// The message this one follows; nil for the first of a conversation.
  public let parent: MessageID?
  public let role: Role
  public internal(set) var parts: [Part]
  /// The reply that this one goes on from: it begins with a copy of that one's text. Nil for all others.
  public let continues: MessageID?
  /// The model that was asked for this reply; nil for messages nobody asked a model for.
  public internal(set) var model: ModelID?
  public internal(set) var times: Times
  /// How a reply settled; nil while it is live, and for messages that are no replies.
  public internal(set) var ending: Ending?

  public init(
    id: MessageID, parent: MessageID?, role: Role, parts: [Part] = [], model: ModelID? = nil,
    continues: MessageID? = nil, created: Instant, ending: Ending? = nil
  ) {
    self.id = id
    self.parent = parent
    self.role = role
    self.parts = parts
    self.model = model
    self.continues = continues
    times = Times(created: created)
    self.ending = ending
  }

  /// Whether nothing may change this message any more.
  public var isSettled: Bool { role != .assistant || ending != nil }

  /// All text parts, joined by blank lines.
  public var text: String {
    parts.filter { $0.kind == .text }.map(\.text).joined(separator: "\n\n")
  }

  /// How long a part was thought; nil for one that is no thought, and where nobody measured it.
  public func thought(ofPart part: Int) -> Thought? {
    times.thoughts.last { $0.part == part }
  }

  /// Appends to the last part if it is of this kind, and begins a part otherwise. Text that goes on from another
  /// reply's is one with it, whatever is thought before it comes.
  mutating func grow(_ kind: Part.Kind, by delta: String, at now: Instant) {
    if continues != nil, kind == .text, let copy = parts.firstIndex(where: { $0.kind == .text }) {
      endThought(at: now)
      parts[copy].text += delta
    } else if let last = parts.indices.last, parts[last].kind == kind {
      parts[last].text += delta
    } else {
      begin(Part(kind, text: delta), at: now)
    }
  }

  /// Begins a part. What was thought before it is at its end.
  mutating func begin(_ part: Part, at now: Instant) {
    endThought(at: now)
    parts.append(part)
    if part.kind == .thinking {
      times.thoughts.append(Thought(part: parts.count - 1, began: now))
    }
  }

  /// Nothing more is thought, for now.
  mutating func endThought(at now: Instant) {
    guard let last = times.thoughts.indices.last, times.thoughts[last].ended == nil else { return }
    times.thoughts[last].ended = now
  }

  /// Appends to the arguments of the call of this id. Calls may be told in turns.
  mutating func growToolCall(_ id: String, by delta: String) {
    let place = parts.lastIndex { part in
      if case .toolCall(id, _) = part.kind { true } else { false }
    }
    if let place { parts[place].text += delta }
  }
}

/// How a reply settled. The words on the screen come from here; nothing is written into the text.
public enum Ending: Hashable, Sendable {
  /// The provider said that the reply is whole.
  case complete(StopReason)
  /// The user stopped it.
  case cancelled
  /// A new prompt, or the same one sent again, took its place, or another reply won the race.
  case superseded
  /// The stream broke.
  case failed(StreamFailure)
  /// The program ended while it was live; found when the conversation was opened again.
  case interrupted
}

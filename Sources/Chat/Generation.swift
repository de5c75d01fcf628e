/// Where the reply is.
///
///     idle ──send──▶ saving ──saved, save failed──▶ (a place is free?) ──yes──▶ waiting ──delta──▶ streaming
///      ▲                                                  │ no              ▲ ▲  │                 │
///      │                                                  └──▶ queued ──────┘ │  │ failed before   │
///      │                                                                      │  │ any delta       │
///      │                                                    backingOff ───────┘◀─┘                 │
///      └──── cancel from anywhere, completed, failed with nothing left to try ◀────────────────────┘
///
/// `retry`, `nextModel` and `continueReply` go where `send` goes, past `saving` when the prompt was saved before.
public enum Generation: Hashable, Sendable {
  /// No reply is live.
  case idle
  /// The prompt is being saved; the stream starts when that has succeeded or failed.
  case saving(Call)
  /// As many streams are open as may be; this one starts when another has ended.
  case queued(Call)
  /// The request is out and no word has come yet.
  case waiting(Call, StreamID)
  /// Words are coming.
  case streaming(Call, StreamID)
  /// The last attempt broke before any word came; the next starts by itself at this time.
  case backingOff(Call, until: Instant)

  /// The user asked for a reply: the attempts made for it and those left.
  public struct Call: Hashable, Sendable {
    /// What is to be replied to.
    public let prompt: MessageID
    /// The live message: what the stream of this attempt writes, or will write.
    public internal(set) var message: MessageID
    /// The model of this attempt, and after it those that remain to fall back to. Never empty.
    public internal(set) var models: [ModelID]
    /// The reply that this one goes on from; nil for one that begins at the beginning.
    public let continues: MessageID?
    /// How often the first of `models` was asked again.
    public internal(set) var retriesMade = 0
    /// How long this call backed off altogether, in milliseconds.
    public internal(set) var waitedMilliseconds: Int64 = 0
    /// The provider said that the reply is whole; only its usage and its last word may still come.
    public internal(set) var finish: StopReason?

    init(
      prompt: MessageID, message: MessageID, models: [ModelID], continues: MessageID? = nil
    ) {
      self.prompt = prompt
      self.message = message
      self.models = models
      self.continues = continues
    }
  }

  /// The call of the live reply, if there is one.
  public var call: Call? {
    switch self {
    case .idle: nil
    case .saving(let call), .queued(let call), .waiting(let call, _), .streaming(let call, _),
      .backingOff(let call, until: _):
      call
    }
  }

  /// When an attempt starts by itself; nil while none is awaited.
  public var deadline: Instant? {
    if case .backingOff(_, let until) = self { until } else { nil }
  }

  /// The message that is live.
  public var liveMessage: MessageID? { call?.message }

  /// The one stream that the store listens to in this lane.
  public var activeStream: StreamID? {
    switch self {
    case .idle, .saving, .queued, .backingOff: nil
    case .waiting(_, let stream), .streaming(_, let stream): stream
    }
  }
}

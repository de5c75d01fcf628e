/// Where the reply is.
///
///     idle ──send, retry──▶ waiting ──first word──▶ streaming
///      ▲                      │ │                     │ │
///      └──cancel, end─────────┘ └──send, retry───┐    │ │
///      ▲                            (supersede)  ▼    │ │
///      │                                      waiting ◀──┘
///      └──cancel, end─────────────────────────────────┘
public enum Generation: Hashable, Sendable {
  /// No reply is live.
  case idle
  /// The request is out and no word has come yet.
  case waiting(Live)
  /// Words are coming.
  case streaming(Live)

  /// The one stream the store listens to, and the one message it writes.
  public struct Live: Hashable, Sendable {
    public let stream: StreamID
    public let message: MessageID
  }

  /// The live reply, if there is one.
  public var live: Live? {
    switch self {
    case .idle: nil
    case .waiting(let live), .streaming(let live): live
    }
  }
}

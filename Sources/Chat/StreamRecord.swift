/// What became of one stream, for whoever asks afterwards.
public struct StreamRecord: Hashable, Sendable {
  public let id: StreamID
  /// The message it wrote.
  public let message: MessageID
  public let model: ModelID
  public let started: Instant
  /// When its first delta came.
  public internal(set) var firstDelta: Instant?
  /// When it last told anything while it was active; nil before it did.
  public internal(set) var lastEvent: Instant?
  /// Why it ended; nil while it is active.
  public internal(set) var ending: Ending?
  /// Deltas that went into the message.
  public internal(set) var keptDeltaCount = 0
  /// Events that came after the end and were dropped as stale.
  public internal(set) var staleEventCount = 0

  init(_ id: StreamID, message: MessageID, model: ModelID, started: Instant) {
    self.id = id
    self.message = message
    self.model = model
    self.started = started
  }

  /// From the request to the first delta, in milliseconds of uptime; nil where none came.
  public var firstDeltaMilliseconds: Int64? { firstDelta?.milliseconds(since: started) }
}

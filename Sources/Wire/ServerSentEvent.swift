// What a body of `text/event-stream` says.

/// One event.
public struct ServerSentEvent: Hashable, Sendable {
  /// The value of the `event` field; "message" where the block had none.
  public var type: String
  /// The values of all `data` fields, joined by LF: valid UTF-8, and it may be empty.
  public var data: [UInt8]
  /// The value of the last `id` field so far on this stream. Patter never reconnects by it.
  public var lastEventID: String

  public init(type: String = "message", data: [UInt8], lastEventID: String = "") {
    self.type = type
    self.data = data
    self.lastEventID = lastEventID
  }
}

/// What the end of a stream cut off. The standard discards it; it is told here because an error
/// text in the last, unfinished block is worth reading. Content must never be taken from it.
public struct ServerSentEventTail: Hashable, Sendable {
  /// The event that would have come if the stream had ended with an empty line. Its data may be cut
  /// anywhere. Nil if the unfinished block had no data.
  public var pendingEvent: ServerSentEvent?
  /// The bytes after the last line end, as valid UTF-8; empty for a comment.
  public var pendingLine: [UInt8]

  public init(pendingEvent: ServerSentEvent? = nil, pendingLine: [UInt8] = []) {
    self.pendingEvent = pendingEvent
    self.pendingLine = pendingLine
  }
}

/// Names one attempt at a reply inside one process: the conversation it belongs to, and which attempt of
/// that conversation it is. A retry is another stream, so it has another id.
///
/// Ids of a conversation only grow and are never reused, and no two conversations share one. They mean
/// nothing after the process has ended: what is kept on disk is named by `MessageID`.
public struct StreamID: Hashable, Sendable, Comparable, CustomStringConvertible {
  public let conversation: ConversationID
  /// Counts from one.
  public let attempt: UInt32

  public init(_ conversation: ConversationID = ConversationID(0), attempt: UInt32) {
    self.conversation = conversation
    self.attempt = attempt
  }

  /// The id of this `number`.
  public init(_ number: UInt64) {
    conversation = ConversationID(UInt32(number >> 32))
    attempt = UInt32(truncatingIfNeeded: number)
  }

  /// Both in one word, for whoever carries ids without knowing what they mean.
  public var number: UInt64 { UInt64(conversation.number) << 32 | UInt64(attempt) }

  public static func < (left: StreamID, right: StreamID) -> Bool { left.number < right.number }

  public var description: String { "stream \(conversation.number).\(attempt)" }
}

/// Names a conversation inside one process. Numbers only grow and are never reused: what comes late for
/// a conversation that was closed can find no other.
public struct ConversationID: Hashable, Sendable, Comparable {
  public let number: UInt32

  public init(_ number: UInt32) {
    self.number = number
  }

  public static func < (left: ConversationID, right: ConversationID) -> Bool {
    left.number < right.number
  }
}

/// Names one attempt at a reply inside one process. A retry is another stream, so it has another id.
///
/// Ids only grow and are never reused. They mean nothing after the process has ended: what is kept on
/// disk is named by `MessageID`.
public struct StreamID: Hashable, Sendable, Comparable, CustomStringConvertible {
  public let number: UInt64

  public init(_ number: UInt64) {
    self.number = number
  }

  public static func < (left: StreamID, right: StreamID) -> Bool { left.number < right.number }

  public var description: String { "stream \(number)" }
}

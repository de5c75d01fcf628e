/// Whether and how the terminal is told that a reply has ended which nobody watched.
public struct NotifyPolicy: Hashable, Sendable {
  public enum Way: String, Hashable, Sendable, CaseIterable {
    case off
    /// The terminal rings.
    case bell
    /// The terminal's desktop shows a sentence (OSC 9).
    case osc9
  }

  public var way: Way
  /// For a reply that took less, in milliseconds, nobody has gone away.
  public var leastMilliseconds: Int64

  public init(way: Way = .off, leastMilliseconds: Int64 = 10_000) {
    self.way = way
    self.leastMilliseconds = leastMilliseconds
  }
}

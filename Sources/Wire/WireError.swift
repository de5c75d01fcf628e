// What a far end can do wrong before anybody looks at the meaning of its bytes.

/// A body whose framing this room will not follow any further.
public enum WireError: Error, Hashable, Sendable {
  /// One line grew past the limit.
  case lineTooLong(limitBytes: Int)
  /// The data of one event, over all its lines, grew past the limit.
  case eventTooLong(limitBytes: Int)

  /// What happened, in words for the user.
  public var message: String {
    switch self {
    case .lineTooLong(let limitBytes):
      "The server sent a line of more than \(limitBytes) bytes; that is no stream of short pieces."
    case .eventTooLong(let limitBytes):
      "The server sent one event of more than \(limitBytes) bytes."
    }
  }
}

/// What the parsers of this room hold in memory at most.
public enum WireLimit {
  /// The longest line, and the most data of one event over all its lines.
  public static let lineBytes = 16 * 1024 * 1024
  /// How much is kept of the lines that mean nothing to a parser of events; more is dropped.
  public static let unknownLinesBytes = 4096
}

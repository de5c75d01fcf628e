public import Chat

/// What became of the streams of a conversation, in words: for the screen, and for whoever prints them.
public struct StreamTable: Hashable, Sendable {
  /// One stream. A member is what stands in its column.
  public struct Row: Hashable, Sendable {
    /// The conversation and the attempt: `0.3`.
    public let stream: String
    /// `PROVIDER/NAME`.
    public let model: String
    /// How long the first token took; a dash where none came.
    public let firstToken: String
    /// Deltas that were kept.
    public let kept: String
    /// Events that came after the end and were dropped.
    public let stale: String
    /// Why it ended: `complete`, `stopped`, `superseded`, `failed: …`, or `live` while it has not.
    public let ending: String

    /// The row as a sentence, without the stream's name.
    public var sentence: String {
      let first = firstToken == Self.none ? "no token came" : "first token after \(firstToken)"
      return "\(model): \(first), \(kept) kept, \(stale) stale; \(ending)"
    }

    fileprivate static let none = "–"
  }

  /// The oldest first.
  public let rows: [Row]

  public init(_ streams: [StreamRecord]) {
    rows = streams.map { record in
      Row(
        stream: "\(record.id.conversation.number).\(record.id.attempt)",
        model: record.model.description,
        firstToken: record.firstDeltaMilliseconds.map { "\($0) ms" } ?? Row.none,
        kept: String(record.keptDeltaCount), stale: String(record.staleEventCount),
        ending: record.ending?.words ?? "live")
    }
  }
}

extension Ending {
  /// The ending in a word, and why where that is known.
  public var words: String {
    switch self {
    case .complete(.stop): "complete"
    case .complete(.length): "complete (length)"
    case .complete(.contentFilter): "complete (content filter)"
    case .complete(.refusal): "complete (refusal)"
    case .complete(.toolCalls): "complete (tool calls)"
    case .complete(.other(let reason)): "complete (\(reason))"
    case .cancelled: "stopped"
    case .superseded: "superseded"
    case .failed(let failure):
      "failed: \(failure.message)\(failure.requestID.map { " (request \($0))" } ?? "")"
    case .interrupted: "interrupted"
    }
  }
}

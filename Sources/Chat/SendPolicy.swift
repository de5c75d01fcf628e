/// What a prompt does that is sent while a reply is live.
public enum SendPolicy: Hashable, Sendable, CaseIterable {
  /// It takes the reply's place.
  case replace
  /// It waits for the reply's end.
  case queue
  /// It is not taken: the reply has to end, or to be stopped, first.
  case block
}

extension ChatStore {
  /// What becomes of a prompt.
  public enum Sending: Hashable, Sendable {
    case starts
    case replaces
    case waits
    case isRefused
  }

  /// What `send` would do now.
  public var sending: Sending { sending(as: nil) }

  /// What `send` would do now with a prompt of this policy; nil is the preset's or
  /// the settings'.
  public func sending(as policy: SendPolicy?) -> Sending {
    guard lanes.contains(where: { $0.generation.isUnfinished }) else { return .starts }
    switch policy ?? sendPolicy {
    case .replace: return .replaces
    case .queue: return .waits
    case .block: return .isRefused
    }
  }
}

extension Generation {
  /// Whether there is a call whose reply is not known to be whole.
  fileprivate var isUnfinished: Bool { call.map { $0.finish == nil } ?? false }
}

/// What a model is told of a reply that was stopped, replaced or broke off, when the conversation goes on.
/// Nothing of this is ever written into the conversation itself.
public enum CutReplyPolicy: Hashable, Sendable, CaseIterable {
  /// The text as far as it came.
  case keep
  /// Nothing: as if it had never been.
  case drop
  /// The text, and a note before the next prompt that it was cut.
  case note
}

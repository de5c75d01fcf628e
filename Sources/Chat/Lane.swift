// Where a reply is made. A conversation has one lane; while models race each other, one for each of them.

/// One call after another, and what they write.
public struct Lane: Hashable, Sendable {
  /// Where its reply is.
  public internal(set) var generation: Generation = .idle
  /// The message it writes, or wrote last; nil before the first.
  public internal(set) var message: MessageID?
  /// Joins what comes to what the reply began with; nil where it began with nothing.
  var seam: Seam?
}

/// One prompt, asked of several models at once. It lasts until one of the replies is picked, or until the
/// user asks for something else: that picks the one in view.
public struct Race: Hashable, Sendable {
  /// What all of them reply to.
  public let prompt: MessageID
  /// Who was asked, by lane.
  public let models: [ModelID]

  /// How many models may race: more than these are asked by nobody, and no screen shows them.
  public static let racerLimit = 8
}

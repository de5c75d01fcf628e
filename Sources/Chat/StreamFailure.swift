/// Why a stream broke: the kind decides what may be done about it, the message is what a person reads.
public struct StreamFailure: Error, Hashable, Sendable {
  /// What went wrong, for whoever decides (retry, fall back, give up).
  public enum Kind: Hashable, Sendable, CaseIterable {
    /// No response came: name not found, connection refused or timed out before the headers.
    case unreachable
    /// The server's certificate could not be trusted.
    case insecure
    /// The key is missing, wrong or has no right to this model (401, 403).
    case unauthorized
    /// The server does not know this model or this address (404).
    case notFound
    /// Too many requests (429); time mends it.
    case rateLimited
    /// No money or quota is left (402, 429 with a billing code); only the account's owner mends it.
    case quotaExhausted
    /// The conversation does not fit into the model's window.
    case tooLong
    /// The server refused the request as it stands (other 4xx).
    case refused
    /// The server failed (5xx) or said that it is overloaded.
    case serverFailed
    /// What came is not this provider's wire: an HTML page, another dialect, broken JSON.
    case notUnderstood
    /// The stream ended before the reply was whole.
    case truncated
    /// The stream fell silent, or told nothing new, for longer than it may.
    case stalled
    /// The stream ended properly and held no reply.
    case empty
  }

  /// What may help, as long as nothing of the reply was seen.
  public enum Remedy: Hashable, Sendable, CaseIterable {
    /// The same request may succeed in a moment.
    case retry
    /// The same, and once is enough to know.
    case retryOnce
    /// The same request would fail again. Another model may still answer.
    case never
  }

  public var kind: Kind
  /// One sentence for the user, or two: what happened, where, and what to do. Holds no secret.
  public var message: String
  /// The provider's name for the request, for its support desk.
  public var requestID: String?
  /// How long the provider asked us to wait, where it did.
  public var retryAfterMilliseconds: Int?
  /// Whether another try is worth it; what the kind says, unless the server said otherwise.
  public var remedy: Remedy

  public init(
    _ kind: Kind, _ message: String, requestID: String? = nil, retryAfterMilliseconds: Int? = nil,
    remedy: Remedy? = nil
  ) {
    self.kind = kind
    self.message = message
    self.requestID = requestID
    self.retryAfterMilliseconds = retryAfterMilliseconds
    self.remedy = remedy ?? kind.usualRemedy
  }
}

extension StreamFailure.Kind {
  fileprivate var usualRemedy: StreamFailure.Remedy {
    switch self {
    case .unreachable, .rateLimited, .serverFailed: .retry
    case .truncated, .stalled: .retryOnce
    case .insecure, .unauthorized, .notFound, .quotaExhausted, .tooLong, .refused, .notUnderstood,
      .empty:
      .never
    }
  }
}

// What Google puts beside the words of an error (google.rpc, error_details.proto): when to come again,
// which quota is spent, and the reason as a word.

/// What is read of the details of an error.
struct ErrorDetails: Hashable, Sendable {
  /// At least 1 millisecond.
  var retryAfterMilliseconds: Int?
  /// The quota of a whole day is spent, so that no wait of ours is long enough.
  var isDayQuotaSpent = false
  /// The key is none, or is one no longer.
  var isAboutKey = false

  init(_ details: [ErrorDetail] = []) {
    retryAfterMilliseconds =
      details.lazy.compactMap(\.retryDelay)
      .compactMap(RetryAfter.milliseconds(ofDuration:)).first
    isDayQuotaSpent = details.contains { $0.quotaIDs.contains { $0.contains("PerDay") } }
    isAboutKey = details.contains { $0.reason?.hasPrefix("API_KEY_") == true }
  }
}

/// One of them, whatever its type says: the names of the members differ between the types.
struct ErrorDetail: Decodable {
  /// `RetryInfo`: a duration, for example "53s".
  let retryDelay: String?
  /// `QuotaFailure`, for example "GenerateRequestsPerDayPerProjectPerModel-FreeTier".
  let quotaIDs: [String]
  /// `ErrorInfo`, for example "API_KEY_INVALID".
  let reason: String?

  private enum Key: String, CodingKey {
    case retryDelay
    case violations
    case quotaID = "quotaId"
    case reason
  }

  private struct Violation: Decodable {
    let quotaID: String?

    init(from decoder: any Decoder) throws {
      quotaID = try decoder.container(keyedBy: Key.self).lenient(.quotaID)
    }
  }

  init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Key.self)
    retryDelay = object.lenient(.retryDelay)
    let violations = object.lenientArray(.violations, of: Violation.self) ?? []
    quotaIDs = violations.compactMap(\.quotaID)
    reason = object.lenient(.reason)
  }
}

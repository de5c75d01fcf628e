/// When a stream that broke before anything of its reply was seen is followed by another, unasked.
///
/// The numbers are those of OpenAI's and Anthropic's own libraries (2 retries, 0.5 s doubled up to 8 s,
/// up to a quarter less by chance, a Retry-After of up to 60 s).
public struct RetryPolicy: Hashable, Sendable {
  /// How often a call asks again, beside its first attempt at each model. At least 0.
  public var retries: Int
  /// The wait before the first retry; it doubles with each further one.
  public var baseMilliseconds: Int64
  /// The longest wait of our own choosing.
  public var capMilliseconds: Int64
  /// A provider that asks for more is not waited for.
  public var longestRetryAfterMilliseconds: Int64
  /// The longest that all waits of one call last together.
  public var totalMilliseconds: Int64

  public init(
    retries: Int = 2, baseMilliseconds: Int64 = 500, capMilliseconds: Int64 = 8_000,
    longestRetryAfterMilliseconds: Int64 = 60_000, totalMilliseconds: Int64 = 90_000
  ) {
    self.retries = retries
    self.baseMilliseconds = baseMilliseconds
    self.capMilliseconds = capMilliseconds
    self.longestRetryAfterMilliseconds = longestRetryAfterMilliseconds
    self.totalMilliseconds = totalMilliseconds
  }

  /// How long to wait before the next attempt; nil when there is none to be made.
  ///
  /// - Parameters:
  ///   - retriesMade: how often this model was asked again already.
  ///   - waited: how long the waits of this call were together, in milliseconds. At least 0.
  ///   - jitter: chance, 0 to 1; the wait is shorter by up to a quarter.
  public func delayMilliseconds(
    after failure: StreamFailure, retriesMade: Int, waited: Int64, jitter: Double
  ) -> Int64? {
    guard retriesMade < budget(for: failure) else { return nil }
    let delay: Int64
    if let asked = failure.retryAfterMilliseconds, asked > 0 {
      guard asked <= longestRetryAfterMilliseconds else { return nil }
      delay = Int64(asked)
    } else {
      let backoff = backoffMilliseconds(retriesMade: retriesMade)
      let share = jitter > 0 ? min(jitter, 1) : 0
      delay = backoff - Int64(Double(backoff) * 0.25 * share)
    }
    // A sum might overflow.
    return waited <= totalMilliseconds && delay <= totalMilliseconds - waited ? delay : nil
  }

  /// How often a model is asked again that fails like this.
  public func budget(for failure: StreamFailure) -> Int {
    switch failure.remedy {
    case .never: 0
    case .retryOnce: min(1, retries)
    case .retry: retries
    }
  }

  private func backoffMilliseconds(retriesMade: Int) -> Int64 {
    let cap = max(0, capMilliseconds)
    var backoff = min(max(0, baseMilliseconds), cap)
    var doublings = retriesMade
    while doublings > 0, 0 < backoff, backoff < cap {
      backoff = backoff > cap / 2 ? cap : backoff * 2
      doublings -= 1
    }
    return backoff
  }
}

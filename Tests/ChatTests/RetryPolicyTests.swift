// When a broken stream is followed by another, unasked, and after how long. Chance and time are
// arguments.

import Chat
import Testing

struct RetryPolicyTests {
  private static let serverFailed = StreamFailure(.serverFailed, "It failed.")

  private static func asking(_ milliseconds: Int) -> StreamFailure {
    StreamFailure(.rateLimited, "Too many.", retryAfterMilliseconds: milliseconds)
  }

  /// The waits of one call until there is none.
  private func delays(
    of policy: RetryPolicy, after failure: StreamFailure = serverFailed, jitter: Double = 0
  ) -> [Int64] {
    var delays: [Int64] = []
    var waited: Int64 = 0
    while let delay = policy.delayMilliseconds(
      after: failure, retriesMade: delays.count, waited: waited, jitter: jitter)
    {
      delays.append(delay)
      waited += delay
    }
    return delays
  }

  // MARK: - How long

  private static let delaysByJitter: [(Double, [Int64])] = [
    (0, [500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000]),
    (1, [375, 750, 1_500, 3_000, 6_000, 6_000, 6_000]),
    (0.5, [438, 875, 1_750, 3_500, 7_000, 7_000, 7_000]),
  ]

  @Test(arguments: delaysByJitter)
  func `T21 waits double up to 8 s and are shorter by up to a quarter`(
    jitter: Double, expected: [Int64]
  ) {
    #expect(delays(of: RetryPolicy(retries: 7), jitter: jitter) == expected)
  }

  @Test(arguments: [(-1, 500), (2, 375), (Double.infinity, 375), (.nan, 500)] as [(Double, Int64)])
  func `T21 chance outside its range counts as its end`(jitter: Double, delay: Int64) {
    #expect(delays(of: RetryPolicy(retries: 1), jitter: jitter) == [delay])
  }

  @Test func `T21 a cap that doubling does not meet is kept`() {
    let policy = RetryPolicy(retries: 4, baseMilliseconds: 100, capMilliseconds: 250)
    #expect(delays(of: policy) == [100, 200, 250, 250])
    let short = RetryPolicy(retries: 2, baseMilliseconds: 500, capMilliseconds: 100)
    #expect(delays(of: short) == [100, 100])
  }

  // MARK: - What the provider asks for

  @Test func `waits as long as the provider asks, whatever chance and doubling say`() {
    #expect(delays(of: RetryPolicy(), after: Self.asking(1_500), jitter: 1) == [1_500, 1_500])
    #expect(delays(of: RetryPolicy(), after: Self.asking(20_000)) == [20_000, 20_000])
  }

  private static let delaysByAsking: [(Int, Int64?)] = [
    (60_000, 60_000), (60_001, nil), (61_000, nil), (.max, nil),
  ]

  @Test(arguments: delaysByAsking)
  func `T18 a provider that asks for more than 60 s is not waited for`(
    milliseconds: Int, delay: Int64?
  ) {
    let asked = RetryPolicy().delayMilliseconds(
      after: Self.asking(milliseconds), retriesMade: 0, waited: 0, jitter: 0)
    #expect(asked == delay)
  }

  @Test func `T18 how long a provider is waited for is configured`() {
    let patient = RetryPolicy(longestRetryAfterMilliseconds: 61_000)
    #expect(delays(of: patient, after: Self.asking(61_000)) == [61_000])
    let hasty = RetryPolicy(longestRetryAfterMilliseconds: 0)
    #expect(delays(of: hasty, after: Self.asking(1)) == [])
  }

  @Test(arguments: [0, -1, Int.min])
  func `T17 a provider that asks for no time is waited for as usual`(milliseconds: Int) {
    #expect(delays(of: RetryPolicy(), after: Self.asking(milliseconds)) == [500, 1_000])
  }

  // MARK: - How often

  @Test(arguments: 0...3)
  func `S37 a call asks again as often as is configured`(retries: Int) {
    #expect(delays(of: RetryPolicy(retries: retries)).count == retries)
  }

  @Test(arguments: [StreamFailure.Kind.truncated, .stalled])
  func `what a second look decides is asked once more`(kind: StreamFailure.Kind) {
    let failure = StreamFailure(kind, "It broke.")
    #expect(delays(of: RetryPolicy(retries: 5), after: failure) == [500])
    #expect(delays(of: RetryPolicy(retries: 0), after: failure) == [])
  }

  @Test(arguments: [
    StreamFailure.Kind.insecure, .unauthorized, .notFound, .quotaExhausted, .tooLong, .refused,
    .notUnderstood, .empty,
  ])
  func `what would fail again is not asked again`(kind: StreamFailure.Kind) {
    #expect(delays(of: RetryPolicy(retries: 5), after: StreamFailure(kind, "No.")) == [])
  }

  @Test func `what the server says of another try goes before what the kind says`() {
    let policy = RetryPolicy()
    let final = StreamFailure(.serverFailed, "No.", remedy: .never)
    #expect(delays(of: policy, after: final) == [])
    let passing = StreamFailure(.refused, "Yes.", remedy: .retry)
    #expect(delays(of: policy, after: passing) == [500, 1_000])
  }

  // MARK: - All waits together

  @Test func `the waits of a call last no longer than their total`() {
    #expect(delays(of: RetryPolicy(retries: 10, totalMilliseconds: 3_500)) == [500, 1_000, 2_000])
    #expect(delays(of: RetryPolicy(retries: 10, totalMilliseconds: 3_499)) == [500, 1_000])
    let asking = delays(of: RetryPolicy(retries: 10), after: Self.asking(40_000))
    #expect(asking == [40_000, 40_000])
  }

  // MARK: - Absurd values

  /// Policies that nobody writes and the reader would refuse.
  private static let absurd: [RetryPolicy] = [Int64.max, Int64.max - 1, Int64.min, -1, 0].flatMap {
    [
      RetryPolicy(baseMilliseconds: $0), RetryPolicy(capMilliseconds: $0),
      RetryPolicy(longestRetryAfterMilliseconds: $0), RetryPolicy(totalMilliseconds: $0),
      RetryPolicy(
        retries: .max, baseMilliseconds: $0, capMilliseconds: $0, longestRetryAfterMilliseconds: $0,
        totalMilliseconds: $0),
      RetryPolicy(retries: .max, baseMilliseconds: 3, capMilliseconds: $0, totalMilliseconds: .max),
    ]
  }

  @Test func `whatever is configured, a wait is never negative and never longer than the total`() {
    for policy in Self.absurd {
      for failure in [Self.serverFailed, Self.asking(.max), Self.asking(.min), Self.asking(1)] {
        for retriesMade in [0, 1, 62, 63, 64, Int.max - 1] {
          for waited in [0, 1, Int64.max] {
            for jitter in [0.0, 1, .nan] {
              let delay = policy.delayMilliseconds(
                after: failure, retriesMade: retriesMade, waited: waited, jitter: jitter)
              guard let delay else { continue }
              #expect(delay >= 0)
              #expect(delay <= policy.totalMilliseconds)
            }
          }
        }
      }
    }
  }

  @Test func `fewer than no retries are none`() {
    #expect(delays(of: RetryPolicy(retries: -1)) == [])
    #expect(delays(of: RetryPolicy(retries: .min)) == [])
  }
}

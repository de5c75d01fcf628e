// How long a server asks us to wait, from its header to what the retry policy makes of it.

import Chat
import Testing
import Wire

@testable import Providers

/// What a 429 with these headers, each `NAME: VALUE`, comes to. It arrives at 2023-11-14T22:13:20Z.
private func limited(_ headers: [String]) throws -> StreamFailure {
  let headers = try headers.map { line in
    let (name, value) = try #require(cut(line, at: ":"))
    return HTTPHeader(name, value)
  }
  return try refused(429, #"{"error":{"message":"Slowly."}}"#, headers: headers)
}

struct `The time a server asks us to wait` {
  /// The first wait, without chance; the policy's own is 500 ms.
  private func firstDelay(_ failure: StreamFailure) -> Int64? {
    RetryPolicy().delayMilliseconds(after: failure, retriesMade: 0, waited: 0, jitter: 0)
  }

  @Test(arguments: [
    ["retry-after-ms: 1500"], ["Retry-After-Ms: 1499.2"], ["retry-after: 1.5"],
    ["retry-after-ms: 1500", "retry-after: 9"], ["retry-after: 9", "retry-after-ms: 1500"],
    ["retry-after-ms: soon", "retry-after: 1.5"], ["retry-after-ms: -9", "retry-after: 1.5"],
    ["retry-after-ms: 0", "retry-after: 1.5"],
  ])
  func `T17 is read from milliseconds, which win, or else from seconds`(_ headers: [String]) throws
  {
    #expect(firstDelay(try limited(headers)) == 1_500)
  }

  @Test(arguments: [
    "retry-after: 2", "RETRY-AFTER:2", "retry-after: \t2 ", "retry-after: 2.0",
    "retry-after: Tue, 14 Nov 2023 22:13:22 GMT", "retry-after: Tuesday, 14-Nov-23 22:13:22 GMT",
    "retry-after: Tue Nov 14 22:13:22 2023",
  ])
  func `T17 is read as seconds or as a date, in each form that dates have`(_ header: String) throws
  {
    #expect(firstDelay(try limited([header])) == 2_000)
  }

  @Test(arguments: [
    "retry-after: -1", "retry-after: 0", "retry-after: abc", "retry-after: nan", "retry-after:",
    "retry-after: 2 0", "retry-after: 2, 9", "retry-after-ms: -inf",
    "retry-after: Tue, 14 Nov 2023 22:13:20 GMT", "retry-after: Tue, 14 Nov 2023 22:13:19 GMT",
    "retry-after: Sunday, 06-Nov-94 08:49:37 GMT", "retry-after: Thu Jan  1 00:00:00 1970",
    "retry-after: Tue, 14 Nov 2023 22:14:20 CET", "retry-after: Tue, 99 Nov 2023 22:14:20 GMT",
    "retry-after: Tue, 14 Nov 2023 22:14 GMT", "retry-after: 2023-11-14T22:14:20Z",
  ])
  func `T17 is the policy's own where it is past, negative or garbage`(_ header: String) throws {
    let failure = try limited([header])
    #expect(failure.retryAfterMilliseconds == nil)
    #expect(firstDelay(failure) == 500)
    #expect(failure.message.contains(" asks to slow down ("))
  }

  @Test(arguments: [
    "retry-after: 1e9", "retry-after: 1e400", "retry-after-ms: 1e300",
    "retry-after: 99999999999999999999", "retry-after: Fri, 01 Jan 2100 00:00:00 GMT",
    "retry-after: Fri, 31 Dec 9999 23:59:59 GMT",
  ])
  func `T17 stays bounded where it is beyond all measure, and is not waited for`(
    _ header: String
  ) throws {
    let failure = try limited([header])
    #expect(failure.remedy == .retry)
    #expect(failure.retryAfterMilliseconds == RetryAfter.limitMilliseconds)
    #expect(firstDelay(failure) == nil)
    #expect(failure.message.contains(" asks to wait more than 11 days ("))
  }

  @Test func `T18 of more than a minute is told and not slept`() throws {
    let failure = try limited(["retry-after: 61"])
    #expect(failure.retryAfterMilliseconds == 61_000)
    #expect(failure.remedy == .retry)
    #expect(firstDelay(failure) == nil)
    #expect(failure.message == "OpenAI (api.openai.com:443) asks to wait 61 s (429: Slowly).")
    #expect(firstDelay(try limited(["retry-after: 60"])) == 60_000)
  }

  @Test(arguments: [
    ("0.0001", "1 s"), ("1.001", "2 s"), ("600", "600 s"), ("601", "11 min"), ("7200", "120 min"),
    ("7201", "3 h"), ("172800", "48 h"), ("172801", "3 days"), ("864000", "10 days"),
  ])
  func `is told in a unit that fits, never too short`(_ seconds: String, _ words: String) throws {
    #expect(
      try limited(["retry-after: \(seconds)"]).message
        == "OpenAI (api.openai.com:443) asks to wait \(words) (429: Slowly).")
  }

  @Test func `is told of every refusal that has it`() throws {
    let wait = [HTTPHeader("Retry-After", "20")]
    let failed = try refused(503, "", headers: wait)
    #expect(failed.retryAfterMilliseconds == 20_000)
    #expect(
      failed.message == "OpenAI (api.openai.com:443) failed (503). It asks to wait 20 s.")
    let broke = try refused(402, #"{"error":"Insufficient Balance"}"#, headers: wait)
    #expect(
      broke.message
        == "OpenAI (api.openai.com:443) has no quota left for this key (402: Insufficient Balance). "
        + "It asks to wait 20 s. Check the account's plan and billing.")
  }

  @Test func `counts leap days`() {
    let head = HTTPResponseHead(
      status: 503, headers: [HTTPHeader("Retry-After", "Fri, 01 Mar 2024 00:00:00 GMT")])
    // 2024-02-28T23:59:59Z: a leap day and a second before.
    let now = Instant(uptimeNanoseconds: 0, unixMilliseconds: 1_709_164_799_000)
    #expect(RetryAfter.milliseconds(in: head, at: now) == 86_401_000)
  }

  @Test func `is counted by the clock of the wall at the failure, wherever that stands`() {
    let head = HTTPResponseHead(
      status: 503, headers: [HTTPHeader("Retry-After", "Thu, 01 Jan 1970 00:00:10 GMT")])
    let now = { Instant(uptimeNanoseconds: .max, unixMilliseconds: $0) }
    #expect(RetryAfter.milliseconds(in: head, at: now(4_000)) == 6_000)
    #expect(
      RetryAfter.milliseconds(in: head, at: now(-1_000_000_000_000_000))
        == RetryAfter.limitMilliseconds)
  }
}

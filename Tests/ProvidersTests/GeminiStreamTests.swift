// Gemini's stream where it is not as documented: errors that are no events, and finishes that are none.

import Chat
import Testing
import Wire

@testable import Providers

private func chunk(_ text: String, finish: String? = nil, usage: Int? = nil) -> String {
  let reason = finish.map { #","finishReason":"\#($0)""# } ?? ""
  let usage = usage.map { #","usageMetadata":{"candidatesTokenCount":\#($0)}"# } ?? ""
  return #"data: {"candidates":[{"content":{"parts":[{"text":"\#(text)"}]}\#(reason)}]"#
    + #"\#(usage),"modelVersion":"m"}"# + "\n\n"
}

/// An error as Google prints it, each member on a line.
private let unavailable = """
  {
    "error": {
      "code": 503,
      "message": "The model is overloaded. Please try again later.",
      "status": "UNAVAILABLE",
      "details": [
        {
          "@type": "type.googleapis.com/google.rpc.LocalizedMessage",
          "message": "no"
        }
      ]
    }
  }

  """

private let overloaded =
  "Gemini (generativelanguage.googleapis.com:443) failed "
  + "(503: The model is overloaded. Please try again later)."

private func told(_ body: String, cutAt cuts: [Int] = []) throws -> [StreamEvent] {
  events(
    of: Array(body.utf8), cutAt: cuts, contentType: "text/event-stream",
    endpoint: try endpoint("gemini", key: "k-gemini"))
}

private func stream() throws -> OneStream { OneStream(try endpoint("gemini", key: "k-gemini")) }

struct `An error in a stream of Gemini's` {
  @Test(arguments: [
    "data: {\"error\":{\"code\":503,\"message\":\"The model is overloaded. Please try again later.\","
      + "\"status\":\"UNAVAILABLE\"}}\n\n",
    "data: [{\"error\":{\"code\":503,\"message\":\"The model is overloaded. Please try again later.\"}}]\n\n",
    unavailable, "[\(unavailable)]\n", unavailable + "\ndata: {\"candidates\":[]}\n\n",
    unavailable.replacing("\n", with: "\r\n"), String(unavailable.dropLast()),
    unavailable.replacing("\n", with: "").replacing("    ", with: "") + "\n",
  ])
  func `is told wherever it stands and however it is printed, and what came is kept`(
    _ error: String
  ) throws {
    for words in ["", "Hel"] {
      let before = words.isEmpty ? "" : chunk(words)
      let events = try told(before + error)
      #expect(events.joinedText == words)
      #expect(events.endCount == 1)
      #expect(events.failure?.message == overloaded)
      #expect(events.failure?.remedy == .retry)
    }
    // An early finish makes none of it whole.
    let late = try told(chunk("Hel", finish: "STOP", usage: 1) + error)
    #expect(late.joinedText == "Hel")
    #expect(late.failure?.message == overloaded)
  }

  @Test func `is told in the same way however it is cut into chunks`() throws {
    let body = chunk("Hel", finish: "STOP") + unavailable
    let whole = try told(body)
    for cut in 1..<body.utf8.count {
      try #require(try told(body, cutAt: [cut]) == whole, "cut at \(cut)")
    }
    #expect(try told(body, cutAt: Array(1..<body.utf8.count)) == whole)
  }

  @Test(arguments: [
    "data: {broken\n\n", chunk("never"), "data: {\"error\":{\"message\":\"other\"}}\n\n",
  ])
  func `is the end of what counts, however the bytes behind it are cut`(_ behind: String) throws {
    let body = chunk("Hel") + unavailable + "\n" + behind
    let whole = try told(body)
    #expect(whole.joinedText == "Hel")
    #expect(whole.failure?.message == overloaded)
    #expect(try told(body, cutAt: Array(1..<body.utf8.count)) == whole)
  }

  @Test func `is told at once, though the server keeps the socket open`() throws {
    var stream = try stream()
    let output = stream.feed(head(), bytes(chunk("Hel", finish: "STOP") + unavailable))
    #expect(output.failure?.message == overloaded)
    #expect(output.effects == [.close(OneStream.transfer)])
  }

  @Test func `of which only the beginning comes lets nothing be whole, and tells what it can`()
    throws
  {
    let start = try #require(unavailable.firstRange(of: "\"error\"")).upperBound
    var length = unavailable[..<start].utf8.count
    while length < unavailable.utf8.count - 2 {
      length += 1
      let cut = String(decoding: Array(unavailable.utf8)[..<length], as: UTF8.self)
      let failure = try #require(try told(chunk("Hel", finish: "STOP") + cut).failure)
      try #require(failure.kind == .serverFailed || failure.kind == .truncated, "\(cut)")
      if cut.contains("\"status\"") { try #require(failure.message == overloaded, "\(cut)") }
    }
  }

  @Test func `that is longer than anybody keeps is told all the same`() throws {
    let long = unavailable.replacing(
      "\"no\"", with: "\"" + String(repeating: "x", count: 9_000) + "\"")
    #expect(try told(chunk("Hel", finish: "STOP") + long).failure?.message == overloaded)
  }

  @Test func `that has begun is waited for longer than a grace, and told as far as it came then`()
    throws
  {
    var stream = try stream()
    let lines = unavailable.split(separator: "\n").prefix(3).joined(separator: "\n") + "\n"
    _ = stream.feed(head(), bytes(chunk("Hel", finish: "STOP") + lines), at: 0)
    #expect(stream.registry.output(at: time(10_000)) == RegistryOutput())
    let limit = try #require(stream.registry.deadline)
    #expect(stream.registry.output(at: limit).failure?.kind == .serverFailed)
  }

  @Test func `is told when the wait is over, though its line never ends`() throws {
    var stream = try stream()
    let line = unavailable.replacing("\n", with: "")
    _ = stream.feed(head(), bytes(chunk("Hel", finish: "STOP") + line), at: 0)
    #expect(stream.registry.output(at: time(10_000)).failure?.message == overloaded)
  }

  @Test func `of another dialect or none is told as such`() throws {
    let chat = #"data: {"model":"m","choices":[{"delta":{"content":"Hel"}}]}"# + "\n\n"
    for body in [chat, #"[{"candidates":[{"content":{"parts":[{"text":"Hel"}]}}]}]"# + "\n"] {
      let message = try #require(try told(body).failure?.message)
      #expect(message.contains("speaks another language than Gemini's."))
    }
    #expect(try told(chunk("a", finish: "STOP") + "data: oh\n\n").failure?.kind == .notUnderstood)
  }
}

struct `A finish of Gemini's` {
  @Test func `T38 is none while more comes, and the last one counts`() throws {
    let early = chunk("a", finish: "STOP") + chunk("b", finish: "STOP")
    #expect(
      try told(early + chunk("c", finish: "MAX_TOKENS")) == [
        .started(model: "m"), .text("a"), .text("b"), .text("c"), .completed(.length),
      ])
  }

  @Test func `is followed by ten seconds of waiting, with usage and without`() throws {
    for usage in [nil, 3] {
      var stream = try stream()
      _ = stream.feed(head(), bytes(chunk("a", finish: "STOP", usage: usage)), at: 100)
      #expect(stream.registry.deadline == time(10_100))
      #expect(stream.registry.output(at: time(10_099)) == RegistryOutput())
      #expect(stream.registry.output(at: time(10_100)).streamEvents == [.completed(.stop)])
    }
  }

  @Test func `is waited for anew when more of the reply comes`() throws {
    var stream = try stream()
    _ = stream.feed(head(), bytes(chunk("a", finish: "STOP")), at: 0)
    #expect(stream.feed(bytes(chunk("b", finish: "STOP")), at: 9_000).text == "b")
    #expect(stream.registry.deadline == time(19_000))
  }

  @Test func `and then the end complete, and none is truncated`() throws {
    #expect(try told(chunk("a", finish: "STOP")).stopReason == .stop)
    #expect(try told(chunk("a")).failure?.kind == .truncated)
    #expect(try told(chunk("a") + "data: {\"cand").failure?.kind == .truncated)
  }

  @Test func `without a word is an empty reply, unless a filter took them`() throws {
    #expect(try told(chunk("", finish: "STOP")).failure?.kind == .empty)
    #expect(try told(chunk("", finish: "MALFORMED_FUNCTION_CALL")).failure?.kind == .empty)
    for word in ["SAFETY", "RECITATION", "SPII", "BLOCKLIST", "IMAGE_SAFETY"] {
      #expect(try told(chunk("", finish: word)).stopReason == .contentFilter)
    }
  }
}

struct `A response of Gemini's that is an error` {
  private func failure(_ status: Int, _ error: String) throws -> StreamFailure {
    try refused(status, error, provider: "gemini", model: "gemini/m")
  }

  @Test func `is about the key, though its status is that of a bad request`() throws {
    let error =
      #"{"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","#
      + #""status":"INVALID_ARGUMENT"}}"#
    let failure = try failure(400, error)
    #expect(failure.kind == .unauthorized)
    #expect(
      failure.message == "Gemini (generativelanguage.googleapis.com:443) does not accept the key "
        + "(400: API key not valid. Please pass a valid API key). "
        + "Check GOOGLE_API_KEY or GEMINI_API_KEY.")
    let reason =
      #"[{"error":{"code":400,"message":"No.","details":[{"reason":"API_KEY_INVALID"}]}}]"#
    #expect(try self.failure(400, reason).kind == .unauthorized)
    #expect(try self.failure(400, #"{"error":{"code":400,"message":"No."}}"#).kind == .refused)
  }

  @Test(arguments: [
    (#"{"retryDelay":"53s"}"#, 53_000), (#"{"retryDelay":"45.837906927s"}"#, 45_838),
    (#"{"retryDelay":"373.8ms"}"#, 374), (#"{"retryDelay":"1m2.5s"}"#, 62_500),
    (#"{"links":[]},{"retryDelay":"2s"}"#, 2_000), (#"{"retryDelay":"0s"}"#, nil),
    (#"{"retryDelay":"soon"}"#, nil), (#"{"retryDelay":53}"#, nil), (#"{"retryDelay":"-1s"}"#, nil),
    (#"{"retryDelay":"5"}"#, nil), (#"{"retryDelay":"5s "}"#, nil),
    (#"{"retryDelay":"99999999999999999999s"}"#, RetryAfter.limitMilliseconds),
  ])
  func `T17 says in its details how long to wait`(_ details: String, _ wait: Int?) throws {
    let error =
      #"{"error":{"code":429,"message":"Quota.","status":"RESOURCE_EXHAUSTED","details":[\#(details)]}}"#
    let failure = try failure(429, error)
    #expect(failure.kind == .rateLimited)
    #expect(failure.retryAfterMilliseconds == wait)
  }

  @Test(arguments: [
    ("Quota. Please retry in 53.1s.", 53_100), ("please retry in 373.8ms", 374),
    ("Please retry in 1h2m3s.", 3_723_000), ("Please retry in a while.", nil),
    ("Please retry in", nil), ("Retry.", nil),
  ])
  func `T17 says in its words how long to wait`(_ words: String, _ wait: Int?) throws {
    let failure = try failure(429, #"{"error":{"code":429,"message":"\#(words)"}}"#)
    #expect(failure.retryAfterMilliseconds == wait)
  }

  @Test func `T17 is not heard where a header says how long to wait`() throws {
    let failure = try refused(
      429, #"{"error":{"code":429,"message":"Please retry in 9s."}}"#, provider: "gemini",
      headers: [HTTPHeader("Retry-After", "2")])
    #expect(failure.retryAfterMilliseconds == 2_000)
  }

  @Test func `T17 says so in the middle of a stream as well`() throws {
    let error = #"data: {"error":{"code":429,"message":"Please retry in 9s."}}"# + "\n\n"
    let failure = try #require(try told(error).failure)
    #expect(failure.kind == .rateLimited)
    #expect(failure.retryAfterMilliseconds == 9_000)
  }

  @Test func `T19 is about the quota of a day, which no short wait brings back`() throws {
    let details =
      #"{"violations":[{"quotaId":"GenerateRequestsPerDayPerProjectPerModel-FreeTier"}]},"#
      + #"{"retryDelay":"53s"}"#
    let failure = try failure(
      429, #"{"error":{"code":429,"message":"Quota.","details":[\#(details)]}}"#)
    #expect(failure.kind == .quotaExhausted)
    #expect(failure.remedy == .never)
    #expect(failure.retryAfterMilliseconds == nil)
    let minute = details.replacing("PerDay", with: "PerMinute")
    #expect(
      try self.failure(
        429, #"{"error":{"code":429,"message":"Quota.","details":[\#(minute)]}}"#
      ).kind == .rateLimited)
  }

  @Test(arguments: [
    ("RESOURCE_EXHAUSTED", StreamFailure.Kind.rateLimited), ("UNAVAILABLE", .serverFailed),
    ("DEADLINE_EXCEEDED", .serverFailed), ("INTERNAL", .serverFailed),
    ("INVALID_ARGUMENT", .refused), ("FAILED_PRECONDITION", .refused),
    ("PERMISSION_DENIED", .unauthorized), ("UNAUTHENTICATED", .unauthorized),
    ("NOT_FOUND", .notFound), ("UNIMPLEMENTED", .refused),
  ])
  func `in a stream is of the kind that its word says where no number does`(
    _ word: String, _ kind: StreamFailure.Kind
  ) throws {
    let error = #"data: {"error":{"message":"No.","status":"\#(word)"}}"# + "\n\n"
    #expect(try told(error).failure?.kind == kind)
  }
}

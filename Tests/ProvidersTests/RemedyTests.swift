// Whether another try is worth it, for every way to fail: the facts that retry and fallback rest on.

import Chat
import Testing
import Wire

@testable import Providers

struct `Another try` {
  @Test(arguments: [
    (TransferFailure.Kind.nameNotFound, StreamFailure.Remedy.retry), (.connectionRefused, .retry),
    (.connectTimedOut, .retry), (.handshakeFailed, .retry), (.noResponse, .retry),
    (.connectionLost, .retry), (.bodyCutShort, .retry), (.other, .retry), (.untrusted, .never),
    (.badAddress, .never), (.notHTTP, .never), (.badResponse, .never),
  ])
  func `before a response is worth it unless the address itself is wrong`(
    _ kind: TransferFailure.Kind, _ remedy: StreamFailure.Remedy
  ) throws {
    #expect(try failure("openai", .ended(TransferFailure(kind))).remedy == remedy)
    #expect(try failure("ollama", .ended(TransferFailure(kind))).remedy == remedy)
  }

  @Test func `is worth it where the connection closed or nothing came before the head`() throws {
    #expect(try failure("openai", .ended(nil)).remedy == .retry)
    var silent = OneStream(try endpoint("openai", key: ownKey))
    let limit = try #require(silent.registry.deadline)
    #expect(silent.registry.output(at: limit).failure?.remedy == .retry)
  }

  @Test(arguments: [408, 409, 429, 500, 502, 503, 504, 520, 529, 599])
  func `T20 is worth it after a status that passes by itself`(_ status: Int) throws {
    for body in [#"{"error":{"message":"no"}}"#, "", "<html><title>no</title></html>"] {
      #expect(try refused(status, body).remedy == .retry, "\(body)")
    }
  }

  @Test(arguments: [400, 401, 402, 403, 404, 405, 410, 413, 418, 422, 431, 451, 499, 501, 505])
  func `T20 is not worth it after a status that stays`(_ status: Int) throws {
    for body in [#"{"error":{"message":"no"}}"#, "", "<html><title>no</title></html>"] {
      #expect(try refused(status, body).remedy == .never, "\(body)")
    }
  }

  @Test(arguments: [
    (400, StreamFailure.Kind.refused), (405, .notFound), (408, .serverFailed),
    (409, .serverFailed), (413, .tooLong), (418, .refused), (422, .refused), (429, .rateLimited),
    (500, .serverFailed), (501, .refused), (503, .serverFailed), (505, .refused),
    (529, .serverFailed),
  ])
  func `T20 goes by the kind, which goes by the status`(
    _ status: Int, _ kind: StreamFailure.Kind
  ) throws {
    #expect(try refused(status, #"{"error":{"message":"no"}}"#).kind == kind)
  }

  @Test(arguments: [
    (429, #"{"error":{"message":"You exceeded your quota.","type":"insufficient_quota"}}"#),
    (429, #"{"error":{"message":"no","code":"insufficient_quota"}}"#),
    (429, #"{"error":{"message":"no","code":"billing_hard_limit_reached"}}"#),
    (429, #"{"error":{"message":"no","type":"credit_balance_exhausted"}}"#),
    (429, #"{"error":{"message":"no","type":"exceeded_current_quota_error"}}"#),
    (400, #"{"error":{"message":"Your credit balance is too low"}}"#),
    (503, #"{"error":{"message":"no","type":"billing_error"}}"#),
  ])
  func `T19 is not worth it where no money is left`(_ status: Int, _ body: String) throws {
    let failure = try refused(status, body, headers: [HTTPHeader("Retry-After", "1")])
    #expect(failure.kind == .quotaExhausted)
    #expect(failure.remedy == .never)
  }

  @Test(arguments: [
    (429, "false", StreamFailure.Remedy.never), (503, "false", .never), (400, "true", .retry),
    (404, "true", .retry), (501, " True ", .retry), (429, "perhaps", .retry), (400, "", .never),
  ])
  func `T19 is what the server says of it, if it says so`(
    _ status: Int, _ word: String, _ remedy: StreamFailure.Remedy
  ) throws {
    let says = [HTTPHeader("X-Should-Retry", word), HTTPHeader("Retry-After", "3")]
    let failure = try refused(status, #"{"error":{"message":"no"}}"#, headers: says)
    #expect(failure.remedy == remedy)
    #expect(failure.retryAfterMilliseconds == 3_000)
    #expect(failure.kind == (try refused(status, #"{"error":{"message":"no"}}"#)).kind)
  }

  @Test func `T19 the server's word is about statuses that are errors`() throws {
    let says = [HTTPHeader("x-should-retry", "true")]
    #expect(try failure("openai", head(302, nil, says)).remedy == .never)
    #expect(try failure("openai", head(200, "text/html", says), .ended(nil)).remedy == .never)
  }

  @Test(arguments: [
    "overloaded_error", "rate_limit_error", "api_error", "timeout_error", "server_error",
    "rate_limit_exceeded", "engine_overloaded_error", "unavailable_error", "never_heard_of_it",
    "408", "409", "429", "500", "502", "503", "529",
  ])
  func `is worth it after an error in a stream that passes by itself`(_ word: String) throws {
    for member in ["type", "code", "status"] {
      let error = #"{"error":{"message":"no","\#(member)":"\#(word)"}}"#
      #expect(try inStream(error).remedy == .retry, "\(error)")
    }
    if let number = Int(word) {
      for member in ["code", "status", "status_code"] {
        #expect(try inStream(#"{"error":{"\#(member)":\#(number)}}"#).remedy == .retry)
      }
    }
  }

  @Test(arguments: [
    ("invalid_request_error", StreamFailure.Kind.refused), ("invalid_prompt", .refused),
    ("INVALID_ARGUMENT", .refused), ("BadRequestError", .refused),
    ("unsupported_parameter", .refused), ("not_supported_error", .refused),
    ("content_filter", .refused), ("authentication_error", .unauthorized),
    ("invalid_api_key", .unauthorized), ("permission_error", .unauthorized),
    ("not_found_error", .notFound), ("model_not_found", .notFound),
    ("insufficient_quota", .quotaExhausted), ("context_length_exceeded", .tooLong),
    ("400", .refused), ("401", .unauthorized), ("402", .quotaExhausted), ("404", .notFound),
    ("413", .tooLong), ("422", .refused), ("501", .refused),
  ])
  func `is not worth it after an error in a stream that stays`(
    _ word: String, _ kind: StreamFailure.Kind
  ) throws {
    // A number is a status where it stands as one or as a code; as a type it says nothing.
    for member in Int(word) == nil ? ["type", "code"] : ["code", "status", "status_code"] {
      let failure = try inStream(#"{"error":{"message":"no","\#(member)":"\#(word)"}}"#)
      #expect(failure.kind == kind)
      #expect(failure.remedy == .never)
    }
  }

  @Test func `after an error in a stream goes by the code before the type`() throws {
    let error = #"{"error":{"code":"rate_limit_exceeded","type":"invalid_request_error"}}"#
    #expect(try inStream(error).remedy == .retry)
  }

  @Test func `is worth it once after a reply that broke off or fell silent`() throws {
    let broke = [.ended(nil), TransferEvent.ended(TransferFailure(.connectionLost))]
    for end in broke {
      let failure = try failure("openai", head(), end)
      #expect(failure.kind == .truncated)
      #expect(failure.remedy == .retryOnce)
    }
    let wording = FailureWording(endpoint: try endpoint("openai", key: ownKey), model: "gpt-x")
    for stalled in [wording.silentInReply(milliseconds: 90_000), wording.lostAfterSleep] {
      #expect(stalled.kind == .stalled)
      #expect(stalled.remedy == .retryOnce)
    }
  }

  @Test func `is not worth it after what would come again`() throws {
    #expect(try failure("openai", head(), bytes("data: [DONE]\n\n")).remedy == .never)
    #expect(try failure("openai", head(204, nil)).remedy == .never)
    #expect(try failure("openai", head(), bytes("data: oops\n\n")).remedy == .never)
    #expect(try failure("ollama", head()).remedy == .never)
    let gzip = [HTTPHeader("Content-Encoding", "gzip")]
    #expect(try failure("openai", head(200, nil, gzip)).remedy == .never)
    var endless = OneStream(
      try endpoint("openai", key: ownKey), limits: StreamLimits(bodyBytes: 10))
    let output = endless.feed(head(), bytes(": and on and on\n"))
    #expect(output.failure?.kind == .truncated)
    #expect(output.failure?.remedy == .never)
  }

  private func inStream(_ error: String) throws -> StreamFailure {
    let chat = try failure("openai", head(), bytes("data: \(error)\n\n"))
    let lines = try failure(
      "ollama", model: "ollama/gpt-x", head(200, "application/x-ndjson"), bytes(error + "\n"))
    let page = try failure("openai", head(200, "application/json"), bytes(error), .ended(nil))
    #expect(chat.kind == lines.kind && chat.remedy == lines.remedy)
    #expect(chat == page)
    return chat
  }
}

// Anthropic's Messages where they are not as documented: errors in the middle, streams that are mixed up,
// blocks out of order, ends that are missing.

import Chat
import Testing
import Wire

@testable import Providers

private func event(_ type: String, _ members: String = "") -> String {
  "event: \(type)\ndata: {\"type\":\"\(type)\"\(members.isEmpty ? "" : ",")\(members)}\n\n"
}

private func begin(_ id: String = "msg_1") -> String {
  event("message_start", #""message":{"id":"\#(id)","model":"m","usage":{"output_tokens":1}}"#)
}

private func blockStart(_ index: Int, _ type: String = "text") -> String {
  event("content_block_start", #""index":\#(index),"content_block":{"type":"\#(type)"}"#)
}

private func text(_ text: String, at index: Int = 0) -> String {
  event(
    "content_block_delta",
    #""index":\#(index),"delta":{"type":"text_delta","text":"\#(text)"}"#)
}

private func thinking(_ text: String, at index: Int) -> String {
  event(
    "content_block_delta",
    #""index":\#(index),"delta":{"type":"thinking_delta","thinking":"\#(text)"}"#)
}

private func blockStop(_ index: Int) -> String {
  event("content_block_stop", #""index":\#(index)"#)
}

private let finish = event("message_delta", #""delta":{"stop_reason":"end_turn"}"#)
private let stop = event("message_stop")

private func told(_ body: String) throws -> [StreamEvent] {
  events(
    of: Array(body.utf8), contentType: "text/event-stream",
    endpoint: try endpoint("anthropic", key: "k-anthropic"))
}

struct `An error in a stream of Anthropic's` {
  private let overloaded =
    event(
      "error",
      #""error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_7""#)

  @Test func `T24 before any word may be followed by another try, and bears the request's name`()
    throws
  {
    let failure = try #require(try told(begin() + overloaded).failure)
    #expect(failure.kind == .serverFailed)
    #expect(failure.remedy == .retry)
    #expect(failure.requestID == "req_7")
    #expect(failure.message == "Anthropic (api.anthropic.com:443) failed (Overloaded).")
  }

  @Test func `T24 after some words fails the reply and keeps them`() throws {
    let events = try told(begin() + text("Hel") + overloaded + text("lo") + finish + stop)
    #expect(events.joinedText == "Hel")
    #expect(events.endCount == 1)
    #expect(events.failure?.kind == .serverFailed)
  }

  @Test(arguments: [
    ("rate_limit_error", StreamFailure.Kind.rateLimited), ("api_error", .serverFailed),
    ("timeout_error", .serverFailed), ("overloaded_error", .serverFailed),
    ("billing_error", .quotaExhausted), ("authentication_error", .unauthorized),
    ("permission_error", .unauthorized), ("not_found_error", .notFound),
    ("request_too_large", .tooLong), ("invalid_request_error", .refused),
  ])
  func `is of the kind that its type says`(_ type: String, _ kind: StreamFailure.Kind) throws {
    let error = event("error", #""error":{"type":"\#(type)","message":"No."}"#)
    #expect(try told(begin() + error).failure?.kind == kind)
  }

  @Test(arguments: [
    "event: error\ndata: {\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}",
    "data: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}",
    "event: error\ndata: {\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}",
    "event: error\ndata: Overloaded",
    "data: {\"type\":\"wisdom\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}",
    "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}",
  ])
  func `is one by its name, by its type and by what it holds, also where the stream ends in it`(
    _ error: String
  ) throws {
    for end in ["\n\n", "\n", ""] where !(end != "\n\n" && error.contains("wisdom")) {
      let events = try told(begin() + text("Hel") + error + end)
      #expect(events.joinedText == "Hel")
      #expect(
        events.failure?.message == "Anthropic (api.anthropic.com:443) failed (Overloaded).")
    }
  }

  @Test func `bears the name of the request that the header says, if one does`() throws {
    var stream = OneStream(try endpoint("anthropic", key: "k"))
    let output = stream.feed(
      head(200, "text/event-stream", [HTTPHeader("request-id", "req_head")]), bytes(overloaded))
    #expect(output.failure?.requestID == "req_head")
  }
}

struct `A response of Anthropic's that is an error` {
  @Test func `says that the money is spent, though its status is that of a bad request`() throws {
    let failure = try refused(
      400,
      #"{"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is "#
        + #"too low to access the Anthropic API."},"request_id":"req_8"}"#, provider: "anthropic",
      model: "anthropic/m")
    #expect(failure.kind == .quotaExhausted)
    #expect(failure.remedy == .never)
    #expect(failure.requestID == "req_8")
  }

  @Test func `names both variables that may hold the key`() throws {
    let failure = try refused(
      401,
      #"{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}}"#,
      provider: "anthropic", model: "anthropic/m")
    #expect(
      failure.message == "Anthropic (api.anthropic.com:443) does not accept the key (401: invalid "
        + "x-api-key). Check ANTHROPIC_API_KEY or ANTHROPIC_AUTH_TOKEN.")
  }
}

struct `A stream of Anthropic's` {
  @Test func `T39 that begins the same message twice goes on`() throws {
    let events = try told(begin() + text("a") + begin() + text("b") + finish + stop)
    #expect(events.joinedText == "ab")
    #expect(events.stopReason == .stop)
    #expect(events.count { if case .started = $0 { true } else { false } } == 1)
  }

  @Test func `T39 that begins another message in the middle of this one has failed`() throws {
    let events = try told(begin() + text("a") + begin("msg_2") + text("b") + finish + stop)
    #expect(events.joinedText == "a")
    #expect(events.endCount == 1)
    let failure = try #require(events.failure)
    #expect(failure.kind == .notUnderstood)
    #expect(failure.remedy == .retryOnce)
    #expect(
      failure.message == "Anthropic (api.anthropic.com:443) began another reply in the middle of "
        + "this one; reading stopped. Check what stands between.")
  }

  @Test func `T39 that begins another message behind the finish of this one is whole`() throws {
    let events = try told(begin() + text("a") + finish + begin("msg_2") + text("b"))
    #expect(events.joinedText == "a")
    #expect(events.stopReason == .stop)
  }

  @Test func `T40 with deltas of two texts mixed tells them in the order of their blocks`() throws {
    let events = try told(
      begin() + blockStart(0) + blockStart(1) + text("c", at: 1) + text("a") + text("d", at: 1)
        + blockStop(1) + text("b") + blockStop(0) + text("e", at: 2) + finish + stop)
    #expect(events.joinedText == "abcde")
    #expect(events.stopReason == .stop)
  }

  @Test func `T40 that never closes a block loses nothing of the next`() throws {
    let open = begin() + blockStart(0) + text("a") + blockStart(1) + text("b", at: 1)
    #expect(try told(open + finish + stop).joinedText == "ab")
    #expect(try told(open + stop).joinedText == "ab")
    #expect(try told(open).joinedText == "ab")
    #expect(try told(open + event("error")).joinedText == "ab")
  }

  @Test func `T40 that never closes its thinking does not hold up its text`() throws {
    var stream = OneStream(try endpoint("anthropic", key: "k"))
    let output = stream.feed(
      head(),
      bytes(begin() + blockStart(0, "thinking") + thinking("Hm", at: 0) + blockStart(1)),
      bytes(text("a", at: 1)))
    #expect(output.streamEvents.joinedThinking == "Hm")
    #expect(output.text == "a")
  }

  @Test func `T40 with a block that was never begun, or ends twice, is read all the same`() throws {
    let events = try told(
      begin() + text("a", at: 7) + blockStop(7) + blockStop(7) + blockStop(1_000_000)
        + thinking("Hm", at: 9) + finish + stop)
    #expect(events.joinedText == "a")
    #expect(events.joinedThinking == "Hm")
    #expect(events.stopReason == .stop)
  }

  @Test func `takes a tool's pieces and not what its beginning held beside them`() throws {
    let start = event(
      "content_block_start",
      #""index":0,"content_block":{"type":"tool_use","name":"find","input":{"a":1}}"#)
    let piece = event(
      "content_block_delta",
      #""index":0,"delta":{"type":"input_json_delta","partial_json":"{\"a\":2}"}"#)
    #expect(
      try told(begin() + start + piece + finish + stop).toolCalls == [ToolCall("find", #"{"a":2}"#)]
    )
    #expect(
      try told(begin() + start + finish + stop).toolCalls == [ToolCall("find", #"{"a":1}"#)])
  }

  @Test func `T38 hears nothing behind its last word`() throws {
    let late = text("late") + finish + stop + event("error", #""error":{"message":"late"}"#)
    let events = try told(begin() + text("a") + finish + stop + late)
    #expect(events.joinedText == "a")
    #expect(events.endCount == 1)
    #expect(events.stopReason == .stop)
  }

  @Test func `is complete without its last word and truncated without its reason`() throws {
    #expect(try told(begin() + text("a") + finish).stopReason == .stop)
    #expect(try told(begin() + text("a") + blockStop(0)).failure?.kind == .truncated)
    #expect(
      try told(begin() + text("a") + "event: message_stop\ndata: {\"ty").failure?.kind == .truncated
    )
  }

  @Test func `with a last word and no reason is complete if it said anything`() throws {
    for last in [stop, "data: [DONE]\n\n", "event: message_stop\ndata: {}"] {
      #expect(try told(begin() + text("a") + last).stopReason == .stop)
      #expect(try told(begin() + last).failure?.kind == .empty)
    }
  }

  @Test func `goes by the type where the name says something else`() throws {
    let odd = "event: ping\ndata: {\"type\":\"content_block_delta\",\"delta\":{\"text\":\"a\"}}\n\n"
    #expect(try told(begin() + odd + finish + stop).joinedText == "a")
  }

  @Test func `in the language of another provider is told as such`() throws {
    let chat = #"data: {"model":"m","choices":[{"delta":{"content":"Hel"}}]}"# + "\n\n"
    #expect(
      try told(chat).failure?.message
        == "Anthropic (api.anthropic.com:443) speaks another language than Anthropic's. "
        + "For an OpenAI-compatible server set OPENAI_BASE_URL and use /model openai/NAME.")
    #expect(try told("data: hello\n\n").failure?.kind == .notUnderstood)
  }
}

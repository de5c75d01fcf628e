// The Responses wire where it is not as its documentation has it: errors of every shape, frames without
// deltas, names that nobody knows.

import Chat
import Testing
import Wire

@testable import Providers

private func event(_ type: String, _ members: String = #""sequence_number":1"#) -> String {
  "event: \(type)\n" + #"data: {"type":"\#(type)",\#(members)}"# + "\n\n"
}

private func text(_ delta: String, output: Int = 0) -> String {
  event("response.output_text.delta", #""output_index":\#(output),"delta":"\#(delta)""#)
}

private let created = event("response.created", #""response":{"id":"resp_1","model":"m"}"#)
private let completed = event("response.completed", #""response":{"id":"resp_1","model":"m"}"#)
private let failed = event(
  "response.failed",
  #""response":{"status":"failed","error":{"code":"server_error","message":"boom"}}"#)
private let flat = event(
  "error", #""code":"server_error","message":"boom","param":null,"sequence_number":2"#)
private let nested = event(
  "error", #""error":{"type":"server_error","code":"server_error","message":"boom","param":null}"#)

/// All events of a body that comes whole, up to and with the end of its transfer.
private func told(_ body: String, type: String = "text/event-stream") throws -> [StreamEvent] {
  events(
    of: Array(body.utf8), contentType: type,
    endpoint: try endpoint("openai-responses", key: "k-responses"))
}

private let server = "OpenAI Responses (api.openai.com:443)"

struct `An error on the Responses wire` {
  @Test(arguments: [flat, nested, failed, flat + failed, nested + failed, failed + flat])
  func `T26 is told once, whichever event says it, and keeps what came`(_ error: String) throws {
    let events = try told(created + text("Hel") + text("lo") + error + text("!") + completed)
    #expect(
      events.dropLast() == [
        .started(model: "m", requestID: "resp_1"), .text("Hel"), .text("lo"),
      ])
    #expect(events.failure?.kind == .serverFailed)
    #expect(events.failure?.message == "\(server) failed (boom).")
  }

  @Test func `T24 as its first event may be followed by another try`() throws {
    let events = try told(flat)
    #expect(events.count == 1)
    #expect(events.failure?.remedy == .retry)
  }

  @Test(arguments: [
    event(
      "error",
      #""error":{"type":"insufficient_quota","code":"insufficient_quota","message":"No more."}"#),
    event("error", #""code":"insufficient_quota","message":"No more.""#),
    event(
      "response.failed",
      #""response":{"error":{"code":"insufficient_quota","message":"No more."}}"#),
  ])
  func `that is about money comes with the status 200 and is no reason for another try`(
    _ error: String
  ) throws {
    let failure = try #require(try told(created + error).failure)
    #expect(failure.kind == .quotaExhausted)
    #expect(failure.remedy == .never)
    #expect(failure.message.hasPrefix("\(server) has no quota left for this key (No more)."))
  }

  @Test(arguments: [
    ("rate_limit_exceeded", StreamFailure.Kind.rateLimited), ("invalid_prompt", .refused),
    ("image_parse_error", .refused), ("empty_image_file", .refused),
    ("context_length_exceeded", .tooLong), ("vector_store_timeout", .serverFailed),
  ])
  func `is of the kind that its code says`(_ code: String, _ kind: StreamFailure.Kind) throws {
    let error = event("response.failed", #""response":{"error":{"code":"\#(code)"}}"#)
    #expect(try told(created + error).failure?.kind == kind)
  }

  @Test func `without a word of why is one`() throws {
    for error in ["response.failed", "error"].map({ event($0) }) {
      let events = try told(created + text("a") + error + completed)
      #expect(events.joinedText == "a")
      #expect(events.failure?.kind == .serverFailed)
    }
  }

  @Test(arguments: [
    // A gateway's own, without a type; with the error's; an array; between the events; cut off its end.
    #"data: {"error":{"message":"boom"}}"# + "\n\n",
    #"data: {"type":"server_error","error":{"message":"boom"}}"# + "\n\n",
    #"data: [{"error":{"message":"boom"}}]"# + "\n\n",
    #"error: {"error":{"message":"boom"}}"# + "\n\n",
    "event: error\ndata: boom\n\n", "event: error\ndata: boom", #"data: {"error":"boom"}"# + "\n\n",
    #"data: {"type":"error","message":"boom"}"#, #"{"error":{"message":"boom"}}"#,
    event("response.completed", #""response":{"error":{"message":"boom"}}"#),
    event("response.in_progress", #""response":{"error":{"message":"boom"}}"#),
  ])
  func `is found wherever it stands`(_ error: String) throws {
    let events = try told(created + text("a") + error)
    #expect(events.joinedText == "a")
    #expect(events.failure?.message == "\(server) failed (boom).")
  }

  @Test func `of a reply that comes only as a whole keeps its text and its usage`() throws {
    let error = event(
      "response.failed",
      #""response":{"id":"r","model":"m","error":{"message":"boom"},"usage":{"input_tokens":3},"#
        + #""output":[{"type":"message","content":[{"type":"output_text","text":"Hel"}]}]}"#)
    let events = try told(error)
    #expect(
      events.dropLast() == [
        .started(model: "m", requestID: "r"), .usage(Usage(inputTokens: 3)), .text("Hel"),
      ])
    #expect(events.failure?.message == "\(server) failed (boom).")
  }
}

struct `The Responses wire` {
  @Test func `T41 makes one message of events whose ids are never the same`() throws {
    var body = ""
    for (number, word) in ["a", "b", "c"].enumerated() {
      let ids = #""item_id":"i\#(number)","response_id":"r\#(number)""#
      body += event("response.in_progress", #""response":{"id":"r\#(number)","model":"m"}"#)
      body += event(
        "response.output_text.delta",
        #""output_index":0,"content_index":0,\#(ids),"delta":"\#(word)""#)
    }
    let last = event(
      "response.completed",
      #""response":{"id":"r9","output":[{"id":"i9","type":"message","#
        + #""content":[{"type":"output_text","text":"abc"}]}]}"#)
    #expect(
      try told(body + last) == [
        .started(model: "m", requestID: "r0"), .text("a"), .text("b"), .text("c"),
        .finished(.stop), .completed(.stop),
      ])
  }

  @Test func `S28 is truncated without one of its last words, whatever gateways add`() throws {
    let done = event("response.output_text.done", #""text":"Hel""#)
    let events = try told(created + text("Hel") + done + "data: [DONE]\n\n")
    #expect(events.joinedText == "Hel")
    #expect(events.failure?.kind == .truncated)
  }

  @Test func `S25 ends with its last word although the server keeps the socket open`() throws {
    var stream = OneStream(try endpoint("openai-responses", key: "k"))
    let output = stream.feed(head(), bytes(created + text("a") + completed))
    #expect(output.streamEvents.last == .completed(.stop))
    #expect(output.effects == [.close(OneStream.transfer)])
    #expect(stream.feed(bytes(text("late"))) == RegistryOutput())
  }

  @Test func `believes the type in the JSON before the name of the event`() throws {
    let delta = #"data: {"type":"response.output_text.delta","delta":"a"}"# + "\n\n"
    let error = #"data: {"type":"error","message":"boom"}"# + "\n\n"
    let events = try told("event: error\n" + delta + "event: response.completed\n" + error)
    #expect(events.joinedText == "a")
    #expect(events.failure?.message == "\(server) failed (boom).")
  }

  @Test func `is incomplete for a reason that nobody knows, or for none`() throws {
    let odd = event("response.incomplete", #""response":{"incomplete_details":{"reason":"tired"}}"#)
    #expect(try told(text("a") + odd).stopReason == .other("tired"))
    #expect(try told(text("a") + event("response.incomplete")).stopReason == .other("incomplete"))
  }

  @Test func `is empty where it completes without a word`() throws {
    #expect(try told(created + completed).failure?.kind == .empty)
  }

  @Test func `does not say again what came in pieces`() throws {
    let whole = event(
      "response.completed",
      #""response":{"output":[{"type":"reasoning","summary":[{"text":"late thought"}]},"#
        + #"{"type":"message","content":[{"text":"a"}]}]}"#)
    #expect(
      try told(text("a") + whole) == [
        .started(model: nil), .text("a"), .finished(.stop), .completed(.stop),
      ])
  }

  @Test func `begins thinking that follows a word without a blank line`() throws {
    func thought(_ text: String, _ output: Int) -> String {
      event(
        "response.reasoning_text.delta", #""output_index":\#(output),"delta":"\#(text)""#)
    }
    let events = try told(
      thought("A", 0) + thought("B", 1) + text("a", output: 2) + thought("C", 3) + completed)
    #expect(
      events.prefix(5) == [
        .started(model: nil), .thinking("A"), .thinking("\n\nB"), .text("a"), .thinking("C"),
      ])
  }

  @Test func `is another dialect where nothing of it is its own`() throws {
    let chat = #"data: {"model":"m","choices":[{"delta":{"content":"a"}}]}"# + "\n\n"
    let failure = try #require(try told(chat + chat).failure)
    #expect(failure.kind == .notUnderstood)
    #expect(failure.message.contains("/model openai/NAME"))
    #expect(try told("<!doctype html>\n<title>Hi</title>\n").failure?.kind == .notUnderstood)
    #expect(try told("data: {\"type\":\n\n").failure?.kind == .notUnderstood)
  }

  @Test func `S14 passes over ten thousand unknown names and remembers none`() {
    func unknown(_ numbers: Range<Int>) -> [UInt8] {
      let events = numbers.map {
        event("response.kind\($0).delta", #""delta":"x","output_index":\#($0),"item_id":"i\#($0)""#)
          + event("response.function_call_arguments.delta", #""output_index":\#($0),"delta":"x""#)
          + event(
            "response.output_item.added", #""output_index":\#($0),"item":{"type":"kind\#($0)"}"#)
      }
      return Array(events.joined().utf8)
    }
    func extent(of value: Any) -> Int {
      var text = ""
      dump(value, to: &text)
      return text.utf8.count
    }
    var decoder = OpenAIResponsesDecoder()
    var events = decoder.receive(Array((created + text("a")).utf8))
    events += decoder.receive(unknown(10_000..<12_000))
    let extentBefore = extent(of: decoder)
    events += decoder.receive(unknown(20_000..<28_000))
    #expect(extent(of: decoder) == extentBefore)
    events += decoder.receive(Array((text("b") + completed).utf8))
    #expect(
      events == [
        .started(model: "m", requestID: "resp_1"), .text("a"), .text("b"), .finished(.stop),
      ])
  }

  @Test func `tells only so many calls, each once and with its arguments once`() throws {
    var body = ""
    for number in 0..<1_000 {
      let item = #"{"type":"function_call","name":"t\#(number)","arguments":"[]"}"#
      body += event("response.output_item.added", #""output_index":\#(number),"item":\#(item)"#)
      body += event(
        "response.function_call_arguments.delta", #""output_index":\#(number),"delta":"[]""#)
      body += event("response.output_item.done", #""output_index":\#(number),"item":\#(item)"#)
    }
    let calls = try told(body + completed).toolCalls
    #expect(calls == (0..<ReplyRecord.toolCallLimit).map { ToolCall("t\($0)", "[]") })
  }
}

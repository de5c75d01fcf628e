// Streams that are not as their documentation has them: errors where nobody looks for them, ends that
// are missing or come twice, and names that nobody knows.

import Chat
import Testing
import Wire

@testable import Providers

private func chunk(_ text: String) -> String {
  #"data: {"model":"m","choices":[{"index":0,"delta":{"content":"\#(text)"}}]}"# + "\n\n"
}

private let chunkEnd =
  #"data: {"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"# + "\n\n"
private let done = "data: [DONE]\n\n"

private func line(_ text: String) -> String {
  #"{"model":"m","message":{"role":"assistant","content":"\#(text)"},"done":false}"# + "\n"
}

private let lineEnd =
  #"{"model":"m","message":{"content":""},"done":true,"done_reason":"stop"}"# + "\n"

/// All events of a body that comes whole, up to and with the end of its transfer.
private func told(_ body: String, by provider: String = "openai") throws -> [StreamEvent] {
  let endpoint = try endpoint(provider, key: "k-odd-streams")
  let type = provider == "ollama" ? "application/x-ndjson" : "text/event-stream"
  return events(of: Array(body.utf8), contentType: type, endpoint: endpoint)
}

struct `An error in a stream` {
  private let overloaded =
    #"data: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"# + "\n\n"

  @Test func `T24 as its first event may be followed by another try`() throws {
    let events = try told(overloaded)
    #expect(events.count == 1)
    let failure = try #require(events.failure)
    #expect(failure.kind == .serverFailed)
    #expect(failure.remedy == .retry)
    #expect(failure.message == "OpenAI (api.openai.com:443) failed (Overloaded).")
  }

  @Test(arguments: [
    (#"{"error":true,"message":"Out of memory"}"#, " failed (Out of memory)."),
    (#"{"error":["Out of memory"]}"#, " failed (Out of memory)."),
    (#"{"error":[{"message":"Out of memory"}]}"#, " failed (Out of memory)."),
    (#"{"error":[[]]}"#, " failed."), (#"{"error":503}"#, " failed (503: 503)."),
    (
      #"{"object":"error","message":"Bad","type":"BadRequestError","param":null,"code":400}"#,
      " refused the request (400: Bad)."
    ),
    (#"{"type":"error","message":"Out of memory"}"#, " failed (Out of memory)."),
    (#"{"object":"error"}"#, " failed."),
  ])
  func `in a form of its own is not hidden by the last word behind it`(
    error: String, sentence: String
  ) throws {
    let events = try told(chunk("Hel") + "data: \(error)\n\n" + done)
    #expect(events.joinedText == "Hel")
    #expect(events.failure?.message == "OpenAI (api.openai.com:443)" + sentence)
    #expect(try told(chunk("Hel") + "data: \(error)").failure?.kind == events.failure?.kind)
  }

  @Test(arguments: ["null", "false", "0", #""""#, "[]"])
  func `is none where its member says that there is none`(value: String) throws {
    let odd = #"data: {"error":\#(value),"choices":[{"delta":{"content":"lo"}}]}"# + "\n\n"
    #expect(try told(chunk("Hel") + odd + chunkEnd + done).joinedText == "Hello")
    #expect(try told(chunk("Hel") + odd + chunkEnd + done).stopReason == .stop)
  }

  @Test func `T24 as its third event fails the reply and keeps what came`() throws {
    let events = try told(chunk("Hel") + chunk("lo") + overloaded + chunk("!") + chunkEnd + done)
    #expect(
      events.dropLast() == [.started(model: "m"), .text("Hel"), .text("lo")])
    #expect(events.failure?.kind == .serverFailed)
  }

  @Test func `T25 beside choices is an error, whatever they say`() throws {
    let both =
      #"data: {"id":"gen-1","error":{"code":502,"message":"Upstream broke"},"choices":"#
      + #"[{"index":0,"delta":{"content":"no"},"finish_reason":"stop"}]}"# + "\n\n"
    let events = try told(chunk("Hel") + both + done)
    #expect(events.joinedText == "Hel")
    #expect(events.endCount == 1)
    #expect(
      events.failure?.message == "OpenAI (api.openai.com:443) failed (502: Upstream broke).")
  }

  @Test func `T26 is told once and no last word after it undoes it`() throws {
    let error = #"data: {"error":{"message":"boom","type":"server_error","code":500}}"# + "\n\n"
    let events = try told(chunk("Hel") + error + error + chunkEnd + done)
    #expect(events.count == 3)
    #expect(events.failure?.message == "OpenAI (api.openai.com:443) failed (500: boom).")

    let lines = try told(line("Hel") + #"{"error":"boom"}"# + "\n" + lineEnd, by: "ollama")
    #expect(lines.count == 3)
    #expect(lines.failure?.message == "Ollama (127.0.0.1:11434) failed (boom).")
  }

  @Test(arguments: [
    #"{"error":{"message":"boom","code":503}}"#, #"{"message":"boom","code":503}"#,
    #"{"type":"server_error","message":"503: boom"}"#, #"[{"error":{"message":"503: boom"}}]"#,
    #""503: boom""#, "503: boom",
  ])
  func `is one by the name of its event, whatever its data are`(_ data: String) throws {
    for end in ["\n\n", "\n", ""] {
      let events = try told(chunk("Hel") + "event: error\ndata: \(data)" + end)
      #expect(events.joinedText == "Hel")
      #expect(events.failure?.message == "OpenAI (api.openai.com:443) failed (503: boom).")
    }
  }

  @Test func `tells the words of the provider behind a gateway`() throws {
    let error =
      #"{"error":{"message":"Provider returned error","code":429,"#
      + #""metadata":{"raw":"{\"error\":{\"message\":\"Busy.\"}}","provider_name":"X"}}}"#
    let failure = try #require(try told("data: \(error)\n\n").failure)
    #expect(failure.kind == .rateLimited)
    #expect(
      failure.message
        == "OpenAI (api.openai.com:443) asks to slow down (429: Provider returned error: Busy).")
  }
}

struct `The end of a stream` {
  @Test(arguments: [
    (#"{"city":"Rome"}"#, #"{"city":"Rome"}"#), (#""{\"city\":1}""#, #"{"city":1}"#),
    (#"{"a":1e400}"#, ""),
  ])
  func `is that of a call of a tool, however its arguments are written`(
    written: String, arguments: String
  ) throws {
    let call =
      #"{"message":{"tool_calls":[{"function":{"name":"f","arguments":\#(written)}}]},"done":true}"#
    let events = try told(call + "\n", by: "ollama")
    #expect(events.toolCalls.map(\.name) == ["f"])
    #expect(events.toolCalls.map(\.arguments) == [arguments])
    #expect(events.failure == nil)
  }

  @Test(arguments: ["openai", "ollama"])
  func `S28 S49 without a finish or a last word leaves the reply truncated, its text kept`(
    _ provider: String
  ) throws {
    let body = provider == "ollama" ? line("Hel") + line("lo") : chunk("Hel") + chunk("lo")
    let events = try told(body, by: provider)
    #expect(events.joinedText == "Hello")
    #expect(events.endCount == 1)
    #expect(events.failure?.kind == .truncated)
  }

  @Test func `T27 after an error that Ollama's imitation of OpenAI swallowed is no finish`() throws
  {
    let swallowed =
      #"data: {"id":"chatcmpl-1","object":"chat.completion.chunk","model":"m","choices":"#
      + #"[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}"# + "\n\n"
    let events = try told(chunk("Hel") + swallowed)
    #expect(events.joinedText == "Hel")
    #expect(events.failure?.kind == .truncated)
    #expect(events.failure?.remedy == .retryOnce)
  }

  @Test func `T38 counts once, and nothing after it counts`() throws {
    let late = chunk("late") + chunkEnd + done + done + #"data: {"error":"late"}"# + "\n\n"
    let chat = try told(chunk("a") + chunkEnd + done + late)
    #expect(chat == [.started(model: "m"), .text("a"), .finished(.stop), .completed(.stop)])

    let lines = try told(
      line("a") + lineEnd + lineEnd + line("late") + #"{"error":"late"}"# + "\n", by: "ollama")
    #expect(lines == chat)
  }

  @Test func `T38 counts once also where the rest comes later`() throws {
    var stream = OneStream(try endpoint("openai", key: ownKey))
    #expect(stream.feed(head(), bytes(chunk("a") + chunkEnd + done)).streamEvents.endCount == 1)
    #expect(stream.feed(bytes(chunk("late")), bytes(done), .ended(nil)) == RegistryOutput())
    #expect(stream.registry.droppedEventCount == 3)
  }

  @Test(arguments: [
    line("b"), lineEnd, #"{"model":"m","message":{"content":"b"},"done":true}"# + "\n",
    #"{"model":"m","message":{"thinking":"b"},"done":false}"# + "\n",
    #"{"error":"boom"}"# + "\n", #"{"status":"thinking"}"# + "\n",
  ])
  func `S48 without its line feed is read as with it`(_ last: String) throws {
    let whole = try told(line("a") + last, by: "ollama")
    #expect(try told(line("a") + last.dropLast(), by: "ollama") == whole)
    #expect(whole.joinedText.hasPrefix("a"))
    #expect(whole.endCount == 1)
  }

  @Test func `S34 is strict where the middle is lenient`() throws {
    // What cannot be read says nothing while the reply goes on …
    let odd = [#"{"choices":7}"#, #"{"choices":[{"delta":[1]}]}"#, #"{"choices":[{"index":{}}]}"#]
    let oddities = odd.map { "data: \($0)\n\n" }.joined()
    let whole = try told(chunk("a") + oddities + chunk("b") + chunkEnd)
    #expect(
      whole == [.started(model: "m"), .text("a"), .text("b"), .finished(.stop), .completed(.stop)])
    // … and is no end where one is due.
    let brokenEnd = #"data: {"choices":[{"delta":{},"finish_reason":["stop"]}]}"# + "\n\n"
    #expect(try told(chunk("a") + brokenEnd).failure?.kind == .truncated)
    let brokenLine = #"{"model":"m","message":{"content":""},"done":"yes"}"# + "\n"
    #expect(try told(line("a") + brokenLine, by: "ollama").failure?.kind == .truncated)
  }
}

struct `Names that nobody knows` {
  /// Events, fields and members, each with a name of its own.
  private func unknown(_ numbers: Range<Int>) -> [UInt8] {
    var text = ""
    for number in numbers {
      text += "event: kind\(number)\nfield\(number): x\ndata: {\"type\":\"kind\(number)\","
      text += "\"member\(number)\":{\"deep\(number)\":1}}\n\n"
    }
    return Array(text.utf8)
  }

  /// Everything that a value holds, written out.
  private func extent(of value: Any) -> Int {
    var text = ""
    dump(value, to: &text)
    return text.utf8.count
  }

  @Test func `S14 are passed over, ten thousand of them, and none is remembered`() {
    var decoder = OpenAIChatDecoder()
    var events = decoder.receive(Array(chunk("a").utf8))
    events += decoder.receive(unknown(10_000..<20_000))
    let extentBefore = extent(of: decoder)
    events += decoder.receive(unknown(20_000..<30_000))
    #expect(extent(of: decoder) == extentBefore)
    events += decoder.receive(Array((chunk("b") + chunkEnd + done).utf8))
    #expect(events == [.started(model: "m"), .text("a"), .text("b"), .finished(.stop)])
    #expect(decoder.facts.isTerminal && decoder.facts.finish == .stop)
  }

  @Test func `S14 are passed over in the streams of Anthropic and Gemini, too`() {
    var anthropic = AnthropicDecoder()
    var gemini = GeminiDecoder()
    _ = anthropic.receive(unknown(10_000..<20_000))
    _ = gemini.receive(unknown(10_000..<20_000))
    let extents = (extent(of: anthropic), extent(of: gemini))
    _ = anthropic.receive(unknown(20_000..<30_000))
    _ = gemini.receive(unknown(20_000..<30_000))
    #expect((extent(of: anthropic), extent(of: gemini)) == extents)
    let start = #"data: {"type":"content_block_start","content_block":{"type":"text","text":"a"}}"#
    let reply = #"data: {"candidates":[{"content":{"parts":[{"text":"a"}]}}]}"#
    #expect(anthropic.receive(Array((start + "\n\n").utf8)).joinedText == "a")
    #expect(gemini.receive(Array((reply + "\n\n").utf8)).joinedText == "a")
  }

  @Test func `S14 are passed over in lines, too`() {
    var decoder = OllamaDecoder()
    func unknown(_ numbers: Range<Int>) -> [UInt8] {
      Array(numbers.map { #"{"type":"kind\#($0)","member\#($0)":[]}"# + "\n" }.joined().utf8)
    }
    var events = decoder.receive(Array(line("a").utf8))
    events += decoder.receive(unknown(10_000..<20_000))
    let extentBefore = extent(of: decoder)
    events += decoder.receive(unknown(20_000..<30_000))
    #expect(extent(of: decoder) == extentBefore)
    events += decoder.receive(Array((line("b") + lineEnd).utf8))
    #expect(events == [.started(model: "m"), .text("a"), .text("b"), .finished(.stop)])
    #expect(decoder.facts.isTerminal)
  }

  @Test func `S14 are told as tools only so often`() throws {
    var body = ""
    for number in 0..<1_000 {
      let call = #"{"index":\#(number),"id":"c\#(number)","function":{"name":"tool\#(number)"}}"#
      body += #"data: {"choices":[{"delta":{"tool_calls":[\#(call)]}}]}"# + "\n\n"
    }
    #expect(try told(body + chunkEnd).toolCalls.map(\.name).count == ReplyRecord.toolCallLimit)
  }
}

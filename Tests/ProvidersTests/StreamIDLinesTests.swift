// Lines that bear the id of their stream: whose they are, how they end, and what is sent for them.

import Chat
import Testing
import Wire

@testable import Providers

private func line(_ type: String, _ members: String = "", stream: String? = "s-1") -> String {
  let id = stream.map { #","stream_id":"\#($0)","trace_id":"t-1""# } ?? ""
  return #"{"type":"\#(type)"\#(id)\#(members)}"# + "\n"
}

private func token(_ text: String, stream: String? = "s-1") -> String {
  line("token", #","text":"\#(text)""#, stream: stream)
}

private let done = line("done")

private func told(_ body: String) throws -> [StreamEvent] {
  events(
    of: Array(body.utf8), contentType: "application/x-ndjson", endpoint: try endpoint("ndjson"))
}

private let whole = [
  StreamEvent.started(model: nil, requestID: "t-1"), .text("a"), .text("b"), .finished(.stop),
  .completed(.stop),
]

private let server = "Stream-id NDJSON (127.0.0.1:8765)"

struct `Lines with the id of their stream` {
  @Test(arguments: [
    token("late", stream: "s-2"), line("done", stream: "s-2"), line("status", stream: "s-2"),
    line("error", #","error":"not ours""#, stream: "s-2"),
  ])
  func `S46 of another stream are passed over, and the stream goes on`(_ foreign: String) throws {
    #expect(try told(token("a") + foreign + token("b") + done + foreign) == whole)
  }

  @Test func `S47 get their id from the first that bears one`() throws {
    let events = try told(
      token("a", stream: nil) + line("status", stream: "s-2") + token("no") + done
        + token("b", stream: nil) + line("done", stream: "s-2"))
    #expect(events.joinedText == "ab")
    #expect(events.stopReason == .stop)
  }

  @Test(arguments: [
    token("b"), done, line("error", #","error":"boom""#), line("status", #","status":"complete""#),
    token("no", stream: "s-2"),
  ])
  func `S48 without their line feed at the end are read as with it`(_ last: String) throws {
    let events = try told(token("a") + last)
    #expect(try told(token("a") + last.dropLast()) == events)
    #expect(events.joinedText.hasPrefix("a"))
    #expect(events.endCount == 1)
  }

  @Test(arguments: ["", line("status", #","status":"complete""#), line("done", stream: "s-2")])
  func `S28 that end without a last word of their own are truncated`(_ last: String) throws {
    let events = try told(token("a") + last)
    #expect(events.joinedText == "a")
    #expect(events.failure?.kind == .truncated)
  }

  @Test(arguments: [
    line("error", #","error":"boom""#), line("error", #","error":{"message":"boom"}"#),
    line("error", #","message":"boom""#), line("error", #","error":"boom""#, stream: nil),
    #"{"error":"boom"}"# + "\n",
  ])
  func `T26 that tell an error end the reply once, and what came is kept`(_ error: String) throws {
    let events = try told(token("a") + error + error + token("b") + done)
    #expect(events.dropLast() == [.started(model: nil, requestID: "t-1"), .text("a")])
    #expect(events.failure?.message == "\(server) failed (boom).")
    #expect(events.endCount == 1)
  }

  @Test func `say nothing with an error that says nothing, and are an error all the same`() throws {
    let failure = try #require(try told(token("a") + line("error")).failure)
    #expect(failure.message == "\(server) failed.")
  }

  @Test func `T38 count up to their last word`() throws {
    let late = token("late") + done + line("error", #","error":"late""#)
    #expect(try told(token("a") + token("b") + done + late) == whole)
  }

  @Test func `are empty where nothing came before the last word`() throws {
    #expect(try told(line("status") + done).failure?.kind == .empty)
  }

  @Test func `are another dialect where none of them is of a kind that is known`() throws {
    let ollama = #"{"model":"m","message":{"content":"a"},"done":true}"# + "\n"
    #expect(try told(ollama).failure?.kind == .notUnderstood)
    #expect(try told("data: {\"type\":\"token\"}\n\n").failure?.kind == .notUnderstood)
    #expect(try told("<html>\n").failure?.kind == .notUnderstood)
  }

  @Test func `S14 of ten thousand unknown kinds and ids leave nothing behind`() {
    func unknown(_ numbers: Range<Int>) -> [UInt8] {
      Array(
        numbers.map {
          line("kind\($0)", #","member\#($0)":[]"#) + token("no", stream: "s-\($0)")
        }.joined().utf8)
    }
    func extent(of value: Any) -> Int {
      var text = ""
      dump(value, to: &text)
      return text.utf8.count
    }
    var decoder = StreamIDLinesDecoder()
    var events = decoder.receive(Array(token("a").utf8))
    events += decoder.receive(unknown(10_000..<12_000))
    let extentBefore = extent(of: decoder)
    events += decoder.receive(unknown(20_000..<28_000))
    #expect(extent(of: decoder) == extentBefore)
    events += decoder.receive(Array((token("b") + done).utf8))
    #expect(events == whole.dropLast())
  }
}

struct `A last line with an error` {
  @Test func `is the error`() throws {
    let events = try told(token("Hel") + line("done", #","error":"boom""#))
    #expect(events.joinedText == "Hel")
    #expect(events.failure?.message.hasSuffix(" failed (boom).") == true)
  }
}

struct `Requests for lines with ids` {
  private let row = ProviderTable.standard["ndjson"]

  @Test func `go to the address and with the key of the environment`() throws {
    let endpoint = try #require(row).endpoint(
      environment: ["PATTER_NDJSON_URL": "https://box.test/v2/", "PATTER_NDJSON_KEY": "secret-1"])
    let request = try endpoint.chatRequest(outgoing(), userAgent: agent)
    #expect(request.url == "https://box.test/v2/chat")
    #expect(request.headers.contains(HTTPHeader("Accept", "application/x-ndjson")))
    #expect(
      request.headers.contains(HTTPHeader("Authorization", "Bearer secret-1", isSecret: true)))
    #expect(endpoint.modelsRequest(userAgent: agent).url == "https://box.test/v2/models")
    let list = Array(#"{"data":[{"id":"a"}]}"#.utf8)
    #expect(StreamIDLines.models(from: list)?.models.map(\.name) == ["a"])
  }

  @Test func `hold the talk and what is asked of the reply`() throws {
    var asked = outgoing("ndjson/m", "Hi")
    asked.systemPrompt = "Be brief."
    asked.options = ReplyOptions(
      maxTokens: 100, temperature: 0.5, topP: 0.25, stop: ["END"], seed: 7, effort: .low)
    let request = try endpoint("ndjson").chatRequest(asked, userAgent: agent)
    #expect(
      String(decoding: request.body, as: UTF8.self)
        == #"{"max_tokens":100,"messages":[{"content":"Be brief.","role":"system"},"#
        + #"{"content":"Hi","role":"user"}],"model":"m","reasoning_effort":"low","seed":7,"#
        + #""stop":["END"],"stream":true,"temperature":0.5,"top_p":0.25}"#)
  }

  @Test func `are not made for a picture`() throws {
    var asked = outgoing("ndjson/m")
    asked.messages[0].parts.append(Part(.image(mediaType: "image/png"), data: [1]))
    #expect {
      try endpoint("ndjson").chatRequest(asked, userAgent: agent)
    } throws: { error in
      (error as? StreamFailure)?.message
        == "Stream-id NDJSON cannot be given a picture of the type image/png; nothing was sent. "
        + "It takes text."
    }
  }
}

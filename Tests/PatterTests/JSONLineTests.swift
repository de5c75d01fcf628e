// The lines of `--json`, as a script reads them.

import Chat
import Testing

@testable import Patter

struct JSONLineTests {
  private static let model = ModelID(provider: "openai", name: "test")
  private static let usage = Usage(
    inputTokens: 1, outputTokens: 2, reasoningTokens: 3, cachedTokens: 4)
  private static let failure = StreamFailure(
    .rateLimited, "Too many requests.", requestID: "req_1", retryAfterMilliseconds: 1500)

  /// Every event with all that can be known of it, and its line.
  private static let lines: [(PrintedEvent, String)] = [
    (
      .started(.init(model: model, answeringModel: "test-2", requestID: "req_1", attempt: 2)),
      #"{"event":"started","model":"openai/test","answering_model":"test-2","request_id":"req_1","#
        + #""attempt":2}"#
    ),
    (.text("Hel", part: 0), #"{"event":"delta","text":"Hel"}"#),
    (.thinking("Hm"), #"{"event":"reasoning","text":"Hm"}"#),
    (.refusal("No.", part: 0), #"{"event":"refusal","text":"No."}"#),
    (
      .toolCall(id: "call 1", name: "look"),
      #"{"event":"tool_call","id":"call 1","name":"look"}"#
    ),
    (
      .toolArguments("{\"a\":", id: "call 1"),
      #"{"event":"tool_arguments","id":"call 1","delta":"{\"a\":"}"#
    ),
    (.usage(usage), #"{"event":"usage","input":1,"output":2,"reasoning":3,"cached":4}"#),
    (
      .retry(.init(attempt: 2, afterMilliseconds: 1500, model: model, failure: failure)),
      #"{"event":"retry","attempt":2,"after_milliseconds":1500,"model":"openai/test","#
        + #""kind":"rate_limited","error":"Too many requests."}"#
    ),
    (
      .finished(
        .init(
          reason: .contentFilter, model: model, usage: usage, firstTokenMilliseconds: 12,
          totalMilliseconds: 345)),
      #"{"event":"finished","stop_reason":"content_filter","model":"openai/test","#
        + #""usage":{"input":1,"output":2,"reasoning":3,"cached":4},"#
        + #""first_token_milliseconds":12,"total_milliseconds":345}"#
    ),
    (
      .failed(.stream(failure)),
      #"{"event":"failed","kind":"rate_limited","message":"Too many requests.","#
        + #""request_id":"req_1","retry_after_milliseconds":1500}"#
    ),
  ]

  @Test(arguments: lines.indices)
  func `tells all that is known of an event`(index: Int) {
    let (event, line) = Self.lines[index]
    #expect(JSONLine(event).text == line + "\n")
  }

  @Test(arguments: zip(JSONLine.Name.allCases, lines.indices))
  func `has the members of its row in their order`(name: JSONLine.Name, index: Int) throws {
    let line = Self.lines[index].1
    #expect(line.hasPrefix(#"{"event":"\#(name.rawValue)""#))
    var rest = line[...]
    for member in name.members {
      let place = try #require(rest.firstRange(of: #","\#(member)":"#), "\(member) in \(line)")
      rest = rest[place.upperBound...]
    }
    // Of a usage the members stand inside.
    let inner = name == .finished ? 3 : 0
    #expect(line.ranges(of: #","#).count >= name.members.count + inner)
  }

  @Test func `there is a line for each row`() {
    #expect(Self.lines.count == JSONLine.Name.allCases.count)
  }

  @Test func `leaves out what nobody knows`() {
    #expect(
      JSONLine(.started(.init(model: Self.model, attempt: 1))).text
        == #"{"event":"started","model":"openai/test","attempt":1}"# + "\n")
    #expect(JSONLine(.usage(Usage())).text == #"{"event":"usage"}"# + "\n")
    #expect(
      JSONLine(.failed(.timeout("Over."))).text
        == #"{"event":"failed","kind":"timeout","message":"Over."}"# + "\n")
    #expect(
      JSONLine(.failed(.noModel("Nobody."))).text
        == #"{"event":"failed","kind":"no_model","message":"Nobody."}"# + "\n")
  }

  @Test func `a reason that no table has stands as the provider wrote it`() {
    let finish = PrintedEvent.Finish(
      reason: .other("pause\n"), model: Self.model, totalMilliseconds: 0)
    #expect(JSONLine(.finished(finish)).text.contains(#""stop_reason":"pause\n""#))
  }

  @Test(arguments: [
    ("\"\\/", #""\"\\/""#), ("\n\r\t", #""\n\r\t""#),
    ("\u{0}\u{1B}[2J\u{7F}", #""\u0000\u001b[2J\u007f""#),
    ("\u{9B}2J", #""\u009b2J""#), ("\u{202E}evil\u{2028}", #""\u202eevil\u2028""#),
    ("München 世界 🚣", #""München 世界 🚣""#), ("\u{E0041}", #""\udb40\udc41""#), ("\r\n", #""\r\n""#),
    ("e\u{301}", "\"e\u{301}\""),
  ])
  func `a string holds nothing that a terminal obeys or hides`(text: String, json: String) {
    #expect(JSONObject.quoted(text) == json)
  }

  @Test func `the words of a kind are different ones`() {
    let words = PrintedEvent.Failure.words
    #expect(Set(words).count == words.count)
    #expect(words.count == StreamFailure.Kind.allCases.count + 2)
  }
}

// What is written of a reply, in each of the four forms.

import Chat
import Testing

@testable import Patter

struct PrintedReplyTests {
  private static let model = ModelID(provider: "openai", name: "test")
  private static let finish = PrintedEvent.finished(
    .init(reason: .stop, model: model, totalMilliseconds: 20))
  private static let retry = PrintedEvent.retry(
    .init(
      attempt: 2, afterMilliseconds: 500, model: model,
      failure: StreamFailure(.serverFailed, "It failed.")))

  /// What is written after each event.
  private func pieces(_ form: PrintedForm, _ events: [PrintedEvent]) -> [String] {
    var reply = PrintedReply(form)
    return events.map { reply.take($0) }
  }

  private func lines(_ form: PrintedForm, _ events: [PrintedEvent]) -> [String] {
    pieces(form, events).joined().split(separator: "\n").map(String.init)
  }

  @Test func `words come as they are, parted where the model thought`() {
    #expect(
      pieces(
        PrintedForm(),
        [
          .started(.init(model: Self.model, attempt: 1)), .thinking("hm"), .text("One", part: 1),
          .text(" two", part: 1), .thinking("hm"), .text("three", part: 3),
          .usage(Usage(inputTokens: 1)), Self.finish,
        ]) == ["", "", "One", " two", "", "\n\nthree", "", "\n"])
  }

  @Test func `a last line that has an end gets no other, and where there is no word there is none`()
  {
    #expect(pieces(PrintedForm(), [.text("One\n", part: 0), Self.finish]) == ["One\n", ""])
    #expect(pieces(PrintedForm(), [.text("One\r\n", part: 0), Self.finish]) == ["One\r\n", ""])
    #expect(pieces(PrintedForm(), [Self.finish]) == [""])
    #expect(
      pieces(PrintedForm(), [.refusal("No.", part: 0), .failed(.timeout("Over."))])
        == ["No.", "\n"])
  }

  @Test func `held back, the words come with the end`() {
    let form = PrintedForm(isWhole: true)
    #expect(
      pieces(
        form, [.text("One", part: 1), .text(" two", part: 1), .text("three", part: 3), Self.finish])
        == ["", "", "", "One two\n\nthree\n"])
    #expect(
      pieces(form, [.text("Half", part: 0), .failed(.timeout("Over."))]) == ["", "Half\n"])
  }

  @Test func `each event is a line, and nothing is joined`() {
    #expect(
      lines(
        PrintedForm(isJSON: true),
        [.text("One", part: 1), .text(" two", part: 1), .text("three", part: 3), Self.finish])
        == [
          #"{"event":"delta","text":"One"}"#, #"{"event":"delta","text":" two"}"#,
          #"{"event":"delta","text":"three"}"#,
          #"{"event":"finished","stop_reason":"stop","model":"openai/test","total_milliseconds":20}"#,
        ])
  }

  @Test func `held back, each kind of text is one line before the end`() {
    let form = PrintedForm(isJSON: true, isWhole: true)
    let events: [PrintedEvent] = [
      Self.retry, .started(.init(model: Self.model, attempt: 2)), .thinking("h"), .thinking("m"),
      .text("One", part: 1), .toolCall(id: "call 1", name: "look"),
      .toolArguments("{", id: "call 1"), .toolArguments("}", id: "call 1"), .text("two", part: 3),
      .usage(Usage(inputTokens: 1)), .usage(Usage(inputTokens: 2)), Self.finish,
    ]
    #expect(pieces(form, events).dropLast().joined() == "")
    #expect(
      lines(form, events) == [
        #"{"event":"retry","attempt":2,"after_milliseconds":500,"model":"openai/test","#
          + #""kind":"server_failed","error":"It failed."}"#,
        #"{"event":"started","model":"openai/test","attempt":2}"#,
        #"{"event":"reasoning","text":"hm"}"#, #"{"event":"delta","text":"One\n\ntwo"}"#,
        #"{"event":"tool_call","id":"call 1","name":"look"}"#,
        #"{"event":"tool_arguments","id":"call 1","delta":"{}"}"#, #"{"event":"usage","input":2}"#,
        #"{"event":"finished","stop_reason":"stop","model":"openai/test","total_milliseconds":20}"#,
      ])
  }

  @Test func `what was held back can be had without an end, once`() {
    var reply = PrintedReply(PrintedForm(isWhole: true))
    _ = reply.take(.text("Half", part: 0))
    #expect(reply.rest() == "Half")
    #expect(reply.rest() == "")
    var streaming = PrintedReply(PrintedForm())
    _ = streaming.take(.text("Half", part: 0))
    #expect(streaming.rest() == "")
  }
}

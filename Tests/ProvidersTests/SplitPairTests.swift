// Halves of emoji in neighbouring deltas, on every wire of JSON.

import Chat
import Testing

@testable import Providers

/// A wire, and how a piece of each kind of content is written on it; nil where it has none.
private struct JSONWire: Sendable, CustomTestStringConvertible {
  let provider: String
  let text: @Sendable (String) -> String
  let thinking: (@Sendable (String) -> String)?
  let arguments: (@Sendable (String) -> String)?
  let end: String

  var testDescription: String { provider }

  func events(_ body: String, cutAt cuts: [Int] = []) throws -> [StreamEvent] {
    let endpoint = try endpoint(provider, key: "k-fixture")
    return ProvidersTests.events(
      of: Array(body.utf8), cutAt: cuts, contentType: endpoint.server.dialect.rules.replyType,
      endpoint: endpoint)
  }
}

private func data(_ json: String) -> String { "data: \(json)\n\n" }

private func chatDelta(_ members: String) -> String {
  data(#"{"choices":[{"delta":{\#(members)}}]}"#)
}

private func block(_ index: Int, _ start: String, _ delta: String) -> String {
  data(#"{"type":"content_block_start","index":\#(index),"content_block":{\#(start)}}"#)
    + data(#"{"type":"content_block_delta","index":\#(index),"delta":{\#(delta)}}"#)
}

private let wires = [
  JSONWire(
    provider: "openai", text: { chatDelta(#""content":"\#($0)""#) },
    thinking: { chatDelta(#""reasoning":"\#($0)""#) },
    arguments: {
      chatDelta(#""tool_calls":[{"index":0,"function":{"name":"f","arguments":"\#($0)"}}]"#)
    },
    end: data(#"{"choices":[{"delta":{},"finish_reason":"stop"}]}"#) + data("[DONE]")),
  JSONWire(
    provider: "openai-responses",
    text: { data(#"{"type":"response.output_text.delta","delta":"\#($0)"}"#) },
    thinking: { data(#"{"type":"response.reasoning_text.delta","delta":"\#($0)"}"#) },
    arguments: {
      data(
        #"{"type":"response.output_item.added","output_index":1,"#
          + #""item":{"type":"function_call","name":"f"}}"#)
        + data(
          #"{"type":"response.function_call_arguments.delta","output_index":1,"delta":"\#($0)"}"#)
    },
    end: data(#"{"type":"response.completed","response":{"output":[]}}"#)),
  JSONWire(
    provider: "anthropic",
    text: { block(0, #""type":"text""#, #""type":"text_delta","text":"\#($0)""#) },
    thinking: { block(0, #""type":"thinking""#, #""type":"thinking_delta","thinking":"\#($0)""#) },
    arguments: {
      block(
        0, #""type":"tool_use","name":"f""#, #""type":"input_json_delta","partial_json":"\#($0)""#)
    },
    end: data(#"{"type":"message_delta","delta":{"stop_reason":"end_turn"}}"#)
      + data(#"{"type":"message_stop"}"#)),
  JSONWire(
    provider: "gemini",
    text: {
      data(#"{"candidates":[{"content":{"parts":[{"text":"\#($0)"}]},"finishReason":"STOP"}]}"#)
    },
    thinking: {
      data(#"{"candidates":[{"content":{"parts":[{"text":"\#($0)","thought":true}]}}]}"#)
    },
    arguments: nil, end: data(#"{"candidates":[{"finishReason":"STOP"}]}"#)),
  JSONWire(
    provider: "ollama", text: { #"{"message":{"content":"\#($0)"}}"# + "\n" },
    thinking: { #"{"message":{"thinking":"\#($0)"}}"# + "\n" }, arguments: nil,
    end: #"{"done":true,"done_reason":"stop"}"# + "\n"),
  JSONWire(
    provider: "ndjson", text: { #"{"type":"token","text":"\#($0)"}"# + "\n" }, thinking: nil,
    arguments: nil, end: #"{"type":"done"}"# + "\n"),
]

struct `Half an emoji` {
  @Test(arguments: wires)
  fileprivate func `T46 is joined to the other half in the next delta, at every cut`(
    _ wire: JSONWire
  ) throws {
    let kinds = [wire.thinking, wire.text, wire.arguments].compactMap { $0 }
    for write in kinds {
      let ending = (kinds.count > 1 ? wire.text("!") : "") + wire.end
      let body = write(#"a\ud83d"#) + write(#"\ude00b\uD83D"#) + write(#"\uDE00"#) + ending
      let whole = try wire.events(body)
      let told =
        whole.joinedThinking + whole.joinedText
        + whole.toolCalls.map(\.arguments).joined()
      #expect(told.filter { $0 != "!" } == "a😀b😀")
      #expect(whole.stopReason != nil)
      for cut in 1..<body.utf8.count {
        try #require(try wire.events(body, cutAt: [cut]) == whole, "cut at \(cut)")
      }
    }
  }

  @Test(arguments: wires)
  fileprivate func `T46 without its other half is told as U+FFFD, where it stood`(
    _ wire: JSONWire
  ) throws {
    let last = try wire.events(wire.text(#"a\ud83d"#) + wire.end)
    #expect(last.joinedText == "a\u{FFFD}")
    #expect(last.stopReason != nil)
    let odd = try wire.events(
      wire.text(#"\ude00\ud83d\ud83d"#) + wire.text(#"\ud83d\ude00b"#) + wire.end)
    #expect(odd.joinedText == "\u{FFFD}\u{FFFD}\u{FFFD}😀b")
    guard let thinking = wire.thinking else { return }
    let parted = try wire.events(thinking(#"a\ud83d"#) + wire.text(#"\ude00b"#) + wire.end)
    #expect(parted.joinedThinking == "a\u{FFFD}")
    #expect(parted.joinedText == "\u{FFFD}b")
  }

  @Test(arguments: wires)
  fileprivate func `T46 at the end of a reply that was cut is not told`(_ wire: JSONWire) throws {
    // Gemini has a finish in every chunk here, and is whole wherever it ends.
    guard wire.provider != "gemini" else { return }
    let events = try wire.events(wire.text(#"a\ud83d"#))
    #expect(events.joinedText == "a")
    #expect(events.failure?.kind == .truncated)
  }

  @Test func `leaves no trace in a name, a reason or a sentence`() throws {
    let wire = try #require(wires.first)
    let odd = data(
      #"{"model":"m\ud83d","choices":[{"delta":{"content":"a"},"finish_reason":"x\ud83d"}]}"#)
    #expect(try wire.events(odd).model == "m\u{FFFD}")
    #expect(try wire.events(odd).stopReason == .other("x\u{FFFD}"))
    let failed = data(#"{"error":{"message":"no \ud83d"}}"#)
    #expect(try wire.events(failed).failure?.message.contains("(no \u{FFFD})") == true)
  }

  /// As numbers: noncharacters are refused in a literal.
  @Test(
    arguments: [
      [0x41], [0xFFFD], [0xFFFD, 0xFDD0], [0xFDD0, 0xFDD0, 0xFDD0],
      [0xFFFD, 0xFDEF, 0xFDEF, 0xFDEF],
      [0xFFFD, 0xFDD0, 0xFDD0, 0x41],
    ] as [[UInt32]])
  func `is nothing that a text without marks holds`(_ numbers: [UInt32]) {
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: numbers.compactMap(Unicode.Scalar.init))
    #expect(SplitPairs.joining(String(scalars)) == String(scalars))
  }
}

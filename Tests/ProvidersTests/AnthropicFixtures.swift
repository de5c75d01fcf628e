// Anthropic's Messages, as Anthropic and those between were seen to send it.

import Chat

@testable import Providers

private func event(_ type: String, _ members: String = "") -> String {
  "event: \(type)\n" + data(type, members)
}

/// The same without its name.
private func data(_ type: String, _ members: String = "") -> String {
  "data: {\"type\":\"\(type)\"\(members.isEmpty ? "" : ",")\(members)}\n\n"
}

private func messageStart(_ usage: String = #""input_tokens":12,"output_tokens":1"#) -> String {
  let message =
    #""id":"msg_1","type":"message","role":"assistant","model":"m","content":[],"#
    + #""stop_reason":null,"usage":{\#(usage)}"#
  return event("message_start", #""message":{\#(message)}"#)
}

private func blockStart(_ index: Int, _ block: String) -> String {
  event("content_block_start", #""index":\#(index),"content_block":{\#(block)}"#)
}

private func delta(_ index: Int, _ members: String) -> String {
  event("content_block_delta", #""index":\#(index),"delta":{\#(members)}"#)
}

private func blockStop(_ index: Int) -> String {
  event("content_block_stop", #""index":\#(index)"#)
}

private func messageDelta(_ reason: String, _ usage: String = #""output_tokens":30"#) -> String {
  event(
    "message_delta",
    #""delta":{"stop_reason":"\#(reason)","stop_sequence":null},"usage":{\#(usage)}"#)
}

private let finish = #""output_tokens":30}}"# + "\n\n"

let anthropicFixtures: [Fixture] = [
  Fixture(
    name: "Anthropic's text, a ping in it, a letter and its mark in two deltas",
    provider: "anthropic",
    body: messageStart() + blockStart(0, #""type":"text","text":"""#) + event("ping")
      + delta(0, #""type":"text_delta","text":"Gru""#)
      + delta(0, #""type":"text_delta","text":"\u0308ße, Welt 🌍""#) + blockStop(0)
      + messageDelta("end_turn") + event("message_stop"),
    text: "Gru\u{0308}ße, Welt 🌍", requestID: "msg_1",
    usage: Usage(inputTokens: 12, outputTokens: 30), reason: .stop, finish: finish),
  Fixture(
    name: "Anthropic's thinking with its signature, and some that is kept from us",
    provider: "anthropic",
    body: messageStart()
      + blockStart(0, #""type":"thinking","thinking":"","signature":"""#)
      + delta(0, #""type":"thinking_delta","thinking":"Hm""#)
      + delta(0, #""type":"thinking_delta","thinking":" so""#)
      + delta(0, #""type":"signature_delta","signature":"RXM=""#) + blockStop(0)
      + blockStart(1, #""type":"redacted_thinking","data":"RXM=""#) + blockStop(1)
      + blockStart(2, #""type":"text","text":"""#)
      + delta(2, #""type":"citations_delta","citation":{"cited_text":"no"}"#)
      + delta(2, #""type":"text_delta","text":"!""#) + blockStop(2) + messageDelta("end_turn")
      + event("message_stop"),
    text: "!", thinking: "Hm so", requestID: "msg_1",
    usage: Usage(inputTokens: 12, outputTokens: 30), reason: .stop, finish: finish),
  Fixture(
    name: "Anthropic's cache counted apart, the last counts in place of the first",
    provider: "anthropic",
    body: messageStart(
      #""input_tokens":3,"cache_creation_input_tokens":100,"cache_read_input_tokens":40,"output_tokens":2"#
    )
      + blockStart(0, #""type":"text","text":"a""#) + blockStop(0)
      + messageDelta(
        "stop_sequence", #""input_tokens":5,"cache_read_input_tokens":"41","output_tokens":30"#)
      + event("message_stop"),
    text: "a", requestID: "msg_1",
    usage: Usage(inputTokens: 146, outputTokens: 30, cachedTokens: 41), reason: .stop,
    finish: finish),
  Fixture(
    name: "Anthropic's tools: in pieces, whole at the beginning, without any input",
    provider: "anthropic",
    body: messageStart()
      + blockStart(0, #""type":"tool_use","id":"t1","name":"find","input":{}"#)
      + delta(0, #""type":"input_json_delta","partial_json":"""#)
      + delta(0, #""type":"input_json_delta","partial_json":"{\"a\": ""#)
      + delta(0, #""type":"input_json_delta","partial_json":"\"é\"}""#) + blockStop(0)
      + blockStart(1, #""type":"tool_use","id":"t2","name":"open","input":{"b":[1,"c"]}"#)
      + blockStop(1) + blockStart(2, #""type":"tool_use","id":"t3","name":"stop","input":{}"#)
      + blockStop(2)
      + blockStart(3, #""type":"server_tool_use","id":"s1","name":"web_search","input":{}"#)
      + delta(3, #""type":"input_json_delta","partial_json":"{}""#) + blockStop(3)
      + messageDelta("tool_use") + event("message_stop"),
    text: "",
    toolCalls: [
      ToolCall("find", #"{"a": "é"}"#), ToolCall("open", #"{"b":[1,"c"]}"#), ToolCall("stop"),
    ],
    requestID: "msg_1", usage: Usage(inputTokens: 12, outputTokens: 30), reason: .toolCalls,
    finish: finish),
  Fixture(
    name: "Anthropic's refusal, with its reason and without a block", provider: "anthropic",
    body: messageStart() + event("ping")
      + event(
        "message_delta",
        #""delta":{"stop_reason":"refusal","stop_details":{"type":"refusal","explanation":"Not this."}},"#
          + #""usage":{"output_tokens":30}"#) + event("message_stop"),
    text: "", refusal: "Not this.", requestID: "msg_1",
    usage: Usage(inputTokens: 12, outputTokens: 30), reason: .refusal, finish: finish),
  Fixture(
    name: "a proxy that drops the names of events, and its lines end as on Windows",
    provider: "anthropic",
    body: (data("message_start", #""message":{"id":"msg_1","model":"m"}"#)
      + data("content_block_start", #""index":0,"content_block":{"type":"text","text":"a"}"#)
      + data("content_block_delta", #""index":0,"delta":{"text":"b"}"#)
      + data("message_delta", #""delta":{"stop_reason":"max_tokens"}"#) + data("message_stop"))
      .replacing("\n", with: "\r\n"),
    text: "ab", requestID: "msg_1", reason: .length, finish: #""max_tokens"}}"# + "\r\n\r"),
  Fixture(
    name: "a proxy that drops types, indices and the last word", provider: "anthropic",
    body: "event: message_start\ndata: {\"message\":{\"id\":\"msg_1\",\"model\":\"m\"}}\n\n"
      + "event: content_block_start\n"
      + "data: {\"content_block\":{\"type\":\"tool_use\",\"name\":\"x\"}}\n\n"
      + "event: content_block_delta\ndata: {\"delta\":{\"partial_json\":\"[1]\"}}\n\n"
      + "event: content_block_stop\ndata: {}\n\n"
      + "event: content_block_start\n"
      + "data: {\"content_block\":{\"type\":\"tool_use\",\"name\":\"y\"}}\n\n"
      + "event: content_block_delta\ndata: {\"delta\":{\"partial_json\":\"[2]\"}}\n\n"
      + "event:ping\ndata:\n\nevent: content_block_stop\ndata:\n\n"
      + "event: message_delta\ndata: {\"delta\":{\"stop_reason\":\"tool_use\"}}\n\n",
    text: "", toolCalls: [ToolCall("x", "[1]"), ToolCall("y", "[2]")], requestID: "msg_1",
    reason: .toolCalls, finish: "\"stop_reason\":\"tool_use\"}}\n\n"),
  Fixture(
    name: "a message that begins twice, a block that never does and one that ends twice",
    provider: "anthropic",
    body: messageStart() + blockStart(0, #""type":"text","text":"""#)
      + delta(0, #""type":"text_delta","text":"a""#) + blockStop(0) + blockStop(0)
      + messageStart() + delta(4, #""type":"text_delta","text":"b""#) + blockStop(9)
      + messageDelta("model_context_window_exceeded") + event("message_stop"),
    text: "ab", requestID: "msg_1", usage: Usage(inputTokens: 12, outputTokens: 30),
    reason: .length, finish: finish),
  Fixture(
    name: "Anthropic's odd members, half an emoji, types that are still to come",
    provider: "anthropic",
    body: messageStart(#""input_tokens":-4,"output_tokens":1e400"#)
      + event("content_block_start", #""index":"0","content_block":{"type":"text","text":7}"#)
      + delta(0, #""type":"text_delta","text":"a\ud83d""#)
      + delta(0, #""type":"text_delta","text":["no"]"#) + event("content_block_delta")
      + event("wisdom", #""index":0,"delta":{"text":"no"}"#)
      + blockStart(1, #""type":"wisdom","text":"no""#)
      + delta(1, #""type":"wisdom_delta","wisdom":"no""#)
      + event("message_delta", #""delta":{"stop_reason":null},"usage":[]"#)
      + messageDelta("pause_turn", #""input_tokens":18446744073709551616,"output_tokens":30"#),
    text: "a\u{FFFD}", requestID: "msg_1",
    usage: Usage(inputTokens: LenientCount.limit, outputTokens: 30), reason: .other("pause_turn"),
    finish: finish),
]

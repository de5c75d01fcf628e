// OpenAI's Responses, and servers that speak like them.

import Chat

/// An event as OpenAI writes it; `members` is what stands beside its type.
private func event(_ type: String, _ members: String) -> String {
  "event: \(type)\n" + unnamed(type, members)
}

/// The same from a gateway that drops the names of events.
private func unnamed(_ type: String, _ members: String) -> String {
  #"data: {"type":"\#(type)",\#(members)}"# + "\n\n"
}

private func begin(_ status: String = "created") -> String {
  event(
    "response.\(status)",
    #""response":{"id":"resp_1","object":"response","model":"m","status":"in_progress","error":null,"incomplete_details":null,"output":[],"usage":null},"sequence_number":0"#
  )
}

private func text(_ delta: String, output: Int = 0) -> String {
  event(
    "response.output_text.delta",
    #""item_id":"msg_1","output_index":\#(output),"content_index":0,"delta":"\#(delta)","logprobs":[]"#
  )
}

private func summary(_ delta: String, part: Int) -> String {
  event(
    "response.reasoning_summary_text.delta",
    #""item_id":"rs_1","output_index":0,"summary_index":\#(part),"delta":"\#(delta)""#)
}

private let completed = event(
  "response.completed",
  #""response":{"id":"resp_1","model":"m","status":"completed","error":null,"output":[]},"sequence_number":99"#
)

/// What completes them, with its empty line.
private let end = #""sequence_number":99}"# + "\n\n"

let openAIResponsesFixtures: [Fixture] = [
  Fixture(
    name: "Responses with all their frames", provider: "openai-responses",
    body: begin() + begin("in_progress")
      + event(
        "response.output_item.added",
        #""output_index":0,"item":{"id":"msg_1","type":"message","content":[],"role":"assistant"}"#)
      + event(
        "response.content_part.added",
        #""output_index":0,"content_index":0,"part":{"type":"output_text","text":""}"#)
      + text("Hé") + text("llo")
      + event("response.output_text.done", #""output_index":0,"content_index":0,"text":"Héllo""#)
      + event(
        "response.content_part.done",
        #""output_index":0,"content_index":0,"part":{"type":"output_text","text":"Héllo"}"#)
      + event(
        "response.output_item.done",
        #""output_index":0,"item":{"id":"msg_1","type":"message","content":[{"type":"output_text","text":"Héllo"}]}"#
      )
      + event(
        "response.completed",
        #""response":{"id":"resp_1","model":"m","status":"completed","output":[{"type":"message","content":[{"type":"output_text","text":"Héllo"}]}],"usage":{"input_tokens":11,"input_tokens_details":{"cached_tokens":3},"output_tokens":5,"output_tokens_details":{"reasoning_tokens":2},"total_tokens":16}},"sequence_number":99"#
      ),
    text: "Héllo", requestID: "resp_1",
    usage: Usage(inputTokens: 11, outputTokens: 5, reasoningTokens: 2, cachedTokens: 3),
    reason: .stop, finish: end),
  Fixture(
    name: "Responses with a summary of the thinking in parts, CR LF", provider: "openai-responses",
    body: (begin()
      + event(
        "response.output_item.added",
        #""output_index":0,"item":{"id":"rs_1","type":"reasoning","summary":[]}"#)
      + event("response.reasoning_summary_part.added", #""output_index":0,"summary_index":0"#)
      + summary("**A**", part: 0) + summary(" first", part: 0)
      + event("response.reasoning_summary_text.done", #""summary_index":0,"text":"**A** first""#)
      + event("response.reasoning_summary_part.added", #""output_index":0,"summary_index":1"#)
      + summary("then", part: 1) + text("So", output: 1) + text(".", output: 1) + completed)
      .replacing("\n", with: "\r\n"),
    text: "So.", thinking: "**A** first\n\nthen", requestID: "resp_1", reason: .stop,
    finish: #""sequence_number":99}"# + "\r\n\r"),
  Fixture(
    name: "raw thinking, no names of events, a last word out of habit",
    provider: "openai-responses",
    body: ": still here\n\n"
      + unnamed("response.created", #""response":{"id":"r/7","model":"open"}"#)
      + unnamed(
        "response.reasoning_text.delta", #""output_index":0,"content_index":0,"delta":"Hm, ""#)
      + unnamed(
        "response.reasoning_text.delta", #""output_index":0,"content_index":0,"delta":"yes""#)
      + unnamed("response.web_search_call.searching", #""output_index":1,"delta":"not text""#)
      + unnamed("response.output_text.delta", #""output_index":2,"content_index":0,"delta":"a b""#)
      + unnamed(
        "response.completed",
        #""response":{"id":"r/7","model":"open","output":[],"usage":{"input_tokens":"8","output_tokens":2.0}},"sequence_number":99"#
      ) + "data: [DONE]\n\n",
    text: "a b", thinking: "Hm, yes", model: "open", requestID: "r/7",
    usage: Usage(inputTokens: 8, outputTokens: 2), reason: .stop, finish: end),
  Fixture(
    name: "Responses with a refusal", provider: "openai-responses",
    body: begin()
      + event(
        "response.refusal.delta",
        #""output_index":0,"content_index":0,"delta":"I can"#
          + #"not ""#)
      + event("response.refusal.delta", #""output_index":0,"content_index":0,"delta":"do that.""#)
      + event(
        "response.refusal.done",
        #""output_index":0,"content_index":0,"refusal":"I cannot do that.""#)
      + completed,
    text: "", refusal: "I cannot do that.", requestID: "resp_1", reason: .refusal, finish: end),
  Fixture(
    name: "Responses cut by a filter", provider: "openai-responses",
    body: begin() + text("Once upon")
      + event(
        "response.incomplete",
        #""response":{"id":"resp_1","model":"m","status":"incomplete","incomplete_details":{"reason":"content_filter"},"usage":{"input_tokens":1,"output_tokens":2}},"sequence_number":99"#
      ),
    text: "Once upon", requestID: "resp_1", usage: Usage(inputTokens: 1, outputTokens: 2),
    reason: .contentFilter, finish: end),
  Fixture(
    name: "Responses at their longest, that were queued", provider: "openai-responses",
    body: begin("queued") + text("and then and then")
      + event(
        "response.incomplete",
        #""response":{"incomplete_details":{"reason":"max_output_tokens"}},"sequence_number":99"#),
    text: "and then and then", requestID: "resp_1", reason: .length, finish: end),
  Fixture(
    name: "calls of tools in turns, whose ids change with each event",
    provider: "openai-responses",
    body: begin()
      + event(
        "response.output_item.added",
        #""output_index":0,"item":{"id":"x1","type":"function_call","name":"find","arguments":""}"#)
      + event(
        "response.output_item.added",
        #""output_index":1,"item":{"id":"x2","type":"custom_tool_call","name":"run","input":""}"#)
      + event(
        "response.function_call_arguments.delta",
        #""item_id":"x3","output_index":0,"delta":"{\"a\":""#)
      + event(
        "response.custom_tool_call_input.delta", #""item_id":"x4","output_index":1,"delta":"ls ""#)
      + event(
        "response.function_call_arguments.delta",
        #""item_id":"x5","output_index":0,"delta":"1}""#)
      + event(
        "response.custom_tool_call_input.delta", #""item_id":"x6","output_index":1,"delta":"-l""#)
      + event(
        "response.function_call_arguments.done",
        #""item_id":"x7","output_index":0,"arguments":"{\"a\":1}""#)
      + event(
        "response.output_item.done",
        #""output_index":1,"item":{"id":"x8","type":"custom_tool_call","name":"run","input":"ls -l"}"#
      )
      + event(
        "response.output_item.done",
        #""output_index":2,"item":{"id":"x9","type":"function_call","name":"whole","arguments":"[]"}"#
      )
      + event(
        "response.completed",
        #""response":{"id":"resp_2","model":"m","output":[{"type":"function_call","name":"find","arguments":"{\"a\":1}"}]},"sequence_number":99"#
      ),
    text: "",
    toolCalls: [ToolCall("find", #"{"a":1}"#), ToolCall("run", "ls -l"), ToolCall("whole", "[]")],
    requestID: "resp_1", reason: .toolCalls, finish: end),
  Fixture(
    name: "Responses whose letters and emoji are cut between deltas", provider: "openai-responses",
    body: begin() + text("👨‍👩") + text("‍👧 e") + text("\u{301} ") + text(#"\ud83d\ude00"#)
      + text(#"\ud83d"#) + text(#"\ude00"#) + text(#"\u0000 \u2028"#) + completed,
    text: "👨‍👩‍👧 e\u{301} 😀😀\u{0} \u{2028}", requestID: "resp_1",
    reason: .stop, finish: end),
  Fixture(
    name: "Responses with odd members, and names that disagree", provider: "openai-responses",
    body:
      "event: response.created\ndata: {\"response\":{\"id\":7,\"model\":\"m\",\"output\":{}}}\n\n"
      + "event: response.completed\n"
      + unnamed("response.output_text.delta", #""output_index":null,"delta":"a""#)
      + "event: response.failed\n"
      + unnamed("response.output_text.delta", #""output_index":"0","delta":"b","logprobs":7"#)
      + unnamed("response.output_text.delta", #""delta":["c"]"#)
      + unnamed("response.reasoning_summary_text.delta", #""delta":null"#)
      + "event: response.output_text.delta\ndata: {\"delta\":\"c\"}\n\n"
      + "event: keepalive\ndata: {\"type\":\"keepalive\",\"sequence_number\":3}\n\n"
      + unnamed("response.output_item.added", #""item":{"type":"function_call","name":null}"#)
      + unnamed("response.function_call_arguments.delta", #""output_index":4,"delta":"nobody's""#)
      + "data:\n\n"
      + "event: response.completed\ndata: {\"response\":{\"usage\":[]},\"sequence_number\":99}\n\n",
    text: "abc", reason: .stop, finish: end),
  Fixture(
    name: "Responses that hold everything in their last event", provider: "openai-responses",
    body: event(
      "response.completed",
      #""response":{"id":"resp_9","model":"m","status":"completed","output":[{"type":"reasoning","summary":[{"type":"summary_text","text":"One."},{"type":"summary_text","text":"Two."}],"content":[{"type":"reasoning_text","text":"raw"}]},{"type":"message","content":[{"type":"output_text","text":"All"},{"type":"output_text","text":" of it"}]},{"type":"web_search_call","name":"search"},{"type":"function_call","name":"find","arguments":"{}"}],"usage":{"input_tokens":4}},"sequence_number":99"#
    ),
    text: "All of it", thinking: "One.\n\nTwo.\n\nraw", toolCalls: [ToolCall("find", "{}")],
    requestID: "resp_9", usage: Usage(inputTokens: 4), reason: .toolCalls, finish: end),
]

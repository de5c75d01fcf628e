// Chat Completions, as the servers that speak it were seen to.

import Chat

@testable import Providers

private func chunk(_ members: String) -> String {
  #"data: {"model":"m",\#(members)}"# + "\n\n"
}

private func delta(_ members: String, finish: String = "null") -> String {
  #""choices":[{"index":0,"delta":{\#(members)},"finish_reason":\#(finish)}]"#
}

private let usageMembers =
  #""usage":{"prompt_tokens":16,"completion_tokens":3.0,"prompt_tokens_details":{"cached_tokens":4},"completion_tokens_details":{"reasoning_tokens":"2"}}"#

let openAIChatFixtures: [Fixture] = [
  Fixture(
    name: "plain, usage in a chunk of its own, then [DONE]", provider: "openai",
    body: chunk(delta(#""role":"assistant","content":"","refusal":null"#))
      + chunk(delta(#""content":"Grüße, ""#)) + chunk(delta(#""content":"Welt 🌍""#))
      + chunk(delta("", finish: #""stop""#)) + chunk(#""choices":[],\#(usageMembers)"#)
      + "data: [DONE]\n\n",
    text: "Grüße, Welt 🌍",
    usage: Usage(inputTokens: 16, outputTokens: 3, reasoningTokens: 2, cachedTokens: 4),
    reason: .stop, finish: #""stop"}]}"# + "\n\n"),
  Fixture(
    name: "comments, CRLF, first chunk without choices and model", provider: "azure",
    body: ": keep-alive\r\n\r\n"
      + "data: {\"choices\":[],\"id\":\"\",\"model\":\"\",\"prompt_filter_results\":[]}\r\n\r\n"
      + "data: {\"model\":\"m\",\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\r\n\r\n"
      + "data: {\"choices\":[{\"index\":0,\"content_filter_offsets\":{}}]}\r\n\r\n"
      + "data: {\"choices\":[{\"delta\":null,\"finish_reason\":\"length\"}]}\r\n\r\n",
    text: "a", reason: .length, finish: "\"length\"}]}\r\n\r"),
  Fixture(
    name: "reasoning_content beside reasoning; finish, text and usage in one chunk",
    provider: "openai",
    body: chunk(delta(#""reasoning_content":"Hm","reasoning":"Hm","content":null"#))
      + chunk(delta(#""reasoning":" so","content":"""#))
      + chunk(delta(#""content":"!""#, finish: #""stop""#) + "," + usageMembers)
      + "data: [DONE]\n\n",
    text: "!", thinking: "Hm so",
    usage: Usage(inputTokens: 16, outputTokens: 3, reasoningTokens: 2, cachedTokens: 4),
    reason: .stop, finish: "}}}\n\n"),
  Fixture(
    name: "content as an array of parts, both kinds in one chunk", provider: "mistral",
    body: chunk(delta(#""role":"assistant","content":"""#))
      + chunk(
        delta(#""content":[{"type":"thinking","thinking":[{"type":"text","text":"H"}]}]"#)
          + #","p":"abc""#)
      + chunk(
        delta(
          #""content":[{"type":"thinking","thinking":[{"type":"text","text":"m"}],"closed":true},{"type":"text","text":"1"}]"#
        ))
      + chunk(delta(#""content":[{"type":"text","text":"4"},{"type":"text","text":"4"}]"#))
      + chunk(delta(#""content":"!""#, finish: #""model_length""#) + "," + usageMembers)
      + "data: [DONE]\n\n",
    text: "144!", thinking: "Hm",
    usage: Usage(inputTokens: 16, outputTokens: 3, reasoningTokens: 2, cachedTokens: 4),
    reason: .length, finish: "}}}\n\n"),
  Fixture(
    name: "usage in every chunk, no [DONE], other choices ignored, the whole text again at the end",
    provider: "perplexity",
    body: chunk(
      delta(#""role":"assistant","content":"a""#)
        + #","usage":{"prompt_tokens":8,"completion_tokens":1},"citations":["https://a.test"]"#)
      + chunk(#""choices":[{"index":1,"delta":{"content":"no"}}]"#)
      + chunk(
        #""object":"chat.completion.done","choices":[{"index":0,"message":{"content":"a"},"delta":{"content":""},"finish_reason":"stop"}]"#
          + #","usage":{"prompt_tokens":8,"completion_tokens":5}"#),
    text: "a", usage: Usage(inputTokens: 8, outputTokens: 5), reason: .stop,
    finish: #""completion_tokens":5}}"# + "\n\n"),
  Fixture(
    name: "tool calls, each told once", provider: "openai",
    body: chunk(
      delta(#""content":null,"tool_calls":[{"index":0,"id":"c1","function":{"name":"find"}}]"#))
      + chunk(delta(#""tool_calls":[{"index":0,"function":{"arguments":"{}"}}]"#))
      + chunk(delta(#""tool_calls":[{"id":"c1","function":{"name":"find"}},{"index":7}]"#))
      + chunk(delta(#""function_call":{"name":"old"}"#))
      + chunk(delta("", finish: #""tool_calls""#)) + "data: [DONE]\n\n",
    text: "", toolCalls: [ToolCall("find", "{}"), ToolCall("old")], reason: .toolCalls,
    finish: #""tool_calls"}]}"# + "\n\n"),
  Fixture(
    name: "members of odd types", provider: "openai",
    body: chunk(#""id":5,"choices":[null,7,{"index":"0","delta":{"content":"a","role":[]}}]"#)
      + chunk(#""choices":{"no":1},"usage":[]"#)
      + chunk(
        delta(#""content":{"x":1}"#, finish: #""eos""#)
          + #","usage":{"prompt_tokens":18446744073709551616,"completion_tokens":-4}"#),
    text: "a", usage: Usage(inputTokens: LenientCount.limit, outputTokens: 0), reason: .stop,
    finish: ":-4}}\n\n"),
  Fixture(
    name: "an emoji cut in two between deltas", provider: "openai",
    body: chunk(delta(#""content":"a\ud83d""#)) + chunk(delta(#""content":"\ude00b\ud83d\ude00""#))
      + chunk(delta("", finish: #""stop""#)),
    text: "a😀b😀", reason: .stop, finish: #""stop"}]}"# + "\n\n"),
  Fixture(
    name: "a refusal", provider: "openai",
    body: chunk(delta(#""refusal":"No.""#)) + chunk(delta("", finish: #""stop""#)),
    text: "", refusal: "No.", reason: .refusal, finish: #""stop"}]}"# + "\n\n"),
  Fixture(
    name: "thinking left in the text", provider: "openai",
    body: chunk(delta(#""content":"<think>x</think>y""#))
      + chunk(delta("", finish: #""new_reason""#)),
    text: "<think>x</think>y", reason: .other("new_reason"), finish: "\"}]}\n\n"),
]

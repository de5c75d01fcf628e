// Ollama's own lines.

import Chat

let ollamaFixtures: [Fixture] = [
  Fixture(
    name: "Ollama with thinking and a tool", provider: "ollama",
    body: #"{"model":"m","message":{"role":"assistant","content":"","thinking":"Hm"},"done":false}"#
      + "\n"
      + #"{"model":"m","message":{"content":"Hé","tool_calls":[{"function":{"name":"find","arguments":{"a": [1, "b"]}}}]},"done":false}"#
      + "\r\n\n"
      + #"{"model":"m","message":{"content":"y"},"done":true,"done_reason":"stop","prompt_eval_count":26,"eval_count":298}"#
      + "\n",
    text: "Héy", thinking: "Hm", toolCalls: [ToolCall("find", #"{"a":[1,"b"]}"#)],
    usage: Usage(inputTokens: 26, outputTokens: 298), reason: .stop,
    finish: #""eval_count":298}"#),
  Fixture(
    name: "Ollama's reason without done, the last line without its end", provider: "ollama",
    body: #"{"model":"m","message":{"content":"a"},"done":false}"# + "\n"
      + #"{"model":"m","message":{"content":""},"done_reason":"length"}"#,
    text: "a", reason: .length, finish: #""length"}"#),
  Fixture(
    name: "an older Ollama's done without a reason", provider: "ollama",
    body: #"{"model":"m","message":{"content":"a"},"done":false}"# + "\n"
      + #"{"model":"m","done":true,"eval_count":1e400}"# + "\n",
    text: "a", reason: .stop, finish: "1e400}"),
  Fixture(
    name: "Ollama's long thought, its emoji of many scalars in two lines", provider: "ollama",
    body: #"{"model":"m","message":{"content":"","thinking":"Let me "},"done":false}"# + "\n"
      + #"{"model":"m","message":{"content":"","thinking":"think: 月亮"},"done":false}"# + "\n"
      + #"{"model":"m","message":{"content":"👩‍"},"done":false}"# + "\n"
      + #"{"model":"m","message":{"content":"👧 e"},"done":false}"# + "\n"
      + #"{"model":"m","message":{"content":"\u0301"},"done":false}"# + "\n"
      + #"{"model":"m","message":{"content":""},"done":true,"done_reason":"stop","eval_count":7}"#
      + "\n",
    text: "👩‍👧 e\u{301}", thinking: "Let me think: 月亮", usage: Usage(outputTokens: 7), reason: .stop,
    finish: #""eval_count":7}"#),
  Fixture(
    name: "Ollama with two tools in one line, and null where nothing is", provider: "ollama",
    body:
      #"{"model":"m","message":{"content":null,"thinking":null,"tool_calls":[{"function":{"name":"a","arguments":{"deep":{"x":[true,null,0.5]}}}},{"function":{"name":"b","arguments":{}}},{"function":{}}]},"done":false}"#
      + "\n"
      + #"{"model":"m","message":{"content":""},"done":true,"done_reason":"stop","prompt_eval_count":-3,"eval_count":"12"}"#
      + "\n",
    text: "",
    toolCalls: [ToolCall("a", #"{"deep":{"x":[true,null,0.5]}}"#), ToolCall("b", "{}")],
    usage: Usage(inputTokens: 0, outputTokens: 12), reason: .stop, finish: #""eval_count":"12"}"#),
  Fixture(
    name: "Ollama behind a byte order mark, with what nobody knows and a last line that says more",
    provider: "ollama",
    body: "\u{FEFF}" + #"{"model":"m","message":{"content":"a"},"new":{"x":1},"done":false}"#
      + "\n \n"
      + #"{"model":"m","remaining":3,"message":{"content":"b\ud83d"},"done":false}"# + "\r\n"
      + #"{"model":"m","message":{"content":"c"},"done":true,"done_reason":"length","prompt_eval_count":1,"eval_count":2,"total_duration":99999999999999999999}"#
      + "\n",
    text: "ab\u{FFFD}c", usage: Usage(inputTokens: 1, outputTokens: 2), reason: .length,
    finish: #"99999999999999999999}"#),
]

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
]

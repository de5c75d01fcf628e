// Chat Completions with the accents of the services and programs that speak it.

import Chat

private func chunk(_ members: String) -> String {
  #"data: {"id":"c","object":"chat.completion.chunk","model":"m",\#(members)}"# + "\n\n"
}

private func delta(_ members: String, finish: String? = "null") -> String {
  let finish = finish.map { #","finish_reason":\#($0)"# } ?? ""
  return #""choices":[{"index":0,"delta":{\#(members)}\#(finish)}]"#
}

private let stop = #""stop""#

private let usageMembers =
  #""usage":{"prompt_tokens":6,"completion_tokens":9,"total_tokens":15,"completion_tokens_details":{"reasoning_tokens":7}}"#

private let usage = Usage(inputTokens: 6, outputTokens: 9, reasoningTokens: 7)

private let lastWord = "data: [DONE]\n\n"

let chatServerFixtures: [Fixture] = [
  Fixture(
    name: "thinking beside null, then text beside null, usage on the finish", provider: "deepseek",
    body: ": keep-alive\n\n"
      + chunk(
        delta(#""role":"assistant","content":null,"reasoning_content":"""#) + #","usage":null"#)
      + chunk(delta(#""content":null,"reasoning_content":"Hm""#) + #","usage":null"#)
      + ": keep-alive\n\n"
      + chunk(delta(#""content":"Hé","reasoning_content":null"#) + #","usage":null"#)
      + chunk(delta(#""content":"","reasoning_content":null"#, finish: stop) + "," + usageMembers)
      + lastWord,
    text: "Hé", thinking: "Hm", usage: usage, reason: .stop, finish: "}}}\n\n"),
  Fixture(
    name: "no finish_reason before the last, the role in each delta", provider: "xai",
    body: chunk(delta(#""reasoning_content":"Hm","role":"assistant""#, finish: nil))
      + chunk(delta(#""content":"a","role":"assistant""#, finish: nil))
      + chunk(delta("", finish: stop)) + chunk(#""choices":[],\#(usageMembers)"#) + lastWord,
    text: "a", thinking: "Hm", usage: usage, reason: .stop, finish: #""stop"}]}"# + "\n\n"),
  Fixture(
    name: "reasoning with its channel, usage twice on the finish", provider: "groq",
    body: chunk(delta(#""role":"assistant","content":"""#) + #","x_groq":{"id":"req_1","seed":3}"#)
      + chunk(delta(#""reasoning":"Hm","channel":"analysis""#)) + chunk(delta(#""content":"a""#))
      + chunk(
        delta("", finish: stop) + #","x_groq":{"id":"req_1",\#(usageMembers)},"# + usageMembers)
      + lastWord,
    text: "a", thinking: "Hm", usage: usage, reason: .stop, finish: "}}}\n\n"),
  Fixture(
    name: "usage nowhere but in x_groq", provider: "groq",
    body: chunk(delta(#""content":"a""#))
      + chunk(delta("", finish: stop) + #","x_groq":{"id":"req_1",\#(usageMembers)}"#) + lastWord,
    text: "a", usage: usage, reason: .stop, finish: "}}}}\n\n"),
  Fixture(
    name: "a content filter cuts the text, annotations come after it", provider: "azure",
    body:
      #"data: {"choices":[],"created":0,"id":"","model":"","object":"","prompt_filter_results":[{"prompt_index":0,"content_filter_results":{}}]}"#
      + "\n\n"
      + chunk(#""choices":[{"content_filter_results":{},"delta":{"content":"ab"},"index":0}]"#)
      + chunk(delta("", finish: #""content_filter""#))
      + chunk(#""choices":[{"index":0,"content_filter_offsets":{"check_offset":4},"delta":{}}]"#)
      + chunk(#""choices":[],\#(usageMembers)"#) + lastWord,
    text: "ab", usage: usage, reason: .contentFilter, finish: #""content_filter"}]}"# + "\n\n"),
  Fixture(
    name: "comments while it waits, reasoning with its details, usage after the finish",
    provider: "openrouter",
    body: ": OPENROUTER PROCESSING\n\n: OPENROUTER PROCESSING\n\n"
      + chunk(
        delta(
          #""role":"assistant","content":"","reasoning":"Hm","reasoning_details":[{"type":"reasoning.text","text":"Hm"}]"#
        ) + #","provider":"X""#)
      + chunk(delta(#""content":"a","reasoning":null,"reasoning_details":[]"#))
      + ": OPENROUTER PROCESSING\n\n"
      + chunk(delta(#""content":"""#, finish: stop) + #","native_finish_reason":"completed""#)
      + chunk(delta(#""content":"""#) + "," + usageMembers) + lastWord,
    text: "a", thinking: "Hm", usage: usage, reason: .stop,
    finish: #""native_finish_reason":"completed"}"# + "\n\n"),
  Fixture(
    name: "the last text, the finish and the usage in one chunk", provider: "moonshot",
    body: chunk(delta(#""role":"assistant","content":"""#))
      + chunk(delta(#""reasoning_content":"Hm""#)) + chunk(delta(#""content":"Hi""#))
      + chunk(
        #""choices":[{"index":0,"delta":{"content":"!"},"finish_reason":"stop","usage":{"prompt_tokens":6}}],\#(usageMembers)"#
      ) + lastWord,
    text: "Hi!", thinking: "Hm", usage: usage, reason: .stop, finish: "}}}\n\n"),
  Fixture(
    name: "usage in a chunk of its own behind thinking", provider: "qwen",
    body: chunk(delta(#""role":"assistant","content":null,"reasoning_content":"""#))
      + chunk(delta(#""content":null,"reasoning_content":"嗯""#))
      + chunk(delta(#""content":"你好","reasoning_content":null"#))
      + chunk(delta(#""content":"","reasoning_content":null"#, finish: stop) + #","usage":null"#)
      + chunk(#""choices":[],\#(usageMembers)"#) + lastWord,
    text: "你好", thinking: "嗯", usage: usage, reason: .stop, finish: #""usage":null}"# + "\n\n"),
  Fixture(
    name: "reasoning, and how long it took", provider: "cerebras",
    body: chunk(delta(#""role":"assistant""#)) + chunk(delta(#""reasoning":"Hm""#))
      + chunk(delta(#""content":"a""#))
      + chunk(delta("", finish: stop) + "," + usageMembers + #","time_info":{"queue_time":0.1}"#)
      + lastWord,
    text: "a", thinking: "Hm", usage: usage, reason: .stop, finish: "0.1}}\n\n"),
  Fixture(
    name: "usage in every chunk, reasoning under its newer name", provider: "vllm",
    body: chunk(
      delta(#""role":"assistant","content":"""#)
        + #","usage":{"prompt_tokens":6,"completion_tokens":0}"#)
      + chunk(
        delta(#""reasoning":"Hm""#) + #","usage":{"prompt_tokens":6,"completion_tokens":1}"#)
      + chunk(
        delta(#""content":"a""#, finish: stop)
          + #","usage":{"prompt_tokens":6,"completion_tokens":2}"#)
      + chunk(#""choices":[],\#(usageMembers)"#) + lastWord,
    text: "a", thinking: "Hm", usage: usage, reason: .stop, finish: #"tokens":2}}"# + "\n\n"),
  Fixture(
    name: "timings beside the choices", provider: "llamacpp",
    body: chunk(delta(#""role":"assistant","content":null"#))
      + chunk(delta(#""reasoning_content":"Hm""#)) + chunk(delta(#""content":"a""#))
      + chunk(
        delta("", finish: stop) + #","timings":{"prompt_n":6,"predicted_per_second":41.5}"#)
      + chunk(#""choices":[],\#(usageMembers),"timings":{"prompt_n":6}"#) + lastWord,
    text: "a", thinking: "Hm", usage: usage, reason: .stop, finish: "41.5}}\n\n"),
  Fixture(
    name: "an empty finish with each chunk, an end without a last word", provider: "lmstudio",
    body: chunk(delta(#""role":"assistant","reasoning":"Hm""#, finish: #""""#))
      + chunk(delta(#""content":"a""#, finish: #""""#) + #","stats":{}"#)
      + chunk(delta("", finish: #""length""#)),
    text: "a", thinking: "Hm", reason: .length, finish: #""length"}]}"# + "\n\n"),
]

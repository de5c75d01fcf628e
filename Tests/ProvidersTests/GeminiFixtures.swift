// Gemini, as Google and those between were seen to send it.

import Chat

@testable import Providers

private func chunk(_ members: String) -> String {
  #"data: {\#(members),"modelVersion":"m","responseId":"r1"}"# + "\n\n"
}

private func parts(_ parts: String, finish: String? = nil) -> String {
  let reason = finish.map { #","finishReason":"\#($0)""# } ?? ""
  return
    #""candidates":[{"content":{"parts":[\#(parts)],"role":"model"}\#(reason),"index":0}]"#
}

private func usage(_ members: String) -> String { #","usageMetadata":{\#(members)}"# }

/// The end of a chunk that finishes for this reason, without usage.
private func end(_ reason: String) -> String {
  #""finishReason":"\#(reason)","index":0}],"modelVersion":"m","responseId":"r1"}"# + "\n\n"
}

let geminiFixtures: [Fixture] = [
  Fixture(
    name: "Gemini's text, usage in every chunk, a letter and its mark in two",
    provider: "gemini",
    body: chunk(
      parts(#"{"text":"Gru"}"#) + usage(#""promptTokenCount":15,"totalTokenCount":15"#))
      + chunk(parts(#"{"text":"\u0308ße, "},{"text":"Welt 🌍"}"#))
      + chunk(
        parts(#"{"text":""}"#, finish: "STOP")
          + usage(#""promptTokenCount":13,"candidatesTokenCount":8,"totalTokenCount":21"#)),
    text: "Gru\u{0308}ße, Welt 🌍", requestID: "r1",
    usage: Usage(inputTokens: 13, outputTokens: 8), reason: .stop,
    finish: #""totalTokenCount":21},"modelVersion":"m","responseId":"r1"}"# + "\n\n"),
  Fixture(
    name: "Gemini's thoughts, a signature on an empty part, cached input", provider: "gemini",
    body: chunk(parts(#"{"text":"Hm","thought":true}"#) + usage(#""thoughtsTokenCount":68"#))
      + chunk(parts(#"{"text":" so","thought":true},{"text":"4","thought":false}"#))
      + chunk(
        parts(#"{"text":"","thoughtSignature":"RXM="}"#, finish: "STOP")
          + usage(
            #""promptTokenCount":9,"candidatesTokenCount":5,"thoughtsTokenCount":185,"#
              + #""cachedContentTokenCount":4"#)),
    text: "4", thinking: "Hm so", requestID: "r1",
    usage: Usage(inputTokens: 9, outputTokens: 190, reasoningTokens: 185, cachedTokens: 4),
    reason: .stop,
    finish: #""cachedContentTokenCount":4},"modelVersion":"m","responseId":"r1"}"# + "\n\n"),
  Fixture(
    name: "an early Gemini's finish in every chunk, of which the last counts", provider: "gemini",
    body: chunk(parts(#"{"text":"a"}"#, finish: "STOP"))
      + chunk(parts(#"{"text":"b"}"#, finish: "STOP"))
      + chunk(parts(#"{"text":"c"}"#, finish: "MAX_TOKENS")),
    text: "abc", requestID: "r1", reason: .length, finish: end("STOP")),
  Fixture(
    name: "Gemini's tools, and parts that are not shown", provider: "gemini",
    body: chunk(
      parts(
        #"{"functionCall":{"name":"find","args":{"b":[1,"c"],"a": "é"}},"thoughtSignature":"RXM="}"#
      ))
      + chunk(
        parts(
          #"{"executableCode":{"language":"PYTHON","code":"no"}},{"inlineData":{"data":"RXM="}},"#
            + #"{"functionCall":{"name":"stop"}},{"functionCall":{"args":{}}},7,null"#,
          finish: "STOP")),
    text: "", toolCalls: [ToolCall("find", #"{"a":"é","b":[1,"c"]}"#), ToolCall("stop")],
    requestID: "r1", reason: .toolCalls, finish: end("STOP")),
  Fixture(
    name: "a prompt that Gemini does not let through", provider: "gemini",
    body: chunk(
      #""promptFeedback":{"blockReason":"SAFETY","blockReasonMessage":"Not this."}"#
        + usage(#""promptTokenCount":7"#)),
    text: "", refusal: "Not this.", requestID: "r1", usage: Usage(inputTokens: 7),
    reason: .contentFilter,
    finish: #""promptTokenCount":7},"modelVersion":"m","responseId":"r1"}"# + "\n\n"),
  Fixture(
    name: "a prompt that Gemini does not let through, in a word", provider: "gemini",
    body: chunk(#""promptFeedback":{"blockReason":"PROHIBITED_CONTENT"}"#)
      + chunk(#""promptFeedback":{"blockReason":"PROHIBITED_CONTENT"}"#),
    text: "", refusal: "The provider did not let the prompt through (PROHIBITED_CONTENT).",
    requestID: "r1", reason: .contentFilter,
    finish: #""PROHIBITED_CONTENT"},"modelVersion":"m","responseId":"r1"}"# + "\n\n"),
  Fixture(
    name: "a filter of Gemini's in the middle, a last chunk without content, CRLF and comments",
    provider: "gemini",
    body: (": hello\n\n" + chunk(parts(#"{"text":"a"}"#)) + ":\n"
      + chunk(#""candidates":[{"finishReason":"SAFETY","index":0}]"#))
      .replacing("\n", with: "\r\n"),
    text: "a", requestID: "r1", reason: .contentFilter,
    finish: String(end("SAFETY").dropLast(2)) + "\r\n\r"),
  Fixture(
    name: "Gemini's odd members, half an emoji, another candidate, a reason that is still to come",
    provider: "gemini",
    body: chunk(
      #""candidates":[7,{"index":1,"content":{"parts":[{"text":"no"}]},"finishReason":"STOP"},"#
        + #"{"index":"0","content":{"parts":[{"text":"a\ud83d"},{"text":{"no":1}}]}}]"#)
      + chunk(#""candidates":{"no":1},"promptFeedback":{"blockReason":""},"usageMetadata":[]"#)
      + chunk(
        parts(#"{"text":"b","thought":"no"}"#, finish: "WISDOM")
          + usage(#""promptTokenCount":18446744073709551616,"candidatesTokenCount":-4"#)),
    text: "a\u{FFFD}b", requestID: "r1",
    usage: Usage(inputTokens: LenientCount.limit, outputTokens: 0), reason: .other("WISDOM"),
    finish: #""candidatesTokenCount":-4},"modelVersion":"m","responseId":"r1"}"# + "\n\n"),
]

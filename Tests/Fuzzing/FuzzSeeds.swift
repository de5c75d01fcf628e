// Where a fuzzer begins: replies as servers send them, lists, errors, and the words that stand in them.

import Support

/// Inputs that reach every reader, and words to make others from.
public enum FuzzSeeds {
  private static let kindCount = 7

  /// One input for each reader of each dialect.
  public static var inputs: [[UInt8]] {
    ScriptedDialect.allCases.enumerated().flatMap { index, dialect in
      let reply = ([dialect.delta("Grüße 🌍"), dialect.delta("x")] + dialect.end).bodyText
      let complaint = #"{"error":{"message":"no","type":"t","code":429,"status":"s"}}"#
      let broken = ([dialect.delta("x")] + [dialect.complaint(#"{"message":"no"}"#)]).bodyText
      let texts = [
        (0, "event: a\r\nid: 1\rdata: x\n\n: c\n\ndata\n\n"), (1, "{\"a\":1}\r\n\n{}\n"),
        (2, reply), (2, broken), (3, complaint), (4, list(dialect)), (5, settings),
        (6, preset), (6, "\u{FEFF}---\r\nname: ~\r\n--- \r\n\r\na\r\n\t\r\n"), (6, "\n\nb\r---\r"),
      ]
      return texts.map { kind, text in
        [UInt8(index * kindCount + kind), UInt8(7 * index)] + Array(text.utf8)
      }
    }
  }

  private static let settings = """
    models: {a/b: {window: 8192, stop: ["x", 'y']}}
    name: "é\\u00e9\\n" # and more
    data:
      - [1, -2.5, 500 ms, true, ~]
      - >
        folded
        text

    """

  private static let preset = """
    ---
    name: "é\\u00e9" # and more
    models: {a: 1, a: 2}
    data: [1, -2.5, 500 ms, true, ~]
    ---

    Be brief.
    --- no fence
      and kind

    """

  private static func list(_ dialect: ScriptedDialect) -> String {
    LoopbackServer.Response.models("a", "b", by: dialect).steps.bodyText
  }

  /// Members and values that mean something to one reader or another.
  public static let words = [
    "---\n", "\r---", "\u{FEFF}", "data: ", "event: error\n", "\n\n", "\r", "[DONE]", "{\"", "\":",
    "null", "1e400", "-1",
    "\\ud83d",
    "\\ude00", "\"choices\":[", "\"delta\":{", "\"content\":\"", "\"finish_reason\":\"stop\"",
    "\"usage\":{", "\"prompt_tokens\":", "\"error\":{", "\"message\":\"", "\"code\":",
    "\"tool_calls\":[",
    "\"function\":{", "\"name\":\"", "\"arguments\":\"", "\"index\":", "\"type\":\"",
    "\"response.output_text.delta\"", "\"response.completed\"", "\"response.failed\"",
    "\"response\":{",
    "\"output\":[", "\"output_index\":", "\"message_start\"", "\"content_block_start\"",
    "\"content_block_delta\"", "\"message_delta\"", "\"message_stop\"", "\"stop_reason\":\"",
    "\"text_delta\"", "\"thinking_delta\"", "\"input_json_delta\"", "\"candidates\":[",
    "\"parts\":[",
    "\"text\":\"", "\"thought\":true", "\"functionCall\":{", "\"finishReason\":\"",
    "\"promptFeedback\":{",
    "\"usageMetadata\":{", "\"done\":true", "\"done_reason\":\"", "\"thinking\":\"",
    "\"stream_id\":\"",
    "\"token\"", "\"status\"", "\"details\":[", "\"retryDelay\":\"3s\"", "\"models\":[",
    "\"id\":\"",
    "\"context_length\":", "\"pricing\":{", "\"has_more\":true", "\"last_id\":\"",
    "\"nextPageToken\":\"",
  ]
}

// Responses as providers give them, so that a test says only what matters to it.

extension LoopbackServer.Response {
  /// A whole body of JSON with its length.
  public static func json(_ text: String, status: Int = 200) -> Self {
    Self(
      .head(
        status,
        [
          .init("Content-Type", "application/json"),
          .init("Content-Length", String(text.utf8.count)),
        ]),
      .text(text))
  }

  /// A chunked body of this type, made by `steps`.
  public static func chunked(
    _ contentType: String, _ steps: [LoopbackServer.Step], status: Int = 200
  ) -> Self {
    let head = LoopbackServer.Step.head(
      status, [.init("Content-Type", contentType), .init("Transfer-Encoding", "chunked")])
    return Self([head] + steps + [.endChunks])
  }

  /// Server-sent events made by `steps`, which may hold gates and faults.
  public static func eventStream(_ steps: [LoopbackServer.Step]) -> Self {
    chunked("text/event-stream", steps)
  }

  /// A whole reply of `POST /v1/chat/completions`: the deltas, the finish, the usage, `[DONE]`.
  public static func openAIChat(_ deltas: [String]) -> Self {
    eventStream(deltas.map { .openAIDelta($0) } + [.openAIFinish(), .openAIDone])
  }

  /// A whole reply of `POST /api/chat`: the pieces and the final line.
  public static func ollamaChat(_ pieces: [String]) -> Self {
    chunked("application/x-ndjson", pieces.map { .ollamaPiece($0) } + [.ollamaDone])
  }

  /// The answer of `GET /v1/models`.
  public static func openAIModels(_ names: [String]) -> Self {
    let rows = names.map { #"{"id":\#(quoted($0)),"object":"model"}"# }
    return json(#"{"object":"list","data":[\#(rows.joined(separator: ","))]}"#)
  }

  /// The answer of Anthropic's `GET /v1/models`.
  public static func anthropicModels(_ names: [String]) -> Self {
    let rows = names.map { #"{"type":"model","id":\#(quoted($0))}"# }
    return json(#"{"data":[\#(rows.joined(separator: ","))],"has_more":false}"#)
  }

  /// The answer of `GET /v1beta/models`.
  public static func geminiModels(_ names: [String]) -> Self {
    let rows = names.map { name in
      #"{"name":\#(quoted("models/\(name)")),"supportedGenerationMethods":["generateContent"]}"#
    }
    return json(#"{"models":[\#(rows.joined(separator: ","))]}"#)
  }

  /// The answer of `GET /api/tags`.
  public static func ollamaTags(_ names: [String]) -> Self {
    let rows = names.map { #"{"name":\#(quoted($0)),"model":\#(quoted($0)),"size":1}"# }
    return json(#"{"models":[\#(rows.joined(separator: ","))]}"#)
  }
}

extension LoopbackServer.Step {
  /// One server-sent event with this data, as a chunk of its own.
  public static func event(_ data: String) -> Self { .chunk("data: \(data)\n\n") }

  /// One delta of `POST /v1/chat/completions`.
  public static func openAIDelta(_ text: String) -> Self {
    .event(
      #"{"id":"c","model":"m","choices":[{"index":0,"delta":{"content":\#(quoted(text))}}]}"#)
  }

  /// The finish reason and, as OpenAI sends it, the usage in an event of its own.
  public static func openAIFinish(_ reason: String = "stop") -> Self {
    .chunk(
      #"data: {"id":"c","choices":[{"index":0,"delta":{},"finish_reason":"\#(reason)"}]}"# + "\n\n"
        + #"data: {"id":"c","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2}}"#
        + "\n\n")
  }

  public static var openAIDone: Self { .event("[DONE]") }

  /// One delta of `POST /v1/responses`.
  public static func responsesDelta(_ text: String) -> Self {
    .event(
      #"{"type":"response.output_text.delta","output_index":0,"content_index":0,"#
        + #""delta":\#(quoted(text))}"#)
  }

  /// Finish, usage and last word of `POST /v1/responses`.
  public static var responsesCompleted: Self {
    .event(
      #"{"type":"response.completed","response":{"id":"c","model":"m","status":"completed","#
        + #""output":[],"usage":{"input_tokens":3,"output_tokens":2}}}"#)
  }

  /// One delta of `POST /v1/messages`.
  public static func anthropicDelta(_ text: String) -> Self {
    .event(
      #"{"type":"content_block_delta","index":0,"#
        + #""delta":{"type":"text_delta","text":\#(quoted(text))}}"#)
  }

  /// The finish of `POST /v1/messages`, with its usage.
  public static var anthropicFinish: Self {
    .event(
      #"{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"#
        + #""usage":{"input_tokens":3,"output_tokens":2}}"#)
  }

  /// One chunk of `streamGenerateContent`.
  public static func geminiDelta(_ text: String) -> Self {
    .event(
      #"{"candidates":[{"content":{"parts":[{"text":\#(quoted(text))}],"role":"model"},"index":0}],"#
        + #""modelVersion":"m"}"#)
  }

  /// The last chunk of `streamGenerateContent`.
  public static var geminiFinish: Self {
    .event(
      #"{"candidates":[{"index":0,"finishReason":"STOP"}],"#
        + #""usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":2},"modelVersion":"m"}"#)
  }

  /// One token of the stream-id protocol.
  public static func streamIDToken(_ text: String) -> Self {
    .chunk(#"{"type":"token","stream_id":"s","text":\#(quoted(text))}"# + "\n")
  }

  /// One line of `POST /api/chat`.
  public static func ollamaPiece(_ text: String) -> Self {
    .chunk(
      #"{"model":"m","message":{"role":"assistant","content":\#(quoted(text))},"done":false}"#
        + "\n")
  }

  public static var ollamaDone: Self {
    .chunk(
      #"{"model":"m","message":{"role":"assistant","content":""},"done":true,"#
        + #""done_reason":"stop","prompt_eval_count":3,"eval_count":2}"# + "\n")
  }
}

/// A JSON string of this text.
private func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\u{0}"..<" ":
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}

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

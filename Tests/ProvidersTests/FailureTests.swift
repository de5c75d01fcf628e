// The sentences are part of what the user sees, so they are compared word for word.

import Chat
import Testing
import Wire

@testable import Providers

struct `Failures before a response` {
  private func sentence(
    _ kind: TransferFailure.Kind, _ provider: String = "openai", at url: String? = nil,
    detail: String = ""
  ) throws -> (StreamFailure.Kind, String) {
    let failure = try failure(
      provider, at: url, .ended(TransferFailure(kind, detail: detail)))
    return (failure.kind, failure.message)
  }

  @Test func `nobody listens`() throws {
    #expect(
      try sentence(.connectionRefused, at: "http://localhost:8080") == (
        .unreachable,
        "The server at localhost:8080 does not answer: nothing listens there. Check OPENAI_BASE_URL."
      ))
    #expect(
      try sentence(.connectionRefused, "ollama") == (
        .unreachable,
        "Ollama (127.0.0.1:11434) does not answer: nothing listens there. "
          + "Start it with `ollama serve`, or set OLLAMA_HOST."
      ))
    #expect(
      try sentence(.connectionRefused, "lmstudio") == (
        .unreachable,
        "LM Studio (127.0.0.1:1234) does not answer: nothing listens there. "
          + "Start it with `lms server start`."
      ))
  }

  @Test func `no such name`() throws {
    #expect(
      try sentence(.nameNotFound) == (
        .unreachable,
        "OpenAI (api.openai.com:443) cannot be found: no machine of that name is known. "
          + "Check the network."
      ))
  }

  @Test func `too slow to connect`() throws {
    #expect(
      try sentence(.connectTimedOut) == (
        .unreachable,
        "OpenAI (api.openai.com:443) could not be reached within 10 s. Check the network."
      ))
  }

  @Test func `a certificate that is not trusted`() throws {
    #expect(
      try sentence(.untrusted) == (
        .insecure,
        "OpenAI (api.openai.com:443) has a certificate that is not trusted; nothing was sent. "
          + "Check the address and this machine's clock."
      ))
  }

  @Test func `the library's own words, without the key`() throws {
    #expect(
      try sentence(.handshakeFailed, detail: "wrong version number") == (
        .unreachable,
        "OpenAI (api.openai.com:443) made no secure connection: wrong version number. "
          + "Check what stands between."
      ))
    #expect(try !sentence(.other, detail: "sent \(ownKey)").1.contains("AbCdEf"))
  }

  @Test(arguments: [
    (TransferFailure.Kind.noResponse, StreamFailure.Kind.unreachable),
    (.connectionLost, .unreachable), (.bodyCutShort, .unreachable), (.notHTTP, .notUnderstood),
    (.badResponse, .notUnderstood), (.badAddress, .refused), (.other, .unreachable),
  ])
  func `every kind has its own`(
    _ transfer: TransferFailure.Kind, _ kind: StreamFailure.Kind
  ) throws {
    #expect(try sentence(transfer).0 == kind)
    #expect(try failure("openai", .ended(nil)).kind == .unreachable)
  }
}

struct `Failures of a response` {
  @Test func `401 with a key`() throws {
    let body =
      #"{"error":{"message":"Incorrect API key provided: sk-proj-********3456.","#
      + #""type":"invalid_request_error","param":null,"code":"invalid_api_key"}}"#
    let failure = try refused(401, body, headers: [HTTPHeader("X-Request-ID", "req_1")])
    #expect(
      failure
        == StreamFailure(
          .unauthorized,
          "OpenAI (api.openai.com:443) does not accept the key "
            + "(401: Incorrect API key provided: (secret)). Check OPENAI_API_KEY.",
          requestID: "req_1"))
  }

  @Test func `401 without a key`() throws {
    let failure = try refused(401, "{}", at: "https://chat.test/v1", key: nil)
    #expect(
      failure.message
        == "The server at chat.test:443 asks for a key (401: {}). Set OPENAI_API_KEY.")
  }

  @Test(arguments: [
    (["pass"], "apiKeyCommand"), (nil, "apiKey"),
  ])
  func `401 to a key of the configuration names the place where it stands`(
    command: [String]?, member: String
  ) throws {
    let source = try command.map(KeySource.command) ?? .text(KeyText("k-1"))
    let row = try #require(ProviderTable.standard["openai"])
    var endpoint = try row.endpoint(environment: [:], setting: ProviderSetting(key: source))
    if endpoint.keyCommand != nil { endpoint = endpoint.bearing(try #require(Secret("k-1"))) }
    let wording = FailureWording(endpoint: endpoint, model: "gpt-x")
    #expect(
      wording.response(HTTPResponseHead(status: 401, headers: []), body: [], at: time(0)).message
        == "OpenAI (api.openai.com:443) does not accept the key (401). "
        + "Check the \(member) of openai in config.yaml.")
  }

  @Test func `401 to a list that was asked for without the key which a program tells`() throws {
    let row = try #require(ProviderTable.standard["groq"])
    let endpoint = try row.endpoint(
      environment: [:], setting: ProviderSetting(key: .command(["pass"])))
    let wording = FailureWording(endpoint: endpoint, model: nil)
    #expect(
      wording.response(HTTPResponseHead(status: 401, headers: []), body: [], at: time(0)).message
        == "Groq (api.groq.com:443) lists its models only for a key. Its apiKeyCommand is run for a prompt, "
        + "or by `patter models groq`; name a model: groq/NAME.")
  }

  @Test func `403`() throws {
    let failure = try refused(403, #"{"detail":"Not for you"}"#)
    #expect(failure.kind == .unauthorized)
    #expect(
      failure.message
        == "OpenAI (api.openai.com:443) does not allow gpt-x with this key (403: Not for you). "
        + "Choose another model with /model PROVIDER/NAME.")
  }

  @Test func `403 without a key`() throws {
    let failure = try refused(403, "{}", at: "https://chat.test/v1", key: nil)
    #expect(
      failure.message
        == "The server at chat.test:443 does not allow gpt-x without a key (403: {}). "
        + "Choose another model with /model PROVIDER/NAME.")
  }

  @Test func `403 to a list`() throws {
    let wording = FailureWording(endpoint: try endpoint("gemini", key: ownKey), model: nil)
    #expect(
      wording.response(HTTPResponseHead(status: 403, headers: []), body: [], at: time(0)).message
        == "Gemini (generativelanguage.googleapis.com:443) does not list its models with this key (403). "
        + "Name one: gemini/NAME.")
  }

  @Test func `404 of a model`() throws {
    let openAI = try refused(
      404, #"{"error":{"message":"The model `gpt-x` does not exist","code":"model_not_found"}}"#)
    #expect(openAI.kind == .notFound)
    #expect(
      openAI.message
        == "OpenAI (api.openai.com:443) has no model gpt-x. Choose another with /model PROVIDER/NAME."
    )
    let ollama = try refused(
      404, #"{"error":"model 'qwen3:8b' not found"}"#, provider: "ollama", model: "ollama/qwen3:8b")
    #expect(
      ollama.message
        == "Ollama (127.0.0.1:11434) has no model qwen3:8b. Fetch it with `ollama pull qwen3:8b`, "
        + "or choose another with /model PROVIDER/NAME.")
  }

  @Test func `404 of an address`() throws {
    let failure = try refused(404, #"{"detail":"Not Found"}"#, at: "http://localhost:8000")
    #expect(
      failure.message
        == "The server at localhost:8000 knows no such address (404: Not Found). "
        + "Check OPENAI_BASE_URL.")
  }

  @Test func `429 with a time to wait`() throws {
    let failure = try refused(
      429, #"{"error":{"message":"Rate limit reached.","code":"rate_limit_exceeded"}}"#,
      headers: [HTTPHeader("Retry-After", "20")])
    #expect(
      failure
        == StreamFailure(
          .rateLimited,
          "OpenAI (api.openai.com:443) asks to wait 20 s (429: Rate limit reached).",
          retryAfterMilliseconds: 20_000))
  }

  @Test(arguments: [
    (429, #"{"error":{"message":"You exceeded your quota.","type":"insufficient_quota"}}"#),
    (402, #"{"error":{"code":402,"message":"Insufficient credits"}}"#),
    (400, #"{"error":{"message":"Your credit balance is too low"}}"#),
  ])
  func `no quota is left`(_ status: Int, _ body: String) throws {
    let failure = try refused(status, body)
    #expect(failure.kind == .quotaExhausted)
    #expect(
      failure.message.hasPrefix(
        "OpenAI (api.openai.com:443) has no quota left for this key (\(status): "))
    #expect(failure.message.hasSuffix("). Check the account's plan and billing."))
  }

  @Test func `T23 a server that fails with a page is told by status and title`() throws {
    let page = "<html><head>\n<TITLE lang=en>502 Bad &amp; Gateway\n</TITLE></head></html>"
    let failure = try failure("openai", head(502, "text/html"), bytes(page), .ended(nil))
    #expect(failure.kind == .serverFailed)
    #expect(
      failure.message
        == "OpenAI (api.openai.com:443) failed (502: 502 Bad & Gateway).")
  }

  @Test(arguments: ["text/html; charset=utf-8", "text/plain"])
  func `T23 a web page where a stream should be is told by status and title`(_ type: String) throws
  {
    let page = "\n<!DOCTYPE html><title>Sign in</title>"
    let failure = try failure("openai", head(200, type), bytes(page), .ended(nil))
    #expect(failure.kind == .notUnderstood)
    #expect(
      failure.message
        == "OpenAI (api.openai.com:443) answers with a web page (200: Sign in), not with a chat. "
        + "Check what stands between.")
  }

  @Test func `T22 a JSON error where a stream should be is that error and no empty reply`() throws {
    let failure = try failure(
      "openai", head(200, "application/json"),
      bytes(#"{"error":{"message":"Out of memory","type":"server_error"}}"#), .ended(nil))
    #expect(failure.kind == .serverFailed)
    #expect(
      failure.message
        == "OpenAI (api.openai.com:443) failed (Out of memory).")
  }

  @Test func `a whole reply where a stream should be`() throws {
    let failure = try failure(
      "openai", head(200, "application/json"), bytes(#"{"choices":[]}"#), .ended(nil))
    #expect(failure.kind == .notUnderstood)
    #expect(
      failure.message
        == #"OpenAI (api.openai.com:443) did not answer with a stream: {"choices":[]}. "#
        + "Check what stands between.")
  }

  @Test func `nothing at all`() throws {
    #expect(try failure("openai", head(204, nil)).kind == .empty)
    #expect(try failure("openai", head(200, "text/plain"), .ended(nil)).kind == .empty)
  }

  @Test func `a redirect says where it points and not with what`() throws {
    let toHTTPS = try failure(
      "openai", at: "http://chat.test/v1",
      head(301, nil, [HTTPHeader("Location", "https://chat.test/v1/?key=\(ownKey)")]))
    #expect(toHTTPS.kind == .notFound)
    #expect(
      toHTTPS.message
        == "The server at chat.test:80 points to https://chat.test/v1/ (301). Check OPENAI_BASE_URL."
    )
    #expect(
      try failure("openai", head(302, nil)).message
        == "OpenAI (api.openai.com:443) points elsewhere without saying where (302). "
        + "Check what stands between.")
  }

  @Test func `T28 compression that nobody asked for is said, and nothing of it is read`() throws {
    let gzip = head(200, "text/event-stream", [HTTPHeader("Content-Encoding", "gzip")])
    var stream = OneStream(try endpoint("openai", key: ownKey))
    let output = stream.feed(gzip, bytes("\u{1F}\u{8B}data: "), .ended(nil))
    #expect(output.streamEvents.count == 1)
    #expect(output.effects == [.close(OneStream.transfer)])
    #expect(output.failure?.kind == .notUnderstood)
    #expect(
      output.failure?.message
        == "OpenAI (api.openai.com:443) compressed its reply (gzip) although it was asked not to. "
        + "Check what stands between.")
  }

  @Test func `another dialect, by its type or by its shape`() throws {
    let sentence =
      "The server at localhost:11434 speaks another language than OpenAI's. "
      + "For an Ollama server use /model ollama/NAME."
    let url = "http://localhost:11434"
    let line = #"{"message":{"content":"a"},"done":false}"# + "\n"
    #expect(
      try failure("openai", at: url, head(200, "application/x-ndjson")).message == sentence)
    #expect(
      try failure("openai", at: url, head(200, nil), bytes(line), .ended(nil)).message == sentence)
    let foreign = "event: message_start\ndata: {\"type\":\"message_start\"}\n\n"
    #expect(try failure("openai", at: url, head(), bytes(foreign), .ended(nil)).message == sentence)

    let other =
      "Ollama (127.0.0.1:11434) speaks another language than Ollama's. "
      + "For an OpenAI-compatible server set OPENAI_BASE_URL and use /model openai/NAME."
    #expect(try failure("ollama", head()).message == other)
    #expect(try failure("ollama", head(200, nil), bytes("data: {}\n")).message == other)
    #expect(
      try failure("ollama", head(200, nil), bytes(#"{"choices":[]}"#), .ended(nil)).message == other
    )
  }

  @Test func `garbage is quoted`() throws {
    for (provider, body) in [("openai", "data: oops {\n\n"), ("ollama", "oops {\n")] {
      let failure = try failure(provider, head(200, nil), bytes(body))
      #expect(failure.kind == .notUnderstood)
      #expect(failure.message.contains("sent something that is not JSON: oops {. Check "))
    }
  }

  @Test func `an Ollama error in the middle of a reply`() throws {
    var stream = OneStream(try endpoint("ollama"), outgoing("ollama/m"))
    let output = stream.feed(
      head(200, "application/x-ndjson"),
      bytes(#"{"model":"m","message":{"content":"a"},"done":false}"# + "\n"),
      bytes(#"{"error":"an error was encountered while running the model"}"# + "\n"))
    #expect(output.text == "a")
    #expect(
      output.failure?.message
        == "Ollama (127.0.0.1:11434) failed (an error was encountered while running the model).")
  }

  @Test func `a line beyond all bounds`() throws {
    var decoder = OneStream(try endpoint("ollama"))
    _ = decoder.feed(head(200, nil))
    var output = RegistryOutput()
    let chunk = TransferEvent.received([UInt8](repeating: 0x20, count: 4 * 1024 * 1024))
    for _ in 0..<5 where output.failure == nil { output = decoder.feed(chunk) }
    #expect(output.failure?.kind == .notUnderstood)
  }

  @Test(arguments: [
    #"{"error":{"message":"M"}}"#, #"{"error":"M","message":"no"}"#, #"{"message":"M"}"#,
    #"{"detail":"M"}"#, #"{"detail":[{"loc":["body"],"msg":"M"}]}"#,
    #"{"errors":[{"message":"M"}]}"#, #"{"object":"error","message":{"detail":[{"msg":"M"}]}}"#,
    #"[{"error":{"message":"M","code":400}}]"#, #"{"error":null,"message":"M"}"#,
    #"{"error":{"message":7,"code":3},"message":"M"}"#, "M", "\u{FEFF} M\u{0}\n",
    "<html><title>M</title></html>",
  ])
  func `the message is found wherever it stands`(_ body: String) throws {
    let message = try refused(400, body).message
    #expect(message == "OpenAI (api.openai.com:443) refused the request (400: M).")
  }

  @Test func `what is wrong with a member is said with its name`() throws {
    let detail = #"[{"type":"extra_forbidden","loc":["body","a",0],"msg":"Extra inputs"}]"#
    for body in [#"{"detail":\#(detail)}"#, #"{"message":{"detail":\#(detail)}}"#] {
      #expect(
        try refused(422, body).message
          == "OpenAI (api.openai.com:443) refused the request (422: a.0: Extra inputs).")
    }
  }

  @Test func `OpenRouter's moderation and the provider behind it are quoted`() throws {
    let moderated = try refused(
      403, #"{"error":{"code":403,"message":"Flagged","metadata":{"reasons":["a","b"]}}}"#,
      provider: "openrouter", model: "openrouter/x/y")
    #expect(
      moderated.message
        == "OpenRouter (openrouter.ai:443) does not allow x/y with this key (403: Flagged: a, b). "
        + "Choose another model with /model PROVIDER/NAME.")
    let behind = try refused(
      502,
      #"{"error":{"code":502,"message":"Bad","metadata":{"raw":"{\"error\":\"no GPU\"}"}}}"#,
      provider: "openrouter", headers: [HTTPHeader("X-Generation-Id", "gen-1")])
    #expect(behind.kind == .serverFailed)
    #expect(behind.message == "OpenRouter (openrouter.ai:443) failed (502: Bad: no GPU).")
    #expect(behind.requestID == "gen-1")
  }

  @Test(arguments: [
    (400, StreamFailure.Kind.refused), (401, .unauthorized), (402, .quotaExhausted),
    (403, .unauthorized), (408, .serverFailed), (429, .rateLimited), (502, .serverFailed),
    (503, .serverFailed),
  ])
  func `OpenRouter's numbers mean in a stream what they mean in a response`(
    _ code: Int, _ kind: StreamFailure.Kind
  ) throws {
    let chunk =
      #"data: {"error":{"code":\#(code),"message":"no"},"choices":[{"delta":{},"finish_reason":"error"}]}"#
    let inStream = try failure("openrouter", head(), bytes(chunk + "\n\n"))
    #expect(inStream.kind == kind)
    #expect(try refused(code, #"{"error":{"code":\#(code),"message":"no"}}"#).kind == kind)
  }

  @Test func `xAI's words for a bad key and an empty account are understood`() throws {
    let key = try refused(
      400, #"{"code":"invalid argument","error":"Incorrect API key provided: xa***YZ."}"#,
      provider: "xai", model: "xai/grok")
    #expect(key.kind == .unauthorized)
    #expect(key.message.hasSuffix(" Check XAI_API_KEY."))
    let money = try refused(
      403, #"{"code":"no permission","error":"Your team doesn't have any credits yet."}"#,
      provider: "xai", model: "xai/grok")
    #expect(money.kind == .quotaExhausted)
  }

  @Test func `a deployment that Azure does not have is a model that is not there`() throws {
    let row = try #require(ProviderTable.standard["azure"])
    let azure = try row.endpoint(baseURL: "https://r.openai.azure.com", key: Secret(ownKey))
    var stream = OneStream(azure, outgoing("azure/mine"))
    let says =
      #"{"error":{"code":"DeploymentNotFound","message":"The API deployment is not there."}}"#
    let output = stream.feed(
      head(404, "application/json", [HTTPHeader("apim-request-id", "a-1")]), bytes(says),
      .ended(nil))
    #expect(
      output.failure?.message
        == "Azure (r.openai.azure.com:443) has no model mine. "
        + "Choose another with /model PROVIDER/NAME.")
    #expect(output.failure?.requestID == "a-1")
  }

  @Test func `DeepSeek without machines has failed, and has not finished`() throws {
    let chunk =
      #"{"choices":[{"delta":{"content":""},"finish_reason":"insufficient_system_resource"}]}"#
    let failure = try failure("deepseek", head(), bytes("data: \(chunk)\n\n"))
    #expect(failure.kind == .serverFailed)
    #expect(failure.remedy == .retry)
    #expect(failure.message.contains("(insufficient_system_resource)"))
  }

  @Test func `Groq's failed call of a tool is a refusal and not worth another try`() throws {
    let error =
      #"{"error":{"message":"It failed.","type":"x","code":"tool_use_failed","failed_generation":"{}"}}"#
    let inStream = try failure("groq", head(), bytes("event: error\ndata: \(error)\n\n"))
    #expect(inStream.kind == .refused)
    #expect(inStream.message == "Groq (api.groq.com:443) refused the request (It failed).")
  }

  @Test func `a long message is cut and stays one line`() throws {
    let body = #"{"message":"a\nb\u001b[31m \#(String(repeating: "x", count: 500))"}"#
    let message = try refused(400, body).message
    #expect(message.count <= 200)
    #expect(message.contains("(400: a b [31m xxx"))
    #expect(message.hasSuffix("x…)."))
  }
}

struct Secrets {
  private let own = "hf.Own+Key/42"

  @Test(arguments: [
    ("key sk-abcDEF-123_45 end", "key (secret) end"),
    ("provided: sk-pr***************xyz1.", "provided: (secret)."),
    ("Authorization: Bearer abcdefgh.ijkl-m", "Authorization: Bearer (secret)"),
    ("bearer\u{20}ABCDEFGHIJ, no", "bearer (secret) no"),
    ("GET /x?api_key=abc&y=1 KEY=zz", "GET /x?api_key=(secret)&y=1 KEY=(secret)"),
    (
      "it holds hf.Own+Key/42, twice hf.Own+Key/42\u{301}",
      "it holds (secret), twice (secret)\u{301}"
    ),
    ("disk-full task-force Bearer auth", "disk-full task-force Bearer auth"),
    ("xai-0123456789abcdefGHIJ, no", "(secret), no"),
    ("gsk_0123456789abcdefGHIJ gsk_0*****", "(secret) (secret)"),
    ("AIzaSyA-0123456789abcdef_GHIJ", "(secret)"),
    ("pplx-0123456789abcdefGHIJ csk-0123456789abcdefGHIJ", "(secret) (secret)"),
    ("xai-grok-4 and pplx-7b-online", "xai-grok-4 and pplx-7b-online"),
  ])
  func `are masked in foreign text`(_ text: String, _ masked: String) {
    #expect(maskingSecrets(in: text, key: Secret(own)) == masked)
  }

  @Test func `never stand in a failure, whichever way they come`() throws {
    let says = "You sent \(own) as Bearer \(own)"
    let json = #"{"error":{"message":"\#(says)","code":"\#(own)","type":"\#(own)"}}"#
    let headers = [
      HTTPHeader("Location", "https://a.test/\(own)"), HTTPHeader("x-request-id", own),
      HTTPHeader("Content-Encoding", own),
    ]
    // Where a sentence cuts it, the key must be gone already.
    let long = String(repeating: "y", count: FailureWording.detailLimit - 8) + own
    let bodies = [
      json, says, "<title>\(says)</title>", "data: \(json)\n\n", "data: \(says)\n\n", long,
    ]
    var messages: [String] = []
    for provider in ["openai", "ollama"] {
      for status in [200, 301, 400, 401, 403, 404, 413, 429, 500] {
        for type in [nil, "text/html", "application/json", "text/event-stream"] {
          for body in bodies {
            for extra in [headers, Array(headers.prefix(2))] {
              let failure = try failure(
                provider, key: own, head(status, type, extra), bytes(body),
                .ended(TransferFailure(.other, detail: says)))
              messages += [failure.message, failure.requestID ?? ""]
            }
          }
        }
      }
      let before = try failure(provider, key: own, .ended(TransferFailure(.other, detail: says)))
      messages.append(before.message)
    }
    for message in messages {
      try #require(!message.contains(own) && !message.contains("hf.Own"), "\(message)")
    }
  }

  @Test func `print nowhere`() throws {
    let endpoint = try endpoint("openai", key: own)
    var dumped = ""
    dump(endpoint, to: &dumped)
    for text in ["\(endpoint)", String(reflecting: endpoint), dumped, "\(Secret(own)!)"] {
      #expect(!text.contains(own))
    }
  }
}

// A conversation that outgrew its model has a way out of its own, so it must be known for what it is,
// in whatever words.

import Chat
import Testing
import Wire

@testable import Providers

struct `A conversation that is too long` {
  /// The sentences as their servers write them, each with its status.
  static let refusals: [(status: Int, body: String)] = [
    // OpenAI: by its code, in a sentence, as bytes, and as more than a minute's share.
    (400, #"{"error":{"message":"no","code":"context_length_exceeded"}}"#),
    (400, #"{"error":{"message":"Your input exceeds the context window of this model."}}"#),
    (400, #"{"error":{"message":"Invalid 'messages'","code":"string_above_max_length"}}"#),
    (
      429,
      #"{"error":{"message":"Request too large for gpt-x on tokens per min (TPM): Limit 30000, Requested 40000.","type":"tokens","code":"rate_limit_exceeded"}}"#
    ),
    (413, ""), (413, "<html><title>413 Request Entity Too Large</title></html>"),
    // vLLM, DeepSeek, OpenRouter; Mistral; Together.
    (
      400,
      #"{"object":"error","message":"This model's maximum context length is 4096 tokens. However, you requested 5000 tokens","type":"BadRequestError","code":400}"#
    ),
    (
      400,
      #"{"message":"Prompt contains 40000 tokens, too large for model with 32768 maximum context length"}"#
    ),
    (
      400,
      #"{"error":{"message":"The input (9000 tokens) is longer than the model's context length (8192 tokens)."}}"#
    ),
    // What OpenRouter passes on.
    (
      400,
      #"{"error":{"message":"Provider returned error","code":400,"metadata":{"raw":"{\"error\":{\"message\":\"prompt is too long: 3 tokens > 2 maximum\"}}"}}}"#
    ),
    // llama.cpp: before the slot is taken, and when it has run full.
    (
      400,
      #"{"error":{"code":400,"message":"request (9412 tokens) exceeds the available context size (8192 tokens), try increasing it","type":"exceed_context_size_error"}}"#
    ),
    (
      500,
      #"{"error":{"code":500,"message":"Context size has been exceeded.","type":"server_error"}}"#
    ),
    // LM Studio; Ollama.
    (
      400,
      #"{"error":"The number of tokens to keep from the initial prompt is greater than the context length."}"#
    ),
    (400, #"{"error":"prompt too long; exceeded max context length by 3 tokens"}"#),
    // Anthropic: tokens, tokens with the reply's, bytes.
    (
      400,
      #"{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 213462 tokens > 200000 maximum"}}"#
    ),
    (
      400,
      #"{"error":{"message":"input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000"}}"#
    ),
    (413, #"{"type":"error","error":{"type":"request_too_large","message":"no"}}"#),
    // Gemini; xAI; Groq; Bedrock; Moonshot; Alibaba.
    (
      400,
      #"{"error":{"code":400,"message":"The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).","status":"INVALID_ARGUMENT"}}"#
    ),
    (
      400,
      #"{"error":"This model's maximum prompt length is 131072 but the request contains 537812 tokens."}"#
    ),
    (400, #"{"error":{"message":"Please reduce the length of the messages or completion."}}"#),
    (400, #"{"message":"Input is too long for requested model."}"#),
    (400, #"{"error":{"message":"Your request exceeded model token limit: 8192"}}"#),
    (400, #"{"error":{"message":"Range of input length should be [1, 129024]"}}"#),
  ]

  @Test(arguments: refusals.indices)
  func `is known in the words of every server`(_ index: Int) throws {
    let (status, body) = Self.refusals[index]
    for provider in ["openai", "ollama"] {
      let failure = try refused(status, body, provider: provider, model: "\(provider)/m1")
      #expect(failure.kind == .tooLong, "\(body)")
      #expect(failure.remedy == .never)
      #expect(failure.message.hasPrefix("The conversation is longer than m1 takes (\(status)"))
    }
  }

  @Test func `is said without advice`() throws {
    #expect(
      try refused(413, "").message == "The conversation is longer than gpt-x takes (413).")
    #expect(
      try refused(400, #"{"error":{"message":"prompt is too long: 3 tokens > 2 maximum"}}"#).message
        == "The conversation is longer than gpt-x takes (400: prompt is too long: 3 tokens > 2 maximum)."
    )
  }

  @Test func `is known in a stream, too`() throws {
    let error = #"{"error":{"message":"Context size has been exceeded.","code":500}}"#
    let chat = try failure("openai", head(), bytes("data: \(error)\n\n"))
    #expect(chat.kind == .tooLong)
    #expect(
      chat.message
        == "The conversation is longer than gpt-x takes (500: Context size has been exceeded).")
    let line = #"{"error":"prompt too long; exceeded max context length by 3 tokens"}"# + "\n"
    let lines = try failure(
      "ollama", model: "ollama/m", head(200, "application/x-ndjson"), bytes(line))
    #expect(lines.kind == .tooLong)
    #expect(
      lines.message == "The conversation is longer than m takes "
        + "(prompt too long; exceeded max context length by 3 tokens).")
  }

  @Test(arguments: [
    (429, "Rate limit reached on tokens per minute (TPM): Limit 6000, Used 5900, Requested 900."),
    (429, "Too many tokens, please wait before trying again."),
    (429, "This request would exceed your organization's limit of 30000 input tokens per minute."),
    (500, "Out of memory: try a smaller context length."), (401, "no context length for you"),
    (403, "maximum context length is for members"), (400, "max_tokens is too large: 300000"),
  ])
  func `is not what a limit of speed, of memory or of rights is`(
    _ status: Int, _ message: String
  ) throws {
    #expect(try refused(status, #"{"error":{"message":"\#(message)"}}"#).kind != .tooLong)
  }
}

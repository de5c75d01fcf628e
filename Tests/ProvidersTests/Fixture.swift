// Bodies of our own, in the shapes that servers were seen to send, at least six for each dialect. Every one
// runs whole and at every cut; the recordings of `RecordingTests` prove the same on genuine streams.

import Chat
import Testing

@testable import Providers

/// A body and what it says.
struct Fixture: Sendable, CustomTestStringConvertible {
  let name: String
  let provider: String
  let body: String
  let text: String
  var thinking = ""
  var refusal = ""
  var toolCalls: [ToolCall] = []
  var model: String? = "m"
  /// What the server calls the request.
  var requestID: String?
  var usage: Usage?
  let reason: StopReason
  /// What the finish is in, up to the byte that makes it count; nil where there is no single place.
  let finish: String

  var testDescription: String { name }

  var contentType: String {
    get throws {
      try endpoint(provider, key: "k").server.dialect.rules.replyType + "; charset=utf-8"
    }
  }
}

/// All of them; a dialect's own lie in a file of their own.
let fixtures: [Fixture] = [
  openAIChatFixtures,
  chatServerFixtures,
  ollamaFixtures,
  openAIResponsesFixtures,
  streamIDLinesFixtures,
  anthropicFixtures,
  geminiFixtures,
].flatMap(\.self)

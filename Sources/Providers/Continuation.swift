// How a model is brought to go on with a reply that was cut.
//
// Best is a wire that takes the reply's beginning as its last message, of the assistant: the model goes on
// behind it because it cannot do otherwise. Not every server has that, and some that seem to have it close
// the message and begin another, or file the rest under thoughts. So it is used only where it is known to
// work and a server that does not take it says so (`Concession.prefill`). Everybody else is asked in words,
// by a prompt behind the reply: to begin with its last words, so that blanks and halves of words come out
// right. `Seam` in `Chat` leaves out what was repeated, whoever was asked how.
//
// A model that is to think does so before its reply, and so not behind the beginning of one: Anthropic
// refuses that, others are not to be trusted with it. There too words are used.

import Chat

/// Where a server of Chat Completions takes the beginning of a reply.
enum PrefillForm: Hashable, Sendable {
  /// Nowhere, or nowhere for sure. vLLM has `continue_final_message`, but some of its tokenizers pass over it
  /// in silence (vllm issue 46256); of OpenRouter's models some can and some refuse; LM Studio leaves it to
  /// the template of each model.
  case none
  /// In the last message: llama.cpp. One that thinks refuses it with 400, as its versions can (llama.cpp pull
  /// requests 15404 and 22727).
  case lastMessage
  /// There, with `prefix: true`: Mistral, whose reply begins with the prefix once more (docs.mistral.ai,
  /// prefix; `AssistantMessage` of its OpenAPI).
  case prefix
  /// The same, but only behind the base URL that ends with `/beta`: DeepSeek (api-docs.deepseek.com,
  /// guides/chat_prefix_completion).
  case prefixAtBeta
}

extension Endpoint {
  /// Whether the reply's beginning is sent as such, and not with words.
  func prefills(_ outgoing: Outgoing) -> Bool {
    let thinks = outgoing.options.effort.map { $0 != .off } ?? false
    return outgoing.continuation != nil && !thinks && !concessions.contains(.prefill)
      && server.dialect.rules.takesPrefill(outgoing, at: self)
  }

  /// The messages of a request. The last is the assistant's only if `prefills` says so.
  func messages(of outgoing: Outgoing) -> [Outgoing.Message] {
    guard let text = outgoing.continuation else { return outgoing.messages }
    return prefills(outgoing)
      ? outgoing.messages + [Outgoing.Message(role: .assistant, parts: [.text(text)])]
      : outgoing.messagesWithInstruction
  }

  /// What may help where the server refused a request (400, 422); nil where nothing will.
  ///
  /// - Parameter refusal: the body of the response, in lower case.
  func concession(to refusal: String, of outgoing: Outgoing) -> Concession? {
    if prefills(outgoing), prefillPhrases.contains(where: refusal.contains) { return .prefill }
    return server.dialect.rules.concession(to: refusal, of: outgoing, to: self)
  }
}

/// How servers say that the last message may not be the assistant's: Anthropic ("does not support assistant
/// message prefill. The conversation must end with a user message"), llama.cpp ("Assistant response prefill
/// is incompatible with enable_thinking"), Mistral and DeepSeek of `prefix` and the last role, and Anthropic
/// again of one that thinks ("a final assistant message must start with a thinking block").
private let prefillPhrases = [
  "prefill", "prefix", "must end with", "last message", "last role", "final assistant",
]

extension Outgoing {
  /// The messages with the reply's beginning as an ordinary one, and behind it what is asked for.
  var messagesWithInstruction: [Message] {
    guard let text = continuation else { return messages }
    return messages + [
      Message(role: .assistant, parts: [.text(text)]),
      Message(role: .user, parts: [.text(instruction(toContinue: text))]),
    ]
  }
}

/// What a model is told that has to go on with this text.
func instruction(toContinue text: String) -> String {
  """
  Your last reply was cut off. Go on with it exactly where it ends, in the same form, as if it had never \
  been cut. Begin with these last words of it, then write what follows them, and put nothing before them:

  \(lastWords(of: text))
  """
}

/// The last words of a text, from a word's beginning on: at least 8 words with 24 letters where there are as
/// many, so that their repetition cannot be taken for chance, and at most 200 scalars.
func lastWords(of text: String) -> String {
  let tail = text.unicodeScalars.suffix(200)
  var wordCount = 0
  var letterCount = 0
  var start = tail.endIndex
  for index in tail.indices.reversed() {
    if tail[index].properties.isAlphabetic { letterCount += 1 }
    guard !tail[index].properties.isWhitespace else { continue }
    let isBegin =
      index == tail.startIndex || tail[tail.index(before: index)].properties.isWhitespace
    guard isBegin else { continue }
    start = index
    wordCount += 1
    if wordCount >= 8, letterCount >= 24 { break }
  }
  return String(tail[start...])
}

// How each provider is asked to go on with a reply that was cut.

import Chat
import Testing
import Wire

@testable import Providers

private let begun = "Streams are cut for many reasons. A network breaks, a user has seen enou"

private func continued(_ model: String, effort: ReasoningEffort? = nil) -> Outgoing {
  var outgoing = outgoing(model, "Why?")
  outgoing.systemPrompt = "Be brief."
  outgoing.continuation = begun
  outgoing.options.effort = effort
  return outgoing
}

/// What a body says, whatever its dialect.
private struct SentBody: Decodable {
  struct Message: Decodable {
    struct Part: Decodable { var text: String? }

    let role: String
    var prefix: Bool?
    let text: String

    private enum Key: String, CodingKey { case role, prefix, content, parts }

    init(from decoder: any Decoder) throws {
      let object = try decoder.container(keyedBy: Key.self)
      role = try object.decode(String.self, forKey: .role)
      prefix = try object.decodeIfPresent(Bool.self, forKey: .prefix)
      if let text = try? object.decode(String.self, forKey: .content) {
        self.text = text
      } else {
        let parts =
          try object.decodeIfPresent([Part].self, forKey: .content)
          ?? object.decode([Part].self, forKey: .parts)
        text = parts.compactMap(\.text).joined()
      }
    }
  }

  var messages: [Message]?
  var contents: [Message]?
  var input: [Message]?

  var all: [Message] { (messages ?? contents ?? input ?? []).filter { $0.role != "system" } }
}

private func sent(_ outgoing: Outgoing, to endpoint: Endpoint) throws -> [SentBody.Message] {
  let request = try endpoint.chatRequest(outgoing, userAgent: agent)
  return try #require(JSONText.decode(SentBody.self, from: request.body)).all
}

struct Continuations {
  private static let rows = ProviderTable.standard.rows.filter { $0.server != nil }.map(\.id)
  /// Those who take the beginning of a reply for one from any model.
  private static let prefilling: Set = ["mistral", "llamacpp", "ollama"]

  @Test(arguments: rows) func `are asked of every provider in a legal order`(_ id: String) throws {
    let messages = try sent(continued("\(id)/m"), to: try endpoint(id, key: "k"))
    let reply = id == "gemini" ? "model" : "assistant"
    #expect(
      messages.map(\.role)
        == (Self.prefilling.contains(id) ? ["user", reply] : ["user", reply, "user"]))
    #expect(messages[1].text == begun)
    #expect(messages[1].prefix == (id == "mistral" ? true : nil))
    if messages.count == 3 {
      #expect(messages[2].text == instruction(toContinue: begun))
    }
  }

  @Test(arguments: rows) func `are not asked for where there is nothing to go on with`(
    _ id: String
  ) throws {
    let messages = try sent(outgoing("\(id)/m"), to: try endpoint(id, key: "k"))
    #expect(messages.map(\.role) == ["user"])
    #expect(messages[0].prefix == nil)
  }

  @Test(arguments: ["mistral/m", "ollama/m", "anthropic/claude-opus-4-5"])
  func `are asked for in words of a model that is to think`(_ model: String) throws {
    let endpoint = try endpoint(String(model.prefix { $0 != "/" }), key: "k")
    #expect(try sent(continued(model, effort: .low), to: endpoint).count == 3)
    #expect(try sent(continued(model, effort: .off), to: endpoint).count == 2)
  }

  @Test(arguments: [
    ("claude-opus-4-5", true), ("claude-sonnet-4-5-20250929", true), ("claude-haiku-4-5", true),
    ("claude-3-5-haiku-20241022", true), ("anthropic/claude-sonnet-4.5", true),
    ("claude-opus-4-6", false), ("claude-sonnet-4-6", false), ("claude-sonnet-5", false),
    ("claude-opus-latest", false), ("kimi-k3", false),
  ])
  func `go to Claude as the reply's beginning up to 4 5, and in words since`(
    _ name: String, _ prefills: Bool
  ) throws {
    let messages = try sent(
      continued("anthropic/\(name)"), to: try endpoint("anthropic", key: "k"))
    #expect(messages.last?.role == (prefills ? "assistant" : "user"))
  }

  @Test func `go to DeepSeek as a prefix behind its beta address alone`() throws {
    let beta = try endpoint("deepseek", at: "https://api.deepseek.com/beta/", key: "k")
    #expect(try sent(continued("deepseek/m"), to: beta).last?.prefix == true)
    let plain = try endpoint("deepseek", at: "https://api.deepseek.com/v1", key: "k")
    #expect(try sent(continued("deepseek/m"), to: plain).last?.role == "user")
  }

  @Test(arguments: [
    (
      "anthropic", "claude-opus-4-5",
      #"{"error":{"message":"This model does not support assistant message prefill. The conversation must end with a user message."}}"#
    ),
    (
      "llamacpp", "m",
      #"{"error":{"code":400,"message":"Assistant response prefill is incompatible with enable_thinking."}}"#
    ),
    (
      "mistral", "m",
      #"{"object":"error","message":"Expected last role User or Tool (or Assistant with prefix True) for serving but got assistant"}"#
    ),
  ])
  func `are asked for in words of a server that refuses the reply's beginning`(
    _ id: String, _ model: String, _ refusal: String
  ) throws {
    let endpoint = try endpoint(id, key: "k")
    var registry = StreamRegistry(userAgent: agent)
    func roles() -> [[String]] {
      registry.takeOutput().effects.compactMap { effect in
        guard case .open(_, let request) = effect else { return nil }
        return JSONText.decode(SentBody.self, from: request.body)?.all.map(\.role)
      }
    }
    registry.start(attempt(1), continued("\(id)/\(model)"), endpoint: endpoint, at: time(0))
    for event in [head(400, "application/json"), bytes(refusal), .ended(nil)] {
      registry.receive(event, from: attempt(1).transfer, at: time(0))
    }
    #expect(roles() == [["user", "assistant"], ["user", "assistant", "user"]])
    registry.receive(head(), from: attempt(1).transfer, at: time(0))
    registry.start(attempt(2), continued("\(id)/\(model)"), endpoint: endpoint, at: time(0))
    #expect(roles() == [["user", "assistant", "user"]])
  }

  @Test func `are not asked for once more where the words were refused`() throws {
    var stream = OneStream(
      try endpoint("openai", key: "k"), continued("openai/m"))
    let output = stream.feed(
      head(400, "application/json"),
      bytes(#"{"error":{"message":"The conversation must end with a prefix."}}"#), .ended(nil))
    #expect(output.effects == [])
    #expect(output.streamEvents.failure?.kind == .refused)
  }
}

struct `A program that is to go on` {
  private func input(_ kind: CommandProvider.Input) throws -> String {
    let command = try CommandProvider(["say"], input: kind).command(for: continued("say/m"))
    return String(decoding: command.input, as: UTF8.self)
  }

  @Test func `reads what there is of its reply behind the prompt`() throws {
    #expect(
      try input(.prompt)
        == "Why?\n\nYour reply so far:\n\n\(begun)\n\n" + instruction(toContinue: begun))
  }

  @Test func `reads the instruction as the last message of JSON`() throws {
    let body = try #require(JSONText.decode(SentBody.self, from: Array(input(.json).utf8)))
    #expect(body.all.map(\.role) == ["user", "assistant", "user"])
    #expect(body.all.last?.text == instruction(toContinue: begun))
  }
}

struct `The guide that is to go on` {
  private func answer(_ begun: String?) -> String {
    var outgoing = outgoing("guide/guide", "help")
    outgoing.continuation = begun
    return Guide(GuideAsking.tables).answer(to: outgoing)
  }

  @Test func `tells the rest of its answer`() {
    let whole = answer(nil)
    let begun = String(whole.prefix(whole.count / 2))
    #expect(begun + answer(begun) == whole)
    #expect(answer(whole) == "")
  }

  @Test func `says that it cannot go on with what another wrote`() {
    #expect(answer("Streams are").hasPrefix("\n\n*This is Patter's built-in guide."))
  }
}

struct `The last words` {
  @Test func `are whole, and enough to be known again`() {
    #expect(lastWords(of: begun) == "A network breaks, a user has seen enou")
    #expect(lastWords(of: "One\n two") == "One\n two")
    #expect(lastWords(of: "a b c d e f g h i j k l m") == "a b c d e f g h i j k l m")
    #expect(lastWords(of: String(repeating: "很", count: 300)).unicodeScalars.count == 200)
    #expect(
      lastWords(of: String(repeating: "word ", count: 300) + "end").split(separator: " ").count == 8
    )
  }

  @Test(arguments: [
    begun, "func a() {\n  let b = 1\n  let c", "- one\n- two\n- th",
    "很好。" + String(repeating: "很多的话", count: 9),
    "| a | b |\n|---|---|\n| one | two", "Yes, " + begun,
  ])
  func `are left out where a model repeats them`(_ text: String) {
    for opening in ["", "\n\n", "Continuing:\n\n"] {
      var seam = Seam(after: text)
      let quoted = lastWords(of: text)
      guard opening.isEmpty || quoted.count(where: \.isLetter) >= 16 else { continue }
      #expect(seam.take(opening + quoted + "gh of it") + seam.finish() == "gh of it")
    }
  }
}

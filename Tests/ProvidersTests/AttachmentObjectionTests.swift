// What speaks against sending a file to a provider is known before anything is sent, and it is what the request
// would say.

import Chat
import Testing

@testable import Providers

@Suite struct `What speaks against a file` {
  private static let text = Part(.file(name: "n.txt", mediaType: "text/plain"), text: "-")
  private static let picture = Part(.image(mediaType: "image/png"), data: [0])
  private static let pdf = Part(.file(name: "p.pdf", mediaType: "application/pdf"), data: [0])

  @Test(
    arguments: [
      ("openai", nil, nil), ("openai-responses", nil, nil), ("anthropic", nil, nil),
      ("gemini", nil, nil),
      (
        "ollama", nil,
        "Ollama cannot be given the file p.pdf (application/pdf). It takes text and pictures."
      ),
      (
        "ndjson",
        "Stream-id NDJSON cannot be given a picture of the type image/png. It takes text.",
        "Stream-id NDJSON cannot be given the file p.pdf (application/pdf). It takes text."
      ),
    ] as [(String, String?, String?)])
  func `is what its dialect has no place for`(provider: String, picture: String?, pdf: String?)
    throws
  {
    let endpoint = try endpoint(provider, key: "key")
    #expect(endpoint.objection(to: Self.text) == nil)
    #expect(endpoint.objection(to: Self.picture) == picture)
    #expect(endpoint.objection(to: Self.pdf) == pdf)
    for part in [Self.text, Self.picture, Self.pdf] {
      var asked = outgoing("\(provider)/m")
      asked.messages[0].parts.append(part)
      let isRefused = (try? endpoint.chatRequest(asked, userAgent: agent)) == nil
      #expect(isRefused == (endpoint.objection(to: part) != nil))
    }
  }

  @Test func `is everything but text for a program that gets nothing else`() {
    let model = ModelID(provider: "say", name: "m")
    let plain = CommandProvider(["say"])
    #expect(plain.objection(to: Self.text, as: model) == nil)
    #expect(
      plain.objection(to: Self.picture, as: model)
        == "say cannot be given a picture of the type image/png. It takes text, or anything where "
        + "its configuration says 'input: json'.")
    #expect(CommandProvider(["say"], input: .json).objection(to: Self.pdf, as: model) == nil)
  }
}

/// A model as the user names it: the provider and the provider's own name, `openai/gpt-4o`.
public struct ModelID: Hashable, Sendable, CustomStringConvertible {
  /// The provider's row in the provider table, for example `ollama`.
  public let provider: String
  /// The name the provider knows the model by. It may hold slashes itself (`qwen/qwen3-8b`).
  public let name: String

  public init(provider: String, name: String) {
    self.provider = provider
    self.name = name
  }

  /// Reads `PROVIDER/NAME`. Only the first slash parts the two; nil when either side is empty.
  public init?(_ text: String) {
    guard let slash = text.firstIndex(of: "/") else { return nil }
    let provider = text[..<slash]
    let name = text[text.index(after: slash)...]
    guard !provider.isEmpty, !name.isEmpty else { return nil }
    self.init(provider: String(provider), name: String(name))
  }

  public var description: String { "\(provider)/\(name)" }
}

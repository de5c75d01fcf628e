/// What is sent to a provider for one reply. A value: the store decides it, the provider writes it in
/// its own dialect.
///
/// Promise: `messages` begins and ends with `user`, alternates between `user` and `assistant`, and no
/// message is empty or only white space. Every provider accepts such an order.
public struct Outgoing: Hashable, Sendable {
  public struct Message: Hashable, Sendable {
    public var role: Role
    public var parts: [Part]

    public init(role: Role, parts: [Part]) {
      self.role = role
      self.parts = parts
    }

    /// All text parts, joined by blank lines.
    public var text: String {
      parts.filter { $0.kind == .text }.map(\.text).joined(separator: "\n\n")
    }
  }

  public var model: ModelID
  public var systemPrompt: String?
  public var messages: [Message]

  public init(model: ModelID, systemPrompt: String? = nil, messages: [Message]) {
    self.model = model
    self.systemPrompt = systemPrompt
    self.messages = messages
  }
}

// What a server tells of its models.

public import Chat

/// A model as a server lists it. What it does not say is nil.
public struct ListedModel: Hashable, Sendable {
  /// The provider's own name for it, as it goes into a request.
  public var name: String
  /// How the provider calls it in front of people.
  public var title: String?
  /// Tokens it takes, prompt and reply together.
  public var windowTokens: Int?
  /// The longest reply, in tokens.
  public var replyTokens: Int?
  /// What it costs.
  public var price: Price?

  public init(
    _ name: String, title: String? = nil, windowTokens: Int? = nil, replyTokens: Int? = nil,
    price: Price? = nil
  ) {
    self.name = name
    self.title = title
    self.windowTokens = windowTokens
    self.replyTokens = replyTokens
    self.price = price
  }

  /// The longest name that is believed, in bytes.
  static let nameLimitBytes = 256

  /// Whether the name can be one: a line of its own, not empty and not too long.
  var isNamed: Bool { Self.isName(name) }

  /// The same without what cannot be: a title that is no line, numbers that no model has.
  var credible: ListedModel {
    var model = self
    if let title, title == name || !Self.isName(title) { model.title = nil }
    model.windowTokens = windowTokens.flatMap { Self.tokens.contains($0) ? $0 : nil }
    model.replyTokens = replyTokens.flatMap { Self.tokens.contains($0) ? $0 : nil }
    model.price = price?.credible
    return model
  }

  /// What counts as a number of tokens; some servers write 0 where they do not know.
  private static let tokens = 1...100_000_000

  private static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= nameLimitBytes
      && text.unicodeScalars.allSatisfy {
        $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value)
      }
  }
}

// What servers tell of a model may be missing, null or absurd.
extension KeyedDecodingContainer {
  /// A number of tokens, at least 1.
  func tokenLimit(_ key: Key) -> Int? {
    let count = lenient(key, as: LenientCount.self)?.value ?? 0
    return count > 0 ? count : nil
  }

  /// A name for people, on one line.
  func title(_ key: Key) -> String? {
    let text = clipped(oneLine(lenient(key) ?? ""), to: 80)
    return text.isEmpty ? nil : text
  }

  /// What a page says of the next one; nil where it says nothing, or more than anybody would.
  func pageMark(_ key: Key) -> String? {
    lenient(key, as: String.self).flatMap { mark in
      mark.isEmpty || mark.utf8.count > 1024 ? nil : mark
    }
  }
}

extension Price {
  /// Nil for what is no price. A server that routes to others writes -1 for "it depends".
  var credible: Price? {
    let amounts = 0...100_000.0
    guard amounts.contains(input), amounts.contains(output) else { return nil }
    var price = self
    price.cachedInput = cachedInput.flatMap { amounts.contains($0) ? $0 : nil }
    price.promptLimit = promptLimit.flatMap { $0 > 0 ? $0 : nil }
    return price
  }
}

/// A page of a list of models.
struct ModelPage: Hashable, Sendable {
  /// The longest list that is believed; more is passed over.
  static let limit = 10_000

  var models: [ListedModel]
  /// Names the page behind this one, for `modelsPath`; nil when this is the last.
  var next: String?

  /// The models of a list in which each entry was understood or, where it was not, is nil. A list of
  /// entries none of which is understood is no list of models.
  init?(_ entries: [ListedModel?], next: String? = nil) {
    models = entries.prefix(Self.limit).compactMap { $0 }.filter(\.isNamed).map(\.credible)
    guard !models.isEmpty || entries.isEmpty else { return nil }
    self.next = next
  }
}

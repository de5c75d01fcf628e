// One table of keys. The help overlay, the hints, the guide, `patter keys` and the README are made from its
// rows or tested against them.

public import Terminal

/// Where a key asks for something. The narrower place goes before the wider one.
public enum KeyPlace: String, Hashable, Sendable, CaseIterable {
  /// The composer has the keys, and nothing stands in it.
  case emptyDraft = "empty draft"
  /// The composer has the keys, or the line of a list or a search, as far as they make sense there.
  case draft
  case anywhere
}

/// One row of the key table.
public struct KeyBinding: Hashable, Sendable {
  /// Empty where nothing is bound to the action.
  public var keys: [KeyPress]
  public var place: KeyPlace
  public var action: Action
  /// What the keys do, as the help shows it.
  public var help: String

  public init(_ keys: [KeyPress], in place: KeyPlace, _ action: Action, _ help: String) {
    self.keys = keys
    self.place = place
    self.action = action
    self.help = help
  }

  /// `keys` holds names as `KeyPress.init(_:)` reads them, parted by blanks. A name that is no key is
  /// our own mistake.
  public init(_ keys: String, in place: KeyPlace, _ action: Action, _ help: String) {
    let keys = keys.split(separator: " ").map { name in
      guard let key = KeyPress(String(name)) else {
        preconditionFailure("\(name) is the name of no key")
      }
      return key
    }
    self.init(keys, in: place, action, help)
  }
}

/// Which key asks for what.
public struct KeyMap: Hashable, Sendable {
  /// The rows, in the order in which the help shows them.
  public let bindings: [KeyBinding]
  private let actions: [KeyPlace: [KeyPress: Action]]

  /// A key that stands in two rows of one place does what the first says.
  public init(_ bindings: [KeyBinding]) {
    self.bindings = bindings
    actions = Dictionary(grouping: bindings, by: \.place).mapValues { rows in
      Dictionary(
        rows.flatMap { row in row.keys.map { ($0, row.action) } },
        uniquingKeysWith: { first, _ in first })
    }
  }

  /// What a key asks for where the narrowest place is this one; nil when nothing is bound to it.
  public func action(for key: KeyPress, in place: KeyPlace) -> Action? {
    let places: [KeyPlace] =
      switch place {
      case .emptyDraft: [.emptyDraft, .draft, .anywhere]
      case .draft: [.draft, .anywhere]
      case .anywhere: [.anywhere]
      }
    return places.lazy.compactMap { actions[$0]?[key] }.first
  }

  /// The first key of an action, as people write it; nil when nothing is bound to it.
  public func name(of action: Action) -> String? {
    bindings.first { $0.action == action && !$0.keys.isEmpty }?.keys.first?.name
  }
}

// The user's own keys, put into a table of keys.
//
// What is set for an action takes the place of all its keys. A key that the user gives to one action is
// taken from every other where it would stand in the way: whoever writes `copy: ctrl-k` wants to copy with
// it. Only an empty draft is a place of its own: what a key does there goes before what it does elsewhere,
// and both may stand.

public import Terminal

/// A key in a place.
public struct PlacedKey: Hashable, Sendable {
  public var press: KeyPress
  public var place: KeyPlace

  public init(_ press: KeyPress, in place: KeyPlace) {
    self.press = press
    self.place = place
  }

  /// Two keys with the same claim cannot both be heard.
  fileprivate var claim: Claim { Claim(press: press, isOnEmptyDraft: place == .emptyDraft) }

  fileprivate struct Claim: Hashable {
    var press: KeyPress
    var isOnEmptyDraft: Bool
  }
}

/// All keys that the user wants for an action.
public struct KeySetting: Hashable, Sendable {
  public var action: Action
  /// Empty for an action that no key shall ask for.
  public var keys: [PlacedKey]

  public init(_ action: Action, _ keys: [PlacedKey]) {
    self.action = action
    self.keys = keys
  }
}

/// A table with the user's keys in it, and what had to be left out for that.
public struct ReboundKeys: Hashable, Sendable {
  /// A key that two settings name: the earlier one counts.
  public struct Clash: Hashable, Sendable {
    /// Indices of the two settings; the same twice where one names the key twice.
    public var first: Int
    public var second: Int
    /// The index among the keys of the second setting.
    public var key: Int
  }

  /// An action that had keys, and has none because a setting gave the last one to another.
  public struct Loss: Hashable, Sendable {
    public var action: Action
    public var key: KeyPress
    /// The index of the setting that has the key now.
    public var setting: Int
  }

  public let keys: KeyMap
  public let clashes: [Clash]
  public let losses: [Loss]
}

extension KeyMap {
  /// The place in which a key of an action counts where nothing else is said: that of its first row.
  public func place(of action: Action) -> KeyPlace {
    bindings.first { $0.action == action }?.place ?? .anywhere
  }

  /// Whether any key asks for an action.
  public func hasKey(for action: Action) -> Bool { name(of: action) != nil }

  /// The table with these settings in it, of which no two are for one action.
  public func rebound(by settings: [KeySetting]) -> ReboundKeys {
    var owners: [PlacedKey.Claim: Int] = [:]
    var clashes: [ReboundKeys.Clash] = []
    var kept: [Action: [PlacedKey]] = [:]
    for (index, setting) in settings.enumerated() {
      kept[setting.action] = []
      for (place, key) in setting.keys.enumerated() {
        if let first = owners[key.claim] {
          clashes.append(.init(first: first, second: index, key: place))
        } else {
          owners[key.claim] = index
          kept[setting.action]?.append(key)
        }
      }
    }
    var rows: [KeyBinding] = []
    var losses: [ReboundKeys.Loss] = []
    var seen: Set<Action> = []
    for action in bindings.map(\.action) where seen.insert(action).inserted {
      if let keys = kept[action] {
        rows += self.rows(of: action, with: keys)
        continue
      }
      let all = bindings.filter { $0.action == action }
      let written = all.flatMap { row in row.keys.map { PlacedKey($0, in: row.place) } }
      let left = written.filter { owners[$0.claim] == nil }
      if left.isEmpty, let last = written.last, let owner = owners[last.claim] {
        losses.append(.init(action: action, key: last.press, setting: owner))
      }
      rows += self.rows(of: action, with: left)
    }
    // The order of the help is that of the table.
    return ReboundKeys(keys: KeyMap(inOrder(rows)), clashes: clashes, losses: losses)
  }

  /// The rows of an action where it has these keys: those that are there already with other keys in them,
  /// and a further one for a place that none had. One without keys stays where there is no other.
  private func rows(of action: Action, with keys: [PlacedKey]) -> [KeyBinding] {
    let known = bindings.filter { $0.action == action }
    var rows = known.map { row in
      var row = row
      row.keys = keys.filter { $0.place == row.place }.map(\.press)
      return row
    }
    for key in keys where !known.contains(where: { $0.place == key.place }) {
      if let index = rows.firstIndex(where: { $0.place == key.place }) {
        rows[index].keys.append(key.press)
      } else {
        rows.append(KeyBinding([key.press], in: key.place, action, help(of: action, in: key.place)))
      }
    }
    let bound = rows.filter { !$0.keys.isEmpty }
    return bound.isEmpty ? Array(rows.prefix(1)) : bound
  }

  /// What the keys of an action do in a place, as the nearest row of this table says it.
  public func help(of action: Action, in place: KeyPlace) -> String {
    let rows = bindings.filter { $0.action == action }
    return (rows.first { $0.place == place } ?? rows.first)?.help ?? ""
  }

  /// Rows in the order of this table; what has no row here stands behind the others of its action.
  private func inOrder(_ rows: [KeyBinding]) -> [KeyBinding] {
    func rank(_ row: KeyBinding) -> Int {
      let exact = bindings.firstIndex { $0.action == row.action && $0.place == row.place }
      return exact ?? bindings.lastIndex { $0.action == row.action } ?? bindings.count
    }
    return rows.enumerated()
      .sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }
      .map(\.element)
  }
}

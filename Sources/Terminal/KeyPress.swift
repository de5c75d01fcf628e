/// A key as the keyboard decoder understood it.
public struct KeyPress: Hashable, Sendable {
  /// The key itself, without what is held with it.
  public enum Key: Hashable, Sendable {
    /// A grapheme somebody typed. With Ctrl or Alt it is lower case.
    case character(Character)
    case enter, tab, escape, backspace, delete, insert
    case up, down, left, right, home, end, pageUp, pageDown
    /// F1 is `function(1)`.
    case function(Int)
  }

  /// What is held down with a key.
  public struct Modifiers: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let shift = Modifiers(rawValue: 1 << 0)
    public static let alt = Modifiers(rawValue: 1 << 1)
    public static let control = Modifiers(rawValue: 1 << 2)
  }

  public var key: Key
  public var modifiers: Modifiers

  public init(_ key: Key, _ modifiers: Modifiers = []) {
    self.key = key
    self.modifiers = modifiers
  }
}

extension KeyPress {
  /// Keys with a name, and the name a person writes and reads.
  private static let names: [(name: String, key: Key)] = [
    ("enter", .enter), ("tab", .tab), ("esc", .escape), ("backspace", .backspace),
    ("delete", .delete), ("insert", .insert), ("up", .up), ("down", .down), ("left", .left),
    ("right", .right), ("home", .home), ("end", .end), ("pageup", .pageUp),
    ("pagedown", .pageDown), ("space", .character(" ")), ("pgup", .pageUp), ("pgdn", .pageDown),
  ]

  /// Reads `esc`, `ctrl-c`, `alt-enter`, `f5`, `?`. Modifiers come first, parted by `-`; nil when it
  /// names no key.
  public init?(_ name: String) {
    var rest = Substring(name)
    var modifiers: Modifiers = []
    let prefixes: [(String, Modifiers)] = [("ctrl-", .control), ("alt-", .alt), ("shift-", .shift)]
    while let (prefix, modifier) = prefixes.first(where: {
      rest.count > $0.0.count && rest.lowercased().hasPrefix($0.0)
    }) {
      modifiers.insert(modifier)
      rest = rest.dropFirst(prefix.count)
    }
    let word = rest.lowercased()
    if let named = KeyPress.names.first(where: { $0.name == word }) {
      self.init(named.key, modifiers)
    } else if word.first == "f", let number = Int(word.dropFirst()), (1...24).contains(number) {
      self.init(.function(number), modifiers)
    } else if rest.count == 1, let character = rest.first {
      self.init(.character(character), modifiers)
    } else {
      return nil
    }
  }

  /// The name that `init(_:)` reads, with the modifiers as people write them: `Ctrl-C`, `Alt-Enter`.
  public var name: String {
    var text = ""
    if modifiers.contains(.control) { text += "Ctrl-" }
    if modifiers.contains(.alt) { text += "Alt-" }
    if modifiers.contains(.shift) { text += "Shift-" }
    switch key {
    case .function(let number): return text + "F\(number)"
    case .pageUp: return text + "PgUp"
    case .pageDown: return text + "PgDn"
    case .character(" "): return text + "Space"
    case .character(let character):
      return text + (modifiers.isEmpty ? String(character) : character.uppercased())
    case .enter, .tab, .escape, .backspace, .delete, .insert, .up, .down, .left, .right, .home,
      .end:
      let word = KeyPress.names.first { $0.key == key }?.name ?? ""
      return text + word.prefix(1).uppercased() + word.dropFirst()
    }
  }
}

/// One thing the person at the terminal did.
public enum TerminalInput: Hashable, Sendable {
  case key(KeyPress)
  /// A bracketed paste, whole. Line ends are LF; controls other than TAB and LF have been taken out.
  case paste(String)
  /// The mouse wheel, in notches: negative is up, towards what was said earlier.
  case wheel(Int)
  /// The left button of the mouse was pressed over this cell, with no key held.
  case click(Position)
  /// The terminal has the keyboard from now on, or has it no longer.
  case focus(Bool)
  /// The terminal hung up: end of file on the keyboard's descriptor.
  case hangup
}

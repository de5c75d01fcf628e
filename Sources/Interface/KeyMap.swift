// One table of keys. The help overlay, the hints, the guide and the README are made from its rows or
// tested against them.

public import Terminal

/// One row of the key table.
public struct KeyBinding: Hashable, Sendable {
  public var keys: [KeyPress]
  public var action: Action
  /// What the keys do, as the help shows it.
  public var help: String

  /// `keys` holds names as `KeyPress.init(_:)` reads them, parted by blanks. A name that is no key is
  /// our own mistake.
  public init(_ keys: String, _ action: Action, _ help: String) {
    self.keys = keys.split(separator: " ").map { name in
      guard let key = KeyPress(String(name)) else {
        preconditionFailure("\(name) is the name of no key")
      }
      return key
    }
    self.action = action
    self.help = help
  }
}

/// Which key asks for what.
public struct KeyMap: Hashable, Sendable {
  /// The rows, in the order in which the help shows them.
  public let bindings: [KeyBinding]
  private let actions: [KeyPress: Action]

  /// A key that stands in two rows does what the first says.
  public init(_ bindings: [KeyBinding]) {
    self.bindings = bindings
    actions = Dictionary(
      bindings.flatMap { row in row.keys.map { ($0, row.action) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// What a key asks for; nil when nothing is bound to it.
  public func action(for key: KeyPress) -> Action? {
    actions[key]
  }

  /// The first key of an action, as people write it; nil when nothing is bound to it.
  public func name(of action: Action) -> String? {
    bindings.first { $0.action == action }?.keys.first?.name
  }

  /// The keys of a fresh Patter.
  public static let standard = KeyMap([
    KeyBinding("enter", .send, "send the draft; while a reply is live, replace it"),
    KeyBinding("esc", .cancel, "close what is open, else stop the reply"),
    KeyBinding("ctrl-c", .interrupt, "stop the reply, else clear the draft, else quit (twice)"),
    KeyBinding("alt-r f5", .retry, "send the last prompt again; while waiting to: now"),
    KeyBinding("alt-n", .nextModel, "ask the next model of the chain or pool"),
    KeyBinding("alt-m", .pickModel, "pick the model that answers"),
    KeyBinding("alt-a", .attempts, "show or fold the earlier attempts at replies"),
    KeyBinding("alt-t", .thoughts, "show or fold what models thought"),
    KeyBinding("alt-u", .details, "show or hide tokens, times and cost below replies"),
    KeyBinding("pageup", .pageUp, "scroll up"),
    KeyBinding("pagedown", .pageDown, "scroll down"),
    KeyBinding("alt-up", .messageUp, "go to the message above"),
    KeyBinding("alt-down", .messageDown, "go to the message below"),
    KeyBinding("ctrl-home", .top, "go to the first message"),
    KeyBinding("ctrl-end", .end, "go to the end and follow the reply"),
    KeyBinding("ctrl-s", .search, "search the conversation"),
    KeyBinding("alt-c", .copy, "copy a message, a block of code or the last reply"),
    KeyBinding("f2", .mouse, "give the mouse to the terminal, or take it back"),
    KeyBinding("f3", .bare, "show the bare text, for selecting with the terminal"),
    KeyBinding("ctrl-j alt-enter shift-enter", .newline, "new line in the draft"),
    KeyBinding("up", .previous, "line above, else the earlier prompt"),
    KeyBinding("down", .next, "line below, else the later prompt"),
    KeyBinding("left ctrl-b", .left, "left"),
    KeyBinding("right ctrl-f", .right, "right"),
    KeyBinding("alt-b ctrl-left alt-left", .wordLeft, "one word left"),
    KeyBinding("alt-f ctrl-right alt-right", .wordRight, "one word right"),
    KeyBinding("ctrl-a home", .lineStart, "start of the line; empty draft: first message"),
    KeyBinding("ctrl-e end", .lineEnd, "end of the line; empty draft: follow the reply"),
    KeyBinding("backspace ctrl-h", .deleteBackward, "delete the character before"),
    KeyBinding(
      "ctrl-d delete", .deleteForward, "delete the character under; empty draft: quit (Ctrl-D)"),
    KeyBinding("ctrl-w alt-backspace", .deleteWordBackward, "cut the word before"),
    KeyBinding("alt-d", .deleteWordForward, "cut the word after"),
    KeyBinding("ctrl-k", .killToEnd, "cut to the end of the line"),
    KeyBinding("ctrl-u", .killToStart, "cut to the start of the line"),
    KeyBinding("ctrl-y", .yank, "put back what was cut last"),
    KeyBinding("f1", .help, "show the keys (? on an empty draft does too)"),
    KeyBinding("ctrl-l", .redraw, "draw the screen anew"),
    KeyBinding("ctrl-z", .suspend, "suspend; fg brings Patter back"),
  ])
}

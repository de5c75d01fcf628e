// Keys that are one to most terminals, and therefore to Patter.

extension KeyPress {
  /// The press as every terminal would tell it, so that a binding means the same in all of them.
  ///
  /// A terminal with a newer protocol can tell Ctrl-[ from Esc and Ctrl-M from Enter, an older one
  /// cannot, and hands that learned the older one go on typing them.
  public var settled: KeyPress {
    var press = self
    switch press.key {
    case .escape, .backspace:
      press.modifiers.remove(.shift)
    case .character(let character):
      guard !press.modifiers.isDisjoint(with: [.control, .alt]) else { break }
      let lower = character.lowercased()
      if lower.count == 1, lower != String(character) {
        press.key = .character(Character(lower))
        press.modifiers.insert(.shift)
      }
      guard press.modifiers.contains(.control), !press.modifiers.contains(.shift) else { break }
      // What Ctrl with this key is where only control bytes are sent.
      switch lower {
      case "[": press = KeyPress(.escape, press.modifiers.subtracting(.control))
      case "h": press = KeyPress(.backspace, press.modifiers.subtracting(.control))
      case "i": press = KeyPress(.tab, press.modifiers.subtracting(.control))
      case "m": press = KeyPress(.enter, press.modifiers.subtracting(.control))
      case "@": press.key = .character(" ")
      case "/": press.key = .character("_")
      default: break
      }
    case .enter, .tab, .delete, .insert, .up, .down, .left, .right, .home, .end, .pageUp,
      .pageDown, .function:
      break
    }
    return press
  }
}

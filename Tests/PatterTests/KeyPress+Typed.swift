// What a terminal sends for a key of the table.

import Support
import Terminal

extension TypedKey {
  /// A key of the table, as an xterm without further protocols sends it; one that such a terminal cannot tell
  /// from another, as Shift-Enter, as the kitty protocol does.
  init(_ press: KeyPress) {
    self =
      switch (press.key, press.modifiers) {
      case (.character(let character), .control) where Self.hasControlByte(character):
        .control(character == " " ? "@" : character)
      case (.character(let character), .alt): .alt(character)
      case (.backspace, .alt): .alt("\u{7F}")
      case (.enter, .alt): .altEnter
      case (.tab, .shift): .backtab
      case (let key, []): Self(key)
      case (let key, let modifiers): .held(modifiers.number, Self(key))
      }
  }

  private init(_ key: KeyPress.Key) {
    self =
      switch key {
      case .character(let character): .character(character)
      case .enter: .enter
      case .tab: .tab
      case .escape: .escape
      case .backspace: .backspace
      case .delete: .delete
      case .insert: .insert
      case .up: .up
      case .down: .down
      case .left: .left
      case .right: .right
      case .home: .home
      case .end: .end
      case .pageUp: .pageUp
      case .pageDown: .pageDown
      case .function(let number): .function(number)
      }
  }

  private static func hasControlByte(_ character: Character) -> Bool {
    character.isASCII && character.isLetter || "@[\\]^_ ".contains(character)
  }
}

extension KeyPress.Modifiers {
  /// As the parameter of a sequence counts them, less one.
  fileprivate var number: Int {
    (contains(.shift) ? 1 : 0) + (contains(.alt) ? 2 : 0) + (contains(.control) ? 4 : 0)
  }
}

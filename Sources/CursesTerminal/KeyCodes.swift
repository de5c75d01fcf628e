// Which key a byte, a number or a code point stands for.
//
// Sources: xterm's "ctlseqs" (PC-style function keys, modifyOtherKeys), the kitty keyboard protocol
// ("Functional key definitions"), rxvt(7), console_codes(4).

import Terminal

enum KeyCodes {
  /// A byte below 0x20, or 0x7F, that is no part of a sequence.
  static func control(_ byte: UInt8) -> KeyPress {
    switch byte {
    case 0x00: KeyPress(.character(" "), .control)
    case 0x08, 0x7F: KeyPress(.backspace)
    case 0x09: KeyPress(.tab)
    case 0x0D: KeyPress(.enter)
    case 0x1B: KeyPress(.escape)
    case 0x01...0x1A: KeyPress(.character(Character(Unicode.Scalar(byte + 0x60))), .control)
    default: KeyPress(.character(Character(Unicode.Scalar(byte + 0x40))), .control)
    }
  }

  /// A scalar behind an ESC.
  static func alt(_ scalar: Unicode.Scalar) -> KeyPress {
    guard scalar.value >= 0x20, scalar.value != 0x7F else {
      var key = control(UInt8(scalar.value))
      key.modifiers.insert(.alt)
      return key
    }
    return KeyPress(.character(Character(scalar)), .alt).settled
  }

  /// The byte behind `SS3`; the letters stand for the same keys behind `CSI`.
  static func singleShift(_ byte: UInt8) -> KeyPress? {
    switch byte {
    case UInt8(ascii: "A"): KeyPress(.up)
    case UInt8(ascii: "B"): KeyPress(.down)
    case UInt8(ascii: "C"): KeyPress(.right)
    case UInt8(ascii: "D"): KeyPress(.left)
    case UInt8(ascii: "F"): KeyPress(.end)
    case UInt8(ascii: "H"): KeyPress(.home)
    case UInt8(ascii: "M"): KeyPress(.enter)
    case UInt8(ascii: "P")...UInt8(ascii: "S"): KeyPress(.function(Int(byte) - 0x4F))
    case UInt8(ascii: "a"): KeyPress(.up, .control)
    case UInt8(ascii: "b"): KeyPress(.down, .control)
    case UInt8(ascii: "c"): KeyPress(.right, .control)
    case UInt8(ascii: "d"): KeyPress(.left, .control)
    default: nil
    }
  }

  /// The number in `CSI number ~`.
  static func tilde(_ number: Int) -> KeyPress.Key? {
    switch number {
    case 1, 7: .home
    case 2: .insert
    case 3: .delete
    case 4, 8: .end
    case 5: .pageUp
    case 6: .pageDown
    case 11...15: .function(number - 10)
    case 17...21: .function(number - 11)
    case 23...26: .function(number - 12)
    case 28, 29: .function(number - 13)
    case 31...34: .function(number - 14)
    default: nil
    }
  }

  /// A modifier parameter: one more than the sum of its bits. Absent it is 1, nothing held. Nil when
  /// Super or Hyper is held: those keys are the window manager's, and to type their letter is wrong.
  static func modifiers(_ parameter: Int?) -> KeyPress.Modifiers? {
    let bits = max(1, parameter ?? 1) - 1
    if bits & 0b1_1000 != 0 { return nil }
    var modifiers: KeyPress.Modifiers = []
    if bits & 0b1 != 0 { modifiers.insert(.shift) }
    if bits & 0b10_0010 != 0 { modifiers.insert(.alt) }
    if bits & 0b100 != 0 { modifiers.insert(.control) }
    return modifiers
  }

  /// A key named by its code point, or by kitty's number from the private use area.
  static func coded(
    _ code: Int, shifted: Int?, _ modifiers: KeyPress.Modifiers
  ) -> KeyPress? {
    switch code {
    case 8, 127: return KeyPress(.backspace, modifiers).settled
    case 9: return KeyPress(.tab, modifiers)
    case 13: return KeyPress(.enter, modifiers)
    case 27: return KeyPress(.escape, modifiers).settled
    case 57_344...63_743: return keypad(code).map { KeyPress($0, modifiers).settled }
    default: break
    }
    guard let base = character(code) else { return nil }
    if modifiers == .shift {
      let upper = base.uppercased()
      let typed = shifted.flatMap(character) ?? (upper.count == 1 ? Character(upper) : base)
      return KeyPress(.character(typed))
    }
    return KeyPress(.character(base), modifiers).settled
  }

  private static func character(_ code: Int) -> Character? {
    guard let scalar = UInt32(exactly: code).flatMap(Unicode.Scalar.init),
      scalar.properties.generalCategory != .control
    else { return nil }
    return Character(scalar)
  }

  private static func keypad(_ code: Int) -> KeyPress.Key? {
    switch code {
    case 57_376...57_387: .function(code - 57_376 + 13)
    case 57_399...57_408: .character(Character(Unicode.Scalar(UInt8(code - 57_399) + 0x30)))
    case 57_409: .character(".")
    case 57_410: .character("/")
    case 57_411: .character("*")
    case 57_412: .character("-")
    case 57_413: .character("+")
    case 57_414: .enter
    case 57_415: .character("=")
    case 57_416: .character(",")
    case 57_417: .left
    case 57_418: .right
    case 57_419: .up
    case 57_420: .down
    case 57_421: .pageUp
    case 57_422: .pageDown
    case 57_423: .home
    case 57_424: .end
    case 57_425: .insert
    case 57_426: .delete
    default: nil
    }
  }
}

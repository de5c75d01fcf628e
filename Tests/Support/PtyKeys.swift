/// A key or a gesture, as the bytes that an xterm without further protocols sends for it.
public enum TypedKey: Hashable, Sendable {
  case escape, enter, tab, backtab, backspace, delete, insert
  case up, down, left, right, home, end, pageUp, pageDown
  /// Ctrl and a letter, or one of `@[\]^_`.
  case control(Character)
  /// Alt and a character: the character behind an Esc.
  case alt(Character)
  case altEnter
  /// F1 to F12.
  case function(Int)
  /// What types itself.
  case character(Character)
  /// A key while Shift (1), Alt (2) and Ctrl (4) are held, as the sum of theirs: as xterm sends it where the
  /// key has a sequence of its own, else as the kitty protocol does (`CSI u`).
  indirect case held(Int, TypedKey)
  /// A bracketed paste. It is sent as one whether the program asked for brackets or not.
  case paste(String)
  /// One notch of the wheel over the upper left cell, in the form of mode 1006.
  case wheelUp, wheelDown
  /// The left button over a cell, down and up, zero-based.
  case click(row: Int, column: Int)

  /// What arrives at the program.
  public var bytes: [UInt8] {
    switch self {
    case .escape: [0x1B]
    case .enter: [0x0D]
    case .tab: [0x09]
    case .backtab: Array("\u{1B}[Z".utf8)
    case .backspace: [0x7F]
    case .delete: Array("\u{1B}[3~".utf8)
    case .insert: Array("\u{1B}[2~".utf8)
    case .up: Array("\u{1B}[A".utf8)
    case .down: Array("\u{1B}[B".utf8)
    case .right: Array("\u{1B}[C".utf8)
    case .left: Array("\u{1B}[D".utf8)
    case .home: Array("\u{1B}[H".utf8)
    case .end: Array("\u{1B}[F".utf8)
    case .pageUp: Array("\u{1B}[5~".utf8)
    case .pageDown: Array("\u{1B}[6~".utf8)
    case .control(let character):
      String(character).uppercased().utf8.prefix(1).map { $0 & 0x1F }
    case .alt(let character): [0x1B] + String(character).utf8
    case .altEnter: [0x1B, 0x0D]
    case .function(let number): TypedKey.functionBytes(number)
    case .character(let character): Array(String(character).utf8)
    case .held(let modifiers, let key): TypedKey.held(key.bytes, modifiers + 1)
    case .paste(let text): Array("\u{1B}[200~\(text)\u{1B}[201~".utf8)
    case .wheelUp: Array("\u{1B}[<64;1;1M".utf8)
    case .wheelDown: Array("\u{1B}[<65;1;1M".utf8)
    case .click(let row, let column):
      Array("\u{1B}[<0;\(column + 1);\(row + 1)M\u{1B}[<0;\(column + 1);\(row + 1)m".utf8)
    }
  }
  private static func functionBytes(_ number: Int) -> [UInt8] {
    // The VT220 left gaps between its groups of function keys.
    let codes = [15, 17, 18, 19, 20, 21, 23, 24]
    return switch number {
    case 1...4: [0x1B, UInt8(ascii: "O"), UInt8(ascii: "P") + UInt8(number - 1)]
    case 5...12: Array("\u{1B}[\(codes[number - 5])~".utf8)
    default: preconditionFailure("there is no F\(number) on this keyboard")
    }
  }

  /// - Parameters:
  ///   - bytes: what the key sends alone.
  ///   - parameter: one more than the sum of what is held.
  private static func held(_ bytes: [UInt8], _ parameter: Int) -> [UInt8] {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let last = text.unicodeScalars.last else { return [] }
    switch bytes.count {
    case 3 where bytes[0] == 0x1B: return Array("\u{1B}[1;\(parameter)\(last)".utf8)
    case 4... where last == "~": return Array("\(text.dropLast());\(parameter)~".utf8)
    default: return Array("\u{1B}[\(last.value);\(parameter)u".utf8)
    }
  }
}

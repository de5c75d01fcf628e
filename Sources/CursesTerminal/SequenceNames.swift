// What a sequence is of which no key comes, in words for whoever asks what the terminal sends.

enum SequenceNames {
  /// What these bytes are, a piece of `BytePieces` that `Keyboard` made nothing of.
  static func name(of bytes: [UInt8]) -> String {
    guard bytes.first == 0x1B, bytes.count > 1 else { return "no letter, and no key" }
    switch bytes[1] {
    case UInt8(ascii: "["):
      guard let final = bytes.last, bytes.count > 2 else { return unfinished }
      if bytes[2] == UInt8(ascii: "M"), bytes.count > 3 { return "the mouse, in its oldest form" }
      let parameters = bytes[2..<(bytes.count - 1)]
      guard ControlSequence.isFinal(final, after: Array(parameters)) else { return unfinished }
      return ControlSequence(Array(parameters), final: final).name
    case UInt8(ascii: "]"):
      let number = bytes[2...].prefix { (0x30...0x39).contains($0) }
      return "an answer of the terminal (OSC \(String(decoding: number, as: UTF8.self)))"
    case UInt8(ascii: "P"): return "an answer of the terminal (DCS)"
    case UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"): return "an answer of the terminal"
    default: return ControlSequence.unknownName
    }
  }

  private static let unfinished = "a sequence without its end"
}

extension ControlSequence {
  fileprivate static let unknownName = "nothing that Patter knows"

  /// What it is, when no key comes of it.
  fileprivate var name: String {
    switch (marker, final) {
    case (UInt8(ascii: "<"), _): return mouseName
    case (UInt8(ascii: "?"), UInt8(ascii: "y")): return "whether the terminal knows a mode"
    case (.some, _): return "an answer of the terminal"
    case (nil, UInt8(ascii: "R")): return "where the cursor stands"
    case (nil, UInt8(ascii: "M")): return "the mouse, in a form that Patter does not ask for"
    case (nil, UInt8(ascii: "c")), (nil, UInt8(ascii: "n")), (nil, UInt8(ascii: "t")),
      (nil, UInt8(ascii: "x")):
      return "an answer of the terminal"
    case (nil, UInt8(ascii: "~")) where parameter(0) == 201:
      return "the end of a paste whose text was delivered before"
    default: break
    }
    if meaning == .unknown { return Self.unknownName }
    if isRelease(1) { return "the key was let go" }
    return KeyCodes.modifiers(parameter(1)) == nil
      ? "a key with Super or Hyper, which is left to the desktop"
      : "a key that does nothing by itself"
  }

  /// The buttons are those of `mouseReport`: 32 is added for a move, 3 is no button.
  private var mouseName: String {
    guard let button = parameter(0) else { return ControlSequence.unknownName }
    if final == UInt8(ascii: "m") { return "a button of the mouse was let go" }
    if button & 32 != 0 { return "the mouse was moved" }
    switch button & ~0b1_1100 {
    case 0: return "the left button with a key held, which is left to the terminal"
    case 1: return "the middle button of the mouse"
    case 2: return "the right button of the mouse"
    case 66, 67: return "the wheel of the mouse, sideways"
    default: return "another button of the mouse"
    }
  }
}

// What a program switched on in the terminal, read from the bytes it wrote.
//
// An emulator knows only the modes it implements; a real terminal next week knows others. So this reads
// the control sequences themselves. Sources: ECMA-48 section 5.4 for their form, xterm's ctlseqs for
// DECSET, XTMODKEYS and the title stack, kitty's keyboard protocol for the stack of keyboard flags.

/// The modes that differ from a fresh terminal's. Bytes may come in any pieces.
public struct ModeLedger: Hashable, Sendable, CustomStringConvertible {
  private enum Place: Hashable, Sendable {
    case text
    case escape
    /// Behind `ESC` and an intermediate byte, before the final one.
    case escapeIntermediate
    case controlSequence
    /// Inside OSC, DCS, APC, PM or SOS, up to its terminator.
    case controlString
    case controlStringEscape
  }

  /// Longer sequences than this set no mode; what is beyond the limit is dropped.
  private static let sequenceByteLimit = 256

  /// DEC private modes a fresh terminal has on: wrapping at the margin, and a visible cursor.
  private static let privateModesOnAtFirst: Set<Int> = [7, 25]

  /// GNU screen's mode 34 is a cursor of the usual visibility; its terminfo entry, and tmux's, set it
  /// whenever the cursor is shown (`cnorm`) and reset it for a very visible one (`cvvis`).
  private static let modesOnAtFirst: Set<Int> = [34]

  private static let alternateScreens: Set<Int> = [47, 1047, 1049]

  private var place = Place.text
  private var sequence: [UInt8] = []

  private var changedPrivateModes: Set<Int> = []
  private var changedModes: Set<Int> = []
  private var hasApplicationKeypad = false
  private var otherKeys = 0
  private var cursorShape = 0
  private var titleDepth = 0
  /// Kitty keeps one stack of keyboard flags for each screen, so a pop on the wrong one does nothing.
  private var keyboardDepthOnMain = 0
  private var keyboardDepthOnAlternate = 0

  public init() {}

  public var isAlternateScreen: Bool {
    !changedPrivateModes.isDisjoint(with: Self.alternateScreens)
  }

  public var isCursorVisible: Bool { !changedPrivateModes.contains(25) }

  /// Whether the DEC private mode of this number is on, for example 2004 for bracketed paste.
  public func isOn(privateMode number: Int) -> Bool {
    Self.privateModesOnAtFirst.contains(number) != changedPrivateModes.contains(number)
  }

  /// What a next program would find changed, each as the sequence that did it without its `CSI`
  /// (`?1049h`, `>4;1m`); empty when everything was given back.
  public var leftBehind: [String] {
    var left = changedPrivateModes.sorted().map { "?\($0)\(isOn(privateMode: $0) ? "h" : "l")" }
    left += changedModes.sorted().map { "\($0)\(Self.modesOnAtFirst.contains($0) ? "l" : "h")" }
    if hasApplicationKeypad { left.append("ESC =") }
    if otherKeys != 0 { left.append(">4;\(otherKeys)m") }
    if cursorShape != 0 { left.append("\(cursorShape) q") }
    if titleDepth > 0 { left.append("22t") }
    if keyboardDepthOnMain > 0 { left.append(">u") }
    if keyboardDepthOnAlternate > 0 { left.append(">u (alternate screen)") }
    return left
  }

  public var description: String { leftBehind.isEmpty ? "nothing changed" : "\(leftBehind)" }

  /// Reads more of what the program wrote.
  public mutating func read(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { read(byte) }
  }

  private mutating func read(_ byte: UInt8) {
    switch place {
    case .text:
      if byte == 0x1B { place = .escape }
    case .escape:
      switch byte {
      case UInt8(ascii: "["):
        sequence = []
        place = .controlSequence
      case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"),
        UInt8(ascii: "X"):
        place = .controlString
      case 0x1B:
        break
      case 0x20...0x2F:
        place = .escapeIntermediate
      default:
        obeyEscape(byte)
        place = .text
      }
    case .escapeIntermediate:
      if !(0x20...0x2F).contains(byte) { place = .text }
    case .controlSequence:
      switch byte {
      case 0x20...0x3F:
        if sequence.count < Self.sequenceByteLimit { sequence.append(byte) }
      case 0x40...0x7E:
        obeySequence(final: byte)
        place = .text
      case 0x1B:
        place = .escape
      case 0x18, 0x1A:
        place = .text
      default:
        break  // A control inside a sequence is obeyed at once and does not end it.
      }
    case .controlString:
      if byte == 0x1B { place = .controlStringEscape }
      if byte == 0x07 || byte == 0x18 || byte == 0x1A { place = .text }
    case .controlStringEscape:
      place = .text
      if byte != UInt8(ascii: "\\") {
        place = .escape
        read(byte)
      }
    }
  }

  private mutating func obeyEscape(_ final: UInt8) {
    switch final {
    case UInt8(ascii: "="): hasApplicationKeypad = true
    case UInt8(ascii: ">"): hasApplicationKeypad = false
    case UInt8(ascii: "c"): self = ModeLedger()
    default: break
    }
  }

  private mutating func obeySequence(final: UInt8) {
    let isMarker = sequence.first.map { (0x3C...0x3F).contains($0) } ?? false
    let marker = isMarker ? Character(UnicodeScalar(sequence[0])) : nil
    let intermediates = sequence.filter { (0x20...0x2F).contains($0) }
    let numbers = sequence.dropFirst(isMarker ? 1 : 0).filter { $0 >= 0x30 }
      .split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
      .map { Int(String(decoding: $0, as: UTF8.self)) }
    let first = numbers.first.flatMap { $0 }

    if intermediates == [0x20], marker == nil, final == UInt8(ascii: "q") {
      cursorShape = first ?? 0
      return
    }
    guard intermediates.isEmpty else { return }

    switch (marker, Character(UnicodeScalar(final))) {
    case ("?", "h"), ("?", "l"):
      let isOn = final == UInt8(ascii: "h")
      for number in numbers.compactMap({ $0 }) {
        note(number, isChanged: isOn != Self.privateModesOnAtFirst.contains(number))
      }
    case (nil, "h"), (nil, "l"):
      let isOn = final == UInt8(ascii: "h")
      for number in numbers.compactMap({ $0 }) {
        if isOn == Self.modesOnAtFirst.contains(number) {
          changedModes.remove(number)
        } else {
          changedModes.insert(number)
        }
      }
    case (">", "u"): changeKeyboardDepth(by: 1)
    case ("<", "u"): changeKeyboardDepth(by: -(first ?? 1))
    case (">", "m"):
      if first == nil { otherKeys = 0 }
      if first == 4 { otherKeys = numbers.count > 1 ? numbers[1] ?? 0 : 0 }
    case (">", "n"):
      if first == 4 { otherKeys = 0 }
    case (nil, "t"):
      if first == 22 { titleDepth += 1 }
      if first == 23 { titleDepth = max(0, titleDepth - 1) }
    default: break
    }
  }

  private mutating func note(_ privateMode: Int, isChanged: Bool) {
    if isChanged {
      changedPrivateModes.insert(privateMode)
    } else {
      changedPrivateModes.remove(privateMode)
    }
  }

  private mutating func changeKeyboardDepth(by difference: Int) {
    if isAlternateScreen {
      keyboardDepthOnAlternate = max(0, keyboardDepthOnAlternate + difference)
    } else {
      keyboardDepthOnMain = max(0, keyboardDepthOnMain + difference)
    }
  }
}

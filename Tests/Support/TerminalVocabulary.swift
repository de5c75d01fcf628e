// Everything that may leave the terminal of the program: text without controls, what curses writes for an
// xterm, and the few modes and questions of our own. All else came from somewhere else.
//
// Sources: infocmp xterm-256color for what curses may write, ECMA-48 section 5.4 for the form of a
// sequence, Unicode's general categories for what text is.

/// Reads what a program wrote and notes each thing that is not in its vocabulary. Bytes may come in any
/// pieces.
public struct TerminalVocabulary: Sendable {
  private enum Place: Hashable, Sendable {
    case text, escape, charset, sequence, controlString, controlStringEscape
  }

  /// DEC private modes: application cursor keys, blinking and visible cursor, the mouse, the alternate
  /// screen, bracketed paste, frames that show at once, and word of a change between dark and light.
  private static let modes: Set<Int> = [1, 7, 12, 25, 1000, 1004, 1006, 1049, 2004, 2026, 2031]

  /// Control strings that we write ourselves, by what they begin with: the question for the background,
  /// and a copy to the clipboard.
  private static let ownStrings = ["11;?", "52;c;"]

  private let rowCount: Int
  private let columnCount: Int
  private var place = Place.text
  private var pending: [UInt8] = []
  private var introducer: UInt8 = 0

  /// What was written and is not in the vocabulary, in order, up to `faultLimit`.
  public private(set) var faults: [String] = []
  private static let faultLimit = 20

  /// - Parameters:
  ///   - rows: of the terminal. Nothing addresses a place beyond it.
  ///   - columns: of the terminal.
  public init(rows: Int, columns: Int) {
    rowCount = rows
    columnCount = columns
  }

  public mutating func read(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { read(byte) }
  }

  private mutating func read(_ byte: UInt8) {
    switch place {
    case .text:
      readText(byte)
    case .escape:
      place = .text
      switch byte {
      case UInt8(ascii: "["):
        pending = []
        place = .sequence
      case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"),
        UInt8(ascii: "_"):
        introducer = byte
        pending = []
        place = .controlString
      case UInt8(ascii: "("): place = .charset
      case UInt8(ascii: "7"), UInt8(ascii: "8"), UInt8(ascii: "="), UInt8(ascii: ">"),
        UInt8(ascii: "M"):
        break
      default: fault("ESC \(name(byte))")
      }
    case .charset:
      place = .text
      if ![UInt8(ascii: "B"), UInt8(ascii: "0")].contains(byte) { fault("ESC ( \(name(byte))") }
    case .sequence:
      switch byte {
      case 0x20...0x3F: pending.append(byte)
      case 0x40...0x7E:
        place = .text
        if !isSequenceKnown(final: Character(Unicode.Scalar(byte))) {
          fault("CSI \(String(decoding: pending, as: UTF8.self))\(name(byte))")
        }
        pending = []
      default:
        place = .text
        fault("\(name(byte)) inside CSI \(String(decoding: pending, as: UTF8.self))")
        pending = []
      }
    case .controlString:
      switch byte {
      case 0x07: endString()
      case 0x1B: place = .controlStringEscape
      default: pending.append(byte)
      }
    case .controlStringEscape:
      if byte == UInt8(ascii: "\\") { endString() } else { pending += [0x1B, byte] }
    }
  }

  private mutating func readText(_ byte: UInt8) {
    if byte >= 0x80 {
      pending.append(byte)
      let length: Int =
        switch pending[0] {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 1
        }
      guard pending.count == length else { return }
      let text = String(validating: pending, as: UTF8.self)
      if text?.unicodeScalars.allSatisfy(isText) != true {
        fault("text \(pending.map { name($0) }.joined(separator: " "))")
      }
      pending = []
      return
    }
    if !pending.isEmpty {
      fault("half a character")
      pending = []
    }
    switch byte {
    case 0x1B: place = .escape
    case 0x08, 0x09, 0x0A, 0x0D, 0x20..<0x7F: break
    default: fault(name(byte))
    }
  }

  private func isText(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: false
    default: true
    }
  }

  private func isSequenceKnown(final: Character) -> Bool {
    let isMarked = pending.first.map { (0x3C...0x3F).contains($0) } ?? false
    let marker = isMarked ? Character(Unicode.Scalar(pending[0])) : nil
    let rest = pending.dropFirst(isMarked ? 1 : 0)
    let intermediates = String(decoding: rest.filter { $0 < 0x30 }, as: UTF8.self)
    let numbers = rest.filter { $0 >= 0x30 }.split(separator: UInt8(ascii: ";"))
      .map { Int(String(decoding: $0, as: UTF8.self)) ?? -1 }
    switch (marker, intermediates, final) {
    case (nil, "", "H"):
      return numbers.count <= 2 && (numbers.first ?? 1) <= rowCount
        && (numbers.dropFirst().first ?? 1) <= columnCount
    case (nil, "", "r"):
      return numbers.count <= 2 && numbers.allSatisfy { (1...rowCount).contains($0) }
    case (nil, "", "d"), (nil, "", "A"), (nil, "", "B"), (nil, "", "L"), (nil, "", "M"),
      (nil, "", "S"), (nil, "", "T"):
      return numbers.count <= 1 && (numbers.first ?? 1) <= rowCount
    case (nil, "", "G"), (nil, "", "C"), (nil, "", "D"), (nil, "", "P"), (nil, "", "X"),
      (nil, "", "@"), (nil, "", "b"), (nil, "", "Z"):
      return numbers.count <= 1 && (numbers.first ?? 1) <= columnCount
    case (nil, "", "J"), (nil, "", "K"):
      return numbers.isEmpty || numbers == [1]
        || numbers == [2] && final == "J"
    case (nil, "", "m"): return isRendition(numbers)
    case (nil, "", "h"), (nil, "", "l"): return numbers == [4]
    case (nil, "", "t"): return numbers == [22, 0, 0] || numbers == [23, 0, 0]
    case (nil, "", "c"): return numbers.isEmpty
    case ("?", "", "h"), ("?", "", "l"): return numbers.allSatisfy(Self.modes.contains)
    case ("?", "$", "p"): return numbers.count == 1 && numbers.allSatisfy(Self.modes.contains)
    case ("?", "", "u"): return numbers.isEmpty
    case (">", "", "u"): return numbers == [1]
    case ("<", "", "u"): return numbers.isEmpty || numbers == [1]
    case (">", "", "m"): return numbers == [4, 0] || numbers == [4, 1] || numbers == [4]
    default: return false
    }
  }

  /// Attributes that curses has bits for, and colours.
  private func isRendition(_ numbers: [Int]) -> Bool {
    var rest = numbers[...]
    while let number = rest.popFirst() {
      switch number {
      case 0...5, 7, 8, 22...25, 27, 28, 30...37, 39...47, 49, 90...97, 100...107: break
      case 38, 48:
        let count = rest.first == 5 ? 2 : rest.first == 2 ? 4 : 0
        guard count > 0, rest.count >= count,
          rest.prefix(count).allSatisfy({ (0...255).contains($0) })
        else { return false }
        rest = rest.dropFirst(count)
      default: return false
      }
    }
    return true
  }

  private mutating func endString() {
    let text = String(decoding: pending, as: UTF8.self)
    if introducer != UInt8(ascii: "]") || !Self.ownStrings.contains(where: text.hasPrefix) {
      fault("ESC \(name(introducer)) \(text.prefix(40))")
    }
    pending = []
    place = .text
  }

  private mutating func fault(_ words: String) {
    if faults.count < Self.faultLimit { faults.append(words) }
  }

  private func name(_ byte: UInt8) -> String {
    (0x21..<0x7F).contains(byte)
      ? String(Unicode.Scalar(byte)) : "0x" + String(byte, radix: 16, uppercase: true)
  }
}

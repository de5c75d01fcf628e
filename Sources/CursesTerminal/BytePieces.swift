// What the terminal sent, parted into what belongs together: a sequence, a letter, a paste. Only for being shown:
// keys are read by `Keyboard`, which has time to go by as well.

enum BytePieces {
  /// The pieces, in order; together they are `bytes`.
  static func part(_ bytes: [UInt8]) -> [[UInt8]] {
    var pieces: [[UInt8]] = []
    var rest = bytes[...]
    while let byte = rest.first {
      let count: Int
      if byte == 0x1B {
        count = sequenceByteCount(rest)
      } else if isControl(byte) {
        count = 1
      } else {
        let text = rest.prefix { !isControl($0) }
        pieces += letters(text)
        rest = rest.dropFirst(text.count)
        continue
      }
      pieces.append(Array(rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
    return pieces
  }

  private static let pasteBegins = Array("\u{1B}[200~".utf8)
  private static let pasteEnds = Array("\u{1B}[201~".utf8)

  private static func isControl(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x7F }

  /// Each letter with its marks. What is no UTF-8 stays in one.
  private static func letters(_ text: ArraySlice<UInt8>) -> [[UInt8]] {
    String(validating: text, as: UTF8.self).map { $0.map { Array(String($0).utf8) } }
      ?? [Array(text)]
  }

  /// The bytes of the sequence that begins with this ESC, as far as it came.
  private static func sequenceByteCount(_ bytes: ArraySlice<UInt8>) -> Int {
    let after = bytes.dropFirst(2)
    switch bytes.dropFirst().first {
    case nil, 0x1B: return 1
    case UInt8(ascii: "["): return 2 + controlSequenceByteCount(after, of: bytes)
    case UInt8(ascii: "O"):
      return 2 + (after.first.map { isControl($0) ? 0 : 1 } ?? 0)
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"),
      UInt8(ascii: "_"):
      let text = after.prefix { $0 >= 0x20 }
      switch bytes[text.endIndex...].first {
      case 0x07: return 2 + text.count + 1
      case 0x1B where bytes[text.endIndex...].dropFirst().first == UInt8(ascii: "\\"):
        return 2 + text.count + 2
      default: return 2 + text.count
      }
    case .some(let byte):
      return isControl(byte)
        ? 2 : 1 + (letters(bytes.dropFirst().prefix { !isControl($0) }).first?.count ?? 1)
    }
  }

  /// What follows `CSI`, with the text of a paste and what the older forms of a report have behind them.
  private static func controlSequenceByteCount(
    _ after: ArraySlice<UInt8>, of bytes: ArraySlice<UInt8>
  ) -> Int {
    if bytes.starts(with: pasteBegins) {
      var rest = after
      while !rest.isEmpty, !rest.starts(with: pasteEnds) { rest = rest.dropFirst() }
      return rest.startIndex - after.startIndex + (rest.isEmpty ? 0 : pasteEnds.count)
    }
    var parameters: [UInt8] = []
    for byte in after {
      guard (0x20..<0x7F).contains(byte) else { break }
      parameters.append(byte)
      guard ControlSequence.isFinal(byte, after: parameters.dropLast()) else { continue }
      if parameters == [UInt8(ascii: "M")] { return min(4, after.count) }
      if parameters == [UInt8(ascii: "[")] { return min(2, after.count) }
      break
    }
    return parameters.count
  }
}

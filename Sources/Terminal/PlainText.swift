// Text from outside on its way to a terminal on which nobody draws cells: what would be drawn of it is
// written, and nothing else. So it can neither move the cursor nor say anything to the terminal.

/// Makes what is drawn out of a text that comes in pieces. Line ends and tabs stay.
public struct PlainText: Hashable, Sendable {
  /// A carriage return ends a line as well, alone or before a line feed; the two may come apart.
  private var isAfterReturn = false

  public init() {}

  /// What is to be written for the next piece.
  public mutating func receive(_ text: String) -> String {
    if !isAfterReturn, text.utf8.allSatisfy({ PlainText.isPlain($0) }) { return text }
    var plain = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let endsReturn = isAfterReturn && scalar == "\n"
      isAfterReturn = scalar == "\r"
      switch scalar {
      case "\n" where endsReturn: break
      case "\r": plain.append("\n")
      case "\n", "\t": plain.append(scalar)
      default:
        guard case .shown(let value) = DisplayScalar(scalar) else { continue }
        plain.append(Unicode.Scalar(value) ?? "\u{FFFD}")
      }
    }
    return String(plain)
  }

  /// The same of a text that is whole.
  public static func plain(_ text: String) -> String {
    var plain = PlainText()
    return plain.receive(text)
  }

  /// Whether a terminal draws this scalar, as it is.
  public static func isDrawn(_ scalar: Unicode.Scalar) -> Bool {
    guard case .shown(let value) = DisplayScalar(scalar) else { return false }
    return value == scalar.value
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    (0x20..<0x7F).contains(byte) || byte == 0x0A || byte == 0x09
  }
}

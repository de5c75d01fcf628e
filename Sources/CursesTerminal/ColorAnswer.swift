// What terminals answer to `OSC 11 ; ?` (xterm, "Operating System Commands"). They write colours as X does
// (XParseColor): mostly `11;rgb:ffff/ffff/ffff`, with one to four digits for each channel.

import Terminal

/// The text of an OSC, read as the colour behind the text.
enum ColorAnswer {
  private static let start = Array("11;".utf8)

  /// Nil for everything but a colour.
  static func background(_ text: [UInt8]) -> TerminalReport? {
    guard text.starts(with: start),
      let color = String(validating: text, as: UTF8.self)?.dropFirst(3)
    else { return nil }
    let channels: [Substring]
    if color.hasPrefix("rgb:") {
      channels = color.dropFirst(4).split(separator: "/", omittingEmptySubsequences: false)
      guard channels.count == 3 else { return nil }
    } else if color.hasPrefix("rgba:") {
      channels = color.dropFirst(5).split(separator: "/", omittingEmptySubsequences: false)
      guard channels.count == 4 else { return nil }
    } else if color.hasPrefix("#") {
      let digits = color.dropFirst()
      guard digits.utf8.count % 3 == 0, digits.utf8.count <= 12 else { return nil }
      let width = digits.count / 3
      channels = [
        digits.prefix(width), digits.dropFirst(width).prefix(width), digits.suffix(width),
      ]
    } else {
      return nil
    }
    guard let red = channel(channels[0]), let green = channel(channels[1]),
      let blue = channel(channels[2])
    else { return nil }
    return .background(red: red, green: green, blue: blue)
  }

  /// One to four digits, whose largest number is full light.
  private static func channel(_ digits: Substring) -> UInt16? {
    guard (1...4).contains(digits.utf8.count), digits.allSatisfy(\.isHexDigit),
      let value = Int(digits, radix: 16)
    else { return nil }
    let largest = 1 << (4 * digits.utf8.count) - 1
    return UInt16(value * 0xFFFF / largest)
  }

  /// Whether such an answer may begin with this text, which is not all of it yet.
  static func mayBegin(with text: [UInt8]) -> Bool {
    text.starts(with: start) || start.starts(with: text)
  }

  /// Whether a byte may stand in such an answer: digits, the words `rgb` and `rgba`, and what parts them.
  static func mayHold(_ byte: UInt8) -> Bool {
    "0123456789abcdefABCDEFrg:;/#".utf8.contains(byte)
  }
}

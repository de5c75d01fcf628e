// What stands between `CSI 200~` and `CSI 201~`, or came in a burst without them.

import Terminal

/// Collects a paste and makes it harmless.
struct PasteCollector: Sendable {
  /// Longest paste that is taken, in bytes. The rest up to the end mark is left out: read as keys it
  /// would send messages, for it has line ends in it.
  static let byteLimit = 8 << 20

  private static let endMark: [UInt8] = Array("\u{1B}[201~".utf8)

  private let byteLimit: Int
  private var bytes: [UInt8] = []
  /// How much of the end mark has come.
  private var matchedCount = 0

  init(byteLimit: Int = PasteCollector.byteLimit) {
    self.byteLimit = byteLimit
  }

  var isEmpty: Bool { bytes.isEmpty && matchedCount == 0 }

  /// Takes a byte; true when it was the last of the end mark.
  mutating func take(_ byte: UInt8) -> Bool {
    if byte == Self.endMark[matchedCount] {
      matchedCount += 1
      return matchedCount == Self.endMark.count
    }
    // Only its first byte is an ESC, so a broken mark can begin again nowhere but here.
    keep(Self.endMark[..<matchedCount])
    matchedCount = byte == Self.endMark[0] ? 1 : 0
    if matchedCount == 0 { keep(CollectionOfOne(byte)) }
    return false
  }

  /// Whether the end mark has begun and goes on with this byte.
  func isEndMark(continuedBy byte: UInt8) -> Bool {
    matchedCount > 0 && byte == Self.endMark[matchedCount]
  }

  /// Takes the beginning of a scalar, whose rest has not come, from the end.
  mutating func takeCutScalar() -> [UInt8] {
    let tail = bytes.suffix(3)
    guard let start = tail.lastIndex(where: { (0xC2...0xF4).contains($0) }) else { return [] }
    let byteCount = bytes[start] >= 0xF0 ? 4 : bytes[start] >= 0xE0 ? 3 : 2
    guard bytes.endIndex - start < byteCount else { return [] }
    let cut = Array(bytes[start...])
    bytes.removeSubrange(start...)
    return cut
  }

  private mutating func keep(_ more: some Collection<UInt8>) {
    if bytes.count + more.count <= byteLimit { bytes.append(contentsOf: more) }
  }

  /// What was pasted, what the terminal told in between, and an empty collector for the next one.
  ///
  /// Line ends become LF. Controls other than TAB and LF are taken out, ESC first of all: pasted text
  /// must not be able to speak to the terminal.
  mutating func finish() -> (text: String, reports: [TerminalReport]) {
    if matchedCount < Self.endMark.count { keep(Self.endMark[..<matchedCount]) }
    let reports = ReportsInPaste.takeOut(of: &bytes)
    var text = String.UnicodeScalarView()
    var isAfterReturn = false
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      switch scalar {
      case "\r": text.append("\n")
      case "\n": if !isAfterReturn { text.append(scalar) }
      case "\t": text.append(scalar)
      case "\0"..<" ", "\u{7F}"..."\u{9F}": break
      default: text.append(scalar)
      }
      isAfterReturn = scalar == "\r"
    }
    self = PasteCollector(byteLimit: byteLimit)
    return (String(text), reports)
  }
}

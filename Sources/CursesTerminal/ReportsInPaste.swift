// A terminal may tell something while it sends a paste, and then it stands in the middle of the text.

import Terminal

enum ReportsInPaste {
  /// Longest report that is looked for, in bytes.
  private static let byteLimit = 128

  /// Takes reports out of pasted bytes. What only looks like one is text, and stays.
  static func takeOut(of bytes: inout [UInt8]) -> [TerminalReport] {
    guard bytes.contains(0x1B) else { return [] }
    var reports: [TerminalReport] = []
    var kept: [UInt8] = []
    var rest = bytes[...]
    while let start = rest.firstIndex(of: 0x1B) {
      kept += rest[..<start]
      rest = rest[start...]
      if let (report, byteCount) = report(at: rest.prefix(byteLimit)) {
        if reports.count < Answers.reportLimit { reports.append(report) }
        rest = rest.dropFirst(byteCount)
      } else {
        kept.append(0x1B)
        rest = rest.dropFirst()
      }
    }
    bytes = kept + rest
    return reports
  }

  /// The report that these bytes begin with, and how many are its own.
  private static func report(at bytes: ArraySlice<UInt8>) -> (TerminalReport, Int)? {
    let text = bytes.dropFirst(2)
    switch bytes.dropFirst().first {
    case UInt8(ascii: "]"):
      guard let end = text.firstIndex(where: { $0 < 0x20 }),
        let report = ColorAnswer.background(Array(text[..<end]))
      else { return nil }
      if text[end] == 0x07 { return (report, end + 1 - bytes.startIndex) }
      let isEnded = text[end] == 0x1B && text[(end + 1)...].first == UInt8(ascii: "\\")
      return isEnded ? (report, end + 2 - bytes.startIndex) : nil
    case UInt8(ascii: "["):
      guard let end = text.firstIndex(where: { !(0x20..<0x40).contains($0) }),
        (0x40..<0x7F).contains(text[end]),
        case .report(let report) = ControlSequence(Array(text[..<end]), final: text[end]).meaning
      else { return nil }
      return (report, end + 1 - bytes.startIndex)
    default:
      return nil
    }
  }
}

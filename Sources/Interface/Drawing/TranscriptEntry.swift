// One message on the page: its lines if it is laid out, and how many rows it takes in any case.

import Chat
import Terminal

struct TranscriptEntry {
  let id: MessageID
  let place: MessageLayout.Place
  private let byteCount: Int
  /// Guessed until the message is laid out for the first time at this width.
  private(set) var rowCount: Int
  private var layout: MessageLayout?

  init(_ message: Message, _ place: MessageLayout.Place, columns: Int) {
    id = message.id
    self.place = place
    byteCount = message.parts.reduce(0) { $0 + $1.text.utf8.count }
    rowCount = TranscriptEntry.guess(byteCount, columns: columns)
  }

  var isLaidOut: Bool { layout != nil }
  /// Whether the lines are those that will stay.
  var isFinal: Bool { layout?.isFinal ?? false }
  /// Rows whose lines are held in memory.
  var keptRowCount: Int { layout == nil ? 0 : rowCount }

  func lines(_ rows: Range<Int>) -> [TextLine] { layout?.lines(rows) ?? [] }
  var landmarks: [LandmarkRow] { layout?.landmarks ?? [] }
  /// The rows of a part of the message, as far as it is laid out.
  func rows(ofPart index: Int) -> Range<Int>? { layout?.rows(ofPart: index) }

  mutating func layOut(_ message: Message, in context: MessageLayout.Context) {
    // One owner while it is changed, so that what grows is not copied.
    var layout = layout ?? MessageLayout()
    self.layout = nil
    layout.update(message, in: context)
    rowCount = layout.lineCount
    self.layout = layout
  }

  /// The lines go, and how many there are stays known.
  mutating func forgetLines() { layout = nil }

  /// Everything is different at another width.
  mutating func forget(columns: Int) {
    layout = nil
    rowCount = TranscriptEntry.guess(byteCount, columns: columns)
  }

  /// A head, the text in full lines, and the empty line below it.
  private static func guess(_ byteCount: Int, columns: Int) -> Int {
    2 + (byteCount + columns - 1) / max(1, columns)
  }

  // MARK: - Places

  func place(ofRow row: Int) -> TranscriptLayout.Place {
    let (section, start) = layout?.section(ofRow: row) ?? (.head, 0)
    let ink = lines(start..<max(start, row)).reduce(0) { $0 + $1.ink }
    let isBlank = lines(row..<(row + 1)).first.map { $0.ink == 0 } ?? false
    return TranscriptLayout.Place(message: id, section: section, ink: ink, isBlank: isBlank)
  }

  func row(of place: TranscriptLayout.Place) -> Int {
    guard let rows = layout?.rows(of: place.section) else { return 0 }
    let lines = lines(rows)
    var ink = 0
    for (row, line) in lines.enumerated() {
      ink += line.ink
      guard ink > place.ink else { continue }
      let isAbove = place.isBlank && row > 0 && lines[row - 1].ink == 0
      return rows.lowerBound + (isAbove ? row - 1 : row)
    }
    // What stood here is folded, or has not come yet.
    let isLast = rows.upperBound == rowCount
    return isLast && !place.isBlank ? rowCount : max(rows.lowerBound, rows.upperBound - 1)
  }
}

extension TextLine {
  /// How much is drawn in the line that is drawn at any width: letters, but no blanks, and none of the
  /// signs that borders and bullets are made of (U+2000 to U+2FFF).
  var ink: Int {
    var ink = 0
    for run in runs {
      let bytes = run.text.utf8.span
      for index in bytes.indices {
        let byte = bytes[unchecked: index]
        if byte > 0x20 && byte < 0x7F || byte >= 0xC0 && byte != 0xE2 { ink += 1 }
      }
    }
    return ink
  }
}

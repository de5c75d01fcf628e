// Hits of a search in the lines that a text is drawn in. The text has marks that the lines have not, and the
// lines are broken where the text is not. So hits in the lines are found by the same rules in all lines of
// a part, put together again, and where there are not as many as in the text, which of them is which is told
// by the share of the letters that stands before it.

import Chat
import Terminal

/// The lines of one part of a message, or some of them, put together.
private struct JoinedLines {
  private var bytes: [UInt8] = []
  /// For each line where it begins in `bytes`, and how many bytes of it are left out before.
  private var starts: [(byte: Int, leftOut: Int)] = []

  init(_ lines: [TextLine], columns: Int) {
    for line in lines {
      let text = line.runs.reduce(into: "") { $0 += $1.text }
      let start = JoinedLines.marginEnd(text)
      starts.append((bytes.count, start))
      bytes += text.utf8.dropFirst(start)
      // A full line may end within a word. (How many columns wide scripts take is not worth a look here:
      // there is one letter for at most each two of them.)
      let isFull = text.count >= columns - 1 || text.utf8.count > text.count
      bytes.append(isFull ? SearchWords.rowEnd : UInt8(ascii: "\n"))
    }
  }

  /// How many bytes of blanks and bars a line begins with.
  private static func marginEnd(_ text: String) -> Int {
    text.unicodeScalars.prefix { $0 == " " || $0 == "│" }.reduce(0) { $0 + ($1 == " " ? 1 : 3) }
  }

  func withHits<Result>(
    of words: SearchWords, _ body: (UnsafeBufferPointer<UInt8>, [Range<Int>]) -> Result
  ) -> Result {
    bytes.withUnsafeBufferPointer { bytes in
      var hits: [Range<Int>] = []
      words.eachHit(in: bytes) { hits.append($0) }
      return body(bytes, hits)
    }
  }

  /// The line that holds a byte, and where in the line's text it is.
  func place(ofByte byte: Int) -> (line: Int, byte: Int) {
    let line = max(0, starts.map(\.byte).partitionIndex { $0 > byte } - 1)
    return (line, byte - starts[line].byte + starts[line].leftOut)
  }

  /// What of a range of bytes stands in each line it touches, in bytes of the line's text.
  func places(of range: Range<Int>) -> [(line: Int, bytes: Range<Int>)] {
    let first = place(ofByte: range.lowerBound).line
    let last = place(ofByte: range.upperBound - 1).line
    return (first...last).map { line in
      let inside = range.clamped(to: starts[line].byte..<end(of: line))
      let shift = starts[line].leftOut - starts[line].byte
      return (line, (inside.lowerBound + shift)..<(inside.upperBound + shift))
    }
  }

  /// Without what parts it from the next line.
  private func end(of line: Int) -> Int {
    (line + 1 < starts.count ? starts[line + 1].byte : bytes.count) - 1
  }
}

extension TranscriptEntry {
  /// Where a hit begins: a row of the message, and bytes of its line. `byte` is nil where what was found
  /// in the text is not drawn, and the row is where it would stand.
  struct HitPlace: Hashable {
    var row: Int
    var byte: Int?
  }

  /// Finds a hit of the text in the lines. Costs what the part is long that it stands in.
  func place(of hit: SearchHit, in message: Message, _ columns: Int) -> HitPlace {
    guard let words = SearchWords(hit.words) else { return HitPlace(row: 0) }
    var index = hit.index
    var last = HitPlace(row: 0)
    for (number, part) in message.parts.enumerated() where part.kind == .text {
      let hits = words.hits(in: part.text)
      guard let rows = rows(ofPart: number), !hits.isEmpty else { continue }
      if index < hits.count {
        // A reference, for example, is not drawn at all.
        guard !rows.isEmpty else { return HitPlace(row: max(0, rows.lowerBound - 1)) }
        return place(ofHit: index, hits, words, part.text, rows: rows, columns)
      }
      index -= hits.count
      last = HitPlace(row: rows.lowerBound)
    }
    return last
  }

  private func place(
    ofHit index: Int, _ hits: [Range<Int>], _ words: SearchWords, _ text: String,
    rows: Range<Int>, _ columns: Int
  ) -> HitPlace {
    let joined = JoinedLines(lines(rows), columns: columns)
    let (before, all) = withBytes(of: text) { bytes in
      (bytes.letterCount(0..<hits[index].lowerBound), bytes.letterCount(0..<bytes.count))
    }
    let byte: (Int, isDrawn: Bool) = joined.withHits(of: words) { bytes, drawn in
      if drawn.count == hits.count { return (drawn[index].lowerBound, true) }
      // What stands before it may be drawn shorter, as all else: addresses that are their own labels.
      let letters = before * bytes.letterCount(0..<bytes.count) / max(1, all)
      var drawnBefore = 0
      var nearest: (byte: Int, distance: Int)?
      var start = 0
      for hit in drawn {
        drawnBefore += bytes.letterCount(start..<hit.lowerBound)
        start = hit.lowerBound
        let distance = abs(drawnBefore - letters)
        if distance < nearest?.distance ?? .max { nearest = (hit.lowerBound, distance) }
      }
      if let nearest { return (nearest.byte, true) }
      var left = letters
      let place = bytes.indices.first { index in
        left -= bytes.letterCount(index..<(index + 1))
        return left < 0
      }
      return (place ?? max(0, bytes.count - 1), false)
    }
    let place = joined.place(ofByte: byte.0)
    return HitPlace(row: rows.lowerBound + place.line, byte: byte.isDrawn ? place.byte : nil)
  }

  /// The lines of these rows, with the hits in them in a style of their own, and the present one in
  /// another.
  fileprivate func lines(
    _ rows: Range<Int>, hits words: SearchWords, in message: Message, columns: Int,
    present: HitPlace?, styles: (hit: Style, present: Style)
  ) -> [TextLine] {
    var lines = lines(rows)
    for (number, part) in message.parts.enumerated() where part.kind == .text {
      guard let all = self.rows(ofPart: number), all.overlaps(rows) else { continue }
      // A hit may begin above what is in view.
      let first = max(all.lowerBound, rows.lowerBound - 4)
      let joined = JoinedLines(
        self.lines(first..<min(all.upperBound, rows.upperBound + 4)), columns: columns)
      for hit in joined.withHits(of: words, { $1 }) {
        let places = joined.places(of: hit)
        let isPresent =
          places.first.map { HitPlace(row: first + $0.line, byte: $0.bytes.lowerBound) } == present
        for place in places {
          let row = first + place.line
          guard rows.contains(row) else { continue }
          lines[row - rows.lowerBound].paint(
            place.bytes, isPresent ? styles.present : styles.hit)
        }
      }
    }
    return lines
  }
}

extension TextLine {
  /// Gives some bytes of the text another style. A grapheme that is only touched gets it as well.
  fileprivate mutating func paint(_ bytes: Range<Int>, _ style: Style) {
    guard !bytes.isEmpty else { return }
    var line = TextLine(mark: mark)
    var start = 0
    for run in runs {
      let end = start + run.text.utf8.count
      if bytes.overlaps(start..<end) {
        for character in run.text {
          let next = start + character.utf8.count
          line.append(
            String(character), style: bytes.overlaps(start..<next) ? style : run.style)
          start = next
        }
      } else {
        line.append(run.text, style: run.style)
      }
      start = end
    }
    self = line
  }
}

extension TranscriptLayout {
  /// The lines of these rows, which `show` has shown, with the hits of a search: all in one style, and the
  /// present one, if there is one, in another. Costs what its message is long.
  func lines(
    _ rows: Range<Int>, showing words: SearchWords, _ hit: SearchHit?,
    of conversation: Conversation, columns: Int, hits: Style, present: Style
  ) -> [TextLine] {
    var lines: [TextLine] = []
    eachEntry(in: rows) { entry, inside, _ in
      guard !entry.place.isAside, conversation.has(entry.id) else {
        lines += entry.lines(inside)
        return
      }
      let message = conversation[entry.id]
      let place = hit.flatMap {
        $0.message == entry.id ? entry.place(of: $0, in: message, columns) : nil
      }
      lines += entry.lines(
        inside, hits: words, in: message, columns: columns, present: place,
        styles: (hits, present))
    }
    return lines
  }

  /// What stands in these rows, counted from the first of them; with a conversation, the blocks of code as
  /// well. One that began further up stands in the first row.
  func landmarks(_ rows: Range<Int>, withCode conversation: Conversation?) -> [LandmarkRow] {
    let landmarks = landmarks(rows)
    guard let conversation else { return landmarks }
    var code: [LandmarkRow] = []
    eachEntry(in: rows) { entry, inside, start in
      guard conversation.has(entry.id) else { return }
      var index = -1
      for (number, part) in conversation[entry.id].parts.enumerated() where part.kind == .text {
        guard let all = entry.rows(ofPart: number) else { continue }
        let upTo = all.lowerBound..<max(all.lowerBound, min(all.upperBound, inside.upperBound))
        for (offset, line) in entry.lines(upTo).enumerated() {
          let row = all.lowerBound + offset
          if line.mark == .codeStart { index += 1 }
          guard line.mark == .codeStart || line.mark == .code && row == inside.lowerBound,
            inside.contains(row)
          else { continue }
          code.append(
            LandmarkRow(.code(entry.id, index: index), row: start + row - rows.lowerBound))
        }
      }
    }
    return (landmarks + code).sorted { $0.row < $1.row }
  }
}

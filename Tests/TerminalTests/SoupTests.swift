// What holds for any text whatever on a screen of any width.

import Support
import Terminal
import Testing

private let cells = TextCells(widths: widths)
private let wrap = TextWrap(cells)
private let margins = [[], [TextRun("- ")], [TextRun("日本")]]

@Suite struct `Any text` {
  @Test func `is on no line wider than the columns, down to one`() {
    for seed in UInt64(0)..<3000 {
      var soup = UnicodeSoup(seed: seed)
      let text = soup.text(upTo: 16)
      let columns = soup.number(1...24)
      let margin = margins[soup.number(0...2)]
      let mode = soup.number(0...1) == 0 ? TextWrap.Mode.words : .exact
      let lines = wrap.lines(
        [TextRun(text)], columns: columns, mode: mode, first: margin, rest: margin)
      for line in lines {
        let row = cells.cells(line)
        #expect(row.count <= columns, "\(text.debugDescription) in \(columns)")
        // Each wide glyph stands whole.
        #expect(
          row.indices.allSatisfy {
            row[$0].width < 2 || $0 + 1 < row.count && row[$0 + 1].width == 0
          })
      }
    }
  }

  @Test func `loses nothing that is drawn but the spaces at breaks`() {
    // Nor the circle under a mark that another scalar, which is not drawn, parts from its letter.
    func drawn(_ lines: [TextLine]) -> [UInt32] {
      lines.flatMap { cells.cells($0) }.filter { $0.width > 0 }.map(\.base)
        .filter { ![0x20, 0x3000, 0x25CC].contains($0) }
    }
    for seed in UInt64(0)..<1500 {
      var soup = UnicodeSoup(seed: seed)
      let text = soup.text(upTo: 16)
      let columns = soup.number(2...24)
      let whole = wrap.lines([TextRun(text)], columns: 10_000)
      #expect(
        drawn(wrap.lines([TextRun(text)], columns: columns)) == drawn(whole),
        "\(text.debugDescription) in \(columns)")
    }
  }

  @Test func `that grows has at every moment the lines of the text so far`() {
    for seed in UInt64(0)..<1500 {
      var soup = UnicodeSoup(seed: seed)
      let columns = soup.number(1...16)
      let mode = soup.number(0...1) == 0 ? TextWrap.Mode.words : .exact
      let (first, rest) = (margins[soup.number(0...2)], margins[soup.number(0...2)])
      var growing = GrowingWrap(
        wrap, columns: columns, style: .plain, mode: mode, first: first, rest: rest)
      var lines: [TextLine] = []
      var text = ""
      for delta in soup.deltas(of: soup.text(upTo: 14), upTo: 5) {
        lines += growing.append(delta)
        text += delta
        var whole = wrap.lines(
          [TextRun(text)], columns: columns, mode: mode, first: first, rest: rest)
        if let last = text.last, "\n\r\r\n\u{2028}\u{2029}".contains(last) { whole.removeLast() }
        #expect(lines + growing.openLines == whole, "\(text.debugDescription) in \(columns)")
      }
    }
  }
}

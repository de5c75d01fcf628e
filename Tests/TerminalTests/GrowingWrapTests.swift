import Synchronization
import Terminal
import Testing

/// Texts in pieces of every kind that wrapping tells apart, the same for the same seed.
private struct RandomText {
  private static let pieces = [
    "a", "bb ", "日", "\t", "  ", "long-word-here", "e\u{301}", "👩‍💻", "\n", "。", "ー", "\r", "\u{301}",
    "\u{2028}", "x", "🇩🇪", " \u{301}", "\u{200B}", "word ",
  ]
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func number(_ range: ClosedRange<Int>) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return range.lowerBound + Int((state >> 33) % UInt64(range.count))
  }

  mutating func text() -> String {
    (0..<number(0...20)).map { _ in Self.pieces[number(0...(Self.pieces.count - 1))] }.joined()
  }

  mutating func scalars(of text: String) -> [String] {
    var rest = Array(text.unicodeScalars)[...]
    var deltas: [String] = []
    while !rest.isEmpty {
      let count = number(1...5)
      deltas.append(String(String.UnicodeScalarView(rest.prefix(count))))
      rest = rest.dropFirst(count)
    }
    return deltas
  }
}

@Suite struct `A text that grows` {
  private let wrap = TextWrap(TextCells(widths: widths))
  private let margins = [[], [TextRun("- ")], [TextRun("日本")]]

  @Test func `has at every moment the lines of the text so far`() {
    for seed in UInt64(0)..<600 {
      var random = RandomText(seed: seed)
      let columns = random.number(1...12)
      let mode = random.number(0...1) == 0 ? TextWrap.Mode.words : .exact
      let (first, rest) = (margins[random.number(0...2)], margins[random.number(0...2)])
      var growing = GrowingWrap(
        wrap, columns: columns, style: .plain, mode: mode, first: first, rest: rest)
      var lines: [TextLine] = []
      var text = ""
      for delta in random.scalars(of: random.text()) {
        lines += growing.append(delta)
        text += delta
        var whole = wrap.lines(
          [TextRun(text)], columns: columns, mode: mode, first: first, rest: rest)
        if let last = text.last, "\n\r\r\n\u{2028}".contains(last) { whole.removeLast() }
        #expect(lines + growing.openLines == whole, "\(text.debugDescription) in \(columns)")
      }
    }
  }

  @Test func `is nothing while nothing has come`() {
    var growing = GrowingWrap(wrap, columns: 9, style: .plain)
    #expect(growing.append("").isEmpty)
    #expect(growing.openLines.isEmpty)
  }

  @Test(arguments: ["ö", "öööö ", "日"], [TextWrap.Mode.words, .exact])
  func `costs what comes`(unit: String, mode: TextWrap.Mode) {
    let lookups = Mutex(0)
    let counted = WidthTable { scalar in
      lookups.withLock { $0 += 1 }
      return widths.width(of: scalar)
    }
    var growing = GrowingWrap(
      TextWrap(TextCells(widths: counted)), columns: 40, style: .plain, mode: mode)
    _ = growing.append(String(repeating: unit, count: 100_000))
    let before = lookups.withLock { $0 }
    for _ in 0..<10 {
      _ = growing.append(unit)
      _ = growing.openLines
    }
    #expect(lookups.withLock { $0 } - before < 2_000)
  }
}

@Suite struct `Words in one piece` {
  @Test func `are wrapped as their letters are one by one`() {
    let wrap = TextWrap(TextCells(widths: widths))
    let styles = [Style.plain, Style(attributes: .bold)]
    for seed in UInt64(0)..<2000 {
      var random = RandomText(seed: seed)
      let runs = (0..<random.number(1...3)).map {
        TextRun(random.text(), styles[($0 + Int(seed)) % 2])
      }
      let letters = runs.flatMap { run in run.text.map { TextRun(String($0), run.style) } }
      let columns = random.number(1...14)
      let mode = random.number(0...1) == 0 ? TextWrap.Mode.words : .exact
      let margin = random.number(0...2) == 0 ? [TextRun("> ")] : []
      #expect(
        wrap.lines(runs, columns: columns, mode: mode, first: margin, rest: margin)
          == wrap.lines(letters, columns: columns, mode: mode, first: margin, rest: margin),
        "\(runs.map(\.text)) in \(columns)")
    }
  }
}

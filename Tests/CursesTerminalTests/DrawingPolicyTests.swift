// What is drawn of graphemes of every script, with the widths that curses goes by: the C library's.

import CLinux
import Glibc
import Support
import Terminal
import Testing

/// The C library's widths in UTF-8, whatever the process has for a locale.
private func withWidths(_ body: (TextCells) -> Void) {
  let utf8 = newlocale(1 << LC_CTYPE, "C.UTF-8", nil)
  let before = uselocale(utf8)
  body(TextCells(widths: WidthTable { Int(wcwidth(wchar_t(truncatingIfNeeded: $0))) }))
  uselocale(before)
  freelocale(utf8)
}

extension Cell {
  fileprivate var scalars: [Unicode.Scalar] {
    ([base] + (0..<4).map { marks[$0] }.filter { $0 != 0 }).map { Unicode.Scalar($0) ?? "?" }
  }
}

/// What nothing of may be in a cell: Cc, Cf, Zl and Zp.
private func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator: true
  default: false
  }
}

@Suite struct `The drawing policy` {
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    /// Glyph by glyph.
    let drawn: [String]
    let columns: Int

    init(_ name: String, _ text: String, _ drawn: [String], _ columns: Int) {
      self.name = name
      self.text = text
      self.drawn = drawn
      self.columns = columns
    }

    var testDescription: String { name }
  }

  static let rows = [
    Row("a flag is its two letters", "🇩🇪", ["🇩", "🇪"], 2),
    Row("a family is its members", "👨‍👩‍👧", ["👨", "👩", "👧"], 6),
    Row("a keycap is a digit with a mark", "1️⃣", ["1\u{20E3}"], 1),
    Row("a variation selector is not drawn", "❤️", ["❤"], 1),
    Row("a skin tone is not drawn", "👍🏽", ["👍"], 2),
    Row("a tone inside a family is not drawn", "👩🏽‍💻", ["👩", "💻"], 4),
    Row("a conjunct is its letters", "क्षि", ["क्", "ष", "ि"], 3),
    Row("Devanagari", "नमस्ते", ["न", "म", "स्", "ते"], 4),
    Row("Thai", "สวัสดี", ["ส", "วั", "ส", "ดี"], 4),
    Row("Thai sara am", "น้ำ", ["น้", "ำ"], 2),
    Row("Jamo are their syllable", "\u{1112}\u{1161}\u{11AB}", ["한"], 2),
    Row("Jamo without a tail", "\u{1112}\u{1161}", ["하"], 2),
    Row("a syllable and a tail", "하\u{11AB}", ["한"], 2),
    Row("old Jamo stay marks", "\u{1112}\u{119E}\u{11AB}", ["\u{1112}\u{119E}\u{11AB}"], 2),
    Row("the flag of England is a flag", "🏴\u{E0067}\u{E0062}\u{E0065}\u{E007F}", ["🏴"], 2),
    Row(
      "four marks and no more", "o\u{302}\u{303}\u{304}\u{305}\u{306}",
      ["o\u{302}\u{303}\u{304}\u{305}"], 1),
    Row("a lone mark sits on a circle", "\u{301}", ["\u{25CC}\u{301}"], 1),
    Row("a mark on a space", " \u{301}", [" \u{301}"], 1),
    Row("a filler draws nothing", "a\u{3164}\u{115F}\u{1160}\u{FFA0}\u{34F}b", ["a", "b"], 2),
    Row("Mongolian selectors", "\u{1820}\u{180B}\u{180E}", ["\u{1820}"], 1),
    Row("a byte order mark", "a\u{FEFF}b", ["a", "b"], 2),
    Row("a space of no width", "a\u{200B}b", ["a", "b"], 2),
    Row("a soft hyphen", "a\u{AD}b", ["a", "b"], 2),
    Row("separators of lines", "a\u{2028}b\u{2029}c", ["a", "b", "c"], 3),
    Row("noncharacters", "a\u{FFFE}\u{1FFFE}b", ["a", "b"], 2),
    Row("notes between the lines", "a\u{FFF9}b\u{FFFA}c\u{FFFB}d", ["a", "b", "c", "d"], 4),
    Row("bidirectional controls", "a\u{202E}\u{2066}\u{200F}\u{61C}b", ["a", "b"], 2),
    Row("music and shorthand", "a\u{1D173}\u{1BCA0}\u{13430}\u{1343F}b", ["a", "b"], 2),
    Row("signs around digits", "\u{6DD}\u{661}", ["\u{FFFD}", "\u{661}"], 2),
    Row("controls are pictures", "\u{0}\u{1B}\u{7F}", ["␀", "␛", "␡"], 3),
    Row("C1", "\u{9B}", ["\u{FFFD}"], 1),
    Row("Hebrew with points", "שָׁ", ["ש\u{5B8}\u{5C1}"], 1),
    Row("Arabic", "سَلام", ["س\u{64E}", "ل", "ا", "م"], 4),
    Row("a private glyph", "\u{E0B0}", ["\u{E0B0}"], 1),
    Row("full-width and half-width", "Ａｱ", ["Ａ", "ｱ"], 3),
    Row("beyond the first plane", "𠮷𝒳", ["𠮷", "𝒳"], 3),
  ]

  @Test(arguments: rows) func `has a row for`(row: Row) {
    withWidths { cells in
      let drawn = cells.cells(row.text, style: .plain)
      let glyphs = drawn.filter { $0.width > 0 }.map { Array($0.scalars) }
      #expect(glyphs == row.drawn.map { Array($0.unicodeScalars) })
      #expect(drawn.count == row.columns)
      #expect(cells.width(of: row.text) == row.columns)
    }
  }

  @Test func `draws a replacement for what the C library does not know`() {
    withWidths { cells in
      for value in [0x1FAE8, 0x1FAE9, 0x378, 0xE01FF] as [UInt32] {
        guard let scalar = Unicode.Scalar(value), wcwidth(wchar_t(value)) < 0 else { continue }
        let drawn = cells.cells(String(Character(scalar)), style: .plain)
        #expect(drawn.isEmpty || drawn.map(\.base) == [0xFFFD])
      }
    }
  }

  private func expectSound(_ text: String, _ cells: TextCells) {
    let drawn = cells.cells(text, style: .plain)
    #expect(cells.width(of: text) == drawn.count)
    for cell in drawn {
      if let scalar = cell.scalars.first(where: isForbidden) {
        Issue.record("U+\(String(scalar.value, radix: 16)) in a cell of \(text.debugDescription)")
      }
      guard cell.width > 0 else { continue }
      let isAsCursesHasIt =
        Int(cell.width) == Int(wcwidth(wchar_t(truncatingIfNeeded: cell.base)))
        && cell.scalars.dropFirst().allSatisfy {
          wcwidth(wchar_t(truncatingIfNeeded: $0.value)) == 0
        }
      #expect(isAsCursesHasIt, "\(cell) of \(text.debugDescription)")
    }
  }

  @Test func `puts no scalar of Unicode into a cell that turns or breaks a line`() {
    withWidths { cells in
      let planes: [any Sequence<UInt32>] = [
        0...0x1FFFF, 0xE0000...0xE0FFF, stride(from: 0x20000, through: 0x10FFFF, by: 251),
      ]
      for values in planes {
        for value in values {
          guard let scalar = Unicode.Scalar(value) else { continue }
          for cell in cells.cells(String(Character(scalar)), style: .plain)
          where cell.scalars.contains(where: isForbidden) {
            Issue.record("U+\(String(value, radix: 16))")
          }
        }
      }
    }
  }

  @Test func `agrees with curses about any text`() {
    withWidths { cells in
      for seed in UInt64(0)..<2000 {
        var soup = UnicodeSoup(seed: seed)
        expectSound(soup.text(upTo: 12), cells)
        let scalars = (0..<8).map { _ in soup.scalar() }
        expectSound(String(String.UnicodeScalarView(scalars)), cells)
      }
    }
  }
}

// A row of cells as curses takes it.

import CLinux
import CNcurses
import Terminal

/// Makes rows for `wadd_wchnstr`.
struct CursesRow {
  private static let replacement: UInt32 = 0xFFFD

  private var styles: CursesStyle
  /// What `glyphs(of:limit:)` answered last; the buffer is used again for the next row.
  private var row: [cchar_t] = []

  init(_ styles: CursesStyle) {
    self.styles = styles
  }

  /// The first `limit` columns of `cells`, one entry for each glyph (a wide one is one entry).
  mutating func glyphs(of cells: [Cell], limit: Int) -> [cchar_t] {
    row.removeAll(keepingCapacity: true)
    var style = Style.plain
    var rendition = styles.rendition(of: .plain)
    var column = 0
    let end = min(limit, cells.count)
    while column < end {
      let cell = cells[column]
      if cell.style != style {
        style = cell.style
        rendition = styles.rendition(of: style)
      }
      let width = cell.width == 2 && column + 1 < end ? 2 : 1
      if cell.width == 0 || cell.width == 2 && width == 1 {
        // The half of a wide glyph that the edge cut off.
        row.append(CursesRow.glyph(0x20, .zero, rendition))
      } else if CursesRow.isDrawable(cell, width: width) {
        row.append(CursesRow.glyph(cell.base, cell.marks, rendition))
      } else {
        row.append(CursesRow.glyph(CursesRow.replacement, .zero, rendition))
        if width == 2 { row.append(CursesRow.glyph(0x20, .zero, rendition)) }
      }
      column += width
    }
    return row
  }

  /// Whether curses will move its cursor as the frame says. A control or a format character must never
  /// get this far (`Cell`'s invariant), and if one does that could move the cursor or turn the line, it
  /// still does not reach the terminal.
  private static func isDrawable(_ cell: Cell, width: Int) -> Bool {
    if cell.base >= 0x20, cell.base < 0x7F, cell.marks == .zero { return width == 1 }
    let isForbidden =
      isControl(cell.base) || (0..<4).contains { cell.marks[$0] != 0 && isControl(cell.marks[$0]) }
    assert(!isForbidden, "a control character in a cell: \(cell)")
    if isForbidden { return false }
    return Int(wcwidth(wchar_t(truncatingIfNeeded: cell.base))) == width
  }

  /// Controls, and the format characters that turn a line or break it.
  static func isControl(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0..<0x20, 0x7F...0x9F, 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF:
      true
    default: false
    }
  }

  private static func glyph(
    _ base: UInt32, _ marks: SIMD4<UInt32>, _ rendition: CursesStyle.Rendition
  ) -> cchar_t {
    var glyph = cchar_t()
    // `setcchar` leaves out what does not combine with the base.
    var pair = rendition.pair
    withUnsafeTemporaryAllocation(of: wchar_t.self, capacity: 6) { text in
      text[0] = wchar_t(truncatingIfNeeded: base)
      for index in 0..<4 { text[index + 1] = wchar_t(truncatingIfNeeded: marks[index]) }
      text[5] = 0
      _ = setcchar(&glyph, text.baseAddress, rendition.attributes, 0, &pair)
    }
    return glyph
  }

  /// Whether terminals disagree about the width of something in this row.
  ///
  /// Nobody disputes letters without marks, punctuation, lines and boxes, and the plain wide scripts.
  /// Emoji, marks and the scripts that are shaped are drawn narrower by some terminals (measured: kitty,
  /// mlterm, tmux), and then curses and the terminal no longer mean the same column.
  static func isDisputed(_ cells: [Cell]) -> Bool {
    cells.contains { cell in
      if cell.base < 0x7F && cell.marks == .zero { return false }
      if cell.marks != .zero { return true }
      switch cell.base {
      case 0xA0...0x52F, 0x1E00...0x1FFF, 0x2010...0x2027, 0x2030...0x205E, 0x2070...0x218F,
        0x2190...0x21FF, 0x2200...0x22FF, 0x2500...0x259F, 0x2800...0x28FF, 0x2E80...0x312F,
        0x3131...0x9FFF, 0xA000...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFF01...0xFFEF,
        0xFFFD:
        return false
      default: return true
      }
    }
  }
}

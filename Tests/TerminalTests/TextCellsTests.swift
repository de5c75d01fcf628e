import Terminal
import Testing

private let cells = TextCells(widths: widths)

private func drawn(_ text: String) -> [UInt32] {
  cells.cells(text, style: .plain).filter { $0.width > 0 }.map(\.base)
}

@Suite struct `Cells from text` {
  @Test func `an escape sequence becomes pictures of its bytes`() {
    #expect(drawn("\u{1B}[31m") == [0x241B, 0x5B, 0x33, 0x31, 0x6D])
    #expect(drawn("\u{7F}\u{9B}") == [0x2421, 0xFFFD])
  }

  @Test func `an escape hidden among combining marks never becomes a mark`() {
    for cell in cells.cells("e\u{301}\u{1B}\u{301}x", style: .plain) {
      #expect(cell.base >= 0x20)
      for index in 0..<4 { #expect(cell.marks[index] == 0 || cell.marks[index] >= 0xA0) }
    }
  }

  @Test func `bidirectional controls and zero-width characters are not drawn`() {
    #expect(drawn("a\u{202E}b\u{200B}c\u{2066}\u{FEFF}d\u{AD}") == [0x61, 0x62, 0x63, 0x64])
  }

  @Test func `marks sit on their base and at most four of them`() {
    let drawn = cells.cells("e\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}", style: .plain)
    #expect(drawn.count == 1)
    #expect(drawn[0].base == 0x65 || drawn[0].base == 0xE9)
    #expect((0..<4).allSatisfy { drawn[0].marks[$0] != 0 })
  }

  @Test func `a mark without a base sits on a dotted circle`() {
    #expect(drawn("\u{301}") == [0x25CC])
  }

  @Test func `a wide character is followed by its continuation`() {
    #expect(cells.cells("日", style: .plain).map(\.width) == [2, 0])
  }

  @Test func `a family is drawn as its members side by side, without skin tones and joiners`() {
    #expect(drawn("👩‍💻") == [0x1F469, 0x1F4BB])
    #expect(drawn("👍🏽") == [0x1F44D])
    #expect(drawn("❤️") == [0x2764])
    #expect(cells.width(of: "👩‍💻") == 4)
  }

  @Test func `a scalar the C library does not know shows as a replacement`() {
    #expect(drawn("\u{1FAE8}") == [0xFFFD])
  }

  @Test func `no scalar of Unicode becomes a control or a format character in a cell`() {
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      for cell in cells.cells(String(Character(scalar)), style: .plain) {
        let base = cell.base
        guard base < 0x20 || (0x7F..<0xA0).contains(base) || (0x202A...0x202E).contains(base)
        else { continue }
        Issue.record("U+\(String(value, radix: 16)) is drawn as U+\(String(base, radix: 16))")
      }
    }
  }
}

@Suite struct `A frame` {
  @Test func `leaves out what lies outside it and halves no wide character`() {
    var frame = Frame(size: Size(rows: 2, columns: 3))
    frame.put(cells.cells("a日本", style: .plain), row: 0, column: 0)
    frame.put(cells.cells("x", style: .plain), row: 5, column: 0)
    #expect(frame.rows[0].map(\.base) == [0x61, 0x65E5, 0x20])
    frame.put(cells.cells("ab日", style: .plain), row: 1, column: 0)
    #expect(frame.rows[1].map(\.base) == [0x61, 0x62, 0x20])
    frame.put(cells.cells("z", style: .plain), row: 0, column: 2)
    #expect(frame.rows[0].map(\.base) == [0x61, 0x20, 0x7A])
  }

  @Test func `of no size holds nothing and takes everything`() {
    var frame = Frame(size: Size(rows: -1, columns: 0))
    frame.put([.blank()], row: 0, column: 0)
    frame.fill(row: 0, columns: 0..<9, style: .plain)
    #expect(frame.rows.isEmpty)
  }
}

@Suite struct `Names of keys` {
  @Test(arguments: [
    ("esc", "Esc"), ("ctrl-c", "Ctrl-C"), ("alt-enter", "Alt-Enter"), ("f5", "F5"), ("?", "?"),
    ("pageup", "PgUp"), ("shift-tab", "Shift-Tab"), ("ctrl-space", "Ctrl-Space"), ("-", "-"),
    ("alt--", "Alt--"),
  ])
  func `are read and shown`(written: String, shown: String) {
    #expect(KeyPress(written)?.name == shown)
  }

  @Test func `that name no key are refused`() {
    #expect(KeyPress("ctrl-") == nil)
    #expect(KeyPress("f25") == nil)
    #expect(KeyPress("hyper-x") == nil)
    #expect(KeyPress("") == nil)
  }
}

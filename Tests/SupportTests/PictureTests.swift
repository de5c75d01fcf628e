import Support
import Testing

struct PictureTests {
  /// What the terminal shows after these bytes.
  func program(writing text: String, rows: Int = 6, columns: Int = 20) throws -> TerminalProgram {
    let home = try TestHome()
    try home.write(text, to: "bytes")
    let program = try TerminalProgram(
      "/bin/sh", ["-c", "stty -opost; cat bytes"], home: home, rows: rows, columns: columns)
    try program.waitForExit()
    return program
  }

  @Test func `knows how a cell looks`() throws {
    let picture = try program(
      writing:
        "\u{1B}[1mb\u{1B}[0;7mr\u{1B}[0;3;4;9mi\u{1B}[0;31;44mc\u{1B}[0;38;2;1;2;3md\u{1B}[0mp"
    ).picture
    #expect(picture.text == "bricdp")
    let cells = (0..<6).map { picture.cell(row: 0, column: $0) }
    #expect(cells.map(\.isBold) == [true, false, false, false, false, false])
    #expect(cells.map(\.isReversed) == [false, true, false, false, false, false])
    #expect(cells.map(\.isItalic) == [false, false, true, false, false, false])
    #expect(cells.map(\.isUnderlined) == [false, false, true, false, false, false])
    #expect(cells.map(\.isStruckThrough) == [false, false, true, false, false, false])
    #expect(cells[3].foreground == .indexed(1))
    #expect(cells[3].background == .indexed(4))
    #expect(cells[4].foreground == .rgb(red: 1, green: 2, blue: 3))
    #expect(cells[5].foreground == .standard)
    #expect(cells[5].background == .standard)
  }

  @Test func `keeps wide and marked text whole`() throws {
    let picture = try program(writing: "a漢e\u{301}z").picture
    #expect(picture.text == "a漢e\u{301}z")
    #expect(picture.cell(row: 0, column: 1).text == "漢")
    #expect(picture.cell(row: 0, column: 1).width == 2)
    #expect(picture.cell(row: 0, column: 2).text == "")
    #expect(picture.cell(row: 0, column: 3).text == "e\u{301}")
  }

  @Test func `knows where the cursor stands and whether it shows`() throws {
    let picture = try program(writing: "\u{1B}[3;5H\u{1B}[?25l").picture
    #expect(picture.cursor == (row: 2, column: 4))
    #expect(!picture.isCursorVisible)
  }

  @Test func `shows the alternate screen and what was there before it`() throws {
    let inside = try program(writing: "before\u{1B}[?1049h\u{1B}[Hinside").picture
    #expect(inside.isAlternateScreen)
    #expect(inside.text == "inside")
    let after = try program(writing: "before\u{1B}[?1049h\u{1B}[Hinside\u{1B}[?1049l").picture
    #expect(!after.isAlternateScreen)
    #expect(after.text == "before")
  }

  @Test func `outside the screen there is nothing`() throws {
    let picture = try program(writing: "x", rows: 2, columns: 4).picture
    #expect(picture.row(-1) == "")
    #expect(picture.row(2) == "")
    #expect(picture.cell(row: 2, column: 0).text == "")
    #expect(picture.row(of: "y") == nil)
  }
}

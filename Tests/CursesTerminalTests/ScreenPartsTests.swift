// The parts of a claim that ask no terminal.

import Terminal
import Testing

@testable import CursesTerminal

@Suite struct `What a claim switches on` {
  private let xterm = TerminalModes(enterAlternateScreen: "\u{1B}[?1049h\u{1B}[22;0;0t")

  @Test func `is switched off in the opposite order`() {
    #expect(
      xterm.on(isMouseCaptured: true)
        == "\u{1B}[?2004h\u{1B}[?1000h\u{1B}[?1006h\u{1B}[?2031h\u{1B}[>1u\u{1B}[>4;1m")
    #expect(
      xterm.off
        == "\u{1B}[>4;0m\u{1B}[<u\u{1B}[?2031l\u{1B}[?1004l\u{1B}[?1006l\u{1B}[?1000l\u{1B}[?2004l")
  }

  @Test(arguments: [nil, "", "\u{1B}7\u{1B}[?47h"])
  func `is nothing where a terminal may not understand it`(enter: String?) {
    let modes = TerminalModes(enterAlternateScreen: enter)
    #expect(modes.on(isMouseCaptured: true) == "")
    #expect(modes.off == "")
    #expect(modes.question == "")
  }

  @Test func `leaves the mouse out that is not captured, and gives it back all the same`() {
    #expect(!xterm.on(isMouseCaptured: false).contains("?100"))
    #expect(xterm.off.contains(xterm.mouseOff))
  }

  @Test func `hears of the focus only where that is wanted, and turns it off all the same`() {
    #expect(!xterm.on(isMouseCaptured: true).contains("1004"))
    #expect(xterm.on(isMouseCaptured: true, isFocusTold: true).contains("\u{1B}[?1004h"))
    #expect(xterm.off.contains("\u{1B}[?1004l"))
  }

  @Test func `asks with the question last that every terminal answers`() {
    #expect(xterm.question == "\u{1B}[?2026$p\u{1B}]11;?\u{1B}\\\u{1B}[c")
  }

  @Test func `is undone in a crash before the alternate screen is left`() {
    let bytes = xterm.crashBytes(
      TerminalModes.Leaving(
        resetScrollRegion: "\u{1B}[r", plainAttributes: "\u{1B}[m", showCursor: "\u{1B}[?25h",
        leaveAlternateScreen: "\u{1B}[?1049l"),
      farewell: "Sorry.\r\n")
    #expect(
      String(decoding: bytes, as: UTF8.self)
        == "\u{1B}[?2026l" + xterm.off + "\u{1B}[r\u{1B}[m\u{1B}[?25h\u{1B}[?1049l\rSorry.\r\n")
  }

  @Test func `is undone in a crash of a terminal that has but one screen`() {
    let modes = TerminalModes(enterAlternateScreen: nil)
    let leaving = TerminalModes.Leaving(plainAttributes: "\u{1B}[m\u{0F}$<2>")
    #expect(modes.crashBytes(leaving, farewell: "") == Array("\u{1B}[m\u{0F}\r\n".utf8))
  }

  @Test(arguments: [
    ("a$<2>b", "ab"), ("$<20/>", ""), ("$5", "$5"), ("a$", "a$"), ("$<2", "$<2"), ("$$<1*>c", "$c"),
  ])
  func `holds no padding`(string: String, expected: String) {
    #expect(TerminalModes.withoutPadding(string) == expected)
  }
}

@Suite struct `The log of standard error` {
  @Test func `lies in the directory for state`() {
    #expect(ErrorLog.path(stateHome: "/s", home: "/h") == "/s/patter/patter.log")
    #expect(ErrorLog.path(stateHome: nil, home: "/h") == "/h/.local/state/patter/patter.log")
    #expect(ErrorLog.path(stateHome: "", home: "/h") == "/h/.local/state/patter/patter.log")
    #expect(ErrorLog.path(stateHome: "relative", home: nil) == nil)
  }
}

@Suite struct `A row` {
  private func cells(_ text: String) -> [Cell] { text.unicodeScalars.map { Cell(base: $0.value) } }

  @Test(arguments: [
    "plain", "Grüße, καλημέρα, Привет", "“quoted” … — ─│╭█", "漢字かな한국어，", "←↑→ ≤ ⠋ ²",
  ])
  func `is undisputed in letters and lines`(text: String) {
    #expect(!CursesRow.isDisputed(cells(text)))
  }

  @Test(arguments: ["🦊", "⚠", "क", "สวัสดี", "سلام", "☀", "🇩🇪", "ᄒ"])
  func `is disputed in emoji and shaped scripts`(text: String) {
    #expect(CursesRow.isDisputed(cells("a" + text)))
  }

  @Test func `is disputed where a mark sits on a letter`() {
    #expect(CursesRow.isDisputed([Cell(base: 0x65, marks: SIMD4(0x301, 0, 0, 0))]))
  }
}

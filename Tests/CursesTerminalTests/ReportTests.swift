// What terminals tell about themselves, at every cut and in every state of health.

import Terminal
import Testing

@testable import CursesTerminal

private let millisecond: Int64 = 1_000_000
private let second: Int64 = 1_000_000_000

private let black = "\u{1B}]11;rgb:0000/0000/0000\u{1B}\\"
private let white = TerminalReport.background(red: 0xFFFF, green: 0xFFFF, blue: 0xFFFF)

/// Sequences and what they tell.
private let reports: [(bytes: String, report: TerminalReport)] = [
  (black, .background(red: 0, green: 0, blue: 0)),
  ("\u{1B}]11;rgb:ffff/ffff/ffff\u{07}", white),
  ("\u{1B}]11;rgb:FF/80/00\u{07}", .background(red: 0xFFFF, green: 0x8080, blue: 0)),
  ("\u{1B}]11;rgb:f/0/8\u{07}", .background(red: 0xFFFF, green: 0, blue: 0x8888)),
  ("\u{1B}]11;rgb:fff/800/000\u{07}", .background(red: 0xFFFF, green: 0x8007, blue: 0)),
  ("\u{1B}]11;rgba:ffff/ffff/ffff/8000\u{1B}\\", white),
  ("\u{1B}]11;#ffffff\u{1B}\\", white),
  ("\u{1B}]11;#fff\u{1B}\\", white),
  ("\u{1B}]11;#12345678ABCD\u{1B}\\", .background(red: 0x1234, green: 0x5678, blue: 0xABCD)),
  ("\u{1B}[?2026;1$y", .synchronizedOutput(isSupported: true)),
  ("\u{1B}[?2026;2$y", .synchronizedOutput(isSupported: true)),
  ("\u{1B}[?2026;0$y", .synchronizedOutput(isSupported: false)),
  ("\u{1B}[?2026;3$y", .synchronizedOutput(isSupported: false)),
  ("\u{1B}[?2026;4$y", .synchronizedOutput(isSupported: false)),
  ("\u{1B}[?62;22;52c", .attributes([62, 22, 52])),
  ("\u{1B}[?6c", .attributes([6])),
  ("\u{1B}[?997;1n", .appearance(isDark: true)),
  ("\u{1B}[?997;2n", .appearance(isDark: false)),
]

/// What answers nothing: broken, half, or of another question.
private let noReports = [
  "\u{1B}]11;rgb:zz/00/00\u{07}", "\u{1B}]11;rgb:00000/0/0\u{07}", "\u{1B}]11;rgb:0/0\u{07}",
  "\u{1B}]11;rgb:0/0/0/0\u{07}", "\u{1B}]11;rgb:-1/0/0\u{07}", "\u{1B}]11;rgb://\u{07}",
  "\u{1B}]11;#12345\u{07}", "\u{1B}]11;#\u{07}", "\u{1B}]11;#é12\u{07}", "\u{1B}]11;?\u{07}",
  "\u{1B}]11\u{07}", "\u{1B}]111;rgb:0/0/0\u{07}", "\u{1B}]4;1;rgb:0/0/0\u{07}",
  "\u{1B}P11;rgb:0/0/0\u{1B}\\", "\u{1B}[?2027;1$y", "\u{1B}[?997;3n", "\u{1B}[?997n",
  "\u{1B}[>62;22c",
]

@Suite struct `A report of the terminal` {
  @Test(arguments: reports.indices)
  func `is read and writes nothing`(index: Int) {
    let (bytes, report) = reports[index]
    var keyboard = Keyboard()
    #expect(keyboard.receive(Array("a\(bytes)b".utf8), at: 0) == typed("ab"))
    #expect(keyboard.takeReports() == [report])
    #expect(keyboard.takeReports() == [])
  }

  @Test(arguments: noReports)
  func `that is broken tells and writes nothing`(bytes: String) {
    var keyboard = Keyboard()
    #expect(keyboard.receive(Array("a\(bytes)b".utf8), at: 0) == typed("ab"))
    #expect(keyboard.takeReports() == [])
  }

  @Test(arguments: reports.indices)
  func `is read at every cut`(index: Int) {
    let bytes = Array(reports[index].bytes.utf8)
    for cut in 1..<bytes.count {
      var keyboard = Keyboard()
      #expect(keyboard.receive(Array(bytes[..<cut]), at: 0) == [])
      #expect(keyboard.receive(Array(bytes[cut...]), at: 15 * millisecond) == [], "\(cut)")
      #expect(keyboard.takeReports() == [reports[index].report], "\(cut)")
    }
  }

  @Test func `is read byte by byte`() {
    for (bytes, report) in reports {
      var keyboard = Keyboard()
      for (index, byte) in bytes.utf8.enumerated() {
        #expect(keyboard.receive([byte], at: Int64(index) * 10 * millisecond) == [])
      }
      #expect(keyboard.takeReports() == [report])
    }
  }

  /// The Esc, Alt-[ or Alt-] that the beginning looked like cannot be taken back; no letter is written.
  @Test(arguments: reports.indices)
  func `that was asked for comes in two pieces, a second apart`(index: Int) {
    let bytes = Array(reports[index].bytes.utf8)
    for cut in 1..<bytes.count {
      var keyboard = Keyboard()
      keyboard.expectAnswers(at: 0)
      var inputs = keyboard.receive(Array(bytes[..<cut]), at: 100 * millisecond)
      if let deadline = keyboard.deadline, deadline < second {
        inputs += keyboard.advance(to: deadline)
      }
      let rest = keyboard.receive(Array(bytes[cut...]), at: 1_100 * millisecond)
      #expect(rest == [], "\(cut)")
      let keys: [[TerminalInput]] = [
        [], [key(.escape)], [key(.character("["), .alt)], [key(.character("]"), .alt)],
      ]
      #expect(keys.contains(inputs), "\(cut)")
      #expect(inputs.isEmpty || cut < 3, "\(cut)")
      #expect(keyboard.takeReports() == [reports[index].report], "\(cut)")
      #expect(keyboard.receive([0x61], at: 3 * second) == typed("a"))
    }
  }

  @Test func `does not keep Alt-] from a hand`() {
    var keyboard = Keyboard()
    keyboard.expectAnswers(at: 0)
    #expect(keyboard.receive(Array("\u{1B}]".utf8), at: second) == [])
    #expect(keyboard.deadline == second + 100 * millisecond)
    #expect(keyboard.advance(to: second + 100 * millisecond) == [key(.character("]"), .alt)])
    #expect(keyboard.receive(Array("11".utf8), at: 2 * second) == typed("11"))
  }

  @Test(arguments: ["]", "^", "_"] as [Character])
  func `that follows Alt and a key at once leaves both what they are`(pressed: Character) {
    for (bytes, report) in reports {
      var keyboard = Keyboard()
      keyboard.expectAnswers(at: 0)
      #expect(keyboard.receive(Array("\u{1B}\(pressed)".utf8), at: 0) == [])
      let inputs = keyboard.receive(Array(bytes.utf8), at: 5 * millisecond)
      #expect(inputs == [key(.character(pressed), .alt)])
      #expect(keyboard.takeReports() == [report])
    }
  }

  @Test(arguments: ["\u{1B}]11;rgb:00", "\u{1B}]11;rgb:0/0/0", "\u{1B}[?62;2"])
  func `that was cut off for ever gives way to the next key`(start: String) {
    for next in ["h", "Z", "ü", "\r", "\u{03}", "hello"] {
      var keyboard = Keyboard()
      keyboard.expectAnswers(at: 0)
      #expect(keyboard.receive(Array(start.utf8), at: 0) == [])
      #expect(keyboard.receive(Array(next.utf8), at: second) == inputs(next), "\(next)")
      #expect(keyboard.takeReports() == [])
    }
  }

  @Test func `that was cut off is not waited for without end`() {
    var keyboard = Keyboard()
    keyboard.expectAnswers(at: 0)
    #expect(keyboard.receive(Array("\u{1B}]11;rgb:00".utf8), at: second) == [])
    #expect(keyboard.deadline == 10 * second)
    #expect(keyboard.advance(to: 10 * second) == [])
    #expect(keyboard.receive(Array("00".utf8), at: 11 * second) == typed("00"))
  }

  @Test func `is waited for no longer than others when the last answer has come`() {
    var keyboard = Keyboard()
    keyboard.expectAnswers(at: 0)
    #expect(keyboard.receive(Array("\u{1B}[?62c\u{1B}]11;rgb".utf8), at: 0) == [])
    #expect(keyboard.deadline == 100 * millisecond)
  }

  @Test func `is taken out of a paste`() {
    for (bytes, report) in reports {
      var keyboard = Keyboard()
      let paste = "\u{1B}[200~one \(bytes)two\u{1B}[201~"
      #expect(keyboard.receive(Array(paste.utf8), at: 0) == [.paste("one two")])
      #expect(keyboard.takeReports() == [report])
    }
  }

  @Test(arguments: noReports)
  func `that is none stays in a paste as text`(bytes: String) {
    var keyboard = Keyboard()
    let inputs = keyboard.receive(Array("\u{1B}[200~one \(bytes)two\u{1B}[201~".utf8), at: 0)
    let text = bytes.unicodeScalars.filter { $0.value >= 0x20 }
    #expect(inputs == [.paste("one \(String(String.UnicodeScalarView(text)))two")])
    #expect(keyboard.takeReports() == [])
  }

  @Test func `of a hundred thousand bytes writes nothing`() {
    let long = String(repeating: "f", count: 100_000)
    for bytes in [
      "\u{1B}]11;rgb:\(long)\u{1B}\\", "\u{1B}]52;c;\(long)\u{07}", "\u{1B}P\(long)\u{1B}\\",
      "\u{1B}[?\(String(repeating: "1;", count: 50_000))c",
    ] {
      var keyboard = Keyboard()
      keyboard.expectAnswers(at: 0)
      #expect(keyboard.receive(Array("a\(bytes)b".utf8), at: 0) == typed("ab"))
      #expect(keyboard.takeReports() == [])
    }
  }

  @Test func `that comes too often is dropped`() {
    var keyboard = Keyboard()
    for _ in 0..<1_000 { _ = keyboard.receive(Array(black.utf8), at: 0) }
    #expect(keyboard.takeReports().count == Answers.reportLimit)
  }
}

// Several lines at once, from a terminal that puts no brackets around its pastes.

import Terminal
import Testing

@testable import CursesTerminal

private let millisecond: Int64 = 1_000_000

/// What comes of these reads, each `after` milliseconds behind the one before it, and of the silence
/// behind them.
private func inputs(_ reads: [(after: Int64, bytes: String)]) -> [TerminalInput] {
  var keyboard = Keyboard()
  var inputs: [TerminalInput] = []
  var now: Int64 = 0
  for read in reads {
    now += read.after * millisecond
    inputs += keyboard.receive(Array(read.bytes.utf8), at: now)
  }
  return inputs + keyboard.advance(to: now + 10_000 * millisecond)
}

private let enter = key(.enter)
private let interrupt = key(.character("c"), .control)

/// What a hand may have written between two reads.
private let keysOfHands: [(bytes: String, inputs: [TerminalInput])] = [
  ("one\r", typed("one") + [enter]), ("\r", [enter]), ("\r\r\r", [enter, enter, enter]),
  ("one\r\r", typed("one") + [enter, enter]), ("\rtwo", [enter] + typed("two")),
  ("\n", [key(.character("j"), .control)]),
  ("one\u{1B}\rtwo", typed("one") + [key(.enter, .alt)] + typed("two")),
  ("one\r\u{1B}[A", typed("one") + [enter, key(.up)]),
  ("one\r\u{1B}[Atwo", typed("one") + [enter, key(.up)] + typed("two")),
  ("one\r\u{1B}", typed("one") + [enter, key(.escape)]),
  ("one\r\u{03}", typed("one") + [enter, interrupt]),
  ("one\r\u{04}", typed("one") + [enter, key(.character("d"), .control)]),
  ("one\r\u{7F}", typed("one") + [enter, key(.backspace)]),
  ("/mo\t\r", typed("/mo") + [key(.tab), enter]),
]

@Suite struct `Lines that come at once` {
  @Test(arguments: [
    ("one\rtwo", "one\ntwo"), ("one\rtwo\r", "one\ntwo\n"), ("one\r\ntwo\r\n", "one\ntwo\n"),
    ("one\ntwo", "one\ntwo"), ("\r\rone", "\n\none"), ("\rone\r", "\none\n"),
    ("one\r\r  two\r\r", "one\n\n  two\n\n"), ("a\tb\r\tc", "a\tb\n\tc"), ("one\r\t", "one\n\t"),
    ("grün\r漢字 👩‍💻", "grün\n漢字 👩‍💻"),
  ])
  func `are a paste`(bytes: String, text: String) {
    #expect(inputs(bytes) == [.paste(text)])
  }

  @Test(arguments: keysOfHands.indices)
  func `are keys where a hand may have pressed them`(index: Int) {
    let (bytes, expected) = keysOfHands[index]
    #expect(inputs(bytes) == expected, "\(bytes.debugDescription)")
  }

  @Test func `are read as keys without delay`() {
    var keyboard = Keyboard()
    #expect(keyboard.receive(Array("one\r".utf8), at: 0) == typed("one") + [enter])
    #expect(keyboard.deadline == nil)
  }

  @Test func `are delivered when nothing more comes`() {
    var keyboard = Keyboard()
    #expect(keyboard.receive(Array("one\rtwo\r".utf8), at: 0) == [])
    #expect(keyboard.deadline == 30 * millisecond)
    #expect(keyboard.advance(to: 30 * millisecond - 1) == [])
    #expect(keyboard.advance(to: 30 * millisecond) == [.paste("one\ntwo\n")])
    #expect(keyboard.deadline == nil)
  }

  @Test func `go on in the next reads, wherever those are cut`() {
    let text = "first\tline\r\rsecond grün 漢字\r\nthird\r"
    let bytes = Array(text.utf8)
    // Up to here the first read holds no line end with text behind it, and is typed.
    let certain = Array("first\tline\r\rs".utf8).count
    for cut in certain..<bytes.count {
      let parts = inputs(pieces: [Array(bytes[..<cut]), Array(bytes[cut...])])
      #expect(parts == [.paste("first\tline\n\nsecond grün 漢字\nthird\n")], "cut at \(cut)")
    }
    let drops = [Array(bytes[..<certain])] + bytes[certain...].map { [$0] }
    #expect(inputs(pieces: drops) == [.paste("first\tline\n\nsecond grün 漢字\nthird\n")])
  }

  @Test func `never send more than their first line, wherever they are cut`() {
    let bytes = Array("first\rsecond\rthird\rfourth\r".utf8)
    for cut in 0..<bytes.count {
      let parts = inputs(pieces: [Array(bytes[..<cut]), Array(bytes[cut...])])
      let lineEnds = parts.count { $0 == enter }
      #expect(lineEnds <= 1, "cut at \(cut)")
      #expect(lineEnds == 0 || cut <= "first\r".count || cut > "first\rsecond\rthird\r".count)
    }
  }

  @Test(arguments: [1, 29] as [Int64])
  func `are one paste of many reads`(pause: Int64) {
    let lines = (1...300).map { "line \($0)\r" }.joined()
    let bytes = Array(lines.utf8)
    let reads = stride(from: 0, to: bytes.count, by: 1000).map { start in
      (after: pause, bytes: String(decoding: bytes[start...].prefix(1000), as: UTF8.self))
    }
    #expect(inputs(reads) == [.paste(lines.replacing("\r", with: "\n"))])
  }

  @Test func `are a paste as well when a line is longer than a read`() {
    let line = String(repeating: "word ", count: 819)
    #expect(inputs([(0, line), (1, line), (1, "end\r")]) == [.paste(line + line + "end\n")])
    #expect(inputs([(0, line + "\r")]) == [.paste(line + "\n")])
  }

  @Test func `lose their controls, and nothing that stands between`() {
    #expect(inputs("a\u{07}b\r\u{00}c\u{7F}\u{08}d\u{04}\u{1A}e") == [.paste("ab\ncde")])
    #expect(inputs("a\u{9B}b\rc\u{85}d") == [.paste("ab\ncd")])
    #expect(
      inputs(Array("a\rb".utf8) + [0xFF] + Array("c".utf8)) == [.paste("a\nb\u{FFFD}c")])
  }

  // MARK: Keys in the midst

  @Test func `swallow neither Esc nor Ctrl-C, and go on behind them`() {
    #expect(
      inputs("one\rtwo\u{03}three\r") == [.paste("one\ntwo"), interrupt, .paste("three\n")])
    #expect(
      inputs("one\rtwo\u{1B}[Athree\r\u{1B}")
        == [.paste("one\ntwo"), key(.up), .paste("three\n"), key(.escape)])
    #expect(
      inputs("one\r\u{1B}[31mred\rtwo\u{1B}[0m\rthree")
        == typed("one") + [enter] + [.paste("red\ntwo"), .paste("\nthree")])
    for late: Int64 in [1, 29] {
      #expect(inputs([(0, "one\rtwo"), (late, "\u{03}")]) == [.paste("one\ntwo"), interrupt])
      #expect(inputs([(0, "one\rtwo"), (late, "\u{1B}")]) == [.paste("one\ntwo"), key(.escape)])
    }
  }

  @Test func `leave the keyboard alone as soon as they are delivered`() {
    for press in ["\u{03}", "\u{1B}[27u"] {
      #expect(
        inputs([(0, "one\rtwo" + press), (1, "\u{04}"), (1, "x"), (1, "\r")])
          == [.paste("one\ntwo")] + inputs(press)
          + [key(.character("d"), .control), key(.character("x")), enter])
      #expect(
        inputs([(0, "one\rtwo" + press), (1, "\rthree\r")])
          == [.paste("one\ntwo")] + inputs(press) + [.paste("\nthree\n")])
    }
  }

  @Test func `hear what the terminal tells between them`() {
    var keyboard = Keyboard()
    _ = keyboard.receive(Array("one\rtwo\u{1B}[?62;22c\rthree".utf8), at: 0)
    #expect(keyboard.takeReports() == [.attributes([62, 22])])
  }

  @Test func `leave a keyboard on which one can write and send`() {
    for silence: Int64 in [30, 200, 2_000] {
      #expect(
        inputs([(0, "one\rtwo\r"), (silence, "\r")]) == [.paste("one\ntwo\n"), enter])
      #expect(
        inputs([(0, "one\rtwo\r"), (silence, "o"), (60, "k"), (60, "\r")])
          == [.paste("one\ntwo\n")] + typed("ok") + [enter])
    }
  }

  // MARK: A slow line

  @Test func `take in the rest that a slow line held back`() {
    for pause: Int64 in [30, 300, 999] {
      #expect(
        inputs([(0, "one\rtwo"), (pause, " and its end\r")])
          == [.paste("one\ntwo"), .paste(" and its end\n")])
    }
    #expect(inputs([(0, "one\rtwo"), (29, "\r")]) == [.paste("one\ntwo\n")])
    #expect(
      inputs([(0, "one\rtwo"), (1_001, "ok\r")]) == [.paste("one\ntwo")] + typed("ok") + [enter])
  }

  @Test(arguments: [1, 31, 500] as [Int64])
  func `break no letter that a read has cut`(pause: Int64) {
    let bytes = Array("one\r漢字\r".utf8)
    for cut in 5..<bytes.count {
      var keyboard = Keyboard()
      var all = keyboard.receive(Array(bytes[..<cut]), at: 0)
      all += keyboard.receive(Array(bytes[cut...]), at: pause * millisecond)
      all += keyboard.advance(to: 10_000 * millisecond)
      let text = all.map { input in
        switch input {
        case .paste(let text): text
        case .key(let press): press.key == .enter ? "sent" : press.name
        case .wheel, .click, .focus, .hangup: ""
        }
      }.joined()
      // Behind the delivery a line end that comes alone is Enter.
      #expect(
        text == (pause >= 30 && cut == bytes.count - 1 ? "one\n漢字sent" : "one\n漢字\n"),
        "cut at \(cut)")
    }
  }

  // MARK: A terminal with brackets

  @Test func `are keys where the terminal brackets its pastes`() {
    let lines = "one\rtwo\r"
    #expect(
      inputs([(0, "\u{1B}[200~a\rb\u{1B}[201~"), (500, lines)])
        == [.paste("a\nb")] + typed("one") + [enter] + typed("two") + [enter])
  }

  @Test func `cannot claim to be bracketed`() {
    let first = "one\rtwo\u{1B}[200~x\u{1B}[201~"
    #expect(
      inputs([(0, first), (2_000, "three\rfour")])
        == [.paste("one\ntwo"), .paste("x"), .paste("three\nfour")])
  }
}

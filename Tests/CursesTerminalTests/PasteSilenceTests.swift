// Reads with the times between them, and what the person did.

import Terminal
import Testing

@testable import CursesTerminal

private let millisecond: Int64 = 1_000_000

/// What comes of these reads, each `after` milliseconds behind the one before it. When `patience` is
/// given, nothing follows for so many milliseconds.
private func inputs(
  _ reads: [(after: Int64, bytes: String)], patience: Int64 = 0
) -> [TerminalInput] {
  var keyboard = Keyboard()
  var inputs: [TerminalInput] = []
  var now: Int64 = 0
  for read in reads {
    now += read.after * millisecond
    inputs += keyboard.receive(Array(read.bytes.utf8), at: now)
  }
  return inputs + keyboard.advance(to: now + patience * millisecond)
}

private let opening = "\u{1B}[200~first\rsecond "
private let rest = "half\rprivate third line\rmore\u{1B}[201~"
private let first = TerminalInput.paste("first\nsecond ")
private let second = TerminalInput.paste("half\nprivate third line\nmore")

@Suite struct `A paste that falls silent` {
  @Test(arguments: [0, 20, 700, 1_001, 4_999] as [Int64])
  func `waits for its rest`(pause: Int64) {
    #expect(
      inputs([(0, opening), (pause, rest), (10, "\r")]) == [
        .paste("first\nsecond half\nprivate third line\nmore"), key(.enter),
      ])
  }

  @Test(arguments: [5_000, 7_000, 60_000] as [Int64])
  func `is delivered in time, and its rest is never typed`(pause: Int64) {
    #expect(inputs([(0, opening)], patience: 4_999) == [])
    #expect(inputs([(0, opening)], patience: 5_000) == [first])
    #expect(inputs([(0, opening), (pause, rest), (10, "\r")]) == [first, second, key(.enter)])
  }

  @Test func `may be silent again and again`() {
    #expect(
      inputs([
        (0, opening), (6_000, "half\rprivate "), (6_000, "third line\r"), (6_000, rest), (1, "x"),
      ]) == [first, .paste("half\nprivate "), .paste("third line\n"), second] + typed("x"))
  }

  @Test(arguments: [1, 40] as [Int64])
  func `sends nothing when its rest drips`(pause: Int64) {
    let drops = rest.map { (after: pause, bytes: String($0)) }
    for silence: Int64 in [700, 1_500, 6_000] {
      let all = inputs([(0, opening), (silence, "x")] + drops, patience: 6_000)
      #expect(!all.contains(key(.enter)))
      #expect(text(all) == "first\nsecond xhalf\nprivate third line\nmore")
    }
  }

  @Test(arguments: ["\u{1B}[201~", "\u{1B}", "\u{1B}[", "\u{1B}[20", "\u{1B}[201"])
  func `is over when its end mark comes late, in pieces too`(start: String) {
    let end = String("\u{1B}[201~".dropFirst(start.count))
    for silence: Int64 in [700, 1_500, 4_900] {
      let reads = [(0, opening), (silence, start), (15, end), (200, "a long line and its end\r")]
      #expect(
        inputs(reads) == [first] + typed("a long line and its end") + [key(.enter)])
    }
    let slow = [(0, opening + start), (1_500, end), (1, "x")] as [(Int64, String)]
    #expect(inputs(slow) == [first] + typed("x"))
  }

  @Test(arguments: [
    ("\u{03}", [key(.character("c"), .control)]), ("\u{1B}", [key(.escape)]), ("é", typed("é")),
    ("\u{1B}[A", [key(.up)]), ("\u{7F}", [key(.backspace)]), ("help", typed("help")),
    ("\u{1B}[<65;110;30M\u{1B}[<65;110;30M", [.wheel(1), .wheel(1)]),
  ])
  func `ends with a press, for its mark was lost`(press: String, expected: [TerminalInput]) {
    #expect(inputs([(0, opening), (1_001, press)], patience: 20) == [first] + expected)
    #expect(inputs([(0, opening), (5_001, press)], patience: 20) == [first] + expected)
  }

  @Test func `takes in what comes too soon to be a press, and a line end`() {
    #expect(inputs([(0, opening), (999, "x")], patience: 6_000) == [.paste("first\nsecond x")])
    #expect(inputs([(0, opening), (1_500, "\r")], patience: 6_000) == [.paste("first\nsecond \n")])
  }

  @Test func `leaves a keyboard on which one can write and send`() {
    let word = "hello".map { (after: Int64(90), bytes: String($0)) }
    for silence: Int64 in [1_500, 6_000] {
      #expect(
        inputs([(0, opening), (silence, "x")] + word + [(50, "\r")])
          == [first] + typed("xhello") + [key(.enter)])
    }
    #expect(inputs([(0, opening), (6_000, "\r")]) == [first, key(.enter)])
    #expect(inputs([(0, opening), (6_000, "\u{1B}\r")]) == [first, key(.enter, .alt)])
  }

  @Test func `takes no line end for a key that came with other bytes or close behind them`() {
    #expect(
      inputs([(0, opening), (6_000, "ab\r")], patience: 6_000) == [first, .paste("ab\n")])
    #expect(
      inputs([(0, opening), (6_000, "a"), (49, "\r")], patience: 6_000)
        == [first] + typed("a") + [.paste("\n")])
  }

  @Test func `is forgotten when another paste has its end`() {
    let another = "\u{1B}[200~one\rtwo\u{1B}[201~"
    for silence: Int64 in [1_500, 6_000] {
      #expect(
        inputs([(0, opening), (silence, "x"), (100, another), (1, "a long line\r")])
          == [first] + typed("x") + [.paste("one\ntwo")] + typed("a long line") + [key(.enter)])
    }
  }

  @Test func `is not cut before the rest of a letter`() {
    var keyboard = Keyboard()
    #expect(keyboard.receive(Array("\u{1B}[200~grü".utf8.dropLast()), at: 0) == [])
    #expect(keyboard.receive([0xBC], at: 1_500 * millisecond) == [])
    #expect(
      keyboard.receive(Array("n\u{1B}[201~".utf8), at: 1_501 * millisecond) == [.paste("grün")])
  }

  private func text(_ inputs: [TerminalInput]) -> String {
    inputs.reduce(into: "") { text, input in
      switch input {
      case .paste(let piece): text += piece
      case .key(let press):
        if case .character(let character) = press.key, press.modifiers.isEmpty {
          text.append(character)
        }
      case .wheel, .click, .focus, .hangup: break
      }
    }
  }
}

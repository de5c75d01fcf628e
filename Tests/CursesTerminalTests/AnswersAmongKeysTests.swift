// Answers of real terminals, delayed and cut at random, among the keys of a hand.

import Support
import Terminal
import Testing

@testable import CursesTerminal

private let millisecond: Int64 = 1_000_000

/// What some terminals answer to `TerminalModes.question`.
private let terminals: [[String]] = [
  ["\u{1B}[?2026;2$y", "\u{1B}]11;rgb:1e1e/1e1e/2e2e\u{1B}\\", "\u{1B}[?64;1;2;6;9;15;22c"],
  ["\u{1B}[?2026;2$y", "\u{1B}]11;rgb:1e/1e/2e\u{07}", "\u{1B}[?62;c"],
  ["\u{1B}[?2026;0$y", "\u{1B}]11;rgba:ffff/ffff/ffff/8000\u{1B}\\", "\u{1B}[?65;1;9c"],
  ["\u{1B}[?1;2;4c"],
]

/// What a hand does, and what is made of it.
private let presses: [(bytes: String, inputs: [TerminalInput])] =
  ["h", "ü", "1", "r", "?", "\\", "]", "[", ";", "#"].map { ($0, typed($0)) } + [
    ("\u{1B}", [key(.escape)]), ("\r", [key(.enter)]), ("\u{1B}[A", [key(.up)]),
    ("\u{1B}OB", [key(.down)]), ("\u{1B}c", [key(.character("c"), .alt)]),
    ("\u{1B}]", [key(.character("]"), .alt)]), ("\u{1B}[", [key(.character("["), .alt)]),
    ("\u{1B}^", [key(.character("^"), .alt)]), ("\u{03}", [key(.character("c"), .control)]),
    ("\u{1B}[200~a\\]11;b\u{1B}[201~", [.paste("a\\]11;b")]),
  ]

/// Esc, Alt-[ and Alt-], which the beginning of a cut answer looks like, and which cannot be taken back.
private let doubtful: [TerminalInput] = [
  key(.escape), key(.character("["), .alt), key(.character("]"), .alt),
]

/// One read, and how long after the one before it comes.
private struct Read: CustomStringConvertible {
  let bytes: [UInt8]
  let silence: Int64

  var description: String {
    "+\(silence / millisecond) \(String(decoding: bytes, as: UTF8.self).debugDescription)"
  }
}

@Suite struct `Answers among keys` {
  /// The reads of one start, and the keys that were pressed.
  private func start(
    cutting answers: [String], _ random: inout Seeded
  ) -> (reads: [Read], pressed: [TerminalInput]) {
    var reads: [Read] = []
    var pressed: [TerminalInput] = []
    // What follows Alt-[ within 100 ms belongs to it, as everywhere.
    var least: Int64 = 1
    func press() {
      guard let (bytes, inputs) = presses.randomElement(using: &random) else { return }
      let silence = Int64.random(in: least...(least + 200), using: &random)
      reads.append(Read(bytes: Array(bytes.utf8), silence: silence * millisecond))
      pressed += inputs
      least = bytes.utf8.first == 0x1B && bytes.utf8.count < 3 ? 101 : 1
    }
    let cutAnswer = answers.indices.randomElement(using: &random)
    for (index, answer) in answers.enumerated() {
      if Bool.random(using: &random) { press() }
      let bytes = Array(answer.utf8)
      let cut = index == cutAnswer ? Int.random(in: 1..<bytes.count, using: &random) : bytes.count
      let silences = (0..<2).map { _ in Int64.random(in: 0...1_000, using: &random) * millisecond }
      reads.append(Read(bytes: Array(bytes[..<cut]), silence: silences[0]))
      if cut < bytes.count { reads.append(Read(bytes: Array(bytes[cut...]), silence: silences[1])) }
      least = 1
    }
    press()
    return (reads, pressed)
  }

  private func heard(_ reads: [Read]) -> [TerminalInput] {
    var keyboard = Keyboard()
    keyboard.expectAnswers(at: 0)
    var now: Int64 = 0
    var inputs: [TerminalInput] = []
    for read in reads {
      now += read.silence
      if let deadline = keyboard.deadline, deadline <= now {
        inputs += keyboard.advance(to: deadline)
      }
      inputs += keyboard.receive(read.bytes, at: now)
    }
    if let deadline = keyboard.deadline { inputs += keyboard.advance(to: deadline) }
    return inputs
  }

  @Test(arguments: terminals.indices)
  func `write nothing and take no key along, wherever one is cut`(terminal: Int) {
    for seed in 0..<2_000 {
      var random = Seeded(state: UInt64(seed))
      let (reads, pressed) = start(cutting: terminals[terminal], &random)
      let inputs = heard(reads)
      #expect(
        inputs.filter { !doubtful.contains($0) } == pressed.filter { !doubtful.contains($0) },
        "\(reads)")
      for input in doubtful {
        #expect(inputs.count { $0 == input } >= pressed.count { $0 == input }, "\(reads)")
      }
    }
  }

  /// Twice within its first bytes, that is.
  @Test func `write nothing where Esc and what follows come one by one`() {
    let reads = ["\u{1B}", "[?", "2026;2$y"].map {
      Read(bytes: Array($0.utf8), silence: 200 * millisecond)
    }
    #expect(heard(reads) == [key(.escape)])
  }
}

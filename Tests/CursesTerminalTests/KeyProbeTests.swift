// What is shown of bytes to somebody who wonders what the terminal sends.

import Terminal
import Testing

@testable import CursesTerminal

private let millisecond: Int64 = 1_000_000

/// Everything that is shown of one read, when nothing follows.
private func probed(_ text: String) -> [ProbedBytes] {
  var probe = KeyProbe()
  let atOnce = probe.receive(Array(text.utf8), at: 0)
  return atOnce + probe.advance(to: 10_000 * millisecond)
}

/// The bytes of each, as text.
private func pieces(_ text: String) -> [String] {
  BytePieces.part(Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) }
}

@Suite struct `A look at what the terminal sends` {
  @Test(arguments: knownSequences.indices)
  func `shows each key with its bytes`(index: Int) {
    let (bytes, input) = knownSequences[index]
    #expect(
      probed(bytes) == [
        ProbedBytes(
          bytes: Array(bytes.utf8), byteCount: bytes.utf8.count, meanings: [.input(input)])
      ])
    #expect(pieces("a" + bytes + "b") == ["a", bytes, "b"])
  }

  @Test(arguments: swallowedSequences)
  func `has words for what no key comes of`(bytes: String) {
    let shown = probed(bytes)
    #expect(shown.map(\.bytes) == [Array(bytes.utf8)])
    switch shown.first?.meanings.first {
    case .ignored(let words): #expect(!words.isEmpty && words != "a sequence without its end")
    case .report(.keyboardForms(flags: 1)): #expect(bytes == "\u{1B}[?1u")
    case .input, .report, nil: Issue.record("\(bytes.debugDescription)")
    }
  }

  @Test(arguments: [
    ("\u{1B}[<0;3;4m", "a button of the mouse was let go"),
    ("\u{1B}[<2;3;4M", "the right button of the mouse"),
    ("\u{1B}[<66;3;4M", "the wheel of the mouse, sideways"),
    ("\u{1B}[<35;3;4M", "the mouse was moved"),
    ("\u{1B}[99;5:3u", "the key was let go"),
    ("\u{1B}[97;9u", "a key with Super or Hyper, which is left to the desktop"),
    ("\u{1B}[24;80R", "where the cursor stands"), ("\u{1B}[99~", "nothing that Patter knows"),
    ("\u{1B}]10;rgb:0/0/0\u{07}", "an answer of the terminal (OSC 10)"),
    ("\u{1B}[1;", "a sequence without its end"), ("\u{80}", "no letter, and no key"),
  ])
  func `names them`(bytes: String, name: String) {
    #expect(probed(bytes).flatMap(\.meanings) == [.ignored(name)])
  }

  @Test func `parts what comes at once`() {
    #expect(
      pieces("ab\u{1B}[A\r\u{1B}\u{1B}[1;5Ce\u{301}\u{1B}") == [
        "a", "b", "\u{1B}[A", "\r", "\u{1B}", "\u{1B}[1;5C", "e\u{301}", "\u{1B}",
      ])
    #expect(pieces("\u{1B}[200~a\rb\u{1B}[31m\u{1B}[201~x").count == 2)
    #expect(BytePieces.part([0x61, 0xFF, 0x0D]) == [[0x61, 0xFF], [0x0D]])
  }

  @Test func `loses no byte of anything`() {
    var random = Random(seed: 11)
    let pool = Array("\u{1B}\u{1B}[[]OPM_^X\\;?<$~uA201~aé\r\u{07}".utf8) + [0xE2, 0xFF, 0x00]
    for _ in 0..<5_000 {
      let bytes = (0..<Int(random.next() % 16)).map { _ in
        pool[Int(random.next() % UInt64(pool.count))]
      }
      let parts = BytePieces.part(bytes)
      #expect(parts.flatMap(\.self) == bytes)
      #expect(parts.allSatisfy { !$0.isEmpty })
      var probe = KeyProbe()
      var shown = probe.receive(bytes, at: 0)
      while let deadline = probe.deadline { shown += probe.advance(to: deadline) }
      #expect(shown.flatMap(\.bytes) == bytes, "\(bytes)")
      #expect(shown.allSatisfy { !$0.meanings.isEmpty })
    }
  }

  @Test func `waits with a lone ESC as the keyboard does`() {
    var probe = KeyProbe()
    #expect(probe.receive([0x1B], at: 0) == [])
    #expect(probe.deadline == 20 * millisecond)
    #expect(
      probe.advance(to: 20 * millisecond)
        == [ProbedBytes(bytes: [0x1B], byteCount: 1, meanings: [.input(key(.escape))])])
  }

  @Test func `shows as one what time or a burst put together`() {
    var probe = KeyProbe()
    #expect(probe.receive([0x1B], at: 0) == [])
    let arrow = probe.receive(Array("[A".utf8), at: 10 * millisecond)
    #expect(arrow.map(\.meanings) == [[.input(key(.up))]])
    let burst = probed("one\rtwo\r")
    #expect(burst.map(\.byteCount) == [8])
    #expect(burst.map(\.meanings) == [[.input(.paste("one\ntwo\n"))]])
  }

  @Test func `keeps the beginning of a long paste, and its length`() {
    let text = String(repeating: "line\r", count: 2_000)
    let shown = probed("\u{1B}[200~\(text)\u{1B}[201~")
    #expect(shown.map(\.byteCount) == [10_012])
    #expect(shown.map(\.bytes.count) == [KeyProbe.byteLimit])
    #expect(shown.map(\.meanings.count) == [1])
  }

  @Test func `shows what the terminal answers`() {
    let shown = probed("\u{1B}[?5u\u{1B}]11;rgb:ffff/ffff/ffff\u{1B}\\\u{1B}[?62;52c")
    #expect(
      shown.flatMap(\.meanings) == [
        .report(.keyboardForms(flags: 5)),
        .report(.background(red: 65_535, green: 65_535, blue: 65_535)),
        .report(.attributes([62, 52])),
      ])
  }
}

// The one key that time decides, and everything that must not wait for ever.

import CursesTerminal
import Terminal
import Testing

private let millisecond: Int64 = 1_000_000

@Suite struct `The keyboard and time` {
  @Test func `takes a lone ESC for the key when its time is up`() {
    var keyboard = Keyboard()
    #expect(keyboard.deadline == nil)
    #expect(keyboard.receive([0x1B], at: 100) == [])
    #expect(keyboard.deadline == 100 + 20 * millisecond)
    #expect(keyboard.advance(to: 99 + 20 * millisecond) == [])
    #expect(keyboard.advance(to: 100 + 20 * millisecond) == [key(.escape)])
    #expect(keyboard.deadline == nil)
  }

  @Test func `does not wait for an Esc of the newer protocol`() {
    var keyboard = Keyboard()
    #expect(keyboard.receive(Array("\u{1B}[27u".utf8), at: 0) == [key(.escape)])
    #expect(keyboard.deadline == nil)
  }

  @Test func `takes two quick ESCs for two presses and never for Alt`() {
    var keyboard = Keyboard()
    #expect(keyboard.receive([0x1B, 0x1B], at: 0) == [key(.escape)])
    #expect(keyboard.advance(to: 20 * millisecond) == [key(.escape)])

    #expect(keyboard.receive([0x1B], at: 100 * millisecond) == [])
    #expect(keyboard.receive([0x1B], at: 110 * millisecond) == [key(.escape)])
    #expect(keyboard.deadline == 130 * millisecond)
    #expect(keyboard.advance(to: 130 * millisecond) == [key(.escape)])
  }

  @Test func `takes ESC and an arrow for Esc and the arrow`() {
    #expect(inputs("\u{1B}\u{1B}[A") == [key(.escape), key(.up)])
  }

  @Test func `decodes a sequence whose bytes come just in time`() {
    var keyboard = Keyboard()
    #expect(keyboard.receive([0x1B], at: 0) == [])
    #expect(keyboard.receive([0x5B], at: 19 * millisecond) == [])
    #expect(keyboard.receive([0x41], at: 100 * millisecond) == [key(.up)])
  }

  @Test func `decides what is overdue before it takes what came later`() {
    var keyboard = Keyboard()
    #expect(keyboard.receive([0x1B], at: 0) == [])
    #expect(keyboard.receive([0x61], at: 90 * millisecond) == [key(.escape)] + typed("a"))
  }

  @Test(arguments: ["[A", "OA", "[1;5C", "[3~", "[I", "[13;2u"])
  func `swallows the tail of an ESC that was given up`(tail: String) {
    var keyboard = Keyboard()
    _ = keyboard.receive([0x1B], at: 0)
    #expect(keyboard.advance(to: 20 * millisecond) == [key(.escape)])
    #expect(keyboard.receive(Array((tail + "x").utf8), at: 60 * millisecond) == typed("x"))
  }

  @Test(arguments: ["[x", "[", "O", "Of", "[1z", "ab[A"])
  func `gives back what was no tail`(text: String) {
    var keyboard = Keyboard()
    _ = keyboard.receive([0x1B], at: 0)
    #expect(keyboard.advance(to: 20 * millisecond) == [key(.escape)])
    let atOnce = keyboard.receive(Array(text.utf8), at: 60 * millisecond)
    #expect(atOnce + keyboard.advance(to: 80 * millisecond) == typed(text))
  }

  @Test func `reads brackets as text when the ESC is long gone`() {
    var keyboard = Keyboard()
    _ = keyboard.receive([0x1B], at: 0)
    #expect(keyboard.advance(to: 20 * millisecond) == [key(.escape)])
    #expect(keyboard.receive(Array("[A".utf8), at: 70 * millisecond) == typed("[A"))
  }

  @Test func `takes an opening that nothing follows for Alt and that key`() {
    #expect(inputs("\u{1B}[") == [key(.character("["), .alt)])
    #expect(inputs("\u{1B}O") == [key(.character("o"), [.alt, .shift])])
    #expect(inputs("\u{1B}]") == [key(.character("]"), .alt)])
    #expect(inputs("\u{1B}P") == [key(.character("p"), [.alt, .shift])])
  }

  @Test func `forgets a sequence that never ends`() {
    for start in ["\u{1B}[1;", "\u{1B}]52;c;", "\u{1B}P+q", "\u{1B}[M!", "\u{1B}[["] {
      var keyboard = Keyboard()
      #expect(keyboard.receive(Array(start.utf8), at: 0) == [])
      #expect(keyboard.deadline == 100 * millisecond)
      #expect(keyboard.advance(to: 100 * millisecond) == [])
      #expect(keyboard.receive([0x61], at: 101 * millisecond) == typed("a"))
    }
  }

  @Test func `takes an ESC that nothing follows out of a string`() {
    #expect(inputs("\u{1B}]11;rgb\u{1B}") == [key(.escape)])
    #expect(inputs("\u{1B}]11;rgb\u{1B}[A") == [key(.up)])
  }

  @Test func `bounds what it swallows`() {
    let long = String(repeating: "1", count: Keyboard.sequenceByteLimit)
    #expect(inputs("\u{1B}[\(long)11Aab") == typed("ab"))
    let string = String(repeating: "x", count: Keyboard.stringByteLimit + 1)
    #expect(inputs("\u{1B}]\(string)ab") == typed("ab"))
    let number = String(repeating: "9", count: 60)
    #expect(inputs("\u{1B}[\(number);\(number):\(number)yab") == typed("ab"))
  }

  @Test func `survives any bytes and finds its way back`() {
    var random = Random(seed: 2026)
    var keyboard = Keyboard()
    var now: Int64 = 0
    var pool: [UInt8] = Array("\u{1B}[]OP_^X\\;:?<>$~uMmAR0129 \u{07}\r\u{03}aé".utf8)
    pool += Array("\u{1B}[200~\u{1B}[201~".utf8)
    for _ in 0..<4_096 {
      let isWild = random.next() % 2 == 0
      let bytes = (0..<256).map { _ in
        isWild
          ? UInt8(truncatingIfNeeded: random.next()) : pool[Int(random.next() % UInt64(pool.count))]
      }
      _ = keyboard.receive(bytes, at: now)
      now += Int64(random.next() % 30) * millisecond
    }
    if let deadline = keyboard.deadline { _ = keyboard.advance(to: deadline) }
    #expect(keyboard.deadline == nil)
    #expect(keyboard.receive([0x61], at: now + 10_000 * millisecond).last == key(.character("a")))
  }

  @Test func `finds its way back from any short run of bytes`() {
    var random = Random(seed: 7)
    let pool = Array("\u{1B}\u{1B}\u{1B}[[]OPM_^X\\;?<$~uA20101~a\u{E9}".utf8) + [0xE2, 0xFF, 0x00]
    for _ in 0..<5_000 {
      let bytes = (0..<Int(random.next() % 12)).map { _ in
        pool[Int(random.next() % UInt64(pool.count))]
      }
      var keyboard = Keyboard()
      _ = keyboard.receive(bytes, at: 0)
      _ = keyboard.advance(to: 5_100 * millisecond)
      #expect(keyboard.deadline == nil)
      #expect(
        keyboard.receive([0x61], at: 5_101 * millisecond).last == key(.character("a")), "\(bytes)")
    }
  }
}

/// SplitMix64: the same numbers in every run.
struct Random {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}

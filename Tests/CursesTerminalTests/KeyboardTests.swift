// What each key sends, and what it is taken for. The sequences are those of xterm, the kitty protocol,
// rxvt, the Linux console and tmux.

import CursesTerminal
import Terminal
import Testing

/// Everything that comes of these bytes when they arrive in one read and nothing follows.
func inputs(_ bytes: [UInt8]) -> [TerminalInput] {
  var keyboard = Keyboard()
  var inputs = keyboard.receive(bytes, at: 0)
  inputs += keyboard.advance(to: 10_000_000_000)
  return inputs
}

func inputs(_ text: String) -> [TerminalInput] { inputs(Array(text.utf8)) }

/// Everything that comes of these bytes when each read brings one of these pieces, a millisecond apart.
func inputs(pieces: [[UInt8]]) -> [TerminalInput] {
  var keyboard = Keyboard()
  var inputs: [TerminalInput] = []
  var now: Int64 = 0
  for piece in pieces {
    inputs += keyboard.receive(piece, at: now)
    now += 1_000_000
  }
  return inputs + keyboard.advance(to: now + 10_000_000_000)
}

func key(_ key: KeyPress.Key, _ modifiers: KeyPress.Modifiers = []) -> TerminalInput {
  .key(KeyPress(key, modifiers))
}

func typed(_ text: String) -> [TerminalInput] { text.map { key(.character($0)) } }

/// Sequences and the one input each is.
let knownSequences: [(bytes: String, input: TerminalInput)] = [
  ("\u{1B}[A", key(.up)), ("\u{1B}OA", key(.up)),
  ("\u{1B}[B", key(.down)), ("\u{1B}OB", key(.down)),
  ("\u{1B}[C", key(.right)), ("\u{1B}OC", key(.right)),
  ("\u{1B}[D", key(.left)), ("\u{1B}OD", key(.left)),
  ("\u{1B}[1;5C", key(.right, .control)),
  ("\u{1B}[1;2A", key(.up, .shift)),
  ("\u{1B}[1;3D", key(.left, .alt)),
  ("\u{1B}[1;8B", key(.down, [.shift, .alt, .control])),
  ("\u{1B}[1;5:2C", key(.right, .control)),
  ("\u{1B}[1;65A", key(.up)),
  ("\u{1B}[a", key(.up, .shift)), ("\u{1B}Oa", key(.up, .control)),
  ("\u{1B}[H", key(.home)), ("\u{1B}OH", key(.home)), ("\u{1B}[1~", key(.home)),
  ("\u{1B}[7~", key(.home)),
  ("\u{1B}[F", key(.end)), ("\u{1B}OF", key(.end)), ("\u{1B}[4~", key(.end)),
  ("\u{1B}[8~", key(.end)),
  ("\u{1B}[2~", key(.insert)), ("\u{1B}[3~", key(.delete)), ("\u{1B}[5~", key(.pageUp)),
  ("\u{1B}[6~", key(.pageDown)), ("\u{1B}[3;5~", key(.delete, .control)),
  ("\u{1B}[5;3~", key(.pageUp, .alt)), ("\u{1B}[3$", key(.delete, .shift)),
  ("\u{1B}[3^", key(.delete, .control)), ("\u{1B}[5@", key(.pageUp, [.shift, .control])),
  ("\u{1B}OP", key(.function(1))), ("\u{1B}OQ", key(.function(2))),
  ("\u{1B}OR", key(.function(3))), ("\u{1B}OS", key(.function(4))),
  ("\u{1B}[11~", key(.function(1))), ("\u{1B}[14~", key(.function(4))),
  ("\u{1B}[15~", key(.function(5))), ("\u{1B}[17~", key(.function(6))),
  ("\u{1B}[18~", key(.function(7))), ("\u{1B}[19~", key(.function(8))),
  ("\u{1B}[20~", key(.function(9))), ("\u{1B}[21~", key(.function(10))),
  ("\u{1B}[23~", key(.function(11))), ("\u{1B}[24~", key(.function(12))),
  ("\u{1B}[1;2P", key(.function(1), .shift)), ("\u{1B}[1;5R", key(.function(3), .control)),
  ("\u{1B}[[A", key(.function(1))), ("\u{1B}[[E", key(.function(5))),
  ("\u{1B}[Z", key(.tab, .shift)),
  ("\u{1B}[13;2u", key(.enter, .shift)), ("\u{1B}[27;2;13~", key(.enter, .shift)),
  ("\u{1B}[13;5u", key(.enter, .control)), ("\u{1B}[27u", key(.escape)),
  ("\u{1B}[27;1:1u", key(.escape)), ("\u{1B}[127;3u", key(.backspace, .alt)),
  ("\u{1B}[127;2u", key(.backspace)), ("\u{1B}[9;2u", key(.tab, .shift)),
  ("\u{1B}[99;5u", key(.character("c"), .control)),
  ("\u{1B}[99;5:2u", key(.character("c"), .control)),
  ("\u{1B}[99;69u", key(.character("c"), .control)),
  ("\u{1B}[99;6u", key(.character("c"), [.control, .shift])),
  ("\u{1B}[27;6;67~", key(.character("c"), [.control, .shift])),
  ("\u{1B}[97;3u", key(.character("a"), .alt)),
  ("\u{1B}[32;5u", key(.character(" "), .control)),
  ("\u{1B}[97;2u", key(.character("A"))), ("\u{1B}[49:33;2u", key(.character("!"))),
  ("\u{1B}[228;3u", key(.character("ä"), .alt)),
  ("\u{1B}[57414u", key(.enter)), ("\u{1B}[57419;5u", key(.up, .control)),
  ("\u{1B}[57400u", key(.character("1"))),
  ("\u{1B}[<64;10;20M", .wheel(-1)), ("\u{1B}[<65;10;20M", .wheel(1)),
  ("\u{1B}[<68;10;20M", .wheel(-1)), ("\u{1B}[<81;1;1M", .wheel(1)),
  ("\u{1B}[<0;3;4M", .click(Position(row: 3, column: 2))),
  ("\u{1B}[<0;1;1M", .click(Position(row: 0, column: 0))),
  ("\u{1B}\r", key(.enter, .alt)), ("\u{1B}a", key(.character("a"), .alt)),
  ("\u{1B}A", key(.character("a"), [.alt, .shift])),
  ("\u{1B}ä", key(.character("ä"), .alt)), ("\u{1B}\u{7F}", key(.backspace, .alt)),
  ("\u{1B}\u{03}", key(.character("c"), [.alt, .control])),
  ("\u{1B} ", key(.character(" "), .alt)), ("\u{1B}.", key(.character("."), .alt)),
  ("\u{1B}\\", key(.character("\\"), .alt)),
  ("ä", key(.character("ä"))), ("漢", key(.character("漢"))), ("🦊", key(.character("🦊"))),
  ("\u{1B}[200~hello\u{1B}[201~", .paste("hello")),
  ("\u{1B}[I", .focus(true)), ("\u{1B}[O", .focus(false)),
]

/// Replies and reports: nothing comes of them.
let swallowedSequences = [
  "\u{1B}[>1;7004;1c", "\u{1B}[0n", "\u{1B}[24;80R", "\u{1B}[?2027;2$y",
  "\u{1B}[?1u", "\u{1B}[1I", "\u{1B}[8;24;80t", "\u{1B}[M !!", "\u{1B}[M`!!",
  "\u{1B}[<0;3;4m", "\u{1B}[<1;3;4M", "\u{1B}[<2;3;4M", "\u{1B}[<4;3;4M", "\u{1B}[<32;3;4M",
  "\u{1B}[<0;0;4M", "\u{1B}[<0;3M", "\u{1B}[<35;3;4M", "\u{1B}[<66;3;4M", "\u{1B}[<64;3;4m",
  "\u{1B}[32;3;4M", "\u{1B}]10;rgb:0000/0000/0000\u{07}",
  "\u{1B}]11;rgb:ffff/ffff\u{1B}\\", "\u{1B}P>|XTerm(370)\u{1B}\\",
  "\u{1B}P1+r524742=8\u{1B}\\", "\u{1B}_Gi=1;OK\u{1B}\\", "\u{1B}^private\u{1B}\\",
  "\u{1B}[99;5:3u", "\u{1B}[1;1:3A", "\u{1B}[3;1:3~", "\u{1B}[97;9u", "\u{1B}[57441u",
  "\u{1B}[201~", "\u{1B}[99~", "\u{1B}[1;2;3;4;5;6;7y",
]

@Suite struct `The keyboard` {
  @Test(arguments: knownSequences.indices)
  func `knows what a sequence stands for`(index: Int) {
    let (bytes, input) = knownSequences[index]
    #expect(inputs(bytes) == [input], "\(bytes.debugDescription)")
  }

  @Test(arguments: swallowedSequences)
  func `swallows what is no key`(bytes: String) {
    #expect(inputs(bytes) == [], "\(bytes.debugDescription)")
    #expect(inputs("a" + bytes + "b") == typed("ab"), "\(bytes.debugDescription)")
  }

  @Test func `knows every control byte`() {
    let table: [UInt8: TerminalInput] = [
      0: key(.character(" "), .control), 3: key(.character("c"), .control), 8: key(.backspace),
      9: key(.tab), 10: key(.character("j"), .control), 13: key(.enter), 27: key(.escape),
      26: key(.character("z"), .control), 28: key(.character("\\"), .control),
      29: key(.character("]"), .control), 30: key(.character("^"), .control),
      31: key(.character("_"), .control), 127: key(.backspace),
    ]
    for (byte, input) in table { #expect(inputs([byte]) == [input]) }
    for byte: UInt8 in 1...26 where ![8, 9, 13].contains(byte) {
      let letter = Character(Unicode.Scalar(byte + 0x60))
      #expect(inputs([byte]) == [key(.character(letter), .control)])
    }
  }

  @Test func `takes keys with a newer name for the older key they are`() {
    #expect(inputs("\u{1B}[91;5u") == inputs([0x1B]))
    #expect(inputs("\u{1B}[105;5u") == inputs([0x09]))
    #expect(inputs("\u{1B}[109;5u") == inputs([0x0D]))
    #expect(inputs("\u{1B}[104;5u") == inputs([0x08]))
    #expect(inputs("\u{1B}[47;5u") == inputs([0x1F]))
    for byte: UInt8 in 1...26 {
      #expect(inputs("\u{1B}[\(byte + 0x60);5u") == inputs([byte]))
    }
  }

  @Test func `names the keys as the key map does`() {
    #expect(inputs([3]) == [KeyPress("ctrl-c").map(TerminalInput.key)])
    #expect(inputs("\u{1B}\r") == [KeyPress("alt-enter").map(TerminalInput.key)])
    #expect(inputs([0x1B]) == [KeyPress("esc").map(TerminalInput.key)])
    #expect(inputs("\u{1B}[13;2u") == [KeyPress("shift-enter").map(TerminalInput.key)])
    #expect(inputs([0]) == [KeyPress("ctrl-space").map(TerminalInput.key)])
  }

  @Test func `joins marks that arrive with their letter`() {
    #expect(inputs("e\u{301}x") == [key(.character("e\u{301}")), key(.character("x"))])
    #expect(inputs("👩‍💻") == [key(.character("👩‍💻"))])
  }

  @Test func `replaces what is not UTF-8 and goes on`() {
    #expect(inputs([0xE9, 0x61]) == typed("\u{FFFD}a"))
    #expect(inputs([0xFF, 0x61]) == typed("\u{FFFD}a"))
    #expect(inputs([0xF0, 0x9F, 0x1B, 0x5B, 0x41]) == typed("\u{FFFD}") + [key(.up)])
    #expect(inputs([0xED, 0xA0, 0x80]) == typed("\u{FFFD}\u{FFFD}\u{FFFD}"))
    #expect(inputs([0xC0, 0x80, 0x62]) == typed("\u{FFFD}\u{FFFD}b"))
    #expect(inputs([0xE2, 0x82, 0x03]) == typed("\u{FFFD}") + [key(.character("c"), .control)])
  }

  @Test func `leaves out controls of the second kind`() {
    #expect(inputs("a\u{9B}b\u{85}c") == typed("abc"))
  }

  @Test func `lets a control byte through whatever it interrupts`() {
    let interrupt = key(.character("c"), .control)
    let stop = key(.character("z"), .control)
    for start in ["\u{1B}[1;5", "\u{1B}]11;rgb", "\u{1B}P1+r", "\u{1B}[<64;1", "\u{1B}[M!"] {
      #expect(inputs(start + "\u{03}x") == [interrupt] + typed("x"), "\(start.debugDescription)")
      #expect(inputs(start + "\u{1A}x") == [stop] + typed("x"), "\(start.debugDescription)")
    }
  }

  @Test(arguments: knownSequences.map(\.bytes) + swallowedSequences)
  func `does not care where a read ends`(sequence: String) {
    // Marks are joined within a read only, so a sequence here holds no grapheme of several scalars.
    let bytes = Array("a\(sequence)b".utf8)
    let whole = inputs(bytes)
    for cut in 1..<bytes.count {
      let parts = inputs(pieces: [Array(bytes[..<cut]), Array(bytes[cut...])])
      #expect(parts == whole, "\(sequence.debugDescription) cut at \(cut)")
    }
    #expect(inputs(pieces: bytes.map { [$0] }) == whole, "\(sequence.debugDescription) in bytes")
  }
}

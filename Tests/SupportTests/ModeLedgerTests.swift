import Support
import Testing

struct ModeLedgerTests {
  /// The bytes with `␛` for ESC: a failing test prints its arguments, and a real sequence would then
  /// do to the tester's terminal what it says.
  func bytes(_ text: String) -> [UInt8] {
    text.unicodeScalars.flatMap { $0 == "␛" ? [0x1B] : Array(String($0).utf8) }
  }

  func ledger(_ text: String) -> ModeLedger {
    var ledger = ModeLedger()
    ledger.read(bytes(text))
    return ledger
  }

  @Test(arguments: [
    ("␛[?1049h", ["?1049h"]),
    ("␛[?2004h␛[?1000h␛[?1006h", ["?1000h", "?1006h", "?2004h"]),
    ("␛[?1000;1006h", ["?1000h", "?1006h"]),
    ("␛[?25l", ["?25l"]),
    ("␛[?7l", ["?7l"]),
    ("␛[4h", ["4h"]),
    ("␛[34l", ["34l"]),
    ("␛=", ["ESC ="]),
    ("␛[>4;1m", [">4;1m"]),
    ("␛[5 q", ["5 q"]),
    ("␛[22;0;0t", ["22t"]),
    ("␛[>1u", [">u"]),
  ])
  func `names what was left on`(text: String, left: [String]) {
    #expect(ledger(text).leftBehind == left)
  }

  @Test(arguments: [
    "␛[?1049h␛[22;0;0t␛[?7h␛[4l text ␛[?1049l␛[23;0;0t",
    "␛[?2004h␛[?1000h␛[?1006h␛[?1006;1000;2004l",
    "␛[?25l␛[?12l␛[?25h", "␛[34h␛[?25h", "␛[34l␛[34h", "␛[>4;1m␛[>4;0m", "␛[>4;2m␛[>4m",
    "␛[>4;2m␛[>4n", "␛[5 q␛[0 q", "␛[5 q␛[ q", "␛=␛>",
    "␛[>1u␛[<u", "␛[>1u␛[>5u␛[<2u", "␛[<u",
    "␛[?1049h␛[>1u␛[<u␛[?1049l", "␛[?1049h␛[?25l␛c",
    "␛[?1u␛[c␛[>c␛[?2026$p␛[1;31m␛(B␛[6n",
  ])
  func `is content with what was undone`(text: String) {
    #expect(ledger(text).leftBehind == [])
  }

  @Test func `a pop on the other screen gives nothing back`() {
    #expect(
      ledger("␛[?1049h␛[>1u␛[?1049l␛[<u").leftBehind
        == [">u (alternate screen)"])
    #expect(ledger("␛[>1u␛[?1049h␛[<u␛[?1049l").leftBehind == [">u"])
  }

  @Test func `reads no modes out of titles and clipboards`() {
    #expect(ledger("␛]2;[?1049h\u{7}␛P[?2004h␛\\").leftBehind == [])
    #expect(ledger("␛]2;title␛[?1049h").leftBehind == ["?1049h"])
  }

  @Test func `reads the same from pieces as from the whole`() {
    let text = "a␛[?1049h␛]2;t␛\\␛[>4;1m␛[5 q␛[?25l␛[>1u"
    let whole = ledger(text)
    let bytes = bytes(text)
    for cut in bytes.indices {
      var pieces = ModeLedger()
      pieces.read(bytes[..<cut])
      pieces.read(bytes[cut...])
      #expect(pieces == whole)
    }
  }

  @Test func `tells the state of any private mode`() {
    #expect(ledger("").isOn(privateMode: 25))
    #expect(!ledger("").isOn(privateMode: 2004))
    #expect(ledger("␛[?2004h").isOn(privateMode: 2004))
    #expect(!ledger("␛[?25l").isCursorVisible)
    #expect(ledger("␛[?1049h").isAlternateScreen)
  }

  @Test func `sees what a real program left on`() throws {
    let home = try TestHome()
    let program = try TerminalProgram(
      "/bin/sh", ["-c", "printf '\\033[?2004h\\033[?1049h\\033[?1049l'"],
      home: home)
    try program.waitForExit()
    #expect(program.modes.leftBehind == ["?2004h"])
  }
}

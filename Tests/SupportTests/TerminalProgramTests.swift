// The harness proves itself on programs that everybody has.

import Support
import Testing

struct TerminalProgramTests {
  let home: TestHome

  init() throws { home = try TestHome() }

  func shell(_ script: String, rows: Int = 24, columns: Int = 80) throws -> TerminalProgram {
    try TerminalProgram(
      "/bin/sh", ["-c", script], home: home, rows: rows, columns: columns)
  }

  @Test func `shows what a program writes`() throws {
    let program = try shell("printf 'one\\ntwo  \\n\\n'")
    #expect(try program.waitForExit() == .exited(0))
    #expect(program.screen == "one\ntwo")
    #expect(program.bytes == Array("one\r\ntwo  \r\n\r\n".utf8))
  }

  @Test func `tells how a program ended`() throws {
    #expect(try shell("exit 7").waitForExit() == .exited(7))
    #expect(try shell("kill -TERM $$").waitForExit() == .signalled(15))
  }

  @Test func `loses nothing that a program wrote before it ended`() throws {
    let program = try shell("seq 1 20000; printf last")
    try program.waitForExit()
    let text = String(decoding: program.bytes, as: UTF8.self)
    #expect(text.hasPrefix("1\r\n2\r\n"))
    #expect(text.hasSuffix("\r\n20000\r\nlast"))
    #expect(text.utf8.count == 128_898)
  }

  @Test func `brings typed text to the program, more than fits into the line at once`() throws {
    let program = try shell("stty raw -echo; echo ready; head -c 200000 | wc -c; echo done")
    try program.waitUntil("raw mode") { $0.shows("ready") }
    program.type(String(repeating: "x", count: 200_000))
    try program.waitUntil("the end") { $0.shows("done") }
    #expect(program.picture.shows("200000"))
  }

  @Test(arguments: [
    (TypedKey.escape, "033"), (.enter, "015"), (.backspace, "177"), (.control("c"), "003"),
    (.up, "033 133 101"), (.alt("x"), "033 170"), (.altEnter, "033 015"),
    (.wheelUp, "033 133 074 066 064 073 061 073 061 115"),
  ])
  func `sends the bytes of a key`(key: TypedKey, octal: String) throws {
    let program = try shell(
      "stty raw -echo; echo ready; dd bs=1 count=\(key.bytes.count) 2>/dev/null | od -An -b")
    try program.waitUntil("raw mode") { $0.shows("ready") }
    program.press(key)
    try program.waitForExit()
    #expect(program.picture.shows(octal))
  }

  @Test func `is the controlling terminal, of the size that was asked for`() throws {
    let program = try shell("stty size </dev/tty", rows: 11, columns: 33)
    try program.waitForExit()
    #expect(program.screen == "11 33")
  }

  @Test func `tells the program about another size, once`() throws {
    let program = try shell("trap 'stty size' WINCH; echo ready; while read line; do :; done")
    try program.waitUntil("the trap is set") { $0.shows("ready") }
    program.resize(rows: 30, columns: 100)
    // A shell that looks for signals and then reads hears of one between the two with the next line.
    program.press(.enter)
    try program.waitUntil("the new size") { $0.shows("30 100") }
    #expect(program.picture.rowCount == 30)
    program.press(.control("d"))
    try program.waitForExit()
    #expect(program.screen.filter { $0 != "\n" } == "ready30 100")
  }

  @Test func `delivers signals, blocked or ignored as they may be here`() throws {
    let program = try shell(
      "trap 'echo caught; exit 3' TERM; echo ready; while :; do read line; done")
    try program.waitUntil("the trap is set") { $0.shows("ready") }
    program.signal(15)
    program.press(.enter)
    #expect(try program.waitForExit() == .exited(3))
    #expect(program.picture.shows("caught"))
  }

  @Test func `waits for a program to stop, and wakes it`() throws {
    let program = try shell("kill -STOP $$; echo awake")
    try program.waitForStop()
    #expect(program.screen == "")
    program.signal(18)
    try program.waitForExit()
    #expect(program.screen == "awake")
    #expect(throws: WaitFailure.self) { try program.waitForStop() }
  }

  @Test func `hangs up as a closed window does`() throws {
    let program = try shell("echo ready; exec cat")
    try program.waitUntil("the start") { $0.shows("ready") }
    program.hangUp()
    #expect(try program.waitForExit() == .signalled(1))
  }

  @Test func `answers when a program asks where the cursor is`() throws {
    let program = try shell(
      """
      stty raw -echo; printf '\\033[5;7H\\033[6n'
      dd bs=1 count=6 2>/dev/null | tr '\\033' E >&2
      """)
    try program.waitForExit()
    #expect(program.picture.row(4) == "      E[5;7R")
  }

  @Test func `sees that raw mode was not given back`() throws {
    let program = try shell("stty raw -echo")
    try program.waitForExit()
    #expect(program.settingsAtStart.isCanonical)
    #expect(program.settingsAtStart.echoes)
    #expect(!program.settings.isCanonical)
    #expect(!program.settings.echoes)
    #expect(program.settings != program.settingsAtStart)
  }

  @Test func `sees that raw mode was given back`() throws {
    let program = try shell("saved=$(stty -g); stty raw -echo; stty $saved")
    try program.waitForExit()
    #expect(program.settings == program.settingsAtStart)
  }

  @Test func `a wait in vain fails with the screen in its words`() throws {
    let program = try shell("echo hello; exec cat")
    try program.waitUntil("the start") { $0.shows("hello") }
    let failure = #expect(throws: WaitFailure.self) {
      try program.waitUntil("pigs that fly", withinSeconds: 0.01) { $0.shows("oink") }
    }
    #expect(failure?.description.contains("pigs that fly") == true)
    #expect(failure?.description.contains("hello") == true)
  }

  @Test func `a wait fails at once when the program has ended`() throws {
    let program = try shell("echo goodbye; exit 4")
    let failure = #expect(throws: WaitFailure.self) {
      try program.waitUntil("more", withinSeconds: 3600) { $0.shows("more") }
    }
    #expect(failure?.description.contains("exited(4)") == true)
    #expect(failure?.description.contains("goodbye") == true)
  }

  @Test func `nothing of this process's surroundings reaches the program`() throws {
    let program = try shell("env | cut -d= -f1")
    try program.waitForExit()
    let names = Set(program.screen.split(whereSeparator: \.isWhitespace).map(String.init))
    #expect(names.subtracting(["PWD", "OLDPWD", "_", "SHLVL"]) == Set(home.environment.keys))
  }

  @Test func `gives a program what a test adds to its surroundings, and no home that is gone`()
    throws
  {
    let program = try TerminalProgram(
      "/bin/sh", ["-c", "cd \"$HOME\" && echo \"$GREETING $LANG\""], home: TestHome(),
      variables: ["GREETING": "hello", "LANG": "C"])
    #expect(try program.waitForExit() == .exited(0))
    #expect(program.screen == "hello C")
  }

  @Test func `a program that cannot be started is an error`() {
    #expect(throws: HarnessError.self) {
      try TerminalProgram("/nowhere/at/all", home: home)
    }
  }

  @Test func `says what a program cost`() throws {
    let program = try shell("seq 1 1000")
    try program.waitForExit()
    let usage = try #require(program.usage)
    #expect(usage.processorNanoseconds > 0)
    #expect(usage.peakMemoryByteCount > 100_000)
  }
}

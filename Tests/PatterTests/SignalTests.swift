// Patter as one job of a shell among others, and under the signals that reach it.

import Glibc
import LoopbackTests
import Support
import Testing

@testable import Patter

@Suite(.everyConnectionCloses) struct SignalTests {
  /// A shell with job control, and a job in which Patter is started as `sh patter`.
  private func job(
    _ script: String = "exec sh patter"
  ) throws -> (shell: TerminalProgram, patter: Int32) {
    let home = try TestHome()
    // The process says which one it is before it becomes Patter.
    try home.write("echo $$ > process; exec \"$PATTER\"\n", to: "patter")
    try home.write(script + "\n", to: "job")
    let shell = try TerminalProgram(
      "/bin/bash", ["--norc", "--noprofile", "--noediting", "-i"], home: home,
      variables: ["PS1": "shell> ", "PATTER": BuiltProgram.path("patter")])
    try shell.waitUntil("the shell's prompt") { $0.shows("shell>") }
    shell.type("sh job\r")
    // One of the two is on the screen whatever size Patter takes it for.
    try shell.waitUntil("Patter") { $0.shows("Ask something") || $0.shows("guide answers") }
    try hearAnswers(shell)
    let text = try #require(home.read("process"))
    return (shell, try #require(Int32(text.dropLast())))
  }

  /// The terminal is asked behind the first frame, so that words may come before its answer. When they are
  /// drawn it has answered, and when what came behind them is drawn, the answer has been read.
  private func hearAnswers(_ shell: TerminalProgram) throws {
    for words in ["some", " words"] {
      shell.type(words)
      try shell.waitUntil("the draft") { $0.shows(words) }
    }
    shell.press(.control("u"))
    try shell.waitUntil("no draft") { !$0.shows("words") }
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGINT, SIGQUIT])
  func `gives the terminal back when it is told to end`(signal: Int32) throws {
    let patter = try TerminalProgram(BuiltProgram.path("patter"), home: TestHome())
    try patter.waitUntil("one can type") { $0.shows("Ask something") }
    patter.signal(signal)
    #expect(try patter.waitForExit() == .exited(128 + signal))
    #expect(patter.modes.leftBehind == [])
    #expect(patter.settings == patter.settingsAtStart)
  }

  @Test(arguments: Dialect.allCases)
  func `S59 a killed Patter leaves no connection behind`(dialect: Dialect) throws {
    let server = try LoopbackServer(.held("Hello", by: dialect))
    let chat = try Journey(with: server, dialect)
    try chat.ask("hi")
    try chat.see("Hello")
    chat.patter.signal(SIGKILL)
    #expect(server.sawClose(ofChat: 1))
    #expect(try chat.patter.waitForExit() == .signalled(SIGKILL))
    #expect(server.hasNoConnection)
  }

  @Test func `leaves signals to nobody but itself, before and after a stop`() throws {
    let (shell, patter) = try job()
    let signals = [SIGINT, SIGTERM, SIGTSTP, SIGWINCH]
    #expect(try caughtSignals(of: patter).isDisjoint(with: signals))
    shell.press(.control("z"))
    try shell.waitUntil("the stop") { $0.shows("Stopped") && !$0.isAlternateScreen }
    #expect(count("\u{1B}[?1049l", in: shell.bytes) == 1)
    shell.type("fg\r")
    try shell.waitUntil("Patter again") { $0.shows("Ask something") }
    #expect(try caughtSignals(of: patter).isDisjoint(with: signals))
  }

  @Test(arguments: ["kill %1", "kill -HUP %1", "kill -QUIT %1; bg", "kill -INT %1; kill -CONT %1"])
  func `ends while it is stopped, and leaves the terminal to the shell`(command: String) throws {
    let (shell, patter) = try job()
    shell.press(.control("z"))
    try shell.waitUntil("the shell's prompt again") { $0.rows.contains("shell>") }
    let byteCount = shell.bytes.count
    shell.type("\(command)\r")
    try wait(for: "the end", of: shell) { hasEnded(patter) }
    shell.type("echo do''ne\r")
    try shell.waitUntil("the shell's answer") { $0.shows("done") }
    #expect(!shell.bytes[byteCount...].contains(0x1B))
  }

  @Test func `ends from behind the shell's back, and leaves the shell its line settings`() throws {
    let (shell, patter) = try job()
    kill(patter, SIGSTOP)
    try shell.waitUntil("the shell's prompt again") { $0.rows.contains { $0.hasSuffix("shell>") } }
    let settings = shell.settings
    shell.type("kill %1\r")
    try wait(for: "the end", of: shell) { hasEnded(patter) }
    #expect(shell.settings == settings)
    try shell.waitUntil("the screen given back") { !$0.isAlternateScreen }
    #expect(shell.modes.leftBehind == [])
    shell.type("echo do''ne\r")
    try shell.waitUntil("the shell's answer") { $0.shows("done") }
  }

  @Test func `draws nothing while another job has the terminal`() throws {
    let (shell, patter) = try job()
    shell.press(.control("z"))
    try shell.waitUntil("the shell's prompt again") { $0.rows.contains("shell>") }
    let byteCount = shell.bytes.count
    shell.type("bg; echo do''ne\r")
    try shell.waitUntil("the shell's answer") { $0.shows("done") }
    try wait(for: "the stop", of: shell) { state(of: patter) == "T" }
    #expect(!shell.bytes[byteCount...].contains(0x1B))
    shell.type("fg\r")
    try shell.waitUntil("Patter again") { $0.shows("Ask something") }
    shell.type("hello")
    try shell.waitUntil("what is typed") { $0.shows("hello") }
  }

  @Test func `does nothing more that was typed behind the key that leaves`() throws {
    let (shell, _) = try job()
    shell.send(TypedKey.control("d").bytes + TypedKey.control("z").bytes)
    try shell.waitUntil("the shell's prompt again") { $0.rows.contains("shell>") }
    shell.type("jobs; echo do''ne\r")
    try shell.waitUntil("its answer") { $0.shows("done") }
    #expect(!shell.picture.shows("Stopped"))
  }

  @Test func `stops alone when it alone is asked to`() throws {
    let (shell, patter) = try job("sh patter; echo after it")
    kill(patter, SIGTSTP)
    try shell.waitUntil("the screen given back") { !$0.isAlternateScreen }
    try wait(for: "the stop", of: shell) { state(of: patter) == "T" }
    kill(patter, SIGCONT)
    try shell.waitUntil("Patter again") { $0.shows("Ask something") }
    shell.press(.control("d"))
    try shell.waitUntil("the rest of the job") { $0.shows("after it") }
    #expect(!shell.picture.shows("Stopped"))
  }

  @Test func `hears first what ends it`() {
    #expect(
      Signals.order([SIGTSTP, SIGTERM, SIGWINCH, SIGQUIT, SIGCONT, SIGHUP])
        == [SIGTERM, SIGQUIT, SIGHUP, SIGTSTP, SIGWINCH, SIGCONT])
  }

  @Test(arguments: [(65_535, 65_535), (20_000, 20_000), (1, 65_535)] as [(UInt16, UInt16)])
  func `bears any size of its terminal`(rows: UInt16, columns: UInt16) throws {
    let (shell, patter) = try job("stty rows \(rows) columns \(columns); exec sh patter")
    try setSize(of: patter, rows: 24, columns: 80)
    try shell.waitUntil("all of it") { $0.shows("Ask something") && $0.shows("F1 keys") }
    try setSize(of: patter, rows: rows, columns: columns)
    shell.type("hello")
    shell.press(.control("z"))
    try shell.waitUntil("the stop") { $0.shows("Stopped") && !$0.isAlternateScreen }
    shell.type("fg\r")
    try shell.waitUntil("Patter again") { $0.isAlternateScreen }
    try setSize(of: patter, rows: 24, columns: 80)
    try shell.waitUntil("all of it") { $0.shows("hello") && $0.shows("F1 keys") }
    let peak = try #require(status(of: patter)["VmHWM"]?.split(separator: " ").first)
    let limit = TestHome.isSanitized ? 4096 << 10 : 256 << 10
    #expect(try #require(Int(peak)) < limit, "in KiB")
  }

  // MARK: -

  /// Waits for what does not show on the screen, so it looks again every few milliseconds.
  private func wait(
    for what: String, of shell: TerminalProgram, _ condition: () throws -> Bool
  ) throws {
    let deadline = MonotonicClock.nanoseconds + Int64(TerminalProgram.patienceSeconds * 1e9)
    while try !condition() {
      try #require(MonotonicClock.nanoseconds < deadline, "in vain: \(what)\n\(shell.screen)")
      try? shell.waitUntil(what, withinSeconds: 0.005) { _ in false }
    }
  }

  /// Gives the terminal another size, which the emulator does not hear of.
  private func setSize(of processID: Int32, rows: UInt16, columns: UInt16) throws {
    let descriptor = open("/proc/\(processID)/fd/1", O_RDWR | O_NOCTTY | O_CLOEXEC)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    // A `winsize`: these two, and two for pixels.
    var size = [rows, columns, 0, 0]
    try #require(ioctl(descriptor, UInt(TIOCSWINSZ), &size) == 0)
  }

  /// Whether a process has ended, fetched by its parent or not.
  private func hasEnded(_ processID: Int32) -> Bool {
    [nil, "Z"].contains(state(of: processID))
  }

  /// The state of a process as a letter (proc(5)); nil when it is no more.
  private func state(of processID: Int32) -> Character? {
    status(of: processID)["State"]?.first
  }

  /// The signals that a handler waits for.
  private func caughtSignals(of processID: Int32) throws -> Set<Int32> {
    let text = try #require(status(of: processID)["SigCgt"])
    let mask = try #require(UInt64(text, radix: 16))
    return Set((1...64).filter { mask >> ($0 - 1) & 1 == 1 }.map(Int32.init))
  }

  /// What the kernel says of a process (proc(5), `status`); empty when it is no more.
  private func status(of processID: Int32) -> [Substring: Substring] {
    let descriptor = open("/proc/\(processID)/status", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return [:] }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 8192)
    let byteCount = max(0, read(descriptor, &bytes, bytes.count))
    let lines = String(decoding: bytes[..<byteCount], as: UTF8.self).split(separator: "\n")
    let pairs = lines.map { $0.split(separator: ":\t") }.filter { $0.count == 2 }
    return Dictionary(pairs.map { ($0[0], $0[1]) }) { first, _ in first }
  }

  private func count(_ sequence: String, in bytes: [UInt8]) -> Int {
    String(decoding: bytes, as: UTF8.self).split(
      separator: sequence, omittingEmptySubsequences: false
    ).count - 1
  }
}

// Patter as one job of a shell among others, and under the signals that reach it.

import Glibc
import Support
import Testing

struct SignalTests {
  /// A shell with job control, and Patter started from it.
  private func job() throws -> (shell: TerminalProgram, patter: Int32) {
    let home = try TestHome()
    // The shell says which process the job is before it becomes Patter.
    try home.write("echo $$ > process; exec \"$PATTER\"\n", to: "start")
    let shell = try TerminalProgram(
      "/bin/bash", ["--norc", "--noprofile", "--noediting", "-i"], home: home,
      variables: ["PS1": "shell> ", "PATTER": BuiltProgram.path("patter")])
    try shell.waitUntil("the shell's prompt") { $0.shows("shell>") }
    shell.type("sh start\r")
    try shell.waitUntil("one can type") { $0.shows("Ask something") }
    let text = try #require(home.read("process"))
    return (shell, try #require(Int32(text.dropLast())))
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

  @Test func `does nothing more that was typed behind the key that leaves`() throws {
    let (shell, _) = try job()
    shell.send(TypedKey.control("d").bytes + TypedKey.control("z").bytes)
    try shell.waitUntil("the shell's prompt again") { $0.rows.contains("shell>") }
    shell.type("jobs; echo done\r")
    try shell.waitUntil("its answer") { $0.rows.contains("done") }
    #expect(!shell.picture.shows("Stopped"))
  }

  // MARK: -

  /// The signals that a handler waits for (`SigCgt` of proc(5)'s `status`).
  private func caughtSignals(of processID: Int32) throws -> Set<Int32> {
    let descriptor = open("/proc/\(processID)/status", O_RDONLY | O_CLOEXEC)
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 8192)
    let byteCount = max(0, read(descriptor, &bytes, bytes.count))
    let lines = String(decoding: bytes[..<byteCount], as: UTF8.self).split(separator: "\n")
    let line = try #require(lines.first { $0.hasPrefix("SigCgt:") })
    let mask = try #require(UInt64(line.split(separator: "\t")[1], radix: 16))
    return Set((1...64).filter { mask >> ($0 - 1) & 1 == 1 }.map(Int32.init))
  }

  private func count(_ sequence: String, in bytes: [UInt8]) -> Int {
    String(decoding: bytes, as: UTF8.self).split(
      separator: sequence, omittingEmptySubsequences: false
    ).count - 1
  }
}

// Whether something is said of a slow Esc, by what tmux answers.

import Chat
import Glibc
import Interface
import Support
import Testing
import Wire

@testable import Patter

@Suite struct `A hint for tmux` {
  private let home: TestHome
  private let start = Clock.now()

  init() throws { home = try TestHome() }

  private var memory: String { "\(home.path)/.local/state/patter/tmux-hint" }

  /// A hint that is told by a program that does this.
  private func hint(_ script: String, memory: String? = nil) -> TmuxHint {
    TmuxHint(memory: memory ?? self.memory, command: ["/bin/sh", "-c", script])
  }

  /// What is said when all has been heard.
  private func told(_ hint: TmuxHint) throws -> String? {
    try ask(hint)
    return hint.takeNotice()?.text
  }

  /// Asks, and hears all there is to hear.
  private func ask(_ hint: TmuxHint) throws {
    hint.ask(at: start)
    while hint.deadline != nil {
      var descriptors = hint.interests.map { interest in
        switch interest {
        case .reading(let number): pollfd(fd: number, events: Int16(POLLIN), revents: 0)
        case .writing(let number): pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
        case .breaking(let number): pollfd(fd: number, events: 0, revents: 0)
        }
      }
      let limit = hint.longestSleepMilliseconds.map(Int32.init)
      let patience = Int32(TerminalProgram.patienceSeconds * 1000)
      let count = poll(&descriptors, nfds_t(descriptors.count), limit ?? patience)
      try #require(count > 0 || limit != nil, "nothing comes of the program")
      hint.hear(at: start)
    }
  }

  @Test(arguments: [51, 500, 999_999])
  func `is given where Esc waits for long`(milliseconds: Int) throws {
    #expect(
      try told(hint("echo \(milliseconds)"))
        == "tmux holds Esc back for \(milliseconds) ms. `set -sg escape-time 10` in ~/.tmux.conf "
        + "mends it; Ctrl-C never waits.")
  }

  @Test(arguments: [
    "echo 0", "echo 50", "echo", "true", "echo -500", "echo 500 500", "echo escape-time 500",
    "echo 99999999999999999999", "printf '\\000500'", "echo 500; exit 1", "echo 500 >&2",
    "kill -9 $$", "yes 500 | head -c 100000", "exec /absent/tmux",
  ])
  func `is not given otherwise`(script: String) throws {
    #expect(try told(hint(script)) == nil)
    #expect(access(memory, F_OK) != 0)
  }

  @Test func `is not given where there is no tmux`() throws {
    #expect(TmuxHint(environment: home.environment) == nil)
    #expect(TmuxHint(environment: ["TMUX": ""]) == nil)
    #expect(try told(TmuxHint(memory: memory, command: ["\(home.path)/absent"])) == nil)
  }

  @Test func `is given once, and then nobody is asked`() throws {
    let script = "echo asked >>\(home.path)/log; echo 500"
    let first = hint(script)
    #expect(try told(first) != nil)
    #expect(first.takeNotice() == nil)
    #expect(try told(hint(script)) == nil)
    #expect(home.read("log") == "asked\n")
    var status = stat()
    #expect(stat(memory, &status) == 0 && status.st_mode & 0o777 == 0o600 && status.st_size == 0)
    #expect(stat("\(home.path)/.local/state/patter", &status) == 0)
    #expect(status.st_mode & 0o777 == 0o700)
  }

  @Test func `is given by one of two that asked at once`() throws {
    let (first, second) = (hint("echo 500"), hint("echo 500"))
    try ask(first)
    try ask(second)
    #expect(first.takeNotice() != nil)
    #expect(second.takeNotice() == nil)
  }

  @Test func `is given each time where that cannot be remembered`() throws {
    for _ in 0..<2 { #expect(try told(hint("echo 500", memory: "/proc/absent/hint")) != nil) }
    #expect(try told(TmuxHint(memory: nil, command: ["/bin/echo", "500"])) != nil)
  }

  @Test func `is not waited for`() throws {
    for name in ["held", "never"] { #expect(mkfifo("\(home.path)/\(name)", 0o600) == 0) }
    let held = open("\(home.path)/held", O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    defer { close(held) }
    let hanging = hint("cd \(home.path); exec 9>held; echo x >&9; read y <never")
    hanging.ask(at: start)
    var descriptor = pollfd(fd: held, events: Int16(POLLIN), revents: 0)
    let patience = Int32(TerminalProgram.patienceSeconds * 1000)
    #expect(poll(&descriptor, 1, patience) == 1)
    hanging.hear(at: start)
    let deadline = try #require(hanging.deadline)
    hanging.hear(at: deadline)
    #expect(hanging.deadline == nil)
    #expect(hanging.takeNotice() == nil)
    var byte: UInt8 = 0
    while poll(&descriptor, 1, patience) == 1, read(held, &byte, 1) > 0 {}
    #expect(descriptor.revents & Int16(POLLHUP) != 0)
  }

  @Test func `comes behind an error of the start, and goes with the next key`() throws {
    try home.write("#!/bin/sh\necho 500\n", to: "bin/tmux", permissions: 0o755)
    try home.write("themee: x\n", to: ".config/patter/config.yaml")
    let chat = try Journey(
      with: nil, variables: ["PATH": "\(home.path)/bin:/usr/bin:/bin", "TMUX": "x,1,0"], home: home)
    try chat.seeSentence("themee")
    chat.type("a")
    try chat.see("tmux holds Esc back for 500 ms.")
    #expect(!chat.picture.shows("themee"))
    chat.type("b")
    try chat.seeNo("tmux holds Esc back")
    try chat.see("› ab")
    try chat.quitWithDraft()
    #expect(access(memory, F_OK) == 0)
  }
}

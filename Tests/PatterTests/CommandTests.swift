// A program of this machine as the far end: its output is the reply, and stopping it stops it.

import Glibc
import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct CommandTests {
  /// Patter with a shell script for a model.
  private func chat(_ script: String) throws -> Journey {
    let home = try TestHome()
    try home.write("#!/bin/sh\n\(script)\n", to: "answer", permissions: 0o755)
    try home.write(
      "commands: {script: {command: [\(home.path)/answer, \(home.path)]}}",
      to: ".config/patter/config.yaml")
    return try Journey(with: nil, arguments: ["-m", "script/any"], home: home)
  }

  /// The number a script wrote into this file of its home, once it is there.
  private func number(_ name: String, in chat: Journey) throws -> pid_t {
    try chat.waitUntil("the script's number") { _ in
      chat.home.read(name)?.hasSuffix("\n") == true
    }
    let line = try #require(chat.home.read(name))
    return try #require(pid_t(line.dropLast()))
  }

  @Test func `its output is the reply, and the prompt its input`() throws {
    let chat = try chat(#"read prompt; echo "You said: $prompt""#)
    try chat.ask("hello there")
    try chat.see("You said: hello there")
    try chat.seeIdle()
    try chat.leave()
  }

  @Test func `its failure is a sentence with the end of what it complained of`() throws {
    let chat = try chat("echo partial; echo 'out of ideas' >&2; exit 3")
    try chat.ask("hello")
    try chat.see("partial")
    try chat.see("out of ideas")
    try chat.seeSentence("Alt-R sends the prompt again.")
    try chat.leave()
  }

  @Test func `S07 Esc ends it and what it started`() throws {
    let chat = try chat("exec 9>$1/held; cat $1/never & echo begun; wait")
    for name in ["held", "never"] { #expect(mkfifo("\(chat.home.path)/\(name)", 0o600) == 0) }
    let held = open("\(chat.home.path)/held", O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    defer { close(held) }
    try chat.ask("hello")
    try chat.see("begun")
    chat.press(.escape)
    try chat.see("■ stopped here")
    // The script and what it started hold the other end, and nobody else does.
    var wait = pollfd(fd: held, events: Int16(POLLIN), revents: 0)
    #expect(poll(&wait, 1, Int32(TerminalProgram.patienceSeconds * 1000)) == 1)
    #expect(wait.revents == Int16(POLLHUP))
    try chat.leave()
  }

  @Test func `S41 one that does not heed its end is not waited for`() throws {
    let chat = try chat(
      #"trap "" TERM; read p; echo "$p $$"; if [ "$p" = stay ]; then while :; do read x <$1/never; done; fi"#
    )
    #expect(mkfifo("\(chat.home.path)/never", 0o600) == 0)
    try chat.ask("stay")
    try chat.see("stay ")
    try chat.ask("quick")
    try chat.see("quick ")
    try chat.seeIdle()
    try chat.see("■ superseded here")
    try chat.leave()
  }

  @Test func `T53 leaving ends one that does not heed its end, and gives the terminal back`() throws
  {
    let chat = try chat(
      #"trap "" TERM; echo $$ > $1/self; echo begun; while :; do read x <$1/never; done"#)
    #expect(mkfifo("\(chat.home.path)/never", 0o600) == 0)
    try chat.ask("hello")
    try chat.see("begun")
    let itself = try number("self", in: chat)
    try chat.leave()
    #expect(kill(itself, 0) != 0)
  }

  @Test func `a program that is not there is said`() throws {
    let home = try TestHome.configured("commands: {gone: {command: [/nowhere/at-all]}}")
    let chat = try Journey(with: nil, arguments: ["-m", "gone/any"], home: home)
    try chat.ask("hello")
    try chat.see("/nowhere/at-all")
    try chat.seeSentence("Alt-R sends the prompt again.")
    try chat.leave()
  }
}

// What goes into a child and comes out of it, and how its end is told.

import CLinux
import CurlTransport
import Glibc
import Testing
import Wire

@testable import ChildProcesses

struct ConversationTests {
  let children = Children()

  @Test func `output is told, and then the end`() throws {
    #expect(
      try children.run(ChildCommand(["printf", "%s-%s", "one", "two"]))
        == Story(output: "one-two", end: .exited(0)))
    #expect(children.count == 0)
    #expect(children.interests == [])
  }

  @Test func `standard error is told apart from standard output`() throws {
    #expect(
      try children.run(.shell("echo out; echo err >&2"))
        == Story(output: "out\n", diagnostics: "err\n", end: .exited(0)))
  }

  @Test func `output is told while the child still runs`() throws {
    children.spawn(.stream(1), .shell("echo first; kill -STOP $$; echo second"))
    let story = try children.follow { $0.outputText == "first\n" }
    #expect(story.outputText == "first\n")
    #expect(!story.isOver)
    #expect(children.count == 1)
  }

  @Test(arguments: [0, 1, 3, 255])
  func `the exit code is told`(code: Int32) throws {
    #expect(try children.run(.shell("exit $1", "\(code)")).end == .exited(code))
  }

  @Test(arguments: [SIGKILL, SIGTERM, SIGSEGV])
  func `the signal that ended a child is told`(signal: Int32) throws {
    #expect(try children.run(.shell("kill -$1 $$", "\(signal)")).end == .signalled(signal))
  }

  @Test func `a mebibyte goes into a child and comes out of it`() throws {
    let input = (0..<(1 << 20) + 7).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
    let story = try children.run(ChildCommand(["cat"], input: input))
    // Said as a truth, for a difference of mebibytes takes minutes to print.
    let isSame = story.output == input
    #expect(isSame)
    #expect(story.end == .exited(0))
    #expect(story.isInOrder)
  }

  @Test func `a mebibyte of output and one of diagnostics come whole before the end`() throws {
    let story = try children.run(
      .shell("head -c 1048577 /dev/zero >&2 & head -c 1048577 /dev/zero; wait"))
    #expect(story.output.count == 1_048_577)
    #expect(story.diagnostics.count == 1_048_577)
    #expect(story.end == .exited(0))
    #expect(story.isInOrder)
  }

  @Test func `one pass tells no more than its limit`() throws {
    let story = try children.run(
      .shell("head -c 1000000 /dev/zero >&2 & head -c 1000000 /dev/zero; wait"))
    #expect(story.greatestPassByteCount > 0)
    #expect(story.greatestPassByteCount <= Children.passByteCountLimit)
  }

  @Test func `what a child left in its pipe is told over as many passes as it takes`() throws {
    let lifeline = try Lifeline()
    children.spawn(
      .stream(1),
      .shell("head -c 40000 /dev/zero; exec 3>\"$1\"; echo $$ >&3; exit 5", lifeline.path))
    let process = try #require(lifeline.line().flatMap { pid_t($0.dropLast()) })
    // The first look at the child finds it gone.
    let exit = Descriptor(clinux_open_process(process))
    var record = pollfd(fd: exit.number, events: Int16(POLLIN), revents: 0)
    #expect(poll(&record, 1, 30_000) == 1)
    let story = try children.follow(until: \.isOver)
    #expect(story.output.count == 40000)
    #expect(story.end == .exited(5))
  }

  @Test func `standard input ends behind the last byte`() throws {
    #expect(
      try children.run(ChildCommand(["wc", "-c"], input: Array("hello".utf8)))
        == Story(output: "5\n", end: .exited(0)))
  }

  @Test func `standard input without a byte ends at once`() throws {
    #expect(try children.run(ChildCommand(["wc", "-c"])) == Story(output: "0\n", end: .exited(0)))
  }

  @Test func `standard input can be opened by its name`() throws {
    #expect(
      try children.run(ChildCommand(["cat", "/dev/stdin"], input: Array("by name".utf8)))
        == Story(output: "by name", end: .exited(0)))
  }

  @Test func `a child that reads nothing of its input is no failure`() throws {
    let input = [UInt8](repeating: 1, count: 1 << 20)
    #expect(try children.run(ChildCommand(["true"], input: input)) == Story(end: .exited(0)))
  }

  @Test func `a child that closes its input and goes on is heard to its end`() throws {
    let input = [UInt8](repeating: 1, count: 1 << 20)
    #expect(
      try children.run(.shell("head -c 3 >&2; exec 0<&-; echo on", input: input))
        == Story(output: "on\n", diagnostics: "\u{1}\u{1}\u{1}", end: .exited(0)))
  }

  @Test func `input that nobody will read wakes nobody`() throws {
    children.spawn(
      .stream(1),
      .shell("exec 0<&-; echo ready; kill -STOP $$", input: [UInt8](repeating: 1, count: 1 << 20)))
    _ = try children.follow { $0.outputText == "ready\n" }
    #expect(children.events().isEmpty)
    #expect(
      try Transport().wait(for: [], also: children.interests, atMostMilliseconds: 0) == .none)
  }

  @Test func `a child that closes its output is heard to its end`() throws {
    let gate = try Lifeline()
    let opener = open(gate.path, O_WRONLY | O_CLOEXEC)
    defer { close(opener) }
    children.spawn(.stream(1), .shell("exec 1>&- 2>&-; read line <\"$1\"; exit 4", gate.path))
    // Nothing but the end is left to wait for.
    let story = try children.follow { _ in children.interests.count == 1 }
    #expect(!story.isOver)
    #expect(write(opener, "go\n", 3) == 3)
    #expect(try children.follow(from: story, until: \.isOver) == Story(end: .exited(4)))
  }

  @Test func `children are told apart by their ids`() throws {
    for number in 1...5 { children.spawn(.stream(UInt64(number)), .shell("echo $1", "\(number)")) }
    children.spawn(.lookup(1), .shell("echo lookup"))
    #expect(children.count == 6)
    let stories = try children.followAll { $0.values.count(where: \.isOver) == 6 }
    #expect(stories[.lookup(1)] == Story(output: "lookup\n", end: .exited(0)))
    for number in 1...5 {
      #expect(
        stories[.stream(UInt64(number))] == Story(output: "\(number)\n", end: .exited(0)))
    }
  }

  @Test func `an id can be used again after its end`() throws {
    #expect(try children.run(.shell("echo one")).outputText == "one\n")
    #expect(try children.run(.shell("echo two")).outputText == "two\n")
  }

  @Test func `a child that is silent lets the loop sleep`() throws {
    children.spawn(.stream(1), .shell("echo ready; kill -STOP $$"))
    _ = try children.follow { $0.outputText == "ready\n" }
    #expect(!children.interests.isEmpty)
    #expect(
      try Transport().wait(for: [], also: children.interests, atMostMilliseconds: 0) == .none)
    #expect(children.longestSleepMilliseconds == nil)
    #expect(children.events().isEmpty)
  }

  @Test func `a system without process descriptors is looked at by the clock`() throws {
    let children = Children(isWatchingByDescriptor: false)
    children.spawn(.stream(1), .shell("echo out; exec 1>&- 2>&-; read line; exit 4"))
    #expect(try #require(children.longestSleepMilliseconds) > 0)
    #expect(
      try children.follow(until: \.isOver) == Story(output: "out\n", end: .exited(4)))
    #expect(children.longestSleepMilliseconds == nil)
  }
}

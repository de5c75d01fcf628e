// How children and all that they start are ended, and that nothing of them stays. Each script takes
// hold of a lifeline and hands it on, so that its release proves that nobody is left.
//
// A shell that has a trap waits for a process in the background, for one in the foreground would keep
// it from its trap. And a signal is lost on a process that the shell has just forked with its traps and
// that is not yet its own program; where it matters, that program says itself that it is ready.

import CLinux
import Glibc
import Support
import Testing
import Wire

@testable import ChildProcesses

struct EndingTests {
  let children = Children()
  let lifeline: Lifeline

  init() throws {
    lifeline = try Lifeline()
  }

  // MARK: Asked to end

  @Test func `S07 a child that is asked to end takes its own children with it`() throws {
    let story = try start("sleep 600 & echo ready; wait")
    children.terminate(.stream(1))
    #expect(try children.follow(from: story, until: \.isOver).end == .signalled(SIGTERM))
    #expect(lifeline.waitUntilReleased())
  }

  @Test func `a child that is asked to end has time to end in good order`() throws {
    let story = try start(
      "trap 'echo so long; exit 3' TERM; sh -c 'echo ready; exec sleep 600' & wait $!")
    children.terminate(.stream(1))
    let whole = try children.follow(from: story, until: \.isOver)
    #expect(whole.outputText == "ready\nso long\n")
    #expect(whole.end == .exited(3))
    #expect(lifeline.waitUntilReleased())
  }

  @Test func `asking a second time says nothing new`() throws {
    var story = try start(
      "trap 'echo heard' TERM; trap 'exit 0' WINCH; echo $$ >&3; echo ready;"
        + " while :; do sleep 600 >/dev/null 2>&1 & wait $!; done")
    let process = try processFromLifeline()
    children.terminate(.stream(1))
    story = try children.follow(from: story) { $0.outputText == "ready\nheard\n" }
    children.terminate(.stream(1))
    // Of two signals that wait, the shell takes the one with the lower number first.
    #expect(kill(process, SIGWINCH) == 0)
    #expect(
      try children.follow(from: story) { $0.outputText != "ready\nheard\n" || $0.isOver }
        .outputText == "ready\nheard\n")
  }

  @Test func `S07 a child that is stopped hears that it is to end`() throws {
    let story = try start("echo $$ >&3; echo ready; kill -STOP $$; sleep 600")
    try waitUntilStopped()
    children.terminate(.stream(1))
    #expect(try children.follow(from: story, until: \.isOver).end == .signalled(SIGTERM))
    #expect(lifeline.waitUntilReleased())
  }

  @Test func `a child that is asked to end finds its input ended`() throws {
    let story = try start(
      "trap '' TERM; echo $$ >&3; echo ready; kill -STOP $$; wc -c",
      input: [UInt8](repeating: 1, count: 1 << 20))
    try waitUntilStopped()
    children.terminate(.stream(1))
    let count = try children.follow(from: story, until: \.isOver).outputText.dropFirst(6).dropLast()
    #expect(try #require(Int(count)) < 1 << 20)
  }

  @Test func `S07 who let go of the pipes and does not listen is killed at the end`() throws {
    let story = try start(
      "(trap '' TERM; exec >/dev/null 2>&1; echo set >&3; sleep 600) & echo ready; wait")
    #expect(lifeline.line() == "set\n")
    children.terminate(.stream(1))
    #expect(try children.follow(from: story, until: \.isOver).end == .signalled(SIGTERM))
    #expect(lifeline.waitUntilReleased())
  }

  @Test func `a loop can sleep while a group is awaited whose leader is gone`() throws {
    var story = try start("echo $$ >&3; (trap '' TERM; echo ready; sleep 600) & wait")
    let process = try processFromLifeline()
    children.terminate(.stream(1))
    try waitUntilGone(process)
    story.take(children.events().map(\.1))
    #expect(!story.isOver)
    var records = children.interests.map {
      pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0)
    }
    #expect(records.count == 2)
    #expect(poll(&records, nfds_t(records.count), 0) == 0)
  }

  // MARK: Killed

  @Test func `S07 a child that does not listen is killed, and its own children too`() throws {
    var story = try start(
      "trap 'echo heard' TERM; (trap '' TERM; echo set >&3; sleep 600) & echo ready;"
        + " while :; do sleep 600 & wait $!; done")
    #expect(lifeline.line() == "set\n")
    children.terminate(.stream(1))
    story = try children.follow(from: story) { $0.outputText == "ready\nheard\n" }
    #expect(!story.isOver)
    #expect(!lifeline.isReleased)
    children.kill(.stream(1))
    #expect(try children.follow(from: story, until: \.isOver).end == .signalled(SIGKILL))
    #expect(lifeline.waitUntilReleased())
  }

  @Test func `S07 a group whose leader is gone already is killed whole`() throws {
    var story = try start("echo $$ >&3; (trap '' TERM; echo ready; sleep 600) & wait")
    let process = try processFromLifeline()
    children.terminate(.stream(1))
    try waitUntilGone(process)
    story.take(children.events().map(\.1))
    #expect(!story.isOver)
    #expect(!lifeline.isReleased)
    children.kill(.stream(1))
    #expect(try children.follow(from: story, until: \.isOver).end == .signalled(SIGTERM))
    #expect(lifeline.waitUntilReleased())
  }

  @Test func `S07 a kill needs no asking before`() throws {
    let story = try start("sleep 600 & echo ready; wait")
    children.kill(.stream(1))
    #expect(try children.follow(from: story, until: \.isOver).end == .signalled(SIGKILL))
    #expect(lifeline.waitUntilReleased())
  }

  @Test func `a killed child is gone although one that left its group holds its pipes`() throws {
    let story = try start("setsid sh -c 'echo $$ >&3; echo ready; exec sleep 600' & wait")
    let stranger = try processFromLifeline()
    defer { kill(stranger, SIGKILL) }
    children.kill(.stream(1))
    #expect(try children.follow(from: story, until: \.isOver).end == .signalled(SIGKILL))
  }

  @Test func `S07 a system without process descriptors kills as well`() throws {
    let children = Children(isWatchingByDescriptor: false)
    let story = try start(
      "trap '' TERM; (sleep 600 >/dev/null) & echo ready; wait", among: children)
    children.terminate(.stream(1))
    #expect(children.events().isEmpty)
    children.kill(.stream(1))
    #expect(try children.follow(from: story, until: \.isOver).end == .signalled(SIGKILL))
    #expect(lifeline.waitUntilReleased())
  }

  @Test func `ending whom nobody knows is no error`() throws {
    children.terminate(.stream(1))
    children.kill(.stream(1))
    #expect(try children.run(.shell("exit 1")).end == .exited(1))
    children.terminate(.stream(1))
    children.kill(.stream(1))
    #expect(children.events().isEmpty)
  }

  // MARK: Ending by itself

  @Test func `what a child left running in the background is left alone and not waited for`() throws
  {
    let gate = try Lifeline()
    let opener = open(gate.path, O_WRONLY | O_CLOEXEC)
    defer { close(opener) }
    let story = try start("(read line <\"$2\"; echo alive >&3) & echo ready", gate.path)
    #expect(
      try children.follow(from: story, until: \.isOver) == Story(output: "ready\n", end: .exited(0))
    )
    #expect(children.count == 0)
    #expect(!lifeline.isReleased)
    #expect(write(opener, "go\n", 3) == 3)
    #expect(lifeline.line() == "alive\n")
    #expect(lifeline.waitUntilReleased())
  }

  @Test func `what a child left writing in the background does not keep its stream open`() throws {
    let story = try start(
      "echo ready; (while echo flood; do :; done) & (while echo flood >&2; do :; done) & exit 6")
    #expect(try children.follow(from: story, until: \.isOver).end == .exited(6))
    // The writers find that nobody reads any more.
    #expect(lifeline.waitUntilReleased())
  }

  // MARK: Nothing stays

  @Test func `S07 no zombie stays`() throws {
    let process = try #require(pid_t(children.run(.shell("printf $$")).outputText))
    #expect(isReaped(process))
  }

  @Test func `an end that somebody else took is told as a failure`() throws {
    children.spawn(.stream(1), .shell("exec 3>\"$1\"; echo out; echo $$ >&3", lifeline.path))
    let process = try processFromLifeline()
    #expect(waitpid(process, nil, 0) == process)
    #expect(try children.follow(until: \.isOver) == Story(output: "out\n", end: .exited(255)))
  }

  @Test func `S07 no zombie of a killed child stays`() throws {
    let story = try start("echo $$ >&3; echo ready; sleep 600")
    let process = try processFromLifeline()
    children.kill(.stream(1))
    _ = try children.follow(from: story, until: \.isOver)
    #expect(isReaped(process))
  }

  @Test(arguments: [true, false])
  func `S07 whoever lets go of children leaves neither orphan nor zombie`(
    isWatchingByDescriptor: Bool
  ) throws {
    var mayfly: Children? = Children(isWatchingByDescriptor: isWatchingByDescriptor)
    mayfly?.spawn(
      .stream(1),
      .shell(
        "exec 3>\"$1\"; trap '' TERM; (sleep 600 >/dev/null) & echo $$ >&3; wait", lifeline.path))
    let process = try processFromLifeline()
    mayfly = nil
    #expect(isReaped(process))
    #expect(lifeline.waitUntilReleased())
  }

  @Test(arguments: [ChildCommand(["true"]), ChildCommand(["/"])])
  func `no descriptor stays`(command: ChildCommand) throws {
    // Other tests open some meanwhile, too, but not as many.
    let number = 300
    let before = try pipesAndProcessesCount()
    for _ in 0..<number where try !children.run(command).isOver { Issue.record("it did not end") }
    #expect(try pipesAndProcessesCount() < before + number)
  }

  // MARK: -

  /// Starts a script that holds the lifeline as descriptor 3, as all do that it starts, and follows
  /// it until it has said that it is ready.
  private func start(
    _ script: String, _ word: String = "", input: [UInt8] = [], among children: Children? = nil
  ) throws -> Story {
    let children = children ?? self.children
    children.spawn(
      .stream(1), .shell("exec 3>\"$1\"; " + script, lifeline.path, word, input: input))
    return try children.follow { $0.outputText.hasPrefix("ready\n") || $0.isOver }
  }

  private func processFromLifeline() throws -> pid_t {
    try #require(lifeline.line().flatMap { pid_t($0.dropLast()) })
  }

  private func waitUntilStopped() throws {
    var record = siginfo_t()
    #expect(waitid(P_PID, id_t(try processFromLifeline()), &record, WSTOPPED | WNOWAIT) == 0)
  }

  /// Waits for a process to end, for 30 seconds, and leaves it to be reaped.
  private func waitUntilGone(_ process: pid_t) throws {
    let exit = Descriptor(clinux_open_process(process))
    var record = pollfd(fd: exit.number, events: Int16(POLLIN), revents: 0)
    try #require(poll(&record, 1, 30_000) == 1)
  }

  private func isReaped(_ process: pid_t) -> Bool {
    waitpid(process, nil, WNOHANG) == -1 && errno == ECHILD
  }

  /// Pipes and processes that this process has open.
  private func pipesAndProcessesCount() throws -> Int {
    guard let folder = opendir("/proc/self/fd") else {
      throw HarnessError(call: "list /proc/self/fd")
    }
    defer { closedir(folder) }
    var count = 0
    while let entry = readdir(folder) {
      var target = [CChar](repeating: 0, count: 64)
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard readlink("/proc/self/fd/\(name)", &target, target.count - 1) > 0 else { continue }
      let kind = String(
        decoding: target.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      if kind.hasPrefix("pipe:") || kind == "anon_inode:[pidfd]" || kind.hasPrefix("pidfd:") {
        count += 1
      }
    }
    return count
  }
}

// One child: a process that leads a group of its own, and our ends of its pipes.

import CLinux
import Glibc
import Wire

/// Owns one process. It is reaped when `collect` has told its end; should the last reference go
/// before, its group is killed.
final class Child {
  let id: TransferID

  /// Also the number of the group. Nobody else can get it before we have reaped the process.
  private let process: pid_t
  /// Readable when the process is gone; nil where the system has no such thing.
  private let exit: Descriptor?
  private var inlet: Inlet
  private var output: Outlet
  private var diagnostics: Outlet
  private var order = Order.none
  private var isGone = false
  private var isReaped = false

  /// What the group was told to do.
  private enum Order { case none, terminate, kill }

  /// - Throws: Whatever kept the program from starting; then nothing is left behind.
  init(
    _ id: TransferID, _ command: ChildCommand, isWatchedByDescriptor: Bool
  ) throws(SpawnFailure) {
    let input = try Descriptor.pipe()
    let output = try Descriptor.pipe()
    let diagnostics = try Descriptor.pipe()
    let process = try spawn(
      command, input: input.reading, output: output.writing, diagnostics: diagnostics.writing)
    // The child's ends are closed here as this returns, or no end would ever be read.
    self.id = id
    self.process = process
    let number = isWatchedByDescriptor ? clinux_open_process(process) : -1
    exit = number < 0 ? nil : Descriptor(number)
    inlet = Inlet(input.writing, input: command.input)
    self.output = Outlet(output.reading)
    self.diagnostics = Outlet(diagnostics.reading)
  }

  deinit {
    if !isReaped { abandon() }
  }

  /// Whether `interests` miss nothing.
  var isWatched: Bool { exit != nil }

  /// What there is to wait for.
  var interests: [Interest] {
    var interests: [Interest] = []
    if let descriptor = inlet.descriptor { interests.append(.writing(descriptor.number)) }
    for outlet in [output, diagnostics] {
      if let descriptor = outlet.descriptor { interests.append(.reading(descriptor.number)) }
    }
    // It stays readable, and would wake the loop all the while somebody else holds the pipes.
    if let exit, !awaitsGroup { interests.append(.reading(exit.number)) }
    return interests
  }

  /// Asks the whole group to end. Those that are stopped are continued, or they would not hear it.
  func terminate() {
    inlet.close()
    guard order == .none else { return }
    order = .terminate
    send(SIGTERM)
    send(SIGCONT)
  }

  /// Ends the whole group.
  func kill() {
    inlet.close()
    order = .kill
    send(SIGKILL)
  }

  /// Moves as far as it goes without waiting and appends what happened. True when that was the end.
  func collect(into events: inout [(TransferID, ChildEvent)]) -> Bool {
    inlet.feed()
    isGone = isGone || hasExited()
    if isGone {
      inlet.close()
      if !awaitsGroup {
        output.seal()
        diagnostics.seal()
      }
    }
    if let bytes = output.read() { events.append((id, .output(bytes))) }
    if let bytes = diagnostics.read() { events.append((id, .diagnostics(bytes))) }
    guard isGone, output.isDone, diagnostics.isDone else { return false }
    // Those that let go of the pipes and stayed would be orphans. Whoever left something running
    // and ended unasked meant to.
    if order != .none { send(SIGKILL) }
    events.append((id, .ended(reap())))
    return true
  }

  /// Whether the child is gone and the rest of its group was asked to follow, and may take its time.
  private var awaitsGroup: Bool { isGone && order == .terminate }

  private func send(_ signal: Int32) {
    guard !isReaped else { return }
    // A process may leave its own group, and is no longer reached through it. Nobody is told twice
    // to end in good order, for many take the second time for impatience.
    let hasReached = Glibc.kill(-process, signal) == 0
    if !hasReached || signal == SIGKILL { _ = Glibc.kill(process, signal) }
  }

  /// Whether the process has ended. It is left to be reaped.
  private func hasExited() -> Bool {
    var record = siginfo_t()
    if waitid(P_PID, id_t(process), &record, WEXITED | WNOHANG | WNOWAIT) == 0 {
      return record.si_signo != 0
    }
    // Somebody else in this program has reaped it, and the number may be anybody's by now.
    isReaped = errno == ECHILD
    return isReaped
  }

  /// Takes leave of a process that has ended.
  private func reap() -> ChildEnd {
    isReaped = true
    var status: Int32 = 0
    guard waitpid(process, &status, WNOHANG) == process else { return .exited(Self.lostCode) }
    // WIFEXITED and its like are macros that Swift does not import.
    let signal = status & 0x7F
    return signal == 0 ? .exited(status >> 8 & 0xFF) : .signalled(signal)
  }

  /// Stands for an exit code that somebody else in this program took.
  private static let lostCode: Int32 = 255

  /// Kills the group and gives the kernel half a second to be done with its leader, which takes it
  /// far less unless a disk or a network file system is stuck.
  private func abandon() {
    send(SIGKILL)
    var exit = pollfd(fd: exit?.number ?? -1, events: Int16(POLLIN), revents: 0)
    for _ in 0..<50 where !hasExited() { poll(&exit, 1, 10) }
    _ = reap()
  }
}

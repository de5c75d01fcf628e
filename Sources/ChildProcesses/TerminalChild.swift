// A program that gets the terminal for as long as it runs: an editor.
//
// It leads a process group of its own, as the job of a shell does, and we are that shell:
//
//   start ──▶ has the terminal ── look: .stopped ──▶ takeBack … handOver ──▶ has the terminal
//                    └────────── look: .ended ─────▶ takeBack
//
// Why not in our group, as git and crontab do it: Ctrl-C in the editor would reach whoever shares our job,
// nano's Ctrl-Z (SIGSTOP to its whole group) would freeze us where no shell could continue us, and what an
// editor's script has started could not be ended with it. Only where the terminal is not ours to give, as in
// a container that does not see who has it, the program becomes one more of our group.
//
// Ends and stops are announced by SIGCHLD; whoever owns this hears that, and calls `look`.

import CLinux
import Glibc
public import Wire

/// Owns one process and lends it the terminal of our standard input. Should the last reference go before the
/// end, its group is killed.
public final class TerminalChild {
  /// Why there is no process, in words for the user.
  public struct StartFailure: Error, Hashable, Sendable {
    public let message: String
  }

  /// What happened since the last look.
  public enum Change: Hashable, Sendable {
    /// It was stopped, as by Ctrl-Z, and wants the job to stop with it. `handOver` lets it go on.
    case stopped
    /// It is gone and reaped.
    case ended(ChildEnd)
  }

  /// Our standard input.
  private static let terminal: Int32 = 0

  private let process: pid_t
  /// Whether the group of the process's number is its own.
  public let leadsGroup: Bool
  private var isReaped = false
  private var isToldToEnd = false

  /// Starts a program with the terminal for its three standard descriptors; `command.input` is not used.
  /// Nobody else may read from the terminal until `takeBack`.
  public init(_ command: ChildCommand) throws(StartFailure) {
    clinux_keep_exit_codes()
    let group = tcgetpgrp(Self.terminal)
    leadsGroup = group > 0 && group == getpgrp()
    do throws(SpawnFailure) {
      process = try spawnOnTerminal(command, leadsGroup: leadsGroup)
    } catch {
      // The process may have had the terminal before it turned out that there is no such program.
      if leadsGroup { Self.setForeground(getpgrp()) }
      throw StartFailure(message: error.message)
    }
    // Where the process could not take the terminal itself, that may have stopped it by now.
    if !hasTerminal { handOver() }
  }

  deinit {
    if !isReaped { send(SIGKILL) }
  }

  /// Whether the terminal is its own, and not ours or another job's.
  public var hasTerminal: Bool { !leadsGroup || tcgetpgrp(Self.terminal) == process }

  /// Gives it the terminal, and has it go on if it was stopped.
  public func handOver() {
    if leadsGroup { Self.setForeground(process) }
    send(SIGCONT)
  }

  /// Takes the terminal back from it, and from nobody else who is alive: a shell may have it by now. A group
  /// that the program made for itself and gave the terminal to, and that died with it, has no use for it.
  public func takeBack() {
    guard leadsGroup else { return }
    let group = tcgetpgrp(Self.terminal)
    let isDead = group > 0 && Glibc.kill(-group, 0) != 0 && errno == ESRCH
    if group == process || isDead { Self.setForeground(getpgrp()) }
  }

  /// What has happened, without waiting; nil for nothing new. Not to be called after the end.
  public func look() -> Change? {
    // What it leaves behind in good order is left alone; whoever was told to end leaves nothing.
    if isToldToEnd, hasExited() { send(SIGKILL) }
    var status: Int32 = 0
    let number = waitpid(process, &status, WNOHANG | WUNTRACED)
    if number < 0, errno == ECHILD { return end(.exited(Self.lostCode)) }
    guard number == process else { return nil }
    // WIFSTOPPED and its like are macros that Swift does not import.
    let signal = status & 0x7F
    if signal == 0x7F { return .stopped }
    return end(signal == 0 ? .exited(status >> 8 & 0xFF) : .signalled(signal))
  }

  /// Asks it to stop, as Ctrl-Z does. `look` tells when it has.
  public func stop() { send(SIGTSTP) }

  /// Asks it to end, with all of its group, also if it is stopped.
  public func terminate() {
    isToldToEnd = true
    send(SIGTERM)
    send(SIGCONT)
  }

  /// Ends it with all of its group.
  public func kill() {
    isToldToEnd = true
    send(SIGKILL)
  }

  /// Stands for an exit code that somebody else in this program took.
  private static let lostCode: Int32 = 255

  private func end(_ end: ChildEnd) -> Change {
    isReaped = true
    return .ended(end)
  }

  /// Whether the process has ended. It is left to be reaped.
  private func hasExited() -> Bool {
    var record = siginfo_t()
    return waitid(P_PID, id_t(process), &record, WEXITED | WNOHANG | WNOWAIT) == 0
      && record.si_signo != 0
  }

  private func send(_ signal: Int32) {
    guard !isReaped else { return }
    _ = Glibc.kill(leadsGroup ? -process : process, signal)
  }

  /// Who changes this from behind is stopped for it, but not who blocks the signal: tcsetpgrp(3).
  private static func setForeground(_ group: pid_t) {
    var set = sigset_t()
    var previous = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, SIGTTOU)
    pthread_sigmask(SIG_BLOCK, &set, &previous)
    tcsetpgrp(terminal, group)
    pthread_sigmask(SIG_SETMASK, &previous, nil)
  }
}

@available(*, unavailable)
extension TerminalChild: Sendable {}

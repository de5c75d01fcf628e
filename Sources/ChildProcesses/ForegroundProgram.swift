// A program that has the terminal, and us wait for its end: what a subcommand needs that does nothing else
// meanwhile. It is one more of our job, so that the shell stops and continues both.

import CLinux
import Glibc
public import Wire

/// Runs a program with the terminal of our standard input and output to its end. What the keyboard makes of
/// Ctrl-C and Ctrl-\ is meant for it alone, as system(3) has it.
///
/// - Throws: Whatever kept it from starting.
public func runOnTerminal(
  _ command: ChildCommand
) throws(TerminalChild.StartFailure) -> ChildEnd {
  clinux_keep_exit_codes()
  let signals = [SIGINT, SIGQUIT]
  let before = signals.map { signal($0, SIG_IGN) }
  defer {
    for (number, handler) in zip(signals, before) { signal(number, handler) }
  }
  let process: pid_t
  do throws(SpawnFailure) {
    process = try spawnOnTerminal(command, leadsGroup: false)
  } catch {
    throw TerminalChild.StartFailure(message: error.message)
  }
  while true {
    var status: Int32 = 0
    let number = waitpid(process, &status, WUNTRACED)
    if number < 0, errno == EINTR { continue }
    guard number == process else { return .notStarted("Nobody knows what became of it.") }
    // WIFSTOPPED and its like are macros that Swift does not import.
    let signal = status & 0x7F
    if signal == 0x7F {
      // It has stopped itself alone: the shell is to see a job that has stopped.
      raise(SIGSTOP)
      kill(process, SIGCONT)
      continue
    }
    return signal == 0 ? .exited(status >> 8 & 0xFF) : .signalled(signal)
  }
}

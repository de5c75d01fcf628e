import CLinux
import Glibc

/// Signals as something that can be read: blocked everywhere and taken from a descriptor, so that they
/// stand in the loop's one order with keys and bytes.
final class Signals {
  /// Those that ask the program to end.
  static let endings = [SIGTERM, SIGHUP, SIGINT, SIGQUIT]

  /// Readable when a signal waits.
  let descriptor: Int32

  /// Blocks the signals Patter understands. To be made before any other thread.
  init() {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in Signals.endings + [SIGWINCH, SIGTSTP, SIGCONT] { sigaddset(&set, signal) }
    pthread_sigmask(SIG_BLOCK, &set, nil)
    // A reader that went away is an error of a write, not the end of the program.
    signal(SIGPIPE, SIG_IGN)
    descriptor = signalfd(-1, &set, Int32(SFD_CLOEXEC) | Int32(SFD_NONBLOCK))
  }

  deinit {
    close(descriptor)
  }

  /// The signals that came since the last time, in `order`.
  func take() -> [Int32] {
    var taken: [Int32] = []
    var record = signalfd_siginfo()
    while read(descriptor, &record, MemoryLayout<signalfd_siginfo>.size) > 0 {
      taken.append(Int32(record.ssi_signo))
    }
    return Signals.order(taken)
  }

  /// Endings first: who is told to end does not stop before, and draws nothing more.
  static func order(_ signals: [Int32]) -> [Int32] {
    signals.filter(endings.contains) + signals.filter { !endings.contains($0) }
  }

  /// Who is to stop, and why.
  enum Stop {
    /// The whole job, as on Ctrl-Z outside raw mode.
    case job
    /// This process, for it alone was asked to.
    case process
    /// This process, for it wants the terminal and another job has it.
    case background
  }

  /// Stops, and returns when the shell continues us. What no shell could continue is not stopped (the
  /// kernel sees to that); in the background this waits all the same, for a signal or a hang-up.
  func stop(_ stop: Stop) {
    switch stop {
    case .job:
      kill(0, SIGTSTP)
      letStop()
    case .process:
      raise(SIGTSTP)
      letStop()
    case .background:
      raise(SIGTTOU)
      var descriptors = [
        pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: 0, events: 0, revents: 0),
      ]
      poll(&descriptors, nfds_t(descriptors.count), -1)
    }
  }

  private func letStop() {
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, SIGTSTP)
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
    pthread_sigmask(SIG_BLOCK, &set, nil)
  }
}

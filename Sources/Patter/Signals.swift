import CLinux
import Glibc

/// Signals as something that can be read: blocked everywhere and taken from a descriptor, so that they
/// stand in the loop's one order with keys and bytes.
final class Signals {
  /// Those that ask the program to end.
  static let endings = [SIGTERM, SIGHUP, SIGINT, SIGQUIT]

  /// Readable when a signal waits.
  let descriptor: Int32

  /// What a chat hears. SIGCHLD tells of an editor's end and stop; other children are heard otherwise.
  static let all = endings + [SIGWINCH, SIGTSTP, SIGCONT, SIGCHLD]

  /// Those of `endings` that whoever started us has not had ignored, as nohup(1) does and a shell for what
  /// it starts in the background.
  static var wantedEndings: [Int32] {
    endings.filter { signal in
      var action = sigaction()
      sigaction(signal, nil, &action)
      // What ignores a signal is the number 1 in place of a function.
      return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) != 1
    }
  }

  private var set = sigset_t()

  /// Blocks these signals. To be made before any other thread.
  init(_ signals: [Int32] = Signals.all) {
    sigemptyset(&set)
    for signal in signals { sigaddset(&set, signal) }
    pthread_sigmask(SIG_BLOCK, &set, nil)
    // A reader that went away, or a file that may not grow, is an error of a write, not the end of the
    // program.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    descriptor = signalfd(-1, &set, Int32(SFD_CLOEXEC) | Int32(SFD_NONBLOCK))
  }

  deinit {
    close(descriptor)
  }

  /// Lets the signals do again what they do by themselves, those that wait to be taken first.
  func unblock() {
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
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

  /// Ends the program as the signal would have ended it, so that whoever waits for the program learns of
  /// it: a shell's loop goes on after a program that left with 130, and not after one that SIGINT ended.
  /// A shell's exit status is the same, 128 and the signal's number.
  static func die(of number: Int32) -> Never {
    // It would leave a core, and in the core a key.
    if number == SIGQUIT { exit(128 + number) }
    signal(number, SIG_DFL)
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, number)
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
    raise(number)
    exit(128 + number)
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

  /// Stops, and returns when the terminal is ours; with a signal, if one asks us to end instead.
  ///
  /// A shell ends a stopped job by a signal and then continues it in the background, where whoever
  /// touches the terminal is stopped anew. So signals come before the terminal, and the terminal is
  /// taken only when it is ours.
  /// - Parameters:
  ///   - first: nil when the stop is over already.
  ///   - isInBackground: whether another job has the terminal.
  func stopUntilTerminalIsOurs(_ first: Stop?, isInBackground: () -> Bool) -> Int32? {
    var next = first ?? (isInBackground() ? .background : nil)
    while let reason = next {
      stop(reason)
      let heard = take()
      if let ending = heard.first(where: Signals.endings.contains) { return ending }
      // The others need no answer: the size is taken over as well when the terminal is taken.
      next = heard.contains(SIGTSTP) ? .process : isInBackground() ? .background : nil
    }
    return nil
  }

  private func letStop() {
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, SIGTSTP)
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
    pthread_sigmask(SIG_BLOCK, &set, nil)
  }
}

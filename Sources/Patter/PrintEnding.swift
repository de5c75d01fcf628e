import Glibc

/// How `patter -p` ended. The number is its exit status, as a shell tells it.
enum PrintEnding: Int32, CaseIterable {
  case complete = 0
  case failed = 1
  case notAsked = 2
  case hungUp = 129
  case interrupted = 130
  case quit = 131
  case readerGone = 141
  case terminated = 143

  /// Ended by this signal; nil for one that ends nothing.
  init?(signal: Int32) {
    self.init(rawValue: 128 + signal)
  }

  /// What it means, for the README.
  var meaning: String {
    switch self {
    case .complete: "the reply is whole"
    case .failed: "there is no reply, or only a part of one"
    case .notAsked: "nothing was asked: the command line, the prompt or the configuration is wrong"
    case .hungUp: "the terminal went away (SIGHUP)"
    case .interrupted: "Ctrl-C (SIGINT)"
    case .quit: "Ctrl-\\ (SIGQUIT)"
    case .readerGone: "whoever read the reply went away (SIGPIPE); nothing is said"
    case .terminated: "somebody ended it (SIGTERM)"
    }
  }

  /// Leaves the program.
  func leave() -> Never {
    switch self {
    case .complete, .failed, .notAsked: exit(rawValue)
    case .hungUp, .interrupted, .quit, .readerGone, .terminated: Signals.die(of: rawValue - 128)
    }
  }
}

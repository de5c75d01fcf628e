// The line to the terminal: reading from standard input, writing to standard output.

// The release takes `sigset_t` for a type of ncurses, whose headers have it first.
import CNcurses
import Glibc

enum TerminalLine {
  /// Most bytes that one `read` takes.
  static let readByteLimit = 4_096

  /// What is there to be read, waiting for it no longer than this: empty when nothing is, nil when the
  /// terminal hung up.
  static func read(atMostMilliseconds milliseconds: Int) -> [UInt8]? {
    var descriptor = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
    guard poll(&descriptor, 1, Int32(clamping: milliseconds)) > 0 else { return [] }
    var count = 0
    var code: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: readByteLimit) { buffer, used in
      count = Glibc.read(0, buffer.baseAddress, buffer.count)
      code = errno
      used = max(0, count)
    }
    if count == 0 || count < 0 && code != EINTR && code != EAGAIN { return nil }
    return bytes
  }

  /// Writes all of it, or as much as a terminal that goes away takes.
  static func write(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(1, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if count < 0 && errno == EAGAIN {
        var descriptor = pollfd(fd: 1, events: Int16(POLLOUT), revents: 0)
        guard poll(&descriptor, 1, -1) >= 0 || errno == EINTR else { return }
      } else if count >= 0 || errno != EINTR {
        return
      }
    }
  }

  /// Whether another job has the terminal. It is not ours to take or to draw on then.
  static var isInBackground: Bool {
    // Zero is a group that cannot be seen from here, as from inside a container; -1 is no terminal.
    let group = tcgetpgrp(0)
    return group > 0 && group != getpgrp()
  }

  /// The settings to leave the terminal with. Who was stopped from outside gives it back from the background:
  /// the shell has set its own by then, and they stay. (The kernel stops who sets modes from there, but not
  /// who blocks the signal: tcsetattr(3p).)
  static func settingsToLeave(_ saved: termios) -> termios {
    var settings = saved
    if isInBackground { tcgetattr(0, &settings) }
    return settings
  }

  /// Does what the kernel would stop a job in the background for.
  static func withoutStopping(_ body: () -> Void) {
    var set = sigset_t()
    var previous = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, SIGTTOU)
    pthread_sigmask(SIG_BLOCK, &set, &previous)
    body()
    pthread_sigmask(SIG_SETMASK, &previous, nil)
  }
}

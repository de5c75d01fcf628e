// Two ends of one thing, for tests that write at one and look at the other in the same process. A child
// that another test starts just now holds all of them until it has become its program; so whoever closes an
// end waits until the other one tells of it.

import CVTerm
import Glibc

/// A pipe. The end to write to blocks, as those that a shell gives do; the other one does not.
public final class PipeEnds {
  public let writer: Int32
  private var reader: Int32

  /// - Throws: `HarnessError` when there is none to be had.
  public init() throws {
    // A reader that went away is an error of a write, not the end of the tests.
    signal(SIGPIPE, SIG_IGN)
    var ends: [Int32] = [-1, -1]
    guard pipe2(&ends, O_CLOEXEC) == 0 else { throw HarnessError(call: "pipe2") }
    (reader, writer) = (ends[0], ends[1])
    guard fcntl(reader, F_SETFL, O_NONBLOCK) == 0 else { throw HarnessError(call: "fcntl") }
  }

  deinit {
    closeReader()
    close(writer)
  }

  public func closeReader() {
    guard reader >= 0 else { return }
    close(reader)
    reader = -1
    waitForHangUp(of: writer)
  }

  /// What lies in the pipe; empty when nothing does.
  public func take() -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = read(reader, &bytes, bytes.count)
    return Array(bytes.prefix(max(0, count)))
  }
}

/// A terminal, and the window that shows it.
public final class TerminalEnds {
  /// The program's end.
  public let terminal: Int32
  private var window: Int32

  /// - Throws: `HarnessError` when there is none to be had.
  public init() throws {
    window = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard window >= 0, grantpt(window) == 0, unlockpt(window) == 0 else {
      throw HarnessError(call: "posix_openpt")
    }
    var name = [CChar](repeating: 0, count: 64)
    guard ptsname_r(window, &name, name.count) == 0 else { throw HarnessError(call: "ptsname_r") }
    terminal = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard terminal >= 0 else { throw HarnessError(call: "open the pseudo-terminal") }
  }

  deinit {
    closeWindow()
    close(terminal)
  }

  public func closeWindow() {
    guard window >= 0 else { return }
    close(window)
    window = -1
    waitForHangUp(of: terminal)
  }
}

/// Waits until nobody has the other end of a descriptor any more.
private func waitForHangUp(of descriptor: Int32) {
  var hangUp = pollfd(fd: descriptor, events: 0, revents: 0)
  poll(&hangUp, 1, Int32(TerminalProgram.patienceSeconds * 1000))
}

// Starting a program on a terminal of its own, without fork.

import CVTerm
import Glibc

/// A failure of the machine this runs on, not of the program under test.
public struct HarnessError: Error, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }

  /// The call that failed, with what errno says.
  public init(call: String) { self.init(call: call, error: errno) }

  init(call: String, error: Int32) {
    description = "\(call): \(String(cString: strerror(error)))"
  }
}

/// A child process that leads a session on a new pseudo-terminal. Whoever holds this closes it.
public struct PtyChild {
  public let processID: Int32
  /// When the process was asked for, in nanoseconds of `MonotonicClock`.
  public let startNanoseconds: Int64
  /// Readable when the process has ended.
  public let processDescriptor: Int32
  /// Our end, not blocking.
  public let master: Int32
  /// The program's end. It is kept open here, so that the settings outlive the program.
  public let slave: Int32
  /// The line settings before the program could change them.
  public let settingsAtStart: LineSettings

  /// Starts `path`; nothing of `environment` is inherited.
  ///
  /// - Throws: `HarnessError` when the program or its terminal cannot be made.
  public init(
    path: String, arguments: [String], environment: [String: String], directory: String,
    rows: Int, columns: Int
  ) throws {
    // Not inherited: another test's child must not keep this terminal open.
    let master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard master >= 0 else { throw HarnessError(call: "posix_openpt") }
    var slave: Int32 = -1
    var isComplete = false
    defer {
      if !isComplete {
        close(master)
        if slave >= 0 { close(slave) }
      }
    }
    guard grantpt(master) == 0, unlockpt(master) == 0 else { throw HarnessError(call: "grantpt") }
    var name = [CChar](repeating: 0, count: 64)
    guard ptsname_r(master, &name, name.count) == 0 else { throw HarnessError(call: "ptsname_r") }
    slave = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard slave >= 0 else { throw HarnessError(call: "open the pseudo-terminal") }
    guard patter_set_window_size(master, Int32(rows), Int32(columns)) == 0 else {
      throw HarnessError(call: "TIOCSWINSZ")
    }
    guard let settings = LineSettings(descriptor: slave) else {
      throw HarnessError(call: "tcgetattr")
    }
    settingsAtStart = settings
    guard fcntl(master, F_SETFL, O_NONBLOCK) == 0 else { throw HarnessError(call: "fcntl") }

    startNanoseconds = MonotonicClock.nanoseconds
    processID = try spawnProgram(
      path, arguments, environment: environment, directory: directory,
      flags: patter_spawn_set_session
    ) { actions in
      // The first terminal that a session's leader opens becomes its controlling terminal.
      posix_spawn_file_actions_addopen(&actions, 0, name, O_RDWR, 0)
      posix_spawn_file_actions_adddup2(&actions, 0, 1)
      posix_spawn_file_actions_adddup2(&actions, 0, 2)
    }
    processDescriptor = pidfd_open(processID, 0)
    guard processDescriptor >= 0 else {
      let error = HarnessError(call: "pidfd_open")
      kill(processID, SIGKILL)
      waitpid(processID, nil, 0)
      throw error
    }
    self.master = master
    self.slave = slave
    isComplete = true
  }

  /// Whether the process was stopped and not yet continued (state T of proc(5)'s `stat`).
  var isStopped: Bool {
    let descriptor = open("/proc/\(processID)/stat", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 256)
    let count = read(descriptor, &bytes, bytes.count)
    let text = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    // The state follows the name, which stands in parentheses and may hold some itself.
    guard let end = text.lastIndex(of: ")") else { return false }
    return text[end...].dropFirst(2).first == "T"
  }
}

// A program in a terminal that a test holds in its hands: what is typed goes in, what is painted is
// looked at. No thread and no sleep: the terminal is pumped while somebody waits for something, and
// every wait is for a condition, with a deadline that only a broken program meets.
//
//     let program = try TerminalProgram(BuiltProgram.path("patter"), home: TestHome())
//     try program.waitUntil("the composer") { $0.shows("> ") }
//     program.type("hello")
//     program.press(.enter)

import CVTerm
import Glibc

/// How a program ended.
public enum ProgramExit: Hashable, Sendable {
  case exited(Int32)
  case signalled(Int32)
}

/// What the whole life of a program cost.
public struct ProgramUsage: Hashable, Sendable {
  /// Processor time in user and kernel mode, in nanoseconds.
  public let processorNanoseconds: Int64
  /// The most memory it held at any time (`ru_maxrss`), in bytes.
  public let peakMemoryByteCount: Int
}

/// What a terminal says when it is asked something.
public enum TerminalAnswers: Hashable, Sendable {
  /// What libvterm says.
  case emulator
  /// This, when DA1 is asked for (`CSI c`), which comes last of all questions.
  case scripted(String)
  case none
}

/// What a test waited for and did not get. Its text holds the screen as it stood.
public struct WaitFailure: Error, CustomStringConvertible {
  public let description: String
}

/// A running program, its terminal and the emulator that shows it. Lives on one thread. The program is
/// killed, if it still runs, when this goes away.
public final class TerminalProgram {
  /// How long a wait lasts before it fails, where nobody says otherwise.
  public static let patienceSeconds = TestHome.isSanitized ? 120.0 : 30.0

  /// Of what the program writes, this much is kept in `bytes`; the screen and the modes go on.
  public static let recordingByteLimit = 64 << 20

  /// After the program's end, somebody it started may hold the terminal; this long we listen on.
  private static let afterlifeMilliseconds: Int64 = 500

  private let child: PtyChild
  /// Held, so that the folder outlives the program.
  private let home: TestHome
  private let emulator: Emulator
  private let answers: TerminalAnswers
  private var isMasterOpen = true
  private var isDrained = false
  private var outgoing: [UInt8] = []
  private var lastSettings: LineSettings?

  /// The bytes the program wrote so far, up to `recordingByteLimit`.
  public private(set) var bytes: [UInt8] = []
  /// What the program switched on and has not switched off, from its bytes.
  public private(set) var modes = ModeLedger()
  /// How the program ended; nil while it runs, or while nobody has waited since.
  public private(set) var exit: ProgramExit?
  /// What the whole life of the program cost; nil while it runs.
  public private(set) var usage: ProgramUsage?
  /// The line settings before the program started.
  public var settingsAtStart: LineSettings { child.settingsAtStart }

  /// Starts `path` on a new terminal.
  ///
  /// - Parameters:
  ///   - home: where it lives and starts. It is kept as long as this is.
  ///   - variables: what its environment has beside `home.environment`, or in its place. Nothing is
  ///     inherited.
  ///   - answers: what the terminal says when it is asked.
  /// - Throws: `HarnessError` when the program or its terminal cannot be made.
  public init(
    _ path: String, _ arguments: [String] = [], home: TestHome, variables: [String: String] = [:],
    answers: TerminalAnswers = .emulator, rows: Int = 24, columns: Int = 80
  ) throws {
    self.home = home
    self.answers = answers
    child = try PtyChild(
      path: path, arguments: arguments,
      environment: home.environment.merging(variables) { $1 }, directory: home.path, rows: rows,
      columns: columns)
    emulator = Emulator(rows: rows, columns: columns)
  }

  deinit {
    if exit == nil {
      kill(-child.processID, SIGKILL)
      waitpid(child.processID, nil, 0)
      close(child.slave)
    }
    close(child.processDescriptor)
    if isMasterOpen { close(child.master) }
  }

  public var processID: Int32 { child.processID }

  /// When the program was asked for, in nanoseconds of `MonotonicClock`.
  public var startNanoseconds: Int64 { child.startNanoseconds }

  // MARK: What is seen

  /// A look at the screen after everything that has been read so far.
  public var picture: Picture { Picture(emulator: emulator, modes: modes) }

  /// The screen as text; see `Picture.text`.
  public var screen: String { picture.text }

  /// The line settings as they are now, or as the program left them.
  public var settings: LineSettings {
    lastSettings ?? LineSettings(descriptor: child.slave) ?? settingsAtStart
  }

  // MARK: What is done

  public func type(_ text: String) { send(Array(text.utf8)) }

  public func press(_ key: TypedKey) { send(key.bytes) }

  /// Bytes as a terminal would send them. What the program does not take yet follows while waiting.
  public func send(_ bytes: [UInt8]) {
    outgoing += bytes
    flush()
  }

  /// Gives the terminal another size. The kernel tells the program with SIGWINCH.
  public func resize(rows: Int, columns: Int) {
    emulator.resize(rows: rows, columns: columns)
    _ = patter_set_window_size(child.master, Int32(rows), Int32(columns))
  }

  /// Sends a signal to the program alone.
  public func signal(_ number: Int32) {
    if exit == nil { kill(child.processID, number) }
  }

  /// Closes the terminal as a window does: the program gets SIGHUP and reads an end of file.
  public func hangUp() {
    guard isMasterOpen else { return }
    close(child.master)
    isMasterOpen = false
    isDrained = true
  }

  // MARK: What is waited for

  /// Waits until the screen satisfies `condition`. `what` says in a test's failure what that was.
  ///
  /// - Throws: `WaitFailure` with the screen when time is up or the program ends before.
  public func waitUntil(
    _ what: String, withinSeconds seconds: Double = patienceSeconds,
    _ condition: (Picture) throws -> Bool
  ) throws {
    let deadline = MonotonicClock.nanoseconds + Int64(seconds * 1e9)
    while try !condition(picture) {
      if isDrained, let exit { throw failure("the program ended (\(exit)) before \(what)") }
      guard pump(until: deadline) else {
        throw failure("waited \(seconds) s in vain for \(what)")
      }
    }
  }

  /// Waits until the program has ended and everything it wrote has been read.
  ///
  /// - Throws: `WaitFailure` with the screen when it goes on.
  @discardableResult
  public func waitForExit(withinSeconds seconds: Double = patienceSeconds) throws -> ProgramExit {
    let deadline = MonotonicClock.nanoseconds + Int64(seconds * 1e9)
    while exit == nil {
      guard pump(until: deadline) else { throw failure("waited \(seconds) s for the end") }
    }
    let end = MonotonicClock.nanoseconds + Self.afterlifeMilliseconds * 1_000_000
    while !isDrained, pump(until: end) {}
    guard let exit else { preconditionFailure("the loop above ends with an exit") }
    return exit
  }

  /// Waits until the program has stopped itself (SIGSTOP), as on Ctrl-Z. `signal(18)`, which is
  /// SIGCONT, wakes it; sent before the stop it would be lost.
  ///
  /// - Throws: `WaitFailure` with the screen when it goes on or ends.
  public func waitForStop(withinSeconds seconds: Double = patienceSeconds) throws {
    let deadline = MonotonicClock.nanoseconds + Int64(seconds * 1e9)
    while !child.isStopped {
      if let exit { throw failure("the program ended (\(exit)) and did not stop") }
      let now = MonotonicClock.nanoseconds
      guard now < deadline else { throw failure("waited \(seconds) s for a stop") }
      // Nothing becomes readable when a process stops, so this looks again every few milliseconds.
      _ = pump(until: min(deadline, now + 5_000_000))
    }
  }

  private func failure(_ what: String) -> WaitFailure {
    let columns = picture.columnCount
    let frame = String(repeating: "-", count: columns)
    return WaitFailure(description: "\(what); the screen was\n\(frame)\n\(screen)\n\(frame)")
  }

  // MARK: The pump

  /// Waits for something to happen and takes it in; false when nothing happened before `deadline`,
  /// in nanoseconds of `MonotonicClock`.
  private func pump(until deadline: Int64) -> Bool {
    var waits: [pollfd] = []
    if !isDrained {
      let events = outgoing.isEmpty ? POLLIN : POLLIN | POLLOUT
      waits.append(pollfd(fd: child.master, events: Int16(events), revents: 0))
    }
    if exit == nil {
      waits.append(pollfd(fd: child.processDescriptor, events: Int16(POLLIN), revents: 0))
    }
    let left = max(0, deadline - MonotonicClock.nanoseconds)
    let count = poll(&waits, UInt(waits.count), Int32((left + 999_999) / 1_000_000))
    if count == 0 { return false }
    if count < 0 { return errno == EINTR }
    for wait in waits where wait.revents != 0 {
      if wait.fd == child.processDescriptor {
        reap()
      } else {
        if wait.revents & Int16(POLLOUT) != 0 { flush() }
        read()
      }
    }
    return true
  }

  private func read() {
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    let count = Glibc.read(child.master, &buffer, buffer.count)
    if count > 0 {
      let chunk = buffer[..<count]
      bytes += chunk.prefix(Self.recordingByteLimit - bytes.count)
      modes.read(chunk)
      emulator.write(chunk)
      answer()
    } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
      isDrained = true  // EIO: nobody holds the other end any more.
    }
  }

  private func answer() {
    defer { emulator.answers = [] }
    guard !emulator.answers.isEmpty else { return }
    switch answers {
    case .emulator: outgoing += emulator.answers
    case .scripted(let text):
      if emulator.answers.last == UInt8(ascii: "c") { outgoing += text.utf8 }
    case .none: break
    }
    flush()
  }

  private func flush() {
    guard isMasterOpen, !outgoing.isEmpty else { return }
    let count = write(child.master, outgoing, outgoing.count)
    if count > 0 { outgoing.removeFirst(count) }
  }

  private func reap() {
    var status: Int32 = 0
    var usage = rusage()
    guard wait4(child.processID, &status, 0, &usage) == child.processID else { return }
    exit = status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .signalled(status & 0x7F)
    let times = [usage.ru_utime, usage.ru_stime]
    self.usage = ProgramUsage(
      processorNanoseconds: times.reduce(0) {
        $0 + Int64($1.tv_sec) * 1_000_000_000 + Int64($1.tv_usec) * 1000
      },
      peakMemoryByteCount: usage.ru_maxrss * 1024)
    lastSettings = LineSettings(descriptor: child.slave)
    // With this the end of what was written can be seen.
    close(child.slave)
  }
}

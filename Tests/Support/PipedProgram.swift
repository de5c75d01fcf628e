// A program on pipes that a test holds in its hands, as a shell's pipeline holds it. No thread and no
// sleep: the pipes are pumped while somebody waits for something, and every wait is for a condition, with
// a deadline that only a broken program meets.
//
//     let program = try PipedProgram(BuiltProgram.path("patter"), ["-p", "hi"], home: TestHome())
//     try program.waitUntil("the first word") { $0.output == "Hello" }
//     program.closeOutput()
//     #expect(try program.waitForExit() == .signalled(SIGPIPE))

import CVTerm
import Glibc

/// A running program and the ends of its standard streams. Lives on one thread. The program is killed, if
/// it still runs, when this goes away.
public final class PipedProgram {
  /// How long a wait lasts before it fails.
  public static let patienceSeconds = TestHome.isSanitized ? 120.0 : 30.0

  public let processID: Int32

  /// Held, so that the folder outlives the program.
  private let home: TestHome
  private let processDescriptor: Int32
  /// Our ends; -1 once closed.
  private var inputEnd: Int32 = -1
  private var outputEnd: Int32
  private var diagnosticsEnd: Int32
  private var unsentInput: ArraySlice<UInt8>

  /// What the program wrote to its standard output, as far as it was read.
  public private(set) var outputBytes: [UInt8] = []
  /// The same of its standard error.
  public private(set) var diagnosticsBytes: [UInt8] = []
  /// How the program ended; nil while it runs, or while nobody has waited since.
  public private(set) var exit: ProgramExit?
  /// Whether waiting reads the standard output. A reader that does not is a slow one.
  public var readsOutput = true

  public var output: String { String(decoding: outputBytes, as: UTF8.self) }
  public var diagnostics: String { String(decoding: diagnosticsBytes, as: UTF8.self) }

  /// Starts `path` on pipes.
  ///
  /// - Parameters:
  ///   - home: where it lives and starts. It is kept as long as this is.
  ///   - variables: what its environment has beside `home.environment`, or in its place. Nothing is
  ///     inherited.
  ///   - input: its standard input, which ends behind it; nil for none at all (/dev/null).
  /// - Throws: `HarnessError` when the program or its pipes cannot be made.
  public init(
    _ path: String, _ arguments: [String] = [], home: TestHome, variables: [String: String] = [:],
    input: [UInt8]? = nil
  ) throws {
    self.home = home
    // A program need not read its input to the end.
    Glibc.signal(SIGPIPE, SIG_IGN)
    unsentInput = input?[...] ?? []
    let input = try input.map { _ in try PipedProgram.pipe() }
    let output = try PipedProgram.pipe()
    let diagnostics = try PipedProgram.pipe()
    defer {
      for end in [input?.read, output.write, diagnostics.write].compactMap(\.self) { close(end) }
    }
    inputEnd = input?.write ?? -1
    outputEnd = output.read
    diagnosticsEnd = diagnostics.read
    processID = try spawnProgram(
      path, arguments, environment: home.environment.merging(variables) { $1 },
      directory: home.path
    ) { actions in
      if let input {
        posix_spawn_file_actions_adddup2(&actions, input.read, 0)
      } else {
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
      }
      posix_spawn_file_actions_adddup2(&actions, output.write, 1)
      posix_spawn_file_actions_adddup2(&actions, diagnostics.write, 2)
    }
    processDescriptor = pidfd_open(processID, 0)
    if inputEnd >= 0 { _ = fcntl(inputEnd, F_SETFL, O_NONBLOCK) }
  }

  deinit {
    if exit == nil {
      kill(processID, SIGKILL)
      waitpid(processID, nil, 0)
    }
    close(processDescriptor)
    for end in [inputEnd, outputEnd, diagnosticsEnd] where end >= 0 { close(end) }
  }

  /// No other test's child may hold an end: it would keep a reader from going away.
  private static func pipe() throws -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    guard pipe2(&ends, O_CLOEXEC) == 0 else { throw HarnessError(call: "pipe2") }
    return (ends[0], ends[1])
  }

  // MARK: What is done

  /// Goes away as a reader of the standard output.
  public func closeOutput() { PipedProgram.shut(&outputEnd) }

  /// Goes away as a reader of the standard error.
  public func closeDiagnostics() { PipedProgram.shut(&diagnosticsEnd) }

  /// Sends a signal to the program.
  public func signal(_ number: Int32) {
    if exit == nil { kill(processID, number) }
  }

  // MARK: What is waited for

  /// Waits until the program satisfies `condition`. `what` says in a test's failure what that was.
  ///
  /// - Throws: `WaitFailure` with all that was written, when time is up or the program ends before.
  public func waitUntil(_ what: String, _ condition: (PipedProgram) throws -> Bool) throws {
    let deadline = MonotonicClock.nanoseconds + Int64(Self.patienceSeconds * 1e9)
    while try !condition(self) {
      guard pump(until: deadline) else { throw failure("waited in vain for \(what)") }
    }
  }

  /// Waits until this much lies in the pipe of the standard output, unread.
  ///
  /// - Throws: `WaitFailure` when time is up.
  public func waitForUnreadOutput(byteCount: Int) throws {
    let deadline = MonotonicClock.nanoseconds + Int64(Self.patienceSeconds * 1e9)
    var waiting: Int32 = 0
    while ioctl(outputEnd, UInt(FIONREAD), &waiting) == 0, waiting < byteCount {
      let now = MonotonicClock.nanoseconds
      guard now < deadline else { throw failure("\(waiting) bytes wait to be read") }
      // A pipe that fills tells nobody, so this looks again every few milliseconds.
      _ = pump(until: min(deadline, now + 5_000_000))
    }
  }

  /// Waits until the program has ended and everything it wrote has been read.
  ///
  /// - Throws: `WaitFailure` with all that was written, when it goes on.
  public func waitForExit() throws -> ProgramExit {
    let deadline = MonotonicClock.nanoseconds + Int64(Self.patienceSeconds * 1e9)
    while exit == nil || (readsOutput && outputEnd >= 0) || diagnosticsEnd >= 0 {
      guard pump(until: deadline) else { throw failure("waited for the end") }
    }
    guard let exit else { preconditionFailure("the loop above ends with an exit") }
    return exit
  }

  private func failure(_ what: String) -> WaitFailure {
    let end = exit.map { "it ended (\($0))" } ?? "it runs"
    return WaitFailure(
      description: "\(what); \(end); its output was\n\(output.suffix(2000))\n"
        + "and its standard error\n\(diagnostics.suffix(2000))")
  }

  // MARK: The pump

  /// Waits for something to happen and takes it in; false when nothing happened before `deadline`, in
  /// nanoseconds of `MonotonicClock`, or nothing can happen any more.
  private func pump(until deadline: Int64) -> Bool {
    var waits: [pollfd] = []
    func add(_ descriptor: Int32, _ events: Int32) {
      if descriptor >= 0 {
        waits.append(pollfd(fd: descriptor, events: Int16(events), revents: 0))
      }
    }
    add(inputEnd, POLLOUT)
    if readsOutput { add(outputEnd, POLLIN) }
    add(diagnosticsEnd, POLLIN)
    if exit == nil { add(processDescriptor, POLLIN) }
    let left = max(0, deadline - MonotonicClock.nanoseconds)
    guard !waits.isEmpty else { return false }
    let count = poll(&waits, UInt(waits.count), Int32((left + 999_999) / 1_000_000))
    if count == 0 { return false }
    if count < 0 { return errno == EINTR }
    for wait in waits where wait.revents != 0 {
      switch wait.fd {
      case processDescriptor: reap()
      case inputEnd: feed()
      case outputEnd: PipedProgram.read(&outputEnd, into: &outputBytes)
      default: PipedProgram.read(&diagnosticsEnd, into: &diagnosticsBytes)
      }
    }
    return true
  }

  private func feed() {
    let count = unsentInput.withUnsafeBytes { write(inputEnd, $0.baseAddress, $0.count) }
    if count > 0 { unsentInput.removeFirst(count) }
    // A program that does not read to the end breaks the pipe.
    if unsentInput.isEmpty || (count < 0 && errno == EPIPE) { PipedProgram.shut(&inputEnd) }
  }

  private func reap() {
    var status: Int32 = 0
    guard waitpid(processID, &status, 0) == processID else { return }
    exit = status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .signalled(status & 0x7F)
  }

  private static func read(_ end: inout Int32, into bytes: inout [UInt8]) {
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    let count = Glibc.read(end, &buffer, buffer.count)
    if count > 0 {
      bytes += buffer[..<count]
    } else if count == 0 || errno != EINTR {
      shut(&end)
    }
  }

  private static func shut(_ end: inout Int32) {
    guard end >= 0 else { return }
    close(end)
    end = -1
  }
}

// A program in a terminal and the server it speaks to, both held by one thread and one poll. Times are
// taken where things happen, before a write and after a read, and nothing stands between: no emulator
// looks at what is painted, no other thread has to be woken.
//
//   keys ──▶ pty ──▶ program ──▶ socket ──▶ requests, closes
//   what is awaited ◀── pty ◀── program ◀── socket ◀── deltas
//
// All times are nanoseconds of `MonotonicClock`.

import Glibc
import Support

final class Rig {
  /// How long anything may take before the measurement is given up.
  static let patienceNanoseconds: Int64 = 10_000_000_000

  /// Keys that no reply holds and no terminal sequence either, so that the byte on the terminal can only
  /// be such a key's echo, or the word of a delta that was meant to be found.
  static let marks: [UInt8] = [UInt8(ascii: "^"), UInt8(ascii: "~")]
  static var mark: UInt8 { marks[0] }

  /// What may hang before a request can leave.
  enum Hang {
    /// The name server does not answer.
    case lookup
    /// The kernel drops whoever wants to connect.
    case connect
    /// The server takes the connection and says nothing of TLS.
    case handshake
  }

  let program: Program
  let server: RigServer
  private var resolver: HungResolver?
  private let child: PtyChild
  /// Held, so that the folder outlives the program.
  private let home: TestHome
  private var flows: [Flow] = []
  private var flooded: RigConnection?

  private var awaited: [UInt8] = []
  private var awaitedSeen: Int64?
  /// The last bytes from the terminal, so that what is awaited may lie across two reads.
  private var recent: [UInt8] = []
  private var buffer = [UInt8](repeating: 0, count: 64 << 10)

  /// What the program wrote to the terminal so far.
  private(set) var terminalByteCount = 0
  /// When the last of it was read.
  private var terminalBytesSeen: Int64 = 0

  /// Starts the program and waits until its first frame is there.
  ///
  /// - Parameters:
  ///   - hang: what of the way to the server never comes to its end.
  ///   - configuration: what stands in Patter's file; nil for none.
  init(_ program: Program, hang: Hang? = nil, configuration: String? = nil) throws {
    self.program = program
    home = try TestHome()
    if let configuration { try home.write(configuration, to: ".config/patter/config.yaml") }
    server = try RigServer(isJammed: hang == .connect)
    let (arguments, variables) = program.invocation(port: server.port)
    var environment = home.environment.merging(variables) { $1 }
    switch hang {
    case nil, .connect: break
    case .handshake: environment["OPENAI_BASE_URL"] = "https://127.0.0.1:\(server.port)/v1"
    case .lookup:
      let resolver = try HungResolver(in: home)
      environment.merge(resolver.variables) { $1 }
      environment["OPENAI_BASE_URL"] = "http://hung.example:\(server.port)/v1"
      self.resolver = resolver
    }
    let directory = home.path
    child = try Processors.apart {
      try PtyChild(
        path: BuiltProgram.path(program.rawValue), arguments: arguments, environment: environment,
        directory: directory, rows: 24, columns: 80)
    }
    readyNanoseconds = 0
    readyNanoseconds = try seen(Array(program.readySign.utf8), "the first frame") {}
  }

  deinit {
    kill(child.processID, SIGKILL)
    waitpid(child.processID, nil, 0)
    for descriptor in [child.processDescriptor, child.master, child.slave] { close(descriptor) }
  }

  var processID: pid_t { child.processID }
  var startNanoseconds: Int64 { child.startNanoseconds }
  /// When the first frame was seen.
  private(set) var readyNanoseconds: Int64

  // MARK: What is done

  /// Sends bytes as the terminal would, and says when.
  @discardableResult
  func type(_ bytes: [UInt8]) throws -> Int64 {
    let now = MonotonicClock.nanoseconds
    guard write(child.master, bytes, bytes.count) == bytes.count else {
      throw HarnessError(call: "write to the terminal")
    }
    return now
  }

  @discardableResult
  func type(_ text: String) throws -> Int64 { try type(Array(text.utf8)) }

  /// Sends more than a terminal takes at once, and waits until all of it is done.
  func pour(_ text: String) throws {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(child.master, $0.baseAddress, $0.count) }
      if count > 0 {
        rest.removeFirst(count)
      } else if errno != EAGAIN, errno != EINTR {
        throw HarnessError(call: "write to the terminal")
      }
      try self.rest(nanoseconds: 500_000)
    }
    try settle()
  }

  /// Sends a prompt and waits for its request.
  func ask(_ prompt: String = "go") throws -> RigConnection {
    try type(prompt)
    try rest(nanoseconds: 5_000_000)
    let requests = server.requestCount
    try type("\r")
    try wait("the request") { server.requestCount > requests }
    return try server.newest()
  }

  /// From now on deltas of the corpus go to `connection` as well, whenever something is waited for, so many
  /// a second and at random distances.
  func stream(to connection: RigConnection, perSecond rate: Double, pauses: Pauses) {
    flows.append(Flow(connection: connection, rate: rate, pauses: pauses))
  }

  /// From now on deltas go to `connection` as fast as they are read.
  func flood(_ connection: RigConnection) { flooded = connection }

  func stopStream() {
    flows = []
    flooded = nil
  }

  /// How many deltas each stream still has to send.
  func limitStream(to deltaCount: Int) {
    for index in flows.indices { flows[index].deltasLeft = deltaCount }
  }

  var isStreaming: Bool { flows.contains { $0.deltasLeft > 0 } }

  // MARK: What is waited for

  /// Does something and waits until `bytes` show at the terminal; says when they were read.
  func seen(_ bytes: [UInt8], _ what: String, after deed: () throws -> Void) throws -> Int64 {
    awaited = bytes
    awaitedSeen = nil
    recent = []
    defer { awaited = [] }
    try deed()
    try wait(what) { awaitedSeen != nil }
    return awaitedSeen ?? 0
  }

  /// Does something that the terminal shows; the time from then to the first byte of it.
  func painted(_ what: String, after deed: () throws -> some Any) throws -> Int64 {
    let before = terminalByteCount
    let began = MonotonicClock.nanoseconds
    _ = try deed()
    try wait(what) { terminalByteCount > before }
    return terminalBytesSeen - began
  }

  /// Waits for something; `what` says in a failure what that was.
  func wait(_ what: String, _ condition: () -> Bool) throws {
    let deadline = MonotonicClock.nanoseconds + Self.patienceNanoseconds
    while !condition() {
      guard MonotonicClock.nanoseconds < deadline else {
        throw HarnessError("waited in vain for \(what)")
      }
      try pump(until: deadline)
    }
  }

  /// Lets time pass while everything goes on.
  func rest(nanoseconds: Int64) throws {
    let deadline = MonotonicClock.nanoseconds + nanoseconds
    while MonotonicClock.nanoseconds < deadline { try pump(until: deadline) }
  }

  /// Waits until the program has nothing more to do: it has used no processor time for a while.
  func settle() throws {
    var before: Int64 = -1
    while before != processorNanoseconds {
      before = processorNanoseconds
      try rest(nanoseconds: 60_000_000)
    }
  }

  // MARK: The pump

  private func pump(until deadline: Int64) throws {
    var waits = [
      pollfd(fd: child.master, events: Int16(POLLIN), revents: 0),
      pollfd(fd: child.processDescriptor, events: Int16(POLLIN), revents: 0),
    ]
    waits += server.waits
    let due = flows.reduce(deadline) { min($0, $1.due ?? .max) }
    let left = max(0, due - MonotonicClock.nanoseconds)
    // Rounded up: a delta may come up to a millisecond late, the mean rate stays.
    let count = poll(&waits, UInt(waits.count), Int32(clamping: (left + 999_999) / 1_000_000))
    guard count >= 0 || errno == EINTR else { throw HarnessError(call: "poll") }
    if count > 0 {
      if waits[0].revents != 0 { try readTerminal() }
      if waits[1].revents != 0 { throw HarnessError("\(program.rawValue) has ended") }
      try server.take(waits[2...])
    }
    let now = MonotonicClock.nanoseconds
    for index in flows.indices { flows[index].advance(to: now) }
    if let flooded, flooded.isOpen, flooded.isFlushed { flooded.send(Reply.deltas(0..<500)) }
  }

  private func readTerminal() throws {
    let count = read(child.master, &buffer, buffer.count)
    guard count > 0 else {
      if count < 0, errno == EAGAIN || errno == EINTR { return }
      throw HarnessError("\(program.rawValue) let go of the terminal")
    }
    let now = MonotonicClock.nanoseconds
    terminalByteCount += count
    terminalBytesSeen = now
    guard !awaited.isEmpty, awaitedSeen == nil else { return }
    recent += buffer[..<count]
    if recent.holds(awaited) { awaitedSeen = now }
    recent.removeFirst(max(0, recent.count - awaited.count + 1))
  }
}

/// A stream of deltas at random distances.
private struct Flow {
  let connection: RigConnection
  let meanNanoseconds: Double
  var pauses: Pauses
  var due: Int64?
  var deltasLeft = Int.max
  private var next = 0

  init(connection: RigConnection, rate: Double, pauses: Pauses) {
    self.connection = connection
    self.pauses = pauses
    meanNanoseconds = 1e9 / rate
    due = MonotonicClock.nanoseconds
  }

  /// Sends what is due. The next distance is laid behind the last due time, not behind now, so that
  /// the rate is kept.
  mutating func advance(to now: Int64) {
    while let due, due <= now {
      guard deltasLeft > 0, connection.isOpen else {
        self.due = nil
        return
      }
      connection.send(Reply.delta(next))
      next += 1
      deltasLeft -= 1
      self.due = due + pauses.next(0...Int64(2 * meanNanoseconds))
    }
  }
}

extension [UInt8] {
  func holds(_ part: [UInt8]) -> Bool {
    guard count >= part.count else { return false }
    return (0...(count - part.count)).contains { self[$0..<($0 + part.count)].elementsEqual(part) }
  }
}

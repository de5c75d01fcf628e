// A web server that does exactly what a test tells it, faults included.
//
// It listens on 127.0.0.1 at a port of the kernel's choosing and answers each request with the next
// response of its script. A response is a list of steps, so a test can stop it anywhere (`gate`),
// break the connection anywhere (`close`, `reset`) and send anything. What the server saw is in its
// journal, in order; a test waits on the journal and never on time.
//
//   accept thread ──► one thread for each connection ──► journal ──► waitFor
//                          ▲ bell (a pipe)
//                          └── open(gate:), stop()
//
// A connection that the server ends is over when the client has closed it as well, so that a client
// that leaks sockets is found out: see `LoopbackLedger`.
//
// Every wait of the server ends after `LoopbackServer.idleSeconds`; then it journals `gaveUp` and drops the
// connection.

import Glibc

/// A scripted HTTP server for one test. Stops when it goes, or by `stop`.
public final class LoopbackServer: Sendable {
  /// How long a test waits for what is to come.
  public static let patienceSeconds = TestHome.isSanitized ? 120.0 : 30.0
  /// How long the server waits for anything: a gate, the next request, room to write. Longer than any single
  /// wait of a test, for a test may have several while a connection stands idle.
  static let idleSeconds = 4 * patienceSeconds

  /// The port on 127.0.0.1.
  public let port: UInt16

  private let core: LoopbackServerCore
  private let listener: Int32

  /// A server that gives these responses to the requests in the order they come, on whatever
  /// connection; a request too many gets a 503.
  ///
  /// - Throws: `LoopbackServerError` when there is no socket to be had, or nobody to count connections.
  public convenience init(_ responses: Response...) throws(LoopbackServerError) {
    try self.init(core: LoopbackServerCore(queue: responses, answer: nil))
  }

  /// The same for a script that was computed.
  ///
  /// - Throws: `LoopbackServerError` when there is no socket to be had, or nobody to count connections.
  public convenience init(script responses: [Response]) throws(LoopbackServerError) {
    try self.init(core: LoopbackServerCore(queue: responses, answer: nil))
  }

  /// A server that asks `answer` for each response, on the connection's thread.
  ///
  /// - Throws: `LoopbackServerError` when there is no socket to be had, or nobody to count connections.
  public convenience init(
    answering answer: @escaping @Sendable (Request) -> Response
  ) throws(LoopbackServerError) {
    try self.init(core: LoopbackServerCore(queue: [], answer: answer))
  }

  private init(core: LoopbackServerCore) throws(LoopbackServerError) {
    guard let ledger = LoopbackLedger.current else { throw .nobodyCounts }
    let (listener, port) = try LoopbackServerSocket.bound()
    guard listen(listener, 64) == 0 else {
      let code = errno
      _ = Glibc.close(listener)
      throw .systemCall("listen", code: code)
    }
    self.core = core
    self.listener = listener
    self.port = port
    core.startThread { core in core.accept(on: listener) }
    ledger.enter(self)
  }

  deinit { stop() }

  /// Adds a response behind those of the script.
  public func enqueue(_ response: Response) {
    core.state.change { $0.queue.append(response) }
  }

  /// The address of a path, which begins with a slash.
  public func url(_ path: String = "/") -> String {
    "http://127.0.0.1:\(port)\(path)"
  }

  /// Lets everybody through who waits at this gate, now or later.
  public func open(gate name: String) {
    core.state.change { $0.openGates.insert(name) }
    core.ringAll()
  }

  /// What happened so far, in order.
  public var journal: [Event] {
    core.state.read { $0.journal }
  }

  /// The requests so far, in order.
  public var requests: [Request] {
    journal.compactMap { event in
      if case .request(let request) = event { request } else { nil }
    }
  }

  /// Waits for the TLS handshake of the `number`-th connection; nil when none begins there.
  public func clientHello(_ number: Int) -> TLSClientHello? {
    var record: [UInt8] = []
    let isThere = waitFor { journal in
      journal.contains { event in
        guard case .clientHello(number, let bytes) = event else { return false }
        record = bytes
        return true
      }
    }
    return isThere ? TLSClientHello(record: record) : nil
  }

  /// How many connections were opened so far.
  public var openedConnectionCount: Int {
    journal.count { if case .accepted = $0 { true } else { false } }
  }

  /// How many connections are over.
  public var closedConnectionCount: Int {
    journal.count { if case .finished = $0 { true } else { false } }
  }

  /// Waits until everybody who connected before this call is in the journal.
  public func letEverybodyIn() {
    // Another server may have the port of one that stopped.
    guard !core.state.read({ $0.isStopping }) else { return }
    guard let (knock, knockPort) = try? LoopbackServerSocket.bound() else { return }
    defer { _ = Glibc.close(knock) }
    core.state.change { $0.knocks.insert(knockPort) }
    guard LoopbackServerSocket.connect(knock, to: port) else { return }
    _ = core.state.wait(atMostSeconds: Self.patienceSeconds) { state in
      state.isStopping || !state.knocks.contains(knockPort)
    }
  }

  /// Waits until the journal satisfies `predicate`, which is asked again after each new event;
  /// false when it did not within the time.
  public func waitFor(
    within seconds: Double = LoopbackServer.patienceSeconds,
    _ predicate: ([Event]) -> Bool
  ) -> Bool {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while true {
      // Outside the lock, so that the predicate may ask the server.
      let seen = journal
      if predicate(seen) { return true }
      let left = max(0, (deadline - ContinuousClock.now) / .seconds(1))
      let isMore = core.state.wait(atMostSeconds: left) { $0.journal.count > seen.count }
      guard isMore else { return false }
    }
  }

  /// Waits until the journal holds `event`; false when it did not within the time.
  public func waitFor(
    _ event: Event, within seconds: Double = LoopbackServer.patienceSeconds
  ) -> Bool {
    waitFor(within: seconds) { $0.contains(event) }
  }

  /// Drops every connection and ends every thread. Safe to call again.
  public func stop() {
    let isFirst = core.state.change { state in
      defer { state.isStopping = true }
      return !state.isStopping
    }
    guard isFirst else { return }
    core.ringAll()
    _ = core.state.wait(atMostSeconds: Self.patienceSeconds) { $0.threadCount == 0 }
    _ = Glibc.close(listener)
  }
}

/// Why a server could not begin.
public enum LoopbackServerError: Error, Hashable, Sendable {
  /// This call failed with this `errno`.
  case systemCall(String, code: Int32)
  /// The test belongs to no suite with the trait `.everyConnectionCloses`.
  case nobodyCounts
}

/// A port of 127.0.0.1 on which nobody listens, and which nobody else gets as long as this lives.
public final class ClosedPort: Sendable {
  public let port: UInt16
  private let socket: Int32

  /// - Throws: `LoopbackServerError` when there is no socket to be had.
  public init() throws(LoopbackServerError) {
    (socket, port) = try LoopbackServerSocket.bound()
  }

  deinit { _ = Glibc.close(socket) }
}

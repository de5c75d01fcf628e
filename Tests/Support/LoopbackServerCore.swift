// What the threads of one loopback server share, and the thread that accepts.

import CVTerm
import Glibc

/// Everything about a server that changes.
struct LoopbackServerState: Sendable {
  var journal: [LoopbackServer.Event] = []
  /// The ports of the clients, in the order they came.
  var clients: [UInt16] = []
  var queue: [LoopbackServer.Response]
  var openGates: Set<String> = []
  var isStopping = false
  /// The ports of those who only want to know that all before them were let in.
  var knocks: Set<UInt16> = []
  var threadCount = 0
  /// The ends to write to of the threads' bells, by thread.
  var bells: [Int: Int32] = [:]
  var lastThread = 0
}

final class LoopbackServerCore: Sendable {
  let state: LoopbackServerMonitor<LoopbackServerState>
  private let answer: (@Sendable (LoopbackServer.Request) -> LoopbackServer.Response)?

  init(
    queue: [LoopbackServer.Response],
    answer: (@Sendable (LoopbackServer.Request) -> LoopbackServer.Response)?
  ) {
    state = LoopbackServerMonitor(LoopbackServerState(queue: queue))
    self.answer = answer
  }

  func write(_ event: LoopbackServer.Event) {
    state.change { $0.journal.append(event) }
  }

  func response(to request: LoopbackServer.Request) -> LoopbackServer.Response {
    if let answer { return answer(request) }
    return state.change { state in
      guard !state.queue.isEmpty else {
        return .json(#"{"error":"The test has no response for this request"}"#, status: 503)
      }
      return state.queue.removeFirst()
    }
  }

  /// Makes every thread look at the state again.
  func ringAll() {
    state.read { state in
      for bell in state.bells.values { _ = Glibc.write(bell, [1], 1) }
    }
  }

  /// A pipe, read end first, whose write end hears `ringAll` until `unhang`.
  func hangBell() -> (thread: Int, bell: Int32) {
    var ends: [Int32] = [-1, -1]
    _ = pipe2(&ends, O_CLOEXEC | O_NONBLOCK)
    return state.change { state in
      state.lastThread += 1
      state.bells[state.lastThread] = ends[1]
      return (state.lastThread, ends[0])
    }
  }

  func unhangBell(of thread: Int, _ bell: Int32) {
    state.change { state in
      if let end = state.bells.removeValue(forKey: thread) { _ = Glibc.close(end) }
    }
    _ = Glibc.close(bell)
  }

  /// Runs `body` on a thread of its own, which `stop` waits for.
  func startThread(_ body: @escaping @Sendable (LoopbackServerCore) -> Void) {
    state.change { $0.threadCount += 1 }
    let work = Unmanaged.passRetained(LoopbackServerWork(core: self, body: body)).toOpaque()
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    var thread = pthread_t()
    let code = pthread_create(&thread, &attributes, runWork, work)
    pthread_attr_destroy(&attributes)
    if code != 0 {
      Unmanaged<LoopbackServerWork>.fromOpaque(work).release()
      state.change { $0.threadCount -= 1 }
    }
  }

  /// Accepts until the server stops.
  func accept(on listener: Int32) {
    let (thread, bell) = hangBell()
    defer { unhangBell(of: thread, bell) }
    var connection = 0
    while !state.read({ $0.isStopping }) {
      var awaited = [
        pollfd(fd: listener, events: Int16(POLLIN), revents: 0),
        pollfd(fd: bell, events: Int16(POLLIN), revents: 0),
      ]
      guard poll(&awaited, 2, -1) > 0 else { continue }
      if awaited[1].revents != 0 { LoopbackServerSocket.silence(bell) }
      guard awaited[0].revents != 0 else { continue }
      guard let (socket, peer) = LoopbackServerSocket.accepted(from: listener) else { continue }
      guard state.change({ $0.knocks.remove(peer) }) == nil else {
        _ = Glibc.close(socket)
        continue
      }
      connection += 1
      state.change { $0.clients.append(peer) }
      write(.accepted(connection))
      let number = connection
      startThread { core in
        LoopbackServerConnection(number: number, socket: socket, core: core).run()
      }
    }
  }
}

/// What a new thread is handed.
private final class LoopbackServerWork: Sendable {
  let core: LoopbackServerCore
  let body: @Sendable (LoopbackServerCore) -> Void

  init(core: LoopbackServerCore, body: @escaping @Sendable (LoopbackServerCore) -> Void) {
    self.core = core
    self.body = body
  }
}

private func runWork(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let context else { return nil }
  let work = Unmanaged<LoopbackServerWork>.fromOpaque(context).takeRetainedValue()
  work.body(work.core)
  work.core.state.change { $0.threadCount -= 1 }
  return nil
}

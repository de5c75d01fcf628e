import Glibc

/// A port of 127.0.0.1 where connecting hangs: somebody listens and accepts nobody, and the queue of
/// those who wait is full, so that the kernel drops every further SYN (listen(2), backlog).
public final class HungPort: Sendable {
  public let port: UInt16
  private let listener: Int32
  /// The one who fills the queue.
  private let first: Int32

  /// - Throws: `LoopbackServerError` when there is no socket to be had.
  public init() throws(LoopbackServerError) {
    (listener, port) = try LoopbackServerSocket.bound()
    do {
      (first, _) = try LoopbackServerSocket.bound()
    } catch {
      _ = Glibc.close(listener)
      throw error
    }
    // A backlog of none leaves room for one.
    guard listen(listener, 0) == 0, LoopbackServerSocket.connect(first, to: port) else {
      throw .systemCall("listen", code: errno)
    }
    var queue = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
    guard poll(&queue, 1, Int32(LoopbackServer.patienceSeconds * 1000)) == 1 else {
      throw .systemCall("poll", code: errno)
    }
  }

  deinit {
    _ = Glibc.close(first)
    _ = Glibc.close(listener)
  }
}

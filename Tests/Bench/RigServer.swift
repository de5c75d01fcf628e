// The server's side of a rig. It answers nothing by itself: what is sent, and when, is the
// measurement's affair.

import Glibc
import Support

final class RigServer {
  let port: UInt16
  private let listener: Int32
  private var connections: [RigConnection] = []
  /// Connections of our own that fill the queue of a jammed server.
  private var jam: [Int32] = []

  /// - Parameter isJammed: whether its queue is full for ever, so that the kernel drops what wants to
  ///   connect without a word.
  init(isJammed: Bool = false) throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    self.listener = listener
    guard listener >= 0 else { throw HarnessError(call: "socket") }
    _ = fcntl(listener, F_SETFD, FD_CLOEXEC)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        bind(listener, generic, size) == 0 && getsockname(listener, generic, &size) == 0
      }
    }
    port = UInt16(bigEndian: address.sin_port)
    guard isBound, listen(listener, isJammed ? 0 : 16) == 0 else {
      throw HarnessError(call: "bind")
    }
    guard isJammed else { return }
    // A queue of length 0 takes one; what comes after it is dropped.
    for _ in 0..<4 {
      let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      _ = fcntl(client, F_SETFD, FD_CLOEXEC)
      _ = fcntl(client, F_SETFL, O_NONBLOCK)
      withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
          _ = connect(client, generic, size)
        }
      }
      jam.append(client)
    }
  }

  deinit { for descriptor in jam + [listener] { close(descriptor) } }

  /// Whole requests on all connections so far.
  private(set) var requestCount = 0

  /// The connection whose request came last.
  func newest() throws -> RigConnection {
    guard let newest = connections.max(by: { $0.requestSeen < $1.requestSeen }) else {
      throw HarnessError("there is no connection")
    }
    return newest
  }

  /// The connection that was opened last, whether it asked for anything or not; nil when none is open.
  var latest: RigConnection? { connections.last }

  /// What the pump waits for: the listener, then the connections in their order.
  var waits: [pollfd] {
    // A jammed listener always has somebody waiting, and never takes anybody.
    [pollfd(fd: jam.isEmpty ? listener : -1, events: Int16(POLLIN), revents: 0)]
      + connections.map(\.wait)
  }

  /// Takes what `waits` brought.
  func take(_ waits: ArraySlice<pollfd>) throws {
    for (connection, wait) in zip(connections, waits.dropFirst()) where wait.revents != 0 {
      if connection.take(wait.revents) { requestCount += 1 }
    }
    connections.removeAll { !$0.isOpen }
    guard waits.first?.revents != 0 else { return }
    let descriptor = accept(listener, nil, nil)
    guard descriptor >= 0 else { throw HarnessError(call: "accept") }
    connections.append(RigConnection(descriptor))
  }
}

/// One connection of a client.
final class RigConnection {
  private let descriptor: Int32
  private var incoming: [UInt8] = []
  private var outgoing: ArraySlice<UInt8> = []

  private(set) var isOpen = true
  /// When the client's close was seen.
  private(set) var closeSeen: Int64 = 0
  /// When the last whole request had come.
  private(set) var requestSeen: Int64 = 0

  fileprivate init(_ descriptor: Int32) {
    self.descriptor = descriptor
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    var isOn: Int32 = 1
    setsockopt(
      descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &isOn, socklen_t(MemoryLayout<Int32>.size))
  }

  deinit { if isOpen { close(descriptor) } }

  /// POLLRDHUP, which the headers hide without `_GNU_SOURCE`.
  private static let readHangUp = Int16(0x2000)

  fileprivate var wait: pollfd {
    let events = Int16(outgoing.isEmpty ? POLLIN : POLLIN | POLLOUT)
    return pollfd(fd: descriptor, events: events | Self.readHangUp, revents: 0)
  }

  /// Whether everything that was sent has left for the kernel.
  var isFlushed: Bool { outgoing.isEmpty }

  /// Sends bytes, what the socket does not take yet as soon as it does; says when.
  @discardableResult
  func send(_ bytes: [UInt8]) -> Int64 {
    let now = MonotonicClock.nanoseconds
    outgoing += bytes
    flush()
    return now
  }

  /// Ends the connection in order.
  func hangUp() {
    guard isOpen else { return }
    shutdown(descriptor, Int32(SHUT_WR))
  }

  private func flush() {
    guard isOpen, !outgoing.isEmpty else { return }
    let count = outgoing.withUnsafeBytes {
      Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
    }
    if count > 0 { outgoing = outgoing.dropFirst(count) }
  }

  /// Takes what poll saw; true when a request is whole.
  fileprivate func take(_ events: Int16) -> Bool {
    let now = MonotonicClock.nanoseconds
    if events & (Self.readHangUp | Int16(POLLHUP) | Int16(POLLERR)) != 0 {
      closeSeen = now
      isOpen = false
      close(descriptor)
      return false
    }
    if events & Int16(POLLOUT) != 0 { flush() }
    guard events & Int16(POLLIN) != 0 else { return false }
    var bytes = [UInt8](repeating: 0, count: 256 << 10)
    let count = recv(descriptor, &bytes, bytes.count, 0)
    guard count > 0 else { return false }
    incoming += bytes[..<count]
    guard isWhole(incoming) else { return false }
    incoming = []
    requestSeen = MonotonicClock.nanoseconds
    return true
  }

  private func isWhole(_ request: [UInt8]) -> Bool {
    let text = String(decoding: request, as: UTF8.self)
    guard let end = text.firstRange(of: "\r\n\r\n") else { return false }
    for line in text[..<end.lowerBound].split(separator: "\r\n") {
      let words = line.split(separator: " ")
      if words.first?.lowercased() == "content-length:",
        let byteCount = words.last.flatMap({ Int($0) })
      {
        return text[end.upperBound...].utf8.count >= byteCount
      }
    }
    return true
  }
}

// The system calls of the loopback server, in its own words.

import Glibc

/// One non-blocking socket. Whoever has it closes it.
struct LoopbackServerSocket {
  enum Movement {
    case moved(Int)
    case wouldBlock
    case closed
  }

  enum Sight {
    case ready
    case rung
    /// The other side closed or broke the connection.
    case closed
    case timedOut
  }

  let descriptor: Int32

  /// Makes a descriptor non-blocking and hides it from child processes, which would keep it open.
  static func keepToOurselves(_ descriptor: Int32) {
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
  }

  /// A TCP socket on 127.0.0.1 at a port of the kernel's choosing, which does not listen yet.
  static func bound() throws(LoopbackServerError) -> (descriptor: Int32, port: UInt16) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw LoopbackServerError(call: "socket", code: errno) }
    keepToOurselves(descriptor)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        bind(descriptor, generic, size) == 0 && getsockname(descriptor, generic, &size) == 0
      }
    }
    guard isBound else {
      let code = errno
      _ = Glibc.close(descriptor)
      throw LoopbackServerError(call: "bind", code: code)
    }
    return (descriptor, UInt16(bigEndian: address.sin_port))
  }

  func send(_ bytes: ArraySlice<UInt8>) -> Movement {
    let count = bytes.withUnsafeBytes {
      Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
    }
    return count >= 0 ? .moved(count) : Self.failure(errno)
  }

  /// Appends what there is, at most 64 KiB.
  func receive(into bytes: inout [UInt8]) -> Movement {
    withUnsafeTemporaryAllocation(byteCount: 64 * 1024, alignment: 1) { buffer in
      let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
      guard count >= 0 else { return Self.failure(errno) }
      guard count > 0 else { return .closed }
      bytes.append(contentsOf: buffer[..<count])
      return .moved(count)
    }
  }

  private static func failure(_ code: Int32) -> Movement {
    code == EAGAIN || code == EINTR ? .wouldBlock : .closed
  }

  /// Waits for one of `events`, the other side's close, or the bell, which it empties.
  func watch(for events: Int16, bell: Int32) -> Sight {
    let hangUp = Int16(Self.pollReadHangUp)
    var awaited = [
      pollfd(fd: descriptor, events: events | hangUp, revents: 0),
      pollfd(fd: bell, events: Int16(POLLIN), revents: 0),
    ]
    let milliseconds = Int32(LoopbackServer.patienceSeconds * 1000)
    switch poll(&awaited, 2, milliseconds) {
    case 0: return .timedOut
    case ..<0: return .rung
    default: break
    }
    if awaited[1].revents != 0 {
      var rings = [UInt8](repeating: 0, count: 64)
      _ = read(bell, &rings, rings.count)
    }
    let seen = awaited[0].revents
    if seen & (hangUp | Int16(POLLHUP) | Int16(POLLERR)) != 0 { return .closed }
    return seen & events != 0 ? .ready : .rung
  }

  /// POLLRDHUP, which the headers hide without `_GNU_SOURCE`.
  private static let pollReadHangUp = 0x2000

  /// Ends the connection with RST when `breaking`, else in order.
  func close(breaking: Bool) {
    if breaking {
      var option = linger(l_onoff: 1, l_linger: 0)
      setsockopt(
        descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    } else {
      // Reaches the client even if a child process inherited the socket a moment too early.
      shutdown(descriptor, Int32(SHUT_RDWR))
    }
    _ = Glibc.close(descriptor)
  }
}

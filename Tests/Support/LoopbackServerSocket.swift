// The system calls of the loopback server, in its own words.

import CVTerm
import Glibc

/// One non-blocking socket. Whoever has it closes it.
struct LoopbackServerSocket {
  /// How the other side ended the connection: in order (FIN), or by breaking it (RST). A client that
  /// closes while something lies unread before it sends RST too (RFC 1122 section 4.2.2.13).
  enum Farewell {
    case fin
    case rst
  }

  enum Movement {
    case moved(Int)
    case wouldBlock
    case closed(Farewell)
  }

  enum Sight {
    case ready
    case rung
    case closed(Farewell)
    case timedOut
  }

  let descriptor: Int32

  /// Does not block, and is hidden from the first on from child processes, which would keep it open.
  private static let flags = Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)

  /// A TCP socket on 127.0.0.1 at a port of the kernel's choosing, which does not listen yet.
  static func bound() throws(LoopbackServerError) -> (descriptor: Int32, port: UInt16) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | flags, 0)
    guard descriptor >= 0 else { throw .systemCall("socket", code: errno) }
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
      throw .systemCall("bind", code: code)
    }
    return (descriptor, UInt16(bigEndian: address.sin_port))
  }

  /// The next connection of a listener and the port it comes from; nil when there is none.
  static func accepted(from listener: Int32) -> (descriptor: Int32, peer: UInt16)? {
    var address = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let descriptor = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        accept4(listener, $0, &size, flags)
      }
    }
    guard descriptor >= 0 else { return nil }
    // Every write leaves at once: a small one would wait for the answer to the one before it (RFC 896).
    var isSet: Int32 = 1
    setsockopt(
      descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &isSet, socklen_t(MemoryLayout<Int32>.size))
    return (descriptor, UInt16(bigEndian: address.sin_port))
  }

  /// Connects a bound socket to a port of 127.0.0.1; false when that failed. A socket that does not
  /// block may still be on its way.
  static func connect(_ descriptor: Int32, to port: UInt16) -> Bool {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    address.sin_port = port.bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(descriptor, $0, size)
      }
    }
    return code == 0 || errno == EINPROGRESS
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
      guard count > 0 else { return .closed(.fin) }
      bytes.append(contentsOf: buffer[..<count])
      return .moved(count)
    }
  }

  private static func failure(_ code: Int32) -> Movement {
    code == EAGAIN || code == EINTR ? .wouldBlock : .closed(.rst)
  }

  /// Waits for one of `events`, the other side's close, or the bell, which it empties.
  ///
  /// - Parameter isDeaf: whether a FIN goes unheard; an RST never does.
  func watch(for events: Int16, bell: Int32, isDeaf: Bool = false) -> Sight {
    let hangUp = isDeaf ? 0 : Int16(Self.pollReadHangUp)
    var awaited = [
      pollfd(fd: descriptor, events: events | hangUp, revents: 0),
      pollfd(fd: bell, events: Int16(POLLIN), revents: 0),
    ]
    let milliseconds = Int32(LoopbackServer.idleSeconds * 1000)
    switch poll(&awaited, 2, milliseconds) {
    case 0: return .timedOut
    case ..<0: return .rung
    default: break
    }
    if awaited[1].revents != 0 { Self.silence(bell) }
    let seen = awaited[0].revents
    if seen & Int16(POLLERR) != 0 { return .closed(.rst) }
    if seen & (hangUp | Int16(POLLHUP)) != 0 { return .closed(.fin) }
    return seen & events != 0 ? .ready : .rung
  }

  /// Takes the rings out of a bell, so that it can be waited for again.
  static func silence(_ bell: Int32) {
    var rings = [UInt8](repeating: 0, count: 64)
    _ = read(bell, &rings, rings.count)
  }

  /// POLLRDHUP, which the headers hide without `_GNU_SOURCE`.
  private static let pollReadHangUp = 0x2000

  /// Sends FIN and goes on reading.
  func endSending() { shutdown(descriptor, Int32(SHUT_WR)) }

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

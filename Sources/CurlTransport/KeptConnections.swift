// The connections that libcurl keeps for the next request, as far as we must know them.
//
// What lies unread on a kept connection cannot be the answer to a request that was not sent yet. Newer
// libcurls throw such a connection away; 7.88 sends the request on it and takes what lies there for the
// answer, so a server's stray bytes would show as the next reply. So we look before each request.

import CCurl
import Glibc

/// Sockets of connections that no transfer uses, by the port at our end.
struct KeptConnections {
  private var sockets: [UInt16: Int32] = [:]

  /// Notes the connection of a transfer that has ended, if libcurl kept it. Forgets those that are
  /// closed, so there are never more than sockets.
  mutating func noteConnection(of easy: CurlHandle) {
    sockets = sockets.filter { Self.localPort(of: $0.value) == $0.key }
    var socket: curl_socket_t = -1
    guard ccurl_get_socket(easy, &socket) == CURLE_OK, let port = Self.localPort(of: socket) else {
      return
    }
    sockets[port] = socket
  }

  /// Takes a connection into use; false if something lies on it unread, be it the server's end of it.
  /// A new connection is always fit: it is not among these.
  mutating func take(localPort port: UInt16) -> Bool {
    guard let socket = sockets.removeValue(forKey: port), Self.localPort(of: socket) == port else {
      return true
    }
    var byte: UInt8 = 0
    // Nothing to read is an error (EAGAIN).
    return recv(socket, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT)) < 0
  }

  /// The port at our end of a socket; nil when it is no internet socket, or none any more.
  private static func localPort(of socket: Int32) -> UInt16? {
    var address = sockaddr_in6()
    var size = socklen_t(MemoryLayout<sockaddr_in6>.size)
    let code = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(socket, $0, &size) }
    }
    let families = [AF_INET, AF_INET6].map { sa_family_t($0) }
    guard code == 0, families.contains(address.sin6_family) else { return nil }
    // At the same place in both families.
    return UInt16(bigEndian: address.sin6_port)
  }
}

// The scripted server itself, with a bare socket as its client: what it reports is what happened.

import Glibc
import Support
import Testing

@Suite(.everyConnectionCloses) struct LoopbackServerTests {
  @Test func `tells a client that closes in order from one that breaks the connection`() throws {
    let server = try LoopbackServer()
    let orderly = try BareClient(of: server)
    #expect(server.waitFor(.accepted(1)))
    orderly.close(breaking: false)
    #expect(server.waitFor(.receivedFIN(1)))
    let breaking = try BareClient(of: server)
    #expect(server.waitFor(.accepted(2)))
    breaking.close(breaking: true)
    #expect(server.waitFor(.receivedRST(2)))
    #expect(!server.journal.contains(.receivedRST(1)))
    #expect(!server.journal.contains(.receivedFIN(2)))
  }

  @Test func `a connection that the server ended is over when the client has closed it too`() throws
  {
    let server = try LoopbackServer(.init(.head(200, []), .close))
    let client = try BareClient(of: server)
    client.send("GET / HTTP/1.1\r\n\r\n")
    #expect(client.receiveAll() == "HTTP/1.1 200 Scripted\r\n\r\n")
    #expect(server.closedConnectionCount == 0)
    client.close(breaking: false)
    #expect(server.waitFor(.finished(1)))
    #expect(server.journal.suffix(2) == [.receivedFIN(1), .finished(1)])
  }

  @Test func `a connection that is left open is complained of`() throws {
    let ledger = LoopbackLedger()
    let server = try LoopbackLedger.$current.withValue(ledger) { try LoopbackServer() }
    // In the kernel's queue at least: whether the server let it in already is all the same.
    let client = try BareClient(of: server)
    #expect(ledger.complaints(within: 0) == ["opened 1 connections and closed 0, so one leaks"])
    client.close(breaking: false)
    #expect(ledger.complaints() == [])
  }

  @Test func `without a ledger there is no server`() {
    #expect(throws: LoopbackServerError.nobodyCounts) {
      try LoopbackLedger.$current.withValue(nil) { try LoopbackServer() }
    }
  }

  @Test func `an endless answer goes on after the client's FIN and ends with its RST`() throws {
    let server = try LoopbackServer(.init(.head(200, []), .endless(Array("more ".utf8))))
    let client = try BareClient(of: server)
    client.send("GET / HTTP/1.1\r\n\r\n")
    client.endSending()
    // Some of what came after the FIN.
    var byteCount = 0
    while byteCount < 1024 * 1024 { byteCount += try #require(client.receive()?.count) }
    #expect(!server.journal.contains(.finished(1)))
    client.close(breaking: false)
    #expect(server.waitFor(.receivedRST(1)))
  }

  @Test func `a TLS handshake is taken whole, and never answered`() throws {
    let server = try LoopbackServer()
    let client = try BareClient(of: server)
    let hello = Self.clientHello(protocols: ["http/1.1", "h2"])
    client.send(hello.prefix(3))
    client.send(hello.dropFirst(3).prefix(20))
    client.send(hello.dropFirst(23))
    #expect(server.waitFor(.clientHello(1, hello)))
    #expect(TLSClientHello(record: hello)?.protocols == ["http/1.1", "h2"])
    client.close(breaking: false)
    #expect(server.waitFor(.closedByClient(1)))
  }

  @Test(arguments: [[], [22, 3, 1, 0, 1, 1], [22, 3, 1, 0, 0]] as [[UInt8]])
  func `what is no client hello is not taken for one`(bytes: [UInt8]) {
    #expect(TLSClientHello(record: bytes) == nil)
  }

  @Test func `everybody who came is in the journal after letting everybody in`() throws {
    let server = try LoopbackServer()
    let clients = try (0..<20).map { _ in try BareClient(of: server) }
    server.letEverybodyIn()
    #expect(server.openedConnectionCount == 20)
    for client in clients { client.close(breaking: false) }
  }

  /// A TLS client's first record with one cipher suite, a server name and these protocols.
  private static func clientHello(protocols: [String]) -> [UInt8] {
    func block(_ bytes: [UInt8], _ lengthByteCount: Int) -> [UInt8] {
      (0..<lengthByteCount).reversed().map { UInt8(truncatingIfNeeded: bytes.count >> ($0 * 8)) }
        + bytes
    }
    let names = protocols.flatMap { block(Array($0.utf8), 1) }
    let extensions: [UInt8] =
      [0, 0] + block(block([0] + block(Array("a.test".utf8), 2), 2), 2)
      + [0, 16] + block(block(names, 2), 2)
    let body: [UInt8] =
      [3, 3] + [UInt8](repeating: 7, count: 32) + block([9, 9], 1) + block([0x13, 1], 2)
      + block([0], 1) + block(extensions, 2)
    return [22, 3, 1] + block([1] + block(body, 3), 2)
  }
}

/// A client that is nothing but a socket, blocking.
private struct BareClient {
  private let socket: Int32

  init(of server: LoopbackServer) throws {
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
    try #require(socket >= 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    address.sin_port = server.port.bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket, $0, size) }
    }
    try #require(code == 0)
  }

  func send(_ text: String) { send(Array(text.utf8)) }

  func send(_ bytes: some Collection<UInt8>) {
    let bytes = Array(bytes)
    #expect(Glibc.send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count)
  }

  func endSending() { shutdown(socket, Int32(SHUT_WR)) }

  /// The next bytes; nil at the end.
  func receive() -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    let count = recv(socket, &buffer, buffer.count, 0)
    return count > 0 ? Array(buffer[..<count]) : nil
  }

  /// Everything up to the server's FIN.
  func receiveAll() -> String {
    var bytes: [UInt8] = []
    while let more = receive() { bytes += more }
    return String(decoding: bytes, as: UTF8.self)
  }

  func close(breaking: Bool) {
    if breaking {
      var option = linger(l_onoff: 1, l_linger: 0)
      setsockopt(socket, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }
    _ = Glibc.close(socket)
  }
}

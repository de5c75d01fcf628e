// An abort reaches the server before `close` returns, wherever the transfer is, and nothing of it
// is heard again. In every test the server stands still, so only the close can be what it sees.

import CurlTransport
import Glibc
import LoopbackTests
import Support
import Testing
import Wire

@Suite(.everyConnectionCloses) struct ClosingTests {
  @Test func `S17 closing in mid-stream reaches the server`() throws {
    let server = try LoopbackServer(.eventStream([.event("one"), .gate("shut"), .event("two")]))
    let transport = try Transport()
    transport.open(.stream(1), HTTPRequest(.get, url: server.url()))
    #expect(transport.follow(.stream(1)) { !$0.body.isEmpty }.text == "data: one\n\n")
    transport.close(.stream(1))
    #expect(server.waitFor(.closedByClient(1)))
    expectSilence(of: transport, and: server)
  }

  @Test func `T05 closing before the headers reaches the server`() throws {
    let server = try LoopbackServer(.init(.gate("shut"), .head(200, []), .text("late")))
    let transport = try Transport()
    transport.open(.stream(1), HTTPRequest(.get, url: server.url()))
    drive(transport) { server.requests.count == 1 }
    transport.close(.stream(1))
    #expect(server.waitFor(.closedByClient(1)))
    expectSilence(of: transport, and: server)
  }

  @Test func `T06 closing after the headers reaches the server`() throws {
    let server = try LoopbackServer(.eventStream([.gate("shut"), .event("late")]))
    let transport = try Transport()
    transport.open(.stream(1), HTTPRequest(.get, url: server.url()))
    #expect(transport.follow(.stream(1)) { $0.head != nil }.head?.status == 200)
    transport.close(.stream(1))
    #expect(server.waitFor(.closedByClient(1)))
    expectSilence(of: transport, and: server)
  }

  @Test func `T16 closing while the server is still sending reaches the server`() throws {
    let flood = [UInt8](repeating: 65, count: 32 * 1024 * 1024)
    let server = try LoopbackServer(
      .init(.head(200, []), .bytes(flood), .gate("shut"), .text("late")))
    let transport = try Transport()
    transport.open(.stream(1), HTTPRequest(.get, url: server.url()))
    #expect(!transport.follow(.stream(1)) { !$0.body.isEmpty }.isOver)
    transport.close(.stream(1))
    #expect(server.waitFor(.closedByClient(1)))
    expectSilence(of: transport, and: server)
  }

  @Test func `S16 T59 bytes that wait in the socket are not delivered after a close`() throws {
    let server = try LoopbackServer(
      .eventStream([.event("one"), .gate("two"), .event("two"), .untilClosed]),
      .eventStream([.event("other")]))
    let transport = try Transport()
    transport.open(.stream(1), HTTPRequest(.get, url: server.url()))
    _ = transport.follow(.stream(1)) { !$0.body.isEmpty }
    server.open(gate: "two")
    // The bytes are there, and not yet read, when the key comes.
    _ = transport.wait(for: [], atMostMilliseconds: 10_000)
    transport.close(.stream(1))
    transport.open(.stream(2), HTTPRequest(.get, url: server.url()))
    var owners: Set<TransferID> = []
    drive(transport, into: &owners) { server.journal.contains(.answered(2)) }
    #expect(server.waitFor(.closedByClient(1)))
    #expect(owners.isSubset(of: [.stream(2)]))
  }

  @Test func `closing one transfer leaves the other alone`() throws {
    let server = try LoopbackServer(
      .eventStream([.event("a"), .untilClosed]),
      .eventStream([.event("b"), .gate("more"), .event("c")]))
    let transport = try Transport()
    transport.open(.stream(1), HTTPRequest(.get, url: server.url()))
    _ = transport.follow(.stream(1)) { !$0.body.isEmpty }
    transport.open(.stream(2), HTTPRequest(.get, url: server.url()))
    let begun = transport.follow(.stream(2)) { !$0.body.isEmpty }
    transport.close(.stream(1))
    #expect(server.waitFor(.closedByClient(1)))
    server.open(gate: "more")
    let exchange = transport.follow(.stream(2), from: begun) { $0.isOver }
    #expect(exchange.text == "data: b\n\ndata: c\n\n")
    #expect(exchange.failure == nil)
  }

  @Test func `T02 closing during a look-up returns`() throws {
    let transport = try Transport()
    transport.open(.stream(1), HTTPRequest(.get, url: "http://\(UnknownName.text)/"))
    _ = transport.events()
    transport.close(.stream(1))
    #expect(transport.events().isEmpty)
  }

  @Test func `S56 T01 closing before anything was sent opens no connection`() throws {
    let server = try LoopbackServer(.json("{}"))
    let transport = try Transport()
    transport.open(.stream(1), HTTPRequest(.get, url: server.url()))
    transport.close(.stream(1))
    #expect(transport.events().isEmpty)
    server.letEverybodyIn()
    #expect(server.journal.isEmpty)
  }

  @Test func `closing a transfer that could not begin silences its end`() throws {
    let transport = try Transport()
    transport.open(.stream(1), HTTPRequest(.get, url: "nowhere"))
    transport.close(.stream(1))
    #expect(transport.events().isEmpty)
  }

  @Test func `S01 closing a hundred times is closing once`() throws {
    let server = try LoopbackServer(
      .eventStream([.event("one"), .untilClosed]), .eventStream([.event("two")]))
    let transport = try Transport()
    transport.open(.stream(1), HTTPRequest(.get, url: server.url()))
    _ = transport.follow(.stream(1)) { !$0.body.isEmpty }
    for _ in 1...100 { transport.close(.stream(1)) }
    #expect(server.waitFor(.closedByClient(1)))
    let next = transport.carry(HTTPRequest(.get, url: server.url()), as: .stream(2))
    #expect(next.text == "data: two\n\n")
    #expect(server.journal.count { $0 == .closedByClient(1) } == 1)
  }

  @Test func `closing what is not open is no error`() throws {
    let transport = try Transport()
    transport.close(.stream(1))
    #expect(transport.events().isEmpty)
  }

  @Test func `a child process does not inherit the sockets`() throws {
    let server = try LoopbackServer(.init(.untilClosed))
    let transport = try Transport()
    transport.open(.stream(1), HTTPRequest(.get, url: server.url()))
    drive(transport) { server.requests.count == 1 }
    let sockets = (0..<1024).filter { peerPort(of: $0) == server.port }
    #expect(sockets.count == 1)
    #expect(sockets.allSatisfy { fcntl($0, F_GETFD) & FD_CLOEXEC != 0 })
    transport.close(.stream(1))
  }

  /// Nothing is delivered any more, not even when the server goes on.
  private func expectSilence(of transport: Transport, and server: LoopbackServer) {
    server.open(gate: "shut")
    #expect(server.waitFor(.finished(1)))
    #expect(transport.wait(for: [], atMostMilliseconds: 0) == .none)
    #expect(transport.events().isEmpty)
    #expect(!transport.isOpen(.stream(1)))
    #expect(server.openedConnectionCount == 1)
    #expect(server.closedConnectionCount == 1)
  }

  private func drive(_ transport: Transport, until isEnough: () -> Bool) {
    var owners: Set<TransferID> = []
    drive(transport, into: &owners, until: isEnough)
  }

  /// Runs the transport until `isEnough`, or for as long as a test waits, and notes whose events came.
  private func drive(
    _ transport: Transport, into owners: inout Set<TransferID>, until isEnough: () -> Bool
  ) {
    let deadline = ContinuousClock.now + .seconds(LoopbackServer.patienceSeconds)
    while !isEnough(), ContinuousClock.now < deadline {
      _ = transport.wait(for: [], atMostMilliseconds: 10)
      owners.formUnion(transport.events().map(\.0))
    }
  }

  private func peerPort(of descriptor: Int32) -> UInt16? {
    var address = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        getpeername(descriptor, $0, &size)
      }
    }
    guard code == 0, address.sin_family == sa_family_t(AF_INET) else { return nil }
    return UInt16(bigEndian: address.sin_port)
  }
}

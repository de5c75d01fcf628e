// What each fault of the far side is called.

import CurlTransport
import LoopbackTests
import Support
import Testing
import Wire

@Suite(.everyConnectionCloses) struct FailureTests {
  @Test(arguments: ["", "nowhere", "ftp://127.0.0.1/", "http://", "http://a b/", "http://a:99999/"])
  func `an address that cannot be opened ends the transfer`(url: String) throws {
    let exchange = try Transport().carry(HTTPRequest(.get, url: url))
    #expect(exchange.failure?.kind == .badAddress)
    #expect(exchange.head == nil)
  }

  @Test func `a header that would break out of its line is not sent`() throws {
    let server = try LoopbackServer(.json("{}"))
    let header = HTTPHeader("X-Api-Key", "secret\r\nX-Other: 1", isSecret: true)
    let exchange = try Transport().carry(
      HTTPRequest(.get, url: server.url(), headers: [header]))
    #expect(exchange.failure?.kind == .other)
    #expect(exchange.failure?.detail.contains("secret") == false)
    #expect(server.journal.isEmpty)
  }

  @Test func `nobody listens`() throws {
    let port = try ClosedPort()
    let exchange = try Transport().carry(
      HTTPRequest(.get, url: "http://127.0.0.1:\(port.port)/"))
    #expect(exchange.failure?.kind == .connectionRefused)
    #expect(exchange.failure?.detail.isEmpty == false)
  }

  @Test func `no machine has the name`() throws {
    let exchange = try Transport().carry(
      HTTPRequest(.get, url: "http://\(UnknownName.text)/"))
    #expect(exchange.failure?.kind == .nameNotFound)
  }

  @Test func `the connection closes within the TLS handshake`() throws {
    let server = try LoopbackServer()
    let transport = try Transport()
    let url = server.url().replacing("http:", with: "https:")
    transport.open(.stream(1), HTTPRequest(.get, url: url))
    while server.openedConnectionCount == 0 {
      _ = transport.wait(for: [], atMostMilliseconds: 10)
      #expect(transport.events().isEmpty)
    }
    server.stop()
    #expect(transport.follow(.stream(1)) { $0.isOver }.failure?.kind == .handshakeFailed)
  }

  @Test func `a handshake that nobody answers runs into the request's time for it`() throws {
    let server = try LoopbackServer(.init(.untilClosed))
    let url = server.url().replacing("http:", with: "https:")
    let exchange = try Transport().carry(
      HTTPRequest(.get, url: url, connectTimeoutMilliseconds: 50))
    #expect(exchange.failure?.kind == .connectTimedOut)
  }

  @Test func `what answers is not HTTP`() throws {
    let server = try LoopbackServer(.init(.text("SSH-2.0-OpenSSH_9.2\r\n"), .close))
    #expect(try failure(of: server).kind == .notHTTP)
  }

  @Test func `the connection closes before the response`() throws {
    let server = try LoopbackServer(.init(.close))
    #expect(try failure(of: server).kind == .noResponse)
  }

  @Test func `T32 the connection breaks before the response`() throws {
    let server = try LoopbackServer(.init(.reset))
    #expect(try failure(of: server).kind == .noResponse)
  }

  @Test func `the connection closes within the headers`() throws {
    let server = try LoopbackServer(.init(.text("HTTP/1.1 200 OK\r\nContent-Ty"), .close))
    let exchange = try Transport().carry(HTTPRequest(.get, url: server.url()))
    #expect(exchange.failure?.kind == .connectionLost)
    #expect(exchange.head == nil)
  }

  @Test func `T32 the connection breaks within the body`() throws {
    let server = try LoopbackServer(
      .init(
        .head(200, [.init("Transfer-Encoding", "chunked")]), .chunk("part"), .gate("break"),
        .reset))
    let transport = try Transport()
    transport.open(.stream(1), HTTPRequest(.get, url: server.url()))
    let begun = transport.follow(.stream(1)) { !$0.body.isEmpty }
    server.open(gate: "break")
    let exchange = transport.follow(.stream(1), from: begun) { $0.isOver }
    #expect(exchange.failure?.kind == .connectionLost)
    #expect(exchange.text == "part")
  }

  @Test func `a body shorter than its length`() throws {
    let server = try LoopbackServer(
      .init(.head(200, [.init("Content-Length", "100")]), .text("part"), .close))
    let exchange = try Transport().carry(HTTPRequest(.get, url: server.url()))
    #expect(exchange.failure?.kind == .bodyCutShort)
    #expect(exchange.text == "part")
  }

  @Test func `a chunked body without its last chunk`() throws {
    let server = try LoopbackServer(
      .init(.head(200, [.init("Transfer-Encoding", "chunked")]), .chunk("part"), .close))
    let exchange = try Transport().carry(HTTPRequest(.get, url: server.url()))
    #expect(exchange.failure?.kind == .bodyCutShort)
    #expect(exchange.text == "part")
  }

  @Test func `T30 a body without framing that was cut looks whole`() throws {
    let server = try LoopbackServer(.init(.head(200, []), .text("data: par"), .close))
    let exchange = try Transport().carry(HTTPRequest(.get, url: server.url()))
    #expect(exchange.isOver)
    #expect(exchange.failure == nil)
    #expect(exchange.text == "data: par")
  }

  @Test func `T29 a chunk whose size is no number`() throws {
    let server = try LoopbackServer(
      .init(
        .head(200, [.init("Transfer-Encoding", "chunked")]), .text("zz\r\npart\r\n"),
        .untilClosed))
    #expect(try failure(of: server).kind == .badResponse)
  }

  @Test func `T58 more header bytes than the limit`() throws {
    let line = LoopbackServer.Header("X-Filler", String(repeating: "x", count: 1000))
    let server = try LoopbackServer(
      .init(.head(200, Array(repeating: line, count: 110)), .untilClosed))
    let failure = try failure(of: server)
    #expect(failure.kind == .badResponse)
    #expect(server.waitFor(.closedByClient(1)))
  }

  @Test func `T58 one header line longer than the limit`() throws {
    let line = LoopbackServer.Header("X-Filler", String(repeating: "x", count: 200_000))
    let server = try LoopbackServer(.init(.head(200, [line]), .untilClosed))
    let failure = try failure(of: server)
    #expect(failure.kind == .badResponse, "\(failure)")
  }

  @Test func `T58 informational responses without end`() throws {
    let heads = Array(repeating: LoopbackServer.Step.head(103, [.init("Link", "x")]), count: 5000)
    let server = try LoopbackServer(.init(heads + [.untilClosed]))
    #expect(try failure(of: server).kind == .badResponse)
  }

  @Test func `trailers without end`() throws {
    let trailer = "X-Trailer: " + String(repeating: "x", count: 1000) + "\r\n"
    let server = try LoopbackServer(
      .init(
        .head(200, [.init("Transfer-Encoding", "chunked")]), .chunk("whole"), .text("0\r\n"),
        .text(String(repeating: trailer, count: 200)), .untilClosed))
    #expect(try failure(of: server).kind == .badResponse)
  }

  /// How a plain request to this server fails.
  private func failure(of server: LoopbackServer) throws -> TransferFailure {
    let exchange = try Transport().carry(HTTPRequest(.get, url: server.url()))
    return try #require(exchange.failure)
  }
}

// What comes through when nothing goes wrong.

import LoopbackTests
import Support
import Testing
import Wire

@testable import CurlTransport

@Suite(.everyConnectionCloses) struct TransportTests {
  @Test func `chunks arrive in order while the stream is open`() throws {
    let server = try LoopbackServer(
      .eventStream([.event("one"), .gate("two"), .event("two"), .gate("three"), .event("three")]))
    let transport = try Transport()
    transport.open(.stream(1), HTTPRequest(.get, url: server.url()))
    var exchange = transport.follow(.stream(1)) { $0.text == "data: one\n\n" }
    #expect(exchange.text == "data: one\n\n")
    server.open(gate: "two")
    exchange = transport.follow(.stream(1), from: exchange) { $0.text.hasSuffix("two\n\n") }
    #expect(exchange.text == "data: one\n\ndata: two\n\n")
    #expect(!exchange.isOver)
    server.open(gate: "three")
    exchange = transport.follow(.stream(1), from: exchange) { $0.isOver }
    #expect(exchange.text == "data: one\n\ndata: two\n\ndata: three\n\n")
    #expect(exchange.isInOrder)
    #expect(exchange.failure == nil)
    #expect(!transport.isOpen(.stream(1)))
  }

  @Test func `the head comes with the status and the headers before any body`() throws {
    let server = try LoopbackServer(
      .init(.head(200, [.init("X-Request-Id", "r1"), .init("Content-Length", "2")]), .untilClosed))
    let transport = try Transport()
    transport.open(.stream(1), HTTPRequest(.get, url: server.url()))
    let exchange = transport.follow(.stream(1)) { $0.head != nil }
    #expect(exchange.head?.status == 200)
    #expect(exchange.head?.header("x-request-id") == "r1")
    #expect(!exchange.isOver)
  }

  @Test func `T58 the head is that of the last response`() throws {
    let server = try LoopbackServer(
      .init(
        .head(103, [.init("Link", "early")]), .head(200, [.init("Content-Length", "2")]),
        .text("ok")))
    let exchange = try Transport().carry(HTTPRequest(.get, url: server.url()))
    #expect(
      exchange.head == HTTPResponseHead(status: 200, headers: [HTTPHeader("Content-Length", "2")]))
    #expect(exchange.text == "ok")
  }

  @Test func `a request arrives as it was written`() throws {
    let server = try LoopbackServer(.json("{}"))
    let request = HTTPRequest(
      .post, url: server.url("/v1/chat?a=b"),
      headers: [
        HTTPHeader("Content-Type", "application/json"), HTTPHeader("X-Empty", ""),
        HTTPHeader("User-Agent", "patter/1"), HTTPHeader("X-Api-Key", "k", isSecret: true),
      ], body: [0, 1, 0, 255])
    #expect(try Transport().carry(request).failure == nil)
    let arrived = try #require(server.requests.first)
    #expect(arrived.method == "POST")
    #expect(arrived.path == "/v1/chat?a=b")
    #expect(arrived.body == [0, 1, 0, 255])
    #expect(arrived.header("content-type") == "application/json")
    #expect(arrived.header("x-empty") == "")
    #expect(arrived.header("user-agent") == "patter/1")
    #expect(arrived.header("x-api-key") == "k")
  }

  @Test func `an empty body is sent as an empty body`() throws {
    let server = try LoopbackServer(.json("{}"))
    #expect(try Transport().carry(HTTPRequest(.post, url: server.url())).failure == nil)
    #expect(server.requests.first?.header("content-length") == "0")
  }

  @Test func `a large body is sent at once, without asking to continue`() throws {
    let server = try LoopbackServer(.json("{}"))
    let body = [UInt8](repeating: 7, count: 2 * 1024 * 1024)
    let exchange = try Transport().carry(HTTPRequest(.post, url: server.url(), body: body))
    #expect(exchange.failure == nil)
    let arrived = try #require(server.requests.first)
    #expect(arrived.header("expect") == nil)
    #expect(arrived.body.elementsEqual(body))
  }

  @Test func `T28 no compression is asked for and none is undone`() throws {
    let server = try LoopbackServer(
      .init(
        .head(200, [.init("Content-Encoding", "gzip"), .init("Content-Length", "3")]),
        .text("raw")))
    let exchange = try Transport().carry(
      HTTPRequest(
        .get, url: server.url(), headers: [HTTPHeader("Accept-Encoding", "identity")]))
    #expect(exchange.text == "raw")
    #expect(exchange.failure == nil)
    let encodings = server.requests.first?.headers.filter {
      $0.name.lowercased() == "accept-encoding"
    }
    #expect(encodings?.map(\.value) == ["identity"])
  }

  @Test func `T57 a redirect is not followed`() throws {
    let server = try LoopbackServer(
      .init(.head(302, [.init("Location", "/elsewhere"), .init("Content-Length", "0")])))
    let exchange = try Transport().carry(HTTPRequest(.get, url: server.url()))
    #expect(exchange.head?.status == 302)
    #expect(exchange.failure == nil)
    #expect(server.requests.map(\.path) == ["/"])
  }

  @Test func `the body of a refusal is delivered`() throws {
    let server = try LoopbackServer(.json(#"{"error":"no key"}"#, status: 401))
    let exchange = try Transport().carry(HTTPRequest(.get, url: server.url()))
    #expect(exchange.head?.status == 401)
    #expect(exchange.text == #"{"error":"no key"}"#)
    #expect(exchange.failure == nil)
  }

  @Test func `a connection that ended well carries the next transfer`() throws {
    let server = try LoopbackServer(.json("1"), .json("2"))
    let transport = try Transport()
    #expect(transport.carry(HTTPRequest(.get, url: server.url()), as: .lookup(1)).text == "1")
    #expect(transport.carry(HTTPRequest(.get, url: server.url()), as: .lookup(2)).text == "2")
    #expect(server.openedConnectionCount == 1)
  }

  @Test func `T29 what a server says unasked on a kept connection answers no request`() throws {
    let server = try LoopbackServer(
      .init(
        LoopbackServer.Response.json("1").steps + [.gate("late")]
          + LoopbackServer.Response.json("stray").steps),
      .json("2"))
    let transport = try Transport()
    #expect(transport.carry(HTTPRequest(.get, url: server.url()), as: .lookup(1)).text == "1")
    server.open(gate: "late")
    #expect(server.waitFor(.answered(1)))
    #expect(transport.carry(HTTPRequest(.get, url: server.url()), as: .lookup(2)).text == "2")
    #expect(server.requests.map(\.connection) == [1, 2])
  }

  @Test func `a kept connection that the server closed is not used again`() throws {
    let server = try LoopbackServer(
      .init(LoopbackServer.Response.json("1").steps + [.gate("close"), .close]), .json("2"))
    let transport = try Transport()
    #expect(transport.carry(HTTPRequest(.get, url: server.url()), as: .lookup(1)).text == "1")
    server.open(gate: "close")
    #expect(ConnectionTable.wait { $0.clientCount(of: server.port, in: .closeWait) == 1 })
    #expect(transport.carry(HTTPRequest(.get, url: server.url()), as: .lookup(2)).text == "2")
    #expect(server.requests.map(\.connection) == [1, 2])
  }

  @Test func `two transfers run side by side`() throws {
    let server = try LoopbackServer { request in
      .init(
        .head(200, [.init("Content-Length", "2")]), .gate(request.path), .text(request.path))
    }
    let transport = try Transport()
    transport.open(.stream(1), HTTPRequest(.get, url: server.url("/a")))
    transport.open(.stream(2), HTTPRequest(.get, url: server.url("/b")))
    server.open(gate: "/b")
    #expect(transport.follow(.stream(2)) { $0.isOver }.text == "/b")
    #expect(transport.isOpen(.stream(1)))
    server.open(gate: "/a")
    #expect(transport.follow(.stream(1)) { $0.isOver }.text == "/a")
  }

  @Test func `T50 a fast server fills no more than the buffer, and nothing is lost`() throws {
    let limit = 16 * 1024
    let body = (0..<(3 * 1024 * 1024)).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 7) }
    let server = try LoopbackServer(
      .init(
        .head(200, [.init("Content-Length", String(body.count))]), .gate("body"), .bytes(body)))
    let transport = try Transport(bufferedByteCountLimit: limit)
    transport.open(.stream(1), HTTPRequest(.get, url: server.url()))
    var exchange = transport.follow(.stream(1)) { $0.head != nil }
    server.open(gate: "body")
    var largestByteCount = 0
    let deadline = ContinuousClock.now + .seconds(10)
    while !exchange.isOver, ContinuousClock.now < deadline {
      _ = transport.wait(for: [], atMostMilliseconds: 1000)
      let earlierByteCount = exchange.body.count
      for (_, event) in transport.events() { exchange.take(event) }
      largestByteCount = max(largestByteCount, exchange.body.count - earlierByteCount)
    }
    // Not `==`, whose difference would take minutes to print.
    #expect(exchange.body.elementsEqual(body))
    #expect(exchange.isInOrder)
    #expect(exchange.failure == nil)
    #expect(largestByteCount <= limit + 16 * 1024)
  }

  @Test func `many small chunks come through the smallest buffer`() throws {
    let pieces = (0..<4000).map { "piece \($0)\n" }
    let server = try LoopbackServer(.eventStream([.chunk("first\n")] + pieces.map { .chunk($0) }))
    let transport = try Transport(bufferedByteCountLimit: 1)
    let exchange = transport.carry(HTTPRequest(.get, url: server.url()))
    #expect(exchange.text == "first\n" + pieces.joined())
    #expect(exchange.failure == nil)
  }

  @Test func `S04 every connection that was opened is closed with the transport`() throws {
    let server = try LoopbackServer(
      .json("1"), .eventStream([.event("a"), .untilClosed]), .init(.untilClosed))
    var transport: Transport? = try Transport()
    _ = transport?.carry(HTTPRequest(.get, url: server.url()))
    transport?.open(.stream(2), HTTPRequest(.get, url: server.url()))
    _ = transport?.follow(.stream(2)) { !$0.body.isEmpty }
    transport?.open(.stream(3), HTTPRequest(.get, url: server.url()))
    while server.requests.count < 3 {
      _ = transport?.wait(for: [], atMostMilliseconds: 10)
      _ = transport?.events()
    }
    transport = nil
    #expect(server.waitFor { $0.filter { $0 == .finished(1) || $0 == .finished(2) }.count == 2 })
    #expect(server.openedConnectionCount == 2)
    #expect(server.closedConnectionCount == 2)
  }
}

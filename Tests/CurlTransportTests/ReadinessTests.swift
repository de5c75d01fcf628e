// The program's one sleep.

import CurlTransport
import Glibc
import LoopbackTests
import Support
import Testing
import Wire

@Suite(.everyConnectionCloses) struct ReadinessTests {
  @Test func `a transport with nothing to do reports nothing`() throws {
    let transport = try Transport()
    let ends = pipeEnds()
    defer { closeAll(ends) }
    #expect(transport.wait(for: [], atMostMilliseconds: 0) == .none)
    #expect(transport.wait(for: [ends[0]], atMostMilliseconds: 0) == .none)
    #expect(transport.events().isEmpty)
  }

  @Test func `a byte in a pipe ends a sleep without a limit`() throws {
    let transport = try Transport()
    let quiet = pipeEnds()
    let loud = pipeEnds()
    defer { closeAll(quiet + loud) }
    _ = write(loud[1], [1], 1)
    let readiness = transport.wait(for: [quiet[0], loud[0]], atMostMilliseconds: -1)
    #expect(readiness == Readiness(readable: [loud[0]]))
    #expect(readiness.isReadable(loud[0]))
    #expect(!readiness.isReadable(quiet[0]))
  }

  @Test func `a pipe whose writer is gone ends a sleep without a limit`() throws {
    let transport = try Transport()
    let ends = pipeEnds()
    defer { _ = close(ends[0]) }
    _ = close(ends[1])
    #expect(
      transport.wait(for: [ends[0]], atMostMilliseconds: -1) == Readiness(readable: [ends[0]]))
  }

  @Test func `a terminal that hung up ends a sleep without a limit`() throws {
    let transport = try Transport()
    let master = Glibc.open("/dev/ptmx", O_RDWR | O_NOCTTY)
    // TIOCSPTLCK and TIOCGPTPEER (ioctl_tty(2)), whose macros Swift does not import.
    var isLocked: Int32 = 0
    #expect(ioctl(master, 0x4004_5431, &isLocked) == 0)
    let terminal = ioctl(master, 0x5441, O_RDWR | O_NOCTTY)
    #expect(terminal >= 0)
    defer { _ = close(terminal) }
    _ = close(master)
    #expect(
      transport.wait(for: [terminal], atMostMilliseconds: -1) == Readiness(readable: [terminal]))
  }

  @Test func `a silent stream does not end a sleep, and a byte in a pipe does`() throws {
    let server = try LoopbackServer(.eventStream([.event("a"), .untilClosed]))
    let transport = try Transport()
    let ends = pipeEnds()
    defer { closeAll(ends) }
    transport.open(.stream(1), HTTPRequest(.get, url: server.url()))
    _ = transport.follow(.stream(1)) { !$0.body.isEmpty }
    #expect(transport.wait(for: [ends[0]], atMostMilliseconds: 0) == .none)
    _ = write(ends[1], [1], 1)
    #expect(transport.wait(for: [ends[0]], atMostMilliseconds: -1).isReadable(ends[0]))
    #expect(transport.events().isEmpty)
    #expect(transport.isOpen(.stream(1)))
  }

  @Test func `a key and a delta that come together are both there to be had, key first`() throws {
    let server = try LoopbackServer(
      .eventStream([.event("a"), .gate("b"), .event("b"), .gate("end")]))
    let transport = try Transport()
    let ends = pipeEnds()
    defer { closeAll(ends) }
    transport.open(.stream(1), HTTPRequest(.get, url: server.url()))
    _ = transport.follow(.stream(1)) { !$0.body.isEmpty }
    server.open(gate: "b")
    _ = transport.wait(for: [], atMostMilliseconds: 10_000)
    _ = write(ends[1], [27], 1)
    #expect(transport.wait(for: [ends[0]], atMostMilliseconds: -1).isReadable(ends[0]))
    transport.close(.stream(1))
    #expect(transport.events().isEmpty)
    #expect(server.waitFor(.closedByClient(1)))
  }

  @Test func `a transfer that could not begin ends a sleep without a limit`() throws {
    let transport = try Transport()
    transport.open(.stream(1), HTTPRequest(.get, url: "nowhere"))
    #expect(transport.wait(for: [], atMostMilliseconds: -1) == .none)
    #expect(transport.events().map(\.0) == [.stream(1)])
    #expect(!transport.isOpen(.stream(1)))
  }

  @Test func `a transfer that was just opened ends a sleep without a limit`() throws {
    let server = try LoopbackServer(.json("{}"))
    let transport = try Transport()
    transport.open(.stream(1), HTTPRequest(.get, url: server.url()))
    var exchange = Exchange()
    while !exchange.isOver {
      _ = transport.wait(for: [], atMostMilliseconds: -1)
      for (_, event) in transport.events() { exchange.take(event) }
    }
    #expect(exchange.text == "{}")
  }

  private func pipeEnds() -> [Int32] {
    var ends: [Int32] = [-1, -1]
    #expect(pipe(&ends) == 0)
    return ends
  }

  private func closeAll(_ descriptors: [Int32]) {
    for descriptor in descriptors { _ = close(descriptor) }
  }
}

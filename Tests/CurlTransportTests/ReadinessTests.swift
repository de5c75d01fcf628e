// The program's one sleep.

import CLinux
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
    let (master, terminal) = terminalEnds()
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

  @Test func `room in a pipe ends a sleep without a limit`() throws {
    let transport = try Transport()
    let ends = pipeEnds()
    defer { closeAll(ends) }
    let readiness = transport.wait(
      for: [ends[0]], also: [.writing(ends[1])], atMostMilliseconds: -1)
    #expect(readiness == Readiness(writable: [ends[1]]))
    #expect(readiness.isWritable(ends[1]))
    #expect(!readiness.isWritable(ends[0]))
  }

  @Test func `a full pipe does not end a sleep, and room in it does`() throws {
    let transport = try Transport()
    let ends = pipeEnds()
    defer { closeAll(ends) }
    let capacity = fill(ends[1])
    #expect(transport.wait(for: [], also: [.writing(ends[1])], atMostMilliseconds: 0) == .none)
    var bytes = [UInt8](repeating: 0, count: capacity)
    #expect(read(ends[0], &bytes, capacity) == capacity)
    #expect(
      transport.wait(for: [], also: [.writing(ends[1])], atMostMilliseconds: -1).isWritable(ends[1])
    )
  }

  @Test func `a full pipe that nobody reads any more ends a sleep, for the write will say so`()
    throws
  {
    let transport = try Transport()
    let ends = pipeEnds()
    defer { _ = close(ends[1]) }
    _ = fill(ends[1])
    _ = close(ends[0])
    #expect(
      transport.wait(for: [], also: [.writing(ends[1])], atMostMilliseconds: -1)
        == Readiness(writable: [ends[1]]))
  }

  @Test func `a pipe watched for its breaking is silent while somebody reads it`() throws {
    let transport = try Transport()
    let ends = pipeEnds()
    defer { closeAll(ends) }
    #expect(transport.wait(for: [], also: [.breaking(ends[1])], atMostMilliseconds: 0) == .none)
    _ = fill(ends[1])
    #expect(transport.wait(for: [], also: [.breaking(ends[1])], atMostMilliseconds: 0) == .none)
  }

  @Test func `a pipe whose reader went away ends a sleep without a limit`() throws {
    let transport = try Transport()
    let ends = pipeEnds()
    defer { _ = close(ends[1]) }
    _ = close(ends[0])
    let readiness = transport.wait(for: [], also: [.breaking(ends[1])], atMostMilliseconds: -1)
    #expect(readiness == Readiness(broken: [ends[1]]))
    #expect(readiness.isBroken(ends[1]))
  }

  @Test func `a full pipe whose reader went away ends a sleep without a limit`() throws {
    let transport = try Transport()
    let ends = pipeEnds()
    defer { _ = close(ends[1]) }
    _ = fill(ends[1])
    _ = close(ends[0])
    #expect(
      transport.wait(for: [], also: [.breaking(ends[1])], atMostMilliseconds: -1).isBroken(ends[1]))
  }

  @Test func `bytes that wait in a pipe are no break, and its writer going away is`() throws {
    let transport = try Transport()
    let ends = pipeEnds()
    defer { _ = close(ends[0]) }
    _ = write(ends[1], [1], 1)
    #expect(transport.wait(for: [], also: [.breaking(ends[0])], atMostMilliseconds: 0) == .none)
    _ = close(ends[1])
    #expect(
      transport.wait(for: [], also: [.breaking(ends[0])], atMostMilliseconds: -1).isBroken(ends[0]))
  }

  @Test func `a terminal that hangs up breaks, and one that does not is silent`() throws {
    let transport = try Transport()
    let (master, terminal) = terminalEnds()
    defer { _ = close(terminal) }
    #expect(transport.wait(for: [], also: [.breaking(terminal)], atMostMilliseconds: 0) == .none)
    _ = close(master)
    #expect(
      transport.wait(for: [], also: [.breaking(terminal)], atMostMilliseconds: -1)
        == Readiness(broken: [terminal]))
  }

  @Test func `a file neither breaks nor keeps a write waiting`() throws {
    let transport = try Transport()
    let file = Glibc.open("/dev/null", O_WRONLY | O_CLOEXEC)
    defer { _ = close(file) }
    let readiness = transport.wait(
      for: [], also: [.breaking(file), .writing(file)], atMostMilliseconds: 0)
    #expect(readiness == Readiness(writable: [file]))
  }

  @Test func `each question about one descriptor has its own answer`() throws {
    let transport = try Transport()
    var ends: [Int32] = [-1, -1]
    #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0)
    defer { closeAll(ends) }
    let questions: [Interest] = [.reading(ends[0]), .writing(ends[0]), .breaking(ends[0])]
    #expect(
      transport.wait(for: [], also: questions, atMostMilliseconds: -1)
        == Readiness(writable: [ends[0]]))
    _ = write(ends[1], [1], 1)
    #expect(
      transport.wait(for: [], also: questions, atMostMilliseconds: -1)
        == Readiness(readable: [ends[0]], writable: [ends[0]]))
  }

  /// Writes until there is no room, and says how many bytes that took.
  private func fill(_ descriptor: Int32) -> Int {
    #expect(fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0)
    let bytes = [UInt8](repeating: 0, count: 4096)
    var count = 0
    while true {
      let written = write(descriptor, bytes, bytes.count)
      guard written > 0 else { return count }
      count += written
    }
  }

  private func terminalEnds() -> (master: Int32, terminal: Int32) {
    let master = Glibc.open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    // TIOCSPTLCK and TIOCGPTPEER (ioctl_tty(2)), whose macros Swift does not import.
    var isLocked: Int32 = 0
    #expect(ioctl(master, 0x4004_5431, &isLocked) == 0)
    let terminal = ioctl(master, 0x5441, O_RDWR | O_NOCTTY | O_CLOEXEC)
    #expect(terminal >= 0)
    return (master, terminal)
  }

  private func pipeEnds() -> [Int32] {
    var ends: [Int32] = [-1, -1]
    // A child that another test starts would keep an end open that is closed here.
    #expect(pipe2(&ends, O_CLOEXEC) == 0)
    return ends
  }

  private func closeAll(_ descriptors: [Int32]) {
    for descriptor in descriptors { _ = close(descriptor) }
  }
}

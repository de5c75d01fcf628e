// A sink is never waited for, whoever reads it or does not.

import Glibc
import Support
import Testing
import Wire

@testable import Patter

struct TextSinkTests {
  /// More than any pipe or terminal takes.
  private static let long = String(repeating: "0123456789abcde\n", count: 1 << 17)

  @Test func `writes what a pipe takes and keeps the rest, in order`() throws {
    let ends = try PipeEnds()
    let sink = TextSink(descriptor: ends.writer)
    sink.append(Self.long)
    try sink.flush()
    #expect(!sink.isEmpty)
    #expect(sink.interest == .writing(sink.interest.descriptor))
    var read: [UInt8] = []
    while !sink.isEmpty {
      read += ends.take()
      try sink.flush()
    }
    read += ends.take()
    let isWhole = String(decoding: read, as: UTF8.self) == Self.long
    #expect(isWhole)
    #expect(sink.interest == .breaking(sink.interest.descriptor))
  }

  @Test func `leaves the pipe of others as it was, without O_NONBLOCK`() throws {
    let ends = try PipeEnds()
    let sink = TextSink(descriptor: ends.writer)
    sink.append("x")
    try sink.flush()
    #expect(fcntl(ends.writer, F_GETFL) & O_NONBLOCK == 0)
  }

  @Test func `a terminal that nobody reads is not waited for`() throws {
    let terminal = try TerminalEnds()
    let sink = TextSink(descriptor: terminal.terminal)
    #expect(sink.isTerminal)
    sink.append(Self.long)
    try sink.flush()
    #expect(!sink.isEmpty)
  }

  @Test func `a socket that nobody reads is not waited for either`() throws {
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    try #require(socketpair(AF_UNIX, kind, 0, &ends) == 0)
    let sink = TextSink(descriptor: ends[0])
    sink.append(Self.long)
    try sink.flush()
    #expect(!sink.isEmpty)
    // A child of another test that has not become its program yet may have it open, too.
    shutdown(ends[1], Int32(SHUT_RDWR))
    close(ends[1])
    #expect(throws: TextSink.Failure.readerGone) { try sink.flush() }
    close(ends[0])
  }

  @Test func `is full above its limit, and not at it`() throws {
    let ends = try PipeEnds()
    let sink = TextSink(descriptor: ends.writer)
    sink.append(String(repeating: "x", count: TextSink.backlogLimitBytes))
    #expect(!sink.isFull)
    sink.append("x")
    #expect(sink.isFull)
  }

  @Test func `a reader that is gone shows although there is nothing to write`() throws {
    let ends = try PipeEnds()
    let sink = TextSink(descriptor: ends.writer)
    try sink.flush()
    ends.closeReader()
    #expect(throws: TextSink.Failure.readerGone) { try sink.flush() }
  }

  @Test func `a reader that was gone before shows as well`() throws {
    let ends = try PipeEnds()
    ends.closeReader()
    let sink = TextSink(descriptor: ends.writer)
    sink.append("x")
    #expect(throws: TextSink.Failure.readerGone) { try sink.flush() }
  }

  @Test func `a terminal that is gone is told from a reader that is gone`() throws {
    let terminal = try TerminalEnds()
    let sink = TextSink(descriptor: terminal.terminal)
    terminal.closeWindow()
    #expect(throws: TextSink.Failure.hungUp) { try sink.flush() }
    sink.append("x")
    #expect(throws: TextSink.Failure.hungUp) { try sink.flush() }
  }

  @Test func `what the system says of a write is told`() throws {
    let sink = TextSink(descriptor: open("/dev/full", O_WRONLY | O_CLOEXEC))
    sink.append("x")
    #expect(throws: TextSink.Failure.failed(ENOSPC)) { try sink.flush() }
  }

  @Test func `what is given up is not written any more`() throws {
    let ends = try PipeEnds()
    let sink = TextSink(descriptor: ends.writer)
    sink.append("never")
    sink.giveUp()
    try sink.flush()
    #expect(sink.isEmpty)
    #expect(ends.take().isEmpty)
  }
}

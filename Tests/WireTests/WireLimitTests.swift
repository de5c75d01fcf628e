import Testing
import Wire

@Suite struct WireLimitTests {
  @Test func `reads ten mebibytes of one data line in small chunks`() throws {
    let byteCount = 10 * 1024 * 1024
    var parser = ServerSentEventParser()
    var events = try parser.receive(Array("data:".utf8))
    let chunk = [UInt8](repeating: 0x78, count: 1024)
    for _ in 0..<(byteCount / chunk.count) { events += try parser.receive(chunk) }
    events += try parser.receive([0x0A, 0x0A])
    #expect(events.map(\.data.count) == [byteCount])
  }

  @Test func `reads nine mebibytes of one JSON line`() throws {
    let byteCount = 9 * 1024 * 1024
    var parser = JSONLineParser()
    var lines: [[UInt8]] = []
    let chunk = [UInt8](repeating: 0x78, count: 1024)
    for _ in 0..<(byteCount / chunk.count) { lines += try parser.receive(chunk) }
    lines += try parser.receive([0x0A])
    #expect(lines.map(\.count) == [byteCount])
  }

  @Test func `takes a line of just the limit and refuses one byte more`() throws {
    var parser = ServerSentEventParser(limitBytes: 10)
    #expect(try parser.receive(Array("data: 1234\n\n".utf8)).count == 1)
    #expect(throws: WireError.lineTooLong(limitBytes: 10)) {
      try parser.receive(Array("data: 12345".utf8))
    }
  }

  @Test func `refuses an event whose lines together pass the limit`() throws {
    var parser = ServerSentEventParser(limitBytes: 10)
    #expect(try parser.receive(Array("data:12345\ndata:6789\n\n".utf8)).count == 1)
    _ = try parser.receive(Array("data:12345\n".utf8))
    #expect(throws: WireError.eventTooLong(limitBytes: 10)) {
      try parser.receive(Array("data:67890\n".utf8))
    }
  }

  @Test func `stays failed`() throws {
    var parser = ServerSentEventParser(limitBytes: 4)
    let failure = WireError.lineTooLong(limitBytes: 4)
    #expect(throws: failure) { try parser.receive(Array("data:".utf8)) }
    #expect(throws: failure) { try parser.receive(Array("\ndata\n\n".utf8)) }
    #expect(throws: failure) { try parser.finish() }
  }

  @Test func `loses no event before the one that is too long`() throws {
    let body = Array("data:1\n\ndata:2\n\ndata:34567890\n\n".utf8)
    for chunks in cuttings(of: body) {
      var parser = ServerSentEventParser(limitBytes: 10)
      var events: [ServerSentEvent] = []
      var failure: WireError?
      do throws(WireError) {
        for chunk in chunks { events += try parser.receive(chunk) }
        _ = try parser.finish()
      } catch {
        failure = error
      }
      #expect(events.map(\.data) == [Array("1".utf8), Array("2".utf8)])
      #expect(failure == .lineTooLong(limitBytes: 10))
    }
  }

  @Test func `loses no JSON line before the one that is too long`() throws {
    var parser = JSONLineParser(limitBytes: 10)
    #expect(try parser.receive(Array("{}\n12345678901\n".utf8)) == [Array("{}".utf8)])
    #expect(throws: WireError.lineTooLong(limitBytes: 10)) { try parser.receive([]) }
    #expect(throws: WireError.lineTooLong(limitBytes: 10)) { try parser.finish() }
  }

  @Test func `lets a comment be as long as it likes`() throws {
    var parser = ServerSentEventParser(limitBytes: 10)
    for _ in 0..<100 { _ = try parser.receive(Array(": keep-alive".utf8)) }
    #expect(parser.commentCount == 0)
    #expect(try parser.receive(Array("\ndata: x\n\n".utf8)).count == 1)
    #expect(parser.commentCount == 1)
  }
}

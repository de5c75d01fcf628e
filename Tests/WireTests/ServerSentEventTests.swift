import Testing
import Wire

@Suite struct ServerSentEventTests {
  @Test(arguments: ServerSentEventCase.all)
  func `gives the same events however the bytes are cut`(row: ServerSentEventCase) throws {
    for chunks in [row.chunks] + cuttings(of: row.body) {
      var parser = ServerSentEventParser()
      let events = try chunks.flatMap { chunk throws in try parser.receive(chunk) }
      _ = try parser.finish()
      #expect(events.map(Self.readable) == row.events, "cut as \(chunks)")
      #expect(parser.commentCount == row.commentCount)
      #expect(parser.retryMilliseconds == row.retryMilliseconds)
      #expect(parser.lastEventID == row.lastEventID)
    }
  }

  @Test(arguments: ServerSentEventCase.all.filter { $0.eventCounts != nil })
  func `dispatches with the chunk that ends the event`(row: ServerSentEventCase) throws {
    var parser = ServerSentEventParser()
    let counts = try row.chunks.map { chunk throws in try parser.receive(chunk).count }
    #expect(counts == row.eventCounts)
  }

  @Test func `gives a hundred events of one chunk`() throws {
    let body = (0..<100).map { "data: \($0)\n\n" }.joined()
    for chunks in cuttings(of: Array(body.utf8)) {
      var parser = ServerSentEventParser()
      let events = try chunks.flatMap { chunk throws in try parser.receive(chunk) }
      #expect(events.map { Self.readable($0).data } == (0..<100).map(String.init))
    }
  }

  @Test func `tells the tail of a stream that ends inside an event`() throws {
    var parser = ServerSentEventParser()
    let events = try parser.receive(Array("data: a\n\nid: 9\nevent: e\ndata: b\ndata: c".utf8))
    let tail = try parser.finish()
    #expect(events.count == 1)
    #expect(
      tail.pendingEvent.map(Self.readable)
        == ServerSentEventCase.Event(data: "b\nc", type: "e", id: "9"))
    #expect(tail.pendingLine == Array("data: c".utf8))
    #expect(parser.lastEventID == "")
  }

  @Test func `has no pending event after a whole one`() throws {
    var parser = ServerSentEventParser()
    _ = try parser.receive(Array("data: a\n\nid: 3\n: no".utf8))
    #expect(try parser.finish() == ServerSentEventTail())
  }

  @Test func `tells data that only lacks its empty line`() throws {
    var parser = ServerSentEventParser()
    _ = try parser.receive(Array("data: {\"choices\":[]}\n\ndata: [DONE]\n".utf8))
    let tail = try parser.finish()
    #expect(tail.pendingEvent?.data == Array("[DONE]".utf8))
    #expect(tail.pendingLine.isEmpty)
  }

  @Test(arguments: [
    (#"{"error":{"message":"bad"}}\n"#, [#"{"error":{"message":"bad"}}"#]),
    (#"{"error":\r\n \xff}"#, [#"{"error":"#, " \u{FFFD}}"]),
    (#"data: {"a":1}\n\n{"error":"x"}\n\ndata: [DONE]\n\n"#, [#"{"error":"x"}"#]),
    (#"<html>\n\n</html>\n"#, ["<html>", "</html>"]),
    (#"\xef\xbb"#, ["\u{FFFD}"]),
  ])
  func `keeps lines that are no field`(written: String, lines: [String]) throws {
    for chunks in cuttings(of: bytes(written: written)) {
      var parser = ServerSentEventParser()
      for chunk in chunks { _ = try parser.receive(chunk) }
      _ = try parser.finish()
      #expect(parser.unknownLines.map { String(decoding: $0, as: UTF8.self) } == lines)
    }
  }

  @Test func `keeps no more unknown lines than the limit`() throws {
    var parser = ServerSentEventParser()
    for _ in 0..<3 { _ = try parser.receive(Array(repeating: 0x78, count: 2000) + [0x0A]) }
    #expect(parser.unknownLines.map(\.count) == [2000, 2000, 4096 - 4002])
    _ = try parser.receive(Array("more\n".utf8))
    #expect(parser.unknownLines.count == 3)
  }

  private static func readable(_ event: ServerSentEvent) -> ServerSentEventCase.Event {
    #expect(String(validating: event.data, as: UTF8.self) != nil)
    return .event(
      String(decoding: event.data, as: UTF8.self), type: event.type, id: event.lastEventID)
  }
}

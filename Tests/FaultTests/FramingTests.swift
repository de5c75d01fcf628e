// A reply whose HTTP framing is cut, broken or odd. What libcurl says of it decides nothing alone: a
// reply is whole when its finish was seen.

import Chat
import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct FramingTests {
  /// A reply as it is recorded: several bytes a letter, several letters a delta.
  private static let words = ["Grüß, 世界! ", "👩‍👩‍👧 é\n"]

  /// How a server leaves in the middle, and what of that a transport can see.
  enum Cut: CaseIterable {
    /// In order, where the framing tells that more was to come.
    case framed
    /// In order, as a body ends whose end is the connection's.
    case unframed
    case broken
  }

  @Test(arguments: ScriptedDialect.allCases, Cut.allCases)
  func `T47 a reply cut at every byte completes only behind its finish`(
    dialect: ScriptedDialect, cut: Cut
  ) throws {
    let response = Self.wholeResponse(by: dialect, isFramed: cut != .unframed)
    let finish = try #require(Self.finishOffset(of: response, by: dialect))
    let loop = try Loop(
      dialect,
      LoopbackServer(
        script: (0...response.count).map { place in
          .init(.bytes(Array(response[..<place])), cut == .broken ? .reset : .close)
        }))
    let text = Self.words.joined().utf8
    for place in 0...response.count {
      let reply = loop.carry(UInt32(place + 1))
      #expect(text.starts(with: reply.text.utf8), "cut at \(place)")
      switch cut {
      case .framed, .unframed:
        #expect((reply.stopReason != nil) == (place >= finish), "cut at \(place)")
      // An RST takes with it what was not read yet, so behind the finish it is the kernel's choice.
      case .broken: #expect(reply.stopReason == nil || place >= finish, "cut at \(place)")
      }
      #expect(reply.stopReason == nil || text.elementsEqual(reply.text.utf8), "cut at \(place)")
    }
    #expect(loop.server.openedConnectionCount == response.count + 1)
  }

  @Test(arguments: ScriptedDialect.allCases)
  func `T30 a body that ends with the connection and was cut is truncated`(
    dialect: ScriptedDialect
  ) throws {
    let loop = try Loop(
      dialect, .unframed(dialect, [], .text([dialect.delta("Half a")].bodyText), .close))
    let reply = loop.carry()
    #expect(reply.text == "Half a")
    #expect(reply.failure?.kind == .truncated)
  }

  @Test(arguments: ScriptedDialect.allCases)
  func `T30 a body that ends with the connection and is whole is complete`(
    dialect: ScriptedDialect
  ) throws {
    let body = ([dialect.delta("Hello")] + dialect.end).bodyText
    let reply = try Loop(dialect, .unframed(dialect, [], .text(body), .close)).carry()
    #expect(reply.text == "Hello")
    #expect(reply.stopReason == .stop)
  }

  @Test(arguments: ScriptedDialect.allCases)
  func `T31 a length shorter than the body truncates the reply`(dialect: ScriptedDialect) throws {
    let start = [dialect.delta("Half a")].bodyText
    let rest = ([dialect.delta(" thought")] + dialect.end).bodyText
    let loop = try Loop(
      dialect,
      .unframed(
        dialect, [.init("Content-Length", String(start.utf8.count))], .text(start + rest),
        .close))
    let reply = loop.carry()
    #expect(reply.text == "Half a")
    #expect(reply.failure?.kind == .truncated)
  }

  @Test(arguments: ScriptedDialect.allCases)
  func `T31 a length longer than the body fails, unless the finish came`(
    dialect: ScriptedDialect
  ) throws {
    let delta = [dialect.delta("Hello")].bodyText
    let end = dialect.end.bodyText
    let length = [LoopbackServer.Header("Content-Length", "10000")]
    let loop = try Loop(
      dialect, .unframed(dialect, length, .text(delta), .close),
      .unframed(dialect, length, .text(delta + end), .close))
    #expect(loop.carry(1).failure?.kind == .truncated)
    #expect(loop.carry(2).stopReason == .stop)
  }

  @Test(arguments: ScriptedDialect.allCases)
  func `T29 garbage behind the last chunk spoils neither this reply nor the next`(
    dialect: ScriptedDialect
  ) throws {
    let garbage = "HTTP/1.1 500 Garbage\r\nContent-Length: 3\r\n\r\nbad"
    // In one piece, so that the connection is whole again, and kept, when the reply completes.
    let whole = String(decoding: Self.wholeResponse(by: dialect), as: UTF8.self)
    let loop = try Loop(
      dialect, .init(.text(whole + garbage)), .init(.text(whole), .gate("late"), .text(garbage)),
      .reply("Next", by: dialect))
    #expect(loop.carry(1).stopReason == .stop)
    #expect(loop.carry(2).stopReason == .stop)
    loop.server.open(gate: "late")
    #expect(loop.server.waitFor { $0.count { $0 == .answered(1) } == 2 })
    // libcurl 7.88 would take for the third answer what lies on the connection already.
    let next = loop.carry(3)
    #expect(next.text == "Next")
    #expect(next.stopReason == .stop)
    #expect(loop.server.requests.map(\.connection) == [1, 1, 2])
  }

  @Test(arguments: ScriptedDialect.withFinish)
  func `T29 a chunk whose size is no number fails before the finish and not behind it`(
    dialect: ScriptedDialect
  ) throws {
    let bad = LoopbackServer.Step.text("zz\r\nbad\r\n")
    let finish = try #require(dialect.finish)
    let loop = try Loop(
      dialect, .begun(dialect, dialect.delta("Hello"), bad, .untilClosed),
      .begun(dialect, dialect.delta("Hello"), finish, bad, .untilClosed))
    let before = loop.carry(1)
    #expect(before.text == "Hello")
    #expect(before.failure?.kind == .truncated)
    #expect(loop.carry(2).stopReason == .stop)
  }

  @Test(arguments: ScriptedDialect.allCases)
  func `T58 an answer in HTTP 1.0 without a length is read to its end`(
    dialect: ScriptedDialect
  ) throws {
    let body = ([dialect.delta("Hello")] + dialect.end).bodyText
    let head = "HTTP/1.0 200 OK\r\nContent-Type: \(dialect.contentType)\r\n\r\n"
    let reply = try Loop(dialect, .init(.text(head + body), .close)).carry()
    #expect(reply.text == "Hello")
    #expect(reply.stopReason == .stop)
  }

  @Test(arguments: ScriptedDialect.allCases)
  func `T58 what is said before the response is not the response`(dialect: ScriptedDialect) throws {
    let interim: [LoopbackServer.Step] = [
      .head(100, []), .head(103, [.init("Content-Type", "text/html")]),
    ]
    let reply = try Loop(
      dialect, .init(interim + LoopbackServer.Response.reply("Hello", by: dialect).steps)
    ).carry()
    #expect(reply.text == "Hello")
    #expect(reply.stopReason == .stop)
  }

  @Test(arguments: ScriptedDialect.allCases)
  func `T58 headers of 100 KiB are refused and the socket is closed`(
    dialect: ScriptedDialect
  ) throws {
    let line = LoopbackServer.Header("X-Filler", String(repeating: "x", count: 1000))
    let loop = try Loop(
      dialect,
      .unframed(dialect, Array(repeating: line, count: 110), dialect.delta("Hello"), .untilClosed))
    let reply = loop.carry()
    #expect(reply.failure?.kind == .notUnderstood)
    #expect(reply.events.count == 1)
    #expect(loop.serverSees(.closedByClient(1)))
  }

  @Test(arguments: ScriptedDialect.allCases)
  func `T58 of two types the first counts`(dialect: ScriptedDialect) throws {
    let page = LoopbackServer.Header("Content-Type", "text/html")
    let own = LoopbackServer.Header("Content-Type", dialect.contentType)
    let body = LoopbackServer.Step.text(([dialect.delta("Hello")] + dialect.end).bodyText)
    let loop = try Loop(
      dialect, .init(.head(200, [own, page]), body, .close),
      .init(.head(200, [page, own]), body, .close))
    #expect(loop.carry(1).text == "Hello")
    #expect(loop.reply(1).stopReason == .stop)
    #expect(loop.carry(2).text == "")
    #expect(loop.reply(2).failure?.kind == .notUnderstood)
  }

  @Test(arguments: ScriptedDialect.allCases)
  func `a reply that drips byte by byte is the same reply`(dialect: ScriptedDialect) throws {
    let body = ([dialect.delta("Grüß"), dialect.delta(" Gott")] + dialect.end).bodyText
    let loop = try Loop(
      dialect,
      .init(LoopbackServer.Response.unframed(dialect).steps + LoopbackServer.Step.drip(body)))
    loop.start()
    for index in 0..<body.utf8.count {
      loop.server.open(gate: "drip \(index)")
      if !loop.reply().isOver { loop.follow { $0.byteCount == index + 1 } }
    }
    if !dialect.hasLastWord { loop.elapse(milliseconds: dialect.graceMilliseconds) }
    #expect(loop.reply().text == "Grüß Gott")
    #expect(loop.reply().stopReason == .stop)
  }

  // MARK: -

  private static func wholeResponse(
    by dialect: ScriptedDialect, isFramed: Bool = true
  ) -> [UInt8] {
    let steps = words.map { dialect.delta($0) } + dialect.end
    let head = "HTTP/1.1 200 OK\r\nContent-Type: \(dialect.contentType)\r\n"
    guard isFramed else { return Array("\(head)\r\n\(steps.bodyText)".utf8) }
    let chunks = steps.map { step in
      let text = [step].bodyText
      return "\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n"
    }
    return Array("\(head)Transfer-Encoding: chunked\r\n\r\n\(chunks.joined())0\r\n\r\n".utf8)
  }

  /// How many bytes it takes until the server has said why it stops.
  private static func finishOffset(of response: [UInt8], by dialect: ScriptedDialect) -> Int? {
    let (member, end) = dialect.finishMark
    guard let found = response.firstRange(of: Array(member.utf8)) else { return nil }
    return response[found.upperBound...].firstRange(of: Array(end.utf8))?.upperBound
  }
}

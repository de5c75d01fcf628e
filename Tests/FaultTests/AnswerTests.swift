// Answers that are no reply: refusals, pages, errors in disguise, redirects, compression. Each becomes
// one failure that says what it was, and no word of it is taken for the model's.

import Chat
import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct AnswerTests {
  @Test(arguments: ScriptedDialect.allCases)
  func `T22 an error object under status 200 is that error`(dialect: ScriptedDialect) throws {
    let reply = try Loop(
      dialect, .json(#"{"error":{"message":"the gears jammed","type":"server_error"}}"#)
    ).carry()
    #expect(reply.events.count == 1)
    #expect(reply.failure?.kind == .serverFailed)
    #expect(reply.failure?.message.contains("the gears jammed") == true)
  }

  @Test(arguments: ScriptedDialect.allCases, [200, 404, 502])
  func `T23 a page of a proxy is told by its title`(dialect: ScriptedDialect, status: Int) throws {
    let page =
      "<!DOCTYPE html><html><head><title>Gate &amp; way</title></head><body><p>Sorry</p></body></html>"
    let reply = try Loop(dialect, .chunked("text/html", [.chunk(page)], status: status)).carry()
    let message = try #require(reply.failure?.message)
    #expect(reply.events.count == 1)
    #expect(message.contains("Gate & way"))
    #expect(!message.contains("<") && !message.contains("Sorry"))
    #expect(reply.failure?.kind == (status == 502 ? .serverFailed : .notUnderstood))
    #expect(status < 500 || message.contains("502"))
  }

  @Test(arguments: ScriptedDialect.allCases)
  func `T24 an overload before the first word may be tried again`(
    dialect: ScriptedDialect
  ) throws {
    let overload = dialect.complaint(#"{"type":"overloaded_error","message":"Overloaded"}"#)
    let loop = try Loop(dialect, .begun(dialect, overload, LoopbackServer.Response.held))
    let reply = loop.carry()
    #expect(reply.text == "")
    #expect(reply.failure?.kind == .serverFailed)
    #expect(reply.failure?.remedy == .retry)
    #expect(loop.serverSees(.closedByClient(1)))
  }

  @Test(arguments: ScriptedDialect.allCases)
  func `T24 an overload behind words fails and keeps them`(dialect: ScriptedDialect) throws {
    let overload = dialect.complaint(#"{"type":"overloaded_error","message":"Overloaded"}"#)
    let loop = try Loop(
      dialect,
      .begun(
        dialect, dialect.delta("Half "), dialect.delta("a"), overload, dialect.delta(" never"),
        LoopbackServer.Response.held))
    let reply = loop.carry()
    #expect(reply.text == "Half a")
    #expect(reply.failure?.kind == .serverFailed)
    #expect(loop.serverSees(.closedByClient(1)))
  }

  @Test(arguments: ScriptedDialect.allCases)
  func `T28 compression that was refused is told, whether it is whole or cut`(
    dialect: ScriptedDialect
  ) throws {
    let encoding = [LoopbackServer.Header("Content-Encoding", "gzip")]
    let loop = try Loop(
      dialect,
      .unframed(dialect, encoding, .bytes(Self.flushed + Self.rest), .close),
      .unframed(dialect, encoding, .bytes(Self.flushed), .gate("rest"), .bytes(Self.rest), .close),
      .unframed(dialect, encoding, .bytes(Array(Self.flushed.dropLast(9))), .close))
    for attempt: UInt32 in 1...3 {
      let reply = loop.carry(attempt)
      #expect(reply.events.count == 1)
      #expect(reply.failure?.kind == .notUnderstood)
      #expect(reply.failure?.message.contains("gzip") == true)
    }
    #expect(loop.server.requests.allSatisfy { $0.header("Accept-Encoding") == "identity" })
  }

  @Test(arguments: ScriptedDialect.allCases)
  func `T28 compression that nobody announced is no text`(dialect: ScriptedDialect) throws {
    let loop = try Loop(
      dialect, .unframed(dialect, [], .bytes(Self.flushed + Self.rest), .close))
    let reply = loop.carry()
    #expect(reply.text == "")
    #expect(reply.failure != nil)
    let message = reply.failure?.message ?? ""
    #expect(message.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F })
  }

  @Test(arguments: ScriptedDialect.allCases)
  func `T28 an encoding that changes nothing is none`(dialect: ScriptedDialect) throws {
    let body = ([dialect.delta("Hello")] + dialect.end).bodyText
    let reply = try Loop(
      dialect,
      .unframed(dialect, [.init("Content-Encoding", "identity")], .text(body), .close)
    ).carry()
    #expect(reply.stopReason == .stop)
  }

  @Test(arguments: ScriptedDialect.allCases, [301, 302, 307, 308])
  func `T57 a redirect is not followed, and the other host learns nothing`(
    dialect: ScriptedDialect, status: Int
  ) throws {
    let elsewhere = try LoopbackServer(.reply("Stolen", by: dialect))
    let loop = try Loop(
      dialect,
      .init(
        .head(
          status,
          [.init("Location", elsewhere.url(dialect.chatPath)), .init("Content-Length", "0")])))
    let reply = loop.carry()
    #expect(reply.events.count == 1)
    #expect(reply.failure?.kind == .notFound)
    #expect(reply.failure?.message.contains("127.0.0.1:\(elsewhere.port)") == true)
    let (header, value) = dialect.keyHeader(Loop.key)
    #expect(loop.server.requests.first?.header(header) == value)
    elsewhere.letEverybodyIn()
    #expect(elsewhere.journal.isEmpty)
  }

  /// A refusal and what becomes of it.
  struct Refusal: CustomTestStringConvertible, Sendable {
    let status: Int
    let headers: [LoopbackServer.Header]
    let kind: StreamFailure.Kind
    let waitMilliseconds: Int?

    init(
      _ status: Int, _ kind: StreamFailure.Kind, _ headers: [LoopbackServer.Header] = [],
      waits waitMilliseconds: Int? = nil
    ) {
      self.status = status
      self.headers = headers
      self.kind = kind
      self.waitMilliseconds = waitMilliseconds
    }

    var testDescription: String {
      "\(status) \(headers.map { "\($0.name): \($0.value)" }.joined(separator: ", "))"
    }
  }

  static let refusals = [
    Refusal(400, .refused), Refusal(401, .unauthorized), Refusal(403, .unauthorized),
    Refusal(404, .notFound), Refusal(429, .rateLimited),
    Refusal(429, .rateLimited, [.init("Retry-After", "2")], waits: 2000),
    Refusal(429, .rateLimited, [.init("retry-after-ms", "1500")], waits: 1500),
    Refusal(
      429, .rateLimited, [.init("Retry-After", "9"), .init("retry-after-ms", "1500")], waits: 1500),
    Refusal(500, .serverFailed), Refusal(503, .serverFailed),
    Refusal(503, .serverFailed, [.init("Retry-After", "2.5")], waits: 2500),
    Refusal(529, .serverFailed),
  ]

  @Test(arguments: ScriptedDialect.allCases, refusals)
  func `T20 a refusal is its status, its words and how long to wait`(
    dialect: ScriptedDialect, refusal: Refusal
  ) throws {
    let body = #"{"error":{"message":"the gears jammed"}}"#
    let headers =
      refusal.headers + [
        .init("Content-Type", "application/json"), .init("Content-Length", String(body.utf8.count)),
      ]
    let reply = try Loop(dialect, .init(.head(refusal.status, headers), .text(body))).carry()
    #expect(reply.events.count == 1)
    #expect(reply.failure?.kind == refusal.kind)
    #expect(reply.failure?.retryAfterMilliseconds == refusal.waitMilliseconds)
    #expect(reply.failure?.message.contains("the gears jammed") == true)
    #expect(reply.failure?.message.contains(Loop.key) == false)
  }

  @Test(arguments: ScriptedDialect.allCases, ScriptedDialect.allCases)
  func `a reply of another dialect is told as such, and is no text`(
    asked: ScriptedDialect, answering: ScriptedDialect
  ) throws {
    guard asked != answering else { return }
    let reply = try Loop(asked, .reply("Hello", by: answering)).carry()
    #expect(reply.failure?.kind == .notUnderstood)
    #expect(reply.text == "")
  }

  @Test(arguments: ScriptedDialect.allCases, ["application/octet-stream", "x/y", ""])
  func `a type that says nothing does not spoil a good reply`(
    dialect: ScriptedDialect, type: String
  ) throws {
    let reply = try Loop(dialect, .chunked(type, [dialect.delta("Hello")] + dialect.end)).carry()
    #expect(reply.text == "Hello")
    #expect(reply.stopReason == .stop)
  }

  @Test(arguments: ScriptedDialect.allCases)
  func `plain text is no reply, and its socket is closed`(dialect: ScriptedDialect) throws {
    let loop = try Loop(
      dialect, .chunked("text/plain", [.chunk("upstream timed out"), LoopbackServer.Response.held]))
    loop.start()
    loop.follow { $0.byteCount > 0 }
    // The rest of such a body is waited for, and not for long.
    loop.elapse(milliseconds: 5_000)
    #expect(loop.reply().failure?.kind == .notUnderstood)
    #expect(loop.reply().failure?.message.contains("upstream timed out") == true)
    #expect(loop.serverSees(.closedByClient(1)))
  }

  @Test(arguments: ScriptedDialect.allCases)
  func `garbage in the place of a reply is told as such`(dialect: ScriptedDialect) throws {
    let garbage = "data: {garbage\n\n"
    let reply = try Loop(dialect, .chunked(dialect.contentType, [.chunk(garbage)])).carry()
    #expect(reply.text == "")
    #expect(reply.failure?.kind == .notUnderstood)
  }

  // MARK: -

  /// `data: …"Hel"…` and `data: …"lo"…finish…`, compressed by zlib as one gzip member with a sync flush
  /// between them.
  private static let flushed = bytes(
    """
    1f8b08000000000002034a492c49b452a8564acec8cf4c4e2d56b28aae56cacc4b49ad50b232d0514a49cd294954b202
    4ae7e795a4e69528592979a4e628d5d6c6d6727101000000ffff
    """)
  private static let rest = bytes(
    """
    4b21556b4ebe52ad8e525a665e6671467c516a62717e1e50b4b824bf4009c9c068177f3fd7582e2e00ee55a5c19a000000
    """)

  private static func bytes(_ hexadecimal: String) -> [UInt8] {
    let digits = hexadecimal.filter { !$0.isWhitespace }.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
  }
}

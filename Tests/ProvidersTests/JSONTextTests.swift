import Chat
import Testing
import Wire

@testable import Providers

struct `JSON from servers` {
  @Test(arguments: [
    (#"plain \n \" \/ \u00e9"#, #"plain \n \" \/ \u00e9"#),
    (#"\ud83d\ude00"#, #"\ud83d\ude00"#),
    (#"a\ud83d"#, #"a\uFFFD"#),
    (#"\uDE00b"#, #"\uFFFDb"#),
    (#"\ud83d\ud83d\ude00"#, #"\uFFFD\ud83d\ude00"#),
    (#"\ud83d\n\ude00"#, #"\uFFFD\n\uFFFD"#),
    (#"\\ud83d"#, #"\\ud83d"#),
    (#"\\\ud83d"#, #"\\\uFFFD"#),
    (#"\ud83"#, #"\\ud83"#),
    (#"\ud8zz"#, #"\\ud8zz"#),
    (#"\x"#, #"\\x"#),
    ("a\tb\u{0}\u{1F}\n", #"a\u0009b\u0000\u001f\u000a"#),
  ])
  func `T46 strings are mended where they are broken and nowhere else`(
    _ string: String, _ mended: String
  ) {
    let json = "\n{\"a\" :\t\"\(string)\",\r\n\"b\":[]}"
    let bytes = mendingStrings(in: Array(json.utf8))
    #expect(
      String(decoding: bytes, as: UTF8.self) == "\n{\"a\" :\t\"\(mended)\",\r\n\"b\":[]}")
    #expect(JSONText.decode([String: Lenient<String>].self, from: bytes)?["a"]?.value != nil)
  }

  @Test(arguments: [#"{"a":"\"#, #"{"a":"\ud83d"#, #"{"a":"\ud83d\"#, "", "\\", "\""])
  func `a cut text is still no JSON`(_ json: String) {
    #expect(JSONText.decode([String: String].self, from: Array(json.utf8)) == nil)
  }

  @Test(arguments: [
    ("5", 5), ("5.9", 5), ("-5", 0), ("-5.5", 0), (#""7""#, 7), (#""7.5""#, 7),
    ("18446744073709551616", LenientCount.limit), ("1e300", LenientCount.limit),
    (#""1e400""#, LenientCount.limit), ("1e400", nil), (#""nan""#, nil), (#""x""#, nil),
    ("null", nil), ("true", nil), ("[]", nil), ("{}", nil),
  ])
  func `T45 counts are read in every form and clamped`(_ json: String, _ count: Int?) {
    #expect(JSONText.decode(LenientCount.self, from: Array(json.utf8))?.value == count)
  }

  @Test(arguments: [(128, true), (129, false), (500, false), (100_000, false)])
  func `lies 128 levels deep at the most, brackets in strings aside`(_ depth: Int, _ isRead: Bool) {
    let nested =
      String(repeating: "[", count: depth - 1) + #""[[\"[{""#
      + String(repeating: "]", count: depth - 1)
    let json = Array(#"{"a":\#(nested)}"#.utf8)
    #expect((JSONText.decode([String: JSONValue].self, from: json) != nil) == isRead)
    #expect((JSONText.decodePiece([String: JSONValue].self, from: json) != nil) == isRead)
  }

  @Test(arguments: ["openai", "openai-responses", "anthropic", "gemini", "ollama", "ndjson"])
  func `of any depth ends a stream as a failure and no more`(_ provider: String) throws {
    let endpoint = try endpoint(provider, key: "k-deep")
    for depth in [129, 100_000] {
      for (open, close) in [("[", "]"), (#"{"error":"#, "}"), (#"{"message":"#, "}")] {
        let json =
          String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
        for body in ["data: \(json)\n\n", "event: error\ndata: \(json)\n\n", json + "\n"] {
          let events = events(
            of: Array(body.utf8), contentType: endpoint.server.dialect.rules.replyType,
            endpoint: endpoint)
          #expect(events.endCount == 1)
          #expect(events.failure != nil)
        }
      }
    }
  }

  @Test func `depth and doubled members do no harm`() {
    let deep = [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
    #expect(JSONText.decode(OpenAIChatChunk.self, from: deep) == nil)
    let doubled = #"{"model":"a","model":"b","choices":[]}"#
    #expect(JSONText.decode(OpenAIChatChunk.self, from: Array(doubled.utf8))?.choices != nil)
  }
}

struct `The verdict` {
  private func verdict(
    finish: StopReason? = nil, terminal: Bool = false, content: Bool = true, usage: Bool = false,
    _ transport: ReplyVerdict.Transport
  ) -> ReplyVerdict {
    ReplyVerdict(
      ReplyFacts(finish: finish, isTerminal: terminal, hasContent: content, hasUsage: usage),
      transport)
  }

  private let lost = TransferFailure(.connectionLost)

  @Test func `with a finish and a last word is whole, whatever the transport says`() {
    for transport in [ReplyVerdict.Transport.open, .ended(nil), .ended(lost)] {
      #expect(verdict(finish: .length, terminal: true, transport) == .completed(.length))
    }
  }

  @Test func `with a finish alone waits, and is whole when the transport ends`() {
    #expect(verdict(finish: .stop, .open) == .grace(milliseconds: 2_000))
    #expect(verdict(finish: .stop, usage: true, .open) == .grace(milliseconds: 200))
    #expect(verdict(finish: .stop, .ended(nil)) == .completed(.stop))
    #expect(verdict(finish: .stop, .ended(lost)) == .completed(.stop))
  }

  @Test func `with a last word alone asks whether anything was said`() {
    #expect(verdict(terminal: true, .open) == .completed(.stop))
    #expect(verdict(terminal: true, content: false, .open) == .empty)
  }

  @Test func `with neither reads on, or knows that something is missing`() {
    #expect(verdict(usage: true, .open) == .readOn)
    #expect(verdict(.ended(nil)) == .truncated)
    #expect(verdict(content: false, .ended(lost)) == .lost(lost))
  }

  @Test func `with a complaint is the complaint`() {
    var facts = ReplyFacts(finish: .stop, isTerminal: true, hasContent: true)
    let complaint = Complaint(message: "no")
    facts.complaint = complaint
    #expect(ReplyVerdict(facts, .ended(nil)) == .complained(complaint))
  }

  @Test func `with something unreadable depends on whether the reply was whole before`() {
    var facts = ReplyFacts(hasContent: true, confusion: .otherDialect)
    #expect(ReplyVerdict(facts, .open) == .confused(.otherDialect))
    facts.finish = .stop
    #expect(ReplyVerdict(facts, .open) == .completed(.stop))
  }
}

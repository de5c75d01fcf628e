// How events stand in a trace, and what is made of files that are none.

import Chat
import Interface
import Support
import Terminal
import Testing

@testable import Patter

struct TraceFormatTests {
  private static let notJSON = "this is no JSON that Patter writes"

  private static let header =
    #"{"format":5,"patter":"\#(Patter.version)","route":{"models":[{"name":"guide","provider":"guide"}],"#
    + #""name":"guide/guide","order":"chain"},"seed":"00000000000000010000000000000002","#
    + #""settings":{"chat":{"cutReplies":"keep","modelOptions":[],"options":{},"#
    + #""retry":{"baseMilliseconds":500,"capMilliseconds":8000,"longestRetryAfterMilliseconds":60000,"#
    + #""retries":2,"totalMilliseconds":90000},"send":"replace","windows":[]},"editing":"vi","#
    + #""keys":[{"action":"send","keys":["ctrl-enter","f5"],"place":"anywhere"},"#
    + #"{"action":"help","keys":["?"],"place":"emptyDraft"}],"streamLimit":4,"#
    + #""view":{"attempts":false,"details":true,"mouse":true,"thoughts":false}}}"#

  private func entries(_ text: String) throws -> [TraceReader.Entry] {
    var reader = try TraceReader(Array(text.utf8))
    var entries: [TraceReader.Entry] = []
    while let entry = try reader.next() { entries.append(entry) }
    return entries
  }

  private func line(_ event: AppEvent, at instant: Instant) -> [UInt8] {
    TraceText.line(
      TraceLine.event(
        TracedEvent(event), at: TracedInstant(instant, since: Instant(uptimeNanoseconds: 0))))
  }

  // MARK: - What is written

  @Test func `the header holds all that a run begins with`() throws {
    let keys = KeyMap([
      KeyBinding(
        "ctrl-enter f5", in: .anywhere, .send, KeyMap.standard.help(of: .send, in: .anywhere)),
      KeyBinding("?", in: .emptyDraft, .help, KeyMap.standard.help(of: .help, in: .emptyDraft)),
    ])
    var beginning = Beginning(seed: MessageID(high: 1, low: 2))
    beginning.settings.keys = keys
    beginning.settings.editing = .vi
    let line = TraceText.line(TraceHeader(beginning))
    #expect(String(decoding: line, as: UTF8.self) == Self.header + "\n")
    #expect(try TraceReader(line).beginning == beginning)
  }

  @Test func `each event is a line, and the line is the event`() throws {
    let instant = Instant(
      uptimeNanoseconds: 81_250_041, unixMilliseconds: 1_763_700_000_123, asleepNanoseconds: -7)
    for (event, member) in TraceSamples.all {
      let written = #"{"at":[81250041,1763700000123,-7],\#(member)}"# + "\n"
      #expect(String(decoding: line(event, at: instant), as: UTF8.self) == written)
      #expect(try entries("\(Self.header)\n\(written)") == [.event(event, instant)])
    }
  }

  @Test func `the words for failures stay what they are`() throws {
    #expect(TraceSamples.words.map(\.kind) == StreamFailure.Kind.allCases)
    for (word, kind) in TraceSamples.words {
      #expect(TracedFailure(StreamFailure(kind, "")).kind == word)
    }
    #expect(StreamFailure.Remedy.allCases.map { word(of: $0) } == ["retry", "retryOnce", "never"])
    #expect(SendPolicy.allCases.map { word(of: $0) } == ["replace", "queue", "block"])
    #expect(CutReplyPolicy.allCases.map { word(of: $0) } == ["keep", "drop", "note"])
    #expect(Route.Order.allCases.map { word(of: $0) } == ["chain", "pool"])
    #expect(Notice.Kind.allCases.map { word(of: $0) } == ["plain", "error"])
  }

  @Test(arguments: [
    ("ctrl-alt-shift-enter", KeyPress(.enter, [.control, .alt, .shift])),
    ("f12", KeyPress(.function(12))), ("f", KeyPress(.character("f"))),
    ("alt--", KeyPress(.character("-"), .alt)), ("-", KeyPress(.character("-"))),
    ("shift-\u{301}", KeyPress(.character("\u{301}"), .shift)), ("pageUp", KeyPress(.pageUp)),
    ("ctrl- ", KeyPress(.character(" "), .control)), ("C", KeyPress(.character("C"))),
  ])
  func `keys are called as people call them`(name: String, key: KeyPress) throws {
    let traced = TracedEvent(.input(.key(key)))
    #expect(traced == .key(name: name))
    #expect(try traced.event() == .input(.key(key)))
  }

  // MARK: - There and back

  @Test(arguments: 1...20)
  func `any event survives`(seed: UInt64) throws {
    var random = Seeded(state: seed)
    let beginning = TraceSamples.beginning(&random)
    let events = (0..<200).map { _ in
      (event: TraceSamples.event(&random), instant: TraceSamples.instant(&random))
    }
    var file = TraceText.line(TraceHeader(beginning))
    for (event, instant) in events { file += line(event, at: instant) }

    var reader = try TraceReader(file)
    #expect(reader.beginning == beginning)
    var again = TraceText.line(TraceHeader(reader.beginning))
    for expected in events {
      let entry = try reader.next()
      try #require(entry == .event(expected.event, expected.instant))
      guard case .event(let event, let instant) = entry else { return }
      again += line(event, at: instant)
    }
    #expect(try reader.next() == nil)
    // Equal texts may differ in their scalars; equal bytes do not.
    #expect(again == file)
  }

  // MARK: - What is no trace

  @Test(arguments: [
    ("", "the file ends within its first line; that is no trace"),
    ("hello", "the file ends within its first line; that is no trace"),
    ("hello\n", Self.notJSON),
    ("\n", Self.notJSON),
    ("[1]\n", "this is no event that this Patter knows"),
    ("{}\n", "“format” is missing"),
    (#"{"format":"x"}"# + "\n", "“format” is not of its kind"),
    (
      #"{"format":6,"whatever":true}"# + "\n",
      "this trace has the form 6, and Patter \(Patter.version) reads the form 5"
    ),
    (#"{"format":5}"# + "\n", "“patter” is missing"),
  ])
  func `a file without a header that is understood is refused in a sentence`(
    text: String, sentence: String
  ) {
    let fault = #expect(throws: TraceFault.self) { try Replay(Array(text.utf8)) }
    #expect(fault?.message == sentence)
  }

  @Test(arguments: [
    (#""streamLimit":4"#, #""streamLimit":0"#, "“streamLimit” is not from 1 to 1000"),
    (#""retries":2"#, #""retries":-1"#, "“retries” is not from 0 to 1000000000000"),
    (#""send":"replace""#, #""send":"shout""#, "'shout' is no policy for sending"),
    (#""order":"chain""#, #""order":"ring""#, "'ring' is no order of models"),
    (#"[{"name":"guide","provider":"guide"}]"#, "[]", "the route has no models"),
    (
      "00000000000000010000000000000002", "+0000000000000010000000000000002",
      "'+0000000000000010000000000000002' is no id of a message"
    ),
    (
      #""windows":[]"#, #""windows":[{"model":{"provider":"a","name":"b"},"tokens":-5}]"#,
      "“tokens” is not from 0 to"
    ),
    (#""options":{}"#, #""options":{"effort":"mad"}"#, "'mad' is no effort"),
  ])
  func `a header that nobody wrote is refused`(part: String, other: String, sentence: String) {
    let text = Self.header.replacing(part, with: other) + "\n"
    let fault = #expect(throws: TraceFault.self) { try Replay(Array(text.utf8)) }
    #expect(fault?.line == 1)
    #expect(fault?.message.hasPrefix(sentence) == true, "\(fault?.message ?? "")")
  }

  @Test(arguments: [
    ("", Self.notJSON),
    ("{", Self.notJSON),
    (#"{"at":[0,0,0],"clock":{}} {}"#, Self.notJSON),
    ("{\"at\":[0,0,0],\"clock\":{}}\u{0}", Self.notJSON),
    ("7", "this is no event that this Patter knows"),
    (#"{"at":[0,0,0]}"#, "this is no event that this Patter knows"),
    (#"{"at":[0,0,0],"dance":{}}"#, "this is no event that this Patter knows"),
    (#"{"at":[0,0,0],"clock":{},"terminate":{}}"#, "this is no event that this Patter knows"),
    (#"{"clock":{}}"#, "“at” is missing"),
    (#"{"at":[0],"clock":{}}"#, "“at.1” is not of its kind"),
    (#"{"at":[0,1.5,0],"clock":{}}"#, Self.notJSON),
    (#"{"at":[-1,0,0],"clock":{}}"#, "“at” is no time that Patter can have run"),
    (#"{"at":[9223372036854775807,0,0],"clock":{}}"#, "“at” is no time that Patter can have run"),
    (#"{"at":[0,-9223372036854775808,0],"clock":{}}"#, "“at” is no time that Patter can have run"),
    (
      #"{"at":[0,0,-9223372036854775808],"clock":{}}"#, "“at” is no time that Patter can have run"
    ),
    (#"{"at":[0,0,0],"key":{}}"#, "“key.name” is missing"),
    (#"{"at":[0,0,0],"key":{"name":7}}"#, "“key.name” is not of its kind"),
    (#"{"at":[0,0,0],"key":{"name":""}}"#, "'' is no key"),
    (#"{"at":[0,0,0],"key":{"name":"ctrl-"}}"#, "'ctrl-' is no key"),
    (#"{"at":[0,0,0],"key":{"name":"f+1"}}"#, "'f+1' is no key"),
    (#"{"at":[0,0,0],"key":{"name":"\u001b]0;x"}}"#, "'\u{FFFD}]0;x' is no key"),
    (#"{"at":[0,0,0],"paste":{"text":"\ud800"}}"#, Self.notJSON),
    (#"{"at":[0,0,0],"wheel":{"notches":9223372036854775807}}"#, "“notches” is not from"),
    (#"{"at":[0,0,0],"wheel":{"notches":1e99}}"#, Self.notJSON),
    (#"{"at":[0,0,0],"text":{"stream":"1","delta":""}}"#, "'1' is no stream"),
    (#"{"at":[0,0,0],"text":{"stream":"0.01","delta":""}}"#, "'0.01' is no stream"),
    (#"{"at":[0,0,0],"text":{"stream":"0.4294967296","delta":""}}"#, "'0.4294967296' is no stream"),
    (
      #"{"at":[0,0,0],"finished":{"stream":"0.1","reason":"tired"}}"#,
      "'tired' is no reason to stop"
    ),
    (
      #"{"at":[0,0,0],"usage":{"stream":"0.1","tokens":{"input":-1}}}"#,
      "“input” is not from 0 to 1000000000000"
    ),
    (
      #"{"at":[0,0,0],"saved":{"conversation":-1,"message":"00000000000000010000000000000002"}}"#,
      Self.notJSON
    ),
    (#"{"at":[0,0,0],"saved":{"conversation":0,"message":"1"}}"#, "'1' is no id of a message"),
    (#"{"at":[0,0,0],"notice":{"kind":"loud","text":""}}"#, "'loud' is no kind of notice"),
    (
      #"{"at":[0,0,0],"laidOut":{"transcript":{"content":0,"visible":-1,"top":0,"seen":0}}}"#,
      "“visible” is not from"
    ),
    (#"{"end":7}"#, "“end” is not of its kind"),
  ])
  func `a line that nobody wrote is told with its number`(line: String, sentence: String) {
    let text = "\(Self.header)\n{\"at\":[0,0,0],\"clock\":{}}\n\(line)\n"
    let fault = #expect(throws: TraceFault.self) { try Replay(Array(text.utf8)) }
    #expect(fault?.line == 3)
    #expect(fault?.message.hasPrefix(sentence) == true, "\(fault?.message ?? "")")
  }

  @Test func `nothing follows the end`() {
    let text = "\(Self.header)\n{\"end\":\"0\"}\n{\"at\":[0,0,0],\"clock\":{}}\n"
    let fault = #expect(throws: TraceFault.self) { try Replay(Array(text.utf8)) }
    #expect(fault == TraceFault("nothing may follow the end", line: 3))
  }

  @Test func `what is nested for ever is no line`() {
    let depth = 100_000
    let text = Self.header + "\n" + String(repeating: "[", count: depth) + "\n"
    let fault = #expect(throws: TraceFault.self) { try Replay(Array(text.utf8)) }
    #expect(fault?.line == 2)
  }

  @Test func `a line longer than any that is written is refused unread`() {
    let text = Array((Self.header + "\n").utf8)
    let line = [UInt8](repeating: UInt8(ascii: " "), count: TraceLimit.lineByteCount + 1)
    let fault = #expect(throws: TraceFault.self) { try Replay(text + line) }
    #expect(fault?.line == 2)
    #expect(fault?.message == "this line is longer than the 32 MiB that a line may have")
  }
}

// A run that is recorded and run again: on values, without a terminal.

import Chat
import Glibc
import Interface
import Support
import Terminal
import Testing

@testable import Patter

/// An app that is told events while a trace of them is written.
private final class RecordedRun {
  let home: TestHome
  let recorder: TraceRecorder
  var app: App
  private var now = Instant(
    uptimeNanoseconds: 7_000_000_123, unixMilliseconds: 1_763_700_000_000,
    asleepNanoseconds: 5_000)

  init() throws {
    var beginning = Beginning(seed: MessageID(high: 11, low: 12))
    beginning.settings.chat.retryPolicy = RetryPolicy(retries: 1, baseMilliseconds: 100)
    home = try TestHome()
    recorder = try TraceRecorder(path: home.path + "/run.trace", beginning, at: now)
    app = beginning.app
  }

  var bytes: [UInt8] { Array((home.read("run.trace") ?? "").utf8) }

  /// A third of a second passes, and then this happens. What is saved is saved at once.
  func tell(_ events: AppEvent...) throws {
    now = now.advanced(byMilliseconds: 333)
    var events = events[...]
    while let event = events.popFirst() {
      try recorder.record(event, at: now)
      for case .chat(.save(let conversation, let message)) in app.handle(event, at: now).effects {
        events.append(.saved(conversation, message.id))
      }
    }
  }

  func press(_ names: String...) throws {
    for name in names { try tell(.input(.key(try #require(KeyPress(name))))) }
  }

  func hear(_ attempt: UInt32, _ events: StreamEvent...) throws {
    for event in events { try tell(.stream(StreamID(attempt: attempt), event)) }
  }

  /// A reply that is stopped, one that is superseded, one that is retried and a draft.
  static func journey() throws -> RecordedRun {
    let run = try RecordedRun()
    try run.tell(.prompt("first"))
    let route = try #require(
      Route("two", .pool, [ModelID(provider: "a", name: "m"), ModelID(provider: "b", name: "n")]))
    try run.tell(.modelFound(route, place: "here"))
    try run.hear(1, .started(model: nil), .text("The first"), .text(" words"))
    try run.press("esc")
    try run.hear(1, .text(" that came late"))
    try run.press("h", "é", "?", "enter")
    try run.hear(2, .thinking("Hm"), .text("Another"))
    try run.tell(.input(.paste("line 1\nline 2")))
    try run.press("enter")
    try run.hear(3, .failed(StreamFailure(.serverFailed, "It broke.", requestID: "r")))
    try run.tell(.clock)
    try run.hear(
      4, .text("Whole."), .finished(.stop), .usage(Usage(outputTokens: 1)), .completed(.stop))
    try run.tell(
      .laidOut(ScreenView.Layout(transcript: .init(content: 90, visible: 20, top: 70))),
      .input(.wheel(-1)), .input(.paste("a draft")))
    return run
  }
}

struct TraceReplayTests {
  @Test func `a replay comes to the state that was recorded`() throws {
    let run = try RecordedRun.journey()
    let state = FinalState(run.app)
    try run.recorder.end(state)
    let replay = try Replay(run.bytes)
    #expect(replay.outcome == .same)
    #expect(replay.state == state)
    #expect(
      replay.sentences == ["\(replay.eventCount) events, and the same final state as recorded."])
  }

  @Test func `the final state tells the conversation, its endings, its streams and the draft`()
    throws
  {
    let run = try RecordedRun.journey()
    #expect(
      FinalState(run.app).text == """
        conversation 0, in view

        user
          first

        a/m
          The first words
          ■ stopped

        user
          hé?

        b/n
          (thinks) Hm
          Another
          ■ superseded

        user
          line 1
          line 2

        a/m (an earlier attempt)
          ■ failed: It broke. (request r)

        a/m
          Whole.
          ■ complete

        asks: two
        reply: none is live
        stream 0.1: a/m: first token after 666 ms, 2 kept, 1 stale; stopped
        stream 0.2: b/n: first token after 333 ms, 2 kept, 0 stale; superseded
        stream 0.3: a/m: no token came, 0 kept, 0 stale; failed: It broke. (request r)
        stream 0.4: a/m: first token after 333 ms, 1 kept, 0 stale; complete

        answers: a model (here)
        draft: a draft
        view: holds row 67

        """)
  }

  @Test func `the digest is that of the text, in any process`() throws {
    let beginning = Beginning(seed: MessageID(high: 1, low: 2))
    let state = FinalState(beginning.app)
    #expect(
      state.text == """
        conversation 0, in view

        asks: guide/guide
        reply: none is live

        answers: nobody yet
        draft: \

        view: follows the end

        """)
    #expect(state.digest == "f8ba61ab9ee97a37")
  }

  @Test func `a trace without its end is replayed as far as it goes, and that is said`() throws {
    let run = try RecordedRun.journey()
    let replay = try Replay(run.bytes)
    #expect(replay.outcome == .open)
    #expect(replay.state == FinalState(run.app))
    #expect(
      replay.sentences == [
        "The trace ends before the run did; this is its state after \(replay.eventCount) events."
      ])
    let cut = try Replay(Array(run.bytes.dropLast(3)))
    #expect(cut.isCut && cut.eventCount == replay.eventCount - 1)
    #expect(cut.sentences[0].hasPrefix("The trace ends in the middle of an event, before the run"))
  }

  @Test func `a trace cut at any byte is replayed as far as its lines are whole`() throws {
    let run = try RecordedRun.journey()
    try run.recorder.end(FinalState(run.app))
    let bytes = run.bytes
    let lineEnds = bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }
    for count in 0...bytes.count {
      // A line that lacks nothing but its end is whole.
      let wholeLineCount = lineEnds.count { $0 <= count }
      let cut = Array(bytes[..<count])
      guard count > lineEnds[0] else {
        #expect(throws: TraceFault("the file ends within its first line; that is no trace")) {
          try Replay(cut)
        }
        continue
      }
      let replay = try Replay(cut)
      let isWhole = wholeLineCount == lineEnds.count
      #expect(replay.eventCount == wholeLineCount - (isWhole ? 2 : 1))
      #expect(replay.outcome == (isWhole ? .same : .open))
      #expect(replay.isCut == !(lineEnds.contains(count) || lineEnds.contains(count - 1)))
    }
  }

  @Test func `another state than the recorded one is told`() throws {
    let run = try RecordedRun.journey()
    try run.recorder.end(FinalState(run.app))
    let text = try #require(run.home.read("run.trace"))
    let replay = try Replay(Array(text.replacing("a draft", with: "a craft").utf8))
    #expect(replay.outcome == .different)
    #expect(replay.sentences[0].hasSuffix("events, and another final state than the one recorded."))
  }

  @Test func `a trace of another version is replayed, and that is said`() throws {
    let run = try RecordedRun.journey()
    try run.recorder.end(FinalState(run.app))
    let text = try #require(run.home.read("run.trace"))
    let other = text.replacing(#""patter":"\#(Patter.version)""#, with: #""patter":"9.9.9""#)
    let replay = try Replay(Array(other.utf8))
    #expect(replay.outcome == .same)
    #expect(
      replay.sentences.first
        == "Patter '9.9.9' was recorded, and Patter \(Patter.version) replays it.")
  }

  // MARK: - Foreign files

  @Test(arguments: 1...20)
  func `whatever events are in a trace, there is a state`(seed: UInt64) throws {
    var random = Seeded(state: seed &* 977)
    var app = TraceSamples.beginning(&random).app
    for _ in 0..<400 {
      app.handle(TraceSamples.event(&random), at: TraceSamples.instant(&random))
    }
    #expect(FinalState(app).digest.count == 16)
  }

  @Test(arguments: 1...10)
  func `whatever bytes are in a trace, there is a state or a sentence`(seed: UInt64) throws {
    var random = Seeded(state: seed)
    let run = try RecordedRun.journey()
    let bytes = run.bytes
    let parts: [[UInt8]] = ["-", "9", "99999999999999999999", "\"", "}", "\n", "\\u0000", "null"]
      .map { Array($0.utf8) }
    for _ in 0..<200 {
      var broken = bytes
      let place = Int.random(in: bytes.indices, using: &random)
      let length = Int.random(in: 0...min(4, bytes.count - place), using: &random)
      let part =
        Bool.random(using: &random)
        ? parts.randomElement(using: &random)! : [UInt8.random(in: 0...255, using: &random)]
      broken.replaceSubrange(place..<(place + length), with: part)
      do throws(TraceFault) {
        _ = try Replay(broken)
      } catch {
        #expect(!error.message.isEmpty)
      }
    }
  }

  // MARK: - Writing

  @Test func `only the owner may read a trace`() throws {
    let run = try RecordedRun()
    var facts = stat()
    #expect(stat(run.home.path + "/run.trace", &facts) == 0)
    #expect(facts.st_mode & 0o7777 == 0o600)
  }

  @Test func `nothing is overwritten`() throws {
    let home = try TestHome()
    try home.write("mine", to: "file")
    let path = home.path + "/file"
    let beginning = Beginning(seed: MessageID(high: 1, low: 2))
    let fault = #expect(throws: TraceFault.self) {
      try TraceRecorder(path: path, beginning, at: Instant(uptimeNanoseconds: 0))
    }
    #expect(fault?.message.hasPrefix("The trace \(path) is there already") == true)
    #expect(home.read("file") == "mine")
  }

  @Test func `a disk that is full is told`() throws {
    let descriptor = open("/dev/full", O_WRONLY | O_CLOEXEC)
    let fault = #expect(throws: TraceFault.self) {
      try TraceRecorder(
        descriptor: descriptor, Beginning(seed: MessageID(high: 1, low: 2)),
        at: Instant(uptimeNanoseconds: 0))
    }
    #expect(fault?.message == "The trace cannot be written: No space left on device. It ends here.")
  }

  @Test func `an event is in the file before it is handled`() throws {
    let run = try RecordedRun()
    try run.recorder.record(.terminate, at: Instant(uptimeNanoseconds: 8_000_000_000))
    #expect(try Replay(run.bytes).eventCount == 1)
  }
}

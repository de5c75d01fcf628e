// Files answered on a thread that a test holds: whoever asks waits for nothing, and is told what he asked last.

import Chat
import Glibc
import Interface
import Support
import Testing

@testable import Patter

/// What a thread waits at until a test lets it through, once for each time.
private final class Gate: Sendable {
  private let reading: Int32
  private let writing: Int32

  init() throws {
    var ends: [Int32] = [-1, -1]
    try #require(pipe(&ends) == 0)
    (reading, writing) = (ends[0], ends[1])
  }

  deinit {
    close(reading)
    close(writing)
  }

  func pass() {
    var byte: UInt8 = 0
    _ = read(reading, &byte, 1)
  }

  func open() { _ = write(writing, [1], 1) }
}

@Suite struct FileReaderTests {
  private static func question(_ number: Int) -> FileRequest { .inspect(number, ["a"], for: []) }

  /// The answers, as soon as one is there.
  private static func answers(_ reader: FileReader) -> [FileRequest] {
    reader.take(waitingMilliseconds: Int32(TerminalProgram.patienceSeconds * 1000)).map(\.request)
  }

  /// One that says what it begins with and waits at a gate before each answer.
  private static func held() throws -> (reader: FileReader, begun: Gate, gate: Gate) {
    let (begun, gate) = (try Gate(), try Gate())
    let reader = FileReader { _ in
      begun.open()
      gate.pass()
      return []
    }
    return (reader, begun, gate)
  }

  @Test func `tells what a folder and a file are, and what is in them`() throws {
    let home = try TestHome()
    try home.write("words", to: "a.txt")
    let reader = FileReader(home: home.path)
    let requests: [FileRequest] = [
      .list(folder: "~/"), .inspect(1, ["~/a.txt", "~/b"], for: []), .read(2, ["~/a.txt"], for: []),
    ]
    var news: [FileNews] = []
    for request in requests {
      reader.ask(request)
      let answers = reader.take(
        waitingMilliseconds: Int32(TerminalProgram.patienceSeconds * 1000))
      #expect(answers.map(\.request) == [request])
      news += answers.flatMap(\.news)
    }
    guard case .listed(let listing) = news.first, case .inspected(1, let findings) = news[1],
      case .read(2, 0, .part(let part, _, nil)) = news[2]
    else {
      Issue.record("\(news)")
      return
    }
    #expect(listing.files == ["a.txt"])
    guard case .file = findings[0] else {
      Issue.record("\(findings)")
      return
    }
    #expect(findings[1] == .missing)
    #expect(part.text == "words")
  }

  @Test func `leaves a thread that waits to it, and hears another one`() throws {
    let (reader, begun, gate) = try Self.held()
    reader.ask(Self.question(1))
    begun.pass()
    reader.ask(Self.question(2))
    begun.pass()
    // Both threads go on, and one of them is nobody's.
    gate.open()
    gate.open()
    #expect(Self.answers(reader) == [Self.question(2)])
    #expect(reader.take().isEmpty)
  }

  @Test func `a folder that does not answer holds no file, and a file no folder`() throws {
    let (begun, gate) = (try Gate(), try Gate())
    let reader = FileReader { request in
      if request == .list(folder: "hung/") || request == Self.question(2) {
        begun.open()
        gate.pass()
      }
      return []
    }
    reader.ask(.list(folder: "hung/"))
    begun.pass()
    #expect(reader.isBusy)
    reader.ask(Self.question(1))
    #expect(Self.answers(reader) == [Self.question(1)])
    reader.ask(Self.question(2))
    begun.pass()
    reader.ask(.list(folder: "there/"))
    #expect(Self.answers(reader) == [.list(folder: "there/")])
    gate.open()
    gate.open()
    #expect(Self.answers(reader) == [Self.question(2)])
  }

  @Test func `what nobody waits for any more is not told`() throws {
    let (reader, begun, gate) = try Self.held()
    reader.ask(Self.question(1))
    begun.pass()
    reader.stop()
    reader.ask(.list(folder: "a/"))
    begun.pass()
    gate.open()
    gate.open()
    #expect(Self.answers(reader) == [.list(folder: "a/")])
    #expect(reader.take().isEmpty)
  }

  @Test func `leaves no more threads than so many, and says so`() throws {
    let (reader, begun, gate) = try Self.held()
    for number in 0...FileReader.leftLimit {
      reader.ask(Self.question(number))
      begun.pass()
    }
    let last = Self.question(100)
    reader.ask(last)
    let sentence =
      "8 files do not answer already; no other one is looked at until one of them does."
    #expect(
      reader.take() == [.init(request: last, news: [.inspected(100, [.refused(sentence)])])])
    // When one comes back, there is one again who looks.
    for _ in 0...FileReader.leftLimit { gate.open() }
    let deadline = ContinuousClock.now + .seconds(TerminalProgram.patienceSeconds)
    while reader.isBusy {
      try #require(ContinuousClock.now < deadline)
      sched_yield()
    }
    #expect(reader.take().isEmpty)
    gate.open()
    reader.ask(last)
    #expect(Self.answers(reader) == [last])
  }
}

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
      #expect(reader.ask(request))
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

  @Test func `holds nobody who asks, and of what waits answers the last question`() throws {
    let (reader, begun, gate) = try Self.held()
    #expect(reader.ask(Self.question(1)))
    begun.pass()
    #expect(!reader.ask(Self.question(2)))
    #expect(!reader.ask(.list(folder: "a/")))
    #expect(!reader.ask(Self.question(3)))
    #expect(!reader.ask(.list(folder: "b/")))
    #expect(reader.take().isEmpty)
    var came: [FileRequest] = []
    for _ in 0..<3 {
      gate.open()
      came += Self.answers(reader)
    }
    #expect(came == [Self.question(1), Self.question(3), .list(folder: "b/")])
    #expect(reader.take().isEmpty)
  }

  @Test func `leaves a thread that waits, and goes on with another one`() throws {
    let (reader, begun, gate) = try Self.held()
    #expect(reader.ask(Self.question(1)))
    begun.pass()
    reader.stop()
    #expect(reader.ask(Self.question(2)))
    begun.pass()
    // Both threads go on, and one of them is nobody's.
    gate.open()
    gate.open()
    #expect(Self.answers(reader) == [Self.question(2)])
    #expect(reader.take().isEmpty)
  }

  @Test func `leaves no more threads than so many`() throws {
    let (reader, begun, gate) = try Self.held()
    for number in 0..<FileReader.leftLimit {
      #expect(reader.ask(Self.question(number)))
      begun.pass()
      reader.stop()
    }
    #expect(reader.ask(Self.question(100)))
    begun.pass()
    #expect(!reader.ask(Self.question(101)))
    reader.stop()
    #expect(!reader.ask(Self.question(102)))
    for _ in 0..<(FileReader.leftLimit + 2) { gate.open() }
    var came: [FileRequest] = []
    while came.last != Self.question(102) {
      let answers = Self.answers(reader)
      try #require(!answers.isEmpty)
      came += answers
    }
    #expect(came == [Self.question(100), Self.question(102)])
  }
}

// Drives children the way the program's loop does, and sorts what they say.

import ChildProcesses
import CurlTransport
import Glibc
import Support
import Testing
import Wire

/// What one child said so far.
struct Story: Equatable {
  var output: [UInt8] = []
  var diagnostics: [UInt8] = []
  var end: ChildEnd?
  /// Whether nothing followed the end and no chunk was empty.
  var isInOrder = true
  /// The most bytes that came in one pass.
  var greatestPassByteCount = 0

  init() {}

  init(output: String = "", diagnostics: String = "", end: ChildEnd?) {
    self.output = Array(output.utf8)
    self.diagnostics = Array(diagnostics.utf8)
    self.end = end
  }

  var outputText: String { String(decoding: output, as: UTF8.self) }
  var diagnosticsText: String { String(decoding: diagnostics, as: UTF8.self) }
  var isOver: Bool { end != nil }

  mutating func take(_ pass: [ChildEvent]) {
    let before = output.count + diagnostics.count
    for event in pass {
      if isOver { isInOrder = false }
      switch event {
      case .output(let bytes):
        if bytes.isEmpty { isInOrder = false }
        output += bytes
      case .diagnostics(let bytes):
        if bytes.isEmpty { isInOrder = false }
        diagnostics += bytes
      case .ended(let end): self.end = end
      }
    }
    greatestPassByteCount = max(
      greatestPassByteCount, output.count + diagnostics.count - before)
  }

  /// Two stories are one when the same was said, in however many passes.
  static func == (one: Story, other: Story) -> Bool {
    one.output == other.output && one.diagnostics == other.diagnostics && one.end == other.end
      && one.isInOrder == other.isInOrder
  }
}

extension Children {
  /// Sleeps on the interests and collects until `isEnough` says so of the child, or for 30 seconds.
  func follow(
    _ id: TransferID = .stream(1), from start: Story = Story(), until isEnough: (Story) -> Bool
  ) throws -> Story {
    let stories = try followAll(from: [id: start]) { isEnough($0[id] ?? Story()) }
    return stories[id] ?? Story()
  }

  /// Does so for all children. A sleep lasts until something wakes it, so an interest that somebody
  /// forgot is a failure.
  func followAll(
    from start: [TransferID: Story] = [:], until isEnough: ([TransferID: Story]) -> Bool
  ) throws -> [TransferID: Story] {
    let transport = try Transport()
    var stories = start
    let deadline = MonotonicClock.nanoseconds + 30_000_000_000
    while !isEnough(stories) {
      let leftMilliseconds = Int((deadline - MonotonicClock.nanoseconds) / 1_000_000)
      guard leftMilliseconds > 0 else {
        Issue.record("it did not come within 30 seconds, or nothing woke the sleep for it")
        break
      }
      _ = transport.wait(
        for: [], also: interests,
        atMostMilliseconds: min(leftMilliseconds, longestSleepMilliseconds ?? leftMilliseconds))
      for (id, pass) in Dictionary(grouping: events(), by: \.0) {
        stories[id, default: Story()].take(pass.map(\.1))
      }
    }
    return stories
  }

  /// Starts a program and follows it to its end.
  func run(_ command: ChildCommand, as id: TransferID = .stream(1)) throws -> Story {
    spawn(id, command)
    return try follow(id, until: \.isOver)
  }
}

extension ChildCommand {
  /// A script for /bin/sh, and what it finds as `$1`, `$2` and so on.
  static func shell(_ script: String, _ words: String..., input: [UInt8] = []) -> ChildCommand {
    ChildCommand(["/bin/sh", "-c", script, "sh"] + words, input: input)
  }
}

/// A named pipe that a process opens to write and hands on to all that it starts. When the last of
/// them is gone, and not before, there is nobody left who could write to it.
final class Lifeline {
  let path: String
  private let home: TestHome
  private let reading: Int32

  init() throws {
    home = try TestHome()
    path = home.path + "/lifeline"
    guard mkfifo(path, 0o600) == 0 else { throw HarnessError(call: "mkfifo") }
    reading = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard reading >= 0 else { throw HarnessError(call: "open the named pipe") }
  }

  deinit { close(reading) }

  /// Whether nobody holds it now, who has held it before.
  var isReleased: Bool { isReleased(withinMilliseconds: 0) }

  /// Waits for the last holder to go. False after 30 seconds.
  func waitUntilReleased() -> Bool { isReleased(withinMilliseconds: 30_000) }

  /// Waits for a line. nil after 30 seconds, or when the last holder is gone.
  func line() -> String? {
    var record = pollfd(fd: reading, events: Int16(POLLIN), revents: 0)
    poll(&record, 1, 30_000)
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(reading, &bytes, bytes.count)
    return count > 0 ? String(decoding: bytes.prefix(count), as: UTF8.self) : nil
  }

  private func isReleased(withinMilliseconds milliseconds: Int32) -> Bool {
    var record = pollfd(fd: reading, events: 0, revents: 0)
    poll(&record, 1, milliseconds)
    return Int32(record.revents) & POLLHUP != 0
  }
}

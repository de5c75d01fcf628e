// One reply from a program of this machine, from its start to its one end.
//
//   ──output──▶ text ──exit 0──▶ completed
//   ──any other end, exit 0 without a word, too much output, 10 minutes without any──▶ failed
//
// A program has one end: it left, and all that it wrote was told. So nothing here is asked twice, and
// there is no grace. It thinks in silence for as long as it likes, up to the limit on progress: unlike a
// connection it cannot die unheard. What it writes to its standard error is kept for the failure and is
// no progress, as comments of a server are none.

import Chat
import Wire

struct ChildStream: Sendable {
  /// The end of the program's standard error that is kept, in bytes.
  static let diagnosticsLimitBytes = 64 * 1024

  let command: ChildCommand
  private let wording: ChildWording
  private let limits: StreamLimits
  private var record = ReplyRecord()
  private var borders = ScalarBorders()
  private var isBlank = true
  private var outputByteCount = 0
  private(set) var diagnostics: [UInt8] = []
  private var lastText: Instant
  /// After an absence: nothing fails before this.
  private var notBefore: Instant?

  /// - Parameter name: what the user calls the program.
  init(_ command: ChildCommand, named name: String, limits: StreamLimits, at now: Instant) {
    self.command = command
    wording = ChildWording(name: name, command: command)
    self.limits = limits
    lastText = now
  }

  mutating func receive(_ event: ChildEvent, at now: Instant) -> SourceStep {
    switch event {
    case .output(let bytes): return receive(bytes, at: now)
    case .diagnostics(let bytes):
      diagnostics += bytes.suffix(Self.diagnosticsLimitBytes)
      diagnostics.removeFirst(max(0, diagnostics.count - Self.diagnosticsLimitBytes))
      return SourceStep()
    case .ended(let end):
      tell(borders.finish())
      guard let failure = failure(of: end) else {
        return SourceStep(events: record.takeEvents() + [.completed(.stop)], isEnd: true)
      }
      return fail(failure, leavesFarEnd: false)
    }
  }

  /// When `advance` has something to do, unless an event comes first.
  var deadline: Instant {
    let stalled = lastText.advanced(byMilliseconds: limits.progressMilliseconds)
    return max(stalled, notBefore ?? stalled)
  }

  mutating func advance(to now: Instant) -> SourceStep {
    guard now >= deadline else { return SourceStep() }
    return fail(
      wording.stalled(milliseconds: limits.progressMilliseconds))
  }

  /// We were away until `now`, and perhaps the program was as well.
  mutating func wake(at now: Instant) {
    notBefore = now.advanced(byMilliseconds: Absence.probationMilliseconds)
  }

  private mutating func receive(_ bytes: [UInt8], at now: Instant) -> SourceStep {
    let room = limits.bodyBytes - outputByteCount
    outputByteCount += bytes.count
    let text = borders.receive(room < bytes.count ? Array(bytes.prefix(room)) : bytes)
    if !text.isEmpty { lastText = now }
    tell(text)
    guard outputByteCount > limits.bodyBytes else { return SourceStep(events: record.takeEvents()) }
    return fail(wording.tooLarge(limitBytes: limits.bodyBytes))
  }

  private mutating func tell(_ text: String) {
    if isBlank { isBlank = text.allSatisfy(\.isWhitespace) }
    record.text(text)
  }

  private func failure(of end: ChildEnd) -> StreamFailure? {
    switch end {
    // A reply of white space alone is a blank message, and explains nothing.
    case .exited(0): return isBlank ? wording.empty(diagnostics) : nil
    case .exited(let code): return wording.exited(code, diagnostics)
    case .signalled(let signal): return wording.signalled(signal, diagnostics)
    case .notStarted(let why): return wording.notStarted(why)
    }
  }

  private mutating func fail(_ failure: StreamFailure, leavesFarEnd: Bool = true) -> SourceStep {
    SourceStep(
      events: record.takeEvents() + [.failed(failure)], isEnd: true, leavesFarEnd: leavesFarEnd)
  }
}

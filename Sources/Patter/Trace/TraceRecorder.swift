import Chat
import Glibc
import Interface

/// Writes a trace while the program runs.
///
/// Each event is written before it is handled, by a `write` of its own: should handling it be the last
/// thing the program does, the event that did it is in the file.
final class TraceRecorder {
  private let descriptor: Int32
  private let start: Instant
  private var byteCount = 0

  /// Begins a trace in a new file that nobody but its owner may read.
  ///
  /// - Parameters:
  ///   - beginning: what the app is made from that is told the events.
  ///   - start: when the trace begins; no event is earlier.
  /// - Throws: when there is something at this path already, or nothing can be written there.
  convenience init(path: String, _ beginning: Beginning, at start: Instant) throws(TraceFault) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw TraceFault(
        errno == EEXIST
          ? "The trace \(path) is there already; give another name, for none is overwritten."
          : "The trace \(path) cannot be written: \(reason(errno)).")
    }
    try self.init(descriptor: descriptor, beginning, at: start)
  }

  /// Begins a trace in an open file, which is closed in the end.
  init(descriptor: Int32, _ beginning: Beginning, at start: Instant) throws(TraceFault) {
    self.descriptor = descriptor
    self.start = start
    try write(TraceText.line(TraceHeader(beginning)))
  }

  deinit { close(descriptor) }

  /// Notes an event that is about to be handled. After an error nothing more may be written.
  func record(_ event: AppEvent, at now: Instant) throws(TraceFault) {
    let line = TraceLine.event(TracedEvent(event), at: TracedInstant(now, since: start))
    try write(TraceText.line(line))
  }

  /// Notes that the run ended in order, and how.
  func end(_ state: FinalState) throws(TraceFault) {
    try write(TraceText.line(TraceLine.end(digest: state.digest)))
  }

  private func write(_ line: [UInt8]) throws(TraceFault) {
    byteCount += line.count
    guard line.count <= TraceLimit.lineByteCount, byteCount <= TraceLimit.fileByteCount else {
      throw TraceFault(
        "The trace is full: it holds \(TraceLimit.fileByteCount >> 20) MiB. It ends here.")
    }
    var rest = line[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        throw TraceFault("The trace cannot be written: \(reason(errno)). It ends here.")
      }
    }
  }
}

/// What the system says of an error.
func reason(_ code: Int32) -> String { String(cString: strerror(code)) }

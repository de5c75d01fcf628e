// Reads what a prompt is made of, standard input and files, before anybody is asked. Whoever gives it to us
// may take any time: signals are heard meanwhile, whoever was to read the reply may go, and the progress
// line says what is waited for.

import Chat
import Glibc
import Wire

/// Reads whole inputs. Lives on the loop's thread, before the loop.
struct PromptReader {
  let signals: Signals
  let sink: TextSink
  let observer: Observer
  /// Since when somebody waits.
  let start: Instant

  /// All bytes of an open file.
  ///
  /// - Parameters:
  ///   - name: what is read, as the subject of a sentence.
  ///   - limit: the most bytes there may be; more are refused whole.
  ///   - advice: the end of the sentence that refuses them.
  func bytes(
    of descriptor: Int32, named name: String, limit: Int, advice: String
  ) throws(PrintLoop.Outcome) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      guard try isReadable(descriptor, named: name) else { continue }
      let count = read(descriptor, &buffer, buffer.count)
      if count == 0 { return bytes }
      guard count > 0 else {
        if [EINTR, EAGAIN].contains(errno) { continue }
        throw PrintLoop.Outcome(notAsked: "\(name) cannot be read: \(reason(errno)).")
      }
      bytes += buffer[..<count]
      guard bytes.count <= limit else {
        throw PrintLoop.Outcome(
          notAsked: "\(name) is longer than \(limit >> 20) MiB, which is \(advice).")
      }
    }
  }

  /// Waits for a moment: until there is something to read, or a second of the progress line is over.
  private func isReadable(
    _ descriptor: Int32, named name: String
  ) throws(PrintLoop.Outcome) -> Bool {
    let now = Clock.now()
    observer.show(at: now) { "reading \(name) \(now.elapsed(since: start))" }
    var awaited = [
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: sink.interest.descriptor, events: 0, revents: 0),
    ]
    let limit = now.milliseconds(untilNanoseconds: [observer.deadline?.uptimeNanoseconds])
    poll(&awaited, nfds_t(awaited.count), Int32(clamping: limit))
    if let ending = signals.take().lazy.compactMap(PrintEnding.init(signal:)).first {
      throw PrintLoop.Outcome(ending: ending)
    }
    do throws(TextSink.Failure) {
      try sink.flush()
    } catch {
      throw PrintLoop.Outcome(error)
    }
    return awaited[0].revents != 0
  }
}

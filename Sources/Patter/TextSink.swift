// Standard output as the sink of a reply. It is never waited for: a write that blocked would keep a signal
// from being heard and a socket from being shut. What cannot be written yet waits here, and whoever fills
// the sink stops when it is full.

import Glibc
import Terminal
import Wire

/// Writes text to a descriptor as fast as its reader takes it.
final class TextSink {
  /// Why nothing more can be written.
  enum Failure: Error, Hashable {
    /// Nobody reads any more (EPIPE).
    case readerGone
    /// The terminal is gone.
    case hungUp
    /// Anything else, as errno.
    case failed(Int32)
  }

  /// What waits for the reader, in bytes, when the sink counts as full.
  static let backlogLimitBytes = 1 << 20

  /// Bytes written at once: PIPE_BUF (pipe(7)), for which a pipe that says it has room has room.
  static let pieceBytes = 4096
  /// What is written is let go in lumps of this many bytes.
  private static let lumpBytes = 64 << 10

  /// Control characters do not reach a terminal.
  let isTerminal: Bool

  private let original: Int32
  private let descriptor: Int32
  private var plain = PlainText()
  private var backlog: [UInt8] = []
  /// How many bytes at the front of the backlog are written.
  private var writtenCount = 0

  /// - Parameter descriptor: belongs to the sink from now on.
  init(descriptor: Int32) {
    original = descriptor
    isTerminal = isatty(descriptor) == 1
    self.descriptor = TextSink.withoutBlocking(descriptor, isTerminal: isTerminal) ?? descriptor
  }

  deinit {
    if descriptor != original { close(descriptor) }
  }

  /// Another way to the same pipe or terminal, one that never blocks. The way we were given is shared
  /// with other programs, who would see O_NONBLOCK as well. Nil where there is none; then a write is no
  /// larger than there is room for, as far as poll(2) tells.
  static func withoutBlocking(_ descriptor: Int32, isTerminal: Bool) -> Int32? {
    var status = stat()
    guard isTerminal || fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO else {
      return nil
    }
    let flags = O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
    let opened = open("/proc/self/fd/\(descriptor)", flags)
    return opened >= 0 ? opened : nil
  }

  /// What waits for the reader, in bytes.
  var waitingByteCount: Int { backlog.count - writtenCount }
  var isEmpty: Bool { waitingByteCount == 0 }
  /// Whether so much waits that nothing more should be taken in.
  var isFull: Bool { waitingByteCount > TextSink.backlogLimitBytes }

  /// What a sleep has to listen to before the next `flush`.
  var interest: Interest { isEmpty ? .breaking(descriptor) : .writing(descriptor) }

  /// Takes in text; `flush` writes it.
  func append(_ text: String) {
    backlog += (isTerminal ? plain.receive(text) : text).utf8
  }

  /// Writes what the reader takes without waiting, and sees whether there is a reader.
  func flush() throws(Failure) {
    repeat {
      var wait = pollfd(fd: descriptor, events: isEmpty ? 0 : Int16(POLLOUT), revents: 0)
      guard poll(&wait, 1, 0) > 0 else { return }
      guard !isEmpty else { throw isTerminal ? .hungUp : .readerGone }
      let piece = backlog[writtenCount...].prefix(TextSink.pieceBytes)
      let count = piece.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      guard count >= 0 else {
        switch errno {
        case EAGAIN: return
        case EINTR: continue
        case let code: throw failure(code)
        }
      }
      writtenCount += count
      letGo()
    } while !isEmpty
  }

  /// Forgets what could not be written yet.
  func giveUp() {
    backlog = []
    writtenCount = 0
  }

  /// Closes the descriptor. Some file systems tell only now that there was no room.
  func finish() throws(Failure) {
    guard close(original) == 0 || errno == EINTR else { throw failure(errno) }
  }

  private func letGo() {
    if isEmpty {
      backlog.removeAll(keepingCapacity: true)
      writtenCount = 0
    } else if writtenCount >= TextSink.lumpBytes {
      backlog.removeFirst(writtenCount)
      writtenCount = 0
    }
  }

  private func failure(_ code: Int32) -> Failure {
    switch code {
    case EPIPE: .readerGone
    case EIO where isTerminal: .hungUp
    default: .failed(code)
    }
  }
}

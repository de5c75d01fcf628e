// The line to the terminal for as long as it is asked what it is like. It is the terminal's own device, so
// that it can be asked although the answer of the program goes to a file.

import CNcurses
import Glibc
import Terminal

/// The terminal of this process, whatever standard input and output are, for as long as it is asked.
struct ExaminedLine: ~Copyable {
  private let descriptor: Int32

  init?() {
    descriptor = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { return nil }
  }

  deinit {
    close(descriptor)
  }

  var isInBackground: Bool {
    let group = tcgetpgrp(descriptor)
    return group > 0 && group != getpgrp()
  }

  var size: Size? {
    var rows: Int32 = 0
    var columns: Int32 = 0
    guard terminal_size(descriptor, &rows, &columns) else { return nil }
    return Size(rows: Int(rows), columns: Int(columns))
  }

  /// All that comes until DA1 has, and how long that took; nil where it did not come. Ctrl-C ends it, and so
  /// does anything to be read from `interruption`.
  func answers(
    to question: String, limitMilliseconds: Int64, byteLimit: Int, interruption: Int32
  ) -> (bytes: [UInt8], microseconds: Int64?) {
    var saved = termios()
    guard tcgetattr(descriptor, &saved) == 0 else { return ([], nil) }
    var settings = saved
    settings.c_lflag &= ~tcflag_t(ICANON | ISIG | IEXTEN | ECHO)
    tcsetattr(descriptor, TCSADRAIN, &settings)
    // What comes later would be typed into the shell.
    defer { tcsetattr(descriptor, TCSAFLUSH, &saved) }
    let start = Self.nowMicroseconds
    write(Array(question.utf8))
    var bytes: [UInt8] = []
    while bytes.count < byteLimit {
      let left = limitMilliseconds - (Self.nowMicroseconds - start) / 1_000
      var waits = [descriptor, interruption].map {
        pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
      }
      // What lies there already counts, however late somebody looks.
      guard poll(&waits, 2, Int32(clamping: max(0, left))) > 0, waits[1].revents == 0 else { break }
      var chunk = [UInt8](repeating: 0, count: 4_096)
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      guard count > 0 else { break }
      bytes += chunk[..<count]
      if bytes.contains(TerminalExam.interrupt) { break }
      if Self.holdsLastAnswer(bytes) { return (bytes, Self.nowMicroseconds - start) }
    }
    return (bytes, nil)
  }

  /// DA1 is `ESC [ ? … c`.
  private static func holdsLastAnswer(_ bytes: [UInt8]) -> Bool {
    guard let start = bytes.lastRange(of: [0x1B, 0x5B, 0x3F]) else { return false }
    let end = bytes[start.upperBound...].drop { (0x30...0x39).contains($0) || $0 == 0x3B }
    return end.first == UInt8(ascii: "c")
  }

  private func write(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  private static var nowMicroseconds: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000
  }
}

extension [UInt8] {
  /// Where these bytes stand for the last time.
  fileprivate func lastRange(of wanted: [UInt8]) -> Range<Int>? {
    guard count >= wanted.count else { return nil }
    for start in stride(from: count - wanted.count, through: 0, by: -1)
    where self[start...].starts(with: wanted) {
      return start..<(start + wanted.count)
    }
    return nil
  }
}

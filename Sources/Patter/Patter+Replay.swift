import Glibc
import Terminal

extension Patter {
  /// Replays a trace and prints its final state; the answer is the exit code.
  static func replay(_ path: String) -> Int32 {
    do {
      let replay = try Replay(contents(of: path))
      let text = replay.state.text
      printOut(isatty(1) == 1 ? PlainText.plain(text) : text)
      for sentence in replay.sentences { say(sentence) }
      return replay.outcome == .different ? 1 : 0
    } catch {
      let line = error.line.map { ":\($0)" } ?? ""
      say("\(PlainText.plain(path))\(line): \(error.message).")
      return 1
    }
  }

  /// All bytes of a file.
  private static func contents(of path: String) throws(TraceFault) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let hint =
        errno == ENOENT ? " (to send the words as a prompt: patter -- replay \(path))" : ""
      throw TraceFault(reason(errno) + hint)
    }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count == 0 { return bytes }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw TraceFault(reason(errno)) }
      bytes += buffer[..<count]
      guard bytes.count <= TraceLimit.fileByteCount else {
        throw TraceFault(
          "the file is larger than the \(TraceLimit.fileByteCount >> 20) MiB that a trace may have")
      }
    }
  }

  /// Writes to standard output; false when that fails, and errno says why.
  @discardableResult
  static func printOut(_ text: String) -> Bool {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
      if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return false }
    }
    return true
  }
}

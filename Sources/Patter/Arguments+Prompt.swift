// The prompt of `patter -p`: the words of the command line or, where there are none, standard input.

import Glibc

extension Arguments {
  /// The longest prompt that is read from standard input, in bytes. A longer one is refused whole: a
  /// model that was asked about the half of a text would answer about the half.
  static let longestInputBytes = 4 << 20

  /// The prompt, which is not blank.
  ///
  /// - Parameter input: is read to its end, unless the command line holds the prompt.
  func promptToPrint(input: Int32) throws(Fault) -> String {
    let prompt: String
    if let words = self.prompt { prompt = words } else { prompt = try Arguments.text(of: input) }
    guard !prompt.allSatisfy(\.isWhitespace) else { throw Fault(message: "the prompt is empty.") }
    return prompt
  }

  /// All of the input, without the line ends that a shell puts at the end.
  private static func text(of input: Int32) throws(Fault) -> String {
    guard isatty(input) == 0 else {
      throw Fault(message: "-p needs a prompt behind it, or text on standard input.")
    }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = read(input, &buffer, buffer.count)
      if count == 0 { break }
      guard count > 0 else {
        try wait(for: input, after: errno)
        continue
      }
      bytes += buffer[..<count]
      guard bytes.count <= longestInputBytes else {
        throw Fault(
          message: "standard input is longer than \(longestInputBytes >> 20) MiB, "
            + "which is the longest prompt.")
      }
    }
    var text = String(decoding: bytes, as: UTF8.self)
    while text.last?.isNewline == true { text.removeLast() }
    return text
  }

  /// After a read that failed: waits where whoever gave us the input reads without blocking.
  private static func wait(for input: Int32, after code: Int32) throws(Fault) {
    switch code {
    case EINTR: return
    case EAGAIN:
      var wait = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
      poll(&wait, 1, -1)
    default:
      throw Fault(message: "standard input cannot be read: \(String(cString: strerror(code))).")
    }
  }
}

// Standard error beside a reply: sentences, and on a terminal one line that says what is waited for. It only
// observes. Nobody waits for it, and when it fails nothing follows.
//
//   began ──a second──▶ line ──each second──▶ line anew ──the reply is written, the end──▶ wiped, for good
//                         └── a sentence: the line is wiped, the sentence written, the line comes again

import Chat
import Glibc
import Terminal

/// Tells whoever looks at standard error.
final class Observer {
  /// Shorter replies need no line, and a terminal no more than this.
  private static let intervalMilliseconds: Int64 = 1000
  /// A line that would be cut to less says nothing.
  private static let fewestColumns = 20

  private let original: Int32
  private let descriptor: Int32
  private let isTerminal: Bool
  /// Whether the line stands on the terminal.
  private var isShown = false
  /// When the line is written next; nil where there is none.
  private var due: Instant?

  /// - Parameter terminalName: `TERM`. Without one, and on a dumb terminal, there is no line.
  init(descriptor: Int32, terminalName: String?, at now: Instant) {
    original = descriptor
    isTerminal = isatty(descriptor) == 1
    let opened = isTerminal ? TextSink.withoutBlocking(descriptor, isTerminal: true) : nil
    self.descriptor = opened ?? descriptor
    let isDumb = ["", "dumb", "unknown"].contains(terminalName ?? "")
    if opened != nil, !isDumb { due = now.advanced(byMilliseconds: Observer.intervalMilliseconds) }
  }

  deinit {
    if descriptor != original { close(descriptor) }
  }

  /// When `show` has something to do.
  var deadline: Instant? { due }

  /// Writes the line if it is time for it.
  func show(at now: Instant, _ words: () -> String) {
    guard let due, due <= now else { return }
    self.due = now.advanced(byMilliseconds: Observer.intervalMilliseconds)
    // Who was sent into the background has no say on the terminal any more.
    guard isInForeground, let columns = columnCount, columns >= Observer.fewestColumns else {
      return
    }
    isShown = true
    put("\r" + Observer.cut(PlainText.plain(words()), to: columns - 1) + Observer.erasure)
  }

  /// Takes the line away for good: something else is seen from now on.
  func endProgress() {
    due = nil
    wipe()
  }

  /// Says a sentence, without control characters: names from outside may stand in it. What there is no
  /// room for is not said.
  func say(_ sentence: String) {
    wipe()
    put(Patter.line(sentence))
  }

  private func wipe() {
    guard isShown else { return }
    isShown = false
    if isInForeground { put("\r" + Observer.erasure) }
  }

  /// What stands behind the cursor goes (EL, ECMA-48).
  private static let erasure = "\u{1B}[K"

  private var isInForeground: Bool { tcgetpgrp(descriptor) == getpgrp() }

  private var columnCount: Int? { Self.columns(of: descriptor) }

  /// The columns of the terminal; nil for what is none.
  static func columns(of descriptor: Int32) -> Int? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 else { return nil }
    return Int(size.ws_col)
  }

  /// As much of a line as has room. A letter that is no ASCII counts as two columns: some are that wide,
  /// and a line that wraps could not be wiped.
  private static func cut(_ line: String, to columns: Int) -> String {
    var rest = columns
    let scalars = line.unicodeScalars.prefix { scalar in
      rest -= scalar.isASCII ? 1 : 2
      return rest >= 0
    }
    return String(scalars)
  }

  private func put(_ text: String) {
    var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    guard poll(&wait, 1, 0) > 0 else { return }
    let bytes = Array(text.utf8)
    _ = write(descriptor, bytes, min(bytes.count, TextSink.pieceBytes))
  }
}

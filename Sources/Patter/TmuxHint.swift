// Inside tmux Esc may be slow: tmux holds it back for its `escape-time` to see whether more comes, half a
// second where nobody has changed that. Patter cannot help it, but can say so, once on a machine.
//
//   first frame ──▶ tmux show -sv escape-time ── more than 50 ms ──▶ a notice, when no other is shown
//                        └─ anything else: silence
//
// That it was said is remembered by a file without content, `$XDG_STATE_HOME/patter/tmux-hint`. Where it cannot
// be made, the notice comes again at the next start, and nothing else is different.

import Chat
import ChildProcesses
import Glibc
import Interface
import Settings
import Terminal
import Wire

/// Asks tmux how long it holds Esc back. Lives on the loop's thread and never sleeps.
final class TmuxHint {
  /// An Esc that is held back for longer is felt, in milliseconds.
  static let feltMilliseconds = 50
  /// How long tmux may take to answer, in milliseconds. It takes five where nothing is wrong.
  private static let limitMilliseconds: Int64 = 3_000
  /// Longest answer that is looked at, in bytes. It is a number.
  private static let answerByteCount = 32

  private enum State {
    case unasked
    case asked(until: Instant)
    /// Esc waits for so many milliseconds, and nobody has said so.
    case slow(Int)
    case settled
  }

  /// The file that remembers; nil where there is no home.
  private let memory: String?
  private let command: [String]
  private let children = Children()
  private let child = TransferID.lookup(1)
  private var state = State.unasked
  private var answer: [UInt8] = []

  /// - Parameter command: asks tmux; its output is the answer.
  init(memory: String?, command: [String] = ["tmux", "show", "-sv", "escape-time"]) {
    self.memory = memory
    self.command = command
  }

  /// Nil outside tmux.
  convenience init?(environment: [String: String]) {
    guard environment["TMUX"]?.isEmpty == false else { return nil }
    self.init(memory: stateFolder(environment: environment).map { "\($0)/tmux-hint" })
  }

  /// What a sleep has to listen to.
  var interests: [Interest] { children.interests }
  /// How long a sleep may last although none of these ends it; nil for any time.
  var longestSleepMilliseconds: Int? { children.longestSleepMilliseconds }
  /// When tmux has taken too long.
  var deadline: Instant? {
    switch state {
    case .asked(let until): until
    case .unasked, .slow, .settled: nil
    }
  }

  /// Begins to ask, unless it was said before.
  func ask(at now: Instant) {
    if let memory, access(memory, F_OK) == 0 {
      state = .settled
      return
    }
    state = .asked(until: now.advanced(byMilliseconds: Self.limitMilliseconds))
    children.spawn(child, ChildCommand(command))
  }

  /// Moves as far as it goes without waiting.
  func hear(at now: Instant) {
    for (_, event) in children.events() {
      switch event {
      case .output(let bytes): answer += bytes.prefix(Self.answerByteCount + 1 - answer.count)
      case .diagnostics: break
      case .ended(let end): ended(end)
      }
    }
    guard case .asked(let until) = state, until <= now else { return }
    state = .settled
    children.kill(child)
  }

  /// What is to be said, once. It is taken for said then.
  func takeNotice() -> Notice? {
    guard case .slow(let milliseconds) = state else { return nil }
    state = .settled
    guard remember() else { return nil }
    return Notice(
      "tmux holds Esc back for \(milliseconds) ms. `set -sg escape-time 10` in ~/.tmux.conf mends it; "
        + "Ctrl-C never waits.")
  }

  private func ended(_ end: ChildEnd) {
    guard case .asked = state else { return }
    state = .settled
    guard end == .exited(0), let milliseconds = Self.milliseconds(answer) else { return }
    if milliseconds > Self.feltMilliseconds { state = .slow(milliseconds) }
  }

  /// The number that tmux answered; nil when that is none.
  static func milliseconds(_ answer: [UInt8]) -> Int? {
    guard answer.count <= answerByteCount else { return nil }
    let words = String(decoding: answer, as: UTF8.self).split(whereSeparator: \.isWhitespace)
    guard words.count == 1, words[0].allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
    return Int(words[0])
  }

  /// Makes the file; false when another Patter has made it meanwhile, and says it.
  private func remember() -> Bool {
    guard let memory else { return true }
    for slash in memory.indices.dropFirst() where memory[slash] == "/" {
      mkdir(String(memory[..<slash]), 0o700)
    }
    let file = open(memory, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { return errno != EEXIST }
    close(file)
    return true
  }
}

// `patter keys --probe`: shows what the terminal really sends, with all switched on that a chat switches on.
//
// It leaves on Ctrl-C or Ctrl-D pressed twice, one behind the other: everything else, `q` as well, is a key to be
// looked at. However it ends, the terminal is given back as it was.

import Chat
import CursesTerminal
import Glibc
import Interface
import Terminal

/// Runs the probe. Lives on one thread.
final class ProbeLoop {
  /// How long the terminal's answers are waited for, in milliseconds.
  private static let answerMilliseconds: Int64 = 1_000
  /// Longest wait for an answer when the terminal is given back: it would be typed into the shell.
  private static let lastAnswerMilliseconds: Int64 = 250
  /// Keys that leave when they are pressed twice.
  private static let leavingKeys = [
    KeyPress(.character("c"), .control), KeyPress(.character("d"), .control),
  ]

  private let terminal: RawTerminal
  private let signals: Signals
  private let words: ProbeWords
  private var probe = KeyProbe()
  /// Until when answers are waited for; nil when nothing was asked, or all was answered.
  private var answersDue: Instant?
  private var speaksKitty = false
  private var lastKey: KeyPress?
  private var exitCode: Int32?

  init(_ terminal: RawTerminal, signals: Signals, keys: KeyMap) {
    self.terminal = terminal
    self.signals = signals
    words = ProbeWords(keys: keys)
  }

  /// Runs until the user leaves or somebody ends it; the answer is the exit code.
  func run(environment: [String: String]) -> Int32 {
    terminal.write(Self.introduction(environment, isAsked: terminal.isXtermLike))
    let now = Clock.now()
    if terminal.ask() {
      probe.expectAnswers(at: now.uptimeNanoseconds)
      answersDue = now.advanced(byMilliseconds: Self.answerMilliseconds)
    }
    while exitCode == nil { pass() }
    awaitAnswers()
    terminal.giveBack()
    return exitCode ?? 0
  }

  private static func introduction(_ environment: [String: String], isAsked: Bool) -> String {
    func has(_ name: String) -> Bool { environment[name]?.isEmpty == false }
    var facts = "TERM is \(PlainText.plain(environment["TERM"] ?? "not set"))"
    if has("TMUX") { facts += ", inside tmux" }
    if has("STY") { facts += ", inside screen" }
    let silence =
      isAsked
      ? ""
      : " It is not known to understand xterm's modes: none is switched on, and nothing is asked."
    return """
      Press keys, paste, click: each is shown with its bytes, its name and what it does.
      Ctrl-C twice, or Ctrl-D twice, leaves.

      \(facts).\(silence)


      """
  }

  // MARK: - A pass

  private func pass() {
    var descriptors = [terminal.inputDescriptor, signals.descriptor].map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    let times = [probe.deadline, answersDue?.uptimeNanoseconds]
    let limit = Clock.now().milliseconds(untilNanoseconds: times)
    guard poll(&descriptors, nfds_t(descriptors.count), Int32(clamping: limit)) >= 0 else { return }
    if descriptors[1].revents != 0 { hearSignals() }
    let now = Clock.now()
    if exitCode == nil, descriptors[0].revents != 0 {
      guard let bytes = terminal.read() else {
        exitCode = 128 + SIGHUP
        return
      }
      show(probe.receive(bytes, at: now.uptimeNanoseconds))
    }
    show(probe.advance(to: now.uptimeNanoseconds))
    if let due = answersDue, due <= now { sumUp(hasAnswered: false) }
  }

  private func show(_ all: [ProbedBytes]) {
    for probed in all where exitCode == nil {
      terminal.write(words.lines(probed))
      for meaning in probed.meanings {
        switch meaning {
        case .input(.key(let key)): press(key)
        case .input(.paste), .input(.wheel), .input(.click), .input(.focus), .input(.hangup):
          lastKey = nil
        case .report(.keyboardForms(let flags)): speaksKitty = flags & 1 != 0
        case .report(.attributes): sumUp(hasAnswered: true)
        case .report(.background), .report(.synchronizedOutput), .report(.appearance), .ignored:
          break
        }
      }
    }
  }

  private func press(_ key: KeyPress) {
    defer { lastKey = key }
    guard Self.leavingKeys.contains(key) else { return }
    if key == lastKey {
      exitCode = 0
    } else {
      terminal.write("\(key.name) once more leaves.\n")
    }
  }

  /// Says what the answers came to, once.
  private func sumUp(hasAnswered: Bool) {
    guard answersDue != nil else { return }
    answersDue = nil
    let milliseconds = Keyboard.escapePatienceNanoseconds / 1_000_000
    let escape = "Esc is known by \(milliseconds) ms of silence behind it."
    if speaksKitty {
      terminal.write("The terminal speaks kitty's keyboard protocol: Esc is known at once.\n")
    } else if hasAnswered {
      terminal.write("The terminal does not speak kitty's keyboard protocol: \(escape)\n")
    } else {
      terminal.write("The terminal has not answered within a second. \(escape)\n")
    }
  }

  // MARK: - Signals and leaving

  private func hearSignals() {
    for signal in signals.take() where exitCode == nil {
      switch signal {
      case SIGWINCH, SIGCHLD: break
      case SIGTSTP: suspend(.process)
      case SIGCONT: suspend(nil)
      default: exitCode = 128 + signal
      }
    }
  }

  /// Gives the terminal back, stops until the shell continues us, and takes it again; see
  /// `RunLoop.suspend`.
  private func suspend(_ stop: Signals.Stop?) {
    awaitAnswers()
    terminal.giveBack()
    let ending = signals.stopUntilTerminalIsOurs(stop) { terminal.isInBackground }
    if let ending {
      exitCode = 128 + ending
      return
    }
    terminal.claim()
  }

  /// Waits for answers that are on their way, a quarter of a second at the most.
  private func awaitAnswers() {
    guard answersDue != nil else { return }
    let due = Clock.now().advanced(byMilliseconds: Self.lastAnswerMilliseconds)
    while answersDue != nil, !terminal.isInBackground {
      let left = due.milliseconds(since: Clock.now())
      var descriptor = pollfd(fd: terminal.inputDescriptor, events: Int16(POLLIN), revents: 0)
      guard left > 0, poll(&descriptor, 1, Int32(clamping: left)) > 0, let bytes = terminal.read()
      else { return }
      let now = Clock.now().uptimeNanoseconds
      for probed in probe.receive(bytes, at: now) + probe.advance(to: now) {
        if probed.meanings.contains(where: \.isLastAnswer) { answersDue = nil }
      }
    }
  }
}

extension ProbedBytes.Meaning {
  /// Whether it is DA1, which comes behind all other answers.
  fileprivate var isLastAnswer: Bool {
    switch self {
    case .report(.attributes): true
    case .report, .input, .ignored: false
    }
  }
}

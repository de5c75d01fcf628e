// The terminal in other hands: a shell's while we are stopped, an editor's while it is open. Streams go on
// beside an editor; nothing is drawn and no key is read.

import Chat
import CursesTerminal
import Glibc
import Interface
import Terminal

extension RunLoop {
  /// Longest wait for an answer when the terminal is given back.
  private static let lastAnswerMilliseconds: Int64 = 250
  /// Longest wait for an editor that was told to end.
  private static let lastEditMilliseconds: Int64 = 1_000

  /// Answers that are still on their way would be typed into the shell. Whoever leaves within a second of
  /// the question waits for them, a quarter of a second at the most; what is typed meanwhile is lost.
  func awaitAnswers() {
    let due = min(answersDue, Clock.now().advanced(byMilliseconds: RunLoop.lastAnswerMilliseconds))
    while !screen.isInBackground {
      let now = Clock.now()
      let left = due.milliseconds(since: now)
      guard left > 0, keyboard.awaitsAnswers(at: now.uptimeNanoseconds),
        let bytes = screen.read(atMostMilliseconds: Int(left))
      else { return }
      let heard = Clock.now()
      _ = keyboard.receive(bytes, at: heard.uptimeNanoseconds)
      // Whoever comes back from a stop wants what was answered.
      hear([], at: heard)
    }
  }

  /// Hands a text to the terminal's clipboard.
  func sendToTerminal(_ text: String) -> ClipboardSending {
    if screen.copyToClipboard(Array(text.utf8)) { return .sent }
    return text.utf8.count > Screen.clipboardByteLimit ? .tooLong : .notUnderstood
  }

  /// Gives the terminal back, stops until the shell continues us, and takes it again.
  ///
  /// - Parameter stop: nil when the stop is over already.
  func suspend(_ stop: Signals.Stop?, at now: Instant) {
    // A thread that waits for a network mount does not stop, and before it does the shell is not told that we have.
    if stop != nil, files.isBusy {
      let sentence =
        "A file is being looked at, and until that ends the system does not let Patter stop."
      return handle(.notice(Notice(sentence)), at: now)
    }
    giveTerminal(at: now)
    guard wait(stop, at: now) else { return }
    screen.resume()
    pacing.want(.now)
  }

  private func giveTerminal(at now: Instant) {
    // A reply that was stopped before is not left open for as long as we are away.
    settleStreams(at: now)
    awaitAnswers()
    screen.suspend()
  }

  /// Stops, and returns when the terminal is ours; false when we are to end instead.
  ///
  /// - Parameter stop: nil when the stop is over already.
  private func wait(_ stop: Signals.Stop?, at now: Instant) -> Bool {
    let ending = signals.stopUntilTerminalIsOurs(stop) { screen.isInBackground }
    if let ending { end(by: ending, at: now) }
    return ending == nil
  }

  /// Opens the draft in an editor, if nothing keeps it from that.
  func openEditor(_ draft: String, at now: Instant) -> Notice? {
    guard !editor.isOpen else { return nil }
    guard let failure = editor.open(draft, giveTerminal: { giveTerminal(at: now) }) else {
      return nil
    }
    screen.resume(repairing: true)
    pacing.want(.now)
    return failure
  }

  /// Looks again after each stop: what happened to the editor meanwhile is announced no more.
  func hearEditor(at now: Instant) {
    while exitCode == nil, let change = editor.hear() {
      switch change {
      case .stopped:
        editor.takeTerminal()
        waitWithEditor(screen.isInBackground ? .background : .job, at: now)
      case .closed(let event, let file):
        // It may have ended behind a shell's back, and we with it.
        guard wait(nil, at: now) else {
          farewell = file.flatMap(Editor.farewell)
          return
        }
        screen.resume(repairing: true)
        pacing.want(.now)
        handle(event, at: now)
        file?.remove()
        let inputs = heldInputs
        heldInputs = []
        hear(inputs, at: now)
      case .ended(let sentence):
        farewell = sentence
      }
    }
  }

  /// Stops with the editor, and has it go on when the terminal is ours to give.
  func waitWithEditor(_ stop: Signals.Stop?, at now: Instant) {
    if wait(stop, at: now) { editor.goOn() }
  }

  /// Ends the editor because Patter ends, and leaves the terminal as Patter found it.
  func endEditor() {
    editor.terminate()
    var due = Clock.now().advanced(byMilliseconds: RunLoop.lastEditMilliseconds)
    var isKilled = false
    while editor.isOpen {
      if Clock.now() >= due {
        // Whom the kernel does not end, because a disk is stuck, nobody waits for.
        guard !isKilled else { break }
        editor.kill()
        isKilled = true
        // From here on: where the machine stood still, the time may have run out twice.
        due = Clock.now().advanced(byMilliseconds: RunLoop.lastEditMilliseconds)
      }
      let limit = Clock.now().milliseconds(untilNanoseconds: [due.uptimeNanoseconds])
      _ = streams.wait(for: [signals.descriptor], atMostMilliseconds: limit)
      _ = signals.take()
      if case .ended(let sentence) = editor.hear() { farewell = sentence }
    }
    guard !screen.isInBackground else { return }
    screen.resume(repairing: true)
    screen.suspend()
  }
}

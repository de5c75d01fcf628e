// The clipboards there are: the terminal's, which OSC 52 reaches, and this machine's, which a program
// reaches. Where both can be had both get the text, and what is told is what was really done.
//
//   copy ──▶ wl-copy ── failed ──▶ xclip ── failed ──▶ xsel ──▶ pbcopy ──▶ what is told
//              └───────────────── done ─────────────────────────────────────────▲
//
// xclip and wl-copy stay behind to hand the text to whoever pastes. They do so in the background, as
// children of the program that was started: it ends, and what it left is left alone, also when Patter
// ends (see `Children`). Only a program that does not come to its end is ended, with what it started.

import Chat
import ChildProcesses
import CursesTerminal
import Interface
import Terminal
import Wire

/// What became of a text that is for the terminal's clipboard.
enum ClipboardSending: Hashable {
  case sent
  /// Terminals cut or drop what is longer than `Screen.clipboardByteLimit`.
  case tooLong
  /// The terminal is not known to understand the sequence, and could print it.
  case notUnderstood
}

/// Runs the programs that put a text onto the clipboard. Lives on the loop's thread and never sleeps.
final class Clipboard {
  /// How long one program may take, in milliseconds.
  private static let limitMilliseconds: Int64 = 3_000
  /// How much is kept of what a program complains of, in bytes, and how much of that is shown, in
  /// characters.
  private static let complaintByteCount = 4_096
  private static let complaintLength = 200

  /// A text on its way.
  private struct Job {
    let text: String
    let what: String
    let sending: ClipboardSending
    /// Programs to be tried, the first of them at work.
    var programs: ArraySlice<[String]>
    var id: TransferID
    var deadline: Instant
    var complaint: [UInt8] = []
    /// What became of programs that are there and failed.
    var failures: [String] = []

    var program: String { programs.first?.first ?? "" }
  }

  /// Never empty.
  private let programs: [[String]]
  private let isInsideTmux: Bool
  private var hasExplainedTmux = false
  private let children = Children()
  private var jobCount: UInt64 = 0
  private var job: Job?

  /// - Parameter programs: what is tried, in this order; each reads the text on its standard input.
  init(programs: [[String]], isInsideTmux: Bool) {
    self.programs = programs
    self.isInsideTmux = isInsideTmux
  }

  /// With the programs that there may be in these surroundings.
  convenience init(environment: [String: String]) {
    func has(_ name: String) -> Bool { environment[name]?.isEmpty == false }
    var programs: [[String]] = []
    if has("WAYLAND_DISPLAY") { programs.append(["wl-copy"]) }
    if has("DISPLAY") { programs += [["xclip", "-selection", "clipboard"], ["xsel", "-ib"]] }
    self.init(programs: programs + [["pbcopy"]], isInsideTmux: has("TMUX"))
  }

  /// What a sleep has to listen to.
  var interests: [Interest] { children.interests }
  /// How long a sleep may last although none of these ends it; nil for any time.
  var longestSleepMilliseconds: Int? { children.longestSleepMilliseconds }
  /// When a program has taken too long.
  var deadline: Instant? { job?.deadline }
  /// Whether a text is on its way.
  var isBusy: Bool { job != nil }

  /// Begins to copy; `hear` tells what became of it. A text that is still on its way to a program is
  /// overtaken.
  ///
  /// - Parameter sending: what became of the same text on its way to the terminal.
  func copy(_ text: String, what: String, sending: ClipboardSending, at now: Instant) {
    if let job { children.kill(job.id) }
    let job = Job(
      text: text, what: what, sending: sending, programs: programs[...], id: nextID(),
      deadline: now.advanced(byMilliseconds: Self.limitMilliseconds))
    start(job)
  }

  /// Moves the programs as far as they go without waiting. What is to be told of a text, once.
  func hear(at now: Instant) -> Notice? {
    for (id, event) in children.events() where id == job?.id {
      switch event {
      case .output: break
      case .diagnostics(let bytes): job?.complaint += bytes
      case .ended(let end):
        if let notice = ended(end, at: now) { return notice }
      }
    }
    // The end of what it complained of says why it failed.
    if let count = job?.complaint.count, count > Self.complaintByteCount {
      job?.complaint.removeFirst(count - Self.complaintByteCount)
    }
    guard let late = job, late.deadline <= now else { return nil }
    children.kill(late.id)
    return fail("did not come to an end within \(Self.limitMilliseconds / 1000) s", at: now)
  }

  private func nextID() -> TransferID {
    jobCount += 1
    return .lookup(jobCount)
  }

  private func start(_ job: Job) {
    self.job = job
    guard let arguments = job.programs.first else { return }
    children.spawn(job.id, ChildCommand(arguments, input: Array(job.text.utf8)))
  }

  private func ended(_ end: ChildEnd, at now: Instant) -> Notice? {
    switch end {
    case .exited(0):
      guard let job else { return nil }
      self.job = nil
      let also = job.sending == .sent ? ", and sent them to the terminal's clipboard (OSC 52)" : ""
      return Notice("Copied \(amount(job)) with \(job.program)\(also).")
    case .exited(let code): return fail("failed (exit code \(code)\(complaint))", at: now)
    case .signalled(let signal): return fail("was ended by signal \(signal)", at: now)
    case .notStarted: return goOn(at: now)
    }
  }

  private func fail(_ words: String, at now: Instant) -> Notice? {
    guard var job else { return nil }
    job.failures.append("\(job.program) \(words).")
    self.job = job
    return goOn(at: now)
  }

  /// Tries the next program, or tells what became of the text without any.
  private func goOn(at now: Instant) -> Notice? {
    guard var job else { return nil }
    job.programs = job.programs.dropFirst()
    guard job.programs.isEmpty else {
      job.id = nextID()
      job.deadline = now.advanced(byMilliseconds: Self.limitMilliseconds)
      job.complaint = []
      start(job)
      return nil
    }
    self.job = nil
    let words = job.failures + [last(job)]
    let isGood = job.failures.isEmpty && job.sending == .sent
    return Notice(words.joined(separator: " "), kind: isGood ? .plain : .error)
  }

  /// What became of a text that no program took.
  private func last(_ job: Job) -> String {
    let missing =
      job.failures.isEmpty ? ", and there is no program for it here (wl-copy, xclip, xsel)" : ""
    switch job.sending {
    case .sent:
      var words =
        "Sent \(amount(job)) to the terminal's clipboard (OSC 52); "
        + "whether it takes them is its affair."
      if isInsideTmux, !hasExplainedTmux {
        hasExplainedTmux = true
        words += " tmux lets them through with: set -g set-clipboard on"
      }
      return words
    case .tooLong:
      return "Nothing was copied: \(amount(job)) are more than terminals take "
        + "(\(grouped(Screen.clipboardByteLimit)) bytes by OSC 52)\(missing)."
    case .notUnderstood:
      return "Nothing was copied: this terminal is not known to have a clipboard\(missing)."
    }
  }

  private func amount(_ job: Job) -> String {
    let count = job.text.unicodeScalars.count
    return "\(grouped(count)) \(count == 1 ? "character" : "characters") of \(job.what)"
  }

  /// What the program wrote on its standard error, as one line.
  private var complaint: String {
    let text = PlainText.plain(String(decoding: job?.complaint ?? [], as: UTF8.self))
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !words.isEmpty else { return "" }
    let isCut = words.count > Self.complaintLength
    return ": \(isCut ? "…" : "")\(words.suffix(Self.complaintLength))"
  }
}

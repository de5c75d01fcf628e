// What the examination of the terminal came to, in findings. Pure: the answers come in as values.

import Chat
import CursesTerminal
import Settings
import Terminal

/// What tmux told of itself; nil for what it did not tell.
struct TmuxAnswers: Hashable {
  /// Milliseconds for which Esc is held back.
  var escapeTime: String?
  /// `on` where programs may set the clipboard.
  var setClipboard: String?
  var focusEvents: String?
  var clientFeatures: String?
}

extension DoctorReport {
  /// A letter that terminals disagree about.
  struct Sample {
    let text: String
    /// What it is, as the middle of a sentence.
    let name: String

    /// What Patter writes for it: a flag is two letters, a family its members.
    var drawn: String {
      var drawn = String.UnicodeScalarView()
      for cell in Sample.cells.cells(text, style: .plain) where cell.width > 0 {
        let values = [cell.base] + (0..<4).map { cell.marks[$0] }
        drawn += values.filter { $0 != 0 }.compactMap(Unicode.Scalar.init)
      }
      return String(drawn)
    }

    /// The columns that Patter reckons with.
    var columns: Int { Sample.cells.width(of: text) }

    private static var cells: TextCells { TextCells(widths: TerminalSurroundings.widths) }
  }

  /// Rows with such letters are drawn whole, so a difference moves nothing but what stands behind them.
  static let samples = [
    Sample(text: "中", name: "a Chinese character"),
    Sample(text: "e\u{301}", name: "a letter with an accent of its own"),
    Sample(text: "😀", name: "an emoji"), Sample(text: "👍🏽", name: "an emoji with a skin tone"),
    Sample(text: "❤️", name: "an emoji by its selector"), Sample(text: "🇨🇭", name: "a flag"),
    Sample(text: "👩‍👩‍👧", name: "a family"),
  ]
  /// Fewer columns or rows are a window to peep through.
  private static let leastSize = Size(rows: 10, columns: 40)
  /// Who takes longer to answer is far away, in microseconds.
  private static let slowAnswerMicroseconds: Int64 = 300_000

  /// Notes what the terminal is like.
  ///
  /// - Parameter tmux: nil outside tmux.
  mutating func note(
    _ exam: TerminalExam, tmux: TmuxAnswers?, environment: [String: String], wantsFocus: Bool
  ) {
    noteDescription(exam, environment)
    guard exam.silence != .noTerminal, case .success = exam.description else { return }
    noteSize(exam)
    noteColors(exam, environment)
    noteAnswers(exam)
    if exam.silence == nil { noteWidths(exam) }
    if let tmux { note(tmux, exam, wantsFocus: wantsFocus) }
    if environment["STY"]?.isEmpty == false {
      note(
        .terminal, "screen", .hint,
        "GNU screen holds Esc back for its maptimeout, 300 ms where nobody changed that.",
        mend: "maptimeout 10   in ~/.screenrc")
    }
  }

  private mutating func noteDescription(_ exam: TerminalExam, _ environment: [String: String]) {
    if exam.silence == .noTerminal {
      note(
        .terminal, "terminal", .skipped,
        "There is none here; patter -p works without.")
      return
    }
    switch exam.description {
    case .failure(let error):
      note(.terminal, "TERM", .fault, error.message, mend: "export TERM=xterm-256color")
    case .success(let name) where name != environment["TERM"]:
      note(
        .terminal, "TERM", .hint,
        "\(quoted(environment["TERM"] ?? "")) is not described on this machine; \(name) is used.",
        mend: "apt install ncurses-term")
    case .success(let name):
      note(.terminal, "TERM", .ok, "\(name).")
    }
  }

  private mutating func noteSize(_ exam: TerminalExam) {
    guard let size = exam.size else {
      note(
        .terminal, "size", .hint, "The terminal does not tell its size.",
        mend: "stty rows 24 columns 80")
      return
    }
    let words = "\(size.columns) columns and \(size.rows) rows."
    let isSmall = size.rows < Self.leastSize.rows || size.columns < Self.leastSize.columns
    note(
      .terminal, "size", isSmall ? .hint : .ok,
      isSmall ? "\(words) Little is seen of a page." : words,
      mend: isSmall ? "make the window larger" : nil)
  }

  private mutating func noteColors(_ exam: TerminalExam, _ environment: [String: String]) {
    switch exam.colorDepth {
    case .direct: note(.terminal, "colours", .ok, "24-bit.")
    case .palette256:
      note(.terminal, "colours", .ok, "256 (COLORTERM=truecolor would tell of 24-bit ones).")
    case .sixteen:
      note(
        .terminal, "colours", .hint, "The terminal's own 16.", mend: "export TERM=xterm-256color")
    case .none where environment["NO_COLOR"]?.isEmpty == false:
      note(.terminal, "colours", .ok, "None, as NO_COLOR asks for.")
    case .none:
      note(.terminal, "colours", .hint, "None.", mend: "export TERM=xterm-256color")
    }
  }

  private mutating func noteAnswers(_ exam: TerminalExam) {
    switch exam.silence {
    case .noTerminal: return
    case .inBackground:
      note(.terminal, "answers", .skipped, "Another job has the terminal, so it was not asked.")
      return
    case .notAsked:
      note(
        .terminal, "answers", .skipped,
        "It is not known to understand questions, so it was not asked.")
      return
    case .noAnswer:
      note(
        .terminal, "answers", .hint, "It has not answered within two seconds.",
        mend: "patter keys --probe")
      return
    case nil: break
    }
    let microseconds = exam.answerMicroseconds ?? 0
    let time = microseconds < 1_000 ? "at once" : "after \(duration(microseconds))"
    let isSlow = microseconds > Self.slowAnswerMicroseconds
    note(
      .terminal, "answers", .ok,
      isSlow ? "\(time); the line to it is slow, and so is Esc." : "\(time).")
    noteKeyboard(exam.reports)
    noteUpdates(exam.reports)
    noteBackground(exam.reports)
  }

  private mutating func noteKeyboard(_ reports: [TerminalReport]) {
    let speaksKitty = reports.contains { report in
      if case .keyboardForms = report { return true }
      return false
    }
    let patience = Keyboard.escapePatienceNanoseconds / 1_000_000
    note(
      .terminal, "keyboard", .ok,
      speaksKitty
        ? "kitty's protocol: Esc is known at once."
        : "no protocol of its own: Esc is known by \(patience) ms of silence behind it.")
  }

  private mutating func noteUpdates(_ reports: [TerminalReport]) {
    let holds = reports.contains(.synchronizedOutput(isSupported: true))
    note(
      .terminal, "updates", .ok,
      holds ? "are held back until they are whole." : "are shown as they come.")
  }

  private mutating func noteBackground(_ reports: [TerminalReport]) {
    for case .background(let red, let green, let blue) in reports {
      // The weights of Rec. 709.
      let light = 0.2126 * Double(red) + 0.7152 * Double(green) + 0.0722 * Double(blue)
      note(.terminal, "background", .ok, light > 32_767 ? "light." : "dark.")
      return
    }
    note(
      .terminal, "background", .hint, "It is not told, so the dark theme is taken.",
      mend: "/theme, or theme: NAME in config.yaml")
  }

  private mutating func noteWidths(_ exam: TerminalExam) {
    let known = exam.drawn.filter { $0.columns != nil }
    let others = zip(Self.samples, exam.drawn).compactMap { sample, drawn -> String? in
      guard let columns = drawn.columns, columns != sample.columns else { return nil }
      return "\(sample.name) (\(columns) instead of \(sample.columns))"
    }
    guard !known.isEmpty else {
      note(.terminal, "widths", .skipped, "The terminal does not tell where its cursor is.")
      return
    }
    guard !others.isEmpty else {
      note(.terminal, "widths", .ok, "All \(known.count) samples are as wide as Patter reckons.")
      return
    }
    note(
      .terminal, "widths", .hint,
      "Drawn in another width than Patter reckons: \(others.joined(separator: ", ")).",
      mend: "apt upgrade libc6, or a newer terminal")
  }

  // MARK: - tmux

  private mutating func note(
    _ tmux: TmuxAnswers, _ exam: TerminalExam, wantsFocus: Bool
  ) {
    if let milliseconds = tmux.escapeTime.flatMap({ Int($0) }) {
      let isFelt = milliseconds > TmuxHint.feltMilliseconds
      note(
        .terminal, "tmux", isFelt ? .hint : .ok, "It holds Esc back for \(milliseconds) ms.",
        mend: isFelt ? "set -sg escape-time 10   in ~/.tmux.conf" : nil)
    } else {
      note(.terminal, "tmux", .skipped, "It does not tell its settings.")
    }
    if let clipboard = tmux.setClipboard, clipboard != "on" {
      note(
        .terminal, "tmux", .hint, "What is copied reaches no clipboard outside of it.",
        mend: "set -sg set-clipboard on   in ~/.tmux.conf")
    }
    if wantsFocus, tmux.focusEvents == "off" {
      note(
        .terminal, "tmux", .hint,
        "It does not tell who looks, so a reply that ends is told although you watch.",
        mend: "set -sg focus-events on   in ~/.tmux.conf")
    }
    if exam.colorDepth == .direct, let features = tmux.clientFeatures, !features.contains("RGB") {
      note(
        .terminal, "tmux", .hint, "It shows 24-bit colours as the nearest of 256.",
        mend: "set -as terminal-features \",*:RGB\"   in ~/.tmux.conf")
    }
  }
}

// `patter doctor`: looks at everything that a chat stands on, and says of each thing that is wrong which line
// mends it. What it finds out is values (`DoctorReport`); this is the hand that looks.

import Chat
import ChildProcesses
import CurlTransport
import CursesTerminal
import Glibc
import Interface
import Providers
import Wire

struct DoctorCommand {
  /// How long tmux may take to tell all its settings, in milliseconds.
  private static let tmuxMilliseconds: Int64 = 3_000
  /// Longest answer of tmux that is looked at, in bytes.
  private static let tmuxByteCount = 4_096

  private let start: Preparation
  private let environment: [String: String]

  init(_ start: Preparation, environment: [String: String]) {
    self.start = start
    self.environment = environment
  }

  /// Looks at all of it. Or the signal that put an end to that.
  func run() throws(TransportError) -> (report: DoctorReport, interruption: PrintEnding?) {
    let signals = Signals(Signals.wantedEndings)
    defer { signals.unblock() }
    var report = DoctorReport()
    let locale = TerminalSurroundings.locale()
    let exam = TerminalExam.ofThisTerminal(
      samples: DoctorReport.samples.map(\.drawn),
      isColorWanted: (environment["NO_COLOR"] ?? "").isEmpty, interruption: signals.descriptor)
    if exam.isInterrupted { return (report, .interrupted) }
    if let ending = signals.take().lazy.compactMap(PrintEnding.init(signal:)).first {
      return (report, ending)
    }
    let isInTmux = environment["TMUX"]?.isEmpty == false
    report.note(
      exam, tmux: isInTmux ? Self.tmuxAnswers() : nil, environment: environment,
      wantsFocus: start.configuration.notify.way != .off)
    report.noteLocale(locale)
    if let ending = try askProviders(into: &report, hearing: signals) { return (report, ending) }
    report.noteHistory()
    report.noteConfiguration(
      path: Configuration.path(environment: environment), errors: start.errors)
    report.noteKeyFiles(start.configuration.keyFiles, home: environment["HOME"])
    report.noteFolders(environment: environment)
    report.noteVersions()
    return (report, nil)
  }

  private func askProviders(
    into report: inout DoctorReport, hearing signals: Signals
  ) throws(TransportError) -> PrintEnding? {
    let configuration = start.configuration
    var wanted: [ModelID] = []
    // A preset that conversations begin with says who is asked before the configuration does. That the name
    // is somebody's was seen to before.
    if let name = start.preset?.model ?? start.wanted {
      wanted =
        (try? configuration.route(named: name, providers: start.providers))?.models ?? []
    }
    let observer = Observer(descriptor: 2, terminalName: environment["TERM"], at: Clock.now())
    var exam = try ProviderExam(
      wanted: wanted, commands: configuration.commands, directory: start.directory,
      limits: configuration.limits, userAgent: Preparation.userAgent)
    if let ending = exam.run(sources(wanted), observer: observer, signals: signals) {
      observer.endProgress()
      return ending
    }
    report.note(
      exam.subjects, wanted: wanted, table: start.providers,
      configured: Set(configuration.providerSettings.keys))
    return nil
  }

  /// Whoever is configured, sought or wanted.
  private func sources(_ wanted: [ModelID]) -> [ModelSource] {
    let settings = start.configuration.providerSettings
    var sources = start.providers.modelSources(environment: environment, settings: settings)
    for provider in wanted.map(\.provider) {
      guard let row = start.providers[provider],
        let source = ModelSource(row, environment: environment, setting: settings[provider])
      else { continue }
      // A guess is none any more when somebody names it.
      if let index = sources.firstIndex(where: { $0.provider == provider }) {
        if sources[index].isGuess { sources[index] = source }
      } else {
        sources.append(source)
      }
    }
    return sources
  }

  // MARK: - tmux

  private static func tmuxAnswers() -> TmuxAnswers {
    TmuxAnswers(
      escapeTime: tmux("show", "-sv", "escape-time"),
      setClipboard: tmux("show", "-sv", "set-clipboard"),
      focusEvents: tmux("show", "-sv", "focus-events"),
      clientFeatures: tmux("display", "-p", "#{client_termfeatures}"))
  }

  /// What tmux answers, on one line; nil where it does not.
  private static func tmux(_ words: String...) -> String? {
    let children = Children()
    let child = TransferID.lookup(0)
    children.spawn(child, ChildCommand(["tmux"] + words))
    let due = Clock.now().advanced(byMilliseconds: tmuxMilliseconds)
    var answer: [UInt8] = []
    while true {
      for (_, event) in children.events() {
        switch event {
        case .output(let bytes): answer += bytes.prefix(tmuxByteCount - answer.count)
        case .diagnostics: break
        case .ended(let end):
          guard end == .exited(0) else { return nil }
          let text = String(decoding: answer, as: UTF8.self)
          return text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        }
      }
      let left = due.milliseconds(since: Clock.now())
      guard left > 0 else { return nil }
      var waits = children.interests.map(\.waited)
      let sleep = min(left, Int64(children.longestSleepMilliseconds ?? Int(left)))
      poll(&waits, nfds_t(waits.count), Int32(clamping: sleep))
    }
  }
}

extension Interest {
  fileprivate var waited: pollfd {
    switch self {
    case .reading(let descriptor): pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    case .writing(let descriptor): pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    case .breaking(let descriptor): pollfd(fd: descriptor, events: 0, revents: 0)
    }
  }
}

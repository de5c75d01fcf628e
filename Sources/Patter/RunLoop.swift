// The one loop: sleep, listen (keys first, then the network), decide, act, draw at most once.
//
// Keys come before bytes: when an Esc and a delta arrive together, the user wins. Effects are carried
// out in their order as soon as they are decided, so a socket is shut before the request that takes its
// place leaves.

import Chat
import CurlTransport
import CursesTerminal
import Glibc
import Highlighting
import Interface
import Providers
import Terminal

final class RunLoop {
  /// The colour that the terminal answers later than this, in milliseconds, changes nothing any more: nobody
  /// wants the picture to change under the eyes.
  private static let answerMilliseconds: Int64 = 1000
  /// Longest wait for a program that copies, when Patter ends.
  private static let lastCopyMilliseconds: Int64 = 2_000

  var app: RecordedApp
  private var view: ScreenView
  var keyboard = Keyboard()
  var theme: ThemeInUse
  let themeWatch = FileWatch()
  /// What the configuration came to when it was last read.
  var start: Preparation
  let configurationWatch = FileWatch()
  let files: FileReader
  /// Whether the file of the configuration could not be read when it was last saved.
  var isConfigurationBroken = false
  /// Whether it was told that there is no such file any more.
  var isConfigurationGone = false
  private let languages: LanguageLibrary
  let screen: Screen
  let signals: Signals
  let streams: Streams
  private let clipboard: Clipboard
  private let tmuxHint: TmuxHint?
  let editor: Editor
  var setupDesk: SetupDesk
  /// Whether the screen that connects a model is still to be offered.
  var isSetupDue: Bool
  /// What was typed behind the key that opened the editor: it is heard when that is closed.
  var heldInputs: [TerminalInput] = []
  var pacing: FramePacing
  var exitCode: Int32?
  /// Until when the answered colour counts.
  let answersDue: Instant

  /// Draws the first frame before libcurl is set up, which nobody needs in order to begin to write.
  init(
    app: RecordedApp, theme: ThemeInUse, languages: LanguageLibrary, screen: Screen,
    signals: Signals, start: Preparation, clipboard: Clipboard, editor: Editor,
    tmuxHint: TmuxHint?
  ) throws(TransportError) {
    self.app = app
    self.theme = theme
    self.languages = languages
    self.screen = screen
    self.signals = signals
    self.start = start
    self.clipboard = clipboard
    self.tmuxHint = tmuxHint
    self.editor = editor
    files = FileReader(home: start.environment["HOME"])
    setupDesk = SetupDesk(
      arguments: start.arguments, environment: start.environment, start: start)
    isSetupDue = setupDesk.isOffered
    view = ScreenView(
      widths: screen.widths, languages: Languages(languages.language(named:)))
    let now = Clock.now()
    pacing = FramePacing(firstFrame: now)
    let drawn = view.draw(app.value, theme: theme.drawn, size: screen.size, at: now)
    screen.present(drawn.frame)
    themeWatch.watch(theme.files)
    configurationWatch.watch(start.files)
    answersDue = now.advanced(byMilliseconds: RunLoop.answerMilliseconds)
    screen.isFocusTold = app.value.notify.way != .off
    screen.isMouseCaptured = app.value.wantsMouse
    if screen.ask() { keyboard.expectAnswers(at: now.uptimeNanoseconds) }
    streams = try Streams(
      finder: start.finder, directory: start.directory, guide: start.guide, pace: .reading,
      limits: start.configuration.limits, userAgent: Preparation.userAgent)
  }

  /// Runs until the user leaves; the answer is the exit code.
  ///
  /// - Parameters:
  ///   - preset: what the conversations begin with.
  ///   - files: are attached to the first prompt.
  func run(
    preset: WrittenPreset?, firstPrompt: String?, files: [String], notice: Notice?
  ) -> Int32 {
    let now = Clock.now()
    for event in streams.findAny(at: now) { hear(event, at: now) }
    if let preset {
      for event in take(preset, isFirst: true) { handle(event, at: now) }
    }
    if !files.isEmpty {
      handle(.files(.given(files, prompt: firstPrompt)), at: now)
    } else if let firstPrompt {
      handle(.prompt(firstPrompt), at: now)
    }
    if let notice { handle(.notice(notice), at: now) }
    settleStreams(at: now)
    tmuxHint?.ask(at: now)
    while exitCode == nil { pass() }
    if editor.isOpen { endEditor() } else { awaitAnswers() }
    return exitCode ?? 0
  }

  /// What is to be said when the terminal is given back: where that is which was written in an editor.
  var farewell: String?

  /// Waits for programs that were told to end, see `Streams.leave`, and before for the one that copies: two
  /// seconds at the most, and no longer once somebody asks to end. The terminal may be given back before.
  func leave() {
    let due = Clock.now().advanced(byMilliseconds: RunLoop.lastCopyMilliseconds)
    while clipboard.isBusy {
      let now = Clock.now()
      guard now < due else { break }
      let deadlines = [due, clipboard.deadline].map { $0?.uptimeNanoseconds }
      _ = streams.wait(
        for: [signals.descriptor], also: clipboard.interests,
        atMostMilliseconds: shortest(now.milliseconds(untilNanoseconds: deadlines)))
      if signals.take().contains(where: Signals.endings.contains) { break }
      _ = clipboard.hear(at: Clock.now())
    }
    streams.leave()
  }

  /// Ends the trace, if there is one. Nil, or what kept it from being written.
  func endTrace() -> TraceFault? { app.endTrace() }

  // MARK: - A pass

  private func pass() {
    draw(at: Clock.now())
    // While an editor is open the keys are its own.
    let keys = editor.isOpen ? nil : screen.inputDescriptor
    let descriptors = [
      keys, signals.descriptor, themeWatch.descriptor, configurationWatch.descriptor,
      files.descriptor,
    ]
    let readiness = streams.wait(
      for: descriptors.compactMap(\.self),
      also: clipboard.interests + (tmuxHint?.interests ?? []),
      atMostMilliseconds: sleepMilliseconds())
    let now = Clock.now()
    if readiness.isReadable(signals.descriptor) { hearSignals(at: now) }
    if exitCode == nil { hearEditor(at: now) }
    if exitCode == nil, let keys, readiness.isReadable(keys) { hearKeys(at: now) }
    hear(keyboard.advance(to: now.uptimeNanoseconds), at: now)
    // Before the network moves: what the keys ended is shut, what they began leaves in this pass.
    settleStreams(at: now)
    guard exitCode == nil else { return }
    if let descriptor = themeWatch.descriptor, readiness.isReadable(descriptor) {
      hearThemeFiles(at: now)
    }
    if let descriptor = configurationWatch.descriptor, readiness.isReadable(descriptor) {
      hearConfiguration(at: now)
    }
    if let descriptor = files.descriptor, readiness.isReadable(descriptor) { hearFiles(at: now) }
    streams.hear(at: now) { hear($0, at: now) }
    hearTrial(at: now)
    if let notice = clipboard.hear(at: now) { handle(.notice(notice), at: now) }
    hearTmux(at: now)
    if let deadline = appDeadline, deadline <= now {
      handle(.clock, at: now)
      settleStreams(at: now)
    }
  }

  /// How long nothing happens by itself: up to the nearest deadline of anybody, and for ever (-1) when
  /// there is none.
  private func sleepMilliseconds() -> Int {
    let now = Clock.now()
    let deadlines = [
      streams.deadline, editor.isOpen ? nil : pacing.deadline, appDeadline, clipboard.deadline,
      tmuxHint?.deadline,
    ]
    let nanoseconds = deadlines.map { $0?.uptimeNanoseconds } + [keyboard.deadline]
    return shortest(now.milliseconds(untilNanoseconds: nanoseconds))
  }

  /// When something changes by itself. What would change on the screen alone does not while an editor has it.
  private var appDeadline: Instant? {
    editor.isOpen ? app.value.chats.deadline : app.value.deadline(after: pacing.lastFrame)
  }

  /// The sleep, or a shorter one where the end of a program would not end it.
  private func shortest(_ milliseconds: Int) -> Int {
    let limits = [clipboard.longestSleepMilliseconds, tmuxHint?.longestSleepMilliseconds]
    guard let limit = limits.compactMap(\.self).min() else { return milliseconds }
    return milliseconds < 0 ? limit : min(milliseconds, limit)
  }

  private func draw(at now: Instant) {
    guard exitCode == nil, !editor.isOpen, pacing.begin(at: now) else { return }
    let drawn = view.draw(app.value, theme: theme.drawn, size: screen.size, at: now)
    screen.present(drawn.frame)
    app.handle(.laidOut(drawn.layout), at: now)
    // A language is read when the first code in it is drawn.
    if let notice = Notice(languages.takeErrors()) { handle(.notice(notice), at: now) }
  }

  // MARK: - Listening

  private func hearKeys(at now: Instant) {
    guard let bytes = screen.read() else {
      // The end may be read before its signal comes, or without one; the exit code is the same.
      let code = exitCode ?? 128 + SIGHUP
      handle(.input(.hangup), at: now)
      exitCode = code
      return
    }
    hear(keyboard.receive(bytes, at: now.uptimeNanoseconds), at: now)
  }

  func hear(_ inputs: [TerminalInput], at now: Instant) {
    for input in inputs where exitCode == nil {
      if editor.isOpen {
        heldInputs.append(input)
        continue
      }
      // Over a slow line several keys are read at once, and one may mean what another brought into view.
      if app.value.goesByTheScreen(input) { draw(at: now) }
      if !keepsForKeyField(input, at: now) { handle(.input(input), at: now) }
    }
    for report in keyboard.takeReports() { hear(report, at: now) }
  }

  private func hear(_ event: Streams.Event, at now: Instant) {
    handle(event.appEvent, at: now)
    offerSetup(after: event.appEvent, at: now)
  }

  /// What the terminal tells about itself is the loop's affair and no event: no trace depends on it.
  private func hear(_ report: TerminalReport, at now: Instant) {
    switch report {
    case .synchronizedOutput(let isSupported):
      screen.isSynchronized = isSupported
    case .background:
      if now <= answersDue { change(with: report) }
    case .appearance:
      change(with: report)
    case .attributes, .keyboardForms:
      break
    }
  }

  /// What is to be said of tmux waits until nothing else is: least of all may it cover an error.
  private func hearTmux(at now: Instant) {
    tmuxHint?.hear(at: now)
    if app.value.notice == nil, let notice = tmuxHint?.takeNotice() {
      handle(.notice(notice), at: now)
    }
  }

  /// A theme's file was saved.
  private func hearThemeFiles(at now: Instant) {
    guard let change = themeWatch.take() else { return }
    let notice = theme.reload(after: change)
    themeWatch.watch(theme.files)
    pacing.want(.now)
    if let notice { handle(.notice(notice), at: now) }
  }

  /// Changes the theme if what the terminal told calls for another one.
  private func change(with report: TerminalReport) {
    guard let appearance = Theme.Appearance(told: report), theme.backgroundFound(appearance) else {
      return
    }
    themeWatch.watch(theme.files)
    pacing.want(.now)
  }

  private func hearSignals(at now: Instant) {
    for signal in signals.take() where exitCode == nil { hear(signal, at: now) }
  }

  private func hear(_ signal: Int32, at now: Instant) {
    switch signal {
    case SIGWINCH:
      screen.resized()
      pacing.want(.now)
    case SIGTSTP where editor.isOpen:
      // When it has stopped, so do we.
      editor.stop()
    case SIGTSTP:
      suspend(.process, at: now)
    case SIGCONT where editor.isOpen:
      if !editor.hasTerminal { waitWithEditor(nil, at: now) }
    case SIGCONT:
      // Somebody stopped us without asking (kill -STOP), and the shell has used the terminal since.
      suspend(nil, at: now)
    case SIGINT where editor.sharesSignals, SIGQUIT where editor.sharesSignals:
      // The key was meant for the editor.
      break
    case SIGCHLD:
      // `hearEditor` looks.
      break
    default:
      end(by: signal, at: now)
    }
  }

  func end(by signal: Int32, at now: Instant) {
    handle(.terminate, at: now)
    exitCode = 128 + signal
  }

  // MARK: - Deciding and acting

  /// Decides and acts. What an act is answered with at once comes after all effects of the event before.
  func handle(_ event: AppEvent, at now: Instant) {
    var events = [event][...]
    while let event = events.popFirst() {
      let response = app.handle(event, at: now)
      pacing.want(response.paint)
      for effect in response.effects { events += act(effect, at: now) }
    }
  }

  private func act(_ effect: AppEffect, at now: Instant) -> [AppEvent] {
    switch effect {
    case .chat(.save(let conversation, let message)):
      // Nothing is kept on disk yet, so there is nobody to wait for.
      return [.saved(conversation, message.id)]
    case .chat(.start(let id, let outgoing)):
      // Models that race are asked beside each other.
      let lanes = app.value.chats[id.conversation]?.lanes ?? []
      let companions = Set(lanes.compactMap(\.generation.activeStream))
      return streams.start(id, outgoing, beside: companions, at: now).map(\.appEvent)
    case .chat(.abort(let id)):
      streams.abort(id, at: now)
      return []
    case .findModel(let name?):
      return streams.find(named: name).map(\.appEvent)
    case .findModel(nil):
      return streams.findAny(at: now).map(\.appEvent)
    case .findRacers(let names):
      return streams.find(racers: names).map(\.appEvent)
    case .listModels:
      return streams.listModels(at: now).map(\.appEvent)
    case .listThemes:
      return [.themesListed(theme.list)]
    case .previewTheme(let name):
      return theme.preview(name).map { [.notice($0)] } ?? []
    case .useTheme(let name):
      let notice = theme.use(name)
      themeWatch.watch(theme.files)
      return [.notice(notice)]
    case .copy(let text, let what):
      clipboard.copy(text, what: what, sending: sendToTerminal(text), at: now)
      return []
    case .openEditor(let draft):
      return openEditor(draft, at: now).map { [.notice($0)] } ?? []
    case .ring:
      screen.ring()
      return []
    case .notify(let sentence):
      screen.notify(sentence)
      return []
    case .captureMouse(let isCaptured):
      screen.isMouseCaptured = isCaptured
      return []
    case .redraw:
      screen.redraw()
      return []
    case .suspend:
      suspend(.job, at: now)
      return []
    case .quit:
      exitCode = exitCode ?? 0
      return []
    case .listOwnTexts(let kind):
      return [.ownTextsListed(start.ownTexts.list(kind))]
    case .usePreset(let name):
      return preset(name)
    case .useSnippet(let name):
      return snippet(name)
    case .setup(let effect):
      return act(effect, at: now)
    case .files(let request):
      return act(request)
    }
  }

  /// Carries out what the streams were asked for, and hears what is known of it.
  func settleStreams(at now: Instant) {
    streams.settle(at: now) { handle($0.appEvent, at: now) }
  }
}

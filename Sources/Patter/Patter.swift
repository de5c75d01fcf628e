// The executable: reads what it was started with, wires the rooms together, decides nothing.

import Chat
import CurlTransport
import CursesTerminal
import Glibc
import Highlighting
import Interface
import Providers
import Settings
import Terminal

@main
enum Patter {
  static let version = "0.1.0"

  static func main() {
    let arguments: Arguments
    do {
      arguments = try Arguments(Array(CommandLine.arguments.dropFirst()))
    } catch {
      leave(error.message, code: 2)
    }
    switch arguments.wish {
    case .help: tell(Arguments.help)
    case .version: tell("patter \(version)\n")
    case .replay(let path): exit(replay(path))
    case .models(let provider):
      exit(listModels(provider, arguments, environment: Surroundings.environment()))
    case .keys:
      let keys = configuredKeys(environment: Surroundings.environment())
      tell(KeysCommand.text(keys, isTerminal: isatty(1) == 1))
    case .probeKeys:
      let environment = Surroundings.environment()
      exit(probeKeys(configuredKeys(environment: environment), environment: environment))
    case .doctor(let isJSON):
      exit(doctor(arguments, isJSON: isJSON, environment: Surroundings.environment()))
    case .config(let form):
      let outcome = ConfigCommand(arguments, environment: Surroundings.environment()).run(form)
      for sentence in outcome.sentences { say(sentence) }
      tell(PlainText.plain(outcome.text))
      exit(outcome.code)
    case .chat: exit(chat(arguments, environment: Surroundings.environment()))
    case .print:
      let outcome = printReply(arguments, environment: Surroundings.environment())
      if let sentence = outcome.sentence { say(sentence) }
      outcome.ending.leave()
    }
  }

  /// Opens the chat and runs it to its end; the answer is the exit code.
  private static func chat(_ arguments: Arguments, environment: [String: String]) -> Int32 {
    let start = prepare(arguments, environment: environment)
    let signals = Signals()
    let code: Int32
    do {
      let screen = try Screen(isColorWanted: (environment["NO_COLOR"] ?? "").isEmpty)
      defer { screen.restore() }
      let theme = ThemeInUse(
        start.configuration.theme,
        appearance: Theme.Appearance(environment: environment),
        hasColors: screen.colorDepth != .none, library: start.themes)
      let beginning = Beginning(AppSettings(start.configuration))
      let recorder = try arguments.trace.map { path throws(TraceFault) in
        try TraceRecorder(path: path, beginning, at: Clock.now())
      }
      let loop = try RunLoop(
        app: RecordedApp(beginning.app, recorder: recorder),
        theme: theme,
        languages: LanguageLibrary(
          environment: environment, executablePath: Surroundings.executablePath()),
        screen: screen, signals: signals, start: start,
        clipboard: Clipboard(environment: environment), editor: Editor(environment: environment),
        tmuxHint: TmuxHint(environment: environment))
      code = loop.run(
        preset: start.preset, firstPrompt: arguments.prompt, files: arguments.files,
        notice: Notice(start.errors + start.warnings + start.exposures + theme.errors))
      screen.restore()
      loop.leave()
      if let farewell = loop.farewell { say(farewell) }
      if let fault = loop.endTrace() { say(fault.message) }
      if let path = screen.writtenLogPath { say("something was written to \(path)") }
    } catch let error as ScreenError {
      leave(error.message, code: 1)
    } catch let error as TransportError {
      leave(error.message, code: 1)
    } catch let error as TraceFault {
      leave(error.message, code: 1)
    } catch {
      leave("\(error)", code: 1)
    }
    return code
  }

  /// Asks one prompt and writes the reply to standard output. What the answer says is still to be said;
  /// all is closed, and signals do again what they do by themselves.
  private static func printReply(
    _ arguments: Arguments, environment: [String: String]
  ) -> PrintLoop.Outcome {
    let closed = Surroundings.fillStandardStreams()
    let start = prepare(arguments, environment: environment)
    // In a chat one sees who is asked. A script would not see that what it relies on was left out.
    guard start.errors.isEmpty else { leave(start.errors.map(\.description)) }
    for warning in start.warnings { say(warning.description) }
    guard !closed.contains(1) else {
      return .init(ending: .failed, sentence: "standard output is closed.")
    }
    let signals = Signals(Signals.wantedEndings)
    defer { signals.unblock() }
    let sink = TextSink(descriptor: 1)
    let now = Clock.now()
    let observer = Observer(descriptor: 2, terminalName: environment["TERM"], at: now)
    defer { observer.endProgress() }
    do throws(PrintLoop.Outcome) {
      let reader = PromptReader(signals: signals, sink: sink, observer: observer, start: now)
      let prompt = try arguments.promptToPrint(input: 0, reader: reader)
      let streams = try streams(start)
      defer { streams.leave() }
      var chats = Beginning(AppSettings(start.configuration)).conversations
      if let preset = start.preset {
        _ = chats.handle(.usePreset(preset.value), in: chats.inView, at: now)
      }
      let loop = PrintLoop(
        chats: chats,
        guidePolicy: start.wanted == nil ? .refused : .welcome,
        streams: streams, signals: signals, sink: sink, observer: observer,
        form: arguments.printing.form,
        timeoutMilliseconds: arguments.printing.timeoutMilliseconds)
      return loop.run(prompt)
    } catch {
      return error
    }
  }

  private static func streams(_ start: Preparation) throws(PrintLoop.Outcome) -> Streams {
    do {
      return try Streams(
        finder: start.finder, guide: start.guide, pace: .atOnce,
        limits: start.configuration.limits, userAgent: Preparation.userAgent)
    } catch {
      throw PrintLoop.Outcome(ending: .failed, sentence: error.message)
    }
  }

  /// Prints which models there are; the answer is the exit code.
  private static func listModels(
    _ provider: String?, _ arguments: Arguments, environment: [String: String]
  ) -> Int32 {
    _ = Surroundings.fillStandardStreams()
    let start = prepare(arguments, environment: environment)
    for error in start.errors + start.warnings { say(error.description) }
    var command = ModelsCommand(
      start.providers, environment: environment, configuration: start.configuration,
      directory: start.directory)
    do {
      let outcome = try command.run(provider)
      outcome.interruption?.leave()
      let text = ModelsCommand.text(outcome.rows, isTerminal: isatty(1) == 1)
      guard printOut(text) else { leave(unwritten: "list") }
      for sentence in outcome.sentences { say(sentence) }
      return outcome.code
    } catch {
      leave(error.message, code: 1)
    }
  }

  /// Says what keeps a chat from working; the answer is the exit code.
  private static func doctor(
    _ arguments: Arguments, isJSON: Bool, environment: [String: String]
  ) -> Int32 {
    _ = Surroundings.fillStandardStreams()
    let start = prepare(arguments, environment: environment)
    do {
      let (report, interruption) = try DoctorCommand(start, environment: environment).run()
      interruption?.leave()
      guard printOut(isJSON ? report.json : report.text(columns: Observer.columns(of: 1))) else {
        leave(unwritten: "report")
      }
      return report.works ? 0 : 1
    } catch {
      leave(error.message, code: 1)
    }
  }

  /// The keys as the user bound them. What is wrong with the configuration is said.
  private static func configuredKeys(environment: [String: String]) -> KeyMap {
    let themes = ThemeLibrary(
      environment: environment, executablePath: Surroundings.executablePath())
    let reading = Configuration.load(
      environment: environment, providers: .standard, themes: themes
    ).reading
    for error in reading.errors { say(error.description) }
    return reading.value.keys
  }

  /// Shows what the terminal sends until the user leaves; the answer is the exit code.
  private static func probeKeys(_ keys: KeyMap, environment: [String: String]) -> Int32 {
    let signals = Signals()
    do {
      let terminal = try RawTerminal()
      return ProbeLoop(terminal, signals: signals, keys: keys).run(environment: environment)
    } catch .notATerminal {
      leave(
        "keys --probe shows what a terminal sends, but its input or output is a file or a pipe: "
          + "start it without redirection. patter keys prints the table.", code: 1)
    } catch {
      leave(error.message, code: 1)
    }
  }

  private static func prepare(
    _ arguments: Arguments, environment: [String: String]
  ) -> Preparation {
    do {
      let preparation = Preparation(arguments, environment: environment)
      try preparation.checkWanted()
      return preparation
    } catch {
      leave(error.sentences)
    }
  }

  // MARK: - Saying

  /// Says a sentence on standard error.
  static func say(_ sentence: String) {
    let line = Array(line(sentence).utf8)
    _ = write(2, line, line.count)
  }

  /// A sentence as standard error gets it, without control characters: names from outside may stand in it.
  static func line(_ sentence: String) -> String { PlainText.plain("patter: \(sentence)\n") }

  private static func leave(_ sentence: String, code: Int32) -> Never {
    say(sentence)
    exit(code)
  }

  /// Prints what was asked for, and leaves if that fails.
  private static func tell(_ text: String) {
    guard printOut(text) else { leave(unwritten: "text") }
  }

  /// Leaves because standard output takes no more; errno says why.
  private static func leave(unwritten what: String) -> Never {
    if errno == EPIPE { PrintEnding.readerGone.leave() }
    leave("The \(what) cannot be written: \(String(cString: strerror(errno))).", code: 1)
  }

  /// Leaves because nothing can be asked, as things are written.
  private static func leave(_ sentences: [String]) -> Never {
    for sentence in sentences { say(sentence) }
    exit(2)
  }
}

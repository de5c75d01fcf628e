// The executable: reads what it was started with, wires the rooms together, decides nothing.

import Chat
import CurlTransport
import CursesTerminal
import Glibc
import Interface
import Providers
import Settings

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
    case .help: print(Arguments.help, terminator: "")
    case .version: print("patter \(version)")
    case .chat: exit(chat(arguments, environment: Surroundings.environment()))
    }
  }

  /// Opens the chat and runs it to its end; the answer is the exit code.
  private static func chat(_ arguments: Arguments, environment: [String: String]) -> Int32 {
    let userAgent = "patter/\(version)"
    let themes = ThemeLibrary(
      environment: environment, executablePath: Surroundings.executablePath())
    let (configuration, errors) = Configuration.load(
      environment: environment, providers: .standard, themes: themes)
    let wanted = arguments.model ?? configuration.model
    do {
      if let wanted { _ = try configuration.route(named: wanted, providers: .standard) }
    } catch {
      // The name may be that of a chain which was written wrong.
      for error in errors { say(error.description) }
      leave("-m: \(error.message)", code: 2)
    }
    var finder = ModelFinder(
      .standard, environment: environment, wanted: wanted, routes: configuration.routes,
      commands: configuration.commands, userAgent: userAgent)
    if let model = arguments.model,
      case .modelRefused(let reason)? = finder.find(named: model).finding?.event
    {
      leave(reason, code: 2)
    }
    let (theme, themeErrors) = themes.choice(
      arguments.theme ?? configuration.theme, environment: environment)

    let guide = Guide(
      keys: .standard, commands: .standard, providers: .standard,
      places: Guide.places(
        themes, configuration: Configuration.path(environment: environment)))

    let signals = Signals()
    let code: Int32
    do {
      let screen = try Screen(isColorWanted: (environment["NO_COLOR"] ?? "").isEmpty)
      defer { screen.restore() }
      let loop = try RunLoop(
        app: App(chats: newConversations(configuration), answering: .looking),
        theme: screen.colorDepth == .none ? theme.withoutColors : theme, screen: screen,
        signals: signals, finder: finder, guide: guide,
        limits: configuration.limits, userAgent: userAgent)
      code = loop.run(firstPrompt: arguments.prompt, notice: Notice(errors + themeErrors))
      screen.restore()
      if let path = screen.writtenLogPath { say("something was written to \(path)") }
    } catch let error as ScreenError {
      leave(error.message, code: 1)
    } catch let error as TransportError {
      leave(error.message, code: 1)
    } catch {
      leave("\(error)", code: 1)
    }
    return code
  }

  /// An empty conversation. The guide answers it until a model is found.
  private static func newConversations(_ configuration: Configuration) -> Conversations {
    var random = SystemRandomNumberGenerator()
    let seed = MessageID(high: random.next(), low: random.next())
    let settings = ChatSettings(
      sendPolicy: configuration.sendPolicy, cutReplyPolicy: configuration.cutReplyPolicy,
      retryPolicy: configuration.retry, windows: configuration.windows)
    let store = ChatStore(
      route: Route(ModelFinder.guide), settings: settings,
      messageIDs: MessageIDSource(seed: seed))
    return Conversations(store, streamLimit: configuration.parallelStreams)
  }

  /// Says a sentence on standard error.
  private static func say(_ sentence: String) {
    let line = Array("patter: \(sentence)\n".utf8)
    _ = write(2, line, line.count)
  }

  private static func leave(_ sentence: String, code: Int32) -> Never {
    say(sentence)
    exit(code)
  }
}

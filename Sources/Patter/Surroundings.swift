// What the program finds around it when it starts.

import Chat
import Glibc
import Interface
import Providers
import Settings

enum Surroundings {
  /// The environment as a value. Bytes that are no UTF-8 are replaced.
  static func environment() -> [String: String] {
    var variables: [String: String] = [:]
    var index = 0
    while let entry = environ[index] {
      let text = String(cString: entry)
      if let equals = text.firstIndex(of: "=") {
        variables[String(text[..<equals])] = String(text[text.index(after: equals)...])
      }
      index += 1
    }
    return variables
  }

  /// The absolute path of this program; empty when the system does not tell.
  static func executablePath() -> String {
    var path = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &path, path.count)
    return String(decoding: path.prefix(max(0, count)).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// An empty conversation. The model is the guide's until another is found.
  static func newStore() -> ChatStore {
    var random = SystemRandomNumberGenerator()
    let seed = MessageID(high: random.next(), low: random.next())
    return ChatStore(model: ModelFinder.guide, messageIDs: MessageIDSource(seed: seed))
  }

  /// The theme that was asked for, or the one of ours that suits the terminal's background. What is
  /// wrong with it becomes notices, and the program goes on.
  static func theme(
    _ name: String?, from library: ThemeLibrary, environment: [String: String],
    notices: inout [Notice]
  ) -> Theme {
    let standard = isBackgroundLight(environment) ? "patter-light" : "patter-dark"
    for wanted in [name, standard].compactMap({ $0 }) {
      do {
        let (theme, errors) = try library.theme(wanted)
        notices += errors.map { Notice($0.description, kind: .error) }
        return theme
      } catch {
        notices.append(Notice(error.description, kind: .error))
      }
    }
    return .standard(for: .dark)
  }

  /// `COLORFGBG` is what rxvt and its heirs tell of their colours: the last number is the background,
  /// and 7 and 15 are the white ones.
  private static func isBackgroundLight(_ environment: [String: String]) -> Bool {
    guard let last = environment["COLORFGBG"]?.split(separator: ";").last else { return false }
    return last == "7" || last == "15"
  }

  /// Where the program looks and what it heeds, for the guide.
  static func places(_ themes: ThemeLibrary) -> [GuideTables.Row] {
    themes.folders.prefix(1).map { GuideTables.Row(name: $0, help: "your own themes, as YAML") } + [
      .init(name: "--theme NAME|PATH", help: "draws in this theme"),
      .init(name: "-m PROVIDER/NAME", help: "asks this model"),
      .init(name: "NO_COLOR", help: "set to anything, leaves all colours out"),
      .init(name: "PATTER_DISCOVER=0", help: "looks for no server on this machine"),
    ]
  }
}

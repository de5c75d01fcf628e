// The guide's knowledge: rows of the very tables the program uses, as plain values.

import Chat
import Interface
import Providers
import Settings
import Terminal

extension Guide {
  /// A guide that knows these tables.
  init(keys: KeyMap, commands: SlashCommands, providers: ProviderTable, places: [GuideTables.Row]) {
    self.init(
      GuideTables(
        keys: keys.bindings.filter { !$0.keys.isEmpty }.map { binding in
          .init(name: binding.keys.map(\.name).joined(separator: ", "), help: binding.help)
        },
        commands: commands.commands.map { command in
          let names = ([command.name] + command.aliases).map { "/" + $0 }.joined(separator: ", ")
          let argument = command.argument.isEmpty ? "" : " " + command.argument
          return .init(name: names + argument, help: command.help)
        },
        providers: providers.rows.compactMap(Guide.row(for:)), places: places,
        version: Patter.version))
  }

  /// How a provider is connected; nil for one without a server.
  private static func row(for provider: Provider) -> GuideTables.Row? {
    guard let server = provider.server else { return nil }
    var help =
      server.baseURL.map { "answers at `\(withoutKeys(inAddress: $0))`." }
      ?? "answers at an address of your own."
    var lines: [String] = []
    if let address = server.variables.baseURL {
      if server.baseURL == nil {
        lines.append("export \(address)=https://…")
      } else {
        help += " `\(address)` names another address."
      }
    }
    if let key = server.variables.key, server.needsKey { lines.append("export \(key)=…") }
    if server.isSought {
      help += " On this machine it is found by itself; if it is not running, \(server.startAdvice)."
    }
    lines.append("patter -m \(provider.id)/NAME")
    return .init(name: provider.name, help: help, commandLines: lines)
  }

  /// Where the program looks and what it heeds. `configuration` is the path of its file.
  static func places(
    _ themes: ThemeLibrary, _ texts: OwnTextFolders, configuration: String?
  ) -> [GuideTables.Row] {
    let files: [GuideTables.Row] =
      [configuration].compactMap(\.self).map {
        .init(name: $0, help: "the configuration, as YAML: the model, chains and pools, waits")
      } + themes.folders.prefix(1).map { .init(name: $0, help: "your own themes, as YAML") }
      + OwnTextKind.allCases.compactMap { kind in
        texts.folder(kind).map {
          .init(name: $0, help: "your \(kind.word)s; /\(kind.word) lists them")
        }
      }
    return files + [
      .init(
        name: "--theme NAME|PATH",
        help: "draws in one of the themes: " + themes.names.joined(separator: ", ")),
      .init(
        name: "-m PROVIDER/NAME", help: "asks this model, or the chain or pool of a name"),
      .init(name: "NO_COLOR", help: "set to anything, leaves all colours out"),
      .init(name: "PATTER_DISCOVER=0", help: "looks for no server on this machine"),
    ]
  }

  /// How fast an answer is told.
  enum Pace: Hashable {
    /// As a quick model tells its own.
    case reading
    /// All of it, for whoever does not watch it come.
    case atOnce
  }

  /// The guide's answer, told at this pace.
  func reply(to outgoing: Outgoing, at pace: Pace) -> LocalReply {
    let pieces = Guide.pieces(of: answer(to: outgoing))
    return switch pace {
    case .reading:
      LocalReply(
        pieces: pieces, firstDelayMilliseconds: Guide.firstDelayMilliseconds,
        intervalMilliseconds: Guide.intervalMilliseconds)
    case .atOnce: LocalReply(pieces: pieces, firstDelayMilliseconds: 0, intervalMilliseconds: 0)
    }
  }
}

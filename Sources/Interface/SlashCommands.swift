// One table of slash commands: help, the guide and the README come from its rows.

import Settings

/// One row of the command table.
public struct SlashCommand: Hashable, Sendable {
  /// What a command does; the one `switch` over it is in `App`.
  public enum Verb: Hashable, Sendable {
    case help
    case retry
    case stop
    case model
    case theme
    case trace
    case usage
    case search
    case copy
    case quit
  }

  /// Without the slash.
  public var name: String
  public var aliases: [String]
  /// What may follow the name, as the help shows it; empty when nothing may.
  public var argument: String
  public var help: String
  public var verb: Verb

  public init(
    _ name: String, aliases: [String] = [], argument: String = "", _ verb: Verb, _ help: String
  ) {
    self.name = name
    self.aliases = aliases
    self.argument = argument
    self.verb = verb
    self.help = help
  }
}

/// The commands there are, and how a draft is read as one.
public struct SlashCommands: Hashable, Sendable {
  /// What a draft turned out to be.
  public enum Reading: Hashable, Sendable {
    /// Not a command: this is to be sent.
    case prompt(String)
    case command(SlashCommand.Verb, argument: String)
    /// It looks like a command and cannot be done; the sentence says what may have been meant.
    case unknown(String)
  }

  /// The rows, in the order in which the help shows them.
  public let commands: [SlashCommand]

  public init(_ commands: [SlashCommand]) {
    self.commands = commands
  }

  /// Reads a draft. A command is one line. A leading `//` sends one slash; a path such as `/etc/hosts`
  /// is a prompt.
  public func read(_ draft: String) -> Reading {
    guard draft.first == "/", !trimmed(draft[...]).contains("\n") else { return .prompt(draft) }
    if draft.hasPrefix("//") { return .prompt(String(draft.dropFirst())) }
    let line = draft.dropFirst()
    let name = String(line.prefix { !$0.isWhitespace })
    guard !name.isEmpty, !name.contains("/") else { return .prompt(draft) }
    let argument = trimmed(line.dropFirst(name.count))
    let wanted = name.lowercased()
    if let command = commands.first(where: { $0.name == wanted || $0.aliases.contains(wanted) }) {
      guard argument.isEmpty || !command.argument.isEmpty else {
        return .unknown(
          "/\(name) takes nothing behind it. To send the line as it is, write //\(name).")
      }
      return .command(command.verb, argument: argument)
    }
    let names = commands.flatMap { [$0.name] + $0.aliases }
    let guess = nearest(to: wanted, among: names).map { "Did you mean /\($0)?" }
    return .unknown(
      "There is no command /\(name). \(guess ?? "/help shows what there is.") "
        + "To send it as it is, write //\(name).")
  }

  private func trimmed(_ text: Substring) -> String {
    let start = text.firstIndex { !$0.isWhitespace } ?? text.endIndex
    let end = text.lastIndex { !$0.isWhitespace }.map(text.index(after:)) ?? text.endIndex
    return start < end ? String(text[start..<end]) : ""
  }

  /// The commands of a fresh Patter.
  public static let standard = SlashCommands([
    SlashCommand("help", aliases: ["keys", "?"], .help, "show keys and commands"),
    SlashCommand(
      "model", argument: "[PROVIDER/NAME]", .model,
      "ask this model from now on; without a name, pick one"),
    SlashCommand(
      "theme", argument: "[NAME]", .theme,
      "draw in this theme; without a name, look at each and pick one"),
    SlashCommand("retry", aliases: ["r"], .retry, "send the last prompt again"),
    SlashCommand("stop", .stop, "stop the reply"),
    SlashCommand("search", argument: "[WORDS]", .search, "search the conversation"),
    SlashCommand(
      "copy", argument: "[N, or all]", .copy,
      "copy the last reply, its N-th block of code, or the conversation"),
    SlashCommand("trace", .trace, "show what became of each stream: ending, first token, deltas"),
    SlashCommand("usage", .usage, "show or hide tokens, times and cost below replies"),
    SlashCommand("quit", aliases: ["exit", "q", "bye"], .quit, "leave Patter"),
  ])
}

// One table of slash commands: help, the guide and the README come from its rows.

import Settings

/// One row of the command table.
public struct SlashCommand: Hashable, Sendable {
  /// What a command does; the one `switch` over it is in `App`.
  public enum Verb: Hashable, Sendable {
    case help
    case keys
    case new
    case conversations
    case rename
    case close
    case delete
    case restore
    case model
    case models
    case race
    case system
    case think
    case retry
    case edit
    case tree
    case stop
    case `continue`
    case queue
    case search
    case copy
    case theme
    case usage
    case trace
    case quit
    case setup
    case attach
    case preset
    case snippet
  }

  /// What may follow a name, for who completes it.
  public enum ArgumentKind: Hashable, Sendable, CaseIterable {
    /// Anything: there is nothing to choose from.
    case words
    case model
    /// Several models, with blanks between them.
    case models
    case theme
    /// How much a model is to think.
    case effort
    /// `all`, or the number of a block of code in the last reply.
    case copy
    /// The name of a command.
    case command
    /// Several files, with blanks between them.
    case paths
    /// The name of a preset or a snippet.
    case ownText(OwnTextKind)

    public static let allCases: [ArgumentKind] =
      [.words, .model, .models, .theme, .effort, .copy, .command, .paths]
      + OwnTextKind.allCases.map(ArgumentKind.ownText)
  }

  /// Without the slash.
  public var name: String
  public var aliases: [String]
  /// What may follow the name, as the help shows it; empty when nothing may.
  ///
  /// In brackets is what may be left out.
  public var argument: String
  /// What the argument may be; without one it means nothing.
  public var values: ArgumentKind
  public var help: String
  public var verb: Verb

  public init(
    _ name: String, aliases: [String] = [], argument: String = "", values: ArgumentKind = .words,
    _ verb: Verb, _ help: String
  ) {
    self.name = name
    self.aliases = aliases
    self.argument = argument
    self.values = values
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
    switch find(name) {
    case .success(let command):
      guard argument.isEmpty || !command.argument.isEmpty else {
        return .unknown(
          "/\(name) takes nothing behind it. To send the line as it is, write //\(name).")
      }
      return .command(command.verb, argument: argument)
    case .failure(let unknown):
      return .unknown("\(unknown.sentence) To send it as it is, write //\(name).")
    }
  }

  /// A name that no command has.
  struct UnknownCommand: Error, Hashable {
    /// Says so, and what may have been meant.
    let sentence: String
  }

  /// The command of a name or an alias, with or without its slash, in letters of either case.
  func find(_ name: String) -> Result<SlashCommand, UnknownCommand> {
    let wanted = (name.hasPrefix("/") ? name.dropFirst() : name[...]).lowercased()
    if let command = commands.first(where: { $0.name == wanted || $0.aliases.contains(wanted) }) {
      return .success(command)
    }
    let names = commands.flatMap { [$0.name] + $0.aliases }
    let guess = nearest(to: wanted, among: names).map { "Did you mean /\($0)?" }
    return .failure(
      UnknownCommand(
        sentence: "There is no command /\(wanted). \(guess ?? "/help shows what there is.")"))
  }

  private func trimmed(_ text: Substring) -> String {
    let start = text.firstIndex { !$0.isWhitespace } ?? text.endIndex
    let end = text.lastIndex { !$0.isWhitespace }.map(text.index(after:)) ?? text.endIndex
    return start < end ? String(text[start..<end]) : ""
  }

  /// The commands of a fresh Patter.
  public static let standard = SlashCommands([
    SlashCommand(
      "help", aliases: ["?"], argument: "[COMMAND]", values: .command, .help,
      "show keys and commands, or what one command does"),
    SlashCommand("keys", .keys, "show the keys as they are bound"),
    SlashCommand("new", aliases: ["clear"], .new, "begin a new conversation; this one stays open"),
    SlashCommand("conversations", .conversations, "list the conversations, to go to one"),
    SlashCommand(
      "model", aliases: ["m"], argument: "[PROVIDER/NAME]", values: .model, .model,
      "ask this model from now on; without a name, pick one"),
    SlashCommand("models", .models, "pick the model that answers"),
    SlashCommand(
      "setup", .setup, "connect a model: choose a provider, a key, a model, try it, save"),
    SlashCommand(
      "race", argument: "[PROVIDER/NAME …]", values: .models, .race,
      "send the next prompt to several models at once; without names, to one again"),
    SlashCommand(
      "system", argument: "[WORDS, or none]", .system,
      "give this conversation a system prompt; without words, change the one it has"),
    SlashCommand(
      "think", argument: "[EFFORT]", values: .effort, .think,
      "how much models are to think: off, minimal, low, medium, high, max or default"),
    SlashCommand(
      "preset", argument: "[NAME, or none]", values: .ownText(.preset), .preset,
      "take a preset for this conversation; without a name, pick one"),
    SlashCommand(
      "snippet", argument: "[NAME]", values: .ownText(.snippet), .snippet,
      "write a snippet into the draft; without a name, pick one"),
    SlashCommand("retry", aliases: ["r", "regenerate"], .retry, "send the last prompt again"),
    SlashCommand("edit", .edit, "pick a prompt and edit it; what is sent begins another branch"),
    SlashCommand(
      "attach", argument: "[PATH …]", values: .paths, .attach,
      "attach files to the prompt: texts, pictures, PDFs; @PATH in the draft does too"),
    SlashCommand("tree", .tree, "show the conversation as a tree, and go to a branch"),
    SlashCommand("stop", .stop, "stop the reply"),
    SlashCommand("continue", .continue, "go on with a reply that was cut"),
    SlashCommand(
      "queue", argument: "[WORDS]", .queue,
      "send words behind the live reply; without words, list what waits"),
    SlashCommand(
      "rename", argument: "[WORDS, or none]", .rename,
      "call this conversation so; without words, change the name it has"),
    SlashCommand(
      "close", .close, "set this conversation aside and stop its reply; it stays listed"),
    SlashCommand("delete", .delete, "delete this conversation; /restore brings it back"),
    SlashCommand("restore", .restore, "bring back the conversation that was deleted last"),
    SlashCommand(
      "search", aliases: ["find"], argument: "[WORDS]", .search, "search the conversation"),
    SlashCommand(
      "copy", argument: "[N, or all]", values: .copy, .copy,
      "copy the last reply, its N-th block of code, or the conversation"),
    SlashCommand(
      "theme", argument: "[NAME]", values: .theme, .theme,
      "draw in this theme; without a name, look at each and pick one"),
    SlashCommand("usage", .usage, "show what the conversation took: tokens, times, cost, context"),
    SlashCommand("trace", .trace, "show what became of each stream: ending, first token, deltas"),
    SlashCommand("quit", aliases: ["exit", "q", "bye"], .quit, "leave Patter"),
  ])
}

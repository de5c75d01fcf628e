// What may become of a draft that begins like a slash command: the commands that suit what is typed, and
// behind a command and a blank the values that its argument may have.
//
// It is a function of the line, the table of commands and the lists that came: no key and no screen is in
// it. `App+Completion.swift` has the keys, `Drawing/CompletionView.swift` the rows.

import Chat

/// One row that the line may become.
public struct CompletionRow: Hashable, Sendable {
  /// The whole line with it.
  let line: String
  /// What is chosen, with what may follow it.
  let name: String
  let help: String
  /// The line as it begins with what is typed, whatever its case; nil where only the letters are in it.
  let beginning: String?
  /// Whether something may stand behind it.
  let mayGoOn: Bool
  /// Whether it can be done as it stands.
  let isWhole: Bool
  /// Whether it is a folder, behind which the path goes on.
  var isFolder = false
}

/// The lists that values come from and that somebody has to be asked for. Nil are those nobody asked for.
struct ListedValues: Hashable, Sendable {
  var models: [ModelList]?
  var themes: ThemeList?
  /// Whether the themes were asked for, although none have come.
  var hasAskedForThemes = false
  /// Presets and snippets, as far as they have come.
  var ownTexts: [OwnTextKind: OwnTextList] = [:]
  /// Those that were asked for.
  var askedOwnTexts: Set<OwnTextKind> = []
  /// What is in the folder that was asked for, if it was told.
  var folder: ListedFolder?
  var askedFolder: String?
  /// Grows with each list that comes.
  private(set) var revision = 0

  /// Takes over a list, in place of an earlier one of its id. Nothing happens where nobody asked.
  mutating func take(_ list: ModelList) {
    guard var lists = models else { return }
    lists.removeAll { $0.id == list.id }
    models = lists + [list]
    revision += 1
  }

  mutating func take(_ list: ThemeList) {
    guard hasAskedForThemes else { return }
    themes = list
    revision += 1
  }

  mutating func take(_ list: OwnTextList) {
    guard askedOwnTexts.contains(list.kind) else { return }
    ownTexts[list.kind] = list
    revision += 1
  }

  mutating func take(_ listing: FolderListing) {
    guard listing.folder == askedFolder else { return }
    folder = ListedFolder(listing)
    revision += 1
  }

  /// Files come and go: what was told of a folder is forgotten when nobody completes a path any more.
  mutating func forgetFolder() { (folder, askedFolder) = (nil, nil) }

  /// The same of all that files were read for, when nothing is completed any more.
  mutating func forgetFiles() {
    forgetFolder()
    (ownTexts, askedOwnTexts) = ([:], [])
  }
}

/// The rows that suit a line, the likeliest first.
public struct Completion: Hashable, Sendable {
  /// A longer line is no command that somebody still looks for.
  static let longestLine = 256
  /// More values are not looked at with each key; the pickers find the others.
  static let valueLimit = 2_000

  let rows: [CompletionRow]
  /// What stands in place of rows; nil where nothing needs to be said.
  let note: String?
  /// What the argument is that the cursor is in; nil while the name is written.
  let argument: SlashCommand.ArgumentKind?
  /// The folder whose entries are needed, with a slash at its end; nil where none is.
  let folder: String?

  /// What the values are looked up in.
  struct Tables {
    var commands: SlashCommands
    var keys: KeyMap
    var listed: ListedValues
    /// The first lines of the blocks of code in the last reply.
    var codeBlocks: () -> [String]
  }

  /// Nil where the line is no command and cannot become one: a path, two slashes, an unknown name with
  /// something behind it.
  init?(_ line: String, _ tables: Tables) {
    guard line.first == "/", line.count <= Self.longestLine else { return nil }
    let name = line.dropFirst().prefix { !$0.isWhitespace }
    guard !name.contains("/") else { return nil }
    if name.endIndex == line.endIndex {
      rows = Self.commands(String(name), tables)
      note = nil
      argument = nil
      folder = nil
      return
    }
    guard let command = try? tables.commands.find(String(name)).get() else { return nil }
    if command.values == .paths {
      let words = line[name.endIndex...]
      guard let written = PathWriting.words(of: String(words), limit: Attachment.limit) else {
        return nil
      }
      let isNew = words.last.map(PathWriting.isBlank) == true && written.last?.path.last != " "
      let last = isNew ? nil : written.last
      let start = last.map { words.index(words.startIndex, offsetBy: $0.start) } ?? line.endIndex
      let path = last?.path ?? ""
      rows = Self.paths(path, tables.listed.folder, before: String(line[..<start]), mayGoOn: true)
      note = rows.isEmpty ? Self.note(on: command, path, tables.listed) : nil
      argument = .paths
      folder = PathWriting.parts(of: path).folder
      return
    }
    let isList = command.values == .models
    let lastBlank = line.lastIndex(where: \.isWhitespace) ?? name.endIndex
    let blankCount = line[name.endIndex...].prefix(while: \.isWhitespace).count
    let head = isList ? line[...lastBlank] : line.prefix(1 + name.count + blankCount)
    // What stands there already is not named again.
    let named = isList ? Set(head.split(whereSeparator: \.isWhitespace).map(String.init)) : []
    let values =
      command.argument.isEmpty
      ? [] : Self.values(command.values, tables).filter { !named.contains($0.text) }
    let wanted = String(line.dropFirst(head.count))
    rows = Self.rows(String(head), wanted, values, isList: isList)
    note = rows.isEmpty ? Self.note(on: command, wanted, tables.listed) : nil
    argument = command.argument.isEmpty ? nil : command.values
    folder = nil
  }

  var isEmpty: Bool { rows.isEmpty && note == nil }

  /// The longest line with which all rows begin that begin as the line does; nil where none do.
  var commonBeginning: String? {
    let beginnings = rows.compactMap(\.beginning)
    guard let first = beginnings.first else { return nil }
    let count = beginnings.dropFirst().reduce(first.count) { count, other in
      zip(first.prefix(count), other).prefix { $0.lowercased() == $1.lowercased() }.count
    }
    return String(first.prefix(count))
  }

  // MARK: - Names

  private static func commands(_ typed: String, _ tables: Tables) -> [CompletionRow] {
    let wanted = typed.lowercased()
    let all = tables.commands.commands
    let byName = all.filter { $0.name.hasPrefix(wanted) }.map { row($0, as: $0.name, tables.keys) }
    let byAlias = all.compactMap { command -> CompletionRow? in
      guard !command.name.hasPrefix(wanted) else { return nil }
      return command.aliases.first { $0.hasPrefix(wanted) }.map {
        row(command, as: $0, tables.keys)
      }
    }
    guard byName.isEmpty, byAlias.isEmpty else { return byName + byAlias }
    return best(wanted, all) { $0.name }.map { row($0, as: nil, tables.keys) }
  }

  private static func row(
    _ command: SlashCommand, as name: String?, _ keys: KeyMap
  ) -> CompletionRow {
    let others =
      command.aliases.map { "/\($0)" } + [command.verb.action.flatMap(keys.name)].compactMap(\.self)
    return CompletionRow(
      line: "/\(command.name)", name: command.usage,
      help: command.help + (others.isEmpty ? "" : " (also \(others.joined(separator: ", ")))"),
      beginning: name.map { "/\($0)" }, mayGoOn: !command.argument.isEmpty,
      isWhole: command.argument.isEmpty || command.argument.hasPrefix("["))
  }

  // MARK: - Values

  /// What an argument may be, and what is said of it.
  private typealias Value = (text: String, help: String)

  private static func values(_ kind: SlashCommand.ArgumentKind, _ tables: Tables) -> [Value] {
    switch kind {
    case .words, .paths:
      return []
    case .model, .models:
      let items = (tables.listed.models ?? []).flatMap(\.items)
      return unique(items.map { ($0.id, ([$0.id == $0.title ? "" : $0.title] + $0.details)) })
    case .theme:
      return unique((tables.listed.themes?.items ?? []).map { ($0.id, $0.details) })
    case .effort:
      return EffortChoice.allCases.map { ($0.rawValue, "") }
    case .copy:
      let blocks = tables.codeBlocks().enumerated().map { ("\($0 + 1)", $1) }
      return [("all", "the conversation")] + blocks
    case .ownText(let kind):
      let rows = (tables.listed.ownTexts[kind]?.rows ?? []).map { ($0.name, $0.description) }
      switch kind {
      case .preset: return rows + [(OwnTextPicker.noPreset, "as configured")]
      case .snippet: return rows
      }
    case .command:
      return tables.commands.commands.map { ($0.name, $0.help) }
    }
  }

  private static func unique(_ values: [(id: String, details: [String])]) -> [Value] {
    var seen: Set<String> = []
    return values.filter { seen.insert($0.id).inserted }.map { value in
      (value.id, value.details.filter { !$0.isEmpty }.joined(separator: "  "))
    }
  }

  /// - Parameter isList: whether more values may follow each.
  private static func rows(
    _ head: String, _ wanted: String, _ values: [Value], isList: Bool
  ) -> [CompletionRow] {
    func row(_ value: Value, isBeginning: Bool) -> CompletionRow {
      let line = head + value.text
      return CompletionRow(
        line: line, name: value.text, help: value.help, beginning: isBeginning ? line : nil,
        mayGoOn: isList, isWhole: !isList)
    }
    let values = values.prefix(valueLimit)
    let letters = wanted.lowercased()
    let begun = values.filter { $0.text.lowercased().hasPrefix(letters) }
    let others = values.filter { !$0.text.lowercased().hasPrefix(letters) }
    return begun.map { row($0, isBeginning: true) }
      + best(wanted, others) { $0.text }.map { row($0, isBeginning: false) }
  }

  /// Those in whose names the letters are, the best first.
  static func best<Choice>(
    _ wanted: String, _ choices: [Choice], name: (Choice) -> String
  ) -> [Choice] {
    let query = FuzzyQuery(wanted)
    var comparisons = 0
    let scores = choices.enumerated().compactMap { place, choice in
      query.score(FuzzyQuery.folded(name(choice)), comparisons: &comparisons).map {
        (place: place, score: $0)
      }
    }
    return scores.sorted { ($1.score, $0.place) < ($0.score, $1.place) }.map { choices[$0.place] }
  }

  // MARK: - Without rows

  /// What is said of an argument of which no value is known.
  private static func note(
    on command: SlashCommand, _ wanted: String, _ listed: ListedValues
  ) -> String? {
    guard !command.argument.isEmpty else { return "/\(command.name) takes nothing behind it." }
    let usage = "\(command.usage): \(command.help)"
    switch command.values {
    case .words, .effort, .copy, .command, .paths:
      return usage
    case .model, .models:
      let looking = (listed.models ?? []).filter { $0.state == .looking }.map(\.name)
      if !looking.isEmpty { return "\(looking.joined(separator: ", ")): looking …" }
      return wanted.isEmpty ? usage : "None is listed by this name. It is asked as it is written."
    case .theme:
      return wanted.isEmpty ? usage : "No theme has these letters."
    case .ownText(let kind):
      return wanted.isEmpty ? usage : "No \(kind.word) has these letters."
    }
  }
}

extension SlashCommand {
  /// The name with its slash, and what may follow it.
  var usage: String { argument.isEmpty ? "/\(name)" : "/\(name) \(argument)" }
}

extension SlashCommand.Verb {
  /// What a key does that does the same.
  fileprivate var action: Action? {
    switch self {
    case .help, .keys: .help
    case .model, .models: .pickModel
    case .race: nil
    case .retry: .retry
    case .tree: .tree
    case .stop: .cancel
    case .queue: .waiting
    case .continue: .continueReply
    case .search: .search
    case .copy: .copy
    case .quit: .quit
    case .new: .newConversation
    case .conversations: .conversations
    case .rename, .close, .delete, .restore: nil
    case .preset, .snippet: nil
    case .system, .think, .theme, .usage, .edit, .trace, .setup, .attach: nil
    }
  }
}

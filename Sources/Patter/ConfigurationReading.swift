// A configuration from the nodes of its file: one row for each member that may be written. The README
// shows them all.

import Chat
import Interface
import Providers
import Settings

extension Configuration {
  /// Reads a configuration. There is always one: what is wrong is told and left out.
  ///
  /// - Parameters:
  ///   - file: the file's name as the user would write it.
  ///   - providers: those that are known besides the configuration's own commands.
  ///   - themes: the names of all themes.
  static func read(
    _ document: Node, file: String, providers: ProviderTable, themes: [String]
  ) -> (value: Configuration, errors: [SettingsError]) {
    var sheet = ConfigurationSheet(
      file: file, table: providers, themes: themes)
    sheet.read(Setting(path: "", node: document), rows: ConfigurationSheet.rows)
    return (sheet.value, sheet.reader.errors)
  }

  /// Everything that may be written, as it stands in a line: members of members with their indentation.
  static var memberNames: [String] {
    ConfigurationSheet.rows.flatMap { [$0.name] + $0.innerNames.map { "  \($0)" } }
  }
}

/// A configuration that is being read.
struct ConfigurationSheet {
  var value = Configuration()
  var reader: SettingsReader
  /// The program's own providers.
  let table: ProviderTable
  /// The ids of all providers that are no commands.
  var providers: [String]
  let themes: [String]
  /// The names under `providers`, right or wrong.
  var writtenProviders: [String] = []
  /// The names under `commands`, right or wrong.
  var writtenCommands: [String] = []
  /// The names under `fallback` and `pools`, right or wrong.
  var writtenRoutes: [String: (order: Route.Order, line: Int)] = [:]

  init(file: String, table: ProviderTable, themes: [String]) {
    reader = SettingsReader(file: file)
    self.table = table
    providers = table.rows.map(\.id)
    self.themes = themes
  }

  /// A member and how it is read.
  struct Row {
    let name: String
    /// The members inside it that have rows.
    let innerNames: [String]
    let read: (inout ConfigurationSheet, Setting) -> Void

    init(
      _ name: String, innerNames: [String] = [],
      _ read: @escaping (inout ConfigurationSheet, Setting) -> Void
    ) {
      self.name = name
      self.innerNames = innerNames
      self.read = read
    }
  }

  /// In the order in which they are read: who is named comes before those who name it.
  static var rows: [Row] {
    let second: Int64 = 1_000
    let hour = 3_600 * second
    return [
      Row("providers") { $0.readProviders($1) },
      Row("commands") { $0.readCommands($1) },
      Row("fallback") { $0.readRoutes($1, .chain) },
      Row("pools") { $0.readRoutes($1, .pool) },
      Row("models") { $0.readModels($1) },
      Row("model") { $0.readModel($1) },
      Row("theme") { $0.readTheme($1) },
      Row("preset") { sheet, setting in sheet.value.preset = sheet.reader.text(setting) },
      Row("system") { sheet, setting in sheet.value.systemPrompt = sheet.reader.text(setting) },
      Row("keys") { $0.readKeys($1) },
      .word("editing", \.editing, \.rawValue),
      Row("options", innerNames: optionNames) { sheet, setting in
        guard let members = sheet.reader.mapping(setting, known: optionNames) else { return }
        sheet.value.options = sheet.options(members)
      },
      .group(
        "retry",
        [
          .whole("retries", \.retry.retries, in: 0...10),
          .time("base", \.retry.baseMilliseconds, in: 1...hour),
          .time("longest", \.retry.capMilliseconds, in: 1...hour),
          .time("longestRetryAfter", \.retry.longestRetryAfterMilliseconds, in: 0...24 * hour),
          .time("total", \.retry.totalMilliseconds, in: 0...24 * hour),
        ]),
      .group(
        "idle",
        [
          .time("silence", \.limits.silenceMilliseconds, in: second...24 * hour),
          .time("progress", \.limits.progressMilliseconds, in: second...24 * hour),
        ]),
      .word("send", \.sendPolicy, \.word),
      .word("cutReplies", \.cutReplyPolicy, \.word),
      .whole("parallelStreams", \.parallelStreams, in: 1...64),
      .word("notify", \.notify.way, \.rawValue),
      .time("notifyAfter", \.notify.leastMilliseconds, in: 0...hour),
    ]
  }

  mutating func read(_ setting: Setting, rows: [Row]) {
    guard let members = reader.mapping(setting, known: rows.map(\.name)) else { return }
    for row in rows {
      if let member = members[row.name] { row.read(&self, member) }
    }
  }

  // MARK: - How it looks

  private mutating func readTheme(_ setting: Setting) {
    guard let theme = reader.text(setting) else { return }
    if ThemeLibrary.isPath(theme) || themes.contains(theme) {
      value.theme = theme
    } else {
      reader.note(
        "No theme is called \(quoted(theme))\(hint(for: theme, among: themes))",
        at: setting.node.place)
    }
  }
}

extension ConfigurationSheet.Row {
  typealias Member<Value> = WritableKeyPath<Configuration, Value>

  /// Members inside a member.
  static func group(_ name: String, _ rows: [Self]) -> Self {
    Self(name, innerNames: rows.map(\.name)) { $0.read($1, rows: rows) }
  }

  static func whole(_ name: String, _ member: Member<Int>, in range: ClosedRange<Int>) -> Self {
    Self(name) { sheet, setting in
      if let number = sheet.reader.integer(setting, in: range) {
        sheet.value[keyPath: member] = number
      }
    }
  }

  static func time(_ name: String, _ member: Member<Int64>, in range: ClosedRange<Int64>) -> Self {
    Self(name) { sheet, setting in
      if let milliseconds = sheet.reader.milliseconds(setting, in: range) {
        sheet.value[keyPath: member] = milliseconds
      }
    }
  }

  /// One of the cases of an enumeration, by its word.
  static func word<Value: CaseIterable>(
    _ name: String, _ member: Member<Value>, _ word: KeyPath<Value, String>
  ) -> Self {
    Self(name) { sheet, setting in
      let values = Array(Value.allCases)
      if let index = sheet.reader.word(setting, among: values.map { $0[keyPath: word] }) {
        sheet.value[keyPath: member] = values[index]
      }
    }
  }
}

// What the enumerations of other rooms are called in the file.

extension SendPolicy {
  var word: String {
    switch self {
    case .replace: "replace"
    case .queue: "queue"
    case .block: "block"
    }
  }
}

extension CutReplyPolicy {
  var word: String {
    switch self {
    case .keep: "keep"
    case .drop: "drop"
    case .note: "note"
    }
  }
}

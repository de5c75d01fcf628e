// A configuration from the nodes of its file: one row for each member that may be written. The README
// shows them all.

import Chat
import Interface
import Providers
import Settings

extension Configuration {
  /// What a file came to.
  struct Reading {
    /// There is always one: what is wrong is told and left out.
    var value = Configuration()
    var errors: [SettingsError] = []
    /// What counts and should not be as it is.
    var warnings: [SettingsError] = []
    /// Where each value is written that counts, by the way to it, as in `retry.base`.
    var origins = ConfigurationOrigins()
  }

  /// Reads a configuration.
  ///
  /// - Parameters:
  ///   - file: the file's name as the user would write it.
  ///   - providers: those that are known besides the configuration's own commands.
  ///   - themes: the names of all themes.
  ///   - keyFile: reads the file of a key at this path.
  static func read(
    _ document: Node, file: String, providers: ProviderTable, themes: [String],
    keyFile: @escaping (String) -> KeyFile.Reading = { _ in .unread }
  ) -> Reading {
    var sheet = ConfigurationSheet(
      file: file, table: providers, themes: themes, keyFile: keyFile)
    sheet.read(Setting(path: "", node: document), rows: ConfigurationSheet.rows)
    return Reading(
      value: sheet.value, errors: sheet.reader.errors, warnings: sheet.warnings,
      origins: sheet.origins)
  }

  /// Everything that may be written, as it stands in a line: members of members with their indentation.
  static var memberNames: [String] {
    ConfigurationSheet.rows.flatMap { [$0.name] + $0.innerNames.map { "  \($0)" } }
  }
}

/// A configuration that is being read.
struct ConfigurationSheet {
  var value = Configuration()
  var origins = ConfigurationOrigins()
  var reader: SettingsReader
  var warnings: [SettingsError] = []
  /// The program's own providers.
  let table: ProviderTable
  /// The ids of all providers that are no commands.
  var providers: [String]
  let themes: [String]
  let keyFile: (String) -> KeyFile.Reading
  /// The names under `providers`, right or wrong.
  var writtenProviders: [String] = []
  /// The names under `commands`, right or wrong.
  var writtenCommands: [String] = []
  /// The names under `fallback` and `pools`, right or wrong.
  var writtenRoutes: [String: (order: Route.Order, line: Int)] = [:]

  init(
    file: String, table: ProviderTable, themes: [String],
    keyFile: @escaping (String) -> KeyFile.Reading
  ) {
    reader = SettingsReader(file: file)
    self.keyFile = keyFile
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
      Row("preset") { sheet, setting in
        sheet.value.preset = sheet.reader.text(setting)
        sheet.origins.note(setting, if: sheet.value.preset != nil)
      },
      Row("system") { sheet, setting in
        sheet.value.systemPrompt = sheet.reader.text(setting)
        sheet.origins.note(setting, if: sheet.value.systemPrompt != nil)
      },
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
      .word("send", \.sendPolicy, \.configured),
      .word("cutReplies", \.cutReplyPolicy, \.configured),
      .whole("parallelStreams", \.parallelStreams, in: 1...64),
      .word("notify", \.notify.way, \.rawValue),
      .time("notifyAfter", \.notify.leastMilliseconds, in: 0...hour),
      .group(
        "view",
        [
          .truth("details", \.view.details),
          .truth("thoughts", \.view.thoughts),
          .truth("attempts", \.view.attempts),
          .truth("mouse", \.view.mouse),
        ]),
    ]
  }

  mutating func read(_ setting: Setting, rows: [Row]) {
    guard let members = reader.mapping(setting, known: rows.map(\.name)) else { return }
    for row in rows {
      if let member = members[row.name] { row.read(&self, member) }
    }
  }

  // MARK: - How it looks

  /// One theme, or one for each background.
  private mutating func readTheme(_ setting: Setting) {
    guard case .mapping = setting.node.value else {
      guard let theme = theme(setting) else { return }
      value.theme = .one(theme)
      return
    }
    let members = reader.mapping(setting, known: Self.backgrounds)
    let dark = theme(members?["dark"])
    let light = theme(members?["light"])
    if dark != nil || light != nil { value.theme = .each(dark: dark, light: light) }
  }

  static let backgrounds = ["dark", "light"]

  private mutating func theme(_ setting: Setting?) -> String? {
    guard let setting, let theme = reader.text(setting) else { return nil }
    guard ThemeLibrary.isPath(theme) || themes.contains(theme) else {
      reader.note(
        "No theme is called \(quoted(theme))\(hint(for: theme, among: themes))",
        at: setting.node.place)
      return nil
    }
    origins.note(setting)
    return theme
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
        sheet.origins.note(setting)
      }
    }
  }

  static func time(_ name: String, _ member: Member<Int64>, in range: ClosedRange<Int64>) -> Self {
    Self(name) { sheet, setting in
      if let milliseconds = sheet.reader.milliseconds(setting, in: range) {
        sheet.value[keyPath: member] = milliseconds
        sheet.origins.note(setting)
      }
    }
  }

  static func truth(_ name: String, _ member: Member<Bool>) -> Self {
    Self(name) { sheet, setting in
      if let truth = sheet.reader.boolean(setting) {
        sheet.value[keyPath: member] = truth
        sheet.origins.note(setting)
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
        sheet.origins.note(setting)
      }
    }
  }
}

// What the enumerations of other rooms are called in the file.

extension SendPolicy {
  var configured: String {
    switch self {
    case .replace: "replace"
    case .queue: "queue"
    case .block: "block"
    }
  }
}

extension CutReplyPolicy {
  var configured: String {
    switch self {
    case .keep: "keep"
    case .drop: "drop"
    case .note: "note"
    }
  }
}

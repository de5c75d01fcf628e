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
    reader = SettingsReader(file: file, secretMembers: ["providers"])
    self.keyFile = keyFile
    self.table = table
    providers = table.rows.map(\.id)
    self.themes = themes
  }

  /// A member and how it is read.
  struct Row {
    let name: String
    /// What may stand there, with what it is for.
    let schema: ConfigurationSchema
    /// The members inside it that have rows.
    let innerNames: [String]
    let read: (inout ConfigurationSheet, Setting) -> Void

    init(
      _ name: String, _ about: String, _ schema: ConfigurationSchema, innerNames: [String] = [],
      _ read: @escaping (inout ConfigurationSheet, Setting) -> Void
    ) {
      self.name = name
      self.schema = schema.described(about)
      self.innerNames = innerNames
      self.read = read
    }
  }

  /// In the order in which they are read: who is named comes before those who name it.
  static var rows: [Row] {
    let second: Int64 = 1_000
    let hour = 3_600 * second
    return [
      Row("providers", "Where providers are and how their keys are had.", .providers) {
        $0.readProviders($1)
      },
      Row("commands", "Programs that answer as providers, by name.", .commands) {
        $0.readCommands($1)
      },
      Row("fallback", "Chains: where one model fails, the next is asked.", .routes) {
        $0.readRoutes($1, .chain)
      },
      Row("pools", "Pools: each call begins with the next model.", .routes) {
        $0.readRoutes($1, .pool)
      },
      Row("models", "What is known and wanted of models.", .models) { $0.readModels($1) },
      Row("model", "Who is asked: PROVIDER/NAME, or a chain or pool.", .anyText) {
        $0.readModel($1)
      },
      Row("theme", "A theme by its name or path, or one for each background.", .theme) {
        $0.readTheme($1)
      },
      Row("preset", "The preset that new conversations begin with.", .anyText) { sheet, setting in
        sheet.value.preset = sheet.reader.text(setting)
        sheet.origins.note(setting, if: sheet.value.preset != nil)
      },
      Row("system", "The standing instruction of new conversations.", .anyText) { sheet, setting in
        sheet.value.systemPrompt = sheet.reader.text(setting)
        sheet.origins.note(setting, if: sheet.value.systemPrompt != nil)
      },
      Row("keys", "Keys of actions; what is named has these and no others.", .keys) {
        $0.readKeys($1)
      },
      .word("editing", "How the draft is edited, as in a shell.", \.editing, \.rawValue),
      Row(
        "options", "What is asked of every reply.", .members(ConfigurationSchema.options),
        innerNames: optionNames
      ) { sheet, setting in
        guard let members = sheet.reader.mapping(setting, known: optionNames) else { return }
        sheet.value.options = sheet.options(members)
      },
      .group(
        "retry", "When a call that failed before its first word is made again.",
        [
          .whole("retries", "How often.", \.retry.retries, in: 0...10),
          .time("base", "The first wait.", \.retry.baseMilliseconds, in: 1...hour),
          .time("longest", "The longest wait.", \.retry.capMilliseconds, in: 1...hour),
          .time(
            "longestRetryAfter", "The longest wait that a server may ask for.",
            \.retry.longestRetryAfterMilliseconds, in: 0...24 * hour),
          .time(
            "total", "All waits of one call together.", \.retry.totalMilliseconds,
            in: 0...24 * hour),
        ]),
      .group(
        "idle", "When a reply that began is given up.",
        [
          .time(
            "silence", "After this long without anything.", \.limits.silenceMilliseconds,
            in: second...24 * hour),
          .time(
            "progress", "After this long without a word.", \.limits.progressMilliseconds,
            in: second...24 * hour),
        ]),
      .word(
        "send", "What a prompt does that is sent while a reply is live.", \.sendPolicy,
        \.configured),
      .word(
        "cutReplies", "What the model is told of a reply that was stopped.", \.cutReplyPolicy,
        \.configured),
      .whole("parallelStreams", "Replies that may arrive at once.", \.parallelStreams, in: 1...64),
      .word(
        "notify", "How the end of a reply is told that nobody watched.", \.notify.way, \.rawValue),
      .time(
        "notifyAfter", "The shortest reply that this is told of.", \.notify.leastMilliseconds,
        in: 0...hour),
      .group(
        "view", "What is seen until a key says otherwise.",
        [
          .truth("details", "Tokens, times and cost below replies.", \.view.details),
          .truth("thoughts", "What models thought, in full.", \.view.thoughts),
          .truth("attempts", "Earlier attempts at a reply, in full.", \.view.attempts),
          .truth("mouse", "The wheel scrolls; else the terminal selects.", \.view.mouse),
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
  static func group(_ name: String, _ about: String, _ rows: [Self]) -> Self {
    Self(
      name, about, .members(rows.map { .init($0.name, $0.schema) }), innerNames: rows.map(\.name)
    ) { $0.read($1, rows: rows) }
  }

  static func whole(
    _ name: String, _ about: String, _ member: Member<Int>, in range: ClosedRange<Int>
  ) -> Self {
    value(name, about, .integer(range), member) { $0.integer($1, in: range) }
  }

  static func time(
    _ name: String, _ about: String, _ member: Member<Int64>, in range: ClosedRange<Int64>
  ) -> Self {
    value(name, about, .time, member) { $0.milliseconds($1, in: range) }
  }

  static func truth(_ name: String, _ about: String, _ member: Member<Bool>) -> Self {
    value(name, about, .object([.init("type", .text("boolean"))]), member) { $0.boolean($1) }
  }

  /// One of the cases of an enumeration, by its word.
  static func word<Value: CaseIterable>(
    _ name: String, _ about: String, _ member: Member<Value>, _ word: KeyPath<Value, String>
  ) -> Self {
    let values = Array(Value.allCases)
    let words = values.map { $0[keyPath: word] }
    return value(name, about, .word(words), member) { reader, setting in
      reader.word(setting, among: words).map { values[$0] }
    }
  }

  /// A member that is taken over where it is right, and noted as written.
  private static func value<Value>(
    _ name: String, _ about: String, _ schema: ConfigurationSchema, _ member: Member<Value>,
    _ read: @escaping (inout SettingsReader, Setting) -> Value?
  ) -> Self {
    Self(name, about, schema) { sheet, setting in
      guard let value = read(&sheet.reader, setting) else { return }
      sheet.value[keyPath: member] = value
      sheet.origins.note(setting)
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

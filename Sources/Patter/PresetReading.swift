// A preset from its file: settings in front, as they stand in the configuration, and behind them the system
// prompt.

import Chat
import Interface
import Providers
import Settings
import YAMLDocuments

/// A preset as it is written: it is not known yet who is behind the name of its model.
struct WrittenPreset: Hashable {
  /// Without a route.
  var value: Preset
  /// `PROVIDER/NAME`, or a chain or pool; nil for whoever is asked anyway.
  var model: String?
  /// One line; empty where nothing is said.
  var description = ""

  /// The same, but for what the command line says.
  func below(_ arguments: Arguments) -> WrittenPreset {
    var preset = self
    if arguments.model != nil { preset.model = nil }
    if arguments.systemPrompt != nil { preset.value.systemPrompt = nil }
    preset.value.options = arguments.options.over(value.options)
    return preset
  }

  /// What is shown of it in a list: what it sets, and its system prompt.
  var preview: String {
    var words = [model.map { "asks \($0)" }].compactMap(\.self)
    var settings = value
    settings.systemPrompt = nil
    if settings != Preset(value.name) { words.append(settings.summary) }
    let head = [description, words.joined(separator: ", ")].filter { !$0.isEmpty }
    return (head + [value.systemPrompt ?? "No system prompt: the conversation keeps its own."])
      .joined(separator: "\n")
  }
}

extension ConfigurationSheet {
  /// Members of a preset beside the options.
  private static let presetMembers = ["description", "model", "send", "cutReplies"]
  /// The longest description, in graphemes; what is longer is cut.
  private static let descriptionLimit = 200

  /// Reads what stands beside a configuration, and may name its chains, pools and providers.
  init(file: String, beside configuration: Configuration, table: ProviderTable) {
    self.init(file: file, table: table, themes: [], keyFile: { _ in .unread })
    providers += configuration.ownProviders.map(\.id)
    value.routes = configuration.routes
    value.commands = configuration.commands
    writtenCommands = configuration.commands.keys.sorted()
    writtenRoutes = configuration.routes.mapValues { ($0.order, 0) }
  }

  /// Everything that may stand in front of a preset's system prompt.
  static var presetMemberNames: [String] { presetMembers + optionNames }

  mutating func preset(_ name: String, _ file: FrontMatter) -> WrittenPreset {
    var preset = WrittenPreset(value: Preset(name))
    if !file.text.isEmpty { preset.value.systemPrompt = file.text }
    let document = Setting(path: "", node: file.settings)
    guard let members = reader.mapping(document, known: Self.presetMemberNames) else {
      return preset
    }
    preset.description = description(members)
    if let model = members["model"] {
      readModel(model)
      preset.model = value.model
    }
    preset.value.options = options(members)
    preset.value.sendPolicy = policy(members["send"], \.configured)
    preset.value.cutReplyPolicy = policy(members["cutReplies"], \.configured)
    return preset
  }

  /// A snippet's own words about itself.
  mutating func snippetDescription(_ file: FrontMatter) -> String {
    let document = Setting(path: "", node: file.settings)
    return reader.mapping(document, known: ["description"]).map { description($0) } ?? ""
  }

  private mutating func description(_ members: SettingsMapping) -> String {
    let text = reader.text(members["description"]) ?? ""
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return String(line.prefix(Self.descriptionLimit))
  }

  private mutating func policy<Value: CaseIterable>(
    _ setting: Setting?, _ word: KeyPath<Value, String>
  ) -> Value? {
    let values = Array(Value.allCases)
    return reader.word(setting, among: values.map { $0[keyPath: word] }).map { values[$0] }
  }
}

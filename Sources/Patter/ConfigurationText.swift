// A configuration as the text of a file, for `patter config --print`: what counts in the end, and behind each
// value where it comes from. The text can be read again. It holds no secret: keys and the values of headers
// are counted or named, and never shown. Where an address or a command may hold a key, all that is said of its
// provider is a comment, and so is whatever names that provider: a part of it would lead other keys elsewhere.

import Chat
import Interface
import Providers
import Settings
import Terminal
import Wire

/// The lines of a configuration.
struct ConfigurationText {
  private struct Line {
    var words: String
    /// Where the value comes from; nil for a line that only names what stands below it.
    var origin: String?

    var text: String {
      guard let origin else { return words + "\n" }
      let last = words.split(separator: "\n").last ?? ""
      let gap = max(2, ConfigurationText.originColumn - last.count)
      return "\(words)\(String(repeating: " ", count: gap))# \(origin)\n"
    }
  }

  /// The column in which origins stand, unless a value is longer.
  private static let originColumn = 40

  private let configuration: Configuration
  private let origins: ConfigurationOrigins
  /// What the file is called behind values.
  private let file: String
  private var lines: [Line] = []
  /// Whether what is added is a comment.
  private var isHiding = false

  /// - Parameters:
  ///   - path: where the configuration stands; nil where there is no home.
  ///   - variables: names of variables that go before what is written of providers.
  ///   - keys: which key goes where, a sentence for each provider that has one.
  static func text(
    of configuration: Configuration, _ origins: ConfigurationOrigins, path: String?,
    variables: [String] = [], keys: [String] = []
  ) -> String {
    let file = path.flatMap { $0.split(separator: "/").last } ?? "config.yaml"
    var sheet = ConfigurationText(
      configuration: configuration, origins: origins, file: YAMLText.comment(String(file)))
    sheet.addAll()
    var text =
      "# What counts now, and where it comes from. Keys and the values of headers are not shown.\n"
    if let path { text += "# The file: \(YAMLText.comment(path))\n" }
    if !variables.isEmpty {
      text +=
        "# Set, and before what is written of providers: \(variables.joined(separator: ", "))\n"
    }
    text += keys.map { "# \(YAMLText.comment($0))\n" }.joined()
    return text + sheet.lines.map(\.text).joined()
  }

  private init(configuration: Configuration, origins: ConfigurationOrigins, file: String) {
    self.configuration = configuration
    self.origins = origins
    self.file = file
  }

  // MARK: - The members, as the README has them

  private mutating func addAll() {
    hiding(configuration.model.map(isHidden(named:)) ?? false) { sheet in
      let model = sheet.configuration.model.map(YAMLText.scalar)
      sheet.add("model", model, orElse: "whoever is found")
    }
    addTheme()
    add("preset", configuration.preset.map(YAMLText.scalar), orElse: "none")
    add("system", configuration.systemPrompt.map(YAMLText.scalar), orElse: "none")
    addProviders()
    addRoutes("fallback", .chain)
    addRoutes("pools", .pool)
    addCommands()
    addModels()
    addKeys()
    add("options:")
    addOptions(configuration.options, in: "options", saysNone: true)
    add("send", configuration.sendPolicy.configured)
    add("cutReplies", configuration.cutReplyPolicy.configured)
    add("parallelStreams", "\(configuration.parallelStreams)")
    add("editing", configuration.editing.rawValue)
    add("notify", configuration.notify.way.rawValue)
    add("notifyAfter", written(milliseconds: configuration.notify.leastMilliseconds))
    add("view:")
    let view = configuration.view
    add("view.details", "\(view.details)")
    add("view.thoughts", "\(view.thoughts)")
    add("view.attempts", "\(view.attempts)")
    add("view.mouse", "\(view.mouse)")
    add("retry:")
    let retry = configuration.retry
    add("retry.retries", "\(retry.retries)")
    add("retry.base", written(milliseconds: retry.baseMilliseconds))
    add("retry.longest", written(milliseconds: retry.capMilliseconds))
    add("retry.longestRetryAfter", written(milliseconds: retry.longestRetryAfterMilliseconds))
    add("retry.total", written(milliseconds: retry.totalMilliseconds))
    add("idle:")
    add("idle.silence", written(milliseconds: configuration.limits.silenceMilliseconds))
    add("idle.progress", written(milliseconds: configuration.limits.progressMilliseconds))
  }

  private mutating func addTheme() {
    switch configuration.theme {
    case .one(let name): add("theme", YAMLText.scalar(name))
    case .each(let dark, let light):
      add("theme:")
      add("theme.dark", dark.map(YAMLText.scalar), orElse: "ours")
      add("theme.light", light.map(YAMLText.scalar), orElse: "ours")
    case nil: add("theme", nil, orElse: "ours for the terminal's background")
    }
  }

  private mutating func addProviders() {
    let settings = configuration.providerSettings.sorted { $0.key < $1.key }
    add(settings.isEmpty ? "providers: {}" : "providers:")
    for (id, setting) in settings {
      hiding(isHidden(provider: id)) { $0.addProvider(id, setting) }
    }
  }

  private mutating func addProvider(_ id: String, _ setting: ProviderSetting) {
    let path = ["providers", id]
    add(YAMLText.key(id, indent: 2))
    let heading = lines.count - 1
    if let type = configuration.types[id] { add(path + ["type"], YAMLText.scalar(type)) }
    if let address = setting.baseURL {
      add(path + ["baseURL"], YAMLText.scalar(withoutKeys(inAddress: address)))
    }
    addKey(setting.key, of: id, path)
    for header in setting.headers {
      note(
        "the header \(YAMLText.comment(header.name)) is set; its value is hidden",
        path + ["headers"], origin: path + ["headers", header.name])
    }
    // Braces say that nothing stands below: comments there are to be members once more when they are none.
    if heading == lines.count - 1 { lines[heading].words += " {}" }
  }

  private mutating func addKey(_ key: KeySource?, of id: String, _ path: [String]) {
    switch key {
    case .command(let words): addHidden(words, path + ["apiKeyCommand"])
    case .text, nil:
      if let file = configuration.keyFiles[id], mayBeKey(file) {
        note("apiKeyFile is set to what may be a key; it is hidden", path + ["apiKeyFile"])
      } else if let file = configuration.keyFiles[id] {
        add(path + ["apiKeyFile"], YAMLText.scalar(file))
      } else if case .text(let text) = key {
        if let shown = text.withoutSecrets {
          add(path + ["apiKey"], YAMLText.scalar(shown))
        } else {
          let count = text.secretCharacterCount
          note(
            "apiKey is set; \(count) \(count == 1 ? "character is" : "characters are") hidden",
            path + ["apiKey"])
        }
      }
    }
  }

  private mutating func addRoutes(_ name: String, _ order: Route.Order) {
    let routes = configuration.routes(order).sorted { $0.key < $1.key }
    add(routes.isEmpty ? "\(name): {}" : "\(name):")
    for (route, value) in routes {
      hiding(isHidden(value)) {
        $0.add([name, route], YAMLText.list(value.models.map(\.description)))
      }
    }
  }

  private mutating func addCommands() {
    let commands = configuration.commands.sorted { $0.key < $1.key }
    add(commands.isEmpty ? "commands: {}" : "commands:")
    for (id, command) in commands {
      hiding(isHidden(provider: id)) { $0.addCommand(id, command) }
    }
  }

  private mutating func addCommand(_ id: String, _ command: CommandProvider) {
    let path = ["commands", id]
    add(YAMLText.key(id, indent: 2))
    if isHiding {
      addHidden(command.arguments, path + ["command"])
    } else {
      add(path + ["command"], YAMLText.list(command.arguments))
    }
    let input =
      switch command.input {
      case .prompt: "prompt"
      case .json: "json"
      }
    add(path + ["input"], input)
  }

  /// A command of which no more than the program is shown.
  private mutating func addHidden(_ words: [String], _ path: [String]) {
    let count = words.count - 1
    let rest = count == 0 ? "" : "; \(count) \(count == 1 ? "word is" : "words are") hidden"
    note("\(path.last ?? "") is set and runs \(shownProgram(of: words))\(rest)", path)
  }

  private mutating func addModels() {
    let models = Set(configuration.windows.keys).union(configuration.modelOptions.keys)
    add(models.isEmpty ? "models: {}" : "models:")
    for model in models.sorted(by: { $0.description < $1.description }) {
      hiding(isHidden(model)) { $0.addModel(model) }
    }
  }

  private mutating func addModel(_ model: ModelID) {
    let path = ["models", model.description]
    add(YAMLText.key(model.description, indent: 2))
    if let window = configuration.windows[model] { add(path + ["window"], "\(window)") }
    if let options = configuration.modelOptions[model] {
      addOptions(options, in: path.joined(separator: "."), path, saysNone: false)
    }
  }

  private mutating func addKeys() {
    add("keys:")
    var seen: Set<Action> = []
    for action in configuration.keys.bindings.map(\.action) where seen.insert(action).inserted {
      let keys = configuration.keys.bindings.filter { $0.action == action }.flatMap { row in
        row.keys.map { key in
          key.name + (row.place == .emptyDraft ? ConfigurationSheet.emptyDraftSuffix : "")
        }
      }
      let value = keys.isEmpty ? ConfigurationSheet.noKey : YAMLText.list(keys)
      let path = ["keys", action.name]
      // To write a key down would be to keep others from the action, now and with another Patter.
      if origins.isDefault("keys.\(action.name)") {
        note("\(action.name): \(value)", path)
      } else {
        add(path, value)
      }
    }
  }

  private mutating func addOptions(
    _ options: ReplyOptions, in name: String, _ path: [String]? = nil, saysNone: Bool
  ) {
    let path = path ?? [name]
    let values: [(String, String?)] = [
      ("maxTokens", options.maxTokens.map { "\($0)" }),
      ("temperature", options.temperature.map { "\($0)" }),
      ("topP", options.topP.map { "\($0)" }),
      ("stop", options.stop.isEmpty ? nil : YAMLText.list(options.stop)),
      ("seed", options.seed.map { "\($0)" }),
      ("effort", options.effort.map { "\($0)" }),
    ]
    for (member, value) in values where value != nil || saysNone {
      add(path + [member], value, orElse: "the provider's to say")
    }
  }

  // MARK: - What is hidden

  /// Whether an address or a command may hold a key.
  private func isHidden(provider id: String) -> Bool {
    if let command = configuration.commands[id] { return mayHoldKey(command.arguments) }
    return configuration.providerSettings[id]?.baseURL.map { withoutKeys(inAddress: $0) != $0 }
      ?? false
  }

  private func isHidden(_ model: ModelID) -> Bool { isHidden(provider: model.provider) }

  private func isHidden(_ route: Route) -> Bool { route.models.contains(where: isHidden) }

  /// The same of a route or a model.
  private func isHidden(named name: String) -> Bool {
    if let route = configuration.routes[name] { return isHidden(route) }
    return ModelID(name).map { isHidden($0) } ?? false
  }

  // MARK: - Lines

  /// Adds lines; where something is hidden, as comments: what can be read again must not say anything else than
  /// what counts.
  private mutating func hiding(_ isHidden: Bool, _ lines: (inout Self) -> Void) {
    let before = isHiding
    isHiding = before || isHidden
    lines(&self)
    isHiding = before
  }

  private mutating func add(_ heading: String) {
    lines.append(Line(words: isHiding ? commented(heading) : heading, origin: nil))
  }

  private func commented(_ text: String) -> String {
    text.split(separator: "\n").map { line in
      let indent = line.prefix { $0 == " " }
      return "\(indent)# \(line.dropFirst(indent.count))"
    }.joined(separator: "\n")
  }

  /// A member by its way with dots, of which no name holds one.
  private mutating func add(_ path: String, _ value: String?, orElse: String = "") {
    add(path.split(separator: ".").map(String.init), value, orElse: orElse)
  }

  private mutating func add(_ path: [String], _ value: String?, orElse: String = "") {
    guard let name = path.last, let value else {
      return note("\(path.last ?? ""): \(orElse)", path)
    }
    let line = "\(YAMLText.key(name, indent: 2 * (path.count - 1))) \(value)"
    lines.append(Line(words: isHiding ? commented(line) : line, origin: origin(of: path)))
  }

  /// A line that nothing reads.
  private mutating func note(_ words: String, _ path: [String], origin: [String]? = nil) {
    let indent = String(repeating: " ", count: 2 * (path.count - 1))
    lines.append(Line(words: "\(indent)# \(words)", origin: self.origin(of: origin ?? path)))
  }

  private func origin(of path: [String]) -> String {
    origins.words(for: path.joined(separator: "."), file: file)
  }
}

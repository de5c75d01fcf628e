// The part of a configuration that says who is asked: commands, chains and pools, models.
//
// Each mistake is told once and at its place. Whatever stands on something that is broken (a chain on a
// command that was written wrong) is left out without another word.

import Chat
import Providers
import Settings

extension ConfigurationSheet {
  /// Letters of the name of a command, a chain or a pool.
  private static let nameLimit = 64
  /// Commands, chains, pools or models of one list. Those past it are left out, and that is told.
  static let entryLimit = 100
  /// Tokens that a model can take.
  static let windows = 256...100_000_000

  mutating func readCommands(_ setting: Setting) {
    let commands = members(of: setting)
    writtenCommands = commands.map(\.name)
    for (name, entry) in commands {
      let isNamed = takesName(name, of: entry, as: "command", beside: providers)
      guard let members = reader.mapping(entry, known: ["command", "input"]),
        let words = words(
          reader.required("command", in: members), of: "The command \(quoted(name))"),
        let input = input(members["input"]), isNamed
      else { continue }
      value.commands[name] = CommandProvider(words, input: input)
      for member in members.members { origins.note(member.setting) }
    }
  }

  /// What a program is to be given. One that was written wrong is not guessed.
  private mutating func input(_ setting: Setting?) -> CommandProvider.Input? {
    guard let setting else { return .prompt }
    return reader.word(setting, among: ["prompt": .prompt, "json": .json])
  }

  /// A program and its arguments; `subject` begins a sentence about them.
  mutating func words(_ setting: Setting?, of subject: String) -> [String]? {
    guard let setting, let entries = reader.sequence(setting) else { return nil }
    let words = entries.map { reader.text($0) }
    guard let program = words.first, program != "" else {
      reader.note(
        "\(subject) has no program: give it one, such as [cat].",
        at: setting.node.place)
      return nil
    }
    for (entry, word) in zip(entries, words) where word?.utf8.contains(0) == true {
      reader.note(
        "No program can be given a NUL character; take it out.", at: entry.node.place)
      return nil
    }
    return words.contains(nil) ? nil : words.compactMap(\.self)
  }

  mutating func readRoutes(_ setting: Setting, _ order: Route.Order) {
    for (name, entry) in members(of: setting) {
      let isNamed = takesName(
        name, of: entry, as: order.word, beside: providers + writtenCommands)
      let isFirst = takesRoute(name, of: entry, order)
      guard let models = models(entry, of: "\(order.word) \(quoted(name))") else { continue }
      if isNamed, isFirst, let route = Route(name, order, models) {
        value.routes[name] = route
        origins.note(entry)
      }
    }
  }

  /// The models of a chain or pool; `owner` is its kind and name.
  private mutating func models(_ setting: Setting, of owner: String) -> [ModelID]? {
    guard let entries = reader.sequence(setting) else { return nil }
    if entries.isEmpty {
      reader.note("The \(owner) has no models: give it at least one.", at: setting.node.place)
    }
    var models: [ModelID] = []
    for entry in allowed(entries, of: setting, place: \.node.place) {
      guard let model = model(entry) else { continue }
      if models.contains(model) {
        reader.note(
          "\(quoted(model.description)) stands in the \(owner) a second time; it counts once.",
          at: entry.node.place)
      } else {
        models.append(model)
      }
    }
    return models
  }

  /// Whether no other route is called so.
  private mutating func takesRoute(
    _ name: String, of entry: Setting, _ order: Route.Order
  ) -> Bool {
    let place = entry.namePlace ?? entry.node.place
    guard let other = writtenRoutes[name] else {
      writtenRoutes[name] = (order, place.line)
      return true
    }
    reader.note(
      "\(quoted(name)) is the name of a \(other.order.word) already, in line \(other.line); call this "
        + "\(order.word) something else.", at: place)
    return false
  }

  /// Whether something may be called so. Names are typed behind `-m`, and a `/` would make a model of
  /// them.
  mutating func takesName(
    _ name: String, of entry: Setting, as kind: String, beside others: [String]
  ) -> Bool {
    let place = entry.namePlace ?? entry.node.place
    let isWord = name.allSatisfy { $0.isLetter || $0.isNumber || "-_.".contains($0) }
    let begins = name.first.map { $0.isLetter || $0.isNumber } ?? false
    guard isWord, begins, name.count <= Self.nameLimit else {
      reader.note(
        "A \(kind) cannot be called \(quoted(name)): a name is made of up to \(Self.nameLimit) "
          + "letters, digits, '-', '_' and '.', and begins with a letter or digit.", at: place)
      return false
    }
    guard !others.contains(name) else {
      reader.note(
        "\(quoted(name)) is the name of a provider; call this \(kind) something else.", at: place)
      return false
    }
    return true
  }

  mutating func readModels(_ setting: Setting) {
    for (name, entry) in members(of: setting) {
      let model = model(name, at: entry.namePlace ?? entry.node.place)
      let members = reader.mapping(entry, known: ["window"] + Self.optionNames)
      let window = reader.integer(members?["window"], in: Self.windows)
      let options = members.map { self.options($0) } ?? ReplyOptions()
      guard let model else { continue }
      if let window {
        value.windows[model] = window
        members?["window"].map { origins.note($0) }
      }
      if options != ReplyOptions() { value.modelOptions[model] = options }
    }
  }

  mutating func readModel(_ setting: Setting) {
    guard let name = reader.text(setting) else { return }
    let place = setting.node.place
    if writtenRoutes[name] != nil {
      if value.routes[name] != nil { value.model = name }
      origins.note(setting, if: value.model != nil)
    } else if ModelID(name) != nil {
      value.model = model(name, at: place)?.description
      origins.note(setting, if: value.model != nil)
    } else {
      let refusal = Configuration.refusal(
        of: name, routes: value.routes.keys.sorted(), providers: providers + writtenCommands)
      reader.note(refusal, at: place)
    }
  }

  private mutating func model(_ entry: Setting) -> ModelID? {
    reader.text(entry).flatMap { model($0, at: entry.node.place) }
  }

  /// The model of this name. A model of a command that was written wrong is none, and that has been
  /// told.
  private mutating func model(_ name: String, at place: Place) -> ModelID? {
    guard let model = ModelID(name) else {
      let isProvider = providers.contains(name) || writtenCommands.contains(name)
      let example = isProvider ? quoted("\(name)/NAME") : "PROVIDER/NAME, such as ollama/llama3.2"
      reader.note("\(quoted(name)) is no model; a model is written \(example).", at: place)
      return nil
    }
    let usable = providers + value.commands.keys.sorted()
    if usable.contains(model.provider) { return model }
    if !writtenCommands.contains(model.provider), !writtenProviders.contains(model.provider) {
      let help = hint(for: model.provider, among: usable)
      reader.note("There is no provider \(quoted(model.provider))\(help)", at: place)
    }
    return nil
  }

  // MARK: - Limits

  /// The members of a mapping whose names are the user's own.
  mutating func members(of setting: Setting) -> [(name: String, setting: Setting)] {
    let members = reader.mapping(setting)?.members ?? []
    return allowed(members, of: setting) { $0.setting.namePlace ?? $0.setting.node.place }
  }

  private mutating func allowed<Entry>(
    _ entries: [Entry], of setting: Setting, place: (Entry) -> Place
  ) -> [Entry] {
    let limit = Self.entryLimit
    guard entries.count > limit else { return entries }
    reader.note(
      "\(quoted(setting.path)) has more than \(limit) entries; from here on they are left out.",
      at: place(entries[limit]))
    return Array(entries.prefix(limit))
  }
}

extension Route.Order {
  fileprivate var word: String {
    switch self {
    case .chain: "chain"
    case .pool: "pool"
    }
  }
}

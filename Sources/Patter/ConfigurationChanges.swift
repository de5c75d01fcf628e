// What another reading of the configuration changed, for one notice.

import Chat
import Interface
import Settings

extension Configuration {
  /// The members that are written at the top of the file and are something else here than in another one, in the
  /// order in which they are read.
  func changes(from other: Configuration) -> [String] {
    var names: [String] = []
    func compare<Value: Equatable>(_ name: String, _ member: KeyPath<Configuration, Value>) {
      guard self[keyPath: member] != other[keyPath: member], !names.contains(name) else { return }
      names.append(name)
    }
    compare("providers", \.ownProviders)
    compare("providers", \.providerSettings)
    compare("commands", \.commands)
    compare("fallback", \.chains)
    compare("pools", \.pools)
    compare("models", \.windows)
    compare("models", \.modelOptions)
    compare("model", \.model)
    compare("theme", \.theme)
    compare("preset", \.preset)
    compare("system", \.systemPrompt)
    compare("keys", \.keys)
    compare("editing", \.editing)
    compare("options", \.options)
    compare("retry", \.retry)
    compare("idle", \.limits)
    compare("send", \.sendPolicy)
    compare("cutReplies", \.cutReplyPolicy)
    compare("parallelStreams", \.parallelStreams)
    compare("notify", \.notify.way)
    compare("notifyAfter", \.notify.leastMilliseconds)
    compare("view", \.view)
    return names
  }

  /// The routes of this kind.
  func routes(_ order: Route.Order) -> [String: Route] { routes.filter { $0.value.order == order } }

  private var chains: [String: Route] { routes(.chain) }
  private var pools: [String: Route] { routes(.pool) }
}

/// What the saved configuration changed.
struct ConfigurationChanges {
  /// What the file is called.
  var file = "config.yaml"
  /// As they are written.
  var names: [String]
  /// Whether something was wrong before and nothing is now.
  var isMended = false
  /// Whether the model that is named now is looked for at once.
  var isModelLookedFor = false

  /// Nil where there is nothing to tell.
  var sentence: String? {
    guard !names.isEmpty else { return isMended ? "\(file) is right again." : nil }
    let words = names.map { name in
      switch name {
      case "preset": "preset (at the next start)"
      case "system": "system (in new conversations)"
      case "model" where !isModelLookedFor: "model (in new conversations)"
      default: name
      }
    }
    return "\(file): \(words.joined(separator: ", "))."
  }
}

extension Notice {
  /// What a save of the configuration came to: what is wrong with it, and what it changed, nil for nothing that
  /// could count. Nil where there is nothing to tell.
  init?(_ errors: [SettingsError], changes: ConfigurationChanges?) {
    let told = Notice(errors)?.text
    let counts = changes == nil ? "What counted before still does." : changes?.sentence
    guard told != nil || counts != nil else { return nil }
    self.init(
      [told, counts].compactMap(\.self).joined(separator: "\n"),
      kind: errors.isEmpty ? .plain : .error)
  }
}

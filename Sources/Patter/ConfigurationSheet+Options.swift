// The part of a configuration that says how replies are to be made.

import Chat
import Settings

extension ConfigurationSheet {
  /// Everything that may be asked of replies.
  static let optionNames = ["maxTokens", "temperature", "topP", "stop", "seed", "effort"]

  /// What is asked of replies, as far as it is right.
  mutating func options(_ members: SettingsMapping) -> ReplyOptions {
    let options = ReplyOptions(
      maxTokens: reader.integer(members["maxTokens"], in: ReplyOptions.Limit.maxTokens),
      temperature: reader.number(members["temperature"], in: ReplyOptions.Limit.temperature),
      topP: reader.number(members["topP"], in: ReplyOptions.Limit.topP),
      stop: stop(members["stop"]),
      seed: reader.integer(members["seed"], in: ReplyOptions.Limit.seed),
      effort: effort(members["effort"]))
    members["maxTokens"].map { origins.note($0, if: options.maxTokens != nil) }
    members["temperature"].map { origins.note($0, if: options.temperature != nil) }
    members["topP"].map { origins.note($0, if: options.topP != nil) }
    members["stop"].map { origins.note($0, if: !options.stop.isEmpty) }
    members["seed"].map { origins.note($0, if: options.seed != nil) }
    members["effort"].map { origins.note($0, if: options.effort != nil) }
    return options
  }

  private mutating func stop(_ setting: Setting?) -> [String] {
    guard let setting, let entries = reader.sequence(setting) else { return [] }
    let limit = ReplyOptions.Limit.stopCount
    if entries.count > limit {
      reader.note(
        "\(quoted(setting.path)) has more than \(limit) texts; from here on they are left out.",
        at: entries[limit].node.place)
    }
    return entries.prefix(limit).compactMap { entry in
      guard let text = reader.text(entry) else { return nil }
      guard !text.isEmpty else {
        reader.note("An empty text cannot end a reply.", at: entry.node.place)
        return nil
      }
      return text
    }
  }

  private mutating func effort(_ setting: Setting?) -> ReasoningEffort? {
    let efforts = ReasoningEffort.allCases
    return reader.word(setting, among: efforts.map { "\($0)" }).map { efforts[$0] }
  }
}

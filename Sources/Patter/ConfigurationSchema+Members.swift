// The parts of the schema that have no row of their own.

import Chat
import Interface
import Providers

extension ConfigurationSchema {
  /// Names of commands, chains, pools and providers: letters and digits of any script.
  private static let name = #"^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$"#
  private static let model = #"^[^/]+/[\s\S]+$"#

  private static let words = items(anyText, atLeast: 1)

  static var theme: Self {
    let backgrounds = ConfigurationSheet.backgrounds.map { background in
      Member(background, anyText.described("The theme for a \(background) background."))
    }
    return either(anyText, members(backgrounds, mayBeEmpty: false))
  }

  static var routes: Self {
    named(name, items(pattern(model), atLeast: 1, atMost: ConfigurationSheet.entryLimit))
  }

  static var commands: Self {
    named(
      name,
      members(
        [
          Member("command", words.described("The program and its arguments.")),
          Member(
            "input",
            word(["prompt", "json"]).described(
              "What it reads: the prompt, or the whole conversation.")),
        ], required: ["command"]))
  }

  static var models: Self {
    let window = integer(ConfigurationSheet.windows).described("Tokens that it can take.")
    return named(model, members([Member("window", window)] + options))
  }

  static var keys: Self {
    members(
      Action.allCases.map { action in
        let help = KeyMap.standard.bindings.first { $0.action == action }?.help ?? ""
        return Member(action.name, reference("keys").described(help))
      })
  }

  /// One key, several, or `none`.
  static var boundKeys: Self {
    either(anyText, items(anyText, atMost: ConfigurationSheet.keyLimit))
  }

  /// What may be asked of replies.
  static var options: [Member] {
    [
      Member(
        "maxTokens",
        integer(ReplyOptions.Limit.maxTokens).described("The longest reply, in tokens.")),
      Member(
        "temperature",
        number(ReplyOptions.Limit.temperature).described(
          "How much chance there is in the choice of words.")),
      Member(
        "topP",
        number(ReplyOptions.Limit.topP).described(
          "The share of the likeliest words that is drawn from.")),
      Member(
        "stop",
        items(anyText, atMost: ReplyOptions.Limit.stopCount).described("Texts that end a reply.")),
      Member("seed", integer(ReplyOptions.Limit.seed).described("Where chance begins.")),
      Member(
        "effort", word(ReasoningEffort.allCases.map { "\($0)" }).described("How much to think.")),
    ]
  }

  static var providers: Self {
    let servers = ProviderTable.standard.rows.filter { $0.server != nil }.map(\.id)
    let type = word(servers).described("As which provider it speaks.")
    let own = members([Member("type", type)] + provider, required: ["type", "baseURL"])
    return named(
      name, own,
      known: servers.map { Member($0, reference("provider")) })
  }

  /// A provider that Patter knows.
  static var ours: Self { members(provider) }

  private static var provider: [Member] {
    [
      Member("baseURL", pattern("^[ ]*[Hh][Tt][Tt][Pp][Ss]?://[^?#@]+$").described("Where it is.")),
      Member("apiKey", anyText.described("The key, or ${NAME} for a variable of the environment.")),
      Member("apiKeyFile", anyText.described("A file whose first line is the key.")),
      Member("apiKeyCommand", words.described("A program that prints the key, and its arguments.")),
      Member(
        "headers",
        object([
          Member("type", .list([.text("object"), .text("null")])),
          Member("additionalProperties", anyText),
        ]).described("Headers that go with every request.")),
    ]
  }
}

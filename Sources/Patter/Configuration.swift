// What the user has decided in advance: `config.yaml` as a value. How it is written is the affair of
// `ConfigurationReading.swift`.

import Chat
import Interface
import Providers
import Settings

/// The user's configuration. What is not written has the value that stands here.
struct Configuration: Hashable, Sendable {
  /// Who is asked when the command line names nobody: `PROVIDER/NAME`, or the name of a route. Nil: who
  /// the environment configures, or who is found.
  var model: String?
  /// The preset that every conversation begins with; nil where there is none.
  var preset: String?
  /// The name of a theme or its path, or one for each background. Nil: ours that suits it.
  var theme: ThemeChoice?
  /// Chains and pools by their names. No name is a provider's, and none holds a slash.
  var routes: [String: Route] = [:]
  /// When a call that failed is made again, unasked.
  var retry = RetryPolicy()
  /// How long a reply may be silent, and how long it may tell nothing new.
  var limits = StreamLimits()
  /// What a prompt does that is sent while a reply is live.
  var sendPolicy = SendPolicy.replace
  /// What the model is told of a reply that was cut.
  var cutReplyPolicy = CutReplyPolicy.keep
  /// How many replies may arrive at once, 1 to 64.
  var parallelStreams = 4
  /// How many tokens a model can take, where the user knows: 256 to 100,000,000.
  var windows: [ModelID: Int] = [:]
  /// Which keys ask for what.
  var keys = KeyMap.standard
  /// How the keys of the composer edit.
  var editing = EditingStyle.emacs
  /// Whether and how the terminal is told of replies that nobody watched.
  var notify = NotifyPolicy()
  /// What is seen before anybody shows or hides it.
  var view = ViewOptions()
  /// The standing instruction of every conversation; nil where there is none.
  var systemPrompt: String?
  /// What is asked of every reply.
  var options = ReplyOptions()
  /// What is asked of a model's replies, before `options`.
  var modelOptions: [ModelID: ReplyOptions] = [:]
  /// Where providers are and how their keys are had, by their ids.
  var providerSettings: [String: ProviderSetting] = [:]
  /// The files that hold the keys of providers, by the provider's id, as they are written.
  var keyFiles: [String: String] = [:]
  /// As which of our providers the user's own speak, by their ids.
  var types: [String: String] = [:]
  /// Providers that the user describes himself; no id is one of ours.
  var ownProviders: [Provider] = []
  /// Programs of this machine that are providers, by the provider's id. No id is one of ours.
  var commands: [String: CommandProvider] = [:]

  /// All providers that are no programs: ours, then the user's own.
  func providerTable(beside ours: ProviderTable) -> ProviderTable {
    ProviderTable(ours.rows + ownProviders)
  }

  /// A name that stands for nobody who could be asked.
  struct UnknownName: Error, Hashable {
    /// A sentence that says what it could have been.
    let message: String
  }

  /// The chain or pool of this name, or the one model that is called so.
  ///
  /// Whether there is such a provider is not looked at; whoever asks it will say so.
  func route(named name: String, providers: ProviderTable) throws(UnknownName) -> Route {
    if let route = routes[name] { return route }
    if let model = ModelID(name) { return Route(model) }
    let ids = providers.rows.map(\.id) + commands.keys.sorted()
    throw UnknownName(
      message: Configuration.refusal(of: name, routes: routes.keys.sorted(), providers: ids))
  }

  /// Why this name is neither a model nor a route, as a sentence.
  static func refusal(of name: String, routes: [String], providers: [String]) -> String {
    if providers.contains(name) {
      return "\(quoted(name)) is a provider; its models are written \(quoted("\(name)/NAME"))."
    }
    return "\(quoted(name)) is neither a model, written PROVIDER/NAME, nor a chain or pool"
      + hint(for: name, among: routes)
  }
}

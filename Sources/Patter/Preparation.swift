// What is made of the command line and the surroundings before either loop runs.

import Chat
import Interface
import Providers
import Settings

/// Who may answer, what the user decided in advance, what the guide knows.
struct Preparation {
  static let userAgent = "patter/\(Patter.version)"

  let configuration: Configuration
  /// What is wrong with the configuration's file.
  let errors: [SettingsError]
  let themes: ThemeLibrary
  /// Ours and the user's own.
  let providers: ProviderTable
  /// The model or route that was named, by the command line or the configuration.
  let wanted: String?
  let finder: ModelFinder
  let directory: ModelDirectory
  let guide: Guide

  /// Nothing can be asked, as things are written. One sentence or more.
  struct Refusal: Error, Hashable {
    let sentences: [String]
  }

  /// - Throws: for a model on the command line that cannot be asked.
  init(_ arguments: Arguments, environment: [String: String]) throws(Refusal) {
    themes = ThemeLibrary(
      environment: environment, executablePath: Surroundings.executablePath())
    var (configuration, errors) = Configuration.load(
      environment: environment, providers: .standard, themes: themes)
    configuration.take(arguments)
    self.configuration = configuration
    self.errors = errors
    wanted = arguments.model ?? configuration.model
    let providers = configuration.providerTable(beside: .standard)
    do {
      if let wanted { _ = try configuration.route(named: wanted, providers: providers) }
    } catch {
      // The name may be that of a chain which was written wrong.
      throw Refusal(sentences: errors.map(\.description) + ["-m: \(error.message)"])
    }
    var finder = ModelFinder(
      providers, environment: environment, settings: configuration.providerSettings,
      wanted: wanted, routes: configuration.routes,
      commands: configuration.commands, userAgent: Preparation.userAgent)
    if let model = arguments.model,
      case .failure(let refusal)? = finder.find(named: model).finding?.route
    {
      throw Refusal(sentences: [refusal.message])
    }
    self.finder = finder
    self.providers = providers
    directory = ModelDirectory(
      providers, environment: environment, configuration: configuration,
      userAgent: Preparation.userAgent)
    guide = Guide(
      keys: configuration.keys, commands: .standard, providers: providers,
      places: Guide.places(
        themes, configuration: Configuration.path(environment: environment)))
  }
}

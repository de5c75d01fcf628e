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
  let ownTexts: OwnTextFolders
  /// The preset to begin with, under what the command line says; nil where there is none.
  let preset: WrittenPreset?

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
    let ownTexts = OwnTextFolders(
      folder: settingsFolder(environment: environment), configuration: configuration)
    self.ownTexts = ownTexts
    var preset: WrittenPreset?
    if let name = arguments.preset ?? configuration.preset {
      do {
        let read = try ownTexts.preset(name)
        errors += read.errors
        preset = read.value.below(arguments)
      } catch {
        guard arguments.preset == nil else {
          throw Refusal(sentences: errors.map(\.description) + ["--preset: \(error.message)"])
        }
        let path = Configuration.path(environment: environment) ?? "config.yaml"
        errors.append(
          SettingsError(file: path, place: nil, message: "'preset': \(error.message)"))
      }
    }
    self.preset = preset
    self.errors = errors
    // In a chat a preset can be taken away, and what is configured is asked again.
    let standing = arguments.wish == .print ? nil : configuration.model
    let wanted = arguments.model ?? standing ?? preset?.model ?? configuration.model
    self.wanted = wanted
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
    if arguments.preset != nil, let preset, let model = preset.model,
      case .failure(let refusal)? = finder.find(named: model).finding?.route
    {
      throw Refusal(sentences: ["--preset \(preset.value.name): \(refusal.message)"])
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

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
  /// Why the preset of the command line cannot be taken; nil where it can.
  private let presetRefusal: String?

  /// Nothing can be asked, as things are written. One sentence or more.
  struct Refusal: Error, Hashable {
    let sentences: [String]
  }

  /// All of it as things stand now, whoever can be asked.
  init(_ arguments: Arguments, environment: [String: String]) {
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
    var presetRefusal: String?
    if let name = arguments.preset ?? configuration.preset {
      do {
        let read = try ownTexts.preset(name)
        errors += read.errors
        preset = read.value.below(arguments)
      } catch {
        if arguments.preset != nil {
          presetRefusal = error.message
        } else {
          let path = Configuration.path(environment: environment) ?? "config.yaml"
          errors.append(
            SettingsError(file: path, place: nil, message: "'preset': \(error.message)"))
        }
      }
    }
    self.preset = preset
    self.presetRefusal = presetRefusal
    self.errors = errors
    // In a chat a preset can be taken away, and what is configured is asked again.
    let standing = arguments.wish == .print ? nil : configuration.model
    wanted = arguments.model ?? standing ?? preset?.model ?? configuration.model
    providers = configuration.providerTable(beside: .standard)
    finder = ModelFinder(
      providers, environment: environment, settings: configuration.providerSettings,
      wanted: wanted, routes: configuration.routes,
      commands: configuration.commands, userAgent: Preparation.userAgent)
    directory = ModelDirectory(
      providers, environment: environment, configuration: configuration,
      userAgent: Preparation.userAgent)
    guide = Guide(
      keys: configuration.keys, commands: .standard, providers: providers,
      places: Guide.places(
        themes, configuration: Configuration.path(environment: environment)))
  }

  /// Refuses a preset or a model that was named and cannot be had.
  func checkWanted(by arguments: Arguments) throws(Refusal) {
    if let presetRefusal {
      throw Refusal(sentences: errors.map(\.description) + ["--preset: \(presetRefusal)"])
    }
    do {
      if let wanted { _ = try configuration.route(named: wanted, providers: providers) }
    } catch {
      // The name may be that of a chain which was written wrong.
      throw Refusal(sentences: errors.map(\.description) + ["-m: \(error.message)"])
    }
    var finder = finder
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
  }
}

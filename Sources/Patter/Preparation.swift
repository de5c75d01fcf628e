// What is made of the command line and the surroundings before either loop runs.

import Chat
import Interface
import Providers
import Settings

/// Who may answer, what the user decided in advance, what the guide knows.
struct Preparation {
  static let userAgent = "patter/\(Patter.version)"

  let arguments: Arguments
  let environment: [String: String]
  let configuration: Configuration
  /// Where each value of the configuration comes from.
  let origins: ConfigurationOrigins
  let fileState: Configuration.FileState
  /// What is wrong with the configuration's file, and what should not be as it is.
  let errors: [SettingsError]
  let warnings: [SettingsError]
  /// What can be read on its way to a server. It is said where somebody begins or looks at the configuration, and
  /// not to every script.
  let exposures: [SettingsError]
  let themes: ThemeLibrary
  /// Ours and the user's own.
  let providers: ProviderTable
  let finder: ModelFinder
  let directory: ModelDirectory
  let guide: Guide
  let ownTexts: OwnTextFolders
  /// The preset to begin with, under what the command line says; nil where there is none.
  let preset: WrittenPreset?
  /// Why the preset of the command line cannot be taken; nil where it can.
  private let presetRefusal: String?
  /// The model or route that was named, by the command line, the environment, the configuration or a preset.
  let wanted: String?

  /// Nothing can be asked, as things are written. One sentence or more.
  struct Refusal: Error, Hashable {
    let sentences: [String]
  }

  /// All of it as things stand now, whoever can be asked.
  init(_ arguments: Arguments, environment: [String: String]) {
    self.arguments = arguments
    self.environment = environment
    themes = ThemeLibrary(
      environment: environment, executablePath: Surroundings.executablePath())
    var (reading, state) = Configuration.load(
      environment: environment, providers: .standard, themes: themes)
    reading.take(arguments, environment: environment)
    configuration = reading.value
    origins = reading.origins
    fileState = state
    let ownTexts = OwnTextFolders(
      folder: settingsFolder(environment: environment), configuration: configuration)
    self.ownTexts = ownTexts
    var errors = reading.errors
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
            SettingsError(
              file: path, place: origins.place(of: "preset"),
              message: "'preset': \(error.message)"))
        }
      }
    }
    self.preset = preset
    self.presetRefusal = presetRefusal
    // In a chat a preset can be taken away, and what is configured is asked again.
    let isStanding = arguments.wish != .print || arguments.model != nil
    wanted =
      isStanding
      ? configuration.model ?? preset?.model : preset?.model ?? configuration.model
    self.errors = errors
    warnings = reading.warnings
    providers = configuration.providerTable(beside: .standard)
    finder = ModelFinder(
      providers, environment: environment, settings: configuration.providerSettings,
      wanted: wanted, routes: configuration.routes,
      commands: configuration.commands, userAgent: Preparation.userAgent)
    directory = ModelDirectory(
      providers, environment: environment, configuration: configuration,
      userAgent: Preparation.userAgent)
    exposures = Preparation.exposures(
      providers.modelSources(
        environment: environment, settings: configuration.providerSettings
      ).compactMap(\.endpoint), reading.origins,
      file: Configuration.path(environment: environment) ?? "config.yaml")
    guide = Guide(
      keys: configuration.keys, commands: .standard, providers: providers,
      places: Guide.places(
        themes, ownTexts, configuration: Configuration.path(environment: environment)))
  }

  /// Sentences on the endpoints that are asked without encryption, each at the line that says so.
  private static func exposures(
    _ endpoints: [Endpoint], _ origins: ConfigurationOrigins, file: String
  ) -> [SettingsError] {
    var told: Set<AddressOrigin> = []
    return endpoints.compactMap { endpoint in
      let origin = endpoint.addressOrigin
      guard let exposure = endpoint.exposure, told.insert(origin).inserted else { return nil }
      let advice = "Begin it with https:// where the server takes that."
      switch origin {
      case .variable(let name):
        return SettingsError(
          file: "environment", place: nil, message: "\(name) \(exposure) \(advice)")
      case .configuration, .own:
        let path = "providers.\(endpoint.providerID).baseURL"
        return SettingsError(
          file: file, place: origins.namePlace(of: path),
          message: "\(quoted(path)) \(exposure) \(advice)")
      }
    }
  }

  /// What the configuration's file is called, in sentences.
  var fileName: String {
    let path = Configuration.path(environment: environment) ?? ""
    return YAMLText.comment(path.split(separator: "/").last.map(String.init) ?? "config.yaml")
  }

  /// The files whose saves are a reason to prepare anew.
  var files: [String] {
    let path = Configuration.path(environment: environment)
    let keys = configuration.keyFiles.values.map {
      KeyFile.expanded($0, home: environment["HOME"])
    }
    return [path].compactMap(\.self) + keys.sorted()
  }

  /// Refuses a preset or a model that was named and cannot be had.
  func checkWanted() throws(Refusal) {
    if let presetRefusal {
      throw Refusal(sentences: errors.map(\.description) + ["--preset: \(presetRefusal)"])
    }
    do {
      if let wanted { _ = try configuration.route(named: wanted, providers: providers) }
    } catch {
      // The name may be that of a chain which was written wrong.
      let source = arguments.model == nil ? Configuration.modelVariable : "-m"
      throw Refusal(sentences: errors.map(\.description) + ["\(source): \(error.message)"])
    }
    var finder = finder
    let named = Configuration.named(by: Configuration.modelVariable, in: environment)
    if let wanted = arguments.model ?? named,
      case .failure(let refusal)? = finder.find(named: wanted).finding?.route
    {
      // What is wrong with the file may be the reason.
      throw Refusal(sentences: errors.map(\.description) + [refusal.message])
    }
    if arguments.preset != nil, let preset, let model = preset.model,
      case .failure(let refusal)? = finder.find(named: model).finding?.route
    {
      throw Refusal(sentences: ["--preset \(preset.value.name): \(refusal.message)"])
    }
  }
}

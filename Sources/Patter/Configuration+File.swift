import Interface
import Providers
import Settings
import YAMLDocuments

extension Configuration {
  /// Where the configuration stands, if it is written; nil where there is no home.
  static func path(environment: [String: String]) -> String? {
    settingsFolder(environment: environment).map { "\($0)/config.yaml" }
  }

  /// The configuration of this machine's user, and what is wrong with it. No file is no error.
  static func load(
    environment: [String: String], providers: ProviderTable, themes: ThemeLibrary
  ) -> (value: Configuration, errors: [SettingsError]) {
    guard let path = path(environment: environment) else { return (Configuration(), []) }
    do {
      guard let document = try YAMLFile.read(path) else { return (Configuration(), []) }
      return read(document, file: path, providers: providers, themes: themes.names)
    } catch {
      return (Configuration(), [error])
    }
  }
}

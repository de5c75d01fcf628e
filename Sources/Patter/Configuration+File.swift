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
      var (value, errors) = read(document, file: path, providers: providers, themes: themes.names)
      errors += value.readKeyFiles(home: environment["HOME"], file: path)
      return (value, errors)
    } catch {
      return (Configuration(), [error])
    }
  }

  /// Puts keys in the place of the files that hold them. The answer is what is wrong with those.
  private mutating func readKeyFiles(home: String?, file: String) -> [SettingsError] {
    var errors: [SettingsError] = []
    for (provider, setting) in providerSettings.sorted(by: { $0.key < $1.key }) {
      guard case .file(let written) = setting.key else { continue }
      let path = written.hasPrefix("~/") ? (home ?? "~") + written.dropFirst() : written
      let line = SmallFile.read(path)?.split(whereSeparator: \.isNewline).first.map(String.init)
      guard let line, let key = try? KeyText(line), !line.contains("${") else {
        errors.append(
          SettingsError(
            file: file, place: nil,
            message:
              "The key of \(provider) cannot be read from \(written): its first line must be "
              + "the key."))
        continue
      }
      providerSettings[provider]?.key = .text(key)
    }
    return errors
  }
}

import Interface
import Providers
import Settings
import YAMLDocuments

extension Configuration {
  /// The variable that names another file than the usual one.
  static let pathVariable = "PATTER_CONFIG"

  /// Where the configuration stands, if it is written; nil where there is no home.
  static func path(environment: [String: String]) -> String? {
    if let path = named(by: pathVariable, in: environment) {
      return KeyFile.expanded(path, home: environment["HOME"])
    }
    return settingsFolder(environment: environment).map { "\($0)/config.yaml" }
  }

  /// What a variable of ours names; nil where it is not set, or blank.
  static func named(by variable: String, in environment: [String: String]) -> String? {
    environment[variable].flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
  }

  /// What became of the file.
  enum FileState: Hashable {
    /// There is none, and need not be.
    case missing
    /// It is no YAML, or cannot be read at all: nothing of it counts.
    case broken
    case read
  }

  /// The configuration of this machine's user, and what is wrong with it. No file is no error, but for one that
  /// a variable names.
  static func load(
    environment: [String: String], providers: ProviderTable, themes: ThemeLibrary
  ) -> (reading: Reading, state: FileState) {
    guard let path = path(environment: environment) else { return (Reading(), .missing) }
    do throws(SettingsError) {
      guard let document = try YAMLFile.read(path) else {
        guard named(by: pathVariable, in: environment) != nil else { return (Reading(), .missing) }
        throw SettingsError(
          file: path, place: nil, message: "There is no such file; \(pathVariable) names it.")
      }
      let reading = read(
        document, file: path, providers: providers, themes: themes.names,
        keyFile: { KeyFile.read($0, home: environment["HOME"]) })
      return (reading, .read)
    } catch {
      return (Reading(errors: [error]), .broken)
    }
  }
}

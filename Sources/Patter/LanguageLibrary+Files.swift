import Highlighting
import Settings
import YAMLDocuments

extension LanguageLibrary {
  /// The library over the files of this machine.
  convenience init(environment: [String: String], executablePath: String) {
    self.init(
      folders: Settings.folders(
        of: "languages", sources: "Sources/Languages", environment: environment,
        executablePath: executablePath),
      documents: Documents(
        read: YAMLFile.read, head: YAMLFile.head, names: YAMLFile.names(inFolder:)))
  }
}

import Interface
import YAMLDocuments

extension ThemeLibrary {
  /// The library over the files of this machine.
  init(environment: [String: String], executablePath: String) {
    let files = Documents(read: YAMLFile.read, names: YAMLFile.names(inFolder:))
    self.init(environment: environment, executablePath: executablePath, documents: files)
  }
}

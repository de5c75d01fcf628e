import Interface
import Settings

extension Notice {
  /// Sentences of a notice. More would push one another off a small screen.
  static let errorLimit = 6

  /// What is wrong with the settings the program was started with; nil when nothing is. Errors past the
  /// limit are counted and come up when the first ones are mended.
  init?(_ errors: [SettingsError]) {
    guard !errors.isEmpty else { return nil }
    var lines = errors.prefix(Notice.errorLimit).map(\.description)
    if errors.count > Notice.errorLimit {
      lines.append("There are \(errors.count - Notice.errorLimit) more.")
    }
    self.init(lines.joined(separator: "\n"), kind: .error)
  }
}

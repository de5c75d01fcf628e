import Interface
import Settings

extension ThemeLibrary {
  /// The theme that was asked for, or the one of ours that suits the terminal's background, and what is
  /// wrong with it; there is always one to go on with.
  func choice(
    _ wanted: String?, environment: [String: String]
  ) -> (theme: Theme, errors: [SettingsError]) {
    let appearance: Theme.Appearance = isBackgroundLight(environment) ? .light : .dark
    let standard = appearance == .light ? "patter-light" : "patter-dark"
    var faults: [SettingsError] = []
    for name in [wanted, standard].compactMap({ $0 }) {
      do {
        let (theme, errors) = try self.theme(name)
        return (theme, faults + errors)
      } catch {
        faults.append(error)
      }
    }
    return (.standard(for: appearance), faults)
  }

  /// `COLORFGBG` is what rxvt and its heirs tell of their colours: the last number is the background,
  /// and 7 and 15 are the white ones.
  private func isBackgroundLight(_ environment: [String: String]) -> Bool {
    guard let last = environment["COLORFGBG"]?.split(separator: ";").last else { return false }
    return last == "7" || last == "15"
  }
}

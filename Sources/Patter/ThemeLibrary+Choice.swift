import Interface
import Settings

extension ThemeLibrary {
  /// The theme that was asked for, or the one of ours that suits the terminal's background. What is
  /// wrong with it becomes a notice, and the program goes on.
  func choice(_ wanted: String?, environment: [String: String]) -> (theme: Theme, notice: Notice?) {
    let appearance: Theme.Appearance = isBackgroundLight(environment) ? .light : .dark
    let standard = appearance == .light ? "patter-light" : "patter-dark"
    var faults: [String] = []
    for name in [wanted, standard].compactMap({ $0 }) {
      do {
        let (theme, errors) = try self.theme(name)
        return (theme, notice(faults + errors.map(\.description)))
      } catch {
        faults.append(error.description)
      }
    }
    return (.standard(for: appearance), notice(faults))
  }

  private func notice(_ faults: [String]) -> Notice? {
    faults.isEmpty ? nil : Notice(faults.joined(separator: "\n"), kind: .error)
  }

  /// `COLORFGBG` is what rxvt and its heirs tell of their colours: the last number is the background,
  /// and 7 and 15 are the white ones.
  private func isBackgroundLight(_ environment: [String: String]) -> Bool {
    guard let last = environment["COLORFGBG"]?.split(separator: ";").last else { return false }
    return last == "7" || last == "15"
  }
}

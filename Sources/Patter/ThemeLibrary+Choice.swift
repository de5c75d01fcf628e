import Interface
import Settings

extension ThemeLibrary {
  /// The name of ours that suits a background.
  static func standardName(for appearance: Theme.Appearance) -> String {
    switch appearance {
    case .dark: "patter-dark"
    case .light: "patter-light"
    }
  }

  /// The theme that was asked for, or else the one of ours that suits the background, with its name; there
  /// is always one to go on with. What is wrong is told of both, and the files of both are named.
  func choice(
    _ wanted: String?, appearance: Theme.Appearance
  ) -> (name: String, read: Theme.Reading) {
    let standard = ThemeLibrary.standardName(for: appearance)
    var faults: [SettingsError] = []
    for name in wanted == standard ? [standard] : [wanted, standard].compactMap({ $0 }) {
      do {
        return (name, try theme(name).after(faults))
      } catch {
        faults.append(error)
      }
    }
    let builtIn = Theme.Reading(theme: .standard(for: appearance), errors: [], files: [])
    return (standard, builtIn.after(faults))
  }
}

extension Theme.Reading {
  /// This one in place of others that could not be read at all.
  fileprivate func after(_ faults: [SettingsError]) -> Theme.Reading {
    Theme.Reading(
      theme: theme, errors: faults + errors,
      files: faults.map(\.file).filter(ThemeLibrary.isPath) + files)
  }
}

extension Theme.Appearance {
  /// What the environment tells of the terminal's background; dark where it tells nothing.
  ///
  /// `COLORFGBG` is what rxvt and its heirs tell of their colours: the last number is the background, and
  /// 7 and 15 are the white ones.
  init(environment: [String: String]) {
    let background = environment["COLORFGBG"]?.split(separator: ";").last
    self = background == "7" || background == "15" ? .light : .dark
  }
}

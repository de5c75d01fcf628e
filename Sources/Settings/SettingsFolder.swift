/// The folder of the user's own settings, as the XDG base directory specification has it:
/// `$XDG_CONFIG_HOME/patter`, and `~/.config/patter` where that variable is not set, empty or relative.
/// Nil where there is no home either.
public func settingsFolder(environment: [String: String]) -> String? {
  func folder(_ variable: String) -> String? {
    environment[variable].flatMap { $0.hasPrefix("/") ? $0 : nil }
  }
  let parent = folder("XDG_CONFIG_HOME") ?? folder("HOME").map { "\($0)/.config" }
  return parent.map { "\($0)/patter" }
}

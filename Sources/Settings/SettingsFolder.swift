// Where the user's own files are, as the XDG base directory specification has it: the folder of a
// variable, or one below the home where that variable is not set, empty or relative.

/// The folder of the user's own settings: `$XDG_CONFIG_HOME/patter`, else `~/.config/patter`. Nil where there
/// is no home either.
public func settingsFolder(environment: [String: String]) -> String? {
  folder("XDG_CONFIG_HOME", belowHome: ".config", environment)
}

/// The folder of what can be fetched again: `$XDG_CACHE_HOME/patter`, else `~/.cache/patter`. Nil where there
/// is no home either.
public func cacheFolder(environment: [String: String]) -> String? {
  folder("XDG_CACHE_HOME", belowHome: ".cache", environment)
}

private func folder(
  _ variable: String, belowHome name: String, _ environment: [String: String]
) -> String? {
  func path(_ variable: String) -> String? {
    environment[variable].flatMap { $0.hasPrefix("/") ? $0 : nil }
  }
  let parent = path(variable) ?? path("HOME").map { "\($0)/\(name)" }
  return parent.map { "\($0)/patter" }
}

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

/// The folder of what is to be remembered on this machine: `$XDG_STATE_HOME/patter`, else
/// `~/.local/state/patter`. Nil where there is no home either.
public func stateFolder(environment: [String: String]) -> String? {
  folder("XDG_STATE_HOME", belowHome: ".local/state", environment)
}

/// Folders above the executable in which the working copy is looked for.
private let ascentLimit = 8

/// Where files of one kind are looked for, those of the user first:
///
///   $XDG_CONFIG_HOME/patter/NAME        (~/.config without the variable)
///   <folder of the executable>/../share/patter/NAME
///   SOURCES in a folder above the executable: a build in its working copy
///
/// - Parameter executablePath: the absolute path of this program.
public func folders(
  of name: String, sources: String, environment: [String: String], executablePath: String
) -> [String] {
  var folders = settingsFolder(environment: environment).map { ["\($0)/\(name)"] } ?? []
  var above = folder(ofPath: executablePath)
  if let above {
    folders.append("\(folder(ofPath: above) ?? "")/share/patter/\(name)")
  }
  for _ in 0..<ascentLimit {
    guard let folder = above else { break }
    folders.append("\(folder)/\(sources)")
    above = Settings.folder(ofPath: folder)
  }
  return folders
}

/// The folder that a path lies in, by its letters; nil for the root and for a name alone.
private func folder(ofPath path: String) -> String? {
  guard let slash = path.lastIndex(of: "/"), path != "/" else { return nil }
  return String(path[..<slash])
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

// Where themes are found: in the folders that `Settings.folders` lists. The first one that has one of the
// name wins, so that a user's theme goes before ours; the default pair, which is compiled in, comes last.

public import Settings

/// Finds themes by name or path. How files are read comes in from the edge.
public struct ThemeLibrary: Sendable {
  /// The way to documents.
  public struct Documents: Sendable {
    /// The document in the file at a path; nil when there is no such file.
    public var read: @Sendable (_ path: String) throws(SettingsError) -> Node?
    /// Names of the `.yaml` files in a folder, without the ending; empty when there is no such folder.
    public var names: @Sendable (_ folder: String) -> [String]

    public init(
      read: @escaping @Sendable (_ path: String) throws(SettingsError) -> Node?,
      names: @escaping @Sendable (_ folder: String) -> [String]
    ) {
      self.read = read
      self.names = names
    }
  }

  /// Where themes are looked for, in this order.
  public let folders: [String]
  private let home: String?
  private let documents: Documents

  /// - Parameters:
  ///   - environment: `XDG_CONFIG_HOME` and `HOME` count.
  ///   - executablePath: the absolute path of this program.
  public init(environment: [String: String], executablePath: String, documents: Documents) {
    home = environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    folders = Settings.folders(
      of: "themes", sources: "Themes", environment: environment, executablePath: executablePath)
    self.documents = documents
  }

  /// Names of all themes, sorted, each once.
  public var names: [String] {
    let found = folders.flatMap { documents.names($0) } + BuiltInTheme.all.map(\.name)
    return Set(found).sorted()
  }

  /// Whether this is a path and no name: it holds a `/` or ends in `.yaml`.
  public static func isPath(_ nameOrPath: String) -> Bool {
    nameOrPath.contains("/") || nameOrPath.hasSuffix(".yaml")
  }

  /// The theme of this name, or in the file at this path. Errors that come with a theme are told and
  /// leave it usable.
  ///
  /// - Throws: when there is no such theme, or its file is not YAML.
  public func theme(_ nameOrPath: String) throws(SettingsError) -> Theme.Reading {
    let isPath = ThemeLibrary.isPath(nameOrPath)
    let source = try isPath ? source(atPath: nameOrPath) : source(named: nameOrPath)
    return Theme.read(source) { name throws(SettingsError) in try self.source(named: name) }
  }

  private func source(atPath path: String) throws(SettingsError) -> Theme.Source {
    var place = path
    if path.hasPrefix("~/"), let home { place = home + path.dropFirst() }
    if let node = try documents.read(place) { return Theme.Source(node, file: place) }
    throw SettingsError(file: path, place: nil, message: "There is no such file.")
  }

  private func source(named name: String) throws(SettingsError) -> Theme.Source {
    if !ThemeLibrary.isPath(name), !name.isEmpty {
      for folder in folders {
        let path = "\(folder)/\(name).yaml"
        if let node = try documents.read(path) { return Theme.Source(node, file: path) }
      }
      if let builtIn = Theme.Source(builtIn: name) { return builtIn }
    }
    let names = names
    let near = nearest(to: name, among: names).map { "; did you mean '\($0)'?" } ?? "."
    throw SettingsError(
      file: name, place: nil,
      message: "No theme is called \(quoted(name))\(near) There are: \(listed(names)).")
  }
}

extension ThemeLibrary {
  /// `nord` of `/usr/share/patter/themes/nord.yaml`.
  static func stem(ofPath path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return name.hasSuffix(".yaml") ? String(name.dropLast(5)) : name
  }
}

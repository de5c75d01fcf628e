// A theme from the nodes of its file. The format (helix's structure: a palette, faces, `inherits`) is
// told by example in `Themes/patter-dark.yaml`.
//
// A theme that inherits is read together with those it inherits from: palettes and faces are laid over
// one another entry by entry, and only then are colours looked up. So a theme of three lines can
// exchange one colour of another's palette.

public import Settings
import Terminal

extension Theme {
  /// Themes that may inherit from one another in a row.
  public static let inheritanceLimit = 8

  /// A theme as it is written, and the name of its file as the user would write it.
  public struct Source: Sendable {
    enum Content: Sendable {
      case document(Node)
      case builtIn(BuiltInTheme)
    }

    let content: Content
    let file: String

    public init(_ node: Node, file: String) {
      content = .document(node)
      self.file = file
    }

    /// The compiled-in theme of this name.
    init?(builtIn name: String) {
      guard let theme = BuiltInTheme.all.first(where: { $0.name == name }) else { return nil }
      self.init(theme)
    }

    init(_ builtIn: BuiltInTheme) {
      content = .builtIn(builtIn)
      file = builtIn.file
    }
  }

  /// A theme that was read. There is always one: what is wrong is left out and told.
  public struct Reading: Hashable, Sendable {
    public let theme: Theme
    public let errors: [SettingsError]
    /// The files of the theme and of those it inherits from, also one that cannot be read. None where it
    /// is compiled in.
    public let files: [String]

    public init(theme: Theme, errors: [SettingsError], files: [String]) {
      self.theme = theme
      self.errors = errors
      self.files = files
    }
  }

  /// The compiled-in theme for a background: what the program goes on with when another one is broken.
  public static func standard(for appearance: Appearance) -> Theme {
    let builtIn: BuiltInTheme =
      switch appearance {
      case .dark: .dark
      case .light: .light
      }
    var sheets = [ThemeSheet(Source(builtIn))]
    return lay(&sheets)
  }

  /// Reads a theme.
  ///
  /// - Parameter inherited: finds the theme that `inherits` names. An error whose file is that name
  ///   means that there is none; it is told at the place of `inherits`.
  public static func read(
    _ source: Source, inherited: (_ name: String) throws(SettingsError) -> Source
  ) -> Reading {
    var sheets = [ThemeSheet(source)]
    var errors: [SettingsError] = []
    while let parent = sheets[sheets.count - 1].parent {
      let child = sheets.count - 1
      if sheets.count == inheritanceLimit {
        sheets[child].reader.note(
          "More than \(inheritanceLimit) themes inherit from one another, which is the limit.",
          at: parent.place)
        break
      }
      do throws(SettingsError) {
        let source = try inherited(parent.name)
        if let first = sheets.firstIndex(where: { $0.file == source.file }) {
          let files = sheets[first...].map(\.file) + [source.file]
          let circle = files.joined(separator: " → ")
          sheets[child].reader.note("A theme inherits from itself: \(circle).", at: parent.place)
          break
        }
        sheets.append(ThemeSheet(source))
      } catch {
        if error.file == parent.name {
          sheets[child].reader.note(error.message, at: parent.place)
        } else {
          errors.append(error)
        }
        break
      }
    }
    let theme = lay(&sheets)
    let files = sheets.map(\.file) + errors.map(\.file)
    return Reading(
      theme: theme, errors: sheets.flatMap(\.reader.errors) + errors,
      files: files.filter(ThemeLibrary.isPath))
  }

  /// Lays the sheets over one another. The first is the theme, the last the one it all comes from.
  private static func lay(_ sheets: inout [ThemeSheet]) -> Theme {
    var palette: [String: Color] = [:]
    var owners: [Face: Int] = [:]
    for (index, sheet) in sheets.enumerated().reversed() {
      palette.merge(sheet.palette) { _, nearer in nearer }
      for face in sheet.faces.keys { owners[face] = index }
    }
    let unreadable = sheets.reduce(into: Set()) { $0.formUnion($1.unreadable) }
    var faces: [Face: FaceStyle] = [:]
    for (face, index) in owners {
      faces[face] = sheets[index].style(of: face, palette: palette, unreadable: unreadable)
    }
    return Theme(
      name: sheets[0].name, appearance: sheets.lazy.compactMap(\.appearance).first ?? .dark,
      faces: faces)
  }
}

/// One theme's file as it is written; colours of faces are not looked up yet.
private struct ThemeSheet {
  /// In the order of their bits.
  static let attributeNames = ["bold", "dim", "italic", "underline", "reverse", "strikethrough"]

  var reader: SettingsReader
  var name: String
  var appearance: Theme.Appearance?
  var parent: (name: String, place: Place)?
  var palette: [String: Color] = [:]
  /// Entries of the palette that are no colours, which was told.
  var unreadable: Set<String> = []
  var faces: [Face: Written] = [:]

  struct Written {
    var foreground: Setting?
    var background: Setting?
    var attributes: Style.Attributes?
    var monochrome: Style.Attributes?
  }

  var file: String { reader.file }

  init(_ source: Theme.Source) {
    reader = SettingsReader(file: source.file)
    switch source.content {
    case .document(let node):
      name = ThemeLibrary.stem(ofPath: source.file)
      read(Setting(path: "", node: node))
    case .builtIn(let theme):
      name = theme.title
      appearance = theme.appearance
      palette = theme.palette
      faces = BuiltInTheme.faces.mapValues(Written.init)
    }
  }

  private mutating func read(_ document: Setting) {
    let known = ["name", "appearance", "inherits", "palette", "faces"]
    guard let members = reader.mapping(document, known: known) else { return }
    name = reader.text(members["name"]) ?? name
    if let inherits = members["inherits"], let wanted = reader.text(inherits) {
      parent = (wanted, inherits.node.place)
    }
    if members["inherits"] == nil, members["appearance"] == nil {
      reader.note(
        "'appearance' is missing; write 'appearance: dark' or 'appearance: light', or 'inherits' and "
          + "a theme's name.", at: members.place)
    }
    appearance = reader.word(members["appearance"], among: ["dark": .dark, "light": .light])
    for (name, entry) in reader.mapping(members["palette"])?.members ?? [] {
      palette[name] = reader.paletteColor(entry)
      if palette[name] == nil { unreadable.insert(name) }
    }
    let faceNames = Face.allCases.map(\.name)
    for (name, entry) in reader.mapping(members["faces"], known: faceNames)?.members ?? [] {
      guard let index = faceNames.firstIndex(of: name) else { continue }
      faces[Face.allCases[index]] = written(entry)
    }
  }

  private mutating func written(_ entry: Setting) -> Written? {
    if case .scalar = entry.node.value { return Written(foreground: entry) }
    let known = ["foreground", "background", "modifiers", "monochrome"]
    guard let members = reader.mapping(entry, known: known) else { return nil }
    return Written(
      foreground: members["foreground"], background: members["background"],
      attributes: attributes(members["modifiers"]), monochrome: attributes(members["monochrome"]))
  }

  private mutating func attributes(_ setting: Setting?) -> Style.Attributes? {
    guard let entries = reader.sequence(setting) else { return nil }
    return entries.reduce(into: []) { attributes, entry in
      guard let bit = reader.word(entry, among: ThemeSheet.attributeNames) else { return }
      attributes.insert(Style.Attributes(rawValue: 1 << bit))
    }
  }

  mutating func style(
    of face: Face, palette: [String: Color], unreadable: Set<String>
  ) -> FaceStyle? {
    guard let written = faces[face] else { return nil }
    return FaceStyle(
      foreground: reader.color(written.foreground, palette: palette, unreadable: unreadable),
      background: reader.color(written.background, palette: palette, unreadable: unreadable),
      attributes: written.attributes, monochrome: written.monochrome)
  }
}

extension ThemeSheet.Written {
  /// The words of a compiled-in theme. They stand in no file, so their place says nothing.
  fileprivate init(_ words: BuiltInTheme.Words) {
    func setting(_ word: String?) -> Setting? {
      guard let word else { return nil }
      let node = Node(.scalar(word, isQuoted: false), at: Place(line: 1, column: 1))
      return Setting(path: word, node: node)
    }
    self.init(
      foreground: setting(words.foreground), background: setting(words.background),
      attributes: words.attributes, monochrome: words.monochrome)
  }
}

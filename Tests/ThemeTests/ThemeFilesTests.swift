import Settings
import Terminal
import Testing
import YAMLDocuments

@testable import Interface

/// The files in `Themes/`.
@Suite struct ThemeFilesTests {
  static let folder =
    #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined() + "/Themes"
  static let names = YAMLFile.names(inFolder: folder)

  static func theme(_ name: String) throws -> Theme.Reading {
    let files = ThemeLibrary.Documents(read: YAMLFile.read, names: YAMLFile.names(inFolder:))
    let library = ThemeLibrary(
      environment: [:], executablePath: "\(folder)/patter", documents: files)
    return try library.theme("\(folder)/\(name).yaml")
  }

  @Test func `there are themes`() {
    #expect(Self.names.count >= 10)
    #expect(
      Set(Self.names).isSuperset(of: ["patter-dark", "patter-light", "terminal", "monochrome"]))
  }

  @Test(arguments: names)
  func `every theme is read without an error`(name: String) throws {
    #expect(try Self.theme(name).errors.map(\.description) == [])
  }

  @Test func `every theme has a name of its own`() throws {
    let titles = try Self.names.map { try Self.theme($0).theme.name }
    #expect(Set(titles).count == titles.count)
    #expect(Set(titles).isDisjoint(with: Self.names))
  }

  @Test(arguments: [("patter-dark", Theme.Appearance.dark), ("patter-light", .light)])
  func `the compiled-in theme is the one of the file`(
    name: String, appearance: Theme.Appearance
  ) throws {
    let file = try Self.theme(name).theme
    #expect(file.name == Theme.standard(for: appearance).name)
    #expect(file.appearance == appearance)
    #expect(differences(file, .standard(for: appearance)) == [])
  }

  /// A changed palette shows whether the compiled-in theme and the file give one another's names.
  @Test(arguments: ["patter-dark", "patter-light"])
  func `the compiled-in theme has the palette of the file`(name: String) throws {
    let palette = [
      "ink", "paper", "soft", "line", "cloud", "shade", "lift", "bright", "accent", "violet",
      "teal",
      "green", "amber", "red",
    ]
    for entry in palette {
      let text = "name: X\ninherits: \(name)\npalette: {\(entry): \"#010203\"}\n"
      let source = Theme.Source(try YAMLDocument.read(text, file: "t.yaml"), file: "t.yaml")
      let builtIn = Theme.read(source) { name throws(SettingsError) in
        guard let source = Theme.Source(builtIn: name) else { return try none(name) }
        return source
      }
      let file = Theme.read(source) { name throws(SettingsError) in
        let path = "\(Self.folder)/\(name).yaml"
        guard let node = try YAMLFile.read(path) else { return try none(name) }
        return Theme.Source(node, file: path)
      }
      #expect(builtIn.errors == [])
      #expect(differences(builtIn.theme, file.theme) == [])
      #expect(differences(file.theme, .standard(for: file.theme.appearance)) != [])
    }
  }

  @Test func `the terminal theme has only the terminal's own colours`() throws {
    let theme = try Self.theme("terminal").theme
    for face in Face.allCases {
      for color in [theme.style(for: face).foreground, theme.style(for: face).background] {
        if case .rgb = color { Issue.record("\(face) has \(color)") }
      }
    }
  }

  @Test func `the monochrome theme has no colour`() throws {
    let theme = try Self.theme("monochrome").theme
    for face in Face.allCases {
      #expect(theme.style(for: face).foreground == .standard)
      #expect(theme.style(for: face).background == .standard)
    }
  }

  @Test func `every colour has one that stands in for it where there are only 16`() throws {
    for name in Self.names {
      let theme = try Self.theme(name).theme
      for face in Face.allCases {
        for color in [theme.style(for: face).foreground, theme.style(for: face).background] {
          if case .rgb(_, _, _, fallback: nil) = color { Issue.record("\(name): \(face)") }
        }
      }
    }
  }
}

/// The faces that look different in two themes, with colours or without.
private func differences(_ one: Theme, _ other: Theme) -> [Face] {
  Face.allCases.filter { face in
    one.style(for: face) != other.style(for: face)
      || one.withoutColors.style(for: face) != other.withoutColors.style(for: face)
  }
}

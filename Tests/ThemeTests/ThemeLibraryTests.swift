import Interface
import Settings
import Testing
import YAMLDocuments

@Suite struct ThemeLibraryTests {
  static let environment = ["XDG_CONFIG_HOME": "/config", "HOME": "/home/ada"]

  @Test func `looks in the user's folder, beside the program, above it`() {
    let library = library([:])
    #expect(
      library.folders == [
        "/config/patter/themes", "/opt/patter/share/patter/themes", "/opt/patter/bin/Themes",
        "/opt/patter/Themes", "/opt/Themes", "/Themes",
      ])
  }

  @Test(arguments: [
    (["HOME": "/home/ada"], "/home/ada/.config/patter/themes"),
    (["HOME": "/home/ada", "XDG_CONFIG_HOME": ""], "/home/ada/.config/patter/themes"),
    (["HOME": "/home/ada", "XDG_CONFIG_HOME": "x"], "/home/ada/.config/patter/themes"),
    ([:], "/opt/patter/share/patter/themes"),
    (["HOME": "home"], "/opt/patter/share/patter/themes"),
  ])
  func `finds the user's folder as the XDG specification says`(
    environment: [String: String], first: String
  ) {
    #expect(library([:], environment: environment).folders.first == first)
  }

  @Test func `the first folder that has the name wins, the compiled-in pair comes last`() throws {
    var files: [String: String] = [:]
    #expect(try library(files).theme("patter-dark").theme == .standard(for: .dark))
    for folder in library([:]).folders.reversed() {
      files["\(folder)/patter-dark.yaml"] = "name: \(folder)\nappearance: dark\n"
      #expect(try library(files).theme("patter-dark").theme.name == folder)
    }
  }

  @Test(arguments: ["./my.yaml", "/a/b", "my.yaml"])
  func `takes a path as a path`(path: String) throws {
    let files = [path: "name: Mine\nappearance: dark\n"]
    #expect(try library(files).theme(path).theme.name == "Mine")
  }

  @Test func `knows the home folder's short name`() throws {
    let files = ["/home/ada/my.yaml": "name: Mine\nappearance: dark\n"]
    #expect(try library(files).theme("~/my.yaml").theme.name == "Mine")
  }

  @Test func `a theme without a name is called like its file`() throws {
    let files = ["/config/patter/themes/mine.yaml": "appearance: dark\n"]
    #expect(try library(files).theme("mine").theme.name == "mine")
  }

  @Test func `a theme may inherit from the compiled-in ones`() throws {
    let files = ["/config/patter/themes/mine.yaml": "inherits: patter-light\nname: Mine\n"]
    let read = try library(files).theme("mine")
    #expect(read.errors == [])
    for face in Face.allCases {
      #expect(read.theme.style(for: face) == Theme.standard(for: .light).style(for: face))
    }
  }

  @Test func `names what there is when it does not find a theme`() {
    let files = [
      "/config/patter/themes/nord.yaml": "", "/Themes/zen.yaml": "", "/Themes/nord.yaml": "",
    ]
    #expect(
      problem(files, "nrod")
        == "nrod: No theme is called 'nrod'; did you mean 'nord'? There are: nord, patter-dark, "
        + "patter-light, zen.")
    #expect(
      problem(files, "")
        == ": No theme is called ''. There are: nord, patter-dark, patter-light, zen.")
    #expect(problem(files, "./nord.yaml") == "./nord.yaml: There is no such file.")
  }

  @Test func `a name in a theme's file is never a path`() throws {
    let files = [
      "/config/patter/themes/a.yaml": "inherits: ../../secret\n",
      "/config/patter/themes/../../secret.yaml": "appearance: dark\n",
    ]
    let errors = try library(files).theme("a").errors
    #expect(errors.map(\.place) == [Place(line: 1, column: 11)])
  }

  @Test func `a theme that is not YAML is an error and hides no later one`() {
    let files = ["/config/patter/themes/patter-dark.yaml": "a: [\n"]
    #expect(
      problem(files, "patter-dark")?.hasPrefix("/config/patter/themes/patter-dark.yaml:2:1: ")
        == true
    )
  }

  private func library(
    _ files: [String: String], environment: [String: String] = environment
  ) -> ThemeLibrary {
    ThemeLibrary(
      environment: environment, executablePath: "/opt/patter/bin/patter",
      documents: ThemeLibrary.Documents(
        read: { path throws(SettingsError) in
          guard let text = files[path] else { return nil }
          return try YAMLDocument.read(text, file: path)
        },
        names: { folder in
          files.keys.filter { $0.hasPrefix(folder + "/") && $0.hasSuffix(".yaml") }
            .map { String($0.dropFirst(folder.count + 1).dropLast(5)) }
        }))
  }

  private func problem(_ files: [String: String], _ name: String) -> String? {
    do throws(SettingsError) {
      _ = try library(files).theme(name)
      return nil
    } catch {
      return error.description
    }
  }
}

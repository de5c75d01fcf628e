// What is drawn with: asked for, previewed, kept; and what is said.

import Interface
import Settings
import Terminal
import Testing
import YAMLDocuments

@testable import Patter

@Suite struct `The theme in use` {
  /// Files that change while somebody reads them.
  private final class Files: Sendable {
    private let texts: Locked<[String: String]>

    init(_ texts: [String: String]) {
      self.texts = Locked(texts)
    }

    subscript(path: String) -> String? {
      get { texts.withLock { $0[path] } }
      set { texts.withLock { $0[path] = newValue } }
    }

    var paths: [String] { texts.withLock { Array($0.keys) } }
  }

  private static let folder = "/home/ada/.config/patter/themes"

  private let files = Files([
    "\(folder)/red.yaml": "name: Red\nappearance: dark\nfaces: {text: red}\n",
    "\(folder)/heir.yaml": "name: Heir\nappearance: light\ninherits: red\n",
    "\(folder)/odd.yaml": "name: Odd\nappearance: dark\nfaces: {text: green, code: rde}\n",
    "\(folder)/broken.yaml": "faces: [\n",
  ])

  private func theme(
    _ asked: String?, _ appearance: Theme.Appearance = .dark, hasColors: Bool = true
  ) -> ThemeInUse {
    let files = files
    let documents = ThemeLibrary.Documents(
      read: { path throws(SettingsError) in
        try files[path].map { text throws(SettingsError) in
          try YAMLDocument.read(text, file: path)
        }
      },
      names: { folder in
        files.paths.filter { $0.hasPrefix(folder + "/") }
          .map { String($0.dropFirst(folder.count + 1).dropLast(".yaml".count)) }
      })
    let library = ThemeLibrary(
      environment: ["HOME": "/home/ada"], executablePath: "/opt/bin/patter", documents: documents)
    return ThemeInUse(
      asked.map(ThemeChoice.one), appearance: appearance, hasColors: hasColors, library: library)
  }

  private func text(_ theme: ThemeInUse) -> Color { theme.drawn.style(for: .text).foreground }

  @Test func `is ours for the background where nothing was asked for`() {
    #expect(theme(nil).drawn == .standard(for: .dark))
    #expect(theme(nil, .light).drawn == .standard(for: .light))
    #expect(theme(nil).errors == [])
    #expect(theme(nil).files == [])
  }

  @Test func `follows a background that is found later, but not where a theme was asked for`() {
    var open = theme(nil)
    #expect([open.backgroundFound(.light), open.backgroundFound(.light)] == [true, false])
    #expect(open.drawn == .standard(for: .light))
    var asked = theme("red")
    #expect(asked.backgroundFound(.light) == false)
    #expect(text(asked) == .named(1))
    _ = open.use("red")
    #expect(open.backgroundFound(.dark) == false)
    #expect(text(open) == .named(1))
  }

  @Test func `a background that is found during a preview is seen after it`() {
    var theme = theme(nil)
    _ = theme.preview("red")
    #expect(theme.backgroundFound(.light) == false)
    #expect(text(theme) == .named(1))
    _ = theme.preview(nil)
    #expect(theme.drawn == .standard(for: .light))
  }

  @Test func `a background that is found does not make one forget the broken file`() {
    let path = "\(Self.folder)/broken.yaml"
    var theme = theme("broken")
    let isChanged = theme.backgroundFound(.light)
    #expect(isChanged && theme.drawn == .standard(for: .light))
    #expect(theme.files.contains(path))
    files[path] = "name: Whole\nappearance: dark\nfaces: {text: blue}\n"
    let notice = theme.reload(after: .written)
    #expect(notice == Notice("Whole is right again."))
    #expect(text(theme) == .named(4))
  }

  @Test func `has no colour where the terminal has none, previews as little`() {
    var theme = theme("red", hasColors: false)
    #expect(text(theme) == .standard)
    _ = theme.preview("odd")
    #expect(text(theme) == .standard)
  }

  @Test func `a preview changes nothing that is kept`() {
    var theme = theme("red")
    #expect(theme.preview("patter-light") == nil)
    #expect(theme.drawn == .standard(for: .light))
    #expect(theme.list.inUse == "red")
    #expect(theme.preview(nil) == nil)
    #expect(text(theme) == .named(1))
  }

  @Test func `a preview of what cannot be read shows what is kept, and says why`() {
    var theme = theme("red")
    _ = theme.preview("odd")
    let notice = theme.preview("broken")
    #expect(notice?.text.hasPrefix("\(Self.folder)/broken.yaml:2:1: ") == true)
    #expect(text(theme) == .named(1))
  }

  @Test func `a theme with mistakes is used without them, and they are told`() {
    var theme = theme("red")
    let notice = theme.use("odd")
    #expect(
      notice
        == Notice(
          "\(Self.folder)/odd.yaml:3:28: 'rde' is not a colour; did you mean 'red'?", kind: .error))
    #expect(text(theme) == .named(2))
    #expect(theme.list.inUse == "odd")
  }

  @Test func `one that there is not changes nothing`() {
    var theme = theme("red")
    let notice = theme.use("rde")
    #expect(notice.text.hasPrefix("No theme is called 'rde'; did you mean 'red'? There are: "))
    #expect(notice.kind == .error)
    #expect(theme.list.inUse == "red")
  }

  @Test func `one that is broken from the start gives way to ours, and comes when it is mended`() {
    var theme = theme("broken", .light)
    #expect(theme.drawn == .standard(for: .light))
    #expect(theme.errors.map(\.place) == [Place(line: 2, column: 1)])
    #expect(theme.files == ["\(Self.folder)/broken.yaml"])
    #expect(theme.list.inUse == "patter-light")
    files["\(Self.folder)/broken.yaml"] = "name: Whole\nappearance: dark\nfaces: {text: blue}\n"
    #expect(theme.reload(after: .written) == Notice("Whole is right again."))
    #expect(text(theme) == .named(4))
    #expect(theme.list.inUse == "broken")
  }

  @Test func `one of the default's name that is broken is told once`() {
    files["\(Self.folder)/patter-dark.yaml"] = "faces: [\n"
    for asked in [nil, "patter-dark"] {
      #expect(theme(asked).errors.count == 1)
      #expect(theme(asked).drawn == .standard(for: .dark))
    }
  }

  @Test func `lists each theme with its title and appearance`() {
    #expect(
      theme("heir").list
        == ThemeList(
          items: [
            PickerItem("broken", details: ["", "broken"]),
            PickerItem("heir", details: ["Heir", "light"]),
            PickerItem("odd", details: ["Odd", "dark"]),
            PickerItem("patter-dark", details: ["Patter Dark", "dark"]),
            PickerItem("patter-light", details: ["Patter Light", "light"]),
            PickerItem("red", details: ["Red", "dark"]),
          ], inUse: "heir"))
  }

  @Test func `names the files that it is made of`() {
    #expect(theme("heir").files == ["\(Self.folder)/heir.yaml", "\(Self.folder)/red.yaml"])
  }

  // MARK: - Reloading

  @Test func `a save that is right says nothing and is drawn`() {
    var theme = theme("heir")
    files["\(Self.folder)/red.yaml"] = "appearance: dark\nfaces: {text: green}\n"
    #expect(theme.reload(after: .written) == nil)
    #expect(text(theme) == .named(2))
  }

  @Test func `a broken save changes nothing, and the file is still one to listen to`() {
    var theme = theme("heir")
    let before = theme.drawn
    files["\(Self.folder)/heir.yaml"] = "faces: [\n"
    #expect(theme.reload(after: .written)?.kind == .error)
    #expect(theme.drawn == before)
    #expect(
      Set(theme.files) == ["\(Self.folder)/heir.yaml", "\(Self.folder)/red.yaml"])
  }

  @Test func `a file that is gone is not talked about, and changes nothing`() {
    var theme = theme("red")
    files["\(Self.folder)/red.yaml"] = nil
    #expect(theme.reload(after: .removed) == nil)
    #expect(text(theme) == .named(1))
  }

  @Test func `where the user's own file is gone, ours of its name is there`() {
    files["\(Self.folder)/patter-dark.yaml"] = "appearance: dark\nfaces: {text: red}\n"
    var theme = theme(nil)
    #expect(text(theme) == .named(1))
    files["\(Self.folder)/patter-dark.yaml"] = nil
    #expect(theme.reload(after: .removed) == nil)
    #expect(theme.drawn == .standard(for: .dark))
  }
}

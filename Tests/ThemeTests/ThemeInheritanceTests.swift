import Interface
import Settings
import Terminal
import Testing
import YAMLDocuments

@Suite struct ThemeInheritanceTests {
  static let base = """
    name: Base
    appearance: light
    palette: {ink: red, paper: white}
    faces:
      text: {foreground: ink, background: paper}
      heading: {foreground: blue, modifiers: [bold, underline]}
    """

  @Test func `takes palette, faces and appearance from the other theme`() throws {
    let (theme, errors) = try read(
      "inherits: base\nfaces: {code: ink}\n", inherited: sources(["base": Self.base]))
    #expect(errors == [])
    #expect(theme.name == "t")
    #expect(theme.appearance == .light)
    #expect(theme.style(for: .text) == Style(foreground: .named(1), background: .named(7)))
    #expect(theme.style(for: .code).foreground == .named(1))
  }

  @Test func `one colour of the other's palette can be exchanged`() throws {
    let (theme, errors) = try read(
      "inherits: base\npalette: {ink: green}\n", inherited: sources(["base": Self.base]))
    #expect(errors == [])
    #expect(theme.style(for: .text) == Style(foreground: .named(2), background: .named(7)))
  }

  @Test func `a face takes the place of the other's whole face`() throws {
    let theme = try read(
      "inherits: base\nfaces: {heading: {foreground: green, modifiers: []}}\n",
      inherited: sources(["base": Self.base])
    ).theme
    #expect(
      theme.style(for: .heading) == Style(foreground: .named(2), background: .named(7)))
  }

  @Test func `the nearest theme of a row counts`() throws {
    let (theme, errors) = try read(
      "inherits: middle\n",
      inherited: sources([
        "middle": "inherits: base\nappearance: dark\npalette: {paper: black}\n", "base": Self.base,
      ]))
    #expect(errors == [])
    #expect(theme.appearance == .dark)
    #expect(theme.style(for: .text) == Style(foreground: .named(1), background: .named(0)))
  }

  @Test func `a circle is an error, told where it closes`() throws {
    let circle = sources(["a": "inherits: b\n", "b": "name: B\ninherits: a\n"])
    #expect(
      try read("inherits: a\n", inherited: circle).errors == [
        "b.yaml:2:11: A theme inherits from itself: a.yaml → b.yaml → a.yaml."
      ])
    #expect(
      try read("inherits: t\n", inherited: sources(["t": "inherits: t\n"])).errors == [
        "t.yaml:1:11: A theme inherits from itself: t.yaml → t.yaml."
      ])
  }

  @Test func `a long row ends at its limit`() throws {
    var count = 0
    let (_, errors) = try read("inherits: n\n") { _ throws(SettingsError) in
      count += 1
      let node = try YAMLDocument.read("inherits: n\n", file: "\(count).yaml")
      return Theme.Source(node, file: "\(count).yaml")
    }
    #expect(count == Theme.inheritanceLimit - 1)
    #expect(
      errors == ["7.yaml:1:11: More than 8 themes inherit from one another, which is the limit."])
  }

  @Test func `a theme that is not there is told at the place that names it`() throws {
    let (theme, errors) = try read("name: X\ninherits: nrod\nfaces: {text: red}\n")
    #expect(errors == ["t.yaml:2:11: No theme is called 'nrod'."])
    #expect(theme.style(for: .text).foreground == .named(1))
  }

  @Test func `a mistake of the other theme is told in its own file`() throws {
    #expect(
      try read(
        "inherits: base\n", inherited: sources(["base": "appearance: dark\nfaces: {txt: red}\n"])
      ).errors == ["base.yaml:2:9: 'txt' is not known in 'faces'; did you mean 'text'?"])
    #expect(
      try read("inherits: base\n", inherited: sources(["base": "a: @\n"])).errors == [
        "base.yaml:1:4: A value cannot begin with this character. Put the text in quotation marks."
      ])
  }

  @Test func `a theme that cannot be read is told under its own name`() throws {
    let (_, errors) = try read("inherits: base\n") { _ throws(SettingsError) in
      throw SettingsError(file: "/themes/base.yaml", place: nil, message: "It cannot be read.")
    }
    #expect(errors == ["/themes/base.yaml: It cannot be read."])
  }
}

private func sources(
  _ texts: [String: String]
) -> (String) throws(SettingsError) -> Theme.Source {
  { name throws(SettingsError) in
    guard let text = texts[name] else { return try none(name) }
    return Theme.Source(try YAMLDocument.read(text, file: "\(name).yaml"), file: "\(name).yaml")
  }
}

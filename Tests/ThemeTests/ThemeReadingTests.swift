import Interface
import Settings
import Terminal
import Testing
import YAMLDocuments

@Suite struct ThemeReadingTests {
  @Test func `reads palette, colours, modifiers and what stands in for them`() throws {
    let (theme, errors) = try read(
      """
      name: Example
      appearance: light
      palette:
        ink: {color: "#102030", ansi: bright-black}
        paper: default
        red: "#ff0000"
      faces:
        text: {foreground: ink, background: paper}
        error: {foreground: red, modifiers: [bold, underline]}
        link: {foreground: "#0000ff"}
        code: bright-cyan
        status: {foreground: blue, background: white, monochrome: [reverse, bold]}
      """)
    #expect(errors == [])
    #expect(theme.name == "Example")
    #expect(theme.appearance == .light)
    let ink = Color.rgb(red: 0x10, green: 0x20, blue: 0x30, fallback: 8)
    #expect(theme.style(for: .text) == Style(foreground: ink))
    #expect(
      theme.style(for: .error)
        == Style(
          foreground: .rgb(red: 255, green: 0, blue: 0, fallback: nil),
          attributes: [.bold, .underline]))
    #expect(
      theme.style(for: .link)
        == Style(foreground: .rgb(red: 0, green: 0, blue: 255, fallback: nil)))
    #expect(theme.style(for: .code).foreground == .named(14))
    #expect(theme.style(for: .status) == Style(foreground: .named(4), background: .named(7)))
    #expect(
      theme.withoutColors.style(for: .status) == Style(attributes: [.reverse, .bold]))
  }

  @Test func `a face takes from its fallback what it leaves open`() throws {
    let theme = try read(
      """
      appearance: dark
      faces:
        status: {foreground: white, background: blue, modifiers: [bold]}
        status-live: {foreground: green}
        status-hint: {modifiers: []}
      """
    ).theme
    #expect(
      theme.style(for: .statusLive)
        == Style(foreground: .named(2), background: .named(4), attributes: [.bold]))
    #expect(
      theme.style(for: .statusHint) == Style(foreground: .named(7), background: .named(4)))
    #expect(theme.style(for: .statusModel).background == .named(4))
  }

  @Test func `a theme that says nothing still tells the faces apart`() throws {
    let (theme, errors) = try read("appearance: dark\n")
    #expect(errors == [])
    #expect(theme.style(for: .text) == .plain)
    #expect(theme.style(for: .strong).attributes == [.bold])
    #expect(theme.style(for: .link).attributes == [.underline])
    #expect(theme.style(for: .status).attributes == [.reverse])
    #expect(theme.style(for: .selection).attributes == [.reverse])
  }

  @Test func `there is no colour in a theme without colours`() {
    for appearance in [Theme.Appearance.dark, .light] {
      let theme = Theme.standard(for: appearance).withoutColors
      for face in Face.allCases {
        #expect(theme.style(for: face).foreground == .standard)
        #expect(theme.style(for: face).background == .standard)
      }
      #expect(theme.style(for: .status).attributes.contains(.reverse))
      #expect(theme.style(for: .selection).attributes.contains(.reverse))
      #expect(theme.style(for: .prompt) != theme.style(for: .text))
      #expect(theme.withoutColors == theme)
    }
  }

  static let mistakes: [(text: String, messages: [String])] = [
    (
      "name: x\n",
      [
        "1:1: 'appearance' is missing; write 'appearance: dark' or 'appearance: light', or 'inherits' and a "
          + "theme's name."
      ]
    ),
    (
      "",
      [
        "1:1: 'appearance' is missing; write 'appearance: dark' or 'appearance: light', or 'inherits' and a "
          + "theme's name."
      ]
    ),
    ("appearance: [dark]\n", ["1:13: 'appearance' must be one of dark, light, not a list."]),
    (
      "appearance: dark\nappearance: light\n",
      ["2:1: 'appearance' stands here a second time; the first one, in line 1, counts."]
    ),
    ("appearance: dark\nname: [x]\n", ["2:7: 'name' must be text, not a list."]),
    ("inherits: [nord]\n", ["1:11: 'inherits' must be text, not a list."]),
    (
      "appearance: dark\ninherits:\n",
      [
        "2:10: 'inherits' has no value; it must be text. A '#' outside quotation marks begins a "
          + "comment."
      ]
    ),
    (
      "appearance: dark\npalette: [red]\n",
      ["2:10: 'palette' must be a mapping ('name: value'), not a list."]
    ),
    (
      "appearance: dark\nfaces: red\n",
      ["2:8: 'faces' must be a mapping ('name: value'), not 'red'."]
    ),
    (
      "appearance: dark\nfaces: {text: [red]}\n",
      ["2:15: 'faces.text' must be a mapping ('name: value'), not a list."]
    ),
    (
      "appearance: dark\nfaces:\n  text: red\n  text: blue\n",
      ["4:3: 'text' stands here a second time; the first one, in line 3, counts."]
    ),
    (
      "appearance: dark\nfaces: {text: Red}\n", ["2:15: 'Red' is not a colour; did you mean 'red'?"]
    ),
    (
      "appearance: dark\npalette: {ink: rde}\nfaces: {text: ink, code: ikn}\n",
      [
        "2:16: 'rde' is not a colour; did you mean 'red'?",
        "3:26: 'ikn' is not a colour; write '#rrggbb' in quotation marks, 'default' or one of the "
          + "terminal's 16 colours.",
      ]
    ),
    ("appearance: drak\n", ["1:13: 'appearance' cannot be 'drak'; did you mean 'dark'?"]),
    (
      "appearance: dark\ncolors: {}\n",
      ["2:1: 'colors' is not known; known: name, appearance, inherits, palette, faces."]
    ),
    (
      "appearance: dark\nfaces: {headng: {foreground: red}}\n",
      ["2:9: 'headng' is not known in 'faces'; did you mean 'heading'?"]
    ),
    (
      "appearance: dark\nfaces: {text: {forground: red}}\n",
      ["2:16: 'forground' is not known in 'faces.text'; did you mean 'foreground'?"]
    ),
    (
      "appearance: dark\nfaces: {text: {foreground: gren}}\n",
      ["2:28: 'gren' is not a colour; did you mean 'green'?"]
    ),
    (
      "appearance: dark\nfaces: {text: turquoise}\n",
      [
        "2:15: 'turquoise' is not a colour; write '#rrggbb' in quotation marks, 'default' or one of the "
          + "terminal's 16 colours."
      ]
    ),
    (
      "appearance: dark\npalette: {ink: red, paper: blue}\nfaces: {text: turquoise}\n",
      ["3:15: 'turquoise' is not a colour; the palette has ink, paper."]
    ),
    (
      "appearance: dark\npalette: {accent: red}\nfaces: {text: acent}\n",
      ["3:15: 'acent' is not a colour; did you mean 'accent'?"]
    ),
    (
      "appearance: dark\nfaces: {text: \"#12345\"}\n",
      ["2:15: '#12345' is not a colour: '#' and six hexadecimal digits are needed, '#rrggbb'."]
    ),
    (
      "appearance: dark\npalette: {ink: \"#12345g\"}\n",
      ["2:16: '#12345g' is not a colour: '#' and six hexadecimal digits are needed, '#rrggbb'."]
    ),
    (
      "appearance: dark\npalette:\n  ink: #123456\n",
      [
        "3:7: 'palette.ink' has no value; it must be text. A '#' outside quotation marks begins a "
          + "comment."
      ]
    ),
    (
      "appearance: dark\npalette: {ink: {color: \"#123456\", ansi: brigt-red}}\n",
      [
        "2:41: 'palette.ink.ansi' must be one of the terminal's 16 colours, not 'brigt-red'; did you "
          + "mean 'bright-red'?"
      ]
    ),
    (
      "appearance: dark\npalette: {ink: {color: red, ansi: blue}}\n",
      ["2:35: 'palette.ink.ansi' says nothing here: it stands in for a '#rrggbb' only."]
    ),
    (
      "appearance: dark\npalette: {ink: {ansi: red}}\n",
      ["2:16: 'color' is missing in 'palette.ink'."]
    ),
    (
      "appearance: dark\nfaces: {text: {modifiers: [bould, underlined]}}\n",
      [
        "2:28: 'faces.text.modifiers' cannot be 'bould'; did you mean 'bold'?",
        "2:35: 'faces.text.modifiers' cannot be 'underlined'; did you mean 'underline'?",
      ]
    ),
    (
      "appearance: dark\nfaces: {text: {modifiers: bold}}\n",
      ["2:27: 'faces.text.modifiers' must be a list ('[one, two]'), not 'bold'."]
    ),
    ("- dark\n", ["1:1: The document must be a mapping ('name: value'), not a list."]),
  ]

  @Test(arguments: mistakes)
  func `says what is wrong and what would be right`(text: String, messages: [String]) throws {
    #expect(try read(text).errors == messages.map { "t.yaml:\($0)" })
  }

  @Test func `goes on with what is right`() throws {
    let (theme, errors) = try read(
      "appearance: light\nfaces: {text: {foreground: gren, background: blue}, nope: 1}\n")
    #expect(errors.count == 2)
    #expect(theme.appearance == .light)
    #expect(theme.style(for: .text) == Style(background: .named(4)))
  }
}

func read(
  _ text: String, inherited: (String) throws(SettingsError) -> Theme.Source = none
) throws -> (theme: Theme, errors: [String]) {
  let node = try YAMLDocument.read(text, file: "t.yaml")
  let read = Theme.read(Theme.Source(node, file: "t.yaml"), inherited: inherited)
  return (read.theme, read.errors.map(\.description))
}

func none(_ name: String) throws(SettingsError) -> Theme.Source {
  throw SettingsError(file: name, place: nil, message: "No theme is called '\(name)'.")
}

// The default pair, compiled in, so that Patter has a face at once and where no file can be found. As
// values, because reading YAML costs the first frame half a millisecond. A test holds them equal to
// `Themes/patter-dark.yaml` and `Themes/patter-light.yaml`.

import Terminal

/// A theme that needs no file.
struct BuiltInTheme: Hashable, Sendable {
  /// The name to ask for it by.
  var name: String
  /// The name a person reads.
  var title: String
  var appearance: Theme.Appearance
  var palette: [String: Color]

  /// What errors call it, and what tells it from a file of the same name.
  var file: String { "\(name) (built in)" }
}

extension BuiltInTheme {
  static let all = [dark, light]

  static let dark = BuiltInTheme(
    name: "patter-dark", title: "Patter Dark", appearance: .dark,
    palette: [
      "ink": .standard,
      "paper": .standard,
      "soft": .hex(0xA7B0C0, .white),
      "line": .hex(0x6F7A8D, .brightBlack),
      "cloud": .hex(0xCCD3DF, .white),
      "shade": .hex(0x272C36, .black),
      "lift": .hex(0x3D4A63, .blue),
      "bright": .hex(0xF3F5F9, .brightWhite),
      "accent": .hex(0x8DB6F5, .brightBlue),
      "violet": .hex(0xC6ACEB, .brightMagenta),
      "teal": .hex(0x86CFC9, .brightCyan),
      "green": .hex(0xA3CF97, .brightGreen),
      "amber": .hex(0xE4C283, .brightYellow),
      "red": .hex(0xF29A94, .brightRed),
    ])

  static let light = BuiltInTheme(
    name: "patter-light", title: "Patter Light", appearance: .light,
    palette: [
      "ink": .standard,
      "paper": .standard,
      "soft": .hex(0x555D6B, .brightBlack),
      "line": .hex(0x868D99, .brightBlack),
      "cloud": .hex(0x333B48, .black),
      "shade": .hex(0xE6E9EF, .white),
      "lift": .hex(0xC4D4F0, .white),
      "bright": .hex(0x14181F, .black),
      "accent": .hex(0x1F5FB4, .blue),
      "violet": .hex(0x7340A8, .magenta),
      "teal": .hex(0x0B6660, .blue),
      "green": .hex(0x2A6A2D, .magenta),
      "amber": .hex(0x855200, .red),
      "red": .hex(0xB3261E, .red),
    ])

  /// What both themes write for the faces; colours are names of the palette.
  static let faces: [Face: Words] = [
    .text: Words(foreground: "ink", background: "paper"),
    .muted: Words(foreground: "soft"),
    .emphasis: Words(attributes: [.italic]),
    .strong: Words(attributes: [.bold]),
    .heading: Words(foreground: "accent", attributes: [.bold]),
    .link: Words(foreground: "teal", attributes: [.underline]),
    .code: Words(foreground: "amber"),
    .codeBlock: Words(foreground: "ink"),
    .codeComment: Words(foreground: "soft"),
    .codeKeyword: Words(foreground: "violet"),
    .codeType: Words(foreground: "teal"),
    .codeFunction: Words(foreground: "accent"),
    .codeConstant: Words(foreground: "amber"),
    .codeString: Words(foreground: "green"),
    .codeNumber: Words(foreground: "amber"),
    .codeAttribute: Words(foreground: "red"),
    .codeVariable: Words(foreground: "red"),
    .codeProperty: Words(foreground: "accent"),
    .codeTag: Words(foreground: "accent"),
    .codeInserted: Words(foreground: "green"),
    .codeDeleted: Words(foreground: "red"),
    .codeMeta: Words(foreground: "soft"),
    .codeHeading: Words(foreground: "accent", attributes: [.bold]),
    .quote: Words(foreground: "soft", attributes: [.italic]),
    .listMarker: Words(foreground: "accent"),
    .rule: Words(foreground: "line"),
    .tableBorder: Words(foreground: "line"),
    .prompt: Words(foreground: "violet"),
    .promptMarker: Words(foreground: "violet", attributes: [.bold]),
    .thinking: Words(foreground: "soft", attributes: [.italic]),
    .mark: Words(foreground: "amber"),
    .error: Words(foreground: "red"),
    .notice: Words(foreground: "teal"),
    .status: Words(foreground: "cloud", background: "shade", monochrome: [.reverse]),
    .statusModel: Words(foreground: "bright", attributes: [.bold]),
    .statusLive: Words(foreground: "green"),
    .statusHint: Words(foreground: "soft"),
    .statusWarning: Words(foreground: "amber", attributes: [.bold]),
    .composer: Words(foreground: "ink"),
    .composerPlaceholder: Words(foreground: "soft"),
    .selection: Words(foreground: "bright", background: "lift", monochrome: [.reverse]),
    .overlay: Words(foreground: "cloud", background: "shade"),
    .overlayBorder: Words(foreground: "line"),
    .overlayTitle: Words(foreground: "accent", attributes: [.bold]),
    .key: Words(foreground: "amber", attributes: [.bold]),
  ]

  struct Words {
    var foreground: String?
    var background: String?
    var attributes: Style.Attributes?
    var monochrome: Style.Attributes?
  }
}

/// The terminal's own colours that stand in for those of the palettes.
private enum StandIn: UInt8 {
  case black, red
  case blue = 4
  case magenta
  case white = 7
  case brightBlack, brightRed, brightGreen, brightYellow, brightBlue, brightMagenta, brightCyan
  case brightWhite
}

extension Color {
  /// `0xRRGGBB`, and the colour that stands in where there are only 16.
  fileprivate static func hex(_ number: UInt32, _ standIn: StandIn) -> Color {
    .rgb(
      red: UInt8(number >> 16 & 0xFF), green: UInt8(number >> 8 & 0xFF), blue: UInt8(number & 0xFF),
      fallback: standIn.rawValue)
  }
}

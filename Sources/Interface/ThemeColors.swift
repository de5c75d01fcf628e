// How a colour is written in a theme: `"#rrggbb"`, `default`, one of the terminal's 16, or, in a face,
// a name from the palette.

import Settings
import Terminal

extension Color {
  /// The names of the terminal's own 16 colours, in their order.
  static let names = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white", "bright-black",
    "bright-red", "bright-green", "bright-yellow", "bright-blue", "bright-magenta", "bright-cyan",
    "bright-white",
  ]

  /// Reads `#rrggbb`, `default` or one of the 16 names; nil for anything else.
  init?(written text: String) {
    if text == "default" {
      self = .standard
    } else if let index = Color.names.firstIndex(of: text) {
      self = .named(UInt8(index))
    } else if text.utf8.count == 7, text.utf8.first == UInt8(ascii: "#"),
      text.utf8.dropFirst().allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let number = UInt32(text.dropFirst(), radix: 16)
    {
      self = .rgb(
        red: UInt8(number >> 16 & 0xFF), green: UInt8(number >> 8 & 0xFF),
        blue: UInt8(number & 0xFF), fallback: nil)
    } else {
      return nil
    }
  }
}

extension SettingsReader {
  /// An entry of a palette: a colour, or `{color: "#rrggbb", ansi: blue}`.
  mutating func paletteColor(_ setting: Setting) -> Color? {
    guard case .mapping = setting.node.value else { return color(setting, palette: [:]) }
    guard let entry = mapping(setting, known: ["color", "ansi"]),
      let written = required("color", in: entry), let color = color(written, palette: [:])
    else { return nil }
    guard let standIn = entry["ansi"] else { return color }
    guard let name = text(standIn) else { return color }
    guard let index = Color.names.firstIndex(of: name) else {
      let help = hint(for: name, among: Color.names)
      note(
        "\(quoted(standIn.path)) must be one of the terminal's 16 colours, not \(quoted(name))\(help)",
        at: standIn.node.place)
      return color
    }
    guard case .rgb(let red, let green, let blue, _) = color else {
      note(
        "\(quoted(standIn.path)) says nothing here: it stands in for a '#rrggbb' only.",
        at: standIn.node.place)
      return color
    }
    return .rgb(red: red, green: green, blue: blue, fallback: UInt8(index))
  }

  /// A colour as a face writes it. Names of the palette go first. What is `unreadable` there was told there.
  mutating func color(
    _ setting: Setting?, palette: [String: Color], unreadable: Set<String> = []
  ) -> Color? {
    guard let setting, let text = text(setting) else { return nil }
    if let color = palette[text] ?? Color(written: text) { return color }
    if unreadable.contains(text) { return nil }
    let place = setting.node.place
    if text.hasPrefix("#") {
      note(
        "\(quoted(text)) is not a colour: '#' and six hexadecimal digits are needed, '#rrggbb'.",
        at: place)
      return nil
    }
    let known = palette.keys.sorted() + ["default"] + Color.names
    let near = nearest(to: text, among: known).map { "; did you mean '\($0)'?" }
    let rest =
      palette.isEmpty
      ? "; write '#rrggbb' in quotation marks, 'default' or one of the terminal's 16 colours."
      : "; the palette has \(listed(palette.keys.sorted()))."
    note("\(quoted(text)) is not a colour\(near ?? rest)", at: place)
    return nil
  }
}

// Keys by the names that people have for them.

import Support

extension TypedKey {
  /// What a terminal sends for a script: letters as they are, and keys by their names in angles.
  ///
  /// - Throws: `HarnessError` for a name that no key has.
  static func bytes(of script: String) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = script[...]
    while let first = rest.first {
      guard first == "<", let end = rest.firstIndex(of: ">") else {
        bytes += String(first).utf8
        rest.removeFirst()
        continue
      }
      bytes += try self.bytes(named: rest[rest.index(after: rest.startIndex)..<end])
      rest = rest[rest.index(after: end)...]
    }
    return bytes
  }

  private static func bytes(named name: Substring) throws -> [UInt8] {
    if let key = named[String(name)] { return key.bytes }
    if let function = functions[String(name)] { return Array(function.utf8) }
    guard let last = name.last, name.dropLast().hasSuffix("-") else {
      throw HarnessError("no key is named <\(name)>")
    }
    switch name.dropLast(2) {
    case "Ctrl": return TypedKey.control(last).bytes
    case "Alt": return TypedKey.alt(Character(last.lowercased())).bytes
    default: throw HarnessError("no key is named <\(name)>")
    }
  }

  private static let named: [String: TypedKey] = [
    "Esc": .escape, "Enter": .enter, "Tab": .tab, "Shift-Tab": .backtab, "Backspace": .backspace,
    "Delete": .delete, "Up": .up, "Down": .down, "Left": .left, "Right": .right, "Home": .home,
    "End": .end, "PgUp": .pageUp, "PgDn": .pageDown, "Alt-Enter": .altEnter,
    "Alt-Backspace": .alt("\u{7F}"),
  ]

  private static let functions = [
    "F1": "\u{1B}OP", "F2": "\u{1B}OQ", "F3": "\u{1B}OR", "F4": "\u{1B}OS", "F6": "\u{1B}[17~",
    "Ctrl-Home": "\u{1B}[1;5H", "Ctrl-End": "\u{1B}[1;5F",
  ]
}

import Highlighting
import Settings
import Testing
import YAMLDocuments

/// The languages in `Sources/Languages`.
enum Files {
  static let folder =
    #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined() + "/Sources/Languages"
  static let names = YAMLFile.names(inFolder: folder)

  static func language(_ name: String) throws -> (language: Language, errors: [SettingsError]) {
    let path = "\(folder)/\(name).yaml"
    let document = try #require(try YAMLFile.read(path))
    return Language.read(document, file: path, stem: name)
  }
}

/// A language from the text of its file.
func read(_ text: String) throws -> (language: Language, errors: [SettingsError]) {
  Language.read(try YAMLDocument.read(text, file: "x.yaml"), file: "x.yaml", stem: "x")
}

extension Token {
  /// The letter of its kind.
  var letter: Character {
    switch kind {
    case .plain: "."
    case .comment: "c"
    case .keyword: "k"
    case .type: "t"
    case .function: "f"
    case .constant: "n"
    case .string: "s"
    case .number: "0"
    case .attribute: "a"
    case .variable: "v"
    case .property: "p"
    case .tag: "g"
    case .inserted: "+"
    case .deleted: "-"
    case .meta: "m"
    case .heading: "h"
    }
  }
}

/// A line as a letter for each character, under blanks a blank; the line holds nothing but ASCII.
func picture(_ line: String, _ tokens: [Token]) -> String {
  let letters = tokens.flatMap { Array(repeating: $0.letter, count: $0.byteCount) }
  var picture = ""
  for (character, letter) in zip(line, letters) { picture.append(character == " " ? " " : letter) }
  while picture.last == " " { picture.removeLast() }
  return picture
}

/// Each line of a text with its picture below it.
func pictures(_ lines: [String], _ language: Language) -> [String] {
  var highlighter = Highlighter(language)
  return lines.flatMap { [$0, picture($0, highlighter.tokens(of: $0))] }
}

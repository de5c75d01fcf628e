import Highlighting
import Markdown
import Support
import Terminal
import Testing
import YAMLDocuments

@testable import Interface

/// The languages in `Sources/Languages`.
func sourceLanguages() -> Languages {
  let folder =
    #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined() + "/Sources/Languages"
  let library = LanguageLibrary(
    folders: [folder],
    documents: .init(read: YAMLFile.read, head: YAMLFile.head, names: YAMLFile.names(inFolder:)))
  return Languages(library.language(named:))
}

private func styling(
  _ languages: Languages = sourceLanguages(), columns: Int = 30,
  theme: Theme = .standard(for: .dark)
) -> MarkdownStyling {
  MarkdownStyling(
    MessageLayout.Context(
      wrap: TextWrap(TextCells(widths: widths)), languages: languages,
      manner: TranscriptLayout.Manner(columns: columns, theme: theme), place: .init(), now: origin))
}

extension MarkdownLayout {
  fileprivate var allLines: [TextLine] { lines(0..<lineCount) }
}

extension TextLine {
  fileprivate var text: String { runs.map(\.text).joined() }
}

@Suite struct `Code in colours` {
  private static let pieces = [
    "\"", "'", "/*", "*/", "//", "#", "\n", "\n", "\r\n", "\\", "let", "Name", "f(", " ", "  ",
    "\t",
    "é", "e\u{301}", "\u{301}", "日本", "👩‍👩‍👧", "<a", ">", "\"\"\"", "1.5", "+", "-", ":", "=", "`",
    "\u{2028}",
    "<<EOF\n", "EOF\n", "<script>", "$x", "\u{600}1",
  ]
  private static let names = [
    "swift", "python", "html", "sh", "diff", "yaml", "js", "c++", "rust", "markdown", "lua", "odd",
    "../swift",
  ]

  /// Words and blocks of code, some of them without an end.
  private static func document(_ random: inout Seeded) -> String {
    var text = ""
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let name = names.randomElement(using: &random) ?? ""
      let indent = ["", "", "- "].randomElement(using: &random) ?? ""
      text += "words\n\n\(indent)```\(name)\n"
      for _ in 0..<Int.random(in: 0...25, using: &random) {
        text += pieces.randomElement(using: &random) ?? ""
      }
      text += ["\n```\n", "\n```\n\n", ""].randomElement(using: &random) ?? ""
    }
    return text
  }

  @Test(arguments: 1...40)
  func `is the same at every moment as of the text laid out at once`(seed: UInt64) {
    var random = Seeded(state: seed)
    let styling = styling()
    let text = Self.document(&random)
    var layout = MarkdownLayout()
    var rest = Array(text.unicodeScalars)[...]
    var prefix = ""
    while !rest.isEmpty {
      let count = Int.random(in: 1...8, using: &random)
      let delta = String(String.UnicodeScalarView(rest.prefix(count)))
      rest = rest.dropFirst(count)
      prefix += delta
      layout.append(delta, styling)
      #expect(
        layout.allLines == styling.lines(Block.parse(prefix)), "\(prefix.debugDescription)")
    }
    layout.finish(styling)
    #expect(layout.allLines == styling.lines(Block.parse(text)), "\(text.debugDescription)")
  }

  @Test(arguments: 1...40) func `has the same letters as without`(seed: UInt64) {
    var random = Seeded(state: seed)
    let text = Self.document(&random)
    let colored = styling().lines(Block.parse(text))
    let plain = styling(.none).lines(Block.parse(text))
    #expect(colored.map(\.text) == plain.map(\.text), "\(text.debugDescription)")
  }

  @Test(arguments: [
    "\"a\"\u{301} + 1", "// a\u{301}", "f\u{301}(1)", "1\u{301}.5", "\"a\"\u{200D}x",
  ])
  func `cuts no character in two`(line: String) {
    let text = "```swift\n\(line)\n```"
    let colored = styling().lines(Block.parse(text))
    let plain = styling(.none).lines(Block.parse(text))
    #expect(colored.map(\.text) == plain.map(\.text))
  }

  @Test func `has a face for each kind, with its name`() {
    for kind in TokenKind.allCases where kind != .plain {
      #expect(kind.face.name == "code-\(kind.rawValue)")
    }
  }

  @Test(arguments: ["", " nosuchlanguage", " ../swift", " swift/../c", " 日本"])
  func `needs a language that is known`(name: String) {
    let lines = styling().lines(Block.parse("```\(name)\nlet x = 1\n```"))
    #expect(lines.last?.runs.map(\.text) == ["  let x = 1"])
    #expect(lines.last?.runs.last?.style == Theme.standard(for: .dark).style(for: .codeBlock))
  }

  @Test func `costs a delta one line, and a block its lines once`() {
    let counted = CountedWidths()
    let styling = MarkdownStyling(
      MessageLayout.Context(
        wrap: TextWrap(TextCells(widths: counted.table)), languages: sourceLanguages(),
        manner: TranscriptLayout.Manner(columns: 40, theme: .standard(for: .dark)), place: .init(),
        now: origin))
    var layout = MarkdownLayout()
    layout.append("```swift\n" + String(repeating: "let ö = \"ö\" // ö\n", count: 2000), styling)
    for _ in 0..<20 {
      #expect(counted.count { layout.append("ö ", styling) } <= 200)
    }
    #expect(counted.count { layout.append("\n```\n\nEnd", styling) } <= 200)
  }

  // MARK: - Pictures

  /// Below each line of a block a letter for each cell's style: as `legend` says, and `?` for others.
  private func picture(_ text: String, theme: Theme, legend: [(Style, Character)]) -> [String] {
    styling(theme: theme).lines(Block.parse(text)).flatMap { line -> [String] in
      var letters = ""
      for run in line.runs {
        let letter = legend.first { $0.0 == run.style }?.1 ?? "?"
        for character in run.text { letters.append(character == " " ? " " : letter) }
      }
      while letters.last == " " { letters.removeLast() }
      return [line.text, letters]
    }
  }

  @Test func `tells code apart in the dark theme`() {
    let theme = Theme.standard(for: .dark)
    let faces: [(Face, Character)] = [
      (.muted, "m"), (.codeBlock, "."), (.codeKeyword, "k"), (.codeString, "s"), (.codeNumber, "0"),
      (.codeFunction, "f"),
    ]
    #expect(
      picture(
        "```swift\nlet x = f(\"a\", 1) // it's\n```", theme: theme,
        legend: faces.map { (theme.style(for: $0), $1) }) == [
          "  swift",
          "  mmmmm",
          "  let x = f(\"a\", 1) // it's",
          "  kkk . . f.sss. 0. mm mmmm",
        ])
  }

  @Test func `tells it apart without colours by weight alone`() {
    let theme = Theme.standard(for: .dark).withoutColors
    let legend: [(Style, Character)] = [
      (Style(), "."), (Style(attributes: .bold), "b"), (Style(attributes: .dim), "d"),
    ]
    #expect(
      picture("```swift\nlet x = f(\"a\") // it's\n```", theme: theme, legend: legend) == [
        "  swift",
        "  ddddd",
        "  let x = f(\"a\") // it's",
        "  bbb . . ...... dd dddd",
      ])
    #expect(
      picture("```diff\n@@ -1 +1 @@\n-old\n+new\n same\n```", theme: theme, legend: legend) == [
        "  diff", "  dddd",
        "  @@ -1 +1 @@", "  dd dd dd dd",
        "  -old", "  dddd",
        "  +new", "  bbbb",
        "   same", "   ....",
      ])
  }

  @Test func `shows a difference in colours`() {
    let theme = Theme.standard(for: .dark)
    let faces: [(Face, Character)] = [
      (.codeInserted, "+"), (.codeDeleted, "-"), (.codeMeta, "m"), (.codeBlock, "."),
    ]
    #expect(
      picture(
        "```diff\n@@ -1 +1 @@\n-old\n+new\n same\n```", theme: theme,
        legend: faces.map { (theme.style(for: $0), $1) }) == [
          "  diff", "  mmmm",
          "  @@ -1 +1 @@", "  mm mm mm mm",
          "  -old", "  ----",
          "  +new", "  ++++",
          "   same", "   ....",
        ])
  }
}

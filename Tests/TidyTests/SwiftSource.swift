// Just enough of Swift's grammar to read imports and words without being fooled by comments and
// strings.

/// The text of a Swift file, taken apart.
struct SwiftSource {
  /// The text with comments and the contents of strings and of raw identifiers blanked out. Lines stay
  /// lines.
  let code: String

  init(_ text: String) {
    var scanner = Scanner(text)
    scanner.scanCode(untilClosingParenthesis: false)
    code = String(String.UnicodeScalarView(scanner.output))
  }

  /// The modules it imports, in the order of the file, submodules by their first part.
  var imports: [String] {
    let kinds: Set<Substring> = [
      "actor", "class", "enum", "func", "let", "protocol", "struct", "typealias", "var",
    ]
    return code.matches(of: /(?:^|[\s;@])import\s+(\w+)(?:\s+(\w+))?/.anchorsMatchLineEndings())
      .map { match in
        if kinds.contains(match.1), let module = match.2 { return String(module) }
        return String(match.1)
      }
  }
}

/// Copies code and leaves blanks where something else stands.
private struct Scanner {
  private let input: [Unicode.Scalar]
  private var at = 0
  var output: [Unicode.Scalar] = []

  init(_ text: String) { input = Array(text.unicodeScalars) }

  private func looksAt(_ text: String) -> Bool {
    input[at...].starts(with: text.unicodeScalars)
  }

  private mutating func keep() {
    output.append(input[at])
    at += 1
  }

  private mutating func blank(_ count: Int = 1) {
    for _ in 0..<count where at < input.count {
      output.append(input[at] == "\n" ? "\n" : " ")
      at += 1
    }
  }

  /// Code up to the end, or up to the parenthesis that closes an interpolation.
  mutating func scanCode(untilClosingParenthesis: Bool) {
    var depth = 0
    while at < input.count {
      switch input[at] {
      case "(" where untilClosingParenthesis:
        depth += 1
        keep()
      case ")" where untilClosingParenthesis:
        if depth == 0 { return }
        depth -= 1
        keep()
      case "/" where looksAt("//"):
        while at < input.count, input[at] != "\n" { blank() }
      case "/" where looksAt("/*"):
        blankBlockComment()
      case "`":
        blank()
        while at < input.count, input[at] != "`", input[at] != "\n" { blank() }
        blank()
      case "\"":
        blankString(pounds: 0)
      case "#":
        let pounds = input[at...].prefix { $0 == "#" }.count
        let next = at + pounds
        if next < input.count, input[next] == "\"" {
          blank(pounds)
          blankString(pounds: pounds)
        } else {
          for _ in 0..<pounds { keep() }
        }
      default:
        keep()
      }
    }
  }

  private mutating func blankBlockComment() {
    var depth = 0
    repeat {
      if looksAt("/*") {
        depth += 1
        blank(2)
      } else if looksAt("*/") {
        depth -= 1
        blank(2)
      } else {
        blank()
      }
    } while depth > 0 && at < input.count
  }

  private mutating func blankString(pounds: Int) {
    let quote = looksAt("\"\"\"") ? "\"\"\"" : "\""
    let hashes = String(repeating: "#", count: pounds)
    blank(quote.count)
    while at < input.count {
      if looksAt(quote + hashes) { return blank(quote.count + pounds) }
      // A string of one line that does not end there was none (a quote in a regex, say).
      if quote.count == 1, input[at] == "\n" { return }
      if looksAt("\\" + hashes + "(") {
        blank(2 + pounds)
        scanCode(untilClosingParenthesis: true)
        blank()
      } else if looksAt("\\" + hashes) {
        blank(2 + pounds)
      } else {
        blank()
      }
    }
  }
}

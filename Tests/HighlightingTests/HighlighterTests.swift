import Support
import Testing

@testable import Highlighting

@Suite struct `A line's tokens` {
  private static let pieces = [
    "\"", "'", "`", "\\", "/*", "*/", "//", "#", "--", "{-", "-}", "<", ">", "</script", "<script>",
    "<<EOF", "EOF", "r#\"", "\"#", "[==[", "]==]", "\"\"\"", "'''", "if", "class", "Name", "x", "é",
    "日本", "e\u{301}", "👩‍👩‍👧", "0x1F", "1.5e-3", ".", "..", ":", "=", "==", "$", "@", "&amp;", "(", ")",
    "{", "}", "[", "]", " ", "  ", "\t", "\u{0}", "\u{1B}[31m", "\u{2028}", "+", "-", "|", "%", ";",
  ]

  static func text(_ random: inout Seeded, pieceCount: Int) -> String {
    var text = ""
    for _ in 0..<pieceCount { text += pieces.randomElement(using: &random) ?? "" }
    return text
  }

  @Test(arguments: Files.names) func `are the line, whatever stands in it`(name: String) throws {
    let language = try Files.language(name).language
    var random = Seeded(state: 7)
    var highlighter = Highlighter(language)
    for _ in 0..<200 {
      let line = Self.text(&random, pieceCount: Int.random(in: 0...30, using: &random))
      let tokens = highlighter.tokens(of: line)
      #expect(tokens.reduce(0) { $0 + $1.byteCount } == line.utf8.count, "\(line.debugDescription)")
      #expect(tokens.allSatisfy { $0.byteCount > 0 || line.isEmpty })
      #expect(zip(tokens, tokens.dropFirst()).allSatisfy { $0.kind != $1.kind })
    }
  }

  /// What could be looked for again and again.
  private static let hostile = [
    "a", " ", "a ", "(", "\"", "'", "\\", "#", "r#", "r", "[", "[=", "/", "/*", "*/", "<", "<a",
    "&",
    "<<", "<<a", "$", "${", "@", ":", "a:", "-", "--", ".", "0", "0.", "1e+", "{-", "`", "''", "é",
    "<script>", "</script", "\"\"\"", "%", "~",
  ]

  @Test(arguments: Files.names)
  func `cost no more than what is there, whatever stands in the line`(name: String) throws {
    let language = try Files.language(name).language
    for piece in Self.hostile {
      for opening in ["", "\"", "/*", "<a ", "#"] {
        let line = opening + String(repeating: piece, count: 800 / piece.utf8.count)
        var highlighter = Highlighter(language)
        _ = highlighter.tokens(of: line)
        // One look by each rule, and by each of the regions that begin with the same byte, which may
        // have a fence.
        #expect(highlighter.stepCount <= 50 * line.utf8.count, "\(opening)\(piece)")
      }
    }
  }

  @Test func `are one where the line is too long, and what was open stays open`() throws {
    let language = try read("comments: [{begin: '/*', end: '*/'}]").language
    let long = String(repeating: "x", count: Highlighter.lineLimitBytes - 2) + "*/"
    var highlighter = Highlighter(language)
    _ = highlighter.tokens(of: "/*")
    #expect(highlighter.tokens(of: long + "y") == [Token(.plain, byteCount: 4097)])
    #expect(highlighter.tokens(of: long) == [Token(.comment, byteCount: 4096)])
    #expect(highlighter.tokens(of: "a") == [Token(.plain, byteCount: 1)])
  }

  @Test func `count what is nested up to a limit`() throws {
    let language = try read("comments: [{begin: '(', end: ')', nested: true}]").language
    func isOpen(afterClosing count: Int) -> Bool {
      var highlighter = Highlighter(language)
      for _ in 0..<300 { _ = highlighter.tokens(of: "((") }
      for _ in 0..<count { _ = highlighter.tokens(of: ")") }
      return highlighter.tokens(of: "x") == [Token(.comment, byteCount: 1)]
    }
    #expect(isOpen(afterClosing: Carry.depthLimit - 1))
    #expect(!isOpen(afterClosing: Carry.depthLimit))
  }

  @Test func `know no fence and no heredoc that is too long`() throws {
    let language = try read(
      "strings: [{fence: '#', begin: '\"'}, {begin: '<<', heredoc: true}]"
    ).language
    func kind(_ line: String, then next: String) -> TokenKind? {
      var highlighter = Highlighter(language)
      _ = highlighter.tokens(of: line)
      return highlighter.tokens(of: next).first?.kind
    }
    let fence = String(repeating: "#", count: Region.fenceLimit)
    var highlighter = Highlighter(language)
    #expect(highlighter.tokens(of: "\(fence)\"a\"b\"\(fence)").map(\.kind) == [.string])
    #expect(highlighter.tokens(of: "#\(fence)\"").first?.kind == .plain)
    let word = String(repeating: "A", count: Carry.heredocLimitBytes)
    #expect(kind("<<\(word)", then: "x") == .string)
    #expect(kind("<<\(word)A", then: "x") == .plain)
  }

  @Test(arguments: [
    ("0xFF 0b1_0 1.5e-3 1e+9 .5 1...2 0xe+1", "0000 00000 000000 0000 00 0...0 000.0"),
    ("x.5 f(1).2 12px 1.", "..0 ..0..0 0000 0."),
  ])
  func `know numbers`(line: String, expected: String) throws {
    #expect(pictures([line], try read("name: x").language) == [line, expected])
  }

  @Test(arguments: [
    ("if x.if ..if", "kk .... ..kk"), ("type Name x", "kkkk tttt ."), ("type (Name", "kkkk ....."),
    ("IF If iffy", "kk kk ...."),
  ])
  func `know words`(line: String, expected: String) throws {
    let language = try read(
      "ignoreCase: true\nwords: {keyword: if type}\nafter: {type: type}"
    ).language
    #expect(pictures([line], language) == [line, expected])
  }

  @Test func `leave an apostrophe of a name alone`() throws {
    let rust = try Files.language("rust").language
    let line = "fn f<'a>(x: &'a T) -> 'static { x }"
    #expect(!picture(line, tokens(line, rust)).contains("s"))
  }

  private func tokens(_ line: String, _ language: Language) -> [Token] {
    var highlighter = Highlighter(language)
    return highlighter.tokens(of: line)
  }
}

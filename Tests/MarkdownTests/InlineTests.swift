import Markdown
import Testing

@Suite struct InlineTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var text: String
    var inlines: [Inline]

    init(_ text: String, _ inlines: Inline...) {
      self.text = text
      self.inlines = inlines
    }

    var testDescription: String { text.debugDescription }
  }

  static let markup = [
    Row(
      "*a* __b__ ~~c~~", .emphasis([.text("a")]), .text(" "), .strong([.text("b")]), .text(" "),
      .strikethrough([.text("c")])),
    Row("***a***", .emphasis([.strong([.text("a")])])),
    Row("**a *b* c**", .strong([.text("a "), .emphasis([.text("b")]), .text(" c")])),
    Row("snake_case_name * 2", .text("snake_case_name * 2")),
    Row("`a*b*` ``c`d``", .code("a*b*"), .text(" "), .code("c`d")),
    Row("`a\nb`", .code("a b")),
    Row("\\*a\\*", .text("*a*")),
    Row(
      "[a *b*](http://x.y 'title')",
      .link(address: "http://x.y", label: [.text("a "), .emphasis([.text("b")])])),
    Row("[a](</u v>)", .link(address: "/u v", label: [.text("a")])),
    Row("[a](/u?b=1&amp;c=2)", .link(address: "/u?b=1&c=2", label: [.text("a")])),
    Row("[a]\n\n[a]: /u", .link(address: "/u", label: [.text("a")])),
    Row("<http://x.y/z>", .link(address: "http://x.y/z", label: [.text("http://x.y/z")])),
    Row("![a *b* `c`](i.png)", .image(address: "i.png", alternative: "a b c")),
    Row("[![a](i)](u)", .link(address: "u", label: [.image(address: "i", alternative: "a")])),
    Row("a<br>b", .text("a<br>b")),
  ]

  static let entities = [
    Row("&lt;&amp;&gt; &nbsp;&mdash;", .text("<&> \u{A0}—")),
    Row("&#65;&#x42;&#X43;", .text("ABC")),
    Row("&#0;&#xD800;&#x110000;", .text("\u{FFFD}\u{FFFD}\u{FFFD}")),
    Row("&nosuchname; & &;", .text("&nosuchname; & &;")),
    Row("`&amp;`", .code("&amp;")),
  ]

  static let addresses = [
    Row(
      "see https://a.b/c_d_e?f=1&g, ok", .text("see "), bare("https://a.b/c_d_e?f=1&g"),
      .text(", ok")),
    Row("(http://a.b/c_(d))", .text("("), bare("http://a.b/c_(d)"), .text(")")),
    Row("HTTP://A.B.", bare("HTTP://A.B"), .text(".")),
    Row("www.a.b!", .link(address: "http://www.a.b", label: [.text("www.a.b")]), .text("!")),
    Row("见http://a.b/é", .text("见"), bare("http://a.b/é")),
    Row("http://localhost:8080", bare("http://localhost:8080")),
    Row("xhttp://a.b www. http://", .text("xhttp://a.b www. http://")),
    Row("*http://a.b*", .emphasis([bare("http://a.b")])),
    Row("`http://a.b`", .code("http://a.b")),
    Row("[http://a.b](u)", .link(address: "u", label: [.text("http://a.b")])),
  ]

  @Test(arguments: markup) func `reads spans`(row: Row) {
    #expect(Block.parse(row.text) == [.paragraph(row.inlines)])
  }

  @Test(arguments: entities) func `decodes entities`(row: Row) {
    #expect(Block.parse(row.text) == [.paragraph(row.inlines)])
  }

  @Test(arguments: addresses) func `finds bare addresses`(row: Row) {
    #expect(Block.parse(row.text) == [.paragraph(row.inlines)])
  }

  @Test func `gives the text without markup`() {
    guard case .paragraph(let inlines) = Block.parse("a *b **c*** `d`\n[e](f) ![g](h)").first else {
      Issue.record("no paragraph")
      return
    }
    #expect(inlines.plainText == "a b c d e g")
  }

  private static func bare(_ address: String) -> Inline {
    .link(address: address, label: [.text(address)])
  }
}

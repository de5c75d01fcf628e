// Formulas and footnotes, which CommonMark would swallow in part.

import Markdown
import Testing

@Suite struct `What is no markup` {
  private func text(_ markdown: String) -> String? {
    guard case .paragraph(let inlines) = Block.parse(markdown).first else { return nil }
    return inlines.count == 1 && inlines[0] == .text(inlines.plainText) ? inlines.plainText : nil
  }

  @Test(arguments: [
    #"\(a_1 * b_2 * c\)"#, #"so (\(x\)) and \(y_1 z_1\)."#, #"$$a_b * c_d * e$$"#, #"\[ [a](b) \]"#,
    #"\(\mathbf{x} \, \{ y \} \\ z\)"#, #"日本\(x\)"#, "a[^1] b[^2]", #"\( <b> &amp; \)"#,
    "[^1]: two words", "[^a-b]: word",
  ])
  func `stands as it is written`(markdown: String) {
    #expect(text(markdown) == markdown)
  }

  @Test func `holds no block either`() {
    #expect(Block.parse("\\[\na\n===\n- b\n\\]").count == 1)
    #expect(Block.parse("$$\n+ x\n# y\n$$").count == 1)
  }

  @Test func `lets emphasis go round it`() {
    #expect(Block.parse(#"**\(a * b\)**"#) == [.paragraph([.strong([.text(#"\(a * b\)"#)])])])
  }

  @Test func `finds the address in a footnote`() {
    #expect(
      Block.parse("a[^1]\n\n[^1]: https://a.b/c") == [
        .paragraph([.text("a[^1]")]),
        .paragraph([
          .text("[^1]: "), .link(address: "https://a.b/c", label: [.text("https://a.b/c")]),
        ]),
      ])
  }

  @Test(arguments: [
    (#"\(a"#, "(a"), (#"a\)"#, "a)"), (#"costs 5$$ or $"#, "costs 5$$ or $"),
    (#"\\(a\\)"#, #"\(a\)"#),
    (#"f\(a\)"#, "f(a)"),
  ])
  func `has both its signs and stands for itself`(markdown: String, shown: String) {
    #expect(text(markdown) == shown)
  }

  @Test func `ends at a blank line, a backtick and a fence`() {
    #expect(
      Block.parse("\\(*a*\n\n\\)").first == .paragraph([.text("("), .emphasis([.text("a")])]))
    #expect(
      Block.parse("`\\(` *a* `\\)`").first
        == .paragraph([
          .code(#"\("#), .text(" "), .emphasis([.text("a")]), .text(" "), .code(#"\)"#),
        ]))
    #expect(Block.parse("\\(\n~~~\na\n~~~\n\\)").count == 3)
  }

  @Test func `is nothing in code and in addresses`() {
    #expect(
      Block.parse("```\n\\(a\\)\n[^1]: b\n```") == [.code(language: nil, text: "\\(a\\)\n[^1]: b")])
    #expect(Block.parse("    \\(a\\)") == [.code(language: nil, text: "\\(a\\)")])
    #expect(
      Block.parse(#"[a](http://b.c/d_\(e\))"#)
        == [.paragraph([.link(address: "http://b.c/d_(e)", label: [.text("a")])])])
    #expect(
      Block.parse("[a]\n\n[a]: /u").first == .paragraph([.link(address: "/u", label: [.text("a")])])
    )
  }

  @Test(arguments: [#"\( "#, #"\[ "#, "$$ ", "[^", "[^a]:"])
  func `costs no more than the text is long`(unit: String) {
    let text = String(repeating: unit, count: 40_000)
    #expect(!Block.parse(text).isEmpty)
  }
}

import Support
import Testing

@testable import Interface

@Suite struct `What is looked for` {
  private func hits(_ words: String, in text: String) -> [String] {
    SearchWords(words)?.hits(in: text).map { range in
      String(decoding: Array(text.utf8)[range], as: UTF8.self)
    } ?? []
  }

  @Test func `is found in either case`() {
    #expect(hits("air", in: "Air, air, AIR, fair, ai r") == ["Air", "air", "AIR", "air"])
    #expect(hits("ÄRGER", in: "Ärger und ärger") == ["Ärger", "ärger"])
    #expect(hits("привет", in: "ПРИВЕТ") == ["ПРИВЕТ"])
    #expect(hits("日本", in: "in 日本 and 日木") == ["日本"])
  }

  @Test func `is found across line ends and any number of blanks`() {
    #expect(
      hits("two words", in: "two\n  words, two\twords, twowords") == ["two\n  words", "two\twords"])
    #expect(hits("  two   words", in: "two words") == ["two words"])
  }

  @Test func `is found through the marks of Markdown`() {
    #expect(hits("bold words", in: "some **bold** words") == ["bold** words"])
    #expect(hits("foobar", in: "`foo`bar") == ["foo`bar"])
    #expect(hits("**", in: "a ** b") == ["**"])
    #expect(hits("a*b", in: "a*b ab") == ["a*b"])
  }

  @Test func `overlaps nothing`() {
    #expect(hits("aa", in: "aaaaa") == ["aa", "aa"])
  }

  @Test func `is nothing while there are only blanks`() {
    #expect(SearchWords("") == nil)
    #expect(SearchWords(" \n") == nil)
  }

  @Test func `is the same in a text that arrives in pieces`() {
    var generator = Seeded(state: 7)
    let pieces = ["a", "b", "ab", "A", " ", "\n", "ä", "Ä", "*", "日", "a b", "👩‍💻", "e\u{301}"]
    for _ in 0..<500 {
      func some(_ count: Int) -> String {
        (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
      }
      guard let words = SearchWords(some(Int.random(in: 1...3, using: &generator))) else {
        continue
      }
      let text = some(Int.random(in: 0...30, using: &generator))
      var grown = ""
      var start = 0
      var found: [Range<Int>] = []
      for scalar in text.unicodeScalars {
        grown.unicodeScalars.append(scalar)
        start = withBytes(of: grown) { words.eachHit(in: $0, from: start) { found.append($0) } }
      }
      // Only how many blanks the last one stands for may differ: more of them may come.
      #expect(found.map(\.lowerBound) == words.hits(in: text).map(\.lowerBound))
    }
  }
}

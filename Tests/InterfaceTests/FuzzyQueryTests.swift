import Testing

@testable import Interface

struct `Searching by some letters` {
  private func score(_ query: String, _ title: String) -> Int? {
    var comparisons = 0
    return FuzzyQuery(query).score(FuzzyQuery.folded(title), comparisons: &comparisons)
  }

  /// The letters that count, in capitals.
  private func marked(_ query: String, _ title: String) -> String {
    let places = Set(FuzzyQuery(query).places(in: FuzzyQuery.folded(title)))
    return title.unicodeScalars.enumerated().map { place, scalar in
      places.contains(place) ? "[\(scalar)]" : "\(scalar)"
    }.joined()
  }

  @Test(arguments: [
    ("gpt5", "openai/gpt-5"), ("GPT", "openai/gpt-5"), ("gpt", "OpenAI/GPT-5"), ("", "anything"),
    ("g 5", "openai/gpt-5"), ("日", "a日b"), ("É", "aéb"), ("oo5", "openai/o-5"),
  ])
  func `finds letters in their order, whatever their case and whatever is between`(
    query: String, title: String
  ) {
    #expect(score(query, title) != nil)
  }

  @Test(arguments: [("5gpt", "openai/gpt-5"), ("gptt", "gpt"), ("x", ""), ("é", "e")])
  func `finds nothing else`(query: String, title: String) {
    #expect(score(query, title) == nil)
    #expect(FuzzyQuery(query).places(in: FuzzyQuery.folded(title)) == [])
  }

  @Test(arguments: [
    ("mini", "openai/gpt-mini", "openai/gemi-tini"), ("opus", "a/claude-opus", "o/p-u-s"),
    ("gm", "a/gpt-mini", "a/gpt5mini"), ("ll", "x/llama", "x/lalama"),
  ])
  func `likes letters side by side and at the start of words`(
    query: String, better: String, worse: String
  ) throws {
    #expect(try #require(score(query, better)) > (try #require(score(query, worse))))
  }

  @Test(arguments: [
    ("gm", "openai/gpt-mini", "openai/[g]pt-[m]ini"),
    ("mini", "m/i/nano-mini", "m/i/nano-[m][i][n][i]"), ("aa", "xaaa", "x[a][a]a"),
    ("ab", "a-ab", "a-[a][b]"), ("a", "ba-a", "ba-[a]"), ("", "abc", "abc"),
    ("abc", "ab-c-abc", "ab-c-[a][b][c]"), ("acb", "abcabcb", "[a]bcab[c][b]"),
  ])
  func `marks the letters that count`(query: String, title: String, picture: String) {
    #expect(marked(query, title) == picture)
  }

  @Test func `the marked letters are those of the query, whatever the title`() {
    // Every title of up to seven of three letters, one of which parts words.
    var titles: [[String]] = [[""]]
    for _ in 0..<7 {
      titles.append(titles[titles.count - 1].flatMap { [$0 + "a", $0 + "b", $0 + "-"] })
    }
    let query = FuzzyQuery("aba")
    for title in titles.joined() {
      let folded = FuzzyQuery.folded(title)
      var comparisons = 0
      let places = query.places(in: folded)
      #expect((query.score(folded, comparisons: &comparisons) == nil) == places.isEmpty)
      #expect(places == places.sorted() && Set(places).count == places.count)
      if !places.isEmpty { #expect(places.map { folded[$0] } == [0x61, 0x62, 0x61]) }
    }
  }

  @Test func `looks at so many letters and no more`() {
    var comparisons = 0
    let query = FuzzyQuery(String(repeating: "a", count: 10_000))
    _ = query.score(
      FuzzyQuery.folded(String(repeating: "a", count: 10_000)), comparisons: &comparisons)
    #expect(comparisons <= (FuzzyQuery.letterLimit + 1) * FuzzyQuery.titleLimit)
  }
}

import Highlighting
import Settings
import Testing

@Suite struct `A language's file` {
  @Test(arguments: [
    ("coments: ['#']", "x.yaml:1:1: 'coments' is not known; did you mean 'comments'?"),
    (
      "words: {keywrod: if}",
      "x.yaml:1:9: 'keywrod' is not known in 'words'; did you mean 'keyword'?"
    ),
    (
      "regions:\n  - {begin: a, kind: strnig}",
      "x.yaml:2:22: 'regions.kind' cannot be 'strnig'; did you mean 'string'?"
    ),
    ("regions: [{begin: a}]", "x.yaml:1:11: 'kind' is missing in 'regions'."),
    ("comments: [{end: a}]", "x.yaml:1:12: 'begin' is missing in 'comments'."),
    ("comments: ['']", "x.yaml:1:12: 'comments' is empty."),
    ("comments: '#'", "x.yaml:1:11: 'comments' must be a list ('[one, two]'), not '#'."),
    (
      "strings: [{begin: a, escape: ab}]",
      "x.yaml:1:30: 'strings.escape' must be one character of ASCII, not 'ab'."
    ),
    (
      "comments: [{begin: a, end: a, nested: true}]",
      "x.yaml:1:12: A region that begins and ends with the same sign cannot be nested."
    ),
    (
      "comments: [{begin: a, place: somewhere}]",
      "x.yaml:1:30: 'comments.place' cannot be 'somewhere'; known: anywhere, line, first, blank, border."
    ),
    ("keys: [{kind: type}]", "x.yaml:1:8: 'marks' is missing in 'keys'."),
    ("capitals: yes", "x.yaml:1:11: 'capitals' must be true or false, not 'yes'."),
    ("[]", "x.yaml:1:1: The document must be a mapping ('name: value'), not a list."),
  ])
  func `says what is wrong, where, and what would be right`(text: String, error: String) throws {
    #expect(try read(text).errors.map(\.description) == [error])
  }

  @Test func `is used as far as it is right`() throws {
    let language = try read("comments: ['#', '']\nfoo: 1\nwords: {keyword: if}").language
    #expect(pictures(["if x # y"], language) == ["if x # y", "kk . c c"])
  }

  @Test func `says when a word, a list or all words are too many`() throws {
    let long = String(repeating: "x", count: Language.wordLimitBytes + 1)
    #expect(
      try read("words: {keyword: \(long)}").errors.map(\.message) == [
        "'\(String(repeating: "x", count: 40))…' is longer than 64 bytes, which is the limit."
      ])
    let many = (0...Language.wordLimit).map { "w\($0)" }.joined(separator: " ")
    #expect(
      try read("words: {keyword: \(many)}").errors.map(\.message) == [
        "There are more than 4000 words, which is the limit."
      ])
    let half = (0...Language.wordLimit / 2).map { "v\($0)" }.joined(separator: " ")
    let other = (0...Language.wordLimit / 2).map { "w\($0)" }.joined(separator: " ")
    #expect(
      try read("words: {keyword: \(half), type: \(other)}").errors.map(\.message) == [
        "There are more than 4000 words, which is the limit."
      ])
    let list = Array(repeating: "'#'", count: Language.listLimit + 1).joined(separator: ", ")
    #expect(
      try read("comments: [\(list)]").errors.map(\.message) == [
        "'comments' has 65 entries; the limit is 64."
      ])
  }

  @Test func `may be empty`() throws {
    let (language, errors) = try read("")
    #expect(errors == [])
    #expect(language.name == "x")
    #expect(pictures(["if 1"], language) == ["if 1", ".. 0"])
  }
}

import Testing

@Suite struct `The table of cases` {
  private static func file(_ name: String, _ tests: String...) -> (path: String, text: String) {
    ("Tests/\(name).swift", tests.map { "@Test func `\($0)`() {}" }.joined(separator: "\n"))
  }

  @Test func `is complete, and the tests are where it says`() throws {
    let tidy = TidyTests()
    let table = CaseTable(markdown: try #require(tidy.checkout.text(of: "Tests/README.md")))
    #expect(table.rows.count == 121)
    for complaint in table.complaints(files: tidy.files) { Issue.record("\(complaint)") }
  }

  @Test func `finds what is missing, moved, doubled or without a reason`() {
    let table = CaseTable(
      markdown: """
        | case | what | where |
        | S01 | two cancels | `A/One` |
        | S02 | both ends | `A/One`, `A/Two` |
        | S03 | all exits | none: no |
        | S04 | the owner goes | none: there is no owner here |
        | S05 | twice |  |
        | S06 | once | `A/Two` |
        | S06 | again | `A/Two` |
        """)
    let complaints = table.complaints(files: [
      Self.file("A/One", "S01 two cancels", "S04 the owner goes"),
      Self.file("A/Two", "S01 S06 both", "S99 what is this"),
    ])
    #expect(
      complaints.filter { !$0.hasSuffix("has 0 rows") } == [
        "S01 is tested in A/Two as well, and its row does not say so",
        "S02 is in no name of a test in A/One", "S02 is in no name of a test in A/Two",
        "S03 has no reason", "S04 has a test and a reason for none",
        "S05 has neither a test nor a reason", "S06 has 2 rows", "there is no case S99",
      ])
    #expect(complaints.count { $0.hasSuffix("has 0 rows") } == 121 - 6)
  }
}

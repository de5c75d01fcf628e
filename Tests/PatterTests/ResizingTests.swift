// Any size of the terminal, at any time.

import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct ResizingTests {
  private static let longText = "```\n" + (1...30).map { "row \($0)\n" }.joined()

  @Test func `the reply goes on through every size and the page comes back`() throws {
    let server = try LoopbackServer(
      .reply([
        .words(Self.longText), .gate("one"), .words("in a small one\n"), .gate("two"),
        .words("in a tiny one\n"), .gate("three"), .words("in one cell\n"), .gate("four"),
        .words("and back\n```\n"),
      ]))
    let chat = try Journey(with: server)
    try chat.ask("hi")
    try chat.see("row 30")

    chat.patter.resize(rows: 12, columns: 40)
    try chat.waitUntil("the small page") {
      $0.statusLine.contains("Esc stop") && $0.shows("row 30") && !$0.shows("row 20")
    }
    server.open(gate: "one")
    try chat.see("in a small one")

    chat.patter.resize(rows: 5, columns: 20)
    try chat.waitUntil("the tiny page") {
      $0.statusLine.contains("test") && $0.row(3).hasPrefix("› ") && $0.shows("in a small one")
    }
    server.open(gate: "two")
    try chat.see("in a tiny one")

    chat.patter.resize(rows: 1, columns: 1)
    try chat.waitUntil("one cell of the composer") { $0.row(0) == "A" }
    server.open(gate: "three")

    chat.patter.resize(rows: 24, columns: 80)
    try chat.waitUntil("the page of before") {
      $0.statusLine.contains("Esc stop") && $0.shows("row 30") && $0.shows("in one cell")
    }
    server.open(gate: "four")
    try chat.see("and back")
    try chat.seeIdle()
    let rows = chat.picture.rows.map { $0.trimmed }
    let end = ["row 30", "in a small one", "in a tiny one", "in one cell", "and back"]
    #expect(rows.contains(subsequence: end))
    #expect(chat.picture.row(22) == "  › Ask something")
    try chat.leave()
  }

  @Test(arguments: [(24, 80), (5, 20), (2, 10), (1, 1), (1, 200), (60, 1)])
  func `begins, chats and leaves in a terminal of any size`(rows: Int, columns: Int) throws {
    let server = try LoopbackServer(.held("你好 Hello"))
    let chat = try Journey(
      BuiltProgram.path("patter"), ["-m", "openai/test", "hi"],
      variables: Dialect.openAI.variables(port: server.port), rows: rows, columns: columns)
    _ = server.chatBody(1)
    chat.press(.control("c"))
    #expect(server.sawClose(ofChat: 1))
    try chat.leave()
  }

  @Test func `a storm of sizes leaves the right page`() throws {
    let chat = try Journey(with: nil)
    try chat.draft("unsent")
    let before = chat.picture.text
    for step in 1...60 {
      chat.patter.resize(rows: 1 + step * 7 % 40, columns: 1 + step * 13 % 120)
      chat.type("\u{1B}[C")
    }
    chat.patter.resize(rows: 24, columns: 80)
    try chat.waitUntil("the page of before") { $0.text == before }
    try chat.quitWithDraft()
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop { $0 == " " || $0 == "│" })
  }
}

extension [String] {
  fileprivate func contains(subsequence wanted: [String]) -> Bool {
    indices.contains { self[$0...].starts(with: wanted) }
  }
}

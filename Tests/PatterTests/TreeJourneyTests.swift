// Branches on a terminal: the tree, what is stepped among, what is sent from where.

import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct TreeJourneyTests {
  /// Somebody who asked about the sky, then about grass in the place of that, and went on.
  private func branched(
    with server: LoopbackServer, rows: Int = 24, columns: Int = 80
  ) throws -> Journey {
    let chat = try Journey(with: server, rows: rows, columns: columns)
    try chat.ask("what is the sky")
    try chat.see("Blue.")
    try chat.seeIdle()
    chat.press(.alt("e"))
    try chat.see("edits the last prompt")
    chat.press(.control("u"))
    try chat.seeNo("› what is the sky")
    try chat.ask("what is grass")
    try chat.see("Green.")
    try chat.seeIdle()
    try chat.ask("why")
    try chat.see("Chlorophyll.")
    try chat.seeIdle()
    return chat
  }

  @Test(arguments: [(24, 80), (50, 160)])
  func `the tree shows every branch, and what is sent from one is what stands on it`(
    rows: Int, columns: Int
  ) throws {
    let server = try LoopbackServer(
      .reply("Blue."), .reply("Green."), .reply("Chlorophyll."), .reply("Mirrors it."))
    let chat = try branched(with: server, rows: rows, columns: columns)
    chat.press(.function(6))
    // The last row is drawn last.
    try chat.see("Enter goes there · Alt-E edits it · Esc closes")
    let listColumns = columns == 80 ? 76 : 84
    func row(_ words: String, _ version: String = "") -> String {
      let end = "  " + String(repeating: " ", count: 5 - version.count) + version
      let start = "  " + words
      let width = 2 + listColumns - end.count
      return start + String(repeating: " ", count: width - start.count) + end
    }
    let shown = (1...6).map { row in
      String(chat.picture.row(row).prefix(2 + listColumns))
    }
    func trimmed(_ row: String) -> String {
      String(row.reversed().drop { $0 == " " }.reversed())
    }
    #expect(
      shown.map(trimmed)
        == [
          row("  ├ You  what is the sky", "‹1/2›"), row("  │ test  Blue."),
          row("● └ You  what is grass", "‹2/2›"), row("● test  Green."), row("● You  why"),
          row("● test  Chlorophyll."),
        ].map(trimmed))
    chat.press(.home)
    chat.press(.enter)
    try chat.see("You ‹1/2›")
    try chat.see("Blue.")
    try chat.seeNo("Green.")
    try chat.ask("and the sea")
    try chat.see("Mirrors it.")
    let body = try #require(server.chatBody(4))
    #expect(body.contains("what is the sky") && body.contains("Blue."))
    #expect(!body.contains("grass") && !body.contains("Chlorophyll."))
    try chat.leave()
  }

  @Test func `a reply streams on under the tree and on another branch, until Esc stops it`() throws
  {
    let server = try LoopbackServer(
      .reply("Blue."), .reply("Green."), .reply("Chlorophyll."),
      .reply([.words("Under"), .gate("more"), .words(" the tree"), .gate("never opened")]))
    let chat = try branched(with: server)
    try chat.ask("go on")
    try chat.see("Under")
    chat.press(.function(6))
    try chat.see("live")
    chat.press(.home)
    try chat.see("  what is the sky")
    server.open(gate: "more")
    try chat.see("test  Under the tree")
    chat.press(.enter)
    try chat.see("You ‹1/2›")
    try chat.see("on another branch")
    chat.press(.escape)
    try chat.seeNo("on another branch")
    #expect(server.sawClose(ofChat: 4))
    chat.press(.alt("."))
    try chat.see("You ‹2/2›")
    chat.press(.end)
    try chat.see("■ stopped here")
    try chat.leave()
  }

  @Test func `an earlier prompt is edited, and the page stays with what was said before it`() throws
  {
    let server = try LoopbackServer(
      .reply("Blue."), .reply("Green."), .reply("Chlorophyll."), .reply("Shade."))
    let chat = try branched(with: server)
    chat.type("/edit")
    chat.press(.enter)
    try chat.see("Edit prompt ›")
    chat.press(.down)
    chat.press(.enter)
    try chat.see("edits prompt 1 of 2")
    try chat.see("› what is grass")
    chat.press(.escape)
    try chat.see("Ask something")
    chat.press(.alt("e"))
    try chat.see("› why")
    chat.type(" not")
    chat.press(.enter)
    try chat.see("Shade.")
    let body = try #require(server.chatBody(4))
    #expect(body.contains("what is grass") && body.contains("Green.") && body.contains("why not"))
    #expect(!body.contains("Chlorophyll."))
    try chat.see("You ‹2/2›")
    try chat.leave()
  }
}

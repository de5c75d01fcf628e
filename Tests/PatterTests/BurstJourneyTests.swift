// Pastes on a terminal that puts no brackets around them: nothing is sent that nobody sent.

import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct BurstJourneyTests {
  @Test func `one pasted line is written into the draft`() throws {
    let server = try LoopbackServer()
    let chat = try Journey(with: server)
    chat.type("a line that somebody pasted")
    try chat.see("› a line that somebody pasted")
    #expect(server.openedConnectionCount == 0)
    try chat.quitWithDraft()
  }

  @Test(arguments: [3, 300, 3_000])
  func `pasted lines wait to be sent`(count: Int) throws {
    let server = try LoopbackServer(.reply("Thanks."))
    let chat = try Journey(with: server, rows: 60)
    chat.type((1...count).map { "line \($0)\r" }.joined())
    // A long paste is folded, and on a busy machine it is several, for it comes in pieces; those that are
    // short are not folded. A line that is cut between two of them counts in both, a label may break.
    try chat.waitUntil("the paste") { picture in
      let text = picture.text.filter { !$0.isWhitespace }
      let folded = text.matches(of: /\[pasted(\d+)lines\]/).compactMap { Int($0.1) }
      let shown = text.matches(of: /line\d+/).count
      return text.contains("line\(count)") || folded.reduce(shown, +) >= count
    }
    #expect(server.openedConnectionCount == 0)
    chat.press(.enter)
    try chat.see("Thanks.")
    let body = try #require(server.chatBody(1))
    #expect(body.contains((1...count).map { "line \($0)" }.joined(separator: #"\n"#)))
    #expect(server.chats.count == 1)
    try chat.leave()
  }

  @Test func `control characters among them do nothing`() throws {
    let server = try LoopbackServer(.reply("Thanks."))
    let chat = try Journey(with: server)
    chat.type("one\rt\u{07}w\u{00}o\u{04}\u{1A}\u{15}\tand\u{7F}\r\u{1B}[31mthree\u{1B}[0m\rfour")
    try chat.see("four")
    #expect(server.openedConnectionCount == 0)
    chat.press(.enter)
    try chat.see("Thanks.")
    #expect(try #require(server.chatBody(1)).contains(#"one\ntwo\tand\nthree\nfour"#))
    try chat.leave()
  }

  @Test(arguments: ["\u{1B}", "\u{03}"])
  func `Esc and Ctrl-C among them stop the reply`(stop: String) throws {
    let server = try LoopbackServer(.held("Hello"))
    let chat = try Journey(with: server)
    try chat.ask("hi")
    try chat.see("Hello")
    chat.type("one\rtwo" + stop)
    #expect(server.sawClose(ofChat: 1))
    try chat.see("■ stopped here")
    try chat.see("› one")
    try chat.see("  two")
    #expect(server.chats.count == 1)
    try chat.quitWithDraft()
  }

  @Test func `what is typed behind them is typed`() throws {
    let chat = try Journey(with: nil)
    chat.type("one\rtwo\r")
    try chat.see("  two")
    chat.type("three")
    try chat.see("  three")
    try chat.quitWithDraft()
  }

  @Test func `a terminal that brackets its pastes may send lines at once`() throws {
    let server = try LoopbackServer(.reply("Thanks."))
    let chat = try Journey(with: server)
    chat.press(.paste("pasted"))
    try chat.see("› pasted")
    chat.type(" and typed\rnext")
    try chat.see("Thanks.")
    try chat.see("› next")
    #expect(try #require(server.chatBody(1)).contains("pasted and typed"))
    try chat.quitWithDraft()
  }
}

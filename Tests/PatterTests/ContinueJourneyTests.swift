// The rest of a reply that was cut, from servers that begin it in ways of their own.

import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct ContinueJourneyTests {
  static let beginnings = [
    " the lazy dog.", "fox jumps over the lazy dog.", "Continuing:\n\nfox jumps over the lazy dog.",
    "Sure, here is the rest:\n\nbrown fox jumps over the lazy dog.",
    "The quick brown fox jumps over the lazy dog.",
  ]

  @Test(arguments: beginnings)
  func `joins what was there, however the server begins`(beginning: String) throws {
    let server = try LoopbackServer(
      .held("The quick brown fox jumps over"), .reply(beginning), .reply("Indeed."))
    let chat = try Journey(with: server)
    try chat.ask("what does it do")
    try chat.see("The quick brown fox jumps over")
    chat.press(.escape)
    try chat.see("■ stopped here")
    chat.press(.alt("k"))
    try chat.see("The quick brown fox jumps over the lazy dog.")
    try chat.seeIdle()
    #expect(!chat.picture.shows("Continuing") && !chat.picture.shows("here is the rest"))
    #expect(try #require(server.chatBody(2)).contains("quick brown fox jumps over"))
    // The whole counts from then on, and the request for it stands nowhere.
    try chat.ask("really")
    try chat.see("Indeed.")
    let sent = try #require(server.chatBody(3))
    #expect(sent.contains("The quick brown fox jumps over the lazy dog."))
    #expect(!sent.contains("was cut off"))
    // The reply as it was cut is a sibling.
    chat.press(.alt(","))
    try chat.seeNo("lazy dog")
    #expect(chat.picture.shows("The quick brown fox jumps over"))
    try chat.leave()
  }
}

// Keys that are read at once, as over a slow line: each means what it would mean alone.

import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct KeysAtOnceTests {
  private static func bytes(_ keys: TypedKey...) -> String {
    String(decoding: keys.flatMap(\.bytes), as: UTF8.self)
  }

  /// A chat with one reply of so many paragraphs, drawn to its end.
  private static func chat(_ server: LoopbackServer) throws -> Journey {
    let chat = try Journey(with: server)
    try chat.ask("count")
    try chat.see("line 90")
    try chat.seeIdle()
    return chat
  }

  private static func server() throws -> LoopbackServer {
    let text = (1...90).map { "line \($0)\n\n" }.joined()
    return try LoopbackServer(
      .eventStream([.openAIDelta(text), .openAIFinish(), .openAIDone]))
  }

  @Test func `a page down goes on from the message that was gone to`() throws {
    let chat = try Self.chat(Self.server())
    // Alt-Up, Page Down: from the reply's head, and not from the end.
    chat.type("\u{1B}[1;3A" + Self.bytes(.pageDown))
    try chat.see("line 11")
    #expect(!chat.picture.shows("line 90"))
    try chat.leave()
  }

  @Test func `two jumps pass two messages`() throws {
    let chat = try Self.chat(Self.server())
    chat.type("\u{1B}[1;3A\u{1B}[1;3A")
    try chat.see("count")
    #expect(chat.picture.row(of: "  You") == 0)
    try chat.leave()
  }

  @Test func `a hint is known as soon as it is asked for`() throws {
    let chat = try Self.chat(Self.server())
    chat.type(Self.bytes(.alt("c")) + "a")
    try chat.seeSentence("of the reply to the terminal's clipboard")
    try chat.leave()
  }

  @Test func `help scrolls by a page from its top`() throws {
    let chat = try Journey(with: nil)
    chat.type("\u{1B}OP" + Self.bytes(.pageDown))
    try chat.see("scroll down")
    #expect(!chat.picture.shows("send the draft; while"))
    #expect(!chat.picture.shows("Slash commands"))
    chat.press(.escape)
    try chat.seeNo("scroll down")
    try chat.leave()
  }
}

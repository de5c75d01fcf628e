// Pastes in brackets, on a terminal: whatever stands in them arrives as text, and nothing of it is obeyed.

import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct PasteJourneyTests {
  /// What of the program's output is not in its vocabulary.
  private static func faults(_ chat: Journey) -> [String] {
    var vocabulary = TerminalVocabulary(rows: 24, columns: 80)
    vocabulary.read(chat.patter.bytes)
    return vocabulary.faults
  }

  /// A paste, and what of it is sent, as it stands in JSON.
  private static let hostile: [(pasted: String, sent: String)] = [
    ("one\r\ntwo\rthree\nfour\r\n\r\nsix", #"one\ntwo\nthree\nfour\n\nsix"#),
    ("a\u{1B}[31mred\u{1B}[0m\u{1B}[2Jb", "a[31mred[0m[2Jb"),
    ("a\u{1B}]0;title\u{7}b\u{1B}]52;c;aGk=\u{1B}\\c", #"a]0;titleb]52;c;aGk=\\c"#),
    // The end mark, but for one byte, or as its C1 form; and another beginning.
    ("a\u{1B}[201xb\u{1B}[20~c\u{1B}\u{1B}[201;1~d\u{9B}201~e", "a[201xb[20~c[201;1~d201~e"),
    ("a\u{1B}[200~b\u{1B}[20\u{1B}[20c", "a[200~b[20[20c"),
    ("a\u{0}b\u{1}\u{3}\u{4}\u{1A}c\u{8}\u{7F}d\te", #"abcd\te"#),
    ("a\u{80}\u{90}\u{9B}2J\u{9C}\u{9D}2;title\u{9F}b", "a2J2;titleb"),
    (
      "a\u{202E}b\u{202C}\u{2066}c\u{2069}\u{200F}d",
      "a\u{202E}b\u{202C}\u{2066}c\u{2069}\u{200F}d"
    ),
  ]

  @Test(arguments: hostile.indices)
  func `control characters in a paste are no keys, and are not sent`(index: Int) throws {
    let (pasted, sent) = Self.hostile[index]
    let server = try LoopbackServer(.reply("Thanks."))
    let chat = try Journey(with: server)
    chat.press(.paste("<\(pasted)>"))
    chat.type("!")
    try chat.waitUntil("the paste") { $0.shows(">!") }
    #expect(server.openedConnectionCount == 0)
    chat.press(.enter)
    try chat.see("Thanks.")
    try chat.seeIdle()
    let body = try #require(server.chatBody(1))
    #expect(body.contains("\"<\(sent)>!\""))
    #expect(Self.faults(chat) == [])
    try chat.leave()
  }

  private static let lines = (1...214).map { "line \($0) of the file" }

  @Test func `a long paste folds, goes with one key, comes back, and is sent whole`() throws {
    let server = try LoopbackServer(.reply("Thanks."))
    let chat = try Journey(with: server)
    try chat.draft("see")
    chat.press(.paste(Self.lines.joined(separator: "\r\n")))
    try chat.see("› see[pasted 214 lines]")
    chat.press(.backspace)
    try chat.seeNo("[pasted")
    chat.press(.control("_"))
    try chat.see("› see[pasted 214 lines]")
    chat.type("thanks")
    try chat.see("› see[pasted 214 lines]thanks")
    chat.press(.enter)
    try chat.see("Thanks.")
    let sent = "\"see\(Self.lines.joined(separator: #"\n"#))thanks\""
    #expect(try #require(server.chatBody(1)).contains(sent))
    #expect(Self.faults(chat) == [])
    try chat.leave()
  }

  @Test func `a folded paste opens, can be changed, folds by undo, and is sent as it stands`()
    throws
  {
    let server = try LoopbackServer(.reply("Thanks."))
    let chat = try Journey(with: server)
    chat.press(.paste(Self.lines.joined(separator: "\n")))
    try chat.see("› [pasted 214 lines]")
    chat.press(.alt("o"))
    try chat.see("line 214 of the file")
    chat.press(.control("_"))
    try chat.see("› [pasted 214 lines]")
    chat.press(.alt("o"))
    try chat.see("line 214 of the file")
    for _ in 1...4 { chat.press(.backspace) }
    chat.type("page")
    try chat.see("line 214 of the page")
    chat.press(.enter)
    try chat.see("Thanks.")
    let sent = Self.lines.dropLast().joined(separator: #"\n"#) + #"\nline 214 of the page"#
    #expect(try #require(server.chatBody(1)).contains("\"\(sent)\""))
    try chat.leave()
  }
}

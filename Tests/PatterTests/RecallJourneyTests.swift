// Earlier prompts and slash commands on a terminal: found, completed, chosen.

import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct RecallJourneyTests {
  @Test func `an earlier prompt is found by what is typed while a reply streams, and sent again`()
    throws
  {
    let server = try LoopbackServer(
      .reply("One."), .reply("Two."), .reply([.words("Hel"), .gate("go on"), .words("lo")]),
      .reply("Again."))
    let chat = try Journey(with: server)
    try chat.ask("red car")
    try chat.see("One.")
    try chat.seeIdle()
    try chat.ask("blue car")
    try chat.see("Two.")
    try chat.seeIdle()
    try chat.ask("house")
    try chat.see("Hel")
    try chat.draft("car")
    chat.press(.control("r"))
    try chat.see("Earlier prompt › car")
    try chat.see("2 of 3")
    server.open(gate: "go on")
    try chat.see("Hello")
    chat.press(.control("r"))
    chat.press(.enter)
    try chat.see("› red car")
    try chat.seeIdle()
    chat.press(.enter)
    try chat.see("Again.")
    #expect(try #require(server.chatBody(3)).contains("red car"))
    try chat.leave()
  }

  @Test func `a long paste comes back folded, and Esc leaves the draft`() throws {
    let server = try LoopbackServer(.reply("Read."))
    let chat = try Journey(with: server)
    let lines = (1...40).map { "line \($0)" }.joined(separator: "\n")
    chat.press(.paste(lines))
    try chat.see("[pasted 40 lines]")
    chat.press(.enter)
    try chat.see("Read.")
    try chat.draft("line 17")
    chat.press(.control("r"))
    try chat.see("1 of 1")
    chat.press(.escape)
    try chat.seeNo("Earlier prompt")
    try chat.see("› line 17")
    chat.press(.control("r"))
    try chat.see("1 of 1")
    chat.press(.enter)
    try chat.see("› [pasted 40 lines]")
    try chat.quitWithDraft()
  }

  @Test func `a command is completed as it is typed, and a row of it chosen`() throws {
    let chat = try Journey(with: nil)
    chat.type("/")
    try chat.see("/help [COMMAND]")
    chat.type("us")
    try chat.seeNo("/help [COMMAND]")
    try chat.see("show what the conversation took")
    chat.press(.tab)
    try chat.see("› /usage")
    chat.press(.control("u"))
    try chat.see("Ask something")
    chat.type("/tra")
    try chat.see("show what became of each stream")
    chat.press(.down)
    chat.press(.enter)
    try chat.see("Esc closes")
    try chat.seeNo("› /tra")
    chat.press(.escape)
    try chat.seeNo("Esc closes")
    try chat.leave()
  }

  @Test func `the values of an argument are listed: themes, and models that are asked for once`()
    throws
  {
    let server = try LoopbackServer(.openAIModels(["large", "mini", "test"]))
    let chat = try Journey(with: server)
    chat.type("/theme patter-l")
    try chat.see("Patter Light")
    chat.press(.control("u"))
    chat.type("/model ")
    try chat.see("openai/large")
    chat.type("openai/m")
    try chat.seeNo("openai/large")
    chat.press(.tab)
    try chat.see("› /model openai/mini")
    chat.press(.enter)
    try chat.see("mini · ")
    #expect(server.requests.count == 1)
    try chat.leave()
  }
}

// The picker of models over a chat, with servers behind it.

import Glibc
import LoopbackTests
import Support
import Testing

@Suite(.everyConnectionCloses) struct ModelPickerJourneyTests {
  @Test func `a model is found by some letters and chosen, and the reply goes on meanwhile`() throws
  {
    let server = try LoopbackServer(
      .reply([.words("Hel"), .gate("go on"), .words("lo")]),
      .openAIModels(["large", "mini", "test"]), .reply("Me too."))
    let chat = try Journey(with: server)
    try chat.ask("hi")
    try chat.see("Hel")
    chat.press(.alt("m"))
    try chat.see("openai/large")
    try chat.see("● openai/test")
    server.open(gate: "go on")
    chat.type("mn")
    try chat.see("1 of 4")
    chat.press(.enter)
    try chat.see("Hello")
    try chat.see("mini")
    try chat.ask("and you?")
    try chat.see("Me too.")
    #expect(try #require(server.chatBody(2)).contains(#""model":"mini""#))
    try chat.leave()
  }

  @Test func `the lists of an earlier run are there at once, and nobody is asked again`() throws {
    let home = try TestHome()
    let server = try LoopbackServer(.openAIModels(["large", "test"]))
    for _ in 0..<2 {
      let chat = try Journey(with: server, home: home)
      try chat.ask("/model")
      try chat.see("openai/large")
      try chat.seeNo("looking …")
      chat.press(.escape)
      try chat.seeNo("openai/large")
      try chat.leave()
    }
    #expect(server.requests.count == 1)
  }

  @Test func `a start that nobody picks a model in neither reads nor writes a list`() throws {
    let home = try TestHome()
    let server = try LoopbackServer(.reply("Hello"))
    let chat = try Journey(with: server, home: home)
    try chat.ask("hi")
    try chat.see("Hello")
    try chat.seeIdle()
    try chat.leave()
    #expect(access("\(home.path)/.cache/patter", F_OK) != 0)
    #expect(server.requests.count == 1)
  }

  @Test func `leaving while a list is on its way waits for nobody`() throws {
    let server = try LoopbackServer(.init(.gate(LoopbackServer.Response.shut)))
    let chat = try Journey(with: server)
    try chat.ask("/model")
    try chat.see("looking …")
    chat.press(.escape)
    try chat.seeNo("looking …")
    try chat.leave()
    #expect(server.hasNoConnection)
  }
}

// The rows of the key table that are about replies: who is asked, and when it ends.

import Interface
import LoopbackTests
import Support
import Testing

extension BindingScript {
  static let replies: [BindingScript] = [
    BindingScript("send the draft; while a reply is live, replace it") { key in
      let server = try LoopbackServer(.held("Old"), .reply("New"))
      let chat = try Journey(with: server)
      try chat.draft("first")
      chat.press(key)
      try chat.see("Old")
      try chat.draft("second")
      chat.press(key)
      try chat.see("New")
      try chat.see("■ superseded here")
      try chat.leave()
    },
    BindingScript(
      "send the draft behind the live reply (or replace it, where Enter waits)", in: .draft
    ) { key in
      let server = try LoopbackServer(
        .reply([.words("Old"), .gate("go on"), .words(" and whole.")]), .reply("New"))
      let chat = try Journey(with: server)
      try chat.ask("first")
      try chat.see("Old")
      try chat.draft("second")
      chat.press(key)
      try chat.see("The prompt waits for the end of the reply.")
      #expect(server.chats.count == 1)
      server.open(gate: "go on")
      try chat.see("New")
      #expect(try #require(server.chatBody(2)).contains("Old and whole."))
      #expect(!chat.picture.shows("superseded"))
      try chat.leave()
    },
    BindingScript(
      "send the draft behind the live reply (or replace it, where Enter waits)", in: .draft
    ) { key in
      let server = try LoopbackServer(.held("Old"), .held("New"))
      let chat = try Journey(with: server, home: .configured("send: queue"))
      try chat.ask("first")
      try chat.see("Old")
      try chat.ask("second")
      try chat.see("next   second")
      try chat.draft("third")
      chat.press(key)
      try chat.see("New")
      try chat.see("■ superseded here")
      #expect(try #require(server.chatBody(2)).contains("third"))
      #expect(chat.picture.shows("next   second"))
      chat.press(.control("c"))
      try chat.see("■ stopped here")
      chat.press(.escape)
      try chat.see("› second")
      try chat.quitWithDraft()
    },
    BindingScript("list the prompts that wait: move them, take them back") { key in
      let server = try LoopbackServer(
        .reply([.words("Old"), .gate("go on"), .words(" and whole.")]), .held("New"))
      let chat = try Journey(with: server, home: .configured("send: queue"))
      try chat.ask("first")
      try chat.see("Old")
      try chat.ask("second")
      try chat.ask("third")
      try chat.see("then   third")
      chat.press(key)
      try chat.see("Waiting ›")
      chat.press(.down)
      chat.press(.held(2, .up))
      chat.press(.escape)
      try chat.see("next   third")
      chat.press(key)
      try chat.see("Waiting ›")
      chat.press(.down)
      chat.press(.enter)
      try chat.see("› second")
      server.open(gate: "go on")
      try chat.see("New")
      #expect(try #require(server.chatBody(2)).contains("third"))
      #expect(chat.picture.shows("› second"))
      chat.press(.control("c"))
      try chat.see("■ stopped here")
      try chat.quitWithDraft()
    },
    BindingScript("go on with a reply that was cut") { key in
      let server = try LoopbackServer(.held("Half of"), .reply(" it."))
      let chat = try Journey(with: server)
      try chat.ask("first")
      try chat.see("Half of")
      chat.press(.escape)
      try chat.see("■ stopped here")
      chat.press(key)
      try chat.see("Half of it.")
      try chat.leave()
    },
    BindingScript("close what is open, else stop the reply") { key in
      let server = try LoopbackServer(
        .reply([.words("Hello"), .gate("go on"), .words(" again"), .gate("never opened")]))
      let chat = try Journey(with: server)
      try chat.ask("hi")
      try chat.see("Hello")
      chat.press(.function(1))
      try chat.see(helpSentence)
      chat.press(key)
      try chat.seeNo(helpSentence)
      server.open(gate: "go on")
      try chat.see("Hello again")
      chat.press(key)
      try chat.see("■ stopped here")
      #expect(server.sawClose(ofChat: 1))
      try chat.leave()
    },
    BindingScript("stop the reply, else clear the draft, else quit (twice)") { key in
      let server = try LoopbackServer(.held("Hello"))
      let chat = try Journey(with: server)
      try chat.ask("hi")
      try chat.see("Hello")
      try chat.draft("unsent")
      chat.press(key)
      try chat.see("■ stopped here")
      #expect(server.sawClose(ofChat: 1))
      #expect(chat.picture.shows("› unsent"))
      chat.press(key)
      try chat.see("The draft is cleared.")
      chat.press(key)
      try chat.see("again to quit.")
      chat.press(key)
      try chat.expectEnd(.exited(0))
    },
    BindingScript("send the last prompt again; while waiting to: now") { key in
      let server = try LoopbackServer(.reply("One."), .reply("Two."))
      let chat = try Journey(with: server)
      try chat.ask("the prompt")
      try chat.see("One.")
      try chat.seeIdle()
      chat.press(key)
      try chat.see("Two.")
      #expect(server.chatBody(1) == server.chatBody(2))
      try chat.leave()
    },
    BindingScript("send the last prompt again; while waiting to: now") { key in
      let server = try LoopbackServer(jammed, .reply("At once."))
      let chat = try Journey(
        with: server, home: .configured("retry: {retries: 2, base: 8 s, longest: 8 s}"))
      try chat.ask("the prompt")
      try chat.see("Alt-R now")
      chat.press(key)
      try chat.see("At once.")
      try chat.leave()
    },
    BindingScript("edit the prompt that is read (Esc twice: the last one)") { key in
      let server = try LoopbackServer(.reply("Blue."), .reply("Green."))
      let chat = try Journey(with: server)
      try chat.ask("what is the sky")
      try chat.see("Blue.")
      try chat.seeIdle()
      chat.press(key)
      try chat.see("› what is the sky")
      chat.type("-line")
      try chat.see("› what is the sky-line")
      chat.press(.enter)
      try chat.see("Green.")
      #expect(!(try #require(server.chatBody(2)).contains("Blue.")))
      try chat.leave()
    },
    BindingScript("ask the next model of the chain or pool") { key in
      let server = try LoopbackServer(.held("Well,"), .reply("Yes."))
      let chat = try Journey(
        with: server, model: nil, arguments: ["-m", "fast"],
        home: .configured("pools: {fast: [openai/first, openai/second]}"))
      try chat.ask("an honest question")
      try chat.see("Well,")
      chat.press(key)
      try chat.see("Yes.")
      #expect(try #require(server.chatBody(2)).contains(#""second""#))
      try chat.leave()
    },
    BindingScript("pick the reply in view while models race for it") { key in
      let server = try LoopbackServer(answering: { _ in .held("Here I am") })
      let chat = try Journey(with: server)
      try chat.ask("/race openai/first openai/second")
      try chat.see("the next prompt races first and second")
      try chat.ask("go")
      try chat.see("race of 2: 2 live")
      try chat.waitUntil("the words of both") { $0.text.split(separator: "Here I am").count == 3 }
      chat.press(key)
      try chat.see("first is picked; the other reply stays beside it.")
      #expect(server.waitFor { _ in server.closedConnectionCount == 1 })
      chat.press(.escape)
      try chat.see("■ stopped here")
      try chat.leave()
    },
    BindingScript("begin a new conversation; this one stays open") { key in
      let chat = try Journey(with: LoopbackServer(.reply("Hello.")))
      try chat.ask("first")
      try chat.see("Hello.")
      chat.type("unsent")
      chat.press(key)
      try chat.seeNo("unsent")
      try chat.seeNo("Hello.")
      chat.press(.alt("g"))
      try chat.see("draft  2 messages")
      chat.press(.enter)
      try chat.see("› unsent")
      try chat.quitWithDraft()
    },
    BindingScript("list the conversations, to go to one") { key in
      let chat = try Journey(with: nil)
      chat.press(key)
      try chat.see("(empty)")
      chat.press(key)
      try chat.see("(empty)")
      chat.press(.escape)
      try chat.seeNo("(empty)")
      try chat.leave()
    },
    BindingScript("go to the next reply that ended out of view") { key in
      let server = try LoopbackServer(
        .reply([.words("Half"), .gate("the rest"), .words(" a word")]))
      let chat = try Journey(with: server)
      try chat.ask("first")
      try chat.see("Half")
      chat.press(.function(4))
      try chat.see("1 live elsewhere")
      chat.press(key)
      try chat.see("No reply has ended out of view.")
      server.open(gate: "the rest")
      try chat.see("1 finished elsewhere")
      chat.press(key)
      try chat.waitUntil("the whole reply, and nothing elsewhere") {
        $0.shows("Half a word") && !$0.shows("elsewhere")
      }
      try chat.leave()
    },
    BindingScript("pick the model that answers") { key in
      let server = try LoopbackServer(.openAIModels(["large", "mini", "test"]), .reply("Me too."))
      let chat = try Journey(with: server)
      chat.press(key)
      try chat.see("openai/large")
      chat.type("mn")
      try chat.see("1 of 4")
      chat.press(.enter)
      try chat.seeNo("1 of 4")
      try chat.ask("who are you?")
      try chat.see("Me too.")
      #expect(try #require(server.chatBody(1)).contains(#""model":"mini""#))
      try chat.leave()
    },
  ]

  static let jammed = LoopbackServer.Response.json(
    #"{"error":{"message":"the gears jammed"}}"#, status: 500)

  /// Stands in the first rows of the help, and nowhere else.
  static let helpSentence = "send the draft behind the live reply"
}

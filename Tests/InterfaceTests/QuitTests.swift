import Chat
import Terminal
import Testing

@testable import Interface

@Suite struct `Quitting` {
  @Test func `asks nothing where nothing is lost out of view`() {
    var app = readyApp()
    app.press("ctrl-d")
    #expect(app.overlay == nil)
    app.type("/quit")
    #expect(app.press("enter") == [.quit])
  }

  @Test(arguments: ["ctrl-d", "/quit"])
  func `asks where another conversation holds a draft, and stays unless the answer is yes`(
    way: String
  ) {
    var app = readyApp()
    app.type("unsent")
    app.openConversation()
    func ask() {
      if way == "/quit" {
        app.type("/quit")
        app.press("enter")
      } else {
        app.press(way)
      }
    }
    ask()
    guard case .confirm(let confirmation) = app.overlay else {
      Issue.record("nothing is asked")
      return
    }
    #expect(confirmation.question == "Other conversations hold a draft. Leave all the same?")
    #expect(app.press("enter") == [])
    #expect(app.overlay == nil)
    ask()
    #expect(app.take(.input(.key(KeyPress(.character("y"))))).effects == [.quit])
  }

  @Test func `names live replies and drafts of other conversations`() {
    var app = readyApp()
    app.send("one")
    app.openConversation()
    app.type("unsent")
    app.openConversation()
    app.press("ctrl-d")
    guard case .confirm(let confirmation) = app.overlay else {
      Issue.record("nothing is asked")
      return
    }
    #expect(
      confirmation.question
        == "Other conversations hold a live reply and a draft. Leave all the same?")
  }
}

@Suite struct `Another conversation` {
  @Test func `is asked about as well where its draft is under an edit or an earlier prompt`() {
    var app = readyApp()
    app.send("one")
    app.hear(1, .completed(.stop))
    app.type("unsent")
    app.press("home")
    app.press("up")
    #expect(app.composer.text == "one")
    app.composer.replaceAll(with: "")
    app.openConversation()
    app.press("ctrl-d")
    guard case .confirm = app.overlay else {
      Issue.record("nothing is asked")
      return
    }
  }

  @Test func `does not get the prompt that waits for a model, and is answered by what is found`() {
    let ids = MessageIDSource(seed: MessageID(high: 1, low: 2))
    let guide = ModelID(provider: "guide", name: "guide")
    var app = App(
      chats: Conversations(ChatStore(route: Route(guide), messageIDs: ids)), answering: .looking)
    app.type("for the first")
    app.press("enter")
    app.openConversation()
    let found = Route(ModelID(provider: "test", name: "m"))
    app.take(.modelFound(found, place: "here"))
    #expect(app.store.conversation.path.isEmpty)
    app.show(app.chats.ids[0])
    #expect(app.composer.text == "for the first")
    #expect(app.store.route == found)
  }

  @Test func `a paste over a question waits for its answer, over a page it closes that`() {
    var app = readyApp()
    app.type("unsent")
    app.openConversation()
    app.press("ctrl-d")
    app.take(.input(.paste("y")))
    #expect(app.composer.isEmpty)
    app.press("esc")
    app.press("f1")
    app.take(.input(.paste("words")))
    #expect(app.overlay == nil)
    #expect(app.composer.text == "words")
  }
}

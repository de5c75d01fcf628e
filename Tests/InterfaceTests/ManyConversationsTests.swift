// Naming, closing and deleting conversations, what becomes of their drafts, and who is told of replies that
// end out of view.

import Chat
import Terminal
import Testing

@testable import Interface

private let first = ConversationID(0)
private let second = ConversationID(1)

private func run(_ command: String, in app: inout App) {
  app.type(command)
  app.press("enter")
}

@Suite struct `A conversation` {
  @Test func `is called as it was renamed, and by its first prompt again`() {
    var app = readyApp()
    app.send("why is it\nblue")
    #expect(app.name(of: app.store) == "why is it blue")
    run("/rename Colours of the sea", in: &app)
    #expect(app.name(of: app.store) == "Colours of the sea")
    run("/rename", in: &app)
    #expect(app.composer.text == "/rename Colours of the sea")
    app.composer.clear()
    run("/rename none", in: &app)
    #expect(app.name(of: app.store) == "why is it blue")
  }

  @Test func `that is closed keeps its draft, and quitting asks about it`() {
    var app = readyApp()
    app.send("one")
    app.openConversation()
    app.send("two")
    app.type("unsent")
    _ = app.close(second, at: origin)
    #expect(app.chats.inView == first)
    #expect(app.composer.isEmpty)
    app.press("esc", "ctrl-d")
    guard case .confirm(let confirmation) = app.overlay else {
      Issue.record("nothing is asked")
      return
    }
    #expect(confirmation.question == "Other conversations hold a draft. Leave all the same?")
    app.press("esc")
    app.show(second)
    #expect(app.composer.text == "unsent")
  }

  @Test func `that is deleted comes back with its draft and its place among what is read`() {
    var app = readyApp()
    app.send("one")
    app.openConversation()
    app.send("two")
    app.type("unsent")
    app.press("alt-g", "up", "delete")
    #expect(app.chats.inView == first)
    app.press("ctrl-_", "esc")
    #expect(app.chats.inView == second)
    #expect(app.composer.text == "unsent")
    #expect(app.store.conversation.path.count == 2)
  }

  @Test func `is deleted and restored by commands, of which one names the other`() {
    var app = readyApp()
    app.send("one")
    run("/delete", in: &app)
    #expect(app.notice?.text == "“one” is deleted; /restore brings it back.")
    #expect(app.store.conversation.path.isEmpty)
    run("/restore", in: &app)
    #expect(app.notice?.text == "“one” is back.")
    #expect(app.chats.inView == first)
    run("/restore", in: &app)
    #expect(app.notice?.text == "No conversation was deleted that could be brought back.")
  }

  @Test func `that nobody can bring back any more leaves its draft and what waited to the recall`()
  {
    var app = readyApp()
    app.send("one")
    app.type("it waited")
    app.press("alt-q")
    app.type("it was not sent")
    _ = app.delete(first, back: "", at: origin)
    for _ in 0...Conversations.restorableLimit {
      app.type("x")
      _ = app.delete(app.chats.inView, back: "", at: origin)
    }
    #expect(!app.chats.restorableIDs.contains(first))
    let recalled = app.composer.recall.prompts.map(\.text)
    #expect(recalled.contains("it waited"))
    #expect(recalled.contains("it was not sent"))
    #expect(app.composer.elements(of: first).isEmpty)
  }

  @Test func `that is closed gives back what waited for a model, to itself`() {
    var app = readyApp()
    app.answering = .looking
    app.send("held")
    app.openConversation()
    app.show(first)
    #expect(app.composer.text == "held")
    app.press("enter")
    #expect(app.heldPrompt == "held")
    _ = app.close(first, at: origin)
    #expect(app.heldPrompt == nil)
    app.show(first)
    #expect(app.composer.text == "held")
  }
}

@Suite struct `Replies out of view` {
  @Test func `are counted on the status line, and a key goes to those that ended first`() {
    var app = readyApp()
    for prompt in ["one", "two", "three"] {
      app.send(prompt)
      app.openConversation()
    }
    var stage = Stage(app, rows: 24, columns: 100)
    #expect(stage.picture.last?.contains("3 live elsewhere") == true)
    stage.app.take(.stream(StreamID(second, attempt: 1), .completed(.stop)))
    stage.app.take(.stream(StreamID(first, attempt: 1), .completed(.stop)))
    #expect(stage.picture.last?.contains("1 live, 2 finished elsewhere") == true)
    #expect(stage.picture.last?.contains("Alt-J goes there") == true)
    stage.app.press("alt-j")
    #expect(stage.app.chats.inView == second)
    stage.app.press("alt-j")
    #expect(stage.app.chats.inView == first)
    #expect(stage.app.chats.unread == [])
    stage.app.press("alt-j")
    #expect(stage.app.notice?.text == "No reply has ended out of view.")
  }

  @Test func `are told of in short where there is little room`() {
    var app = readyApp()
    app.send("one")
    app.openConversation()
    app.send("two")
    var stage = Stage(app, rows: 24, columns: 56)
    #expect(stage.picture.last?.contains("►1") == true)
  }
}

@Suite struct `The terminal is told of a reply` {
  private func app(_ way: NotifyPolicy.Way) -> App {
    let start = readyApp()
    var app = App(
      chats: start.chats, answering: start.answering,
      notify: NotifyPolicy(way: way, leastMilliseconds: 10_000))
    app.send("why is it blue")
    return app
  }

  private func end(
    _ app: inout App, _ event: StreamEvent = .completed(.stop), after milliseconds: Int64 = 10_000
  ) -> [AppEffect] {
    app.take(.stream(StreamID(first, attempt: 1), event), at: later(milliseconds)).effects
  }

  @Test func `that ends out of view after a while`() {
    var app = app(.bell)
    app.openConversation()
    #expect(end(&app) == [.ring])
  }

  @Test func `by a sentence with its name and how it ended`() {
    var app = app(.osc9)
    app.openConversation()
    var other = app
    #expect(end(&app) == [.notify("Patter: “why is it blue” has its reply.")])
    #expect(
      end(&other, .failed(StreamFailure(.refused, "No.")))
        == [.notify("Patter: “why is it blue” got no whole reply: it failed.")])
  }

  @Test func `that ends in view of a terminal without the keyboard, until a key is pressed`() {
    var app = app(.bell)
    app.take(.input(.focus(false)))
    var typed = app
    #expect(end(&app) == [.ring])
    typed.press("a")
    #expect(end(&typed) == [])
  }

  @Test func `never where nobody asked for it, it is in view, was quick or was stopped`() {
    var off = app(.off)
    off.openConversation()
    #expect(end(&off) == [])
    var viewed = app(.bell)
    #expect(end(&viewed) == [])
    var quick = app(.bell)
    quick.openConversation()
    #expect(end(&quick, after: 9_999) == [])
    var closed = app(.bell)
    closed.openConversation()
    #expect(!closed.close(first, at: later(20_000)).contains(.ring))
  }

  @Test func `only when no other attempt follows`() {
    var app = app(.bell)
    app.openConversation()
    #expect(end(&app, .failed(StreamFailure(.serverFailed, "Later."))) == [])
    #expect(app.chats.unread == [])
    #expect(app.chats[first]?.isLive == true)
  }
}

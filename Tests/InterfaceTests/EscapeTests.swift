import Chat
import Terminal
import Testing

@testable import Interface

/// A chat with one settled reply, and what was asked.
private func settledApp(_ prompt: String = "hello") -> App {
  var app = readyApp()
  app.take(.prompt(prompt), at: origin)
  let stream = app.store.generation.activeStream!
  app.take(.stream(stream, .text("Hi.")), at: origin)
  app.take(.stream(stream, .completed(.stop)), at: origin)
  return app
}

@Suite struct `Esc, again,` {
  private let esc = AppEvent.input(.key(KeyPress(.escape)))

  @Test func `does nothing for half a second after it stopped a reply`() {
    var app = settledApp()
    app.take(.prompt("more"), at: origin)
    app.take(esc, at: later(100))
    #expect(app.store.generation == .idle)
    app.take(esc, at: later(300))
    app.take(esc, at: later(599))
    #expect(app.editedPrompt == nil)
    app.take(esc, at: later(700))
    #expect(app.editedPrompt == nil)
    app.take(esc, at: later(900))
    #expect(app.editedPrompt != nil)
  }

  @Test func `that stopped a reply leaves an overlay that is opened next to the next Esc`() {
    var app = settledApp()
    app.take(.prompt("more"), at: origin)
    app.take(esc, at: later(100))
    app.take(.input(.key(KeyPress(.function(1)))), at: later(200))
    #expect(app.overlay != nil)
    app.take(esc, at: later(300))
    #expect(app.overlay == nil)
  }

  @Test func `pressed twice in one read is one, where the first did something`() {
    var app = settledApp()
    app.take(.prompt("more"), at: origin)
    app.take(.input(.key(KeyPress(.function(1)))), at: later(50))
    app.take(esc, at: later(100))
    app.take(esc, at: later(100))
    #expect(app.overlay == nil)
    #expect(app.store.generation != .idle)
    app.take(esc, at: later(200))
    #expect(app.store.generation == .idle)
  }

  @Test func `twice with nothing to end edits the last prompt`() {
    var app = settledApp("what is blue?")
    app.type("unsent")
    app.take(esc, at: later(1000))
    #expect(app.composer.text == "unsent")
    app.take(esc, at: later(1400))
    #expect(app.composer.text == "what is blue?")
    app.take(esc, at: later(3000))
    #expect(app.composer.text == "unsent")
    #expect(app.editedPrompt == nil)
  }

  @Test func `twice, but slowly, or with a key between, changes nothing`() {
    var app = settledApp()
    app.take(esc, at: later(1000))
    app.take(esc, at: later(1501))
    #expect(app.editedPrompt == nil)
    app.take(.input(.key(KeyPress(.left))), at: later(1600))
    app.take(esc, at: later(1700))
    #expect(app.editedPrompt == nil)
  }

  @Test func `twice with a paste between changes nothing`() {
    var app = settledApp()
    app.take(esc, at: later(1000))
    app.take(.input(.paste("words")), at: later(1100))
    app.take(esc, at: later(1200))
    #expect(app.editedPrompt == nil)
    #expect(app.composer.text == "words")
  }

  @Test func `twice where nothing was asked yet says so`() {
    var app = readyApp()
    app.take(esc, at: later(1000))
    app.take(esc, at: later(1200))
    #expect(app.editedPrompt == nil)
    #expect(app.notice?.text == "There is no prompt yet that could be edited.")
  }
}

@Suite struct `An edited prompt` {
  @Test func `takes the place of the one it was, which stays in the tree`() {
    var app = settledApp("what is blue?")
    app.type("unsent")
    app.beginEdit()
    app.type("!")
    app.press("enter")
    let path = app.store.conversation.path.map { app.store.conversation[$0].text }
    #expect(path == ["what is blue?!", ""])
    #expect(app.store.conversation.allMessages.count == 4)
    #expect(app.editedPrompt == nil)
    #expect(app.composer.text == "unsent")
  }

  @Test func `gives the draft back with what can be undone in it`() {
    var app = settledApp()
    app.take(.edited("a long draft, written in an editor"), at: origin)
    app.take(.edited("x"), at: origin)
    var sent = app
    sent.beginEdit()
    sent.press("enter", "ctrl-_")
    #expect(sent.composer.text == "a long draft, written in an editor")
    app.beginEdit()
    app.press("ctrl-c", "ctrl-_")
    #expect(app.composer.text == "a long draft, written in an editor")
  }

  @Test func `that is begun again leaves what was written to the recall`() {
    var app = settledApp("hello")
    app.beginEdit()
    app.type(", and more")
    app.beginEdit()
    #expect(app.composer.text == "hello")
    #expect(app.composer.recall.prompts.last?.text == "hello, and more")
  }

  @Test func `is told above the draft, and what Enter and Esc do with it below`() {
    var stage = Stage(settledApp(), rows: 24, columns: 80)
    stage.app.beginEdit()
    let picture = stage.picture
    #expect(picture.contains { $0.contains("── edits the last prompt ──") })
    #expect(picture.last?.hasSuffix("Enter sends it instead · Esc leaves it") == true)
  }

  @Test func `ends with a slash command, with Ctrl-C, and with another conversation`() {
    var app = settledApp()
    app.type("unsent")
    app.beginEdit()
    var other = app
    var third = app
    app.composer.clear()
    app.type("/usage")
    app.press("enter")
    #expect(app.editedPrompt == nil)
    #expect(app.composer.text == "unsent")
    other.press("ctrl-c")
    #expect(other.editedPrompt == nil)
    #expect(other.composer.text == "unsent")
    third.openConversation()
    #expect(third.editedPrompt == nil)
    third.show(third.chats.ids[0])
    #expect(third.editedPrompt != nil)
    #expect(third.composer.text == "hello")
  }
}

@Suite struct `Slash commands that change the conversation` {
  private func run(_ line: String, in app: inout App) {
    app.type(line)
    app.press("enter")
  }

  @Test func `a new conversation keeps the draft of the old one, and one goes back`() {
    var app = settledApp()
    app.type("/new")
    app.press("enter")
    #expect(app.store.conversation.path.isEmpty)
    app.type("second")
    run("", in: &app)
    app.type("a draft")
    app.show(app.chats.ids[0])
    #expect(app.composer.isEmpty)
    #expect(app.store.conversation.path.count == 2)
    run("/conversations", in: &app)
    guard case .conversations(let list) = app.overlay else {
      Issue.record("no list is open")
      return
    }
    #expect(list.picker.items.map(\.title) == ["hello", "second"])
    app.press("enter")
    #expect(app.composer.text == "a draft")
  }

  @Test func `the system prompt is set, changed and taken away`() {
    var app = settledApp()
    run("/system", in: &app)
    #expect(app.notice?.text.contains("no system prompt") == true)
    run("/system Be brief.", in: &app)
    #expect(app.store.conversation.systemPrompt == "Be brief.")
    run("/system", in: &app)
    #expect(app.composer.text == "/system Be brief.")
    app.composer.clear()
    run("/system none", in: &app)
    #expect(app.store.conversation.systemPrompt == nil)
  }

  @Test func `how much to think is said by a word or picked`() {
    var app = settledApp()
    run("/think high", in: &app)
    #expect(app.store.effort == .high)
    run("/think hihg", in: &app)
    #expect(app.notice?.kind == .error)
    #expect(app.composer.text == "/think hihg")
    app.composer.clear()
    run("/think", in: &app)
    for _ in 0..<9 { app.press("up") }
    app.press("enter")
    #expect(app.store.effort == nil)
    #expect(app.overlay == nil)
  }

  @Test func `words are queued behind the live reply, and taken back`() {
    var app = settledApp()
    app.take(.prompt("more"), at: origin)
    run("/queue and then this", in: &app)
    #expect(app.store.generation != .idle)
    #expect(app.store.queue.map(\.text) == ["and then this"])
    app.type("this too")
    app.press("alt-q")
    #expect(app.store.queue.count == 2)
    run("/queue", in: &app)
    app.press("enter")
    #expect(app.composer.text == "and then this")
    #expect(app.store.queue.map(\.text) == ["this too"])
  }

  @Test func `a reply that was cut goes on in a sibling, a whole one does not`() {
    var app = settledApp()
    run("/continue", in: &app)
    #expect(app.store.generation == .idle)
    app.take(.prompt("more"), at: origin)
    app.take(.stream(app.store.generation.activeStream!, .text("half of")), at: origin)
    app.press("esc")
    run("/continue", in: &app)
    #expect(app.store.generation != .idle)
    #expect(app.store.conversation.path.count == 4)
    #expect(app.store.conversation.leaf.map { app.store.conversation[$0].text } == "half of")
  }

  @Test func `an unknown one says what may have been meant and stays in the draft`() {
    var app = settledApp()
    run("/modle x", in: &app)
    #expect(app.notice?.text.hasPrefix("There is no command /modle. Did you mean /model?") == true)
    #expect(app.composer.text == "/modle x")
    app.composer.clear()
    run("/help theme", in: &app)
    #expect(app.notice?.text.hasPrefix("/theme [NAME]: draw in this theme") == true)
    run("/help nothing", in: &app)
    #expect(app.notice?.kind == .error)
  }

  @Test func `two slashes send one, and a backslash before Enter begins a line`() {
    var app = settledApp()
    app.type("one\\")
    app.press("enter")
    app.type("two")
    #expect(app.composer.text == "one\ntwo")
    app.composer.clear()
    run("//theme is a word", in: &app)
    let prompt = app.store.conversation.lastPrompt.map { app.store.conversation[$0].text }
    #expect(prompt == "/theme is a word")
  }
}

// What the configuration changes in a running app, and what it leaves alone.

import Chat
import Terminal
import Testing

@testable import Interface

struct `Other settings` {
  private func settings(_ change: (inout AppSettings) -> Void) -> AppEvent {
    var settings = AppSettings()
    change(&settings)
    return .configured(settings)
  }

  @Test func `the keys count at once, and the draft stays`() {
    var app = readyApp()
    app.take(.input(.paste("unsent")))
    let keys = KeyMap.standard.rebound(by: [
      KeySetting(.details, [PlacedKey(KeyPress(.function(9)), in: .anywhere)])
    ]).keys
    app.take(settings { $0.keys = keys })
    #expect(app.showsDetails)
    app.take(.input(.key(KeyPress(.function(9)))))
    #expect(!app.showsDetails)
    #expect(app.composer.text == "unsent")
  }

  @Test func `what was shown or hidden here stays unless the file says something else now`() {
    var app = readyApp()
    app.toggleDetails()
    app.take(settings { $0.notify = NotifyPolicy(way: .bell) })
    #expect(!app.showsDetails)
    app.take(settings { $0.view.thoughts = true })
    #expect(!app.showsDetails)
    #expect(app.folds.areThoughtsOpen)
    app.folds.toggleThoughts()
    app.take(settings { $0.view.attempts = true })
    #expect(!app.folds.areThoughtsOpen)
    #expect(app.folds.areAttemptsOpen)
  }

  @Test func `the mouse is given away and taken back`() {
    var app = readyApp()
    #expect(app.take(settings { $0.view.mouse = false }).effects == [.captureMouse(false)])
    #expect(!app.wantsMouse)
    #expect(app.take(settings { _ in }).effects == [.captureMouse(true)])
  }

  @Test func `a live reply goes on`() throws {
    var app = readyApp()
    app.take(.prompt("hi"))
    app.take(.stream(StreamID(1), .text("Hel")))
    let response = app.take(
      settings {
        $0.chat.sendPolicy = .block
        $0.chat.retryPolicy.retries = 0
        $0.streamLimit = 1
        $0.editing = .vi
      })
    #expect(response.effects == [])
    app.take(.stream(StreamID(1), .text("lo")))
    let leaf = try #require(app.store.conversation.leaf)
    #expect(app.store.conversation[leaf].text == "Hello")
    #expect(app.composer.editing == .vi)
  }

  @Test func `another model is asked in the next new conversation, once`() {
    var app = readyApp()
    #expect(app.take(settings { $0.model = "test/other" }).effects == [])
    #expect(app.store.route.name == "test/m")
    app.take(.prompt("/new"))
    app.take(.input(.paste("/new")))
    #expect(app.take(.input(.key(KeyPress(.enter)))).effects == [.findModel("test/other")])
    app.take(.input(.paste("/new")))
    #expect(app.take(.input(.key(KeyPress(.enter)))).effects == [])
  }

  @Test func `where nobody answered, or the guide alone, whoever can is looked for at once`() {
    var app = readyApp()
    app.take(.modelMissing("None is here."))
    #expect(app.take(settings { $0.model = "test/m" }).effects == [.findModel(nil)])
    #expect(app.answering == .looking)
    // One look at a time is enough.
    #expect(app.take(settings { _ in }).effects == [])
    let guide = Route(ModelID(provider: "guide", name: "guide"))
    app.take(.modelFound(guide, place: "built in", welcome: "The guide answers."))
    #expect(app.take(settings { $0.model = "test/m" }).effects == [.findModel(nil)])
  }

  @Test func `a guide that was chosen although another was named goes on answering`() {
    var app = readyApp()
    app.take(settings { $0.model = "test/m" })
    let guide = Route(ModelID(provider: "guide", name: "guide"))
    app.take(.modelFound(guide, place: "built in", welcome: "The guide answers."))
    let response = app.take(
      settings {
        $0.model = "test/m"
        $0.notify = NotifyPolicy(way: .bell)
      })
    #expect(response.effects == [])
    #expect(app.take(settings { $0.model = "test/n" }).effects == [.findModel(nil)])
  }

  @Test func `an app begins with what the settings say`() {
    var settings = AppSettings()
    settings.view.details = false
    settings.view.thoughts = true
    settings.view.mouse = false
    let app = App(
      chats: readyApp().chats, answering: .ready(place: "a test"), settings: settings)
    #expect(!app.showsDetails)
    #expect(app.folds.areThoughtsOpen)
    #expect(!app.wantsMouse)
  }
}

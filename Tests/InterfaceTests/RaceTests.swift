import Chat
import Terminal
import Testing

@testable import Interface

func racers(_ names: String...) -> [ModelID] {
  names.map { ModelID(provider: "test", name: $0) }
}

/// An app in which these models race for the prompt "go".
func racingApp(_ models: [ModelID], _ settings: ChatSettings = ChatSettings()) -> App {
  var app = readyApp(settings)
  app.take(.racersFound(models))
  app.send("go")
  return app
}

private func deeds(_ effects: [AppEffect]) -> [String] {
  effects.compactMap { effect in
    switch effect {
    case .chat(.start(let id, let outgoing)): "start \(id.number) \(outgoing.model.name)"
    case .chat(.abort(let id)): "abort \(id.number)"
    case .findRacers(let names): "find \(names.joined(separator: ", "))"
    case .chat(.save), .findModel, .listModels, .listThemes, .previewTheme, .useTheme, .copy,
      .openEditor, .ring, .notify, .captureMouse, .redraw, .suspend, .quit, .listOwnTexts,
      .usePreset, .useSnippet, .files, .setup:
      nil
    }
  }
}

@Suite struct `A race` {
  @Test func `is for the models that are named, and for the next prompt alone`() {
    var app = readyApp()
    #expect(deeds(app.send("/race test/a  test/b")) == ["find test/a, test/b"])
    app.take(.racersFound(racers("a", "b")))
    #expect(deeds(app.send("go")) == ["start 1 a", "start 2 b"])
    #expect(app.armedRacers.isEmpty)
    #expect(deeds(app.send("on")) == ["abort 1", "abort 2", "start 3 m"])
  }

  @Test func `is not begun where Esc or the command alone takes it back`() {
    var app = readyApp()
    app.take(.racersFound(racers("a", "b")))
    app.press("esc")
    #expect(app.armedRacers.isEmpty)
    app.take(.racersFound(racers("a", "b")))
    app.send("/race")
    #expect(app.armedRacers.isEmpty)
    #expect(app.notice?.text == "The next prompt goes to m alone.")
    app.send("/race")
    #expect(app.notice?.text.hasPrefix("/race MODEL MODEL …") == true)
    #expect(deeds(app.send("go")) == ["start 1 m"])
  }

  @Test func `takes two to eight different models`() {
    var app = readyApp()
    app.take(.racersFound(racers("a", "a")))
    #expect(app.armedRacers.isEmpty)
    #expect(
      app.notice?.text
        == "A race takes two models or more, and test/a is one; write /race MODEL MODEL.")
    let nine = (1...9).map { ModelID(provider: "test", name: "\($0)") }
    app.take(.racersFound(nine))
    #expect(app.armedRacers.isEmpty)
    let names = nine.map(\.description).joined(separator: " ")
    #expect(app.send("/race " + names) == [])
    #expect(app.notice?.text == "No more than 8 models race at once.")
    #expect(app.composer.text == "/race " + names)
  }

  @Test func `is that of its own conversation`() {
    var app = readyApp()
    app.take(.racersFound(racers("a", "b")))
    app.press("f4")
    #expect(app.armedRacers.isEmpty)
    app.show(ConversationID(0))
    #expect(app.armedRacers == racers("a", "b"))
  }

  @Test func `waits with its prompt, and comes back with it`() {
    var app = readyApp()
    app.send("first")
    app.take(.racersFound(racers("a", "b")))
    app.type("second")
    app.press("alt-q")
    #expect(app.armedRacers.isEmpty)
    app.press("up")
    #expect(app.armedRacers == racers("a", "b"))
    app.press("alt-q")
    let ended = app.take(.stream(StreamID(1), .completed(.stop)))
    #expect(deeds(ended.effects) == ["start 2 a", "start 3 b"])
  }

  @Test func `is stopped by Esc with all that is live in it, and can be decided afterwards`() {
    var app = racingApp(racers("a", "b", "c"))
    app.hear(2, .text("Two"))
    app.hear(3, .completed(.stop))
    #expect(deeds(app.press("esc")) == ["abort 1", "abort 2"])
    #expect(!app.store.isLive)
    #expect(app.store.race != nil)
    #expect(deeds(app.press("right", "alt-p", at: later(600))) == [])
    #expect(app.store.race == nil)
    #expect(app.lastReply?.text == "Two")
  }

  @Test func `is decided for the lane in view: the others end at once and stay as siblings`() throws
  {
    var app = racingApp(racers("a", "b", "c"))
    for (stream, words) in [(1, "One"), (2, "Two"), (3, "Three")] as [(UInt64, String)] {
      app.hear(stream, .text(words))
    }
    app.press("right")
    #expect(deeds(app.press("alt-p")) == ["abort 1", "abort 3"])
    #expect(app.notice?.text == "b is picked; the other 2 replies stay beside it.")
    app.hear(1, .text(" late"))
    app.hear(2, .text(" and more"))
    #expect(app.lastReply?.text == "Two and more")
    let reply = try #require(app.store.conversation.leaf)
    let conversation = app.store.conversation
    #expect(
      conversation.siblings(of: reply).map { conversation[$0].text } == [
        "One", "Two and more", "Three",
      ])
    #expect(conversation[conversation.siblings(of: reply)[0]].ending == .superseded)
  }

  @Test
  func `turns to the lane beside with Left and Right on an empty draft, and not past the ends`() {
    var app = racingApp(racers("a", "b"))
    func shown() -> Int { app.store.shownLane }
    #expect(app.press("left") == [])
    #expect(shown() == 0)
    app.press("right", "right")
    #expect(shown() == 1)
    app.type("x")
    app.press("left")
    #expect(shown() == 1)
    #expect(app.composer.cursor == 0)
    app.press("ctrl-c")
  }

  @Test func `is not there to be picked from where none is open`() {
    var app = readyApp()
    #expect(app.press("alt-p") == [])
    #expect(app.notice?.text.hasPrefix("No race is open;") == true)
  }

  @Test func `names its models to be completed one after the other`() throws {
    var app = readyApp()
    app.type("/race ")
    app.take(
      .modelsListed(
        ModelList(
          id: "test", name: "Test", items: [PickerItem("test/alpha"), PickerItem("test/beta")],
          state: .listed)))
    app.type("test/a")
    app.press("tab")
    #expect(app.composer.text == "/race test/alpha")
    app.press("tab")
    #expect(app.composer.text == "/race test/alpha ")
    app.press("tab")
    #expect(app.composer.text == "/race test/alpha test/beta ")
    #expect(deeds(app.press("enter")) == ["find test/alpha, test/beta"])
  }
}

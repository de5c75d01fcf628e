import Chat
import Interface
import Terminal
import Testing

@Suite struct `The picker of presets` {
  private let list = OwnTextList(
    kind: .preset,
    rows: [
      .init(
        name: "review", description: "reads code as a reviewer does",
        preview: """
          reads code as a reviewer does
          asks careful, temperature 0.2, effort high
          You review code. Name what is wrong first, with its line, then what could be simpler.
          Say nothing of what is right.
          """),
      .init(name: "terse", description: "", preview: "Be terse."),
    ], folder: "/home/me/.config/patter/presets")

  private let review = Preset(
    "review", systemPrompt: "You review code.",
    route: Route(ModelID(provider: "test", name: "careful")),
    options: ReplyOptions(temperature: 0.2, effort: .high), sendPolicy: .queue)

  private func picking(_ list: OwnTextList? = nil) -> App {
    var app = readyApp()
    app.send("/preset")
    app.handle(.ownTextsListed(list ?? self.list), at: origin)
    return app
  }

  @Test func `is asked for anew each time, and what is selected is taken`() {
    var app = readyApp()
    #expect(app.send("/preset") == [.listOwnTexts(.preset)])
    app.handle(.ownTextsListed(list), at: origin)
    #expect(app.press("down", "enter") == [.usePreset("review")])
    #expect(app.overlay == nil)
    #expect(app.send("/preset") == [.listOwnTexts(.preset)])
  }

  @Test func `a name behind the command is taken without a picker`() {
    var app = readyApp()
    #expect(app.send("/preset terse") == [.usePreset("terse")])
    #expect(app.overlay == nil)
  }

  @Test func `one that is taken says what it sets`() {
    var app = readyApp()
    app.handle(.presetRead(review, place: "a test"), at: origin)
    #expect(
      app.notice?.text
        == "Preset review: asks test/careful, temperature 0.2, effort high, "
        + "a prompt waits for a live reply, a system prompt; from the next prompt on.")
    #expect(app.store.preset == review)
    #expect(app.store.route == review.route)
    #expect(app.answering == .ready(place: "a test"))
  }

  @Test func `none takes it away, and who was asked before is found again`() {
    var app = readyApp()
    app.handle(.presetRead(review, place: "a test"), at: origin)
    #expect(app.send("/preset none") == [.findModel("test/m")])
    #expect(app.store.preset == nil)
    #expect(
      app.notice?.text == "Preset review is gone; from the next prompt on it is as configured.")
    #expect(app.send("/preset none") == [])
    #expect(app.notice?.text == "No preset is in force here; /preset NAME takes one.")
  }

  @Test func `the one in force is marked and selected, and the row above takes it away`() {
    var app = readyApp()
    app.handle(.presetRead(Preset("review", systemPrompt: "x"), place: nil), at: origin)
    app.send("/preset")
    app.handle(.ownTextsListed(list), at: origin)
    #expect(app.press("enter") == [.usePreset("review")])
    app.send("/preset")
    app.handle(.ownTextsListed(list), at: origin)
    app.press("up", "enter")
    #expect(app.store.preset == nil)
  }

  @Test func `where each model runs is said beside it, and of no other`() {
    var stage = Stage(readyApp(), rows: 12, columns: 80)
    stage.app.send("/preset review")
    stage.app.handle(.presetRead(review, place: "a far place"), at: origin)
    #expect(stage.picture.last?.hasPrefix(" careful · a far place · preset review") == true)
    stage.app.press("f4")
    #expect(stage.picture.last?.hasPrefix(" m · a test ") == true)
    #expect(stage.picture.contains("  m answers (a test)."))
    let other = Route(ModelID(provider: "test", name: "other"))
    stage.app.handle(.modelFound(other, place: "a third place"), at: origin)
    #expect(stage.picture.last?.hasPrefix(" other · a third place ") == true)
    stage.app.press("alt-g", "down", "enter")
    #expect(stage.picture.last?.hasPrefix(" careful · a far place ") == true)
    stage.app.handle(
      .presetRead(
        Preset("racer", route: Route(ModelID(provider: "test", name: "new"))), place: nil),
      at: origin)
    #expect(stage.picture.last?.hasPrefix(" new · preset racer") == true)
  }

  @Test(arguments: [false, true])
  func `a preset of which another model is asked says so, however that one was chosen`(
    isConnected: Bool
  ) {
    var stage = Stage(readyApp(), rows: 12, columns: 80)
    stage.app.handle(.presetRead(review, place: "a far place"), at: origin)
    let other = Route(ModelID(provider: "test", name: "other"))
    if isConnected { stage.app.send("/setup") }
    stage.app.handle(.modelFound(other, place: "a third place"), at: origin)
    if isConnected { stage.app.handle(.setup(.saved("It is written.")), at: origin) }
    #expect(
      stage.picture.last?.hasPrefix(" other · a third place · preset review, not its model ")
        == true)
    // All else that it says still holds.
    #expect(stage.app.store.preset == review)
    #expect(stage.app.store.conversation.systemPrompt == "You review code.")
    stage.app.handle(.presetRead(review, place: "a far place"), at: origin)
    #expect(stage.picture.last?.hasPrefix(" careful · a far place · preset review ") == true)
    #expect(stage.picture.last?.contains("not its model") == false)
  }

  @Test func `where models run now is said in whichever conversation comes into view`() {
    var stage = Stage(readyApp(), rows: 12, columns: 80)
    let first = stage.app.store.route
    let other = Route(ModelID(provider: "test", name: "other"))
    stage.app.send("/new")
    stage.app.handle(.modelFound(other, place: "a far place"), at: origin)
    stage.app.handle(.placed(first, place: "a new place"), at: origin)
    #expect(stage.app.store.route == other)
    #expect(stage.picture.last?.hasPrefix(" other · a far place ") == true)
    stage.app.handle(.placed(other, place: nil), at: origin)
    #expect(stage.picture.last?.hasPrefix(" other  ") == true)
    stage.app.press("alt-g", "down", "enter")
    #expect(stage.app.store.route == first)
    #expect(stage.picture.last?.hasPrefix(" m · a new place ") == true)
  }

  @Test func `a preset that the program began with says nothing, and is every new one's`() {
    var app = readyApp()
    app.handle(.presetRead(review, place: "a test", isFirst: true), at: origin)
    #expect(app.notice == nil)
    app.send("/new")
    #expect(app.store.preset == review)
  }

  @Test func `the keys of a live reply do what the preset says`() {
    var app = readyApp()
    app.send("one")
    app.handle(.presetRead(review, place: "a test"), at: origin)
    app.send("two")
    #expect(app.store.queue.map(\.text) == ["two"])
    #expect(app.otherPolicyReplaces)
  }

  @Test func `a prompt that waits for somebody goes out when a preset names one`() {
    let ids = MessageIDSource(seed: MessageID(high: 1, low: 2))
    let store = ChatStore(route: Route(ModelID(provider: "g", name: "g")), messageIDs: ids)
    var app = App(chats: Conversations(store), answering: .looking)
    app.send("one")
    #expect(app.heldPrompt == "one")
    app.send("/preset review")
    let effects = app.take(.presetRead(review, place: "a test")).effects
    guard case .chat(.start(_, let outgoing))? = effects.first else {
      Issue.record("\(effects)")
      return
    }
    #expect(outgoing.model.name == "careful")
    #expect(outgoing.systemPrompt == "You review code.")
  }

  @Test func `names are completed, and none is among them`() {
    var app = readyApp()
    app.type("/preset")
    #expect(app.take(.input(.key(KeyPress(.character(" "))))).effects == [.listOwnTexts(.preset)])
    app.handle(.ownTextsListed(list), at: origin)
    #expect(app.press("tab") == [])
    #expect(app.composer.text == "/preset review")
    app.press("tab", "tab")
    #expect(app.composer.text == "/preset none")
  }

  @Test func `a list that comes when it is closed changes nothing`() {
    var app = readyApp()
    let before = app
    #expect(app.take(.ownTextsListed(list)) == App.Response(paint: .never))
    #expect(app == before)
  }

  @Test func `snippets that come for a list of presets do not`() {
    let before = picking()
    var app = before
    app.handle(.ownTextsListed(OwnTextList(kind: .snippet, rows: [], folder: "/x")), at: origin)
    #expect(app == before)
  }

  // MARK: - Pictures

  private func stage(rows: Int, columns: Int, _ list: OwnTextList? = nil) -> Stage {
    var app = readyApp()
    app.send("hi")
    app.hear(1, .text("Hello."))
    app.hear(1, .completed(.stop))
    app.send("/preset")
    app.handle(.ownTextsListed(list ?? self.list), at: origin)
    app.press("down")
    return Stage(app, rows: rows, columns: columns)
  }

  @Test func `shows below the list what the selected one sets`() {
    var stage = stage(rows: 24, columns: 80)
    #expect(
      stage.picture == [
        "  You",
        "  hi",
        "",
        "  m",
        "  Hello.",
        "",
        "",
        "",
        "",
        "",
        "",
        "  ────────────────────────────────────────────────────────────────────────────",
        "  Preset ›                                                                   3",
        "  ● none                                                         as configured",
        "    review                                       reads code as a reviewer does",
        "    terse",
        "  ────────────────────────────────────────────────────────────────────────────",
        "  reads code as a reviewer does",
        "  asks careful, temperature 0.2, effort high",
        "  You review code. Name what is wrong first, with its line, then what could be",
        "  simpler.",
        "  ────────────────────────────────────────────────────────────────────────────",
        "  › Ask something",
        " m · a test                                          Enter chooses · Esc closes",
      ])
  }

  @Test func `takes all the room where there is little of it`() {
    var stage = stage(rows: 10, columns: 40)
    #expect(
      stage.picture == [
        "  Preset ›                           3",
        "  ● none",
        "    review",
        "    terse",
        "  ────────────────────────────────────",
        "  reads code as a reviewer does",
        "  asks careful, temperature 0.2,",
        "  ────────────────────────────────────",
        "  › Ask something",
        " m · a test  Enter chooses · Esc closes",
      ])
  }

  @Test func `says where presets are written where there are none`() {
    let empty = OwnTextList(kind: .preset, rows: [], folder: "/home/me/.config/patter/presets")
    var stage = stage(rows: 24, columns: 80, empty)
    #expect(
      stage.picture == [
        "  You",
        "  hi",
        "",
        "  m",
        "  Hello.",
        "",
        "",
        "",
        "",
        "",
        "",
        "  ────────────────────────────────────────────────────────────────────────────",
        "  Preset ›                                                                   1",
        "  ● none                                                         as configured",
        "",
        "",
        "  ────────────────────────────────────────────────────────────────────────────",
        "  No preset: system prompt, model and options as they are configured.",
        "",
        "  There is none yet: each is a file, /home/me/.config/patter/presets/NAME.md.",
        "",
        "  ────────────────────────────────────────────────────────────────────────────",
        "  › Ask something",
        " m · a test                                          Enter chooses · Esc closes",
      ])
  }

  @Test func `the status line names the preset, and lets go of it first where there is no room`() {
    var app = readyApp()
    app.handle(.presetRead(Preset("review"), place: nil), at: origin)
    app.press("x", "backspace")
    var wide = Stage(app, rows: 8, columns: 60)
    #expect(wide.picture.last == " m · a test · preset review           Enter sends · F1 keys")
    var narrow = Stage(app, rows: 8, columns: 24)
    #expect(narrow.picture.last == " m · a test")
  }

  @Test(arguments: 0...16, [0, 1, 2, 9, 40])
  func `fits on every screen`(rows: Int, columns: Int) {
    var stage = stage(rows: rows, columns: columns)
    for key in ["down", "n", "end", "pageup", "backspace", "esc"] {
      stage.app.press(key)
      let frame = stage.draw()
      #expect(frame.rows.count == rows)
      #expect(frame.rows.allSatisfy { $0.count == columns })
    }
  }
}

extension App {
  /// Whether the key for the other thing replaces the live reply.
  fileprivate var otherPolicyReplaces: Bool {
    var app = self
    app.type("three")
    app.press("alt-q")
    return app.store.conversation.lastPrompt.map { app.store.conversation[$0].text } == "three"
  }
}

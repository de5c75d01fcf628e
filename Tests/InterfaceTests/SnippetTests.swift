import Chat
import Terminal
import Testing

@testable import Interface

@Suite struct `A snippet` {
  /// An app into whose draft this was written.
  private func writing(_ text: String, editing: EditingStyle = .emacs) -> App {
    let ids = MessageIDSource(seed: MessageID(high: 1, low: 2))
    let store = ChatStore(route: Route(ModelID(provider: "test", name: "m")), messageIDs: ids)
    var app = App(
      chats: Conversations(store), answering: .ready(place: "a test"), editing: editing)
    #expect(app.send("/snippet it") == [.useSnippet("it")])
    app.handle(.snippetRead(text), at: origin)
    return app
  }

  private func selected(_ app: App) -> String? {
    app.composer.draft.selection.map { app.composer.elements[$0].text }
  }

  private func lastPrompt(_ app: App) -> String? {
    app.store.conversation.lastPrompt.map { app.store.conversation[$0].text }
  }

  // MARK: - As it is written

  @Test(arguments: [
    ("none", "none", []),
    ("{{a}}", "{{a}}", ["a"]),
    ("x {{ a b }} y {{c:d e}}{{f:}}", "x {{a b}} y d e", ["a b", "c", "f"]),
    ("{{{a}}}", "{{{a}}}", ["a"]),
    ("{{ .Values.x }} {{1}} {{}} {{a", "{{ .Values.x }} {{1}} {{}} {{a", []),
    ("{{a:b\nc}} {{a\nb}}", "{{a:b\nc}} {{a\nb}}", []),
    ("{{a:b:c}}", "b:c", ["a"]),
    ("日本 {{名前}} é", "日本 {{名前}} é", ["名前"]),
    ("{{a}}\r\n{{b}}", "{{a}}\n{{b}}", ["a", "b"]),
  ])
  func `is text, and names in two pairs of braces`(text: String, draft: String, names: [String]) {
    let snippet = Snippet(text)
    #expect(snippet.elements.text == draft)
    #expect(snippet.placeholders.map(\.name) == names)
  }

  @Test func `has no more placeholders than it may, nor longer names`() {
    let many = Snippet(String(repeating: "{{a}}", count: 101))
    #expect(many.placeholders.count == 100)
    #expect(many.elements.count == 505)
    #expect(Snippet("{{\(String(repeating: "a", count: 41))}}").placeholders == [])
  }

  @Test(arguments: ["{{ ", "{{a:", "{{a ", "{{{a: "], ["", "\n}}"])
  func `is read once, however many braces are left open`(piece: String, end: String) {
    let text = String(repeating: piece, count: 40_000) + end
    let snippet = Snippet(text)
    #expect(snippet.placeholders == [])
    #expect(snippet.elements.text == text)
  }

  // MARK: - Keys

  @Test func `is filled in one placeholder after the other, and sent`() {
    var app = writing("Dear {{name}}, it is {{tone:nice}} in {{place}}.")
    #expect(selected(app) == "{{name}}")
    app.type("Ann")
    #expect(app.composer.text == "Dear Ann, it is nice in {{place}}.")
    app.press("tab")
    #expect(selected(app) == "nice")
    app.press("tab")
    #expect(selected(app) == "{{place}}")
    app.type("Rome")
    app.press("tab")
    #expect(app.composer.cursor == app.composer.elements.count)
    app.press("enter")
    #expect(lastPrompt(app) == "Dear Ann, it is nice in Rome.")
    #expect(app.composer.draft.placeholders == [])
  }

  @Test func `Shift-Tab goes back to what was filled in`() {
    var app = writing("{{a}} and {{b}}")
    app.type("one")
    app.press("tab")
    app.type("two")
    app.press("shift-tab")
    #expect(selected(app) == "one")
    app.type("1")
    #expect(app.composer.text == "1 and two")
    app.press("shift-tab")
    #expect(selected(app) == "two")
  }

  @Test func `Tab behind the last one goes to the first again`() {
    var app = writing("{{a}} {{b}} end")
    app.press("tab", "tab")
    #expect(selected(app) == nil)
    #expect(app.composer.cursor == app.composer.elements.count)
    app.press("tab")
    #expect(selected(app) == "{{a}}")
  }

  @Test func `from anywhere in the draft Tab goes to the next one`() {
    var app = writing("{{a}} middle {{b}} end")
    app.press("right", "right", "right", "tab")
    #expect(selected(app) == "{{b}}")
    app.press("left", "home", "shift-tab")
    #expect(selected(app) == "{{b}}")
  }

  @Test func `a name that stands there twice is filled in once`() {
    var app = writing("{{a}}, {{b}}, {{a}}, {{a:other}}")
    app.type("one")
    #expect(app.composer.text == "one, {{b}}, {{a}}, other")
    app.press("tab")
    #expect(app.composer.text == "one, {{b}}, one, one")
    #expect(selected(app) == "{{b}}")
  }

  @Test func `what somebody wrote there himself is not overwritten`() {
    var app = writing("{{a}} {{a}}")
    app.press("tab")
    app.type("second")
    app.press("shift-tab")
    #expect(app.composer.text == "second second")
    app.type("first")
    app.press("tab")
    #expect(app.composer.text == "first second")
  }

  @Test func `Enter goes to the first that is empty, and sends nothing`() {
    var app = writing("{{a:x}} {{b}} {{c}}")
    app.press("enter")
    #expect(selected(app) == "{{b}}")
    #expect(
      app.notice?.text == "“b” is still to be filled in. Esc lets all stay as they are written.")
    app.type("B")
    app.press("alt-q")
    #expect(selected(app) == "{{c}}")
    app.press("backspace", "enter")
    #expect(lastPrompt(app) == "x B ")
  }

  @Test func `Enter fills in the same name first`() {
    var app = writing("{{a}} {{a}}")
    app.type("x")
    app.press("enter")
    #expect(lastPrompt(app) == "x x")
  }

  @Test func `Esc ends the way through, and what stands there is text`() {
    var app = writing("{{a}} {{b}}")
    app.type("x")
    app.press("esc")
    #expect(app.composer.text == "x {{b}}")
    #expect(app.composer.draft.placeholders == [])
    app.press("enter")
    #expect(lastPrompt(app) == "x {{b}}")
  }

  @Test func `Esc stops a live reply first`() {
    var app = readyApp()
    app.send("hi")
    app.send("/snippet it")
    app.handle(.snippetRead("{{a}}"), at: origin)
    app.press("esc")
    #expect(!app.store.isLive)
    #expect(selected(app) == "{{a}}")
    app.press("esc", at: later(1_000))
    #expect(selected(app) == nil)
    #expect(app.composer.text == "{{a}}")
  }

  @Test func `undo takes all of it back in one step`() {
    var app = writing("Dear {{name}}, {{text}}")
    app.press("ctrl-_")
    #expect(app.composer.isEmpty)
    #expect(app.composer.draft.placeholders == [])
  }

  @Test func `undo brings back a placeholder that was filled, and it is one again`() {
    var app = writing("{{a}} {{b}}")
    app.type("x")
    app.press("ctrl-_")
    #expect(app.composer.text == "{{a}} {{b}}")
    app.press("enter")
    #expect(selected(app) == "{{a}}")
    app.press("tab")
    app.type("y")
    app.press("tab", "ctrl-_", "enter")
    #expect(app.store.conversation.lastPrompt == nil)
    #expect(selected(app) == "{{a}}")
  }

  @Test(arguments: [EditingStyle.emacs, .vi])
  func `undo takes the words back in one step that were written over a placeholder`(
    editing: EditingStyle
  ) {
    var app = writing("Dear {{name}},", editing: editing)
    app.type("Ada")
    app.press("ctrl-_")
    #expect(app.composer.text == "Dear {{name}},")
    app.press("ctrl-_")
    #expect(app.composer.isEmpty)
  }

  @Test func `braces that are typed or pasted are text`() {
    var app = readyApp()
    app.handle(.input(.paste("{{a}} {{b}}")), at: origin)
    app.press("tab")
    #expect(selected(app) == nil)
    app.press("enter")
    #expect(lastPrompt(app) == "{{a}} {{b}}")
    app = writing("{{a}}")
    app.handle(.input(.paste("{{c}} {{d}}")), at: origin)
    app.press("enter")
    #expect(lastPrompt(app) == "{{c}} {{d}}")
  }

  @Test func `a paste takes the place of what is selected, and so does what was cut`() {
    var app = writing("x {{a}} y {{b}}")
    app.handle(.input(.paste(String(repeating: "line\n", count: 20))), at: origin)
    #expect(app.composer.hasFoldedPaste)
    app.press("tab")
    app.type("cut")
    app.press("ctrl-w", "shift-tab")
    app.press("ctrl-y")
    #expect(app.composer.text == "x cut y ")
  }

  @Test func `what is written before or behind a placeholder is not part of it`() {
    var app = writing("{{a}}{{b}}")
    app.press("home")
    app.type("Mr ")
    app.press("end")
    app.type("!")
    #expect(app.composer.text == "Mr {{a}}{{b}}!")
    app.press("enter")
    #expect(selected(app) == "{{a}}")
    app.type("A")
    app.press("enter")
    #expect(selected(app) == "{{b}}")
    app.type("B")
    app.press("enter")
    #expect(lastPrompt(app) == "Mr AB!")
  }

  @Test func `what is written in one is not part of an empty one beside it`() {
    var app = writing("{{a}}{{b:}}{{c:}}.")
    app.type("one")
    app.press("tab")
    app.type("two")
    app.press("tab")
    app.type("three")
    #expect(app.composer.text == "onetwothree.")
    app.press("shift-tab")
    #expect(selected(app) == "two")
    app.press("shift-tab")
    #expect(selected(app) == "one")
  }

  @Test func `a name beside itself is filled in once, however often somebody comes by`() {
    var app = writing("{{a}}{{a:}} {{b}} {{c:}}{{a:}}")
    app.type("foo")
    app.press("tab")
    #expect(app.composer.text == "foofoo {{b}} foo")
    app.press("shift-tab", "shift-tab", "tab", "tab", "tab", "tab", "tab", "tab")
    #expect(app.composer.text == "foofoo {{b}} foo")
    #expect(app.composer.draft.placeholders.map(\.range.count) == [3, 3, 5, 0, 3])
  }

  @Test func `each conversation keeps how far it is filled`() {
    var app = writing("{{a}} {{b}}")
    app.type("x")
    app.press("f4")
    app.press("tab")
    #expect(app.composer.isEmpty)
    app.press("alt-g", "down", "enter")
    #expect(app.composer.text == "x {{b}}")
    app.press("tab")
    #expect(selected(app) == "{{b}}")
  }

  @Test func `with vi's keys a placeholder is written over as well`() {
    var app = writing("{{a}} {{b}}", editing: .vi)
    app.type("x")
    app.press("tab")
    app.type("y")
    app.press("esc")
    app.press("0", "shift-tab")
    app.type("first")
    #expect(app.composer.text == "x first")
  }

  @Test func `after vi's R a placeholder is written over, and nothing behind it`() {
    var app = writing("Say {{abc}} tail", editing: .vi)
    app.press("esc", "0", "R")
    app.press("tab")
    #expect(selected(app) == "{{abc}}")
    app.type("Quite")
    #expect(app.composer.text == "Say Quite tail")
  }

  @Test func `goes in where the cursor is, and leaves what stands there`() {
    var app = readyApp()
    app.type("before  after")
    for _ in 0..<6 { app.press("left") }
    app.handle(.snippetRead("{{a}}"), at: origin)
    #expect(app.composer.text == "before {{a}} after")
    app.type("x")
    #expect(app.composer.text == "before x after")
    app.press("ctrl-_", "ctrl-_")
    #expect(app.composer.text == "before  after")
  }

  @Test func `within a placeholder takes its place`() {
    var app = writing("{{a}} {{b}}")
    app.handle(.snippetRead("<{{c}}>"), at: origin)
    #expect(app.composer.text == "<{{c}}> {{b}}")
    #expect(app.composer.draft.placeholders.map(\.name) == ["c", "b"])
  }

  @Test func `that begins as a command is done when it is filled`() {
    var app = writing("/system You are {{whom}}.")
    #expect(app.shownCompletion == nil)
    app.type("kind")
    app.press("enter")
    #expect(app.store.conversation.systemPrompt == "You are kind.")
  }

  @Test func `that was saved since a name was completed last is among the names`() {
    var app = readyApp()
    func list(_ names: [String]) -> AppEvent {
      .ownTextsListed(
        OwnTextList(
          kind: .snippet, rows: names.map { .init(name: $0, description: "", preview: "") },
          folder: "/x"))
    }
    #expect(
      app.take(.input(.paste("/snippet b"))).effects.contains(.listOwnTexts(.snippet)))
    app.handle(list(["bug"]), at: origin)
    #expect(app.shownCompletion?.completion.rows.map(\.name) == ["bug"])
    app.press("ctrl-u")
    #expect(
      app.take(.input(.paste("/snippet brandn"))).effects.contains(.listOwnTexts(.snippet)))
    app.handle(list(["bug", "brandnew"]), at: origin)
    #expect(app.shownCompletion?.completion.rows.map(\.name) == ["brandnew"])
  }

  @Test(arguments: [
    ("{{topic}} and {{other}}", "{{topic}} and {{other}} more", ["topic", "other"]),
    ("{{topic}} and {{other}}", "Say {{topic}} and {{other}} more", ["topic", "other"]),
    ("{{topic}} and {{other}}", "{{other}}, then {{topic}}", ["other", "topic"]),
    ("{{topic}} and {{other}}", "Rome and {{other}}", ["other"]),
    ("{{topic}}", "{{tone}} {{topic}}", ["topic"]),
    ("{{topic}}", "About {{topic}} now", ["topic"]),
    ("{{a}} {{a}}", "{{a}}", ["a"]),
    ("{{a}} {{b}}", "nothing of it {{c}}", []),
  ])
  func `what is still to be filled in is so behind the editor`(
    text: String, edited: String, names: [String]
  ) {
    var app = writing(text)
    app.press("ctrl-g")
    app.take(.edited(edited))
    #expect(app.composer.text == edited)
    #expect(app.composer.draft.placeholders.map(\.name) == names)
    #expect(app.composer.cursor == app.composer.elements.count)
    app.press("enter")
    #expect((lastPrompt(app) == nil) == !names.isEmpty)
    app.press("ctrl-_")
    if !names.isEmpty { #expect(app.composer.text == text) }
  }

  @Test func `what comes back before it fills nothing in`() {
    var app = writing("{{a}} {{b}}")
    app.composer.giveBack("first")
    #expect(app.composer.text == "first\n{{a}} {{b}}")
    app.press("enter")
    #expect(selected(app) == "{{a}}")
    #expect(lastPrompt(app) == nil)
  }

  @Test func `another prompt in its place is no part of it`() {
    var app = writing("{{a}}")
    app.composer.bringBack("another".draftElements)
    #expect(app.composer.draft.placeholders == [])
  }

  // MARK: - How it looks

  @Test func `what is selected stands out, and what is still to come is seen`() {
    var stage = Stage(writing("Dear {{name}}, {{text}}"), rows: 8, columns: 60)
    let row = stage.draw().rows[6]
    let theme = stage.theme
    let styles = row.map(\.style)
    #expect(stage.picture[6] == "  › Dear {{name}}, {{text}}")
    #expect(styles[4] == theme.style(for: .composer))
    #expect(Set(styles[9..<17]) == [theme.style(for: .selection)])
    #expect(styles[17] == theme.style(for: .composer))
    #expect(Set(styles[19..<27]) == [theme.style(for: .composerFold)])
    #expect(stage.picture[7].hasSuffix("Tab goes on · Enter sends · Esc ends it"))
    stage.app.press("left")
    #expect(Set(stage.draw().rows[6].map(\.style)[9..<17]) == [theme.style(for: .composerFold)])
  }

  @Test func `is picked from a list that shows it`() {
    var app = readyApp()
    #expect(app.send("/snippet") == [.listOwnTexts(.snippet)])
    app.handle(
      .ownTextsListed(
        OwnTextList(
          kind: .snippet,
          rows: [
            .init(name: "bug", description: "a report", preview: "It {{what}}, but {{expected}}."),
            .init(name: "translate", description: "", preview: "Translate {{it}}."),
          ], folder: "/home/me/.config/patter/snippets")), at: origin)
    var stage = Stage(app, rows: 20, columns: 60)
    #expect(
      stage.picture == [
        "  Patter",
        "",
        "  m answers (a test).",
        "  Enter sends, Esc stops the reply, F1 shows all keys.",
        "",
        "",
        "",
        "",
        "",
        "  ────────────────────────────────────────────────────────",
        "  Snippet ›                                              2",
        "    bug                                           a report",
        "    translate",
        "",
        "  ────────────────────────────────────────────────────────",
        "  It {{what}}, but {{expected}}.",
        "",
        "  ────────────────────────────────────────────────────────",
        "  › Ask something",
        " m · a test                      Enter chooses · Esc closes",
      ])
    stage.app.type("tran")
    #expect(stage.app.press("enter") == [.useSnippet("translate")])
  }
}

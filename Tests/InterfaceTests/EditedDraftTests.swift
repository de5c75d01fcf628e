import Interface
import Terminal
import Testing

@Suite struct `The draft in an editor` {
  @Test func `goes out as it stands, with no key lost on the way`() {
    var app = readyApp()
    app.type("one")
    app.press("ctrl-j")
    app.type("two ")
    #expect(app.press("ctrl-g") == [.openEditor("one\ntwo ")])
    #expect(app.composer.text == "one\ntwo ")
  }

  @Test func `comes back in the place of the draft, with the cursor at its end`() {
    var app = readyApp()
    app.type("before")
    app.press("ctrl-g", "home")
    app.take(.edited("one\ntwo"))
    app.type("!")
    #expect(app.composer.text == "one\ntwo!")
    app.press("ctrl-_", "ctrl-_")
    #expect(app.composer.text == "before")
  }

  @Test func `folds nothing that comes back, and leaves folded what comes back as it went`() {
    var app = readyApp()
    let lines = String(repeating: "line\n", count: 20)
    app.take(.input(.paste(lines)))
    #expect(app.press("ctrl-g") == [.openEditor(lines)])
    app.take(.edited(lines))
    #expect(app.composer.hasFoldedPaste)
    app.press("ctrl-g")
    app.take(.edited(lines + "more"))
    #expect(!app.composer.hasFoldedPaste)
  }

  @Test func `moves nothing when it comes back as it went`() {
    var app = readyApp()
    app.type("same")
    app.press("home", "ctrl-g")
    app.take(.edited("same"))
    #expect(app.composer.cursor == 0)
  }

  @Test func `may come back empty, and when the draft was sent or nobody asked`() {
    var app = readyApp()
    app.type("words")
    app.press("ctrl-g")
    app.take(.edited(""))
    #expect(app.composer.isEmpty)
    app.take(.edited("unasked"))
    #expect(app.composer.text == "unasked")
    app.press("ctrl-g", "enter")
    app.take(.edited("late"))
    #expect(app.composer.text == "late")
  }

  @Test func `that is too long says what became of the rest`() {
    var app = readyApp()
    app.take(.edited(String(repeating: "a", count: 1_000_001)))
    #expect(app.composer.text.count == 1_000_000)
    #expect(app.notice?.text.contains("the rest was left out") == true)
  }
}

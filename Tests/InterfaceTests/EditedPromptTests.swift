import Chat
import Terminal
import Testing

@testable import Interface

/// An app that was asked these, each answered at some length.
private func app(_ prompts: String...) -> App {
  var app = readyApp()
  for (index, prompt) in prompts.enumerated() {
    app.send(prompt)
    let reply = (1...8).map { "\(prompt) line \($0)" }.joined(separator: "\n\n")
    app.hear(UInt64(index + 1), .text(reply))
    app.hear(UInt64(index + 1), .completed(.stop))
  }
  return app
}

@Suite struct `Editing any prompt` {
  @Test func `edits the last one while the end is followed`() {
    var stage = Stage(app("one", "two", "three"), rows: 12, columns: 60)
    stage.draw()
    stage.app.press("alt-e")
    #expect(stage.app.composer.text == "three")
    #expect(stage.picture.contains { $0.contains("── edits the last prompt ──") })
  }

  @Test func `edits that of the turn that is read, and says which`() {
    var stage = Stage(app("one", "two", "three"), rows: 12, columns: 60)
    stage.draw()
    stage.app.press("alt-up", "alt-up", "alt-up")
    for _ in 0..<3 {
      stage.app.press("alt-up")
      stage.draw()
    }
    stage.app.handle(.input(.wheel(1)), at: origin)
    stage.draw()
    let reading = stage.app.layout.reading.map { stage.app.store.conversation[$0].text }
    #expect(reading?.hasPrefix("two") == true)
    stage.app.press("alt-e")
    #expect(stage.app.composer.text == "two")
    #expect(stage.picture.contains { $0.contains("── edits prompt 2 of 3 ──") })
  }

  @Test func `sends beside it, and what followed it stays`() {
    var app = app("one", "two", "three")
    let before = app.store.conversation.path
    app.beginEdit(before[2])
    app.type("!")
    app.press("enter")
    let conversation = app.store.conversation
    #expect(
      conversation.path.map { conversation[$0].text.prefix(4) } == ["one", "one ", "two!", ""])
    #expect(conversation.path.prefix(2) == before.prefix(2))
    #expect(before.allSatisfy(conversation.has))
    #expect(conversation.siblings(of: before[2]).count == 2)
  }

  @Test func `brings it into view, and Esc goes back to the end`() {
    var stage = Stage(app("one", "two", "three"), rows: 12, columns: 60)
    stage.draw()
    stage.app.beginEdit(stage.app.store.conversation.path[0])
    #expect(stage.picture.prefix(2) == ["  You", "  one"])
    stage.app.press("esc")
    #expect(stage.app.viewport.mode == .follow)
  }

  @Test func `leaves the page alone where it is in view, and where somebody scrolled meanwhile`() {
    var stage = Stage(app("one", "two", "three"), rows: 12, columns: 60)
    stage.draw()
    stage.app.press("alt-up")
    stage.draw()
    stage.app.press("alt-up")
    let before = stage.picture.prefix(8)
    stage.app.press("alt-e")
    #expect(stage.picture.prefix(8) == before)
    stage.app.press("esc", "end")
    stage.draw()
    stage.app.press("alt-e")
    stage.draw()
    stage.app.press("pageup")
    stage.draw()
    let page = stage.picture.prefix(8)
    stage.app.press("esc")
    #expect(stage.picture.prefix(8) == page)
  }

  @Test func `says where the path has turned away from it`() {
    var stage = Stage(app("one"), rows: 12, columns: 60)
    stage.app.beginEdit()
    stage.app.press("ctrl-u")
    stage.app.send("two")
    stage.app.press("esc")
    stage.app.beginEdit()
    stage.app.press("alt-,")
    #expect(stage.picture.contains { $0.contains("── edits a prompt of another branch ──") })
  }

  @Test func `/edit shows the prompts of the page, the newest first, and edits the chosen one`() {
    var stage = Stage(app("one", "two", "three"), rows: 24, columns: 60)
    stage.app.send("/edit")
    let picture = stage.picture
    #expect(
      picture[12..<16] == [
        "  Edit prompt ›                                          3",
        "    three", "    two", "    one",
      ])
    #expect(picture.last?.hasSuffix("Enter edits it · Esc closes") == true)
    stage.app.type("TW")
    stage.app.press("enter")
    #expect(stage.app.overlay == nil)
    #expect(stage.app.composer.text == "two")
    stage.draw()
    #expect(stage.picture.contains { $0.contains("── edits prompt 2 of 3 ──") })
    #expect(stage.picture.prefix(2) == ["  You", "  two"])
  }

  @Test func `/edit edits a single prompt at once, and says where there is none`() {
    var app = app("one")
    app.send("/edit")
    #expect(app.composer.text == "one")
    var empty = readyApp()
    empty.send("/edit")
    #expect(empty.notice?.text == "There is no prompt yet that could be edited.")
  }
}

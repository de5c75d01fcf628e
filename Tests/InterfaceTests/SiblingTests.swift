import Chat
import Terminal
import Testing

@testable import Interface

/// What is on the page, text by text.
private func page(_ app: App) -> [String] {
  app.store.conversation.path.map { app.store.conversation[$0].text }
}

/// An app that was asked what is blue, and then, in the place of that, what is red and what is dark red.
private func branchedApp() -> App {
  var app = readyApp()
  app.send("What is blue?")
  app.hear(1, .text("The sky."))
  app.hear(1, .completed(.stop))
  app.send("And the sea?")
  app.hear(2, .text("Too."))
  app.hear(2, .completed(.stop))
  app.beginEdit(app.store.conversation.path[0])
  app.press("ctrl-u")
  app.send("What is red?")
  app.hear(3, .text("A rose."))
  app.hear(3, .completed(.stop))
  return app
}

/// The rows of the transcript that have words.
private func words(_ stage: inout Stage) -> [String] {
  stage.picture.dropLast(3).filter { !$0.isEmpty }.map { String($0.drop { $0 == " " }) }
}

@Suite struct `Siblings` {
  @Test
  func `say at their heads which they are: prompts that were edited, replies asked for again`() {
    var stage = Stage(branchedApp(), rows: 24, columns: 60)
    #expect(words(&stage) == ["You ‹2/2›", "What is red?", "m", "A rose."])
    stage.app.press("alt-r")
    stage.app.hear(4, .text("Blood."))
    #expect(
      words(&stage) == [
        "You ‹2/2›", "What is red?", "m ‹2/2›", "Blood.",
        "▸ m, an earlier attempt, 2 words (Alt-A shows it)",
      ])
  }

  @Test func `are stepped to with all that stood behind them, and back`() {
    var stage = Stage(branchedApp(), rows: 24, columns: 60)
    stage.draw()
    stage.app.press("alt-,")
    #expect(page(stage.app) == ["What is blue?", "The sky.", "And the sea?", "Too."])
    #expect(words(&stage).first == "You ‹1/2›")
    stage.app.press("alt-.")
    #expect(page(stage.app) == ["What is red?", "A rose."])
    #expect(stage.app.notice == nil)
  }

  @Test func `end where the last of them is, and a sentence says so`() {
    var stage = Stage(branchedApp(), rows: 24, columns: 60)
    stage.draw()
    stage.app.press("alt-.")
    #expect(stage.app.notice?.text == "This is the last of 2.")
    stage.app.press("alt-,")
    stage.draw()
    stage.app.press("alt-,")
    #expect(stage.app.notice?.text == "This is the first of 2.")
    #expect(page(stage.app).first == "What is blue?")
  }

  @Test func `that are not there are told of, on an empty page and on one that never forked`() {
    let sentence =
      "Nothing here has a second version yet; a prompt that is edited or sent again gets one."
    var app = readyApp()
    app.press("alt-,")
    #expect(app.notice?.text == sentence)
    app.send("one")
    app.hear(1, .text("x"))
    app.press("alt-.")
    #expect(app.notice?.text == sentence)
    #expect(app.store.isLive)
  }

  @Test func `are those of the last message that has any`() {
    var app = branchedApp()
    app.press("alt-r")
    app.hear(4, .text("Blood."))
    app.hear(4, .completed(.stop))
    app.press("alt-,")
    #expect(page(app) == ["What is red?", "A rose."])
  }

  @Test func `are those of the message in view, not of what stands below the screen`() {
    var app = branchedApp()
    app.send(String(repeating: "a long question ", count: 40))
    app.hear(4, .text("No."))
    app.hear(4, .completed(.stop))
    app.press("alt-r")
    app.hear(5, .text("Yes."))
    app.hear(5, .completed(.stop))
    var stage = Stage(app, rows: 9, columns: 60)
    stage.draw()
    stage.app.press("home")
    stage.draw()
    stage.app.press("alt-,")
    #expect(page(stage.app).first == "What is blue?")
  }

  @Test func `go on being stepped among, whatever has come into view`() {
    var app = branchedApp()
    // The first of three has a reply with a sibling of its own.
    app.press("alt-,")
    app.press("alt-r")
    app.hear(4, .text("Very."))
    app.hear(4, .completed(.stop))
    app.beginEdit(app.store.conversation.path[0])
    app.press("ctrl-u")
    app.send("What is green?")
    app.hear(5, .text("Grass."))
    app.hear(5, .completed(.stop))
    var stage = Stage(app, rows: 24, columns: 60)
    for first in ["What is red?", "What is blue?"] {
      stage.draw()
      stage.app.press("alt-,")
      #expect(page(stage.app).first == first)
    }
    stage.draw()
    stage.app.press("alt-.")
    #expect(page(stage.app).first == "What is red?")
    // Another key, and they are those of the last message in view again.
    stage.draw()
    stage.app.press("alt-,")
    stage.draw()
    stage.app.press("left")
    stage.app.press("alt-,")
    #expect(page(stage.app) == ["What is blue?", "The sky.", "And the sea?", "Too."])
  }

  @Test func `begin the page where what follows them is long`() {
    var app = branchedApp()
    app.press("alt-,")
    app.send("Count.")
    app.hear(4, .text((1...60).map { "line \($0)" }.joined(separator: "\n\n")))
    app.hear(4, .completed(.stop))
    app.beginEdit(app.store.conversation.path[0])
    app.send("!")
    app.hear(5, .completed(.stop))
    var stage = Stage(app, rows: 12, columns: 60)
    stage.draw()
    stage.app.press("alt-,", "alt-,")
    #expect(words(&stage).prefix(2) == ["You ‹1/3›", "What is blue?"])
  }

  @Test func `leave the end followed where the last turn is stepped in`() {
    var app = branchedApp()
    app.press("alt-r")
    app.hear(4, .text((1...60).map { "line \($0)" }.joined(separator: "\n\n")))
    app.hear(4, .completed(.stop))
    var stage = Stage(app, rows: 12, columns: 60)
    stage.draw()
    stage.app.press("alt-,")
    stage.draw()
    stage.app.press("alt-.")
    #expect(stage.app.viewport.mode == .follow)
    #expect(words(&stage).contains("line 60"))
  }

  @Test(arguments: ["ctrl-s", "alt-c", "f3", "f1"])
  func `are stepped to from a search, from hints, from the bare text and from a page`(key: String) {
    var stage = Stage(branchedApp(), rows: 24, columns: 60)
    stage.draw()
    stage.app.press(key)
    stage.draw()
    stage.app.press("alt-,")
    stage.draw()
    #expect(page(stage.app).first == "What is blue?")
    #expect(stage.app.search == nil && stage.app.copying == nil && stage.app.overlay == nil)
  }

  @Test func `of which one is live let it go on, and the status says where`() {
    var app = branchedApp()
    app.press("alt-r")
    app.hear(4, .text("Blo"))
    var stage = Stage(app, rows: 24, columns: 100)
    stage.draw()
    stage.app.press("alt-,")
    #expect(page(stage.app).last == "A rose.")
    stage.app.hear(4, .text("od"))
    let status = stage.picture.last ?? ""
    #expect(status.contains("streaming, on another branch"))
    #expect(status.contains("Esc stops that reply"))
    stage.size.columns = 40
    let short = stage.picture.last ?? ""
    #expect(short.contains("live, elsewhere") && short.contains("Esc stop"))
    stage.app.press("alt-.")
    #expect(page(stage.app).last == "Blood")
    #expect(words(&stage).contains("Blood"))
    #expect(stage.picture.last?.contains("elsewhere") == false)
  }

  @Test func `of which one is live: Esc stops it from another branch, and the path stays`() {
    var app = branchedApp()
    app.press("alt-r")
    app.hear(4, .text("Blo"))
    app.press("alt-,")
    let effects = app.press("esc")
    #expect(effects == [.chat(.abort(StreamID(4)))])
    #expect(page(app).last == "A rose.")
  }

  @Test func `that come while one reads another are counted at once`() {
    var app = branchedApp()
    app.press("alt-r", "alt-,")
    var stage = Stage(app, rows: 24, columns: 60)
    #expect(words(&stage).contains("m ‹1/2›"))
    // It failed before its first word, and another attempt follows by itself.
    stage.app.hear(4, .failed(StreamFailure(.serverFailed, "It failed.")))
    #expect(stage.app.store.isLive)
    #expect(words(&stage).contains("m ‹1/3›"))
    #expect(page(stage.app).last == "A rose.")
  }

  @Test func `that come beside a message further up are counted at once`() {
    var app = branchedApp()
    app.press("alt-r")
    app.hear(4, .text("Blood."))
    app.hear(4, .completed(.stop))
    app.send("And then?")
    app.hear(5, .completed(.stop))
    app.press("alt-,", "alt-r", "alt-,")
    #expect(page(app) == ["What is red?", "Blood.", "And then?", ""])
    var stage = Stage(app, rows: 24, columns: 60)
    #expect(words(&stage).contains("m ‹2/3›"))
    stage.app.hear(6, .failed(StreamFailure(.serverFailed, "It failed.")))
    #expect(words(&stage).contains("m ‹2/4›"))
  }

  @Test func `that came later, or were gone on from, are no earlier attempts`() {
    var app = branchedApp()
    app.press("alt-r")
    app.hear(4, .text("Blood."))
    app.hear(4, .completed(.stop))
    app.send("And then?")
    app.hear(5, .completed(.stop))
    app.press("alt-,")
    var stage = Stage(app, rows: 24, columns: 60)
    #expect(!words(&stage).contains { $0.contains("attempt") })
    stage.app.send("Why?")
    stage.app.hear(6, .completed(.stop))
    stage.app.press("alt-.")
    #expect(page(stage.app).contains("Blood."))
    #expect(!words(&stage).contains { $0.contains("attempt") })
    stage.app.press("alt-r")
    stage.app.hear(7, .text("Then."))
    #expect(words(&stage).filter { $0.contains("attempt") }.count == 1)
  }
}

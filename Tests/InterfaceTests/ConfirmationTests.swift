import Chat
import Terminal
import Testing

@testable import Interface

@Suite struct `A question` {
  private static let question = Confirmation(
    "Two other conversations have drafts that were not sent. Leave them behind?", yes: "leaves",
    no: "stays", .leave)

  private func asked() -> App {
    var app = readyApp()
    app.ask(Self.question)
    return app
  }

  @Test(arguments: ["y", "Y"])
  func `yes does what it says`(key: String) {
    var app = asked()
    #expect(app.press(key) == [.quit])
    #expect(app.overlay == nil)
  }

  @Test(arguments: ["n", "N", "esc", "ctrl-c", "enter"])
  func `no does nothing, and Enter means no at first`(key: String) {
    var app = asked()
    #expect(app.press(key) == [])
    #expect(app.overlay == nil)
  }

  @Test(arguments: ["up", "left", "tab", "shift-tab"])
  func `Enter does what was selected`(key: String) {
    var app = asked()
    app.press(key)
    #expect(app.press("enter") == [.quit])
  }

  @Test(arguments: [
    "x", "?", "/", "ctrl-d", "alt-m", "ctrl-r", "ctrl-s", "alt-c", "f1", "f3", "pageup", "space",
  ])
  func `no other key does anything`(key: String) {
    var app = asked()
    let before = app
    #expect(app.press(key) == [])
    #expect(app == before)
  }

  @Test func `a reply goes on below it, and no stops nothing`() {
    var app = readyApp()
    app.send("hi")
    app.ask(Self.question)
    app.hear(1, .text("Hello"))
    app.press("esc")
    #expect(app.store.generation != .idle)
    #expect(app.store.conversation.allMessages.last?.text == "Hello")
  }

  @Test func `what was open makes room, and a search goes back to where it began`() {
    var app = readyApp()
    app.send("hi")
    app.press("ctrl-s")
    app.ask(Self.question)
    #expect(app.search == nil)
    app = readyApp()
    app.press("f3")
    app.ask(Self.question)
    #expect(!app.isBare)
  }

  @Test(arguments: [
    (
      24, 80,
      [
        "  ────────────────────────────────────────────────────────────────────────────",
        "  Two other conversations have drafts that were not sent. Leave them behind?",
        "  y: leaves", "  n, Esc, Enter: stays",
      ], "y leaves · Esc stays"
    ),
    (
      12, 40,
      [
        "  Two other conversations have drafts", "  that were not sent. Leave them",
        "  behind?", "  y: leaves", "  n, Esc, Enter: stays",
      ], "y leaves · Esc stays"
    ),
    (
      8, 20,
      [
        "drafts that were not", "sent. Leave them", "behind?", "y: leaves", "n, Esc, Enter: stays",
      ], "y/n · Esc stays"
    ),
  ])
  func `is the one that was looked at`(
    rows: Int, columns: Int, shown: [String], hints: String
  ) throws {
    var stage = Stage(asked(), rows: rows, columns: columns)
    let picture = stage.picture
    #expect(Array(picture[(rows - 3 - shown.count)..<(rows - 3)]) == shown)
    #expect(try #require(picture.last).hasSuffix(hints))
  }

  @Test(arguments: [0, 1, 2, 3, 5, 6, 8, 14], [0, 1, 3, 9, 25, 80, 200])
  func `fits on every screen, and the answers are seen first`(rows: Int, columns: Int) {
    var stage = Stage(asked(), rows: rows, columns: columns)
    let frame = stage.draw()
    #expect(frame.rows.count == rows)
    #expect(frame.rows.allSatisfy { $0.count == columns })
    if rows >= 5, columns >= 25 {
      #expect(frame.picture.contains { $0.contains("n, Esc, Enter: stays") })
    }
  }
}

import Chat
import Interface
import Terminal
import Testing

@Suite struct `The picker of themes` {
  private let list = ThemeList(
    items: [
      PickerItem("monochrome", details: ["Monochrome", "dark"]),
      PickerItem("nord", details: ["Nord", "dark"]),
      PickerItem("patter-dark", details: ["Patter Dark", "dark"]),
      PickerItem("patter-light", details: ["Patter Light", "light"]),
    ], inUse: "patter-dark")

  /// An app with the picker open and filled.
  private func picking(_ list: ThemeList? = nil, after prompts: String...) -> App {
    var app = readyApp()
    for prompt in prompts { app.send(prompt) }
    app.send("/theme")
    app.handle(.themesListed(list ?? self.list), at: origin)
    return app
  }

  private func isOpen(_ app: App) -> Bool {
    if case .themes = app.overlay { true } else { false }
  }

  @Test func `a name behind the command is used without a picker`() {
    var app = readyApp()
    #expect(app.send("/theme nord") == [.useTheme("nord")])
    #expect(app.overlay == nil)
  }

  @Test func `opens with the theme in use selected, and nothing previewed`() {
    var app = readyApp()
    #expect(app.send("/theme") == [.listThemes])
    #expect(app.take(.themesListed(list)).effects == [])
    #expect(app.press("up") == [.previewTheme("nord")])
  }

  @Test func `each row that is moved to is previewed, and the one in use is no preview`() {
    var app = picking()
    #expect(app.press("down") == [.previewTheme("patter-light")])
    #expect(app.press("down") == [])
    #expect(app.press("up") == [.previewTheme(nil)])
    #expect(app.press("home") == [.previewTheme("monochrome")])
    #expect(app.take(.input(.wheel(1))).effects == [.previewTheme("patter-light")])
  }

  @Test func `Enter uses the selected one, and the preview is over`() {
    var app = picking()
    app.press("up")
    #expect(app.press("enter") == [.useTheme("nord"), .previewTheme(nil)])
    #expect(app.overlay == nil)
  }

  @Test func `Enter on the one in use keeps it`() {
    var app = picking()
    #expect(app.press("enter") == [.useTheme("patter-dark")])
  }

  @Test(arguments: ["esc", "f1", "alt-m", "ctrl-c"])
  func `no way out leaves a preview behind`(key: String) {
    var app = picking()
    app.press("up")
    #expect(app.press(key).contains(.previewTheme(nil)))
    #expect(!isOpen(app))
  }

  @Test func `Esc stops no reply`() {
    var app = picking(after: "hi")
    app.press("up", "esc")
    #expect(app.store.generation != .idle)
  }

  @Test func `what is typed searches, and the best row is previewed`() {
    var app = picking()
    app.type("no")
    #expect(app.press("enter").first == .useTheme("nord"))
    app = picking()
    #expect(
      app.take(.input(.paste("light"))).effects == [.previewTheme("patter-light")])
    #expect(app.press("ctrl-u") == [])
    #expect(app.composer.isEmpty)
  }

  @Test func `where no row is found, nothing is previewed and Enter chooses nothing`() {
    var app = picking()
    app.press("up")
    #expect(app.take(.input(.paste("zzz"))).effects == [.previewTheme(nil)])
    #expect(app.press("enter") == [])
    #expect(isOpen(app))
  }

  @Test func `a theme that was named by its path stands first`() {
    var app = picking(ThemeList(items: list.items, inUse: "./my.yaml"))
    #expect(app.press("down") == [.previewTheme("monochrome")])
    #expect(app.press("up") == [.previewTheme(nil)])
    #expect(app.press("enter") == [.useTheme("./my.yaml")])
  }

  @Test func `a list that comes when it is closed changes nothing`() {
    var app = readyApp()
    let before = app
    #expect(app.take(.themesListed(list)) == App.Response(paint: .never))
    #expect(app == before)
  }

  // MARK: - Pictures

  private func stage(rows: Int, columns: Int = 60) -> Stage {
    var app = readyApp()
    app.send("hi")
    app.hear(1, .text("Hello.\n\nThis is a reply."))
    app.send("/theme")
    app.handle(.themesListed(list), at: origin)
    return Stage(app, rows: rows, columns: columns)
  }

  @Test func `stands below the transcript, where a reply goes on`() {
    var stage = stage(rows: 19)
    stage.draw()
    stage.app.hear(1, .text("\n\nIt goes on."))
    #expect(
      stage.picture == [
        "",
        "  m",
        "  Hello.",
        "",
        "  This is a reply.",
        "",
        "  It goes on.",
        "",
        "  ────────────────────────────────────────────────────────",
        "  Theme ›                                                4",
        "    monochrome                           Monochrome   dark",
        "    nord                                       Nord   dark",
        "  ● patter-dark                         Patter Dark   dark",
        "    patter-light                       Patter Light  light",
        "",
        "",
        "  ────────────────────────────────────────────────────────",
        "  › Ask something",
        " m · streaming 2 deltas/s    Enter keeps it · Esc goes back",
      ])
  }

  @Test func `where nothing has been said yet, a specimen shows how a conversation looks`() {
    var stage = Stage(picking(), rows: 40, columns: 60)
    #expect(
      Array(stage.picture.prefix(17)) == [
        "  You",
        "  What does this theme look like?",
        "",
        "  the reply",
        "  ▾ thought",
        "  Thoughts are quiet.",
        "",
        "  A heading",
        "",
        "  Words, emphasised or strong, code, and a link",
        "  (https://example.org).",
        "",
        "  • one thing",
        "  • and another",
        "",
        "  │ What somebody else said.",
        "",
      ])
    stage.app.press("esc")
    #expect(stage.picture.first == "  Patter")
  }

  @Test func `takes all the room where there is little of it`() {
    var stage = stage(rows: 12)
    #expect(stage.picture.first?.hasPrefix("  Theme ›") == true)
    #expect(stage.draw().cursor == Position(row: 0, column: 10))
  }

  @Test func `the cursor stands behind the query`() {
    var stage = stage(rows: 19)
    stage.app.type("no")
    #expect(stage.draw().cursor == Position(row: 9, column: 12))
  }

  @Test func `another theme moves no row of what is read`() {
    var app = readyApp()
    app.send("hi")
    app.hear(1, .text((1...997).map { "line \($0)" }.joined(separator: "\n\n")))
    var stage = Stage(app, rows: 20, columns: 60)
    stage.draw()
    stage.app.handle(.input(.wheel(-201)), at: origin)
    let before = stage.picture
    for appearance in [Theme.Appearance.light, .dark, .light, .dark] {
      let drawn = stage.view.draw(
        stage.app, theme: .standard(for: appearance), size: stage.size, at: origin)
      stage.app.handle(.laidOut(drawn.layout), at: origin)
      #expect(drawn.frame.picture == before)
    }
  }

  @Test(arguments: 0...16, [0, 1, 2, 9, 40])
  func `fits on every screen`(rows: Int, columns: Int) {
    var stage = stage(rows: rows, columns: columns)
    for key in ["down", "n", "end", "pageup", "backspace", "esc"] {
      stage.app.press(key)
      let frame = stage.draw()
      #expect(frame.rows.count == rows)
      #expect(frame.rows.allSatisfy { $0.count == columns })
      if let cursor = frame.cursor, rows > 0, columns > 0 {
        #expect(cursor.row < rows && cursor.column < columns)
      }
    }
  }
}

import Chat
import Interface
import Terminal
import Testing

@Suite struct `The picker of models` {
  private let mini = PickerItem("a/mini", details: ["128k", "$0.15 in", "$0.60 out"])

  private func list(
    _ id: String, _ items: [PickerItem], _ state: ModelList.State = .listed
  ) -> ModelList {
    ModelList(id: id, name: id.uppercased(), items: items, state: state)
  }

  /// A screen with the picker over it and these lists in it.
  private func stage(_ lists: ModelList..., rows: Int = 16, columns: Int = 60) -> Stage {
    var stage = Stage(readyApp(), rows: rows, columns: columns)
    stage.app.press("alt-m")
    for list in lists { stage.app.handle(.modelsListed(list), at: origin) }
    stage.draw()
    return stage
  }

  @Test func `asks for the lists when it opens, and again when it opens again`() {
    var app = readyApp()
    #expect(app.press("alt-m") == [.listModels])
    #expect(app.press("alt-m") == [])
    #expect(app.overlay == nil)
    #expect(app.send("/model") == [.listModels])
    #expect(app.overlay != nil)
  }

  @Test func `shows models with what is known of them, and marks the one in use`() {
    var stage = stage(
      list("", [PickerItem("careful", title: "careful: a/mini, then b/large")]),
      list("a", [mini, PickerItem("a/nano", details: ["8k", "free", "free"])]),
      list("b", [PickerItem("b/large", details: ["1M", "", ""])]),
      list("test", [PickerItem("test/m"), PickerItem("test/n")]))
    #expect(
      Array(stage.picture.prefix(8)) == [
        "  Model ›                                                6",
        "  ● test/m",
        "    careful: a/mini, then b/large",
        "    a/mini                       128k  $0.15 in  $0.60 out",
        "    a/nano                         8k      free       free",
        "    b/large                        1M",
        "    test/n",
        "",
      ])
    #expect(stage.picture[15].hasSuffix("Enter chooses · Esc closes"))
  }

  @Test func `filters while somebody types, with the letters that were found, and never closes`() {
    var stage = stage(list("a", [mini, PickerItem("a/nano")]), list("b", [PickerItem("b/min")]))
    stage.app.type("min?")
    stage.app.press("backspace")
    let frame = stage.draw()
    #expect(
      Array(frame.picture.prefix(3)) == [
        "  Model › min                                       2 of 4",
        "    a/mini                       128k  $0.15 in  $0.60 out",
        "    b/min",
      ])
    #expect(frame.cursor == Position(row: 0, column: 13))
    let theme = Theme.standard(for: .dark)
    #expect(frame.rows[2][6].style.attributes.contains(theme.style(for: .match).attributes))
    #expect(frame.rows[2][4].style == theme.style(for: .overlay))
    #expect(frame.rows[1][4].style == theme.style(for: .selection))
    #expect(stage.app.composer.isEmpty)
  }

  @Test func `Enter asks the selected one, as the command does`() {
    var stage = stage(list("a", [mini, PickerItem("a/nano")]))
    stage.app.type("nano")
    #expect(stage.app.press("enter") == [.findModel("a/nano")])
    #expect(stage.app.overlay == nil)
    #expect(stage.app.composer.isEmpty)
  }

  @Test func `moves by rows, pages and ends`() {
    var stage = stage(list("a", (0..<50).map { PickerItem("a/\($0)") }), rows: 16)
    func chosen(_ keys: String...) -> [AppEffect] {
      var app = stage.app
      for key in keys { app.press(key) }
      return app.press("enter")
    }
    // The row in use is the first: it is on no list.
    #expect(chosen("down", "down", "up") == [.findModel("a/0")])
    #expect(chosen("end") == [.findModel("a/49")])
    #expect(chosen("end", "home") == [.findModel("test/m")])
    #expect(chosen("ctrl-end", "ctrl-home", "down") == [.findModel("a/0")])
    #expect(chosen("pagedown") == [.findModel("a/7")])
    #expect(chosen("pagedown", "pageup") == [.findModel("test/m")])
    stage.app.handle(.input(.wheel(1)), at: origin)
    #expect(chosen() == [.findModel("a/2")])
  }

  @Test func `Esc closes it and nothing else`() {
    var app = readyApp()
    app.send("one")
    app.hear(1, .text("x"))
    app.type("draft")
    app.press("alt-m")
    app.type("zzz")
    #expect(app.press("esc") == [])
    #expect(app.overlay == nil)
    #expect(app.store.generation != .idle)
    #expect(app.composer.text == "draft")
  }

  @Test(arguments: [
    "ctrl-d", "delete", "alt-r", "alt-n", "alt-a", "ctrl-j", "left", "right", "alt-b", "alt-d",
    "ctrl-k", "ctrl-u", "ctrl-y", "ctrl-w", "backspace", "tab", "ctrl-x",
  ])
  func `a key that has no use in it does nothing`(key: String) {
    var app = readyApp()
    app.press("alt-m")
    #expect(app.press(key) == [])
    if case .models = app.overlay {} else { Issue.record("\(key) closed it") }
    #expect(app.composer.isEmpty)
  }

  @Test func `Ctrl-C stops the reply and then closes it`() {
    var app = readyApp()
    app.send("one")
    app.press("alt-m")
    #expect(app.press("ctrl-c").count == 1)
    #expect(app.overlay != nil)
    #expect(app.press("ctrl-c") == [])
    #expect(app.overlay == nil)
  }

  @Test func `a pasted name is searched`() {
    var app = readyApp()
    app.press("alt-m")
    app.handle(.input(.paste("a/new\n")), at: origin)
    #expect(app.press("enter") == [.findModel("a/new")])
  }

  @Test func `a name on no list is asked as it is written, and half a name is not`() {
    var stage = stage(list("a", [mini]))
    stage.app.type("b/")
    #expect(stage.picture[1] == "  None has these letters.")
    #expect(stage.app.press("enter") == [])
    #expect(stage.app.overlay != nil)
    stage.app.type("x")
    #expect(stage.picture[1] == "  None is listed by this name. Enter asks b/x.")
    #expect(stage.app.press("enter") == [.findModel("b/x")])
  }

  @Test func `says who is still asked, and why others told nothing`() {
    var stage = stage(
      list("a", [], .looking), list("b", [PickerItem("b/x")], .failed("B is down.")),
      list("c", [], .looking))
    #expect(Array(stage.picture[10...11]) == ["  A, C: looking …", "  B is down."])
    stage.app.handle(.modelsListed(list("a", [mini])), at: origin)
    stage.app.handle(.modelsListed(list("c", [], .failed("C is too."))), at: origin)
    #expect(Array(stage.picture[10...11]) == ["  B is down.", "  C is too."])
  }

  @Test func `no row moves when a list comes, for that of the provider above as little`() {
    var stage = stage(list("a", [], .looking), list("b", (0..<20).map { PickerItem("b/\($0)") }))
    stage.app.press("down", "down")
    let before = stage.picture
    stage.app.handle(
      .modelsListed(list("a", (0..<20).map { PickerItem("a/\($0)") }, .failed("No."))), at: origin)
    let after = stage.picture
    let row = before.firstIndex { $0.contains("b/1") }
    #expect(row != nil && row == after.firstIndex { $0.contains("b/1") })
    #expect(stage.app.press("enter") == [.findModel("b/1")])
  }

  @Test func `a list that comes when it is closed changes nothing`() {
    var app = readyApp()
    let before = app
    #expect(app.handle(.modelsListed(list("a", [mini])), at: origin).paint == .never)
    #expect(app == before)
  }

  @Test func `shows nothing that a server wrote as anything but text`() {
    var stage = stage(
      list("a", [PickerItem("a/\u{1B}[31m\u{202E}x")], .failed("\u{9B}0m")), columns: 40)
    #expect(stage.picture.contains("    a/␛[31mx"))
  }

  @Test func `cuts a title that is too long and leaves out details for which there is no room`() {
    let long = PickerItem("a/" + String(repeating: "日", count: 300_000), details: ["8k", "free"])
    var narrow = stage(list("a", [long]), columns: 26)
    #expect(narrow.picture[2] == "  a/日日日日日日日日日日…")
    var wide = stage(list("a", [long]), columns: 50)
    #expect(wide.picture[2].hasSuffix("日…   8k"))
    var short = stage(list("a", [PickerItem("a/m", details: ["8k", "free"])]), columns: 26)
    #expect(short.picture[2] == "  a/m             8k  free")
  }

  @Test func `says all of the selected row below the list, where rows suffice`() {
    let long = PickerItem("a/" + String(repeating: "long-", count: 20), details: ["8k", "", "$1"])
    var stage = stage(list("a", [mini, long]), rows: 24, columns: 60)
    stage.app.press("down", "down")
    #expect(
      Array(stage.picture[13...16]) == [
        "  ────────────────────────────────────────────────────────",
        "  a/long-long-long-long-long-long-long-long-long-long-long",
        "  -long-long-long-long-long-long-long-long-long-",
        "  8k · $1",
      ])
    stage.app.press("up")
    #expect(stage.picture[14...16] == ["  a/mini", "  128k · $0.15 in · $0.60 out", ""])
  }

  @Test func `says it beside the list where the screen is wide, and no row loses its facts`() {
    var stage = stage(list("a", [mini, PickerItem("a/nano")]), rows: 24, columns: 140)
    stage.app.press("down")
    #expect(stage.picture[1].hasSuffix("│ a/mini"))
    #expect(stage.picture[2].hasPrefix("    a/mini "))
    #expect(
      stage.picture[2].hasSuffix("128k  $0.15 in  $0.60 out │ 128k · $0.15 in · $0.60 out"))
  }

  @Test func `a row that comes moves neither the selected one nor what is said of it`() {
    var stage = stage(list("a", [], .looking), list("b", [mini]), rows: 24, columns: 60)
    stage.app.press("down")
    let before = stage.picture
    stage.app.handle(
      .modelsListed(list("a", (0..<9).map { PickerItem("a/\($0)") }, .failed("No."))), at: origin)
    let after = stage.picture
    #expect(before[13...16] == after[13...16])
    #expect(
      before.firstIndex { $0.contains("a/mini  ") } == after.firstIndex { $0.contains("a/mini  ") })
  }

  @Test(arguments: 0...12, [0, 1, 2, 3, 9, 10, 25, 80])
  func `fits on every screen`(rows: Int, columns: Int) {
    var stage = stage(
      list("a", [mini, PickerItem("日本")], .looking), list("b", [], .failed("It broke. Mend it.")),
      rows: rows, columns: columns)
    for key in ["down", "日", "a", "m", "end", "pageup", "backspace", "backspace", "backspace"] {
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

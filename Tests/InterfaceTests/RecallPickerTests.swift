import Chat
import Terminal
import Testing

@testable import Interface

@Suite struct `The picker of earlier prompts` {
  /// An app that was asked these, one after the other.
  private func app(_ prompts: String...) -> App {
    var app = readyApp()
    for (index, prompt) in prompts.enumerated() {
      app.handle(.input(.paste(prompt)), at: origin)
      app.press("enter")
      app.hear(UInt64(index + 1), .text("An answer."))
      app.hear(UInt64(index + 1), .completed(.stop))
    }
    return app
  }

  /// The rows from the top, the selected one in brackets.
  private func rows(_ app: App) -> [String] {
    guard case .recall(let recall) = app.overlay else { return ["closed"] }
    let picker = recall.picker
    return picker.found.indices.map { row in
      let title = picker.items[picker.found[row]].title
      return row == picker.selection ? "[\(title)]" : title
    }
  }

  @Test func `lists the newest first, each once`() {
    var app = app("one", "two", "one", "three")
    app.press("ctrl-r")
    #expect(rows(app) == ["[three]", "one", "two"])
  }

  @Test func `begins with the first line of the draft`() {
    var app = app("red car", "blue car", "red house")
    app.type("red")
    app.press("ctrl-j")
    app.type("more")
    app.press("ctrl-r")
    #expect(rows(app) == ["[red house]", "red car"])
  }

  @Test func `its own key goes to the next older one, and stays at the oldest`() {
    var app = app("red car", "blue car", "red house")
    app.press("ctrl-r")
    app.type("red")
    app.press("ctrl-r")
    #expect(rows(app) == ["red house", "[red car]"])
    app.press("ctrl-r")
    #expect(rows(app) == ["red house", "[red car]"])
  }

  @Test func `words as they are written come before letters of a word, the newest first in both`() {
    var app = app(
      "sort these names", "resort to force", "a shorter one, or two", "what of it", "sort of")
    app.press("ctrl-r")
    app.type("SORT")
    #expect(
      rows(app) == ["[sort of]", "resort to force", "sort these names", "a shorter one, or two"])
    app.press("ctrl-u")
    app.type("srt of")
    #expect(rows(app) == ["[sort of]"])
    app.press("ctrl-u")
    app.type("names sort")
    #expect(rows(app) == ["[sort these names]"])
    app.press("ctrl-u")
    app.type("shrtr")
    #expect(rows(app) == ["[a shorter one, or two]"])
  }

  @Test func `finds words behind the end of the row and in a folded paste, and not further`() {
    let far = String(repeating: "x ", count: 400) + "needle"
    let tooFar = String(repeating: "x ", count: 1_100) + "pin"
    var app = app(far, tooFar, (1...20).map { "line \($0)" }.joined(separator: "\n"))
    app.press("ctrl-r")
    app.type("needle")
    #expect(rows(app).count == 1)
    app.press("ctrl-u")
    app.type("pin")
    #expect(rows(app) == [])
    app.press("ctrl-u")
    app.type("17")
    #expect(rows(app) == ["[[pasted 20 lines]]"])
  }

  @Test func `Enter puts a prompt in the place of the draft, which undo and recall bring back`() {
    var app = app("red car", "blue car")
    app.type("bl")
    app.press("ctrl-r", "enter")
    #expect(app.overlay == nil)
    #expect(app.composer.text == "blue car")
    #expect(app.store.generation == .idle)
    app.press("ctrl-_")
    #expect(app.composer.text == "bl")
    app.press("ctrl-u", "ctrl-r")
    #expect(rows(app) == ["[bl]", "blue car", "red car"])
  }

  @Test func `a folded paste comes back folded`() {
    let paste = (1...20).map { "line \($0)" }.joined(separator: "\n")
    var app = app(paste)
    app.press("ctrl-r", "enter")
    #expect(app.composer.hasFoldedPaste)
    #expect(app.composer.text == paste)
  }

  @Test(arguments: ["esc", "ctrl-c"])
  func `leaves the draft as it was`(key: String) {
    var app = app("red car", "blue car")
    app.type("red")
    app.press("left")
    let before = app.composer
    app.press("ctrl-r", "down", key)
    #expect(app.overlay == nil)
    #expect(app.composer == before)
  }

  @Test func `says where there is nothing to find, and opens nothing`() {
    var app = readyApp()
    app.press("ctrl-r")
    #expect(app.overlay == nil)
    #expect(app.notice?.text == "There is no earlier prompt yet that could be found.")
  }

  @Test func `Enter with nothing found does nothing`() {
    var app = app("red")
    app.press("ctrl-r")
    app.type("zzz")
    app.press("enter")
    #expect(rows(app) == [])
    #expect(app.composer.isEmpty)
  }

  @Test func `a letter costs the beginning of each prompt at the most, and then what was found`() {
    let long = String(repeating: "word ", count: 2_000).draftElements
    var recall = Recall()
    for number in 0..<20 { recall.remember("\(number) ".draftElements + long) }
    for number in 20..<500 { recall.remember("\(number) words".draftElements) }
    let letters = recall.heads.reduce(0) { $0 + $1.letters.count }
    #expect(letters <= 500 * PromptHead.searchedLength)
    var picker = RecallPicker(recall, query: "").picker
    picker.type("w")
    #expect(picker.comparisonCount <= 2 * letters)
    picker.type("ords 3")
    #expect(picker.comparisonCount <= 4 * letters)
    let found = picker.found.count
    picker.type("0")
    #expect(picker.comparisonCount <= 4 * found * PromptHead.searchedLength)
  }

  // MARK: - Pictures

  private func stage(rows: Int, columns: Int) -> Stage {
    var app = app(
      "Write a haiku about autumn.\nNo rhymes, please.\nThree lines.",
      "Why is the sky blue?\n\u{1B}[31mred",
      "Write the same about the sky, but shorter than before, and in the words of a child.")
    app.type("write")
    app.press("ctrl-r")
    return Stage(app, rows: rows, columns: columns)
  }

  @Test func `shows the whole prompt below the list, and the transcript above it`() {
    var stage = stage(rows: 24, columns: 80)
    stage.app.press("down")
    stage.draw()
    #expect(
      Array(stage.picture[10...]) == [
        "",
        "  ────────────────────────────────────────────────────────────────────────────",
        "  Earlier prompt › write                                                2 of 3",
        "    Write the same about the sky, but shorter than before, and in the words o…",
        "    Write a haiku about autumn. No rhymes, please. Three lines.",
        "",
        "",
        "  ────────────────────────────────────────────────────────────────────────────",
        "  Write a haiku about autumn.",
        "  No rhymes, please.",
        "  Three lines.",
        "  ────────────────────────────────────────────────────────────────────────────",
        "  › write",
        stage.picture[23],
      ])
    #expect(stage.picture[23].hasSuffix("Ctrl-R older · Enter brings it back · Esc closes"))
  }

  @Test func `shows it beside the list where the screen is wide`() {
    var stage = stage(rows: 24, columns: 120)
    #expect(
      Array(stage.picture[12...15]) == [
        "  Earlier prompt › write                                                                                        2 of 3",
        "    Write the same about the sky, but shorter than before, a… │ Write the same about the sky, but shorter than before,",
        "    Write a haiku about autumn. No rhymes, please. Three lin… │ and in the words of a child.",
        "                                                              │",
      ])
  }

  @Test func `shows of what was pasted nothing as anything but text`() {
    var stage = stage(rows: 24, columns: 80)
    stage.app.press("ctrl-u")
    stage.app.type("blue")
    #expect(stage.picture.contains("  ␛[31mred"))
  }

  @Test func `small screens show the list alone`() {
    var stage = stage(rows: 8, columns: 20)
    #expect(
      stage.picture == [
        "write", "  Write the same ab…", "  Write a haiku abo…", "", "", "────────────────────",
        "› write",
        " m       Esc closes",
      ])
  }

  @Test func `a click selects a row, and a click on the selected one brings it back`() {
    var stage = stage(rows: 24, columns: 80)
    stage.draw()
    func click(_ row: Int) {
      stage.app.handle(.input(.click(Position(row: row, column: 9))), at: origin)
      stage.draw()
    }
    click(14)
    #expect(rows(stage.app).last == "[Write a haiku about autumn. No rhymes, please. Three lines.]")
    click(15)
    click(12)
    #expect(stage.app.overlay != nil)
    click(14)
    #expect(stage.app.composer.text.hasPrefix("Write a haiku"))
  }

  @Test(arguments: [0, 1, 2, 3, 5, 6, 8, 14], [0, 1, 3, 9, 25, 80, 200])
  func `fits on every screen`(rows: Int, columns: Int) {
    var stage = stage(rows: rows, columns: columns)
    for key in ["down", "ctrl-r", "日", "backspace", "end", "pageup", "ctrl-u"] {
      stage.app.press(key)
      let frame = stage.draw()
      #expect(frame.rows.count == rows)
      #expect(frame.rows.allSatisfy { $0.count == columns })
      if let cursor = frame.cursor, rows > 0, columns > 0 {
        #expect(cursor.row < rows && cursor.column < columns)
      }
    }
  }

  @Test func `a reply that streams above it moves no row of it`() {
    var stage = stage(rows: 24, columns: 80)
    stage.app.press("esc")
    stage.app.send("another")
    stage.app.press("ctrl-r", "down")
    let before = stage.picture
    stage.app.hear(4, .text("More\n\nand more\n\nand more."))
    let after = stage.picture
    #expect(after[11..<22] == before[11..<22])
    #expect(after.contains { $0.contains("and more.") })
  }
}

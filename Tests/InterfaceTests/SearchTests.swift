import Chat
import Terminal
import Testing

@testable import Interface

private let theme = Theme.standard(for: .dark)

/// A chat of prompts with a reply to each.
private func stage(_ turns: [(String, String)], rows: Int = 24, columns: Int = 80) -> Stage {
  var app = readyApp()
  for (number, turn) in turns.enumerated() {
    app.send(turn.0)
    app.hear(UInt64(number + 1), .text(turn.1))
    app.hear(UInt64(number + 1), .completed(.stop))
  }
  var stage = Stage(app, rows: rows, columns: columns)
  stage.draw()
  return stage
}

private func paragraphs(_ count: Int, _ word: String) -> String {
  (1...count).map { "\(word) paragraph \($0)" }.joined(separator: "\n\n")
}

extension Stage {
  /// The text of the cells that look like this, row by row.
  fileprivate mutating func text(in face: Face) -> [String] {
    let style = theme.style(for: face)
    return draw().rows.dropLast().compactMap { row in
      let text = row.filter { $0.style == style && $0.width > 0 }.map {
        String(Unicode.Scalar($0.base) ?? "?")
      }.joined()
      return text.isEmpty ? nil : text
    }
  }

  fileprivate var searchLine: String {
    mutating get { picture.last { $0.contains("Search:") } ?? "" }
  }

  fileprivate mutating func press(_ names: String...) {
    for name in names {
      app.press(name)
      draw()
    }
  }
}

@Suite struct `A search` {
  @Test func `that begins in an earlier attempt goes to the reply above it`() {
    var stage = Stage(readyApp(), rows: 13, columns: 60)
    stage.app.send("alpha")
    for number in 1...2 {
      stage.app.hear(UInt64(number), .text(paragraphs(30, "alpha")))
      stage.app.hear(UInt64(number), .completed(.stop))
      if number == 1 { stage.app.press("alt-r") }
    }
    stage.app.press("alt-a")
    stage.draw()
    stage.press("pageup", "pageup")
    stage.press("ctrl-s")
    stage.app.type("alpha")
    #expect(stage.searchLine == "  Search: alpha   1 of 31")
  }

  @Test func `shows its hits alike at the end of a reply that is followed`() {
    var stage = stage([("find", paragraphs(30, "alpha"))])
    stage.press("ctrl-s")
    stage.app.type("alpha")
    #expect(stage.text(in: .selection) == ["alpha"])
    stage.press("ctrl-end")
    #expect(stage.text(in: .selection) == [])
    #expect(stage.text(in: .match).contains("alpha"))
  }

  @Test func `goes to the newest hit as words are typed, and to earlier ones`() {
    var stage = stage([("find", paragraphs(30, "alpha")), ("more", "beta alpha end")])
    stage.press("ctrl-s")
    stage.app.type("ALPHA")
    #expect(stage.searchLine == "  Search: ALPHA   1 of 31")
    #expect(stage.text(in: .selection) == ["alpha"])
    #expect(stage.picture.contains("  beta alpha end"))
    stage.press("up")
    #expect(stage.searchLine.hasSuffix("2 of 31"))
    for _ in 0..<29 { stage.press("ctrl-s") }
    #expect(stage.searchLine.hasSuffix("31 of 31"))
    #expect(stage.picture.contains("  alpha paragraph 1"))
    stage.press("up")
    #expect(stage.searchLine.hasSuffix("31 of 31"))
    stage.press("down")
    #expect(stage.searchLine.hasSuffix("30 of 31"))
  }

  @Test func `shows all hits in view, and the present one apart from them`() {
    var stage = stage([("q", "one cat, two Cats\n\nand a **cat** more")])
    stage.press("ctrl-s")
    stage.app.type("cat")
    #expect(stage.text(in: .match) == ["catCat"])
    #expect(stage.text(in: .selection) == ["cat"])
    stage.press("up")
    #expect(stage.text(in: .match) == ["cat", "cat"])
    #expect(stage.text(in: .selection) == ["Cat"])
  }

  @Test func `finds words that a line is broken in`() {
    let address = "https://example.org/" + String(repeating: "a-very-long-address", count: 6)
    var stage = stage(
      [("q", "Some words in a line that is longer than the screen is wide. \(address)")],
      columns: 40)
    stage.press("ctrl-s")
    stage.app.type("longer than the screen is wide")
    #expect(stage.searchLine.hasSuffix("1 of 1"))
    #expect(
      stage.text(in: .selection).joined(separator: " ") == "longer than the screen is wide")
    stage.press("ctrl-u")
    stage.app.type(String(address.dropFirst(10).prefix(60)))
    #expect(stage.text(in: .selection).joined() == String(address.dropFirst(10).prefix(60)))
  }

  @Test func `finds its place in a text whose lines have more or fewer hits than it has`() {
    // An address that is its own label is drawn once.
    let text =
      (1...40).map { "[http://spot.example](http://spot.example) \($0)" }.joined(separator: "\n\n")
    var stage = stage([("q", text)])
    stage.press("ctrl-s")
    stage.app.type("spot")
    for _ in 0..<41 { stage.press("up") }
    #expect(stage.text(in: .selection) == ["spot"])
    #expect(stage.picture.contains { $0.hasPrefix("  http://spot.example 20") })
  }

  @Test func `goes to the message of words that are not drawn`() {
    var stage = stage([("q", "[spot]: http://spot.example"), ("more", "end")])
    stage.press("ctrl-s")
    stage.app.type("spot")
    #expect(stage.searchLine.hasSuffix("2 of 2") || stage.searchLine.hasSuffix("1 of 2"))
    #expect(stage.text(in: .selection) == [])
  }

  @Test func `says that there is no hit, and leaves the view alone`() {
    var stage = stage([("q", paragraphs(30, "alpha"))])
    stage.press("pageup")
    let before = stage.picture.prefix(20)
    stage.press("ctrl-s")
    stage.app.type("zebra")
    #expect(stage.searchLine == "  Search: zebra   found nowhere")
    #expect(stage.picture.prefix(20) == before)
    stage.press("backspace", "ctrl-w")
    #expect(stage.searchLine == "  Search:")
  }

  @Test func `begins with what is in view, where somebody reads further up`() {
    var stage = stage((1...30).map { ("word \($0)", "reply") })
    stage.press("ctrl-home")
    stage.press("ctrl-s")
    stage.app.type("word")
    let first = stage.searchLine
    #expect(first.hasSuffix("27 of 30"))
    #expect(stage.picture.contains("  word 4"))
  }

  @Test func `goes back with Esc to where it began, and stays with Enter`() {
    var stage = stage([("find me", paragraphs(60, "alpha"))])
    stage.press("pageup", "pageup")
    let before = stage.picture.prefix(20)
    stage.press("ctrl-s")
    stage.app.type("find me")
    #expect(stage.picture.contains("  find me"))
    stage.press("esc")
    #expect(stage.picture.prefix(20) == before)
    stage.press("ctrl-s")
    stage.app.type("find me")
    stage.press("enter")
    #expect(stage.app.search == nil)
    #expect(stage.picture.contains("  find me"))
    #expect(stage.text(in: .selection) == [])
  }

  @Test func `follows again after Esc where it followed before`() {
    var stage = stage([("find me", paragraphs(60, "alpha"))])
    stage.press("ctrl-s")
    stage.app.type("find me")
    stage.draw()
    #expect(stage.app.viewport.mode != .follow)
    stage.press("esc")
    #expect(stage.app.viewport.mode == .follow)
  }

  @Test func `leaves the draft as it is, whatever is typed and pasted`() {
    var stage = stage([("q", "some text")])
    stage.app.type("a draft")
    stage.press("ctrl-s")
    stage.app.type("sum")
    stage.press("backspace", "backspace", "left", "ctrl-k", "ctrl-y", "ctrl-j")
    stage.app.take(.input(.paste("ome\ntext")))
    #expect(stage.searchLine == "  Search: some text   1 of 1")
    #expect(stage.app.composer.text == "a draft")
    stage.press("ctrl-u")
    #expect(stage.app.search?.words == "")
    #expect(stage.draw().cursor == Position(row: 21, column: 10))
  }

  @Test func `takes the first Esc, and the reply the next`() {
    var app = readyApp()
    app.send("q")
    app.hear(1, .text("some text"))
    app.press("ctrl-s")
    #expect(app.press("esc") == [])
    #expect(app.search == nil)
    #expect(app.press("esc", at: later(100)).contains(.chat(.abort(StreamID(1)))))
  }

  @Test func `counts what arrives, and holds the hit in view`() {
    var stage = stage([("q", paragraphs(30, "alpha"))])
    stage.app.send("again")
    stage.app.hear(2, .text("alpha be"))
    stage.draw()
    stage.press("ctrl-s")
    stage.app.type("alpha")
    #expect(stage.searchLine.hasSuffix("1 of 31"))
    let before = stage.picture.prefix(20)
    for _ in 0..<50 {
      stage.app.hear(2, .text("ta\n\nalp"))
      stage.app.hear(2, .text("ha be"))
    }
    #expect(stage.searchLine.hasSuffix("51 of 81"))
    #expect(stage.picture.prefix(20) == before)
    stage.press("down")
    #expect(stage.searchLine.hasSuffix("50 of 81"))
  }

  @Test func `goes on between keys where there is much to read, and only then wakes anybody`() {
    let text = String(repeating: "nothing here ", count: 90_000)
    var stage = stage([("needle", text)])
    #expect(stage.app.deadline(after: origin) == nil)
    stage.press("ctrl-s")
    stage.app.type("needle")
    #expect(stage.searchLine.hasSuffix("searching…"))
    var steps = 0
    while stage.app.deadline(after: origin) != nil, steps < 100 {
      stage.app.handle(.clock, at: origin)
      steps += 1
    }
    #expect((1...6).contains(steps))
    #expect(stage.searchLine.hasSuffix("1 of 1"))
    #expect(stage.picture.contains("  needle"))
  }

  @Test func `stops counting where there is more than anybody goes through`() {
    let text = String(repeating: "e ", count: 6_000)
    var stage = stage([("q", text), ("q", text), ("q", text)])
    stage.press("ctrl-s")
    stage.app.type("e")
    while stage.app.deadline(after: origin) != nil { stage.app.handle(.clock, at: origin) }
    #expect(stage.searchLine.hasSuffix("1 of 12,000+"))
  }

  @Test func `can be begun with words in the draft`() {
    var stage = stage([("q", "some text")])
    stage.app.send("/search some t")
    #expect(stage.searchLine.hasSuffix("1 of 1"))
    #expect(stage.app.composer.isEmpty)
  }

  @Test func `is told in the status line what its keys do`() {
    var stage = stage([("q", "some text")])
    stage.press("ctrl-s")
    #expect(
      stage.picture.last?.hasSuffix("Ctrl-S earlier · Down later · Enter stays · Esc goes back")
        == true)
  }

  @Test(arguments: [(1, 20), (2, 12), (5, 30), (6, 8), (3, 1)]) func `fits every screen`(
    rows: Int, columns: Int
  ) {
    var stage = stage([("q", "some text")], rows: rows, columns: columns)
    stage.press("ctrl-s")
    stage.app.type("some text that is long 日本")
    stage.draw()
    stage.press("backspace", "up", "esc")
  }
}

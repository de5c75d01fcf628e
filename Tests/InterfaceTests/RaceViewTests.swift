// Races on the screen, as pictures that somebody looked at. `WholeScreenTests` says how they are made anew.

import Chat
import Glibc
import Terminal
import Testing

@testable import Interface

@Suite struct `A race on the screen` {
  private static let wide = "木を見て森を見ず。"

  /// Three models race, or two: one streams and is long, one is done and was counted, one waits.
  private static func app(_ count: Int) -> App {
    let models = Array(racers("gpt-5", "claude-opus-4-1", "三番目のモデル").prefix(count))
    var app = readyApp()
    app.take(
      .described(models[1], ModelFacts(price: Price(input: 2, output: 10), windowTokens: 128_000)))
    app.take(.racersFound(models))
    app.send("Which way is **shorter**? \(wide)")
    let lines = (1...30).map { "- step \($0)\n" }.joined()
    app.hear(1, .text("The long one:\n\n" + lines), at: later(400))
    app.hear(1, .text("\nand it goes on \(wide)"), at: later(900))
    app.hear(2, .text("The *short* one, as far as anybody can tell. \(wide)"), at: later(600))
    app.hear(2, .usage(Usage(inputTokens: 820, outputTokens: 96)), at: later(2_600))
    app.hear(2, .completed(.stop), at: later(2_600))
    return app
  }

  private static func stage(_ count: Int, _ size: Size, _ theme: Theme) -> Stage {
    var stage = Stage(app(count), rows: size.rows, columns: size.columns)
    stage.theme = theme
    stage.now = later(3_200)
    stage.draw()
    return stage
  }

  private static let dark = Theme.standard(for: .dark)

  @Test(arguments: [
    ("race of 2, 80x24", 2, Size(rows: 24, columns: 80), false),
    ("race of 2, 80x24 monochrome", 2, Size(rows: 24, columns: 80), true),
    ("race of 3, 80x24", 3, Size(rows: 24, columns: 80), false),
    ("race of 3, 160x50", 3, Size(rows: 50, columns: 160), false),
    ("race of 3, 40x12", 3, Size(rows: 12, columns: 40), false),
    ("race of 3, 40x12 monochrome", 3, Size(rows: 12, columns: 40), true),
  ])
  func `looks as it was looked at`(name: String, count: Int, size: Size, isMonochrome: Bool) {
    let theme = isMonochrome ? Self.dark.withoutColors : Self.dark
    var stage = Self.stage(count, size, theme)
    let picture = StyledPicture(stage.draw(), theme: theme)
    if getenv("PATTER_KEEP_PICTURES") != nil { picture.keep(name) }
    #expect(picture.text == StyledPicture.kept(name))
  }

  @Test func `stays where it is when a lane ends, breaks or is turned to`() {
    var stage = Self.stage(2, Size(rows: 24, columns: 80), Self.dark)
    let before = stage.picture
    stage.app.press("right")
    let turned = stage.picture
    // The heads say which one it is, and the status line the model.
    let others = before.indices.filter { before[$0] != turned[$0] }
    #expect(others.count == 2)
    stage.app.press("left")
    #expect(stage.picture == before)
    stage.app.hear(1, .failed(StreamFailure(.truncated, "It broke.")), at: later(3_200))
    let broken = stage.picture
    func right(_ row: String) -> String { String(row.drop { $0 != "│" }) }
    #expect(broken.dropLast().map(right) == before.dropLast().map(right))
    #expect(broken.contains { $0.contains("✗ It broke.") })
  }

  @Test func `scrolls the lane in view and no other`() {
    var app = racingApp(racers("a", "b"))
    let lines = (1...30).map { "- step \($0)\n" }.joined()
    for stream in 1...2 as ClosedRange<UInt64> { app.hear(stream, .text(lines)) }
    var stage = Stage(app, rows: 24, columns: 80)
    let before = stage.picture
    stage.app.press("pageup")
    let scrolled = stage.picture
    func right(_ row: String) -> String { String(row.drop { $0 != "│" }) }
    #expect(scrolled.dropLast().map(right) == before.dropLast().map(right))
    #expect(scrolled.contains { $0.hasPrefix("  • step 1 ") })
    #expect(scrolled.last?.contains("↓ 14") == true)
    stage.app.hear(1, .text(" and on"))
    #expect(stage.picture.dropLast(4) == scrolled.dropLast(4))
    // Who turns away and back finds it as it was left.
    stage.app.press("right")
    stage.draw()
    stage.app.press("left")
    #expect(stage.picture.dropLast(4) == scrolled.dropLast(4))
    stage.app.press("end")
    #expect(stage.picture.contains { $0.hasPrefix("  • step 30 and on ") })
  }

  @Test
  func `is the whole page where somebody reads an earlier message, and comes back at the end`() {
    var stage = Self.stage(2, Size(rows: 24, columns: 80), Self.dark)
    let before = stage.picture
    stage.app.press("alt-up", "alt-up")
    stage.draw()
    let page = stage.picture
    #expect(page[0].hasPrefix("  [1 gpt-5 ●] 2 claude-opus-4-1 ✓"))
    #expect(page[1] == "  gpt-5 ‹1/2›")
    stage.app.press("ctrl-end")
    #expect(stage.picture == before)
  }

  @Test func `leaves no earlier attempts on the page but those that are none of its lanes`() {
    var stage = Self.stage(3, Size(rows: 24, columns: 80), Self.dark)
    #expect(!stage.picture.contains { $0.contains("an earlier attempt") })
    stage.app.press("right")
    stage.app.press("alt-p")
    stage.draw()
    stage.app.press("esc", at: later(4_000))
    #expect(stage.picture.contains { $0.contains("▸ gpt-5, an earlier attempt") })
    #expect(stage.picture.contains { $0.contains("claude-opus-4-1 ‹2/3›") })
  }

  @Test func `says on the rule and beside Enter that the next prompt is raced`() {
    var app = readyApp()
    app.take(.racersFound(racers("a", "b", "c")))
    var stage = Stage(app, rows: 8, columns: 60)
    let picture = stage.picture
    #expect(picture[5].hasPrefix("  ── the next prompt races a, b and c ──"))
    #expect(picture[7] == " m · a test                 Enter races · Esc takes it back")
  }

  @Test func `tells apart models of one name by their providers`() {
    var app = readyApp()
    app.take(
      .racersFound([
        ModelID(provider: "here", name: "x"), ModelID(provider: "there", name: "x"),
      ]))
    #expect(app.composerNote == "the next prompt races here/x and there/x")
  }

  @Test func `keeps its shape with eight lanes and the longest names`() {
    let names = (1...8).map { String(repeating: "長い名前", count: 30) + "\($0)" }
    for columns in [20, 36, 41, 80, 300] {
      for rows in [4, 8, 12, 24] {
        var app = readyApp()
        app.take(.racersFound(names.map { ModelID(provider: "test", name: $0) }))
        app.send(String(repeating: "a long prompt ", count: 60))
        app.hear(1, .text(Self.wide))
        var stage = Stage(app, rows: rows, columns: columns)
        for _ in 0..<8 {
          let frame = stage.draw()
          #expect(frame.rows.allSatisfy { $0.count == columns })
          stage.app.press("right")
        }
      }
    }
  }
}

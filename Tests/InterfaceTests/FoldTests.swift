import Chat
import Terminal
import Testing

@testable import Interface

private func at(_ milliseconds: Int64) -> Instant { origin.advanced(byMilliseconds: milliseconds) }

/// A thought of as many lines as there are numbers.
private func thought(_ numbers: ClosedRange<Int>) -> String {
  numbers.map { "idea \($0)\n" }.joined()
}

extension Stage {
  /// Clicks on the first row of the screen that has these words in it.
  fileprivate mutating func click(on words: String) {
    guard let row = picture.firstIndex(where: { $0.contains(words) }) else { return }
    _ = app.handleClick(Position(row: row, column: 4), at: origin)
  }

  /// The rows of the transcript up to the first of these words, without the margin and empty rows at the end.
  fileprivate var page: [String] {
    mutating get {
      let rows = picture.dropLast(3).map { $0.hasPrefix("  ") ? String($0.dropFirst(2)) : $0 }
      return Array(rows.reversed().drop { $0.isEmpty }.reversed())
    }
  }
}

@Suite struct `What a model thought` {
  private func stage(rows: Int = 24, columns: Int = 80) -> Stage {
    var stage = Stage(readyApp(), rows: rows, columns: columns)
    stage.app.press("alt-u")
    stage.app.send("why")
    return stage
  }

  private func settled(rows: Int = 24, columns: Int = 80) -> Stage {
    var stage = stage(rows: rows, columns: columns)
    stage.app.hear(1, .thinking(thought(1...5)), at: at(1000))
    stage.app.hear(1, .text("So."), at: at(13_000))
    stage.app.hear(1, .completed(.stop), at: at(14_000))
    return stage
  }

  @Test func `shows while it is live how long it has, and its last three rows`() {
    var stage = stage()
    stage.app.hear(1, .thinking(thought(1...5)), at: at(1000))
    stage.now = at(6999)
    #expect(
      stage.page == ["You", "why", "", "m", "▾ thinking 5 s", "idea 3", "idea 4", "idea 5"])
    stage.now = at(7000)
    #expect(stage.page.contains("▾ thinking 6 s"))
    stage.now = at(73_000)
    #expect(stage.page.contains("▾ thinking 1 min 12 s"))
  }

  @Test func `ends with its last words, whatever line ends come behind them`() {
    var stage = stage()
    stage.app.press("alt-t")
    stage.app.hear(1, .thinking("idea\n\n"), at: at(1000))
    stage.draw()
    stage.app.hear(1, .thinking("\n\n"), at: at(2000))
    stage.draw()
    stage.app.hear(1, .text("So."), at: at(13_000))
    #expect(stage.page == ["You", "why", "", "m", "▾ thought for 12 s", "idea", "", "So."])
  }

  @Test func `spends none of its three rows on empty ones`() {
    var stage = stage()
    stage.app.hear(1, .thinking("\n\none\n\ntwo\n\nthree\n\nfour\n\n"), at: at(0))
    #expect(stage.page.suffix(4) == ["▾ thinking 0 s", "two", "three", "four"])
  }

  @Test func `asks to be woken for each second, and not when it is over`() {
    var stage = stage()
    stage.app.hear(1, .thinking("hm"), at: at(1000))
    #expect(stage.app.deadline(after: at(1000)) == at(2000))
    stage.app.hear(1, .completed(.stop), at: at(1500))
    #expect(stage.app.deadline(after: at(1500)) == nil)
  }

  @Test func `folds to one row when it is over`() {
    var stage = settled()
    #expect(
      stage.page == ["You", "why", "", "m", "▸ thought for 12 s (Alt-T shows it)", "", "So."])
  }

  @Test func `opens with a key, and folds again`() {
    var stage = settled()
    stage.app.press("alt-t")
    #expect(
      stage.page == [
        "You", "why", "", "m", "▾ thought for 12 s", "idea 1", "idea 2", "idea 3", "idea 4",
        "idea 5", "", "So.",
      ])
    stage.app.press("alt-t")
    #expect(stage.page.contains("▸ thought for 12 s (Alt-T shows it)"))
  }

  @Test func `keeps to one row on 40 columns, with the hint left out`() {
    var stage = stage(rows: 12, columns: 40)
    stage.app.hear(1, .thinking(thought(1...5)), at: at(1000))
    #expect(
      stage.page == ["You", "why", "", "m", "▾ thinking 0 s", "idea 3", "idea 4", "idea 5"])
    stage.app.hear(1, .text("So."), at: at(73_000))
    #expect(stage.page == ["You", "why", "", "m", "▸ thought for 1 min 12 s", "", "So."])
    stage.app.press("alt-t")
    #expect(stage.page.contains("▾ thought for 1 min 12 s"))
  }

  @Test func `says nothing of a time that cannot be told`() {
    var stage = stage()
    stage.app.hear(1, .thinking("hm"))
    stage.app.hear(1, .text("So."))
    #expect(stage.page[4] == "▸ thought (Alt-T shows it)")
  }

  @Test func `offers no key where there are no words`() {
    var stage = stage()
    stage.app.hear(1, .thinking(" \n"), at: at(0))
    #expect(stage.page[4] == "thinking 0 s")
    stage.app.hear(1, .text("So."), at: at(400))
    #expect(stage.page[4...] == ["thought for 0.4 s", "", "So."])
    #expect(!stage.app.layout.landmarks.contains { isThought($0.landmark) })
  }

  @Test func `is shown in full while it is live, if it was opened`() {
    var stage = stage()
    stage.app.press("alt-t")
    stage.app.hear(1, .thinking(thought(1...3)), at: at(0))
    stage.app.hear(1, .thinking(thought(4...5)), at: at(1000))
    stage.now = at(2000)
    #expect(
      stage.page[4...] == ["▾ thinking 2 s", "idea 1", "idea 2", "idea 3", "idea 4", "idea 5"])
  }

  @Test func `folds each on its own with a click, and all of them with the key`() {
    var stage = stage()
    stage.app.hear(1, .thinking("first"), at: at(0))
    stage.app.hear(1, .text("One."), at: at(2000))
    stage.app.hear(1, .thinking("second"), at: at(3000))
    stage.app.hear(1, .text("Two."), at: at(6000))
    stage.app.hear(1, .completed(.stop), at: at(6000))
    stage.click(on: "thought for 3 s")
    #expect(
      stage.page[4...] == [
        "▸ thought for 2 s (Alt-T shows it)", "", "One.", "", "▾ thought for 3 s", "second", "",
        "Two.",
      ])
    stage.app.press("alt-t")
    #expect(stage.page.filter { $0.hasPrefix("▾") }.count == 2)
    stage.click(on: "thought for 2 s")
    #expect(stage.page.filter { $0.hasPrefix("▾") }.count == 1)
    stage.app.press("alt-t")
    #expect(stage.page.filter { $0.hasPrefix("▸") }.count == 2)
  }

  @Test func `says in which row it can be clicked`() {
    var stage = settled()
    let page = stage.page
    let row = page.firstIndex { $0.hasPrefix("▸") }
    #expect(stage.app.layout.landmarks.filter { isThought($0.landmark) }.map(\.row) == [row])
  }

  private func isThought(_ landmark: Landmark) -> Bool {
    if case .fold(.thinking) = landmark { true } else { false }
  }
}

@Suite struct `A click` {
  private func stage() -> Stage {
    var stage = Stage(readyApp(), rows: 20, columns: 60)
    for number in 1...6 {
      let time = Int64(number) * 100_000
      stage.app.type("prompt \(number)")
      stage.app.press("enter", at: at(time))
      stage.app.hear(UInt64(number), .thinking(thought(1...30)), at: at(time))
      stage.app.hear(UInt64(number), .text("reply \(number)"), at: at(time + 1000 * Int64(number)))
      stage.app.hear(UInt64(number), .completed(.stop), at: at(time + 1000 * Int64(number)))
      stage.draw()
    }
    return stage
  }

  @Test func `leaves the row where it is on the screen, whatever comes or goes below it`() {
    var stage = stage()
    stage.app.press("pageup")
    for words in ["thought for 3 s", "thought for 4 s"] {
      let before = stage.picture
      let row = before.firstIndex { $0.contains(words) }
      #expect(row != nil)
      stage.click(on: words)
      let open = stage.picture
      #expect(open.firstIndex { $0.contains("▾ \(words)") } == row)
      #expect(open.prefix(row ?? 0) == before.prefix(row ?? 0))
      stage.click(on: words)
      #expect(stage.picture.prefix(17) == before.prefix(17))
    }
  }

  @Test func `at the end of an idle page shows the beginning of what it opens, and nothing is new`()
  {
    var stage = stage()
    let before = stage.picture
    let row = before.firstIndex { $0.contains("thought for 6 s") } ?? 0
    stage.click(on: "thought for 6 s")
    #expect(stage.picture[row] == "  ▾ thought for 6 s")
    #expect(stage.picture[row + 1] == "  idea 1")
    #expect(stage.picture.last?.contains("↓") == true)
    #expect(stage.picture.last?.contains("new") == false)
    stage.click(on: "thought for 6 s")
    #expect(stage.picture == before)
    #expect(stage.app.viewport.mode == .follow)
  }

  @Test func `while a reply is followed lets it be followed`() {
    var stage = stage()
    stage.app.send("more")
    stage.draw()
    stage.click(on: "thought for 6 s")
    #expect(stage.app.viewport.mode == .follow)
  }

  @Test func `does nothing beside a fold, or under what lies over the page`() {
    var stage = stage()
    let folds = stage.app.folds
    stage.click(on: "reply 6")
    _ = stage.app.handleClick(Position(row: 1_000, column: 0), at: origin)
    _ = stage.app.handleClick(Position(row: -1, column: -1), at: origin)
    #expect(stage.app.folds == folds)
    let row = stage.picture.firstIndex { $0.contains("▸") } ?? 0
    stage.app.press("f1")
    stage.draw()
    _ = stage.app.handleClick(Position(row: row, column: 4), at: origin)
    #expect(stage.app.folds == folds)
  }

  @Test func `finds its fold after a replay with foreign ids`() {
    var stage = stage()
    let foreign = Fold.thinking(MessageID(high: 9, low: 9), part: 3)
    var layout = stage.app.layout
    layout.landmarks = [LandmarkRow(.fold(foreign), row: 2)]
    stage.app.take(.laidOut(layout))
    _ = stage.app.handleClick(Position(row: 2, column: 0), at: origin)
    #expect(stage.picture.count == 20)
  }
}

@Suite struct `A view that is held` {
  @Test func `stays while a thought above it is over and folds`() {
    var stage = Stage(readyApp(), rows: 12, columns: 60)
    stage.app.send("why")
    stage.app.hear(1, .text((1...30).map { "line \($0)\n\n" }.joined()))
    stage.app.hear(1, .thinking(thought(1...9)))
    stage.draw()
    stage.app.press("pageup")
    let before = stage.picture.dropLast()
    stage.app.hear(1, .text("So."), at: at(5000))
    #expect(stage.picture.dropLast() == before)
    stage.app.hear(1, .completed(.stop), at: at(5000))
    #expect(stage.picture.dropLast() == before)
  }

  @Test func `keeps its line when all thoughts are opened above it`() {
    var stage = Stage(readyApp(), rows: 12, columns: 60)
    stage.app.send("why")
    stage.app.hear(1, .thinking(thought(1...40)), at: at(0))
    stage.app.hear(1, .text((1...40).map { "line \($0)\n\n" }.joined()), at: at(9000))
    stage.app.hear(1, .completed(.stop), at: at(9000))
    stage.draw()
    stage.app.press("pageup", "pageup")
    let before = stage.picture
    stage.app.press("alt-t")
    #expect(stage.picture.prefix(9) == before.prefix(9))
    stage.app.press("alt-t")
    #expect(stage.picture.prefix(9) == before.prefix(9))
  }

  @Test func `goes to the row of a thought that is folded while it is read`() {
    var stage = Stage(readyApp(), rows: 12, columns: 60)
    stage.app.send("why")
    stage.app.hear(1, .thinking(thought(1...40)), at: at(0))
    stage.app.hear(1, .text((1...40).map { "line \($0)\n\n" }.joined()), at: at(9000))
    stage.app.hear(1, .completed(.stop), at: at(9000))
    stage.app.press("alt-t")
    stage.draw()
    stage.app.press("ctrl-home")
    stage.draw()
    stage.app.press("pagedown", "pagedown")
    #expect(stage.picture.contains { $0.contains("idea") })
    stage.app.press("alt-t")
    #expect(stage.picture.first == "  ▸ thought for 9 s (Alt-T shows it)")
  }
}

@Suite struct `An earlier attempt` {
  private func stage(_ failure: String, columns: Int) -> Stage {
    var stage = Stage(readyApp(models: ["m", "n"]), rows: 20, columns: columns)
    stage.app.send("why")
    stage.app.hear(1, .failed(StreamFailure(.unauthorized, failure)))
    stage.app.hear(2, .text("Because."))
    return stage
  }

  @Test func `is one calm row`() {
    var stage = Stage(readyApp(), rows: 12, columns: 80)
    stage.app.send("why")
    stage.app.hear(1, .text("one two three four five six seven eight nine ten eleven twelve"))
    stage.app.press("esc", "alt-r")
    stage.app.hear(2, .text("Because."))
    #expect(
      stage.page.suffix(2)
        == ["", "▸ m, an earlier attempt, 12 words: ■ stopped here (Alt-A shows it)"])
  }

  @Test(arguments: [80, 40])
  func `that failed says why in two rows at the most, and all of it when it is open`(columns: Int) {
    let reason = (1...60).map { "reason\($0)" }.joined(separator: " ")
    var stage = stage(reason, columns: columns)
    let page = stage.page
    let first = page.firstIndex { $0.hasPrefix("▸ m, an earlier") } ?? 0
    #expect(page.count == first + 2)
    #expect(page[first...].joined(separator: " ").contains("✗ reason1"))
    #expect(page.last?.hasSuffix("… (Alt-A shows it)") == true)
    stage.app.press("alt-a")
    stage.size.rows = 60
    #expect(stage.page.contains { $0.contains("reason60") })
  }

  @Test func `that failed says why before it names a key, where there is room for one of them`() {
    var stage = Stage(readyApp(models: ["claude-sonnet-5", "n"]), rows: 20, columns: 40)
    stage.app.send("why")
    stage.app.hear(
      1, .failed(StreamFailure(.unauthorized, "Anthropic refused the key. Set another one.")))
    stage.app.hear(2, .text("Because."))
    #expect(
      stage.page.suffix(2)
        == ["▸ claude-sonnet-5, an earlier", "  attempt: ✗ Anthropic refused the…"])
  }

  @Test func `with nothing more to show offers no key`() {
    var stage = stage("No key.", columns: 80)
    #expect(stage.page.last == "▸ m, an earlier attempt: ✗ No key.")
  }

  @Test func `opens with a click on its row and folds with another`() {
    var stage = stage("No key.", columns: 80)
    stage.app.press("esc")
    stage.click(on: "an earlier attempt")
    #expect(stage.page.contains("m (an earlier attempt)"))
    stage.click(on: "an earlier attempt")
    #expect(stage.page.last == "▸ m, an earlier attempt: ✗ No key.")
  }
}

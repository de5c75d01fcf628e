import Chat
import Terminal
import Testing

@testable import Interface

private func at(_ milliseconds: Int64) -> Instant { origin.advanced(byMilliseconds: milliseconds) }

@Suite struct `Numbers about a reply` {
  @Test(arguments: [
    (0, nil), (49, nil), (50, "0.1 s"), (400, "0.4 s"), (949, "0.9 s"), (950, "1 s"),
    (1400, "1.4 s"), (9_949, "9.9 s"), (12_300, "12 s"), (59_499, "59 s"), (59_500, "1 min"),
    (72_000, "1 min 12 s"),
    (3_725_000, "62 min 5 s"),
  ])
  func `say how long something took`(milliseconds: Int64, words: String?) {
    #expect(DetailsWords.duration(milliseconds: milliseconds) == words)
  }

  @Test(arguments: [
    (0.0, nil), (-1.0, nil), (.infinity, nil), (.nan, nil), (1e12, nil), (0.00001, "<$0.0001"),
    (0.0000999, "<$0.0001"), (0.0001, "$0.00010"), (0.00042, "$0.00042"), (0.0013, "$0.0013"),
    (0.0132, "$0.0132"), (0.013249, "$0.0132"), (0.32, "$0.32"), (1.32, "$1.32"),
    (1234.5, "$1,234.50"),
  ])
  func `say what it cost, with two digits that count`(dollars: Double, words: String?) {
    #expect(DetailsWords.cost(dollars: dollars) == words)
  }

  @Test(arguments: [
    (0.0, nil), (0.04, nil), (0.3, "0.3"), (4.24, "4.2"), (9.94, "9.9"), (9.96, "10"), (48.4, "48"),
    (1234.0, "1,234"), (.infinity, nil),
  ])
  func `say how fast it came`(rate: Double, words: String?) {
    #expect(DetailsWords.rate(rate) == words)
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1_000, "1k"), (1_204, "1.2k"), (9_949, "9.9k"), (9_950, "10k"),
    (15_360, "15k"), (999_499, "999k"), (999_500, "1M"), (1_250_000, "1.25M"), (2_000_000, "2M"),
    (1_050_000, "1.05M"), (1_000_000_000_000, "1000000M"),
  ])
  func `say how many tokens where there is little room`(tokens: Int, words: String) {
    #expect(TokenWords.count(tokens) == words)
  }

  @Test(arguments: [
    (0, "0"), (820, "820"), (1204, "1,204"), (123_456, "123,456"), (1_000_000, "1,000,000"),
  ])
  func `part thousands`(number: Int, words: String) {
    #expect(grouped(number) == words)
  }
}

@Suite struct `The row below a reply` {
  /// An app with a reply that took its time, and a price.
  private func app(_ usage: Usage?, isPriced: Bool = true) -> App {
    var app = readyApp()
    if isPriced {
      let model = ModelID(provider: "test", name: "m")
      app.take(.described(model, ModelFacts(price: Price(input: 2, output: 10, cachedInput: 0.5))))
    }
    app.send("why")
    app.hear(1, .thinking("hm"), at: at(600))
    app.hear(1, .text("So."), at: at(10_000))
    if let usage { app.hear(1, .usage(usage), at: at(25_000)) }
    app.hear(1, .completed(.stop), at: at(25_600))
    return app
  }

  private let usage = Usage(
    inputTokens: 820, outputTokens: 1204, reasoningTokens: 310, cachedTokens: 512)

  private func row(_ app: App, columns: Int = 100) -> String? {
    var stage = Stage(app, rows: 16, columns: columns)
    let picture = stage.picture
    return picture.firstIndex { $0.contains("So.") }.map { picture[$0 + 1] }
      .map { $0.hasPrefix("  ") ? String($0.dropFirst(2)) : $0 }
  }

  @Test func `says tokens, times and what it cost`() {
    #expect(
      row(app(usage))
        == "820 → 1,204 tokens (310 thought, 512 cached) · first token 0.6 s · 48 tokens/s · $0.0129"
    )
  }

  @Test(arguments: [
    (
      96, "820 → 1,204 tokens (310 thought, 512 cached) · first token 0.6 s · 48 tokens/s · $0.0129"
    ),
    (80, "820 → 1,204 tokens (310 thought, 512 cached) · first token 0.6 s"),
    (60, "820 → 1,204 tokens (310 thought, 512 cached)"), (40, "820 → 1,204 tokens"),
    (12, ""),
  ])
  func `leaves out what does not fit, from the right`(columns: Int, words: String) {
    #expect(row(app(usage), columns: columns) == words)
  }

  @Test func `leaves out what nobody knows`() {
    #expect(row(app(nil)) == "first token 0.6 s")
    #expect(row(app(usage, isPriced: false))?.contains("$") == false)
    let output = Usage(outputTokens: 1204)
    #expect(row(app(output)) == "1,204 tokens out · first token 0.6 s · 48 tokens/s")
    #expect(row(app(Usage(outputTokens: 1)))?.hasPrefix("1 token out") == true)
    #expect(row(app(Usage(inputTokens: 820))) == "820 tokens in · first token 0.6 s")
  }

  @Test func `is missing where there is nothing to say, and while the reply is live`() {
    var app = readyApp()
    app.send("why")
    app.hear(1, .text("So."))
    app.hear(1, .usage(usage))
    #expect(row(app) == "")
    var silent = readyApp()
    silent.send("why")
    silent.hear(1, .text("So."))
    silent.hear(1, .completed(.stop))
    #expect(row(silent) == "")
  }

  @Test func `counts no thoughts of which nothing was told into the speed`() {
    var app = readyApp()
    app.send("why")
    app.hear(1, .text("So."), at: at(10_000))
    app.hear(1, .usage(Usage(outputTokens: 1000, reasoningTokens: 900)), at: at(11_000))
    app.hear(1, .completed(.stop), at: at(12_000))
    #expect(row(app) == "1,000 tokens out (900 thought) · first token 10 s · 50 tokens/s")
  }

  @Test func `says no speed of a reply that came all at once`() {
    var app = readyApp()
    app.send("why")
    app.hear(1, .text("So."), at: at(600))
    app.hear(1, .usage(usage), at: at(700))
    app.hear(1, .completed(.stop), at: at(799))
    #expect(row(app)?.contains("tokens/s") == false)
  }

  @Test func `stands below the mark of a reply that was stopped`() {
    var stage = Stage(readyApp(), rows: 12, columns: 60)
    stage.app.send("why")
    stage.app.hear(1, .text("So"), at: at(1600))
    stage.app.press("esc", at: at(1700))
    #expect(
      stage.picture.prefix(7) == [
        "  You", "  why", "", "  m", "  So", "  ■ stopped here", "  first token 1.6 s",
      ])
  }

  @Test func `counts no words of a reply that was cut`() {
    var app = readyApp()
    app.take(
      .described(
        ModelID(provider: "test", name: "m"), ModelFacts(price: Price(input: 2, output: 10))))
    app.send("why")
    app.hear(1, .usage(Usage(inputTokens: 412, outputTokens: 1)), at: at(600))
    app.hear(1, .text("So."), at: at(600))
    app.press("esc", at: at(4_600))
    var stage = Stage(app, rows: 12, columns: 60)
    #expect(stage.picture.contains("  412 tokens in · first token 0.6 s"))
  }

  @Test func `goes and comes back with its key`() {
    var app = app(usage)
    app.press("alt-u")
    #expect(row(app) == "")
    app.press("alt-u")
    #expect(row(app)?.hasPrefix("820 →") == true)
  }

  @Test func `says what a reply cost as soon as the price is known`() {
    var stage = Stage(app(usage, isPriced: false), rows: 16, columns: 100)
    #expect(!stage.picture.contains { $0.contains("$") })
    let price = AppEvent.described(
      ModelID(provider: "test", name: "m"), ModelFacts(price: Price(input: 2, output: 10)))
    #expect(stage.app.take(price).paint == .soon)
    #expect(stage.picture.contains { $0.contains("$0.0137") })
    #expect(stage.app.take(price).paint == .never)
  }

  @Test func `says nothing of what is free`() {
    var app = app(usage, isPriced: false)
    app.take(
      .described(
        ModelID(provider: "test", name: "m"), ModelFacts(price: Price(input: 0, output: 0))))
    #expect(row(app)?.contains("$") == false)
  }

  @Test func `keeps to its row for counts that nobody has`() {
    let absurd = Usage(
      inputTokens: 1_000_000_000_000, outputTokens: 1_000_000_000_000,
      reasoningTokens: 1_000_000_000_000, cachedTokens: 1_000_000_000_000)
    for columns in 1...120 {
      var stage = Stage(app(absurd), rows: 16, columns: columns)
      #expect(stage.picture.filter { $0.contains("→") }.count <= 1, "\(columns)")
    }
  }
}

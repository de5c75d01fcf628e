import Chat
import Interface
import Terminal
import Testing

@Suite struct `The page of what a conversation took` {
  private func at(_ milliseconds: Int64) -> Instant {
    origin.advanced(byMilliseconds: milliseconds)
  }

  /// A chat with replies of two models that ended in all sorts of ways, one of them live.
  private func app() -> App {
    let (small, large) = (
      ModelID(provider: "test", name: "small"),
      ModelID(provider: "test", name: "a-model-with-a-long-name")
    )
    var app = readyApp(models: [small.name, large.name])
    app.take(
      .described(
        small, ModelFacts(price: Price(input: 2, output: 10), windowTokens: 128_000)))
    app.send("one")
    app.hear(1, .text("Well"), at: at(400))
    app.hear(
      1,
      .usage(
        Usage(inputTokens: 8_000, outputTokens: 1204, reasoningTokens: 310, cachedTokens: 512)))
    app.hear(1, .completed(.stop), at: at(2_400))
    app.send("two")
    app.press("alt-n")
    app.hear(3, .text("So"), at: at(1250))
    app.hear(3, .usage(Usage(inputTokens: 400, outputTokens: 20)))
    app.hear(3, .completed(.length), at: at(1300))
    app.send("three")
    app.hear(4, .usage(Usage(inputTokens: 200)))
    app.hear(4, .text("Hm"), at: at(41))
    app.press("esc")
    app.send("four")
    return app
  }

  private func stage(_ app: App, rows: Int, columns: Int) -> Stage {
    var stage = Stage(app, rows: rows, columns: columns)
    stage.app.send("/usage")
    return stage
  }

  @Test func `is a table where there is room`() {
    var stage = stage(app(), rows: 20, columns: 90)
    #expect(
      Array(stage.picture.prefix(14)) == [
        "  Usage", "  prompts      4", "  replies      2 complete, 1 stopped, 1 superseded",
        "  context      ~205 of 128k tokens (<1%)",
        "  first token  0.4 s, the median of 3 replies", "  speed        447 tokens/s", "",
        "  model                          replies      in     out  cached  thought      cost",
        "  test/small                           2  8,200+  1,204+     512      310  $0.0284+",
        "  test/a-model-with-a-long-name        1     400      20       –        –         –",
        "  all                                  3  8,600+  1,224+     512      310  $0.0284+", "",
        "  + and more, of which nobody told how much it was", "",
      ])
  }

  @Test func `cuts the names of models before it gives up the table`() {
    var stage = stage(app(), rows: 20, columns: 70)
    #expect(
      stage.picture.contains { $0.hasPrefix("  test/a-model-…") && $0.hasSuffix("–         –") })
  }

  @Test(arguments: [1, 2, 5, 20, 39, 40, 55])
  func `is sentences on a narrow screen, and no word of them is lost`(columns: Int) {
    var stage = stage(app(), rows: 600, columns: columns)
    let text = stage.picture.joined().filter { !$0.isWhitespace }
    for words in [
      "Usage", "2 complete, 1 stopped, 1 superseded",
      "test/small: 2 replies, 8,200 in, 1,204 out, 512 cached, 310 thought, "
        + "more that was not told, $0.0284+",
      "test/a-model-with-a-long-name: 1 reply, 400 in, 20 out",
    ] {
      #expect(text.contains(words.filter { !$0.isWhitespace }), "\(words)")
    }
  }

  @Test func `keeps to its columns at every width`() {
    let app = app()
    for columns in 1...120 {
      var stage = stage(app, rows: 30, columns: columns)
      #expect(stage.draw().rows.allSatisfy { $0.count == columns })
    }
  }

  @Test func `says that nothing was sent yet`() {
    var stage = stage(readyApp(), rows: 10, columns: 80)
    #expect(
      Array(stage.picture.prefix(2)) == [
        "  Usage", "  Nothing yet: what is sent and replied is counted.",
      ])
  }

  @Test func `has no sum of one model, and no sign where all is told`() {
    var app = readyApp()
    app.send("one")
    app.hear(1, .text("Well"))
    app.hear(1, .usage(Usage(inputTokens: 8_000, outputTokens: 1204)))
    app.hear(1, .completed(.stop))
    var stage = stage(app, rows: 14, columns: 80)
    #expect(!stage.picture.contains { $0.contains("all ") || $0.contains("+") })
    #expect(stage.picture.contains("  context  9,204 tokens"))
  }

  @Test func `is scrolled, goes on with the reply and closes with Esc, which stops nothing`() {
    var stage = stage(app(), rows: 9, columns: 90)
    #expect(stage.picture[0] == "  Usage")
    stage.app.press("pagedown")
    #expect(stage.picture[0] != "  Usage")
    let count = stage.app.store.streams.count
    stage.app.hear(UInt64(count), .text("Yes"))
    stage.app.hear(UInt64(count), .usage(Usage(inputTokens: 1, outputTokens: 1)))
    stage.app.press("esc")
    #expect(stage.app.overlay == nil)
    #expect(stage.app.store.generation.activeStream != nil)
  }
}

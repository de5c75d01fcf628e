import Chat
import Interface
import Terminal
import Testing

@Suite struct `The trace of the streams` {
  /// A chat in which streams ended in all sorts of ways, the last of them live.
  private func app() -> App {
    var app = readyApp(models: ["small", "a-model-with-a-long-name"])
    func time(_ milliseconds: Int64) -> Instant { origin.advanced(byMilliseconds: milliseconds) }
    app.send("one")
    app.hear(1, .failed(StreamFailure(.refused, "The server refused it.", requestID: "r-7")))
    app.hear(2, .text("Well"), at: time(1250))
    app.hear(2, .text(", yes"), at: time(1300))
    app.hear(2, .completed(.stop), at: time(1400))
    app.send("two")
    app.hear(3, .thinking("Hm"), at: time(41))
    app.press("esc")
    app.hear(3, .text("late"))
    app.hear(3, .text("later"))
    app.send("three")
    app.send("four")
    return app
  }

  private func stage(_ app: App, rows: Int, columns: Int) -> Stage {
    var stage = Stage(app, rows: rows, columns: columns)
    stage.app.send("/trace")
    return stage
  }

  @Test func `is a table where there is room`() {
    var stage = stage(app(), rows: 12, columns: 90)
    #expect(
      Array(stage.picture.prefix(7)) == [
        "  stream  model                          first token  kept  stale  ending",
        "  0.1     test/small                               –     0      0  failed: The server",
        "                                                                   refused it. (request",
        "                                                                   r-7)",
        "  0.2     test/a-model-with-a-long-name      1250 ms     2      0  complete",
        "  0.3     test/small                           41 ms     1      2  stopped",
        "  0.4     test/small                               –     0      0  superseded",
      ])
    #expect(stage.picture[7].hasSuffix("–     0      0  live"))
  }

  @Test func `cuts the names of models before it gives up the table`() {
    var stage = stage(app(), rows: 12, columns: 70)
    #expect(stage.picture.contains("  0.2     test/a-mo…      1250 ms     2      0  complete"))
  }

  @Test(arguments: [1, 2, 5, 20, 39, 40, 60, 66])
  func `is sentences on a narrow screen, and no word of them is lost`(columns: Int) {
    var stage = stage(app(), rows: 400, columns: columns)
    let text = stage.picture.joined().filter { !$0.isWhitespace }
    for words in [
      "Streams", "0.1 test/small: no token came, 0 kept, 0 stale; failed: The server refused it.",
      "0.2 test/a-model-with-a-long-name: first token after 1250 ms, 2 kept, 0 stale; complete",
      "0.3 test/small: first token after 41 ms, 1 kept, 2 stale; stopped", "superseded", "live",
    ] {
      #expect(text.contains(words.filter { !$0.isWhitespace }))
    }
  }

  @Test func `begins with the newest and scrolls as the help does`() {
    var stage = stage(app(), rows: 8, columns: 90)
    #expect(stage.picture[4].hasSuffix("live"))
    stage.app.press("ctrl-home")
    #expect(stage.picture[0].contains("first token"))
    stage.app.press("down")
    #expect(stage.picture[0].contains("0.1"))
    stage.app.press("end")
    #expect(stage.picture[4].hasSuffix("live"))
    stage.app.press("esc")
    #expect(stage.app.overlay == nil)
    #expect(stage.app.store.generation != .idle)
  }

  @Test func `follows what the streams do while it is open`() {
    var stage = stage(app(), rows: 12, columns: 90)
    #expect(stage.app.hear(5, .text("Go"), at: origin.advanced(byMilliseconds: 7)) == .now)
    #expect(stage.picture[7].hasSuffix("7 ms     1      0  live"))
    #expect(stage.app.hear(4, .text("late")) == .soon)
    #expect(stage.picture[6].hasSuffix("1  superseded"))
  }

  @Test func `says that there is no stream yet`() {
    var stage = stage(readyApp(), rows: 8, columns: 60)
    #expect(stage.picture[1] == "  None yet: each attempt at a reply is one.")
  }

  @Test func `shows nothing that a server wrote as anything but text`() {
    var app = readyApp()
    app.send("one")
    app.hear(1, .failed(StreamFailure(.refused, "a\u{1B}[31mb", requestID: "\u{202E}x")))
    var stage = stage(app, rows: 8, columns: 90)
    #expect(stage.picture[1].hasSuffix("failed: a␛[31mb (request x)"))
  }
}

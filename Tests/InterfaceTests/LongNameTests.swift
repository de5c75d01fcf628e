import Chat
import Interface
import Terminal
import Testing

@Suite struct `A name that is too long for the screen` {
  /// Widths of a terminal that takes ambiguous characters for wide ones, as some in East Asia do.
  private let wide = WidthTable { scalar in scalar == 0x2026 ? 2 : 1 }

  @Test func `is cut in the trace of the streams where the sign of that is wide`() {
    var stage = Stage(
      readyApp(models: [String(repeating: "n", count: 200)]), rows: 12, columns: 80)
    stage.view = ScreenView(widths: wide)
    stage.app.send("one")
    stage.app.send("/trace")
    #expect(stage.picture.contains { $0.contains("test/nnn") && $0.contains("…") })
  }

  @Test func `costs a frame no more than it is long`() {
    // With a look at the whole for each letter that goes, this would take hours.
    let name = String(repeating: "é", count: 300_000)
    var stage = Stage(readyApp(models: [name]), rows: 12, columns: 80)
    #expect(stage.picture.last?.contains("éé…") == true)
    stage.app.send("/trace")
    stage.app.send("one")
    stage.app.send("/trace")
    #expect(stage.picture.contains { $0.contains("test/éé") && $0.contains("…") })
  }
}

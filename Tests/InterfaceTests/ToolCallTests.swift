import Chat
import Interface
import Testing

/// A call of a tool is shown and not run; its arguments come in pieces, of several calls in turns.
@Suite struct `A call of a tool` {
  @Test func `is shown with its arguments as they come, each call on its own`() {
    var stage = Stage(readyApp(), rows: 12, columns: 60)
    stage.app.send("find them")
    stage.app.hear(1, .toolCall(name: "find", id: "a"))
    stage.app.hear(1, .toolArguments(#"{"name":"#, id: "a"))
    stage.draw()
    stage.app.hear(1, .toolCall(name: "weigh", id: "b"))
    stage.draw()
    stage.app.hear(1, .toolArguments(#"{"unit":"kg"}"#, id: "b"))
    stage.app.hear(1, .toolArguments(#""box"}"#, id: "a"))
    #expect(
      stage.picture[4...6] == [
        #"  [tool call: find] {"name":"box"}"#, "", #"  [tool call: weigh] {"unit":"kg"}"#,
      ])
  }

  @Test func `shows what would obey a terminal as a picture of it`() {
    var stage = Stage(readyApp(), rows: 12, columns: 60)
    stage.app.send("find them")
    stage.app.hear(1, .toolCall(name: "fi\u{1B}nd", id: "a"))
    stage.app.hear(1, .toolArguments("\u{1B}]0;x\u{7}", id: "a"))
    #expect(stage.picture[4] == "  [tool call: fi␛nd] ␛]0;x␇")
  }
}

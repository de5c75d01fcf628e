import Chat
import Terminal
import Testing

@testable import Interface

private let address = "https://example.org/a/very/long/address/that/no/line/can/hold?it=is&so=long"

private func stage() -> Stage {
  var app = readyApp()
  app.send("where?")
  app.hear(
    1, .text("See \(address).\n\n```sh\n\tmake  all\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"))
  app.hear(1, .completed(.stop))
  var stage = Stage(app, rows: 12, columns: 40)
  stage.draw()
  return stage
}

@Suite struct `The bare text` {
  @Test func `is the transcript alone, as it is written`() {
    var stage = stage()
    #expect(stage.app.press("f3") == [.captureMouse(false)])
    let frame = stage.draw()
    #expect(
      frame.picture == [
        "m",
        "See https://example.org/a/very/long/addr",
        "ess/that/no/line/can/hold?it=is&so=long.",
        "",
        "```sh",
        "    make  all",
        "```",
        "",
        "| a | b |",
        "|---|---|",
        "| 1 | 2 |",
        "",
      ])
    #expect(frame.cursor == nil)
  }

  @Test(arguments: ["f3", "esc"]) func `goes with the key it came by, and with Esc`(key: String) {
    var stage = stage()
    let before = stage.picture
    stage.app.press("f3")
    stage.draw()
    #expect(stage.app.press(key) == [.captureMouse(true)])
    #expect(stage.picture == before)
  }

  @Test func `leaves the reply to the next Esc`() {
    var app = readyApp()
    app.send("q")
    app.press("f3")
    #expect(app.press("esc") == [.captureMouse(true)])
    #expect(app.press("esc", at: later(100)) == [.chat(.abort(StreamID(1)))])
  }

  @Test func `loses no letter, and scrolls`() {
    var app = readyApp()
    app.send("q")
    app.hear(1, .text((1...40).map { "line \($0)" }.joined(separator: "\n")))
    var stage = Stage(app, rows: 10, columns: 40)
    stage.draw()
    stage.app.press("f3")
    stage.draw()
    stage.app.press("pageup")
    let held = stage.picture
    stage.app.hear(1, .text("\nmore\nand more"))
    #expect(stage.picture == held)
    stage.app.press("home")
    #expect(stage.picture.first == "You")
    stage.app.press("end")
    #expect(stage.picture.contains("and more"))
    #expect(
      stage.app.handle(.input(.key(KeyPress(.character("x")))), at: origin).effects == [
        .captureMouse(true)
      ])
    #expect(stage.app.composer.text == "x")
  }

  @Test func `leaves the mouse to the terminal where that had it before`() {
    var app = readyApp()
    #expect(app.press("f2") == [.captureMouse(false)])
    #expect(app.press("f3", "f3") == [])
    #expect(app.press("f2") == [.captureMouse(true)])
  }
}

@Suite struct `The mouse` {
  @Test func `is the terminal's until it is taken back, and the status line says so`() {
    var stage = stage()
    #expect(stage.app.press("f2") == [.captureMouse(false)])
    stage.size.columns = 100
    #expect(stage.picture.last?.contains("mouse: the terminal's") == true)
    #expect(stage.app.press("f2") == [.captureMouse(true)])
    #expect(stage.picture.last?.contains("mouse") == false)
  }
}

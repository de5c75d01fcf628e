import Chat
import Terminal
import Testing

@testable import Interface

@Suite struct `Quitting` {
  @Test func `asks nothing where nothing is lost out of view`() {
    var app = readyApp()
    app.press("ctrl-d")
    #expect(app.overlay == nil)
    app.type("/quit")
    #expect(app.press("enter") == [.quit])
  }

  @Test(arguments: ["ctrl-d", "/quit"])
  func `asks where another conversation holds a draft, and stays unless the answer is yes`(
    way: String
  ) {
    var app = readyApp()
    app.type("unsent")
    app.openConversation()
    func ask() {
      if way == "/quit" {
        app.type("/quit")
        app.press("enter")
      } else {
        app.press(way)
      }
    }
    ask()
    guard case .confirm(let confirmation) = app.overlay else {
      Issue.record("nothing is asked")
      return
    }
    #expect(confirmation.question == "Other conversations hold a draft. Leave all the same?")
    #expect(app.press("enter") == [])
    #expect(app.overlay == nil)
    ask()
    #expect(app.take(.input(.key(KeyPress(.character("y"))))).effects == [.quit])
  }

  @Test func `names live replies and drafts of other conversations`() {
    var app = readyApp()
    app.send("one")
    app.openConversation()
    app.type("unsent")
    app.openConversation()
    app.press("ctrl-d")
    guard case .confirm(let confirmation) = app.overlay else {
      Issue.record("nothing is asked")
      return
    }
    #expect(
      confirmation.question
        == "Other conversations hold a live reply and a draft. Leave all the same?")
  }
}

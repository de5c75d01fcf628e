// The rows of the key table that are about reading: what is in view, folded, found and copied.

import Interface
import LoopbackTests
import Support
import Testing

extension BindingScript {
  static let pages: [BindingScript] = [
    BindingScript("show or fold the earlier attempts at replies") { key in
      let server = try LoopbackServer(jammed, .reply("All is well."))
      let chat = try Journey(
        with: server, home: .configured("retry: {retries: 1, base: 1 ms, longest: 1 ms}"))
      try chat.ask("hi")
      try chat.see("All is well.")
      try chat.see("▸ test, an earlier attempt: ✗")
      chat.press(key)
      try chat.see("test (an earlier attempt)")
      try chat.see("the gears jammed")
      chat.press(key)
      try chat.see("▸ test, an earlier attempt: ✗")
      try chat.leave()
    },
    BindingScript("show the version before, where a message has several: ‹2/3›") { key in
      let chat = try branchedChat()
      chat.press(key)
      try chat.see("Blue.")
      try chat.see("You ‹1/2›")
      try chat.seeNo("Green.")
      try chat.leave()
    },
    BindingScript("show the version after") { key in
      let chat = try branchedChat()
      chat.press(.alt(","))
      try chat.see("Blue.")
      chat.press(key)
      try chat.see("Green.")
      try chat.see("You ‹2/2›")
      try chat.leave()
    },
    BindingScript("show the conversation as a tree, and go to a branch") { key in
      let chat = try branchedChat()
      chat.press(key)
      try chat.see("├ You  what is the sky")
      chat.press(.up)
      chat.press(.up)
      chat.press(.enter)
      try chat.see("Blue.")
      chat.press(key)
      try chat.see("Tree ›")
      chat.press(key)
      try chat.seeNo("Tree ›")
      try chat.leave()
    },
    BindingScript("show or fold what models thought") { key in
      let chat = try thoughtfulChat()
      try chat.seeNo("A deep idea")
      chat.press(key)
      try chat.see("A deep idea")
      chat.press(key)
      try chat.seeNo("A deep idea")
      try chat.leave()
    },
    BindingScript("show or hide tokens, times and cost below replies") { key in
      let chat = try thoughtfulChat()
      try chat.see("3 → 2 tokens")
      chat.press(key)
      try chat.seeNo("3 → 2 tokens")
      chat.press(key)
      try chat.see("3 → 2 tokens")
      try chat.leave()
    },
    BindingScript("go to the message above") { key in
      let chat = try longChat()
      chat.press(key)
      try chat.waitUntil("the reply's head") { $0.shows("line 1") && !$0.shows("line 90") }
      #expect(!chat.picture.shows("count"))
      chat.press(key)
      try chat.see("count")
      try chat.leave()
    },
    BindingScript("go to the message below") { key in
      let chat = try longChat()
      try chat.goToTop()
      chat.press(key)
      try chat.waitUntil("the reply's head") { $0.shows("line 1") && !$0.shows("count") }
      chat.press(key)
      try chat.see("line 90")
      try chat.leave()
    },
    BindingScript("scroll up") { key in
      let chat = try longChat()
      chat.press(key)
      try chat.seeNo("line 90")
      try chat.see("line 79")
      try chat.leave()
    },
    BindingScript("scroll down") { key in
      let chat = try longChat()
      try chat.goToTop()
      chat.press(key)
      try chat.waitUntil("the next page, and not the reply's head") { picture in
        picture.shows("line 10") && !picture.rows.contains { $0.hasSuffix("line 1") }
      }
      try chat.leave()
    },
    BindingScript("go to the first message") { key in
      let chat = try longChat()
      try chat.draft("unsent")
      chat.press(key)
      try chat.see("count")
      try chat.quitWithDraft()
    },
    BindingScript("go to the first message", in: .emptyDraft) { key in
      let chat = try longChat()
      chat.press(key)
      try chat.see("count")
      try chat.leave()
    },
    BindingScript("go to the end and follow the reply") { key in
      let chat = try longChat()
      try chat.draft("unsent")
      try chat.goToTop()
      chat.press(key)
      try chat.see("line 90")
      try chat.quitWithDraft()
    },
    BindingScript("go to the end and follow the reply", in: .emptyDraft) { key in
      let chat = try longChat()
      try chat.goToTop()
      chat.press(key)
      try chat.see("line 90")
      try chat.leave()
    },
    BindingScript("search the conversation") { key in
      let chat = try longChat()
      chat.press(key)
      try chat.see("Search:")
      chat.type("line 42")
      try chat.waitUntil("the hit and what stands around it") {
        $0.shows("line 41") && $0.shows("line 43") && !$0.shows("line 90")
      }
      chat.press(.escape)
      try chat.see("line 90")
      try chat.leave()
    },
    BindingScript("copy a message, a block of code or the last reply") { key in
      let chat = try longChat()
      chat.press(key)
      chat.type("a")
      try chat.seeSentence("of the reply to the terminal's clipboard")
      #expect(chat.written.contains("\u{1B}]52;c;"))
      try chat.leave()
    },
    BindingScript("give the mouse to the terminal, or take it back") { key in
      let chat = try Journey(with: nil)
      #expect(chat.hasMouse)
      chat.press(key)
      try chat.see("The mouse selects as the terminal does.")
      #expect(!chat.hasMouse)
      chat.press(key)
      try chat.see("The wheel scrolls again.")
      #expect(chat.hasMouse)
      try chat.leave()
    },
    BindingScript("show the bare text, for selecting with the terminal") { key in
      let chat = try longChat()
      chat.press(key)
      try chat.waitUntil("the text alone") {
        $0.shows("line 90") && !$0.shows("Ask something") && !$0.shows("test")
      }
      #expect(!chat.hasMouse)
      chat.press(key)
      try chat.see("Ask something")
      #expect(chat.hasMouse)
      try chat.leave()
    },
  ]

  /// A chat with one reply of so many paragraphs, drawn to its end.
  private static func longChat() throws -> Journey {
    let text = (1...90).map { "line \($0)\n\n" }.joined()
    let chat = try Journey(with: LoopbackServer(.reply(text)))
    try chat.ask("count")
    try chat.see("line 90")
    try chat.seeIdle()
    return chat
  }

  /// A chat whose prompt was edited: what is the sky, and what is grass.
  private static func branchedChat() throws -> Journey {
    let server = try LoopbackServer(.reply("Blue."), .reply("Green."))
    let chat = try Journey(with: server)
    try chat.ask("what is the sky")
    try chat.see("Blue.")
    try chat.seeIdle()
    chat.press(.alt("e"))
    try chat.see("› what is the sky")
    chat.press(.control("u"))
    try chat.seeNo("› what is the sky")
    try chat.ask("what is grass")
    try chat.see("Green.")
    try chat.seeIdle()
    return chat
  }

  /// A chat with one reply that took some thought.
  private static func thoughtfulChat() throws -> Journey {
    let thought = #"{"id":"c","choices":[{"index":0,"delta":{"reasoning_content":"A deep idea"}}]}"#
    let server = try LoopbackServer(
      .eventStream([.event(thought), .openAIDelta("An answer."), .openAIFinish(), .openAIDone]))
    let chat = try Journey(with: server)
    try chat.ask("why")
    try chat.see("▸ thought")
    try chat.seeIdle()
    return chat
  }
}

extension Journey {
  /// Goes to the first message, by the row of the table that is tried by itself.
  fileprivate func goToTop() throws {
    press(.held(4, .home))
    try see("count")
  }

  /// Whether the terminal tells Patter of the mouse.
  fileprivate var hasMouse: Bool { patter.modes.isOn(privateMode: 1000) }
}

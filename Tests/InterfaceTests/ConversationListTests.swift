// The list of conversations: its order, what its rows say, what keys do in it.

import Chat
import Terminal
import Testing

@testable import Interface

private let ids = (0...9).map { ConversationID(UInt32($0)) }

extension App {
  /// What stands in the list from the top, the selected row in brackets.
  fileprivate var listed: [String] {
    guard case .conversations(let list) = overlay else { return ["closed"] }
    let picker = list.picker
    return picker.found.indices.map { row in
      let item = picker.items[picker.found[row]]
      let words = [item.title, item.details[0]].filter { !$0.isEmpty }.joined(separator: ": ")
      return row == picker.selection ? "[\(words)]" : words
    }
  }

  fileprivate mutating func tell(
    _ conversation: Int, _ event: StreamEvent, attempt: UInt32 = 1, at now: Instant = origin
  ) -> Response {
    take(.stream(StreamID(ids[conversation], attempt: attempt), event), at: now)
  }
}

/// Conversations with these prompts, each with a live reply; the last one is in view.
private func chats(_ prompts: String...) -> App {
  var app = readyApp()
  for (index, prompt) in prompts.enumerated() {
    if index > 0 { app.openConversation() }
    app.send(prompt)
  }
  return app
}

@Suite struct `The list of conversations` {
  @Test func `begins with the one in view, then that which was before it, and selects that`() {
    var app = chats("one", "two", "three")
    app.show(ids[0])
    app.press("alt-g")
    #expect(
      app.listed == ["one: ○ waiting 0 s", "[three: ○ waiting 0 s]", "two: ○ waiting 0 s"])
    app.press("enter")
    #expect(app.chats.inView == ids[2])
    #expect(app.overlay == nil)
    app.press("alt-g", "enter")
    #expect(app.chats.inView == ids[0])
  }

  @Test func `selects the reply that has ended the longest ago unseen`() {
    var app = chats("one", "two", "three")
    _ = app.tell(1, .completed(.stop))
    _ = app.tell(0, .completed(.stop))
    app.press("alt-g")
    #expect(app.listed == ["three: ○ waiting 0 s", "[two: ✓ unread]", "one: ✓ unread"])
    app.press("enter")
    #expect(app.chats.unread == [ids[0]])
  }

  @Test func `tells what each is doing, in words`() {
    var app = chats("live", "silent", "failed", "draft", "waits for a place")
    _ = app.tell(0, .text("a"), at: later(4_000))
    _ = app.tell(0, .text("b"), at: later(4_900))
    _ = app.tell(1, .text("a"), at: origin)
    _ = app.tell(2, .failed(StreamFailure(.refused, "No.")), at: origin)
    app.show(ids[3])
    app.press("esc")
    app.type("unsent")
    app.show(ids[4])
    app.press("alt-g", at: later(6_000))
    app.take(.clock, at: later(6_000))
    #expect(
      app.listed.sorted() == [
        "[failed: ✗ failed, ✓ unread]", "draft: draft", "live: ► live 1/s",
        "silent: ► silent 6 s", "waits for a place: ○ waiting 6 s",
      ])
  }

  @Test func `says who waits for a free place, and how many prompts wait`() {
    var app = chats("one", "two", "three", "four", "five")
    app.type("more")
    app.press("alt-q")
    app.press("alt-g")
    #expect(app.listed[0] == "five: ○ waits for a free place, 1 waits")
  }

  @Test func `nothing moves while replies come and end, and the selected one stays`() {
    var app = chats("one", "two", "three")
    app.press("alt-g", "down")
    #expect(app.listed.last == "[one: ○ waiting 0 s]")
    _ = app.tell(1, .text("a"))
    _ = app.tell(1, .completed(.stop))
    _ = app.tell(0, .text("a"))
    _ = app.tell(0, .failed(StreamFailure(.truncated, "It broke.")))
    #expect(
      app.listed == ["three: ○ waiting 0 s", "two: ✓ unread", "[one: ✗ failed, ✓ unread]"])
  }

  @Test func `counts the seconds of all of them while it is open`() {
    var app = chats("one", "two")
    app.press("esc")
    #expect(app.deadline(after: later(100)) == nil)
    app.press("alt-g")
    #expect(app.deadline(after: later(100)) == later(1_000))
    app.take(.clock, at: later(1_000))
    #expect(app.listed.contains("[one: ○ waiting 1 s]"))
  }

  @Test func `finds one by letters of its name`() {
    var app = chats("how long is a tide", "why is it blue", "name three rivers")
    app.press("alt-g")
    app.type("tde")
    app.press("enter")
    #expect(app.chats.inView == ids[0])
  }

  @Test func `its own key goes down`() {
    var app = chats("one", "two", "three")
    app.press("alt-g", "alt-g", "enter")
    #expect(app.chats.inView == ids[0])
  }

  @Test func `shows the end of what was said last in the selected one`() {
    var stage = Stage(chats("one", "two"), rows: 24, columns: 80)
    let lines = (1...40).map { "line \($0)  " }.joined(separator: "\n")
    _ = stage.app.tell(0, .text(lines))
    stage.app.press("alt-g")
    #expect(stage.picture.contains("  line 40"))
    #expect(!stage.picture.contains("  line 37"))
    stage.app.press("up")
    #expect(stage.picture.contains("  › two"))
  }

  @Test func `what is said meanwhile in the selected one is seen, and in others not`() {
    var app = chats("one", "two", "three")
    app.press("alt-g")
    #expect(app.tell(1, .text("Hello")).paint == .soon)
    #expect(app.tell(0, .text("Hello")).paint == .never)
  }

  @Test func `names an empty one by its draft`() {
    var app = chats("one")
    app.openConversation()
    app.type("not sent yet")
    app.press("alt-g")
    #expect(app.listed.first == "not sent yet")
  }
}

@Suite struct `In the list of conversations` {
  @Test(arguments: ["ctrl-d", "delete"])
  func `a key deletes the selected one at once, and another brings it back`(key: String) {
    var app = chats("one", "two", "three")
    app.press("alt-g")
    let effects = app.press(key)
    #expect(effects == [.chat(.abort(StreamID(ids[1], attempt: 1)))])
    #expect(app.notice?.text == "“two” is deleted; Ctrl-_ brings it back.")
    #expect(app.listed == ["three: ○ waiting 0 s", "[one: ○ waiting 0 s]"])
    #expect(app.chats.inView == ids[2])
    app.press("ctrl-_")
    #expect(app.listed.first == "[two]")
    #expect(app.chats.inView == ids[1])
  }

  @Test func `a key closes the selected one, which stays in its row and opens again`() {
    var app = chats("one", "two", "three")
    app.press("alt-g", "ctrl-k")
    #expect(
      app.listed == ["three: ○ waiting 0 s", "[two: closed]", "one: ○ waiting 0 s"])
    #expect(app.chats.closed == [ids[1]])
    app.press("enter")
    #expect(app.chats.inView == ids[1])
    #expect(app.chats.closed == [])
  }

  @Test func `closed ones stand behind the open ones when it is opened`() {
    var app = chats("one", "two", "three")
    _ = app.close(ids[1], at: origin)
    app.press("alt-g")
    #expect(app.listed == ["three: ○ waiting 0 s", "[one: ○ waiting 0 s]", "two: closed"])
  }

  @Test func `the one in view is deleted as well, and another comes with its draft and its place`()
  {
    var app = chats("one", "two")
    app.show(ids[0])
    app.type("kept")
    app.show(ids[1])
    app.press("alt-g", "up", "delete")
    #expect(app.chats.inView == ids[0])
    #expect(app.composer.text == "kept")
    #expect(app.listed == ["[one: ○ waiting 0 s]"])
  }

  @Test func `Esc leaves it and touches no reply`() {
    var app = chats("one", "two")
    app.press("alt-g")
    #expect(app.press("esc") == [])
    #expect(app.overlay == nil)
    #expect(app.chats.openStreamCount == 2)
  }

  @Test func `nothing is deleted where there is nothing`() {
    var app = readyApp()
    app.press("alt-g", "delete")
    #expect(app.chats.restorable == nil)
    #expect(app.notice?.text == "This is the only conversation, and it is empty.")
  }
}

import Chat
import Terminal
import Testing

@testable import Interface

private func id(_ number: Int) -> MessageID { MessageID(high: 0, low: UInt64(number)) }

/// A message behind another; without a parent it begins the conversation. Replies are by `m`.
private func says(
  _ number: Int, after parent: Int? = nil, _ role: Role, _ text: String,
  _ ending: Ending = .complete(.stop), by model: String = "m"
) -> Message {
  Message(
    id: id(number), parent: parent.map(id), role: role, parts: text.isEmpty ? [] : [.text(text)],
    model: role == .assistant ? ModelID(provider: "test", name: model) : nil, created: origin,
    ending: role == .assistant ? ending : nil)
}

private func app(_ messages: [Message]) -> App {
  let store = ChatStore(
    route: Route(ModelID(provider: "test", name: "m")),
    conversation: Conversation(messages: messages),
    messageIDs: MessageIDSource(seed: MessageID(high: 1, low: 2)))
  return App(chats: Conversations(store), answering: .ready(place: "a test"))
}

/// Two versions of the first prompt; of the second version a reply that failed and one that was gone on from
/// twice.
private let forked = [
  says(1, .user, "What is blue?"),
  says(2, after: 1, .assistant, "A colour."),
  says(3, after: 2, .user, "Which one?"),
  says(4, after: 3, .assistant, "That of the sky, on most", .cancelled),
  says(5, .user, "What is red?\nIn one word."),
  says(6, after: 5, .assistant, "", .failed(StreamFailure(.serverFailed, "The provider is busy."))),
  says(7, after: 5, .assistant, "# Red\n\nBlood."),
  says(8, after: 7, .user, "And green?"),
  says(9, after: 8, .assistant, "Grass.", .superseded, by: "claude-sonnet-5-5-long"),
  says(10, after: 7, .user, "And yellow?"),
  says(11, after: 10, .assistant, "The sun."),
]

/// The tree's own rows.
private func rows(_ stage: inout Stage) -> [String] {
  stage.draw()
  let picture = stage.picture
  let end = picture.firstIndex { $0.contains("────") } ?? picture.count
  return Array(picture[1..<end].filter { !$0.isEmpty })
}

@Suite struct `The tree` {
  private func stage(_ messages: [Message] = forked, rows: Int = 24, columns: Int = 80) -> Stage {
    var stage = Stage(app(messages), rows: rows, columns: columns)
    stage.draw()
    stage.app.press("f6")
    return stage
  }

  private func selected(_ stage: Stage) -> MessageID? {
    guard case .tree(let tree) = stage.app.overlay else { return nil }
    return tree.selected
  }

  // MARK: - Pictures

  @Test func `at 80x24: branches set in, the chosen way marked, what is selected below`() {
    var stage = stage()
    #expect(
      Array(stage.picture) == [
        "  Tree ›                                                                    11",
        "    ├ You  What is blue?                                                 ‹1/2›",
        "    │ m  A colour.",
        "    │ You  Which one?",
        "    │ m  That of the sky, on most                               stopped",
        "  ● └ You  What is red? In one word.                                     ‹2/2›",
        "    ├ m  The provider is busy.                                   failed  ‹1/2›",
        "  ● └ m  # Red Blood.                                                    ‹2/2›",
        "    ├ You  And green?                                                    ‹1/2›",
        "    │ claude-sonnet-5-5-…  Grass.                            superseded",
        "  ● └ You  And yellow?                                                   ‹2/2›",
        "  ● m  The sun.",
        "", "",
        "  ────────────────────────────────────────────────────────────────────────────",
        "  The sun.", "", "", "", "", "",
        "  ────────────────────────────────────────────────────────────────────────────",
        "  › Ask something",
        " m · a test                      Enter goes there · Alt-E edits it · Esc closes",
      ])
  }

  @Test func `at 160x50: what is selected stands beside it as it is written`() {
    var stage = stage(rows: 50, columns: 160)
    stage.app.press("home", "down", "down", "down", "down")
    #expect(
      stage.picture[4...7] == [
        "    │ m  That of the sky, on most                                            stopped        │",
        "  ● └ You  What is red? In one word.                                                  ‹2/2› │",
        "    ├ m  The provider is busy.                                                failed  ‹1/2› │",
        "  ● └ m  # Red Blood.                                                                 ‹2/2› │",
      ])
    #expect(stage.picture[1].hasSuffix(" │ What is red?"))
    #expect(stage.picture[2].hasSuffix(" │ In one word."))
    #expect(stage.picture[47] == "  " + String(repeating: "─", count: 156))
  }

  @Test func `at 20x6: what there is room for`() {
    var stage = stage(rows: 6, columns: 20)
    #expect(
      stage.picture == [
        "Tree ›", "● └ You  And yellow?", "● m  The sun.", "────────────────────",
        "› Ask something", " m       Esc closes",
      ])
    stage.app.press("up", "up")
    #expect(stage.picture[1...2] == ["  │ clau…  Grass.", "● └ You  And yellow?"])
  }

  @Test func `without colours: what is chosen is bold at its name, what is selected reversed`() {
    var stage = stage()
    stage.theme = Theme.standard(for: .dark).withoutColors
    let rows = stage.draw().rows
    func letters(_ row: Int, _ attribute: Style.Attributes) -> String {
      rows[row].filter { $0.style.attributes.contains(attribute) && $0.width > 0 }.map {
        String(Unicode.Scalar($0.base) ?? "?")
      }.joined()
    }
    #expect(letters(5, .bold) == "You  ")
    #expect(letters(1, .bold) == "")
    #expect(letters(11, .reverse).hasPrefix("● m  The sun."))
    #expect(letters(10, .reverse) == "")
  }

  @Test
  func `wide letters, and those that run from right to left: lines and names stay on the left`() {
    var stage = stage(
      [
        says(1, .user, "日本語はどうですか、長い文章を書いてみますので、最後まで読んでくださいお願いします。"),
        says(2, after: 1, .assistant, "שלום עולם", by: "日本"),
        says(3, after: 1, .assistant, "e\u{301}\u{1B}[31m مرحبا"),
      ], rows: 12, columns: 60)
    #expect(
      stage.picture[1...3] == [
        "  ● You  日本語はどうですか、長い文章を書いてみますので、…",
        "    ├ 日本  שלום עולם                                ‹1/2›",
        "  ● └ m  e\u{301}␛[31m مرحبا                                ‹2/2›",
      ])
  }

  @Test(arguments: [0, 1, 2, 3, 5, 6, 8, 14], [0, 1, 3, 9, 25, 80, 200])
  func `fits on every screen`(rows: Int, columns: Int) {
    var stage = stage(rows: rows, columns: columns)
    for key in ["up", "home", "日", "backspace", "end", "pageup", "ctrl-u"] {
      stage.app.press(key)
      let frame = stage.draw()
      #expect(frame.rows.count == rows)
      #expect(frame.rows.allSatisfy { $0.count == columns })
      if let cursor = frame.cursor, rows > 0, columns > 0 {
        #expect(cursor.row < rows && cursor.column < columns)
      }
    }
  }

  // MARK: - Its shape

  @Test func `is not set in by retries and edits, however many there are`() {
    var messages: [Message] = []
    for turn in 0..<2_000 {
      let first = 3 * turn
      messages.append(says(first + 1, after: turn == 0 ? nil : first, .user, "Question \(turn)?"))
      messages.append(says(first + 2, after: first + 1, .assistant, "", .cancelled))
      messages.append(says(first + 3, after: first + 1, .assistant, "Answer \(turn)."))
    }
    let stage = stage(messages)
    guard case .tree(let tree) = stage.app.overlay else { return #expect(Bool(false)) }
    #expect(tree.picker.items.count == 6_000)
    #expect(tree.picker.items.allSatisfy { $0.branch?.depth == 0 })
    #expect(tree.selected == id(6_000))
  }

  @Test func `of branches in branches shows the innermost`() {
    // What is gone on from is the older of two each time.
    var messages: [Message] = [says(0, .user, "0")]
    for turn in 1...30 {
      let parent = turn == 1 ? 0 : 2 * turn - 3
      messages.append(says(2 * turn - 1, after: parent, .user, "\(turn)a"))
      messages.append(says(2 * turn, after: parent, .user, "\(turn)b"))
    }
    var stage = stage(messages, rows: 12, columns: 40)
    stage.app.press("home")
    stage.app.type("30a")
    stage.app.press("ctrl-u")
    #expect(stage.picture.contains("    … │ │ │ ├ You  30a           ‹1/2›"))
  }

  // MARK: - What it does

  @Test func `opens with the row of what is read, and closes by its own key`() {
    let long = String(repeating: "word ", count: 300)
    let app = app([
      says(1, .user, "one"), says(2, after: 1, .assistant, long), says(3, after: 2, .user, "two"),
      says(4, after: 3, .assistant, long),
    ])
    var stage = Stage(app, rows: 12, columns: 60)
    stage.draw()
    stage.app.press("home")
    stage.draw()
    stage.app.press("alt-down")
    stage.draw()
    stage.app.press("f6")
    #expect(selected(stage) == id(2))
    stage.app.press("f6")
    #expect(stage.app.overlay == nil)
    stage.app.send("/tree")
    #expect(selected(stage) != nil)
  }

  @Test func `says where there is nothing to show`() {
    var app = readyApp()
    app.press("f6")
    #expect(app.overlay == nil)
    #expect(app.notice?.text == "Nothing is in this conversation yet.")
  }

  @Test func `Enter turns to the branch and goes to the message`() {
    var stage = stage(rows: 12, columns: 60)
    stage.app.press("home", "down", "down")
    stage.app.press("enter")
    #expect(stage.app.overlay == nil)
    #expect(stage.app.store.conversation.path == [id(1), id(2), id(3), id(4)])
    #expect(stage.picture.contains("  Which one?"))
  }

  @Test func `words find messages, by the model's name too, and the branches are not drawn then`() {
    var stage = stage()
    stage.app.type("blue")
    #expect(
      rows(&stage).map { $0.split(separator: " ").joined(separator: " ") }
        == ["You What is blue? ‹1/2›"])
    stage.app.press("ctrl-u")
    stage.app.type("sonnet")
    #expect(selected(stage) == id(9))
    stage.app.press("ctrl-u")
    stage.app.type("nowhere")
    #expect(stage.picture.contains("  No message has these words."))
    stage.app.press("enter")
    #expect(stage.app.overlay != nil)
  }

  @Test func `Alt-E edits the selected prompt, or that of the selected reply, on its branch`() {
    for row in [2, 3] {
      var stage = stage(rows: 12, columns: 60)
      stage.app.press("home")
      for _ in 0..<row { stage.app.press("down") }
      stage.app.press("alt-e")
      #expect(stage.app.overlay == nil)
      #expect(stage.app.editedPrompt == id(3))
      #expect(stage.app.composer.text == "Which one?")
      #expect(stage.picture.contains { $0.contains("edits the last prompt") })
    }
  }

  @Test func `a reply that streams under it, fails and is tried again moves no row of it`() {
    var app = readyApp()
    for number in 1...3 {
      app.send("prompt \(number)")
      app.hear(UInt64(number), .text("Reply \(number)."))
      app.hear(UInt64(number), .completed(.stop))
    }
    app.send("last")
    var stage = Stage(app, rows: 24, columns: 80)
    stage.draw()
    stage.app.press("f6", "up", "up", "up")
    let chosen = selected(stage)
    let before = stage.picture[5]
    #expect(stage.picture.contains { $0.contains("(no words yet)") && $0.contains("live") })
    stage.app.hear(4, .failed(StreamFailure(.serverFailed, "It failed.")))
    stage.app.take(.clock, at: later(60_000))
    stage.app.hear(5, .text("It comes"))
    stage.app.hear(5, .text(" slowly."))
    let picture = stage.picture
    #expect(picture.contains { $0.contains("├ m  It failed.") && $0.contains("failed  ‹1/2›") })
    #expect(picture.contains { $0.contains("└ m  It comes slowly.") && $0.contains("live  ‹2/2›") })
    #expect(selected(stage) == chosen)
    #expect(picture[5].prefix(40) == before.prefix(40))
    stage.app.hear(5, .completed(.stop))
    #expect(!stage.picture.dropLast(9).contains { $0.contains("live") })
  }
}

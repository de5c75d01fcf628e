import Chat
import Markdown
import Support
import Terminal
import Testing

@testable import Interface

/// So many prompts with a reply each, settled long ago.
private func longConversation(_ turnCount: Int) -> Conversation {
  var ids = MessageIDSource(seed: MessageID(high: 7, low: 8))
  var messages: [Message] = []
  for turn in 0..<turnCount {
    let prompt = Message(
      id: ids.next(), parent: messages.last?.id, role: .user,
      parts: [.text("Question \(turn), \(String(repeating: "why ", count: turn % 40))")],
      created: origin)
    messages.append(prompt)
    messages.append(
      Message(
        id: ids.next(), parent: prompt.id, role: .assistant,
        parts: [.text("Answer \(turn).\n\n" + String(repeating: "- item\n", count: turn % 9))],
        model: ModelID(provider: "test", name: "m"), created: origin, ending: .complete(.stop)))
  }
  return Conversation(messages: messages)
}

private func app(_ conversation: Conversation) -> App {
  let store = ChatStore(
    route: Route(ModelID(provider: "test", name: "m")), conversation: conversation,
    messageIDs: MessageIDSource(seed: MessageID(high: 1, low: 2)))
  return App(chats: Conversations(store), answering: .ready(place: "a test"))
}

extension Stage {
  /// The rows of the transcript.
  fileprivate var page: [String] {
    mutating get { Array(picture.dropLast(3)) }
  }
}

@Suite struct `A long conversation` {
  @Test func `lays out what is near the screen and nothing else`() {
    let conversation = longConversation(5_000)
    let counted = CountedWidths()
    let wrap = TextWrap(TextCells(widths: counted.table))
    var layout = TranscriptLayout(wrap: wrap)
    let marks = TranscriptLayout.Marks(conversation: ConversationID(0))
    func show(_ start: TranscriptLayout.Start, columns: Int) -> Int {
      counted.count {
        layout.update(
          conversation, marks: marks, manner: .init(columns: columns, theme: .standard(for: .dark)),
          at: origin)
        _ = layout.show(start, visibleRows: 20, of: conversation)
      }
    }
    // A few screens, whatever stands beyond: the bullets are what is looked up.
    for start in [TranscriptLayout.Start.end, .row(30_000), .row(0)] {
      #expect((1..<200).contains(show(start, columns: 60)))
      #expect((1..<200).contains(show(start, columns: 59)))
    }
  }

  @Test func `shows the same rows scrolled through from its end as laid out at once`() {
    let conversation = longConversation(60)
    var stage = Stage(app(conversation), rows: 13, columns: 60)
    var whole = Stage(app(conversation), rows: 2_000, columns: 60)
    let all = Array(whole.page.reversed().drop { $0.isEmpty }.reversed())
    stage.draw()
    var seen: [String] = []
    for _ in 0..<all.count where seen.count < all.count {
      let page = stage.page
      let top = stage.app.layout.transcript.top
      let below = stage.app.layout.transcript.below
      // Rows of it that were not seen yet.
      let new = max(0, below + page.count - seen.count)
      seen = Array(page.prefix(new)) + seen
      if top == 0 { break }
      stage.app.press("pageup")
    }
    while seen.last?.isEmpty == true { seen.removeLast() }
    #expect(seen == all)
  }

  @Test func `keeps what is read where it is while what stands above is counted`() {
    var stage = Stage(app(longConversation(3_000)), rows: 13, columns: 60)
    stage.draw()
    stage.app.press("ctrl-home")
    #expect(stage.page.prefix(2) == ["  You", "  Question 0,"])
    stage.app.press("ctrl-end")
    let end = stage.page
    #expect(end.contains { $0.contains("Answer 2999.") })
    for _ in 0..<40 {
      stage.app.press("pageup")
      let before = stage.page
      stage.app.handle(.input(.wheel(-1)), at: origin)
      let after = stage.page
      #expect(Array(after.dropFirst(3)) == Array(before.dropLast(3)))
    }
  }

  @Test func `forgets what was scrolled past`() {
    let conversation = longConversation(5_000)
    var layout = TranscriptLayout(wrap: TextWrap(TextCells(widths: widths)))
    layout.update(
      conversation, marks: .init(conversation: ConversationID(0)),
      manner: .init(columns: 60, theme: .standard(for: .dark)), at: origin)
    var most = 0
    for row in stride(from: 0, to: 40_000, by: 20) {
      _ = layout.show(.row(row), visibleRows: 20, of: conversation)
      most = max(most, layout.keptRowCount)
    }
    #expect(most <= TranscriptLayout.keptRowLimit + 200)
  }
}

@Suite struct `While somebody reads further up` {
  /// Texts whose next piece changes lines that were drawn already.
  static let pieces: [[String]] = [
    ["| a | b |\n|---|---|\n| 1 | 2 |\n", "| a long cell | another |\n", "| x | y |\n\n"],
    ["A paragraph\nof two lines\n", "===\n", "more\n"],
    ["- a\n- b\n", "\n- c\n", "\n\n  d\n"],
    ["See [it].\n\n", "more\n\n", "[it]: http://example.org/\n\n"],
    ["``", "`\nlet a = 1\n", "```\n"],
  ]

  @Test(arguments: pieces) func `no cell of the page changes`(pieces: [String]) {
    for rows in 0...8 {
      var stage = Stage(readyApp(), rows: 12, columns: 60)
      stage.app.send("one")
      stage.app.hear(1, .text(String(repeating: "above\n\n", count: 20)))
      stage.app.hear(1, .text(pieces[0]))
      stage.draw()
      stage.app.handle(.input(.wheel(-1)), at: origin)
      for _ in 0..<rows { stage.app.handle(.input(.wheel(-1)), at: origin) }
      let before = stage.draw().rows.dropLast()
      for piece in pieces.dropFirst() {
        for letter in piece {
          stage.app.hear(1, .text(String(letter)))
          #expect(stage.draw().rows.dropLast() == before)
        }
      }
    }
  }

  @Test func `the status counts the lines that have come`() {
    var stage = Stage(readyApp(), rows: 12, columns: 90)
    stage.app.send("one")
    stage.app.hear(1, .text((1...20).map { "line \($0)\n\n" }.joined()))
    stage.draw()
    stage.app.press("pageup")
    #expect(stage.picture.last?.contains("↓ 7 lines") == true)
    for number in 21...37 { stage.app.hear(1, .text("line \(number)\n\n")) }
    #expect(stage.picture.last?.contains("↓ 34 new lines") == true)
    stage.app.press("pageup")
    #expect(stage.picture.last?.contains("↓ 34 new lines") == true)
    stage.app.press("ctrl-end")
    #expect(stage.picture.last?.contains("↓") == false)
    stage.app.press("pageup")
    #expect(stage.picture.last?.contains("↓ 7 lines") == true)
  }

  /// Two replies that take many more rows than their letters tell, both seen to their ends.
  private func listStage() -> Stage {
    var stage = Stage(readyApp(), rows: 12, columns: 90)
    for stream: UInt64 in 1...2 {
      stage.app.send("prompt \(stream)")
      stage.app.hear(stream, .thinking("idea\n"))
      stage.app.hear(stream, .text((1...40).map { "- \($0)\n" }.joined()))
      stage.app.hear(stream, .completed(.stop))
      stage.draw()
    }
    return stage
  }

  @Test func `nothing is new that only stands in other rows`() {
    var stage = listStage()
    stage.app.press("pageup")
    for key in [
      "alt-t", "alt-u", "alt-t", "alt-u", "pageup", "pageup", "pageup", "pageup", "ctrl-home",
    ] {
      stage.app.press(key)
      #expect(stage.picture.last?.contains("new") == false, "after \(key)")
    }
    for columns in [60, 100, 90] {
      stage.size.columns = columns
      #expect(stage.picture.last?.contains("new") == false, "at \(columns) columns")
      stage.app.press("ctrl-end")
      stage.draw()
      stage.app.press("ctrl-home")
      #expect(stage.picture.last?.contains("new") == false, "at \(columns) columns")
    }
  }

  @Test func `the first message is the first, however many rows were guessed above`() {
    var stage = listStage()
    stage.app.press("pageup")
    stage.draw()
    stage.app.press("alt-u")
    stage.draw()
    stage.app.press("ctrl-home")
    #expect(stage.page.prefix(2) == ["  You", "  prompt 1"])
    stage.size.columns = 60
    stage.app.press("ctrl-end")
    stage.draw()
    stage.app.press("home")
    #expect(stage.page.prefix(2) == ["  You", "  prompt 1"])
  }

  @Test func `what becomes known of a price changes no cell`() {
    let model = ModelID(provider: "test", name: "m")
    var stage = Stage(readyApp(), rows: 12, columns: 60)
    stage.app.send("one")
    stage.app.hear(1, .text("A reply."))
    stage.app.hear(1, .usage(Usage(inputTokens: 1000, outputTokens: 5000)))
    stage.app.hear(1, .completed(.stop))
    stage.app.send("two")
    stage.app.hear(2, .text((1...20).map { "line \($0)\n\n" }.joined()))
    stage.draw()
    stage.app.press("ctrl-home")
    let before = stage.picture
    #expect(before.contains { $0.contains("5,000 tokens") })
    stage.app.take(.described(model, ModelFacts(price: Price(input: 1, output: 1))))
    #expect(stage.picture == before)
    // It is there when the page moves.
    stage.app.handle(.input(.wheel(1)), at: origin)
    #expect(stage.picture.contains { $0.contains("$0.0060") })
  }

  @Test func `the status counts the lines of a reply that comes above earlier attempts`() {
    var stage = Stage(readyApp(), rows: 12, columns: 90)
    stage.app.send("one")
    stage.app.hear(1, .text((1...20).map { "line \($0)\n\n" }.joined()))
    stage.app.hear(1, .completed(.stop))
    stage.app.press("alt-r")
    stage.app.hear(2, .text((1...20).map { "line \($0)\n\n" }.joined()))
    stage.draw()
    stage.app.press("pageup")
    #expect(stage.picture.last?.contains("↓ 7 lines") == true)
    for number in 21...37 { stage.app.hear(2, .text("line \(number)\n\n")) }
    #expect(stage.picture.last?.contains("↓ 34 new lines") == true)
    stage.app.press("alt-a")
    #expect(stage.picture.last?.contains("↓ 34 new lines") == true)
    stage.size.columns = 110
    #expect(stage.picture.last?.contains("↓ 34 new lines") == true)
  }

  @Test func `the end of the reply leaves the first line where it is`() throws {
    var stage = Stage(readyApp(), rows: 12, columns: 60)
    stage.app.send("one")
    stage.app.hear(1, .text((1...20).map { "[line \($0)]\n\n" }.joined()))
    stage.draw()
    stage.app.press("pageup", "pageup")
    let first = try #require(stage.page.first { $0.contains("line") })
    let number = try #require(first.split { !$0.isNumber }.first)
    // Every line above finds its address now, and half of them take two rows.
    let addresses = (1...20).map {
      "[line \($0)]: http://example.org/\(String(repeating: "a", count: 3 * $0))\n"
    }
    stage.app.hear(1, .text("\n" + addresses.joined()))
    stage.app.hear(1, .completed(.stop))
    let after = try #require(stage.page.first { $0.contains("line") })
    #expect(after.split { !$0.isNumber }.first == number)
  }

  @Test(arguments: [20, 31, 45, 80, 120, 160])
  func `another width keeps the line that is read`(columns: Int) {
    let text = (1...200).map { "Sentence number \($0) is here to be read." }.joined(separator: " ")
    var stage = Stage(readyApp(), rows: 14, columns: 60)
    stage.app.send("one")
    stage.app.hear(1, .text("- a list\n- before\n\n> a quote\n\n" + text))
    stage.draw()
    for _ in 0..<3 { stage.app.press("pageup") }
    let words = stage.page[0].split(separator: " ").prefix(4)
    stage.size.columns = columns
    let page = stage.page.joined(separator: " ").split(separator: " ")
    #expect(page.prefix(20).joined(separator: " ").contains(words.joined(separator: " ")))
    // And back, to where it was.
    stage.size.columns = 60
    #expect(stage.page.prefix(3).joined(separator: " ").contains(words.joined(separator: " ")))
  }
}

@Suite struct `From message to message` {
  @Test func `goes up to the beginning of each, and down again`() {
    var stage = Stage(app(longConversation(40)), rows: 10, columns: 60)
    stage.draw()
    var heads: [String] = []
    for _ in 0..<6 {
      stage.app.press("alt-up")
      let page = stage.page
      heads.append(page[0] + page[1])
    }
    let why = String(repeating: " why", count: 11)
    #expect(
      heads == [
        "  You  Question 39,\(why)", "  m  Answer 38.", "  You  Question 38,\(why)",
        "  m  Answer 37.", "  You  Question 37,\(why)", "  m  Answer 36.",
      ])
    stage.app.press("alt-down")
    #expect(stage.page.prefix(2) == ["  You", "  Question 37,\(why)"])
    for _ in 0..<9 {
      stage.app.press("alt-down")
      stage.draw()
    }
    #expect(stage.app.viewport.mode == .follow)
  }

  @Test func `with nothing said stays where it is`() {
    var stage = Stage(readyApp(), rows: 10, columns: 60)
    stage.draw()
    stage.app.press("alt-up", "alt-down")
    #expect(stage.app.viewport.mode == .follow)
  }
}

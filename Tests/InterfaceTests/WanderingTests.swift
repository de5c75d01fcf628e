// Somebody goes through a long conversation at random, while replies come: whatever is folded, searched, copied,
// resized or scrolled by, what is in view is right, and nothing but what they did moves it.

import Chat
import Support
import Terminal
import Testing

@testable import Interface

private let wanderedTexts = [
  "word ", "alpha ", "日本語 ", "\n", "\n\n", "```swift\nlet a = 1\n", "\n```\n\n", "- item\n",
  "\n\n| a | b |\n|---|---|\n| 1 | alpha |\n", "e\u{301}", "> ", "# Title\n\n", "1. one\n",
  "A longer sentence that says something about alpha and takes some more room than a word. ",
]

private let wanderedKeys = [
  "alt-up", "alt-down", "pageup", "pagedown", "ctrl-home", "ctrl-end", "alt-t", "alt-a", "alt-u",
  "alt-c", "ctrl-s", "f3", "f2", "esc", "enter", "up", "down", "backspace", "ctrl-u",
]

@Suite struct `Somebody who wanders through a conversation` {
  /// What is being tried.
  private struct Walk {
    var random: Seeded
    var stage: Stage
    var saves: [AppEvent] = []
    /// Whether anything came to the page that was not in view yet.
    var hasCome = false

    init(seed: UInt64) {
      random = Seeded(state: seed)
      let models = ["m", "n", "o"].map { ModelID(provider: "test", name: $0) }
      let store = ChatStore(
        route: Route("careful", .chain, models) ?? Route(models[0]),
        conversation: Walk.conversation(models[0], &random),
        messageIDs: MessageIDSource(seed: MessageID(high: 1, low: 2)))
      stage = Stage(
        App(chats: Conversations(store), answering: .ready(place: "a test")), rows: 24, columns: 80)
    }

    /// What was said long ago.
    private static func conversation(_ model: ModelID, _ random: inout Seeded) -> Conversation {
      var ids = MessageIDSource(seed: MessageID(high: 7, low: 8))
      var messages: [Message] = []
      for _ in 0..<Int.random(in: 0...80, using: &random) {
        let prompt = Message(
          id: ids.next(), parent: messages.last?.id, role: .user,
          parts: [.text("A question, or more.")], created: origin)
        messages.append(prompt)
        var text = ""
        for _ in 0..<Int.random(in: 1...20, using: &random) {
          text += wanderedTexts.randomElement(using: &random) ?? ""
        }
        var parts: [Part] = [.text(text)]
        if Bool.random(using: &random) {
          parts.insert(Part(.thinking, text: "Hm.\n\nalpha\n\nWell."), at: 0)
        }
        messages.append(
          Message(
            id: ids.next(), parent: prompt.id, role: .assistant, parts: parts, model: model,
            created: origin, ending: .complete(.stop)))
      }
      return Conversation(messages: messages)
    }

    mutating func take(_ event: AppEvent) {
      for effect in stage.app.handle(event, at: stage.now).effects {
        guard case .chat(.save(let conversation, let message)) = effect else { continue }
        saves.append(
          Int.random(in: 0..<8, using: &random) == 0
            ? .saveFailed(conversation, message.id, reason: "the disk is full")
            : .saved(conversation, message.id))
      }
    }

    /// What a reader did not do.
    mutating func news() -> AppEvent {
      let stream = StreamID(UInt64(stage.app.store.streams.count))
      let text = wanderedTexts.randomElement(using: &random) ?? ""
      switch Int.random(in: 0..<14, using: &random) {
      case 0, 1: return .stream(stream, .thinking(text))
      case 2: return .stream(stream, .usage(Usage(inputTokens: 8, outputTokens: 1204)))
      case 3:
        return .described(
          ModelID(provider: "test", name: ["m", "n", "x"].randomElement(using: &random) ?? "m"),
          ModelFacts(
            price: Price(input: Double.random(in: 0...9, using: &random), output: 2),
            windowTokens: Int.random(in: 1...9000, using: &random)))
      case 4: return .clock
      case 5: return .stream(stream, .toolCall(name: "look", id: "1"))
      case 6: return .stream(stream, .toolArguments("{\"in\": 1} ", id: "1"))
      default: return .stream(stream, .text(text))
      }
    }

    /// What ends or begins a reply.
    mutating func turn() -> AppEvent {
      let stream = StreamID(UInt64(stage.app.store.streams.count))
      switch Int.random(in: 0..<7, using: &random) {
      case 0, 1: return .prompt(String(repeating: "word ", count: 40))
      case 2: return key("alt-n")
      case 3: return key("alt-r")
      case 4: return .stream(stream, .failed(StreamFailure(.serverFailed, "It failed.")))
      default: return .stream(stream, .completed(.stop))
      }
    }

    /// What a reader does.
    mutating func deed() -> AppEvent {
      switch Int.random(in: 0..<10, using: &random) {
      case 0: return .input(.key(KeyPress(.character("a"))))
      case 1, 2: return .input(.wheel(Int.random(in: -4...3, using: &random)))
      case 3, 4, 5:
        let rows = stage.app.layout.landmarks.map(\.row)
        let row = rows.randomElement(using: &random) ?? 0
        return .input(.click(Position(row: row, column: 3)))
      default: return key(wanderedKeys.randomElement(using: &random) ?? "esc")
      }
    }

    private func key(_ name: String) -> AppEvent {
      .input(KeyPress(name).map(TerminalInput.key) ?? .hangup)
    }
  }

  @Test(arguments: 1...12)
  func `sees what a page shows that is drawn for the first time, and keeps what is read`(
    seed: UInt64
  ) throws {
    var walk = Walk(seed: seed)
    walk.stage.draw()
    for step in 0..<300 {
      let kind = Int.random(in: 0..<10, using: &walk.random)
      let before = walk.stage.draw()
      let layout = walk.stage.app.layout
      let generation = walk.stage.app.store.generation
      let wasHeld = walk.stage.app.viewport.mode != .follow && walk.stage.app.overlay == nil
      var event: AppEvent?
      switch kind {
      case 0:
        walk.stage.size = Size(
          rows: Int.random(in: 1...60, using: &walk.random),
          columns: Int.random(in: 1...200, using: &walk.random))
      case 1: event = walk.turn()
      case 2: event = walk.saves.isEmpty ? .clock : walk.saves.removeFirst()
      case 3..<7: event = walk.news()
      default: event = walk.deed()
      }
      if let event { walk.take(event) }
      if (1..<7).contains(kind) || walk.stage.app.store.generation != generation {
        walk.hasCome = true
      }
      walk.stage.now = walk.stage.now.advanced(
        byMilliseconds: Int64.random(in: 0...900, using: &walk.random))
      let after = walk.stage.draw()
      let shown = walk.stage.app.layout
      let what = "step \(step): \(event.map { "\($0)" } ?? "\(walk.stage.size)")"
      try #require(shown.transcript.top >= 0, "\(what)")
      let last = max(0, shown.transcript.content - shown.transcript.visible)
      try #require(shown.transcript.top <= last, "\(what)")
      try #require(
        shown.landmarks.allSatisfy { (0..<shown.transcript.visible).contains($0.row) }, "\(what)")
      if (3..<7).contains(kind), wasHeld, walk.stage.app.overlay == nil {
        let rows = 0..<layout.transcript.visible
        try #require(after.rows[rows] == before.rows[rows], "\(what)")
      }
      // What is followed is a function of the app.
      if walk.stage.app.viewport.mode == .follow {
        walk.hasCome = false
        let remembered = walk.stage.picture
        var fresh = Stage(
          walk.stage.app, rows: walk.stage.size.rows, columns: walk.stage.size.columns)
        fresh.now = walk.stage.now
        try #require(remembered == fresh.picture, "\(what)")
      } else if !walk.hasCome {
        try #require(shown.transcript.unseen == 0, "\(what)")
      }
    }
  }
}

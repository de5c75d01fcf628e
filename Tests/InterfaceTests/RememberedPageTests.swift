// What the view remembers from frame to frame must not show: the page is a function of the app.

import Chat
import Interface
import Support
import Terminal
import Testing

@Suite struct `A page that is drawn again and again` {
  @Test func `bears the name of the model that is asked, whoever was asked before`() {
    var stage = Stage(readyApp(models: ["m", "n"]), rows: 12, columns: 60)
    stage.app.send("one")
    stage.app.hear(1, .failed(StreamFailure(.serverFailed, "The server failed.")))
    #expect(stage.picture.contains("  m ‹2/2›"))
    stage.app.press("alt-n")
    let asked = stage.picture
    #expect(asked.contains("  n ‹2/2›"))
    #expect(!asked.contains("  m ‹2/2›"))
    stage.app.hear(2, .text("Well"))
    #expect(stage.picture.contains("  n ‹2/2›"))
  }

  @Test func `shows the conversation that is in view, and not the one before`() {
    func app(_ number: UInt32, saying prompt: String) -> App {
      let store = ChatStore(
        ConversationID(number), route: Route(ModelID(provider: "test", name: "m")),
        messageIDs: MessageIDSource(seed: MessageID(high: UInt64(number), low: 2)))
      var app = App(chats: Conversations(store), answering: .ready(place: "a test"))
      app.send(prompt)
      return app
    }
    var stage = Stage(app(0, saying: "one"), rows: 12, columns: 60)
    #expect(stage.picture.contains("  one"))
    stage.app = app(1, saying: "two")
    #expect(stage.picture.contains("  two"))
  }

  @Test(arguments: 1...8)
  func `shows what a page shows that is drawn for the first time`(seed: UInt64) throws {
    var random = Seeded(state: seed)
    let policy = try #require(SendPolicy.allCases.randomElement(using: &random))
    var stage = Stage(
      readyApp(ChatSettings(sendPolicy: policy), models: ["m", "n", "o"]), rows: 60, columns: 70)
    var saves: [AppEvent] = []
    for step in 0..<400 {
      let event = event(&random, attempt: stage.app.store.streams.count, saves: &saves)
      for effect in stage.app.handle(event, at: stage.now).effects {
        guard case .chat(.save(let conversation, let message)) = effect else { continue }
        saves.append(
          Int.random(in: 0..<8, using: &random) == 0
            ? .saveFailed(conversation, message.id, reason: "the disk is full")
            : .saved(conversation, message.id))
      }
      guard Bool.random(using: &random) else { continue }
      let remembered = stage.picture
      var fresh = Stage(stage.app, rows: 60, columns: 70)
      fresh.now = stage.now
      try #require(remembered == fresh.picture, "step \(step)")
      stage.now = stage.now.advanced(byMilliseconds: Int64.random(in: 0...900, using: &random))
    }
  }

  private func event(
    _ random: inout Seeded, attempt: Int, saves: inout [AppEvent]
  ) -> AppEvent {
    func key(_ name: String) -> AppEvent {
      .input(KeyPress(name).map(TerminalInput.key) ?? .hangup)
    }
    func stream(_ event: StreamEvent) -> AppEvent { .stream(StreamID(UInt64(attempt)), event) }
    switch Int.random(in: 0..<20, using: &random) {
    case 0, 1: return .prompt(String(repeating: "word ", count: 40))
    case 2: return key("esc")
    case 3, 4: return key("alt-n")
    case 5: return key("alt-r")
    case 6: return key(["alt-a", "alt-t", "alt-u"].randomElement(using: &random) ?? "alt-a")
    case 7, 8, 9: return stream(.text("some *more* of it\n\n"))
    case 10: return stream(.thinking("Hm"))
    case 11:
      return stream(
        Bool.random(using: &random)
          ? .finished(.stop) : .usage(Usage(inputTokens: 8, outputTokens: 1204)))
    case 12: return stream(.completed(.length))
    case 13: return stream(.failed(StreamFailure(.serverFailed, "The server failed.")))
    case 14: return stream(.failed(StreamFailure(.tooLong, "It is too long.")))
    case 15: return .clock
    case 16:
      return stream(
        Bool.random(using: &random)
          ? .toolCall(name: "look", id: "1") : .toolArguments("{\"in\": \"the box\"} ", id: "1"))
    default: return saves.isEmpty ? .clock : saves.removeFirst()
    }
  }
}

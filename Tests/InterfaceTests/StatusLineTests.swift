import Chat
import Terminal
import Testing

@testable import Interface

private let model = ModelID(provider: "test", name: "m")

/// An app with one reply that was counted.
private func app(
  _ usage: Usage? = Usage(inputTokens: 15_000, outputTokens: 360),
  _ facts: ModelFacts = ModelFacts(
    price: Price(input: 2, output: 10), windowTokens: 128_000)
) -> App {
  var app = readyApp()
  app.take(.described(model, facts))
  app.send("why")
  app.hear(1, .text(String(repeating: "word", count: 100)))
  if let usage { app.hear(1, .usage(usage)) }
  app.hear(1, .completed(.stop))
  return app
}

/// The last row of the screen.
private func status(_ app: App, columns: Int = 120) -> String {
  var stage = Stage(app, rows: 12, columns: columns)
  return stage.picture[11]
}

@Suite struct `The context meter` {
  @Test func `says how much of the window is taken`() {
    #expect(status(app()).hasPrefix(" m · a test · ctx 12% of 128k · $0.0336 "))
  }

  @Test func `says tokens alone where the window is unknown, and nothing before the first prompt`()
  {
    #expect(
      status(app(Usage(inputTokens: 15_000, outputTokens: 360), ModelFacts())).contains(
        "ctx 15k tokens · 15k tokens"))
    var empty = readyApp()
    empty.take(.described(model, ModelFacts(windowTokens: 128_000)))
    #expect(!status(empty).contains("ctx"))
  }

  @Test func `marks what is estimated`() {
    #expect(status(app(nil)).contains("ctx <1% of 128k"))
    #expect(status(app(nil, ModelFacts(windowTokens: 1_000))).contains("ctx ~10% of 1k"))
    #expect(!status(app(nil, ModelFacts())).contains("ctx"))
    var live = app()
    live.send("and then")
    #expect(status(live).contains("ctx ~12% of 128k"))
  }

  @Test(arguments: [
    (79, Face.status), (80, .statusWarning), (100, .statusWarning), (130, .statusWarning),
  ])
  func `warns when the window is nearly full`(percent: Int, face: Face) {
    let app = app(
      Usage(inputTokens: percent * 10 - 5, outputTokens: 5), ModelFacts(windowTokens: 1_000))
    var stage = Stage(app, rows: 12, columns: 120)
    let frame = stage.draw()
    let words = "\(percent)%"
    #expect(frame.picture[11].contains("ctx \(words) of 1k"))
    let column = frame.picture[11].firstRange(of: words).map {
      frame.picture[11].distance(from: frame.picture[11].startIndex, to: $0.lowerBound)
    }
    #expect(frame.rows[11][column ?? 0].style == stage.theme.style(for: face))
  }

  @Test func `keeps its bounds for counts that nobody has`() {
    let usage = Usage(inputTokens: .max, outputTokens: .max)
    #expect(status(app(usage, ModelFacts(windowTokens: 1))).contains("ctx >999% of 1"))
    #expect(status(app(usage, ModelFacts(windowTokens: 0))).contains("tokens"))
  }

  @Test func `is that of the model that answers`() {
    var app = readyApp(models: ["m", "n"])
    app.take(.described(model, ModelFacts(windowTokens: 1_000)))
    app.take(.described(ModelID(provider: "test", name: "n"), ModelFacts(windowTokens: 2_000)))
    app.send("why")
    #expect(status(app).contains("of 1k"))
    app.press("alt-n")
    #expect(status(app).contains("of 2k"))
  }
}

@Suite struct `The cost of the conversation` {
  private let price = ModelFacts(price: Price(input: 2, output: 10))

  @Test func `is the sum of all replies, also of those that were retried`() {
    var app = app()
    app.press("alt-r")
    app.hear(2, .text("So."))
    app.hear(2, .usage(Usage(inputTokens: 1_000, outputTokens: 100)))
    app.hear(2, .completed(.stop))
    #expect(status(app).contains("· $0.0366 "))
  }

  @Test func `has a sign where a part is unknown`() {
    var app = app()
    app.send("again")
    app.hear(2, .usage(Usage(inputTokens: 1_000, outputTokens: 1)))
    app.hear(2, .text("So"))
    app.press("esc")
    #expect(status(app).contains("· $0.0356+ "))
  }

  @Test func `is tokens where no price is known`() {
    var app = app(Usage(inputTokens: 1_000, outputTokens: 234), ModelFacts())
    #expect(status(app).contains("· 1.2k tokens "))
    app.send("again")
    app.hear(2, .text("So."))
    app.hear(2, .completed(.stop))
    #expect(status(app).contains("· 1.2k+ tokens "))
  }

  @Test func `says nothing while nothing was told, and of a request that brought nothing`() {
    #expect(!status(app(nil, price)).contains("$"))
    var app = app()
    app.send("again")
    app.press("esc")
    app.send("again")
    app.hear(3, .failed(StreamFailure(.unauthorized, "No.")))
    #expect(status(app).contains("· $0.0336 "))
  }

  @Test func `counts a reply that is live when it is over`() {
    var stage = Stage(app(), rows: 12, columns: 120)
    stage.app.send("again")
    stage.app.hear(2, .text("So."))
    stage.app.hear(2, .usage(Usage(inputTokens: 1_000, outputTokens: 100)))
    #expect(stage.picture[11].contains("· $0.0336 "))
    stage.app.hear(2, .completed(.stop))
    #expect(stage.picture[11].contains("· $0.0366 "))
    stage.app.take(.described(model, ModelFacts(price: Price(input: 4, output: 20))))
    #expect(stage.picture[11].contains("· $0.0732 "))
    stage.app.take(.described(model, ModelFacts()))
    #expect(stage.picture[11].contains("· 16k tokens "))
  }

  @Test func `is that of the conversation in view`() {
    var stage = Stage(app(), rows: 12, columns: 120)
    #expect(stage.picture[11].contains("$0.0336"))
    let first = stage.app.chats.inView
    stage.app.chats.open()
    #expect(!stage.picture[11].contains("$"))
    stage.app.chats.show(first)
    #expect(stage.picture[11].contains("$0.0336"))
  }
}

@Suite struct `A status line with too little room` {
  /// Draws at every width, and holds that parts go one after the other, as a whole.
  private func expectOrder(_ app: App, _ parts: [String], short: [String] = []) {
    var kept = parts.count
    for columns in stride(from: 200, through: 20, by: -1) {
      var stage = Stage(app, rows: 12, columns: columns)
      stage.draw()
      let frame = stage.draw()
      #expect(frame.rows[11].count == columns)
      let line = frame.picture[11]
      let here = parts.map(line.contains)
      let count = here.firstIndex(of: false) ?? parts.count
      #expect(!here[count...].contains(true), "\(columns): \(line)")
      #expect(count <= kept, "\(columns): \(line)")
      kept = count
      // Nothing stands there but whole parts.
      var rest = line
      for part in (parts + short).sorted(by: { $0.count > $1.count }) {
        rest = rest.replacing(part, with: "")
      }
      #expect(rest.allSatisfy { " ·".contains($0) }, "\(columns): \(line)")
    }
    #expect(kept < parts.count)
  }

  @Test func `drops its parts in the order that the file states, and nothing in the middle`() {
    var idle = app()
    idle.take(.modelFound(Route(model), place: "somewhere in a large data center"))
    expectOrder(
      idle,
      [
        "m ", "12%", "ctx 12% of 128k", "somewhere in a large data center", "$0.0336",
        "Enter sends", "F1 keys",
      ])
  }

  @Test func `keeps what stops a reply, and a window that is nearly full`() {
    var app = app(
      Usage(inputTokens: 850, outputTokens: 5),
      ModelFacts(price: Price(input: 200, output: 1000), windowTokens: 1_000))
    app.take(.modelFound(Route(model), place: "somewhere in a large data center"))
    app.press("f2")
    expectOrder(
      app,
      [
        "m ", "86%", "ctx 86% of 1k", "mouse", "mouse: the terminal's",
        "somewhere in a large data center", "$0.18", "Enter sends", "F1 keys",
      ], short: ["mouse off"])
  }
}

@Suite struct `The totals of a conversation` {
  private func message(_ number: UInt64, after parent: UInt64?, _ role: Role) -> Message {
    Message(
      id: MessageID(high: 0, low: number), parent: parent.map { MessageID(high: 0, low: $0) },
      role: role, parts: [.text("word")], model: role == .assistant ? model : nil,
      created: origin, ending: role == .assistant ? .complete(.stop) : nil)
  }

  @Test func `are the same whether they were counted at once or as it went`() {
    var app = app()
    var growing = UsageTotals()
    for turn in 2...9 {
      growing.update(app)
      app.send("again")
      growing.update(app)
      app.hear(UInt64(turn), .text("So."))
      app.hear(UInt64(turn), .usage(Usage(inputTokens: 100 * turn, outputTokens: turn)))
      growing.update(app)
      app.hear(
        UInt64(turn),
        turn % 3 == 0 ? .failed(StreamFailure(.truncated, "cut")) : .completed(.stop))
    }
    growing.update(app)
    var whole = UsageTotals()
    whole.update(app)
    #expect(growing.all == whole.all)
    #expect(growing.sums == whole.sums)
    #expect(growing.endings == whole.endings)
    #expect(growing.promptCount == 9)
    #expect(growing.endings.failed == 3)
    #expect(growing.all.replyCount == 9)
    #expect(growing.all.inputTokens == 15_000 + 4_400)
  }

  @Test func `read a long conversation once`() {
    let messages = (1...100_000).map { number in
      message(number, after: number == 1 ? nil : number - 1, number % 2 == 1 ? .user : .assistant)
    }
    let store = ChatStore(
      route: Route(model), conversation: Conversation(messages: messages),
      messageIDs: MessageIDSource(seed: MessageID(high: 1, low: 2)))
    let app = App(chats: Conversations(store), answering: .ready(place: "a test"))
    var totals = UsageTotals()
    totals.update(app)
    #expect(totals.promptCount == 50_000)
    // As many frames as nobody could wait for if each walked over all of it.
    for _ in 0..<100_000 { totals.update(app) }
    #expect(totals.endings.complete == 50_000)
  }
}

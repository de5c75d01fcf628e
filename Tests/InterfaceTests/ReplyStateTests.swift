import Chat
import Interface
import Terminal
import Testing

private let overloaded = StreamEvent.failed(StreamFailure(.serverFailed, "The server failed."))

/// What the screen says of a reply that does not simply come, and what the keys do then.
@Suite struct `A reply that falters` {
  private func stage(
    _ settings: ChatSettings = ChatSettings(), models: [String] = ["m"]
  ) -> Stage {
    Stage(readyApp(settings, models: models), rows: 12, columns: 90)
  }

  @Test func `counts down to the next attempt and names the keys for now, next model and stop`() {
    var stage = stage(models: ["m", "n"])
    stage.app.send("one")
    stage.app.hear(
      1, .failed(StreamFailure(.rateLimited, "Slow down.", retryAfterMilliseconds: 3000)))
    #expect(
      stage.picture.last
        == " m · retry 1 of 2 in 3 s        Esc stops · Alt-R now · Alt-N next model · Enter replaces"
    )
    stage.now = origin.advanced(byMilliseconds: 2001)
    #expect(stage.picture.last?.contains("retry 1 of 2 in 1 s") == true)
    #expect(stage.picture.contains("  ▸ m, an earlier attempt: ✗ Slow down."))
  }

  @Test func `asks to be woken for each second of the countdown and for its end`() {
    var app = readyApp()
    app.send("one")
    app.hear(1, .failed(StreamFailure(.rateLimited, "Slow down.", retryAfterMilliseconds: 2500)))
    let times: [Int64] = [0, 500, 1500]
    let deadlines = times.map { app.deadline(after: origin.advanced(byMilliseconds: $0)) }
    #expect(deadlines == [500, 1500, 2500].map { origin.advanced(byMilliseconds: $0) })
    let effects = app.take(.clock, at: origin.advanced(byMilliseconds: 2500)).effects
    #expect(effects.contains { if case .chat(.start) = $0 { true } else { false } })
  }

  @Test func `T12 Esc while it backs off ends it, and the clock brings nothing back`() {
    var app = readyApp()
    app.send("one")
    app.hear(1, overloaded)
    #expect(app.press("esc") == [])
    #expect(app.store.generation == .idle)
    #expect(app.deadline(after: origin) == nil)
    #expect(app.take(.clock, at: origin.advanced(byMilliseconds: 60_000)).effects == [])
  }

  @Test func `is silent since its attempt began, and not since the one before broke`() {
    var app = readyApp()
    app.send("one")
    app.hear(1, overloaded, at: later(100))
    #expect(app.store.streams.last?.lastEvent == later(100))
    app.take(.clock, at: later(60_000))
    #expect(app.store.generation.activeStream == StreamID(2))
    #expect(app.store.streams.last?.lastEvent == nil)
  }

  @Test func `that begins because another conversation's has ended is seen at once`() {
    let store = readyApp().store
    var app = App(
      chats: Conversations(store, streamLimit: 1), answering: .ready(place: "a test"))
    app.send("one")
    app.send("/new")
    app.send("two")
    #expect(app.store.generation.activeStream == nil)
    #expect(app.hear(1, .text("word")) == .never)
    #expect(app.hear(1, .completed(.stop)) == .now)
    #expect(app.store.generation.activeStream != nil)
  }

  @Test func `Alt-R while it backs off asks at once, and the same attempt`() {
    var app = readyApp()
    app.send("one")
    app.hear(1, overloaded)
    let before = app.store.generation.liveMessage
    let effects = app.press("alt-r")
    #expect(effects.count == 1)
    #expect(app.store.generation.liveMessage == before)
    #expect(app.store.generation.activeStream == StreamID(2))
  }

  @Test func `Alt-N asks the next model, of which the page speaks`() {
    var app = readyApp(models: ["m", "n"])
    app.send("one")
    app.hear(1, overloaded)
    app.press("alt-n")
    #expect(app.store.generation.call?.models.first?.name == "n")
    var stage = Stage(app, rows: 12, columns: 60)
    #expect(stage.picture.contains("  n ‹2/2›"))
  }

  @Test func `Alt-N with one model says how to name another`() {
    var app = readyApp()
    app.send("one")
    #expect(app.press("alt-n") == [])
    #expect(app.notice?.text == "test/m is one model; /model NAME asks another one.")
  }

  @Test func `a stall shows as a growing number, with what can be done about it`() {
    var stage = stage(models: ["m", "n"])
    stage.app.send("one")
    stage.app.hear(1, .text("Well"))
    stage.now = origin.advanced(byMilliseconds: 4999)
    #expect(stage.picture.last?.contains("streaming") == true)
    stage.now = origin.advanced(byMilliseconds: 7000)
    #expect(
      stage.picture.last
        == " m · silent for 7 s      Esc stops · Alt-R asks again · Alt-N next model · Enter replaces"
    )
    stage.now = origin.advanced(byMilliseconds: 67_500)
    #expect(stage.picture.last?.contains("silent for 67 s") == true)
    #expect(stage.app.deadline(after: stage.now) == origin.advanced(byMilliseconds: 68_000))
    stage.app.hear(1, .text(", yes"), at: stage.now)
    #expect(stage.picture.last?.contains("streaming") == true)
  }

  @Test func `a queued prompt is counted, and Esc when nothing is live brings it back`() {
    var stage = stage(ChatSettings(sendPolicy: .queue))
    stage.app.send("one")
    stage.app.hear(1, .text("x"))
    #expect(stage.picture.last?.hasSuffix("Esc stops · Enter queues ") == false)
    #expect(stage.picture.last?.contains("Enter queues") == true)
    stage.app.send("two")
    #expect(stage.picture.last?.contains("1 prompt waits") == true)
    stage.app.press("esc")
    #expect(stage.app.store.queue.map(\.text) == ["two"])
    #expect(stage.picture.last?.contains("Esc takes it back") == true)
    stage.app.press("esc", at: later(600))
    #expect(stage.app.store.queue == [])
    #expect(stage.app.composer.text == "two")
  }

  @Test func `Ctrl-D brings back what waits before it quits`() {
    var app = readyApp(ChatSettings(sendPolicy: .queue))
    app.send("one")
    app.send("two")
    #expect(app.press("ctrl-d") == [])
    #expect(app.composer.text == "two")
    #expect(app.store.generation != .idle)
    app.press("ctrl-u")
    #expect(app.press("ctrl-d").last == .quit)
  }

  @Test func `a blocked prompt stays in the composer, with a sentence`() {
    var app = readyApp(ChatSettings(sendPolicy: .block))
    app.send("one")
    #expect(app.send("two") == [])
    #expect(app.composer.text == "two")
    #expect(app.notice?.text.contains("Esc stops it") == true)
  }

  @Test func `says under a message that it could not be saved`() {
    var stage = stage()
    stage.app.type("one")
    guard
      case .chat(.save(let conversation, let message))? = stage.app.handle(
        .input(.key(KeyPress(.enter))), at: origin
      ).effects.first
    else {
      Issue.record("nothing is saved")
      return
    }
    let effects = stage.app.handle(
      .saveFailed(conversation, message.id, reason: "the disk is full"), at: origin
    ).effects
    #expect(effects.contains { if case .chat(.start) = $0 { true } else { false } })
    let picture = stage.picture
    #expect(picture.contains("  ✗ not saved"))
    #expect(picture.contains { $0.contains("Not saved: the disk is full") })
  }

  @Test func `a line shows what is no longer sent, after the model could not take it all`() {
    var stage = Stage(readyApp(), rows: 40, columns: 90)
    for number in 1...4 {
      stage.app.send("prompt \(number) " + String(repeating: "word ", count: 20))
      stage.app.hear(UInt64(number), .text("reply \(number)"))
      stage.app.hear(UInt64(number), .completed(.stop))
    }
    stage.app.send("prompt 5")
    stage.app.hear(5, .failed(StreamFailure(.tooLong, "The conversation is too long.")))
    #expect(
      stage.picture.contains(
        "  ✗ The conversation is too long. Alt-R sends it again without the oldest turns."))
    let effects = stage.app.press("alt-r")
    guard case .chat(.start(_, let outgoing))? = effects.last else {
      Issue.record("nothing is sent")
      return
    }
    #expect(outgoing.omittedMessageCount > 0)
    #expect(outgoing.messages.last?.text == "prompt 5")
    let picture = stage.picture
    let line = picture.firstIndex { $0.contains("what stands above is no longer sent") }
    let first = outgoing.messages[0].text.prefix(8)
    #expect(line.map { picture[$0 + 3].hasPrefix("  \(first)") } == true)
  }

  @Test func `S20 an end is painted with all that came before it, and a stop with no word more`() {
    var stage = stage()
    stage.app.send("one")
    #expect(stage.app.hear(1, .text("Well,")) == .now)
    #expect(stage.app.hear(1, .text(" yes")) == .soon)
    #expect(stage.app.hear(1, .completed(.stop)) == .now)
    #expect(stage.picture.contains("  Well, yes"))
    stage.app.send("two")
    stage.app.hear(2, .text("Or"))
    stage.app.press("esc")
    #expect(stage.app.hear(2, .text(" no")) == .never)
    #expect(stage.picture.contains("  Or"))
    #expect(stage.picture.contains("  ■ stopped here"))
  }

  @Test func `T11 Ctrl-C and Esc together, and the program's end, are one cancel`() {
    var app = readyApp()
    app.send("one")
    let effects = app.press("ctrl-c", "esc") + app.take(.terminate).effects
    #expect(
      effects.count { if case .chat(.abort) = $0 { true } else { false } } == 1)
    #expect(app.store.conversation.leaf.map { app.store.conversation[$0].ending } == .cancelled)
  }
}

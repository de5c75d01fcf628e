// Other settings while streams go on: what is open stays open, what is looked for is looked for anew.

import Chat
import Interface
import LoopbackTests
import Providers
import Support
import Testing

@testable import Patter

@Suite(.everyConnectionCloses) struct AdoptingTests {
  private let guide = Guide(
    keys: .standard, commands: .standard, providers: .standard, places: [])
  private let model = ModelID(provider: "openai", name: "test")

  private func finder(_ environment: [String: String], wanted: String?) -> ModelFinder {
    ModelFinder(
      .standard, environment: environment, wanted: wanted, userAgent: "patter/test")
  }

  private func streams(_ finder: ModelFinder) throws -> Streams {
    try Streams(
      finder: finder, guide: guide, pace: .atOnce, limits: StreamLimits(), userAgent: "patter/test")
  }

  /// Hears the streams until this is so, or for as long as a test has patience.
  private func hear(_ streams: Streams, until isEnough: ([Streams.Event]) -> Bool) {
    let deadline = ContinuousClock.now + .seconds(LoopbackServer.patienceSeconds)
    var events: [Streams.Event] = []
    while !isEnough(events) {
      guard ContinuousClock.now < deadline else {
        Issue.record("waited in vain; heard \(events)")
        return
      }
      _ = streams.wait(for: [], atMostMilliseconds: 5)
      let now = Clock.now()
      streams.settle(at: now) { events.append($0) }
      streams.hear(at: now) { events.append($0) }
    }
  }

  private func text(_ events: [Streams.Event]) -> String {
    events.reduce(into: "") { text, event in
      if case .stream(_, .text(let delta)) = event { text += delta }
    }
  }

  @Test func `a live stream goes on to its end although its provider is gone`() throws {
    let server = try LoopbackServer(.reply([.words("Hel"), .gate("rest"), .words("lo")]))
    let variables = Dialect.openAI.variables(port: server.port)
    let streams = try streams(finder(variables, wanted: "openai/test"))
    let now = Clock.now()
    _ = streams.findAny(at: now)
    let id = StreamID(1)
    let prompt = Outgoing(model: model, messages: [.init(role: .user, parts: [.text("hi")])])
    #expect(streams.start(id, prompt, at: now) == [])
    hear(streams) { text($0) == "Hel" }
    let adopted = streams.adopt(
      finder(["PATTER_DISCOVER": "0"], wanted: nil), nil, guide: guide, limits: StreamLimits(),
      at: now)
    #expect(adopted == [])
    server.open(gate: "rest")
    hear(streams) { text($0) == "lo" }
    hear(streams) { _ in streams.count == 0 }
    // The next one fails in words, and nothing traps.
    guard case .stream(_, .failed(let failure))? = streams.start(StreamID(2), prompt, at: now).first
    else {
      Issue.record("it is asked nobody knows where")
      return
    }
    #expect(failure.message == "OpenAI needs a key. Set OPENAI_API_KEY.")
  }

  @Test func `who answers is looked for anew where nobody had answered yet`() throws {
    let silent = try LoopbackServer(.init(.untilClosed))
    let server = try LoopbackServer()
    let streams = try streams(finder(["OLLAMA_HOST": "127.0.0.1:\(silent.port)"], wanted: nil))
    #expect(streams.findAny(at: Clock.now()) == [])
    hear(streams) { _ in silent.requests.count == 1 }
    let events = streams.adopt(
      finder(Dialect.openAI.variables(port: server.port), wanted: "openai/test"), nil,
      guide: guide, limits: StreamLimits(), at: Clock.now())
    guard case .finding(.found(let route, place: _))? = events.first else {
      Issue.record("\(events)")
      return
    }
    #expect(route == Route(model))
  }
}

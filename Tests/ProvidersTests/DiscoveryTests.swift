import Chat
import Testing
import Wire

@testable import Providers

private let tags = #"{"models":[{"name":"qwen3:8b"},{"name":"phi4"}]}"#

private func list(_ names: String...) -> String {
  #"{"object":"list","data":[\#(names.map { #"{"id":"\#($0)"}"# }.joined(separator: ","))]}"#
}

/// A discovery that has begun: transfers 10 to 13 are Ollama, llama.cpp, LM Studio and vLLM.
private struct Search {
  static let ids = (10...13).map { TransferID.lookup($0) }

  var discovery = Discovery(.standard, firstNumber: 10, userAgent: agent)
  let effects: [RegistryEffect]

  init() {
    effects = discovery.start(at: time(0))
  }

  mutating func answer(_ index: Int, _ body: String, status: Int = 200) -> [RegistryEffect] {
    [head(status, "application/json"), bytes(body), .ended(nil)].flatMap { event in
      discovery.receive(event, from: Self.ids[index], at: time(5))
    }
  }

  mutating func refuse(_ index: Int) {
    let event = TransferEvent.ended(TransferFailure(.connectionRefused))
    _ = discovery.receive(event, from: Self.ids[index], at: time(1))
  }

  var foundName: String? {
    if case .found(let server) = discovery.outcome { server.model.description } else { nil }
  }
}

struct `Looking for servers on this machine` {
  @Test func `asks all at once, without a key`() {
    let requests = Search().effects.map { effect -> (TransferID, HTTPRequest)? in
      if case .open(let id, let request) = effect { (id, request) } else { nil }
    }
    #expect(requests.map { $0?.0 } == Search.ids)
    #expect(
      requests.map { $0?.1.url } == [
        "http://127.0.0.1:11434/api/tags", "http://127.0.0.1:8080/v1/models",
        "http://127.0.0.1:1234/v1/models", "http://127.0.0.1:8000/v1/models",
      ])
    for case (_, let request)? in requests {
      #expect(request.method == .get)
      #expect(request.headers.map(\.name) == ["Accept", "Accept-Encoding", "User-Agent"])
      #expect(request.connectTimeoutMilliseconds <= 150)
    }
  }

  @Test func `takes Ollama the moment it answers`() {
    var search = Search()
    #expect(search.discovery.outcome == .searching)
    _ = search.answer(0, tags)
    #expect(search.foundName == "ollama/qwen3:8b")
    #expect(search.discovery.found.map { $0.models.map(\.name) } == [["qwen3:8b", "phi4"]])
    #expect(search.discovery.deadline == time(150))
  }

  @Test func `waits for those that come first in the table and for no others`() {
    var search = Search()
    _ = search.answer(2, list("a"))
    #expect(search.discovery.outcome == .searching)
    search.refuse(0)
    #expect(search.discovery.outcome == .searching)
    search.refuse(1)
    #expect(search.foundName == "lmstudio/a")
    _ = search.answer(3, list("b/c"))
    #expect(search.foundName == "lmstudio/a")
    #expect(search.discovery.found.map(\.model.description) == ["lmstudio/a", "vllm/b/c"])
    #expect(search.discovery.deadline == nil)
  }

  @Test(arguments: [
    (200, "{}"), (200, #"{"models":[]}"#), (200, #"{"models":[{"id":"x"}]}"#),
    (200, #"{"models":"x"}"#), (200, "<html></html>"), (200, list("x")), (200, ""),
    (404, tags), (500, tags), (200, String(tags.dropLast())), (200, #"{"models":[{"name":""}]}"#),
  ])
  func `counts only a list with a model on it`(_ status: Int, _ body: String) {
    var search = Search()
    _ = search.answer(0, body, status: status)
    for index in 1...3 { search.refuse(index) }
    #expect(search.discovery.outcome == .nothing)
    #expect(search.discovery.found.isEmpty)
  }

  @Test func `ends after 150 ms and closes what is still open`() {
    var search = Search()
    search.refuse(1)
    _ = search.answer(3, list("late"))
    #expect(search.discovery.deadline == time(150))
    #expect(search.discovery.advance(to: time(149)) == [])
    let closed: [RegistryEffect] = [.close(Search.ids[0]), .close(Search.ids[2])]
    #expect(search.discovery.advance(to: time(150)) == closed)
    #expect(search.foundName == "vllm/late")
    #expect(search.discovery.deadline == nil)
    _ = search.answer(0, tags)
    #expect(search.foundName == "vllm/late")
    #expect(search.discovery.advance(to: time(999)) == [])
  }

  @Test func `gives up on a list without end`() {
    var search = Search()
    let chunk = TransferEvent.received([UInt8](repeating: 0x20, count: 200 * 1024))
    #expect(search.discovery.receive(chunk, from: Search.ids[0], at: time(1)) == [])
    let effects = search.discovery.receive(chunk, from: Search.ids[0], at: time(1))
    #expect(effects == [.close(Search.ids[0])])
  }

  @Test func `ignores transfers of others`() {
    var search = Search()
    #expect(search.discovery.receive(.ended(nil), from: .stream(10), at: time(1)) == [])
    #expect(search.discovery.receive(.ended(nil), from: .lookup(9), at: time(1)) == [])
    #expect(search.discovery.outcome == .searching)
  }
}

struct `Looking up the models of one server` {
  private func asked(_ provider: String, at url: String? = nil) throws -> ModelLookup {
    var lookup = ModelLookup(
      try endpoint(provider, at: url, key: "k-lookup"), number: 1, userAgent: agent)
    let effects = lookup.start(at: time(0))
    guard case .open(.lookup(1), let request) = effects.first else {
      Issue.record("nothing was opened")
      return lookup
    }
    #expect(request.headers.contains { $0.name == "Authorization" && $0.isSecret })
    return lookup
  }

  private func feed(_ lookup: inout ModelLookup, _ events: TransferEvent...) {
    for event in events { _ = lookup.receive(event, from: .lookup(1), at: time(1)) }
  }

  @Test func `takes the first that chats`() throws {
    var lookup = try asked("openai", at: "http://localhost:1234/v1")
    feed(&lookup, head(200, nil), bytes(list("text-embedding-x", "org/a", "b")), .ended(nil))
    #expect(lookup.answer == .models(["text-embedding-x", "org/a", "b"].map { ListedModel($0) }))
    #expect(lookup.model == ModelID(provider: "openai", name: "org/a"))
    #expect(lookup.deadline == nil)
  }

  @Test func `fails in the words of a reply`() throws {
    var refused = try asked("openai", at: "http://localhost:1234/v1")
    feed(&refused, head(401, "application/json"), bytes(#"{"error":"no"}"#), .ended(nil))
    guard case .failed(let failure) = refused.answer else {
      Issue.record("\(refused.answer)")
      return
    }
    #expect(
      failure.message
        == "The server at localhost:1234 does not accept the key (401: no). Check OPENAI_API_KEY.")
    #expect(refused.model == nil)

    var empty = try asked("ollama")
    feed(&empty, head(200, nil), bytes(#"{"models":[]}"#), .ended(nil))
    let message = "Ollama (127.0.0.1:11434) has no models. Fetch one with `ollama pull NAME`."
    #expect(empty.answer == .failed(StreamFailure(.notFound, message)))

    var nameless = try asked("ollama")
    feed(&nameless, head(200, nil), bytes(#"{"models":[{}]}"#), .ended(nil))
    let words =
      #"Ollama (127.0.0.1:11434) did not answer with a list of models: {"models":[{}]}. "#
      + "Check the server at this address."
    #expect(nameless.answer == .failed(StreamFailure(.notUnderstood, words)))
  }

  @Test func `gives up after ten seconds`() throws {
    var lookup = try asked("ollama")
    #expect(lookup.deadline == time(10_000))
    #expect(lookup.advance(to: time(9_999)) == [])
    #expect(lookup.advance(to: time(10_000)) == [.close(.lookup(1))])
    guard case .failed(let failure) = lookup.answer else {
      Issue.record("\(lookup.answer)")
      return
    }
    #expect(failure.kind == .unreachable)
  }
}

import Chat
import Testing
import Wire

@testable import Providers

/// A dialect whose lists are texts: a line for each model, and `> NAME` for the page behind it.
private enum Paged: DialectRules {
  static let replyType = "text/event-stream"
  static func chatPath(_ outgoing: Outgoing, to endpoint: Endpoint) -> String { "/chat" }
  static func chatBody(
    _ outgoing: Outgoing, to endpoint: Endpoint
  ) throws(StreamFailure) -> [UInt8] { [] }
  static func makeDecoder() -> any ReplyDecoder { OpenAIChatDecoder() }
  static func modelsPath(page: String?, at endpoint: Endpoint) -> String {
    "/models" + (page.map { "?after=\($0)" } ?? "")
  }
  static func models(from bytes: [UInt8]) -> ModelPage? {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    guard lines.first != "broken" else { return nil }
    return ModelPage(
      lines.filter { !$0.hasPrefix("> ") }.map { ListedModel($0) },
      next: lines.first { $0.hasPrefix("> ") }.map { String($0.dropFirst(2)) })
  }
}

struct `A look-up of models` {
  private var lookup: ModelLookup

  init() throws {
    let row = Provider(
      id: "paged", name: "Paged", server: .init(Dialect(Paged.self), at: "http://h/v1"))
    lookup = ModelLookup(try row.endpoint(), number: 7, userAgent: agent)
  }

  /// Answers the page of this number; what is asked for then, as text.
  private mutating func answer(
    _ page: UInt64, _ events: [TransferEvent], at now: Instant = time(5)
  ) -> [String] {
    names(events.flatMap { lookup.receive($0, from: Self.transfer(page), at: now) })
  }

  private mutating func answer(_ page: UInt64, _ body: String) -> [String] {
    answer(page, [head(200, "application/json"), bytes(body), .ended(nil)])
  }

  private static func transfer(_ page: UInt64) -> TransferID { .lookup(7 | page << 32) }

  private func names(_ effects: [RegistryEffect]) -> [String] {
    effects.map { effect in
      switch effect {
      case .open(let id, let request):
        "open \(id == Self.transfer(0) ? "first" : "page") \(request.url)"
      case .close: "close"
      case .spawn, .terminate, .kill: "a look-up has no program"
      }
    }
  }

  private var models: [String]? {
    if case .models(let models) = lookup.answer { models.map(\.name) } else { nil }
  }

  @Test mutating func `asks for page after page, each as a transfer of its own`() {
    #expect(names(lookup.start(at: time(0))) == ["open first http://h/v1/models"])
    #expect(answer(0, "a\nb\n> two") == ["open page http://h/v1/models?after=two"])
    #expect(lookup.answer == .waiting)
    #expect(answer(0, "late\n") == [])
    #expect(answer(1, "c\n> three") == ["open page http://h/v1/models?after=three"])
    #expect(answer(2, "d") == [])
    #expect(models == ["a", "b", "c", "d"])
    #expect(lookup.model?.description == "paged/a")
    #expect(lookup.deadline == nil)
  }

  @Test mutating func `gives each page its own time`() {
    _ = lookup.start(at: time(0))
    _ = answer(0, [head(200), bytes("a\n> two"), .ended(nil)], at: time(9_000))
    #expect(lookup.deadline == time(19_000))
    #expect(names(lookup.advance(to: time(19_000))) == ["close"])
  }

  @Test(arguments: [
    ["two", "two"], ["two", "three", "two"], [""], [String(repeating: "x", count: 4097)],
  ])
  mutating func `ends at a page that was here before or is none`(next: [String]) {
    _ = lookup.start(at: time(0))
    for (number, name) in next.enumerated() {
      let asked = answer(UInt64(number), "m\(number)\n> \(name)")
      #expect(asked.isEmpty == (number == next.count - 1))
    }
    #expect(models == next.indices.map { "m\($0)" })
  }

  @Test mutating func `ends at a page that names itself`() {
    _ = lookup.start(at: time(0))
    _ = answer(0, "a\n> two")
    #expect(answer(1, "b\n> two") == [])
    #expect(models == ["a", "b"])
  }

  @Test mutating func `asks for so many pages and no more`() {
    _ = lookup.start(at: time(0))
    var page: UInt64 = 0
    while !answer(page, "m\(page)\n> \(page + 1)").isEmpty { page += 1 }
    #expect(models?.count == ModelLookup.pageLimit)
  }

  @Test mutating func `takes so many models and no more`() {
    _ = lookup.start(at: time(0))
    let many = (0..<6_000).map { "m\($0)" }.joined(separator: "\n")
    _ = answer(0, many + "\n> two")
    #expect(answer(1, many + "\n> three") == [])
    #expect(models?.count == ModelPage.limit)
  }

  @Test(arguments: [
    [head(500, "text/plain"), bytes("no"), .ended(nil)], [head(200), bytes("broken"), .ended(nil)],
    [.ended(TransferFailure(.connectionLost))],
  ])
  mutating func `keeps what earlier pages told when a later one fails`(events: [TransferEvent]) {
    _ = lookup.start(at: time(0))
    _ = answer(0, "a\n> two")
    #expect(answer(1, events) == [])
    #expect(models == ["a"])
  }

  @Test mutating func `closes a page that is too long and keeps what came before`() {
    _ = lookup.start(at: time(0))
    _ = answer(0, "a\n> two")
    let long = TransferEvent.received([UInt8](repeating: 0x61, count: 4 * 1024 * 1024 + 1))
    #expect(answer(1, [head(200), long]) == ["close"])
    #expect(models == ["a"])
  }

  @Test mutating func `fails where the first page does`() {
    _ = lookup.start(at: time(0))
    #expect(answer(0, [head(401), bytes("no"), .ended(nil)]) == [])
    guard case .failed(let failure) = lookup.answer else {
      Issue.record("\(lookup.answer)")
      return
    }
    #expect(failure.kind == .unauthorized)
  }

  @Test mutating func `goes on behind a page without models`() {
    _ = lookup.start(at: time(0))
    #expect(answer(0, "> two").count == 1)
    _ = answer(1, "b")
    #expect(models == ["b"])
  }
}

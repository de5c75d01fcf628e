// What every dialect promises, proved on every fixture.

import Chat
import Testing

@testable import Providers

struct `Our own fixtures` {
  private func run(_ fixture: Fixture, _ body: [UInt8], cutAt cuts: [Int] = []) throws
    -> [StreamEvent]
  {
    events(
      of: body, cutAt: cuts, contentType: try fixture.contentType,
      endpoint: try endpoint(fixture.provider, key: "k-fixture"))
  }

  @Test(arguments: fixtures)
  func `T42 T43 T44 T45 T46 say what they say`(_ fixture: Fixture) throws {
    let events = try run(fixture, Array(fixture.body.utf8))
    #expect(events.joinedText == fixture.text)
    #expect(events.joinedThinking == fixture.thinking)
    #expect(events.joinedRefusal == fixture.refusal)
    #expect(events.toolCalls == fixture.toolCalls)
    #expect(events.model == fixture.model)
    #expect(events.usage == fixture.usage)
    #expect(events.stopReason == fixture.reason)
    #expect(events.endCount == 1)
    #expect(events.first == .started(model: fixture.model, requestID: fixture.requestID))
  }

  @Test(arguments: fixtures)
  func `T47 give the same events at every cut and byte by byte`(_ fixture: Fixture) throws {
    let body = Array(fixture.body.utf8)
    let whole = try run(fixture, body)
    for cut in 1..<body.count {
      try #require(try run(fixture, body, cutAt: [cut]) == whole, "cut at \(cut)")
    }
    #expect(try run(fixture, body, cutAt: Array(1..<body.count)) == whole)
  }

  @Test(arguments: fixtures)
  func `T48 give the same events in pieces of any size`(_ fixture: Fixture) throws {
    let body = Array(fixture.body.utf8)
    let whole = try run(fixture, body)
    var dice = Dice(UInt64(body.count))
    for _ in 0..<40 {
      let cuts = (0..<dice.roll(2..<40)).map { _ in dice.roll(1..<body.count) }
      try #require(try run(fixture, body, cutAt: cuts) == whole, "cut at \(cuts)")
    }
  }

  @Test(arguments: fixtures)
  func `T47 are truncated before their finish, whole after it, and say no more than they say`(
    _ fixture: Fixture
  ) throws {
    let body = Array(fixture.body.utf8)
    let finish = try #require(body.firstRange(of: Array(fixture.finish.utf8))).upperBound
    for length in 0...body.count {
      let events = try run(fixture, Array(body[..<length]))
      try #require(events.endCount == 1)
      let expected: StreamFailure.Kind? = length < finish ? .truncated : nil
      try #require(events.failure?.kind == expected, "cut after \(length) of \(body.count)")
      try #require(fixture.text.utf8.starts(with: events.joinedText.utf8))
      try #require(fixture.thinking.utf8.starts(with: events.joinedThinking.utf8))
    }
  }
}

struct `The provider table` {
  private static let servers = ProviderTable.standard.rows.filter { $0.server != nil }

  @Test(arguments: servers)
  func `has fixtures of every provider, and six of its dialect at the least`(
    _ provider: Provider
  ) throws {
    let dialect = try #require(provider.server?.dialect)
    let speakers = fixtures.filter {
      ProviderTable.standard[$0.provider]?.server?.dialect == dialect
    }
    #expect(speakers.count >= 6)
    #expect(speakers.contains { $0.provider == provider.id })
  }

  @Test func `has a row for every fixture`() {
    #expect(fixtures.allSatisfy { ProviderTable.standard[$0.provider]?.server != nil })
  }
}

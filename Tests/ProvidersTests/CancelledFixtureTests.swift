import Chat
import Support
import Testing
import Wire

@testable import Providers

struct `Our own fixtures, cut at random and aborted at random` {
  @Test(arguments: fixtures)
  func `T48 tell a beginning, and nothing after the abort`(_ fixture: Fixture) throws {
    let body = Array(fixture.body.utf8)
    for seed in 0..<40 {
      var random = Seeded(state: UInt64(seed))
      var stream = OneStream(try endpoint(fixture.provider, key: "k-fixture"))
      var told = stream.feed(head(200, try fixture.contentType)).streamEvents
      var rest = body[...]
      let abortAt = Int.random(in: 0...body.count, using: &random)
      while !rest.isEmpty, body.count - rest.count < abortAt {
        let chunk = rest.prefix(Int.random(in: 1...40, using: &random))
        rest = rest.dropFirst(chunk.count)
        told += stream.feed(.received(Array(chunk))).streamEvents
      }
      let wasOver = told.endCount == 1
      stream.registry.abort(OneStream.id, at: time(0))
      let effects = stream.registry.takeOutput().effects
      try #require(effects == (wasOver ? [] : [.close(OneStream.transfer)]), "seed \(seed)")
      try #require(fixture.text.utf8.starts(with: told.joinedText.utf8), "seed \(seed)")
      try #require(stream.registry.count == 0 && stream.registry.deadline == nil)
      let late = stream.feed(.received(Array(rest)), .ended(nil))
      try #require(late == RegistryOutput(), "seed \(seed)")
    }
  }
}

// One reply from a server whose key a program has to tell first.
//
//   fetching ──key──▶ the stream of a server begins, in its place
//      └── no key, too late ──▶ failed

import Chat
import Wire

struct KeyedStream: Sendable {
  private(set) var fetch: KeyFetch
  let outgoing: Outgoing
  let endpoint: Endpoint

  init(_ outgoing: Outgoing, to endpoint: Endpoint, _ fetch: KeyFetch) {
    self.outgoing = outgoing
    self.endpoint = endpoint
    self.fetch = fetch
  }

  /// What an event of the program gave, and the key if it is there.
  mutating func receive(_ event: ChildEvent) -> (step: SourceStep, key: Secret?) {
    switch fetch.receive(event) {
    case .waiting: return (SourceStep(), nil)
    case .key(let key): return (SourceStep(), key)
    case .failed(let failure): return (SourceStep(events: [.failed(failure)], isEnd: true), nil)
    }
  }

  func advance(to now: Instant) -> SourceStep {
    guard now >= fetch.deadline else { return SourceStep() }
    return SourceStep(events: [.failed(fetch.late)], isEnd: true, leavesFarEnd: true)
  }
}

import Chat
import Interface
import Settings

/// A trace, run again: the same beginning, the same events, and nothing done about the effects.
struct Replay {
  /// How the state compares with what was recorded.
  enum Outcome: Hashable {
    case same
    case different
    /// The recording does not say, for it did not come to its end.
    case open
  }

  /// The state after the last event.
  let state: FinalState
  let outcome: Outcome
  let eventCount: Int
  /// Whether the file ends in the middle of an event.
  let isCut: Bool
  /// The version of the program that was recorded.
  let version: String

  /// - Throws: when the bytes are no trace, or one line of them is none of a trace.
  init(_ bytes: [UInt8]) throws(TraceFault) {
    var reader = try TraceReader(bytes)
    var app = reader.beginning.app
    var recorded: String?
    var eventCount = 0
    while let entry = try reader.next() {
      switch entry {
      case .event(let event, let instant):
        app.handle(event, at: instant)
        eventCount += 1
      case .end(let digest):
        recorded = digest
      }
    }
    let state = FinalState(app)
    self.state = state
    outcome = recorded.map { $0 == state.digest ? .same : .different } ?? .open
    isCut = reader.isCut
    version = reader.version
    self.eventCount = eventCount
  }

  /// What is to be said beside the state.
  var sentences: [String] {
    let count = "\(eventCount) \(eventCount == 1 ? "event" : "events")"
    var sentences: [String] = []
    if version != Patter.version {
      sentences.append(
        "Patter \(quoted(version)) was recorded, and Patter \(Patter.version) replays it.")
    }
    switch outcome {
    case .same:
      sentences.append("\(count), and the same final state as recorded.")
    case .different:
      sentences.append("\(count), and another final state than the one recorded.")
    case .open:
      sentences.append(
        "The trace ends \(isCut ? "in the middle of an event, " : "")before the run did; this is "
          + "its state after \(count).")
    }
    return sentences
  }
}

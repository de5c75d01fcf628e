import Chat
import Wire

/// Where the bytes of one stream come from: a server, a program of this machine, or nowhere at all.
enum StreamSource: Sendable {
  /// A server, as soon as a program has told its key.
  case keyed(KeyedStream)
  case remote(RemoteStream)
  case child(ChildStream)
  case local(LocalStream)

  /// What begins the far end; nil where there is none.
  func beginning(_ transfer: TransferID) -> RegistryEffect? {
    switch self {
    case .keyed(let stream): .spawn(transfer, stream.fetch.command)
    case .remote(let stream): .open(transfer, stream.request)
    case .child(let stream): .spawn(transfer, stream.command)
    case .local: nil
    }
  }

  /// When `advance` has something to do, unless an event comes first.
  var deadline: Instant {
    switch self {
    case .keyed(let stream): stream.fetch.deadline
    case .remote(let stream): stream.deadline
    case .child(let stream): stream.deadline
    case .local(let stream): stream.deadline
    }
  }

  // What holds bytes is taken out and put back, so that there is one copy of it while it changes: with
  // two, each chunk would copy all that waits for the end of its line.

  mutating func advance(to now: Instant) -> SourceStep {
    let step: SourceStep
    switch consume self {
    case .keyed(let stream):
      step = stream.advance(to: now)
      self = .keyed(stream)
    case .remote(var stream):
      step = stream.advance(to: now)
      self = .remote(stream)
    case .child(var stream):
      step = stream.advance(to: now)
      self = .child(stream)
    case .local(var stream):
      step = stream.advance(to: now)
      self = .local(stream)
    }
    return step
  }

  /// Nil where the source is no server.
  mutating func receive(_ event: TransferEvent, at now: Instant) -> SourceStep? {
    var step: SourceStep?
    switch consume self {
    case .remote(var stream):
      step = stream.receive(event, at: now)
      self = .remote(stream)
    case .keyed(let stream): self = .keyed(stream)
    case .child(let stream): self = .child(stream)
    case .local(let stream): self = .local(stream)
    }
    return step
  }

  /// Nil where the source is no program.
  mutating func receive(_ event: ChildEvent, at now: Instant) -> SourceStep? {
    var step: SourceStep?
    switch consume self {
    case .keyed(var stream):
      let (next, key) = stream.receive(event)
      step = next
      step?.key = key
      self = .keyed(stream)
    case .child(var stream):
      step = stream.receive(event, at: now)
      self = .child(stream)
    case .remote(let stream): self = .remote(stream)
    case .local(let stream): self = .local(stream)
    }
    return step
  }

  /// We were away until `now`: whatever is due must not fail before it had time to be heard.
  mutating func wake(from absence: Absence, at now: Instant) {
    switch consume self {
    case .remote(var stream):
      stream.wake(from: absence, at: now)
      self = .remote(stream)
    case .child(var stream):
      stream.wake(at: now)
      self = .child(stream)
    case .keyed(let stream): self = .keyed(stream)
    case .local(let stream): self = .local(stream)
    }
  }
}

/// What one step of a source gave.
struct SourceStep: Sendable {
  var events: [StreamEvent] = []
  /// The last of the events is the stream's end.
  var isEnd = false
  /// The far end is still there although nobody listens to it any more.
  var leavesFarEnd = false
  /// The key that the source waited for: the stream of the server takes its place.
  var key: Secret?
  /// The source wants its far end begun once more, under the same name.
  var beginsAgain = false
  /// What was learned of a server by asking it: the endpoint with its concessions.
  var lesson: Endpoint?
}

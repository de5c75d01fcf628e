// The programs that tell keys, run all at once because somebody asked for lists of models and for nothing
// else. A chat has no part in this: a list that opens beside it runs nobody's password manager.

public import Chat
public import Wire

/// Fetches the keys of some sources. A value: time is an argument, programs are effects.
public struct KeyFetches: Sendable {
  private struct Running: Sendable {
    let child: TransferID
    let arguments: [String]
    var fetch: KeyFetch
  }

  private var running: [Running] = []
  private var keys: [[String]: Secret] = [:]
  private var failures: [[String]: StreamFailure] = [:]

  /// Each program is to be run once, for whomever it tells a key.
  public init(for sources: [ModelSource], at now: Instant) {
    for source in sources {
      guard let arguments = source.missingKeyCommand,
        !running.contains(where: { $0.arguments == arguments })
      else { continue }
      running.append(
        Running(
          child: .lookup(UInt64(running.count)), arguments: arguments,
          fetch: KeyFetch(arguments, for: source.name, at: now)))
    }
  }

  /// What begins it.
  public var beginning: [RegistryEffect] { running.map { .spawn($0.child, $0.fetch.command) } }

  /// Whether a program has not told its key yet.
  public var isWaiting: Bool { !running.isEmpty }

  /// When `advance` has something to do.
  public var deadline: Instant? { running.map(\.fetch.deadline).min() }

  /// What came from a program; events of others change nothing.
  public mutating func receive(_ event: ChildEvent, from child: TransferID) {
    guard let index = running.firstIndex(where: { $0.child == child }) else { return }
    let arguments = running[index].arguments
    switch running[index].fetch.receive(event) {
    case .waiting: return
    case .key(let key): keys[arguments] = key
    case .failed(let failure): failures[arguments] = failure
    }
    running.remove(at: index)
  }

  /// Gives up what has taken too long.
  public mutating func advance(to now: Instant) -> [RegistryEffect] {
    let late = running.filter { now >= $0.fetch.deadline }
    for one in late { failures[one.arguments] = one.fetch.late }
    running.removeAll { now >= $0.fetch.deadline }
    return late.map { .kill($0.child) }
  }

  /// The source with the key that was told for it, or with the reason why it cannot be asked.
  public func completing(_ source: ModelSource) -> ModelSource {
    guard let arguments = source.missingKeyCommand, let failure = failures[arguments] else {
      return source.bearing(keys)
    }
    return source.failing(failure.message)
  }
}

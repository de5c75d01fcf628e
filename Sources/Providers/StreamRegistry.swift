// All streams that are live, by id. It is the first gate: what comes for a stream that is not here,
// because it was aborted or has ended, is dropped and counted.
//
// The registry reads no clock and opens no socket: time is an argument, transfers are effects, and
// `deadline` says when it wants to be asked again. Each stream that was started and not aborted gets
// exactly one `completed` or `failed`, and after it nothing.

public import Chat
public import Wire

/// What the registry and the look-ups ask of the transport.
public enum RegistryEffect: Hashable, Sendable {
  case open(TransferID, HTTPRequest)
  /// Stop reading and shut the socket. The transfer's later events are dropped.
  case close(TransferID)
}

/// What one step of the registry gave.
public struct RegistryOutput: Hashable, Sendable {
  /// An event and the stream it happened on.
  public struct Entry: Hashable, Sendable {
    /// The stream.
    public let stream: StreamID
    /// What happened on it.
    public let event: StreamEvent

    public init(_ stream: StreamID, _ event: StreamEvent) {
      self.stream = stream
      self.event = event
    }
  }

  /// In the order in which they happened.
  public var events: [Entry] = []
  /// What the transport is asked for, in this order.
  public var effects: [RegistryEffect] = []

  public init(events: [Entry] = [], effects: [RegistryEffect] = []) {
    self.events = events
    self.effects = effects
  }
}

/// The live streams.
public struct StreamRegistry: Sendable {
  /// How many events came for streams that are not live.
  public private(set) var droppedEventCount = 0

  private let userAgent: String
  private let limits: StreamLimits
  private var remotes: [StreamID: RemoteStream] = [:]
  private var locals: [StreamID: LocalStream] = [:]

  /// - Parameter userAgent: what servers are told we are, `patter/VERSION`.
  public init(userAgent: String, limits: StreamLimits = StreamLimits()) {
    self.userAgent = userAgent
    self.limits = limits
  }

  /// How many streams are live.
  public var count: Int { remotes.count + locals.count }

  /// Sends the request for a reply.
  ///
  /// - Precondition: the id was never used before.
  public mutating func start(
    _ id: StreamID, _ outgoing: Outgoing, endpoint: Endpoint, at now: Instant
  ) -> [RegistryEffect] {
    precondition(!isLive(id), "\(id) was started twice")
    let stream = RemoteStream(
      outgoing, to: endpoint, userAgent: userAgent, limits: limits, at: now)
    remotes[id] = stream
    return [.open(.stream(id.number), stream.request)]
  }

  /// Begins to tell a local reply. It needs no transfer: its events come from `advance`.
  ///
  /// - Precondition: the id was never used before.
  public mutating func start(
    _ id: StreamID, local reply: LocalReply, at now: Instant
  ) -> [RegistryEffect] {
    precondition(!isLive(id), "\(id) was started twice")
    locals[id] = LocalStream(reply, at: now)
    return []
  }

  /// Forgets the stream at once: no event of it comes any more, not even an end. Nothing happens for
  /// a stream that is not live.
  public mutating func abort(_ id: StreamID) -> [RegistryEffect] {
    if locals.removeValue(forKey: id) != nil { return [] }
    return remotes.removeValue(forKey: id) == nil ? [] : [.close(.stream(id.number))]
  }

  /// What came from the transport. Events of transfers that carry no live stream are dropped.
  public mutating func receive(
    _ event: TransferEvent, from transfer: TransferID, at now: Instant
  ) -> RegistryOutput {
    guard let id = streamID(of: transfer),
      let step = remotes[id]?.receive(event, at: now)
    else {
      droppedEventCount += 1
      return RegistryOutput()
    }
    return settle(step, of: id)
  }

  /// Does what is due: ends streams that are whole or silent, tells local replies.
  public mutating func advance(to now: Instant) -> RegistryOutput {
    var output = RegistryOutput()
    for id in remotes.keys.sorted() {
      guard let step = remotes[id]?.advance(to: now) else { continue }
      let part = settle(step, of: id)
      output.events += part.events
      output.effects += part.effects
    }
    for id in locals.keys.sorted() {
      let events = locals[id]?.advance(to: now) ?? []
      output.events += events.map { RegistryOutput.Entry(id, $0) }
      if case .completed = events.last { locals[id] = nil }
    }
    return output
  }

  /// When `advance` has something to do; nil while no stream is live.
  public var deadline: Instant? {
    (remotes.values.lazy.map(\.deadline) + locals.values.lazy.map(\.deadline)).min()
  }

  private mutating func settle(_ step: RemoteStream.Step, of id: StreamID) -> RegistryOutput {
    if step.isEnd { remotes[id] = nil }
    return RegistryOutput(
      events: step.events.map { RegistryOutput.Entry(id, $0) },
      effects: step.leavesTransferOpen ? [.close(.stream(id.number))] : [])
  }

  private func isLive(_ id: StreamID) -> Bool { remotes[id] != nil || locals[id] != nil }

  private func streamID(of transfer: TransferID) -> StreamID? {
    switch transfer {
    case .stream(let number): StreamID(number)
    case .lookup: nil
    }
  }
}

// All streams that are live: one for each conversation, but for those that are started beside each other, as
// models that race are. It is the first gate: what comes for a stream that is not here, because it was aborted,
// superseded or has ended, is dropped and counted.
//
//   start ──▶ live ──its own end──▶ over: exactly one completed or failed, and after it nothing
//               └──abort, or a newer start of its conversation but for its companions──▶ over
//
// The registry reads no clock, opens no socket and starts no program: time is an argument, what it wants
// of the world is an effect, and `deadline` says when it wants to be asked again. Both what it tells and
// what it wants wait until somebody takes them (`takeOutput`), in one order. So an abort, or a newer
// start, also takes back what was not yet told and not yet begun: a stream that is aborted between its
// start and the next taking opens no socket, and of twenty starts in one pass one request leaves.
//
// What is closed is closed before what takes its place is opened. A socket is gone at once. A program may
// not want to leave: it lingers beside the new stream and never in its way, is killed after two seconds,
// and nothing that it says is heard.

public import Chat
public import Wire

/// The live streams, and the programs that linger.
public struct StreamRegistry: Sendable {
  private struct Live {
    let id: StreamID
    var source: StreamSource
  }

  /// How many events came for streams that are not live.
  public private(set) var droppedEventCount = 0
  /// How many starts came after a newer one of the same conversation and were not carried out.
  public private(set) var refusedStartCount = 0
  /// How many programs were killed and even then did not end in time.
  public private(set) var leakedCount = 0

  private let userAgent: String
  /// How long streams may be silent that begin from now on.
  public var limits: StreamLimits
  private var live: [StreamID: Live] = [:]
  /// The latest id of each conversation that was started, or aborted before it was.
  private var latest: [ConversationID: StreamID] = [:]
  private var lingering: [StreamID: Lingering] = [:]
  private var output = RegistryOutput()
  /// Keys that programs have told, by the program and its arguments.
  public private(set) var keys: [[String]: Secret] = [:]
  /// What servers are known to refuse, by the endpoints as they were before that was known. One entry for
  /// each server at the most.
  private var concessions: [Endpoint: Set<Concession>] = [:]
  /// How long the machine had slept altogether when the registry was last told the time.
  private var asleepNanoseconds: Int64?

  /// - Parameter userAgent: what servers are told we are, `patter/VERSION`.
  public init(userAgent: String, limits: StreamLimits = StreamLimits()) {
    self.userAgent = userAgent
    self.limits = limits
  }

  /// How many streams are live.
  public var count: Int { live.count }

  /// How many programs were told to leave and have not.
  public var lingeringCount: Int { lingering.count }

  /// True while a program that was told to leave may still do so. Whoever quits waits for that, two
  /// seconds at the most: then what is left is killed, and nobody needs to see it end.
  public var isLingering: Bool { lingering.values.contains { $0.mayLeave } }

  /// True if no stream is live and nothing lingers: there is nothing to wait for before leaving.
  public var isSettled: Bool { live.isEmpty && lingering.isEmpty }

  // MARK: - Begin and end

  /// Sends the request for a reply. What is still live of its conversation is superseded, but for the
  /// `companions`. What cannot be asked for in the provider's dialect fails without a socket.
  ///
  /// A start that is not newer than the latest of its conversation is late: it is counted and changes
  /// nothing, so that the latest wins.
  public mutating func start(
    _ id: StreamID, _ outgoing: Outgoing, endpoint: Endpoint,
    beside companions: Set<StreamID> = [], at now: Instant
  ) {
    var endpoint = endpoint
    var fetch: KeyFetch?
    if let command = endpoint.keyCommand {
      if let key = keys[command] {
        endpoint = endpoint.bearing(key)
      } else {
        fetch = KeyFetch(command, for: endpoint.providerName, at: now)
      }
    }
    endpoint = asLearned(endpoint)
    start(id, beside: companions, at: now) { agent, limits throws(StreamFailure) in
      // Made in any case: what cannot be asked for needs no key.
      let stream = try RemoteStream(
        outgoing, to: endpoint, userAgent: agent, limits: limits, at: now)
      return fetch.map { .keyed(KeyedStream(outgoing, to: endpoint, $0)) } ?? .remote(stream)
    }
  }

  /// Starts a program whose output is the reply. What is still live of its conversation is superseded; a
  /// late start changes nothing.
  ///
  /// - Parameter name: what the user calls the program, for the sentences of its failures.
  public mutating func start(
    _ id: StreamID, command: ChildCommand, named name: String,
    beside companions: Set<StreamID> = [], at now: Instant
  ) {
    start(id, beside: companions, at: now) { _, limits in
      .child(ChildStream(command, named: name, limits: limits, at: now))
    }
  }

  /// Begins to tell a local reply. It has no far end: its events come from `advance`. What is still live
  /// of its conversation is superseded; a late start changes nothing.
  public mutating func start(
    _ id: StreamID, local reply: LocalReply, beside companions: Set<StreamID> = [], at now: Instant
  ) {
    start(id, beside: companions, at: now) { _, _ in .local(LocalStream(reply, at: now)) }
  }

  /// Ends the stream at once: no event of it comes any more, not even an end, and none that waits is
  /// told.
  @discardableResult
  public mutating func abort(_ id: StreamID, at now: Instant) -> AbortOutcome {
    notice(now)
    let wasUntold = output.events.contains { $0.stream == id }
    output.events.removeAll { $0.stream == id }
    if let stream = live.removeValue(forKey: id) {
      leave(stream, at: now)
      return .aborted
    }
    guard isNewer(id) else { return wasUntold ? .aborted : .alreadyOver }
    latest[id.conversation] = id
    return .neverStarted
  }

  // MARK: - What comes

  /// What came from the transport. Events of transfers that carry no live stream are dropped.
  public mutating func receive(
    _ event: TransferEvent, from transfer: TransferID, at now: Instant
  ) {
    notice(now)
    guard let id = liveStream(of: transfer),
      let step = live[id]?.source.receive(event, at: now)
    else {
      droppedEventCount += 1
      return
    }
    take(step, of: id, at: now)
  }

  /// What came from a program. Of one that lingers only the end is heard.
  public mutating func receive(
    _ event: ChildEvent, from transfer: TransferID, at now: Instant
  ) {
    notice(now)
    if case .ended = event, let id = streamID(of: transfer), lingering[id] != nil {
      lingering[id] = nil
      // It left by itself: whoever has its number now is somebody else.
      output.effects.removeAll { $0.signals(transfer) }
      return
    }
    guard let id = liveStream(of: transfer),
      let step = live[id]?.source.receive(event, at: now)
    else {
      droppedEventCount += 1
      return
    }
    take(step, of: id, at: now)
  }

  /// Does what is due: ends streams that are whole or silent, tells local replies, kills what lingers.
  ///
  /// To be called after what had come was received: silence is silence only when nothing waits.
  public mutating func advance(to now: Instant) {
    notice(now)
    if let deadline, now.milliseconds(since: deadline) > Absence.latenessMilliseconds {
      wake(from: .stopped, at: now)
    }
    for id in live.keys.sorted() {
      guard let step = live[id]?.source.advance(to: now) else { continue }
      take(step, of: id, at: now)
    }
    for id in lingering.keys.sorted() {
      switch lingering[id]?.advance(to: now) {
      case .wait, nil: break
      case .kill: output.effects.append(.kill(.stream(id.number)))
      case .giveUp:
        lingering[id] = nil
        leakedCount += 1
      }
    }
  }

  /// When `advance` has something to do; nil while no stream is live and nothing lingers.
  public var deadline: Instant? {
    (live.values.lazy.map(\.source.deadline) + lingering.values.lazy.map(\.deadline)).min()
  }

  /// What happened since the last call, and what is to be done about it. To be taken before each sleep.
  public mutating func takeOutput() -> RegistryOutput {
    defer { output = RegistryOutput() }
    return output
  }

  // MARK: - One stream

  private mutating func start(
    _ id: StreamID, beside companions: Set<StreamID>, at now: Instant,
    source: (String, StreamLimits) throws(StreamFailure) -> StreamSource
  ) {
    notice(now)
    guard isNewer(id) else {
      refusedStartCount += 1
      return
    }
    latest[id.conversation] = id
    func isSuperseded(_ other: StreamID) -> Bool {
      other.conversation == id.conversation && !companions.contains(other)
    }
    output.events.removeAll { isSuperseded($0.stream) }
    for old in live.keys.sorted() where isSuperseded(old) {
      if let stream = live.removeValue(forKey: old) { leave(stream, at: now) }
    }
    do {
      let stream = Live(id: id, source: try source(userAgent, limits))
      live[id] = stream
      if let effect = stream.source.beginning(.stream(id.number)) { output.effects.append(effect) }
    } catch {
      output.events.append(RegistryOutput.Entry(id, .failed(error)))
    }
  }

  private mutating func take(_ step: SourceStep, of id: StreamID, at now: Instant) {
    output.events += step.events.map { RegistryOutput.Entry(id, $0) }
    if let key = step.key { open(id, with: key, at: now) }
    if case .failed(let failure) = step.events.last, failure.kind == .unauthorized {
      forgetKey(of: id)
    }
    if let endpoint = step.lesson { concessions[endpoint.conceding([])] = endpoint.concessions }
    if step.beginsAgain { beginAgain(id, closing: step.leavesFarEnd) }
    guard step.isEnd, let stream = live.removeValue(forKey: id) else { return }
    if step.leavesFarEnd { leave(stream, at: now) }
  }

  /// The key is there: the request leaves, under the same name as the program that told it, which is gone.
  private mutating func open(_ id: StreamID, with key: Secret, at now: Instant) {
    guard case .keyed(let stream) = live[id]?.source else { return }
    if let command = stream.endpoint.keyCommand { keys[command] = key }
    do throws(StreamFailure) {
      let remote = try RemoteStream(
        stream.outgoing, to: asLearned(stream.endpoint.bearing(key)), userAgent: userAgent,
        limits: limits, at: now)
      live[id]?.source = .remote(remote)
      beginAgain(id, closing: false)
    } catch {
      live[id] = nil
      output.events.append(RegistryOutput.Entry(id, .failed(error)))
    }
  }

  /// The server did not accept the key: the next request asks for it anew.
  private mutating func forgetKey(of id: StreamID) {
    guard case .remote(let stream) = live[id]?.source,
      let command = stream.keyCommand
    else { return }
    keys[command] = nil
  }

  private func asLearned(_ endpoint: Endpoint) -> Endpoint {
    concessions[endpoint].map(endpoint.conceding) ?? endpoint
  }

  /// Begins the stream's far end, under the same name as the one it had; what is still open of that is
  /// closed before.
  private mutating func beginAgain(_ id: StreamID, closing: Bool) {
    let transfer = TransferID.stream(id.number)
    if closing { output.effects.append(.close(transfer)) }
    if let effect = live[id]?.source.beginning(transfer) {
      output.effects.append(effect)
    }
  }

  /// Nobody listens to this stream any more: its far end is closed, or never begun.
  private mutating func leave(_ stream: Live, at now: Instant) {
    let transfer = TransferID.stream(stream.id.number)
    if let index = output.effects.lastIndex(where: { $0.begins(transfer) }) {
      output.effects.remove(at: index)
      return
    }
    switch stream.source {
    case .remote:
      output.effects.append(.close(transfer))
    case .child, .keyed:
      output.effects.append(.terminate(transfer))
      lingering[stream.id] = Lingering(limits: limits, at: now)
    case .local: break
    }
  }

  private func isNewer(_ id: StreamID) -> Bool { latest[id.conversation].map { $0 < id } ?? true }

  private func liveStream(of transfer: TransferID) -> StreamID? {
    guard let id = streamID(of: transfer), live[id] != nil else { return nil }
    return id
  }

  private func streamID(of transfer: TransferID) -> StreamID? {
    switch transfer {
    case .stream(let number): StreamID(number)
    case .lookup: nil
    }
  }

  // MARK: - Away

  /// Hears the time: if the machine slept since the last time, whoever listened to another machine has to
  /// find out whether it is still there.
  private mutating func notice(_ now: Instant) {
    if let asleepNanoseconds,
      now.asleepNanoseconds - asleepNanoseconds >= Absence.sleepNanoseconds
    {
      wake(from: .asleep, at: now)
    }
    asleepNanoseconds = now.asleepNanoseconds
  }

  private mutating func wake(from absence: Absence, at now: Instant) {
    for id in live.keys { live[id]?.source.wake(from: absence, at: now) }
  }
}

extension RegistryEffect {
  fileprivate func begins(_ transfer: TransferID) -> Bool {
    switch self {
    case .open(let id, _), .spawn(let id, _): id == transfer
    case .close, .terminate, .kill: false
    }
  }

  fileprivate func signals(_ transfer: TransferID) -> Bool {
    switch self {
    case .terminate(let id), .kill(let id): id == transfer
    case .open, .close, .spawn: false
    }
  }
}

// The streams and whoever carries them. Both loops have one of these, so that there is one way for a
// delta from the socket to whoever shows it, and one place where the registry's effects are carried out.

import Chat
import ChildProcesses
import CurlTransport
import Interface
import Providers
import Wire

/// Starts, hears and aborts streams, and looks for models. Lives on the loop's thread and never sleeps
/// but in `wait`.
final class Streams {
  /// What was heard.
  enum Event: Hashable {
    /// Something came on a stream, active or stale.
    case stream(StreamID, StreamEvent)
    /// It is settled who answers, or that nobody does.
    case finding(ModelFinder.Finding)
    /// These models can race.
    case racers([ModelID])
    /// What one provider has, as far as it is known now.
    case models(ModelList)
    /// What is known of a model that was found, as soon as anything is, and whenever it is something else.
    case facts(ModelID, ModelFacts)
  }

  /// The longest sleep while a stream is open. The sleep's own clock stands still while the machine
  /// sleeps, and what that did to a connection is to be noticed soon after.
  private static let longestLiveSleepMilliseconds = 5_000

  private var registry: StreamRegistry
  private var finder: ModelFinder
  private var directory: ModelDirectory?
  /// The look-ups of somebody who connects a model, what has come of them, and how many prompts were tried.
  private var trial: Trial
  private var trialFinding: Trial.Finding?
  private var trialCount: UInt32 = 0
  /// The models that were found last, and what has been told of those that were ever found.
  private var found: [ModelID] = []
  /// Those that were found last for a race.
  private var racers: [ModelID] = []
  private var toldFacts: [ModelID: ModelFacts] = [:]
  /// Whether more of what was found may still stand in the file of lists. No key is to wait for that: it is
  /// read once a server answers.
  private var isFileUnread = false
  private var guide: Guide
  private let pace: Guide.Pace
  private let transport: Transport
  private let children = Children()

  /// - Parameters:
  ///   - directory: the lists of models; nil where nobody asks for them.
  ///   - pace: how fast the guide tells what it has to say.
  /// - Throws: `TransportError` when libcurl cannot be used.
  init(
    finder: ModelFinder, directory: ModelDirectory? = nil, guide: Guide, pace: Guide.Pace,
    limits: StreamLimits, userAgent: String
  ) throws(TransportError) {
    self.finder = finder
    self.directory = directory
    self.guide = guide
    self.pace = pace
    trial = Trial(userAgent: userAgent)
    registry = StreamRegistry(userAgent: userAgent, limits: limits)
    transport = try Transport()
  }

  /// The one sleep, for the network, the children and these; see `Transport.wait`.
  func wait(
    for descriptors: [Int32], also interests: [Interest] = [], atMostMilliseconds: Int
  ) -> Readiness {
    var limit = atMostMilliseconds
    let live = registry.count > 0 ? Streams.longestLiveSleepMilliseconds : nil
    for longest in [live, children.longestSleepMilliseconds].compactMap(\.self) {
      limit = limit < 0 ? longest : min(limit, longest)
    }
    return transport.wait(
      for: descriptors, also: children.interests + interests, atMostMilliseconds: limit)
  }

  /// When `hear` has something to tell although nothing came.
  var deadline: Instant? {
    [registry.deadline, finder.deadline, directory?.deadline, trial.deadline].compactMap(\.self)
      .min()
  }

  /// How many streams are live.
  var count: Int { registry.count }

  /// Goes on with other settings. Streams that are live are not disturbed; models that were found are found
  /// again, or fail with the reason when they are asked. A look-up that was under way begins anew. The answer is
  /// what is known at once.
  func adopt(
    _ newFinder: ModelFinder, _ newDirectory: ModelDirectory?, guide newGuide: Guide,
    limits: StreamLimits, at now: Instant
  ) -> [Event] {
    let isLooking = finder.isLooking
    let wasListing = directory?.isLooking == true
    var newFinder = newFinder
    act(newFinder.succeed(finder))
    finder = newFinder
    var newDirectory = newDirectory
    if let directory { act(newDirectory?.succeed(directory) ?? []) }
    directory = newDirectory
    guide = newGuide
    registry.limits = limits
    var events = newFacts(mayRead: false)
    if isLooking { events += findAny(at: now) }
    if wasListing { events += listModels(at: now) }
    return events
  }

  // MARK: - Asking

  /// Opens a stream. Its request leaves with the next `settle`. The answer is what is known of it at once. What
  /// is live of its conversation ends, but for the `companions`.
  ///
  /// - Precondition: the model was found, alone or in a route; the id was never used before.
  func start(
    _ id: StreamID, _ outgoing: Outgoing, beside companions: Set<StreamID> = [], at now: Instant
  ) -> [Event] {
    switch finder.source(of: outgoing.model) {
    case .server(let endpoint):
      registry.start(id, outgoing, endpoint: endpoint, beside: companions, at: now)
    case .guide:
      registry.start(
        id, local: guide.reply(to: outgoing, at: pace), beside: companions, at: now)
    case .command(let program):
      do {
        let command = try program.command(for: outgoing)
        registry.start(
          id, command: command, named: outgoing.model.provider, beside: companions, at: now)
      } catch {
        return [.stream(id, .failed(error))]
      }
    case .unavailable(let failure):
      return [.stream(id, .failed(failure))]
    case nil:
      preconditionFailure("a model is asked only after it was found")
    }
    return []
  }

  /// Why a model cannot be given a part, as a sentence; nil where it can, or nobody knows.
  func objection(to part: Part, of model: ModelID) -> String? {
    switch finder.source(of: model) {
    case .server(let endpoint): endpoint.objection(to: part)
    case .command(let program): program.objection(to: part, as: model)
    case .guide: "The guide cannot look into files; /model picks a model that can."
    case .unavailable, nil: nil
    }
  }

  /// Ends a stream: nothing of it is heard any more, and its socket is shut with the next `settle`.
  func abort(_ id: StreamID, at now: Instant) {
    registry.abort(id, at: now)
  }

  /// Finds the model or route of this name. The answer is what is known at once.
  func find(named name: String) -> [Event] {
    act(finder.find(named: name))
  }

  /// Where a route that was found runs as things are configured now; nil where it cannot be asked.
  func place(of route: Route) -> String? { finder.place(of: route) }

  /// Finds the models of these names, all of which are to be asked at once. The answer is what is known at once.
  func find(racers names: [String]) -> [Event] {
    switch finder.find(racers: names) {
    case .found(let models):
      racers = models
      isFileUnread = true
      return [.racers(models)] + newFacts(mayRead: false)
    case .refused(let finding): return [.finding(finding)]
    }
  }

  /// Finds whichever model answers. The answer is what is known at once.
  func findAny(at now: Instant) -> [Event] {
    act(finder.findAny(at: now))
  }

  /// Tells which models there are, as far as it is known, and asks for lists that are old. What comes of
  /// it is heard later.
  func listModels(at now: Instant) -> [Event] {
    act(directory?.list(inUse: finder.endpoints, keys: registry.keys, at: now))
  }

  // MARK: - Trying

  /// The streams of prompts that are tried belong to no conversation: this many are never open.
  static let trialConversation = ConversationID(.max - 1)

  /// Looks for servers on this machine; see `takeTrialFinding`.
  func lookAround(_ table: ProviderTable, at now: Instant) {
    act(trial.lookAround(table, at: now))
  }

  /// Asks a server for its models; see `takeTrialFinding`.
  func listModels(of endpoint: Endpoint, at now: Instant) {
    act(trial.listModels(of: endpoint, at: now))
  }

  /// Sends a prompt that is in no conversation. What comes of it is told like any stream's.
  func test(_ outgoing: Outgoing, at endpoint: Endpoint, at now: Instant) {
    stopTrial(at: now)
    trialCount += 1
    registry.start(
      StreamID(Streams.trialConversation, attempt: trialCount), outgoing, endpoint: endpoint,
      at: now)
  }

  /// Closes what is open of look-ups and of a prompt that is tried.
  func stopTrial(at now: Instant) {
    act(trial.stop())
    trialFinding = nil
    if trialCount > 0 {
      registry.abort(StreamID(Streams.trialConversation, attempt: trialCount), at: now)
    }
  }

  /// What has come of the last look-up, once.
  func takeTrialFinding() -> Trial.Finding? {
    defer { trialFinding = nil }
    return trialFinding
  }

  private func act(_ output: Trial.Output) {
    act(output.effects)
    if let finding = output.finding { trialFinding = finding }
  }

  // MARK: - Hearing

  /// Carries out what was asked for and tells what is known of it, until there is nothing left: what is
  /// told may end streams and begin others. To be called before each sleep.
  func settle(at now: Instant, _ tell: (Event) -> Void) {
    while case let output = registry.takeOutput(), output != RegistryOutput() {
      act(output.effects)
      for entry in output.events { tell(.stream(entry.stream, entry.event)) }
    }
  }

  /// Moves the network and the children as far as they go without waiting, and tells what came.
  func hear(at now: Instant, _ tell: (Event) -> Void) {
    var isAnswered = false
    for (transfer, event) in transport.events() {
      switch transfer {
      case .stream:
        registry.receive(event, from: transfer, at: now)
        isAnswered = true
      case .lookup where ModelCatalog.owns(transfer):
        act(directory?.receive(event, from: transfer, at: now)).forEach(tell)
      case .lookup where Trial.owns(transfer): act(trial.receive(event, from: transfer, at: now))
      case .lookup: take(finder.receive(event, from: transfer, at: now), tell)
      }
    }
    for (child, event) in children.events() { registry.receive(event, from: child, at: now) }
    registry.advance(to: now)
    take(finder.advance(to: now), tell)
    act(directory?.advance(to: now)).forEach(tell)
    act(trial.advance(to: now))
    directory?.saveWhenQuiet()
    settle(at: now, tell)
    if isAnswered, isFileUnread {
      isFileUnread = false
      newFacts(mayRead: true).forEach(tell)
    }
  }

  private func take(_ output: ModelFinder.Output, _ tell: (Event) -> Void) {
    for event in act(output) { tell(event) }
  }

  private func act(_ output: ModelFinder.Output) -> [Event] {
    act(output.effects)
    guard let finding = output.finding else { return [] }
    if case .found(let route, place: _) = finding {
      found = route.models
      isFileUnread = true
    }
    return [.finding(finding)] + newFacts(mayRead: false)
  }

  private func act(_ output: ModelDirectory.Output?) -> [Event] {
    guard let output else { return [] }
    act(output.effects)
    return output.lists.map(Event.models) + (output.lists.isEmpty ? [] : newFacts(mayRead: true))
  }

  /// What is known of the models that were found, of which nothing or something else was told before.
  private func newFacts(mayRead: Bool) -> [Event] {
    let others = toldFacts.keys.filter { !found.contains($0) && !racers.contains($0) }
    return (found + racers + others.sorted { $0.description < $1.description }).compactMap {
      model in
      let endpoint: Endpoint?
      switch finder.source(of: model) {
      case .server(let server): endpoint = server
      case .guide, .command, .unavailable, nil: endpoint = nil
      }
      guard let facts = directory?.facts(of: model, at: endpoint, mayRead: mayRead),
        facts != toldFacts[model, default: ModelFacts()]
      else { return nil }
      toldFacts[model] = facts
      return .facts(model, facts)
    }
  }

  /// Carries out what the registry or a look-up asks of the world.
  private func act(_ effects: [RegistryEffect]) {
    for effect in effects {
      switch effect {
      case .open(let transfer, let request): transport.open(transfer, request)
      case .close(let transfer): transport.close(transfer)
      case .spawn(let child, let command): children.spawn(child, command)
      case .terminate(let child): children.terminate(child)
      case .kill(let child): children.kill(child)
      }
    }
  }

  // MARK: - Leaving

  /// Keeps what is known of models. Then waits for programs that were told to end and have not yet, and
  /// ends those that will not; two seconds at the most. Everything else is closed already.
  func leave() {
    directory?.save()
    while registry.isLingering {
      let now = Clock.now()
      settle(at: now) { _ in }
      _ = wait(
        for: [],
        atMostMilliseconds: now.milliseconds(untilNanoseconds: [deadline?.uptimeNanoseconds]))
      hear(at: Clock.now()) { _ in }
    }
  }
}

// The providers, asked one beside the other: is there such a name, does anybody listen, is the connection
// secure, is the key taken, which models are there, and how soon comes the first token of a reply.
//
//   source ──keys──▶ looking ──list──▶ asking (each model) ──first token──▶ answered, aborted
//                       └─ failure ──▶ settled, with the step it failed at

import Chat
import ChildProcesses
import CurlTransport
import Providers
import Wire

/// Asks all providers and measures what each step took. Lives for one command.
struct ProviderExam {
  /// How long the first token may take, in milliseconds: a server of this machine loads its model first.
  static let limitMilliseconds: Int64 = 60_000
  /// What a model is asked. Its reply is not read beyond its first token.
  static let prompt = "Say OK."

  /// The step at which something is wrong.
  enum Step: Hashable {
    case settings, name, connect, handshake, key, list, model, firstToken
  }

  struct Failure: Error, Hashable {
    let step: Step
    let sentence: String
  }

  /// A model that is asked.
  struct Asked: Hashable {
    let model: ModelID
    /// Nil while nothing is known.
    var outcome: Result<Int64, Failure>?
    fileprivate let since: Instant
  }

  /// A provider, and what has come of it.
  struct Subject {
    let provider: String
    let name: String
    /// Nil for a program.
    let source: ModelSource?
    var times: [DoctorReport.Time] = []
    var failure: Failure?
    /// A guess that was wrong: nobody is there, and nobody said so.
    var isAbsent = false
    var modelCount = 0
    var asked: [Asked] = []

    fileprivate var list: TransferID?
    fileprivate var listedSince: Instant?
    fileprivate var status: Int?
    fileprivate var transferFailure: TransferFailure.Kind?
    fileprivate var isListed = false

    fileprivate var isSettled: Bool { isListed && asked.allSatisfy { $0.outcome != nil } }
  }

  private(set) var subjects: [Subject] = []
  /// The models that a chat would ask, where somebody named them.
  private let wanted: [ModelID]
  private var directory: ModelDirectory
  private var registry: StreamRegistry
  private let commands: [String: CommandProvider]
  private let transport: Transport
  private let children = Children()
  private var asking: [StreamID: (subject: Int, asked: Int)] = [:]

  /// - Parameter wanted: the models of the route that is configured; empty where none is.
  init(
    wanted: [ModelID], commands: [String: CommandProvider], directory: ModelDirectory,
    limits: StreamLimits, userAgent: String
  ) throws(TransportError) {
    self.wanted = wanted
    self.commands = commands
    self.directory = directory
    registry = StreamRegistry(userAgent: userAgent, limits: limits)
    transport = try Transport()
  }

  /// Asks these, and the programs that are wanted. The answer is the signal that put an end to it.
  mutating func run(
    _ sources: [ModelSource], observer: Observer, signals: Signals
  ) -> PrintEnding? {
    var sources = sources
    let ending = KeyFetches.complete(&sources, waitingOn: transport, hearing: signals)
    if let ending { return ending }
    let start = Clock.now()
    for source in sources { begin(source, at: start) }
    for model in wanted { beginCommand(model, at: start) }
    while subjects.contains(where: { !$0.isSettled }) {
      observer.show(at: Clock.now()) { progress(since: start) }
      if let ending = pass(observer, signals) { return ending }
    }
    observer.endProgress()
    directory.save()
    return nil
  }

  private mutating func pass(_ observer: Observer, _ signals: Signals) -> PrintEnding? {
    settleStreams(at: Clock.now())
    let limit = subjects.flatMap(\.asked).filter { $0.outcome == nil }.map(\.due).min()
    let times = [directory.deadline, registry.deadline, limit, observer.deadline]
    let sleep = Clock.now().milliseconds(untilNanoseconds: times.map { $0?.uptimeNanoseconds })
    _ = transport.wait(
      for: [signals.descriptor], also: children.interests,
      atMostMilliseconds: min(sleep, children.longestSleepMilliseconds ?? sleep))
    if let ending = signals.take().lazy.compactMap(PrintEnding.init(signal:)).first {
      return ending
    }
    let now = Clock.now()
    for (transfer, event) in transport.events() {
      switch transfer {
      case .stream: registry.receive(event, from: transfer, at: now)
      case .lookup:
        note(event, of: transfer)
        act(directory.receive(event, from: transfer, at: now).effects)
      }
    }
    for (child, event) in children.events() { registry.receive(event, from: child, at: now) }
    registry.advance(to: now)
    act(directory.advance(to: now).effects)
    takeLists(at: now)
    settleStreams(at: now)
    giveUp(at: now)
    return nil
  }

  // MARK: - Lists

  private mutating func begin(_ source: ModelSource, at now: Instant) {
    var subject = Subject(provider: source.provider, name: source.name, source: source)
    if let fault = source.fault {
      subject.failure = Failure(step: .settings, sentence: fault)
      subject.isListed = true
      subjects.append(subject)
      return
    }
    let effects = directory.refresh([source], at: now)
    for case .open(let transfer, _) in effects { subject.list = transfer }
    subject.listedSince = now
    subject.isListed = subject.list == nil
    subjects.append(subject)
    act(effects)
  }

  private mutating func note(_ event: TransferEvent, of transfer: TransferID) {
    guard let index = subjects.firstIndex(where: { $0.list == transfer }) else { return }
    switch event {
    case .responded(let head): subjects[index].status = head.status
    case .received: break
    case .ended(let failure):
      subjects[index].transferFailure = failure?.kind
      if let times = transport.endedTimes[transfer] {
        subjects[index].times = DoctorReport.Time.steps(times)
      }
    }
  }

  /// Goes on with those whose lists have come.
  private mutating func takeLists(at now: Instant) {
    for index in subjects.indices where !subjects[index].isListed {
      guard let source = subjects[index].source else { continue }
      let entry = directory.entry(of: source)
      guard !entry.isLooking else { continue }
      subjects[index].isListed = true
      if let failure = entry.failure {
        let subject = subjects[index]
        subjects[index].failure = Failure(step: subject.failedStep, sentence: failure)
        // Servers that list nothing answer all the same, if one knows a name.
        guard subject.status.map({ [403, 404, 405, 501].contains($0) }) == true else { continue }
      } else if entry.models.isEmpty {
        subjects[index].isAbsent = true
        continue
      } else {
        let elapsed = subjects[index].listedSince.map { now.microseconds(since: $0) } ?? 0
        subjects[index].times.append(.init(step: .list, microseconds: elapsed))
        subjects[index].modelCount = entry.models.count
      }
      for model in models(of: source, listed: entry.models.map(\.name)) {
        ask(model, of: index, at: now)
      }
    }
  }

  /// Whom to ask of a provider: those that are wanted, or else the one that a chat would.
  private func models(of source: ModelSource, listed: [String]) -> [ModelID] {
    let named = wanted.filter { $0.provider == source.provider }
    guard named.isEmpty, let endpoint = source.endpoint else { return named }
    let name: String?
    switch endpoint.modelRule {
    case .named(let model): name = model
    case .firstListed: name = endpoint.chosenModel(among: listed)
    case .mustBeNamed: name = nil
    }
    return name.map { [ModelID(provider: source.provider, name: $0)] } ?? []
  }

  // MARK: - First tokens

  private mutating func ask(_ model: ModelID, of index: Int, at now: Instant) {
    guard let endpoint = subjects[index].source?.endpoint else { return }
    let id = open(model, of: index, at: now)
    registry.start(id, Self.outgoing(to: model), endpoint: endpoint, at: now)
  }

  /// A program is started for a reply only, and then only where it is wanted.
  private mutating func beginCommand(_ model: ModelID, at now: Instant) {
    guard let program = commands[model.provider] else { return }
    var subject = Subject(provider: model.provider, name: model.provider, source: nil)
    subject.isListed = true
    subjects.append(subject)
    let id = open(model, of: subjects.count - 1, at: now)
    do throws(StreamFailure) {
      let command = try program.command(for: Self.outgoing(to: model))
      registry.start(id, command: command, named: model.provider, at: now)
    } catch {
      settle(id, .failure(Failure(step: .firstToken, sentence: error.message)))
    }
  }

  private mutating func open(_ model: ModelID, of index: Int, at now: Instant) -> StreamID {
    let id = StreamID(ConversationID(UInt32(asking.count)), attempt: 1)
    asking[id] = (index, subjects[index].asked.count)
    subjects[index].asked.append(Asked(model: model, since: now))
    return id
  }

  private static func outgoing(to model: ModelID) -> Outgoing {
    Outgoing(
      model: model,
      messages: [Outgoing.Message(role: .user, parts: [.text(ProviderExam.prompt)])])
  }

  /// Carries out what the streams want and hears what they tell, until there is nothing left.
  private mutating func settleStreams(at now: Instant) {
    while case let output = registry.takeOutput(), output != RegistryOutput() {
      act(output.effects)
      for entry in output.events { hear(entry.event, of: entry.stream, at: now) }
    }
  }

  private mutating func hear(_ event: StreamEvent, of id: StreamID, at now: Instant) {
    guard let (subject, place) = asking[id] else { return }
    switch event {
    case .started, .usage, .toolArguments, .finished: break
    case .text, .thinking, .refusal, .toolCall:
      settle(id, .success(now.microseconds(since: subjects[subject].asked[place].since)))
      registry.abort(id, at: now)
    case .completed:
      settle(id, .failure(Failure(step: .firstToken, sentence: "The reply was empty.")))
    case .failed(let failure):
      settle(id, .failure(Failure(step: failure.kind.step, sentence: failure.message)))
    }
  }

  private mutating func settle(_ id: StreamID, _ outcome: Result<Int64, Failure>) {
    guard let (subject, place) = asking[id],
      subjects[subject].asked[place].outcome == nil
    else { return }
    subjects[subject].asked[place].outcome = outcome
  }

  private mutating func giveUp(at now: Instant) {
    for (id, place) in asking {
      let asked = subjects[place.subject].asked[place.asked]
      guard asked.outcome == nil, asked.due <= now else { continue }
      let seconds = Self.limitMilliseconds / 1_000
      let sentence = "\(asked.model) said nothing within \(seconds) s."
      settle(id, .failure(Failure(step: .firstToken, sentence: sentence)))
      registry.abort(id, at: now)
    }
  }

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

  private func progress(since start: Instant) -> String {
    let names = subjects.filter { !$0.isSettled }.map(\.name)
    return "asking \(names.joined(separator: ", ")) \(Clock.now().elapsed(since: start))"
  }
}

extension ProviderExam.Asked {
  fileprivate var due: Instant {
    since.advanced(byMilliseconds: ProviderExam.limitMilliseconds)
  }
}

extension ProviderExam.Subject {
  /// The step at which its list failed.
  fileprivate var failedStep: ProviderExam.Step {
    switch transferFailure {
    case .nameNotFound: return .name
    case .connectionRefused, .connectTimedOut: return .connect
    case .handshakeFailed, .untrusted: return .handshake
    case .badAddress: return .settings
    case .noResponse, .notHTTP, .connectionLost, .bodyCutShort, .badResponse, .other, nil: break
    }
    return status == 401 || status == 403 ? .key : .list
  }
}

extension DoctorReport.Time {
  fileprivate static func steps(_ times: ConnectionTimes) -> [Self] {
    let steps: [(Step, Int64?)] = [
      (.name, times.nameMicroseconds), (.connect, times.connectMicroseconds),
      (.handshake, times.handshakeMicroseconds),
    ]
    return steps.compactMap { step, time in time.map { Self(step: step, microseconds: $0) } }
  }
}

extension StreamFailure.Kind {
  /// The step at which a stream that fails so has failed.
  fileprivate var step: ProviderExam.Step {
    switch self {
    case .unreachable: .connect
    case .insecure: .handshake
    case .unauthorized, .quotaExhausted: .key
    case .notFound: .model
    case .rateLimited, .tooLong, .refused, .serverFailed, .notUnderstood, .truncated, .stalled,
      .empty:
      .firstToken
    }
  }
}

extension Instant {
  fileprivate func microseconds(since start: Instant) -> Int64 {
    (uptimeNanoseconds - start.uptimeNanoseconds) / 1_000
  }
}

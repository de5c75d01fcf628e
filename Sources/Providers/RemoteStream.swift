// One reply from a server, from the request to its one end.
//
//   waiting ──head 2xx──▶ reading ──finish──▶ (grace) ──▶ end
//      │                     └──error, last word, EOF, silence──▶ end
//      ▲└─any other head──▶ readingError ──EOF, 64 KiB, 5 s──▶ end
//      └────400 or 422 for a member that can be done without────┘
//
// Asked once more, the stream has the same transfer. That is safe because it happens only when nothing of
// the old one can come any more: at its end, or when the time of its error is over and the loop has heard
// all there was. A body that is cut at 64 KiB ends the stream, whatever it says.

import Chat
import Wire

struct RemoteStream: Sendable {
  private enum Phase {
    case waiting
    case reading
    case readingError(HTTPResponseHead)
  }

  /// How long a stream that owes us something is waited for.
  private enum Patience {
    /// As long as the limits say.
    case usual
    /// And not less than this: what came while we were stopped has to be heard first.
    case atLeast(Instant)
    /// Up to here, sooner or later than usual: the machine slept and the connection is in doubt.
    case doubtful(Instant)
  }

  /// What is asked, as long as it may have to be asked once more.
  private struct Question {
    let outgoing: Outgoing
    let userAgent: String
  }

  private(set) var request: HTTPRequest
  private var question: Question?
  /// The server with what is known of it by now.
  private var endpoint: Endpoint
  /// What was conceded to this request, each once at the most.
  private var conceded: Set<Concession> = []
  private let wording: FailureWording
  private let limits: StreamLimits
  private var decoder: any ReplyDecoder
  private var phase = Phase.waiting
  private var patience = Patience.usual
  private var head: HTTPResponseHead?
  private var errorBody: [UInt8] = []
  private var bodyByteCount = 0
  /// When the phase began, when bytes last came, and when they last meant anything.
  private var phaseBegan: Instant
  private var lastBytes: Instant
  private var lastEvent: Instant

  init(
    _ outgoing: Outgoing, to endpoint: Endpoint, userAgent: String, limits: StreamLimits,
    at now: Instant
  ) throws(StreamFailure) {
    request = try endpoint.chatRequest(outgoing, userAgent: userAgent)
    question = Question(outgoing: outgoing, userAgent: userAgent)
    self.endpoint = endpoint
    wording = FailureWording(endpoint: endpoint, model: outgoing.model.name)
    decoder = endpoint.server.dialect.rules.makeDecoder()
    self.limits = limits
    phaseBegan = now
    lastBytes = now
    lastEvent = now
  }

  /// The program that told the key, where one did.
  var keyCommand: [String]? { wording.endpoint.keyCommand }

  mutating func receive(_ event: TransferEvent, at now: Instant) -> SourceStep {
    trust(at: now)
    return switch event {
    case .responded(let head): respond(head, at: now)
    case .received(let bytes): receive(bytes, at: now)
    case .ended(let failure): transferEnded(failure, at: now)
    }
  }

  /// When `advance` has something to do, unless an event comes first.
  var deadline: Instant {
    // A reply that is whole cannot be lost any more.
    if let graceEnd { return graceEnd }
    return switch patience {
    case .usual: usualDeadline
    case .atLeast(let earliest): max(usualDeadline, earliest)
    case .doubtful(let limit): limit
    }
  }

  private var graceEnd: Instant? {
    guard case .reading = phase,
      case .grace(let milliseconds) = ReplyVerdict(decoder.facts, .open)
    else { return nil }
    return lastEvent.advanced(byMilliseconds: milliseconds)
  }

  private var usualDeadline: Instant {
    switch phase {
    case .waiting: phaseBegan.advanced(byMilliseconds: headLimitMilliseconds)
    case .readingError: phaseBegan.advanced(byMilliseconds: limits.errorBodyMilliseconds)
    case .reading: min(silenceEnd, lastEvent.advanced(byMilliseconds: limits.progressMilliseconds))
    }
  }

  private var silenceEnd: Instant {
    lastBytes.advanced(byMilliseconds: limits.silenceMilliseconds)
  }

  mutating func advance(to now: Instant) -> SourceStep {
    guard now >= deadline else { return SourceStep() }
    // The status of an error is known, whatever became of its body.
    if case .readingError(let head) = phase {
      return askAgain(after: head, at: now, leavesFarEnd: true)
        ?? fail(wording.response(head, body: errorBody, at: now))
    }
    if graceEnd != nil {
      // Nothing more is read, so what has begun is looked at as at the end of a body: it may be an error.
      let events = decoder.finish()
      return end(after: events, .ended(nil), leavesFarEnd: true)
    }
    guard hasBegun else {
      if case .doubtful = patience { return fail(wording.lostAfterSleep) }
      return fail(wording.silentBeforeResponse(milliseconds: headLimitMilliseconds))
    }
    // Here too what has begun is looked at: a last word without its line end is one, and so is an error.
    let events = decoder.finish()
    switch ReplyVerdict(decoder.facts, .ended(nil)) {
    case .completed, .complained: return end(after: events, .ended(nil), leavesFarEnd: true)
    case .readOn, .grace, .empty, .truncated, .lost, .confused: break
    }
    if case .doubtful = patience { return fail(wording.lostAfterSleep, after: events) }
    return now >= silenceEnd
      ? fail(wording.silentInReply(milliseconds: limits.silenceMilliseconds), after: events)
      : fail(wording.stuckInReply(milliseconds: limits.progressMilliseconds), after: events)
  }

  private var hasBegun: Bool {
    switch phase {
    case .waiting: false
    case .reading, .readingError: true
    }
  }

  /// We were away until `now`.
  ///
  /// After a sleep of the machine a connection to another machine has a short time to prove that it
  /// lives, however long it might have been silent otherwise. A server on this machine slept as well, and
  /// while we alone were stopped the system kept the connection: there the limits hold as they did.
  mutating func wake(from absence: Absence, at now: Instant) {
    let end = now.advanced(byMilliseconds: Absence.probationMilliseconds)
    let isDoubtful =
      switch patience {
      case .doubtful: true
      case .usual, .atLeast: absence == .asleep && !wording.endpoint.isLoopback
      }
    patience = isDoubtful ? .doubtful(end) : .atLeast(end)
  }

  /// Something came, so the connection lives. After an absence the limits count from here: the time in
  /// which nobody could hear is not to be held against the server.
  private mutating func trust(at now: Instant) {
    switch patience {
    case .usual: return
    case .atLeast, .doubtful:
      patience = .usual
      phaseBegan = now
      lastEvent = now
    }
  }

  private mutating func respond(_ head: HTTPResponseHead, at now: Instant) -> SourceStep {
    // An interim response (1xx) is not the response; after the response there is no other.
    guard case .waiting = phase, head.status >= 200 else { return SourceStep() }
    self.head = head
    phaseBegan = now
    lastBytes = now
    lastEvent = now
    let type = mediaType(of: head.header("content-type"))
    if (300..<400).contains(head.status) || head.status == 204 || head.status == 205 {
      return fail(wording.response(head, body: [], at: now))
    }
    if let encoding = head.header("content-encoding"), !encoding.isEmpty,
      encoding.lowercased() != "identity"
    {
      return fail(wording.compressed(encoding))
    }
    guard (200..<300).contains(head.status), !isPage(type) else {
      phase = .readingError(head)
      return SourceStep()
    }
    if let type, wording.endpoint.server.dialect.rules.isOther(type) {
      return fail(wording.otherDialect)
    }
    phase = .reading
    question = nil
    return SourceStep(lesson: conceded.isEmpty ? nil : endpoint)
  }

  /// Asks once more without what the server refused; nil where it refused something else.
  private mutating func askAgain(
    after head: HTTPResponseHead, at now: Instant, leavesFarEnd: Bool
  ) -> SourceStep? {
    guard head.status == 400 || head.status == 422, let question else { return nil }
    let refusal = String(decoding: errorBody, as: UTF8.self).lowercased()
    guard let concession = endpoint.concession(to: refusal, of: question.outgoing),
      conceded.insert(concession).inserted
    else { return nil }
    let other = endpoint.turning(concession)
    do {
      request = try other.chatRequest(question.outgoing, userAgent: question.userAgent)
    } catch {
      return nil
    }
    endpoint = other
    phase = .waiting
    patience = .usual
    self.head = nil
    errorBody = []
    phaseBegan = now
    lastBytes = now
    lastEvent = now
    return SourceStep(leavesFarEnd: leavesFarEnd, beginsAgain: true)
  }

  /// Bodies of these types hold an error or a page, whatever the status says.
  private func isPage(_ mediaType: String?) -> Bool {
    switch mediaType {
    case "application/json", "application/problem+json", "text/html", "text/plain", "text/xml",
      "application/xml", "application/xhtml+xml":
      true
    default: false
    }
  }

  private mutating func receive(_ bytes: [UInt8], at now: Instant) -> SourceStep {
    switch phase {
    case .waiting:
      // Without a head nobody can say what these bytes are.
      return SourceStep()
    case .readingError(let head):
      errorBody.append(contentsOf: bytes.prefix(ErrorBody.limitBytes - errorBody.count))
      guard errorBody.count >= ErrorBody.limitBytes else { return SourceStep() }
      return fail(wording.response(head, body: errorBody, at: now))
    case .reading:
      lastBytes = now
      bodyByteCount += bytes.count
      let factsBefore = decoder.facts
      let events = decoder.receive(bytes)
      if !events.isEmpty || decoder.facts != factsBefore { lastEvent = now }
      let step = end(after: events, .open, leavesFarEnd: true)
      guard !step.isEnd, bodyByteCount > limits.bodyBytes else { return step }
      return fail(wording.tooLarge(limitBytes: limits.bodyBytes), after: events)
    }
  }

  private mutating func transferEnded(_ failure: TransferFailure?, at now: Instant) -> SourceStep {
    switch phase {
    case .waiting:
      let failure = wording.beforeResponse(
        failure, connectLimitMilliseconds: request.connectTimeoutMilliseconds)
      return fail(failure, leavesFarEnd: false)
    case .readingError(let head):
      return askAgain(after: head, at: now, leavesFarEnd: false)
        ?? fail(wording.response(head, body: errorBody, at: now), leavesFarEnd: false)
    case .reading:
      let events = decoder.finish()
      return end(after: events, .ended(failure), leavesFarEnd: false)
    }
  }

  /// The events, followed by the end if the verdict is one.
  private func end(
    after events: [StreamEvent], _ transport: ReplyVerdict.Transport, leavesFarEnd: Bool
  ) -> SourceStep {
    let failure: StreamFailure
    switch ReplyVerdict(decoder.facts, transport) {
    case .readOn, .grace: return SourceStep(events: events)
    case .completed(let reason):
      return SourceStep(
        events: events + [.completed(reason)], isEnd: true, leavesFarEnd: leavesFarEnd)
    case .empty: failure = wording.empty
    case .truncated: failure = wording.truncated(lost: false)
    case .lost: failure = wording.truncated(lost: true)
    case .complained(let complaint): failure = wording.complaint(complaint)
    case .confused(let confusion): failure = wording.confused(confusion)
    }
    return fail(failure, after: events, leavesFarEnd: leavesFarEnd)
  }

  private func fail(
    _ failure: StreamFailure, after events: [StreamEvent] = [], leavesFarEnd: Bool = true
  ) -> SourceStep {
    var failure = failure
    if let id = head.flatMap(wording.requestID) { failure.requestID = id }
    return SourceStep(
      events: events + [.failed(failure)], isEnd: true, leavesFarEnd: leavesFarEnd)
  }

  private var headLimitMilliseconds: Int64 {
    wording.endpoint.isLoopback ? limits.loopbackHeadMilliseconds : limits.headMilliseconds
  }
}

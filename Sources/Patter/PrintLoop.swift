// The other loop, for `patter -p`: a prompt in, text out, no screen. Each pass: sleep, listen (signals
// first, then whoever reads, then the network), decide, act, write.
//
//   looking ──found──▶ asking ──delta──▶ text to the sink ──completed, failed──▶ the sink runs empty ──▶ end
//      └─ nobody ──────┴── a signal, the reader goes away, the sink fails: abort ──────────────────────▶ end
//
// The sink is what all this is for: when it fails, the stream is aborted. Standard error only observes:
// nobody waits for it, and when it fails nothing follows.
//
// While the sink is full, nothing is taken from the network, neither bytes nor time, and so the network
// must not end the sleep: libcurl would at once, for bytes that nobody fetches. The socket's own buffers
// fill, and the server waits.

import Chat
import CurlTransport
import Glibc
import Interface
import Providers
import Settings
import Wire

/// Asks one prompt and writes the reply.
final class PrintLoop {
  /// What becomes of a guide that answers because there is no model.
  enum GuidePolicy: Hashable {
    /// A script must not take its talk for a model's.
    case refused
    /// It was asked for by name.
    case welcome
  }

  private var chats: Conversations
  private let guidePolicy: GuidePolicy
  private let streams: Streams
  private let signals: Signals
  private let sink: TextSink
  private let observer: Observer
  private let timeoutMilliseconds: Int64?
  private var printed: PrintedReply
  /// Waits until it is known whom to ask.
  private var prompt: Prompt?
  /// When the prompt was there. All times of the reply count from here.
  private var start: Instant
  private var outcome: Outcome?

  /// - Parameters:
  ///   - form: what is written of the reply.
  ///   - timeoutMilliseconds: how long the whole reply may take; nil for as long as it does.
  init(
    chats: Conversations, guidePolicy: GuidePolicy, streams: Streams, signals: Signals,
    sink: TextSink, observer: Observer, form: PrintedForm = PrintedForm(),
    timeoutMilliseconds: Int64? = nil
  ) {
    self.chats = chats
    self.guidePolicy = guidePolicy
    self.streams = streams
    self.signals = signals
    self.sink = sink
    self.observer = observer
    self.timeoutMilliseconds = timeoutMilliseconds
    printed = PrintedReply(form)
    start = Clock.now()
  }

  /// Runs until the reply is written or will never be.
  func run(_ prompt: Prompt) -> Outcome {
    ask(prompt)
    while true {
      if let outcome = ended { return finished(outcome) }
      pass()
    }
  }

  /// What remains of a good end when the sink is closed.
  private func finished(_ outcome: Outcome) -> Outcome {
    do throws(TextSink.Failure) {
      try sink.finish()
      return outcome
    } catch {
      return Outcome(error)
    }
  }

  /// Asks as soon as it is known whom.
  func ask(_ prompt: Prompt) {
    self.prompt = prompt
    start = Clock.now()
    for event in streams.findAny(at: start) { hear(event, at: start) }
    settleStreams(at: start)
  }

  /// How it ended; nil as long as there is something to do.
  var ended: Outcome? { sink.isEmpty ? outcome : nil }

  /// Whether the network is listened to.
  var isListening: Bool { outcome == nil && !sink.isFull }

  /// What waits for the reader, in bytes.
  var waitingByteCount: Int { sink.waitingByteCount }

  // MARK: - A pass

  /// - Parameter limit: how long to sleep at the most, in milliseconds; -1 for as long as it takes.
  func pass(atMostMilliseconds limit: Int = -1) {
    sleep(atMostMilliseconds: limit)
    let now = Clock.now()
    if let ending = signals.take().lazy.compactMap(PrintEnding.init(signal:)).first {
      leave(ending, at: now)
      return
    }
    write(at: now)
    if isListening { listen(at: now) }
    if outcome == nil, let timeLimit, timeLimit <= now { runOut(at: now) }
    observer.show(at: now) { chats.viewed.progress(since: start, at: now) }
    write(at: now)
  }

  /// When the whole reply has to be there.
  private var timeLimit: Instant? { timeoutMilliseconds.map(start.advanced(byMilliseconds:)) }

  private func sleep(atMostMilliseconds limit: Int) {
    var times = [observer.deadline, outcome == nil ? timeLimit : nil]
    if isListening { times += [streams.deadline, chats.deadline] }
    let longest = Clock.now().milliseconds(untilNanoseconds: times.map { $0?.uptimeNanoseconds })
    let limit = limit < 0 ? longest : longest < 0 ? limit : min(limit, longest)
    guard !isListening else {
      _ = streams.wait(
        for: [signals.descriptor], also: [sink.interest], atMostMilliseconds: limit)
      return
    }
    // The same sleep without the network.
    var awaited = [
      pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: sink.interest.descriptor, events: Int16(POLLOUT), revents: 0),
    ]
    poll(&awaited, nfds_t(awaited.count), Int32(clamping: limit))
  }

  private func listen(at now: Instant) {
    streams.hear(at: now) { hear($0, at: now) }
    if let deadline = chats.deadline, deadline <= now {
      act(chats.advance(to: now), at: now)
      settleStreams(at: now)
    }
  }

  /// Something of the reply is to be written, which a line on the same terminal would be in the way of.
  private func take(_ event: PrintedEvent) {
    append(printed.take(event))
  }

  private func append(_ text: String) {
    guard !text.isEmpty else { return }
    observer.endProgress()
    sink.append(text)
  }

  private func write(at now: Instant) {
    do throws(TextSink.Failure) {
      try sink.flush()
    } catch {
      stop(Outcome(error), at: now)
    }
  }

  // MARK: - Listening

  private func hear(_ event: Streams.Event, at now: Instant) {
    switch event {
    case .stream(let id, let event): hear(event, of: id, at: now)
    case .finding(let finding): hear(finding, at: now)
    case .racers, .models, .facts: break
    }
  }

  private func hear(_ finding: ModelFinder.Finding, at now: Instant) {
    guard let prompt, outcome == nil else { return }
    self.prompt = nil
    switch finding.route {
    case .success(let route) where route.models == [ModelFinder.guide] && guidePolicy == .refused:
      fail(.noModel(Outcome.noModel))
    case .success(let route):
      chats.viewed.route = route
      let event = ChatEvent.send(prompt.text, attachments: prompt.attachments)
      act(chats.handle(event, in: chats.inView, at: now), at: now)
    case .failure(let refusal):
      fail(.noModel(refusal.message))
    }
  }

  private func hear(_ event: StreamEvent, of id: StreamID, at now: Instant) {
    let generation = chats.viewed.generation
    let effects = chats.receive(event, from: id, at: now)
    if generation.activeStream == id, let call = generation.call,
      let event = chats.viewed.printed(event, of: id, call, since: start, at: now)
    {
      tell(event, of: call, at: now)
    }
    act(effects, at: now)
  }

  /// Tells what the active stream said, after the store has heard it.
  private func tell(_ event: PrintedEvent, of call: Generation.Call, at now: Instant) {
    take(event)
    switch event {
    case .retry(let retry): observer.say(chats.viewed.sentence(on: retry))
    case .finished(let finish):
      outcome = Outcome(
        wholeReply: chats.viewed.conversation[call.message], finish.reason)
    case .failed(let failure): outcome = Outcome(ending: .failed, sentence: failure.sentence)
    case .started, .text, .thinking, .refusal, .toolCall, .toolArguments, .usage: break
    }
  }

  // MARK: - Ending

  private func fail(_ failure: PrintedEvent.Failure) {
    take(.failed(failure))
    outcome = Outcome(ending: .failed, sentence: failure.sentence)
  }

  /// The time for the whole reply is over. What came is still written.
  private func runOut(at now: Instant) {
    let call = chats.viewed.generation.call
    act(chats.handle(.cancel, in: chats.inView, at: now), at: now)
    settleStreams(at: now)
    if let call, let reason = call.finish {
      // Only the wire's last word was still to come.
      tell(
        .finished(chats.viewed.finish(of: call, reason, since: start, at: now)), of: call, at: now)
    } else {
      let limit = written(milliseconds: timeoutMilliseconds ?? 0)
      fail(.timeout("The reply was not whole after \(limit), the limit of --timeout."))
    }
  }

  /// Somebody ends the program. Of what was held back the reader gets what it takes at once.
  private func leave(_ ending: PrintEnding, at now: Instant) {
    end(.leave, Outcome(ending: ending), at: now)
    append(printed.rest())
    try? sink.flush()
    sink.giveUp()
  }

  /// Nobody can be told any more.
  private func stop(_ outcome: Outcome, at now: Instant) {
    end(.cancel, outcome, at: now)
    sink.giveUp()
  }

  /// Ends the reply, however it stands. Nothing is live afterwards.
  private func end(_ event: ChatEvent, _ outcome: Outcome, at now: Instant) {
    self.outcome = outcome
    act(chats.handle(event, in: chats.inView, at: now), at: now)
    settleStreams(at: now)
  }

  // MARK: - Acting

  /// Carries out effects in their order. What is answered at once comes after all of them.
  private func act(_ effects: [ChatEffect], at now: Instant) {
    var saved: [(ConversationID, MessageID)] = []
    var events: [Streams.Event] = []
    for effect in effects {
      switch effect {
      case .save(let conversation, let message):
        // Nothing is kept on disk yet, so there is nobody to wait for.
        saved.append((conversation, message.id))
      case .start(let id, let outgoing): events += streams.start(id, outgoing, at: now)
      case .abort(let id): streams.abort(id, at: now)
      }
    }
    for (conversation, message) in saved {
      act(chats.handle(.saved(message), in: conversation, at: now), at: now)
    }
    for event in events { hear(event, at: now) }
  }

  /// Has the streams do what they were asked for, and hears what is known of it.
  private func settleStreams(at now: Instant) {
    streams.settle(at: now) { hear($0, at: now) }
  }
}

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
import Wire

/// Asks one prompt and writes the reply.
final class PrintLoop {
  /// How it ended, and what is to be said of that.
  struct Outcome: Hashable {
    let ending: PrintEnding
    var sentence: String?
  }

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
  private let say: (String) -> Void
  private var prompt: String?
  private var outcome: Outcome?
  /// The part of the reply that was written last, counted from 0.
  private var writtenPart: Int?

  /// - Parameter say: tells an observer a sentence, and does not wait for it.
  init(
    chats: Conversations, guidePolicy: GuidePolicy, streams: Streams, signals: Signals,
    sink: TextSink, say: @escaping (String) -> Void
  ) {
    self.chats = chats
    self.guidePolicy = guidePolicy
    self.streams = streams
    self.signals = signals
    self.sink = sink
    self.say = say
  }

  /// Runs until the reply is written or will never be.
  func run(_ prompt: String) -> Outcome {
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
  func ask(_ prompt: String) {
    self.prompt = prompt
    let now = Clock.now()
    for event in streams.findAny(at: now) { hear(event, at: now) }
    settleStreams(at: now)
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
      stop(.leave, Outcome(ending: ending), at: now)
      return
    }
    write(at: now)
    guard isListening else { return }
    streams.hear(at: now) { hear($0, at: now) }
    if let deadline = chats.deadline, deadline <= now {
      act(chats.advance(to: now), at: now)
      settleStreams(at: now)
    }
    write(at: now)
  }

  private func sleep(atMostMilliseconds limit: Int) {
    guard isListening else {
      // The same sleep without the network.
      var awaited = [
        pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: sink.interest.descriptor, events: Int16(POLLOUT), revents: 0),
      ]
      poll(&awaited, nfds_t(awaited.count), Int32(limit))
      return
    }
    let times = [streams.deadline, chats.deadline].map { $0?.uptimeNanoseconds }
    let longest = Clock.now().milliseconds(untilNanoseconds: times)
    _ = streams.wait(
      for: [signals.descriptor], also: [sink.interest],
      atMostMilliseconds: limit < 0 ? longest : longest < 0 ? limit : min(limit, longest))
  }

  private func write(at now: Instant) {
    do throws(TextSink.Failure) {
      try sink.flush()
    } catch {
      stop(.cancel, Outcome(error), at: now)
    }
  }

  /// Ends the reply, whatever waits for a reader. Nothing is live afterwards, and nothing is written.
  private func stop(_ event: ChatEvent, _ outcome: Outcome, at now: Instant) {
    self.outcome = outcome
    sink.giveUp()
    act(chats.handle(event, in: chats.inView, at: now), at: now)
    settleStreams(at: now)
  }

  // MARK: - Listening

  private func hear(_ event: Streams.Event, at now: Instant) {
    switch event {
    case .stream(let id, let event): hear(event, of: id, at: now)
    case .finding(let finding): hear(finding, at: now)
    case .models: break
    }
  }

  private func hear(_ finding: ModelFinder.Finding, at now: Instant) {
    guard let prompt, outcome == nil else { return }
    self.prompt = nil
    switch finding.route {
    case .success(let route) where route.models == [ModelFinder.guide] && guidePolicy == .refused:
      outcome = Outcome(ending: .failed, sentence: PrintLoop.noModel)
    case .success(let route):
      chats.viewed.route = route
      act(chats.handle(.send(prompt), in: chats.inView, at: now), at: now)
    case .failure(let refusal):
      outcome = Outcome(ending: .failed, sentence: refusal.message)
    }
  }

  private func hear(_ event: StreamEvent, of id: StreamID, at now: Instant) {
    let generation = chats.viewed.generation
    let effects = chats.receive(event, from: id, at: now)
    if generation.activeStream == id, let call = generation.call {
      switch event {
      case .text(let delta), .refusal(let delta): take(delta, of: call.message)
      case .completed(let reason): complete(call.message, reason)
      case .failed(let failure): tellWhatFollows(failure, at: now)
      case .started, .thinking, .toolCall, .toolArguments, .finished, .usage: break
      }
    }
    act(effects, at: now)
  }

  /// What the model thought in between parts two texts, as a blank line does on a page.
  private func take(_ delta: String, of message: MessageID) {
    let part = chats.viewed.conversation[message].parts.count - 1
    if let writtenPart, writtenPart != part { sink.append("\n\n") }
    writtenPart = part
    sink.append(delta)
  }

  // MARK: - Ending

  private func complete(_ message: MessageID, _ reason: StopReason) {
    sink.endLine()
    let tools = chats.viewed.conversation[message].parts.compactMap { part in
      if case .toolCall(id: _, let name) = part.kind { name } else { nil }
    }
    let sentence = tools.isEmpty ? reason.remark : PrintLoop.remark(onTools: tools)
    outcome = Outcome(ending: .complete, sentence: sentence)
  }

  /// After a stream that broke: another attempt, or the end.
  private func tellWhatFollows(_ failure: StreamFailure, at now: Instant) {
    let sentence = failure.message + (failure.requestID.map { " (request \($0))" } ?? "")
    let store = chats.viewed
    switch store.generation {
    case .idle:
      sink.endLine()
      outcome = Outcome(ending: .failed, sentence: sentence)
    case .backingOff(let call, let until):
      let seconds = (until.milliseconds(since: now) + 999) / 1000
      let budget = store.settings.retryPolicy.budget(for: failure)
      say("retry \(call.retriesMade) of \(budget) in \(seconds) s: \(sentence)")
    case .saving(let call), .queued(let call), .waiting(let call, _), .streaming(let call, _):
      say("asking \(call.models[0]) now: \(sentence)")
    }
  }

  private static let noModel = """
    No model is connected. Set OPENAI_API_KEY, start a server on this machine (for example \
    `ollama serve`), or name one with -m PROVIDER/NAME; -m guide/guide asks the built-in guide.
    """

  private static func remark(onTools names: [String]) -> String {
    "The model asked for \(names.joined(separator: ", ")). Patter runs no tools."
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

extension PrintLoop.Outcome {
  /// What a sink that fails means for the reply.
  init(_ failure: TextSink.Failure) {
    switch failure {
    case .readerGone: self.init(ending: .readerGone)
    case .hungUp: self.init(ending: .hungUp)
    case .failed(let code):
      self.init(
        ending: .failed,
        sentence: "The reply cannot be written: \(String(cString: strerror(code))).")
    }
  }
}

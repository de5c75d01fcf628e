// What a stream said, as `patter -p` tells it: the store has heard it before and knows what follows.

import Chat

extension ChatStore {
  /// What is to be told of an event of the active stream; nil for nothing.
  ///
  /// - Parameters:
  ///   - call: as it was before the event.
  ///   - start: when the prompt was complete.
  func printed(
    _ event: StreamEvent, of stream: StreamID, _ call: Generation.Call, since start: Instant,
    at now: Instant
  ) -> PrintedEvent? {
    var part: Int { conversation[call.message].parts.count - 1 }
    return switch event {
    case .started(let model, let requestID):
      .started(
        .init(
          model: call.models[0], answeringModel: model, requestID: requestID,
          attempt: Int(stream.attempt)))
    case .text(let delta): .text(delta, part: part)
    case .thinking(let delta): .thinking(delta)
    case .refusal(let delta): .refusal(delta, part: part)
    case .toolCall(let name, let id): .toolCall(id: id, name: name)
    case .toolArguments(let delta, let id): .toolArguments(delta, id: id)
    case .usage(let usage): .usage(usage)
    case .finished: nil
    case .completed(let reason): .finished(finish(of: call, reason, since: start, at: now))
    case .failed(let failure): afterwards(failure, at: now)
    }
  }

  /// The end of a reply that is whole.
  func finish(
    of call: Generation.Call, _ reason: StopReason, since start: Instant, at now: Instant
  ) -> PrintedEvent.Finish {
    let firstDelta = conversation[call.message].times.firstDelta
    return .init(
      reason: reason, model: call.models[0], usage: conversation.usage(of: call.message),
      firstTokenMilliseconds: firstDelta?.milliseconds(since: start),
      totalMilliseconds: now.milliseconds(since: start))
  }

  /// After a stream that broke: another attempt, or the end.
  private func afterwards(_ failure: StreamFailure, at now: Instant) -> PrintedEvent {
    switch generation {
    case .idle:
      .failed(.stream(failure))
    case .backingOff(let call, let until):
      .retry(
        .init(
          attempt: streams.count + 1, afterMilliseconds: until.milliseconds(since: now),
          model: call.models[0], failure: failure))
    case .saving(let call), .queued(let call), .waiting(let call, _), .streaming(let call, _):
      .retry(
        .init(
          attempt: streams.count, afterMilliseconds: 0, model: call.models[0], failure: failure))
    }
  }

  /// What is said of another attempt, for a person.
  func sentence(on retry: PrintedEvent.Retry) -> String {
    guard case .backingOff(let call, until: _) = generation else {
      return "asking \(retry.model) now: \(retry.failure.sentence)"
    }
    let budget = settings.retryPolicy.budget(for: retry.failure)
    let seconds = (retry.afterMilliseconds + 999) / 1000
    return "retry \(call.retriesMade) of \(budget) in \(seconds) s: \(retry.failure.sentence)"
  }
}

import Chat

extension Instant {
  /// How long ago `start` was, as the progress line has it.
  func elapsed(since start: Instant) -> String { "… \(milliseconds(since: start) / 1000) s" }

  /// Whole seconds up to `end`, rounded up.
  func seconds(until end: Instant) -> Int64 { (end.milliseconds(since: self) + 999) / 1000 }
}

extension ChatStore {
  /// What the reply is doing, for the progress line.
  ///
  /// - Parameter start: when the prompt was complete.
  func progress(since start: Instant, at now: Instant) -> String {
    let elapsed = now.elapsed(since: start)
    switch generation {
    case .idle:
      return "looking for a model \(elapsed)"
    case .saving(let call), .queued(let call), .waiting(let call, _):
      return "waiting for \(call.models[0]) \(elapsed)"
    case .backingOff(let call, let until):
      let retry = "retry \(call.retriesMade) of \(call.models[0])"
      return "\(retry) in \(now.seconds(until: until)) s"
    case .streaming(let call, _):
      switch conversation[call.message].parts.last?.kind {
      case .thinking, nil: return "thinking \(elapsed)"
      case .text, .image, .file, .toolCall, .toolResult: return "receiving \(elapsed)"
      }
    }
  }
}

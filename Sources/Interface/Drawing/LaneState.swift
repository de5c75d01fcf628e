// What a lane of a race is doing, and what its reply has taken so far, in a few words.

import Chat
import Terminal

/// What one of the replies that race is doing: a sign that says enough where there is no room, and words.
struct LaneState {
  let sign: String
  let words: String
  let hasFailed: Bool

  private init(_ sign: String, _ words: String, hasFailed: Bool = false) {
    self.sign = sign
    self.words = words
    self.hasFailed = hasFailed
  }

  init(_ lane: Lane, of store: ChatStore, at now: Instant) {
    let silent = store.silentSince(lane.generation).map { max(0, now.milliseconds(since: $0)) } ?? 0
    switch lane.generation {
    case .idle: self = LaneState(lane.message.flatMap { store.conversation[$0].ending })
    case .saving: self = LaneState("…", "saving the prompt")
    case .queued: self = LaneState("…", "waits for a free place \(silent / 1000) s")
    case .waiting: self = LaneState("…", "waiting \(silent / 1000) s")
    case .backingOff(let call, let until):
      // Rounded up, so that the countdown ends with 1 and not with 0.
      let left = (until.milliseconds(since: now) + 999) / 1000
      self = LaneState("…", "retry \(call.retriesMade) in \(left) s")
    case .streaming(let call, _) where call.finish != nil: self = LaneState("✓", "done")
    case .streaming where silent >= App.silenceShownMilliseconds:
      self = LaneState("●", "silent for \(silent / 1000) s")
    case .streaming: self = LaneState("●", "streaming")
    }
  }

  private init(_ ending: Ending?) {
    switch ending {
    case nil: self = LaneState("…", "")
    case .complete: self = LaneState("✓", "done")
    case .cancelled: self = LaneState("■", "stopped")
    case .superseded: self = LaneState("■", "superseded")
    case .interrupted: self = LaneState("■", "interrupted")
    case .failed: self = LaneState("✗", "failed", hasFailed: true)
    }
  }
}

/// First token, speed, cost and tokens of a reply that races, as far as anybody knows.
struct LaneFigures {
  private let firstToken: String?
  private let others: [String]

  init(_ lane: Lane, of store: ChatStore, prices: [ModelID: Price], at now: Instant) {
    guard let id = lane.message else {
      firstToken = nil
      others = []
      return
    }
    let message = store.conversation[id]
    let usage = store.conversation.usage(of: id)?.told(of: message)
    let price = message.model.flatMap { prices[$0] }
    firstToken = message.firstTokenMilliseconds.flatMap(DetailsWords.duration(milliseconds:))
    others = [
      LaneFigures.deltas(lane, of: store, at: now)
        ?? usage.flatMap { DetailsLine.rate(message, $0) },
      usage.flatMap { price?.dollars(for: $0) }.flatMap(DetailsWords.cost),
      usage.flatMap(DetailsLine.tokens),
    ].compactMap(\.self)
  }

  /// What fits into so many columns; the tokens go first, and then what stands before them.
  func words(columns: Int, _ cells: TextCells) -> String {
    for title in ["first token ", "first "] {
      let all = (firstToken.map { [title + $0] } ?? []) + others
      let words = all.joined(separator: " · ")
      if cells.width(of: words) <= columns { return words }
    }
    var rest = (firstToken.map { ["first " + $0] } ?? []) + others
    while !rest.isEmpty, cells.width(of: rest.joined(separator: " · ")) > columns {
      rest.removeLast()
    }
    return rest.joined(separator: " · ")
  }

  /// Deltas a second of a reply that streams; of the first second as many as came in it.
  private static func deltas(_ lane: Lane, of store: ChatStore, at now: Instant) -> String? {
    guard case .streaming(let call, let stream) = lane.generation, call.finish == nil,
      let record = store.record(of: stream), let first = record.firstDelta
    else { return nil }
    let milliseconds = max(1000, Int(now.milliseconds(since: first)))
    let rate = record.keptDeltaCount * 1000 / milliseconds
    return "\(rate) \(rate == 1 ? "delta" : "deltas")/s"
  }
}

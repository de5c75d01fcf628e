// What is to be known of a conversation that is not read, in a few words that need no colour.

import Chat

/// What a conversation is doing and what lies in it.
enum ConversationState {
  static let live = "►"
  private static let waiting = "○"
  /// The most that is said of one, so that its name is seen beside it.
  private static let mostMarks = 3

  /// - Parameters:
  ///   - isUnread: whether a reply has ended that nobody has seen.
  ///   - hasDraft: whether something is written that was not sent.
  static func words(
    _ store: ChatStore, isUnread: Bool, hasDraft: Bool, isClosed: Bool, at now: Instant
  ) -> String {
    let queued = store.queue.count
    let marks = [
      reply(store, at: now), isUnread ? "✓ unread" : nil,
      queued > 0 ? "\(queued) \(queued == 1 ? "waits" : "wait")" : nil,
      hasDraft ? "draft" : nil,
    ]
    let closed = isClosed ? ["closed"] : []
    return (closed + marks.compactMap(\.self)).prefix(mostMarks).joined(separator: ", ")
  }

  /// What its reply is doing, or that the last one failed.
  private static func reply(_ store: ChatStore, at now: Instant) -> String? {
    if let race = store.race, store.isLive { return "\(live) race of \(race.models.count)" }
    let lane = store.lanes.first { $0.generation != .idle }
    let generation = lane?.generation ?? .idle
    let silent = store.silentSince(generation).map { now.milliseconds(since: $0) } ?? 0
    switch generation {
    case .idle:
      let last = store.conversation.leaf.flatMap { store.conversation[$0].ending }
      if case .failed = last { return "✗ failed" }
      return nil
    case .saving: return "\(waiting) saving \(silent / 1000) s"
    case .queued: return "\(waiting) waits for a free place"
    case .waiting: return "\(waiting) waiting \(silent / 1000) s"
    case .backingOff(let call, let until):
      let left = (until.milliseconds(since: now) + 999) / 1000
      return "\(waiting) retry \(call.retriesMade) in \(left) s"
    case .streaming:
      return silent >= App.silenceShownMilliseconds
        ? "\(live) silent \(silent / 1000) s"
        : "\(live) live \(store.deltasPerSecond(generation, at: now))/s"
    }
  }
}

extension ChatStore {
  /// How fast a reply streams: its deltas over the time since its first, which counts as one second at least.
  func deltasPerSecond(_ generation: Generation, at now: Instant) -> Int {
    guard let call = generation.call, let stream = generation.activeStream else { return 0 }
    let first = conversation[call.message].times.firstDelta ?? now
    let milliseconds = max(1000, Int(now.milliseconds(since: first)))
    return (record(of: stream)?.keptDeltaCount ?? 0) * 1000 / milliseconds
  }
}

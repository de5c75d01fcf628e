// The ways through the tree, and races: which branch is in view, and which lane.

extension ChatStore {
  /// Turns the path to the branch of a message.
  mutating func choose(_ message: MessageID) {
    guard conversation.has(message) else { return }
    conversation.choose(message)
    guard race != nil else { return }
    let path = Set(conversation.path)
    shownLane = lanes.firstIndex { $0.message.map(path.contains) ?? false } ?? shownLane
  }

  // MARK: - Races

  /// Asks all these models for a reply. The first is in view.
  mutating func startRace(
    of models: [ModelID], replyingTo prompt: MessageID, at now: Instant
  ) -> [ChatEffect] {
    race = Race(prompt: prompt, models: models)
    lanes = models.map { _ in Lane() }
    shownLane = 0
    return lanes.indices.reduce(into: []) { effects, lane in
      effects += call(replyTo: prompt, asking: [models[lane]], in: lane, at: now)
    }
  }

  /// Decides the race for the lane in view. The other replies end as superseded, and the conversation goes
  /// on with this one: so does what waits, as soon as it is whole.
  mutating func pickWinner(at now: Instant) -> [ChatEffect] {
    guard race != nil else { return [] }
    var effects: [ChatEffect] = []
    for lane in lanes.indices where lane != shownLane {
      effects += settle(lane, .superseded, at: now)
    }
    let winner = lanes[shownLane]
    race = nil
    lanes = [winner]
    shownLane = 0
    guard let reply = winner.message else { return effects }
    if !conversation.path.contains(reply) { conversation.choose(reply) }
    if case .complete = conversation[reply].ending { effects += sendNext(after: reply, at: now) }
    return effects
  }
}

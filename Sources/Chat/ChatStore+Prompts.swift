// Prompts on their way: sent at once, or waiting for the end of a reply.
//
// No prompt overtakes one that waits, but for two: one that takes the place of the live reply goes now, as
// the user was told; and those that go in the place of an earlier prompt keep its place before all that was
// to be said afterwards.

extension ChatStore {
  mutating func send(_ prompt: Prompt, as policy: SendPolicy?, at now: Instant) -> [ChatEffect] {
    guard !prompt.isBlank else { return [] }
    switch sending(as: policy) {
    case .starts, .replaces:
      enqueue(prompt, isFirst: sending(as: policy) == .replaces)
      return settleAll(.superseded, at: now) + sendNext(after: conversation.leaf, at: now)
    case .waits:
      enqueue(prompt)
      return []
    case .isRefused: return []
    }
  }

  private mutating func enqueue(_ prompt: Prompt, isFirst: Bool = false) {
    var prompt = prompt
    promptCount += 1
    prompt.number = promptCount
    prompt.racers = Array(prompt.racers.prefix(Race.racerLimit))
    if let replaced = prompt.inPlaceOf, conversation.isPrompt(replaced) {
      queue.insert(prompt, at: isFirst ? 0 : firstNextPlace)
    } else {
      prompt.inPlaceOf = nil
      queue.insert(prompt, at: isFirst ? 0 : queue.endIndex)
    }
  }

  /// Where the prompts begin that are to be said next, behind those in place of others.
  private var firstNextPlace: Int {
    queue.firstIndex { $0.inPlaceOf == nil } ?? queue.endIndex
  }

  mutating func movePrompt(_ number: UInt32, by places: Int) {
    guard let place = queue.firstIndex(where: { $0.number == number }) else { return }
    let border = firstNextPlace
    let room = place < border ? 0..<border : border..<queue.endIndex
    // Far is as good as the end; so no sum can be too large.
    let step = min(max(places, -queue.count), queue.count)
    let target = min(max(place + step, room.lowerBound), room.upperBound - 1)
    queue.insert(queue.remove(at: place), at: target)
  }

  /// Sends the prompt that waits longest, if any does, behind this message.
  mutating func sendNext(after last: MessageID?, at now: Instant) -> [ChatEffect] {
    guard !queue.isEmpty else { return [] }
    let next = queue.removeFirst()
    let replaced = next.inPlaceOf
    let prompt = Message(
      id: messageIDs.next(), parent: replaced.map { conversation[$0].parent } ?? last,
      role: .user, parts: next.parts, created: now)
    // Who edits a prompt wants to see what becomes of it; what follows a reply by itself moves nobody away.
    conversation.append(prompt, choosing: replaced != nil || last == conversation.leaf)
    let effects = [save(prompt.id)]
    return next.racers.count > 1
      ? effects + startRace(of: next.racers, replyingTo: prompt.id, at: now)
      : effects + call(replyTo: prompt.id, asking: nextCallModels(), at: now)
  }
}

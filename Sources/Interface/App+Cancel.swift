// Esc. What it does stands in layers, and one press never does two things:
//
//   the bare text, hints, a search, an overlay     closes
//   the rows over a slash command                  close
//   files that do not answer                       are waited for no longer, and nothing is sent
//   a prompt that waits for a model                comes back into the draft
//   the live reply                                 stops, and vi's insert mode is left
//   vi's insert mode, half a command of vi's       is left
//   the way through a snippet's placeholders       ends, and the draft stays
//   the edit of an earlier prompt                  ends, and the draft from before is back
//   a race that the next prompt would begin        is off
//   prompts that wait for a reply                  come back into the draft
//   nothing                                        a second press soon after edits the last prompt
//
// Fingers press Esc more often than they need to. So for half a second after it stopped a reply it does
// nothing, unless another reply is live by then. Two that came as one (in one read, as a slow line or tmux
// hands them over) count once where the first did something; with nothing to end they are the two that
// edit the last prompt.

import Chat

extension App {
  /// What an Esc did, for as long as the next one goes by it.
  struct LastEscape: Hashable, Sendable {
    enum Deed: Hashable, Sendable {
      case stopped, closed, nothing
    }

    var deed: Deed
    var time: Instant
  }

  /// How long Esc does nothing after it has stopped a reply, in milliseconds, and within which two of them
  /// belong together.
  static let escapeMilliseconds: Int64 = 500
  /// Two that are no further apart, in milliseconds, were pressed as one: hands are slower.
  static let sameEscapeMilliseconds: Int64 = 20

  /// Whether this Esc belongs to the one before, so that it does nothing of its own.
  func isEchoOfEscape(at now: Instant) -> Bool {
    guard let last = lastEscape else { return false }
    let gap = now.milliseconds(since: last.time)
    switch last.deed {
    case .stopped: return gap < App.escapeMilliseconds && escapeLayer != .reply
    case .closed: return gap <= App.sameEscapeMilliseconds
    case .nothing: return false
    }
  }

  /// What an Esc could end: of what was there before one and after it, `noteEscape` tells what it did.
  var escapeLayer: EscapeLayer {
    if store.isLive || heldPrompt != nil || awaitsFiles { return .reply }
    let isOpen =
      isBare || copying != nil || search != nil || overlay != nil || shownCompletion != nil
    return isOpen || composer.isLeftByEscape || composer.isFilling || !store.queue.isEmpty
      || editedPrompt != nil || !armedRacers.isEmpty ? .page : .nothing
  }

  enum EscapeLayer: Hashable {
    /// A reply is live, or a prompt waits for its files, or for somebody to answer it.
    case reply
    /// Something else is open.
    case page
    case nothing
  }

  /// Notes what an Esc did.
  mutating func noteEscape(before: EscapeLayer, at now: Instant) {
    let deed: LastEscape.Deed =
      switch (before, escapeLayer) {
      case (.reply, .page), (.reply, .nothing): .stopped
      case (.nothing, .nothing): .nothing
      case (.reply, .reply), (.page, _), (.nothing, .reply), (.nothing, .page): .closed
      }
    lastEscape = LastEscape(deed: deed, time: now)
  }

  /// Does what the innermost layer below the overlays has to do.
  mutating func cancel(at now: Instant) -> [AppEffect] {
    if awaitsFiles { return stopAwaitingFiles() }
    if heldPrompt != nil {
      takeBackHeldPrompt()
      return []
    }
    guard !store.isLive else { return chat(.cancel, at: now) }
    if composer.endFilling() { return [] }
    if editedPrompt != nil {
      endEdit()
      return []
    }
    if !armedRacers.isEmpty {
      disarmRace()
      return []
    }
    if !store.queue.isEmpty { return takeBackQueue(at: now) }
    if let last = lastEscape, last.deed == .nothing,
      now.milliseconds(since: last.time) <= App.escapeMilliseconds
    {
      beginEdit()
    }
    return []
  }
}

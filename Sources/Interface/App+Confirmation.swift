// A question over the transcript: asked, and answered by one key.

import Chat

extension App {
  /// Asks. Whatever else lies over the transcript makes room.
  mutating func ask(_ confirmation: Confirmation) {
    isBare = false
    closeHints()
    leaveSearch()
    overlay = .confirm(confirmation)
  }

  /// What a key does while a question is open; nil for the keys that reach through. No other key does
  /// anything: the question has to be answered first.
  mutating func pressOverConfirmation(_ action: Action, at now: Instant) -> Response? {
    guard case .confirm(var confirmation) = overlay else { return nil }
    switch action {
    case .send: return Response(answer(confirmation.isYesSelected, at: now))
    case .cancel, .interrupt: return Response(answer(false, at: now))
    case .previous, .text(.left):
      confirmation.isYesSelected = true
      overlay = .confirm(confirmation)
    case .next, .text(.right):
      confirmation.isYesSelected = false
      overlay = .confirm(confirmation)
    case .complete, .completeBackward:
      confirmation.isYesSelected.toggle()
      overlay = .confirm(confirmation)
    case .redraw, .suspend, .mouse:
      return nil
    case .sendOtherwise, .waiting, .continueReply, .retry, .edit, .nextModel, .pickModel,
      .pickWinner,
      .newConversation, .conversations, .attempts,
      .thoughts, .details, .messageUp, .messageDown, .pageUp, .pageDown, .top, .end, .search, .copy,
      .bare, .recall, .openEditor, .text, .help, .quit,
      .previousSibling, .nextSibling, .tree, .nextFinished:
      break
    }
    return Response()
  }

  /// Takes a letter for an answer; nil when no question is open.
  mutating func typeOverConfirmation(_ character: Character, at now: Instant) -> [AppEffect]? {
    guard case .confirm = overlay else { return nil }
    switch character {
    case "y", "Y": return answer(true, at: now)
    case "n", "N": return answer(false, at: now)
    default: return []
    }
  }

  private mutating func answer(_ isYes: Bool, at now: Instant) -> [AppEffect] {
    guard case .confirm(let confirmation) = overlay else { return [] }
    overlay = nil
    guard isYes else { return [] }
    switch confirmation.deed {
    case .leave: return leave(at: now)
    }
  }
}

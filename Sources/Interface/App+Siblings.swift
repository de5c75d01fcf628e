// Stepping among the messages that stand in one place of the conversation: the versions of a prompt, the
// replies to it. A reply that is live goes on where it is.
//
// What is stepped among are the siblings of the message that is read: of the last message in view that has
// any, or else of the last one above it. Whoever steps on steps among the same ones, whatever has come into
// view, until another key is pressed.

import Chat

extension App {
  /// Shows the sibling so many places further on; negative are those that came before.
  mutating func stepAmongSiblings(by places: Int, at now: Instant) -> [AppEffect] {
    guard let message = messageWithSiblings else {
      notice = Notice(
        "Nothing here has a second version yet; a prompt that is edited or sent again gets one.")
      return []
    }
    let siblings = store.conversation.siblings(of: message)
    steppedMessage = message
    guard let place = siblings.firstIndex(of: message), siblings.indices.contains(place + places)
    else {
      notice = Notice("This is the \(places < 0 ? "first" : "last") of \(siblings.count).")
      return []
    }
    let sibling = siblings[place + places]
    let effects = chat(.choose(sibling), at: now)
    steppedMessage = sibling
    let isAtEnd = viewport.mode == .follow && isInLastTurn(sibling)
    if !isAtEnd { viewport.seek(.message(sibling)) }
    return effects
  }

  /// The message whose siblings are stepped among; nil where none of the page up to here has any.
  private var messageWithSiblings: MessageID? {
    let conversation = store.conversation
    if let steppedMessage, conversation.path.contains(steppedMessage) { return steppedMessage }
    return conversation.path.prefix(lastInView + 1).last { conversation.siblings(of: $0).count > 1 }
  }

  /// The place in the path of the last message in view; -1 where the page is empty.
  private var lastInView: Int {
    let path = store.conversation.path
    guard viewport.mode != .follow else { return path.count - 1 }
    let begun = layout.landmarks.reversed().lazy.compactMap { place -> MessageID? in
      if case .message(let id) = place.landmark { id } else { nil }
    }
    let last = (begun.first ?? layout.reading).flatMap(messageOnPath)
    return last.flatMap { path.lastIndex(of: $0) } ?? path.count - 1
  }

  /// Whether no prompt follows a message on the path.
  private func isInLastTurn(_ message: MessageID) -> Bool {
    let path = store.conversation.path
    guard let place = path.lastIndex(of: message) else { return false }
    return !path[(place + 1)...].contains(where: store.conversation.isPrompt)
  }

  /// Whether the reply that is live is not on the page.
  var isReplyElsewhere: Bool {
    guard let live = store.generation.liveMessage else { return false }
    return store.conversation.path.lastIndex(of: live) == nil
  }
}

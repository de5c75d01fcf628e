// What stands in one place of a conversation: which of several a message is, and which of them are shown with it.

import Chat

extension Conversation {
  /// Which one a message is of those that follow the same one; nil where it is alone.
  func sibling(_ id: MessageID) -> MessageLayout.Place.Sibling? {
    let siblings = siblings(of: id)
    guard siblings.count > 1, let index = siblings.firstIndex(of: id) else { return nil }
    return MessageLayout.Place.Sibling(number: index + 1, count: siblings.count)
  }

  /// The replies that came before this one in its place, and that nobody went on from: those are branches, and
  /// so is whatever came later.
  func attempts(before reply: Message) -> [MessageID] {
    guard reply.role == .assistant, reply.parent != nil else { return [] }
    return siblings(of: reply.id).prefix { $0 != reply.id }.filter {
      self[$0].role == .assistant && children(of: $0).isEmpty
    }
  }
}

// Several conversations, of which one is in view. Each keeps its draft and the place where it is read;
// replies of those out of view go on.

import Chat

extension App {
  /// Where a conversation was read when another came into view: at a message, or nil, following the end.
  typealias ReadingPlace = MessageID?

  /// Opens a conversation.
  mutating func openConversation() {
    takeBackHeldPrompt()
    let left = chats.inView
    let effort = EffortChoice(store.effort)
    chats.open()
    turn(from: left)
    guard effort != .standard else { return }
    notice = Notice("Models think here as in the conversation before: \(effort.rawValue).")
  }

  /// Brings an open conversation into view.
  mutating func show(_ id: ConversationID) {
    guard id != chats.inView else { return }
    takeBackHeldPrompt()
    let left = chats.inView
    chats.show(id)
    if chats.inView != left { turn(from: left) }
  }

  private mutating func turn(from left: ConversationID) {
    readingPlaces[left] = viewport.mode == .follow ? .some(nil) : layout.reading
    composer.turn(from: left, to: chats.inView)
    editedPrompts[left] = editedPrompt
    editBeganAtEnd = false
    editedPrompt = editedPrompts.removeValue(forKey: chats.inView)
    search = nil
    copying = nil
    if let message = readingPlaces.removeValue(forKey: chats.inView) ?? nil {
      viewport.seek(.message(message))
    } else {
      viewport.follow()
    }
  }

  /// Lays the open conversations over the transcript, to choose from.
  mutating func openConversations() {
    let rows = chats.ids.reversed().compactMap { id in chats[id].map(row) }
    overlay = .choices(
      ChoicePicker(subject: .conversation, rows: rows, marked: "\(chats.inView.number)"))
  }

  private func row(_ store: ChatStore) -> PickerItem {
    let conversation = store.conversation
    let prompt = conversation.path.first { conversation[$0].role == .user }
    let first = prompt.map { conversation[$0].text.prefix(ChoicePicker.titleLength) } ?? ""
    let title = first.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let count = conversation.path.count
    let state: String =
      switch store.generation {
      case .idle: composer.conversationsWithDrafts.contains(store.id) ? "draft" : ""
      case .saving, .queued, .waiting, .backingOff: "waiting"
      case .streaming: "streaming"
      }
    return PickerItem(
      "\(store.id.number)", title: title.isEmpty ? "(empty)" : title,
      details: [state, "\(count) \(count == 1 ? "message" : "messages")"])
  }
}

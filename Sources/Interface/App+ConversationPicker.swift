// The list of conversations over the transcript: what its rows say, and what keys do in it beside those
// of every picker.

import Chat

extension App {
  /// Lays the conversations over the transcript. The row is selected where one would most likely go: to the
  /// reply that has ended the longest ago unseen, or else back to where one was before.
  mutating func openConversations(at now: Instant) {
    let open = chats.ids
    var order = [chats.inView] + viewedBefore.reversed().filter(open.contains)
    order += open.reversed().filter { !order.contains($0) }
    order += chats.closed.reversed()
    let likely = chats.unread.first ?? order.dropFirst().first ?? chats.inView
    overlay = .conversations(ConversationPicker(rows(of: order, at: now), selecting: likely))
  }

  /// Has the rows of the list say what is so now; they stay in their places.
  mutating func refreshConversations(at now: Instant) {
    guard case .conversations(var list) = overlay else { return }
    let listed = list.ids
    let all = chats.ids + chats.closed
    let come = all.filter { !listed.contains($0) }
    list.picker.show(rows(of: come + listed.filter { chats[$0] != nil }, at: now))
    overlay = .conversations(list)
  }

  private func rows(of ids: [ConversationID], at now: Instant) -> [PickerItem] {
    let drafts = Set(composer.conversationsWithDrafts)
    return ids.compactMap { chats[$0] }.map { store in
      let state = ConversationState.words(
        store, isUnread: chats.unread.contains(store.id), hasDraft: drafts.contains(store.id),
        isClosed: chats.closed.contains(store.id), at: now)
      let count = store.conversation.path.count
      return PickerItem(
        String(store.id.number), title: name(of: store),
        details: [state, "\(count) \(count == 1 ? "message" : "messages")"])
    }
  }

  /// What a key does in the list that it does in no other picker; nil where another is open, and for all
  /// other keys.
  mutating func pressOverConversations(_ action: Action, at now: Instant) -> Response? {
    guard case .conversations(var list) = overlay else { return nil }
    switch action {
    case .conversations:
      list.picker.move(by: 1)
      overlay = .conversations(list)
      return Response()
    case .text(.killToEnd):
      guard let id = list.selected else { return Response() }
      return Response(close(id, at: now))
    case .text(.deleteForward):
      guard let id = list.selected else { return Response() }
      let back = keys.name(of: .text(.undo)) ?? "/restore"
      return Response(delete(id, back: back, at: now))
    case .text(.undo):
      let effects = restore()
      refreshConversations(at: now)
      if case .conversations(var list) = overlay {
        list.picker.select(id: String(chats.inView.number))
        overlay = .conversations(list)
      }
      return Response(effects)
    case .send, .sendOtherwise, .waiting, .continueReply, .previousSibling, .nextSibling, .tree,
      .pickWinner,
      .cancel, .interrupt, .retry, .edit, .nextModel, .pickModel,
      .newConversation, .nextFinished, .attempts, .thoughts, .details, .messageUp, .messageDown,
      .pageUp, .pageDown, .top, .end, .search, .copy, .mouse, .bare, .previous, .next, .openEditor,
      .recall, .complete, .completeBackward, .text, .help, .redraw, .suspend, .quit:
      return nil
    }
  }

  /// What the list says around its rows.
  func words(for list: ConversationPicker) -> PickerView.Words {
    PickerView.Words(
      title: "Conversation", nothing: "No conversation has these letters.", notes: nil,
      marked: String(chats.inView.number),
      preview: PickerView.Preview(mostRows: 3, leastListRows: 4, showsEnd: true) { length in
        list.selected.map { lastWords(of: $0, length: length) } ?? ""
      },
      leastTitleColumns: 20)
  }

  /// The end of what was last said in a conversation, or of its draft where nothing was.
  private func lastWords(of id: ConversationID, length: Int) -> String {
    guard let conversation = chats[id]?.conversation else { return "" }
    let last = conversation.path.last { conversation[$0].parts.contains { !$0.text.isEmpty } }
    guard let message = last.map({ conversation[$0] }) else { return draft(of: id, length: length) }
    let words = String(message.text.suffix(length))
    return message.role == .user ? "› \(words)" : words
  }
}

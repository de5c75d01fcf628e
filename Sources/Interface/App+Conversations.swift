// Several conversations, of which one is in view. Each keeps its draft and the place where it is read;
// replies of those out of view go on.
//
// One that is closed keeps its draft as well, and so does one that was deleted, as long as it can be
// brought back; afterwards its draft is recalled.

import Chat

extension App {
  /// Where a conversation was read when another came into view: at a message, or nil, following the end.
  typealias ReadingPlace = MessageID?

  /// Opens a conversation. It asks whom the one in view asked, or else who was named since.
  @discardableResult
  mutating func openConversation() -> [AppEffect] {
    takeBackHeldPrompt()
    let left = chats.inView
    chats.open()
    turn(from: left)
    let effort = EffortChoice(store.effort)
    if effort != .standard {
      notice = Notice("Models think here as in the conversation before: \(effort.rawValue).")
    }
    defer { modelOfNext = nil }
    return modelOfNext.map { [.findModel($0)] } ?? []
  }

  /// Brings a conversation into view; a closed one is open again.
  mutating func show(_ id: ConversationID) {
    guard id != chats.inView else { return }
    takeBackHeldPrompt()
    let left = chats.inView
    chats.show(id)
    turn(from: left)
  }

  /// Brings the conversation into view whose reply has ended the longest ago without being seen.
  mutating func showNextFinished() {
    guard let next = chats.unread.first else {
      notice = Notice("No reply has ended out of view.")
      return
    }
    show(next)
  }

  /// Shows what belongs to the conversation that has come into view, if another has.
  private mutating func turn(from left: ConversationID) {
    guard chats.inView != left else { return }
    viewedBefore.removeAll { $0 == left || $0 == chats.inView || chats[$0] == nil }
    if chats[left] != nil { viewedBefore.append(left) }
    stopAwaitingFiles(of: left)
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

  // MARK: - Closing, deleting, naming

  /// Sets a conversation aside. Its reply is stopped.
  mutating func close(_ id: ConversationID, at now: Instant) -> [AppEffect] {
    guard let store = chats[id], chats.ids.contains(id) else {
      notice = Notice("This conversation is closed already.")
      return []
    }
    guard !isAllThereIs(store) else { return [] }
    let name = name(of: store)
    let isLive = store.isLive
    let effects = leave(id) { $0.close(id, at: now) }
    let list = keys.name(of: .conversations) ?? "/conversations"
    notice = Notice(
      "“\(name)” is closed\(isLive ? " and its reply stopped" : ""); \(list) lists it.")
    return effects
  }

  /// Deletes a conversation.
  /// - Parameter back: the key or the command that brings it back.
  mutating func delete(
    _ id: ConversationID, back: String, at now: Instant
  ) -> [AppEffect] {
    guard let store = chats[id], !isAllThereIs(store) else { return [] }
    let name = name(of: store)
    // Should nobody bring it back, what waited in it can still be recalled.
    for prompt in store.queue { composer.remember(prompt.draftElements) }
    let effects = leave(id) { $0.delete(id, at: now) }
    forgetDeleted()
    notice = Notice("“\(name)” is deleted; \(back) brings it back.")
    return effects
  }

  /// Brings the conversation back that was deleted last.
  mutating func restore() -> [AppEffect] {
    guard let store = chats.restorable else {
      notice = Notice("No conversation was deleted that could be brought back.")
      return []
    }
    takeBackHeldPrompt()
    let left = chats.inView
    let effects = chats.restore().map(AppEffect.chat)
    turn(from: left)
    notice = Notice("“\(name(of: store))” is back.")
    return effects
  }

  /// Calls the conversation so; without words the name that it has comes into the draft, where it can be
  /// changed.
  mutating func rename(_ words: String, at now: Instant) -> [AppEffect] {
    switch words {
    case "":
      let name = name(of: store)
      composer.bringBack("/rename \(name == App.emptyName ? "" : name)".draftElements)
      return []
    case "none":
      notice = Notice("The conversation is called by its first prompt.")
      return chat(.rename(nil), at: now)
    default:
      let name = String(words.prefix(ConversationPicker.nameLength))
      notice = Notice("The conversation is called “\(name)”.")
      return chat(.rename(name), at: now)
    }
  }

  /// Does what may bring another conversation into view than this one.
  private mutating func leave(
    _ id: ConversationID, _ body: (inout Conversations) -> [ChatEffect]
  ) -> [AppEffect] {
    if id == chats.inView { takeBackHeldPrompt() }
    let left = chats.inView
    let effects = body(&chats).map(AppEffect.chat)
    turn(from: left)
    return effects
  }

  /// Whether it is empty and there is no other: nothing would be another then.
  private mutating func isAllThereIs(_ store: ChatStore) -> Bool {
    guard chats.ids == [store.id], store.conversation.allMessages.isEmpty, composer.isBlank,
      store.title == nil, store.queue.isEmpty, heldPrompt == nil
    else { return false }
    notice = Notice("This is the only conversation, and it is empty.")
    return true
  }

  private mutating func forgetDeleted() {
    let restorable = Set(chats.restorableIDs)
    let chats = chats
    func isKept(_ id: ConversationID) -> Bool { chats[id] != nil || restorable.contains(id) }
    composer.keepDrafts(of: isKept)
    readingPlaces = readingPlaces.filter { isKept($0.key) }
    editedPrompts = editedPrompts.filter { isKept($0.key) }
    racers = racers.filter { isKept($0.key) }
  }

  // MARK: - Names

  private static let emptyName = "(empty)"

  /// What a conversation is called: its title, or the first words of its first prompt, or those of its draft
  /// where nothing was sent. One line.
  func name(of store: ChatStore, length: Int = ConversationPicker.nameLength) -> String {
    let conversation = store.conversation
    let prompt = conversation.path.first { conversation.isPrompt($0) }
    let text =
      store.title ?? prompt.map { conversation[$0].wordsOrLabels }
      ?? draft(of: store.id, length: length)
    let words = text.prefix(length).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return words.isEmpty ? App.emptyName : words
  }

  /// The beginning of the draft of any conversation, in graphemes.
  func draft(of id: ConversationID, length: Int) -> String {
    let elements = id == chats.inView ? composer.elements : composer.elements(of: id)
    return elements.text(length: length)
  }
}

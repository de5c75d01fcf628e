import Chat

/// A sentence that must hold after every step, whatever the step was.
struct Promise: Sendable {
  let sentence: String
  let holds: @Sendable (_ before: World, _ after: World, _ happening: Happening) -> Bool

  static let all: [Promise] = [
    Promise(sentence: "at most one stream is open for each lane, and lanes are many only in a race")
    {
      _, after, _ in
      after.stores.allSatisfy { store in
        let open = after.ledger.open.count { $0.conversation == store.id }
        return open <= store.lanes.count && store.lanes.count == (store.race?.models.count ?? 1)
      }
    },
    Promise(sentence: "the open streams are the active ones") { _, after, _ in
      let active = after.stores.flatMap { $0.lanes.compactMap(\.generation.activeStream) }
      return active.count == Set(active).count && Set(active) == after.ledger.open
    },
    Promise(sentence: "a settled message never changes") { before, after, _ in
      before.stores.allSatisfy { store in
        guard let now = after.chats[store.id], now.conversation != store.conversation else {
          return true
        }
        let messages = now.messagesByID
        return store.conversation.allMessages.allSatisfy {
          !$0.isSettled || messages[$0.id] == $0
        }
      }
    },
    Promise(sentence: "nothing leaves the tree") { before, after, _ in
      before.stores.allSatisfy { store in
        guard let now = after.chats[store.id], now.conversation != store.conversation else {
          return true
        }
        let ids = now.conversation.allMessages.map(\.id)
        return ids.starts(with: store.conversation.allMessages.map(\.id))
      }
    },
    Promise(sentence: "the path is a path, from the first message to a leaf") { _, after, _ in
      after.stores.allSatisfy { store in
        let path = store.conversation.path
        return zip(path, [nil] + path.map(Optional.some)).allSatisfy { id, parent in
          store.conversation[id].parent == parent
        } && path.last.map { store.conversation.children(of: $0).isEmpty } ?? true
      }
    },
    Promise(sentence: "a prompt stands where the one stood that it replaces, or at the end") {
      before, after, happening in
      before.stores.allSatisfy { store in
        guard let now = after.chats[store.id], now.conversation != store.conversation else {
          return true
        }
        let count = store.conversation.allMessages.count
        return now.conversation.allMessages.dropFirst(count).allSatisfy { message in
          guard message.role == .user else { return true }
          guard let replaced = after.ledger.replaced[message.text],
            store.conversation.isPrompt(replaced)
          else { return message.parent == store.whereTalkGoesOn(by: happening) }
          return message.parent == store.conversation[replaced].parent
        }
      }
    },
    Promise(sentence: "the policy of one prompt is obeyed") { before, after, happening in
      let (chat, now) = (before.chats.viewed, after.chats.viewed)
      let live = chat.lanes.compactMap(\.generation.call)
      guard let policy = happening.policy, live.contains(where: { $0.finish == nil }) else {
        return true
      }
      switch policy {
      case .replace: return live.allSatisfy { now.conversation[$0.message].isSettled }
      case .queue:
        return now.lanes == chat.lanes && now.queue.count == chat.queue.count + 1
      case .block: return now == chat
      }
    },
    Promise(sentence: "what is said beforehand touches nothing that is there") {
      before, after, happening in
      switch happening {
      case .user(.setSystemPrompt), .user(.setEffort), .user(.usePreset):
        let (chat, now) = (before.chats.viewed, after.chats.viewed)
        return now.lanes == chat.lanes && now.queue == chat.queue
          && now.conversation.path == chat.conversation.path
          && now.conversation.allMessages == chat.conversation.allMessages
      case .user, .network, .disk, .clock: return true
      }
    },
    Promise(sentence: "visible text only grows") { before, after, _ in
      before.stores.allSatisfy { store in
        guard let now = after.chats[store.id], now.conversation != store.conversation else {
          return true
        }
        let messages = now.messagesByID
        return store.conversation.allMessages.allSatisfy {
          messages[$0.id]?.text.hasPrefix($0.text) ?? false
        }
      }
    },
    Promise(sentence: "a message reads as the deltas of its own stream") { _, after, _ in
      after.stores.allSatisfy { store in
        store.conversation.allMessages.allSatisfy {
          $0.role != .assistant || $0.text == after.ledger.text(of: $0, in: store)
        }
      }
    },
    Promise(sentence: "no message is live but those of the calls") { _, after, _ in
      after.stores.allSatisfy { store in
        Set(store.conversation.allMessages.filter { !$0.isSettled }.map(\.id))
          == Set(store.lanes.compactMap(\.generation.liveMessage))
      }
    },
    Promise(sentence: "the live reply is at the end of the page, but for who turned away") {
      _, after, _ in
      after.stores.allSatisfy { store in
        after.ledger.turned.contains(store.id)
          || store.generation.liveMessage.map { $0 == store.conversation.leaf } ?? true
      }
    },
    Promise(sentence: "nobody but the user turns the page to another branch") {
      before, after, happening in
      if case .user = happening { return true }
      return before.stores.allSatisfy { store in
        guard let now = after.chats[store.id], let leaf = store.conversation.leaf,
          now.conversation.path != store.conversation.path
        else { return true }
        // It goes on, or another attempt takes the place of the one at its end, or an edit that waited its own.
        let (path, earlier) = (now.conversation.path, store.conversation.path)
        if path.starts(with: earlier) { return true }
        let parent = store.conversation[leaf].parent
        let isAttempt =
          path.dropLast() == earlier.dropLast()
          && now.conversation.children(of: parent).contains(leaf)
        return isAttempt || now.queue.count < store.queue.count
      }
    },
    Promise(sentence: "after cancel nothing is live") { _, after, happening in
      happening != .user(.cancel) || !after.chats.viewed.isLive
    },
    Promise(sentence: "Esc stops what is live in view, and nothing else anywhere") {
      before, after, happening in
      guard happening == .user(.cancel) else { return true }
      let view = before.chats.inView
      return before.stores.allSatisfy { store in
        guard let now = after.chats[store.id] else { return false }
        guard store.id == view else {
          // What waited for a place may begin.
          return zip(store.lanes, now.lanes).allSatisfy { lane, other in
            if case .queued = lane.generation { return true }
            return lane == other
          }
        }
        let live = store.lanes.compactMap(\.generation.liveMessage)
        return now.queue == store.queue && now.conversation.path == store.conversation.path
          && now.conversation.allMessages.map(\.id) == store.conversation.allMessages.map(\.id)
          && live.allSatisfy { now.conversation[$0].isSettled }
      }
    },
    Promise(sentence: "after leaving nothing is live anywhere") { _, after, happening in
      happening != .user(.leave) || after.stores.allSatisfy { !$0.isLive }
    },
    Promise(sentence: "every prompt taken in is in the tree or waits, in order") { _, after, _ in
      after.stores.allSatisfy { store in
        let asked = store.conversation.allMessages.filter { $0.role == .user }.map(\.text)
        return asked + store.queue.map(\.text) == after.ledger.prompts[store.id] ?? []
      }
    },
    Promise(sentence: "a prompt that waits goes out when the reply is whole") { _, after, _ in
      after.stores.allSatisfy { store in
        // Before a race is decided nobody knows what it is to follow.
        guard !store.isLive, !store.queue.isEmpty, store.race == nil else { return true }
        // After a reply that was stopped or broke the user decides.
        guard let last = store.lanes[0].message else { return false }
        if case .complete = store.conversation[last].ending { return false }
        return true
      }
    },
    Promise(sentence: "a race is decided for the lane in view, and the others end at once") {
      before, after, happening in
      guard happening == .user(.pickWinner), let race = before.chats.viewed.race else {
        return true
      }
      let (chat, now) = (before.chats.viewed, after.chats.viewed)
      let others = chat.lanes.indices.filter { $0 != chat.shownLane }.compactMap {
        chat.lanes[$0].message
      }
      guard let winner = chat.lanes[chat.shownLane].message else { return false }
      let siblings = now.conversation.children(of: race.prompt)
      return now.race == nil && now.conversation.path.contains(winner)
        && others.allSatisfy { now.conversation[$0].isSettled && siblings.contains($0) }
        && now.conversation[winner] == chat.conversation[winner]
    },
    Promise(sentence: "the lane that is spoken of is the one in view, if any is") { _, after, _ in
      after.stores.allSatisfy { store in
        let shown = store.lanes.indices.filter { lane in
          store.lanes[lane].message.map(store.conversation.path.contains) ?? false
        }
        return shown.isEmpty || shown == [store.shownLane]
      }
    },
    Promise(sentence: "who was out of view when a reply ended is unread until it is shown") {
      _, after, _ in after.chats.unread == after.ledger.unread
    },
    Promise(sentence: "nothing waits for a place while one is free") { _, after, _ in
      after.ledger.open.count >= after.chats.streamLimit
        || after.stores.flatMap(\.lanes).allSatisfy {
          if case .queued = $0.generation { false } else { true }
        }
    },
    Promise(sentence: "what happens in one conversation is not seen in another") {
      before, after, happening in
      guard let place = happening.conversation(before) else { return true }
      return before.stores.allSatisfy { store in
        store.id == place || after.chats[store.id]?.conversation == store.conversation
      }
    },
    Promise(sentence: "what is deleted stays deleted, until the user brings it back") {
      _, after, _ in
      after.ledger.deleted.allSatisfy { after.chats[$0] == nil }
    },
    Promise(sentence: "what is brought back is as it was, but that nothing is live") {
      before, after, happening in
      guard happening == .user(.restore), let store = before.chats.restorable else { return true }
      return after.chats[store.id] == store && !store.isLive && after.chats.inView == store.id
    },
    Promise(sentence: "what is closed is not live, and can be opened") { _, after, _ in
      after.chats.closed.allSatisfy { id in
        !after.chats.ids.contains(id) && after.chats[id].map { !$0.isLive } == true
      }
    },
    Promise(sentence: "who backs off has a deadline that lies ahead, and nobody else has one") {
      _, after, happening in
      after.stores.allSatisfy { store in
        let isBackingOff = store.lanes.contains { lane in
          if case .backingOff = lane.generation { true } else { false }
        }
        guard isBackingOff else { return store.deadline == nil }
        guard let deadline = store.deadline else { return false }
        return happening != .clock || deadline > after.now
      }
    },
    Promise(sentence: "what is settled is handed to the disk") { _, after, _ in
      after.stores.allSatisfy { store in
        store.conversation.allMessages.allSatisfy {
          !$0.isSettled || after.ledger.handedOver.contains($0.id)
        }
      }
    },
    Promise(sentence: "a failed save is said") { _, after, happening in
      guard case .disk(let id, let message, succeeded: false) = happening else { return true }
      return after.chats[id].map { $0.unsaved.contains(message) } ?? true
    },
    Promise(sentence: "the record of a stream says how its message ended") { _, after, _ in
      after.stores.allSatisfy { store in
        store.streams.allSatisfy { $0.ending == store.conversation[$0.message].ending }
      }
    },
  ]
}

extension World {
  /// All that are open or closed.
  var stores: [ChatStore] { (chats.ids + chats.closed).compactMap { chats[$0] } }
}

extension ChatStore {
  fileprivate var messagesByID: [MessageID: Message] {
    Dictionary(uniqueKeysWithValues: conversation.allMessages.map { ($0.id, $0) })
  }
}

extension ChatStore {
  /// What the next prompt follows: where the user looks, or the reply that it waited for.
  fileprivate func whereTalkGoesOn(by happening: Happening) -> MessageID? {
    switch happening {
    case .user(.pickWinner): lanes[shownLane].message
    case .user, .disk, .clock: conversation.leaf
    case .network(let stream, _):
      lanes.first { $0.generation.activeStream == stream }?.message ?? conversation.leaf
    }
  }
}

extension Happening {
  /// What the user said of one prompt alone.
  fileprivate var policy: SendPolicy? {
    switch self {
    case .user(.send(_, as: let policy)), .user(.edit(_, _, as: let policy)): policy
    case .user, .network, .disk, .clock: nil
    }
  }

  /// The conversation it belongs to; nil if it may touch any.
  fileprivate func conversation(_ before: World) -> ConversationID? {
    switch self {
    case .user(.leave), .user(.open), .user(.show), .user(.delete), .user(.close),
      .user(.restore), .clock:
      nil
    case .user: before.chats.inView
    case .network(let stream, _): stream.conversation
    case .disk(let conversation, _, succeeded: _): conversation
    }
  }
}
